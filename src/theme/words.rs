//! The words of the interface: those of the theme with those of the site over them, by language.

use std::collections::{BTreeMap, BTreeSet};

use super::Strings;
use super::files::{SITE_ROOT, ThemeFiles, english};
use crate::diag::{self, Diagnostic};
use crate::source::Source;
use crate::typed::{self, Kind};

/// Words that the program asks for by themselves.
const OF_LANGUAGES: [&str; 2] = ["direction", "language_name"];

/// Words for templates, and as JSON for scripts, by language.
pub(super) fn strings(
    files: &ThemeFiles,
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
        if let Some(words) = table.get("js") {
            let json = serde_json::to_string(words).expect("a table of words is JSON");
            scripts.insert(language.clone(), json);
        }
        strings.insert(language, Strings { table: texts_of(&table), kinds });
    }
    (strings, scripts)
}

/// The texts of a table, without what else it holds.
pub(super) fn texts_of(table: &toml::Table) -> BTreeMap<String, String> {
    let texts = table.iter().filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())));
    texts.collect()
}

/// Puts values over those of the same names; tables are joined.
pub(super) fn lay_over(below: &mut toml::Table, own: toml::Table) {
    for (key, value) in own {
        match (below.get_mut(&key), value) {
            (Some(toml::Value::Table(below)), toml::Value::Table(own)) => lay_over(below, own),
            (_, value) => drop(below.insert(key, value)),
        }
    }
}

/// Words that nobody asks for: neither the program nor a template or script.
fn unknown(files: &ThemeFiles) -> Vec<Diagnostic> {
    let mut known: toml::Table = english().parse().unwrap_or_default();
    // The English words of a theme are those that it needs: scripts may put their names together.
    let is_of_site = |source: &Source| source.path().as_str().starts_with("templates/");
    for own in files.layers("i18n/en.toml").iter().filter(|source| !is_of_site(source)) {
        lay_over(&mut known, own.text().parse().unwrap_or_default());
    }
    let known = known;
    let none = toml::Table::new();
    let for_scripts = known.get("js").and_then(toml::Value::as_table).unwrap_or(&none);
    let mut asked: Option<(BTreeSet<&str>, BTreeSet<&str>)> = None;
    let mut found = Vec::new();
    for name in files.names("i18n/") {
        let layers = files.layers(&format!("i18n/{name}")).iter();
        for source in layers.filter(|source| name != "en.toml" || is_of_site(source)) {
            let mut look = |entry: &typed::Entry<'_>, is_for_scripts: bool| {
                let known = if is_for_scripts { for_scripts } else { &known };
                let is_own = !is_for_scripts && OF_LANGUAGES.contains(&&*entry.name);
                if is_own || known.contains_key(&*entry.name) {
                    return;
                }
                let asked = asked.get_or_insert_with(|| asked_for(files));
                let asked = if is_for_scripts { &asked.1 } else { &asked.0 };
                if !asked.contains(&*entry.name) {
                    found.push(told(source, entry, known.keys().chain([&"direction".to_owned()])));
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

fn told<'a>(
    source: &Source,
    entry: &typed::Entry<'_>,
    known: impl Iterator<Item = &'a String>,
) -> Diagnostic {
    let message = format!("no template and no script asks for the word `{}`", entry.name);
    let found = Diagnostic::new(diag::UNKNOWN_WORD, source.path(), entry.span, message);
    match diag::nearest(&entry.name, known.map(String::as_str)) {
        Some(near) => found.with_help(format!("did you mean `{near}`?")),
        None => found.with_help("`needlepoint theme eject i18n/en.toml` shows all words; take this one away"),
    }
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
