//! Texts that are put together from the words of a language: dates, counts, minutes to read.

use jiff::civil::Date;

use super::Inputs;
use super::context::{DateText, Elsewhere};
use super::shared::strings;
use crate::registry::Fact;
use crate::theme::Strings;

/// Words that a reader takes in within a minute.
const WORDS_PER_MINUTE: usize = 200;

/// A date as readers see it, beside its ISO form.
pub(super) fn date(strings: &Strings, date: Date) -> DateText {
    let number = usize::from(date.month().unsigned_abs());
    let month = strings.get("months").split(' ').nth(number - 1).unwrap_or_default();
    let (day, year) = (date.day().to_string(), date.year().to_string());
    let text = strings.fill("date", &[("day", &day), ("month", month), ("year", &year)]);
    DateText { iso: date.to_string(), text }
}

/// The language of what a registry says, where it is not that of the page: the site's own, unless it `is_translated`.
pub(super) fn registry_lang(inputs: &Inputs<'_>, language: &str, is_translated: bool) -> Option<String> {
    let main = &inputs.config.language;
    (language != main && !is_translated).then(|| main.clone())
}

/// The language of a fact's words, where it is not that of the page.
pub(super) fn lang_of_fact(inputs: &Inputs<'_>, fact: &Fact, language: &str) -> Option<String> {
    let translated = inputs.registries.translated_fact(fact.id.as_str(), language);
    registry_lang(inputs, language, translated.is_some())
}

/// That a link leads to a page in another language; none where that is the language of the page at hand.
pub(super) fn elsewhere(
    inputs: &Inputs<'_>,
    strings: &Strings,
    language: &str,
    target: &str,
) -> Option<Elsewhere> {
    let name = strings.table.get(&format!("language_{target}")).cloned();
    let name = name.unwrap_or_else(|| name_of_language(inputs, target));
    let note = || strings.fill("in_language", &[("language", &name)]);
    (language != target).then(|| Elsewhere { lang: target.to_owned(), note: note() })
}

/// The language's name in itself; its tag where the theme does not know the language.
pub(super) fn name_of_language(inputs: &Inputs<'_>, language: &str) -> String {
    let main = language.split('-').next().unwrap_or_default();
    let is_known = [language, main].iter().any(|tag| inputs.theme.strings.contains_key(*tag));
    if is_known { strings(inputs, language).get("language_name").to_owned() } else { language.to_owned() }
}

/// A counted text: the words `name_one` for 1, else `name_other` with `{n}`.
pub(super) fn count(strings: &Strings, name: &str, n: usize) -> String {
    let form = if n == 1 { "one" } else { "other" };
    strings.fill(&format!("{name}_{form}"), &[("n", &n.to_string())])
}

/// "4 minutes to read"; a minute at least.
pub(super) fn reading_time(strings: &Strings, words: usize) -> String {
    count(strings, "reading_time", minutes_to_read(words))
}

/// How many minutes a text takes to read; 1 at least.
pub(super) fn minutes_to_read(words: usize) -> usize {
    words.div_ceil(WORDS_PER_MINUTE).max(1)
}

/// The first names of a list, at most so many, with an ellipsis where there are more.
pub(super) fn listed(names: &[&str], most: usize) -> String {
    let list = names[..names.len().min(most)].join(", ");
    if names.len() > most { format!("{list} …") } else { list }
}

/// Text that begins with a capital.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
