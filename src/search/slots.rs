//! Numbers found by keys: open addressing, each slot four bytes.
//!
//! Millions of words are looked up in a build, and most of what that costs is waiting for memory: so a slot is small,
//! and the key that its owner keeps is looked at only where the slot says that it must be the one.

use std::hash::Hasher;

use rustc_hash::FxHasher;

use crate::bytes;

/// What a word is found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key(u128);

impl Key {
    /// The longest word in bytes that its key holds whole.
    pub(super) const LONGEST: usize = 15;
    /// Above a word stands its length.
    const KIND: u32 = 8 * Self::LONGEST as u32;
    const HASH: u128 = 0xFF << Self::KIND;

    /// The bytes of a short word, or a hash of a longer one.
    #[inline]
    pub(super) fn of(word: &str) -> Self {
        let bytes = word.as_bytes();
        if bytes.len() <= Self::LONGEST {
            return Self::of_lowest(bytes::sixteen(bytes), bytes.len());
        }
        let mut hasher = FxHasher::default();
        hasher.write(bytes);
        Self(Self::HASH | u128::from(hasher.finish()))
    }

    /// The key of a word of up to 15 bytes, which are the lowest of the sixteen; what stands above them is no matter.
    #[inline]
    pub(super) fn of_lowest(sixteen: u128, length: usize) -> Self {
        Self(bytes::lowest(sixteen, length) | (length as u128) << Self::KIND)
    }

    /// Calls `read` with the word that the key holds whole.
    pub(super) fn with_word<T>(self, read: impl FnOnce(&str) -> T) -> T {
        let bytes = self.0.to_le_bytes();
        let length = usize::from(bytes[Self::LONGEST]);
        read(std::str::from_utf8(&bytes[..length]).expect("the key is that of a short word"))
    }

    /// Whether two words with this key may differ.
    pub(super) fn is_hash(self) -> bool {
        self.0 >> Self::KIND == Self::HASH >> Self::KIND
    }

    /// Bits well mixed, of which those of the slots are taken first.
    #[inline]
    fn mixed(self) -> u32 {
        let folded = self.0 as u64 ^ ((self.0 >> 64) as u64).wrapping_mul(0xA24B_AED4_963E_E407);
        (folded.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u32
    }
}

/// Numbers by the keys that their owner keeps, counted from 0.
#[derive(Default)]
pub(super) struct Slots {
    /// A number plus one, below those of its key's mixed bits that do not tell the slot; 0 is free. The length is a
    /// power of two, and more than any number plus one.
    slots: Vec<u32>,
}

impl Slots {
    /// The number with a key, of those that may be the one.
    #[inline]
    pub(super) fn find(&self, key: Key, is_same: impl Fn(u32) -> bool) -> Option<u32> {
        let mask = self.slots.len().checked_sub(1)?;
        let mixed = key.mixed();
        let mut at = mixed as usize & mask;
        while self.slots[at] > 0 {
            let slot = self.slots[at];
            let number = (slot & mask as u32).wrapping_sub(1);
            if (slot ^ mixed) & !(mask as u32) == 0 && is_same(number) {
                return Some(number);
            }
            at = (at + 1) & mask;
        }
        None
    }

    /// The number that a key most likely has, if any; it may be another's, or none at all.
    #[inline]
    pub(super) fn likely(&self, key: Key) -> u32 {
        let Some(mask) = self.slots.len().checked_sub(1) else { return u32::MAX };
        (self.slots[key.mixed() as usize & mask] & mask as u32).wrapping_sub(1)
    }

    /// Adds the last of so many keys, which was not found.
    pub(super) fn put(&mut self, count: usize, key_of: impl Fn(usize) -> Key) {
        if count * 2 <= self.slots.len() {
            return self.place(count - 1, key_of(count - 1));
        }
        let length = (self.slots.len() * 2).max(1024);
        assert!(length <= 1 << 31, "fewer than a thousand million different words");
        self.slots = vec![0; length];
        (0..count).for_each(|number| self.place(number, key_of(number)));
    }

    fn place(&mut self, number: usize, key: Key) {
        let mask = self.slots.len() - 1;
        let mixed = key.mixed();
        let mut at = mixed as usize & mask;
        while self.slots[at] > 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = mixed & !(mask as u32) | (number as u32 + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_words_are_their_keys() {
        let mut words: Vec<String> = (0..=Key::LONGEST).map(|length| "a".repeat(length)).collect();
        words.extend(
            ["abab", "ababab", "é", "été", "éte", "abcdefgh", "abcdefghi", "\u{1}000001"].map(str::to_owned),
        );
        for (at, word) in words.iter().enumerate() {
            assert!(!Key::of(word).is_hash(), "{word}");
            Key::of(word).with_word(|held| assert_eq!(held, word));
            for other in &words[at + 1..] {
                assert_ne!(Key::of(word), Key::of(other), "{word} {other}");
            }
        }
        assert!(Key::of(&"a".repeat(16)).is_hash());
    }

    #[test]
    fn a_word_has_the_same_key_among_sixteen_bytes() {
        let bytes = *b"abcdefghijklmnop";
        for length in 1..=Key::LONGEST {
            let word = std::str::from_utf8(&bytes[..length]).unwrap();
            assert_eq!(Key::of_lowest(u128::from_le_bytes(bytes), length), Key::of(word));
        }
    }

    #[test]
    fn numbers_are_found_while_the_table_grows() {
        let mut slots = Slots::default();
        let mut keys: Vec<Key> = Vec::new();
        for number in 0..5000 {
            let key = Key::of(&number.to_string());
            assert_eq!(slots.find(key, |found| keys[found as usize] == key), None);
            keys.push(key);
            slots.put(keys.len(), |number| keys[number]);
        }
        for (number, key) in keys.iter().enumerate() {
            assert_eq!(slots.find(*key, |found| keys[found as usize] == *key), Some(number as u32));
        }
    }
}
