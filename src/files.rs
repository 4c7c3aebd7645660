//! The files of a site as the stages see them: texts in memory, everything else by name until its bytes are asked for.
//!
//! The edge that reads the disk makes a [`SiteFiles`]; a test makes one from literals. Nothing here opens a file.

use std::fmt;
use std::sync::{Arc, OnceLock};

use crate::diag::{Diagnostic, INVALID_UTF8};
use crate::error::Error;
use crate::name::SitePath;
use crate::source::{Fingerprint, Source};

/// All files of a site at one moment; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct SiteFiles {
    /// Sorted by path, no doubles.
    texts: Arc<[Source]>,
    /// Sorted by path, no doubles.
    assets: Arc<[AssetFile]>,
    /// Sorted.
    diagnostics: Arc<[Diagnostic]>,
}

impl SiteFiles {
    /// The files in any order, and what was found wrong with files that are left out.
    pub fn new(mut texts: Vec<Source>, mut assets: Vec<AssetFile>, mut diagnostics: Vec<Diagnostic>) -> Self {
        texts.sort_unstable_by(|a, b| a.path().cmp(b.path()));
        texts.dedup_by(|a, b| a.path() == b.path());
        assets.sort_unstable_by(|a, b| a.path().cmp(b.path()));
        assets.dedup_by(|a, b| a.path() == b.path());
        crate::diag::sort(&mut diagnostics);
        Self { texts: texts.into(), assets: assets.into(), diagnostics: diagnostics.into() }
    }

    /// The same files with other texts in place of those of the same path, or beside them.
    #[must_use]
    pub fn with_texts<'a>(&self, others: impl IntoIterator<Item = &'a Source>) -> Self {
        let mut texts = self.texts.to_vec();
        for other in others {
            match texts.binary_search_by(|text| text.path().cmp(other.path())) {
                Ok(at) => texts[at] = other.clone(),
                Err(at) => texts.insert(at, other.clone()),
            }
        }
        Self { texts: texts.into(), ..self.clone() }
    }

    /// The same files, but the texts of these paths are those of other files, or missing where these have none.
    #[must_use]
    pub fn with_texts_of(&self, others: &Self, is_meant: impl Fn(&SitePath) -> bool) -> Self {
        let own = self.texts.iter().filter(|text| !is_meant(text.path()));
        let others = others.texts.iter().filter(|text| is_meant(text.path()));
        let mut texts: Vec<Source> = own.chain(others).cloned().collect();
        texts.sort_by(|a, b| a.path().cmp(b.path()));
        // What was left out for its bytes is there again with others.
        let is_left = |found: &&Diagnostic| found.code != INVALID_UTF8 || !is_meant(&found.primary.file);
        let diagnostics = self.diagnostics.iter().filter(is_left).cloned().collect();
        Self { texts: texts.into(), assets: self.assets.clone(), diagnostics }
    }

    /// The texts, sorted by path.
    ///
    /// In `content/` these are articles (`.md`), registries (`.toml`) and references (`.yml`, `.yaml`, `.bib`, `.csl`);
    /// elsewhere also templates, style sheets, scripts and the other text formats of the web, `.svg` among them.
    pub fn texts(&self) -> &[Source] {
        &self.texts
    }

    /// All other files, sorted by path. In `content/` these are copied as they are, a drawing in `.svg` too.
    pub fn assets(&self) -> &[AssetFile] {
        &self.assets
    }

    /// What is wrong with files as such: bytes that are not UTF-8, unusable names, links.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The hash of all paths and of what stands for the bytes of each; reads every asset that was not hashed before.
    pub fn fingerprint(&self) -> Result<Fingerprint, Error> {
        let mut hasher = blake3::Hasher::new();
        let mut add = |path: &SitePath, sum: &[u8]| {
            // A path holds no line end, so no two lists of files give the same bytes.
            hasher.update(path.as_str().as_bytes()).update(b"\n").update(sum);
        };
        self.texts.iter().for_each(|text| add(text.path(), &text.checksum().to_bytes()));
        for asset in self.assets.iter() {
            add(asset.path(), &asset.fingerprint()?);
        }
        Ok(*hasher.finalize().as_bytes())
    }

    /// The text of this path, counted from the site's root: `content/facts.toml`.
    pub fn text(&self, path: &str) -> Option<&Source> {
        let at = self.texts.binary_search_by(|text| text.path().as_str().cmp(path)).ok()?;
        self.texts.get(at)
    }

    /// The asset of this path.
    pub fn asset(&self, path: &str) -> Option<&AssetFile> {
        let at = self.assets.binary_search_by(|asset| asset.path().as_str().cmp(path)).ok()?;
        self.assets.get(at)
    }

    /// The texts below a folder, given without a slash at its end: `content`, `themes/default/templates`.
    pub fn texts_in<'a>(&'a self, folder: &str) -> &'a [Source] {
        below(&self.texts, folder, Source::path)
    }

    /// The assets below a folder, given without a slash at its end.
    pub fn assets_in<'a>(&'a self, folder: &str) -> &'a [AssetFile] {
        below(&self.assets, folder, AssetFile::path)
    }
}

/// Files that differ between two readings, each list sorted by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Files that were not there before.
    pub created: Vec<SitePath>,
    /// Files whose bytes are others now.
    pub changed: Vec<SitePath>,
    /// Files that are gone.
    pub removed: Vec<SitePath>,
}

impl Change {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.created.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }

    /// All paths, in the order created, changed, removed.
    pub fn paths(&self) -> impl Iterator<Item = &SitePath> {
        self.created.iter().chain(&self.changed).chain(&self.removed)
    }
}

/// The part of a sorted list whose paths lie below the folder.
fn below<'a, T>(sorted: &'a [T], folder: &str, path: impl Fn(&T) -> &SitePath) -> &'a [T] {
    let prefix = format!("{folder}/");
    let start = sorted.partition_point(|item| path(item).as_str() < prefix.as_str());
    let rest = &sorted[start..];
    &rest[..rest.partition_point(|item| path(item).as_str().starts_with(&prefix))]
}

/// Gives the bytes of a file again, at most so many of them.
pub type LoadBytes = Box<dyn Fn(u64) -> Result<Vec<u8>, Error> + Send + Sync>;

/// A file that is not read as text, such as an image; its bytes are read when asked for. Cheap to clone.
///
/// Two are equal when they are the same reading of one file, or when path and known fingerprints are equal.
#[derive(Clone)]
pub struct AssetFile(Arc<Inner>);

struct Inner {
    path: SitePath,
    length: u64,
    load: LoadBytes,
    /// Set once the bytes were hashed.
    fingerprint: OnceLock<Fingerprint>,
}

impl AssetFile {
    /// A file of `length` bytes that `load` reads.
    pub fn new(path: SitePath, length: u64, load: LoadBytes) -> Self {
        Self(Arc::new(Inner { path, length, load, fingerprint: OnceLock::new() }))
    }

    /// A file whose bytes are at hand.
    pub fn in_memory(path: SitePath, bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes: Arc<[u8]> = bytes.into();
        let length = bytes.len() as u64;
        let load = move |limit: u64| {
            let end = usize::try_from(limit).map_or(bytes.len(), |limit| limit.min(bytes.len()));
            Ok(bytes[..end].to_vec())
        };
        Self::new(path, length, Box::new(load))
    }

    /// Where the file lies.
    pub fn path(&self) -> &SitePath {
        &self.0.path
    }

    /// Its length in bytes when the site was read.
    pub fn length(&self) -> u64 {
        self.0.length
    }

    /// Reads the whole file; an `Error` where it can no longer be read.
    pub fn bytes(&self) -> Result<Vec<u8>, Error> {
        (self.0.load)(u64::MAX)
    }

    /// Reads the first bytes, at most `limit` of them: enough to measure an image.
    pub fn first_bytes(&self, limit: u64) -> Result<Vec<u8>, Error> {
        (self.0.load)(limit)
    }

    /// The hash of the bytes; reads the whole file the first time.
    pub fn fingerprint(&self) -> Result<Fingerprint, Error> {
        if let Some(fingerprint) = self.0.fingerprint.get() {
            return Ok(*fingerprint);
        }
        let fingerprint = *blake3::hash(&self.bytes()?).as_bytes();
        Ok(*self.0.fingerprint.get_or_init(|| fingerprint))
    }

    /// The hash of the bytes where someone asked for it before.
    pub fn known_fingerprint(&self) -> Option<&Fingerprint> {
        self.0.fingerprint.get()
    }
}

impl PartialEq for AssetFile {
    fn eq(&self, other: &Self) -> bool {
        let known = self.known_fingerprint();
        Arc::ptr_eq(&self.0, &other.0)
            || (self.0.path == other.0.path && known.is_some() && known == other.known_fingerprint())
    }
}

impl Eq for AssetFile {}

impl fmt::Debug for AssetFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AssetFile({}, {} bytes)", self.0.path, self.0.length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(path: &str) -> Source {
        Source::new(SitePath::new(path).unwrap(), path)
    }

    #[test]
    fn files_are_found_by_path_and_by_folder() {
        let texts = ["content/b.md", "content/a/x.md", "content.md", "content-old/c.md", "content/a.md"];
        let files = SiteFiles::new(texts.map(text).to_vec(), Vec::new(), Vec::new());
        let below: Vec<&str> = files.texts_in("content").iter().map(|text| text.path().as_str()).collect();
        assert_eq!(below, ["content/a.md", "content/a/x.md", "content/b.md"]);
        assert_eq!(files.text("content/b.md").unwrap().text(), "content/b.md");
        assert!(files.text("content").is_none() && files.texts_in("themes").is_empty());
    }

    #[test]
    fn assets_are_equal_when_their_bytes_are_known_to_be() {
        let [first, second] =
            [(); 2].map(|()| AssetFile::in_memory(SitePath::new("content/a.png").unwrap(), *b"abc"));
        assert_ne!(first, second);
        assert_eq!(first.fingerprint().unwrap(), second.fingerprint().unwrap());
        assert_eq!(first, second);
        assert_eq!((first.first_bytes(2).unwrap(), first.length()), (b"ab".to_vec(), 3));
    }
}
