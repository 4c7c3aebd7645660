//! Names and synonyms: groups of phrases of one meaning, found in documents word by word.
//!
//! A group is a *concept*. Where a document holds one of its names, the concept counts as a word of that document, and
//! every name leads to the concept's list: so "whiplash" finds what is written about a "cervical sprain", and the
//! other way round, without a table in the browser.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::document::{Document, Vocabulary};
use super::language::Language;
use super::words::words;

/// The longest name that is looked for, in words that are no stop words.
pub(super) const LONGEST_NAME: usize = 6;

/// A name of a concept, as words without stop words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name {
    pub(super) words: Vec<String>,
    /// Whether the name says enough to be looked for in running text.
    pub(super) is_clear: bool,
}

/// All concepts of a site.
pub(super) struct Concepts {
    /// The names of each concept, sorted.
    pub(super) names: Vec<Vec<Name>>,
    /// The concept of each condition's document.
    pub(super) of_document: Vec<Option<u32>>,
    by_id: FxHashMap<String, u32>,
    stems: FxHashMap<String, u32>,
    /// How the words of names begin. Stemming keeps beginnings, so that most other words need no stemming here.
    beginnings: FxHashSet<String>,
    /// The concepts that a name stands for: two groups may have one in common.
    phrases: FxHashMap<Vec<u32>, Vec<u32>>,
    /// For each stem, the lengths of the names that it ends: bit n for names of n words.
    lengths: Vec<u8>,
    /// The first concept of the vocabulary's groups.
    first_group: usize,
}

impl Concepts {
    /// The concepts of conditions' documents and of the site's synonyms.
    pub(super) fn new(documents: &[&Document], vocabulary: &Vocabulary, language: &Language) -> Self {
        let mut concepts = Self {
            names: Vec::new(),
            of_document: vec![None; documents.len()],
            by_id: FxHashMap::default(),
            stems: FxHashMap::default(),
            beginnings: FxHashSet::default(),
            phrases: FxHashMap::default(),
            lengths: Vec::new(),
            first_group: 0,
        };
        for (number, document) in documents.iter().enumerate() {
            if !document.is_condition && document.also_called.is_empty() {
                continue;
            }
            let clear =
                [&document.title].into_iter().chain(&document.also_called).map(|name| (&**name, true));
            let unclear = document.search_only.iter().map(|name| (&**name, false));
            let concept = concepts.add(clear.chain(unclear), language);
            concepts.of_document[number] = Some(concept);
            if !document.id.is_empty() {
                concepts.by_id.insert(document.id.to_string(), concept);
            }
        }
        concepts.first_group = concepts.names.len();
        for group in &vocabulary.synonyms {
            concepts.add(group.iter().map(|name| (name.as_str(), true)), language);
        }
        concepts
    }

    fn add<'n>(&mut self, names: impl Iterator<Item = (&'n str, bool)>, language: &Language) -> u32 {
        let concept = u32::try_from(self.names.len()).expect("fewer concepts than documents and synonyms");
        let mut kept: BTreeMap<Vec<String>, bool> = BTreeMap::new();
        for (name, is_clear) in names {
            let words: Vec<String> =
                words(name).into_iter().map(|(word, _)| word).filter(|w| !language.is_stop_word(w)).collect();
            if words.is_empty() || words.len() > LONGEST_NAME {
                continue;
            }
            let stems: Vec<u32> =
                words.iter().map(|word| self.stem_id(language.stem(word).into_owned())).collect();
            for word in &words {
                self.beginnings
                    .extend(language.other_spelling(word).as_deref().map(beginning).map(str::to_owned));
                self.beginnings.insert(beginning(word).to_owned());
            }
            if is_clear {
                if let Some(last) = stems.last() {
                    self.lengths[*last as usize] |= 1 << stems.len();
                }
                let concepts = self.phrases.entry(stems).or_default();
                if !concepts.contains(&concept) {
                    concepts.push(concept);
                }
            }
            *kept.entry(words).or_default() |= is_clear;
        }
        self.names.push(kept.into_iter().map(|(words, is_clear)| Name { words, is_clear }).collect());
        concept
    }

    fn stem_id(&mut self, stem: String) -> u32 {
        let next = u32::try_from(self.stems.len()).expect("fewer stems than bytes of names");
        let id = *self.stems.entry(stem).or_insert(next);
        self.lengths.resize(self.stems.len(), 0);
        id
    }

    /// The number of a word's stem among the stems of names; `None` for words of no name.
    pub(super) fn stem_in_names(&self, word: &str, language: &Language) -> Option<u32> {
        if !self.beginnings.contains(beginning(word)) {
            return None;
        }
        self.stems.get(language.stem(word).as_ref()).copied()
    }

    /// The concept that a condition's id stands for.
    pub(super) fn of_id(&self, id: &str) -> Option<u32> {
        self.by_id.get(id).copied()
    }

    /// The numbers of the vocabulary's groups of which no name stands in any document; `is_found` tells of one concept.
    pub(super) fn groups_without_documents(&self, is_found: impl Fn(u32) -> bool) -> Vec<usize> {
        let groups = self.names.iter().enumerate().skip(self.first_group);
        // A group without names that can be looked for says nothing of the documents.
        let unused = groups.filter(|(concept, names)| !names.is_empty() && !is_found(*concept as u32));
        unused.map(|(concept, _)| concept - self.first_group).collect()
    }

    /// The concepts of the names that end where `recent` ends; one may come twice.
    ///
    /// Of conditions only those of the longest name count: "low back pain" says nothing of "back pain". The words of the
    /// vocabulary's groups stand for each other within longer names, too.
    pub(super) fn ending<'s>(&'s self, recent: &'s [u32]) -> impl Iterator<Item = u32> {
        let lengths = recent.last().map_or(0, |last| self.lengths[*last as usize]);
        let phrases = (1..=recent.len().min(LONGEST_NAME))
            .rev()
            .filter(move |length| lengths & 1 << length > 0)
            .filter_map(|length| self.phrases.get(&recent[recent.len() - length..]));
        let first_group = self.first_group as u32;
        phrases.enumerate().flat_map(move |(shorter, concepts)| {
            concepts.iter().copied().filter(move |&concept| shorter == 0 || concept >= first_group)
        })
    }
}

fn beginning(word: &str) -> &str {
    word.char_indices().nth(2).map_or(word, |(at, _)| &word[..at])
}
