//! Rendering: pages, lists, feed, sitemap and structured data.
//!
//! [`prepare`] makes once what all pages share, [`addresses`] names every file of the site, and [`render`] gives the
//! bytes of one and looks at nothing else, so that files can be rendered in any order, in parallel, or only when
//! somebody asks.

pub mod body;
pub mod body_map;
pub mod context;
mod words;
mod kinds;
mod shared;
mod site;
mod template;
mod frame;
mod qr;
mod letters;
mod lists;
mod relations;
mod care;
mod evidence;
mod reviews;
mod json_ld;
mod article;
mod conditions;
mod regions;
mod registers;
mod questions;
mod pages;
mod generated;
mod feed;
mod graph;
mod sitemap;
mod root_files;
mod pictures;
mod card;
mod output;
pub mod values;

use std::sync::Arc;

pub use article::{EVIDENCE, Length, length};
pub use kinds::unknown_looks;
pub use output::{Output, Recipe, addresses, copied, derived_key, render};
pub use shared::{Shared, Tongue, prepare, rooted};

use jiff::civil::Date;

use crate::catalog::Catalog;
use crate::config::Config;
use crate::files::SiteFiles;
use crate::link::{Incoming, LinkedPage};
use crate::registry::Registries;
use crate::theme::Theme;

/// All that rendering may look at.
#[derive(Clone, Copy)]
pub struct Inputs<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// Facts, terms, people, sources, regions and care cards.
    pub registries: &'a Registries,
    /// Templates, words and assets.
    pub theme: &'a Theme,
    /// What is where.
    pub catalog: &'a Catalog,
    /// The pages with their links resolved, in the order of the catalog.
    pub pages: &'a [Arc<LinkedPage>],
    /// What pages say of each other.
    pub incoming: &'a Incoming,
    /// The files that images and copied assets are read from.
    pub files: &'a SiteFiles,
    /// The day of the build.
    pub today: Date,
}
