//! Whole questions: a query with just the words of a page's title, or of a question it answers, finds that page.
//!
//! Where the other words are common everywhere ("what is dry needling"), no word alone tells the page. So each title
//! and question has a key of its own, made from all of its words, stop words too, in any order. It begins with one of
//! the words, and so lies in a shard that the query loads anyway; the rest is a short hash.

use std::collections::BTreeMap;

use super::document::Document;
use super::language::Language;
use super::manifest;
use super::score;
use super::shard::{self, Entry};
use super::words::words;

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

/// The keys of all documents' titles and questions with the documents, by their new numbers.
///
/// `first_of` gives the first form of a word's list. The titles of conditions are names of concepts already.
pub(super) fn keys<'k>(
    documents: &[&Document],
    order: &[u32],
    language: &Language,
    first_of: impl Fn(&str) -> Option<&'k str>,
) -> BTreeMap<String, Vec<Entry>> {
    let mut keys: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    for (number, &document) in order.iter().enumerate() {
        let document = documents[document as usize];
        let title = (!document.is_condition).then_some(&document.title);
        for text in title.into_iter().chain(&document.questions) {
            let words: Vec<String> = words(text).into_iter().map(|(word, _)| word).collect();
            if words.len() > MOST_WORDS {
                continue;
            }
            let (mut stop_words, mut others): (Vec<&str>, Vec<&str>) =
                words.iter().map(String::as_str).partition(|word| language.is_stop_word(word));
            if others.is_empty() {
                std::mem::swap(&mut stop_words, &mut others);
            }
            let names: Option<Vec<&str>> = others.into_iter().map(&first_of).collect();
            let Some(key) = names.and_then(|names| key(names, stop_words)) else { continue };
            let entries = keys.entry(key).or_default();
            if entries.last().is_none_or(|last| last.document != number as u32) {
                entries.push(Entry { document: number as u32, impact: score::MOST, part: 0 });
            }
        }
    }
    keys
}
