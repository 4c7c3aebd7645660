//! A table of words: each different word has a number, counted from 0 in the order of first sight.
//!
//! Millions of words pass through here in a build, so a look-up touches one slot and, on a hit, the word's bytes.

use std::hash::Hasher;

use rustc_hash::FxHasher;

/// Words and their numbers.
#[derive(Default)]
pub(super) struct Interner {
    /// The upper half of a word's hash and its number plus one; 0 is free. The length is a power of two.
    slots: Vec<u64>,
    letters: String,
    /// Where each word ends in the letters.
    ends: Vec<u32>,
}

impl Interner {
    /// The number of a word; a new one for a word that is new.
    pub(super) fn number(&mut self, word: &str) -> u32 {
        if self.ends.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let hash = hash(word);
        let mut at = self.start(hash);
        loop {
            let slot = self.slots[at];
            if slot == 0 {
                break;
            }
            if slot >> 32 == hash >> 32 && self.word((slot as u32) - 1) == word {
                return slot as u32 - 1;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
        let number = self.ends.len() as u32;
        self.letters.push_str(word);
        self.ends.push(u32::try_from(self.letters.len()).expect("fewer than 4 GB of different words"));
        self.slots[at] = (hash >> 32 << 32) | u64::from(number + 1);
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

    fn start(&self, hash: u64) -> usize {
        (hash >> 20) as usize & (self.slots.len() - 1)
    }

    fn grow(&mut self) {
        self.slots = vec![0; (self.slots.len() * 2).max(1024)];
        for number in 0..self.ends.len() as u32 {
            let hash = hash(self.word(number));
            let mut at = self.start(hash);
            while self.slots[at] != 0 {
                at = (at + 1) & (self.slots.len() - 1);
            }
            self.slots[at] = (hash >> 32 << 32) | u64::from(number + 1);
        }
    }
}

fn hash(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_numbers_while_the_table_grows() {
        let mut interner = Interner::default();
        for round in 0..2 {
            for number in 0..5000 {
                assert_eq!(interner.number(&format!("word{number}")), number, "round {round}");
            }
        }
        assert_eq!((interner.len(), interner.word(4321)), (5000, "word4321"));
    }
}
