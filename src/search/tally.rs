//! The words of a run of documents, and how often the one document that is being counted has each.
//!
//! A few hundred words make up most of every text, so their counts stay in the nearest cache though the table is large.
//! Nothing is cleared from document to document: a count tells which document it is of. The words of a text are first
//! looked up, then counted, so that the waits for memory overlap.

use std::hint::select_unpredictable;

use super::count::{Counts, Field};
use super::intern::Interner;
use super::picked::Picked;
use super::slots::Key;
use super::words::Word;

/// What is known of a word wherever it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Info(u32);

impl Info {
    /// It is as most words are.
    pub(super) const PLAIN: Self = Self(0);
    pub(super) const STOP: Self = Self(1);

    /// It stands in names: the number of its stem there.
    pub(super) fn named(stem: u32) -> Self {
        Self(stem + 2)
    }

    /// The number of the stem of a word that stands in names; no matter for others.
    fn stem(self) -> u32 {
        self.0.wrapping_sub(2)
    }

    fn is_named(self) -> bool {
        self.0 >= 2
    }
}

/// A document of the run, counted from 1, and one of its parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Place(u32);

impl Place {
    const PART_BITS: u32 = 4;

    fn new(document: u32, part: u8) -> Self {
        Self(document << Self::PART_BITS | u32::from(part))
    }

    fn document(self) -> u32 {
        self.0 >> Self::PART_BITS
    }

    fn part(self) -> u8 {
        self.0 as u8 & ((1 << Self::PART_BITS) - 1)
    }
}

/// A word of the table and its counts in one document: sixteen bytes, so that with its key it lies in one line of the
/// cache.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    info: Info,
    /// Where the word was counted last.
    last: Place,
    /// What that document has of the word, and the part with most of it.
    counts: Counts,
    /// What the last part has of the word, and what the part with most has.
    here: u16,
    most: u16,
}

impl Known {
    /// Counts one more, where it is counted; whether it is the first in the document.
    #[inline(always)]
    fn add(&mut self, field: Field, place: Place, is_counted: bool) -> bool {
        // Neither whether a word is new nor which part has most of it can be foreseen, so there are no branches.
        let is_new = self.last.document() != place.document();
        let counts = select_unpredictable(is_new, Counts::default(), self.counts).plus(field, is_counted);
        let most = select_unpredictable(is_new, 0, self.most);
        if matches!(field, Field::Title | Field::Names) {
            // They belong to no part.
            let last = select_unpredictable(is_new, place, self.last);
            let here = select_unpredictable(is_new, 0, self.here);
            *self = Self { info: self.info, last, counts, here, most };
            return is_new;
        }
        let weight = if matches!(field, Field::Headings) { 3 } else { 1 };
        let before = select_unpredictable(self.last == place, self.here, 0);
        let here = before.saturating_add(weight * u16::from(is_counted));
        let counts = select_unpredictable(here > most, counts.in_part(place.part()), counts);
        *self = Self { info: self.info, last: place, counts, here, most: most.max(here) };
        is_new
    }
}

/// All words seen so far, the first of which stand for the concepts.
#[derive(Default)]
pub(super) struct Tally {
    words: Interner<Known>,
    /// The words of the text that were read and are not looked up yet.
    keys: Vec<Key>,
    /// The words of the text that is being read, by their numbers.
    tokens: Vec<u32>,
    /// Those of them that stand in names: see [`Tally::named`].
    named: Picked<(u32, u32)>,
    document: u32,
    /// The words of the document, in the order of their first places.
    met: Picked<u32>,
    /// The concepts of the document, in the order in which they were first counted.
    met_concepts: Vec<u32>,
}

impl Tally {
    /// A table of what stands for the concepts.
    pub(super) fn new(concepts: impl Iterator<Item = String>) -> Self {
        let mut words = Interner::default();
        concepts.for_each(|word| _ = words.number(&word));
        Self { words, ..Self::default() }
    }

    /// Makes ready for the next document.
    pub(super) fn clear(&mut self) {
        self.document += 1;
        self.met.clear();
        self.met_concepts.clear();
    }

    /// Begins a text of the document.
    pub(super) fn start_text(&mut self) {
        self.tokens.clear();
    }

    /// Takes the next word of the text; `info` tells what is to be known of a new one.
    #[inline]
    pub(super) fn read(&mut self, word: Word<'_>, info: impl Fn(&str) -> Info) {
        match word {
            Word::Short(key) => self.keys.push(key),
            Word::Long(letters, key) => {
                self.look_up(&info);
                let number = self.enter(|words| words.number_by_key(letters, key), info);
                self.tokens.push(number);
            }
        }
    }

    /// Looks up the words that were read.
    pub(super) fn look_up(&mut self, info: impl Fn(&str) -> Info) {
        let first = self.tokens.len();
        // Two loops that do little else, so that the waits for memory of many words overlap.
        self.tokens.extend(self.keys.iter().map(|&key| self.words.likely(key)));
        for at in 0..self.keys.len() {
            let key = self.keys[at];
            if !self.words.has(self.tokens[first + at], key) {
                self.tokens[first + at] = self.enter(|words| words.number_of_whole(key), &info);
            }
        }
        self.keys.clear();
    }

    /// The number of a word, which may be a new one.
    #[inline(never)]
    fn enter(
        &mut self,
        number: impl FnOnce(&mut Interner<Known>) -> u32,
        info: impl Fn(&str) -> Info,
    ) -> u32 {
        let known = self.words.len();
        let number = number(&mut self.words);
        if number as usize == known {
            self.words.value_mut(number).info = info(self.words.word(number));
        }
        number
    }

    /// The words of the text by their numbers.
    pub(super) fn tokens(&self) -> &[u32] {
        &self.tokens
    }

    /// Counts the words of the text; gives the number of those that are no stop words.
    pub(super) fn count(&mut self, field: Field, part: u8) -> u32 {
        match field {
            // Nearly all words go this way, which is made for their field alone.
            Field::Body => self.count_in(Field::Body, part),
            _ => self.count_in(field, part),
        }
    }

    #[inline(always)]
    fn count_in(&mut self, field: Field, part: u8) -> u32 {
        let Self { words, tokens, named, met, .. } = self;
        let place = Place::new(self.document, part);
        let has_stop_words = !matches!(field, Field::Body | Field::Description);
        named.clear();
        named.make_room(tokens.len());
        met.make_room(tokens.len());
        let mut length = 0;
        for &number in tokens.iter() {
            let known = words.value_mut(number);
            // Every other word is a stop word, so that it costs less to count it by naught than to pass it over.
            let is_plain = known.info != Info::STOP;
            let is_new = known.add(field, place, is_plain | has_stop_words);
            met.push_if(is_new, number);
            named.push_if(known.info.is_named(), (known.info.stem(), length));
            length += u32::from(is_plain);
        }
        length
    }

    /// The words of the text that stand in names: the stem of each there, and how many words stand before it that are no
    /// stop words. Known once the text is counted.
    pub(super) fn named(&self) -> &[(u32, u32)] {
        self.named.as_slice()
    }

    /// Counts a concept.
    pub(super) fn count_concept(&mut self, concept: u32, field: Field, part: u8) {
        let place = Place::new(self.document, part);
        if self.words.value_mut(concept).add(field, place, true) {
            self.met_concepts.push(concept);
        }
    }

    /// The numbers of all words that were counted, with their counts.
    pub(super) fn counted(&self) -> Vec<(u32, Counts)> {
        let met = self.met.as_slice();
        let mut counted = Vec::with_capacity(met.len() + self.met_concepts.len());
        for &number in met.iter().chain(&self.met_concepts) {
            let counts = self.words.value(number).counts;
            if !counts.is_empty() {
                counted.push((number, counts));
            }
        }
        counted
    }

    /// All words by their numbers.
    pub(super) fn into_words(self) -> Interner {
        self.words.without_values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_while_the_table_grows_and_from_document_to_document() {
        let mut tally = Tally::new((0..8).map(|concept| format!("\u{1}{concept}")));
        let info = |word: &str| if word == "the" { Info::STOP } else { Info::named(word.len() as u32) };
        for document in 0..2 {
            tally.clear();
            for round in 0..3 {
                for at in 0..1500 {
                    let word = format!("{}{at}", if at % 2 == 0 { "w" } else { "a-much-longer-word-" });
                    tally.start_text();
                    tally.read(Word::of("the"), info);
                    tally.read(Word::of(&word), info);
                    tally.look_up(info);
                    assert_eq!(tally.tokens()[1], 9 + at, "round {round} of {document}");
                    assert_eq!(tally.count(Field::Body, 3), 1);
                    assert_eq!(tally.named(), [(word.len() as u32, 0)]);
                }
                tally.count_concept(7, Field::Title, 0);
            }
            let thrice = |field| (0..3).fold(Counts::default(), |counts, _| counts.plus(field, true));
            let counted = tally.counted();
            assert_eq!(counted.len(), 1501);
            assert_eq!(counted[3], (12, thrice(Field::Body).in_part(3)));
            assert_eq!(counted[1500], (7, thrice(Field::Title)));
        }
    }

    #[test]
    fn of_equal_parts_the_first_has_most() {
        let mut tally = Tally::default();
        tally.clear();
        for (field, part) in [(Field::Body, 2), (Field::Body, 1), (Field::Title, 0), (Field::Headings, 4)] {
            tally.start_text();
            tally.read(Word::of("neck"), |_| Info::PLAIN);
            tally.look_up(|_| Info::PLAIN);
            tally.count(field, part);
            let most = if field == Field::Headings { 4 } else { 2 };
            assert_eq!(tally.counted()[0].1.part(), most);
        }
    }
}
