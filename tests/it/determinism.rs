//! The same files give the same bytes, whatever the machine around the build is like.
//!
//! By default each difference is tried once; with `NEEDLEPOINT_SWEEP=full` all 48 combinations of the reliability
//! plan's measure D1 are.

use std::fs;
use std::process::Command;

use camino::{Utf8Path, Utf8PathBuf};

use crate::rendering::FOLDER;
use crate::scratch::{Scratch, tree};

const THREADS: [&str; 3] = ["1", "2", "8"];
const ZONES: [&str; 4] = ["UTC", "America/Los_Angeles", "Pacific/Kiritimati", "Asia/Kathmandu"];
const LOCALES: [&str; 2] = ["C", "tr_TR.UTF-8"];

/// What stands around a build: indexes into the lists above, and whether the files were made last name first.
type Setting = (usize, usize, usize, bool);

fn settings() -> Vec<Setting> {
    if std::env::var("NEEDLEPOINT_SWEEP").as_deref() != Ok("full") {
        return vec![(1, 1, 0, false), (2, 2, 1, true), (0, 3, 0, true)];
    }
    let mut all = Vec::new();
    for threads in 0..THREADS.len() {
        for zone in 0..ZONES.len() {
            for locale in 0..LOCALES.len() {
                all.extend([false, true].map(|reversed| (threads, zone, locale, reversed)));
            }
        }
    }
    all
}

/// The small site in a folder whose files were made in the order of their names, or against it: file systems list
/// them in the order in which they came.
fn copy(to: &Utf8Path, reversed: bool) {
    let walk = walkdir::WalkDir::new(FOLDER).sort_by_file_name().into_iter().map(Result::unwrap);
    let mut files: Vec<_> = walk.filter(|entry| entry.file_type().is_file()).collect();
    if reversed {
        files.reverse();
    }
    for file in files {
        let path = to.join(file.path().strip_prefix(FOLDER).unwrap().to_str().unwrap());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::copy(file.path(), path).unwrap();
    }
}

fn build(site: &Utf8Path, output: &Utf8Path, (threads, zone, locale, _): Setting) {
    let finished = Command::new(env!("CARGO_BIN_EXE_needlepoint"))
        .args(["build", "--root", site.as_str(), "--output", output.as_str()])
        .env("SOURCE_DATE_EPOCH", "1790000000")
        .env("RAYON_NUM_THREADS", THREADS[threads])
        .env("TZ", ZONES[zone])
        .env("LC_ALL", LOCALES[locale])
        .env_remove("HOME")
        .output()
        .unwrap();
    assert!(finished.status.success(), "{}", String::from_utf8_lossy(&finished.stderr));
}

#[test]
fn threads_zones_locales_and_the_order_of_files_change_no_byte() {
    let scratch = Scratch::new();
    let site = |reversed: bool| scratch.path().join(if reversed { "long name/reversed" } else { "plain" });
    for reversed in [false, true] {
        copy(&site(reversed), reversed);
    }
    let build = |setting: Setting| {
        let output: Utf8PathBuf = scratch.path().join("public");
        let _ = fs::remove_dir_all(&output);
        build(&site(setting.3), &output, setting);
        tree(&output)
    };
    let first = build((0, 0, 0, false));
    assert!(first.len() > 20, "{:?}", first.keys());
    for setting in settings() {
        let other = build(setting);
        let differs: Vec<_> = first.iter().filter(|(path, bytes)| other.get(*path) != Some(*bytes)).collect();
        let names: Vec<_> = differs.iter().map(|(path, _)| path).collect();
        assert!(names.is_empty() && first.len() == other.len(), "{setting:?}: {names:?}");
    }
}
