//! Typed: TOML or YAML text as one tree of values with spans, and the functions that read typed values from it.
//!
//! Front matter, configuration and registries are all read through [`Reader`]. Reading never fails: what cannot be
//! read is left out and reported, with spans counted in the whole file.

mod fields;
mod period;
mod plain_toml;
mod reader;
mod toml;
mod value;
mod yaml;

pub use fields::{Field, Shape};
pub use period::Months;
pub use reader::{Item, Reader};
pub use value::{Entry, Kind, Value};

use crate::diag::{self, Diagnostic};
use crate::source::{Source, Span};

/// A value with the place where it was written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its bytes in the whole file.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Joins a value and its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// The notation of a block of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// TOML 1.1.
    Toml,
    /// YAML 1.2, without anchors, aliases and tags.
    Yaml,
}

/// The deepest nesting of lists and tables.
pub const MAX_DEPTH: usize = 32;

/// The most values in one file.
pub const MAX_VALUES: usize = 200_000;

/// What came of a text: its tree, and whether all of the text is in it.
pub struct Tree<'s> {
    /// The values; a table.
    pub root: Value<'s>,
    /// Whether a part of the text could not be read, so that what is absent from the tree may yet be written.
    pub broken: bool,
}

/// Reads the values in `span` of a file, which must lie in the text.
pub fn read<'s>(source: &'s Source, span: Span, format: Format, found: &mut Vec<Diagnostic>) -> Tree<'s> {
    let before = found.len();
    if let Some(at) = memchr::memmem::find(source.slice(span).as_bytes(), "\u{FFFD}".as_bytes()) {
        let at = span.start as usize + at;
        let message = "a character here is damaged, or none that can be shown";
        let place = Span::new(at, at + "\u{FFFD}".len());
        found.push(
            Diagnostic::new(diag::SYNTAX_ERROR, source.path(), place, message).with_help("write it again"),
        );
    }
    let root = match format {
        Format::Toml => toml::read(source, span, found),
        Format::Yaml => yaml::read(source, span, found),
    };
    let broken = found[before..].iter().any(|finding| finding.code != diag::DUPLICATE_KEY);
    Tree { root, broken }
}

/// Reads a file that is TOML as a whole; a byte order mark is skipped.
pub fn read_toml_file<'s>(source: &'s Source, found: &mut Vec<Diagnostic>) -> Tree<'s> {
    let start = if source.text().starts_with('\u{FEFF}') { 3 } else { 0 };
    read(source, Span::new(start, source.text().len()), Format::Toml, found)
}
