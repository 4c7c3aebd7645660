//! `needlepoint build`: the site into the output folder, whole or not at all.

use camino::Utf8PathBuf;

use super::{Globals, Outcome, outcome_of, report, today};
use crate::disk;
use crate::error::Error;
use crate::pipeline::{self, Settings};

/// What the command was asked for.
#[derive(Clone, Debug)]
pub struct Options {
    /// The output folder, from the site's root where relative.
    pub output: Utf8PathBuf,
    /// The address of the site, in place of the configuration's.
    pub base_url: Option<String>,
    /// Whether drafts are built.
    pub drafts: bool,
    /// Whether warnings fail the build.
    pub deny_warnings: bool,
    /// Whether the time of each stage is printed.
    pub timings: bool,
}

/// Runs the command.
pub fn run(globals: &Globals, options: &Options) -> Result<Outcome, Error> {
    let root = globals.find_root()?;
    let reading = disk::read_site(&root)?;
    let settings = Settings { today: today()?, drafts: options.drafts, base_url: options.base_url.clone() };
    let site = pipeline::build(reading.files().clone(), settings, None, &|_| {});
    let found = site.diagnostics();
    report(globals, found, &site);
    if outcome_of(found, options.deny_warnings) == Outcome::Findings {
        globals.say("nothing was written: the output folder is as it was");
        return Ok(Outcome::Findings);
    }
    Ok(Outcome::Done)
}
