//! Watches a site's folders and tells what changed, once the author's program is done writing.
//!
//! Takes a [`Reading`], gives a channel of [`Event`]s. What the system reports is only a hint that something happened: after
//! a short quiet time the tree itself is compared with the last reading, by stamps and then by bytes, so nothing
//! depends on the order, the kind or the completeness of what was reported. Where the hints name files that were there
//! before, these are compared at once, and all others a moment later.

mod folders;

use std::collections::BTreeSet;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use self::folders::{Folders, Hint};
use crate::disk::Reading;
use crate::error::Error;
use crate::files::{Change, SiteFiles};
use crate::name::SitePath;

/// How long nothing must happen before the tree is compared: longer than the steps of one save are apart.
const QUIET: Duration = Duration::from_millis(20);

/// How long a storm of changes is waited for at most.
const STORM: Duration = Duration::from_millis(150);

/// When the tree is compared once more after a change, for what happened in a new folder before it was watched.
const SECOND_LOOK: Duration = Duration::from_millis(300);

/// How often the tree is compared where the system reports nothing.
const POLL: Duration = Duration::from_millis(400);

/// How often a tree that could not be read is tried again.
const RETRY: Duration = Duration::from_secs(1);

/// What happened to a site.
#[derive(Debug)]
pub enum Event {
    /// Files differ from those of the last event.
    Changed {
        /// All files as they are now.
        files: SiteFiles,
        /// Those that differ; never empty.
        change: Change,
        /// When it was first noticed.
        noticed: Instant,
    },
    /// From now on the tree is looked at again and again, for the reason given: how often, and why.
    Polling(String),
    /// The tree could not be read; watching goes on. Told once for each different error.
    Failed(Error),
}

/// How changes are noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The system reports them; where it cannot, the tree is looked at again and again.
    Reported,
    /// The tree is looked at again and again: for network folders, where nothing is reported.
    Polled,
}

/// Watches the site of this reading from a thread of its own, until the receiver is dropped.
///
/// An `Error` where no thread can be started.
pub fn start(reading: Reading, mode: Mode) -> Result<Receiver<Event>, Error> {
    let (send, receive) = channel();
    thread::Builder::new()
        .name("watch".to_owned())
        .spawn(move || run(reading, mode, &send))
        .map_err(|error| Error::disk("watch", "the site's folders", error))?;
    Ok(receive)
}

/// Ends when nobody receives any more.
fn run(mut reading: Reading, mode: Mode, send: &Sender<Event>) {
    let mut hints = match mode {
        Mode::Reported => Hints::reported(&reading),
        Mode::Polled => Hints::polled("as --poll asks".to_owned()),
    };
    let mut last_failure = String::new();
    // What happened between the reading and the start of watching was not reported.
    let mut wake = Wake { noticed: Instant::now(), is_settled: false };
    loop {
        if let Some(reason) = hints.take_reason()
            && send.send(Event::Polling(reason)).is_err()
        {
            return;
        }
        let noticed = wake.noticed;
        let event = match look(&reading, &mut hints, &wake) {
            Ok((next, change)) => {
                last_failure.clear();
                hints.follow();
                let files = next.files().clone();
                reading = next;
                (!change.is_empty()).then_some(Event::Changed { files, change, noticed })
            }
            Err(error) if error.to_string() == last_failure => None,
            Err(error) => {
                last_failure = error.to_string();
                Some(Event::Failed(error))
            }
        };
        let look_again = match &event {
            _ if !last_failure.is_empty() => Some(RETRY),
            Some(_) => Some(SECOND_LOOK),
            None => None,
        };
        if event.is_some_and(|event| send.send(event).is_err()) {
            return;
        }
        wake = hints.wait(look_again);
    }
}

/// Compares the tree with the last reading, and again where a file may have been caught half written.
///
/// A change that a clock found, or that was followed by a hint while it was read, can be the first step of a save that
/// empties a file before it fills it. Such a change is looked at once more after a quiet time, in a storm not for ever.
fn look(reading: &Reading, hints: &mut Hints, wake: &Wake) -> Result<(Reading, Change), Error> {
    let mut is_settled = wake.is_settled;
    loop {
        let touched = std::mem::take(&mut hints.touched);
        let found = match &touched {
            Touched::Files(paths) => reading.again_at(paths).transpose(),
            Touched::Anything => None,
        };
        let (next, change) = found.unwrap_or_else(|| reading.again()).inspect_err(|_| {
            hints.touched = Touched::Anything;
        })?;
        let is_final = change.is_empty() || wake.noticed.elapsed() >= STORM;
        // A hint is taken from the queue only where the tree is then looked at again.
        if is_final || (is_settled && !hints.is_pending()) {
            return Ok((next, change));
        }
        hints.touched.join(touched);
        hints.settle(wake.noticed);
        is_settled = true;
    }
}

/// Why the tree is worth a look.
struct Wake {
    /// When it was noticed.
    noticed: Instant,
    /// Whether it has been quiet since; a clock says nothing about that.
    is_settled: bool,
}

/// What may have changed since the tree was looked at.
enum Touched {
    /// Files at these paths, if anything.
    Files(BTreeSet<SitePath>),
    /// Anything.
    Anything,
}

impl Default for Touched {
    fn default() -> Self {
        Self::Files(BTreeSet::new())
    }
}

impl Touched {
    fn join(&mut self, other: Self) {
        match (self, other) {
            (Self::Files(paths), Self::Files(others)) => paths.extend(others),
            (own, _) => *own = Self::Anything,
        }
    }
}

/// Tells when it is worth looking at the tree.
struct Hints {
    /// `None` while polling.
    folders: Option<(Folders, Receiver<Hint>)>,
    touched: Touched,
    /// Why polling began, until that was told.
    reason: Option<String>,
}

impl Hints {
    fn reported(reading: &Reading) -> Self {
        let (send, receive) = channel();
        match Folders::watch(reading.root(), send) {
            Ok(folders) => {
                Self { folders: Some((folders, receive)), touched: Touched::Anything, reason: None }
            }
            Err(reason) => Self::polled(reason),
        }
    }

    fn polled(reason: String) -> Self {
        let every = POLL.as_secs_f64();
        let reason = format!("all files are looked at every {every} s, {reason}");
        Self { folders: None, touched: Touched::Anything, reason: Some(reason) }
    }

    fn take_reason(&mut self) -> Option<String> {
        self.reason.take()
    }

    /// Watches folders that came since the last time; falls back to polling where that is not allowed.
    fn follow(&mut self) {
        if let Some((folders, _)) = &mut self.folders
            && let Err(reason) = folders.follow()
        {
            *self = Self::polled(reason);
        }
    }

    /// Waits until something happened and is over, or until `look_again` has passed.
    fn wait(&mut self, look_again: Option<Duration>) -> Wake {
        let Some((_, hints)) = &self.folders else {
            self.touched = Touched::Anything;
            thread::sleep(POLL);
            return Wake { noticed: Instant::now(), is_settled: false };
        };
        // Without a deadline: a time that is never reached in practice, so that one call serves both cases.
        let first = hints.recv_timeout(look_again.unwrap_or(Duration::from_secs(3600)));
        let noticed = Instant::now();
        match first {
            Ok(hint) => {
                self.take(hint);
                self.settle(noticed);
            }
            Err(RecvTimeoutError::Timeout) => {
                self.touched = Touched::Anything;
                return Wake { noticed, is_settled: false };
            }
            Err(RecvTimeoutError::Disconnected) => {
                *self = Self::polled("because the system stopped reporting".to_owned());
            }
        }
        Wake { noticed, is_settled: true }
    }

    /// Notes what a hint says; polls from then on where the system stops reporting.
    fn take(&mut self, hint: Hint) {
        match hint {
            Hint::At(paths) => self.touched.join(Touched::Files(paths.into_iter().collect())),
            Hint::Something => self.touched = Touched::Anything,
            Hint::Blind(reason) => *self = Self::polled(reason),
        }
    }

    /// Waits until nothing happened for a quiet time.
    fn settle(&mut self, noticed: Instant) {
        loop {
            let Some((_, hints)) = &self.folders else { return thread::sleep(QUIET) };
            let left = STORM.saturating_sub(noticed.elapsed());
            match hints.recv_timeout(QUIET.min(left)) {
                Ok(hint) => self.take(hint),
                Err(_) => return,
            }
            if left.is_zero() {
                return;
            }
        }
    }

    /// Whether something happened that nobody has waited for yet; takes one hint of it.
    fn is_pending(&mut self) -> bool {
        let Some((_, hints)) = &self.folders else { return false };
        let Ok(hint) = hints.try_recv() else { return false };
        self.take(hint);
        true
    }
}
