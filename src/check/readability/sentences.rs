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
            push(text, start..end, &mut found);
            start = end;
        }
        from = end;
    }
    push(text, start..text.len(), &mut found);
    found
}

fn push(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let slice = text[range.clone()].trim_start();
    let start = range.end - slice.len();
    let end = start + slice.trim_end().len();
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
    let bytes = text.as_bytes();
    let is_single_stop = bytes[at] == b'.' && bytes.get(at + 1) != Some(&b'.');
    !(is_single_stop && is_abbreviation(text, at, next))
}

/// Words that a full stop follows without ending the sentence, whatever comes next; in lower case.
#[rustfmt::skip]
fn is_title(word: &[u8]) -> bool {
    // Compared as a pattern, not as a list: a length and a few bytes tell each.
    matches!(
        word,
        b"dr" | b"mr" | b"mrs" | b"ms" | b"prof" | b"st" | b"vs" | b"e.g" | b"i.e" | b"eg" | b"ie" | b"cf" | b"fig"
            | b"figs" | b"vol" | b"ed" | b"eds" | b"approx" | b"dept" | b"est" | b"jr" | b"sr" | b"rev" | b"gen"
            | b"al" | b"resp" | b"incl" | b"max" | b"min" | b"viz"
    )
}

/// Words that a full stop follows without ending the sentence where a figure comes next; in lower case.
fn is_before_figures(word: &[u8]) -> bool {
    matches!(word, b"no" | b"nos" | b"p" | b"pp" | b"ch" | b"sec" | b"art")
}

/// The longest of both in bytes.
const LONGEST: usize = 6;

fn is_abbreviation(text: &str, stop: usize, next: &str) -> bool {
    // Nearly all words are nothing but letters behind a space, and most are too long.
    let before = text.as_bytes()[..stop].iter().rev();
    let letters = before.take(LONGEST + 1).take_while(|byte| byte.is_ascii_alphabetic()).count();
    if letters > LONGEST {
        return false;
    }
    if letters > 1 && text.as_bytes()[..stop - letters].last() == Some(&b' ') {
        return is_known(&text[stop - letters..stop], next);
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
    is_known(word, next)
}

/// Whether a word before a full stop is one of the listed ones.
fn is_known(word: &str, next: &str) -> bool {
    let mut lower = [0; LONGEST];
    let Some(lower) = lower.get_mut(..word.len()) else { return false };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    is_title(lower) || is_before_figures(lower) && next.starts_with(|c: char| c.is_ascii_digit())
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
