//! Structured data: what a page says, in the words of schema.org, as one JSON-LD graph.
//!
//! It is made of the front matter, the registries and the visible text, with the types and properties that fit health
//! pages (docs/structured-data.md); where a page has nothing to say, a property is left out. A person who only holds a
//! place reviewed nothing, so neither the name nor the day of that review is told to machines.

mod entity;
mod known;
mod lists;
mod node;
mod source;
mod text;

pub(super) use known::Known;
pub(super) use lists::{
    body, conditions, glossary, home, list, people, person, questions, references, region, tags,
};
pub(super) use text::{Said, of_text};

use super::Inputs;
use super::context::PageContext;
use super::shared::{Shared, Tongue};
use node::Node;

/// What structured data is made from beside the page itself.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    inputs: &'a Inputs<'a>,
    shared: &'a Shared,
    tongue: &'a Tongue,
}

/// What every page says of itself: its id, name, address, language, description and trail.
fn of_page(node: &mut Node<'_>, scope: &Scope<'_>, page: &PageContext) {
    node.text("@id", &page.permalink);
    node.text("name", &page.title);
    node.text("url", &page.permalink);
    node.text("inLanguage", &page.lang);
    node.text("description", &page.description);
    scope.publisher(node);
    trail(node, scope, page);
}

/// The pages above this one and this one.
fn trail(node: &mut Node<'_>, scope: &Scope<'_>, page: &PageContext) {
    if page.breadcrumbs.is_empty() {
        return;
    }
    node.node("breadcrumb", "BreadcrumbList", |node| {
        let above = page.breadcrumbs.iter().map(|link| (link.text.as_str(), Some(scope.whole(&link.url))));
        // The last is the page that tells all this: its address stands there already.
        let own = (page.title.as_str(), None);
        node.list("itemListElement", |list| {
            for (at, (name, url)) in above.chain([own]).enumerate() {
                list.node("ListItem", |node| {
                    node.number("position", at + 1);
                    node.text("name", name);
                    // The range of `item` is a thing: a bare address would lie outside of it.
                    if let Some(url) = url {
                        node.node("item", "WebPage", |node| node.text("@id", &url));
                    }
                });
            }
        });
    });
}
