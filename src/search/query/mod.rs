//! The query in Rust: the same steps and the same arithmetic as `client/search.js`, which it must be changed with.

mod excerpt;
mod expand;
mod files;
mod rank;
mod spelling;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

pub use files::{Error, Index};

use super::words::words;

/// The longest query that is looked at, in UTF-16 units.
const LONGEST_QUERY: usize = 2000;

/// The most different words of a query that are looked up.
const MOST_WORDS: usize = 64;

/// The most unknown words of a query that are corrected.
const MOST_CORRECTED: usize = 6;

/// The most words of a query longer than the longest, which no one types; none of them is corrected.
const MOST_WORDS_OF_LONG: usize = 12;

/// Which documents may be found; no values of a filter: all may.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// For each of `kind`, `region` and `condition`, the values of which a document must have one.
    pub wanted: BTreeMap<String, Vec<String>>,
}

/// What a query found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// How many documents hold any of the words.
    pub total: usize,
    /// The query as it may have been meant, where a word of it stands nowhere.
    pub suggestion: Option<String>,
    /// The best documents, best first.
    pub results: Vec<Found>,
}

/// One result.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Found {
    /// The address from the site's root, with the anchor of the section that answers.
    pub url: String,
    /// The address without an anchor.
    pub page: String,
    /// The page's title.
    pub title: String,
    /// The heading of the section that answers; empty for the page as a whole.
    pub heading: String,
    /// The page's kind.
    pub kind: String,
    /// The page's body region; may be empty.
    pub region: String,
    /// A stretch of the page's text around the words that were found.
    pub excerpt: String,
    /// Where those words stand in the excerpt, in UTF-16 units, as the browser counts.
    pub marks: Vec<(usize, usize)>,
    /// The score; only its order means anything.
    pub score: f64,
    /// What the score is the sum of. The browser's answer does not hold it.
    #[serde(skip)]
    pub parts: Vec<ScorePart>,
}

/// What one term adds to a score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScorePart {
    /// The forms of the term in the index, such as "needle needles needling".
    pub term: String,
    /// How much the term counts: 1 for a word as typed, less for a corrected or completed one.
    pub weight: f64,
    /// How rare the term is: idf^1.25.
    pub rarity: f64,
    /// How much the document says of the term: the value of its impact.
    pub impact: f64,
}

impl Index {
    /// Answers a query with at most `limit` results.
    ///
    /// Any text is a query. An error says which file could not be had or was damaged; a later query tries again.
    pub fn query(&self, query: &str, limit: usize, filters: &Filters) -> Result<Answer, Error> {
        let (expanded, ranked) = self.ranked(query, limit, filters)?;
        let weights = excerpt::weights(self, &expanded.terms[..expanded.found]);
        let results = ranked
            .best
            .iter()
            .map(|&(document, score)| excerpt::found(self, document, score, &expanded.terms, &weights))
            .collect::<Result<Vec<_>, Error>>()?;
        Ok(Answer {
            total: ranked.total,
            suggestion: suggestion(start_of(query), &expanded.corrections),
            results,
        })
    }

    /// The addresses of the pages that a query finds, best first, at most `limit`; the same as those of
    /// [`Index::query`], without the work for excerpts.
    pub fn pages(&self, query: &str, limit: usize) -> Result<Vec<String>, Error> {
        let (_, ranked) = self.ranked(query, limit, &Filters::default())?;
        let page = |&(document, _): &(usize, f64)| Ok(self.text(document, 0)?.0.0);
        ranked.best.iter().map(page).collect()
    }

    fn ranked(
        &self,
        query: &str,
        limit: usize,
        filters: &Filters,
    ) -> Result<(expand::Expanded, rank::Ranked), Error> {
        let text = start_of(query);
        let is_long = text.len() < query.len();
        let (most, corrected) = if is_long { (MOST_WORDS_OF_LONG, 0) } else { (MOST_WORDS, MOST_CORRECTED) };
        let typed = words(text);
        let typing = typed.last().filter(|(_, range)| range.end == text.len());
        let (mut small, mut asked): (Vec<_>, Vec<_>) =
            typed.iter().partition(|(word, _)| self.is_stop_word(word));
        if asked.is_empty() {
            asked = std::mem::take(&mut small);
        }
        for words in [&mut small, &mut asked] {
            let mut seen = BTreeSet::new();
            words.retain(|(word, _)| seen.insert(word.as_str()));
            words.truncate(most);
        }
        let expanded = expand::expand(self, text, &asked, &small, typing, corrected)?;
        let allowed = self.allowed(filters)?;
        let ranked = rank::rank(self, &expanded, allowed.as_deref(), limit);
        Ok((expanded, ranked))
    }
}

/// As much of a query as is looked at.
fn start_of(query: &str) -> &str {
    &query[..length_of(query, LONGEST_QUERY)]
}

/// The bytes of the first `units` UTF-16 units of a text, without half a character.
fn length_of(text: &str, units: usize) -> usize {
    let mut left = units;
    for (at, c) in text.char_indices() {
        match left.checked_sub(c.len_utf16()) {
            Some(rest) => left = rest,
            None => return at,
        }
    }
    text.len()
}

fn suggestion(text: &str, corrections: &[expand::Correction]) -> Option<String> {
    if corrections.is_empty() {
        return None;
    }
    let mut out = String::new();
    let mut from = 0;
    for correction in corrections {
        out.push_str(&text[from..correction.range.start]);
        out.push_str(&correction.correct);
        from = correction.range.end;
    }
    out.push_str(&text[from..]);
    let is_space = |c: char| (c.is_whitespace() && c != '\u{85}') || c == '\u{feff}';
    Some(out.trim_matches(is_space).to_owned())
}
