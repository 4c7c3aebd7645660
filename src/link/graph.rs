//! `graph.json`: pages, conditions and typed links, for anyone's tools.

use std::sync::Arc;

use serde::Serialize;

use super::{Incoming, LinkedPage, MarkKind};
use crate::catalog::{Catalog, PageId};
use crate::name::{ConditionId, KindId, RegionId, UrlPath};

/// What `graph.json` holds; stable.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Graph<'a> {
    /// The pages of the site, by path; withdrawn ones are left out.
    pub pages: Vec<GraphPage<'a>>,
    /// The conditions, by path.
    pub conditions: Vec<GraphCondition<'a>>,
    /// What leads from page to page, by the path of the first page.
    pub links: Vec<GraphLink<'a>>,
}

/// A page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GraphPage<'a> {
    /// Its address.
    pub address: &'a UrlPath,
    /// Its title.
    pub title: &'a str,
    /// Its kind.
    pub kind: &'a KindId,
    /// Its language.
    pub language: &'a str,
}

/// A condition.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GraphCondition<'a> {
    /// Its id.
    pub id: &'a ConditionId,
    /// The address of its page.
    pub address: &'a UrlPath,
    /// Its preferred name.
    pub name: &'a str,
    /// Other names.
    pub also_called: Vec<&'a str>,
    /// Its region of the body.
    pub region: Option<&'a RegionId>,
}

/// Something that leads from one page to another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GraphLink<'a> {
    /// The page it starts on.
    pub from: &'a UrlPath,
    /// The page it leads to.
    pub to: &'a UrlPath,
    /// What it is.
    pub kind: LinkKind,
    /// How often it stands on the page; 1 for what the front matter says.
    pub count: u32,
}

/// What leads from one page to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkKind {
    /// The front matter says that the page is about the condition.
    About,
    /// A link that the author wrote.
    Link,
    /// A mention that became a link.
    Automatic,
    /// The words name the condition, with or without a link.
    Mention,
    /// Two conditions belong together; it goes both ways.
    Related,
}

/// The whole site as a graph.
pub fn graph<'a>(pages: &[Arc<LinkedPage>], incoming: &Incoming, catalog: &'a Catalog) -> Graph<'a> {
    let listed = || catalog.ids().filter(|id| catalog.is_listed(*id));
    let page = |id: PageId| {
        let page = catalog.page(id);
        GraphPage { address: &page.address, title: &page.title, kind: &page.kind, language: &page.language }
    };
    let condition = |id: PageId| {
        let page = catalog.page(id);
        let condition = page.condition.as_ref()?;
        Some(GraphCondition {
            id: &condition.id,
            address: &page.address,
            name: &page.title,
            also_called: condition.also_called.iter().map(|(name, _)| name.as_str()).collect(),
            region: condition.region.as_ref().map(|(region, _)| region),
        })
    };
    let mut links = Vec::new();
    for linked in pages.iter().filter(|page| catalog.is_listed(page.id)) {
        for (to, kind, count) in from_page(linked, incoming) {
            if catalog.is_listed(to) {
                let (from, to) = (&catalog.page(linked.id).address, &catalog.page(to).address);
                links.push(GraphLink { from, to, kind, count });
            }
        }
    }
    Graph { pages: listed().map(page).collect(), conditions: listed().filter_map(condition).collect(), links }
}

fn from_page(linked: &LinkedPage, incoming: &Incoming) -> Vec<(PageId, LinkKind, u32)> {
    let mut links: Vec<(PageId, LinkKind, u32)> = Vec::new();
    for mention in &linked.mentions {
        if mention.declared {
            links.push((mention.condition, LinkKind::About, 1));
        }
        if mention.count > 0 {
            links.push((mention.condition, LinkKind::Mention, mention.count));
        }
        let is_own = |kind: &MarkKind| *kind == MarkKind::Condition(mention.condition);
        let automatic = linked.marks.iter().filter(|mark| is_own(&mark.kind)).count();
        if automatic > 0 {
            links.push((mention.condition, LinkKind::Automatic, automatic as u32));
        }
    }
    links.extend(linked.outgoing.iter().map(|link| (link.page, LinkKind::Link, link.count)));
    let related = incoming.related_conditions(linked.id).iter();
    links.extend(related.map(|related| (related.page, LinkKind::Related, 1)));
    links.sort_unstable();
    links
}
