//! What the site calls things, held against the text: terms that nothing explains, other spellings of a condition's
//! name, and conditions that the site does not know (health.md, TRM-1, TRM-3, TRM-6).

use std::collections::{BTreeMap, HashSet};

use super::found::Found;
use super::mentions::Inputs;
use super::text::{Context, PageText};
use super::vocabulary::Meaning;
use crate::bytes;
use crate::diag::{self, Code, Diagnostic};

/// Endings that names of conditions have in English and Latin.
const ENDINGS: [&str; 5] = ["itis", "algia", "opathy", "arthrosis", "stenosis"];

/// Words that end so and are schools of medicine.
const NO_CONDITIONS: [&str; 4] = ["osteopathy", "homeopathy", "naturopathy", "allopathy"];

/// Reports them; `is_explained` says of a term whether the page shows its explanation.
pub(super) fn check(
    text: &PageText<'_>,
    found: &[Found],
    inputs: Inputs<'_>,
    is_explained: impl Fn(u32) -> bool,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let page = Reporter { text, diagnostics };
    page.terms(found, inputs, is_explained).spellings(found, inputs).conditions();
}

struct Reporter<'a, 'd> {
    text: &'a PageText<'a>,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl Reporter<'_, '_> {
    fn report(&mut self, code: Code, (start, end): (u32, u32), message: String, help: String) {
        let file = self.text.page.document.source().path();
        let found = Diagnostic::new(code, file, self.text.span(start, end), message);
        self.diagnostics.push(found.with_help(help));
    }

    fn slice(&self, name: &Found) -> &str {
        self.text.buffer.get(name.start as usize..name.end as usize).unwrap_or_default()
    }

    /// Terms that stand on the page and nowhere with their explanation.
    fn terms(mut self, found: &[Found], inputs: Inputs<'_>, is_explained: impl Fn(u32) -> bool) -> Self {
        // Who switches automatic links off says by hand what needs saying.
        if !inputs.page.front_matter.autolink {
            return self;
        }
        let mut first: BTreeMap<u32, Option<&Found>> = BTreeMap::new();
        for name in found {
            let Meaning::Term(term, _) = name.meaning else { continue };
            if is_explained(term) {
                continue;
            }
            let place = first.entry(term).or_insert(Some(name));
            // A link that the author wrote, words marked as no link, and words in brackets behind are explanations too.
            let leads_on =
                matches!(name.context, Context::Link | Context::NoLink | Context::Title | Context::Message);
            if leads_on || self.text.buffer[name.end as usize..].starts_with(" (") {
                *place = None;
            }
        }
        for (term, name) in first {
            let Some(name) = name else { continue };
            let message =
                format!("`{}` is a term of the glossary, and the page does not explain it", self.slice(name));
            let id = inputs.vocabulary.term(term);
            let help = format!(
                "use it once in a paragraph, where it gets its explanation, or link to `/glossary/#{id}`"
            );
            self.report(diag::UNEXPLAINED_TERM, (name.start, name.end), message, help);
        }
        self
    }

    /// Names of conditions that differ from the preferred one by a letter or a hyphen, each once.
    fn spellings(mut self, found: &[Found], inputs: Inputs<'_>) -> Self {
        let mut seen = HashSet::new();
        for name in found {
            let Meaning::Condition(condition, _) = name.meaning else { continue };
            let is_said = !matches!(name.context, Context::Link | Context::NoLink | Context::Quote);
            if condition == inputs.id || !is_said {
                continue;
            }
            let preferred = &inputs.catalog.page(condition).title;
            if self.slice(name).eq_ignore_ascii_case(preferred) {
                continue;
            }
            let own = self.slice(name).to_lowercase();
            if is_other_spelling(&own, &preferred.to_lowercase()) && seen.insert(own.clone()) {
                let message = format!("`{own}` is `{preferred}` on this site");
                let help = "spell a condition in one way, so that readers know it again".to_owned();
                self.report(diag::OTHER_SPELLING, (name.start, name.end), message, help);
            }
        }
        self
    }

    /// Words that look like conditions and are in no name and no term of the site, each once.
    fn conditions(mut self) {
        let text = self.text;
        let mut seen = HashSet::new();
        for &(start, end) in &text.suspects {
            let word = text.buffer[start as usize..end as usize].to_lowercase();
            if !NO_CONDITIONS.contains(&&*word) && seen.insert(word.clone()) {
                let message = format!("`{word}` looks like a condition, and the site knows no such name");
                let help = "give it a page, name it in `also_called` or `search_only` of one, or explain it in \
                            glossary.toml";
                self.report(diag::CONDITION_WITHOUT_PAGE, (start, end), message, help.to_owned());
            }
        }
    }
}

/// Whether a word ends as names of conditions do in English, with three letters or more before.
pub(super) fn ends_like_condition(word: &[u8]) -> bool {
    word.last_chunk().is_some_and(|last| ends_so(*last))
        && ENDINGS.iter().any(|ending| {
            let own = word.len().checked_sub(ending.len()).filter(|before| *before >= 3);
            own.is_some_and(|before| word[before..].eq_ignore_ascii_case(ending.as_bytes()))
        })
}

/// The same by the last three letters, by which most words are told.
#[inline]
fn ends_so(letters: [u8; 3]) -> bool {
    let [one, two, three] = [letters[0] | 0x20, letters[1] | 0x20, letters[2] | 0x20];
    // Asked at once: how a word ends cannot be foreseen.
    ((one == b't') | (one == b's')) & (two == b'i') & (three == b's')
        | (one == b'g') & (two == b'i') & (three == b'a')
        | (one == b't') & (two == b'h') & (three == b'y')
}

/// Where in 64 bytes three letters begin that may end the name of a condition, as bits.
#[inline]
pub(super) fn endings(text: &bytes::Window) -> u64 {
    let ends_so = |at: usize| ends_so([text[at], text[at + 1], text[at + 2]]);
    // Most texts hold none, which takes less time to tell.
    if bytes::any_of_64(ends_so) { bytes::bits_of_64(ends_so) } else { 0 }
}

/// Whether two names in lower case are one name spelled in two ways: with another letter, one more, or another hyphen.
/// A plural is not another spelling.
fn is_other_spelling(name: &str, preferred: &str) -> bool {
    // Most names of one thing are told by how many letters they have.
    let count =
        |name: &str| name.strip_suffix('s').unwrap_or(name).chars().filter(|c| c.is_alphanumeric()).count();
    if count(name).abs_diff(count(preferred)) > 1 {
        return false;
    }
    let singular = |name: &str| name.strip_suffix('s').unwrap_or(name).replace('’', "'");
    let (name, preferred) = (singular(name), singular(preferred));
    if name == preferred {
        return false;
    }
    let letters = |name: &str| name.chars().filter(|c| c.is_alphanumeric()).collect::<Vec<char>>();
    let (own, other) = (letters(&name), letters(&preferred));
    if own == other {
        return true;
    }
    let same_start = own.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let same_end = own.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let longest = own.len().max(other.len());
    own.len().abs_diff(other.len()) <= 1 && longest >= 6 && same_start + same_end + 1 >= longest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_known_by_their_endings() {
        let words = ["tendonitis", "NEURALGIA", "itis", "arthritis", "bursitises", "heart", "osteopathy", ""];
        let found: Vec<&str> =
            words.into_iter().filter(|word| ends_like_condition(word.as_bytes())).collect();
        assert_eq!(found, ["tendonitis", "NEURALGIA", "arthritis", "osteopathy"]);
    }

    #[test]
    fn a_letter_or_a_hyphen_is_another_spelling_and_a_plural_is_not() {
        for (name, preferred, expected) in [
            ("tendonitis", "tendinitis", true),
            ("tension type headache", "tension-type headache", true),
            ("back ache", "backache", true),
            ("orthopaedic pain", "orthopedic pain", true),
            ("tendinopathy", "tendinitis", false),
            ("headaches", "headache", false),
            ("lower back pain", "low back pain", false),
            ("golfer’s elbow", "golfer's elbow", false),
            ("rsi", "rsa", false),
        ] {
            assert_eq!(is_other_spelling(name, preferred), expected, "{name}");
        }
    }
}
