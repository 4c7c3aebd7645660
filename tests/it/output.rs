//! What a build does to the output folder, as its owner sees it.

use std::fs;
use std::time::{Duration, SystemTime};

use camino::{Utf8Path, Utf8PathBuf};
use needlepoint::disk::{Committed, Facts, Guards, Output, Settled};
use needlepoint::error::{Error, ErrorKind};
use needlepoint::name::OutputPath;

use crate::scratch::{Scratch, tree};

fn site() -> Scratch {
    let scratch = Scratch::new();
    scratch.write("site/content/a.md", "source");
    scratch.write("site/themes/default/theme.toml", "");
    scratch
}

fn build(
    scratch: &Scratch,
    output: &str,
    files: &[(&str, &str)],
    settled: Option<&Settled>,
) -> Result<Committed, Error> {
    let root = scratch.path().join("site");
    let guards = Guards { root: root.clone(), home: Some(scratch.path()) };
    let stage = Output::open(&root.join(output), &guards, settled, || {})?.begin();
    for (path, text) in files {
        stage.put(&OutputPath::new(path).unwrap(), text.as_bytes())?;
    }
    stage.commit(&Facts::default())
}

/// Moves the times of a file into the past, as if it had been built then.
fn age(path: &Utf8Path) -> SystemTime {
    let past = SystemTime::now() - Duration::from_secs(3600);
    fs::File::open(path).unwrap().set_modified(past).unwrap();
    fs::metadata(path).unwrap().modified().unwrap()
}

#[test]
fn unchanged_files_keep_their_time_and_gone_ones_are_gone() {
    let scratch = site();
    let public = scratch.path().join("site/public");
    build(&scratch, "public", &[("index.html", "1"), ("a/index.html", "a"), ("b/index.html", "b")], None)
        .unwrap();
    let past = age(&public.join("a/index.html"));
    let done = build(&scratch, "public", &[("index.html", "2"), ("a/index.html", "a")], None).unwrap();
    assert_eq!((done.written, done.kept, done.removed), (1, 1, 1));
    assert_eq!(fs::metadata(public.join("a/index.html")).unwrap().modified().unwrap(), past);
    assert_eq!(fs::read_to_string(public.join("index.html")).unwrap(), "2");
    assert!(!public.join("b").exists());
}

#[test]
fn nothing_is_touched_when_nothing_changed() {
    let scratch = site();
    let root = scratch.path().join("site");
    let files = [("index.html", "1"), ("a/index.html", "a")];
    let first = build(&scratch, "public", &files, None).unwrap();
    let times = |root: &Utf8Path| {
        let paths = ["", "public", "public/a", "public/index.html", "public/.needlepoint-manifest"];
        paths.map(|path| fs::metadata(root.join(path)).unwrap().modified().unwrap())
    };
    let before = times(&root);
    for settled in [None, Some(&first.settled)] {
        let done = build(&scratch, "public", &files, settled).unwrap();
        assert_eq!((done.written, done.kept, done.removed), (0, 2, 0));
        assert_eq!(times(&root), before);
    }
}

#[test]
fn a_file_changed_by_hand_is_built_again() {
    let scratch = site();
    let public = scratch.path().join("site/public");
    let files = [("index.html", "one"), ("a/index.html", "two")];
    let mut done = build(&scratch, "public", &files, None).unwrap();
    for change in ["set the old time", "leave the time"] {
        let path = public.join("index.html");
        let time = fs::metadata(&path).unwrap().modified().unwrap();
        fs::write(&path, "ONE").unwrap();
        if change == "set the old time" {
            fs::File::open(&path).unwrap().set_modified(time).unwrap();
        }
        done = build(&scratch, "public", &files, Some(&done.settled)).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "one", "{change}");
        assert_eq!((done.written, done.kept), (1, 1), "{change}");
    }
}

#[test]
fn dotfiles_are_carried_over_and_other_foreign_files_stop_the_build() {
    let scratch = site();
    let root = scratch.path().join("site");
    build(&scratch, "public", &[("index.html", "1")], None).unwrap();
    for path in [".nojekyll", ".git/HEAD", ".well-known/security.txt", "gone/.keep"] {
        scratch.write(&format!("site/public/{path}"), path);
    }
    std::os::unix::fs::symlink("HEAD", root.join("public/.git/link")).unwrap();
    build(&scratch, "public", &[("index.html", "2")], None).unwrap();
    for path in [".nojekyll", ".git/HEAD", ".well-known/security.txt", "gone/.keep"] {
        assert_eq!(fs::read_to_string(root.join("public").join(path)).unwrap(), path);
    }
    assert_eq!(fs::read_link(root.join("public/.git/link")).unwrap().to_str(), Some("HEAD"));
    scratch.write("site/public/notes/mine.txt", "precious");
    let before = tree(&root);
    let error = build(&scratch, "public", &[("index.html", "3")], None).unwrap_err();
    assert!(error.kind() == ErrorKind::Refused && error.to_string().contains("`notes/mine.txt`"), "{error}");
    assert_eq!(tree(&root), before, "the old site, the file, and no litter");
}

#[test]
fn folders_needlepoint_did_not_make_are_left_alone() {
    let scratch = site();
    let root = scratch.path().join("site");
    for (path, text) in [
        ("home/notes.txt", "notes"),
        ("site/worktree/.git", "gitdir: elsewhere"),
        ("site/dir/sub/file", "file"),
        ("site/folders/empty/.keep", ""),
        ("site/damaged/.needlepoint-manifest", "needlepoint-manifest 99\n\n"),
        ("site/file", "a file"),
    ] {
        scratch.write(path, text);
    }
    std::os::unix::fs::symlink("../home", root.join("link")).unwrap();
    let before = tree(&scratch.path());
    for output in [
        "/",
        ".",
        "..",
        "../..",
        "content",
        "content/a.md",
        "content/new",
        "themes/default",
        "link",
        "link/../site",
        "worktree",
        "dir",
        "dir/sub",
        "folders",
        "damaged",
        "file",
        "file/x",
        "../home",
        ".git",
        ".git/hooks",
        "needlepoint.toml",
    ] {
        let error = build(&scratch, output, &[("index.html", "1")], None).unwrap_err();
        assert!(error.help().is_some() || error.kind() == ErrorKind::Disk, "{output}: {error}");
    }
    assert_eq!(tree(&scratch.path()), before);
}

#[test]
fn a_folder_is_handed_over_with_an_empty_marker() {
    let scratch = site();
    scratch.write("site/public/.git", "gitdir: elsewhere");
    scratch.write("site/public/.needlepoint-manifest", "");
    build(&scratch, "public", &[("index.html", "1")], None).unwrap();
    let public = tree(&scratch.path().join("site/public"));
    assert_eq!(public.keys().collect::<Vec<_>>(), [".git", ".needlepoint-manifest", "index.html"]);
}

#[test]
fn paths_that_clash_or_are_the_users_are_refused() {
    let scratch = site();
    build(&scratch, "public", &[("index.html", "old")], None).unwrap();
    let before = tree(&scratch.path());
    for files in [[("a/index.html", "1"), ("a/index.html", "2")], [("a", "1"), ("a/index.html", "2")]] {
        let error = build(&scratch, "public", &files, None).unwrap_err();
        assert!(error.to_string().contains(files[1].0), "{error}");
        assert_eq!(tree(&scratch.path()), before);
    }
    for path in [".git/config", ".needlepoint-manifest", "a/.hidden"] {
        assert_eq!(OutputPath::new(path), None, "{path}: dotfiles of the output are the user's");
    }
}

#[test]
fn two_builds_at_once_take_turns() {
    let scratch = site();
    let root = scratch.path().join("site");
    let guards = Guards { root: root.clone(), home: None };
    let public: Utf8PathBuf = root.join("public");
    let first = Output::open(&public, &guards, None, || {}).unwrap().begin();
    first.put(&OutputPath::new("index.html").unwrap(), b"first").unwrap();
    std::thread::scope(|scope| {
        let (waits, has_to_wait) = std::sync::mpsc::channel();
        let (public, guards) = (&public, &guards);
        let second = scope.spawn(move || {
            let output = Output::open(public, guards, None, || waits.send(()).unwrap()).unwrap();
            let stage = output.begin();
            stage.put(&OutputPath::new("index.html").unwrap(), b"second").unwrap();
            stage.commit(&Facts::default()).unwrap()
        });
        has_to_wait.recv_timeout(Duration::from_secs(10)).expect("the second says that it waits");
        first.commit(&Facts::default()).unwrap();
        // The second may be quick; what it keeps of the first shows that the first was there.
        let now = fs::read_to_string(public.join("index.html")).unwrap();
        assert!(now == "first" || now == "second", "{now}");
        assert_eq!(second.join().unwrap().written, 1);
    });
    assert_eq!(fs::read_to_string(public.join("index.html")).unwrap(), "second");
    assert_eq!(fs::read_dir(&root).unwrap().count(), 3, "content, themes and public");
}
