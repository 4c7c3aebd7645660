//! `needlepoint serve`: the preview in a browser, which follows the author's files.

use std::net::IpAddr;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use camino::Utf8PathBuf;

use super::{Globals, Outcome, today, warn};
use crate::disk::{self, Reading};
use crate::error::Error;
use crate::files::{Change, SiteFiles};
use crate::pipeline::{self, Settings, Site};
use crate::report;
use crate::serve::{Options as Listening, Server, SiteView, Update};
use crate::watch::{self, Event, Mode};

/// How long nothing must change before the findings are told: the next change must not wait for the review of this one.
const SETTLED: Duration = Duration::from_millis(150);

/// What the command was asked for.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The address to listen on.
    pub host: IpAddr,
    /// The port; 0 for any that is free.
    pub port: u16,
    /// Whether a browser is opened.
    pub open: bool,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// Whether open pages go to the page whose file was changed last.
    pub follow: bool,
    /// Whether files are looked at again and again instead of waiting for the system's word.
    pub poll: bool,
}

/// Runs the command until it is interrupted.
pub fn run(globals: &Globals, options: &Options) -> Result<Outcome, Error> {
    let start = Instant::now();
    let root = globals.find_root()?;
    let Options { host, port, follow, .. } = *options;
    let server = Arc::new(Server::start(&Listening { host, port, follow })?);
    if !host.is_loopback() {
        warn(&format!(
            "warning: the preview listens on {}: everyone in your network can read it, drafts included",
            server.address()
        ));
    }
    let reading = disk::read_site(&root)?;
    let preview = Preview {
        settings: Settings {
            today: today()?,
            drafts: options.drafts,
            base_url: Some(server.root_url().trim_end_matches('/').to_owned()),
        },
        folder: root.canonicalize_utf8().unwrap_or(root),
        server: Arc::clone(&server),
        globals: globals.clone(),
    };
    let view = preview.first(&reading, start);
    if options.open {
        open_browser(globals, &server.root_url());
    }
    let mode = if options.poll { Mode::Polled } else { Mode::Reported };
    let events = watch::start(reading, mode)?;
    std::thread::Builder::new()
        .name("rebuild".to_owned())
        .spawn(move || preview.follow(view, &events))
        .map_err(|error| Error::disk("start", "the thread that rebuilds", error))?;
    server.wait_for_interrupt();
    globals.say("preview ended");
    Ok(Outcome::Done)
}

/// A running preview and all that its views are made with.
struct Preview {
    settings: Settings,
    folder: Utf8PathBuf,
    server: Arc<Server>,
    globals: Globals,
}

impl Preview {
    /// Shows the site as it is, mistakes and all.
    fn first(&self, reading: &Reading, start: Instant) -> Arc<SiteView> {
        let site = pipeline::build_unreviewed(reading.files().clone(), self.settings.clone(), None, &|_| {});
        let view = Arc::new(SiteView::new(site, self.folder.clone()));
        self.server.show(Arc::<SiteView>::clone(&view), Update::default());
        let site = view.site();
        let pages = site.catalog().pages().len();
        let took = start.elapsed().as_millis();
        let url = self.server.root_url();
        self.globals.say(&format!("{pages} pages at {url} after {took} ms; end with Ctrl-C"));
        view
    }

    /// Shows each change until the watcher ends.
    fn follow(&self, mut view: Arc<SiteView>, events: &Receiver<Event>) {
        // Pages are judged after the first of them is shown.
        self.tell_findings(view.site());
        let mut told = Arc::clone(&view);
        loop {
            let patience = if Arc::ptr_eq(&told, &view) { Duration::MAX } else { SETTLED };
            match events.recv_timeout(patience) {
                Ok(Event::Changed { files, change, noticed }) => {
                    view = self.show(&view, files, &change, noticed)
                }
                Ok(Event::Polling(reason)) => {
                    self.globals.say(&format!("looking at the files again and again: {reason}"));
                }
                Ok(Event::Failed(error)) => {
                    warn(&format!("warning: {error}; the preview shows the site as it was"));
                }
                Err(RecvTimeoutError::Timeout) => {
                    if view.site().diagnostics() != told.site().diagnostics() {
                        self.tell_findings(view.site());
                    }
                    told = Arc::clone(&view);
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Shows the site as it is after a change.
    fn show(
        &self,
        view: &Arc<SiteView>,
        files: SiteFiles,
        change: &Change,
        noticed: Instant,
    ) -> Arc<SiteView> {
        let before = view.site();
        let site = pipeline::build_unreviewed(files, self.settings.clone(), Some(before), &|_| {});
        let redone = redone(before, &site);
        let next = Arc::new(view.next(site));
        self.server.show(Arc::<SiteView>::clone(&next), next.update(view, change));
        let took = noticed.elapsed().as_millis();
        self.globals.say(&format!("{}: {redone}, {took} ms", summary(change)));
        next
    }

    fn tell_findings(&self, site: &Site) {
        self.globals.say(&report::summary(site.diagnostics()));
    }
}

/// The files of a change on one line.
fn summary(change: &Change) -> String {
    let paths: Vec<&str> = change.paths().map(|path| path.as_str()).collect();
    match paths.as_slice() {
        [one] if change.removed.is_empty() => (*one).to_owned(),
        [one] => format!("{one} removed"),
        [first, others @ ..] => format!("{first} and {} more", others.len()),
        [] => String::new(),
    }
}

/// How much of the site was made again.
fn redone(before: &Site, after: &Site) -> String {
    let is_same_list = before.pages().len() == after.pages().len();
    let count = after.pages().iter().enumerate().filter(|(at, page)| {
        if is_same_list && Arc::ptr_eq(&before.pages()[*at], page) {
            return false;
        }
        let old = before.catalog().by_path(page.page.path.as_str());
        old.is_none_or(|old| !Arc::ptr_eq(&before.pages()[old.0 as usize], page))
    });
    match count.count() {
        0 => "no page made again".to_owned(),
        1 => "1 page made again".to_owned(),
        many => format!("{many} pages made again"),
    }
}

/// Asks the system to open an address; the preview goes on without.
fn open_browser(globals: &Globals, url: &str) {
    let program = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let mut command = Command::new(program);
    command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if let Err(error) = command.spawn() {
        globals.say(&format!("no browser could be opened with {program}: {error}"));
    }
}
