//! Checks: what can be said about a page or a site by rule; one check a file.
//!
//! [`page`] looks at one page and what the registries say; [`site`] at all pages together. Checks build findings and
//! draw nothing. Those of health hold for kinds that the site's configuration marks as health. No check can tell that
//! a page is right: it finds what is wrong in a way that a rule can see.

mod access;
mod assets;
mod balance;
mod codes;
mod due;
mod evidence;
mod languages;
mod link_text;
mod media;
mod numbers;
mod plain;
mod policy;
pub mod prose;
mod provenance;
pub mod readability;
pub mod rules;
mod safety;
mod structure;
mod subject;
mod terms;
mod waivers;

pub use assets::asset;
pub use due::{Due, due};
pub use plain::{ACCEPTED_GRADE, PageReadability, measure};
pub use policy::site;
pub use provenance::reviewed_text;
pub use subject::{Knowledge, Subject};

use jiff::civil::Date;

use crate::config::PublisherKind;
use crate::diag::{Diagnostic, Severity};
use crate::page::Page;

use rules::Context;

/// What is wrong in a page by the program's and the site's rules. Depends on nothing but the arguments.
///
/// Findings come at their codes' own levels, with two exceptions: a site that gives care (`publisher.kind =
/// "provider"`) is an advertiser, so its claims are judged as errors; and on a page of a built-in kind that the site
/// has not made its own, nothing is worse than a warning.
pub fn page(page: &Page, knowledge: &Knowledge<'_>, today: Date) -> Vec<Diagnostic> {
    let subject = Subject::new(page, knowledge, today);
    let mut found = Vec::new();
    access::check(&subject, &mut found);
    media::check(&subject, &mut found);
    codes::check(&subject, &mut found);
    languages::check(&subject, &mut found);
    link_text::check(&subject, &mut found);
    structure::check(&subject, &mut found);
    waivers::check(&subject, knowledge, &mut found);
    if subject.health {
        provenance::check(&subject, &mut found);
        evidence::check(&subject, &mut found);
        balance::check(&subject, &mut found);
        safety::check(&subject, &mut found);
        if subject.english {
            plain::check(&subject, &mut found);
            terms::check(&subject, &mut found);
            numbers::check(&subject, &mut found);
        }
    }
    if subject.english {
        let explains = |word: &str| knowledge.explains(word);
        let context = Context { health: subject.health, certainty: subject.certainty(), explains: &explains };
        found.extend(knowledge.rules.apply(&subject.prose, context));
    }
    let publisher = knowledge.config.publisher.as_ref();
    let provider = publisher.is_some_and(|publisher| publisher.kind == PublisherKind::Provider);
    for finding in &mut found {
        let is_claim = finding.code.info().is_some_and(|info| info.group == "claims");
        if provider && is_claim && finding.severity == Severity::Warning {
            finding.severity = Severity::Error;
        }
        if !subject.declared && finding.severity == Severity::Error {
            finding.severity = Severity::Warning;
        }
    }
    found
}

#[cfg(test)]
mod tests;
