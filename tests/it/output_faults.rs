//! A build is killed, or refused by the disk, at each of its operations that change something.
//!
//! The tests run this binary again with a library before libc (`tests/shim/fault.c`) that does the harm. By default
//! each operation is hit once; with `NEEDLEPOINT_SWEEP=full` with every error, on one thread and on two.

use std::process::{Command, Output as Finished};
use std::sync::OnceLock;

use camino::{Utf8Path, Utf8PathBuf};
use needlepoint::disk::{Facts, Guards, Output};
use needlepoint::name::OutputPath;
use rayon::prelude::*;

use crate::scratch::{Scratch, Tree, restore, tree};

const ERRORS: [(i32, &str); 5] = [
    (28, "No space left"),
    (5, "Input/output error"),
    (13, "Permission denied"),
    (30, "Read-only file system"),
    (24, "Too many open files"),
];

/// The site before and after an edit: files that stay, change, come and go.
fn site(version: usize) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> =
        (0..6)
            .map(|number| (format!("articles/same-{number}/index.html"), format!("same {number}")))
            .chain((0..4).map(|number| {
                (format!("articles/edited-{number}/index.html"), format!("{number} of {version}"))
            }))
            .collect();
    files.push(("index.html".to_owned(), format!("home of {version}")));
    files.push((format!("only/in/{version}/index.html"), String::new()));
    files.push((format!("assets/style.{version}.css"), "p {}".to_owned()));
    files
}

fn build(root: &Utf8Path, version: usize) -> Result<(), needlepoint::error::Error> {
    let guards = Guards { root: root.to_owned(), home: None };
    let stage = Output::open(&root.join("public"), &guards, None, || {})?.begin();
    site(version)
        .par_iter()
        .try_for_each(|(path, text)| stage.put(&OutputPath::new(path).unwrap(), text.as_bytes()))?;
    let facts = Facts { source: [u8::try_from(version).unwrap(); 32], ..Facts::default() };
    let committed = stage.commit(&facts)?;
    for warning in committed.warnings {
        eprintln!("warning: {warning}");
    }
    Ok(())
}

/// What most generators do, for the test of the tests.
fn build_carelessly(root: &Utf8Path, version: usize) {
    let public = root.join("public");
    std::fs::remove_dir_all(&public).unwrap();
    for (path, text) in site(version) {
        let path = public.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
}

/// The test that the process to be harmed runs.
const DOOR: &str = "output_faults::an_error_of_the_disk_leaves_the_old_site_and_names_the_path";

/// Builds where this is the process to be harmed; whether it is.
fn is_child() -> bool {
    let Ok(root) = std::env::var("CHILD_ROOT") else { return false };
    let root = Utf8PathBuf::from(root);
    if std::env::var("CHILD_CARELESS").is_ok() {
        build_carelessly(&root, 2);
    } else if let Err(error) = build(&root, 2) {
        eprintln!("error: {error}");
        std::process::exit(2);
    }
    true
}

struct Fault<'a> {
    at: usize,
    mode: &'a str,
    errno: i32,
}

/// How many operations a build on two threads may make more or fewer than another.
const MORE_OR_FEWER: usize = 8;

#[derive(Clone, Copy, Default)]
struct Setting {
    threads: usize,
    is_careless: bool,
    cannot_exchange: bool,
}

fn run(root: &Utf8Path, fault: Option<&Fault<'_>>, setting: Setting) -> (Finished, usize) {
    let count = root.join("../count");
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", DOOR, "--nocapture", "--test-threads=1"])
        .env("CHILD_ROOT", root)
        .env("RAYON_NUM_THREADS", setting.threads.max(1).to_string())
        .env("LD_PRELOAD", shim())
        .env("FAULT_COUNT", &count);
    if let Some(fault) = fault {
        command.env("FAULT_AT", fault.at.to_string()).env("FAULT_MODE", fault.mode);
        command.env("FAULT_ERRNO", fault.errno.to_string());
    }
    if setting.is_careless {
        command.env("CHILD_CARELESS", "1");
    }
    if setting.cannot_exchange {
        command.env("FAULT_NO_EXCHANGE", "1");
    }
    let finished = command.output().unwrap();
    let operations = std::fs::read_to_string(&count).ok().and_then(|text| text.parse().ok());
    (finished, operations.unwrap_or(0))
}

fn shim() -> &'static Utf8Path {
    static SHIM: OnceLock<Utf8PathBuf> = OnceLock::new();
    SHIM.get_or_init(|| {
        let source = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/shim/fault.c");
        let library = Utf8Path::new(env!("CARGO_TARGET_TMPDIR")).join("fault.so");
        // Beside first and moved: another run of the tests may be using the library.
        let fresh = library.with_extension(std::process::id().to_string());
        let done = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-o", fresh.as_str(), source.as_str(), "-ldl"])
            .status();
        assert!(done.expect("a C compiler is there").success(), "the shim compiles");
        std::fs::rename(&fresh, &library).unwrap();
        library
    })
}

/// A site with its first version built, dotfiles of a host in the output, and what it must be afterwards.
struct Stand {
    scratch: Scratch,
    before: Tree,
    after: Tree,
    operations: usize,
}

impl Stand {
    fn new(setting: Setting) -> Self {
        let scratch = Scratch::new();
        scratch.write("site/content/a.md", "source");
        let root = scratch.path().join("site");
        build(&root, 1).unwrap();
        scratch.write("site/public/.nojekyll", "");
        scratch.write("site/public/.git/objects/aa/bb", "object");
        scratch.write("site/public/articles/.DS_Store", "finder");
        let before = tree(&root);
        let (finished, operations) = run(&root, None, setting);
        assert!(finished.status.success(), "{finished:?}");
        assert!(operations > 30, "the shim sees the operations: {operations}");
        let after = tree(&root);
        assert!(after.contains_key("public/only/in/2") && !after.contains_key("public/only/in/1"));
        assert!(setting.is_careless || after.contains_key("public/.git/objects/aa/bb"));
        Self { scratch, before, after, operations }
    }

    /// Runs into a fault; what the output then is, what the process said, and how many operations a process made that was
    /// not killed: threads that meet make some more or fewer.
    fn fail(&self, fault: &Fault<'_>, setting: Setting) -> (State, Finished, usize) {
        let root = self.scratch.path().join("site");
        restore(&root, &self.before);
        let (finished, operations) = run(&root, Some(fault), setting);
        let found = tree(&root);
        (self.state(&found), finished, operations)
    }

    fn state(&self, found: &Tree) -> State {
        let public = |tree: &Tree| -> Tree {
            let below = tree.iter().filter(|(path, _)| path.starts_with("public"));
            below.map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
        };
        match public(found) {
            found if found == public(&self.before) => State::Before,
            found if found == public(&self.after) => State::After,
            found if found.is_empty() => State::Missing,
            _ => State::Mixture,
        }
    }

    /// A build without a fault, which must leave nothing but its site, and the sources as they were.
    fn heal(&self, what: &str) {
        let root = self.scratch.path().join("site");
        build(&root, 2).unwrap();
        assert_eq!(tree(&root), self.after, "after recovery from {what}");
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Before,
    After,
    Missing,
    Mixture,
}

fn is_full_sweep() -> bool {
    std::env::var("NEEDLEPOINT_SWEEP").is_ok_and(|value| value == "full")
}

/// Kills a build at each operation; how often the output was in each state.
fn kill_everywhere(setting: Setting) -> [usize; 4] {
    let stand = Stand::new(setting);
    let mut counts = [0; 4];
    for at in 1..=stand.operations + 3 {
        let (state, finished, _) = stand.fail(&Fault { at, mode: "kill", errno: 0 }, setting);
        counts[state as usize] += 1;
        assert!(
            finished.status.code().is_none() || at > stand.operations - MORE_OR_FEWER,
            "operation {at} was not reached"
        );
        if !setting.is_careless {
            stand.heal(&format!("a kill at operation {at}"));
        }
    }
    counts
}

#[test]
fn a_killed_build_leaves_the_old_site_or_the_new_one() {
    let threads = if is_full_sweep() { vec![1, 2, 8] } else { vec![2] };
    for threads in threads {
        let [before, after, missing, mixture] = kill_everywhere(Setting { threads, ..Setting::default() });
        assert_eq!((missing, mixture), (0, 0), "of {} kills with {threads} threads", before + after);
        assert!(before > 20 && after > 20, "kills fell on both sides of the exchange: {before}, {after}");
    }
}

#[test]
fn without_exchange_a_killed_build_is_healed_by_the_next() {
    let setting = Setting { threads: 1, cannot_exchange: true, ..Setting::default() };
    let [_, _, missing, mixture] = kill_everywhere(setting);
    assert_eq!((missing, mixture), (1, 0), "only between the two renames there is no site");
}

#[test]
fn the_sweep_finds_a_builder_that_deletes_and_then_writes() {
    let [_, _, _, mixture] = kill_everywhere(Setting { threads: 1, is_careless: true, ..Setting::default() });
    assert!(mixture > 20, "{mixture}");
}

#[test]
fn an_error_of_the_disk_leaves_the_old_site_and_names_the_path() {
    if is_child() {
        return;
    }
    let setting = Setting { threads: 2, ..Setting::default() };
    let stand = Stand::new(setting);
    for at in 1..=stand.operations {
        for (number, (errno, words)) in ERRORS.into_iter().enumerate() {
            for mode in ["once", "from"] {
                let is_picked = (at + number) % ERRORS.len() == 0 && (mode == "once") == (at % 2 == 0);
                if !is_picked && !is_full_sweep() {
                    continue;
                }
                let (state, finished, operations) = stand.fail(&Fault { at, mode, errno }, setting);
                let said = String::from_utf8_lossy(&finished.stderr);
                let what = format!("{words} {mode} at operation {at} of {operations}: {state:?}, {said}");
                if operations < at {
                    assert!(at > stand.operations - MORE_OR_FEWER, "not reached: {what}");
                    assert_eq!((state, finished.status.code()), (State::After, Some(0)), "{what}");
                    continue;
                }
                assert!(!said.contains("panicked"), "{what}");
                // After the exchange the new site is in its place, and only tidying up can fail.
                let told = if state == State::After { "warning: " } else { "error: " };
                assert!(matches!(state, State::Before | State::After), "{what}");
                assert!(said.contains(told) && said.contains(words), "{what}");
                assert!(said.contains(stand.scratch.path().as_str()), "{what}");
                assert_eq!(finished.status.code(), Some(if state == State::After { 0 } else { 2 }), "{what}");
                stand.heal(&what);
            }
        }
    }
}
