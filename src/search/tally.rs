//! The words of the one document that is being counted: a table that fits the nearest cache.
//!
//! A document says most of its words again and again, so they are counted here; the table of the whole chunk, which is
//! large, is asked once for each different word.

use super::count::{Counts, FIELDS, Field};
use super::intern::{SHORT, key, start};

/// What is known of a word wherever it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Info {
    #[default]
    Plain,
    Stop,
    /// It stands in names: the number of its stem there.
    Named(u32),
}

/// A word of the document.
pub(super) struct Known {
    key: u128,
    /// In bytes; 0 for a concept, whose number is its key.
    length: u32,
    /// The number in the table of the chunk.
    id: u32,
    pub(super) info: Info,
    pub(super) cell: Cell,
}

/// The counts of a word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cell {
    is_counted: bool,
    fields: [u16; FIELDS],
    part: u8,
    here: u16,
    best_part: u8,
    best: u16,
}

impl Cell {
    /// Counts one more.
    #[inline]
    pub(super) fn add(&mut self, field: Field, part: u8) {
        self.is_counted = true;
        let count = &mut self.fields[field as usize];
        *count = count.saturating_add(1);
        if matches!(field, Field::Title | Field::Names) {
            return;
        }
        if self.part != part {
            self.part = part;
            self.here = 0;
        }
        self.here = self.here.saturating_add(if field == Field::Headings { 3 } else { 1 });
        if self.here > self.best {
            self.best = self.here;
            self.best_part = part;
        }
    }
}

/// The words of a document, in the order of their first places.
#[derive(Default)]
pub(super) struct Tally {
    /// Numbers of `words` plus one; 0 is free. The length is a power of two.
    slots: Vec<u32>,
    words: Vec<Known>,
    /// The letters of words that are longer than a key, as they stand in `words`.
    long: Vec<(u32, Box<str>)>,
}

impl Tally {
    /// Slots for a document of some hundred different words; a longer one gets more.
    const SLOTS: usize = 1024;

    /// Makes ready for the next document.
    pub(super) fn clear(&mut self) {
        self.slots.clear();
        self.slots.resize(Self::SLOTS, 0);
        self.words.clear();
        self.long.clear();
    }

    /// A word of the document; `first` is asked for its number and more where it is met for the first time.
    #[inline]
    pub(super) fn place(&mut self, word: &str, first: impl FnOnce() -> (u32, Info)) -> &mut Known {
        let length = word.len() as u32;
        let key = key(word);
        let at = self.find(key, length, |tally, number| word.len() <= SHORT || tally.is_long(number, word));
        let number = match at {
            Ok(number) => number,
            Err(slot) => {
                let (id, info) = first();
                if word.len() > SHORT {
                    self.long.push((self.words.len() as u32, word.into()));
                }
                self.push(slot, Known { key, length, id, info, cell: Cell::default() })
            }
        };
        &mut self.words[number]
    }

    /// The counts of a concept.
    pub(super) fn concept(&mut self, concept: u32) -> &mut Cell {
        let key = u128::from(concept);
        let number = match self.find(key, 0, |_, _| true) {
            Ok(number) => number,
            Err(slot) => {
                let known = Known { key, length: 0, id: concept, info: Info::Plain, cell: Cell::default() };
                self.push(slot, known)
            }
        };
        &mut self.words[number].cell
    }

    /// The numbers of all words that were counted, with their counts.
    pub(super) fn counted(&self) -> impl Iterator<Item = (u32, Counts)> {
        let counted = self.words.iter().filter(|known| known.cell.is_counted);
        counted.map(|known| (known.id, Counts::pack(known.cell.fields, known.cell.best_part)))
    }

    /// The place of a key among the words, or the free slot for it.
    #[inline]
    fn find(&self, key: u128, length: u32, is_same: impl Fn(&Self, usize) -> bool) -> Result<usize, usize> {
        let mask = self.slots.len() - 1;
        let mut at = start(key) & mask;
        loop {
            let Some(number) = (self.slots[at] as usize).checked_sub(1) else { return Err(at) };
            let known = &self.words[number];
            if known.key == key && known.length == length && is_same(self, number) {
                return Ok(number);
            }
            at = (at + 1) & mask;
        }
    }

    fn push(&mut self, slot: usize, known: Known) -> usize {
        let number = self.words.len();
        self.words.push(known);
        self.slots[slot] = number as u32 + 1;
        if self.words.len() * 2 > self.slots.len() {
            self.grow();
        }
        number
    }

    fn grow(&mut self) {
        let length = self.slots.len() * 2;
        self.slots.clear();
        self.slots.resize(length, 0);
        for (number, known) in self.words.iter().enumerate() {
            let mut at = start(known.key) & (length - 1);
            while self.slots[at] > 0 {
                at = (at + 1) & (length - 1);
            }
            self.slots[at] = number as u32 + 1;
        }
    }

    fn is_long(&self, number: usize, word: &str) -> bool {
        self.long.iter().any(|(at, letters)| *at as usize == number && **letters == *word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_while_the_table_grows_and_from_document_to_document() {
        let mut tally = Tally::default();
        for document in 0..2 {
            tally.clear();
            for round in 0..3 {
                for number in 0..1500 {
                    let word = format!("{}{number}", if number % 2 == 0 { "w" } else { "a-longer-word-" });
                    let known = tally.place(&word, || (number, Info::Plain));
                    assert_eq!(known.id, number, "{word}, round {round} of document {document}");
                    known.cell.add(Field::Body, 3);
                }
                tally.concept(7).add(Field::Title, 0);
            }
            tally.place("the", || (9999, Info::Stop));
            let counted: Vec<(u32, Counts)> = tally.counted().collect();
            assert_eq!(counted.len(), 1501);
            assert_eq!(counted[3], (3, Counts::pack([0, 0, 0, 0, 3], 3)));
            assert_eq!(counted[1500], (7, Counts::pack([3, 0, 0, 0, 0], 0)));
        }
    }
}
