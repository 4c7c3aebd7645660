//! Which folders are refused as output, because a build into them could destroy what needlepoint did not make.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use super::manifest::MANIFEST;
use crate::disk::walk::{CONFIGURATION, FOLDERS};
use crate::error::{Error, ErrorKind};

/// What an output folder must not be, hold or lie in.
#[derive(Clone, Debug)]
pub struct Guards {
    /// The site's root: may hold the output, never the other way round.
    pub root: Utf8PathBuf,
    /// The user's home folder, where known: may hold the output, never the other way round.
    pub home: Option<Utf8PathBuf>,
}

/// The place of an output folder, with all links on the way to it resolved.
#[derive(Debug)]
pub(super) struct Place {
    /// The folder that holds it; may not exist yet.
    pub(super) parent: Utf8PathBuf,
    /// Its name in there.
    pub(super) name: String,
}

impl Place {
    pub(super) fn path(&self) -> Utf8PathBuf {
        self.parent.join(&self.name)
    }
}

/// Finds the place of an output folder; an `Error` of the kind `Refused` that says why it must not be one.
pub(super) fn check(path: &Utf8Path, guards: &Guards) -> Result<Place, Error> {
    let refuse = |why: &str| Err(refused(path, why));
    match path.symlink_metadata() {
        Ok(found) if found.is_symlink() => return refuse("it is a symbolic link"),
        Ok(found) if !found.is_dir() => return refuse("it is a file"),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(Error::disk("look at", path, error)),
    }
    let resolved = resolve(path)?;
    let (Some(parent), Some(name)) = (resolved.parent(), resolved.file_name()) else {
        return refuse("it is the root of the disk");
    };
    let root = resolve(&guards.root)?;
    if holds(&resolved, &root) {
        return refuse("it holds the site's own files");
    }
    if let Some(home) = &guards.home
        && holds(&resolved, &resolve(home)?)
    {
        return refuse("it holds your home folder");
    }
    if resolved.components().any(|part| part.as_str() == ".git") {
        return refuse("it lies in a `.git` folder");
    }
    for source in FOLDERS.into_iter().chain([".git", ".needlepoint", CONFIGURATION]) {
        let source = root.join(source);
        if holds(&resolved, &source) || holds(&source, &resolved) {
            let source = source.file_name().unwrap_or_default();
            return refuse(&format!("it is `{source}`, or lies in it"));
        }
    }
    if is_mount_point(&resolved, parent) {
        let why = "another disk is mounted there, so it cannot be exchanged for a new one";
        return Err(refused(path, why).with_help("name a folder inside of it"));
    }
    Ok(Place { parent: parent.to_owned(), name: name.to_owned() })
}

/// A refusal of this output folder.
pub(super) fn refused(path: &Utf8Path, why: &str) -> Error {
    let message = format!("`{path}` is refused as output folder: {why}");
    Error::new(ErrorKind::Refused, message)
        .with_help("choose a folder of its own for the output, such as `public`")
}

/// A refusal because of files that needlepoint did not make.
pub(super) fn holds_foreign(path: &Utf8Path, names: &[String], has_marker: bool) -> Error {
    let shown: Vec<String> = names.iter().take(5).map(|name| format!("`{name}`")).collect();
    let more = names.len().saturating_sub(shown.len());
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let why = format!("it holds files that needlepoint did not make: {}{more}", shown.join(", "));
    refused(path, &why).with_help(if has_marker {
        "move them out, or put them into `content/`, from where they are copied into the output".to_owned()
    } else {
        format!("empty it, choose another, or hand it over with an empty file `{MANIFEST}` in it")
    })
}

/// Whether `inner` is `outer` or lies below it, by name or, through another name, by identity.
fn holds(outer: &Utf8Path, inner: &Utf8Path) -> bool {
    if inner.starts_with(outer) {
        return true;
    }
    let Some(identity) = identity(outer) else { return false };
    inner.ancestors().any(|folder| self::identity(folder) == Some(identity))
}

fn identity(path: &Utf8Path) -> Option<(u64, u64)> {
    fs::metadata(path).ok().map(|found| (found.dev(), found.ino()))
}

fn is_mount_point(path: &Utf8Path, parent: &Utf8Path) -> bool {
    match (identity(path), identity(parent)) {
        (Some((own, _)), Some((parents, _))) => own != parents,
        _ => false,
    }
}

/// The path from the root of the disk, without links, `.` and `..`; its end need not exist.
fn resolve(path: &Utf8Path) -> Result<Utf8PathBuf, Error> {
    let mut absolute = camino::absolute_utf8(path).map_err(|error| Error::disk("find", path, error))?;
    let mut missing = Vec::new();
    loop {
        match absolute.canonicalize_utf8() {
            Ok(mut found) => {
                found.extend(missing.iter().rev());
                return Ok(found);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(Error::disk("find", path, error)),
        }
        match absolute.components().next_back() {
            Some(Utf8Component::Normal(name)) => missing.push(name.to_owned()),
            _ => return Err(refused(path, "a folder on the way to it does not exist")),
        }
        absolute.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A site in its own folder, inside of a home folder.
    fn refusal(output: &str) -> Option<String> {
        let scratch = tempfile::tempdir().unwrap();
        let home = Utf8Path::from_path(scratch.path()).unwrap().canonicalize_utf8().unwrap();
        let root = home.join("sites/clinic");
        for folder in ["content/articles", "themes", ".git/objects", "public", "built/.git"] {
            fs::create_dir_all(root.join(folder)).unwrap();
        }
        fs::write(root.join("file"), "").unwrap();
        std::os::unix::fs::symlink("public", root.join("link")).unwrap();
        std::os::unix::fs::symlink(".", root.join("here")).unwrap();
        let guards = Guards { root: root.clone(), home: Some(home.clone()) };
        let output = output.replace("HOME", home.as_str());
        check(&root.join(output), &guards).err().map(|error| error.to_string())
    }

    #[test]
    fn folders_that_hold_or_are_sources_are_refused() {
        for output in [
            "/",
            ".",
            "..",
            "HOME",
            "HOME/..",
            "content",
            "content/articles",
            "content/new",
            "themes",
            ".git",
            ".git/objects/x",
            "built/.git/x",
            "link",
            "file",
            "here",
            "here/content",
            "here/../clinic",
            "nowhere/../content",
            "needlepoint.toml/x",
            ".needlepoint",
        ] {
            assert!(refusal(output).is_some(), "{output}");
        }
        for output in ["public", "new", "deep/new", "here/public", "../other", "built"] {
            assert_eq!(refusal(output), None, "{output}");
        }
    }
}
