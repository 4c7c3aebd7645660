//! Reads a site: texts into memory, everything else by name; and reads it again at the price of what changed.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::io;
use std::str::Utf8Error;
use std::sync::Arc;
use std::time::SystemTime;

use camino::Utf8Path;
use rayon::prelude::*;

use super::root::{Found, Root};
use super::stamp::Stamp;
use super::walk::{CONFIGURATION, FOLDERS, is_dropping, link_finding, walk};
use crate::diag::{Diagnostic, FILE_TOO_LARGE, INVALID_UTF8};
use crate::error::{Error, ErrorKind};
use crate::files::{AssetFile, Change, SiteFiles};
use crate::name::SitePath;
use crate::source::{Checksum, Source, Span};

/// The longest text, in bytes.
pub const MAX_TEXT_BYTES: u64 = 8 * 1024 * 1024;

/// A site as it was found on the disk at one moment; the next reading starts from it.
pub struct Reading {
    root: Arc<Root>,
    /// Sorted by path; what the walk had to pass over is among them.
    entries: Vec<Entry>,
    files: SiteFiles,
}

#[derive(Clone)]
struct Entry {
    path: SitePath,
    stamp: Stamp,
    /// Whether the stamp was old enough, when it was taken, to be trusted.
    settled: bool,
    content: Content,
}

#[derive(Clone, PartialEq)]
enum Content {
    Text(Source),
    Asset(AssetFile),
    /// A file that is left out, with the reason, and the sum of its bytes where they were read.
    Refused(Box<Diagnostic>, Option<Checksum>),
}

/// Reads the site in this folder.
///
/// An unreadable file or folder is an `Error` that names it; a file whose bytes, name or size cannot be used is left
/// out, with a diagnostic. The result does not depend on the order of a folder's entries.
pub fn read_site(root: &Utf8Path) -> Result<Reading, Error> {
    let root = Arc::new(Root::open(root)?);
    let (reading, _) = read(root, &[])?;
    Ok(reading)
}

/// Path and stamp of each file of the site, sorted by path; nothing is read.
///
/// For telling whether anything changed since a [`Reading`] whose stamps were kept.
pub fn site_stamps(root: &Utf8Path) -> Result<Vec<(SitePath, Stamp)>, Error> {
    let root = Root::open(root)?;
    let (paths, diagnostics) = walk(&root)?;
    let stamps = paths.into_par_iter().with_min_len(64).map(|path| match root.stamp(&path)? {
        Found::File(stamp) => Ok(Some((path, stamp))),
        Found::Link => Ok(Some((path, Stamp::LEFT_OUT))),
        Found::Nothing => Ok(None),
    });
    let mut stamps: Vec<_> = stamps.collect::<Result<Vec<_>, Error>>()?.into_iter().flatten().collect();
    stamps.extend(diagnostics.into_iter().map(|found| (found.primary.file, Stamp::LEFT_OUT)));
    stamps.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    Ok(stamps)
}

impl Reading {
    /// The files.
    pub fn files(&self) -> &SiteFiles {
        &self.files
    }

    /// The folder of the site, as it was named.
    pub fn root(&self) -> &Utf8Path {
        self.root.path()
    }

    /// Path and stamp of each file, sorted by path; `None` where a stamp was too young to be trusted.
    pub fn stamps(&self) -> Vec<(SitePath, Option<Stamp>)> {
        let stamp = |entry: &Entry| (entry.path.clone(), entry.settled.then_some(entry.stamp));
        self.entries.iter().map(stamp).collect()
    }

    /// Reads the site again: only files whose stamp differs are opened, and only those whose bytes differ are a change.
    ///
    /// Texts and assets that did not change are the same values as before.
    pub fn again(&self) -> Result<(Reading, Change), Error> {
        // The root itself may have been replaced by a folder of the same name.
        let root = Root::open(self.root.path())?;
        read(Arc::new(root), &self.entries)
    }

    /// Reads these files again and takes all others as they were: what [`Reading::again`] gives, where only bytes of
    /// files changed that were there before. `None` where more may have changed, so that all is to be read.
    pub fn again_at(&self, paths: &BTreeSet<SitePath>) -> Result<Option<(Reading, Change)>, Error> {
        let mut entries = self.entries.clone();
        let mut change = Change::default();
        for path in paths {
            let Ok(at) = self.entries.binary_search_by(|entry| entry.path.cmp(path)) else {
                if self.is_passing(path) {
                    continue;
                }
                return Ok(None);
            };
            let old = &self.entries[at];
            let Some(new) = read_entry(&self.root, path.clone(), Some(old))? else { return Ok(None) };
            if [old, &new].iter().any(|entry| matches!(entry.content, Content::Refused(..))) {
                return Ok(None);
            }
            if old.content != new.content {
                change.changed.push(path.clone());
            }
            entries[at] = new;
        }
        let files = files_of(&entries);
        Ok(Some((Reading { root: Arc::clone(&self.root), entries, files }, change)))
    }

    /// Whether a path that is none of the site's was that of a file which came and went: an editor's, while it saves.
    fn is_passing(&self, path: &SitePath) -> bool {
        let below = format!("{path}/");
        let first = self.entries.partition_point(|entry| entry.path.as_str() < below.as_str());
        let is_folder = self.entries.get(first).is_some_and(|entry| entry.path.as_str().starts_with(&below));
        !is_folder && self.root.is_absent(path)
    }
}

fn read(root: Arc<Root>, before: &[Entry]) -> Result<(Reading, Change), Error> {
    let (paths, passed_over) = walk(&root)?;
    let entries: Vec<Option<Entry>> = paths
        .into_par_iter()
        .with_min_len(16)
        .map(|path| {
            let old = before.binary_search_by(|entry| entry.path.cmp(&path)).ok().map(|at| &before[at]);
            read_entry(&root, path, old)
        })
        .collect::<Result<_, Error>>()?;
    let mut entries: Vec<Entry> = entries.into_iter().flatten().collect();
    entries.extend(passed_over.into_iter().map(passed_over_entry));
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    let change = compare(before, &entries);
    let files = files_of(&entries);
    Ok((Reading { root, entries, files }, change))
}

fn files_of(entries: &[Entry]) -> SiteFiles {
    let (mut texts, mut assets) = (Vec::with_capacity(entries.len()), Vec::new());
    let mut diagnostics = Vec::new();
    for entry in entries {
        match &entry.content {
            Content::Text(text) => texts.push(text.clone()),
            Content::Asset(asset) => assets.push(asset.clone()),
            Content::Refused(diagnostic, _) => diagnostics.push((**diagnostic).clone()),
        }
    }
    SiteFiles::new(texts, assets, diagnostics)
}

/// The entry of a path, or `None` where nothing is there any more.
fn read_entry(root: &Arc<Root>, path: SitePath, old: Option<&Entry>) -> Result<Option<Entry>, Error> {
    let taken = SystemTime::now();
    if is_text(&path) && old.is_none() {
        return read_text(root, path, None, taken);
    }
    let stamp = match root.stamp(&path)? {
        Found::File(stamp) => stamp,
        Found::Link => return Ok(Some(refused_link(path))),
        Found::Nothing => return Ok(None),
    };
    if let Some(old) = old.filter(|old| old.settled && old.stamp == stamp) {
        return Ok(Some(old.clone()));
    }
    if is_text(&path) {
        return read_text(root, path, old, taken);
    }
    read_asset(root, path, old, stamp, taken)
}

fn read_text(
    root: &Root,
    path: SitePath,
    old: Option<&Entry>,
    taken: SystemTime,
) -> Result<Option<Entry>, Error> {
    let (bytes, stamp) = match root.read(&path, MAX_TEXT_BYTES + 1)? {
        Found::File(read) => read,
        Found::Link => return Ok(Some(refused_link(path))),
        Found::Nothing => return Ok(None),
    };
    let settled = stamp.is_settled(taken) && stamp.length.min(MAX_TEXT_BYTES + 1) == bytes.len() as u64;
    let content = match old.map(|old| &old.content) {
        _ if stamp.length > MAX_TEXT_BYTES => refused(too_large(&path), None),
        Some(same @ Content::Text(source)) if source.text().as_bytes() == bytes => same.clone(),
        _ => {
            let checksum = Checksum::of(&bytes);
            match String::from_utf8(bytes) {
                Ok(text) => Content::Text(Source::with_checksum(path.clone(), text, checksum)),
                Err(error) => refused(not_utf8(&path, &error.utf8_error()), Some(checksum)),
            }
        }
    };
    Ok(Some(Entry { path, stamp, settled, content }))
}

fn read_asset(
    root: &Arc<Root>,
    path: SitePath,
    old: Option<&Entry>,
    stamp: Stamp,
    taken: SystemTime,
) -> Result<Option<Entry>, Error> {
    let asset = load_later(root, &path, stamp.length);
    let settled = stamp.is_settled(taken);
    let known = match old.map(|old| &old.content) {
        Some(Content::Asset(old)) => old.known_fingerprint().map(|known| (old, known)),
        _ => None,
    };
    let mut content = asset.clone();
    // A stamp that cannot be trusted next time is made good by the hash of the bytes.
    if !settled || known.is_some() {
        match asset.fingerprint() {
            Ok(fingerprint) => {
                if let Some((old, _)) = known.filter(|(_, known)| **known == fingerprint) {
                    content = old.clone();
                }
            }
            Err(error) if error.is_not_found() => return Ok(None),
            Err(error) => return Err(error),
        }
    }
    Ok(Some(Entry { path, stamp, settled, content: Content::Asset(content) }))
}

fn load_later(root: &Arc<Root>, path: &SitePath, length: u64) -> AssetFile {
    let (root, inner) = (Arc::clone(root), path.clone());
    let load = move |limit| match root.read(&inner, limit)? {
        Found::File((bytes, _)) => Ok(bytes),
        Found::Link => {
            let message = format!("`{inner}` has become a symbolic link, which is not followed");
            Err(Error::new(ErrorKind::Refused, message))
        }
        Found::Nothing => Err(Error::disk("read", &inner, io::ErrorKind::NotFound)),
    };
    AssetFile::new(path.clone(), length, Box::new(load))
}

/// Whether a file of this path belongs to a site and is read as text.
pub fn is_site_text(path: &SitePath) -> bool {
    let mut names = path.as_str().split('/');
    let first = names.next().unwrap_or_default();
    let is_of_site = path.as_str() == CONFIGURATION || FOLDERS.contains(&first);
    is_of_site && is_text(path) && !names.any(is_dropping)
}

/// Whether a file is read as text: by its name, and in `content/` only what the program itself understands.
fn is_text(path: &SitePath) -> bool {
    let name = path.as_str();
    let Some((_, extension)) = name.rsplit_once('.') else { return false };
    match extension {
        "md" | "toml" | "yml" | "yaml" | "bib" | "csl" => true,
        "html" | "xml" | "txt" | "css" | "js" | "mjs" | "json" | "svg" | "webmanifest" => {
            !name.starts_with("content/")
        }
        _ => false,
    }
}

fn compare(before: &[Entry], after: &[Entry]) -> Change {
    let mut change = Change::default();
    let (mut old, mut new) = (before.iter().peekable(), after.iter().peekable());
    loop {
        let order = match (old.peek(), new.peek()) {
            (Some(old), Some(new)) => old.path.cmp(&new.path),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return change,
        };
        let gone = if order == Ordering::Greater { None } else { old.next() };
        let come = if order == Ordering::Less { None } else { new.next() };
        match (gone, come) {
            (Some(gone), Some(come)) if gone.content != come.content => {
                change.changed.push(come.path.clone());
            }
            (Some(gone), None) => change.removed.push(gone.path.clone()),
            (None, Some(come)) => change.created.push(come.path.clone()),
            _ => {}
        }
    }
}

fn refused(diagnostic: Diagnostic, checksum: Option<Checksum>) -> Content {
    Content::Refused(Box::new(diagnostic), checksum)
}

/// What the walk passed over: a link, or a file whose name cannot be used.
fn passed_over_entry(found: Diagnostic) -> Entry {
    let (path, stamp) = (found.primary.file.clone(), Stamp::LEFT_OUT);
    Entry { path, stamp, settled: true, content: refused(found, None) }
}

/// A link that took the file's place after its folder was listed.
fn refused_link(path: SitePath) -> Entry {
    let stamp = Stamp::LEFT_OUT;
    let content = refused(link_finding(&path), None);
    Entry { path, stamp, settled: false, content }
}

fn too_large(path: &SitePath) -> Diagnostic {
    let limit = MAX_TEXT_BYTES / (1024 * 1024);
    let message = format!("`{path}` is larger than {limit} MB");
    Diagnostic::new(FILE_TOO_LARGE, path, Span::default(), message).with_help("split it into several files")
}

fn not_utf8(path: &SitePath, error: &Utf8Error) -> Diagnostic {
    let message = format!("`{path}` is not UTF-8: byte {} starts no character", error.valid_up_to() + 1);
    Diagnostic::new(INVALID_UTF8, path, Span::default(), message)
        .with_help("save it with the encoding UTF-8 in your editor")
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Site(tempfile::TempDir);

    impl Site {
        fn new(files: &[(&str, &[u8])]) -> Self {
            let site = Self(tempfile::tempdir().unwrap());
            for (path, bytes) in files {
                site.write(path, bytes);
            }
            site
        }

        fn path(&self) -> &Utf8Path {
            Utf8Path::from_path(self.0.path()).unwrap()
        }

        fn write(&self, path: &str, bytes: &[u8]) {
            let path = self.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
    }

    fn texts(reading: &Reading) -> Vec<&str> {
        reading.files().texts().iter().map(|text| text.path().as_str()).collect()
    }

    #[test]
    fn texts_and_assets_are_found_and_droppings_are_not() {
        let site = Site::new(&[
            ("needlepoint.toml", b""),
            ("content/b.md", b"b"),
            ("content/a/x.md", b"x"),
            ("content/a/.#x.md", b""),
            ("content/a/x.md~", b""),
            ("content/a/.x.md.swp", b""),
            ("content/a/4913", b""),
            ("content/.git/config.toml", b""),
            ("content/a/drawing.svg", b"<svg/>"),
            ("themes/default/assets/mark.svg", b"<svg/>"),
            ("themes/default/assets/font.woff2", b"\xFF"),
            ("public/index.html", b"not ours to read"),
            ("README.md", b"nor this"),
        ]);
        let reading = read_site(site.path()).unwrap();
        let expected =
            ["content/a/x.md", "content/b.md", "needlepoint.toml", "themes/default/assets/mark.svg"];
        assert_eq!(texts(&reading), expected);
        let assets: Vec<_> = reading.files().assets().iter().map(|asset| asset.path().as_str()).collect();
        assert_eq!(assets, ["content/a/drawing.svg", "themes/default/assets/font.woff2"]);
        assert_eq!(reading.files().asset("content/a/drawing.svg").unwrap().bytes().unwrap(), b"<svg/>");
        assert!(reading.files().diagnostics().is_empty());
    }

    #[test]
    fn files_that_cannot_be_used_are_named() {
        let site = Site::new(&[
            ("content/latin.md", b"caf\xE9"),
            ("content/photo?.png", b""),
            ("content/two\nlines.md", b""),
            ("secret.txt", b"canary"),
        ]);
        let large = vec![b'a'; usize::try_from(MAX_TEXT_BYTES).unwrap() + 1];
        site.write("content/large.md", &large);
        site.write("content/largest.md", &large[1..]);
        std::os::unix::fs::symlink("../secret.txt", site.path().join("content/secret.md")).unwrap();
        std::os::unix::fs::symlink("/etc", site.path().join("themes")).unwrap();
        let reading = read_site(site.path()).unwrap();
        let found: Vec<_> = reading
            .files()
            .diagnostics()
            .iter()
            .map(|found| (found.code.as_str(), found.primary.file.as_str()))
            .collect();
        let expected = [
            ("file-too-large", "content/large.md"),
            ("invalid-utf8", "content/latin.md"),
            ("unusable-file-name", "content/photo?.png"),
            ("symlink-not-followed", "content/secret.md"),
            ("unusable-file-name", "content/two\u{FFFD}lines.md"),
            ("symlink-not-followed", "themes"),
        ];
        assert_eq!(found, expected);
        assert_eq!(texts(&reading), ["content/largest.md"]);
    }

    #[test]
    fn a_second_reading_tells_what_differs() {
        let site = Site::new(&[("content/a.md", b"a"), ("content/b.md", b"b"), ("content/c.png", b"c")]);
        let first = read_site(site.path()).unwrap();
        let (second, change) = first.again().unwrap();
        assert!(change.is_empty(), "{change:?}");
        site.write("content/a.md", b"x");
        site.write("content/b.md", b"b");
        site.write("content/c.png", b"d");
        site.write("content/d.md", b"d");
        let (third, change) = second.again().unwrap();
        let paths = |paths: &[&str]| paths.iter().map(|path| SitePath::new(path).unwrap()).collect();
        let mut expected = Change {
            created: paths(&["content/d.md"]),
            changed: paths(&["content/a.md", "content/c.png"]),
            removed: Vec::new(),
        };
        assert_eq!(change, expected, "same length, same moment: the bytes decide");
        std::fs::remove_file(site.path().join("content/b.md")).unwrap();
        let (fourth, change) = third.again().unwrap();
        expected = Change { removed: paths(&["content/b.md"]), ..Change::default() };
        assert_eq!(change, expected);
        assert_eq!(texts(&fourth), ["content/a.md", "content/d.md"]);
    }

    #[test]
    fn named_files_alone_are_read_where_only_their_bytes_changed() {
        let site = Site::new(&[("content/a.md", b"a"), ("content/b.md", b"b"), ("content/c.png", b"c")]);
        let first = read_site(site.path()).unwrap();
        let paths = |paths: &[&str]| paths.iter().map(|path| SitePath::new(path).unwrap()).collect();
        site.write("content/a.md", b"x");
        site.write("content/c.png", b"d");
        // The last one was the file that an editor wrote before it renamed it.
        let named = paths(&["content/a.md", "content/b.md", "content/c.png", "content/a.md.tmp"]);
        let (second, change) = first.again_at(&named).unwrap().unwrap();
        let changed: Vec<_> = change.paths().map(|path| path.as_str()).collect();
        assert_eq!(changed, ["content/a.md", "content/c.png"]);
        assert_eq!(second.files().text("content/a.md").unwrap().text(), "x");
        assert!(second.again().unwrap().1.is_empty(), "nothing else is left to be found");
        for path in ["content/new.md", "content/folder/x.md"] {
            site.write(path, b"new");
        }
        std::fs::remove_file(site.path().join("content/b.md")).unwrap();
        for path in ["content/new.md", "content/folder", "content/b.md", "content"] {
            assert!(second.again_at(&paths(&[path])).unwrap().is_none(), "{path}: all is to be read");
        }
    }

    #[test]
    fn stamps_alone_tell_that_nothing_changed() {
        let site = Site::new(&[("content/a.md", b"a"), ("content/b.png", b"b"), ("content/c?.png", b"")]);
        std::thread::sleep(std::time::Duration::from_millis(40));
        let read = read_site(site.path()).unwrap().stamps();
        let seen = |site: &Site| -> Vec<_> {
            let stamps = site_stamps(site.path()).unwrap();
            stamps.into_iter().map(|(path, stamp)| (path, Some(stamp))).collect()
        };
        assert_eq!(seen(&site), read);
        site.write("content/d?.png", b"");
        assert_ne!(seen(&site), read, "a file that is left out is a finding, so it counts");
        std::fs::remove_file(site.path().join("content/d?.png")).unwrap();
        site.write("content/b.png", b"x");
        assert_ne!(seen(&site), read);
    }

    #[test]
    fn a_folder_that_cannot_be_read_is_named() {
        let site = Site::new(&[]);
        let missing = site.path().join("nowhere");
        let error = read_site(&missing).err().unwrap().to_string();
        assert!(error.contains("nowhere") && error.contains("No such file"), "{error}");
        assert!(texts(&read_site(site.path()).unwrap()).is_empty(), "an empty site is a site");
    }
}
