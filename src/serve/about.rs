//! What the author's bar says of a page.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::site::{SiteView, is_same_mistake};
use super::view::{About, Elsewhere, Marked, Mention};
use crate::catalog::PageId;
use crate::check::readability::flesch_kincaid;
use crate::check::{ACCEPTED_GRADE, Knowledge, Subject, measure, reviewed_text};
use crate::diag::{Diagnostic, Severity};
use crate::link::{LinkedPage, MarkKind, SkipReason};
use crate::name::{SitePath, TermId, UrlPath};
use crate::pipeline::Site;

/// Fewer sentences give no grade that means anything.
const GRADED_SENTENCES: usize = 5;

/// The most other files with errors that are named; a site in the making can have thousands.
const MOST_FILES: usize = 50;

/// The most pages that are marked where links lead to them; each costs the browser a rule of a style sheet.
const MOST_MARKS: usize = 2000;

pub(super) fn about(view: &SiteView, address: &UrlPath) -> About {
    let site = view.site();
    let linked = view.page_at(address).and_then(|id| site.pages().get(id.0 as usize));
    let file = linked.map(|linked| linked.page.path.site_path());
    let all = view.findings();
    let mut found = findings(&all, file.as_ref());
    found.extend(view.mistakes(Some(address)));
    found.sort_by_key(|found| found.severity);
    let cause = cause(view, address, linked, &found);
    let mut about = About {
        file: file.map(|file| file.to_string()),
        problems: found.iter().map(|found| view.problem(found)).collect(),
        cause: cause.map(|(error, _)| view.problem(error)),
        shown: cause.map_or("", |(_, shown)| shown),
        elsewhere: elsewhere(view, &all, &found),
        has_editor: site.config().editor.is_some(),
        marks: marks(site),
        ..About::default()
    };
    if let Some(linked) = linked {
        describe(site, linked, &mut about);
    }
    about
}

/// The findings of a page's file, and errors of files that all pages are made with.
fn findings(all: &[Diagnostic], file: Option<&SitePath>) -> Vec<Diagnostic> {
    let concerns = |found: &&Diagnostic| {
        let place = &found.primary.file;
        let is_article = place.as_str().starts_with("content/") && place.as_str().ends_with(".md");
        Some(place) == file || (!is_article && found.severity == Severity::Error)
    };
    all.iter().filter(concerns).cloned().collect()
}

/// What a page is shown as while its file, or one that all pages are made with, cannot be used.
const PAGE_BEFORE: &str = "You see the page as it last was.";
const PAGE_IN_PART: &str = "You see what can be made of the page.";
const SITE_BEFORE: &str = "You see the site with this file as it last was.";
const SITE_IN_PART: &str = "You see what can be made of the site without it.";

/// The error that keeps the page from being shown as its files are now, if one does, and what is shown instead.
fn cause<'a>(
    view: &SiteView,
    address: &UrlPath,
    linked: Option<&Arc<LinkedPage>>,
    found: &'a [Diagnostic],
) -> Option<(&'a Diagnostic, &'static str)> {
    let errors = || found.iter().filter(|found| found.severity == Severity::Error);
    if let Some(linked) = linked {
        let file = linked.page.path.site_path();
        let is_held = view.holds(&file);
        if linked.page.front_matter.broken || is_held {
            let error = errors().find(|error| error.primary.file == file)?;
            return Some((error, if is_held { PAGE_BEFORE } else { PAGE_IN_PART }));
        }
    }
    if let Some(error) = errors().find(|error| view.holds(&error.primary.file)) {
        return Some((error, SITE_BEFORE));
    }
    if view.site().has_broken_configuration() {
        return errors().next().map(|error| (error, SITE_IN_PART));
    }
    let mistake = view.first_mistake(address)?;
    errors().find(|error| is_same_mistake(error, &mistake)).map(|error| (error, PAGE_BEFORE))
}

/// The files with errors that are not among those shown.
fn elsewhere(view: &SiteView, all: &[Diagnostic], shown: &[Diagnostic]) -> Vec<Elsewhere> {
    // Findings are sorted by file and place: the first of a file is its topmost.
    let mut files: BTreeMap<&SitePath, (usize, &Diagnostic)> = BTreeMap::new();
    for error in all.iter().filter(|found| found.severity == Severity::Error) {
        files.entry(&error.primary.file).or_insert((0, error)).0 += 1;
    }
    for found in shown {
        files.remove(&found.primary.file);
    }
    let catalog = view.site().catalog();
    let files = files.into_iter().take(MOST_FILES).map(|(file, (errors, first))| {
        let page = file.in_content().and_then(|path| catalog.by_path(path.as_str()));
        let url = page.map(|id| catalog.page(id).address.to_string());
        let (line, column) = view.position(&first.primary);
        Elsewhere { file: file.to_string(), errors, line, column, url }
    });
    files.collect()
}

/// Drafts and pages of the future.
fn marks(site: &Site) -> Vec<Marked> {
    let mark = |id: PageId| {
        let page = site.catalog().page(id);
        let words = match page.date {
            _ if page.draft => "Draft".to_owned(),
            Some(date) if date > site.today() => format!("Dated {date}"),
            _ => return None,
        };
        Some(Marked { url: page.address.encoded(), words })
    };
    site.catalog().ids().filter_map(mark).take(MOST_MARKS).collect()
}

fn describe(site: &Site, linked: &LinkedPage, about: &mut About) {
    let knowledge = Knowledge::new(site.config(), site.registries(), site.rules());
    let subject = Subject::new(&linked.page, &knowledge, site.today());
    let length = site.rendering().0.length(linked.id);
    (about.words, about.minutes) = (length.words, length.minutes);
    // The grade that the checks judge by: running text alone, explained terms taken as easy.
    let counts = measure(&subject).page.adjusted;
    if subject.english && counts.sentences >= GRADED_SENTENCES {
        about.grade = Some(flesch_kincaid(&counts));
        about.target_grade = Some(ACCEPTED_GRADE);
    }
    let named = |id: PageId| {
        let page = site.catalog().page(id);
        (page.title.clone(), page.address.to_string())
    };
    let incoming = site.incoming().backlinks(linked.id);
    about.links_in = incoming.iter().map(|link| named(link.from)).collect();
    about.links_out = linked.outgoing.iter().map(|link| named(link.page)).collect();
    about.mentions = mentions(site, linked);
    about.review = review(site, linked, &subject);
    about.draft = linked.page.interface.draft;
    let date = linked.page.interface.date;
    about.from = date.filter(|date| *date > site.today()).map(|date| date.to_string());
}

/// Conditions and terms by name, with how often each became a link and why it did not elsewhere.
fn mentions(site: &Site, linked: &LinkedPage) -> Vec<Mention> {
    let mut found: BTreeMap<(String, String), Mention> = BTreeMap::new();
    let mut add = |(name, url): (String, String), skipped: Option<&str>| {
        let key = (name.clone(), url.clone());
        let mention = found.entry(key).or_insert_with(|| Mention { name, url, ..Mention::default() });
        match skipped {
            None => mention.links += 1,
            Some(reason) if mention.skipped.iter().all(|known| known != reason) => {
                mention.skipped.push(reason.to_owned());
            }
            Some(_) => {}
        }
    };
    let condition = |id: PageId| {
        let page = site.catalog().page(id);
        (page.title.clone(), page.address.to_string())
    };
    for id in linked.linked_conditions() {
        add(condition(id), None);
    }
    for skipped in &linked.skipped {
        add(condition(skipped.condition), Some(skipped.reason.as_str()));
    }
    let is_explained = |id: &TermId| linked.marks.iter().any(|mark| mark.kind == MarkKind::Term(id.clone()));
    for id in &linked.terms {
        let term = site.registries().glossary.get(id.as_str());
        let name = term.map_or_else(|| id.to_string(), |term| term.term.value.clone());
        let why = match linked.page.front_matter.autolink {
            _ if is_explained(id) => None,
            true => Some("not in running text"),
            false => Some(SkipReason::SwitchedOff.as_str()),
        };
        add((name, format!("/glossary/#{id}")), why);
    }
    found.into_values().collect()
}

/// The state of the review, a signature that the words have outgrown included.
fn review(site: &Site, linked: &LinkedPage, subject: &Subject<'_>) -> String {
    let interface = &linked.page.interface;
    let Some(reviewed) = interface.reviewed else {
        let has_to_be = site.config().kind(&interface.kind).is_some_and(|kind| kind.health);
        return if has_to_be { "Never reviewed".to_owned() } else { String::new() };
    };
    let reviewer = interface.reviewer.as_ref().and_then(|id| site.registries().people.get(id.as_str()));
    if reviewer.is_some_and(|person| person.placeholder) {
        return "Reviewer still to be named".to_owned();
    }
    let every = linked.page.front_matter.review_every.as_ref();
    let next = every.map_or(site.config().review_every, |every| every.value).after(reviewed);
    let signed = site.registries().reviews.get(linked.page.path.as_str());
    let signed = signed.filter(|signed| signed.date >= reviewed);
    if signed.is_some_and(|signed| signed.text != reviewed_text(subject)) {
        return format!("Changed since the review of {reviewed}");
    }
    if next < site.today() { format!("Review was due {next}") } else { format!("Reviewed {reviewed}") }
}
