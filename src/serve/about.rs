//! What the author's bar says of a page.

use std::collections::BTreeMap;

use super::site::SiteView;
use super::view::{About, Mention};
use crate::catalog::{PageId, Place};
use crate::check::readability::{Counts, Grades, TermWords, measure};
use crate::diag::{Diagnostic, Severity};
use crate::link::{LinkedPage, MarkKind};
use crate::name::{SitePath, UrlPath};
use crate::pipeline::Site;

/// How many words a minute people read; as in the built pages.
const WORDS_PER_MINUTE: usize = 200;

/// Fewer sentences give no grade that means anything.
const GRADED_SENTENCES: usize = 5;

/// The grade that pages for patients should not exceed: what the American Medical Association advises is 6, and most
/// sites reach 8.
const TARGET_GRADE: f64 = 8.0;

pub(super) fn about(view: &SiteView, address: &UrlPath) -> About {
    let site = view.site();
    let linked = match site.catalog().place(address) {
        Some(Place::Page(id)) => site.pages().get(id.0 as usize),
        _ => None,
    };
    let file = linked.map(|linked| linked.page.path.site_path());
    let mut found = findings(site, file.as_ref());
    found.extend(view.mistakes_at(address));
    found.sort_by_key(|found| found.severity);
    let mut about = About {
        file: file.map(|file| file.to_string()),
        problems: found.iter().map(|found| view.problem(found)).collect(),
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

fn describe(site: &Site, linked: &LinkedPage, about: &mut About) {
    let document = &linked.page.document;
    let text = document.plain_text(0..document.events().len() as u32);
    let terms = TermWords::default();
    let mut counts = Counts::default();
    for block in text.lines() {
        counts += measure(block, &terms).adjusted;
    }
    about.words = counts.words;
    about.minutes = counts.words.div_ceil(WORDS_PER_MINUTE);
    if counts.sentences >= GRADED_SENTENCES {
        about.grade = Some(Grades::of(&counts).flesch_kincaid);
        about.target_grade = Some(TARGET_GRADE);
    }
    let named = |id: PageId| {
        let page = site.catalog().page(id);
        (page.title.clone(), page.address.to_string())
    };
    let incoming = site.incoming().backlinks(linked.id);
    about.links_in = incoming.iter().map(|link| named(link.from)).collect();
    about.links_out = linked.outgoing.iter().map(|link| named(link.page)).collect();
    about.mentions = mentions(site, linked);
    about.review = review(site, linked);
    about.draft = linked.page.interface.draft;
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

fn review(site: &Site, linked: &LinkedPage) -> String {
    let interface = &linked.page.interface;
    let Some(reviewed) = interface.reviewed else {
        let has_to_be = site.config().kind(&interface.kind).is_some_and(|kind| kind.health);
        return if has_to_be { "Never reviewed".to_owned() } else { String::new() };
    };
    let every = linked.page.front_matter.review_every.as_ref();
    let next = every.map_or(site.config().review_every, |every| every.value).after(reviewed);
    if next < site.today() { format!("Review was due {next}") } else { format!("Reviewed {reviewed}") }
}
