//! Bodies: from a linked page to the HTML of its text.
//!
//! [`body`] goes through the events of a page once and writes everything into one text: marks, citations, footnotes,
//! shortcodes and questions with it. It takes the page as it is linked and finds nothing wrong with it by itself: what
//! is wrong with shortcodes says [`check_shortcodes`]; the only findings of [`body`] are what shows when something is
//! used: mistakes in a shortcode's template.

mod answer;
mod check;
mod code;
mod escape;
mod footnote;
mod image;
mod inline;
mod shared;
mod shortcode;
mod table;
mod writer;

pub use answer::Answer;
pub use check::check_shortcodes;
pub(super) use inline::letters;
pub use shared::Shared;

use super::Inputs;
use super::context::{Html, Link};
use crate::diag::Diagnostic;
use crate::link::LinkedPage;
use crate::registry::CareLevel;

/// The text of a page as HTML, with what the page around it needs to know of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// The whole text.
    pub html: Html,
    /// The ids of the places that cite each source; as many lists as the page has sources.
    pub cited_at: Vec<Vec<String>>,
    /// Links to other pages and sites in order, once each, with whole addresses.
    pub print_links: Vec<Link>,
    /// How many care cards stand in the text; their ids are `care-1` and so on.
    pub care_count: usize,
    /// Where the first section on what studies say ends; none where it is the last, or there is none.
    pub evidence_end: Option<EvidenceEnd>,
    /// Care cards of a condition's text, which stand above it; at most one of each level.
    pub care: Vec<(CareLevel, Html)>,
    /// How many words there are, code left out.
    pub words: usize,
    /// The questions that the page answers.
    pub answers: Vec<Answer>,
}

/// The place behind a section on what studies say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EvidenceEnd {
    /// In the text, in bytes.
    pub at: usize,
    /// The number of the heading that follows.
    pub heading: u32,
}

/// Writes the body of a page; findings are mistakes in the templates of shortcodes, and damaged images.
pub fn body(linked: &LinkedPage, inputs: &Inputs<'_>, shared: &Shared) -> (Body, Vec<Diagnostic>) {
    writer::write(linked, inputs, shared)
}
