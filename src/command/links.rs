//! `needlepoint links`: every automatic link and why, what was skipped, what nobody links to, and who uses what.

use super::{Globals, Outcome, built_site, print, usage_error};
use crate::diag;
use crate::error::Error;
use crate::link::Entry;
use crate::pipeline::Site;

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
    let site = built_site(&globals.find_root()?, true)?;
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

fn no_entry(site: &Site, entry: Entry<'_>) -> Error {
    let (what, id) = entry.named();
    let known = entry.known(site.registries());
    let near = diag::did_you_mean(&id, known.iter().map(String::as_str));
    usage_error(format!("there is no {what} `{id}`"), near)
}

pub(super) fn no_page(site: &Site, name: &str) -> Error {
    let known = site.catalog().pages().iter().map(|page| page.path.as_str());
    let help = diag::did_you_mean(name, known).unwrap_or_else(|| {
        "name a file below content/, such as `articles/cost.md`, or an address".to_owned()
    });
    usage_error(format!("there is no page `{name}`"), Some(help))
}
