//! The words of the interface, from a theme's `i18n/<language>.toml`, and texts that are put together from them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::context::DateText;

/// The words of one language.
///
/// Two values are equal if every word is: pages of a language are rendered again when they are not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Strings {
    words: BTreeMap<String, String>,
    kinds: BTreeMap<String, String>,
    scripts: BTreeMap<String, String>,
}

#[derive(Serialize)]
struct ScriptWords<'a> {
    #[serde(flatten)]
    words: &'a BTreeMap<String, String>,
    kinds: &'a BTreeMap<String, String>,
}

impl Strings {
    /// Reads the text of a file; the words of `base` stand where the file has none.
    ///
    /// The error is the parser's message, which names line and column.
    pub fn parse(text: &str, base: Option<&Strings>) -> Result<Strings, String> {
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| error.to_string())?;
        let mut strings = base.cloned().unwrap_or_default();
        for (key, value) in table {
            match value {
                toml::Value::String(word) => {
                    strings.words.insert(key, word);
                }
                toml::Value::Table(part) if key == "kinds" => strings.kinds.extend(words_of(part)),
                toml::Value::Table(part) if key == "js" => strings.scripts.extend(words_of(part)),
                _ => return Err(format!("`{key}` must be text")),
            }
        }
        Ok(strings)
    }

    /// The words that templates see as `t`.
    pub fn words(&self) -> &BTreeMap<String, String> {
        &self.words
    }

    /// A word; the key itself where the language has none, so that a gap can be seen and found.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// Label of a built-in kind; none for a kind of the site's own.
    pub fn kind(&self, id: &str) -> Option<&str> {
        self.kinds.get(id).map(String::as_str)
    }

    /// A text with `{name}` filled in.
    pub fn format(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut text = self.get(key).to_owned();
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }

    /// A counted text: `pages_one` for 1, else `pages_other` with `{n}`.
    pub fn count(&self, key: &str, n: usize) -> String {
        let form = if n == 1 { "one" } else { "other" };
        self.format(&format!("{key}_{form}"), &[("n", &n.to_string())])
    }

    /// A date as readers see it, beside its ISO form.
    pub fn date(&self, date: Date) -> DateText {
        let month =
            self.get("months").split(' ').nth(usize::from(date.month().unsigned_abs()) - 1).unwrap_or("");
        let day = date.day().to_string();
        let year = date.year().to_string();
        let text = self.format("date", &[("day", &day), ("month", month), ("year", &year)]);
        DateText { iso: date.to_string(), text }
    }

    /// The JSON that scripts fetch: their words and the labels of all kinds; `kinds` stand over the built-in ones.
    pub fn script_json(&self, kinds: &BTreeMap<String, String>) -> String {
        let mut labels = self.kinds.clone();
        labels.extend(kinds.iter().map(|(id, label)| (id.clone(), label.clone())));
        let words = ScriptWords { words: &self.scripts, kinds: &labels };
        serde_json::to_string(&words).expect("maps of text are JSON")
    }
}

fn words_of(table: toml::Table) -> impl Iterator<Item = (String, String)> {
    table.into_iter().filter_map(|(key, value)| match value {
        toml::Value::String(word) => Some((key, word)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: &str = include_str!("../../themes/default/i18n/en.toml");
    const SPANISH: &str = include_str!("../../themes/default/i18n/es.toml");

    fn keys(words: &BTreeMap<String, String>) -> Vec<&str> {
        words.keys().map(String::as_str).collect()
    }

    #[test]
    fn both_languages_have_every_word() {
        let english = Strings::parse(ENGLISH, None).unwrap();
        let spanish = Strings::parse(SPANISH, None).unwrap();
        assert_eq!(keys(&english.words), keys(&spanish.words));
        assert_eq!(keys(&english.scripts), keys(&spanish.scripts));
        assert_eq!(keys(&english.kinds), keys(&spanish.kinds));
    }

    #[test]
    fn dates_and_counts_read_like_the_language() {
        let spanish = Strings::parse(SPANISH, None).unwrap();
        let date = jiff::civil::date(2026, 3, 12);
        assert_eq!(spanish.date(date).text, "12 de marzo de 2026");
        assert_eq!(spanish.date(date).iso, "2026-03-12");
        assert_eq!(spanish.count("conditions", 1), "1 afección");
        assert_eq!(spanish.count("conditions", 7), "7 afecciones");
    }

    #[test]
    fn a_language_with_gaps_falls_back() {
        let english = Strings::parse(ENGLISH, None).unwrap();
        let french =
            Strings::parse("search = \"Chercher\"\n[js]\nclose = \"Fermer\"", Some(&english)).unwrap();
        assert_eq!(french.get("search"), "Chercher");
        assert_eq!(french.get("glossary"), "Glossary");
        let json = french.script_json(&BTreeMap::from([("treatment".to_owned(), "Treatment".to_owned())]));
        assert!(
            json.contains(r#""close":"Fermer""#) && json.contains(r#""treatment":"Treatment""#),
            "{json}"
        );
    }
}
