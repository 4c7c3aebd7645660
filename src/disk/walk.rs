//! Which files a site has: the folders are listed, links are not followed, droppings of editors are passed over.

use camino::Utf8Path;
use walkdir::{DirEntry, WalkDir};

use super::root::Root;
use crate::diag::{Diagnostic, SYMLINK_NOT_FOLLOWED, UNUSABLE_FILE_NAME};
use crate::error::Error;
use crate::name::{OutputPath, SitePath};
use crate::source::Span;

/// The file in the site's root that says how it is built.
pub const CONFIGURATION: &str = "needlepoint.toml";

/// The folders of a site, relative to its root; each may be absent.
pub const FOLDERS: [&str; 4] = ["content", "themes", "templates", "assets"];

/// The files below the site's folders, sorted by path, and what is wrong with those left out.
pub(super) fn walk(root: &Root) -> Result<(Vec<SitePath>, Vec<Diagnostic>), Error> {
    let mut listing = Listing { root: root.path(), paths: Vec::new(), diagnostics: Vec::new() };
    for start in std::iter::once(CONFIGURATION).chain(FOLDERS) {
        let walker = WalkDir::new(root.path().join(start)).follow_root_links(false);
        for entry in walker.into_iter().filter_entry(|entry| !is_passed_over(entry)) {
            match entry {
                Ok(entry) => listing.add(&entry),
                // What vanished since its folder was listed was never there.
                Err(error) if is_not_found(&error) => {}
                Err(error) => return Err(unlisted(root.path(), error)),
            }
        }
    }
    listing.paths.sort_unstable();
    Ok((listing.paths, listing.diagnostics))
}

struct Listing<'a> {
    root: &'a Utf8Path,
    paths: Vec<SitePath>,
    diagnostics: Vec<Diagnostic>,
}

impl Listing<'_> {
    fn add(&mut self, entry: &DirEntry) {
        let kind = entry.file_type();
        let relative = entry.path().strip_prefix(self.root).unwrap_or(entry.path());
        let path = relative.to_str().and_then(SitePath::new);
        match path {
            Some(path) if kind.is_symlink() => self.diagnostics.push(link_finding(&path)),
            Some(path) if kind.is_file() => match path.in_content() {
                Some(inner) if !inner.is_markdown() && OutputPath::new(inner.as_str()).is_none() => {
                    self.unusable(path.as_str());
                }
                _ => self.paths.push(path),
            },
            Some(_) => {}
            None => self.unusable(&relative.to_string_lossy()),
        }
    }

    /// A finding at the nearest path that can be written down.
    fn unusable(&mut self, name: &str) {
        let shown: String = name.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect();
        let Some(place) = SitePath::new(&shown.replace('\\', "\u{FFFD}")) else { return };
        let message = format!("the name of `{shown}` cannot be part of an address");
        self.diagnostics.push(
            Diagnostic::new(UNUSABLE_FILE_NAME, &place, Span::default(), message)
                .with_help("rename it with letters, digits, `-`, `_` and `.`"),
        );
    }
}

/// The finding for a symbolic link.
pub(super) fn link_finding(path: &SitePath) -> Diagnostic {
    let message = format!("the symbolic link `{path}` is not followed");
    Diagnostic::new(SYMLINK_NOT_FOLLOWED, path, Span::default(), message)
        .with_help("copy the file or folder into the site")
}

fn is_passed_over(entry: &DirEntry) -> bool {
    entry.depth() > 0 && entry.file_name().to_str().is_some_and(is_dropping)
}

/// Whether the name is not an author's: a dotfile, or what an editor or a file manager leaves behind.
pub fn is_dropping(name: &str) -> bool {
    name.starts_with('.')
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || [".swp", ".swo", ".swx", ".bck", ".tmp", "___jb_tmp___", "___jb_old___"]
            .iter()
            .any(|ending| name.ends_with(ending))
        || matches!(name, "4913" | "Thumbs.db" | "desktop.ini" | "node_modules")
}

fn is_not_found(error: &walkdir::Error) -> bool {
    error.io_error().is_some_and(|error| error.kind() == std::io::ErrorKind::NotFound)
}

fn unlisted(root: &Utf8Path, error: walkdir::Error) -> Error {
    let path = error.path().map_or_else(|| root.to_string(), |path| path.to_string_lossy().into_owned());
    Error::disk("list the folder", path, std::io::Error::from(error))
}
