//! What pages say of each other: backlinks, related pages, sources, terms.

use super::Inputs;
use super::context::{Backlink, BacklinkGroup, Html, TermNote};
use super::shared::{Shared, Tongue};
use crate::catalog::PageId;
use crate::link::{self, LinkedPage, Mark, MarkKind, Place};
use crate::markup;
use crate::name::{CitationKey, KindId, TermId};
use crate::registry::Term;

/// The condition pages that an article is about, then those that it mentions.
pub(super) fn conditions(inputs: &Inputs<'_>, linked: &LinkedPage) -> Vec<PageId> {
    let declared = linked.page.interface.conditions.iter();
    let language = &linked.page.interface.language;
    let page = |id: &crate::name::ConditionId| inputs.catalog.condition(id.as_str(), language);
    let mut pages: Vec<PageId> = declared.filter_map(page).collect();
    pages.extend(linked.mentions.iter().map(|mention| mention.condition));
    let mut seen = std::collections::BTreeSet::new();
    pages.retain(|page| *page != linked.id && inputs.catalog.is_listed(*page) && seen.insert(*page));
    pages
}

/// Conditions near a condition, nearest first; those that its page names where nothing else is known.
pub(super) fn related_conditions(inputs: &Inputs<'_>, linked: &LinkedPage) -> Vec<PageId> {
    let gathered = inputs.incoming.related_conditions(linked.id);
    if !gathered.is_empty() {
        return gathered.iter().map(|related| related.page).collect();
    }
    let related = linked.page.interface.condition.iter().flat_map(|condition| &condition.related);
    let language = &linked.page.interface.language;
    related.filter_map(|(id, _)| inputs.catalog.condition(id.as_str(), language)).collect()
}

/// Pages that link to a page with their sentences, grouped by kind, best first; those that list are left out.
pub(super) fn backlinks(
    inputs: &Inputs<'_>,
    shared: &Shared,
    tongue: &Tongue,
    page: PageId,
) -> Vec<BacklinkGroup> {
    let catalog = inputs.catalog;
    let own = catalog.page(page);
    let mut links: Vec<&link::Backlink> = inputs.incoming.backlinks(page).iter().collect();
    links.retain(|link| {
        let from = catalog.page(link.from);
        catalog.is_listed(link.from) && from.language == own.language && !from.is_section
    });
    // The links come best first: so do the groups, by their best link, and the pages in each.
    let mut groups: Vec<(&KindId, Vec<Backlink>)> = Vec::new();
    for link in links {
        let kind = &catalog.page(link.from).kind;
        let item = backlink(inputs, shared, link);
        match groups.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, items)) => items.push(item),
            None => groups.push((kind, vec![item])),
        }
    }
    groups.into_iter().map(|(kind, items)| BacklinkGroup { kind: tongue.kind(kind), items }).collect()
}

fn backlink(inputs: &Inputs<'_>, shared: &Shared, link: &link::Backlink) -> Backlink {
    let url = shared.url(link.from);
    let place = link.place.as_deref();
    let tongue = shared.tongue(&inputs.catalog.page(link.from).language);
    let section = |heading: &str| tongue.strings.fill("in_section", &[("section", heading)]);
    Backlink {
        title: inputs.catalog.page(link.from).title.clone(),
        url: match place.and_then(|place| place.anchor.as_ref()) {
            Some(anchor) => format!("{url}#{anchor}"),
            None => url.to_owned(),
        },
        section: place.and_then(|place| place.heading.as_deref()).map(section).unwrap_or_default(),
        sentence: place.map(sentence).unwrap_or_default(),
    }
}

/// The sentence with the words that were meant in `mark`.
fn sentence(place: &Place) -> Html {
    const MARK: (&str, &str) = ("<mark>", "</mark>");
    let (start, end) = (place.mark.start as usize, place.mark.end as usize);
    let text = &place.sentence;
    let mut html = String::with_capacity(text.len() + MARK.0.len() + MARK.1.len());
    match (text.get(..start), text.get(start..end), text.get(end..)) {
        (Some(before), Some(marked), Some(after)) if !marked.is_empty() => {
            markup::escape_into(&mut html, before);
            html.push_str(MARK.0);
            markup::escape_into(&mut html, marked);
            html.push_str(MARK.1);
            markup::escape_into(&mut html, after);
        }
        _ => markup::escape_into(&mut html, text),
    }
    Html(html)
}

/// Articles that speak of a condition, best first.
pub(super) fn articles(inputs: &Inputs<'_>, shared: &Shared, condition: PageId) -> Vec<(PageId, Backlink)> {
    let catalog = inputs.catalog;
    let own = catalog.page(condition);
    let links = inputs.incoming.backlinks(condition).iter().filter(|link| {
        let from = catalog.page(link.from);
        from.condition.is_none()
            && !from.is_section
            && from.language == own.language
            && catalog.is_listed(link.from)
    });
    links.map(|link| (link.from, backlink(inputs, shared, link))).collect()
}

/// Up to four further pages, nearest first.
pub(super) fn related(inputs: &Inputs<'_>, page: PageId) -> impl Iterator<Item = PageId> {
    let related = inputs.incoming.related(page).iter().map(|related| related.page);
    related.filter(|page| inputs.catalog.is_listed(*page)).take(4)
}

/// Glossary terms that a page uses.
pub(super) fn terms(inputs: &Inputs<'_>, linked: &LinkedPage) -> Vec<TermNote> {
    let terms = linked.terms.iter().filter_map(|id| inputs.registries.glossary.get(id.as_str()));
    terms
        .map(|term| TermNote {
            word: word_of(linked, term),
            term: term.term.value.clone(),
            definition: term.definition.clone(),
        })
        .collect()
}

/// The words for a term where the text explains it; empty where they begin as the term does.
fn word_of(linked: &LinkedPage, term: &Term) -> String {
    let is_of_term = |mark: &&Mark| matches!(&mark.kind, MarkKind::Term(id) if *id == term.id);
    let Some(mark) = linked.marks.iter().find(is_of_term) else { return String::new() };
    let (start, end) = (mark.start, mark.end);
    let text = linked.page.document.plain_text(start.event..start.event + 1);
    let range = start.offset as usize..end.offset as usize;
    let word = text.get(range).filter(|_| start.event == end.event).unwrap_or_default();
    let begins_as_term = word.to_lowercase().starts_with(&term.term.value.to_lowercase());
    if begins_as_term { String::new() } else { word.to_owned() }
}

/// Pages that cite a source, sorted by path.
pub(super) fn citing<'a>(inputs: &Inputs<'a>, key: &CitationKey) -> &'a [PageId] {
    inputs.incoming.citing(key.as_str())
}

/// Pages that use a term, sorted by path.
pub(super) fn using<'a>(inputs: &Inputs<'a>, term: &TermId) -> &'a [PageId] {
    inputs.incoming.using(term.as_str())
}

/// Places outside of the body that cite the sources of a page, as links to its list of references.
#[derive(Debug, Default)]
pub(super) struct Citations {
    /// The ids of the places that cite each source, by its index; as long as needed.
    pub(super) cited_at: Vec<Vec<String>>,
}

impl Citations {
    /// Links for one place; `place` is the start of their ids.
    pub(super) fn links<'a>(
        &mut self,
        tongue: &Tongue,
        linked: &LinkedPage,
        place: &str,
        keys: impl Iterator<Item = &'a CitationKey>,
    ) -> Html {
        let index = |key| linked.sources.iter().position(|source| source == key);
        let mut indexes: Vec<usize> = keys.filter_map(index).collect();
        indexes.sort_unstable();
        indexes.dedup();
        let mut html = String::new();
        for index in indexes {
            let number = index + 1;
            let id = format!("{place}-{number}");
            let label = markup::escaped(&tongue.strings.fill("reference_n", &[("n", &number.to_string())]));
            html += &format!(
                "<a class=\"cite\" href=\"#ref-{number}\" aria-label=\"{label}\" id=\"{id}\">[{number}]</a>"
            );
            if self.cited_at.len() <= index {
                self.cited_at.resize(number, Vec::new());
            }
            self.cited_at[index].push(id);
        }
        Html(html)
    }
}
