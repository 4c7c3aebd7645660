//! The words of the one document that is being counted: a table that fits the nearest cache.
//!
//! A document says most of its words again and again, so they are counted here; the table of the whole chunk, which is
//! large, is asked once for each different word.

use super::count::{Counts, FIELDS, Field};
use super::slots::{Key, Slots};

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
    key: Key,
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
    /// Numbers of `words`.
    slots: Slots,
    words: Vec<Known>,
    /// The letters of words that are longer than a key, as they stand in `words`.
    long: Vec<(u32, Box<str>)>,
}

impl Tally {
    /// Slots for a document of some hundred different words; a longer one gets more.
    const SLOTS: usize = 1024;

    /// Makes ready for the next document.
    pub(super) fn clear(&mut self) {
        self.slots.clear(Self::SLOTS);
        self.words.clear();
        self.long.clear();
    }

    /// A word of the document; `first` is asked for its number and more where it is met for the first time.
    #[inline]
    pub(super) fn place(&mut self, word: &str, first: impl FnOnce() -> (u32, Info)) -> &mut Known {
        let key = Key::of(word);
        let is_same = |number: u32| {
            self.words[number as usize].key == key && (!key.is_hash() || self.is_long(number, word))
        };
        let number = self.slots.find(key, is_same).unwrap_or_else(|| {
            let (id, info) = first();
            if key.is_hash() {
                self.long.push((self.words.len() as u32, word.into()));
            }
            self.push(key, id, info)
        });
        &mut self.words[number as usize]
    }

    /// The counts of a concept.
    pub(super) fn concept(&mut self, concept: u32) -> &mut Cell {
        let key = Key::of_number(concept);
        let found = self.slots.find(key, |number| self.words[number as usize].key == key);
        let number = found.unwrap_or_else(|| self.push(key, concept, Info::Plain));
        &mut self.words[number as usize].cell
    }

    /// The numbers of all words that were counted, with their counts.
    pub(super) fn counted(&self) -> Vec<(u32, Counts)> {
        let mut counted = Vec::with_capacity(self.words.len());
        for Known { id, cell, .. } in self.words.iter().filter(|known| known.cell.is_counted) {
            counted.push((*id, Counts::pack(cell.fields, cell.best_part)));
        }
        counted
    }

    fn push(&mut self, key: Key, id: u32, info: Info) -> u32 {
        let number = self.words.len() as u32;
        self.words.push(Known { key, id, info, cell: Cell::default() });
        self.slots.put(key, number);
        number
    }

    fn is_long(&self, number: u32, word: &str) -> bool {
        self.long.iter().any(|(at, letters)| *at == number && **letters == *word)
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
            let counted = tally.counted();
            assert_eq!(counted.len(), 1501);
            assert_eq!(counted[3], (3, Counts::pack([0, 0, 0, 0, 3], 3)));
            assert_eq!(counted[1500], (7, Counts::pack([3, 0, 0, 0, 0], 0)));
        }
    }
}
