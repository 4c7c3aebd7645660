//! Workflow commands of GitHub Actions: `::error file=…,line=…,col=…,title=code::message`.

use super::{Place, Sources};
use crate::diag::{Diagnostic, Severity};

pub(super) fn draw(diagnostics: &[Diagnostic], sources: Sources<'_>) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let place = Place::of(&diagnostic.primary.file, diagnostic.primary.span, sources);
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        out.push_str(&format!(
            "::{command} file={},line={},endLine={}",
            property(diagnostic.primary.file.as_str()),
            place.line,
            place.end_line
        ));
        // GitHub refuses columns for a range of several lines.
        if place.line == place.end_line {
            out.push_str(&format!(",col={},endColumn={}", place.column, place.end_column));
        }
        let mut text = diagnostic.message.clone();
        for note in &diagnostic.notes {
            text.push_str(&format!("\nnote: {note}"));
        }
        if let Some(help) = &diagnostic.help {
            text.push_str(&format!("\nhelp: {help}"));
        }
        out.push_str(&format!(",title={}::{}\n", property(diagnostic.code.as_str()), data(&text)));
    }
    out
}

/// Text behind `::`, with the characters that end a command escaped.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value of a property, where colon and comma have a meaning too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
