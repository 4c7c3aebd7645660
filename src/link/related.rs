//! Conditions near a condition, and articles near a page, each with the reason.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use super::incoming::{RelatedCondition, RelatedPage};
use super::{LinkedPage, Mention};
use crate::catalog::{Catalog, PageId};
use crate::name::{RegionId, TermId};
use crate::registry::Registries;

/// The most related conditions of one condition; those that the front matter names come first.
const MAX_CONDITIONS: usize = 12;
/// The most related articles of one page.
const MAX_ARTICLES: usize = 4;
/// A page that speaks of more conditions is a list; it does not tell which belong together.
const MAX_TELLING: usize = 12;
/// The conditions that a page is most about; only these are held to be mentioned together.
const MAX_TOGETHER: usize = 8;
/// The most conditions of one region for which the region alone makes a relation.
const MAX_IN_REGION: usize = 24;
/// The most articles that are looked at for one condition or term: those most about it.
const MAX_POSTINGS: usize = 32;
/// The most conditions and terms of one page that are compared: the most telling ones.
const MAX_FEATURES: usize = 10;

/// The related conditions of each condition, nearest first.
pub(super) fn conditions(pages: &[&LinkedPage], catalog: &Catalog) -> Vec<(PageId, Vec<RelatedCondition>)> {
    // One for each thing known of a pair, from both sides.
    let mut relations: Vec<Relation> = Vec::new();
    let mut relate = |a: PageId, b: PageId, declared: bool, together: u32| {
        let sides = [(a, b), (b, a)];
        relations.extend(sides.map(|(from, page)| Relation { from, page, declared, together }));
    };
    let mut by_region: BTreeMap<(&RegionId, &str), Vec<PageId>> = BTreeMap::new();
    for id in catalog.ids().filter(|id| catalog.is_listed(*id)) {
        let page = catalog.page(id);
        let Some(condition) = &page.condition else { continue };
        for (other, _) in &condition.related {
            let other = catalog.condition(other.as_str(), &page.language);
            if let Some(other) = other.filter(|other| *other != id) {
                relate(id, other, true, 0);
            }
        }
        if let Some((region, _)) = &condition.region {
            by_region.entry((region, &page.language)).or_default().push(id);
        }
    }
    for (a, b, count) in together(pages) {
        relate(a, b, false, count);
    }
    for members in by_region.values().filter(|members| members.len() <= MAX_IN_REGION) {
        for (at, a) in members.iter().enumerate() {
            for b in &members[at + 1..] {
                relate(*a, *b, false, 0);
            }
        }
    }
    let region = |id: PageId| catalog.page(id).condition.as_ref()?.region.as_ref().map(|(region, _)| region);
    relations.sort_unstable_by_key(|relation| (relation.from, relation.page));
    let of_one = relations.chunk_by(|a, b| a.from == b.from).map(|known| {
        let from = known[0].from;
        let relation = |known: &[Relation]| {
            let page = known[0].page;
            RelatedCondition {
                page,
                declared: known.iter().any(|relation| relation.declared),
                region: region(from).filter(|own| region(page) == Some(own)).cloned(),
                together: known.iter().map(|relation| relation.together).sum(),
            }
        };
        let mut list: Vec<RelatedCondition> = known.chunk_by(|a, b| a.page == b.page).map(relation).collect();
        list.sort_by_key(|relation| std::cmp::Reverse(nearness(relation)));
        list.truncate(MAX_CONDITIONS.max(list.iter().filter(|relation| relation.declared).count()));
        (from, list)
    });
    of_one.collect()
}

/// Something that is known of a condition and another.
struct Relation {
    from: PageId,
    page: PageId,
    declared: bool,
    together: u32,
}

fn nearness(relation: &RelatedCondition) -> (bool, u32) {
    // A shared region counts as much as three pages that speak of both.
    (relation.declared, relation.together + if relation.region.is_some() { 3 } else { 0 })
}

/// Pairs of conditions that at least two pages are about or speak of, with the number of pages.
fn together(pages: &[&LinkedPage]) -> Vec<(PageId, PageId, u32)> {
    let mut pairs: Vec<(PageId, PageId)> = Vec::new();
    let mut own: Vec<(u32, PageId)> = Vec::new();
    for page in pages.iter().filter(|page| page.mentions.len() <= MAX_TELLING) {
        own.clear();
        own.extend(page.mentions.iter().map(|mention| (strength(mention), mention.condition)));
        own.sort_unstable_by_key(|(strength, page)| (std::cmp::Reverse(*strength), *page));
        own.truncate(MAX_TOGETHER);
        for (at, (_, a)) in own.iter().enumerate() {
            pairs.extend(own[at + 1..].iter().map(|(_, b)| (*a.min(b), *a.max(b))));
        }
    }
    pairs.sort_unstable();
    let runs = pairs.chunk_by(|a, b| a == b).filter(|run| run.len() > 1);
    runs.map(|run| (run[0].0, run[0].1, run.len() as u32)).collect()
}

/// How much a page is about a condition.
fn strength(mention: &Mention) -> u32 {
    let bits = [(mention.declared, 3), (mention.in_title, 3), (mention.in_heading, 2)];
    let known: u32 = bits.iter().filter(|(holds, _)| *holds).map(|(_, weight)| weight).sum();
    known + mention.count.min(3)
}

/// A condition or a term: the conditions by their page's index, then the terms.
type Feature = u32;

/// The articles nearest to each page, at most four.
pub(super) fn articles(
    pages: &[&LinkedPage],
    catalog: &Catalog,
    registries: &Registries,
) -> Vec<(PageId, Vec<RelatedPage>)> {
    let near = Near::new(pages, catalog, registries);
    let related = |scores: &mut Vec<u32>, index: usize| near.related(index, scores);
    let scores = || vec![0_u32; pages.len()];
    let related: Vec<Vec<RelatedPage>> =
        (0..pages.len()).into_par_iter().with_min_len(256).map_init(scores, related).collect();
    pages.iter().map(|page| page.id).zip(related).filter(|(_, related)| !related.is_empty()).collect()
}

struct Near<'a> {
    pages: &'a [&'a LinkedPage],
    catalog: &'a Catalog,
    terms: Vec<&'a TermId>,
    /// For each page its features and how much it is about each, sorted by feature.
    features: Vec<Vec<(Feature, u32)>>,
    /// For each feature the articles most about it, with how much.
    postings: Vec<Vec<(u32, u32)>>,
    /// For each page its language, as a number.
    languages: Vec<u32>,
    /// For each feature how telling it is; rarer is more. In sixteenths of a bit.
    rarity: Vec<u32>,
}

impl<'a> Near<'a> {
    fn new(pages: &'a [&'a LinkedPage], catalog: &'a Catalog, registries: &'a Registries) -> Self {
        let terms: Vec<&TermId> = registries.glossary.iter().map(|term| &term.id).collect();
        let first_term = catalog.pages().len() as u32;
        let mut place: HashMap<&TermId, Feature> = HashMap::new();
        for (index, term) in terms.iter().enumerate() {
            place.entry(term).or_insert(first_term + index as u32);
        }
        let features: Vec<Vec<(Feature, u32)>> = pages.iter().map(|page| features(page, &place)).collect();
        let count = catalog.pages().len() + terms.len();
        let mut postings: Vec<Vec<(u32, u32)>> = vec![Vec::new(); count];
        let mut pages_with = vec![0_u32; count];
        for (index, own) in features.iter().enumerate() {
            let interface = &pages[index].page.interface;
            let is_article = interface.condition.is_none() && !interface.is_section;
            for (feature, strength) in own {
                pages_with[*feature as usize] += 1;
                if is_article {
                    postings[*feature as usize].push((*strength, index as u32));
                }
            }
        }
        for list in &mut postings {
            list.sort_unstable_by_key(|(strength, page)| (std::cmp::Reverse(*strength), *page));
            list.truncate(MAX_POSTINGS);
        }
        let rarity = pages_with.iter().map(|with| rarity(pages.len() as u64, u64::from(*with))).collect();
        let language = |page: &&LinkedPage| {
            let own = &page.page.interface.language;
            catalog.languages().iter().position(|language| language == own).unwrap_or_default() as u32
        };
        let languages = pages.iter().map(language).collect();
        Self { pages, catalog, terms, features, postings, languages, rarity }
    }

    /// `scores` holds a 0 for each page, before and afterwards.
    fn related(&self, index: usize, scores: &mut [u32]) -> Vec<RelatedPage> {
        let interface = &self.pages[index].page.interface;
        if interface.is_section {
            return Vec::new();
        }
        let mut own = self.features[index].clone();
        let telling = |(feature, strength): &(Feature, u32)| self.rarity[*feature as usize] * strength;
        own.sort_unstable_by_key(|feature| (std::cmp::Reverse(telling(feature)), feature.0));
        own.truncate(MAX_FEATURES);
        let mut touched = Vec::new();
        for (feature, strength) in &own {
            for (theirs, page) in &self.postings[*feature as usize] {
                let score = &mut scores[*page as usize];
                if *score == 0 {
                    touched.push(*page);
                }
                *score += self.rarity[*feature as usize] * strength.min(theirs);
            }
        }
        let mut found: Vec<(u32, u32)> = Vec::with_capacity(touched.len());
        for page in touched {
            let score = std::mem::take(&mut scores[page as usize]);
            if score > 0 && page as usize != index && self.languages[page as usize] == self.languages[index] {
                found.push((score, page));
            }
        }
        let best_first = |(score, page): &(u32, u32)| (std::cmp::Reverse(*score), *page);
        if found.len() > MAX_ARTICLES {
            found.select_nth_unstable_by_key(MAX_ARTICLES, best_first);
            found.truncate(MAX_ARTICLES);
        }
        found.sort_unstable_by_key(best_first);
        found.into_iter().map(|(score, page)| self.with_reason(score, page, &own)).collect()
    }

    fn with_reason(&self, score: u32, page: u32, own: &[(Feature, u32)]) -> RelatedPage {
        let theirs = &self.features[page as usize];
        let first_term = self.catalog.pages().len() as u32;
        let (mut conditions, mut terms) = (Vec::new(), Vec::new());
        for (feature, _) in own {
            if theirs.binary_search_by_key(feature, |(feature, _)| *feature).is_err() {
                continue;
            }
            match feature.checked_sub(first_term) {
                None => conditions.push(PageId(*feature)),
                Some(term) => terms.push(self.terms[term as usize].clone()),
            }
        }
        RelatedPage { page: self.pages[page as usize].id, conditions, terms, score }
    }
}

fn features(page: &LinkedPage, terms: &HashMap<&TermId, Feature>) -> Vec<(Feature, u32)> {
    let mentions = page.mentions.iter().map(|mention| (mention.condition.0, strength(mention)));
    let used = page.terms.iter().filter_map(|term| Some((*terms.get(term)?, 1)));
    let mut features: Vec<(Feature, u32)> = mentions.chain(used).collect();
    if page.page.interface.condition.is_some() {
        features.push((page.id.0, 8));
    }
    features.sort_unstable();
    features
}

/// The binary logarithm of how many times rarer than everywhere something is, in sixteenths; whole numbers, so that
/// every machine gives the same. (The inverse document frequency of text retrieval.)
fn rarity(pages: u64, with: u64) -> u32 {
    let ratio = (pages << 16) / with.max(1);
    let whole = ratio.max(1).ilog2();
    let part = (ratio << 4 >> whole) as u32 & 15;
    (whole * 16 + part).saturating_sub(16 * 16)
}
