//! Needlepoint: a compiler for health articles that people can trust.
//!
//! Markdown, front matter and small registries go in; a checked, cross-linked, searchable static site comes out.
//! The data walks one street, from left to right; each stage owns the type that it hands on:
//!
//! ```text
//! bytes → Source → (front matter + Document) → Page → PageInterface → Catalog → LinkedPage
//!       → { check · search · render } → Site → Update → disk | browser | host
//! ```
//!
//! The `mod` lines stand in the order of the floors, lowest first. A module imports lower floors only, never a
//! neighbour on its own floor; a test reads the sources and holds this. `ARCHITECTURE.md` tells the rest.

// Output goes through handles that can be closed pipes; tests and benchmarks may print.
#![warn(clippy::print_stdout, clippy::print_stderr)]

mod bytes;
mod lock;
pub mod name;
pub mod markup;
pub mod media_type;
pub mod picture;
pub mod source;
pub mod aspect;
pub mod diag;
pub mod error;
pub mod files;
pub mod typed;
pub mod config;
pub mod front_matter;
pub mod markdown;
pub mod registry;
pub mod theme;
pub mod schema;
pub mod page;
pub mod catalog;
pub mod link;
pub mod check;
pub mod search;
pub mod render;
pub mod pipeline;
pub mod disk;
pub mod report;
pub mod watch;
pub mod serve;
pub mod lsp;
pub mod command;
pub mod cli;
