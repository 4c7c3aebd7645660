//! Smoothing: what alike documents say of a term counts for a document too.
//!
//! A page on one aspect of a subject is found by words that its neighbours use for the same. The impacts are mixed when
//! the index is built, so the browser neither loads nor computes anything for it.

use rayon::prelude::*;

use super::posting::Posting;
use super::score;
use super::sums::Sums;
use super::weigh::{self, Weighed};

/// The share of an impact that comes from the neighbours. Cranfield, nDCG@10: none 0.401, 0.3 0.418, 0.5 0.427,
/// 0.6 0.436; half keeps a document's own words in front.
const SHARE: f32 = 0.5;

/// The mean likeness from which on neighbours have their whole share; strangers have less. Cranfield does not tell
/// values up to 0.1 apart; small sites, whose pages have no near neighbours, need it.
const LIKENESS: f32 = 0.1;

/// The least impact with which a document is listed for a term that only its neighbours hold. Cranfield: never 0.422,
/// 5 0.427, 4 0.429 with longer lists.
const LEAST: u8 = 5;

/// The postings of all documents in their new order, mixed with those of their neighbours; `weighed` has none any more.
/// Concepts stay as they are, so that a condition's page stays in front for its own name.
pub(super) fn smooth(
    weighed: &mut Weighed,
    neighbours: &[Vec<(u32, f32)>],
    order: &[u32],
) -> Vec<Vec<Posting>> {
    let values: Vec<f32> = (0..=score::MOST).map(|impact| score::value(impact) as f32).collect();
    // Documents that follow each other have neighbours in common, which are still in the cache.
    let documents: Vec<Vec<Posting>> = order
        .par_iter()
        .map_init(
            || (Sums::new(weighed.terms), Vec::new()),
            |(sums, scratch), &document| {
                let (own, near) = (&weighed.documents[document as usize], &neighbours[document as usize]);
                let total: f32 = near.iter().map(|&(_, likeness)| likeness).sum();
                let scale = SHARE / total.max(LIKENESS * near.len() as f32);
                let most = near.iter().map(|&(other, _)| weighed.documents[other as usize].len()).sum();
                sums.start(most);
                for &(other, likeness) in near {
                    let lent: [f32; score::STEPS] =
                        std::array::from_fn(|impact| scale * likeness * values[impact]);
                    for posting in &weighed.documents[other as usize] {
                        sums.add(posting.number(), lent[posting.impact() as usize]);
                    }
                }
                let kept = 1.0 - scale * total;
                mix(own, sums, kept, weighed.concepts, &values, scratch);
                scratch.clone()
            },
        )
        .collect();
    weighed.documents.clear();
    weighed.frequencies = weigh::frequencies(&documents, weighed.terms);
    documents
}

/// Puts a document's own postings and those that its neighbours lend it into `mixed`; clears the sums.
fn mix(
    own: &[Posting],
    sums: &mut Sums,
    kept: f32,
    concepts: usize,
    values: &[f32],
    mixed: &mut Vec<Posting>,
) {
    mixed.clear();
    mixed.extend(own.iter().map(|posting| {
        let lent = sums.take(posting.number());
        let impact = if posting.number() as usize >= concepts {
            score::nearest_impact(kept * values[posting.impact() as usize] + lent).max(1)
        } else {
            posting.impact()
        };
        Posting::new(posting.number(), impact, posting.part())
    }));
    // Most of what neighbours lend is too little to be listed.
    let least = score::least_value(LEAST);
    sums.drain(|term, lent| {
        if lent >= least && term as usize >= concepts {
            mixed.push(Posting::new(term, score::nearest_impact(lent), 0));
        }
    });
}
