//! Where a fact, a source or a term is used: what somebody must look at again who changes it.

use std::fmt::Write;
use std::sync::Arc;

use serde::Serialize;

use super::{Incoming, LinkedPage, MarkKind};
use crate::catalog::{Catalog, PageId};
use crate::markdown::EventKind;
use crate::name::{ContentPath, UrlPath};
use crate::registry::Registries;
use crate::source::Span;

/// An entry of a registry that pages use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry<'a> {
    /// A fact, by its id.
    Fact(&'a str),
    /// A source, by its key.
    Source(&'a str),
    /// A term of the glossary, by its id.
    Term(&'a str),
}

/// The pages that use an entry.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Uses {
    /// How the entry reads: the fact's words, the source, the term.
    pub entry: String,
    /// The pages, by path.
    pub pages: Vec<Use>,
}

/// A page that uses an entry.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Use {
    /// The file.
    pub path: ContentPath,
    /// Its address.
    pub address: UrlPath,
    /// The lines that name the entry, from 1; empty where the page shows it without naming it, such as the source of a
    /// fact.
    pub lines: Vec<usize>,
}

impl Entry<'_> {
    /// The id of the entry, and the word for what it is.
    pub fn named(self) -> (&'static str, String) {
        match self {
            Self::Fact(id) => ("fact", id.to_owned()),
            Self::Source(key) => ("source", key.to_owned()),
            Self::Term(id) => ("term", id.to_owned()),
        }
    }

    /// The ids of all entries of its registry.
    pub fn known(self, registries: &Registries) -> Vec<String> {
        match self {
            Self::Fact(_) => registries.facts.iter().map(|fact| fact.id.to_string()).collect(),
            Self::Source(_) => registries.references.iter().map(|source| source.key.to_string()).collect(),
            Self::Term(_) => registries.glossary.iter().map(|term| term.id.to_string()).collect(),
        }
    }
}

/// The pages that use an entry; `None` where its registry has no such entry.
pub fn uses(
    entry: Entry<'_>,
    pages: &[Arc<LinkedPage>],
    incoming: &Incoming,
    catalog: &Catalog,
    registries: &Registries,
) -> Option<Uses> {
    let (words, users) = match entry {
        Entry::Fact(id) => {
            let fact = registries.facts.get(id)?;
            (format!("{}: {}", fact.label, fact.text), incoming.showing(id))
        }
        Entry::Source(key) => (registries.references.get(key)?.text.clone(), incoming.citing(key)),
        Entry::Term(id) => (registries.glossary.get(id)?.term.value.clone(), incoming.using(id)),
    };
    let one = |id: &PageId| {
        let linked = &pages[id.0 as usize];
        let source = linked.page.document.source();
        let mut lines: Vec<usize> =
            places(entry, linked).into_iter().map(|span| source.position(span.start).line).collect();
        lines.sort_unstable();
        lines.dedup();
        let page = catalog.page(*id);
        Use { path: page.path.clone(), address: page.address.clone(), lines }
    };
    Some(Uses { entry: words, pages: users.iter().map(one).collect() })
}

/// Where a page names an entry.
fn places(entry: Entry<'_>, linked: &LinkedPage) -> Vec<Span> {
    let page = &linked.page;
    let document = &page.document;
    match entry {
        Entry::Fact(id) => {
            let shown = document.events().iter().filter(|event| match event.kind {
                EventKind::Shortcode(at) => {
                    let shortcode = &document.shortcodes()[at as usize];
                    &*shortcode.name == "fact" && shortcode.text("id") == Some(id)
                }
                _ => false,
            });
            let glance = page.front_matter.extra.get("at_a_glance").and_then(|list| list.as_array());
            let glance = glance.into_iter().flatten().filter(|shown| shown.as_str() == Some(id));
            let glance = glance.map(|_| super::ids::place_in_extra(page, "at_a_glance", id));
            shown.map(|event| event.span).chain(glance).collect()
        }
        Entry::Source(key) => {
            let items = document.citations().iter().flat_map(|group| &group.items);
            let cited = items.filter(|item| item.key.as_str() == key).map(|item| item.span);
            let evidence = page.front_matter.condition.iter().flat_map(|condition| &condition.evidence);
            let named =
                evidence.flat_map(|evidence| &evidence.refs).filter(|named| named.value.as_str() == key);
            cited.chain(named.map(|named| named.span)).collect()
        }
        Entry::Term(id) => {
            let is_it = |kind: &MarkKind| matches!(kind, MarkKind::Term(term) if term.as_str() == id);
            let marks = linked.marks.iter().filter(|mark| is_it(&mark.kind));
            marks.map(|mark| document.events()[mark.start.event as usize].span).collect()
        }
    }
}

impl Uses {
    /// The report for people.
    pub fn text(&self) -> String {
        let mut out = format!("{}\n", self.entry);
        for page in &self.pages {
            let lines: Vec<String> = page.lines.iter().map(ToString::to_string).collect();
            let place = if lines.is_empty() { String::new() } else { format!(":{}", lines.join(",")) };
            let _ = writeln!(out, "  {}{place}  {}", page.path, page.address);
        }
        if self.pages.is_empty() {
            out.push_str("  no page\n");
        }
        out
    }
}
