//! Asks the system to report what happens in a site's folders.

use std::collections::BTreeMap;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use camino::{Utf8Path, Utf8PathBuf};
use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Config, ErrorKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::disk::{CONFIGURATION, FOLDERS, is_dropping};
use crate::name::SitePath;

/// A sign that the tree may have changed.
pub(super) enum Hint {
    /// Something happened to these paths.
    At(Vec<SitePath>),
    /// Something happened.
    Something,
    /// The system does not report everything any more, for this reason.
    Blind(String),
}

/// The folders that the system reports on: never single files, whose watch would end when an editor replaces them.
pub(super) struct Folders {
    watcher: RecommendedWatcher,
    root: Utf8PathBuf,
    /// Inode of each watched folder: one that was removed and made again must be watched again.
    watched: BTreeMap<Utf8PathBuf, u64>,
}

impl Folders {
    /// Watches the root itself and all below the site's folders; an error is the reason why that cannot be.
    pub(super) fn watch(root: &Utf8Path, send: Sender<Hint>) -> Result<Self, String> {
        let base = root.to_owned();
        let report = move |event: notify::Result<notify::Event>| {
            let hint = match event {
                Ok(event) if is_worth_a_look(&base, &event) => hint(&base, &event),
                Ok(_) => return,
                Err(error) if is_about_limits(&error) => Hint::Blind(limit_reason()),
                Err(_) => Hint::Something,
            };
            // Nobody receives while the program ends.
            let _ = send.send(hint);
        };
        let config = Config::default().with_follow_symlinks(false);
        let watcher = RecommendedWatcher::new(report, config).map_err(|error| reason(&error))?;
        let mut folders = Self { watcher, root: root.to_owned(), watched: BTreeMap::new() };
        folders.follow()?;
        Ok(folders)
    }

    /// Watches folders of the site that are new or were made again.
    pub(super) fn follow(&mut self) -> Result<(), String> {
        let root = self.root.clone();
        self.follow_one(&root, RecursiveMode::NonRecursive)?;
        FOLDERS.iter().try_for_each(|name| self.follow_one(&root.join(name), RecursiveMode::Recursive))
    }

    fn follow_one(&mut self, folder: &Utf8Path, mode: RecursiveMode) -> Result<(), String> {
        let Some(found) = folder.symlink_metadata().ok().filter(std::fs::Metadata::is_dir) else {
            self.watched.remove(folder);
            return Ok(());
        };
        if self.watched.get(folder) == Some(&found.ino()) {
            return Ok(());
        }
        match self.watcher.watch(folder.as_std_path(), mode) {
            Ok(()) => {
                self.watched.insert(folder.to_owned(), found.ino());
                Ok(())
            }
            // It vanished in the meantime; its return will be reported for the root.
            Err(error) if matches!(error.kind, ErrorKind::PathNotFound) => Ok(()),
            Err(error) => Err(reason(&error)),
        }
    }
}

/// Whether an event may concern a file of the site. Reading files is reported too, our own reading among it.
fn is_worth_a_look(root: &Utf8Path, event: &notify::Event) -> bool {
    let is_reading =
        matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write));
    event.need_rescan() || (!is_reading && event.paths.iter().any(|path| is_of_site(root, path)))
}

/// The paths of an event, where each names a file or a folder of the site.
fn hint(root: &Utf8Path, event: &notify::Event) -> Hint {
    let of_site = event.paths.iter().filter(|path| is_of_site(root, path));
    let path = |path: &PathBuf| SitePath::new(path.strip_prefix(root).ok()?.to_str()?);
    let paths: Option<Vec<SitePath>> = of_site.map(path).collect();
    match paths {
        Some(paths) if !event.need_rescan() => Hint::At(paths),
        _ => Hint::Something,
    }
}

fn is_of_site(root: &Utf8Path, path: &Path) -> bool {
    let Ok(relative) = path.strip_prefix(root) else { return true };
    let mut names = relative.components().map(|name| name.as_os_str().to_str().unwrap_or_default());
    match names.next() {
        // The root itself: removed, or another in its place.
        None => true,
        Some(first) if first != CONFIGURATION && !FOLDERS.contains(&first) => false,
        Some(_) => !names.any(is_dropping),
    }
}

fn is_about_limits(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::MaxFilesWatch => true,
        // EMFILE and ENFILE: no further queue of events; ENOSPC: no further folder.
        ErrorKind::Io(error) => matches!(error.raw_os_error(), Some(23 | 24 | 28)),
        _ => false,
    }
}

fn reason(error: &notify::Error) -> String {
    if is_about_limits(error) { limit_reason() } else { format!("because changes are not reported: {error}") }
}

fn limit_reason() -> String {
    "because the system's limit of watched folders is reached (on Linux: fs.inotify.max_user_watches \
     and max_user_instances)"
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn droppings_and_the_output_folder_are_not_worth_a_look() {
        let root = Utf8Path::new("/site");
        for (path, is_worth) in [
            ("/site/content/a.md", true),
            ("/site/needlepoint.toml", true),
            ("/site/themes", true),
            ("/site", true),
            ("/site/public/index.html", false),
            ("/site/.public.needlepoint-1", false),
            ("/site/content/.a.md.swp", false),
            ("/site/content/4913", false),
            ("/site/content/.git/x", false),
        ] {
            assert_eq!(is_of_site(root, Path::new(path)), is_worth, "{path}");
        }
    }
}
