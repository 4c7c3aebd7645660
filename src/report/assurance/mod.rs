//! The assurance report: what was checked by machine, what by a person, and what nobody can check by rule.
//!
//! [`assurance`] gathers it from a site; [`assurance_html`] and [`assurance_json`] write it. The same site gives the
//! same bytes. The report claims no seal and no conformance: it lists what was looked at.

mod graph;
mod html;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::check::readability::{Grades, Readability};
use crate::check::rules::RuleSet;
use crate::check::{Due, Knowledge, Subject, due, measure};
use crate::diag::{Severity, all_codes};
use crate::link::LinkedPage;
use crate::pipeline::Site;

pub use graph::Graph;
pub use html::assurance_html;

/// What is known of a site's pages.
#[derive(Clone, Debug, Serialize)]
pub struct Assurance {
    /// The site's title.
    pub title: String,
    /// The day for which it holds: `2026-11-21`.
    pub date: String,
    /// The pages, sorted by file.
    pub pages: Vec<Row>,
    /// The reviews in the order in which they are due.
    pub reviews: Vec<ReviewRow>,
    /// Findings that authors silenced, with their reasons.
    pub waivers: Vec<WaiverRow>,
    /// Every check with the number of its findings.
    pub checks: Vec<CheckRow>,
    /// What a person must judge.
    pub by_people: Vec<&'static str>,
    /// Articles, conditions, and who speaks of what.
    pub graph: Graph,
}

/// One page.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// Its file, relative to `content/`.
    pub file: String,
    /// Where it is.
    pub address: String,
    /// Its title.
    pub title: String,
    /// The label of its kind.
    pub kind: String,
    /// Findings of each level.
    pub errors: usize,
    /// See `errors`.
    pub warnings: usize,
    /// See `errors`.
    pub remarks: usize,
    /// Words of running text.
    pub words: usize,
    /// Flesch-Kincaid grade as the text stands, to one decimal.
    pub grade: f64,
    /// The same with the glossary's terms taken as easy.
    pub adjusted_grade: f64,
    /// SMOG grade; `None` below ten sentences.
    pub smog: Option<f64>,
    /// When it was last reviewed.
    pub reviewed: Option<String>,
    /// Days since then.
    pub review_age: Option<i32>,
    /// Whether the review was signed.
    pub signed: bool,
    /// Sources that it cites.
    pub sources: usize,
    /// Pages that it links to.
    pub links_out: usize,
    /// Pages that link to it or speak of it.
    pub links_in: usize,
}

/// One review.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewRow {
    /// The page's file.
    pub file: String,
    /// When the review is due; `None` where the page never was reviewed.
    pub due: Option<String>,
    /// Days until then; below 0 where it has passed.
    pub days: Option<i32>,
    /// Who reviewed it last.
    pub reviewer: Option<String>,
}

/// One waiver.
#[derive(Clone, Debug, Serialize)]
pub struct WaiverRow {
    /// The page's file.
    pub file: String,
    /// What is silenced.
    pub code: String,
    /// Why.
    pub reason: String,
}

/// One check.
#[derive(Clone, Debug, Serialize)]
pub struct CheckRow {
    /// Its code.
    pub code: &'static str,
    /// Its chapter.
    pub chapter: &'static str,
    /// What it finds.
    pub summary: &'static str,
    /// How many findings there are.
    pub findings: usize,
}

/// What no rule can tell; a person must.
const BY_PEOPLE: [&str; 10] = [
    "Whether what the page says is true, and whether the sources say so.",
    "Whether the reviewer has the training that the credentials name.",
    "Whether the grade of the evidence is right.",
    "Whether care cards name the right signs for this treatment and these readers.",
    "Whether the risks and reasons not to treat are complete.",
    "Whether the page answers what readers want to know (DISCERN question 3).",
    "Whether pictures help and do not distract (PEMAT-P items 15, 16 and 18).",
    "Whether readers were asked and could use the page (PIF TICK criterion 5).",
    "Whether the page serves readers of all kinds (PIF TICK criterion 6).",
    "Whether the theme can be used with a keyboard, a screen reader and magnified text.",
];

/// Gathers the report of a site.
pub fn assurance(site: &Site) -> Assurance {
    let rules = RuleSet::new([]);
    let knowledge = Knowledge::new(site.config(), site.registries(), &rules);
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let mut by_code: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in site.diagnostics() {
        let of_file = counts.entry(finding.primary.file.as_str()).or_default();
        of_file[finding.severity as usize] += 1;
        *by_code.entry(finding.code.as_str()).or_default() += 1;
    }
    let pages = site.pages().iter().map(|linked| row(linked, site, &knowledge, &counts)).collect();
    let own = site.pages().iter().map(|linked| &*linked.page);
    let reviews = due(own, site.config(), site.today()).iter().map(review_row).collect();
    let checks = all_codes()
        .map(|info| CheckRow {
            code: info.code,
            chapter: info.group,
            summary: info.summary(),
            findings: by_code.get(info.code).copied().unwrap_or(0),
        })
        .collect();
    Assurance {
        title: site.config().title.clone(),
        date: site.today().to_string(),
        pages,
        reviews,
        waivers: waivers(site),
        checks,
        by_people: BY_PEOPLE.to_vec(),
        graph: graph::graph(site),
    }
}

/// Writes the report as JSON.
pub fn assurance_json(assurance: &Assurance) -> String {
    let mut out = serde_json::to_string_pretty(assurance).expect("plain fields with text keys serialize");
    out.push('\n');
    out
}

fn row(
    linked: &LinkedPage,
    site: &Site,
    knowledge: &Knowledge<'_>,
    counts: &BTreeMap<&str, [usize; 3]>,
) -> Row {
    let page = &*linked.page;
    let subject = Subject::new(page, knowledge, site.today());
    let Readability { raw, adjusted } = measure(&subject).page;
    let (grades, easier) = (Grades::of(&raw), Grades::of(&adjusted));
    let found = counts.get(page.document.source().path().as_str()).copied().unwrap_or_default();
    let interface = &page.interface;
    let age = |reviewed: jiff::civil::Date| reviewed.until(site.today()).map_or(0, |span| span.get_days());
    Row {
        file: page.path.as_str().to_owned(),
        address: interface.address.as_str().to_owned(),
        title: interface.title.clone(),
        kind: subject.kind.map_or_else(|| interface.kind.to_string(), |kind| kind.label.clone()),
        errors: found[Severity::Error as usize],
        warnings: found[Severity::Warning as usize],
        remarks: found[Severity::Info as usize],
        words: raw.words,
        grade: tenth(grades.flesch_kincaid),
        adjusted_grade: tenth(easier.flesch_kincaid),
        smog: grades.smog.map(tenth),
        reviewed: interface.reviewed.map(|day| day.to_string()),
        review_age: interface.reviewed.map(age),
        signed: site.registries().reviews.get(page.path.as_str()).is_some(),
        sources: linked.sources.len(),
        links_out: linked.outgoing.len(),
        links_in: site.incoming().backlinks(linked.id).len(),
    }
}

fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

fn review_row(due: &Due) -> ReviewRow {
    ReviewRow {
        file: due.file.clone(),
        due: due.due.map(|day| day.to_string()),
        days: due.days,
        reviewer: due.reviewer.as_ref().map(ToString::to_string),
    }
}

fn waivers(site: &Site) -> Vec<WaiverRow> {
    let mut all = Vec::new();
    for linked in site.pages() {
        for waiver in &linked.page.front_matter.waivers {
            all.push(WaiverRow {
                file: linked.page.path.as_str().to_owned(),
                code: waiver.code.clone(),
                reason: waiver.reason.clone(),
            });
        }
    }
    all
}
