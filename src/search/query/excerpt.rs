//! The section that answers, and the excerpt around the words that were found in it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::expand::Term;
use super::files::{Error, Index};
use super::rank;
use super::{Found, ScorePart};
use crate::search::question;
use crate::search::score;
use crate::search::text::StoredPiece;
use crate::search::words::words;

/// How far the first and the last found word of an excerpt may lie apart, in UTF-16 units; so below.
const WINDOW: usize = 160;

/// How far before the first found word a sentence may start for the excerpt to begin there.
const SENTENCE: usize = 100;

/// How far before the first found word an excerpt begins otherwise.
const LEAD: usize = 60;

/// The longest excerpt, in UTF-16 units, an ellipsis on either side left out: with them it has at most 160.
const LONGEST: usize = 158;

/// A word of a text: bytes and UTF-16 units.
struct Spot {
    word: String,
    bytes: Range<usize>,
    units: Range<usize>,
}

struct Chosen<'t> {
    value: f64,
    first: usize,
    is_own: bool,
    anchor: String,
    heading: &'t str,
    text: &'t str,
    spots: Vec<Spot>,
}

/// The single words that a query's terms stand for, with what they count.
pub(super) fn weights<'t>(index: &Index, terms: &'t [Term]) -> BTreeMap<&'t str, f64> {
    let mut weights: BTreeMap<&str, f64> = BTreeMap::new();
    for term in terms {
        let factor = rank::factor(index, term);
        for form in forms(term) {
            let word = form.strip_suffix([' ', '?']).unwrap_or(form);
            if !word.contains([' ', '?']) {
                let weight = weights.entry(word).or_insert(0.0);
                *weight = weight.max(factor);
            }
        }
    }
    weights
}

/// The keys of a term's list in its shard.
fn forms(term: &Term) -> impl Iterator<Item = &str> {
    term.shard.keys.iter().filter(|(_, list)| *list == term.list).map(|(key, _)| key.as_str())
}

/// Makes the result for a document.
pub(super) fn found(
    index: &Index,
    document: usize,
    score: f64,
    terms: &[Term],
    weights: &BTreeMap<&str, f64>,
) -> Result<Found, Error> {
    let mut votes: BTreeMap<u8, f64> = BTreeMap::from([(0, 0.0)]);
    let mut parts = Vec::new();
    for term in terms {
        let entries = term.shard.postings(term.list);
        let Ok(at) = entries.binary_search_by_key(&document, |entry| entry.number() as usize) else {
            continue;
        };
        let (factor, entry) = (rank::factor(index, term), entries[at]);
        if entry.part() > 0 {
            *votes.entry(entry.part()).or_default() += factor * score::value(entry.impact());
        }
        let mut names: Vec<&str> = forms(term).map(|form| form.trim_end_matches([' ', '?'])).collect();
        if forms(term).any(question::is_key) {
            names = vec!["the whole query"];
        }
        let term_name = names.join(", ");
        parts.push(ScorePart {
            term: term_name,
            weight: term.weight,
            rarity: rank::rarity(index, term),
            impact: score::value(entry.impact()),
        });
    }
    let mut part = 0;
    for (&number, vote) in &votes {
        if *vote > votes[&part] {
            part = number;
        }
    }
    let ((page, title, kind, region, texts), part) = index.text(document, part.into())?;
    let mut in_title: BTreeSet<String> = words(&title).into_iter().map(|(word, _)| word).collect();
    // Other forms of the title's words say no more than it does.
    for term in terms {
        if forms(term).any(|form| in_title.contains(form)) {
            in_title.extend(forms(term).map(str::to_owned));
        }
    }
    let chosen = choose(texts.get(part).map_or(&[], Vec::as_slice), &in_title, weights);
    let leads = chosen.as_ref().filter(|chosen| chosen.is_own && !chosen.anchor.is_empty());
    let (url, heading) = match leads {
        Some(chosen) => (format!("{page}#{}", chosen.anchor), chosen.heading.to_owned()),
        None => (page.clone(), String::new()),
    };
    let (excerpt, marks) = chosen.as_ref().map(|chosen| excerpt(chosen, weights)).unwrap_or_default();
    Ok(Found { url, page, heading, excerpt, marks, score, parts, title, kind, region })
}

/// The piece of a part whose best stretch and heading hold most of the words.
fn choose<'t>(
    pieces: &'t [StoredPiece],
    in_title: &BTreeSet<String>,
    weights: &BTreeMap<&str, f64>,
) -> Option<Chosen<'t>> {
    let mut chosen: Option<Chosen> = None;
    for piece in pieces {
        let StoredPiece { text, heading, .. } = piece;
        let spots = spots(text);
        let hits: Vec<(usize, &str, f64)> = spots
            .iter()
            .enumerate()
            .filter_map(|(at, spot)| Some((at, spot.word.as_str(), *weights.get(spot.word.as_str())?)))
            .collect();
        let (mut value, mut first) = (0.0, 0);
        for (i, start) in hits.iter().enumerate() {
            let mut met = BTreeSet::new();
            let mut sum = 0.0;
            for hit in &hits[i..] {
                if spots[hit.0].units.end - spots[start.0].units.start > WINDOW {
                    break;
                }
                if met.insert(hit.1) {
                    sum += hit.2;
                }
            }
            if sum > value {
                (value, first) = (sum, start.0);
            }
        }
        let mut is_own = hits.iter().any(|(_, word, _)| !in_title.contains(*word));
        let mut met = BTreeSet::new();
        for (word, _) in words(heading) {
            if let Some(weight) = weights.get(word.as_str())
                && met.insert(word.clone())
            {
                value += weight;
                is_own |= !in_title.contains(&word);
            }
        }
        let is_better = match &chosen {
            None => true,
            Some(other) => value > other.value || (other.text.is_empty() && other.value == 0.0),
        };
        if is_better {
            chosen = Some(Chosen { value, first, is_own, anchor: piece.anchor(), heading, text, spots });
        }
    }
    chosen
}

fn spots(text: &str) -> Vec<Spot> {
    let (mut bytes, mut units) = (0, 0);
    let mut units_at = |at: usize| {
        if at < bytes {
            (bytes, units) = (0, 0);
        }
        units += text[bytes..at].encode_utf16().count();
        bytes = at;
        units
    };
    words(text)
        .into_iter()
        .map(|(word, bytes)| {
            let start = units_at(bytes.start);
            Spot { word, units: start..units_at(bytes.end), bytes }
        })
        .collect()
}

/// A stretch of at most 160 characters around the hits, from a sentence's start where one is near; and the hits in it.
fn excerpt(chosen: &Chosen, weights: &BTreeMap<&str, f64>) -> (String, Vec<(usize, usize)>) {
    let Chosen { text, spots, first, .. } = chosen;
    let Some(hit) = spots.get(*first) else { return (text.chars().take(LONGEST).collect(), Vec::new()) };
    let from = hit.units.start;
    let (mut start, mut before) = (0..0, "");
    if from > LEAD {
        let begins_sentence =
            |spot: &&Spot| [". ", "? ", "! "].iter().any(|end| text[..spot.bytes.start].ends_with(end));
        let sentence = spots
            .iter()
            .filter(|spot| spot.units.start + SENTENCE >= from && spot.units.start <= from)
            .find(begins_sentence);
        let spot =
            sentence.or_else(|| spots.iter().find(|spot| spot.units.start + LEAD >= from)).unwrap_or(hit);
        start = spot.bytes.start..spot.units.start;
        before = if sentence.is_some() { "" } else { "…" };
    }
    let (start_byte, start) = (start.start, start.end);
    let (mut end_byte, mut end, mut after) = (text.len(), usize::MAX, "");
    if text[start_byte..].encode_utf16().count() > LONGEST
        && let Some(last) = spots.iter().rfind(|spot| spot.units.end <= start + LONGEST)
        && last.units.end > start
    {
        (end_byte, end, after) = (last.bytes.end, last.units.end, "…");
    }
    let shift = before.encode_utf16().count();
    let marks = spots
        .iter()
        .filter(|spot| {
            spot.units.start >= start && spot.units.end <= end && weights.contains_key(&*spot.word)
        })
        .map(|spot| (spot.units.start - start + shift, spot.units.end - start + shift))
        .collect();
    (format!("{before}{}{after}", &text[start_byte..end_byte]), marks)
}
