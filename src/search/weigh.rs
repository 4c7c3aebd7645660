//! From counts to lists: words become stems, counts become impacts.
//!
//! The score of a document is the sum over the query's stems of idf^1.25 times the impact. An impact is BM25 (Robertson
//! and Zaragoza, "The Probabilistic Relevance Framework", 2009, equation 3.15) for each field alone, weighted and
//! summed, and written in 5 bits. Constants found by trial were tuned on the Cranfield collection alone.

use std::borrow::Cow;

use rayon::prelude::*;

use super::concept::Concepts;
use super::count::{Chunk, Counts, FIELDS, concept_word};
use super::intern::Interner;
use super::language::Language;
use super::posting::Posting;
use super::score;
use crate::bytes;

/// BM25's k1, the usual value; Cranfield is flat between 1.0 and 1.6.
const K1: f32 = 1.2;

/// BM25's b for title, names, headings, description and body.
const B: [f32; FIELDS] = [0.75, 0.3, 0.5, 0.75, 0.75];

/// What a field counts for, in the same order.
const WEIGHTS: [f32; FIELDS] = [1.75, 2.0, 0.8, 0.6, 1.0];

/// The impact of a concept on the document that is about it.
const OWN: u8 = 31;

/// Words, stems and what each document has of them.
pub(super) struct Weighed {
    /// What stands for the concepts, then all words, sorted, with the number of their stem.
    all: Vec<(Box<str>, u32)>,
    /// How many concepts there are.
    pub(super) concepts: usize,
    /// The number of terms: concepts, then stems in the order of their first words.
    pub(super) terms: usize,
    /// Postings of each document, one for each of its terms.
    pub(super) documents: Vec<Vec<Posting>>,
    /// In how many documents each term stands.
    pub(super) frequencies: Vec<u32>,
    /// For each document the texts that a reader may type as a whole, each as the places of its words among all.
    pub(super) questions: Vec<Vec<Vec<u32>>>,
}

/// Turns counts into impacts.
pub(super) fn weigh(mut chunks: Vec<Chunk>, concepts: &Concepts, language: &Language) -> Weighed {
    let (words, maps) = number_words(&chunks, concepts);
    let questions = questions(&mut chunks, &maps);
    let (words, terms) = number_stems(words, concepts, language);
    let average = averages(&chunks);
    let mut first = 0;
    let chunks: Vec<(usize, Chunk, Vec<u32>)> = chunks
        .into_iter()
        .zip(maps)
        .map(|(chunk, map)| {
            let at = first;
            first += chunk.documents.len();
            let map = map.into_iter().map(|word| words[word as usize].1).collect();
            (at, chunk, map)
        })
        .collect();
    let weighed: Vec<(Vec<Vec<Posting>>, Vec<u32>)> = chunks
        .into_par_iter()
        .map(|(first, chunk, terms_of)| {
            let mut gathered = Gathered::new(terms);
            let weigh_one = |(at, counted): (usize, super::count::Counted)| {
                let norms: [f32; FIELDS] = std::array::from_fn(|field| {
                    let share = if average[field] > 0.0 {
                        counted.lengths[field] as f32 / average[field]
                    } else {
                        1.0
                    };
                    K1 * (1.0 - B[field] + B[field] * share)
                });
                let impact = |fields: [u32; FIELDS]| {
                    let mut weight = 0.0;
                    for field in (0..FIELDS).filter(|&field| fields[field] > 0) {
                        let count = fields[field] as f32;
                        weight += WEIGHTS[field] * count * (K1 + 1.0) / (count + norms[field]);
                    }
                    score::impact(weight)
                };
                let own = concepts.of_document[first + at];
                gathered.postings(&counted.words, &terms_of, impact, own)
            };
            let documents = chunk.documents.into_iter().enumerate().map(weigh_one).collect();
            (documents, gathered.frequencies())
        })
        .collect();
    let (documents, frequencies): (Vec<_>, Vec<_>) = weighed.into_iter().unzip();
    let documents: Vec<Vec<Posting>> = documents.into_iter().flatten().collect();
    let frequencies = frequencies.into_iter().reduce(add).unwrap_or_else(|| vec![0; terms]);
    Weighed { all: words, concepts: concepts.names.len(), terms, documents, frequencies, questions }
}

/// In how many of the documents each term stands.
pub(super) fn frequencies(documents: &[Vec<Posting>], terms: usize) -> Vec<u32> {
    let share = documents.len().div_ceil(rayon::current_num_threads()).max(1);
    let count = |documents: &[Vec<Posting>]| {
        let mut frequencies = vec![0; terms];
        for posting in documents.iter().flatten() {
            frequencies[posting.number() as usize] += 1;
        }
        frequencies
    };
    documents.par_chunks(share).map(count).reduce_with(add).unwrap_or_else(|| vec![0; terms])
}

fn add(mut left: Vec<u32>, right: Vec<u32>) -> Vec<u32> {
    left.iter_mut().zip(right).for_each(|(left, right)| *left += right);
    left
}

impl Weighed {
    /// All words, sorted, with the numbers of their terms.
    pub(super) fn words(&self) -> &[(Box<str>, u32)] {
        &self.all[self.concepts..]
    }

    /// A word by its place among all; concepts have places, too.
    pub(super) fn at(&self, place: u32) -> &(Box<str>, u32) {
        &self.all[place as usize]
    }

    /// The term of a word, where a document or a name has the word.
    pub(super) fn term_of(&self, word: &str) -> Option<u32> {
        let words = self.words();
        let at = words.binary_search_by(|(other, _)| (**other).cmp(word)).ok()?;
        Some(words[at].1)
    }
}

/// Gives all chunks' words one sorted table; also the place in it of each chunk's words.
fn number_words(chunks: &[Chunk], concepts: &Concepts) -> (Vec<Box<str>>, Vec<Vec<u32>>) {
    let mut all: Interner = Interner::default();
    let mut maps: Vec<Vec<u32>> = chunks
        .iter()
        .map(|Chunk { words, .. }| {
            let numbers = 0..words.len() as u32;
            numbers.map(|word| all.number_by_key(words.word(word), words.key(word))).collect()
        })
        .collect();
    for word in concepts.names.iter().flatten().flat_map(|name| &name.words) {
        all.number(word);
    }
    for concept in 0..concepts.names.len() {
        all.number(&concept_word(concept));
    }
    // Most words differ in what a number holds of them, which is quicker to compare than text.
    let beginning = |number: u32| bytes::sixteen(all.word(number).as_bytes()).swap_bytes();
    let mut sorted: Vec<(u128, u32)> =
        (0..all.len() as u32).map(|number| (beginning(number), number)).collect();
    sorted.par_sort_unstable_by(|left, right| {
        left.0.cmp(&right.0).then_with(|| all.word(left.1).cmp(all.word(right.1)))
    });
    let mut places = vec![0; sorted.len()];
    for (place, &(_, number)) in sorted.iter().enumerate() {
        places[number as usize] = place as u32;
    }
    for number in maps.iter_mut().flatten() {
        *number = places[*number as usize];
    }
    (sorted.into_par_iter().map(|(_, number)| all.word(number).into()).collect(), maps)
}

/// Takes the questions of all documents, their words numbered by the one table.
fn questions(chunks: &mut [Chunk], maps: &[Vec<u32>]) -> Vec<Vec<Vec<u32>>> {
    let mut all = Vec::new();
    for (chunk, map) in chunks.iter_mut().zip(maps) {
        for counted in &mut chunk.documents {
            let mut questions = std::mem::take(&mut counted.questions);
            questions.iter_mut().flatten().for_each(|word| *word = map[*word as usize]);
            all.push(questions);
        }
    }
    all
}

/// Numbers the stems; concepts keep their own numbers, which come first.
fn number_stems(
    words: Vec<Box<str>>,
    concepts: &Concepts,
    language: &Language,
) -> (Vec<(Box<str>, u32)>, usize) {
    let count = concepts.names.len();
    let stems: Vec<Cow<str>> = words[count..].par_iter().map(|word| language.stem(word)).collect();
    let mut numbers: Interner = Interner::default();
    let terms: Vec<u32> =
        stems.iter().map(|stem| (count as u32 + numbers.number(stem)).min(Posting::LAST)).collect();
    drop(stems);
    let terms = (0..count as u32).chain(terms);
    let out = words.into_iter().zip(terms).collect();
    (out, count + numbers.len())
}

/// The average length of each field over the documents that have it.
fn averages(chunks: &[Chunk]) -> [f32; FIELDS] {
    let mut sums = [(0_u64, 0_u64); FIELDS];
    for counted in chunks.iter().flat_map(|chunk| &chunk.documents) {
        for (sum, length) in sums.iter_mut().zip(counted.lengths) {
            sum.0 += u64::from(length);
            sum.1 += u64::from(length > 0);
        }
    }
    sums.map(|(total, count)| if count == 0 { 0.0 } else { total as f32 / count as f32 })
}

/// Gathers the counts of one document's words by their terms.
struct Gathered {
    terms: Vec<Gathering>,
    /// What the first word of each of these terms has.
    first: Vec<Counts>,
    /// The words whose term stands there already: the place of the term, and what they have.
    others: Vec<(u32, Counts)>,
}

/// What is known of a term while documents are gathered.
#[derive(Clone, Copy, Default)]
struct Gathering {
    /// One more than its place among those of the document.
    place: u32,
    /// How many documents have it.
    found: u32,
}

impl Gathered {
    fn new(terms: usize) -> Self {
        Self { terms: vec![Gathering::default(); terms], first: Vec::new(), others: Vec::new() }
    }

    /// In how many of the documents each term stands.
    fn frequencies(self) -> Vec<u32> {
        self.terms.into_iter().map(|term| term.found).collect()
    }

    /// The postings of a document; counts of words of one stem are added up.
    fn postings(
        &mut self,
        words: &[(u32, Counts)],
        terms_of: &[u32],
        impact: impl Fn([u32; FIELDS]) -> u8,
        own: Option<u32>,
    ) -> Vec<Posting> {
        self.first.clear();
        self.others.clear();
        // Most terms stand a few times in the body and nowhere else.
        let in_body: [u8; 16] = std::array::from_fn(|count| impact([0, 0, 0, 0, count as u32]));
        let posting = |term: u32, fields: [u32; FIELDS], part: u8| {
            let in_title = fields[0] > 0 || fields[3] > 0;
            let impact = if own == Some(term) { OWN } else { impact(fields) };
            Posting::new(term, impact, if in_title { 0 } else { part })
        };
        let mut out = Vec::with_capacity(words.len());
        for &(word, counts) in words {
            let term = terms_of[word as usize];
            let known = &mut self.terms[term as usize];
            if known.place > 0 {
                self.others.push((known.place - 1, counts));
                continue;
            }
            self.first.push(counts);
            *known = Gathering { place: self.first.len() as u32, found: known.found + 1 };
            out.push(match counts.in_body_alone() {
                Some(count) if (count as usize) < in_body.len() && own != Some(term) => {
                    Posting::new(term, in_body[count as usize], counts.part())
                }
                _ => posting(term, counts.fields(), counts.part()),
            });
        }
        self.others.sort_by_key(|&(place, _)| place);
        for others in self.others.chunk_by(|left, right| left.0 == right.0) {
            let place = others[0].0 as usize;
            let all = [self.first[place]].into_iter().chain(others.iter().map(|&(_, counts)| counts));
            let (fields, part) = sum(all);
            out[place] = posting(out[place].number(), fields, part);
        }
        for posting in &out {
            self.terms[posting.number() as usize].place = 0;
        }
        out
    }
}

/// What all words of a term have together, and the part of that which has most.
fn sum(words: impl Iterator<Item = Counts>) -> ([u32; FIELDS], u8) {
    let mut sums = [0; FIELDS];
    let (mut most, mut part) = (0, 0);
    for counts in words {
        let fields = counts.fields();
        for (sum, count) in sums.iter_mut().zip(fields) {
            *sum += count;
        }
        let share = fields[2] * 3 + fields[4];
        // Of equal words the earlier part counts.
        if share > most || (share == most && counts.part() < part) {
            (most, part) = (share, counts.part());
        }
    }
    (sums, part)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::count;
    use super::super::document::{Document, Section, Vocabulary};
    use super::*;

    /// Documents whose words are in small ASCII letters between spaces, so that a split at spaces is all they need.
    fn documents() -> Vec<Document<'static>> {
        let words: Vec<&str> =
            "needle needles needling muscle muscles pain neck elbow treat treated treatment cost \
            rest heat tendon the of is what how"
                .split_whitespace()
                .collect();
        let mut state = 17_usize;
        let mut text = |length: usize| {
            let mut out = Vec::new();
            for _ in 0..length {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                out.push(words[(state >> 33) % words.len()]);
            }
            out.join(" ")
        };
        (0..60)
            .map(|number| Document {
                url: format!("/{number}/").into(),
                title: text(1 + number % 5).into(),
                description: text(number % 9).into(),
                questions: (0..number % 3).map(|_| text(4).into()).collect(),
                sections: (0..number % 4)
                    .map(|section| Section {
                        heading: text(section).into(),
                        text: text(30 * section + number).into(),
                        ..Section::default()
                    })
                    .collect::<Vec<_>>()
                    .into(),
                ..Document::default()
            })
            .collect()
    }

    /// How often each stem stands in each field, and how long the fields are, told by splitting at spaces.
    fn counted(document: &Document, language: &Language) -> (BTreeMap<String, [f64; FIELDS]>, [f64; FIELDS]) {
        let mut stems: BTreeMap<String, [f64; FIELDS]> = BTreeMap::new();
        let mut lengths = [0.0; FIELDS];
        let mut add = |text: &str, field: usize| {
            for word in text.split_whitespace() {
                let is_stop = language.is_stop_word(word);
                lengths[field] += f64::from(u8::from(!is_stop));
                if !is_stop || field < 3 {
                    stems.entry(language.stem(word).into_owned()).or_default()[field] += 1.0;
                }
            }
        };
        add(&document.title, 0);
        document.questions.iter().for_each(|question| add(question, 1));
        document.sections.get().iter().for_each(|section| add(&section.heading, 2));
        add(&document.description, 3);
        document.sections.get().iter().for_each(|section| add(&section.text, 4));
        (stems, lengths)
    }

    #[test]
    fn impacts_are_the_bm25_sums_of_a_plain_count() {
        let (documents, language) = (documents(), Language::new("en"));
        let documents: Vec<&Document> = documents.iter().collect();
        let concepts = Concepts::new(&documents, &Vocabulary::default(), &language);
        let weighed = weigh(count::count(&documents, &concepts, &language, 1200), &concepts, &language);
        let term_of: BTreeMap<String, u32> =
            weighed.all.iter().map(|(word, term)| (language.stem(word).into_owned(), *term)).collect();
        let plain: Vec<_> = documents.iter().map(|document| counted(document, &language)).collect();
        let average: [f64; FIELDS] = std::array::from_fn(|field| {
            let lengths = plain.iter().map(|(_, lengths)| lengths[field]).filter(|length| *length > 0.0);
            lengths.clone().sum::<f64>() / lengths.count() as f64
        });
        for ((stems, lengths), postings) in plain.iter().zip(&weighed.documents) {
            assert_eq!(stems.len(), postings.len());
            for (stem, counts) in stems {
                let sum: f64 = (0..FIELDS)
                    .map(|field| {
                        let b = f64::from(B[field]);
                        let norm = 1.2 * (1.0 - b + b * lengths[field] / average[field]);
                        f64::from(WEIGHTS[field]) * counts[field] * 2.2 / (counts[field] + norm)
                    })
                    .sum();
                let posting = postings.iter().find(|posting| posting.number() == term_of[stem]).unwrap();
                let impact = f64::from(posting.impact());
                let most = f64::from(score::MOST);
                let exact = (sum * score::value(score::MOST) / 6.0).powf(2.0 / 3.0).clamp(1.0, most);
                assert!((exact - impact).abs() < 0.51, "{stem}: {exact} is written as {impact}");
            }
        }
    }
}
