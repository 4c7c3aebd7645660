//! `needlepoint serve`: the preview in a browser, which follows the author's files.

use std::net::IpAddr;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use camino::Utf8PathBuf;

use super::{Globals, Outcome, today, warn};
use crate::diag::{self, Diagnostic, Severity};
use crate::disk::{self, Reading};
use crate::error::Error;
use crate::files::{Change, SiteFiles};
use crate::pipeline::{self, Settings, Site};
use crate::report;
use crate::serve::{Options as Listening, Server, SiteView, Update};
use crate::watch::{self, Event, Mode};

/// How many errors are told with their places after a change.
const MOST_TOLD: usize = 10;

/// How long nothing must change before the findings are told.
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
    // A link to the site's folder would not be watched.
    let root = root.canonicalize_utf8().unwrap_or(root);
    let Options { host, port, follow, .. } = *options;
    let server = Arc::new(Server::start(&Listening { host, port, follow })?);
    if !host.is_loopback() {
        warn(&format!(
            "warning: the preview listens on {}: everyone who reaches this address over the network can read it, \
             drafts included; without --host it is for this computer alone",
            server.address()
        ));
    }
    let reading = disk::read_site(&root)?;
    let preview = Preview {
        settings: Settings {
            today: today()?,
            drafts: options.drafts,
            base_url: Some(server.root_url().trim_end_matches('/').to_owned()),
            incremental: true,
        },
        folder: root,
        server: Arc::clone(&server),
        globals: globals.clone(),
        polls: options.poll,
    };
    let view = preview.first(&reading, start);
    if options.open {
        let url = server.root_url();
        // Some programs end only when the browser does.
        start_thread("browser", move || open_browser(&url))?;
    }
    let mode = if options.poll { Mode::Polled } else { Mode::Reported };
    let events = watch::start(reading, mode)?;
    let (shown, to_tell) = channel();
    let teller = globals.clone();
    start_thread("review", move || tell_findings(&teller, &to_tell))?;
    start_thread("rebuild", move || preview.follow(view, &events, &shown))?;
    server.wait_for_interrupt();
    globals.say("preview ended");
    Ok(Outcome::Done)
}

fn start_thread(name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), Error> {
    let started = std::thread::Builder::new().name(name.to_owned()).spawn(work);
    started.map(drop).map_err(|error| Error::disk("start a thread for the", name, error))
}

/// A running preview and all that its views are made with.
struct Preview {
    settings: Settings,
    folder: Utf8PathBuf,
    server: Arc<Server>,
    globals: Globals,
    /// Whether the author asked for polling.
    polls: bool,
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
        match self.globals.quiet {
            // What the program is for: without the address nobody finds the preview.
            true => warn(&url),
            false => warn(&format!("{pages} pages at {url} after {took} ms; end with Ctrl-C")),
        }
        view
    }

    /// Shows each change until the watcher ends.
    fn follow(&self, mut view: Arc<SiteView>, events: &Receiver<Event>, shown: &Sender<Arc<SiteView>>) {
        // Nobody receives while the program ends.
        let _ = shown.send(Arc::clone(&view));
        for event in events {
            match event {
                Event::Changed { files, change, noticed } => {
                    view = self.show(&view, files, &change, noticed);
                    let _ = shown.send(Arc::clone(&view));
                }
                Event::Polling(reason) if self.polls => self.globals.say(&format!("polling: {reason}")),
                Event::Polling(reason) => warn(&format!("warning: polling: {reason}")),
                Event::Failed(error) => {
                    warn(&format!("warning: {error}; the preview shows the site as it was"));
                }
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
        let next = Arc::new(view.with_files(files));
        let is_held = |view: &SiteView| change.paths().any(|path| view.holds(path));
        let redone = match (is_held(&next), is_held(view)) {
            (true, _) => "cannot be used, what it last was stays in use".to_owned(),
            (false, true) => format!("in order again, {}", redone(view.site(), next.site())),
            (false, false) => redone(view.site(), next.site()),
        };
        self.server.show(Arc::<SiteView>::clone(&next), next.update(view, change));
        let took = noticed.elapsed().as_millis();
        self.globals.say(&format!("{}: {redone}, {took} ms", summary(change)));
        next
    }
}

/// Tells what was found in the views that are shown for a while, where it is news: errors with their places.
///
/// On a thread of its own: neither the first page nor the next change waits for the review of this one.
fn tell_findings(globals: &Globals, shown: &Receiver<Arc<SiteView>>) {
    let mut told: Option<Vec<Diagnostic>> = None;
    let mut last: Option<Arc<SiteView>> = None;
    let mut mistakes = Vec::new();
    while let Ok(mut view) = shown.recv() {
        while let Ok(newer) = shown.recv_timeout(SETTLED) {
            view = newer;
        }
        if last.as_ref().is_none_or(|last| !view.site().shares_frame_with(last.site())) {
            mistakes = view.try_templates();
        }
        let mut found = view.findings().into_owned();
        found.extend_from_slice(&mistakes);
        diag::sort(&mut found);
        if told.as_ref() != Some(&found) {
            tell(globals, &view, &found, told.as_deref().unwrap_or_default());
        }
        told = Some(found);
        last = Some(view);
    }
}

/// Says which errors are there that were not told before, and how many findings there are.
fn tell(globals: &Globals, view: &SiteView, found: &[Diagnostic], told: &[Diagnostic]) {
    let is_news = |error: &&Diagnostic| {
        // An error that only moved, because lines were added above it, is none.
        let is_told = |told: &Diagnostic| {
            told.code == error.code
                && told.message == error.message
                && told.primary.file == error.primary.file
        };
        error.severity == Severity::Error && !told.iter().any(is_told)
    };
    let news: Vec<Diagnostic> = found.iter().filter(is_news).cloned().collect();
    let shown = news.get(..MOST_TOLD).unwrap_or(&news);
    let style = report::Style { color: globals.has_colored_findings(), ..report::Style::default() };
    let lines = report::lines(shown, &|path| view.source(path), style);
    if !lines.is_empty() {
        warn(lines.trim_end());
    }
    if news.len() > shown.len() {
        globals.say(&format!("and {} more errors: `needlepoint check` lists all", news.len() - shown.len()));
    }
    globals.say(&report::summary(found));
}

/// The files of a change on one line.
fn summary(change: &Change) -> String {
    let paths: Vec<&str> = change.paths().map(|path| path.as_str()).collect();
    match paths.as_slice() {
        [new, old] if change.created.len() == 1 && change.removed.len() == 1 => {
            format!("{old} became {new}")
        }
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
        // Templates, style sheets, pictures: pages are rendered when they are asked for.
        0 if !after.shares_frame_with(before) => "pages are made again as they are shown".to_owned(),
        0 => "pages are as they were".to_owned(),
        1 => "1 page made again".to_owned(),
        many => format!("{many} pages made again"),
    }
}

/// Asks the system to open an address; the preview goes on without.
fn open_browser(url: &str) {
    let program = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let mut command = Command::new(program);
    command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let failed =
        |why: &str| warn(&format!("warning: no browser could be opened with {program} ({why}): open {url}"));
    match command.spawn() {
        Ok(mut child) => match child.wait() {
            Ok(status) if status.success() => {}
            Ok(status) => failed(&status.to_string()),
            Err(error) => failed(&error.to_string()),
        },
        Err(error) => failed(&error.to_string()),
    }
}
