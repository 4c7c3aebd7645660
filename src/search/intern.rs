//! A table of words: each different word has a number, counted from 0 in the order of first sight.

use super::slots::{Key, Slots};

/// Words, their numbers, and what is known of each.
#[derive(Default)]
pub(super) struct Interner<T = ()> {
    slots: Slots,
    entries: Vec<Entry<T>>,
    letters: String,
    /// Where each word ends in the letters.
    ends: Vec<u32>,
}

/// A word's key, and beside it what is known of the word, so that one wait for memory brings both.
struct Entry<T> {
    key: Key,
    value: T,
}

impl<T: Default> Interner<T> {
    /// The number of a word; a new one for a word that is new.
    pub(super) fn number(&mut self, word: &str) -> u32 {
        self.number_by_key(word, Key::of(word))
    }

    /// The same for a word whose key is known.
    #[inline]
    pub(super) fn number_by_key(&mut self, word: &str, key: Key) -> u32 {
        let is_same = |number: u32| {
            self.entries[number as usize].key == key && (!key.is_hash() || self.word(number) == word)
        };
        self.slots.find(key, is_same).unwrap_or_else(|| self.push(word, key))
    }

    /// The same for a key that holds its word whole.
    pub(super) fn number_of_whole(&mut self, key: Key) -> u32 {
        let found = self.slots.find(key, |number| self.entries[number as usize].key == key);
        found.unwrap_or_else(|| key.with_word(|word| self.push(word, key)))
    }

    fn push(&mut self, word: &str, key: Key) -> u32 {
        let number = self.ends.len() as u32;
        self.letters.push_str(word);
        self.ends.push(u32::try_from(self.letters.len()).expect("fewer than 4 GB of different words"));
        self.entries.push(Entry { key, value: T::default() });
        self.slots.put(self.entries.len(), |number| self.entries[number].key);
        number
    }

    /// The number that a word with a key most likely has, if any; it may be another's, or none at all.
    #[inline]
    pub(super) fn likely(&self, key: Key) -> u32 {
        self.slots.likely(key)
    }

    /// Whether the word of a number, where there is one, has a key.
    #[inline]
    pub(super) fn has(&self, number: u32, key: Key) -> bool {
        self.entries.get(number as usize).is_some_and(|entry| entry.key == key)
    }

    /// The word of a number.
    pub(super) fn word(&self, number: u32) -> &str {
        let number = number as usize;
        let start = if number == 0 { 0 } else { self.ends[number - 1] as usize };
        &self.letters[start..self.ends[number] as usize]
    }

    /// The key of the word of a number.
    pub(super) fn key(&self, number: u32) -> Key {
        self.entries[number as usize].key
    }

    /// What is known of the word of a number, to be changed.
    #[inline]
    pub(super) fn value_mut(&mut self, number: u32) -> &mut T {
        &mut self.entries[number as usize].value
    }

    /// What is known of all words, to be changed.
    #[inline]
    pub(super) fn values_mut(&mut self) -> Values<'_, T> {
        Values(&mut self.entries)
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The same words without what is known of them.
    pub(super) fn without_values(self) -> Interner {
        let Self { slots, entries, letters, ends } = self;
        let entries = entries.into_iter().map(|Entry { key, .. }| Entry { key, value: () }).collect();
        Interner { slots, entries, letters, ends }
    }
}

/// What is known of the words of a table.
pub(super) struct Values<'a, T>(&'a mut [Entry<T>]);

impl<T> Values<'_, T> {
    /// What is known of the word of a number.
    #[inline]
    pub(super) fn of(&mut self, number: u32) -> &mut T {
        &mut self.0[number as usize].value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_numbers_while_the_table_grows() {
        let mut interner: Interner = Interner::default();
        for round in 0..2 {
            for number in 0..5000 {
                let word = format!("{}{number}", if number % 2 == 0 { "w" } else { "a-much-longer-word" });
                assert_eq!(interner.number(&word), number, "round {round}");
            }
        }
        assert_eq!(interner.word(4321), "a-much-longer-word4321");
    }
}
