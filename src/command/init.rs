//! `needlepoint init`: a new small site that builds without a finding.

use camino::Utf8Path;
use include_dir::{Dir, include_dir};

use super::{Globals, Outcome};
use crate::disk;
use crate::error::{Error, ErrorKind};
use crate::name::SitePath;

/// The files of a new site.
static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/command/starter");

/// Writes the new site.
pub fn run(globals: &Globals, dir: &Utf8Path) -> Result<Outcome, Error> {
    if !disk::is_empty_folder(dir)? {
        let message = format!("the folder `{dir}` is not empty");
        return Err(Error::new(ErrorKind::Refused, message).with_help("choose a new or an empty folder"));
    }
    let mut folders = vec![&STARTER];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let path = file.path().to_string_lossy().replace('\\', "/");
            // Cargo leaves out files whose names begin with a dot from a package.
            let path = path.replace("dot-", ".");
            if let (Some(path), Some(text)) = (SitePath::new(&path), file.contents_utf8()) {
                disk::create_file(dir, &path, text)?;
            }
        }
    }
    globals.say(&format!("made a new site in `{dir}`"));
    globals.say(&format!("next: `cd {dir}` and `needlepoint build`; the articles are in content/"));
    Ok(Outcome::Done)
}
