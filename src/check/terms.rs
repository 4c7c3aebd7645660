//! Abbreviations (health.md, TRM-2). Terms of the glossary are explained by the site itself at their first use.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Subject;
use super::prose::BlockKind;
use super::readability::words;
use crate::diag::{self, Diagnostic};

/// The most abbreviations that a reader keeps apart.
const MAX_ABBREVIATIONS: usize = 5;

/// Capitals that everyone reads, and words that people shout.
const KNOWN: [&str; 40] = [
    "US", "USA", "UK", "EU", "TV", "OK", "ID", "FAQ", "FAQS", "AM", "PM", "HIV", "AIDS", "DNA", "CD", "DVD",
    "PDF", "ZIP", "ATM", "II", "III", "IV", "VI", "NOT", "NO", "AND", "OR", "DO", "STOP", "CALL", "NOW",
    "ALL", "MUST", "NEVER", "ALWAYS", "ONLY", "COVID", "CEO", "PHD", "MD",
];

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let prose = &subject.prose;
    let mut seen: BTreeMap<&str, Use> = BTreeMap::new();
    for block in prose.blocks() {
        let is_text = block.kind.is_running_text() || block.kind == BlockKind::KeyMessage;
        if !is_text {
            continue;
        }
        let text = prose.block_text(block);
        // Few blocks hold two capitals side by side; the others need not be taken apart.
        if !text.as_bytes().windows(2).any(|pair| pair.iter().all(u8::is_ascii_uppercase)) {
            continue;
        }
        for word in words(text) {
            let Some(short) = abbreviation(&text[word.clone()]) else {
                continue;
            };
            let start = block.range.start + word.start as u32;
            let range = start..start + short.len() as u32;
            let expands = is_expansion(text, &word);
            let entry =
                seen.entry(short).or_insert(Use { first: range.clone(), expanded: None, twice: None });
            match (expands, &entry.expanded) {
                (true, None) => entry.expanded = Some(range),
                (true, Some(_)) => entry.twice = Some(range),
                (false, _) => {}
            }
        }
    }
    seen.retain(|short, _| !subject.knowledge.explains(&short.to_lowercase()));
    for (short, uses) in &seen {
        report(subject, short, uses, found);
    }
    if seen.len() > MAX_ABBREVIATIONS {
        let all: Vec<&str> = seen.keys().copied().collect();
        let message = format!("the page has {} abbreviations: {}", all.len(), all.join(", "));
        found.push(
            subject
                .finding(diag::TOO_MANY_ABBREVIATIONS, subject.place(), message)
                .with_help("write out those that readers will not meet elsewhere"),
        );
    }
}

/// Where an abbreviation stands first, where it is spelled out, and where once more.
struct Use {
    first: Range<u32>,
    expanded: Option<Range<u32>>,
    twice: Option<Range<u32>>,
}

/// The word as an abbreviation: two to five capitals, a plural `s` left out; `None` for other words.
fn abbreviation(word: &str) -> Option<&str> {
    let short = word.strip_suffix("'s").or(word.strip_suffix('s')).unwrap_or(word);
    let fits = (2..=5).contains(&short.len()) && short.bytes().all(|byte| byte.is_ascii_uppercase());
    (fits && !KNOWN.contains(&short)).then_some(short)
}

/// Whether the abbreviation is spelled out where it stands: `physical therapist (PT)` or `PT (physical therapist)`.
fn is_expansion(text: &str, word: &Range<usize>) -> bool {
    let in_brackets = text[..word.start].ends_with('(') && text[word.end..].starts_with([')', ',', ';']);
    let before_brackets = text[word.end..]
        .strip_prefix(" (")
        .is_some_and(|inside| inside.starts_with(char::is_alphabetic) && inside.contains(')'));
    let leads = [" is the ", " is short for ", " stands for ", " means ", ", which is ", ", short for "];
    in_brackets || before_brackets || leads.iter().any(|lead| text[word.end..].starts_with(lead))
}

fn report(subject: &Subject<'_>, short: &str, uses: &Use, found: &mut Vec<Diagnostic>) {
    let is_late = uses.expanded.as_ref().is_none_or(|expanded| expanded.start > uses.first.start);
    if is_late {
        let message = format!("`{short}` is not spelled out where it is first used");
        let mut finding = subject
            .finding_in(diag::UNEXPANDED_ABBREVIATION, uses.first.clone(), message)
            .with_help(format!("write the words and then `({short})`, or add it to glossary.toml"));
        if let Some(expanded) = &uses.expanded {
            let span = subject.prose.span(expanded.clone());
            finding = finding.with_secondary(subject.prose.file(), span, "spelled out only here");
        }
        found.push(finding);
    }
    if let (Some(first), Some(twice)) = (&uses.expanded, &uses.twice) {
        let message = format!("`{short}` is spelled out twice");
        let span = subject.prose.span(first.clone());
        found.push(
            subject.finding_in(diag::TWICE_EXPANDED_ABBREVIATION, twice.clone(), message).with_secondary(
                subject.prose.file(),
                span,
                "spelled out here first",
            ),
        );
    }
}
