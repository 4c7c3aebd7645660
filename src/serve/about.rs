//! What the author's bar says of a page.

use std::collections::BTreeMap;

use super::site::SiteView;
use super::view::{About, Elsewhere, Mention};
use crate::catalog::{PageId, Place};
use crate::check::readability::{flesch_kincaid, words};
use crate::check::{ACCEPTED_GRADE, Knowledge, Subject, measure, reviewed_text};
use crate::diag::{Diagnostic, Severity};
use crate::link::{LinkedPage, MarkKind};
use crate::name::{SitePath, UrlPath};
use crate::pipeline::Site;

/// How many words a minute people read; as in the built pages.
const WORDS_PER_MINUTE: usize = 200;

/// Fewer sentences give no grade that means anything.
const GRADED_SENTENCES: usize = 5;

/// The most other files with errors that are named; a site in the making can have thousands.
const MOST_FILES: usize = 50;

pub(super) fn about(view: &SiteView, address: &UrlPath) -> About {
    let site = view.site();
    let linked = match site.catalog().place(address) {
        Some(Place::Page(id)) => site.pages().get(id.0 as usize),
        _ => None,
    };
    let file = linked.map(|linked| linked.page.path.site_path());
    let mut found = findings(site, file.as_ref());
    found.extend(view.mistakes(Some(address)));
    found.sort_by_key(|found| found.severity);
    let mut about = About {
        file: file.map(|file| file.to_string()),
        problems: found.iter().map(|found| view.problem(found)).collect(),
        elsewhere: elsewhere(site, &found),
        has_editor: site.config().editor.is_some(),
        ..About::default()
    };
    if let Some(linked) = linked {
        describe(site, linked, &mut about);
    }
    about
}

/// The findings of a page's file, and errors of files that all pages are made with.
fn findings(site: &Site, file: Option<&SitePath>) -> Vec<Diagnostic> {
    let concerns = |found: &&Diagnostic| {
        let place = &found.primary.file;
        let is_article = place.as_str().starts_with("content/") && place.as_str().ends_with(".md");
        Some(place) == file || (!is_article && found.severity == Severity::Error)
    };
    site.diagnostics().iter().filter(concerns).cloned().collect()
}

/// The files with errors that are not among those shown.
fn elsewhere(site: &Site, shown: &[Diagnostic]) -> Vec<Elsewhere> {
    let mut files: BTreeMap<&SitePath, usize> = BTreeMap::new();
    for error in site.diagnostics().iter().filter(|found| found.severity == Severity::Error) {
        *files.entry(&error.primary.file).or_default() += 1;
    }
    for found in shown {
        files.remove(&found.primary.file);
    }
    let catalog = site.catalog();
    let files = files.into_iter().take(MOST_FILES).map(|(file, errors)| {
        let page = file.in_content().and_then(|path| catalog.by_path(path.as_str()));
        let url = page.map(|id| catalog.page(id).address.to_string());
        Elsewhere { file: file.to_string(), errors, url }
    });
    files.collect()
}

fn describe(site: &Site, linked: &LinkedPage, about: &mut About) {
    let knowledge = Knowledge::new(site.config(), site.registries(), site.rules());
    let subject = Subject::new(&linked.page, &knowledge, site.today());
    let document = &linked.page.document;
    let text = document.plain_text(0..document.events().len() as u32);
    about.words = text.lines().map(|block| words(block).count()).sum();
    about.minutes = about.words.div_ceil(WORDS_PER_MINUTE);
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
    for mark in &linked.marks {
        match &mark.kind {
            MarkKind::Condition(id) => add(condition(*id), None),
            MarkKind::Term(id) => add((id.to_string(), format!("/glossary/#{id}")), None),
        }
    }
    for skipped in &linked.skipped {
        add(condition(skipped.condition), Some(skipped.reason.as_str()));
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
    let every = linked.page.front_matter.review_every.as_ref();
    let next = every.map_or(site.config().review_every, |every| every.value).after(reviewed);
    let signed = site.registries().reviews.get(linked.page.path.as_str());
    let signed = signed.filter(|signed| signed.date >= reviewed);
    if signed.is_some_and(|signed| signed.text != reviewed_text(subject)) {
        return format!("Changed since the review of {reviewed}");
    }
    if next < site.today() { format!("Review was due {next}") } else { format!("Reviewed {reviewed}") }
}
