//! Common words of the language that no page holds: a query must know that they are spelt right.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::edits::{edits, most_edits};
use super::shard;

/// The words that a query would correct to one of the keys, or to two: those that stand nowhere and are few edits away.
pub(super) fn near(keys: &[(String, u32)], common: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    let near = Near::new(keys.iter().map(|(key, _)| key.as_str()).filter(|key| is_plain(key)));
    let is_new = |key: &str| keys.binary_search_by(|(other, _)| shard::compare(other, key)).is_err();
    // "Bathroom" is no "bath room" typed as one.
    let is_split =
        |word: &str| (3..word.len().saturating_sub(2)).any(|at| !is_new(&word[..at]) && !is_new(&word[at..]));
    let common: Vec<&str> = common.collect();
    let is_known = |word: &&str| is_new(word) && (near.has(word) || is_split(word));
    common.into_par_iter().filter(is_known).collect()
}

fn is_plain(key: &str) -> bool {
    key.len() > 2 && key.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Words by their length and their first or last letter: one edit leaves one of both as it is.
struct Near<'k> {
    by_first: ByEnd<'k>,
    by_last: ByEnd<'k>,
}

/// Words by their length and a letter at one end.
type ByEnd<'k> = FxHashMap<(usize, u8), Bundle<'k>>;

/// Words, and beside them the letters of each.
#[derive(Default)]
struct Bundle<'k> {
    words: Vec<&'k str>,
    letters: Vec<u32>,
}

impl<'k> Near<'k> {
    fn new(words: impl Iterator<Item = &'k str>) -> Self {
        let mut near = Self { by_first: FxHashMap::default(), by_last: FxHashMap::default() };
        for word in words {
            let bytes = word.as_bytes();
            near.by_first.entry((bytes.len(), bytes[0])).or_default().push(word);
            near.by_last.entry((bytes.len(), bytes[bytes.len() - 1])).or_default().push(word);
        }
        near
    }

    /// Whether a word is one edit away, or two behind the first letter where the word is long.
    fn has(&self, word: &str) -> bool {
        let (bytes, own) = (word.as_bytes(), letters(word));
        let (Some(&first), Some(&last)) = (bytes.first(), bytes.last()) else { return false };
        let most = most_edits(bytes.len());
        let is_near = |others: &ByEnd, end: u8, most: usize| {
            let lengths = bytes.len() - most..=bytes.len() + most;
            lengths.into_iter().any(|length| {
                // A letter more or less changes one bit, another letter two.
                let bits = 2 * most - length.abs_diff(bytes.len());
                let is_near = |other: &str| edits(bytes, other.as_bytes()) <= most;
                others.get(&(length, end)).is_some_and(|others| others.any_alike(own, bits, is_near))
            })
        };
        is_near(&self.by_first, first, most) || is_near(&self.by_last, last, most.min(1))
    }
}

impl<'k> Bundle<'k> {
    fn push(&mut self, word: &'k str) {
        self.words.push(word);
        self.letters.push(letters(word));
    }

    /// Whether one of the words is such, of those whose letters differ from these in at most so many bits.
    fn any_alike(&self, own: u32, bits: usize, is: impl Fn(&str) -> bool) -> bool {
        const AT_ONCE: usize = 32;
        self.letters.chunks(AT_ONCE).zip(self.words.chunks(AT_ONCE)).any(|(letters, words)| {
            // Nearly all words are told apart by their letters, so many are asked at once.
            let mut rest = [u32::MAX; AT_ONCE];
            rest.iter_mut().zip(letters).for_each(|(rest, letters)| *rest = letters ^ own);
            for _ in 0..bits {
                // Without its lowest bit.
                rest.iter_mut().for_each(|rest| *rest &= rest.wrapping_sub(1));
            }
            let is_any = rest.iter().fold(false, |found, &rest| found | (rest == 0));
            is_any && rest.iter().zip(words).any(|(&rest, word)| rest == 0 && is(word))
        })
    }
}

/// Which letters a word has, as bits.
fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |letters, byte| letters | 1 << (byte & 31))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_a_query_would_correct_are_near() {
        let near = Near::new(["description", "ankle", "need", "weather"].into_iter());
        for word in ["ankles", "seed", "feather", "descriptor", "weaker", "whether"] {
            assert!(near.has(word), "{word}");
        }
        // Two edits in a short word, and two with one of them in the first letter.
        for word in ["uncle", "end", "prescription", "heathen"] {
            assert!(!near.has(word), "{word}");
        }
    }
}
