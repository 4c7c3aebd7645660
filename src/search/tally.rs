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
    #[inline]
    pub(super) fn named(stem: u32) -> Self {
        Self(stem + 2)
    }

    /// The number of the stem of a word that stands in names; no matter for others.
    #[inline]
    fn stem(self) -> u32 {
        self.0.wrapping_sub(2)
    }

    #[inline]
    fn is_named(self) -> bool {
        self.0 >= 2
    }
}

/// What is known of a word, and where the document that had it last keeps its counts: with its key the word lies in one
/// line of the cache.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    info: Info,
    /// The document of the run, counted from 1.
    document: u32,
    /// The word's place among those that the document has.
    place: u32,
}

/// How often the document that is being counted has a word.
#[derive(Clone, Copy, Debug, Default)]
struct Local {
    /// The counts of all fields but the body.
    others: Counts,
    body: u32,
    /// What the part with most has, above how far this part is from the last possible one: of parts with equally much
    /// the first is the highest.
    most: u32,
}

impl Local {
    const PART_BITS: u32 = 4;
    const LAST_PART: u32 = (1 << Self::PART_BITS) - 1;

    /// Counts one more, where it is counted. Parts come in their order; `here` is what the part at hand has.
    #[inline(always)]
    fn add(&mut self, here: &mut u32, field: Field, part: u8, is_counted: bool) {
        let one = u32::from(is_counted);
        match field {
            Field::Body => self.body += one,
            _ => self.others = self.others.plus(field, is_counted),
        }
        // They belong to no part.
        if matches!(field, Field::Title | Field::Names) {
            return;
        }
        let weight = if matches!(field, Field::Headings) { 3 } else { 1 };
        *here += weight * one;
        let share = *here << Self::PART_BITS | (Self::LAST_PART - u32::from(part));
        self.most = select_unpredictable(self.most > share, self.most, share);
    }

    /// The counts of all fields, and the part with most.
    #[inline]
    fn counts(self) -> Counts {
        let has_part = self.most > Self::LAST_PART;
        let part = select_unpredictable(has_part, Self::LAST_PART - (self.most & Self::LAST_PART), 0);
        self.others.with_body(self.body).in_part(part as u8)
    }
}

/// The words that a document has, in the order of their first places, with their counts.
#[derive(Default)]
struct Met {
    numbers: Picked<u32>,
    counts: Vec<Local>,
    /// What the part at hand has of each.
    here: Vec<u32>,
}

impl Met {
    fn clear(&mut self) {
        self.start_part();
        self.counts[..self.numbers.len()].fill(Local::default());
        self.numbers.clear();
    }

    /// Makes ready for the next part of the document.
    #[inline]
    fn start_part(&mut self) {
        self.here[..self.numbers.len()].fill(0);
    }

    /// Makes room for so many words more.
    fn make_room(&mut self, more: usize) {
        self.numbers.make_room(more);
        let wanted = self.numbers.room();
        if wanted > self.counts.len() {
            self.counts.resize(wanted, Local::default());
            self.here.resize(wanted, 0);
        }
    }

    /// The place of a word, for which there must be room. Whether a word is new cannot be foreseen, so there are no
    /// branches.
    #[inline(always)]
    fn place_of(&mut self, number: u32, known: &mut Known, document: u32) -> usize {
        let is_new = known.document != document;
        known.document = document;
        known.place = select_unpredictable(is_new, self.numbers.len() as u32, known.place);
        self.numbers.push_if(is_new, number);
        known.place as usize
    }

    /// Adds the words that were counted in a field to a list.
    fn put(&self, out: &mut Picked<(u32, Counts)>) {
        out.make_room(self.numbers.len());
        for (&number, local) in self.numbers.as_slice().iter().zip(&self.counts) {
            let counts = local.counts();
            out.push_if(!counts.is_empty(), (number, counts));
        }
    }
}

/// All words seen so far, the first of which stand for the concepts.
#[derive(Default)]
pub(super) struct Tally {
    words: Interner<Known>,
    /// The words of the text that were read and are not counted yet.
    keys: Vec<Key>,
    /// The words of the text that is being read, by their numbers.
    tokens: Vec<u32>,
    /// Those of them that stand in names: see [`Tally::named`].
    named: Picked<(u32, u32)>,
    /// How many of them are no stop words.
    length: u32,
    document: u32,
    part: u8,
    met: Met,
    /// The same of concepts.
    met_concepts: Met,
    counted: Picked<(u32, Counts)>,
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
        self.part = 0;
        self.met.clear();
        self.met_concepts.clear();
    }

    /// Begins a text of the document.
    pub(super) fn start_text(&mut self, part: u8) {
        if self.part != part {
            self.part = part;
            self.met.start_part();
            self.met_concepts.start_part();
        }
        self.tokens.clear();
        self.named.clear();
        self.length = 0;
    }

    /// Takes the next word of the text, which stands in a field and a part; `info` tells what is to be known of a new
    /// word.
    #[inline]
    pub(super) fn read(&mut self, word: Word<'_>, field: Field, part: u8, info: impl Fn(&str) -> Info) {
        match word {
            Word::Short(key) => self.keys.push(key),
            Word::Long(letters, key) => {
                self.count(field, part, &info);
                let number = enter(&mut self.words, |words| words.number_by_key(letters, key), info);
                self.tokens.push(number);
                self.count_from(self.tokens.len() - 1, field, part);
            }
        }
    }

    /// Counts the words that were read; gives the number of words in the text so far that are no stop words.
    pub(super) fn count(&mut self, field: Field, part: u8, info: impl Fn(&str) -> Info) -> u32 {
        let first = self.tokens.len();
        // Two loops that do little else, so that the waits for memory of many words overlap.
        self.tokens.extend(self.keys.iter().map(|&key| self.words.likely(key)));
        for (number, &key) in self.tokens[first..].iter_mut().zip(&self.keys) {
            if !self.words.has(*number, key) {
                *number = enter(&mut self.words, |words| words.number_of_whole(key), &info);
            }
        }
        self.keys.clear();
        match field {
            // Nearly all words go this way, which is made for their field alone.
            Field::Body => self.count_from(first, Field::Body, part),
            _ => self.count_from(first, field, part),
        }
        self.length
    }

    /// Counts the words of the text from one of them on.
    #[inline(always)]
    fn count_from(&mut self, first: usize, field: Field, part: u8) {
        let document = self.document;
        let has_stop_words = !matches!(field, Field::Body | Field::Description);
        let tokens = &self.tokens[first..];
        // What grows is held in hand, so that no word waits until the one before is written.
        let mut named = std::mem::take(&mut self.named);
        let mut met = std::mem::take(&mut self.met);
        let mut length = self.length;
        named.make_room(tokens.len());
        met.make_room(tokens.len());
        let mut words = self.words.values_mut();
        for &number in tokens {
            let known = words.of(number);
            let info = known.info;
            // Every other word is a stop word, so that it costs less to count it by naught than to pass it over.
            let is_plain = info != Info::STOP;
            let place = met.place_of(number, known, document);
            met.counts[place].add(&mut met.here[place], field, part, is_plain | has_stop_words);
            named.push_if(info.is_named(), (info.stem(), length));
            length += u32::from(is_plain);
        }
        (self.named, self.met, self.length) = (named, met, length);
    }

    /// The words of the text by their numbers.
    pub(super) fn tokens(&self) -> &[u32] {
        &self.tokens
    }

    /// The words of the text that stand in names: the stem of each there, and how many words stand before it that are no
    /// stop words. Known once the text is counted.
    pub(super) fn named(&self) -> &[(u32, u32)] {
        self.named.as_slice()
    }

    /// Counts a concept.
    pub(super) fn count_concept(&mut self, concept: u32, field: Field, part: u8) {
        self.met_concepts.make_room(1);
        let known = self.words.value_mut(concept);
        let place = self.met_concepts.place_of(concept, known, self.document);
        self.met_concepts.counts[place].add(&mut self.met_concepts.here[place], field, part, true);
    }

    /// The numbers of all words that were counted, with their counts.
    pub(super) fn counted(&mut self) -> Vec<(u32, Counts)> {
        self.counted.clear();
        self.met.put(&mut self.counted);
        self.met_concepts.put(&mut self.counted);
        self.counted.as_slice().to_vec()
    }

    /// All words by their numbers.
    pub(super) fn into_words(self) -> Interner {
        self.words.without_values()
    }
}

/// The number of a word, which may be a new one.
#[inline(never)]
fn enter(
    words: &mut Interner<Known>,
    number: impl FnOnce(&mut Interner<Known>) -> u32,
    info: impl Fn(&str) -> Info,
) -> u32 {
    let known = words.len();
    let number = number(words);
    if number as usize == known {
        words.value_mut(number).info = info(words.word(number));
    }
    number
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
                    tally.start_text(3);
                    tally.read(Word::of("the"), Field::Body, 3, info);
                    tally.read(Word::of(&word), Field::Body, 3, info);
                    assert_eq!(tally.count(Field::Body, 3, info), 1);
                    assert_eq!(tally.tokens()[1], 9 + at, "round {round} of {document}");
                    assert_eq!(tally.named(), [(word.len() as u32, 0)]);
                }
                tally.count_concept(7, Field::Title, 0);
            }
            let counted = tally.counted();
            assert_eq!(counted.len(), 1501);
            assert_eq!(counted[3], (12, Counts::default().with_body(3).in_part(3)));
            assert_eq!(
                counted[1500],
                (7, (0..3).fold(Counts::default(), |counts, _| counts.plus(Field::Title, true)))
            );
        }
    }

    #[test]
    fn of_equal_parts_the_first_has_most() {
        let mut tally = Tally::default();
        tally.clear();
        for (field, part) in [(Field::Title, 0), (Field::Body, 1), (Field::Body, 2), (Field::Headings, 4)] {
            tally.start_text(part);
            tally.read(Word::of("neck"), field, part, |_| Info::PLAIN);
            tally.count(field, part, |_| Info::PLAIN);
            let most = match field {
                Field::Title => 0,
                Field::Body => 1,
                _ => 4,
            };
            assert_eq!(tally.counted()[0].1.part(), most);
        }
    }
}
