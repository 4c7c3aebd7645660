//! `graph.json`: pages, conditions and the links between them, for anyone's tools.

use serde::Serialize;

use super::Inputs;
use super::shared::Shared;
use crate::catalog::PageId;
use crate::link::LinkedPage;

/// The whole file.
#[derive(Serialize)]
struct Graph<'a> {
    /// Format of the file.
    version: u32,
    /// Listed pages, sorted by path.
    pages: Vec<Node<'a>>,
    /// Links by page, in the order of the page; `from` and `to` are indexes into `pages`.
    links: Vec<Edge>,
}

#[derive(Serialize)]
struct Node<'a> {
    url: &'a str,
    title: &'a str,
    kind: &'a str,
    lang: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    condition: Option<&'a str>,
}

#[derive(Serialize)]
struct Edge {
    from: u32,
    to: u32,
    /// `about`: the front matter names the condition; `mentions`: the text speaks of it; `links`: the author links to
    /// the page; `related`: a condition names another.
    #[serde(rename = "type")]
    kind: &'static str,
    /// How often.
    count: u32,
}

/// The file.
pub(super) fn json(inputs: &Inputs<'_>, shared: &Shared) -> Vec<u8> {
    let catalog = inputs.catalog;
    let mut index = vec![None; catalog.pages().len()];
    let mut graph = Graph { version: 1, pages: Vec::new(), links: Vec::new() };
    for id in catalog.ids().filter(|id| catalog.is_listed(*id)) {
        let page = catalog.page(id);
        index[id.0 as usize] = Some(graph.pages.len() as u32);
        graph.pages.push(Node {
            url: shared.url(id),
            title: &page.title,
            kind: page.kind.as_str(),
            lang: &page.language,
            condition: page.condition.as_ref().map(|condition| condition.id.as_str()),
        });
    }
    for linked in inputs.pages {
        let Some(from) = index[linked.id.0 as usize] else { continue };
        for (to, kind, count) in links(inputs, linked) {
            if let Some(to) = index[to.0 as usize] {
                graph.links.push(Edge { from, to, kind, count });
            }
        }
    }
    serde_json::to_vec(&graph).expect("a struct of plain values is JSON")
}

/// Where a page leads, with why and how often.
fn links(inputs: &Inputs<'_>, linked: &LinkedPage) -> Vec<(PageId, &'static str, u32)> {
    let mut found = Vec::new();
    for mention in &linked.mentions {
        if mention.declared {
            found.push((mention.condition, "about", 1));
        }
        if mention.count > 0 {
            found.push((mention.condition, "mentions", mention.count));
        }
    }
    found.extend(linked.outgoing.iter().map(|link| (link.page, "links", link.count)));
    let related = linked.page.interface.condition.iter().flat_map(|condition| &condition.related);
    let related = related.filter_map(|(id, _)| inputs.catalog.condition(id.as_str()));
    found.extend(related.map(|page| (page, "related", 1)));
    found
}
