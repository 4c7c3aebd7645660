//! Counting: how often each word stands in each field of each document, and in which part of it most.

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
    const SHIFTS: [u32; FIELDS] = [4, 7, 11, 15, 18];
    const PART: u32 = 15;

    /// One more in a field, where it is counted and there is room.
    #[inline]
    pub(super) fn plus(self, field: Field, is_counted: bool) -> Self {
        let (bits, shift) = (Self::BITS[field as usize], Self::SHIFTS[field as usize]);
        let most = (1 << bits) - 1;
        let has_room = (self.0 >> shift) & most < most;
        Self(self.0 + (u32::from(is_counted & has_room) << shift))
    }

    /// The same with another count of the body, as far as there is room.
    #[inline]
    pub(super) fn with_body(self, count: u32) -> Self {
        let (bits, shift) = (Self::BITS[Field::Body as usize], Self::SHIFTS[Field::Body as usize]);
        Self(self.0 & ((1 << shift) - 1) | count.min((1 << bits) - 1) << shift)
    }

    /// Whether no field has any.
    #[inline]
    pub(super) fn is_empty(self) -> bool {
        self.0 & !Self::PART == 0
    }

    /// The same with another part.
    #[inline]
    pub(super) fn in_part(self, part: u8) -> Self {
        Self(self.0 & !Self::PART | u32::from(part) & Self::PART)
    }

    /// The counts by field.
    #[inline]
    pub(super) fn fields(self) -> [u32; FIELDS] {
        std::array::from_fn(|field| (self.0 >> Self::SHIFTS[field]) & ((1 << Self::BITS[field]) - 1))
    }

    /// The count of the body, where no other field has any.
    #[inline]
    pub(super) fn in_body_alone(self) -> Option<u32> {
        let body = Self::SHIFTS[Field::Body as usize];
        (self.0 & ((1 << body) - 1) & !Self::PART == 0).then_some(self.0 >> body)
    }

    /// The part with most occurrences.
    #[inline]
    pub(super) fn part(self) -> u8 {
        (self.0 & Self::PART) as u8
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
    let chunk = documents.len().div_ceil(rayon::current_num_threads()).max(16);
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
            Chunk { words: counter.tally.into_words(), documents }
        })
        .collect()
}

/// What stands for a concept in a table of words: no word holds a control character.
pub(super) fn concept_word(concept: usize) -> String {
    format!("\u{1}{concept:06}")
}

struct Counter<'a> {
    tally: Tally,
    lengths: [u32; FIELDS],
    /// The stems in names of the words just before.
    recent: Vec<u32>,
    /// The concepts of which a name ends with the last of them.
    ended: Vec<u32>,
    concepts: &'a Concepts,
    language: &'a Language,
}

impl<'a> Counter<'a> {
    fn new(concepts: &'a Concepts, language: &'a Language) -> Self {
        Self {
            tally: Tally::new((0..concepts.names.len()).map(concept_word)),
            lengths: [0; FIELDS],
            recent: Vec::new(),
            ended: Vec::new(),
            concepts,
            language,
        }
    }

    fn document(&mut self, document: &Document, own: Option<u32>, part_bytes: usize) -> Counted {
        self.tally.clear();
        self.lengths.fill(0);
        let mut questions = Vec::new();
        self.text(&document.title, Field::Title, 0);
        // The titles of conditions are names of concepts already.
        if !document.is_condition {
            questions.extend(self.question());
        }
        for name in document.keywords.iter().chain(&document.questions) {
            self.text(name, Field::Names, 0);
            questions.extend(self.question());
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
        let about = document.conditions.iter().filter_map(|id| self.concepts.of_id(id));
        for concept in about.chain(own) {
            self.tally.count_concept(concept, Field::Names, 0);
        }
        let extent = Extent::of(document, &sections, parts.len());
        Counted { words: self.tally.counted(), questions, lengths: self.lengths, extent }
    }

    /// Counts the words of a text, and the concepts whose names they make.
    fn text(&mut self, text: &str, field: Field, part: u8) {
        let Self { tally, lengths, concepts, language, .. } = self;
        tally.start_text(part);
        let info = |new: &str| info(new, concepts, language);
        let mut read = |text: &str| each_word(text, |word, _| tally.read(word, field, part, info));
        if memchr::memchr(b'@', text.as_bytes()).is_some() {
            text.split_whitespace().filter(|word| !is_address(word)).for_each(read);
        } else {
            read(text);
        }
        lengths[field as usize] += tally.count(field, part, info);
        self.names(field, part);
    }

    /// Counts the concepts whose names stand in the last text.
    fn names(&mut self, field: Field, part: u8) {
        let Self { tally, recent, ended, concepts, .. } = self;
        recent.clear();
        let mut next = 0;
        for at in 0..tally.named().len() {
            let (stem, place) = tally.named()[at];
            if place != next {
                // Another word stands between, which is of no name.
                recent.clear();
            }
            next = place + 1;
            if recent.len() == 2 * LONGEST_NAME {
                recent.drain(..LONGEST_NAME);
            }
            recent.push(stem);
            ended.clear();
            for concept in concepts.ending(recent) {
                // Two names of one concept that end together are one.
                if !ended.contains(&concept) {
                    ended.push(concept);
                    tally.count_concept(concept, field, part);
                }
            }
        }
    }

    /// The words of the last text, where they are few enough to be typed as a whole.
    fn question(&self) -> Option<Vec<u32>> {
        let tokens = self.tally.tokens();
        question::is_short(tokens.len()).then(|| tokens.to_vec())
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
        return Info::STOP;
    }
    concepts.stem_in_names(word, language).map_or(Info::PLAIN, Info::named)
}
