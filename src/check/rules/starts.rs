//! Where in a text the words of rules may start: tables over the first letters of words.
//!
//! Few words of a page begin like a word of a rule, so one look at a small table passes over most.

/// How many pairs of first letters are told apart: five bits of each, whatever the case.
const PAIRS: usize = 1 << 10;

/// The words of rules by their first letters.
#[derive(Debug)]
pub(super) struct Starts {
    /// For each pair of letters a bit for each third one with which a word begins.
    thirds: Vec<u32>,
    /// Where the words of each pair begin in `words`, and at the end their number.
    ends: Vec<u16>,
    words: Vec<u16>,
}

impl Starts {
    /// Tables of words, which are known by their places.
    pub(super) fn new<'w>(words: impl Iterator<Item = &'w [u8]>) -> Self {
        let mut by_pair: Vec<Vec<u16>> = vec![Vec::new(); PAIRS];
        let mut thirds = vec![0; PAIRS];
        for (number, word) in words.enumerate() {
            let number = u16::try_from(number).expect("all rules together have fewer words than that");
            // Behind a word of one or two letters anything may follow.
            let (pairs, third) = match *word {
                [] => continue,
                [only] => (pair(only, 0)..pair(only, 31) + 1, u32::MAX),
                [first, second] => (pair(first, second)..pair(first, second) + 1, u32::MAX),
                [first, second, third, ..] => (pair(first, second)..pair(first, second) + 1, bit(third)),
            };
            for pair in pairs {
                by_pair[pair].push(number);
                thirds[pair] |= third;
            }
        }
        let mut starts = Self { thirds, ends: vec![0], words: Vec::new() };
        for words in by_pair {
            starts.words.extend(words);
            starts.ends.push(u16::try_from(starts.words.len()).expect("few words are of a single letter"));
        }
        starts
    }

    /// Calls `found` with each place in a text at which a word may start, and with the word's number.
    pub(super) fn each(&self, text: &[u8], mut found: impl FnMut(usize, usize)) {
        let mut is_inside = false;
        for (at, &first) in text.iter().enumerate() {
            let was_inside = std::mem::replace(&mut is_inside, first.is_ascii_alphanumeric());
            if was_inside {
                continue;
            }
            let letter = |ahead: usize| text.get(at + ahead).copied().unwrap_or(0);
            let pair = pair(first, letter(1));
            if self.thirds[pair] & bit(letter(2)) > 0 {
                let words = &self.words[usize::from(self.ends[pair])..usize::from(self.ends[pair + 1])];
                words.iter().for_each(|&word| found(at, usize::from(word)));
            }
        }
    }
}

fn pair(first: u8, second: u8) -> usize {
    usize::from(first & 31) << 5 | usize::from(second & 31)
}

fn bit(letter: u8) -> u32 {
    1 << (letter & 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_looked_for_where_words_start() {
        let words = ["cure", "$", "Cut", "état"];
        let starts = Starts::new(words.iter().map(|word| word.as_bytes()));
        let found = |text: &str| {
            let mut found = Vec::new();
            starts.each(text.as_bytes(), |at, word| found.push((at, words[word])));
            found
        };
        assert_eq!(
            found("A CURE, no cud, no secure cut"),
            [(2, "cure"), (2, "Cut"), (26, "cure"), (26, "Cut")]
        );
        assert_eq!(found("$5 état $"), [(0, "$"), (3, "état"), (9, "$")]);
        assert_eq!(found(""), []);
    }
}
