//! `needlepoint links`: every automatic link and why, what was skipped, what nobody links to, and who uses what.

use super::{Globals, Outcome, print, today};
use crate::diag;
use crate::disk;
use crate::error::{Error, ErrorKind};
use crate::link::Entry;
use crate::pipeline::{self, Settings};

/// What the report is about.
#[derive(Clone, Copy, Debug)]
pub enum About<'a> {
    /// All pages.
    Site,
    /// One page: its file below `content/`, or its address.
    Page(&'a str),
    /// The pages that use an entry of a registry.
    Entry(Entry<'a>),
}

/// Prints the report.
pub fn run(globals: &Globals, about: About<'_>, json: bool) -> Result<Outcome, Error> {
    let root = globals.find_root()?;
    let reading = disk::read_site(&root)?;
    let settings = Settings { today: today()?, drafts: true, base_url: None, incremental: false };
    let site = pipeline::build(reading.files().clone(), settings, None, &|_| {});
    match about {
        About::Site => {
            let listing = site.link_listing(None);
            show(&listing, || listing.text(), json)
        }
        About::Page(name) => {
            let page = site.find_page(name).ok_or_else(|| no_page(&site, name))?;
            let listing = site.link_listing(Some(page));
            show(&listing, || listing.text(), json)
        }
        About::Entry(entry) => {
            let uses = site.uses(entry).ok_or_else(|| no_entry(&site, entry))?;
            show(&uses, || uses.text(), json)
        }
    }
}

fn show(report: &impl serde::Serialize, text: impl Fn() -> String, json: bool) -> Result<Outcome, Error> {
    if !json {
        return print(&text());
    }
    let json = serde_json::to_string_pretty(report).expect("a report is JSON");
    print(&format!("{json}\n"))
}

fn no_entry(site: &pipeline::Site, entry: Entry<'_>) -> Error {
    let (what, id) = entry.named();
    let error = Error::new(ErrorKind::Usage, format!("there is no {what} `{id}`"));
    let known = entry.known(site.registries());
    match diag::nearest(&id, known.iter().map(String::as_str)) {
        Some(near) => error.with_help(format!("did you mean `{near}`?")),
        None => error,
    }
}

pub(super) fn no_page(site: &pipeline::Site, name: &str) -> Error {
    let error = Error::new(ErrorKind::Usage, format!("there is no page `{name}`"));
    let known = site.catalog().pages().iter().map(|page| page.path.as_str());
    match diag::nearest(name, known) {
        Some(near) => error.with_help(format!("did you mean `{near}`?")),
        None => error.with_help("name a file below content/, such as `articles/cost.md`, or an address"),
    }
}
