//! Where sentences end in running text.
//!
//! Unicode's rules know no abbreviations, and a full stop in `1.5`, `e.g.`, `Dr.`, `U.S.` or an address ends nothing.

use std::ops::Range;

use memchr::memchr3;

/// The sentences of one block of text, as byte ranges without white space around them.
///
/// A block ends its last sentence whether or not a full stop stands there, as list items do.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    find_sentences(text, &mut found);
    found
}

/// The same in a list that is emptied before.
pub fn find_sentences(text: &str, found: &mut Vec<Range<usize>>) {
    found.clear();
    let mut start = 0;
    let mut from = 0;
    let ellipsis_from = |from: usize| text[from..].find('…').map(|at| from + at);
    let mut ellipsis = if text.is_ascii() { None } else { ellipsis_from(0) };
    loop {
        if ellipsis.is_some_and(|at| at < from) {
            ellipsis = ellipsis_from(from);
        }
        let mark = memchr3(b'.', b'!', b'?', &text.as_bytes()[from..]).map(|at| from + at);
        let Some(at) = mark.into_iter().chain(ellipsis).min() else { break };
        let end = closing(text, at);
        if ends_here(text, at, end) {
            push(text, start..end, found);
            start = end;
        }
        from = end;
    }
    push(text, start..text.len(), found);
}

fn push(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let slice = &text[range.clone()];
    let start = range.start + (slice.len() - slice.trim_start().len());
    let end = start + slice.trim().len();
    if text[start..end].chars().any(char::is_alphanumeric) {
        found.push(start..end);
    } else if let Some(last) = found.last_mut() {
        last.end = last.end.max(end);
    }
}

/// The end of the run of marks, quotation marks and brackets that close a sentence together.
fn closing(text: &str, from: usize) -> usize {
    let run = text[from..]
        .chars()
        .take_while(|c| matches!(c, '.' | '!' | '?' | '…' | '"' | '\'' | '”' | '’' | '»' | ')' | ']'));
    from + run.map(char::len_utf8).sum::<usize>()
}

/// Whether the mark at `at`, whose run ends at `end`, ends a sentence.
fn ends_here(text: &str, at: usize, end: usize) -> bool {
    let rest = &text[end..];
    let next = rest.trim_start();
    if next.is_empty() {
        return true;
    }
    // Inside a figure, an address or an abbreviation nothing separates.
    if next.len() == rest.len() {
        return false;
    }
    let follows_small = next.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase);
    if follows_small {
        return false;
    }
    let is_single_stop = text[at..].starts_with('.') && !text[at + 1..].starts_with('.');
    !(is_single_stop && is_abbreviation(text, at, next))
}

/// Words that a full stop follows without ending the sentence, whatever comes next.
const TITLES: [&str; 30] = [
    "dr", "mr", "mrs", "ms", "prof", "st", "vs", "e.g", "i.e", "eg", "ie", "cf", "fig", "figs", "vol", "ed",
    "eds", "approx", "dept", "est", "jr", "sr", "rev", "gen", "al", "resp", "incl", "max", "min", "viz",
];

/// The longest of both in bytes.
const LONGEST: usize = 6;

/// Words that a full stop follows without ending the sentence where a figure comes next.
const BEFORE_FIGURES: [&str; 7] = ["no", "nos", "p", "pp", "ch", "sec", "art"];

fn is_abbreviation(text: &str, stop: usize, next: &str) -> bool {
    // Nearly all words are told by their length.
    let before = text.as_bytes()[..stop].iter().rev();
    if before.take(LONGEST + 1).take_while(|byte| byte.is_ascii_alphabetic()).count() > LONGEST {
        return false;
    }
    let start = text[..stop]
        .rfind(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '“' | '‘' | '/'))
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let word = &text[start..stop];
    // An initial, as in `J. Smith`, but not the pronoun.
    if word.chars().count() == 1 && word.chars().all(char::is_uppercase) && word != "I" {
        return true;
    }
    // `U.S.` ends a sentence only where a word follows that starts sentences.
    if word.contains('.')
        && word.split('.').all(|part| part.chars().count() == 1)
        && !word.contains(char::is_numeric)
    {
        let first = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        const STARTERS: [&str; 16] = [
            "The", "This", "That", "These", "It", "If", "In", "You", "Your", "We", "They", "A", "An", "Most",
            "Some", "But",
        ];
        return !STARTERS.contains(&first);
    }
    if word.len() > LONGEST {
        return false;
    }
    let is_one_of = |words: &[&str]| words.iter().any(|known| known.eq_ignore_ascii_case(word));
    is_one_of(&TITLES) || is_one_of(&BEFORE_FIGURES) && next.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = sentences(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_stop_question_or_call_ends_a_sentence() {
        check("It hurts. Does it? Yes! So", &["It hurts.", "Does it?", "Yes!", "So"]);
        check(
            "He said \"stop.\" Then (he left.) Well… Good.",
            &["He said \"stop.\"", "Then (he left.)", "Well…", "Good."],
        );
        check("\"Does it hurt?\" she asked.", &["\"Does it hurt?\" she asked."]);
        check("Wait ... what now?", &["Wait ... what now?"]);
    }

    #[test]
    fn abbreviations_figures_and_addresses_end_nothing() {
        for text in [
            "Take 1.5 hours, e.g. Monday, or see Dr. Smith of the U.S. Army.",
            "See No. 5 and p. 12 by J. R. Doe et al. Smith did it.",
            "Visit www.example.org/a.html or ask vs. Mondays.",
            "It costs approx. $40 a visit.",
        ] {
            check(text, &[text]);
        }
    }

    #[test]
    fn abbreviations_can_end_a_sentence_too() {
        check("She came from the U.S. The trip was long.", &["She came from the U.S.", "The trip was long."]);
        check("I said no. 5 people left.", &["I said no. 5 people left."]);
        check("I said no. They left.", &["I said no.", "They left."]);
        check("So do I. You too.", &["So do I.", "You too."]);
    }

    #[test]
    fn odd_text_loses_nothing_and_does_not_panic() {
        check("", &[]);
        check(" … !! ", &[]);
        check("Ünï—ça. “Ça?” Ω", &["Ünï—ça.", "“Ça?”", "Ω"]);
        check("No stop at the end of an item", &["No stop at the end of an item"]);
    }
}
