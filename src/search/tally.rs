//! The words of a run of documents, and how often the one document that is being counted has each.
//!
//! A few hundred words make up most of every text, so their counts stay in the nearest cache though the table is large.
//! Nothing is cleared from document to document: a count tells which document it is of. The words of a text are first
//! read, then looked up, then counted, so that the waits for memory overlap.

use std::hint::select_unpredictable;

use super::count::{Counts, Field};
use super::intern::Interner;
use super::slots::Key;
use super::words::Word;

/// What is known of a word wherever it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Info {
    #[default]
    Plain,
    Stop,
    /// It stands in names: the number of its stem there.
    Named(u32),
}

/// A word of the table.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    info: Info,
    /// The number of the last document that had the word, from 1 on.
    document: u32,
    /// What that document has of it.
    cell: Cell,
}

/// The counts of a word in one document.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cell {
    counts: Counts,
    part: u8,
    best_part: u8,
    /// What the part has of the word, and what the best part has.
    here: u16,
    best: u16,
}

impl Cell {
    /// Counts one more, where it is counted.
    #[inline]
    pub(super) fn add(&mut self, field: Field, part: u8, is_counted: bool) {
        self.counts = self.counts.plus(field, is_counted);
        if matches!(field, Field::Title | Field::Names) {
            return;
        }
        let weight = if field == Field::Headings { 3 } else { 1 };
        let before = select_unpredictable(self.part == part, self.here, 0);
        self.part = part;
        self.here = before.saturating_add(weight * u16::from(is_counted));
        self.best_part = select_unpredictable(self.here > self.best, part, self.best_part);
        self.best = self.best.max(self.here);
    }
}

/// All words seen so far, the first of which stand for the concepts.
#[derive(Default)]
pub(super) struct Tally {
    words: Interner,
    /// By the numbers of the words.
    known: Vec<Known>,
    /// The words of the text that is being read; what no key holds whole stands there as its number.
    keys: Vec<Key>,
    /// The same by their numbers.
    tokens: Vec<u32>,
    document: u32,
    /// The words of the document, in the order of their first places; what stands behind the first `count` is no matter.
    met: Vec<u32>,
    count: usize,
    /// The concepts of the document, in the order in which they were first counted.
    met_concepts: Vec<u32>,
}

impl Tally {
    /// A table of what stands for the concepts.
    pub(super) fn new(concepts: impl Iterator<Item = String>) -> Self {
        let mut words = Interner::default();
        concepts.for_each(|word| _ = words.number(&word));
        let known = vec![Known::default(); words.len()];
        Self { words, known, ..Self::default() }
    }

    /// Makes ready for the next document.
    pub(super) fn clear(&mut self) {
        self.document += 1;
        self.count = 0;
        self.met_concepts.clear();
    }

    /// Begins a text of the document.
    pub(super) fn start_text(&mut self) {
        self.keys.clear();
        self.tokens.clear();
    }

    /// Takes the next word of the text.
    #[inline]
    pub(super) fn read(&mut self, word: Word<'_>) {
        self.keys.push(match word {
            Word::Short(key) => key,
            Word::Long(letters, key) => Key::of_number(self.words.number_by_key(letters, key)),
        });
    }

    /// Looks up the words of the text; `info` tells what is to be known of a new one.
    pub(super) fn look_up(&mut self, info: impl Fn(&str) -> Info) {
        let Self { words, known, keys, tokens, .. } = self;
        tokens.extend(keys.iter().map(|key| words.likely(*key)));
        for (token, key) in tokens.iter_mut().zip(keys).filter(|(token, _)| **token == u32::MAX) {
            *token = key.number().unwrap_or_else(|| words.number_of_whole(*key));
        }
        for number in known.len()..words.len() {
            known.push(Known { info: info(words.word(number as u32)), ..Known::default() });
        }
    }

    /// The words of the text by their numbers.
    pub(super) fn tokens(&self) -> &[u32] {
        &self.tokens
    }

    /// The document has a word of the text from now on: its number, and what is known of it.
    #[inline]
    pub(super) fn meet(&mut self, token: usize) -> (u32, Info) {
        let number = self.tokens[token];
        let known = &mut self.known[number as usize];
        // Whether the word is new to the document cannot be foreseen, so it is always written.
        let is_new = known.document != self.document;
        if self.count == self.met.len() {
            self.met.resize(2 * self.count + 1024, 0);
        }
        self.met[self.count] = number;
        self.count += usize::from(is_new);
        known.cell = select_unpredictable(is_new, Cell::default(), known.cell);
        known.document = self.document;
        (number, known.info)
    }

    /// The counts of a word that the document has.
    #[inline]
    pub(super) fn cell(&mut self, number: u32) -> &mut Cell {
        &mut self.known[number as usize].cell
    }

    /// The counts of a concept.
    pub(super) fn concept(&mut self, concept: u32) -> &mut Cell {
        let known = &mut self.known[concept as usize];
        if known.document != self.document {
            (known.document, known.cell) = (self.document, Cell::default());
            self.met_concepts.push(concept);
        }
        &mut known.cell
    }

    /// The numbers of all words that were counted, with their counts.
    pub(super) fn counted(&self) -> Vec<(u32, Counts)> {
        let met = &self.met[..self.count];
        let mut counted = Vec::with_capacity(met.len() + self.met_concepts.len());
        for &number in met.iter().chain(&self.met_concepts) {
            let cell = &self.known[number as usize].cell;
            if !cell.counts.is_empty() {
                counted.push((number, cell.counts.in_part(cell.best_part)));
            }
        }
        counted
    }

    /// All words by their numbers.
    pub(super) fn into_words(self) -> Interner {
        self.words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_while_the_table_grows_and_from_document_to_document() {
        let mut tally = Tally::new((0..8).map(|concept| format!("\u{1}{concept}")));
        for document in 0..2 {
            tally.clear();
            for round in 0..3 {
                for at in 0..1500 {
                    let word = format!("{}{at}", if at % 2 == 0 { "w" } else { "a-much-longer-word-" });
                    tally.start_text();
                    tally.read(Word::of(&word));
                    tally.look_up(|new| Info::Named(new.len() as u32));
                    let (number, info) = tally.meet(0);
                    assert_eq!(
                        (number, info),
                        (8 + at, Info::Named(word.len() as u32)),
                        "round {round} of {document}"
                    );
                    tally.cell(number).add(Field::Body, 3, true);
                }
                tally.concept(7).add(Field::Title, 0, true);
            }
            tally.start_text();
            tally.read(Word::of("the"));
            tally.look_up(|_| Info::Stop);
            let (the, _) = tally.meet(0);
            tally.cell(the).add(Field::Body, 3, false);
            let thrice = |field| (0..3).fold(Counts::default(), |counts, _| counts.plus(field, true));
            let counted = tally.counted();
            assert_eq!(counted.len(), 1501);
            assert_eq!(counted[3], (11, thrice(Field::Body).in_part(3)));
            assert_eq!(counted[1500], (7, thrice(Field::Title)));
        }
    }
}
