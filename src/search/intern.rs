//! A table of words: each different word has a number, counted from 0 in the order of first sight.
//!
//! Millions of words pass through here in a build, and most of what a look-up costs is waiting for memory: so a slot is
//! small, and the rest of a word is looked at only where its slot says that it must be the one.

use std::hash::Hasher;

use rustc_hash::FxHasher;

/// Words and their numbers.
#[derive(Default)]
pub(super) struct Interner {
    /// A word's tag above its number plus one; 0 is free. The length is a power of two.
    slots: Vec<u64>,
    /// The key of each word.
    keys: Vec<u128>,
    letters: String,
    /// Where each word ends in the letters.
    ends: Vec<u32>,
}

/// The longest word whose bytes are its key.
pub(super) const SHORT: usize = 16;

impl Interner {
    /// The number of a word; a new one for a word that is new.
    pub(super) fn number(&mut self, word: &str) -> u32 {
        if self.ends.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let key = key(word);
        let tag = tag(key, word.len());
        let mask = self.slots.len() - 1;
        let mut at = start(key) & mask;
        while self.slots[at] > 0 {
            let number = self.slots[at] as u32 - 1;
            if self.slots[at] >> 32 == tag
                && self.keys[number as usize] == key
                && (word.len() <= SHORT || self.word(number) == word)
            {
                return number;
            }
            at = (at + 1) & mask;
        }
        let number = self.ends.len() as u32;
        self.letters.push_str(word);
        self.ends.push(u32::try_from(self.letters.len()).expect("fewer than 4 GB of different words"));
        self.keys.push(key);
        self.slots[at] = tag << 32 | u64::from(number + 1);
        number
    }

    /// The word of a number.
    pub(super) fn word(&self, number: u32) -> &str {
        let number = number as usize;
        let start = if number == 0 { 0 } else { self.ends[number - 1] as usize };
        &self.letters[start..self.ends[number] as usize]
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    fn grow(&mut self) {
        let length = (self.slots.len() * 2).max(1024);
        let old = std::mem::replace(&mut self.slots, vec![0; length]);
        for slot in old.into_iter().filter(|slot| *slot > 0) {
            let mut at = start(self.keys[slot as u32 as usize - 1]) & (length - 1);
            while self.slots[at] > 0 {
                at = (at + 1) & (length - 1);
            }
            self.slots[at] = slot;
        }
    }
}

/// What tells words apart before their keys do: 27 bits of the key, and the length, which the key of a short word needs.
fn tag(key: u128, length: usize) -> u64 {
    (mixed(key) >> 16 & 0xFFFF_FFE0) | length.min(31) as u64
}

/// The bits of a key, well mixed above.
fn mixed(key: u128) -> u64 {
    let folded = key as u64 ^ ((key >> 64) as u64).wrapping_mul(0xA24B_AED4_963E_E407);
    folded.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Where the search for a key begins, before the table's size cuts it.
#[inline]
pub(super) fn start(key: u128) -> usize {
    (mixed(key) >> 32) as usize
}

/// The bytes of a short word, or a hash of a longer one. Words of one length with one key are the same, where short.
#[inline]
pub(super) fn key(word: &str) -> u128 {
    let bytes = word.as_bytes();
    // Head and tail overlap where they are longer than half the word; the length tells such words apart.
    let ends = |head: u64, tail: u64| u128::from(head) | u128::from(tail) << 64;
    match (bytes.len(), bytes) {
        (_, []) => 0,
        (length @ 1..4, _) => {
            let byte = |at: usize| u128::from(bytes[at]);
            byte(0) | byte(length / 2) << 8 | byte(length - 1) << 16
        }
        (4..8, _) => {
            let number = |part: Option<&[u8; 4]>| part.map_or(0, |part| u64::from(u32::from_le_bytes(*part)));
            ends(number(bytes.first_chunk()), number(bytes.last_chunk()))
        }
        (8..=SHORT, _) => {
            let number = |part: Option<&[u8; 8]>| part.map_or(0, |part| u64::from_le_bytes(*part));
            ends(number(bytes.first_chunk()), number(bytes.last_chunk()))
        }
        _ => {
            let mut hasher = FxHasher::default();
            hasher.write(bytes);
            u128::from(hasher.finish())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_numbers_while_the_table_grows() {
        let mut interner = Interner::default();
        for round in 0..2 {
            for number in 0..5000 {
                let word = format!("{}{number}", if number % 2 == 0 { "w" } else { "longer-word" });
                assert_eq!(interner.number(&word), number, "round {round}");
            }
        }
        for (word, other) in [("aaaa", "aaaaa"), ("abab", "ababab"), ("", "a"), ("a", "aa"), ("été", "éte")]
        {
            assert_ne!(interner.number(word), interner.number(other), "{word} {other}");
        }
        assert_eq!(interner.word(4321), "longer-word4321");
    }
}
