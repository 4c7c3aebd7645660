//! Plain text, whose words are found many bytes at once.

use super::{CLASSES, Class, Endings, Lexeme, hash, joins, mark};
use crate::bytes::{self, low_bits};

/// Up to 64 bytes of a text: ASCII without apostrophes, and no word goes on before or behind them.
///
/// Bits tell of these bytes, the lowest of the first one.
#[derive(Clone, Copy, Debug)]
pub(in crate::link) struct Plain<'a> {
    text: &'a [u8],
    /// What lies before is looked at by no one.
    from: usize,
    endings: Endings,
    /// Where the first byte lies in the text.
    start: usize,
    pub(super) length: usize,
    /// The bytes of words.
    words: u64,
}

/// What stands at a place in plain text.
pub(in crate::link) enum At {
    /// A word: its first byte in the text, and one past its last.
    Word(usize, usize),
    Mark(Lexeme),
}

impl<'a> Plain<'a> {
    /// The longest such stretch from a place on where no word goes on; it is empty where something odd begins there.
    #[inline]
    pub(super) fn at(start: usize, text: &'a [u8], from: usize, endings: Endings) -> Self {
        let (block, behind) = block(text, start);
        let is_odd = |byte: u8| (byte >= 128) | (byte == b'\'');
        let mut length = (text.len() - start).min(64);
        if bytes::any(&block, is_odd) {
            let odd = bytes::bits(&block, is_odd) >> behind;
            length = length.min(odd.trailing_zeros() as usize);
        }
        let words = bytes::bits(&block, |byte| byte.is_ascii_alphanumeric() | (byte == b'_')) >> behind;
        if start + length < text.len() {
            // A word at the end may go on.
            length = 64 - (!words & low_bits(length)).leading_zeros() as usize;
        }
        Self { text, from, endings, start, length, words: words & low_bits(length) }
    }

    /// The first bytes of words.
    #[inline]
    fn starts(&self) -> u64 {
        self.words & !(self.words << 1)
    }

    /// Gives each word and mark in order.
    #[inline]
    pub(in crate::link) fn each(&self, mut emit: impl FnMut(At)) {
        let (block, behind) = block(self.text, self.start);
        let spaces = bytes::bits(&block, |byte| byte == b' ') >> behind;
        let marks = !(self.words | spaces) & low_bits(self.length);
        for bit in bytes::places(self.starts() | marks) {
            if marks >> bit & 1 == 0 {
                let (start, end) = self.word(bit);
                emit(At::Word(start, end));
            } else if let Some(mark) = self.mark(bit) {
                emit(At::Mark(mark));
            }
        }
    }

    /// Where in the text the word begins whose first byte has this bit, and where it ends.
    #[inline]
    pub(in crate::link) fn word(&self, bit: usize) -> (usize, usize) {
        let start = self.start + bit;
        (start, start + (!(self.words >> bit)).trailing_zeros() as usize)
    }

    /// The hash of a word of this stretch.
    #[inline]
    pub(in crate::link) fn hash(&self, start: usize, end: usize) -> u64 {
        hash::hash_at(self.text, start, end, self.endings)
    }

    /// The mark at a bit; none for spaces of odd kinds, and for hyphens between words.
    fn mark(&self, bit: usize) -> Option<Lexeme> {
        let at = self.start + bit;
        let byte = self.text[at];
        match CLASSES[usize::from(byte)] {
            Class::Space => None,
            Class::Hyphen if joins(self.text, self.from, at) => None,
            _ => Some(mark(char::from(byte), at, at + 1)),
        }
    }
}

/// 64 bytes of a text that hold those from a place on, and how many they hold before them.
#[inline]
fn block(text: &[u8], start: usize) -> ([u8; 64], usize) {
    match (text[start..].first_chunk(), text.last_chunk()) {
        (Some(block), _) => (*block, 0),
        // At the end of the text: its last bytes take less time than a copy of so few.
        (None, Some(block)) => (*block, 64 - (text.len() - start)),
        (None, None) => (bytes::first(&text[start..]), 0),
    }
}
