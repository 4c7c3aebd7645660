//! `needlepoint links`: every automatic link and why, what was skipped, and what nobody links to.

use super::{Globals, Outcome, print, today};
use crate::diag;
use crate::disk;
use crate::error::{Error, ErrorKind};
use crate::pipeline::{self, Settings};

/// Prints the report on all pages, or on one: its file below `content/`, or its address.
pub fn run(globals: &Globals, page: Option<&str>, json: bool) -> Result<Outcome, Error> {
    let root = globals.find_root()?;
    let reading = disk::read_site(&root)?;
    let settings = Settings { today: today()?, drafts: true, base_url: None };
    let site = pipeline::build(reading.files().clone(), settings, None, &|_| {});
    let only = match page {
        None => None,
        Some(name) => Some(site.find_page(name).ok_or_else(|| no_page(&site, name))?),
    };
    let listing = site.link_listing(only);
    if json {
        let json = serde_json::to_string_pretty(&listing).expect("a report is JSON");
        return print(&format!("{json}\n"));
    }
    print(&listing.text())
}

pub(super) fn no_page(site: &pipeline::Site, name: &str) -> Error {
    let error = Error::new(ErrorKind::Usage, format!("there is no page `{name}`"));
    let known = site.catalog().pages().iter().map(|page| page.path.as_str());
    match diag::nearest(name, known) {
        Some(near) => error.with_help(format!("did you mean `{near}`?")),
        None => error.with_help("name a file below content/, such as `articles/cost.md`, or an address"),
    }
}
