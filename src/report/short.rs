//! One line for each finding: `file:line:column: level[code]: message`.

use super::{Place, Sources, Style, one_line, summary};
use crate::diag::{Diagnostic, Severity};

pub(super) fn draw(diagnostics: &[Diagnostic], sources: Sources<'_>, style: Style) -> String {
    let mut out = lines(diagnostics, sources, style);
    out.push_str(&summary(diagnostics));
    out.push('\n');
    out
}

/// The same without the sum.
pub(super) fn lines(diagnostics: &[Diagnostic], sources: Sources<'_>, style: Style) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let Place { line, column, .. } =
            Place::of(&diagnostic.primary.file, diagnostic.primary.span, sources);
        let file = &diagnostic.primary.file;
        let level = diagnostic.severity.as_str();
        let (on, off) = if style.color { (color(diagnostic.severity), "\u{1b}[0m") } else { ("", "") };
        let message = one_line(&diagnostic.message);
        let help = diagnostic.help.as_deref().map(|help| format!("; {}", one_line(help))).unwrap_or_default();
        let code = &diagnostic.code;
        out.push_str(&format!("{file}:{line}:{column}: {on}{level}[{code}]{off}: {message}{help}\n"));
    }
    out
}

fn color(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "\u{1b}[1;31m",
        Severity::Warning => "\u{1b}[1;33m",
        Severity::Info => "\u{1b}[1;34m",
    }
}
