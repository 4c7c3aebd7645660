//! One automaton of all names that mean something on this site.
//!
//! A name is a path of words from the root of its language. Following it costs one look-up a word, so the time for a
//! page depends on its length, not on how many names there are.

mod difference;
mod names;
mod small_words;
mod table;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

pub use difference::{Difference, WordFilter};
pub(super) use small_words::flag;
use table::Table;

use super::figures;
use super::words::{self, Endings, Lexeme, LexemeKind};
use crate::bytes::Heads;
use crate::catalog::{Catalog, PageId};
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::name::{CitationKey, FactId, TermId};
use crate::registry::Registries;

/// All condition names and glossary terms, ready to be found in a text.
///
/// Two vocabularies are equal when they find the same things in every text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vocabulary {
    /// From the hash of a word to its number.
    words: Table,
    /// The heads of these words.
    heads: Heads,
    /// What a word is good for, by its number: the bits of [`flag`].
    flags: Vec<u16>,
    /// From a node and a word to the next node.
    edges: Table,
    /// Whether a name of any language begins with a word, by its number; most words are told by it.
    begins_name: Vec<bool>,
    /// Whether a word is a whole name of any language, by its number.
    is_name: Vec<bool>,
    /// The heads of words that [lead](Self::leads) to something.
    leading_heads: Heads,
    /// Whether some name begins with a mark.
    begins_with_mark: bool,
    /// What the path to a node means.
    meanings: Vec<Meaning>,
    /// The root of each language that has names.
    roots: Vec<(Arc<str>, u32)>,
    terms: Vec<TermId>,
    citations: HashSet<CitationKey>,
    /// The index of each fact in its registry.
    facts: HashMap<FactId, u32>,
}

/// What a path of words means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Nothing; a longer path may.
    Nothing,
    /// A condition, and whether the name itself ends with a possessive.
    Condition(PageId, bool),
    /// A term of the glossary, likewise.
    Term(u32, bool),
    /// A name that only search knows; it keeps shorter names inside it from being found.
    SearchOnly(PageId),
}

/// Numbers of words that are not in names.
pub(super) mod word {
    /// A word that is in no name.
    pub(crate) const UNKNOWN: u32 = 0;
    /// A mark that parts sentences, or the end of a block.
    pub(crate) const BREAK: u32 = 1;
    /// `,`
    pub(crate) const COMMA: u32 = 2;
    /// `/`
    pub(crate) const SLASH: u32 = 3;
    /// `&`
    pub(crate) const AMPERSAND: u32 = 4;
    /// An unknown word that starts with a digit.
    pub(crate) const NUMBER: u32 = 5;
    /// The first number for others.
    pub(crate) const FIRST: u32 = 6;
}

/// Makes the vocabulary; names that two things claim and names that cannot be linked are reported.
pub fn vocabulary(
    catalog: &Catalog,
    registries: &Registries,
    config: &Config,
) -> (Vocabulary, Vec<Diagnostic>) {
    let mut vocabulary = Vocabulary {
        flags: vec![0; word::FIRST as usize],
        begins_name: vec![false; word::FIRST as usize],
        terms: registries.glossary.iter().map(|term| term.id.clone()).collect(),
        citations: registries.references.iter().map(|reference| reference.key.clone()).collect(),
        ..Vocabulary::default()
    };
    for (index, fact) in registries.facts.iter().enumerate() {
        vocabulary.facts.entry(fact.id.clone()).or_insert(index as u32);
    }
    for (flags, small_words) in small_words::ENGLISH {
        for small_word in small_words {
            vocabulary.flag_words(small_word, Endings::English, flags);
        }
    }
    for (number, _) in figures::NUMBER_WORDS {
        vocabulary.flag_words(number, Endings::English, flag::NUMBER);
    }
    let diagnostics = names::add_all(&mut vocabulary, catalog, registries, config);
    vocabulary.add_leads();
    (vocabulary, diagnostics)
}

impl Vocabulary {
    /// The root of a language's names; `None` where it has no name.
    pub(super) fn root(&self, language: &str) -> Option<u32> {
        self.roots.iter().find(|(known, _)| **known == *language).map(|(_, root)| *root)
    }

    /// The heads of all words that have a number.
    pub(super) fn heads(&self) -> &Heads {
        &self.heads
    }

    /// The heads of all words that [lead](Self::leads) to something.
    pub(super) fn leading_heads(&self) -> &Heads {
        &self.leading_heads
    }

    /// Whether something may be found where a word stands: it is the first of a name, or a number where figures are
    /// looked for. Every member of a list that means something begins a name too.
    #[inline]
    pub(super) fn leads(&self, word: u32) -> bool {
        self.begins_name(word) || self.seeks_figures() && self.is(word, flag::NUMBER)
    }

    /// Whether a word that leads to something does so whatever follows.
    #[inline]
    pub(super) fn stands_alone(&self, word: u32) -> bool {
        self.is_name[word as usize] || self.seeks_figures() && self.is(word, flag::NUMBER)
    }

    /// Whether some name begins with a mark, not with a word.
    pub(super) fn begins_with_mark(&self) -> bool {
        self.begins_with_mark
    }

    /// Whether a mark parts what stands before it from what follows: no name holds it.
    pub(super) fn is_break(&self, mark: char) -> bool {
        self.words.get(mark_key(mark)).is_none()
    }

    /// Whether figures are looked for.
    pub(super) fn seeks_figures(&self) -> bool {
        !self.facts.is_empty()
    }

    /// The number of a word or mark; `text` is what the lexeme was found in.
    #[inline]
    pub(super) fn number(&self, lexeme: &Lexeme, text: &str) -> u32 {
        match lexeme.kind {
            LexemeKind::Word(hash) => self.number_of_word(hash, text.as_bytes()[lexeme.start as usize]),
            LexemeKind::Mark(',') => word::COMMA,
            LexemeKind::Mark('/') => word::SLASH,
            LexemeKind::Mark('&') => word::AMPERSAND,
            LexemeKind::Mark(mark) => self.words.get(mark_key(mark)).unwrap_or(word::BREAK),
        }
    }

    /// The number of a word by its hash and first byte.
    #[inline]
    pub(super) fn number_of_word(&self, hash: u64, first: u8) -> u32 {
        self.words.find(hash).unwrap_or_else(|| Self::number_of_unknown(first))
    }

    /// The number of a word that is in no name, by its first byte.
    #[inline]
    pub(super) fn number_of_unknown(first: u8) -> u32 {
        if first.is_ascii_digit() { word::NUMBER } else { word::UNKNOWN }
    }

    /// The node behind a word.
    pub(super) fn step(&self, node: u32, word: u32) -> Option<u32> {
        self.edges.get(edge_key(node, word))
    }

    /// Whether a name of any language begins with a word.
    #[inline]
    pub(super) fn begins_name(&self, word: u32) -> bool {
        self.begins_name[word as usize]
    }

    /// What the path to a node means.
    pub(super) fn meaning(&self, node: u32) -> Meaning {
        self.meanings[node as usize]
    }

    /// Whether a word is good for one of these.
    pub(super) fn is(&self, word: u32, flags: u16) -> bool {
        self.flags[word as usize] & flags != 0
    }

    /// The id of a term.
    pub(super) fn term(&self, index: u32) -> &TermId {
        &self.terms[index as usize]
    }

    /// Whether the bibliography has the source.
    pub(super) fn knows_source(&self, key: &str) -> bool {
        self.citations.contains(key)
    }

    /// The index of a fact in its registry.
    pub(super) fn fact(&self, id: &str) -> Option<u32> {
        self.facts.get(id).copied()
    }

    fn root_or_new(&mut self, language: &Arc<str>) -> u32 {
        if let Some(root) = self.root(language) {
            return root;
        }
        let root = self.new_node();
        self.roots.push((language.clone(), root));
        root
    }

    fn new_node(&mut self) -> u32 {
        self.meanings.push(Meaning::Nothing);
        self.meanings.len() as u32 - 1
    }

    /// The number of a word or mark of a name, a new one where it has none.
    fn number_or_new(&mut self, kind: LexemeKind) -> u32 {
        let key = match kind {
            LexemeKind::Word(hash) => hash,
            LexemeKind::Mark(',') => return word::COMMA,
            LexemeKind::Mark('/') => return word::SLASH,
            LexemeKind::Mark('&') => return word::AMPERSAND,
            LexemeKind::Mark(mark) => mark_key(mark),
        };
        let next = self.flags.len() as u32;
        let number = self.words.get_or_insert(key, next);
        if number == next {
            if matches!(kind, LexemeKind::Word(_)) {
                self.heads.add(words::beginning_of(key));
            }
            self.begins_name.push(false);
            self.flags.push(if matches!(kind, LexemeKind::Mark(_)) { flag::PUNCTUATION } else { 0 });
        }
        number
    }

    /// Notes by what names are found, once all are known.
    fn add_leads(&mut self) {
        let is_name = |word| {
            let mut nodes = self.roots.iter().filter_map(|(_, root)| self.step(*root, word));
            nodes.any(|node| self.meaning(node) != Meaning::Nothing)
        };
        self.is_name = (0..self.flags.len() as u32).map(is_name).collect();
        for (hash, number) in self.words.entries() {
            if self.leads(number) {
                self.leading_heads.add(words::beginning_of(hash));
            }
        }
        let is_mark = |number: u32| number < word::FIRST || self.is(number, flag::PUNCTUATION);
        self.begins_with_mark =
            (0..self.flags.len() as u32).any(|number| is_mark(number) && self.begins_name(number));
    }

    fn step_or_new(&mut self, node: u32, word: u32) -> u32 {
        let next = self.meanings.len() as u32;
        let found = self.edges.get_or_insert(edge_key(node, word), next);
        if found == next {
            self.new_node();
            self.begins_name[word as usize] |= self.roots.iter().any(|(_, root)| *root == node);
        }
        found
    }

    fn flag_words(&mut self, text: &str, endings: Endings, flags: u16) {
        let mut words = Vec::new();
        super::words::lexemes(text, endings, |lexeme| words.push(lexeme.kind));
        for kind in words.into_iter().filter(|kind| matches!(kind, LexemeKind::Word(1..))) {
            let number = self.number_or_new(kind);
            self.flags[number as usize] |= flags;
        }
    }
}

fn edge_key(node: u32, word: u32) -> u64 {
    // One more than the node, so that no key is 0.
    (u64::from(node) + 1) << 32 | u64::from(word)
}

fn mark_key(mark: char) -> u64 {
    1 << 63 | u64::from(u32::from(mark))
}
