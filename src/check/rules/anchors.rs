//! Where the anchors of all rules stand in a text.
//!
//! An anchor counts only where a word may begin, so only there it is looked for; and all but a few of these places are
//! told from all anchors by their first bytes.

use crate::bytes::{bits, first};

/// Words, ready to be found at the beginnings of words, in any ASCII case.
#[derive(Debug)]
pub(super) struct Anchors {
    /// In lower case.
    words: Vec<String>,
    /// For the slot of each four first bytes: the group of the words that may begin so.
    slots: Box<[u16; SLOTS]>,
    /// For two first bytes, five bits of each: the group of the shorter words that may begin so.
    short_slots: Box<[u16; SHORT_SLOTS]>,
    /// The first is the group of no word.
    groups: Vec<Group>,
}

/// Words of the same slot.
#[derive(Debug)]
struct Group {
    /// The bits in which the first eight bytes of all its words, folded, are the same, and what they are.
    mask: u64,
    head: u64,
    /// The shorter words first.
    words: Vec<u32>,
}

const SLOTS: usize = 1 << 12;
const SHORT_SLOTS: usize = 1 << 10;

impl Group {
    /// No text has a first byte that is folded to 1.
    const EMPTY: Self = Self { mask: 0xFF, head: 1, words: Vec::new() };

    /// Whether a word of the group may begin with these eight bytes.
    #[inline]
    fn may_begin(&self, head: u64) -> bool {
        head & self.mask == self.head
    }

    fn add(&mut self, word: u32, bytes: &[u8]) {
        let mask = u64::MAX >> (64 - 8 * bytes.len().clamp(1, 8));
        let head = folded(first(bytes));
        self.mask = if self.words.is_empty() { mask } else { self.mask & mask & !(self.head ^ head) };
        self.head = head & self.mask;
        self.words.push(word);
    }
}

impl Anchors {
    /// Takes words in lower case.
    pub(super) fn new(words: Vec<String>) -> Self {
        let mut anchors = Self {
            words,
            slots: Box::new([0; SLOTS]),
            short_slots: Box::new([0; SHORT_SLOTS]),
            groups: vec![Group::EMPTY],
        };
        let mut by_length: Vec<usize> = (0..anchors.words.len()).collect();
        by_length.sort_by_key(|index| anchors.words[*index].len());
        for index in by_length {
            anchors.add(index as u32);
        }
        anchors
    }

    fn add(&mut self, index: u32) {
        let groups = &mut self.groups;
        let bytes = self.words[index as usize].as_bytes();
        let mut add_to = |slot: &mut u16| {
            if *slot == 0 {
                *slot = groups.len() as u16;
                groups.push(Group::EMPTY);
            }
            groups[*slot as usize].add(index, bytes);
        };
        match *bytes {
            [] => {}
            [one] => (0..32).for_each(|next| add_to(&mut self.short_slots[short_slot([one, next])])),
            [one, two] | [one, two, _] => add_to(&mut self.short_slots[short_slot([one, two])]),
            [one, two, three, four, ..] => add_to(&mut self.slots[slot([one, two, three, four])]),
        }
    }

    /// Gives each place of a word in the text: the word's index, and where it starts.
    pub(super) fn each_in(&self, text: &str, mut emit: impl FnMut(usize, usize)) {
        let bytes = text.as_bytes();
        // The bit of the byte before the block: whether a word goes on.
        let mut before = 0;
        for block_start in (0..bytes.len()).step_by(64) {
            let letters = bits(&first(&bytes[block_start..]), |byte| byte.is_ascii_alphanumeric());
            let mut starts = !(letters << 1 | before);
            before = letters >> 63;
            while starts != 0 {
                let start = block_start + starts.trailing_zeros() as usize;
                starts &= starts - 1;
                let Some(rest) = bytes.get(start..) else { return };
                let head: [u8; 8] = first(rest);
                let group = &self.groups[self.slots[slot([head[0], head[1], head[2], head[3]])] as usize];
                let short_group = &self.groups[self.short_slots[short_slot([head[0], head[1]])] as usize];
                let head = folded(head);
                // Both are asked before one answer is given: which of them it is cannot be foreseen.
                if group.may_begin(head) | short_group.may_begin(head) {
                    for word in short_group.words.iter().chain(&group.words) {
                        if self.stands_at(*word as usize, rest) {
                            emit(*word as usize, start);
                        }
                    }
                }
            }
        }
    }

    fn stands_at(&self, word: usize, rest: &[u8]) -> bool {
        let bytes = self.words[word].as_bytes();
        rest.get(..bytes.len()).is_some_and(|found| found.eq_ignore_ascii_case(bytes))
    }
}

/// Letters of both cases are the same; many other bytes too.
#[inline]
fn folded(head: [u8; 8]) -> u64 {
    u64::from_le_bytes(head) | 0x2020_2020_2020_2020
}

/// Letters of both cases have the same slot; many other bytes too.
fn slot(head: [u8; 4]) -> usize {
    let folded = u32::from_le_bytes(head) | 0x2020_2020;
    (folded.wrapping_mul(0x9E37_79B1) >> (32 - SLOTS.trailing_zeros())) as usize
}

fn short_slot([one, two]: [u8; 2]) -> usize {
    usize::from(one & 31) << 5 | usize::from(two & 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All finds, one after the other: what [`Anchors::each_in`] gives, the plain way.
    fn plainly(words: &[String], text: &str) -> Vec<(usize, usize)> {
        let begins = |at: usize| at == 0 || !text.as_bytes()[at - 1].is_ascii_alphanumeric();
        let stands = |word: &str, at: usize| {
            let found = text.as_bytes()[at..].get(..word.len());
            found.is_some_and(|found| found.eq_ignore_ascii_case(word.as_bytes()))
        };
        let mut found = Vec::new();
        for at in (0..text.len()).filter(|at| begins(*at)) {
            found.extend((0..words.len()).filter(|index| stands(&words[*index], at)).map(|word| (word, at)));
        }
        found
    }

    #[test]
    fn words_are_found_where_words_begin() {
        let words = ["$", "e.g.", "ie", "it", "item", "items", "non-compliant", "compliant", "été", "1"];
        let words = words.map(str::to_owned).to_vec();
        let anchors = Anchors::new(words.clone());
        let text = "It costs $1, e.g. for ITEMS of non-compliant été; (items) summité: 11 lie i";
        for shift in 0..70 {
            let text = format!("{}{text}", " -".repeat(shift));
            for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
                let mut found = Vec::new();
                anchors.each_in(&text[..end], |word, at| found.push((word, at)));
                found.sort_by_key(|(word, at)| (*at, *word));
                assert_eq!(found, plainly(&words, &text[..end]), "{}", &text[..end]);
            }
        }
    }
}
