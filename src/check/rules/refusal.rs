//! Whether words are taken back by those around them: negations, questions, quotation marks, explanations, dates.

use super::pattern::{is_word_char, word_before};

/// How many words a negation reaches ahead.
const REACH: usize = 6;

/// Whether a negation stands before `at` and reaches it: `not presented as a cure`.
///
/// A new clause ends its reach: `it does not hurt and cures pain` promises a cure.
pub(super) fn is_negated(sentence: &str, at: usize) -> bool {
    let mut end = at;
    let mut next = String::new();
    for _ in 0..=REACH {
        let gap = sentence[..end].chars().rev().take_while(|&c| !is_word_char(c));
        let gap_len: usize = gap.clone().map(char::len_utf8).sum();
        if gap.clone().any(|c| matches!(c, ';' | ':' | '.' | '!' | '?' | '\u{2014}' | '\u{2013}')) {
            return false;
        }
        let Some(word) = word_before(sentence, end - gap_len) else {
            return false;
        };
        let text = sentence[word.clone()].to_lowercase();
        if is_negation(&text) {
            return !matches!(next.as_str(), "only" | "just" | "merely");
        }
        if matches!(text.as_str(), "and" | "but" | "yet" | "so" | "while" | "because") {
            return false;
        }
        end = word.start;
        next = text;
    }
    false
}

/// Whether a word says no.
pub(super) fn is_negation(word: &str) -> bool {
    matches!(
        word,
        "not"
            | "no"
            | "never"
            | "cannot"
            | "without"
            | "nor"
            | "neither"
            | "none"
            | "nothing"
            | "nobody"
            | "unlikely"
            | "isn't"
            | "aren't"
            | "doesn't"
            | "don't"
            | "didn't"
            | "can't"
            | "won't"
            | "wouldn't"
            | "couldn't"
            | "shouldn't"
            | "hasn't"
            | "haven't"
            | "wasn't"
            | "weren't"
    )
}

/// Whether the sentence asks.
pub(super) fn is_question(sentence: &str) -> bool {
    sentence.trim_end_matches(['"', '\'', ')', ' ']).ends_with('?')
}

/// Whether the stretch stands between quotation marks.
pub(super) fn is_quoted(sentence: &str, start: usize, end: usize) -> bool {
    sentence[..start].matches('"').count() % 2 == 1 && sentence[end..].contains('"')
}

/// Whether a word is explained where it stands: in brackets, before brackets, or after words such as `called`.
pub(super) fn is_explained(sentence: &str, start: usize, end: usize) -> bool {
    let before = &sentence[..start];
    let in_brackets = before.rfind('(').is_some_and(|open| !before[open..].contains(')'));
    let before_brackets = sentence[end..].trim_start_matches(['"', '*']).starts_with(" (");
    let lead = before.trim_end_matches([' ', '"', '*']).to_lowercase();
    let named =
        ["called", "known as", "termed", "named", "word for this is", "medical name is", "means", "the term"];
    let lag = sentence[end..].trim_start_matches(['"', '*', ' ']);
    let defined = ["means ", "is a ", "is an ", "is the ", "are the ", "is when ", "is where ", "refers to "];
    in_brackets
        || before_brackets
        || named.iter().any(|named| lead.ends_with(named))
        || ["a", "an", "the"].iter().any(|article| {
            lead.strip_suffix(article).is_some_and(|lead| {
                let lead = lead.trim_end();
                named.iter().any(|named| lead.ends_with(named))
            })
        })
        || defined.iter().any(|defined| lag.starts_with(defined))
}

/// Whether a text says as of when: a year, or words such as `as of`.
pub(super) fn is_dated(text: &str) -> bool {
    let has_year = text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|word| word.len() == 4 && word.parse::<u16>().is_ok_and(|year| (1990..2100).contains(&year)));
    has_year || text.contains("as of ") || text.contains("As of ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_negation_reaches_its_clause_and_no_further() {
        let check = |sentence: &str, expected: bool| {
            let at = sentence.find("cure").unwrap();
            assert_eq!(is_negated(sentence, at), expected, "{sentence}");
        };
        check("It is not presented as a cure.", true);
        check("There is no cure", true);
        check("It doesn't cure pain", true);
        check("It cures pain", false);
        check("It does not hurt and cures pain", false);
        check("Not only does it help, it cures", false);
        check("It not only cures pain", false);
        check("Why not try it: a cure", false);
        check("Nobody has to wait for long years until some day it might be a cure", false);
    }

    #[test]
    fn brackets_and_names_explain() {
        let check = |sentence: &str, expected: bool| {
            let at = sentence.find("fascia").unwrap();
            assert_eq!(is_explained(sentence, at, at + 6), expected, "{sentence}");
        };
        check("thin tissue around muscles (fascia)", true);
        check("the fascia (thin tissue)", true);
        check("thin tissue called the \"fascia\" lies", true);
        check("fascia is the tissue around", true);
        check("stretch your fascia daily", false);
    }
}
