//! What the disk says of a file without reading it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rustix::fs::Stat;

/// Length, times and inode of a file: when all are equal and it is settled, so are the bytes.
///
/// The time of the last change of the inode is part of it, which no program can set back: a restored old file
/// (`rsync -t`, `cp -p`) of the same length and modification time is still seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stamp {
    /// Length in bytes.
    pub length: u64,
    /// Last change of the bytes, in nanoseconds since 1970.
    pub modified: i64,
    /// Last change of the inode, in nanoseconds since 1970.
    pub changed: i64,
    /// The inode.
    pub inode: u64,
}

impl Stamp {
    /// Stands for a file that is left out because of its name or because it is a link.
    pub(crate) const LEFT_OUT: Self = Self { length: 0, modified: 0, changed: 0, inode: 0 };

    /// The stamp in what the system answered.
    #[allow(
        clippy::unnecessary_cast,
        clippy::useless_conversion,
        reason = "the widths of these fields differ between systems"
    )]
    pub(crate) fn of(stat: &Stat) -> Self {
        let nanoseconds =
            |seconds: i64, rest: i64| seconds.saturating_mul(1_000_000_000).saturating_add(rest);
        Self {
            length: u64::try_from(stat.st_size).unwrap_or(0),
            modified: nanoseconds(stat.st_mtime as i64, stat.st_mtime_nsec as i64),
            changed: nanoseconds(stat.st_ctime as i64, stat.st_ctime_nsec as i64),
            inode: stat.st_ino.into(),
        }
    }

    /// Whether a later write must show in the stamp, when it was taken at this moment.
    ///
    /// Systems count file times in steps: up to 10 ms (a tick of the kernel), or 2 s where no fraction of a second is
    /// kept (FAT). Two writes within one step can leave equal stamps, so a stamp that young is not to be trusted.
    pub(crate) fn is_settled(&self, taken: SystemTime) -> bool {
        let whole_seconds = self.modified % 1_000_000_000 == 0 && self.changed % 1_000_000_000 == 0;
        let step = if whole_seconds { Duration::from_secs(2) } else { Duration::from_millis(20) };
        let newest = u64::try_from(self.modified.max(self.changed)).unwrap_or(0);
        let newest = UNIX_EPOCH + Duration::from_nanos(newest);
        taken.duration_since(newest).is_ok_and(|age| age > step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_young_stamp_is_not_trusted() {
        let stamp = Stamp { length: 1, modified: 1_500_000_000, changed: 1_600_000_000, inode: 1 };
        let at = |milliseconds| UNIX_EPOCH + Duration::from_millis(milliseconds);
        assert!(!stamp.is_settled(at(1_601)) && stamp.is_settled(at(1_700)));
        assert!(!stamp.is_settled(at(1_000)), "a clock that was set back proves nothing");
        let coarse = Stamp { modified: 1_000_000_000, changed: 1_000_000_000, ..stamp };
        assert!(!coarse.is_settled(at(2_500)) && coarse.is_settled(at(3_500)));
    }
}
