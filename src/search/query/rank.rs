//! Scores, and the best of them.

use super::expand::{Expanded, Term};
use super::files::Index;
use crate::search::score;

/// The best documents with their scores, best first, and how many there were.
pub(super) struct Ranked {
    pub(super) best: Vec<(usize, f64)>,
    pub(super) total: usize,
}

/// What a term counts for: its weight times its rarity.
pub(super) fn factor(index: &Index, term: &Term) -> f64 {
    term.weight * rarity(index, term)
}

/// How rare a term is.
pub(super) fn rarity(index: &Index, term: &Term) -> f64 {
    score::rarity(index.manifest.count as f64, term.shard.postings(term.list).len() as f64)
}

/// Scores the documents that hold any of the terms but the small ones; of equal scores the document with the lower number is better.
pub(super) fn rank(index: &Index, expanded: &Expanded, allowed: Option<&[bool]>, limit: usize) -> Ranked {
    let mut scores = vec![0.0_f64; index.manifest.count];
    for (at, term) in expanded.terms.iter().enumerate() {
        let factor = factor(index, term);
        for entry in term.shard.postings(term.list) {
            if let Some(score) = scores.get_mut(entry.number() as usize)
                && (at < expanded.found || *score > 0.0)
            {
                *score += factor * score::value(entry.impact());
            }
        }
    }
    let is_allowed = |document: usize| allowed.is_none_or(|allowed| allowed[document]);
    let mut best: Vec<(usize, f64)> = scores
        .into_iter()
        .enumerate()
        .filter(|&(document, score)| score > 0.0 && is_allowed(document))
        .collect();
    let total = best.len();
    best.sort_by(|l, r| r.1.total_cmp(&l.1).then(l.0.cmp(&r.0)));
    best.truncate(limit);
    Ranked { best, total }
}
