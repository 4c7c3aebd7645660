//! Lists of all words, one for each length, in which a misspelt word's neighbours are looked for.
//!
//! A list is front-coded; behind each word stands one of `!"#$…`, the binary logarithm of the number of documents.

use super::front::{self, Front};

/// The longest length with a list of its own; longer words share the last list.
pub(super) const LONGEST: usize = 15;

/// The shortest word that a misspelt word may stand for.
pub(super) const SHORTEST: usize = 3;

/// The lists by length, from the sorted keys of an index with the number of documents that each leads to; lists of
/// lengths below the shortest are empty. Names of several words and words with digits are left out.
///
/// A word that stands on no page but is a name finds what the other names find, and counts as if it stood on one.
pub(super) fn encode<'w>(keys: impl Iterator<Item = (&'w str, usize)>) -> Vec<String> {
    let mut lists: Vec<Front> = (0..=LONGEST).map(|_| Front::default()).collect();
    let mut keys = keys.peekable();
    while let Some((word, mut found)) = keys.next() {
        if found == 0
            && let Some((name, found_by_name)) = keys.peek()
            && name.strip_prefix(word) == Some(" ")
        {
            found = 1.min(*found_by_name);
        }
        let length = word.encode_utf16().count();
        if length < SHORTEST
            || found == 0
            || word.contains(|c: char| c.is_ascii_digit() || c == ' ' || c == '?')
        {
            continue;
        }
        let level = char::from(b'!' + level(found));
        lists[length.min(LONGEST)].push(word, level.encode_utf8(&mut [0; 4]));
    }
    lists.into_iter().map(|list| list.text).collect()
}

/// The number of documents as a level: its binary logarithm, at most 14.
pub(super) fn level(found: usize) -> u8 {
    found.checked_ilog2().unwrap_or(0).min(14) as u8
}

/// The words of a list with their levels.
pub(super) fn decode(list: &str) -> Vec<(String, u8)> {
    let split = |mut word: String| word.pop().map(|level| (word, (level as u32).saturating_sub(0x21) as u8));
    front::read(list).filter_map(split).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_as_they_were_written() {
        let words = [
            ("elbow", 9),
            ("elbows", 2),
            ("knee", 0),
            ("knee ", 0),
            ("neck", 1),
            ("nectar", 40),
            ("punción", 3),
            ("pundit", 0),
            ("torticollis", 0),
            ("torticollis ", 3),
            ("torticollis of ", 5),
            ("x2y3", 1),
        ];
        let mut read: Vec<(String, u8)> =
            encode(words.into_iter()).iter().flat_map(|list| decode(list)).collect();
        read.sort();
        let mut expected: Vec<(String, u8)> =
            [("elbow", 9), ("elbows", 2), ("neck", 1), ("nectar", 40), ("punción", 3), ("torticollis", 1)]
                .map(|(word, found)| (word.to_owned(), level(found)))
                .to_vec();
        expected.sort();
        assert_eq!(read, expected);
    }
}
