//! Whole questions: a query with just the words of a page's title, of one of its keywords, or of a question it answers,
//! finds that page.
//!
//! Where the words are common everywhere ("neck", "what is dry needling"), no word alone tells the page. So each title,
//! keyword and question has a key of its own, made from all of its words, stop words too, in any order. It begins with one of
//! the words, and so lies in a shard that the query loads anyway; the rest is a short hash.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::language::Language;
use super::manifest;
use super::posting::Posting;
use super::score;
use super::shard;
use super::weigh::Weighed;

/// The most words of a question that has a key; longer titles are never typed as they stand.
const MOST_WORDS: usize = 9;

/// The key of a whole question, from the first forms of its words and from its stop words.
pub(super) fn key<'w>(mut names: Vec<&'w str>, mut stop_words: Vec<&'w str>) -> Option<String> {
    for list in [&mut names, &mut stop_words] {
        list.sort_by(|left, right| shard::compare(left, right));
        list.dedup();
    }
    let first = *names.first()?;
    names.append(&mut stop_words);
    let hash = manifest::check(names.join(" ").as_bytes());
    Some(format!("{first} {}", &hash[3..]))
}

/// Whether a key of the index is that of a whole question.
pub(super) fn is_key(key: &str) -> bool {
    key.contains(' ') && !key.ends_with([' ', '?'])
}

/// Whether a title or question of so many words has a key.
pub(super) fn is_short(words: usize) -> bool {
    words <= MOST_WORDS
}

/// The keys of all documents' titles and questions with the documents, by their new numbers; in no special order, but
/// always the same.
///
/// `first_of` gives the first form of a term, and `None` where it has none; only questions with a term that is wanted
/// have their keys made.
pub(super) fn keys<'k>(
    weighed: &Weighed,
    order: &[u32],
    language: &Language,
    first_of: impl Fn(u32) -> Option<&'k str> + Sync,
    is_wanted: impl Fn(u32) -> bool + Sync,
) -> Vec<(String, Vec<Posting>)> {
    let keys_of = |&document: &u32| -> Vec<String> {
        let questions = &weighed.questions[document as usize];
        let is_wanted = |question: &&Vec<u32>| question.iter().any(|&word| is_wanted(weighed.at(word).1));
        questions
            .iter()
            .filter(is_wanted)
            .filter_map(|words| key_of(words, weighed, language, &first_of))
            .collect()
    };
    let found: Vec<Vec<String>> = order.par_iter().map(keys_of).collect();
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    let mut keys: Vec<(String, Vec<Posting>)> = Vec::new();
    for (number, key) in found
        .into_iter()
        .enumerate()
        .flat_map(|(number, keys)| keys.into_iter().map(move |key| (number as u32, key)))
    {
        let place = *places.entry(key).or_insert_with_key(|key| {
            keys.push((key.clone(), Vec::new()));
            keys.len() - 1
        });
        let entries = &mut keys[place].1;
        if entries.last().is_none_or(|last| last.number() != number) {
            entries.push(Posting::new(number, score::MOST, 0));
        }
    }
    keys
}

/// The key of a question, which is given by the places of its words among all.
fn key_of<'k>(
    question: &[u32],
    weighed: &Weighed,
    language: &Language,
    first_of: impl Fn(u32) -> Option<&'k str>,
) -> Option<String> {
    let words = question.iter().map(|&word| weighed.at(word));
    let (mut stop_words, mut others): (Vec<_>, Vec<_>) =
        words.partition(|(word, _)| language.is_stop_word(word));
    if others.is_empty() {
        std::mem::swap(&mut stop_words, &mut others);
    }
    let names: Option<Vec<&str>> = others.into_iter().map(|(_, term)| first_of(*term)).collect();
    let stop_words = stop_words.into_iter().map(|(word, _)| &**word).collect();
    key(names?, stop_words)
}
