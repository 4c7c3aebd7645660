//! Lists of all words, one for each length, in which a misspelt word's neighbours are looked for.
//!
//! A word is written as one capital letter (how many letters it shares with the word before: A for none), one of
//! `!"#$…` (the binary logarithm of the number of documents), and its remaining letters.

/// The longest length with a list of its own; longer words share the last list.
pub(super) const LONGEST: usize = 15;

/// The shortest word that a misspelt word may stand for.
pub(super) const SHORTEST: usize = 3;

/// The lists by length; those of lengths below the shortest are empty. Names and words with digits are left out.
pub(super) fn encode<'w>(words: impl Iterator<Item = (&'w str, usize)>) -> Vec<String> {
    let mut lists = vec![String::new(); LONGEST + 1];
    let mut before = vec![""; LONGEST + 1];
    for (word, found) in words {
        let length = word.encode_utf16().count();
        if length < SHORTEST
            || found == 0
            || word.contains(|c: char| c.is_ascii_digit() || c == ' ' || c == '?')
        {
            continue;
        }
        let slot = length.min(LONGEST);
        let shared =
            word.bytes().zip(before[slot].bytes()).take_while(|(l, r)| l == r && l.is_ascii()).count();
        let shared = shared.min(25);
        lists[slot].push(char::from(b'A' + shared as u8));
        lists[slot].push(char::from(b'!' + level(found)));
        lists[slot].push_str(&word[shared..]);
        before[slot] = word;
    }
    lists
}

/// The number of documents as a level: its binary logarithm, at most 14.
pub(super) fn level(found: usize) -> u8 {
    found.checked_ilog2().unwrap_or(0).min(14) as u8
}

/// The words of a list with their levels.
pub(super) fn decode(list: &str) -> Vec<(String, u8)> {
    let mut words: Vec<(String, u8)> = Vec::new();
    let mut word = String::new();
    let mut level = 0;
    let mut letters = list.chars();
    while let Some(c) = letters.next() {
        if c.is_ascii_uppercase() {
            if level > 0 {
                words.push((word.clone(), level - 1));
            }
            word.truncate(usize::from(c as u8 - b'A').min(word.len()));
            level = letters.next().map_or(1, |c| (c as u32).saturating_sub(0x20) as u8);
        } else {
            word.push(c);
        }
    }
    if level > 0 {
        words.push((word, level - 1));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_as_they_were_written() {
        let words = [("elbow", 9), ("neck", 1), ("elbows", 2), ("nectar", 40), ("punción", 3), ("x2y3", 1)];
        let mut read: Vec<(String, u8)> =
            encode(words.into_iter()).iter().flat_map(|list| decode(list)).collect();
        read.sort();
        let mut expected: Vec<(String, u8)> =
            words[..5].iter().map(|&(word, found)| (word.to_owned(), level(found))).collect();
        expected.sort();
        assert_eq!(read, expected);
    }
}
