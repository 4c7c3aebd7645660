//! Addresses: what lies where, and that no two things claim one place.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::{Catalog, PageId};
use crate::diag::{self, Diagnostic};
use crate::name::{ContentPath, UrlPath};
use crate::page::PageInterface;
use crate::source::Span;

/// What lies at an address; numbers are indexes into the catalog's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A page made from a file.
    Page(PageId),
    /// An old address of a page.
    Alias(PageId),
    /// A page made without a file: index into [`Catalog::generated`].
    Generated(u32),
    /// A file that is copied: index into [`Catalog::assets`].
    Asset(u32),
}

/// The stems of pages, in lower case: what `[[stem]]` can name. A section goes by the name of its folder.
pub(super) fn stems(pages: &[Arc<PageInterface>]) -> BTreeMap<String, Vec<PageId>> {
    let mut stems: BTreeMap<String, Vec<PageId>> = BTreeMap::new();
    for (index, page) in pages.iter().enumerate() {
        let is_folder = page.is_section || page.path.file_name() == "index.md";
        let stem = if is_folder { page.path.folder().rsplit('/').next() } else { Some(page.path.stem()) };
        let stem = stem.filter(|stem| !stem.is_empty()).unwrap_or("home");
        stems.entry(stem.to_lowercase()).or_default().push(PageId(index as u32));
    }
    stems
}

/// Who claims an address.
struct Claim {
    address: UrlPath,
    file: ContentPath,
    span: Span,
    what: &'static str,
}

/// Puts everything in its place; an address that is claimed twice is an error that names both.
pub(super) fn place(catalog: &mut Catalog, assets: &[ContentPath], diagnostics: &mut Vec<Diagnostic>) {
    let room = catalog.pages.len() * 2;
    let by_folded = FxHashMap::with_capacity_and_hasher(room, FxBuildHasher);
    let mut claims = Claims { by_folded, diagnostics };
    let mut places = FxHashMap::with_capacity_and_hasher(room, FxBuildHasher);
    for (index, page) in catalog.pages.iter().enumerate() {
        if claims.claim(&page.address, &page.path, page.address_span, "this page") {
            places.insert(page.address.clone(), Place::Page(PageId(index as u32)));
        }
    }
    let generated = catalog.generated.iter().enumerate();
    for (index, page) in generated.filter(|(_, page)| page.page.is_none()) {
        if let Some(owner) = claims.by_folded.get(&key(&page.address)) {
            let message = format!("`{}` is the address of a page that needlepoint makes", page.address);
            let found = Diagnostic::new(diag::ADDRESS_TAKEN, &owner.file.site_path(), owner.span, message);
            claims.diagnostics.push(found.with_help("give this one another address with `slug` or `path`"));
            continue;
        }
        places.insert(page.address.clone(), Place::Generated(index as u32));
    }
    // An author's page at the address of a generated one gives it title and text; the place is the generated one's.
    for (index, page) in catalog.generated.iter().enumerate() {
        if page.page.is_some() {
            places.insert(page.address.clone(), Place::Generated(index as u32));
        }
    }
    let mut aliases = Vec::new();
    for (index, page) in catalog.pages.iter().enumerate() {
        for (alias, span) in &page.aliases {
            let is_taken_by_generated = matches!(places.get(alias), Some(Place::Generated(_)));
            if is_taken_by_generated {
                let message = format!("`{alias}` is the address of a page that needlepoint makes");
                let found = Diagnostic::new(diag::ADDRESS_TAKEN, &page.path.site_path(), *span, message);
                claims.diagnostics.push(found.with_help("take the alias out"));
            } else if claims.claim(alias, &page.path, *span, "this alias") {
                places.insert(alias.clone(), Place::Alias(PageId(index as u32)));
                aliases.push((alias.clone(), PageId(index as u32)));
            }
        }
    }
    let mut placed_assets = Vec::new();
    for asset in assets {
        let Some(address) = UrlPath::new(&format!("/{asset}")) else {
            let message = format!("the file `{asset}` cannot have an address");
            let found =
                Diagnostic::new(diag::UNUSABLE_FILE_NAME, &asset.site_path(), Span::default(), message);
            claims.diagnostics.push(found.with_help("rename it with letters, digits, `-`, `_` and `.`"));
            continue;
        };
        if claims.claim(&address, asset, Span::default(), "this file") {
            placed_assets.push((asset.clone(), address));
        }
    }
    placed_assets.sort();
    for (index, (_, address)) in placed_assets.iter().enumerate() {
        places.insert(address.clone(), Place::Asset(index as u32));
    }
    aliases.sort();
    catalog.aliases = aliases;
    catalog.assets = placed_assets;
    catalog.places = places;
}

/// What two addresses must not share: the file that is served, folded, without the name of a folder's page.
///
/// A file and a folder of one name cannot lie beside each other either.
fn key(address: &UrlPath) -> String {
    let mut folded = address.folded();
    let bare = folded.strip_suffix("/index.html").unwrap_or(&folded).trim_end_matches('/');
    folded.truncate(bare.len());
    folded
}

/// Whether needlepoint itself puts something there: assets, the search index, feed, sitemap and files for hosts.
fn is_reserved(address: &str, first: &str) -> bool {
    const FILES: [&str; 9] = [
        "_headers",
        "_redirects",
        "feed.xml",
        "graph.json",
        "manifest.webmanifest",
        "robots.txt",
        "sitemap.xml",
        "404.html",
        "assets",
    ];
    let first = first.to_lowercase();
    let is_part_of_sitemap = first.starts_with("sitemap-") && first.ends_with(".xml");
    let is_in_search = first == "search" && address.trim_end_matches('/').len() > "/search".len();
    FILES.contains(&first.as_str()) || is_part_of_sitemap || is_in_search
}

struct Claims<'a> {
    by_folded: FxHashMap<String, Claim>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Claims<'_> {
    /// Whether the address was free.
    fn claim(&mut self, address: &UrlPath, file: &ContentPath, span: Span, what: &'static str) -> bool {
        use std::collections::hash_map::Entry;
        if let Some(first) = address.as_str().split('/').nth(1)
            && is_reserved(address.as_str(), first)
        {
            let message = format!("`{address}` is where needlepoint puts a file of its own");
            let found = Diagnostic::new(diag::ADDRESS_TAKEN, &file.site_path(), span, message);
            self.diagnostics.push(found.with_help("choose another name or address"));
            return false;
        }
        match self.by_folded.entry(key(address)) {
            Entry::Vacant(entry) => {
                entry.insert(Claim { address: address.clone(), file: file.clone(), span, what });
                true
            }
            Entry::Occupied(entry) => {
                let first = entry.get();
                let (file, first_file) = (file.site_path(), first.file.site_path());
                let message = if first.address == *address {
                    format!("two sources claim the address `{address}`: `{first_file}` and `{file}`")
                } else {
                    format!(
                        "`{}` and `{address}` are one address on many systems; `{first_file}` and `{file}` claim them",
                        first.address
                    )
                };
                self.diagnostics.push(
                    Diagnostic::new(diag::ADDRESS_CLAIMED_TWICE, &file, span, message)
                        .with_label(format!("{what} claims it"))
                        .with_secondary(&first_file, first.span, format!("{} claims it too", first.what))
                        .with_help("give one of them another `slug` or `path`, or take the alias out"),
                );
                false
            }
        }
    }
}
