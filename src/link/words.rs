//! Words of running text, folded so that forms of one word are one number.
//!
//! Letters are compared without regard to case and to how Unicode writes them; a hyphen parts words like a space; in
//! English the plural and the possessive count as the word itself. Scripts that write without spaces give a word for
//! each letter, so that a name in them is found wherever its letters follow each other.

mod hash;
mod plain;

pub(super) use hash::beginning_of;
pub(super) use plain::{At, Plain};

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest word that can be part of a name, in bytes; longer words are never looked up.
pub(super) const MAX_WORD: usize = 64;

/// A word or a punctuation mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lexeme {
    pub(super) kind: LexemeKind,
    /// First byte in the text.
    pub(super) start: u32,
    /// One past the last byte.
    pub(super) end: u32,
    /// How many of its last bytes are a possessive ending.
    pub(super) possessive: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LexemeKind {
    /// A word, by the hash of its folded form; 0 where it is too long to be looked up or known to be unknown.
    Word(u64),
    /// Anything that is neither a word nor a space nor a hyphen between words.
    Mark(char),
}

/// The class of an ASCII byte.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Word,
    Space,
    Hyphen,
    Apostrophe,
    Mark,
}

const CLASSES: [Class; 128] = {
    let mut classes = [Class::Mark; 128];
    let mut at = 0;
    while at < 128 {
        let byte = at as u8;
        if byte.is_ascii_alphanumeric() || byte == b'_' {
            classes[at] = Class::Word;
        } else if byte == b' ' || byte == b'\t' || byte == b'\n' || byte == b'\r' {
            classes[at] = Class::Space;
        }
        at += 1;
    }
    classes[b'-' as usize] = Class::Hyphen;
    classes[b'\'' as usize] = Class::Apostrophe;
    classes
};

/// How the words of a language change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Endings {
    /// English: plural and possessive are left out.
    English,
    /// Words are taken as they are.
    None,
}

impl Endings {
    /// The endings of the language with that tag.
    pub(super) fn of(language: &str) -> Self {
        let primary = language.split('-').next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("en") { Self::English } else { Self::None }
    }
}

/// What is done with words and marks as they are read.
pub(super) trait Taker {
    /// Takes a word or mark.
    fn take(&mut self, lexeme: Lexeme);

    /// Takes those of plain text, as nearly all text is.
    fn take_plain(&mut self, plain: &Plain<'_>);
}

impl<F: FnMut(Lexeme)> Taker for F {
    fn take(&mut self, lexeme: Lexeme) {
        self(lexeme);
    }

    fn take_plain(&mut self, plain: &Plain<'_>) {
        plain.each(|at| match at {
            At::Word(start, end) => self(word(plain.hash(start, end), start, end, 0)),
            At::Mark(mark) => self(mark),
        });
    }
}

/// Gives each word and mark of a text in order.
pub(super) fn lexemes(text: &str, endings: Endings, mut emit: impl FnMut(Lexeme)) {
    lexemes_in(text, 0, 0..text.len(), endings, &mut emit);
}

/// The same for a part of the text that begins and ends between words; `text[..from]` is looked at by no one.
#[inline]
pub(super) fn lexemes_in(
    text: &str,
    from: usize,
    part: Range<usize>,
    endings: Endings,
    taker: &mut impl Taker,
) {
    let text = &text[..part.end];
    let mut lexer = Lexer { text, from, endings, folded: String::new() };
    let mut at = part.start;
    while at < text.len() {
        // Other scripts than ours have no plain text between their words.
        if text.as_bytes()[at] < 128 {
            let plain = Plain::at(at, text.as_bytes(), from, endings);
            if plain.length > 0 {
                taker.take_plain(&plain);
                at += plain.length;
                continue;
            }
        }
        let (lexeme, end) = lexer.odd(at);
        if let Some(lexeme) = lexeme {
            taker.take(lexeme);
        }
        at = end + usize::from(text.as_bytes().get(end) == Some(&b' '));
    }
}

/// The word of so many bytes at a place; all of them are ASCII letters and digits, and no apostrophe or letter stands beside.
pub(super) fn plain_word(text: &str, start: usize, length: usize, endings: Endings) -> Lexeme {
    let end = start + length;
    word(hash::hash_at(text.as_bytes(), start, end, endings), start, end, 0)
}

/// The word or mark that begins at a place where no space does.
pub(super) fn lexeme_at(text: &str, from: usize, at: usize, endings: Endings) -> Option<Lexeme> {
    Lexer { text, from, endings, folded: String::new() }.odd(at).0
}

/// Whether one of the words and marks is such that hold the byte at `at` or lie right before it, in a text that begins
/// at `from`.
pub(super) fn any_at(
    text: &str,
    from: usize,
    at: usize,
    endings: Endings,
    mut is: impl FnMut(Lexeme) -> bool,
) -> bool {
    // No longer word is looked up.
    let before = text.as_bytes()[from..at].iter().rev().take(MAX_WORD);
    let is_of_word = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'\'');
    let mut start = at - before.take_while(is_of_word).count();
    let mut lexer = Lexer { text, from, endings, folded: String::new() };
    while start <= at {
        let (lexeme, end) = lexer.odd(start);
        if lexeme.is_some_and(&mut is) {
            return true;
        }
        start = end;
    }
    false
}

/// Whether two names are found in the same places: they differ in case, plural, hyphens and the like alone.
pub fn is_same_name(one: &str, other: &str, language: &str) -> bool {
    let words = |name: &str| {
        let mut words = Vec::new();
        lexemes(name, Endings::of(language), |lexeme| words.push(lexeme.kind));
        words
    };
    words(one) == words(other)
}

/// Whether a hyphen stands at a word, not alone between spaces.
fn joins(bytes: &[u8], from: usize, at: usize) -> bool {
    at > from && !bytes[at - 1].is_ascii_whitespace() && bytes[at - 1] != b'-'
        || bytes.get(at + 1).is_some_and(|next| next.is_ascii_alphanumeric())
}

fn mark(mark: char, start: usize, end: usize) -> Lexeme {
    Lexeme { kind: LexemeKind::Mark(mark), start: start as u32, end: end as u32, possessive: 0 }
}

#[inline]
fn word(hash: u64, start: usize, end: usize, possessive: usize) -> Lexeme {
    let kind = LexemeKind::Word(hash);
    Lexeme { kind, start: start as u32, end: end as u32, possessive: possessive as u8 }
}

struct Lexer<'a> {
    text: &'a str,
    from: usize,
    endings: Endings,
    folded: String,
}

impl Lexer<'_> {
    /// What begins at a place, and where it ends. Made for where no plain text begins: a word with an apostrophe or letters
    /// beyond ASCII, a very long one, or a character that is no plain mark.
    fn odd(&mut self, at: usize) -> (Option<Lexeme>, usize) {
        let bytes = self.text.as_bytes();
        let byte = bytes[at];
        if byte >= 128 {
            return self.beyond_ascii(at);
        }
        match CLASSES[usize::from(byte)] {
            Class::Word => self.long_word(at),
            Class::Apostrophe if self.endings == Endings::None => (None, at + 1),
            Class::Apostrophe if at > self.from && matches!(bytes[at - 1], b's' | b'S') => (None, at + 1),
            _ => (Some(mark(char::from(byte), at, at + 1)), at + 1),
        }
    }

    /// A word that starts with an ASCII letter or digit, and where it ends.
    fn long_word(&mut self, start: usize) -> (Option<Lexeme>, usize) {
        let bytes = self.text.as_bytes();
        let mut at = start + 1;
        while let Some(&byte) = bytes.get(at) {
            if byte >= 128 {
                return self.beyond_ascii(start);
            }
            match CLASSES[byte as usize] {
                Class::Word => {}
                Class::Apostrophe
                    if self.endings == Endings::English
                        && bytes.get(at + 1).is_some_and(|&next| is_letter(next)) => {}
                _ => break,
            }
            at += 1;
        }
        let written = &bytes[start..at];
        let length = without_possessive(written, self.endings);
        let possessive = written.len() - length;
        let hash =
            if written.len() <= MAX_WORD { hash::hash_of(&written[..length], self.endings) } else { 0 };
        (Some(word(hash, start, at, possessive)), at)
    }

    /// A word with letters beyond ASCII, or one character that is no letter, and where it ends.
    #[cold]
    fn beyond_ascii(&mut self, start: usize) -> (Option<Lexeme>, usize) {
        let rest = &self.text[start..];
        let mut letters = rest.char_indices().peekable();
        let (_, first) = letters.next().expect("a byte starts a character");
        let first_role = role(first);
        if !matches!(first_role, Role::Letter | Role::Alone) {
            return self.no_letter(start, first, first_role);
        }
        let mut length = first.len_utf8();
        while let Some((at, c)) = letters.next() {
            let belongs = match role(c) {
                Role::MarkOnLetter | Role::Ignored => true,
                Role::Letter => first_role == Role::Letter,
                Role::Apostrophe => {
                    let next = letters.peek().map(|(_, next)| role(*next));
                    self.endings == Endings::English
                        && first_role == Role::Letter
                        && next == Some(Role::Letter)
                }
                _ => false,
            };
            if !belongs {
                break;
            }
            length = at + c.len_utf8();
        }
        (self.fold(start, start + length), start + length)
    }

    fn no_letter(&self, start: usize, c: char, role: Role) -> (Option<Lexeme>, usize) {
        let end = start + c.len_utf8();
        let is_possessive = role == Role::Apostrophe
            && (self.endings == Endings::None || self.text[..start].ends_with(['s', 'S']));
        let is_seen = !matches!(role, Role::Space | Role::Hyphen | Role::Ignored | Role::MarkOnLetter);
        ((is_seen && !is_possessive).then(|| mark(c, start, end)), end)
    }

    fn fold(&mut self, start: usize, end: usize) -> Option<Lexeme> {
        self.folded.clear();
        let kept = self.text[start..end].chars().filter(|c| role(*c) != Role::Ignored);
        let plain = kept.map(|c| if role(c) == Role::Apostrophe { '\'' } else { c });
        // Upper case first: it makes one of `ß` and `SS`, of `ς` and `σ`.
        let upper = plain.nfkc().flat_map(char::to_uppercase);
        self.folded.extend(upper.flat_map(char::to_lowercase).nfkc());
        if self.folded.is_empty() {
            return None;
        }
        let mut hash = 0;
        let mut possessive = 0;
        if self.folded.len() <= MAX_WORD {
            let written = self.folded.as_bytes();
            let length = without_possessive(written, self.endings);
            if length < written.len() {
                // In the text the apostrophe may be longer than the one byte that it was folded to.
                let tail = self.text[start..end].char_indices().rev().nth(1);
                possessive = tail.map_or(0, |(at, _)| end - start - at);
            }
            hash = hash::hash_of(&written[..length], self.endings);
        }
        Some(word(hash, start, end, possessive))
    }
}

fn is_letter(byte: u8) -> bool {
    byte >= 128 || byte.is_ascii_alphabetic()
}

/// What a character is among words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Letter,
    /// A letter of a script without spaces: a word by itself.
    Alone,
    /// A mark that belongs to the letter before it.
    MarkOnLetter,
    Apostrophe,
    Hyphen,
    Space,
    /// Seen by nobody: soft hyphens, joiners, marks of direction.
    Ignored,
    Mark,
}

fn role(c: char) -> Role {
    match c {
        '_' => Role::Letter,
        '\'' | '\u{2018}' | '\u{2019}' | '\u{02BC}' | '\u{FF07}' => Role::Apostrophe,
        '\u{2010}' | '\u{2011}' | '-' => Role::Hyphen,
        '\u{AD}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' => Role::Ignored,
        // Thai to Lao, Myanmar, Khmer, Hiragana, Han.
        '\u{0E00}'..='\u{0EFF}'
        | '\u{1000}'..='\u{109F}'
        | '\u{1780}'..='\u{17FF}'
        | '\u{3041}'..='\u{309F}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' => {
            if is_combining_mark(c) {
                Role::MarkOnLetter
            } else if c.is_alphanumeric() {
                Role::Alone
            } else {
                Role::Mark
            }
        }
        _ if is_combining_mark(c) => Role::MarkOnLetter,
        _ if c.is_alphanumeric() => Role::Letter,
        _ if c.is_whitespace() => Role::Space,
        _ => Role::Mark,
    }
}

/// The length of an English word without its possessive ending.
#[inline]
fn without_possessive(word: &[u8], endings: Endings) -> usize {
    match (endings, word) {
        (Endings::English, [before @ .., b'\'', b's' | b'S']) if !before.is_empty() => before.len(),
        _ => word.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bytes::Heads;

    fn hashes(text: &str) -> Vec<LexemeKind> {
        let mut out = Vec::new();
        lexemes(text, Endings::English, |lexeme| out.push(lexeme.kind));
        out
    }

    #[test]
    fn forms_of_one_name_are_one() {
        for (one, other) in [
            ("Lower back pain", "lower-back  PAINS"),
            ("tension-type headache", "Tension\u{2011}type\nheadaches"),
            ("golfer's elbow", "Golfer’s elbows"),
            ("golfer's elbow", "golfers elbow"),
            ("runner's knee", "runners' knee"),
            ("runner's knee", "runners’ knee"),
            ("sports injury", "sports injuries"),
            ("abscess", "abscesses"),
            ("Sjögren", "SJO\u{308}GREN’s"),
            ("straße", "STRASSE"),
            ("ﬁbromyalgia", "fibro\u{AD}myalgia"),
            ("ｎｅｃｋ pain", "neck pain"),
            ("كتف", "\u{200F}كتف"),
        ] {
            assert_eq!(hashes(one), hashes(other), "{one} / {other}");
        }
    }

    #[test]
    fn other_words_stay_others() {
        for (one, other) in [
            ("bursitis", "bursit"),
            ("ache", "ash"),
            ("neck pain", "neck. pain"),
            ("neck pain", "neck - pain"),
            ("IMS", "IM"),
            ("rücken", "rucken"),
        ] {
            assert_ne!(hashes(one), hashes(other), "{one} / {other}");
        }
    }

    #[test]
    fn short_words_are_hashed_as_long_ones() {
        let words = [
            "a",
            "IS",
            "dies",
            "Knees",
            "boxes",
            "achE",
            "as_is",
            "gas",
            "7",
            "x_9",
            "status",
            "kisses",
            "bodybuilders",
            "injuries",
        ];
        for word in words {
            for endings in [Endings::English, Endings::None] {
                for behind in ["", " ", ".", " [{@`\u{10}\u{19}/:"] {
                    let text = format!("{word}{behind}");
                    let plain = Plain::at(0, text.as_bytes(), 0, endings);
                    assert_eq!(plain.word(0), (0, word.len()), "{text}");
                    let long = hash::hash_of(word.as_bytes(), endings);
                    let short = hash::hash_of_short(text.as_bytes(), 0, word.len(), endings);
                    assert_eq!(short, long, "{text}");
                    let mut heads = Heads::default();
                    heads.add(beginning_of(long));
                    assert!(heads.has(crate::bytes::first(text.as_bytes())), "{text}");
                }
            }
        }
    }

    #[test]
    fn words_end_alike_wherever_they_stand() {
        for length in 1..40 {
            for before in 0..130 {
                let text = format!("{}{} b", "a ".repeat(before), "w".repeat(length));
                let mut words = Vec::new();
                lexemes(&text, Endings::English, |lexeme| words.push((lexeme.start, lexeme.end)));
                let start = 2 * before as u32;
                assert_eq!(words[before], (start, start + length as u32), "{length} {before}");
                assert_eq!(words.len(), before + 2);
            }
        }
    }

    #[test]
    fn letters_of_a_script_without_spaces_are_words() {
        assert_eq!(hashes("肩痛").len(), 2);
        assert_eq!(hashes("肩痛"), hashes("肩 痛"));
    }

    #[test]
    fn every_lexeme_lies_in_the_text() {
        for text in [
            "",
            "'",
            "’s",
            "é’",
            "\u{301}",
            "👍🏽 pain",
            "a\u{301}\u{AD}b’s",
            "肩\u{FE0F}’痛",
            "s' -",
            "\u{AD}",
        ] {
            let mut last = 0;
            lexemes(text, Endings::English, |lexeme| {
                assert!(lexeme.start >= last && lexeme.end > lexeme.start, "{text}");
                let end = lexeme.end - u32::from(lexeme.possessive);
                assert!(text.get(lexeme.start as usize..end as usize).is_some(), "{text}");
                last = lexeme.end;
            });
        }
    }
}
