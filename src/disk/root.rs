//! The site's root as an open folder: every file is opened below it, and no link on the way is followed.

use std::io;
use std::os::fd::OwnedFd;

use camino::{Utf8Path, Utf8PathBuf};
use rustix::buffer::spare_capacity;
use rustix::fs::{AtFlags, CWD, FileType, Mode, OFlags, fstat, openat, statat};
use rustix::io::Errno;

use super::stamp::Stamp;
use crate::error::Error;
use crate::name::SitePath;

/// The open root folder of a site.
pub(super) struct Root {
    folder: OwnedFd,
    path: Utf8PathBuf,
}

/// What stands at a path.
pub(super) enum Found<T> {
    /// A regular file.
    File(T),
    /// A symbolic link, at the path or on the way to it.
    Link,
    /// Nothing any more, or something that is no file.
    Nothing,
}

impl Root {
    /// Opens the folder; an `Error` where it is not there or not a folder.
    pub(super) fn open(path: &Utf8Path) -> Result<Self, Error> {
        let flags = OFlags::DIRECTORY | OFlags::RDONLY | OFlags::CLOEXEC;
        let folder = openat(CWD, path.as_std_path(), flags, Mode::empty())
            .map_err(|errno| Error::disk("open the folder", path, errno))?;
        Ok(Self { folder, path: path.to_owned() })
    }

    /// The folder as it was named.
    pub(super) fn path(&self) -> &Utf8Path {
        &self.path
    }

    /// The stamp of a file.
    pub(super) fn stamp(&self, path: &SitePath) -> Result<Found<Stamp>, Error> {
        match statat(&self.folder, path.as_str(), AtFlags::SYMLINK_NOFOLLOW) {
            Ok(stat) => Ok(match FileType::from_raw_mode(stat.st_mode) {
                FileType::RegularFile => Found::File(Stamp::of(&stat)),
                FileType::Symlink => Found::Link,
                _ => Found::Nothing,
            }),
            Err(errno) => self.missing(path, errno),
        }
    }

    /// Whether nothing at all stands at a path.
    pub(super) fn is_absent(&self, path: &SitePath) -> bool {
        let found = statat(&self.folder, path.as_str(), AtFlags::SYMLINK_NOFOLLOW);
        matches!(found, Err(Errno::NOENT | Errno::NOTDIR))
    }

    /// The first bytes of a file, at most `limit`, and its stamp.
    pub(super) fn read(&self, path: &SitePath, limit: u64) -> Result<Found<(Vec<u8>, Stamp)>, Error> {
        let file = match self.open_below(path) {
            Ok(file) => file,
            Err(errno) => return self.missing(path, errno),
        };
        let failed = |errno: Errno| Error::disk("read", self.path.join(path.as_str()), errno);
        let stat = fstat(&file).map_err(failed)?;
        if FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile {
            return Ok(Found::Nothing);
        }
        let stamp = Stamp::of(&stat);
        let wanted = usize::try_from(stamp.length.min(limit)).map_err(|_| failed(Errno::FBIG))?;
        let mut bytes = Vec::with_capacity(wanted);
        while bytes.len() < wanted {
            match rustix::io::read(&file, spare_capacity(&mut bytes)) {
                Ok(0) => break,
                Ok(_) | Err(Errno::INTR) => {}
                Err(errno) => return Err(failed(errno)),
            }
        }
        bytes.truncate(wanted);
        Ok(Found::File((bytes, stamp)))
    }

    /// Without `NONBLOCK`, a pipe that took a file's place since it was listed would be waited for.
    fn open_below(&self, path: &SitePath) -> Result<OwnedFd, Errno> {
        let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
        #[cfg(target_os = "linux")]
        {
            use rustix::fs::{ResolveFlags, openat2};
            let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS;
            match openat2(&self.folder, path.as_str(), flags, Mode::empty(), resolve) {
                // Kernels before 5.6, and the filters of some containers, do not know the call.
                Err(Errno::NOSYS | Errno::PERM) => {}
                answer => return answer,
            }
        }
        openat(&self.folder, path.as_str(), flags, Mode::empty())
    }

    fn missing<T>(&self, path: &SitePath, errno: Errno) -> Result<Found<T>, Error> {
        match errno {
            Errno::LOOP | Errno::XDEV => Ok(Found::Link),
            Errno::NOENT | Errno::NOTDIR | Errno::NXIO => Ok(Found::Nothing),
            _ => Err(Error::disk("read", self.path.join(path.as_str()), io::Error::from(errno))),
        }
    }
}
