//! A site in the making, beside the one that readers see.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock};

use camino::Utf8Path;

use super::folder::Folder;
use super::manifest::FileFacts;
use super::{Output, remove_litter};
use crate::error::{Error, ErrorKind};
use crate::lock::locked;
use crate::name::OutputPath;

/// A new site for an output folder; files are put into it from any thread, then it is committed or dropped.
pub struct Stage {
    pub(super) output: Output,
    /// Made when the first file is written.
    folder: OnceLock<Folder>,
    making: Mutex<()>,
    /// Folders that are there.
    folders: Mutex<HashSet<Box<str>>>,
    files: Mutex<BTreeMap<OutputPath, Put>>,
    /// Whether what stands under the stage's name is no longer for us to remove.
    is_committed: AtomicBool,
}

/// A file of the new site.
#[derive(Clone, Copy)]
pub(super) struct Put {
    pub(super) facts: FileFacts,
    /// Whether the old site holds the same file, which is linked when the stage is committed.
    pub(super) is_kept: bool,
}

impl Stage {
    pub(super) fn new(output: Output) -> Self {
        Self {
            output,
            folder: OnceLock::new(),
            making: Mutex::new(()),
            folders: Mutex::new(HashSet::new()),
            files: Mutex::new(BTreeMap::new()),
            is_committed: AtomicBool::new(false),
        }
    }

    /// Puts a file into the new site; one that the old site holds with the same bytes keeps its time.
    ///
    /// An `Error` where it cannot be written, where the path was put before, or where a segment starts with a dot:
    /// dotfiles of an output folder are the user's.
    pub fn put(&self, path: &OutputPath, bytes: &[u8]) -> Result<(), Error> {
        let facts = FileFacts::of(bytes);
        if self.keep(path, &facts)? {
            return Ok(());
        }
        self.enter(path, Put { facts, is_kept: false })?;
        self.make_folders_of(path)?;
        self.folder()?.write_new(Path::new(path.as_str()), bytes)
    }

    /// Takes a file over from the old site, if it stands there with these facts; else the answer is `false`, and
    /// the file must be put.
    pub fn keep(&self, path: &OutputPath, facts: &FileFacts) -> Result<bool, Error> {
        let Some(old) = &self.output.old else { return Ok(false) };
        let is_kept = old.manifest.files.get(path) == Some(facts) && old.is_intact(path, facts);
        if is_kept {
            self.enter(path, Put { facts: *facts, is_kept })?;
        }
        Ok(is_kept)
    }

    fn enter(&self, path: &OutputPath, put: Put) -> Result<(), Error> {
        let refuse = |why: &str| {
            let message = format!("cannot write `{}`: {why}", self.output.shown.join(path.as_str()));
            Err(Error::new(ErrorKind::Refused, message))
        };
        if path.as_str().split('/').any(|segment| segment.starts_with('.')) {
            return refuse("names that start with a dot are the user's own in an output folder");
        }
        match locked(&self.files).insert(path.clone(), put) {
            Some(_) => refuse("two files of the site have this path"),
            None => Ok(()),
        }
    }

    /// The staging folder, made if it is not there.
    pub(super) fn folder(&self) -> Result<&Folder, Error> {
        if let Some(folder) = self.folder.get() {
            return Ok(folder);
        }
        let _making = locked(&self.making);
        if let Some(folder) = self.folder.get() {
            return Ok(folder);
        }
        let (parent, name) = (&self.output.parent, self.output.stage_name());
        let made = parent.make_folder(Path::new(&name)).and_then(|is_new| {
            if is_new {
                return Folder::open(
                    rustix::fd::AsFd::as_fd(parent),
                    Utf8Path::new(&name),
                    &self.output.shown,
                );
            }
            let message = format!("`{}` is in the way", parent.shown().join(&name));
            Err(Error::new(ErrorKind::Refused, message).with_help("remove it"))
        });
        let folder = made.map_err(|error| {
            let parent = parent.shown();
            error.with_help(format!("the new site is prepared in `{parent}`, which must be writable"))
        })?;
        Ok(self.folder.get_or_init(|| folder))
    }

    /// Makes the folders on the way to a file.
    pub(super) fn make_folders_of(&self, path: &OutputPath) -> Result<(), Error> {
        let Some((parent, _)) = path.as_str().rsplit_once('/') else { return Ok(()) };
        let folder = self.folder()?;
        let is_there = |path: &str| locked(&self.folders).contains(path);
        if is_there(parent) {
            return Ok(());
        }
        let ends = parent.match_indices('/').map(|(at, _)| at).chain([parent.len()]);
        for ancestor in ends.map(|end| &parent[..end]) {
            // Two threads may make one folder, and the second finds it there; nobody waits for the disk of another.
            if !is_there(ancestor) {
                folder.make_folder(Path::new(ancestor))?;
                locked(&self.folders).insert(ancestor.into());
            }
        }
        Ok(())
    }

    /// Leaves what stands under the stage's name alone from now on.
    pub(super) fn set_committed(&self) {
        self.is_committed.store(true, Ordering::Relaxed);
    }

    /// The files that were put, which the stage no longer knows of.
    pub(super) fn take_files(&self) -> BTreeMap<OutputPath, Put> {
        std::mem::take(&mut locked(&self.files))
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if !self.is_committed.load(Ordering::Relaxed) && self.folder.get().is_some() {
            let path = self.output.parent.shown().join(self.output.stage_name());
            // What cannot be removed now is removed by the next build.
            let _ = remove_litter(&path);
        }
    }
}
