//! What an author's programs do to files, and what the watcher makes of it.
//!
//! The editors are played by the steps that the disk sees of them.

use std::fs::{self, File};
use std::io::{Seek, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant, SystemTime};

use camino::Utf8PathBuf;
use needlepoint::disk::read_site;
use needlepoint::files::{Change, SiteFiles};
use needlepoint::watch::{Event, Mode, start};

use crate::scratch::Scratch;

struct Watched {
    scratch: Scratch,
    events: Receiver<Event>,
    /// The texts as the last event gave them.
    files: SiteFiles,
}

impl Watched {
    fn new(mode: Mode) -> Self {
        let scratch = Scratch::new();
        scratch.write("needlepoint.toml", "title = \"Site\"");
        scratch.write("content/a.md", "first");
        scratch.write("content/folder/b.md", "b");
        let reading = read_site(&scratch.path()).unwrap();
        let files = reading.files().clone();
        let events = start(reading, mode).unwrap();
        // The watcher must be at its place before the first save.
        std::thread::sleep(Duration::from_millis(200));
        Self { scratch, events, files }
    }

    fn path(&self, path: &str) -> Utf8PathBuf {
        self.scratch.path().join(path)
    }

    /// All changes until nothing came for a while.
    fn changes(&mut self) -> Vec<Change> {
        let mut changes = Vec::new();
        loop {
            match self.events.recv_timeout(Duration::from_millis(700)) {
                Ok(Event::Changed { files, change, .. }) => {
                    self.files = files;
                    changes.push(change);
                }
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => return changes,
                Err(RecvTimeoutError::Disconnected) => panic!("the watcher ended"),
            }
        }
    }

    /// The last event gave what a fresh reading gives.
    fn assert_is_current(&self, what: &str) {
        let fresh = read_site(&self.scratch.path()).unwrap();
        assert!(self.files.texts() == fresh.files().texts(), "{what}: {:?}", self.files.texts());
    }
}

fn write_synced(path: &Utf8PathBuf, text: &str) {
    let mut file = File::create(path).unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file.sync_all().unwrap();
}

#[test]
fn each_editors_save_is_one_change() {
    let mut site = Watched::new(Mode::Reported);
    let folder = site.path("content");
    let article = folder.join("a.md");
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    let rename = |from: &str, to: &str| fs::rename(folder.join(from), folder.join(to)).unwrap();
    let remove = |name: &str| fs::remove_file(folder.join(name)).unwrap();
    type Save<'a> = (&'a str, Box<dyn Fn(&str) + 'a>);
    let saves: Vec<Save<'_>> = vec![
        (
            "vim",
            Box::new(|text| {
                write("4913", "");
                remove("4913");
                write(".a.md.swp", "swap");
                rename("a.md", "a.md~");
                write_synced(&article, text);
                remove("a.md~");
                remove(".a.md.swp");
            }),
        ),
        (
            "nano, VS Code",
            Box::new(|text| {
                let mut file = File::create(&article).unwrap();
                std::thread::sleep(Duration::from_millis(5));
                file.write_all(text.as_bytes()).unwrap();
            }),
        ),
        (
            "emacs",
            Box::new(|text| {
                std::os::unix::fs::symlink("user@host.1", folder.join(".#a.md")).unwrap();
                write("#a.md#", "autosaved");
                rename("a.md", "a.md~");
                write("a.md", text);
                remove(".#a.md");
                remove("#a.md#");
                remove("a.md~");
            }),
        ),
        (
            "JetBrains",
            Box::new(|text| {
                write("a.md___jb_tmp___", text);
                rename("a.md", "a.md___jb_old___");
                rename("a.md___jb_tmp___", "a.md");
                remove("a.md___jb_old___");
            }),
        ),
        (
            "GNOME",
            Box::new(|text| {
                write(".goutputstream-XK2", text);
                rename(".goutputstream-XK2", "a.md");
            }),
        ),
        (
            "sed -i",
            Box::new(|text| {
                write("sedAbCdEf", text);
                rename("sedAbCdEf", "a.md");
            }),
        ),
        (
            "rsync -t with an old time",
            Box::new(|text| {
                write(".a.md.Xy12", text);
                let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
                File::open(folder.join(".a.md.Xy12")).unwrap().set_modified(old).unwrap();
                rename(".a.md.Xy12", "a.md");
            }),
        ),
        (
            "in place, same length and time",
            Box::new(|text| {
                let time = fs::metadata(&article).unwrap().modified().unwrap();
                let mut file = File::options().write(true).open(&article).unwrap();
                file.rewind().unwrap();
                file.write_all(text.as_bytes()).unwrap();
                file.set_modified(time).unwrap();
            }),
        ),
    ];
    let saves = saves.iter().enumerate();
    for (number, (editor, save)) in saves {
        save(&format!("text {number} by an editor"));
        let changes = site.changes();
        let names: Vec<_> = changes.iter().flat_map(Change::paths).map(|path| path.as_str()).collect();
        assert_eq!(names, ["content/a.md"], "{editor}: {changes:?}");
        site.assert_is_current(editor);
    }
}

/// Saves in place just when the watcher looks once more after the change before: 300 ms after it.
#[test]
fn a_save_is_never_seen_half_done() {
    for mode in [Mode::Reported, Mode::Polled] {
        let site = Watched::new(mode);
        let (mut told, mut slow_saves) = (0, 0);
        for round in 0..24 {
            let begun = std::time::Instant::now();
            let mut file = File::create(site.path("content/a.md")).unwrap();
            std::thread::sleep(Duration::from_millis(6));
            write!(file, "whole text {round}").unwrap();
            drop(file);
            // On a busy machine the save itself may take longer than any quiet time: then the half of it is a state.
            let is_slow = begun.elapsed() > Duration::from_millis(20);
            slow_saves += usize::from(is_slow);
            let deadline = std::time::Instant::now() + Duration::from_secs(5);
            loop {
                let left = deadline.saturating_duration_since(std::time::Instant::now());
                let Event::Changed { files, .. } = site.events.recv_timeout(left).unwrap() else { continue };
                told += 1;
                let text = files.text("content/a.md").unwrap().text();
                assert!(is_slow || text.starts_with("whole text"), "{mode:?}, round {round}: {text:?}");
                if text == format!("whole text {round}") {
                    break;
                }
            }
            std::thread::sleep(Duration::from_millis(292 + round % 12));
        }
        assert!((24..=24 + slow_saves).contains(&told), "{mode:?}: one change for each save, {told}");
    }
}

#[test]
fn what_is_no_change_is_not_told() {
    let mut site = Watched::new(Mode::Reported);
    site.scratch.write("content/a.md", "first");
    File::open(site.path("content/a.md")).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
    fs::read(site.path("content/folder/b.md")).unwrap();
    site.scratch.write("public/index.html", "output");
    site.scratch.write("content/.hidden/x.md", "x");
    assert_eq!(site.changes(), []);
}

#[test]
fn folders_come_go_and_move() {
    let mut site = Watched::new(Mode::Reported);
    fs::rename(site.path("content/folder"), site.path("content/moved")).unwrap();
    site.changes();
    site.assert_is_current("a folder was renamed");
    site.scratch.write("content/moved/b.md", "after the move");
    site.changes();
    site.assert_is_current("a file in the renamed folder was saved");
    site.scratch.write("content/new/deep/c.md", "new");
    site.scratch.write("themes/default/theme.toml", "new");
    site.changes();
    site.assert_is_current("folders were made");
    site.scratch.write("content/new/deep/c.md", "changed");
    site.scratch.write("themes/default/theme.toml", "changed");
    site.changes();
    site.assert_is_current("files in new folders were saved");
    fs::create_dir(site.path("elsewhere")).unwrap();
    site.scratch.write("elsewhere/x/d.md", "moved in");
    fs::rename(site.path("elsewhere/x"), site.path("content/x")).unwrap();
    site.changes();
    site.assert_is_current("a folder was moved in");
    fs::remove_dir_all(site.path("content")).unwrap();
    site.changes();
    site.assert_is_current("all content is gone");
    site.scratch.write("content/folder/again.md", "as git does");
    site.changes();
    site.scratch.write("content/folder/again.md", "and edited");
    let changes = site.changes();
    assert_eq!(changes.len(), 1, "{changes:?}");
    site.assert_is_current("the content folder came back and is watched");
}

#[test]
fn a_link_that_is_made_or_removed_is_a_change() {
    let mut site = Watched::new(Mode::Reported);
    let told = |site: &Watched| -> Vec<String> {
        site.files.diagnostics().iter().map(|found| found.primary.file.to_string()).collect()
    };
    for link in ["content/linked.md", "content/folder/elsewhere", "templates"] {
        std::os::unix::fs::symlink("/nowhere", site.path(link)).unwrap();
        let changes = site.changes();
        assert_eq!(changes.len(), 1, "{link}: {changes:?}");
        assert_eq!(changes[0].created.iter().map(|path| path.as_str()).collect::<Vec<_>>(), [link]);
        assert_eq!(told(&site), [link]);
        fs::remove_file(site.path(link)).unwrap();
        let changes = site.changes();
        assert_eq!(changes.len(), 1, "{link}: {changes:?}");
        assert_eq!(changes[0].removed.iter().map(|path| path.as_str()).collect::<Vec<_>>(), [link]);
        assert!(told(&site).is_empty());
    }
    // A file becomes a link, and a file again.
    fs::remove_file(site.path("content/a.md")).unwrap();
    std::os::unix::fs::symlink("folder/b.md", site.path("content/a.md")).unwrap();
    site.changes();
    assert_eq!(told(&site), ["content/a.md"]);
    fs::remove_file(site.path("content/a.md")).unwrap();
    site.scratch.write("content/a.md", "again");
    site.changes();
    assert!(told(&site).is_empty());
    site.assert_is_current("a file again");
}

#[test]
fn a_storm_ends_in_the_right_state() {
    let mut site = Watched::new(Mode::Reported);
    for round in 0..200 {
        for number in 0..50 {
            let path = format!("content/storm-{}/{number}.md", number % 5);
            match (round + number) % 5 {
                0 => drop(fs::remove_file(site.path(&path))),
                1 if number % 10 == 0 => drop(fs::remove_dir_all(site.path(&path).parent().unwrap())),
                2 => {
                    // Written beside, then renamed over.
                    site.scratch.write(&format!("{path}~"), format!("{round} of {number}"));
                    fs::rename(site.path(&format!("{path}~")), site.path(&path)).unwrap();
                }
                _ => site.scratch.write(&path, format!("{round} of {number}")),
            }
        }
    }
    let last = Instant::now();
    let wanted = read_site(&site.scratch.path()).unwrap();
    // The goal is one second; the rest is a slow machine's.
    while site.files.texts() != wanted.files().texts() && last.elapsed() < Duration::from_secs(3) {
        if let Ok(Event::Changed { files, .. }) = site.events.recv_timeout(Duration::from_millis(100)) {
            site.files = files;
        }
    }
    site.assert_is_current("after ten thousand events");
    assert!(site.changes().is_empty() || site.files.texts() == wanted.files().texts());
}

#[test]
fn without_reports_the_tree_is_looked_at() {
    let mut site = Watched::new(Mode::Polled);
    site.scratch.write("content/a.md", "second");
    site.scratch.write("content/new.md", "new");
    site.changes();
    site.assert_is_current("polled");
}

#[test]
fn a_site_that_vanishes_and_returns_is_told_and_healed() {
    let mut site = Watched::new(Mode::Reported);
    let (root, away) = (site.scratch.path(), site.scratch.path().with_extension("away"));
    fs::rename(&root, &away).unwrap();
    let failed = (0..3).find_map(|_| match site.events.recv_timeout(Duration::from_secs(3)) {
        Ok(Event::Failed(error)) => Some(error.to_string()),
        _ => None,
    });
    assert!(failed.is_some_and(|said| said.contains(root.as_str())));
    fs::rename(&away, &root).unwrap();
    std::thread::sleep(Duration::from_millis(1500));
    site.scratch.write("content/a.md", "back again");
    site.changes();
    site.assert_is_current("the site is back");
}
