//! The stable form for programs: an array with one object for each finding.
//!
//! Fields may be added; none is renamed or taken away. Byte offsets count from 0 in the file, lines and columns
//! from 1, columns in characters.

use serde::Serialize;

use super::{Place, Sources};
use crate::diag::{Diagnostic, Label, Severity};
use crate::source::Span;

#[derive(Serialize)]
struct Finding<'a> {
    code: &'a str,
    severity: Severity,
    message: &'a str,
    file: &'a str,
    span: Bytes,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    label: &'a str,
    related: Vec<Related<'a>>,
    notes: &'a [String],
    help: Option<&'a str>,
    edit: Option<Change<'a>>,
}

#[derive(Serialize)]
struct Bytes {
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct Related<'a> {
    file: &'a str,
    span: Bytes,
    line: usize,
    column: usize,
    text: &'a str,
}

#[derive(Serialize)]
struct Change<'a> {
    span: Bytes,
    replacement: &'a str,
}

pub(super) fn draw(diagnostics: &[Diagnostic], sources: Sources<'_>) -> String {
    let findings: Vec<Finding> = diagnostics.iter().map(|finding| object(finding, sources)).collect();
    let mut out = serde_json::to_string_pretty(&findings).expect("plain fields with text keys serialize");
    out.push('\n');
    out
}

fn object<'a>(diagnostic: &'a Diagnostic, sources: Sources<'_>) -> Finding<'a> {
    let Label { file, span, text } = &diagnostic.primary;
    let place = Place::of(file, *span, sources);
    Finding {
        code: diagnostic.code.as_str(),
        severity: diagnostic.severity,
        message: &diagnostic.message,
        file: file.as_str(),
        span: bytes(*span),
        line: place.line,
        column: place.column,
        end_line: place.end_line,
        end_column: place.end_column,
        label: text,
        related: diagnostic.secondary.iter().map(|label| related(label, sources)).collect(),
        notes: &diagnostic.notes,
        help: diagnostic.help.as_deref(),
        edit: diagnostic
            .edit
            .as_ref()
            .map(|edit| Change { span: bytes(edit.span), replacement: &edit.replacement }),
    }
}

fn related<'a>(label: &'a Label, sources: Sources<'_>) -> Related<'a> {
    let place = Place::of(&label.file, label.span, sources);
    Related {
        file: label.file.as_str(),
        span: bytes(label.span),
        line: place.line,
        column: place.column,
        text: &label.text,
    }
}

fn bytes(span: Span) -> Bytes {
    Bytes { start: span.start, end: span.end }
}
