//! `needlepoint review`: what is due, and signing a page that was read.

use std::process::Command;

use camino::Utf8Path;

use super::{Globals, Outcome, built_site, print, usage_error};
use crate::check::rules::RuleSet;
use crate::check::{self, Knowledge, Subject};
use crate::diag;
use crate::disk;
use crate::error::{Error, ErrorKind};
use crate::name::{PersonId, SitePath};
use crate::page::Page;
use crate::pipeline::Site;
use crate::report;

/// How the list of reviews is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum DueFormat {
    /// A table, for people.
    Table,
    /// An array of objects, for programs.
    Json,
    /// A calendar file.
    Ics,
}

/// Lists when each page about health is due for review.
pub fn due(globals: &Globals, format: DueFormat) -> Result<Outcome, Error> {
    let site = built_site(&globals.find_root()?, true)?;
    let pages = site.pages().iter().map(|linked| &*linked.page);
    let list = check::due(pages, site.config(), site.today());
    match format {
        DueFormat::Table => print(&report::due_table(&list)),
        DueFormat::Json => print(&report::due_json(&list)),
        DueFormat::Ics => print(&report::due_calendar(&list, site.config().base_url.as_str(), site.today())),
    }
}

/// Signs a page as reviewed today: keeps the hash of its words, and writes date and reviewer into its front matter.
pub fn sign(globals: &Globals, page: &str, by: &str) -> Result<Outcome, Error> {
    let root = globals.find_root()?;
    let site = built_site(&root, true)?;
    let page = find_page(&site, page)?;
    let people = &site.registries().people;
    let Some(by) = PersonId::new(by).filter(|by| people.get(by.as_str()).is_some()) else {
        let near = diag::did_you_mean(by, people.iter().map(|person| person.id.as_str()));
        return Err(usage_error(format!("there is no person `{by}` in people.toml"), near));
    };
    let text = with_review(page, site.today(), &by)?;
    let rules = RuleSet::new([]);
    let knowledge = Knowledge::new(site.config(), site.registries(), &rules);
    let hash = check::reviewed_text(&Subject::new(page, &knowledge, site.today()));
    let reviews = site.registries().reviews.with(page.path.as_str(), site.today(), &by, &hash);
    // The signature first: after a kill between the two, the page shows as reviewed on its old day and not as changed.
    disk::replace_file(&root, &SitePath::new("content/reviews.toml").expect("a plain path"), &reviews)?;
    disk::replace_file(&root, &page.path.site_path(), &text)?;
    globals.say(&format!("`{}` is signed by {by} on {}", page.path, site.today()));
    Ok(Outcome::Done)
}

/// The page named by its file, with or without `content/`, or by its address.
fn find_page<'a>(site: &'a Site, name: &str) -> Result<&'a Page, Error> {
    let short = name.trim_start_matches("./").trim_start_matches("content/");
    let mut pages = site.pages().iter().map(|linked| &*linked.page);
    let is_meant = |page: &&Page| page.path.as_str() == short || page.interface.address.as_str() == name;
    pages.find(is_meant).ok_or_else(|| {
        let known = site.pages().iter().map(|linked| linked.page.path.as_str());
        usage_error(format!("there is no page `{name}`"), diag::did_you_mean(short, known))
    })
}

/// The article's text with today's date and the reviewer in its front matter.
fn with_review(page: &Page, today: jiff::civil::Date, by: &PersonId) -> Result<String, Error> {
    let front = &page.front_matter;
    let (Some(reviewed), Some(reviewer)) = (&front.reviewed, &front.reviewer) else {
        let message = format!("`{}` has no `reviewed` and `reviewer` in its front matter", page.path);
        let help = format!("add `reviewed = {today}` and `reviewer = \"{by}\"`, then sign again");
        return Err(Error::new(ErrorKind::Usage, message).with_help(help));
    };
    let source = page.document.source();
    let mut text = source.text().to_owned();
    let mut changes = [
        (reviewed.span, today.to_string(), reviewed.value.to_string()),
        (reviewer.span, by.to_string(), reviewer.value.to_string()),
    ];
    // From the end to the start, so that the first change does not move the second.
    changes.sort_by_key(|(span, ..)| std::cmp::Reverse(span.start));
    for (span, new, old) in changes {
        let written = source.slice(span).replacen(&old, &new, 1);
        text.replace_range(span.range(), &written);
    }
    Ok(text)
}

/// The files of the site that differ from a revision of its Git repository, relative to the site's root.
pub(super) fn changed_since(root: &Utf8Path, revision: &str) -> Result<Vec<String>, Error> {
    let refuse = |message: String| Error::new(ErrorKind::Usage, message);
    if revision.starts_with('-') {
        return Err(refuse(format!("`{revision}` is no revision")));
    }
    let mut all = Vec::new();
    let tracked = ["diff", "--name-only", "--relative", "-z", revision, "--", "."];
    let untracked = ["ls-files", "--others", "--exclude-standard", "-z", "--", "."];
    for arguments in [&tracked[..], &untracked[..]] {
        let output = Command::new("git")
            .args(arguments)
            .current_dir(root)
            .output()
            .map_err(|error| refuse(format!("git cannot be run: {error}")))?;
        if !output.status.success() {
            let why = String::from_utf8_lossy(&output.stderr);
            return Err(refuse(format!("git cannot compare with `{revision}`: {}", why.trim())));
        }
        all.extend(String::from_utf8_lossy(&output.stdout).split('\0').map(str::to_owned));
    }
    all.retain(|path| !path.is_empty());
    Ok(all)
}
