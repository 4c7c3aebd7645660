//! The builder: documents in, files out. Same documents, same bytes, however many threads.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::de::IgnoredAny;

use super::built::Built;
use super::client;
use super::common;
use super::concept::{Concepts, Name};
use super::count;
use super::document::{Document, Settings, Vocabulary};
use super::language::{self, Language};
use super::lists::Lists;
use super::manifest::{self, Manifest};
use super::order;
use super::posting::Posting;
use super::question;
use super::shard;
use super::smooth;
use super::text::{self, Extent, Held, StoredDocument, TextFiles};
use super::weigh::{self, Weighed};
use super::wordlist;

/// Makes the search files of a site.
///
/// Each language of the documents has an index: the one of [`Settings::language`] lies directly under `search/`, the
/// others in `search/<language>/`. Without documents there is an index that finds nothing.
pub fn build(documents: &[Document], vocabulary: &Vocabulary, settings: &Settings) -> Built {
    let mut languages: BTreeMap<&str, Vec<(u32, &Document)>> = BTreeMap::new();
    languages.entry(&settings.language).or_default();
    for (number, document) in documents.iter().enumerate() {
        let language = if document.language.is_empty() { &*settings.language } else { &*document.language };
        languages.entry(language).or_default().push((number as u32, document));
    }
    let mut built = Built::default();
    for (language, mut own) in languages {
        own.sort_by(|(_, left), (_, right)| left.url.cmp(&right.url));
        let (numbers, own): (Vec<u32>, Vec<&Document>) = own.into_iter().unzip();
        let folder = if language == settings.language { String::new() } else { format!("{language}/") };
        let maker = Maker {
            all: documents,
            documents: &own,
            numbers: &numbers,
            settings,
            language: Language::new(language),
        };
        maker.build(vocabulary, &folder, &mut built);
    }
    built.sorted()
}

/// What the index of one language is made from.
struct Maker<'m, 'd> {
    all: &'m [Document<'d>],
    /// Those of the language, by address.
    documents: &'m [&'m Document<'d>],
    /// Their places among all.
    numbers: &'m [u32],
    settings: &'m Settings,
    language: Language,
}

impl Maker<'_, '_> {
    fn build(&self, vocabulary: &Vocabulary, folder: &str, built: &mut Built) {
        let (documents, settings, language) = (self.documents, self.settings, &self.language);
        let concepts = Concepts::new(documents, vocabulary, language);
        let chunks = count::count(documents, &concepts, language, settings.part);
        let extents: Vec<Extent> =
            chunks.iter().flat_map(|chunk| &chunk.documents).map(|counted| counted.extent).collect();
        let mut weighed = weigh::weigh(chunks, &concepts, language);
        let neighbours = order::neighbours(&weighed);
        let order = order::order(&neighbours);
        let by_document = smooth::smooth(&mut weighed, &neighbours, &order);
        let extents: Vec<Extent> = order.iter().map(|&document| extents[document as usize]).collect();
        let is_one = text::bytes(&extents) <= settings.one_file;
        let named = Named { order: &order, weighed: &weighed, concepts: &concepts, language };
        let (mut lists, (mut keys, leading, common, filters)) = rayon::join(
            || Lists::new(by_document, &weighed.frequencies),
            || {
                let keys = word_keys(weighed.words(), &weighed.frequencies, language);
                let known = if is_one { language::WEIGHTIEST } else { usize::MAX };
                let in_order = order.iter().map(|&document| documents[document as usize]);
                let (leading, (common, filters)) = rayon::join(
                    || named.keys(&keys, None),
                    || {
                        let common = common::near(&keys, language.common_words().take(known));
                        (common, text::filters(in_order))
                    },
                );
                (keys, leading, common, filters)
            },
        );
        add(&mut keys, leading, &mut lists);
        // They lead to no documents.
        keys.extend(common.into_iter().map(|word| (word.to_owned(), lists.push([]))));
        sort(&mut keys);
        let is_found = |concept: u32| weighed.frequencies[concept as usize] > 0;
        built.put_unused(concepts.groups_without_documents(is_found));
        let mut manifest = Manifest::new(folder, documents.len(), language);
        let numbers = order.iter().map(|&document| self.numbers[document as usize]).collect();
        let put = |built: &mut Built, name: String, bytes| built.put(format!("{folder}{name}"), bytes);
        if is_one {
            let texts =
                TextFiles::new(numbers, &extents, settings.part, usize::MAX, &mut Manifest::default());
            let bytes = one_file(&texts.whole(self.all, &filters), &keys, &lists, language);
            manifest.one = manifest::check(&bytes);
            put(built, format!("all-{}.txt", manifest.one), bytes);
        } else {
            let texts = TextFiles::new(numbers, &extents, settings.part, settings.text_files, &mut manifest);
            let mut files = Vec::new();
            let starts = cut(&keys, &lists, settings.shard);
            let leading = named.keys(&keys, Some(&starts));
            add(&mut keys, leading, &mut lists);
            sort(&mut keys);
            put_shards(&keys, &lists, &starts, &mut manifest, &mut files);
            put_words(&keys, &lists, &mut manifest, &mut files);
            manifest.filters = manifest::check(filters.as_bytes());
            files.push((format!("filters-{}.txt", manifest.filters), filters.into_bytes()));
            files.into_iter().for_each(|(name, bytes)| put(built, name, bytes));
            built.put_texts(&format!("{folder}{}/", manifest.texts), texts);
        }
        let json = serde_json::to_string(&manifest).expect("a manifest holds text and numbers only");
        put(built, "search.js".to_owned(), client::module(&manifest).into_bytes());
        put(built, "manifest.json".to_owned(), json.into_bytes());
    }
}

/// The texts and the shard of everything, which leaves out what the texts tell.
fn one_file(texts: &[u8], keys: &[(String, u32)], lists: &Lists, language: &Language) -> Vec<u8> {
    let (_, stored): (IgnoredAny, Vec<StoredDocument>) =
        serde_json::from_slice(texts).expect("the texts were written by this program right before");
    let held = text::held(&stored, |word| language.is_stop_word(word));
    manifest::join(texts, &shard_of(keys, lists, &held))
}

/// What the key of a name or of a whole question leads to.
enum Leading {
    /// All that these concepts lead to.
    Concepts(Vec<u32>),
    Documents(Vec<Posting>),
}

/// Adds keys with their lists. The keys are to be sorted again.
fn add(keys: &mut Vec<(String, u32)>, added: Vec<(String, Leading)>, lists: &mut Lists) {
    keys.extend(added.into_iter().map(|(key, leading)| {
        let list = match leading {
            Leading::Concepts(concepts) => list_of_all(&concepts, lists),
            Leading::Documents(documents) => lists.push(documents),
        };
        (key, list)
    }));
}

/// What names of concepts and whole questions are made from.
#[derive(Clone, Copy)]
struct Named<'n> {
    order: &'n [u32],
    weighed: &'n Weighed,
    concepts: &'n Concepts,
    language: &'n Language,
}

impl Named<'_> {
    /// The keys of names and questions that are to be added to the sorted keys.
    ///
    /// Each word stands in them as the first form of its term in the shard where it is looked up. Where a term's forms
    /// begin differently ("edema", "oedema"), it is in two shards: so once the shards' first keys are known, names and
    /// questions are added again by the first forms of the second shard.
    fn keys(self, keys: &[(String, u32)], starts: Option<&[String]>) -> Vec<(String, Leading)> {
        let Self { order, weighed, concepts, language } = self;
        let FirstKeys { first, is_second } = first_keys(keys, starts.unwrap_or_default(), weighed.terms);
        let is_again = starts.is_some();
        if is_again && !is_second.contains(&true) {
            return Vec::new();
        }
        let is_new =
            |key: &str| !is_again || keys.binary_search_by(|(other, _)| shard::compare(other, key)).is_err();
        let first_of = |word: &str| weighed.term_of(word).and_then(|term| first[term as usize]);
        let of_term = |term: u32| first[term as usize];
        let is_wanted = |term: u32| !is_again || is_second[term as usize];
        let names = name_keys(concepts, first_of).into_iter();
        let names = names.map(|(key, concepts)| (key, Leading::Concepts(concepts)));
        let questions = question::keys(weighed, order, language, of_term, is_wanted).into_iter();
        let questions = questions.map(|(key, documents)| (key, Leading::Documents(documents)));
        names.chain(questions).filter(|(key, _)| is_new(key)).collect()
    }
}

/// The words by which terms stand in names and questions.
struct FirstKeys<'k> {
    /// The first of each term's words; with shards that of its second shard, where it has two.
    first: Vec<Option<&'k str>>,
    /// Whether a term has a second shard.
    is_second: Vec<bool>,
}

fn first_keys<'k>(keys: &'k [(String, u32)], starts: &[String], terms: usize) -> FirstKeys<'k> {
    let mut first: Vec<Option<&str>> = vec![None; terms];
    let mut shard_of: Vec<usize> = vec![0; terms];
    let mut is_second = vec![false; terms];
    let mut number = 0;
    for (key, term) in keys.iter().filter(|(key, _)| !key.contains([' ', '?'])) {
        while starts.get(number).is_some_and(|start| shard::compare(start, key).is_le()) {
            number += 1;
        }
        let Some(slot) = first.get_mut(*term as usize) else { continue };
        let term = *term as usize;
        if slot.is_none() || (shard_of[term] != number && !is_second[term]) {
            is_second[term] = slot.is_some();
            shard_of[term] = number;
            *slot = Some(key);
        }
    }
    FirstKeys { first, is_second }
}

/// The words, which are sorted, and their other spellings where these are no words themselves.
fn word_keys(words: &[(Box<str>, u32)], frequencies: &[u32], language: &Language) -> Vec<(String, u32)> {
    let is_found = |term: u32| frequencies[term as usize] > 0;
    let is_key = |word: &str, term: u32| is_found(term) || !language.is_stop_word(word);
    let mut keys: Vec<(String, u32)> = Vec::with_capacity(words.len() + words.len() / 16);
    keys.extend(
        words.iter().filter(|(word, term)| is_key(word, *term)).map(|(word, term)| (word.to_string(), *term)),
    );
    let mut others: BTreeMap<String, u32> = BTreeMap::new();
    for (word, term) in words.iter().filter(|(word, term)| is_key(word, *term)) {
        if let Some(other) = language.other_spelling(word)
            && keys.binary_search_by(|(key, _)| key.as_str().cmp(&other)).is_err()
        {
            others.entry(other).or_insert(*term);
        }
    }
    keys.extend(others);
    sort(&mut keys);
    keys
}

/// The list of all concepts that share a name; what is about one of them counts in full.
fn list_of_all(concepts: &[u32], lists: &mut Lists) -> u32 {
    if let [concept] = concepts {
        return *concept;
    }
    let mut best: BTreeMap<u32, Posting> = BTreeMap::new();
    for &posting in concepts.iter().flat_map(|&concept| lists.get(concept)) {
        let known = best.entry(posting.number()).or_insert(posting);
        if known.impact() < posting.impact() {
            *known = posting;
        }
    }
    lists.push(best.into_values())
}

/// The names of concepts, with the concepts: their words' first forms in order, and a mark that tells clear names from
/// others.
fn name_keys<'k>(
    concepts: &Concepts,
    first_of: impl Fn(&str) -> Option<&'k str>,
) -> BTreeMap<String, Vec<u32>> {
    let mut names: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (concept, group) in concepts.names.iter().enumerate() {
        for Name { words, is_clear } in group {
            let mut words: Vec<&str> = words.iter().filter_map(|word| first_of(word)).collect();
            words.sort_by(|left, right| shard::compare(left, right));
            let end = if *is_clear { " " } else { "?" };
            let concepts = names.entry(words.join(" ") + end).or_default();
            if concepts.last() != Some(&(concept as u32)) {
                concepts.push(concept as u32);
            }
        }
    }
    names
}

fn sort(keys: &mut [(String, u32)]) {
    keys.sort_by(|left, right| shard::compare(&left.0, &right.0));
}

fn shard_of(keys: &[(String, u32)], lists: &Lists, held: &Held) -> Vec<u8> {
    let mut numbers: FxHashMap<u32, usize> = FxHashMap::default();
    let mut local: Vec<&[Posting]> = Vec::new();
    let keys: Vec<(&str, usize)> = keys
        .iter()
        .map(|(key, term)| {
            let number = *numbers.entry(*term).or_insert_with(|| {
                local.push(lists.get(*term));
                local.len() - 1
            });
            (key.as_str(), number)
        })
        .collect();
    shard::encode(&keys, &local, held)
}

/// Cuts the keys into shards where the first three letters change, or four where three hold too much; gives the first
/// key of each shard but the first.
fn cut(keys: &[(String, u32)], lists: &Lists, target: usize) -> Vec<String> {
    let mut cuts: Vec<String> = Vec::new();
    let mut filled = 0;
    let mut in_shard = vec![usize::MAX; lists.len()];
    for pair in keys.windows(2) {
        let [(before, term), (key, _)] = pair else { continue };
        let list = *term as usize;
        filled += 5 + if in_shard[list] == cuts.len() { 0 } else { 1 + lists.get(*term).len() * 3 };
        in_shard[list] = cuts.len();
        let letters = if filled > 2 * target { 4 } else { 3 };
        let is_same = || before.chars().take(letters).eq(key.chars().take(letters));
        if filled >= target && !key.contains([' ', '?']) && !is_same() {
            cuts.push(key.clone());
            filled = 0;
        }
    }
    cuts
}

/// Writes the shards that begin at the given keys.
fn put_shards(
    keys: &[(String, u32)],
    lists: &Lists,
    starts: &[String],
    manifest: &mut Manifest,
    files: &mut Vec<(String, Vec<u8>)>,
) {
    let at = |start: &String| keys.partition_point(|(key, _)| shard::compare(key, start).is_lt());
    let cuts: Vec<usize> = [0].into_iter().chain(starts.iter().map(at)).chain([keys.len()]).collect();
    let shard = |ends: &[usize]| {
        let bytes = shard_of(&keys[ends[0]..ends[1]], lists, &Held::default());
        (manifest::check(&bytes), bytes)
    };
    let shards: Vec<(String, Vec<u8>)> = cuts.par_windows(2).map(shard).collect();
    for (number, ((check, bytes), start)) in shards.into_iter().zip(cuts).enumerate() {
        let key = keys.get(start).map_or("", |(key, _)| key);
        let before = start.checked_sub(1).map_or("", |before| &keys[before].0);
        let key = beginning(before, key).to_owned();
        files.push((format!("{number}-{check}.txt"), bytes));
        manifest.shards.push((key, check));
    }
}

/// As much of a key as tells it from the one before, so that what is typed of a word leads to the word's own shard.
fn beginning<'k>(before: &str, key: &'k str) -> &'k str {
    let shared = before.chars().zip(key.chars()).take_while(|(left, right)| left == right).count();
    let end = key.char_indices().nth(shared + 1).map_or(key.len(), |(end, _)| end);
    &key[..end]
}

/// Writes the lists of words, by length, in which misspelt words are looked up.
fn put_words(
    keys: &[(String, u32)],
    lists: &Lists,
    manifest: &mut Manifest,
    files: &mut Vec<(String, Vec<u8>)>,
) {
    let words = keys.iter().map(|(key, term)| (key.as_str(), lists.get(*term).len()));
    for (length, text) in wordlist::encode(words).into_iter().enumerate() {
        let bytes = text.into_bytes();
        let check = if bytes.is_empty() { String::new() } else { manifest::check(&bytes) };
        if !bytes.is_empty() {
            files.push((format!("words-{length}-{check}.txt"), bytes));
        }
        manifest.words.push(check);
    }
}
