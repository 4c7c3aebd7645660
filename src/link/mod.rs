//! Links: targets resolved, mentions found, backlinks and related pages.
//!
//! [`resolve`] takes one page and the catalog and gives a [`LinkedPage`]; it looks at no other page's text. What
//! pages say of each other is gathered afterwards from all linked pages.

mod target;

use std::sync::Arc;

pub use target::Target;

use crate::catalog::{Catalog, PageId};
use crate::diag::Diagnostic;
use crate::page::Page;

/// A page with everything in it that leads elsewhere resolved.
#[derive(Clone, Debug)]
pub struct LinkedPage {
    /// Its place in the catalog.
    pub id: PageId,
    /// The page.
    pub page: Arc<Page>,
    /// Where each link of the document leads; as many as `document.links()`.
    pub links: Box<[Target]>,
    /// Where each image of the document lies; as many as `document.images()`.
    pub images: Box<[Target]>,
}

/// Resolves what a page links to; what leads nowhere is reported.
pub fn resolve(page: Arc<Page>, id: PageId, catalog: &Catalog) -> (LinkedPage, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let links = target::links(&page, id, catalog, &mut diagnostics);
    let images = target::images(&page, catalog, &mut diagnostics);
    (LinkedPage { id, page, links, images }, diagnostics)
}
