//! Links: targets resolved, mentions found, backlinks and related pages.
//!
//! [`vocabulary`] makes one automaton of all condition names and glossary terms. [`resolve`] takes one page and gives
//! a [`LinkedPage`]; it looks at no other page's text. What pages say of each other is gathered afterwards from all
//! linked pages by [`gather`].

mod anchors;
mod edges;
mod figures;
mod found;
mod graph;
mod ids;
mod incoming;
mod layout;
mod listing;
mod lists;
mod mentions;
mod moving;
mod naming;
mod related;
mod sentence;
mod target;
mod text;
mod uses;
mod vocabulary;
mod words;
mod written;

#[cfg(test)]
mod site;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

pub use anchors::{AnchorError, plan_anchor};
pub use graph::{Graph, GraphCondition, GraphLink, GraphPage, LinkKind, graph};
pub use ids::place_in_extra;
pub use incoming::{Backlink, Incoming, RelatedCondition, RelatedPage, Weight, gather};
pub use listing::{LeadsTo, Listing, Made, NotMade, PageListing, listing};
pub use moving::{FileEdit, Move, MoveError, plan_move};
pub use target::{Target, percent_decoded, split_fragment, target_of};
pub use uses::{Entry, Use, Uses, uses};
pub use vocabulary::{Difference, Vocabulary, WordFilter, vocabulary};
pub use words::is_same_name;
pub use written::{path_to, target_in_link};

use crate::catalog::{Catalog, PageId};
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::name::{Anchor, CitationKey, FactId, TermId};
use crate::page::Page;
use crate::registry::Registries;
use crate::source::Span;

/// A page with everything in it that leads elsewhere resolved.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkedPage {
    /// Its place in the catalog.
    pub id: PageId,
    /// The page.
    pub page: Arc<Page>,
    /// Where each link of the document leads; as many as `document.links()`.
    pub links: Box<[Target]>,
    /// Where each image of the document lies; as many as `document.images()`.
    pub images: Box<[Target]>,
    /// Automatic links and explained terms to write into the text: sorted, none over another.
    pub marks: Box<[Mark]>,
    /// Automatic links to write into the key message: sorted, none over another.
    pub message_links: Box<[MessageLink]>,
    /// The known sources that the page cites, in the order of first use; a source's number is its index and one.
    ///
    /// The body's citations come first, then those of its evidence, then those of its facts.
    pub sources: Box<[CitationKey]>,
    /// The known facts that the page shows, once each: in its text, then at a glance.
    pub facts: Box<[FactId]>,
    /// Glossary terms that the page uses, in the order of first use, once each.
    pub terms: Box<[TermId]>,
    /// The conditions that the page speaks of or is about, in the order of first mention, once each, itself never.
    pub mentions: Box<[Mention]>,
    /// The pages that the author links to, in the order of the first link, once each, itself never.
    pub outgoing: Box<[Outgoing]>,
    /// Mentions that did not become links, in reading order.
    pub skipped: Box<[Skipped]>,
    /// The words of its text, as far as a few bits can tell; none where no one will ask for them.
    pub words: Option<WordFilter>,
}

impl LinkedPage {
    /// The page of each condition that an automatic link leads to, in reading order.
    pub fn linked_conditions(&self) -> impl Iterator<Item = PageId> {
        let marked = self.marks.iter().filter_map(|mark| match mark.kind {
            MarkKind::Condition(page) => Some(page),
            MarkKind::Term(_) => None,
        });
        self.message_links.iter().map(|link| link.condition).chain(marked)
    }

    /// Whether [`resolve`] may give something else once the interfaces of these pages, sorted, are others, as long as
    /// the catalog is the same in all else; see [`Catalog::changed_since`].
    pub fn may_depend_on(&self, changed: &[PageId]) -> bool {
        let looks_at = |target: &Target| match target {
            Target::Page(page, _) => changed.binary_search(page).is_ok(),
            // Perhaps a page is there and the heading is not.
            Target::Broken => true,
            Target::Here(_) | Target::Generated(..) | Target::Asset(_) | Target::External(_) => false,
        };
        let may_look = || self.links.iter().any(looks_at) || self.page.front_matter.withdrawn.is_some();
        !changed.is_empty() && may_look()
    }

    /// Whether [`gather`] gives the same for both, as long as the catalog is the same.
    pub fn tells_as(&self, other: &Self) -> bool {
        // Where automatic links stand does not count, only what they lead to.
        let reaches = |page: &Self| -> BTreeSet<PageId> {
            let condition = |mark: &Mark| match mark.kind {
                MarkKind::Condition(id) => Some(id),
                MarkKind::Term(_) => None,
            };
            page.marks.iter().filter_map(condition).collect()
        };
        self.id == other.id
            && self.linked_conditions().eq(other.linked_conditions())
            && (&self.sources, &self.facts, &self.terms) == (&other.sources, &other.facts, &other.terms)
            && (&self.mentions, &self.outgoing) == (&other.mentions, &other.outgoing)
            && reaches(self) == reaches(other)
    }
}

/// A stretch of text that becomes a link or gets an explanation.
///
/// Start and end lie in one block, in text events. The events between them are text, line ends and whole elements
/// such as emphasis: no link, image, citation or code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What becomes of it.
    pub kind: MarkKind,
    /// Its first byte.
    pub start: TextPosition,
    /// One past its last byte.
    pub end: TextPosition,
}

/// A stretch of the key message that becomes a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageLink {
    /// The page that it leads to.
    pub condition: PageId,
    /// Its bytes in the message.
    pub words: Range<u32>,
    /// Where they stand in the file.
    pub span: Span,
}

/// What becomes of a marked stretch.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum MarkKind {
    /// A link to the page of a condition.
    Condition(PageId),
    /// An explanation of a term of the glossary.
    Term(TermId),
}

/// A place in a text event of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextPosition {
    /// Index of the event.
    pub event: u32,
    /// Bytes into the event's text.
    pub offset: u32,
}

/// A condition that a page speaks of or is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The condition's page.
    pub condition: PageId,
    /// Whether the front matter names it.
    pub declared: bool,
    /// Whether the page's title names it.
    pub in_title: bool,
    /// Whether a heading names it.
    pub in_heading: bool,
    /// How often the body names it, headings and links included; 0 where it is only declared.
    pub count: u32,
    /// Where the text first names it; a heading where nothing else does.
    pub first: Option<Arc<Place>>,
}

/// A page that the author links to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// The page.
    pub page: PageId,
    /// How many links there are.
    pub count: u32,
    /// Where the first one stands.
    pub first: Arc<Place>,
}

/// A place in the text with the sentence around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Index of the section in the page's sections.
    pub section: u32,
    /// The words of that section's heading; `None` before the first heading.
    pub heading: Option<Box<str>>,
    /// The anchor of that heading.
    pub anchor: Option<Anchor>,
    /// The sentence as plain text.
    pub sentence: Box<str>,
    /// The bytes of the sentence that were meant.
    pub mark: Range<u32>,
}

/// A mention that did not become a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The condition, or one of those that it may be.
    pub condition: PageId,
    /// Why not.
    pub reason: SkipReason,
    /// The words in the file.
    pub span: Span,
}

/// Why a mention did not become a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SkipReason {
    /// The section, or the page, links to the condition already.
    AlreadyLinked,
    /// It stands in a heading, or in that of a column.
    InHeading,
    /// It stands in a link that leads elsewhere.
    InLink,
    /// It stands in a quotation.
    InQuote,
    /// It stands in a caption.
    InCaption,
    /// It stands in a care card.
    InCareCard,
    /// The author marked it as no link.
    MarkedNoLink,
    /// The page has `autolink = false`.
    SwitchedOff,
    /// The page has as many automatic links as the configuration allows.
    TooMany,
    /// Emphasis begins or ends inside the name.
    AcrossMarkup,
    /// The name only leads to the condition from search.
    SearchOnly,
    /// The name is a part of a longer word: "headache-free".
    PartOfWord,
    /// Where the words stand, it is not sure that they share the last word of a list.
    UnsureList,
}

impl SkipReason {
    /// The reason in words, to stand behind "not linked:".
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AlreadyLinked => "linked already",
            Self::InHeading => "in a heading",
            Self::InLink => "in another link",
            Self::InQuote => "in a quotation",
            Self::InCaption => "in a caption",
            Self::InCareCard => "in a care card",
            Self::MarkedNoLink => "marked as no link",
            Self::SwitchedOff => "switched off for this page",
            Self::TooMany => "too many automatic links on this page",
            Self::AcrossMarkup => "emphasis begins or ends inside the name",
            Self::SearchOnly => "a name for search only",
            Self::PartOfWord => "a part of a longer word",
            Self::UnsureList => "it may not belong to the list",
        }
    }
}

/// Resolves what a page links to, finds what it mentions, and numbers what it cites; what leads nowhere is reported.
///
/// With `keeps_words` the page's words are kept, so that a later vocabulary need not read all pages again.
pub fn resolve(
    page: Arc<Page>,
    id: PageId,
    catalog: &Catalog,
    vocabulary: &Vocabulary,
    registries: &Registries,
    config: &Config,
    keeps_words: bool,
) -> (LinkedPage, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let links = target::links(&page, id, catalog, &mut diagnostics);
    let images = target::images(&page, catalog, &mut diagnostics);
    target::replacement(&page, id, catalog, &mut diagnostics);
    let named = ids::named(&page, catalog, vocabulary, registries, &mut diagnostics);
    let text =
        text::read(text::Inputs { page: &page, links: &links, catalog, vocabulary, registries, keeps_words });
    let options = config.autolink;
    let inputs = mentions::Inputs { page: &page, id, links: &links, catalog, vocabulary, options };
    let spoken = mentions::choose(&text, inputs, &mut diagnostics);
    figures::check(&text, vocabulary, registries, &mut diagnostics);
    let words = text.words;
    let linked = LinkedPage {
        id,
        links,
        images,
        marks: spoken.marks.into(),
        message_links: spoken.message_links.into(),
        sources: named.sources.into(),
        facts: named.facts.into(),
        terms: spoken.terms.into(),
        mentions: spoken.mentions.into(),
        outgoing: spoken.outgoing.into(),
        skipped: spoken.skipped.into(),
        words,
        page,
    };
    (linked, diagnostics)
}
