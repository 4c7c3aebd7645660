//! Reports: draws diagnostics, explanations and the reference of all codes.
//!
//! [`draw`] takes findings and gives text; it opens no file and writes to no stream. A new form of output is a
//! file here and touches no check.

mod assurance;
mod baseline;
mod due;
mod excerpt;
mod explain;
mod full;
mod github;
mod json;
mod reference;
mod sarif;
mod short;

pub use assurance::{Assurance, Graph, assurance, assurance_html, assurance_json};
pub use baseline::Baseline;
pub use due::{due_calendar, due_json, due_table};
pub use explain::explain;
pub use reference::reference;

use std::collections::BTreeSet;
use std::str::FromStr;

use crate::diag::{Diagnostic, Severity, sort};
use crate::name::SitePath;
use crate::source::{Source, Span};

/// A form in which findings are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Format {
    /// With excerpt, labels, notes and help, for people.
    #[default]
    Full,
    /// One line for each finding, for people and editors.
    Short,
    /// An array of objects, for programs; its fields are stable.
    Json,
    /// SARIF 2.1.0, for code-scanning services.
    Sarif,
    /// Workflow commands of GitHub Actions, which become remarks beside the changed lines.
    Github,
}

impl Format {
    /// The names that the command line takes, in the order in which they are listed.
    pub const NAMES: [&'static str; 5] = ["full", "short", "json", "sarif", "github"];

    /// Whether a program reads the form, so that it belongs on standard output.
    pub fn is_for_programs(self) -> bool {
        matches!(self, Self::Json | Self::Sarif | Self::Github)
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        match name {
            "full" => Ok(Self::Full),
            "short" => Ok(Self::Short),
            "json" => Ok(Self::Json),
            "sarif" => Ok(Self::Sarif),
            "github" => Ok(Self::Github),
            _ => Err(format!("unknown format `{name}`; known are {}", Self::NAMES.join(", "))),
        }
    }
}

/// How text for people is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether the text goes to a terminal that shows colour.
    pub color: bool,
    /// The width in columns to which long lines of an excerpt are cut.
    pub width: usize,
}

impl Default for Style {
    fn default() -> Self {
        Self { color: false, width: 120 }
    }
}

/// Looks up the text of a file for its excerpt; `None` where it cannot be had, and then the place is drawn bare.
pub type Sources<'a> = &'a dyn Fn(&SitePath) -> Option<Source>;

/// Draws the findings sorted by file and place, equal ones once, with a summary at the end of forms for people.
pub fn draw(diagnostics: &[Diagnostic], sources: Sources<'_>, format: Format, style: Style) -> String {
    let mut sorted = diagnostics.to_vec();
    sort(&mut sorted);
    match format {
        Format::Full => full::draw(&sorted, sources, style),
        Format::Short => short::draw(&sorted, sources, style),
        Format::Json => json::draw(&sorted, sources),
        Format::Sarif => sarif::draw(&sorted, sources),
        Format::Github => github::draw(&sorted, sources),
    }
}

/// One line for each finding, `file:line:column: level[code]: message`, in the order given and without a summary.
pub fn lines(diagnostics: &[Diagnostic], sources: Sources<'_>, style: Style) -> String {
    short::lines(diagnostics, sources, style)
}

/// How many findings there are, in a few words: `2 errors and 1 warning in 2 files`; `no findings`.
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let levels = [
        (Severity::Error, "error", "errors"),
        (Severity::Warning, "warning", "warnings"),
        (Severity::Info, "remark", "remarks"),
    ];
    let counted: Vec<String> = levels
        .into_iter()
        .map(|(severity, one, many)| {
            (diagnostics.iter().filter(|finding| finding.severity == severity).count(), one, many)
        })
        .filter(|&(count, ..)| count > 0)
        .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
        .collect();
    let Some((last, others)) = counted.split_last() else {
        return "no findings".to_owned();
    };
    let counted = if others.is_empty() { last.clone() } else { format!("{} and {last}", others.join(", ")) };
    let files: BTreeSet<&SitePath> = diagnostics.iter().map(|finding| &finding.primary.file).collect();
    format!("{counted} in {} {}", files.len(), if files.len() == 1 { "file" } else { "files" })
}

/// First and last place of a span as people count; both 1:1 where the text cannot be had.
#[derive(Clone, Copy)]
struct Place {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

impl Place {
    fn of(file: &SitePath, span: Span, sources: Sources<'_>) -> Self {
        match sources(file) {
            Some(source) => {
                let (start, end) = (source.position(span.start), source.position(span.end));
                Self { line: start.line, column: start.column, end_line: end.line, end_column: end.column }
            }
            None => Self { line: 1, column: 1, end_line: 1, end_column: 1 },
        }
    }
}

/// The text on one line and without control characters, which could steer a terminal.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests;
