//! What pages say of each other: backlinks, related pages, sources, terms.

use super::Inputs;
use super::context::{Backlink, BacklinkGroup, Card, Html, TermNote};
use super::shared::{Shared, Tongue};
use crate::catalog::PageId;
use crate::link::LinkedPage;
use crate::name::{CitationKey, TermId};

/// The condition pages that an article is about.
pub(super) fn conditions(inputs: &Inputs<'_>, linked: &LinkedPage) -> Vec<PageId> {
    let declared = linked.page.interface.conditions.iter();
    declared.filter_map(|id| inputs.catalog.condition(id.as_str())).collect()
}

/// Conditions related to a condition.
pub(super) fn related_conditions(inputs: &Inputs<'_>, linked: &LinkedPage) -> Vec<PageId> {
    let related = linked.page.interface.condition.iter().flat_map(|condition| &condition.related);
    related.filter_map(|(id, _)| inputs.catalog.condition(id.as_str())).collect()
}

/// Pages that link to a page with their sentences, grouped by kind.
pub(super) fn backlinks(_: &Inputs<'_>, _: &Shared, _: &Tongue, _: PageId) -> Vec<BacklinkGroup> {
    Vec::new()
}

/// Up to four further pages.
pub(super) fn related(_: &Inputs<'_>, _: &Shared, _: &Tongue, _: PageId) -> Vec<Card> {
    Vec::new()
}

/// The sources of a page in the order of their numbers.
pub(super) fn sources(_: &LinkedPage) -> &[CitationKey] {
    &[]
}

/// Glossary terms that a page uses.
pub(super) fn terms(_: &Inputs<'_>, _: &LinkedPage) -> Vec<TermNote> {
    Vec::new()
}

/// Links to the sources of a page in its list, for places outside of the body.
pub(super) fn citations<'a>(
    tongue: &Tongue,
    linked: &LinkedPage,
    keys: impl Iterator<Item = &'a CitationKey>,
) -> Html {
    let sources = sources(linked);
    let mut numbers: Vec<usize> =
        keys.filter_map(|key| sources.iter().position(|source| source == key)).map(|at| at + 1).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let link = |number: usize| {
        let label = tongue.strings.fill("reference_n", &[("n", &number.to_string())]);
        format!("<a class=\"cite\" href=\"#ref-{number}\" aria-label=\"{label}\">[{number}]</a>")
    };
    Html(numbers.into_iter().map(link).collect())
}

/// Articles that speak of a condition, best first.
pub(super) fn articles(_: &Inputs<'_>, _: &Shared, _: PageId) -> Vec<(PageId, Backlink)> {
    Vec::new()
}

/// Pages that cite a source, sorted by path.
pub(super) fn citing<'a>(_: &Inputs<'a>, _: &CitationKey) -> &'a [PageId] {
    &[]
}

/// Pages that use a term, sorted by path.
pub(super) fn using<'a>(_: &Inputs<'a>, _: &TermId) -> &'a [PageId] {
    &[]
}
