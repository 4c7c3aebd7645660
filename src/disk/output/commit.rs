//! The moment at which the new site takes the place of the old one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rustix::fs::{RenameFlags, renameat, renameat_with};
use rustix::io::Errno;

use super::folder::Folder;
use super::manifest::{Facts, MANIFEST, Manifest};
use super::scan::{Found, scan};
use super::stage::{Put, Stage};
use super::{Old, Settled, guards, remove_litter};
use crate::error::{Error, ErrorKind};
use crate::name::OutputPath;

/// What a commit did.
#[derive(Debug)]
pub struct Committed {
    /// Files that are new or differ from the old site's.
    pub written: usize,
    /// Files taken over from the old site.
    pub kept: usize,
    /// Files of the old site that are gone.
    pub removed: usize,
    /// What the next build may know of the folder.
    pub settled: Settled,
    /// What failed after the new site was in its place; nothing that a reader could see.
    pub warnings: Vec<Error>,
}

impl Stage {
    /// Puts the new site in the old one's place; an `Error` leaves the old one as it was.
    ///
    /// Where no file differs the folder is not touched. Dotfiles of the old folder are carried over; other files that
    /// needlepoint did not make are an `Error` of the kind `Refused` that names them.
    pub fn commit(self, facts: &Facts) -> Result<Committed, Error> {
        let files = self.take_files();
        let manifest = Manifest {
            facts: facts.clone(),
            files: files.iter().map(|(path, put)| (path.clone(), put.facts)).collect(),
        };
        let kept = files.values().filter(|put| put.is_kept).count();
        let written = files.len() - kept;
        let old = self.output.old.as_ref();
        let removed = old.map_or(0, |old| {
            old.manifest.files.keys().filter(|path| !files.contains_key(path.as_str())).count()
        });
        let text = manifest.to_text();
        let has_marker = old.is_some_and(|old| old.written != 0);
        let mut warnings = Vec::new();
        if written > 0 || removed > 0 || !has_marker {
            warnings = self.replace(&text, &files)?;
        } else if old.is_some_and(|old| old.manifest != manifest) {
            self.replace_manifest(&text)?;
        }
        Ok(Committed { written, kept, removed, settled: Settled::now(&text), warnings })
    }

    fn replace(&self, manifest: &str, files: &BTreeMap<OutputPath, Put>) -> Result<Vec<Error>, Error> {
        let output = &self.output;
        let folder = self.folder()?;
        let found = match &output.old {
            Some(old) => scan(&output.path(), &output.shown, &old.manifest)?,
            None => Found::default(),
        };
        if !found.foreign.is_empty() {
            return Err(guards::holds_foreign(&output.shown, &found.foreign, true));
        }
        if let Some(old) = &output.old {
            self.link_kept(old, folder, files)?;
            carry(old, folder, &found)?;
            if let Some(stat) = old.folder.stat(Path::new("."))? {
                folder.take_mode(Path::new("."), &stat)?;
            }
        }
        folder.write_new(Path::new(MANIFEST), manifest.as_bytes())?;
        folder.sync_all()?;
        let old_name = self.exchange()?;
        let mut warnings = Vec::new();
        if let Err(error) = output.parent.sync_names() {
            if self.exchange_back(old_name.as_deref()).is_ok() {
                return Err(error);
            }
            warnings.push(error);
        }
        self.set_committed();
        if let Some((old, old_name)) = output.old.as_ref().zip(old_name) {
            warnings.extend(self.remove_old(old, &old_name, &found).err());
        }
        Ok(warnings)
    }

    fn link_kept(&self, old: &Old, folder: &Folder, files: &BTreeMap<OutputPath, Put>) -> Result<(), Error> {
        let kept: Vec<&OutputPath> =
            files.iter().filter(|(_, put)| put.is_kept).map(|(path, _)| path).collect();
        kept.into_par_iter().with_min_len(64).try_for_each(|path| {
            self.make_folders_of(path)?;
            old.folder.link_to(folder, Path::new(path.as_str()))
        })
    }

    /// Puts the staged tree into the output folder's place; the name under which the old tree now stands, if any.
    fn exchange(&self) -> Result<Option<String>, Error> {
        let output = &self.output;
        let (parent, stage, name) = (&output.parent, output.stage_name(), &output.place.name);
        if output.old.is_none() {
            renameat(parent, &stage, parent, name).map_err(|errno| self.not_exchanged(errno))?;
            return Ok(None);
        }
        match renameat_with(parent, &stage, parent, name, RenameFlags::EXCHANGE) {
            Ok(()) => Ok(Some(stage)),
            Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => self.exchange_in_two_steps(),
            Err(errno) => Err(self.not_exchanged(errno)),
        }
    }

    /// For file systems that cannot exchange: between the steps there is no site, and the next build brings it back.
    fn exchange_in_two_steps(&self) -> Result<Option<String>, Error> {
        let output = &self.output;
        let (parent, stage, name) = (&output.parent, output.stage_name(), &output.place.name);
        let aside = output.aside_name();
        renameat(parent, name, parent, &aside).map_err(|errno| self.not_exchanged(errno))?;
        if let Err(errno) = renameat(parent, &stage, parent, name) {
            renameat(parent, &aside, parent, name).map_err(|errno| self.not_exchanged(errno))?;
            return Err(self.not_exchanged(errno));
        }
        Ok(Some(aside))
    }

    /// Takes the exchange back, because the disk could not promise that it would survive a power cut.
    fn exchange_back(&self, old_name: Option<&str>) -> Result<(), Errno> {
        let output = &self.output;
        let (parent, stage, name) = (&output.parent, output.stage_name(), &output.place.name);
        match old_name {
            None => renameat(parent, name, parent, &stage),
            Some(old) if old == stage => renameat_with(parent, &stage, parent, name, RenameFlags::EXCHANGE),
            Some(old) => {
                renameat(parent, name, parent, &stage)?;
                renameat(parent, old, parent, name)
            }
        }
    }

    fn not_exchanged(&self, errno: Errno) -> Error {
        Error::disk("exchange", &self.output.shown, errno)
    }

    /// Removes the old tree: what its manifest names, what was carried over, and the folders that held it.
    fn remove_old(&self, old: &Old, name: &str, found: &Found) -> Result<(), Error> {
        let files: Vec<&OutputPath> = old.manifest.files.keys().collect();
        let folder = &old.folder;
        files
            .into_par_iter()
            .with_min_len(64)
            .try_for_each(|path| folder.remove_file(Path::new(path.as_str())))?;
        folder.remove_file(Path::new(MANIFEST))?;
        let (dot_folders, dot_files): (Vec<_>, Vec<_>) =
            found.dotted.iter().partition(|(_, is_folder)| *is_folder);
        dot_files.iter().try_for_each(|(path, _)| folder.remove_file(path))?;
        let folders = dot_folders.iter().map(|(path, _)| path).rev().chain(found.folders.iter().rev());
        for path in folders {
            folder.remove_folder(path)?;
        }
        let parent = &self.output.parent;
        if parent.remove_folder(Path::new(name))? {
            return Ok(());
        }
        // Someone wrote into the old site since it was looked through; that is not ours to delete.
        let rescued = format!("{}.left-over-{}", self.output.place.name, std::process::id());
        renameat(parent, name, parent, &rescued)
            .map_err(|errno| Error::disk("keep the rest of", &self.output.shown, errno))?;
        let (shown, rescued) = (&self.output.shown, parent.shown().join(rescued));
        let message =
            format!("files were put into `{shown}` while it was exchanged; they are in `{rescued}`");
        Err(Error::new(ErrorKind::Disk, message))
    }

    /// Replaces the manifest alone, where the site is made from other sources and is still the same.
    fn replace_manifest(&self, manifest: &str) -> Result<(), Error> {
        let output = &self.output;
        let (parent, name) = (&output.parent, output.stage_name());
        let staged = output.parent.shown().join(&name);
        let replaced = parent.write_new(Path::new(&name), manifest.as_bytes()).and_then(|()| {
            parent.sync_all()?;
            let target = PathBuf::from(&output.place.name).join(MANIFEST);
            renameat(parent, &name, parent, &target)
                .map_err(|errno| Error::disk("replace", output.shown.join(MANIFEST), errno))
        });
        if replaced.is_err() {
            // What cannot be removed now is removed by the next build.
            let _ = remove_litter(&staged);
        }
        replaced
    }
}

/// Links the dotfiles of the old tree into the new one.
fn carry(old: &Old, folder: &Folder, found: &Found) -> Result<(), Error> {
    for (path, is_folder) in &found.dotted {
        if *is_folder {
            make_folders(folder, path)?;
        } else {
            make_folders(folder, path.parent().unwrap_or(Path::new("")))?;
            old.folder.link_to(folder, path)?;
        }
    }
    // Modes last, deepest first: a folder that nobody may write to can still be filled.
    for (path, _) in found.dotted.iter().rev().filter(|(_, is_folder)| *is_folder) {
        if let Some(stat) = old.folder.stat(path)? {
            folder.take_mode(path, &stat)?;
        }
    }
    Ok(())
}

fn make_folders(folder: &Folder, path: &Path) -> Result<(), Error> {
    let mut ancestors: Vec<&Path> = path.ancestors().filter(|path| !path.as_os_str().is_empty()).collect();
    ancestors.reverse();
    ancestors.into_iter().try_for_each(|path| folder.make_folder(path).map(|_| ()))
}
