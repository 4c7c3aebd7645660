//! One open folder and the file operations below it; every failure names the path as the user knows it.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::Path;

use camino::{Utf8Path, Utf8PathBuf};
use rustix::fs::{self, AtFlags, FileType, Mode, OFlags, Stat};
use rustix::io::Errno;

use crate::error::Error;

/// An open folder.
pub(super) struct Folder {
    handle: OwnedFd,
    /// How the folder is called in messages.
    shown: Utf8PathBuf,
}

impl Folder {
    /// Opens a folder that is not a link.
    pub(super) fn open(at: BorrowedFd<'_>, name: &Utf8Path, shown: &Utf8Path) -> Result<Self, Error> {
        let flags = OFlags::DIRECTORY | OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NOFOLLOW;
        let handle = fs::openat(at, name.as_std_path(), flags, Mode::empty())
            .map_err(|errno| Error::disk("open the folder", shown, errno))?;
        Ok(Self { handle, shown: shown.to_owned() })
    }

    /// Makes a folder; whether it is new.
    pub(super) fn make_folder(&self, path: &Path) -> Result<bool, Error> {
        match fs::mkdirat(&self.handle, path, Mode::from_raw_mode(0o777)) {
            Ok(()) => Ok(true),
            Err(Errno::EXIST) => Ok(false),
            Err(errno) => Err(self.failed("create the folder", path, errno)),
        }
    }

    /// Writes a file that must not exist yet.
    pub(super) fn write_new(&self, path: &Path, bytes: &[u8]) -> Result<(), Error> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC | OFlags::NOFOLLOW;
        let file = fs::openat(&self.handle, path, flags, Mode::from_raw_mode(0o666))
            .map_err(|errno| self.failed("create", path, errno))?;
        let mut rest = bytes;
        while !rest.is_empty() {
            match rustix::io::write(&file, rest) {
                Ok(0) => return Err(self.failed("write", path, io::ErrorKind::WriteZero)),
                Ok(written) => rest = &rest[written..],
                Err(Errno::INTR) => {}
                Err(errno) => return Err(self.failed("write", path, errno)),
            }
        }
        // Where one call can sync a whole disk, `sync_all` does; elsewhere each file is synced as it is written.
        #[cfg(not(target_os = "linux"))]
        fs::fsync(&file).map_err(|errno| self.failed("write", path, errno))?;
        Ok(())
    }

    /// Puts the same file, or a copy where that cannot be, at the same path below another folder.
    pub(super) fn link_to(&self, other: &Self, path: &Path) -> Result<(), Error> {
        match fs::linkat(&self.handle, path, &other.handle, path, AtFlags::empty()) {
            Ok(()) => Ok(()),
            Err(Errno::MLINK | Errno::PERM | Errno::XDEV | Errno::OPNOTSUPP | Errno::NOSYS) => {
                self.copy_to(other, path)
            }
            Err(errno) => Err(other.failed("link", path, errno)),
        }
    }

    fn copy_to(&self, other: &Self, path: &Path) -> Result<(), Error> {
        let stat = self.stat(path)?.ok_or_else(|| self.failed("copy", path, Errno::NOENT))?;
        if FileType::from_raw_mode(stat.st_mode) == FileType::Symlink {
            let target = fs::readlinkat(&self.handle, path, Vec::new())
                .map_err(|errno| self.failed("copy", path, errno))?;
            return fs::symlinkat(target, &other.handle, path)
                .map_err(|errno| other.failed("create", path, errno));
        }
        other.write_new(path, &self.read(path)?)?;
        other.take_mode(path, &stat)?;
        let time = |seconds, nanoseconds| fs::Timespec { tv_sec: seconds, tv_nsec: nanoseconds };
        let modified = time(stat.st_mtime as _, stat.st_mtime_nsec as _);
        let times = fs::Timestamps { last_access: modified, last_modification: modified };
        fs::utimensat(&other.handle, path, &times, AtFlags::SYMLINK_NOFOLLOW)
            .map_err(|errno| other.failed("set the time of", path, errno))
    }

    /// All bytes of a file.
    pub(super) fn read(&self, path: &Path) -> Result<Vec<u8>, Error> {
        let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NOFOLLOW | OFlags::NONBLOCK;
        let file = fs::openat(&self.handle, path, flags, Mode::empty())
            .map_err(|errno| self.failed("read", path, errno))?;
        let mut bytes = Vec::new();
        io::Read::read_to_end(&mut std::fs::File::from(file), &mut bytes)
            .map_err(|error| self.failed("read", path, error))?;
        Ok(bytes)
    }

    /// What stands at a path, a link itself and not what it leads to; `None` where nothing does.
    pub(super) fn stat(&self, path: &Path) -> Result<Option<Stat>, Error> {
        match fs::statat(&self.handle, path, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(stat) => Ok(Some(stat)),
            Err(Errno::NOENT | Errno::NOTDIR) => Ok(None),
            Err(errno) => Err(self.failed("look at", path, errno)),
        }
    }

    /// Gives a file or folder the mode, and where allowed the owner, of another.
    pub(super) fn take_mode(&self, path: &Path, from: &Stat) -> Result<(), Error> {
        let Some(own) = self.stat(path)? else { return Ok(()) };
        if (own.st_uid, own.st_gid) != (from.st_uid, from.st_gid) {
            let (user, group) = (fs::Uid::from_raw(from.st_uid), fs::Gid::from_raw(from.st_gid));
            // Only the superuser may give a file away; everyone else keeps what they make.
            let _ = fs::chownat(&self.handle, path, Some(user), Some(group), AtFlags::SYMLINK_NOFOLLOW);
        }
        if own.st_mode == from.st_mode {
            return Ok(());
        }
        fs::chmodat(&self.handle, path, Mode::from_raw_mode(from.st_mode), AtFlags::empty())
            .map_err(|errno| self.failed("set the mode of", path, errno))
    }

    /// Removes a file or link; one that is gone already is fine.
    pub(super) fn remove_file(&self, path: &Path) -> Result<(), Error> {
        self.remove(path, AtFlags::empty()).map_err(|errno| self.failed("remove", path, errno))
    }

    /// Removes a folder; whether it was empty and is gone.
    pub(super) fn remove_folder(&self, path: &Path) -> Result<bool, Error> {
        match self.remove(path, AtFlags::REMOVEDIR) {
            Ok(()) => Ok(true),
            Err(Errno::NOTEMPTY | Errno::EXIST) => Ok(false),
            Err(errno) => Err(self.failed("remove the folder", path, errno)),
        }
    }

    fn remove(&self, path: &Path, flags: AtFlags) -> Result<(), Errno> {
        match fs::unlinkat(&self.handle, path, flags) {
            Ok(()) | Err(Errno::NOENT) => Ok(()),
            Err(errno) => Err(errno),
        }
    }

    /// Waits until all that was written, here and elsewhere on the disk, would survive a power cut.
    pub(super) fn sync_all(&self) -> Result<(), Error> {
        #[cfg(target_os = "linux")]
        fs::syncfs(&self.handle).map_err(|errno| Error::disk("sync", &self.shown, errno))?;
        Ok(())
    }

    /// Waits until the list of the folder's names would survive a power cut.
    pub(super) fn sync_names(&self) -> Result<(), Error> {
        match fs::fsync(&self.handle) {
            // Some network file systems cannot, and need not.
            Ok(()) | Err(Errno::INVAL) => Ok(()),
            Err(errno) => Err(Error::disk("sync the folder", &self.shown, errno)),
        }
    }

    /// How the folder is called in messages.
    pub(super) fn shown(&self) -> &Utf8Path {
        &self.shown
    }

    fn failed(&self, action: &str, path: &Path, source: impl Into<io::Error>) -> Error {
        Error::disk(action, self.shown.as_std_path().join(path).display(), source)
    }
}

impl AsFd for Folder {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.handle.as_fd()
    }
}
