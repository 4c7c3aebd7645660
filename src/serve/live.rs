//! The view at hand, the ones before it, and who waits for the next.

use std::collections::{HashMap, VecDeque};
use std::ops::RangeInclusive;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde::Serialize;
use tokio::sync::watch;

use super::view::View;
use crate::lock::locked;
use crate::name::UrlPath;

/// How long a view is kept for browsers that still load the files of a page they were given.
const KEPT_TIME: Duration = Duration::from_secs(3);

/// How many views are kept at least, and at most: as many as come in that time when an author never stops.
const KEPT_VIEWS: RangeInclusive<usize> = 2..=128;

/// How many pages are kept as they last were in order.
const KEPT_PAGES: usize = 512;

/// What is new in a view.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Update {
    /// The files that were changed.
    pub files: Vec<String>,
    /// Pages that have another address now: old and new.
    pub moved: Vec<(String, String)>,
    /// The page whose file was changed last.
    pub edited: Option<String>,
}

/// A view with its number.
pub(super) struct Shown {
    pub(super) number: u64,
    pub(super) view: Arc<dyn View>,
    pub(super) update: Update,
}

/// What all connections share.
pub(super) struct Live {
    /// Tells this run of the program from others, to pages that stayed open between them.
    session: String,
    pub(super) follow: bool,
    current: watch::Sender<Option<Arc<Shown>>>,
    /// The newest first, each with the moment it was replaced.
    previous: Mutex<VecDeque<(Instant, Arc<Shown>)>>,
    /// The last view of which somebody saw a page that was in order: what is broken since is shown as it was there.
    last_whole: Mutex<Option<Arc<Shown>>>,
    last_good: Mutex<HashMap<UrlPath, Arc<[u8]>>>,
}

impl Live {
    pub(super) fn new(follow: bool) -> Self {
        let started = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self {
            session: format!("{:x}", started.as_nanos()),
            follow,
            current: watch::Sender::new(None),
            previous: Mutex::default(),
            last_whole: Mutex::default(),
            last_good: Mutex::default(),
        }
    }

    pub(super) fn show(&self, view: Arc<dyn View>, update: Update) {
        let before = self.current.borrow().clone();
        let number = before.as_ref().map_or(1, |before| before.number + 1);
        if let Some(before) = before {
            let mut previous = locked(&self.previous);
            previous.push_front((Instant::now(), before));
            let young = previous.iter().take_while(|(replaced, _)| replaced.elapsed() < KEPT_TIME).count();
            previous.truncate(young.clamp(*KEPT_VIEWS.start(), *KEPT_VIEWS.end()));
        }
        self.current.send_replace(Some(Arc::new(Shown { number, view, update })));
    }

    /// The view at hand; waits for the first one.
    pub(super) async fn current(&self) -> Option<Arc<Shown>> {
        let mut current = self.current.subscribe();
        current.wait_for(Option::is_some).await.ok().and_then(|shown| shown.clone())
    }

    pub(super) fn subscribe(&self) -> watch::Receiver<Option<Arc<Shown>>> {
        self.current.subscribe()
    }

    /// The views before this one, the newest first, and however long ago it was, the last one with a page in order.
    pub(super) fn before(&self, shown: &Shown) -> Vec<Arc<Shown>> {
        let previous = locked(&self.previous);
        let whole = locked(&self.last_whole);
        let known = previous.iter().map(|(_, older)| older).chain(whole.as_ref());
        known.filter(|older| older.number < shown.number).cloned().collect()
    }

    /// The name of this run of the program.
    pub(super) fn session(&self) -> &str {
        &self.session
    }

    /// The name of a build: no two runs of the program give the same.
    pub(super) fn build_name(&self, shown: &Shown) -> String {
        format!("{}-{}", self.session, shown.number)
    }

    /// Remembers a page that is in order, and the view that has it.
    pub(super) fn remember(&self, shown: &Arc<Shown>, address: &UrlPath, bytes: &Arc<[u8]>) {
        let mut whole = locked(&self.last_whole);
        if whole.as_ref().is_none_or(|whole| whole.number < shown.number) {
            *whole = Some(Arc::clone(shown));
        }
        drop(whole);
        let mut pages = locked(&self.last_good);
        if pages.len() >= KEPT_PAGES && !pages.contains_key(address) {
            // An author looks at a few pages; which of hundreds goes does not matter.
            if let Some(any) = pages.keys().next().cloned() {
                pages.remove(&any);
            }
        }
        pages.insert(address.clone(), Arc::clone(bytes));
    }

    /// A page as it last was in order.
    pub(super) fn last_good(&self, address: &UrlPath) -> Option<Arc<[u8]>> {
        locked(&self.last_good).get(address).cloned()
    }
}
