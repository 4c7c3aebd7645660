//! `needlepoint check`: says what is wrong and builds nothing.

use camino::Utf8PathBuf;

use super::{Globals, Outcome, built_site, outcome_of, print, report, review};
use crate::check::rules;
use crate::diag::{self, Diagnostic};
use crate::error::{Error, ErrorKind};
use crate::pipeline::{self, Site};
use crate::report::{Baseline, Format, Style, draw};

/// What the command was asked for.
#[derive(Clone, Debug)]
pub struct Options {
    /// How findings are written.
    pub format: Format,
    /// Whether warnings fail the check.
    pub deny_warnings: bool,
    /// Whether drafts are checked as if they were published.
    pub drafts: bool,
    /// Only findings in files that differ from this revision of the Git repository.
    pub since: Option<String>,
    /// Only findings that this file, written with `--format json`, does not hold.
    pub baseline: Option<Utf8PathBuf>,
    /// Run the wording rules' own examples, and nothing else.
    pub test_rules: bool,
}

/// Runs the command.
pub fn run(globals: &Globals, options: &Options) -> Result<Outcome, Error> {
    let root = globals.find_root()?;
    let site = built_site(&root, options.drafts)?;
    let mut found = if options.test_rules { rule_findings(&site) } else { all_findings(&site) };
    if let Some(revision) = &options.since {
        let changed = review::changed_since(&root, revision)?;
        found.retain(|finding| changed.iter().any(|path| path == finding.primary.file.as_str()));
    }
    if let Some(path) = &options.baseline {
        found = read_baseline(path)?.new_findings(&found);
    }
    show(globals, options.format, &found, &site)?;
    if found.is_empty() && !options.format.is_for_programs() {
        let (count, what) = match options.test_rules {
            true => (site.rules().rules().len(), "rules tried"),
            false => (site.catalog().pages().len(), "pages checked"),
        };
        globals.say(&format!("{count} {what}: nothing found"));
    }
    if site.has_broken_configuration() {
        globals.say(super::UNJUDGED);
        return Ok(Outcome::Broken);
    }
    Ok(outcome_of(&found, options.deny_warnings))
}

/// What is wrong with the site, and what its search does not find.
fn all_findings(site: &Site) -> Vec<Diagnostic> {
    let mut found = site.diagnostics().to_vec();
    found.extend(site.search_findings());
    diag::sort(&mut found);
    found
}

/// What is wrong with the wording rules themselves.
fn rule_findings(site: &Site) -> Vec<Diagnostic> {
    let malformed =
        site.diagnostics().iter().filter(|finding| finding.primary.file.as_str() == pipeline::RULES);
    malformed.cloned().chain(rules::test_examples(site.rules().rules())).collect()
}

fn read_baseline(path: &Utf8PathBuf) -> Result<Baseline, Error> {
    let text = std::fs::read_to_string(path).map_err(|error| Error::disk("read", path.as_str(), error))?;
    Baseline::parse(&text).map_err(|why| {
        let message = format!("`{path}` is no baseline: {why}");
        Error::new(ErrorKind::Usage, message).with_help("write one with `needlepoint check --format json`")
    })
}

fn show(globals: &Globals, format: Format, found: &[Diagnostic], site: &Site) -> Result<(), Error> {
    if format.is_for_programs() {
        print(&draw(found, &|path| site.source(path), format, Style::default()))?;
    } else if format == Format::Short {
        super::warn(draw(found, &|path| site.source(path), Format::Short, Style::default()).trim_end());
    } else {
        report(globals, found, site);
    }
    Ok(())
}
