//! Where the anchors of all rules stand in a text.
//!
//! An anchor counts only where a word may begin, so only there it is looked for; and all but a few of these places are
//! told from all anchors by their first bytes.

use crate::bytes::{Heads, Window, beginning, bits, block, each_window, first, places};

/// Words, ready to be found at the beginnings of words, in any ASCII case.
#[derive(Debug)]
pub(super) struct Anchors {
    /// In lower case.
    words: Vec<String>,
    heads: Heads,
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
    /// The shorter words first.
    words: Vec<Word>,
}

/// A word of a group.
#[derive(Clone, Copy, Debug)]
struct Word {
    index: u32,
    beginning: Beginning,
    /// Whether nothing but the word begins so, in either case of its letters.
    is_told: bool,
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
        let is_told = bytes.len() <= 8 && bytes.iter().all(u8::is_ascii_lowercase);
        self.words.push(Word { index: word, beginning: own, is_told });
    }
}

impl Anchors {
    /// Takes words in lower case.
    pub(super) fn new(words: Vec<String>) -> Self {
        let mut anchors = Self {
            words,
            heads: Heads::default(),
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
        self.heads.add(beginning(bytes));
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
        each_window(bytes, |start, window, in_text| {
            let letters = bits(block(window), |byte| byte.is_ascii_alphanumeric());
            let starts = !(letters << 1 | before) & in_text;
            before = letters >> 63;
            let found = self.may_begin(window, self.heads.among(window, starts));
            for at in places(found).map(|at| start + at) {
                self.words_at(&bytes[at..], |word| emit(word, at));
            }
        });
    }

    /// Those of these places, as bits of their first bytes, where a word may stand.
    #[inline]
    fn may_begin(&self, window: &Window, starts: u64) -> u64 {
        // Nothing is done before all are asked: where a word stands cannot be foreseen.
        places(starts).fold(0, |found, at| {
            let head = first(&window[at..]);
            let [short_group, group] = self.groups_of(head);
            let head = folded(head);
            let may_be = short_group.beginning.may_be(head) | group.beginning.may_be(head);
            found | u64::from(may_be) << at
        })
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
        for words in [&short_group.words, &group.words] {
            for &Word { index, beginning, is_told } in words {
                if beginning.may_be(head) && (is_told || self.stands_at(index as usize, text)) {
                    emit(index as usize);
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
