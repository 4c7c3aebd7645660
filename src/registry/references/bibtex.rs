//! BibTeX and BibLaTeX.

use std::collections::BTreeMap;

use biblatex::{Bibliography, ChunksExt, RawBibliography};

use super::{RawEntry, ReferenceKind, check_identifiers, duplicate};
use crate::diag::{self, Diagnostic};
use crate::name::CitationKey;
use crate::source::{Source, Span};

/// The longest field: the parser's time grows with the square of the braces in one.
const MAX_FIELD: usize = 16 * 1024;

/// Reads all entries; one that cannot be read is left out and reported.
pub(super) fn read(source: &Source, found: &mut Vec<Diagnostic>) -> Vec<RawEntry> {
    let text = source.text();
    let mut raw = match RawBibliography::parse(text) {
        Ok(raw) => raw,
        Err(error) => {
            found.push(syntax_error(source, error.span, &error.kind.to_string()));
            return Vec::new();
        }
    };
    let mut keys: BTreeMap<&str, Span> = BTreeMap::new();
    raw.entries.retain(|entry| {
        let key = &entry.v.key;
        let span = Span::new(key.span.start, key.span.end);
        match keys.get(key.v) {
            Some(first) => {
                found.push(duplicate(source.path(), key.v, (source.path(), *first), span));
                false
            }
            None => {
                keys.insert(key.v, span);
                true
            }
        }
    });
    for entry in &mut raw.entries {
        entry.v.fields.retain(|field| {
            let refers = ["crossref", "xdata"].contains(&field.key.v.to_ascii_lowercase().as_str());
            if refers {
                let place = field.key.span.clone();
                found.push(syntax_error(source, place, &format!("`{}` is not supported", field.key.v)));
            }
            let length: usize = field.value.v.iter().map(|chunk| chunk.span.len()).sum();
            let fits = length <= MAX_FIELD && field.value.span.len() <= MAX_FIELD;
            if !fits {
                let message = format!("`{}` is longer than {} KB", field.key.v, MAX_FIELD / 1024);
                found.push(syntax_error(source, field.key.span.clone(), &message));
            }
            !refers && fits
        });
    }
    let spans: BTreeMap<String, Span> = keys.iter().map(|(key, span)| ((*key).to_owned(), *span)).collect();
    match Bibliography::from_raw(raw) {
        Ok(bibliography) => {
            bibliography.iter().filter_map(|entry| read_entry(entry, &spans, source, found)).collect()
        }
        Err(error) => {
            found.push(syntax_error(source, error.span, &error.kind.to_string()));
            Vec::new()
        }
    }
}

fn read_entry(
    entry: &biblatex::Entry,
    spans: &BTreeMap<String, Span>,
    source: &Source,
    found: &mut Vec<Diagnostic>,
) -> Option<RawEntry> {
    let span = spans.get(&entry.key).copied().unwrap_or_default();
    let Some(key) = CitationKey::new(&entry.key) else {
        let message = format!("`{}` is not an id: one word without spaces, `/` and `#`", entry.key);
        found.push(Diagnostic::new(diag::BAD_ID, source.path(), span, message));
        return None;
    };
    let text = |name: &str| entry.get(name).map(|chunks| chunks.format_verbatim());
    let mut out = match hayagriva::Entry::try_from(entry) {
        Ok(entry) => entry,
        Err(error) => {
            let message = format!("the source `{key}` cannot be read: {error}");
            found.push(Diagnostic::new(diag::BIBLIOGRAPHY_SYNTAX, source.path(), span, message));
            return None;
        }
    };
    if let Some(pmid) = text("pmid") {
        out.set_pmid(pmid);
    }
    let kind = text("kind").and_then(|word| {
        let kind = ReferenceKind::WORDS.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind);
        if kind.is_none() {
            let message = format!("`{word}` in `kind` is not known");
            let known = ReferenceKind::WORDS.map(|(word, _)| word);
            let finding = Diagnostic::new(diag::UNKNOWN_VALUE, source.path(), span, message);
            found.push(finding.with_nearest(&word, known));
        }
        kind
    });
    let pmcid = text("pmcid");
    found.extend(check_identifiers(&out, pmcid.as_deref(), source, span));
    let retracted = text("retracted").is_some_and(|text| text.eq_ignore_ascii_case("true"));
    Some(RawEntry { key, span, entry: out, kind, retracted, pmcid })
}

fn syntax_error(source: &Source, span: std::ops::Range<usize>, message: &str) -> Diagnostic {
    let mut span = span.start.min(source.text().len())..span.end.min(source.text().len());
    if !source.text().is_char_boundary(span.start) || !source.text().is_char_boundary(span.end) {
        span = 0..0;
    }
    let place = Span::new(span.start, span.end);
    Diagnostic::new(
        diag::BIBLIOGRAPHY_SYNTAX,
        source.path(),
        place,
        format!("the references cannot be read: {message}"),
    )
}
