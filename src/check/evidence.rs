//! Sources and what is known (health.md, EVD).

use std::collections::BTreeSet;

use super::Subject;
use crate::aspect::Aspect;
use crate::diag::{self, Diagnostic};
use crate::front_matter::{Certainty, Evidence};
use crate::registry::{Reference, ReferenceKind};

/// The oldest a source should be, and the oldest that the newest should be, in years.
const OLDEST: i32 = 10;
const NEWEST: i32 = 5;

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let sources = sources(subject);
    let cites = !subject.page.document.citations().is_empty()
        || subject.evidence().iter().any(|evidence| !evidence.refs.is_empty());
    if !cites && (subject.treatment || subject.condition) {
        found.push(
            subject
                .finding(diag::NO_SOURCES, subject.place(), "the page names no source")
                .with_help("cite with `[@key]` what the page takes from elsewhere"),
        );
    }
    if subject.treatment || subject.condition || subject.section_span(&[Aspect::Evidence]).is_some() {
        check_age(subject, &sources, found);
    }
    for source in sources.iter().filter(|source| source.retracted) {
        let span = citation_span(subject, source.key.as_str());
        let message = format!("`{}` was retracted", source.key);
        found.push(subject.finding(diag::RETRACTED_SOURCE, span, message).with_help("take it out"));
    }
    for evidence in subject.evidence() {
        check_entry(subject, evidence, found);
    }
    if subject.treatment && subject.english {
        check_section(subject, found);
    }
}

/// The known sources that the page cites, each once.
fn sources<'a>(subject: &'a Subject<'_>) -> Vec<&'a Reference> {
    let document = &subject.page.document;
    let in_body = document.citations().iter().flat_map(|group| group.items.iter().map(|item| &item.key));
    let in_front = subject.evidence().iter().flat_map(|evidence| evidence.refs.iter().map(|key| &key.value));
    let keys: BTreeSet<_> = in_body.chain(in_front).collect();
    keys.into_iter().filter_map(|key| subject.knowledge.registries.references.get(key.as_str())).collect()
}

/// Where the page first cites a source.
fn citation_span(subject: &Subject<'_>, key: &str) -> crate::source::Span {
    let groups = subject.page.document.citations().iter();
    let in_body = groups.flat_map(|group| group.items.iter()).find(|item| item.key.as_str() == key);
    let mut in_front = subject.evidence().iter().flat_map(|evidence| &evidence.refs);
    let in_front = || in_front.find(|own| own.value.as_str() == key).map(|key| key.span);
    in_body.map(|item| item.span).or_else(in_front).unwrap_or_else(|| subject.place())
}

fn check_age(subject: &Subject<'_>, sources: &[&Reference], found: &mut Vec<Diagnostic>) {
    let dated: Vec<(i32, &Reference)> =
        sources.iter().filter_map(|source| Some((source.year?, *source))).collect();
    let this_year = i32::from(subject.today.year());
    let Some(newest) = dated.iter().map(|(year, _)| *year).max() else {
        return;
    };
    if this_year - newest > NEWEST {
        let message = format!("the newest source is from {newest}");
        found.push(
            subject
                .finding(diag::OLD_SOURCES, subject.place(), message)
                .with_help("look for newer studies, guidelines or reviews"),
        );
        return;
    }
    // A standard from long ago can still stand; what matters is that most sources are not old.
    let old: Vec<&str> = dated
        .iter()
        .filter(|(year, _)| this_year - year > OLDEST)
        .map(|(_, source)| source.key.as_str())
        .collect();
    if old.len() * 2 > dated.len() {
        let message = format!("most sources are more than {OLDEST} years old: `{}`", old.join("`, `"));
        found.push(subject.finding(diag::OLD_SOURCES, subject.place(), message));
    }
}

/// An entry of `evidence` must say how sure, what is known and what is not.
fn check_entry(subject: &Subject<'_>, evidence: &Evidence, found: &mut Vec<Diagnostic>) {
    let has = |text: &Option<crate::typed::Spanned<String>>| {
        text.as_ref().is_some_and(|text| !text.value.trim().is_empty())
    };
    let mut missing = Vec::new();
    if evidence.certainty.is_none() {
        missing.push("`certainty`");
    }
    if !has(&evidence.known) {
        missing.push("`known`");
    }
    if !has(&evidence.unknown) {
        missing.push("`unknown`");
    }
    if !missing.is_empty() {
        let message = format!("the evidence has no {}", missing.join(" and no "));
        found.push(
            subject
                .finding(diag::ONE_SIDED_EVIDENCE, evidence.span, message)
                .with_help("say how sure it is, what is known, and what is not known"),
        );
    }
    let Some(certainty) =
        evidence.certainty.as_ref().filter(|certainty| certainty.value > Certainty::VeryLow)
    else {
        return;
    };
    let references = &subject.knowledge.registries.references;
    let kinds: Vec<ReferenceKind> =
        evidence.refs.iter().filter_map(|key| references.get(key.value.as_str())?.kind).collect();
    let strong = [ReferenceKind::Guideline, ReferenceKind::SystematicReview, ReferenceKind::Trial];
    if !kinds.is_empty() && !kinds.iter().any(|kind| strong.contains(kind)) {
        let rests: BTreeSet<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
        let rests: Vec<&str> = rests.into_iter().collect();
        let message = format!(
            "the certainty `{}` rests on no more than: {}",
            certainty.value.as_str(),
            rests.join(", ")
        );
        found.push(
            subject
                .finding(diag::WEAK_SOURCES, certainty.span, message)
                .with_help("cite a guideline, systematic review or trial, or call it `very low`"),
        );
    }
}

/// The section on evidence of a treatment's page must speak of what is not known.
fn check_section(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    const WORDS: [&str; 18] = [
        "not known",
        "unknown",
        "do not know",
        "does not know",
        "nobody knows",
        "no one knows",
        "unclear",
        "not clear",
        "uncertain",
        "unsure",
        "not sure",
        "few studies",
        "no studies",
        "not been studied",
        "not enough",
        "too small",
        "not certain",
        "still open",
    ];
    let Some(span) = subject.section_span(&[Aspect::Evidence]) else {
        return;
    };
    let says = |text: &str| {
        let text = text.to_lowercase();
        WORDS.iter().any(|words| text.contains(words))
    };
    let mut blocks = subject.blocks_of(&[Aspect::Evidence]);
    if !blocks.any(|block| says(subject.prose.block_text(block))) {
        found.push(
            subject
                .finding(
                    diag::ONE_SIDED_EVIDENCE,
                    span,
                    "the section on evidence does not say what is not known",
                )
                .with_help("name the open questions: how long it lasts, for whom, compared with what"),
        );
    }
}
