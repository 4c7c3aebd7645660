//! Words as the index knows them: one set of rules for the builder, the Rust query and the browser.
//!
//! `client/search.js` follows the same rules in its function `words`; `tests/js/words.json` holds vectors that both
//! are tested with. The rules, in order:
//!
//! 1. A run starts with a letter or digit and goes on over letters, digits, marks and apostrophes.
//! 2. A run is split where a script without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese) starts or ends; a
//!    stretch of such a script gives each pair of neighbouring characters (or the one character that it is).
//! 3. Apostrophes are dropped, the rest is brought to form NFKD, accents and vowel points are dropped, letters are
//!    lower-cased one by one, and a final sigma becomes a sigma. What is no letter, digit or mark then splits again.
//! 4. A word is cut after 40 characters.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::slots::Key;
use crate::bytes;

/// The longest word, in characters; what is longer is cut, in documents and in queries alike.
const LONGEST_WORD: usize = 40;

/// A word in its normal form.
#[derive(Clone, Copy)]
pub(super) enum Word<'a> {
    /// One that its key holds whole, as nearly all are.
    Short(Key),
    /// A longer one and its key.
    Long(&'a str, Key),
}

impl<'a> Word<'a> {
    /// The word of these letters.
    pub(super) fn of(letters: &'a str) -> Self {
        let key = Key::of(letters);
        if key.is_hash() { Self::Long(letters, key) } else { Self::Short(key) }
    }

    fn to_text(self) -> String {
        match self {
            Self::Short(key) => key.with_word(str::to_owned),
            Self::Long(letters, _) => letters.to_owned(),
        }
    }
}

/// Calls `found` with each word of `text` and the bytes it stands in.
pub(super) fn each_word(text: &str, mut found: impl FnMut(Word<'_>, Range<usize>)) {
    let bytes = text.as_bytes();
    let mut lowered = String::new();
    let mut from = 0;
    while from < bytes.len() {
        // Where stretches between separators begin and end is known of 64 bytes at once, so that no word waits for the
        // end of the one before.
        let block = bytes::first(&bytes[from..]);
        let plain = bytes::bits(&block, |byte| byte.is_ascii_alphanumeric());
        let is_other = |byte: u8| (byte >= 128) | (byte == b'\'');
        let others = if bytes::any(&block, is_other) { bytes::bits(&block, is_other) } else { 0 };
        let all = plain | others;
        let mut starts = all & !(all << 1);
        let mut ends = !all & all << 1;
        while ends != 0 {
            let (start, end) = (starts.trailing_zeros(), ends.trailing_zeros());
            starts &= starts - 1;
            ends &= ends - 1;
            let length = (end - start) as usize;
            let has_others = others & ((1 << end) - (1 << start)) != 0;
            let (start, end) = (from + start as usize, from + end as usize);
            if length <= Key::LONGEST && !has_others {
                let sixteen = bytes::lowered(bytes::sixteen(&bytes[start..]));
                found(Word::Short(Key::of_lowest(sixteen, length)), start..end);
            } else {
                each_word_between(text, start..end, &mut lowered, &mut found);
            }
        }
        // What goes on behind the 64 bytes is looked at again, from its start.
        let known = starts.trailing_zeros() as usize;
        if known > 0 {
            from += known;
        } else {
            let is_separator = |byte: &u8| CLASS[*byte as usize] == SEPARATOR;
            let end = bytes[from..].iter().position(is_separator).map_or(bytes.len(), |length| from + length);
            each_word_between(text, from..end, &mut lowered, &mut found);
            from = end;
        }
    }
}

/// The way of stretches between separators that are not plain, or long.
#[inline(never)]
fn each_word_between(
    text: &str,
    stretch: Range<usize>,
    lowered: &mut String,
    found: &mut impl FnMut(Word<'_>, Range<usize>),
) {
    let text = &text[..stretch.end];
    let bytes = text.as_bytes();
    let mut at = stretch.start;
    while at < bytes.len() {
        if !starts_word(text, at) {
            at += width_at(bytes, at);
            continue;
        }
        let start = at;
        let mut met = 0;
        let mut end = at;
        while at < bytes.len() {
            let class = CLASS[bytes[at] as usize];
            match class {
                LOWER | UPPER => {
                    at += 1;
                    end = at;
                }
                APOSTROPHE => at += 1,
                _ => {
                    let c = char_at(text, at);
                    if c != '’' && !c.is_alphanumeric() && !is_combining_mark(c) {
                        break;
                    }
                    at += c.len_utf8();
                    if c != '’' {
                        end = at;
                    }
                }
            }
            met |= class;
        }
        let run = &text[start..end];
        if end - start > LONGEST_WORD || met & OTHER != 0 {
            split_run(run, start, found);
        } else if met == LOWER {
            found(Word::of(run), start..end);
        } else {
            lowered.clear();
            lowered.extend(run.chars().filter(|c| *c != '\'').map(|c| c.to_ascii_lowercase()));
            found(Word::of(lowered), start..end);
        }
    }
}

/// The words of `text` with the bytes they stand in.
pub(super) fn words(text: &str) -> Vec<(String, Range<usize>)> {
    let mut out = Vec::new();
    each_word(text, |word, range| out.push((word.to_text(), range)));
    out
}

const SEPARATOR: u8 = 0;
/// A small letter or a digit: it stays as it is.
const LOWER: u8 = 1;
const UPPER: u8 = 2;
const APOSTROPHE: u8 = 4;
/// Not ASCII: it needs a closer look.
const OTHER: u8 = 8;

/// What each byte means to the tokenizer.
const CLASS: [u8; 256] = {
    let mut table = [SEPARATOR; 256];
    let mut at = 0;
    while at < 256 {
        let byte = at as u8;
        if byte >= 128 {
            table[at] = OTHER;
        } else if byte.is_ascii_lowercase() || byte.is_ascii_digit() {
            table[at] = LOWER;
        } else if byte.is_ascii_uppercase() {
            table[at] = UPPER;
        } else if byte == b'\'' {
            table[at] = APOSTROPHE;
        }
        at += 1;
    }
    table
};

fn starts_word(text: &str, at: usize) -> bool {
    match CLASS[text.as_bytes()[at] as usize] {
        LOWER | UPPER => true,
        OTHER => char_at(text, at).is_alphanumeric(),
        _ => false,
    }
}

fn width_at(bytes: &[u8], at: usize) -> usize {
    match bytes[at] {
        0..0xC0 => 1,
        0xC0..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => 4,
    }
}

fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().expect("`at` lies before the end, on a character's start")
}

/// Whether words of the character's script are written without spaces between them.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The way of runs that are not plain ASCII, or too long.
fn split_run(run: &str, offset: usize, found: &mut impl FnMut(Word<'_>, Range<usize>)) {
    let mut rest = run;
    let mut at = offset;
    while let Some(first) = rest.chars().next() {
        let unspaced = is_unspaced(first);
        let length = rest.find(|c| is_unspaced(c) != unspaced).unwrap_or(rest.len());
        let (piece, tail) = rest.split_at(length);
        if unspaced {
            each_pair(piece, at, found);
        } else {
            each_normal(piece, at..at + length, found);
        }
        rest = tail;
        at += length;
    }
}

fn each_pair(piece: &str, offset: usize, found: &mut impl FnMut(Word<'_>, Range<usize>)) {
    let starts: Vec<usize> = piece.char_indices().map(|(at, _)| at).chain([piece.len()]).collect();
    if starts.len() == 2 {
        return each_normal(piece, offset..offset + piece.len(), found);
    }
    for ends in starts.windows(3) {
        each_normal(&piece[ends[0]..ends[2]], offset + ends[0]..offset + ends[2], found);
    }
}

fn each_normal(piece: &str, range: Range<usize>, found: &mut impl FnMut(Word<'_>, Range<usize>)) {
    let normal: String = piece
        .chars()
        .filter(|c| !matches!(c, '\'' | '’' | 'ʼ'))
        .nfkd()
        .filter(|c| !is_accent(*c))
        .flat_map(char::to_lowercase)
        .nfkd()
        .filter(|c| !is_accent(*c))
        .map(|c| if c == 'ς' { 'σ' } else { c })
        .collect();
    for word in normal.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c)) {
        if !word.is_empty() {
            let cut = word.char_indices().nth(LONGEST_WORD).map_or(word.len(), |(at, _)| at);
            found(Word::of(&word[..cut]), range.clone());
        }
    }
}

/// Accents of Latin, Greek and Cyrillic, and the points of Hebrew and Arabic.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    struct Vector {
        text: String,
        words: Vec<(String, String)>,
    }

    #[test]
    fn shared_vectors_hold() {
        let vectors: Vec<Vector> = serde_json::from_str(include_str!("../../tests/js/words.json")).unwrap();
        for vector in vectors {
            let got: Vec<(String, String)> = words(&vector.text)
                .into_iter()
                .map(|(word, range)| (word, vector.text[range].to_owned()))
                .collect();
            assert_eq!(got, vector.words, "{:?}", vector.text);
        }
    }

    #[test]
    fn words_are_the_same_wherever_they_stand() {
        let long = "Ångström".repeat(20);
        let text =
            format!("Don't walk-about, 針灸 été “quoted” aWordOfMoreThanFifteen x9 'it's' {long} ... end");
        let plain = words(&text);
        assert_eq!(plain.len(), 11);
        for before in 0..130 {
            let moved =
                plain.iter().map(|(word, range)| (word.clone(), range.start + before..range.end + before));
            assert_eq!(words(&(".".repeat(before) + &text)), moved.collect::<Vec<_>>(), "{before}");
        }
    }
}
