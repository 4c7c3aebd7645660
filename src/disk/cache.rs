//! What one build leaves for the next in `.needlepoint/`: safe to delete at any time, and never trusted when damaged.
//!
//! Below a folder for the format's version stand a state for each output folder, and derived files (such as scaled
//! images) under the hash of what they were made from.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::fs;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::UNIX_EPOCH;

use camino::{Utf8Path, Utf8PathBuf};

use super::output::Settled;
use super::stamp::Stamp;
use crate::error::Error;
use crate::name::SitePath;
use crate::source::{Checksum, Fingerprint};

/// The folder, below the site's root, of all that is kept between builds.
pub const CACHE_FOLDER: &str = ".needlepoint";

/// Raised when a format below changes; folders of other versions are left to be deleted by hand.
const VERSION: &str = "1";

/// How many bytes of derived files are kept before the oldest go.
const MOST_KEPT: u64 = 512 * 1024 * 1024;

/// The cache of one site.
#[derive(Debug)]
pub struct Cache {
    folder: Utf8PathBuf,
    /// Whether derived files came to it.
    has_more: AtomicBool,
}

/// What is known of the last build into one output folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildState {
    /// The hash of all that shapes the output beside the site's files: program, flags, today.
    pub key: Fingerprint,
    /// Every file of the site, sorted by path; a stamp too young to be trusted is `None` and equals no other.
    pub sources: Vec<(SitePath, Option<Stamp>)>,
    /// What is known of the output folder.
    pub settled: Settled,
    /// What the build had to say; whoever stored it knows its form.
    pub report: String,
}

impl BuildState {
    /// Whether the site's files are, beyond doubt, what they were.
    pub fn has_sources(&self, sources: &[(SitePath, Stamp)]) -> bool {
        self.sources.len() == sources.len()
            && self.sources.iter().zip(sources).all(|((path, stamp), (other_path, other))| {
                path == other_path && stamp.as_ref() == Some(other)
            })
    }
}

impl Cache {
    /// The cache of the site in this folder; nothing is created before something is stored.
    pub fn of(root: &Utf8Path) -> Self {
        Self { folder: root.join(CACHE_FOLDER), has_more: AtomicBool::new(false) }
    }

    /// The state of the last build into this output folder, if one was stored whole.
    pub fn build_state(&self, output: &Utf8Path) -> Option<BuildState> {
        let bytes = fs::read(self.state_path(output)).ok()?;
        parse_state(std::str::from_utf8(unseal(&bytes)?).ok()?)
    }

    /// Stores the state of a build into this output folder.
    pub fn store_build_state(&self, output: &Utf8Path, state: &BuildState) -> Result<(), Error> {
        self.store(&self.state_path(output), &seal(state_text(state).as_bytes()))
    }

    /// The derived file that was stored under this hash, if it is whole.
    pub fn derived(&self, key: &Fingerprint) -> Option<Vec<u8>> {
        let bytes = fs::read(self.derived_path(key)).ok()?;
        unseal(&bytes).map(<[u8]>::to_vec)
    }

    /// Stores a derived file under the hash of all it was made from.
    pub fn store_derived(&self, key: &Fingerprint, bytes: &[u8]) -> Result<(), Error> {
        self.has_more.store(true, Ordering::Relaxed);
        self.store(&self.derived_path(key), &seal(bytes))
    }

    /// The derived file of this key; made and stored where it is not there, and made each time without a key.
    ///
    /// What cannot be stored is made again by the next build: nothing is lost where a disk is full or read-only.
    pub fn derived_or_made<'a, E>(
        &self,
        key: Option<Fingerprint>,
        make: impl FnOnce() -> Result<Cow<'a, [u8]>, E>,
    ) -> Result<Cow<'a, [u8]>, E> {
        let Some(key) = key else { return make() };
        if let Some(bytes) = self.derived(&key) {
            return Ok(Cow::Owned(bytes));
        }
        let bytes = make()?;
        let _ = self.store_derived(&key, &bytes);
        Ok(bytes)
    }

    /// Keeps what is stored within bounds, where more came: the oldest derived files go. What is missed is made again.
    pub fn prune(&self) {
        if self.has_more.swap(false, Ordering::Relaxed) {
            self.prune_to(MOST_KEPT);
        }
    }

    /// Of derived files the oldest go once all of them are larger than `limit` bytes, until they are half as large.
    fn prune_to(&self, limit: u64) {
        let folder = self.folder.join(VERSION).join("derived");
        let files = walkdir::WalkDir::new(folder).into_iter().flatten();
        let files = files.filter_map(|entry| {
            let facts = entry.metadata().ok().filter(fs::Metadata::is_file)?;
            Some((facts.modified().ok()?, facts.len(), entry.into_path()))
        });
        let mut files: Vec<_> = files.collect();
        let mut all: u64 = files.iter().map(|(_, length, _)| length).sum();
        if all <= limit {
            return;
        }
        files.sort();
        for (_, length, path) in files {
            if all <= limit / 2 {
                break;
            }
            // What cannot be removed stays, as safe to keep as to delete.
            if fs::remove_file(path).is_ok() {
                all -= length;
            }
        }
    }

    fn state_path(&self, output: &Utf8Path) -> Utf8PathBuf {
        let name = hex(blake3::hash(output.as_str().as_bytes()).as_bytes());
        self.folder.join(VERSION).join("builds").join(&name[..16])
    }

    fn derived_path(&self, key: &Fingerprint) -> Utf8PathBuf {
        let name = hex(key);
        self.folder.join(VERSION).join("derived").join(&name[..2]).join(&name[2..])
    }

    /// Writes beside and renames, so that no reader sees a part.
    fn store(&self, path: &Utf8Path, bytes: &[u8]) -> Result<(), Error> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let failed = |error| Error::disk("write", path, error);
        let folder = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder).map_err(failed)?;
        self.mark()?;
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let beside = folder.join(format!(".{}-{number}", std::process::id()));
        fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, path)).map_err(|error| {
            // What cannot be removed is hidden, small and harmless.
            let _ = fs::remove_file(&beside);
            failed(error)
        })
    }

    /// Tells version control and backup programs that the folder is not worth keeping.
    fn mark(&self) -> Result<(), Error> {
        let tag = "Signature: 8a477f597d28d172789f06886806bc55\n# Made by needlepoint; safe to delete.\n";
        for (name, text) in [(".gitignore", "*\n"), ("CACHEDIR.TAG", tag)] {
            let path = self.folder.join(name);
            if !path.exists() {
                fs::write(&path, text).map_err(|error| Error::disk("write", &path, error))?;
            }
        }
        Ok(())
    }
}

/// What tells this program from another build of it: its version, and length and time of its file.
///
/// For the key of a [`BuildState`]: a newer program of the same version must not take over what an older one made.
pub fn program_identity() -> String {
    let file = std::env::current_exe().and_then(fs::metadata).ok();
    let modified = file.as_ref().and_then(|file| file.modified().ok());
    let modified = modified.and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    let length = file.map_or(0, |file| file.len());
    format!("{} {length} {}", env!("CARGO_PKG_VERSION"), modified.as_nanos())
}

fn state_text(state: &BuildState) -> String {
    let BuildState { key, sources, settled, report } = state;
    let (key, manifest) = (hex(key), settled.manifest);
    let mut text = format!("{key} {manifest} {} {}\n", settled.until, sources.len());
    for (path, stamp) in sources {
        let line = match stamp {
            Some(Stamp { length, modified, changed, inode }) => {
                writeln!(text, "{length} {modified} {changed} {inode} {path}")
            }
            None => writeln!(text, "? ? ? ? {path}"),
        };
        // Writing to a string cannot fail.
        let _ = line;
    }
    text + report
}

fn parse_state(text: &str) -> Option<BuildState> {
    let (head, mut rest) = text.split_once('\n')?;
    let mut head = head.split(' ');
    let key = fingerprint(head.next()?)?;
    let settled = Settled { manifest: Checksum::from_hex(head.next()?)?, until: head.next()?.parse().ok()? };
    let count: usize = head.next()?.parse().ok()?;
    let mut sources = Vec::new();
    for _ in 0..count {
        let (line, behind) = rest.split_once('\n')?;
        sources.push(parse_source(line)?);
        rest = behind;
    }
    Some(BuildState { key, sources, settled, report: rest.to_owned() })
}

fn parse_source(line: &str) -> Option<(SitePath, Option<Stamp>)> {
    let mut parts = line.splitn(5, ' ');
    let mut next = || parts.next();
    let (length, modified, changed, inode) = (next()?, next()?, next()?, next()?);
    let path = SitePath::new(next()?)?;
    if length == "?" {
        return Some((path, None));
    }
    let stamp = Stamp {
        length: length.parse().ok()?,
        modified: modified.parse().ok()?,
        changed: changed.parse().ok()?,
        inode: inode.parse().ok()?,
    };
    Some((path, Some(stamp)))
}

/// The bytes behind their own hash, by which a file that was cut or damaged is known.
fn seal(bytes: &[u8]) -> Vec<u8> {
    let mut sealed = Vec::with_capacity(bytes.len() + 32);
    sealed.extend_from_slice(blake3::hash(bytes).as_bytes());
    sealed.extend_from_slice(bytes);
    sealed
}

fn unseal(sealed: &[u8]) -> Option<&[u8]> {
    let (hash, bytes) = sealed.split_at_checked(32)?;
    (blake3::hash(bytes).as_bytes() == hash).then_some(bytes)
}

fn hex(fingerprint: &Fingerprint) -> String {
    blake3::Hash::from_bytes(*fingerprint).to_hex().to_string()
}

fn fingerprint(hex: &str) -> Option<Fingerprint> {
    blake3::Hash::from_hex(hex).ok().map(Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_is_found_and_damage_counts_as_nothing() {
        let site = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(site.path()).unwrap();
        let cache = Cache::of(root);
        let output = Utf8Path::new("public");
        assert!(cache.build_state(output).is_none() && !root.join(CACHE_FOLDER).exists());
        let path = |path: &str| SitePath::new(path).unwrap();
        let stamp = Stamp { length: 1, modified: -2, changed: 3, inode: 4 };
        let state = BuildState {
            key: [7; 32],
            sources: vec![(path("content/a b.md"), Some(stamp)), (path("content/c.md"), None)],
            settled: Settled { manifest: Checksum::of(b"9"), until: 5 },
            report: "two\nlines".to_owned(),
        };
        cache.store_build_state(output, &state).unwrap();
        cache.store_derived(&[1; 32], b"webp").unwrap();
        assert_eq!(cache.build_state(output), Some(state.clone()));
        assert_eq!(cache.build_state(Utf8Path::new("elsewhere")), None);
        assert_eq!(cache.derived(&[1; 32]).as_deref(), Some(&b"webp"[..]));
        assert_eq!(cache.derived(&[2; 32]), None);
        for path in [cache.state_path(output), cache.derived_path(&[1; 32])] {
            let bytes = fs::read(&path).unwrap();
            fs::write(&path, &bytes[..bytes.len() - 1]).unwrap();
        }
        assert!(cache.build_state(output).is_none() && cache.derived(&[1; 32]).is_none());
        assert_eq!(fs::read_to_string(root.join(CACHE_FOLDER).join(".gitignore")).unwrap(), "*\n");
    }

    #[test]
    fn the_oldest_derived_files_go_when_there_are_too_many() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::of(Utf8Path::from_path(folder.path()).unwrap());
        for number in 0..8_u8 {
            cache.store_derived(&[number; 32], &[number; 1_000]).unwrap();
            let file = fs::File::options().write(true).open(cache.derived_path(&[number; 32])).unwrap();
            let age = std::time::Duration::from_secs(100 - u64::from(number));
            file.set_modified(std::time::SystemTime::now() - age).unwrap();
        }
        let kept = || (0..8_u8).filter(|number| cache.derived(&[*number; 32]).is_some()).collect::<Vec<u8>>();
        cache.prune_to(20_000);
        assert_eq!(kept().len(), 8);
        cache.prune_to(7_000);
        assert_eq!(kept(), [5, 6, 7]);
    }

    #[test]
    fn a_derived_file_is_made_once() {
        let site = tempfile::tempdir().unwrap();
        let cache = Cache::of(Utf8Path::from_path(site.path()).unwrap());
        let make = |bytes: &'static [u8]| move || Ok::<_, ()>(Cow::Borrowed(bytes));
        let key = Some([1; 32]);
        assert_eq!(&*cache.derived_or_made(key, make(b"first")).unwrap(), b"first");
        assert_eq!(&*cache.derived_or_made(key, make(b"second")).unwrap(), b"first");
        assert_eq!(&*cache.derived_or_made(None, make(b"second")).unwrap(), b"second");
        assert_eq!(cache.derived_or_made(Some([2; 32]), || Err(())), Err(()));
        assert_eq!(cache.derived(&[2; 32]), None);
    }

    #[test]
    fn a_young_stamp_never_counts_as_unchanged() {
        let path = SitePath::new("content/a.md").unwrap();
        let stamp = Stamp { length: 1, modified: 2, changed: 3, inode: 4 };
        let state = |stamp| BuildState {
            key: [0; 32],
            sources: vec![(path.clone(), stamp)],
            settled: Settled { manifest: Checksum::default(), until: 0 },
            report: String::new(),
        };
        let now = [(path.clone(), stamp)];
        assert!(state(Some(stamp)).has_sources(&now) && !state(None).has_sources(&now));
        assert!(!state(Some(stamp)).has_sources(&[]));
        assert!(!state(Some(stamp)).has_sources(&[(path.clone(), Stamp { changed: 9, ..stamp })]));
    }
}
