//! `needlepoint report`: what was checked by machine, what by a person, and what cannot be.

use camino::Utf8PathBuf;

use super::{Globals, Outcome, shown, today};
use crate::disk;
use crate::error::Error;
use crate::pipeline::{self, Settings};
use crate::report::{assurance, assurance_html, assurance_json};

/// Writes `assurance.html` and `assurance.json` into a folder, relative to the site's root.
pub fn run(globals: &Globals, folder: &Utf8PathBuf) -> Result<Outcome, Error> {
    let root = globals.find_root()?;
    let reading = disk::read_site(&root)?;
    let settings = Settings { today: today()?, drafts: false, base_url: None, incremental: false };
    let site = pipeline::build(reading.files().clone(), settings, None, &|_| {});
    let report = assurance(&site);
    let (html, json) = (assurance_html(&report), assurance_json(&report));
    disk::write_files(&root.join(folder), &[("assurance.html", &html), ("assurance.json", &json)])?;
    globals.say(&format!("{} pages in `{}`", report.pages.len(), shown(&root, folder.as_str())));
    Ok(Outcome::Done)
}
