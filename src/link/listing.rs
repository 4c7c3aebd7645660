//! What `needlepoint links` tells: every link made and why, what was skipped and why, and who is left alone.

use std::fmt::Write;
use std::sync::Arc;

use serde::Serialize;

use super::{Incoming, LinkedPage, Mark, MarkKind, SkipReason, TextPosition};
use crate::catalog::{Catalog, PageId};
use crate::markdown::EventKind;
use crate::name::{ContentPath, TermId};
use crate::source::Span;

/// The report on one page or on all.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Listing {
    /// The pages with something to tell, by path.
    pub pages: Vec<PageListing>,
    /// Conditions of which no article speaks; empty in the report on one page, like the lists below.
    pub unmentioned: Vec<ContentPath>,
    /// Articles that name no condition.
    pub without_condition: Vec<ContentPath>,
    /// Pages to which no page links.
    pub orphans: Vec<ContentPath>,
}

/// The report on one page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PageListing {
    /// The file.
    pub path: ContentPath,
    /// Automatic links and explanations, in reading order.
    pub made: Vec<Made>,
    /// Mentions that did not become links, in reading order.
    pub skipped: Vec<NotMade>,
    /// Pages that link here or speak of the page, best first.
    pub linked_from: Vec<ContentPath>,
}

/// An automatic link or an explanation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Made {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The words.
    pub words: String,
    /// Where they lead.
    #[serde(flatten)]
    pub leads_to: LeadsTo,
}

/// Where an automatic link leads.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeadsTo {
    /// To a condition's page.
    Condition(ContentPath),
    /// To the explanation of a term.
    Term(TermId),
}

/// A mention that did not become a link.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NotMade {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The words.
    pub words: String,
    /// The condition.
    pub condition: ContentPath,
    /// Why not.
    pub reason: SkipReason,
}

/// Makes the report on one page, or on the whole site where none is named.
pub fn listing(
    pages: &[Arc<LinkedPage>],
    incoming: &Incoming,
    catalog: &Catalog,
    only: Option<PageId>,
) -> Listing {
    let path = |id: &PageId| catalog.page(*id).path.clone();
    let paths = |ids: &[PageId]| -> Vec<ContentPath> { ids.iter().map(path).collect() };
    let chosen = pages.iter().filter(|page| only.is_none_or(|only| only == page.id));
    let told: Vec<PageListing> = chosen
        .map(|page| page_listing(page, incoming, catalog))
        .filter(|page| only.is_some() || !page.made.is_empty() || !page.skipped.is_empty())
        .collect();
    if only.is_some() {
        let (unmentioned, without_condition, orphans) = (Vec::new(), Vec::new(), Vec::new());
        return Listing { pages: told, unmentioned, without_condition, orphans };
    }
    let is_silent = |page: &&Arc<LinkedPage>| {
        let interface = &page.page.interface;
        page.mentions.is_empty()
            && interface.condition.is_none()
            && !interface.is_section
            && catalog.is_listed(page.id)
    };
    Listing {
        pages: told,
        unmentioned: paths(incoming.unmentioned()),
        without_condition: pages.iter().filter(is_silent).map(|page| path(&page.id)).collect(),
        orphans: paths(incoming.orphans()),
    }
}

fn page_listing(linked: &LinkedPage, incoming: &Incoming, catalog: &Catalog) -> PageListing {
    let source = linked.page.document.source();
    let to_condition = |page: PageId| LeadsTo::Condition(catalog.page(page).path.clone());
    let made = |span: Span, leads_to: LeadsTo| {
        let at = source.position(span.start);
        Made { line: at.line, column: at.column, words: in_one_line(source.slice(span)), leads_to }
    };
    let in_message = linked.message_links.iter().map(|link| made(link.span, to_condition(link.condition)));
    let in_body = linked.marks.iter().map(|mark| {
        let leads_to = match &mark.kind {
            MarkKind::Condition(condition) => to_condition(*condition),
            MarkKind::Term(term) => LeadsTo::Term(term.clone()),
        };
        made(span(linked, mark), leads_to)
    });
    let skipped = linked.skipped.iter().map(|skipped| {
        let at = source.position(skipped.span.start);
        NotMade {
            line: at.line,
            column: at.column,
            words: in_one_line(source.slice(skipped.span)),
            condition: catalog.page(skipped.condition).path.clone(),
            reason: skipped.reason,
        }
    });
    let from = incoming.backlinks(linked.id).iter();
    PageListing {
        path: linked.page.path.clone(),
        made: in_message.chain(in_body).collect(),
        skipped: skipped.collect(),
        linked_from: from.map(|link| catalog.page(link.from).path.clone()).collect(),
    }
}

/// The bytes of the file that a mark covers.
fn span(linked: &LinkedPage, mark: &Mark) -> Span {
    let document = &linked.page.document;
    let place = |position: TextPosition, is_end: bool| {
        let event = document.events()[position.event as usize];
        match event.kind {
            EventKind::Text(text) => text.offset().map(|start| start + position.offset),
            _ => None,
        }
        .unwrap_or(if is_end { event.span.end } else { event.span.start })
    };
    Span::new(place(mark.start, false) as usize, place(mark.end, true) as usize)
}

fn in_one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Listing {
    /// The report for people.
    pub fn text(&self) -> String {
        let mut out = String::new();
        for page in &self.pages {
            page.write(&mut out);
        }
        let lists = [
            ("conditions that no article speaks of", &self.unmentioned),
            ("articles that name no condition", &self.without_condition),
            ("pages that no page links to", &self.orphans),
        ];
        for (title, paths) in lists.into_iter().filter(|(_, paths)| !paths.is_empty()) {
            let _ = writeln!(out, "{title}");
            for path in paths {
                let _ = writeln!(out, "  {path}");
            }
            out.push('\n');
        }
        out.truncate(out.trim_end().len());
        if !out.is_empty() {
            out.push('\n');
        }
        out
    }
}

impl PageListing {
    fn write(&self, out: &mut String) {
        let _ = writeln!(out, "{}", self.path);
        for made in &self.made {
            let (what, to) = match &made.leads_to {
                LeadsTo::Condition(path) => ("linked", path.as_str()),
                LeadsTo::Term(term) => ("explained", term.as_str()),
            };
            let _ = writeln!(out, "  {}:{}  “{}” {what}: {to}", made.line, made.column, made.words);
        }
        for skipped in &self.skipped {
            let NotMade { line, column, words, condition, reason } = skipped;
            let _ =
                writeln!(out, "  {line}:{column}  “{words}” not linked: {} ({condition})", reason.as_str());
        }
        for path in &self.linked_from {
            let _ = writeln!(out, "  linked from {path}");
        }
        out.push('\n');
    }
}
