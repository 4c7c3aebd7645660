use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Output};

use camino::{Utf8Path, Utf8PathBuf};

/// A folder that is removed at the end of the test.
pub(crate) struct Scratch {
    folder: tempfile::TempDir,
}

impl Scratch {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self) -> Utf8PathBuf {
        Utf8Path::from_path(self.folder.path()).unwrap().canonicalize_utf8().unwrap()
    }

    pub(crate) fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Runs the program in the folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.run_with(arguments, &[])
    }

    pub(crate) fn run_with(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_needlepoint"));
        command.args(arguments).current_dir(self.path()).env("SOURCE_DATE_EPOCH", "1790000000");
        command.envs(variables.iter().copied()).output().unwrap()
    }
}

/// What stands below a folder: relative path and bytes, `None` for a folder; links as what they say.
pub(crate) type Tree = BTreeMap<String, Option<Vec<u8>>>;

/// The tree below the folder; empty where there is none.
pub(crate) fn tree(folder: &Utf8Path) -> Tree {
    let mut found = Tree::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1).into_iter().flatten() {
        let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        let bytes = if entry.file_type().is_dir() {
            None
        } else if entry.file_type().is_symlink() {
            Some(fs::read_link(entry.path()).unwrap().into_os_string().into_encoded_bytes())
        } else {
            Some(fs::read(entry.path()).unwrap())
        };
        found.insert(path, bytes);
    }
    found
}

/// Makes a folder that holds exactly this tree.
pub(crate) fn restore(folder: &Utf8Path, tree: &Tree) {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).unwrap();
    for (path, bytes) in tree {
        match bytes {
            Some(bytes) => fs::write(folder.join(path), bytes).unwrap(),
            None => fs::create_dir(folder.join(path)).unwrap(),
        }
    }
}
