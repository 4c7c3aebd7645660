//! A table of words: each different word has a number, counted from 0 in the order of first sight.
//!
//! Millions of words pass through here in a build, so a look-up of a word of up to sixteen bytes, as most are, touches one
//! slot; a longer one also its letters.

use std::hash::Hasher;

use rustc_hash::FxHasher;

/// Words and their numbers.
#[derive(Default)]
pub(super) struct Interner {
    /// The length is a power of two.
    slots: Vec<Slot>,
    letters: String,
    /// Where each word ends in the letters.
    ends: Vec<u32>,
}

#[derive(Clone, Copy, Default)]
struct Slot {
    /// The bytes of a short word, lowest first; a hash of a longer one.
    key: u128,
    /// The number plus one; 0 is free.
    number: u32,
    /// The word's length in bytes.
    length: u32,
}

/// The longest word whose bytes are its key.
const SHORT: usize = 16;

impl Interner {
    /// The number of a word; a new one for a word that is new.
    #[inline]
    pub(super) fn number(&mut self, word: &str) -> u32 {
        if self.ends.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let (key, length) = (key(word), word.len() as u32);
        let mut at = self.start(key);
        loop {
            let slot = &self.slots[at];
            if slot.number == 0 {
                break;
            }
            if slot.key == key
                && slot.length == length
                && (word.len() <= SHORT || self.word(slot.number - 1) == word)
            {
                return slot.number - 1;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
        let number = self.ends.len() as u32;
        self.letters.push_str(word);
        self.ends.push(u32::try_from(self.letters.len()).expect("fewer than 4 GB of different words"));
        self.slots[at] = Slot { key, number: number + 1, length };
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

    /// Where the search for a key begins.
    fn start(&self, key: u128) -> usize {
        let folded = key as u64 ^ ((key >> 64) as u64).wrapping_mul(0xA24B_AED4_963E_E407);
        (folded.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize & (self.slots.len() - 1)
    }

    fn grow(&mut self) {
        let length = (self.slots.len() * 2).max(1024);
        let old = std::mem::replace(&mut self.slots, vec![Slot::default(); length]);
        for slot in old.into_iter().filter(|slot| slot.number > 0) {
            let mut at = self.start(slot.key);
            while self.slots[at].number > 0 {
                at = (at + 1) & (self.slots.len() - 1);
            }
            self.slots[at] = slot;
        }
    }
}

#[inline]
fn key(word: &str) -> u128 {
    let bytes = word.as_bytes();
    // Head and tail overlap where they are longer than half the word; the length tells such words apart.
    let ends = |head: u64, tail: u64| u128::from(head) | u128::from(tail) << 64;
    match bytes.len() {
        0..4 => bytes.iter().rev().fold(0, |key, &byte| key << 8 | u128::from(byte)),
        4..8 => {
            let (head, tail) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>());
            let number = |part: Option<&[u8; 4]>| part.map_or(0, |part| u64::from(u32::from_le_bytes(*part)));
            ends(number(head), number(tail))
        }
        8..=SHORT => {
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
