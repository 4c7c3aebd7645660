//! Counting: how often each word stands in each field of each document, and in which part of it most.

use std::ops::Range;

use rayon::prelude::*;

use super::concept::{Concepts, LONGEST_NAME};
use super::document::Document;
use super::intern::Interner;
use super::language::Language;
use super::part;
use super::question;
use super::tally::{Info, Tally};
use super::text::Extent;
use super::words::each_word;

/// The fields of a document; each has a weight and an average length of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    /// Keywords, questions and other names.
    Names,
    Headings,
    Description,
    Body,
}

pub(super) const FIELDS: usize = 5;

/// How often one word stands in one document, by field, in 32 bits; and the part of the document that has most of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts(u32);

impl Counts {
    const BITS: [u32; FIELDS] = [3, 4, 4, 3, 14];
    const PART_BITS: u32 = 4;

    pub(super) fn pack(fields: [u16; FIELDS], part: u8) -> Self {
        let mut packed = u32::from(part);
        let mut shift = Self::PART_BITS;
        for (count, bits) in fields.into_iter().zip(Self::BITS) {
            packed |= u32::from(count).min((1 << bits) - 1) << shift;
            shift += bits;
        }
        Self(packed)
    }

    /// The counts by field.
    pub(super) fn fields(self) -> [u32; FIELDS] {
        let mut shift = Self::PART_BITS;
        Self::BITS.map(|bits| {
            let count = (self.0 >> shift) & ((1 << bits) - 1);
            shift += bits;
            count
        })
    }

    /// The part with most occurrences.
    pub(super) fn part(self) -> u8 {
        (self.0 & 15) as u8
    }
}

/// The most parts that a document is cut into, so that a part's number fits its bits.
pub(super) const MOST_PARTS: usize = 15;

/// What was counted in one document.
pub(super) struct Counted {
    /// Numbers of words, in the table of the chunk, with their counts.
    pub(super) words: Vec<(u32, Counts)>,
    /// The words of each text that a reader may type as a whole, by their numbers in the table of the chunk.
    pub(super) questions: Vec<Vec<u32>>,
    /// The number of words in each field, stop words left out.
    pub(super) lengths: [u32; FIELDS],
    /// What its texts take.
    pub(super) extent: Extent,
}

/// A run of documents that were counted with one table of words.
pub(super) struct Chunk {
    /// The words by their numbers; the first ones stand for the concepts.
    pub(super) words: Interner,
    pub(super) documents: Vec<Counted>,
}

/// Counts all documents, in chunks; how they are cut into chunks leaves no trace in what follows.
pub(super) fn count(
    documents: &[&Document],
    concepts: &Concepts,
    language: &Language,
    part_bytes: usize,
) -> Vec<Chunk> {
    let chunk = documents.len().div_ceil(2 * rayon::current_num_threads()).max(16);
    documents
        .par_chunks(chunk)
        .enumerate()
        .map(|(number, slice)| {
            let mut counter = Counter::new(concepts, language);
            let first = number * chunk;
            let documents = slice
                .iter()
                .enumerate()
                .map(|(at, document)| {
                    counter.document(document, concepts.of_document[first + at], part_bytes)
                })
                .collect();
            Chunk { words: counter.words, documents }
        })
        .collect()
}

/// What stands for a concept in a table of words: no word holds a control character.
pub(super) fn concept_word(concept: usize) -> String {
    format!("\u{1}{concept:06}")
}

/// A stretch of the document's words.
struct Text {
    field: Field,
    part: u8,
    tokens: Range<usize>,
}

struct Counter<'a> {
    words: Interner,
    /// What is known of each word.
    infos: Vec<Info>,
    tally: Tally,
    /// The document's words in their order, by their numbers in the tally.
    tokens: Vec<u32>,
    texts: Vec<Text>,
    lengths: [u32; FIELDS],
    recent: Vec<u32>,
    concepts: &'a Concepts,
    language: &'a Language,
}

impl<'a> Counter<'a> {
    fn new(concepts: &'a Concepts, language: &'a Language) -> Self {
        let mut words = Interner::default();
        for concept in 0..concepts.names.len() {
            words.number(&concept_word(concept));
        }
        Self {
            infos: vec![Info::default(); words.len()],
            words,
            tally: Tally::default(),
            tokens: Vec::new(),
            texts: Vec::new(),
            lengths: [0; FIELDS],
            recent: Vec::new(),
            concepts,
            language,
        }
    }

    fn document(&mut self, document: &Document, own: Option<u32>, part_bytes: usize) -> Counted {
        self.tally.clear();
        self.tokens.clear();
        self.text(&document.title, Field::Title, 0);
        for name in document.keywords.iter().chain(&document.questions) {
            self.text(name, Field::Names, 0);
        }
        for name in document.also_called.iter().chain(&document.search_only) {
            self.text(name, Field::Names, 0);
        }
        self.text(&document.description, Field::Description, 0);
        let sections = document.sections.get();
        let parts = part::cut(&sections, part_bytes);
        for (number, part) in parts.iter().enumerate() {
            let number = u8::try_from(number).expect("at most 15 parts");
            for piece in &part.pieces {
                let section = &sections[piece.section];
                if piece.is_start() {
                    self.text(&section.heading, Field::Headings, number);
                }
                self.text(&section.text[piece.range.clone()], Field::Body, number);
            }
        }
        self.look_up();
        let questions = self.questions(document);
        self.add_up();
        let about = document.conditions.iter().filter_map(|id| self.concepts.of_id(id));
        for concept in about.chain(own).collect::<Vec<_>>() {
            self.tally.concept(concept).add(Field::Names, 0);
        }
        let extent = Extent::of(document, &sections, parts.len());
        Counted { words: self.tally.counted(), questions, lengths: self.lengths, extent }
    }

    fn text(&mut self, text: &str, field: Field, part: u8) {
        let start = self.tokens.len();
        let mut count =
            |text: &str| each_word(text, |word, key, _| self.tokens.push(self.tally.number(word, key)));
        if memchr::memchr(b'@', text.as_bytes()).is_some() {
            text.split_whitespace().filter(|word| !is_address(word)).for_each(count);
        } else {
            count(text);
        }
        self.texts.push(Text { field, part, tokens: start..self.tokens.len() });
    }

    /// Looks the different words up in the large table: one after the other, so that the waits for memory overlap.
    fn look_up(&mut self) {
        for number in 0..self.tally.len() {
            let key = self.tally.known(number).key;
            let word = self.tally.word(number);
            let id = self.words.number_by_key(word, key);
            if id as usize == self.infos.len() {
                self.infos.push(info(word, self.concepts, self.language));
            }
            let known = self.tally.known(number);
            (known.id, known.info) = (id, self.infos[id as usize]);
        }
    }

    /// The words of the document's title, of its keywords and of the questions it answers, where they are few enough;
    /// the titles of conditions are names of concepts already.
    fn questions(&mut self, document: &Document) -> Vec<Vec<u32>> {
        let Self { tally, tokens, texts, .. } = self;
        let title = (!document.is_condition).then_some(0);
        title
            .into_iter()
            .chain(1..1 + document.keywords.len() + document.questions.len())
            .map(|text| &tokens[texts[text].tokens.clone()])
            .filter(|tokens| question::is_short(tokens.len()))
            .map(|tokens| tokens.iter().map(|&token| tally.known(token).id).collect())
            .collect()
    }

    /// Counts the words by their fields, and the concepts whose names they make.
    fn add_up(&mut self) {
        let Self { tally, tokens, texts, lengths, recent, concepts, .. } = self;
        let mut ended: Vec<u32> = Vec::new();
        lengths.fill(0);
        for Text { field, part, tokens: range } in texts.drain(..) {
            recent.clear();
            for &token in &tokens[range] {
                let known = tally.known(token);
                if known.info == Info::Stop {
                    if !matches!(field, Field::Body | Field::Description) {
                        known.cell.add(field, part);
                    }
                    continue;
                }
                known.cell.add(field, part);
                lengths[field as usize] += 1;
                let Info::Named(stem) = known.info else {
                    recent.clear();
                    continue;
                };
                if recent.len() == 2 * LONGEST_NAME {
                    recent.drain(..LONGEST_NAME);
                }
                recent.push(stem);
                ended.clear();
                for concept in concepts.ending(recent) {
                    // Two names of one concept that end together are one.
                    if !ended.contains(&concept) {
                        ended.push(concept);
                        tally.concept(concept).add(field, part);
                    }
                }
            }
        }
    }
}

/// Whether it is an e-mail address: its parts look like words and are none, such as "dryneedling".
fn is_address(word: &str) -> bool {
    word.split_once('@').is_some_and(|(name, host)| {
        name.ends_with(char::is_alphanumeric)
            && host.starts_with(char::is_alphanumeric)
            && host.trim_end_matches(|c: char| !c.is_alphanumeric()).contains('.')
    })
}

fn info(word: &str, concepts: &Concepts, language: &Language) -> Info {
    if language.is_stop_word(word) {
        return Info::Stop;
    }
    concepts.stem_in_names(word, language).map_or(Info::Plain, Info::Named)
}
