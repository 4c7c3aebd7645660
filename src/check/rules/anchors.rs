//! Where the anchors of all rules stand in a text.
//!
//! An anchor counts only where a word may begin, so only there it is looked for; and all but a few of these places are
//! told from all anchors by their first bytes.

use crate::bytes::{bits, first, low_bits};

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
    /// How all of them begin.
    beginning: Beginning,
    /// The shorter words first, each with its own beginning.
    words: Vec<(u32, Beginning)>,
}

/// How a word begins, or several of them.
#[derive(Clone, Copy, Debug)]
struct Beginning {
    /// The bits of the first eight bytes, folded, that are told, and what they are.
    mask: u64,
    head: u64,
}

const SLOTS: usize = 1 << 12;
const SHORT_SLOTS: usize = 1 << 10;

impl Beginning {
    fn of(word: &[u8]) -> Self {
        let mask = u64::MAX >> (64 - 8 * word.len().clamp(1, 8));
        Self { mask, head: folded(first(word)) & mask }
    }

    /// What is the same in both.
    fn common(self, other: Self) -> Self {
        let mask = self.mask & other.mask & !(self.head ^ other.head);
        Self { mask, head: self.head & mask }
    }

    /// Whether a text with these first eight bytes, folded, may begin so.
    #[inline]
    fn may_be(self, head: u64) -> bool {
        head & self.mask == self.head
    }
}

impl Group {
    /// No text has a first byte that is folded to 1.
    const EMPTY: Self = Self { beginning: Beginning { mask: 0xFF, head: 1 }, words: Vec::new() };

    fn add(&mut self, word: u32, bytes: &[u8]) {
        let own = Beginning::of(bytes);
        self.beginning = if self.words.is_empty() { own } else { self.beginning.common(own) };
        self.words.push((word, own));
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
            let rest = &bytes[block_start..];
            let letters = bits(&first(rest), |byte| byte.is_ascii_alphanumeric());
            let mut starts = !(letters << 1 | before);
            before = letters >> 63;
            starts &= low_bits(rest.len());
            let mut found = self.places(rest, starts);
            while found != 0 {
                let at = found.trailing_zeros() as usize;
                found &= found - 1;
                self.words_at(&rest[at..], |word| emit(word, block_start + at));
            }
        }
    }

    /// Those of these places, as bits of their first bytes, where a word may stand.
    #[inline]
    fn places(&self, text: &[u8], mut starts: u64) -> u64 {
        let mut found = 0;
        while starts != 0 {
            let at = starts.trailing_zeros();
            starts &= starts - 1;
            let head = first(&text[at as usize..]);
            let [short_group, group] = self.groups_of(head);
            let head = folded(head);
            // Nothing is done before all are asked: where a word stands cannot be foreseen.
            let may_be = short_group.beginning.may_be(head) | group.beginning.may_be(head);
            found |= u64::from(may_be) << at;
        }
        found
    }

    /// The groups of words that may begin with these bytes, that of the shorter words first.
    #[inline]
    fn groups_of(&self, head: [u8; 8]) -> [&Group; 2] {
        let [one, two, three, four, ..] = head;
        let short = self.short_slots[short_slot([one, two])];
        let long = self.slots[slot([one, two, three, four])];
        [&self.groups[usize::from(short)], &self.groups[usize::from(long)]]
    }

    /// Gives each word that stands at the beginning of a text.
    #[inline]
    fn words_at(&self, text: &[u8], mut emit: impl FnMut(usize)) {
        let head = first(text);
        let [short_group, group] = self.groups_of(head);
        let head = folded(head);
        for &(word, beginning) in short_group.words.iter().chain(&group.words) {
            if beginning.may_be(head) && self.stands_at(word as usize, text) {
                emit(word as usize);
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
#[inline]
fn slot(head: [u8; 4]) -> usize {
    let folded = u32::from_le_bytes(head) | 0x2020_2020;
    (folded.wrapping_mul(0x9E37_79B1) >> (32 - SLOTS.trailing_zeros())) as usize
}

#[inline]
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
