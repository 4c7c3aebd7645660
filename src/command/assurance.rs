//! `needlepoint report`: what was checked by machine, what by a person, and what cannot be.

use camino::Utf8PathBuf;

use super::{Globals, Outcome, built_site, shown};
use crate::disk;
use crate::error::Error;
use crate::report::{assurance, assurance_html, assurance_json};

/// Writes `assurance.html` and `assurance.json` into a folder, relative to the site's root.
pub fn run(globals: &Globals, folder: &Utf8PathBuf) -> Result<Outcome, Error> {
    let root = globals.find_root()?;
    let site = built_site(&root, false)?;
    let report = assurance(&site);
    let (html, json) = (assurance_html(&report), assurance_json(&report));
    disk::write_files(&root.join(folder), &[("assurance.html", &html), ("assurance.json", &json)])?;
    globals.say(&format!("{} pages in `{}`", report.pages.len(), shown(&root, folder.as_str())));
    Ok(Outcome::Done)
}
