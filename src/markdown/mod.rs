//! Markdown: the body of an article as a [`Document`].
//!
//! Takes the text behind the front matter and gives events with spans in the whole file. Parsing never fails; what
//! is wrong comes as diagnostics beside the document. The stage knows no other page: links stay as typed.

mod address;
mod citation;
mod document;
mod html;
mod html_tags;
mod parse;
mod shortcode;

pub use document::*;
pub use html::{runs_script, script_address};
pub use parse::parse;

/// What a site allows in its articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Options {
    /// Whether raw HTML is kept. Where not, each piece is a finding and is left out.
    pub raw_html: bool,
    /// Whether straight quotation marks, `--` and `...` become typographic ones.
    pub smart_punctuation: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { raw_html: true, smart_punctuation: true }
    }
}
