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
    pub(super) key: Key,
    /// Where its letters end.
    end: u32,
    /// The number in the table of the chunk; for a concept, its own.
    pub(super) id: u32,
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
    letters: String,
}

impl Tally {
    /// Slots for a document of some hundred different words; a longer one gets more.
    const SLOTS: usize = 1024;

    /// Makes ready for the next document.
    pub(super) fn clear(&mut self) {
        self.slots.clear(Self::SLOTS);
        self.words.clear();
        self.letters.clear();
    }

    /// The number of a word of the document; one that is new has no id yet.
    #[inline]
    pub(super) fn number(&mut self, word: &str, key: Key) -> u32 {
        let is_same = |number: u32| {
            self.words[number as usize].key == key && (!key.is_hash() || self.word(number) == word)
        };
        self.slots.find(key, is_same).unwrap_or_else(|| self.push(key, word))
    }

    /// How many different words there are.
    pub(super) fn len(&self) -> u32 {
        self.words.len() as u32
    }

    /// The word of a number.
    pub(super) fn word(&self, number: u32) -> &str {
        let end = |number: usize| self.words[number].end as usize;
        let number = number as usize;
        &self.letters[number.checked_sub(1).map_or(0, end)..end(number)]
    }

    /// What is known of a word.
    #[inline]
    pub(super) fn known(&mut self, number: u32) -> &mut Known {
        &mut self.words[number as usize]
    }

    /// The counts of a concept.
    pub(super) fn concept(&mut self, concept: u32) -> &mut Cell {
        let key = Key::of_number(concept);
        let found = self.slots.find(key, |number| self.words[number as usize].key == key);
        let number = found.unwrap_or_else(|| {
            let number = self.push(key, "");
            self.known(number).id = concept;
            number
        });
        &mut self.known(number).cell
    }

    /// The numbers of all words that were counted, with their counts.
    pub(super) fn counted(&self) -> Vec<(u32, Counts)> {
        let mut counted = Vec::with_capacity(self.words.len());
        for Known { id, cell, .. } in self.words.iter().filter(|known| known.cell.is_counted) {
            counted.push((*id, Counts::pack(cell.fields, cell.best_part)));
        }
        counted
    }

    fn push(&mut self, key: Key, word: &str) -> u32 {
        let number = self.len();
        self.letters.push_str(word);
        let end = self.letters.len() as u32;
        self.words.push(Known { key, end, id: u32::MAX, info: Info::Plain, cell: Cell::default() });
        self.slots.put(key, number);
        number
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
                for id in 0..1500 {
                    let word = format!("{}{id}", if id % 2 == 0 { "w" } else { "a-much-longer-word-" });
                    let number = tally.number(&word, Key::of(&word));
                    assert_eq!((number, tally.word(number)), (id, &*word), "round {round} of {document}");
                    tally.known(number).id = 7 * id;
                    tally.known(number).cell.add(Field::Body, 3);
                }
                tally.concept(7).add(Field::Title, 0);
            }
            tally.number("the", Key::of("the"));
            let counted = tally.counted();
            assert_eq!(counted.len(), 1501);
            assert_eq!(counted[3], (21, Counts::pack([0, 0, 0, 0, 3], 3)));
            assert_eq!(counted[1500], (7, Counts::pack([3, 0, 0, 0, 0], 0)));
        }
    }
}
