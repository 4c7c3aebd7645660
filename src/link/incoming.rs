//! What pages say of each other, gathered from all linked pages.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::Hash;
use std::sync::Arc;

use super::{LinkedPage, Place, related, target};
use crate::catalog::{Catalog, PageId};
use crate::config::Config;
use crate::diag::{self, Diagnostic};
use crate::name::{CitationKey, ConditionId, FactId, RegionId, SitePath, TermId};
use crate::page::PageInterface;
use crate::registry::Registries;

/// Who links to, cites and speaks of what, for the whole site.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Incoming {
    pages: Vec<IncomingPage>,
    citing: BTreeMap<CitationKey, Vec<PageId>>,
    showing: BTreeMap<FactId, Vec<PageId>>,
    using: BTreeMap<TermId, Vec<PageId>>,
    orphans: Vec<PageId>,
    unmentioned: Vec<PageId>,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct IncomingPage {
    backlinks: Vec<Backlink>,
    conditions: Vec<RelatedCondition>,
    related: Vec<RelatedPage>,
}

/// A page that links to another or speaks of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backlink {
    /// The page that speaks.
    pub from: PageId,
    /// How much it is about the other.
    pub weight: Weight,
    /// The sentence of its first mention or link; `None` where only its front matter names the other.
    pub place: Option<Arc<Place>>,
}

/// How much a page is about another; greater is more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Weight {
    /// The front matter names it.
    pub declared: bool,
    /// The title names it.
    pub in_title: bool,
    /// A heading names it.
    pub in_heading: bool,
    /// How often the text names it or links to it.
    pub count: u32,
}

/// A condition near another, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelatedCondition {
    /// The other condition's page.
    pub page: PageId,
    /// Whether one of the two names the other in its front matter.
    pub declared: bool,
    /// The region that both belong to.
    pub region: Option<RegionId>,
    /// How many pages are about both or speak of both.
    pub together: u32,
}

/// An article near another page, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelatedPage {
    /// The article.
    pub page: PageId,
    /// The conditions that both speak of, the most telling first.
    pub conditions: Vec<PageId>,
    /// The terms that both use, the most telling first.
    pub terms: Vec<TermId>,
    /// How near; comparable only among the articles of one page.
    pub score: u32,
}

impl Incoming {
    /// Who links to a page or speaks of it, best first: declared, title, headings, number of mentions, then by path.
    pub fn backlinks(&self, page: PageId) -> &[Backlink] {
        self.pages.get(page.0 as usize).map_or(&[], |page| &page.backlinks)
    }

    /// The conditions near a condition, nearest first; empty for other pages.
    pub fn related_conditions(&self, page: PageId) -> &[RelatedCondition] {
        self.pages.get(page.0 as usize).map_or(&[], |page| &page.conditions)
    }

    /// Up to four articles near a page, nearest first.
    pub fn related(&self, page: PageId) -> &[RelatedPage] {
        self.pages.get(page.0 as usize).map_or(&[], |page| &page.related)
    }

    /// The pages that cite a source, sorted by path.
    pub fn citing(&self, key: &str) -> &[PageId] {
        self.citing.get(key).map_or(&[], Vec::as_slice)
    }

    /// The pages that show a fact, sorted by path.
    pub fn showing(&self, fact: &str) -> &[PageId] {
        self.showing.get(fact).map_or(&[], Vec::as_slice)
    }

    /// The pages that use a term, sorted by path.
    pub fn using(&self, term: &str) -> &[PageId] {
        self.using.get(term).map_or(&[], Vec::as_slice)
    }

    /// Pages to which no other page leads with a link, by hand or automatic; sections and the home page left out.
    pub fn orphans(&self) -> &[PageId] {
        &self.orphans
    }

    /// Whether [`gather`] gives this again where a page that stays at its place has another interface.
    pub fn stays(&self, id: PageId, old: &PageInterface, new: &PageInterface, config: &Config) -> bool {
        let relations = |page: &PageInterface| {
            let condition = page.condition.as_ref()?;
            let region = condition.region.as_ref().map(|(region, _)| region.clone());
            let related: Vec<ConditionId> = condition.related.iter().map(|(id, _)| id.clone()).collect();
            Some((region, related))
        };
        let is_taken_back = |page: &PageInterface| page.withdrawn.is_some() || page.expires.is_some();
        (&old.kind, old.is_section) == (&new.kind, new.is_section)
            && relations(old) == relations(new)
            && (self.orphans.binary_search(&id).is_err() || orphan(old, config) == orphan(new, config))
            && !is_taken_back(old)
            && !is_taken_back(new)
    }

    /// Conditions of which no article speaks.
    pub fn unmentioned(&self) -> &[PageId] {
        &self.unmentioned
    }
}

/// Gathers what all pages say of each other; sources that nobody cites and the like are reported.
///
/// The pages are all pages of the catalog, in its order.
pub fn gather(
    pages: &[Arc<LinkedPage>],
    catalog: &Catalog,
    registries: &Registries,
    config: &Config,
) -> (Incoming, Vec<Diagnostic>) {
    let listed: Vec<&LinkedPage> =
        pages.iter().map(|page| &**page).filter(|page| catalog.is_listed(page.id)).collect();
    let mut incoming = Incoming::default();
    incoming.pages.resize_with(catalog.pages().len(), IncomingPage::default);
    // Neither looks at what the others give.
    let related = || {
        rayon::join(
            || related::conditions(&listed, catalog),
            || related::articles(&listed, catalog, registries),
        )
    };
    let ((), (conditions, articles)) =
        rayon::join(|| backlinks(&mut incoming.pages, &listed, catalog), related);
    for (page, conditions) in conditions {
        incoming.pages[page.0 as usize].conditions = conditions;
    }
    for (page, related) in articles {
        incoming.pages[page.0 as usize].related = related;
    }
    incoming.citing = collected(&listed, |page| &page.sources);
    incoming.showing = collected(&listed, |page| &page.facts);
    incoming.using = collected(&listed, |page| &page.terms);
    incoming.orphans = orphans(&listed, catalog, config);
    let is_article = |backlink: &Backlink| catalog.page(backlink.from).condition.is_none();
    let conditions =
        catalog.ids().filter(|id| catalog.page(*id).condition.is_some() && catalog.is_listed(*id));
    incoming.unmentioned =
        conditions.filter(|id| !incoming.pages[id.0 as usize].backlinks.iter().any(is_article)).collect();
    let mut diagnostics = sources(&incoming, registries);
    target::navigation(catalog, config, &mut diagnostics);
    diagnostics.extend(incoming.orphans.iter().filter_map(|id| orphan(catalog.page(*id), config)));
    (incoming, diagnostics)
}

/// What links to each page, best first.
fn backlinks(incoming: &mut [IncomingPage], pages: &[&LinkedPage], catalog: &Catalog) {
    for page in pages {
        for mention in &page.mentions {
            let weight = Weight {
                declared: mention.declared,
                in_title: mention.in_title,
                in_heading: mention.in_heading,
                count: mention.count,
            };
            let place = mention.first.clone();
            incoming[mention.condition.0 as usize].backlinks.push(Backlink { from: page.id, weight, place });
        }
        // A link to a condition is a mention too.
        for outgoing in page.outgoing.iter().filter(|link| catalog.page(link.page).condition.is_none()) {
            let weight = Weight { count: outgoing.count, ..Weight::default() };
            let place = Some(outgoing.first.clone());
            incoming[outgoing.page.0 as usize].backlinks.push(Backlink { from: page.id, weight, place });
        }
    }
    for page in incoming {
        // The pages came in the order of their paths, and that stays among equals.
        page.backlinks.sort_by_key(|backlink| std::cmp::Reverse(backlink.weight));
    }
}

/// For each id that pages name, the pages in their order.
fn collected<'a, T: Ord + Hash + Clone + 'a>(
    pages: &[&'a LinkedPage],
    ids: impl Fn(&'a LinkedPage) -> &'a [T],
) -> BTreeMap<T, Vec<PageId>> {
    let mut places: HashMap<&T, usize> = HashMap::new();
    let mut lists: Vec<(&T, Vec<PageId>)> = Vec::new();
    for page in pages {
        for id in ids(page) {
            let at = *places.entry(id).or_insert(lists.len());
            if at == lists.len() {
                lists.push((id, Vec::new()));
            }
            lists[at].1.push(page.id);
        }
    }
    lists.into_iter().map(|(id, pages)| (id.clone(), pages)).collect()
}

fn orphans(pages: &[&LinkedPage], catalog: &Catalog, config: &Config) -> Vec<PageId> {
    let mut is_reached = vec![false; catalog.pages().len()];
    for page in pages {
        for outgoing in &page.outgoing {
            is_reached[outgoing.page.0 as usize] = true;
        }
        for condition in page.linked_conditions() {
            is_reached[condition.0 as usize] = true;
        }
    }
    let languages = config.languages.values().flat_map(|language| &language.navigation);
    for item in config.navigation.iter().chain(languages) {
        if let Some(crate::catalog::Place::Page(page)) = catalog.place(&item.path) {
            is_reached[page.0 as usize] = true;
        }
    }
    let is_orphan = |page: &&&LinkedPage| {
        let interface = &page.page.interface;
        let is_section = interface.is_section || interface.path.file_name() == "index.md";
        !is_reached[page.id.0 as usize] && !is_section
    };
    pages.iter().filter(is_orphan).map(|page| page.id).collect()
}

/// The finding about a page of a health kind that no page leads to.
fn orphan(page: &PageInterface, config: &Config) -> Option<Diagnostic> {
    config.kind(&page.kind).filter(|kind| kind.health)?;
    let message = format!("no page leads to `{}`", page.title);
    let found = Diagnostic::new(diag::ORPHAN_PAGE, &page.path.site_path(), page.address_span, message);
    Some(found.with_help(
        "link to it from a page on the same subject; lists and search alone lead few readers there",
    ))
}

/// Sources that nobody cites, and sources of facts that are none.
fn sources(incoming: &Incoming, registries: &Registries) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let of_facts: HashSet<&str> =
        registries.facts.iter().flat_map(|fact| &fact.sources).map(|source| source.value.as_str()).collect();
    let facts = SitePath::new("content/facts.toml").expect("the path is well formed");
    for reference in registries.references.iter() {
        let key = reference.key.as_str();
        if incoming.citing(key).is_empty() && !of_facts.contains(key) {
            let message = format!("no page cites the source `{key}`");
            let found = Diagnostic::new(diag::UNUSED_SOURCE, &reference.file, reference.span, message);
            diagnostics.push(found.with_help("cite it where it belongs, or take the entry out"));
        }
    }
    let known: HashSet<&str> = registries.references.iter().map(|reference| reference.key.as_str()).collect();
    for source in registries.facts.iter().flat_map(|fact| &fact.sources) {
        let key = source.value.as_str();
        if !known.contains(key) {
            let message = format!("there is no source `{key}`");
            let found = Diagnostic::new(diag::UNKNOWN_SOURCE, &facts, source.span, message);
            diagnostics.push(found.with_nearest(key, known.iter().copied()));
        }
    }
    diag::sort(&mut diagnostics);
    diagnostics
}
