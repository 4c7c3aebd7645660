//! `graph.json`: pages, conditions and typed links with their reasons, for anyone's tools.

use std::sync::Arc;

use serde::Serialize;

use super::{Incoming, LinkedPage};
use crate::catalog::{Catalog, PageId};
use crate::name::{ConditionId, KindId, RegionId, TermId};

/// What `graph.json` holds; stable: later versions add fields and types.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Graph<'a> {
    /// Format of the file.
    pub version: u32,
    /// The pages of the site, by path; withdrawn ones are left out.
    pub pages: Vec<GraphPage<'a>>,
    /// The conditions, by path.
    pub conditions: Vec<GraphCondition<'a>>,
    /// What leads from page to page: by the path of the first page, then by type.
    pub links: Vec<GraphLink<'a>>,
}

/// A page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GraphPage<'a> {
    /// Its address, from the host's root.
    pub url: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Its kind.
    pub kind: &'a KindId,
    /// Its language.
    pub lang: &'a str,
    /// The id of the condition that it tells of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<&'a ConditionId>,
}

/// A condition.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GraphCondition<'a> {
    /// Its id.
    pub id: &'a ConditionId,
    /// Its page: an index of `pages`.
    pub page: u32,
    /// Other names, which become links.
    pub also_called: Vec<&'a str>,
    /// Names that lead to it from search and the A to Z alone.
    pub search_only: Vec<&'a str>,
    /// Its region of the body.
    pub region: Option<&'a RegionId>,
}

/// Something that leads from one page to another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GraphLink<'a> {
    /// The page it starts on: an index of `pages`.
    pub from: u32,
    /// The page it leads to: an index of `pages`.
    pub to: u32,
    /// What it is, and why.
    #[serde(flatten)]
    pub kind: LinkKind<'a>,
}

/// What leads from one page to another, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum LinkKind<'a> {
    /// The front matter says that the page is about the condition.
    About,
    /// The words name the condition, with or without a link.
    Mentions {
        /// How often the body does; 0 where only the title does.
        count: u32,
        /// Whether the title does.
        title: bool,
        /// Whether a heading does.
        heading: bool,
    },
    /// Mentions that became links.
    Automatic {
        /// How many.
        count: u32,
    },
    /// Links that the author wrote.
    Links {
        /// How many.
        count: u32,
    },
    /// Two conditions belong together; it goes both ways.
    Related {
        /// Whether one of them names the other.
        declared: bool,
        /// The region that both belong to.
        region: Option<&'a RegionId>,
        /// How many pages are about both or speak of both.
        together: u32,
    },
    /// The article is offered beside the page.
    Near {
        /// The conditions that both speak of, the most telling first: indexes of `pages`.
        conditions: Vec<u32>,
        /// The terms that both use, the most telling first.
        terms: &'a [TermId],
        /// How near; comparable among the articles of one page.
        score: u32,
    },
}

/// The whole site as a graph; `url` gives the address of a page.
pub fn graph<'a>(
    pages: &'a [Arc<LinkedPage>],
    incoming: &'a Incoming,
    catalog: &'a Catalog,
    url: impl Fn(PageId) -> &'a str,
) -> Graph<'a> {
    let mut index: Vec<Option<u32>> = vec![None; catalog.pages().len()];
    let mut graph = Graph { version: 1, pages: Vec::new(), conditions: Vec::new(), links: Vec::new() };
    for id in catalog.ids().filter(|id| catalog.is_listed(*id)) {
        let page = catalog.page(id);
        let at = graph.pages.len() as u32;
        index[id.0 as usize] = Some(at);
        let condition = page.condition.as_ref();
        graph.pages.push(GraphPage {
            url: url(id),
            title: &page.title,
            kind: &page.kind,
            lang: &page.language,
            condition: condition.map(|condition| &condition.id),
        });
        let names =
            |names: &'a [(String, crate::source::Span)]| names.iter().map(|(name, _)| &**name).collect();
        graph.conditions.extend(condition.map(|condition| GraphCondition {
            id: &condition.id,
            page: at,
            also_called: names(&condition.also_called),
            search_only: names(&condition.search_only),
            region: condition.region.as_ref().map(|(region, _)| region),
        }));
    }
    // About how many they are: growing step by step would take twice the memory.
    let about = |linked: &Arc<LinkedPage>| 3 * linked.mentions.len() + linked.outgoing.len() + 6;
    graph.links.reserve(pages.iter().map(about).sum());
    for linked in pages {
        let Some(from) = index[linked.id.0 as usize] else { continue };
        let links = from_page(linked, incoming, &index).into_iter();
        let links = links.filter_map(|(to, kind)| Some(GraphLink { from, to: index[to.0 as usize]?, kind }));
        graph.links.extend(links);
    }
    graph
}

fn from_page<'a>(
    linked: &'a LinkedPage,
    incoming: &'a Incoming,
    index: &[Option<u32>],
) -> Vec<(PageId, LinkKind<'a>)> {
    let mut links = Vec::new();
    for mention in &linked.mentions {
        let (to, count) = (mention.condition, mention.count);
        if mention.declared {
            links.push((to, LinkKind::About));
        }
        if count > 0 || mention.in_title {
            let (title, heading) = (mention.in_title, mention.in_heading);
            links.push((to, LinkKind::Mentions { count, title, heading }));
        }
        let count = linked.linked_conditions().filter(|condition| *condition == to).count() as u32;
        if count > 0 {
            links.push((to, LinkKind::Automatic { count }));
        }
    }
    links.extend(linked.outgoing.iter().map(|link| (link.page, LinkKind::Links { count: link.count })));
    for related in incoming.related_conditions(linked.id) {
        let (declared, region, together) = (related.declared, related.region.as_ref(), related.together);
        links.push((related.page, LinkKind::Related { declared, region, together }));
    }
    for near in incoming.related(linked.id) {
        let conditions = near.conditions.iter().filter_map(|page| index[page.0 as usize]).collect();
        links.push((near.page, LinkKind::Near { conditions, terms: &near.terms, score: near.score }));
    }
    links
}
