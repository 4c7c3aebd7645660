//! The body of a page as HTML.

use super::Inputs;
use super::context::Link;
use super::shared::Shared;
use crate::diag::Diagnostic;
use crate::link::LinkedPage;
use crate::name::Anchor;

/// A page's body and what the template around it needs to know of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Body {
    /// The body.
    pub html: String,
    /// For each source of the page, the places that cite it.
    pub cited_at: Vec<Vec<Link>>,
    /// Links to other sites and pages, in order, once each.
    pub print_links: Vec<Link>,
    /// Number of words.
    pub words: usize,
    /// The answers to its questions, without citations and anchors.
    pub answers: Vec<(Anchor, String)>,
    /// Whether there is a block of code.
    pub has_code: bool,
}

/// The body of a page.
pub fn body(linked: &LinkedPage, _inputs: &Inputs<'_>, _shared: &Shared) -> (Body, Vec<Diagnostic>) {
    let document = &linked.page.document;
    let text = document.plain_text(0..document.events().len() as u32);
    let words = text.split_whitespace().count();
    let html = format!("<p>{}</p>", super::words::escaped(&text));
    (Body { html, words, ..Body::default() }, Vec::new())
}
