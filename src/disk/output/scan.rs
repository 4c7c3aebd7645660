//! What stands in an output folder beside the files of its manifest.

use std::path::PathBuf;

use camino::Utf8Path;
use walkdir::WalkDir;

use super::manifest::{MANIFEST, Manifest};
use crate::error::Error;

/// What was found; all paths are relative to the output folder.
#[derive(Default)]
pub(super) struct Found {
    /// All folders but those in `dotted`, each after the one that holds it.
    pub(super) folders: Vec<PathBuf>,
    /// Files and folders whose name starts with a dot, with all that they hold, each after the one that holds it;
    /// the flag tells folders.
    pub(super) dotted: Vec<(PathBuf, bool)>,
    /// Names of files that needlepoint did not make, sorted.
    pub(super) foreign: Vec<String>,
}

/// Lists the folder; an `Error` where a part of it cannot be listed.
pub(super) fn scan(folder: &Utf8Path, shown: &Utf8Path, manifest: &Manifest) -> Result<Found, Error> {
    let mut found = Found::default();
    for entry in WalkDir::new(folder).min_depth(1) {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(shown.as_std_path()).display().to_string();
            Error::disk("list the folder", path, std::io::Error::from(error))
        })?;
        let is_folder = entry.file_type().is_dir();
        let Ok(path) = entry.path().strip_prefix(folder) else { continue };
        let is_dotted =
            || path.components().any(|part| part.as_os_str().as_encoded_bytes().starts_with(b"."));
        let is_ours = |path: &str| path == MANIFEST || manifest.files.contains_key(path);
        match path.to_str() {
            Some(path) if is_ours(path) && !is_folder => {}
            _ if is_dotted() => found.dotted.push((path.to_owned(), is_folder)),
            _ if is_folder => found.folders.push(path.to_owned()),
            _ => found.foreign.push(path.to_string_lossy().into_owned()),
        }
    }
    found.foreign.sort_unstable();
    Ok(found)
}
