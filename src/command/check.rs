//! `needlepoint check`: says what is wrong and builds nothing.

use super::{Globals, Outcome, outcome_of, print, report, today};
use crate::diag;
use crate::disk;
use crate::error::Error;
use crate::pipeline::{self, Settings};
use crate::report::{Format, Style, draw};

/// What the command was asked for.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How findings are written.
    pub format: Format,
    /// Whether warnings fail the check.
    pub deny_warnings: bool,
}

/// Runs the command.
pub fn run(globals: &Globals, options: &Options) -> Result<Outcome, Error> {
    let root = globals.find_root()?;
    let reading = disk::read_site(&root)?;
    let settings = Settings { today: today()?, drafts: false, base_url: None };
    let site = pipeline::build(reading.files().clone(), settings, None, &|_| {});
    let mut found = site.diagnostics().to_vec();
    found.extend(site.search_findings());
    diag::sort(&mut found);
    let found = &found[..];
    if options.format.is_for_programs() {
        print(&draw(found, &|path| site.source(path), options.format, Style::default()))?;
    } else if options.format == Format::Short {
        super::warn(draw(found, &|path| site.source(path), Format::Short, Style::default()).trim_end());
    } else {
        report(globals, found, &site);
    }
    if found.is_empty() && !options.format.is_for_programs() {
        globals.say(&format!("{} pages checked: nothing found", site.catalog().pages().len()));
    }
    Ok(outcome_of(found, options.deny_warnings))
}
