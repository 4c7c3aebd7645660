//! The words of the interface: those of the theme with those of the site over them, by language.

use std::collections::{BTreeMap, BTreeSet};

use super::Strings;
use super::files::{SITE_ROOT, ThemeFiles, english, is_own, lay_over};
use crate::diag::{self, Diagnostic};
use crate::source::Source;
use crate::typed::{self, Kind};

/// Words that the program asks for by themselves.
const OF_LANGUAGES: [&str; 2] = ["direction", "language_name"];

/// Words for templates, and as JSON for scripts, by language.
pub(super) fn strings(
    files: &ThemeFiles,
    settings: &toml::Table,
    diagnostics: &mut Vec<Diagnostic>,
) -> (BTreeMap<String, Strings>, BTreeMap<String, String>) {
    let mut tables: BTreeMap<String, toml::Table> = BTreeMap::new();
    for name in files.names("i18n/") {
        let Some(language) = name.strip_suffix(".toml") else { continue };
        tables.insert(language.to_owned(), files.table(&format!("i18n/{name}"), diagnostics));
    }
    diagnostics.extend(unknown(files));
    let english = tables.get("en").cloned().unwrap_or_default();
    let mut strings = BTreeMap::new();
    let mut scripts = BTreeMap::new();
    for (language, own) in tables {
        // A word that a language lacks is said in English.
        let mut table = english.clone();
        table.insert("language_name".to_owned(), language.clone().into());
        lay_over(&mut table, own);
        let kinds = table.get("kinds").and_then(toml::Value::as_table).map(texts_of).unwrap_or_default();
        if let Some(words) = of_scripts(&table, settings) {
            let json = serde_json::to_string(&words).expect("a table of words is JSON");
            scripts.insert(language.clone(), json);
        }
        strings.insert(language, Strings { table: texts_of(&table), kinds });
    }
    (strings, scripts)
}

/// Words for scripts: their own, and those of templates that the theme lists.
fn of_scripts(table: &toml::Table, settings: &toml::Table) -> Option<toml::Table> {
    let mut words = table.get("js")?.as_table()?.clone();
    let also = settings.get("assets").and_then(|assets| assets.get("words")).and_then(toml::Value::as_array);
    for name in also.into_iter().flatten().filter_map(toml::Value::as_str) {
        if let Some(word) = table.get(name) {
            words.entry(name).or_insert_with(|| word.clone());
        }
    }
    Some(words)
}

/// The texts of a table, without what else it holds.
pub(super) fn texts_of(table: &toml::Table) -> BTreeMap<String, String> {
    let texts = table.iter().filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())));
    texts.collect()
}

/// Words that nobody asks for: neither the program nor a template or script.
fn unknown(files: &ThemeFiles) -> Vec<Diagnostic> {
    let words = needed(files);
    let none = toml::Table::new();
    let words_of_scripts = words.get("js").and_then(toml::Value::as_table).unwrap_or(&none);
    let mut asked: Option<(BTreeSet<&str>, BTreeSet<&str>)> = None;
    let mut found = Vec::new();
    for name in files.names("i18n/") {
        let layers = files.layers(&format!("i18n/{name}")).iter();
        for source in layers.filter(|source| name != "en.toml" || is_own(source)) {
            let mut look = |entry: &typed::Entry<'_>, is_for_scripts: bool| {
                let known = if is_for_scripts { words_of_scripts } else { &words };
                if known.contains_key(&*entry.name) {
                    return;
                }
                let asked = asked.get_or_insert_with(|| asked_for(files));
                let asked = if is_for_scripts { &asked.1 } else { &asked.0 };
                if !asked.contains(&*entry.name) {
                    found.push(told(source, entry, known.keys()));
                }
            };
            let tree = typed::read_toml_file(source, &mut Vec::new());
            let Kind::Table(entries) = &tree.root.kind else { continue };
            for entry in entries {
                match (&*entry.name, &entry.value.kind) {
                    // A site names its kinds itself.
                    ("kinds", Kind::Table(_)) => {}
                    ("js", Kind::Table(words)) => words.iter().for_each(|word| look(word, true)),
                    _ => look(entry, false),
                }
            }
        }
    }
    found
}

/// The words that the program asks for, those of the default theme, and the English ones of the theme: scripts may put
/// the names of these together.
fn needed(files: &ThemeFiles) -> toml::Table {
    let mut words: toml::Table = english().parse().unwrap_or_default();
    for own in files.layers("i18n/en.toml").iter().filter(|source| !is_own(source)) {
        lay_over(&mut words, own.text().parse().unwrap_or_default());
    }
    words.extend(OF_LANGUAGES.map(|name| (name.to_owned(), String::new().into())));
    words
}

fn told<'a>(
    source: &Source,
    entry: &typed::Entry<'_>,
    known: impl Iterator<Item = &'a String>,
) -> Diagnostic {
    let message = format!("no template and no script asks for the word `{}`", entry.name);
    let found = Diagnostic::new(diag::UNKNOWN_WORD, source.path(), entry.span, message);
    let near = diag::did_you_mean(&entry.name, known.map(String::as_str));
    found.with_help(near.unwrap_or_else(|| {
        "`needlepoint theme eject i18n/en.toml` shows all words; take this one away".to_owned()
    }))
}

/// Names that templates ask for as `t.name` or `t["name"]`, and names in scripts.
fn asked_for(files: &ThemeFiles) -> (BTreeSet<&str>, BTreeSet<&str>) {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut of_templates = BTreeSet::new();
    for folder in ["templates/", "shortcodes/", SITE_ROOT] {
        for name in files.names(folder) {
            let Some(text) = files.text(&format!("{folder}{name}")).map(Source::text) else { continue };
            for asks in ["t.", "t?.", "t[\"", "t['"] {
                for (at, _) in text.match_indices(asks) {
                    let is_word = !text[..at].ends_with(is_letter);
                    let rest = &text[at + asks.len()..];
                    let end = rest.find(|c: char| !is_letter(c)).unwrap_or(rest.len());
                    of_templates.extend(Some(&rest[..end]).filter(|_| is_word));
                }
            }
        }
    }
    let scripts = files.names("assets/js/").filter_map(|name| files.text(&format!("assets/js/{name}")));
    (of_templates, scripts.flat_map(|source| source.text().split(move |c: char| !is_letter(c))).collect())
}
