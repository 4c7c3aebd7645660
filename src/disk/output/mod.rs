//! The output folder: replaced as a whole or left as it is.
//!
//! The new tree is staged beside the old one, unchanged files hard-linked into it, synced, and exchanged with the old in
//! one rename. Whoever looks, at whatever moment a build is killed, sees the whole old site or the whole new one, and
//! the next build clears away what a dead one left. Only files of the manifest are removed.

mod commit;
mod folder;
mod guards;
mod manifest;
mod scan;
mod stage;

pub use commit::Committed;
pub use guards::Guards;
pub use manifest::{Facts, FileFacts, MANIFEST, Manifest};
pub use stage::Stage;

use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use rustix::fs::{CWD, FileType, FlockOperation, flock};
use rustix::io::Errno;

use self::folder::Folder;
use self::guards::Place;
use super::stamp::Stamp;
use crate::error::Error;
use crate::name::OutputPath;
use crate::source::Checksum;

/// An output folder that this build alone may replace, until the value is dropped or the process dies.
pub struct Output {
    place: Place,
    /// The folder that holds the output; locked.
    parent: Folder,
    old: Option<Old>,
    /// How the output folder is called in messages.
    shown: Utf8PathBuf,
}

/// The site that stands in the folder.
struct Old {
    folder: Folder,
    manifest: Manifest,
    /// When the manifest was written: the build wrote no file after it.
    written: i64,
    /// Until when the inodes of the files may have changed, where that is known.
    settled: Option<SystemTime>,
}

/// What a later build may know of an output folder without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The sum of the manifest in the folder.
    pub manifest: Checksum,
    /// The moment after which needlepoint changed nothing, in nanoseconds since 1970.
    pub until: u64,
}

impl Settled {
    fn now(manifest: &str) -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let until = u64::try_from(since.as_nanos()).unwrap_or(u64::MAX);
        Self { manifest: Checksum::of(manifest.as_bytes()), until }
    }
}

impl Output {
    /// Opens an output folder, which need not exist yet, and clears away what a build that died left beside it.
    ///
    /// An `Error` of the kind `Refused` where building into the folder could destroy what needlepoint did not make.
    /// Where another build holds the folder, `on_wait` is called once, and the answer comes when that one has ended.
    /// `settled` is what the last commit into this folder answered; without it unchanged files are read to be trusted.
    pub fn open(
        path: &Utf8Path,
        guards: &Guards,
        settled: Option<&Settled>,
        on_wait: impl FnOnce(),
    ) -> Result<Self, Error> {
        let place = guards::check(path, guards)?;
        if !place.parent.is_dir() {
            std::fs::create_dir_all(&place.parent)
                .map_err(|error| Error::disk("create the folder", &place.parent, error))?;
        }
        let parent = Folder::open(CWD, &place.parent, &place.parent)?;
        let is_locked = lock(&parent, on_wait)?;
        recover(&parent, &place, is_locked)?;
        // Another build may have made the folder while this one waited.
        let place = guards::check(path, guards)?;
        let old = Old::open(&parent, &place, path, settled)?;
        Ok(Self { place, parent, old, shown: path.to_owned() })
    }

    /// What an earlier build made in the folder.
    pub fn manifest(&self) -> Option<&Manifest> {
        self.old.as_ref().map(|old| &old.manifest).filter(|manifest| !manifest.files.is_empty())
    }

    /// Whether the folder holds the site of which `settled` was told when it was opened, and no later one.
    pub fn is_settled(&self) -> bool {
        self.old.as_ref().is_some_and(|old| old.settled.is_some())
    }

    /// Whether every file of the manifest stands there as it was written.
    pub fn is_intact(&self) -> bool {
        let Some(old) = &self.old else { return false };
        let files: Vec<_> = old.manifest.files.iter().collect();
        files.into_par_iter().with_min_len(64).all(|(path, facts)| old.is_intact(path, facts))
    }

    /// Starts a new site for the folder; nothing is written before the first file is put.
    pub fn begin(self) -> Stage {
        Stage::new(self)
    }

    fn path(&self) -> Utf8PathBuf {
        self.place.path()
    }

    /// The name, beside the output folder, of what this process stages.
    fn stage_name(&self) -> String {
        format!("{}{}", beside(&self.place), std::process::id())
    }

    /// The name, beside the output folder, of the old site while there is no new one, where two renames are needed.
    fn aside_name(&self) -> String {
        format!("{}old", beside(&self.place))
    }
}

fn beside(place: &Place) -> String {
    format!(".{}.needlepoint-", place.name)
}

impl Old {
    fn open(
        parent: &Folder,
        place: &Place,
        shown: &Utf8Path,
        settled: Option<&Settled>,
    ) -> Result<Option<Self>, Error> {
        let folder = match Folder::open(rustix::fd::AsFd::as_fd(parent), Utf8Path::new(&place.name), shown) {
            Ok(folder) => folder,
            Err(error) if error.is_not_found() => return Ok(None),
            Err(error) => return Err(error),
        };
        let Some(marker) = folder.stat(Path::new(MANIFEST))? else {
            let found = scan::scan(&place.path(), shown, &Manifest::default())?;
            let dotted = found.dotted.iter().map(|(path, _)| path.display().to_string());
            let folders = found.folders.iter().map(|path| path.display().to_string());
            let names: Vec<String> = found.foreign.into_iter().chain(dotted).chain(folders).collect();
            if !names.is_empty() {
                return Err(guards::holds_foreign(shown, &names, false));
            }
            let manifest = Manifest::default();
            return Ok(Some(Self { folder, manifest, written: 0, settled: None }));
        };
        let text = folder.read(Path::new(MANIFEST))?;
        let settled = settled
            .filter(|settled| settled.manifest == Checksum::of(&text))
            .map(|settled| UNIX_EPOCH + Duration::from_nanos(settled.until));
        let manifest = std::str::from_utf8(&text).ok().and_then(Manifest::parse).ok_or_else(|| {
            let why = format!("its marker `{MANIFEST}` is damaged or of a newer version");
            guards::refused(shown, &why).with_help("remove the folder yourself, then build again")
        })?;
        let written = Stamp::of(&marker).modified;
        Ok(Some(Self { folder, manifest, written, settled }))
    }

    /// Whether the file at the path still has these facts: by its times where they can be trusted, else by its bytes.
    fn is_intact(&self, path: &OutputPath, facts: &FileFacts) -> bool {
        let path = Path::new(path.as_str());
        let Ok(Some(stat)) = self.folder.stat(path) else { return false };
        let stamp = Stamp::of(&stat);
        if FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile || stamp.length != facts.length {
            return false;
        }
        let is_untouched = self.settled.is_some_and(|until| stamp.is_settled(until));
        (is_untouched && stamp.modified <= self.written)
            || self.folder.read(path).is_ok_and(|bytes| FileFacts::of(&bytes) == *facts)
    }
}

/// Locks the folder until the process ends; `false` where the file system knows no locks.
fn lock(parent: &Folder, on_wait: impl FnOnce()) -> Result<bool, Error> {
    let failed = |errno: Errno| Error::disk("lock the folder", parent.shown(), errno);
    match flock(parent, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => return Ok(true),
        Err(Errno::WOULDBLOCK) => on_wait(),
        Err(Errno::BADF | Errno::NOLCK | Errno::OPNOTSUPP | Errno::INVAL | Errno::NOSYS) => return Ok(false),
        Err(errno) => return Err(failed(errno)),
    }
    loop {
        match flock(parent, FlockOperation::LockExclusive) {
            Ok(()) => return Ok(true),
            Err(Errno::INTR) => {}
            Err(errno) => return Err(failed(errno)),
        }
    }
}

/// Brings the old site back where a build died between two renames, and removes what dead builds staged.
fn recover(parent: &Folder, place: &Place, is_locked: bool) -> Result<(), Error> {
    let beside = beside(place);
    let aside = format!("{beside}old");
    let is_there = |name: &str| parent.stat(Path::new(name)).map(|stat| stat.is_some());
    if is_there(&aside)? && !is_there(&place.name)? {
        rustix::fs::renameat(parent, &aside, parent, &place.name)
            .map_err(|errno| Error::disk("bring back", place.path(), errno))?;
    }
    // Without a lock a living build may own what stands there.
    if !is_locked {
        return Ok(());
    }
    let failed = |error: io::Error| Error::disk("list the folder", &place.parent, error);
    for entry in std::fs::read_dir(&place.parent).map_err(failed)? {
        let name = entry.map_err(failed)?.file_name();
        if let Some(name) = name.to_str().filter(|name| name.starts_with(&beside)) {
            remove_litter(&place.parent.join(name))?;
        }
    }
    Ok(())
}

/// Removes a staged tree, or the old tree after the exchange; its dotfiles have another link in the output folder.
fn remove_litter(path: &Utf8Path) -> Result<(), Error> {
    let removed = match path.symlink_metadata() {
        Ok(found) if found.is_dir() => std::fs::remove_dir_all(path),
        Ok(_) => std::fs::remove_file(path),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::disk("remove", path, error)),
        _ => Ok(()),
    }
}
