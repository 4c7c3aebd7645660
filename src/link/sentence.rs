//! The sentence around a mention.

use std::ops::Range;

/// The most bytes of a sentence on either side of the mention; a longer one is cut between words.
const MAX_SIDE: usize = 240;

/// Words with a full stop that ends no sentence.
const ABBREVIATIONS: [&str; 18] = [
    "al", "approx", "ca", "cf", "dr", "e.g", "eg", "fig", "i.e", "ie", "mr", "mrs", "ms", "no", "prof",
    "resp", "st", "vs",
];

/// A sentence as plain text and the bytes of it that were meant.
pub(super) struct Excerpt {
    pub(super) text: Box<str>,
    pub(super) mark: Range<u32>,
}

/// The sentence of a block that holds the bytes of `mark`.
pub(super) fn around(block: &str, mark: Range<usize>) -> Excerpt {
    let range = range(block, mark.clone());
    let before = &block[range.start..mark.start];
    let after = &block[mark.end..range.end];
    let (before, cut_before) = last_words(before.trim_start());
    let (after, cut_after) = first_words(after.trim_end());
    let mut text = String::with_capacity(before.len() + mark.len() + after.len() + 6);
    if cut_before {
        text.push_str("… ");
    }
    push_tidy(&mut text, before);
    let start = text.len() as u32;
    text.push_str(&block[mark]);
    let end = text.len() as u32;
    push_tidy(&mut text, after);
    if cut_after {
        text.push_str(" …");
    }
    Excerpt { text: text.into(), mark: start..end }
}

/// Appends text without the spaces that a citation left before a full stop or comma.
fn push_tidy(out: &mut String, text: &str) {
    let ends = |rest: &str| rest.is_empty() || rest.starts_with([' ', '”', '"', ')']);
    let mut from = 0;
    for at in memchr::memchr2_iter(b'.', b',', text.as_bytes()) {
        if text[..at].ends_with(' ') && ends(&text[at + 1..]) {
            out.push_str(&text[from..at - 1]);
            from = at;
        }
    }
    out.push_str(&text[from..]);
}

/// The bytes of the sentence around `mark`, at most a little more than a reader would want on either side.
pub(super) fn range(block: &str, mark: Range<usize>) -> Range<usize> {
    let from = floor(block, mark.start.saturating_sub(MAX_SIDE * 2));
    let to = floor(block, (mark.end + MAX_SIDE * 2).min(block.len()));
    let bytes = block.as_bytes();
    let end_at = |at: usize| end_of_sentence(block, at, block[at..].chars().next()?);
    let mut start = from;
    let mut before = mark.start;
    while let Some(at) = last_mark(&bytes[from..before]) {
        before = from + at;
        if let Some(end) = end_at(before).filter(|end| *end <= mark.start) {
            start = end;
            break;
        }
    }
    let mut end = to;
    let mut behind = mark.end;
    while let Some(at) = first_mark(&bytes[behind..to]) {
        if let Some(found) = end_at(behind + at) {
            end = found;
            break;
        }
        behind += at + 1;
    }
    start..end.max(mark.end)
}

/// The first byte of the last character that may end a sentence.
fn last_mark(bytes: &[u8]) -> Option<usize> {
    if bytes.is_ascii() {
        return memchr::memrchr3(b'.', b'!', b'?', bytes);
    }
    bytes.iter().rposition(|byte| may_end(*byte))
}

/// The first byte of the first such character.
fn first_mark(bytes: &[u8]) -> Option<usize> {
    if bytes.is_ascii() {
        return memchr::memchr3(b'.', b'!', b'?', bytes);
    }
    bytes.iter().position(|byte| may_end(*byte))
}

fn may_end(byte: u8) -> bool {
    matches!(byte, b'.' | b'!' | b'?' | 0xE0..0xF0)
}

/// Where the sentence ends that `c` at `at` closes, closing brackets and quotation marks included.
fn end_of_sentence(block: &str, at: usize, c: char) -> Option<usize> {
    if matches!(c, '。' | '！' | '？') {
        return Some(at + c.len_utf8());
    }
    if !matches!(c, '.' | '!' | '?' | '…') {
        return None;
    }
    let behind = &block[at + c.len_utf8()..];
    let rest = behind.trim_start_matches(['"', '\'', '”', '’', ')', ']', '»']);
    let end = block.len() - rest.len();
    let next = rest.trim_start();
    if next.len() == rest.len() && !rest.is_empty() {
        return None;
    }
    if c == '.' {
        let word = block[..at].rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
        let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
        let is_short = ABBREVIATIONS.iter().any(|short| short.eq_ignore_ascii_case(word));
        if is_initial || (is_short && !next.is_empty()) {
            return None;
        }
    }
    let starts_small = next.chars().next().is_some_and(char::is_lowercase);
    (!starts_small).then_some(end)
}

fn last_words(text: &str) -> (&str, bool) {
    if text.len() <= MAX_SIDE {
        return (text, false);
    }
    let tail = &text[floor(text, text.len() - MAX_SIDE)..];
    (tail.split_once(' ').map_or(tail, |(_, words)| words), true)
}

fn first_words(text: &str) -> (&str, bool) {
    if text.len() <= MAX_SIDE {
        return (text, false);
    }
    let head = &text[..floor(text, MAX_SIDE)];
    (head.rsplit_once(' ').map_or(head, |(words, _)| words), true)
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(block: &str, word: &str, sentence: &str) {
        let at = block.find(word).unwrap();
        let excerpt = around(block, at..at + word.len());
        assert_eq!(&*excerpt.text, sentence);
        assert_eq!(&excerpt.text[excerpt.mark.start as usize..excerpt.mark.end as usize], word);
    }

    #[test]
    fn a_sentence_ends_where_a_reader_would_stop() {
        check(
            "One. Two has neck pain, e.g. at night. Three.",
            "neck pain",
            "Two has neck pain, e.g. at night.",
        );
        check("Is it hip pain? Yes.", "hip pain", "Is it hip pain?");
        check("It costs $1.50 with neck pain. No.", "neck pain", "It costs $1.50 with neck pain.");
        check("(See neck pain.) Then.", "neck pain", "(See neck pain.)");
        check("肩痛很常见。颈痛也是。", "颈痛", "颈痛也是。");
        check("neck pain", "neck pain", "neck pain");
    }

    #[test]
    fn no_space_is_left_where_a_citation_stood_before_a_full_stop() {
        check("Two of 5 had neck pain . Then.", "neck pain", "Two of 5 had neck pain.");
        check("After a fall , neck pain is common .", "neck pain", "After a fall, neck pain is common.");
        check("With neck pain .5 mm ...", "neck pain", "With neck pain .5 mm ...");
    }

    #[test]
    fn a_long_sentence_is_cut_between_words() {
        let long = format!("{} neck pain {}", "word ".repeat(200), "word ".repeat(200));
        let at = long.find("neck pain").unwrap();
        let excerpt = around(&long, at..at + 9);
        assert!(
            excerpt.text.len() < 600
                && excerpt.text.starts_with("… word")
                && excerpt.text.ends_with("word …")
        );
    }
}
