//! Search: an index of the site's words that readers' browsers load piece by piece, and the same query in Rust.
//!
//! [`build`] takes documents and gives files; the client module among them answers in the browser, [`Index`] in Rust,
//! with the same results in the same order. The module knows nothing of pages, catalogs or disks: it takes text and
//! gives bytes.

mod build;
mod built;
mod client;
mod common;
mod concept;
mod count;
mod document;
mod edits;
mod front;
mod intern;
mod language;
mod lists;
mod manifest;
mod order;
mod part;
mod picked;
mod posting;
mod query;
mod question;
mod score;
mod shard;
mod slots;
mod smooth;
mod sums;
mod tally;
mod text;
mod weigh;
mod wordlist;
mod words;

pub use build::build;
pub use built::Built;
pub use document::{Document, Section, Sections, Settings, Vocabulary};
pub use query::{Answer, Error, Filters, Found, Index, ScorePart};
