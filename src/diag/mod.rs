//! Diagnostics: what is wrong in an author's files, as values that ride along with results.
//!
//! A stage adds a [`Diagnostic`]; only `report` draws it. The world's failures (disk, port) are not diagnostics.

mod codes;
mod nearest;

pub use codes::*;
pub use nearest::{did_you_mean, did_you_mean_of_few, nearest};

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;

use crate::name::SitePath;
use crate::source::Span;

/// The name of what is wrong, such as `unknown-key`; built-in codes are constants of this module.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(Cow<'static, str>);

impl Code {
    /// A built-in code.
    pub const fn new(code: &'static str) -> Self {
        Self(Cow::Borrowed(code))
    }

    /// A code that a site's own rule file names.
    pub fn from_rule(code: &str) -> Self {
        Self(Cow::Owned(code.to_owned()))
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the program knows of the code, or `None` for a site's own rule.
    pub fn info(&self) -> Option<&'static CodeInfo> {
        code_info(self.as_str())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a page with the finding may be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Not to be published.
    Error,
    /// May be published, and someone should look.
    Warning,
    /// Worth knowing.
    Info,
}

impl Severity {
    /// The word that is printed: `error`, `warning`, `info`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// What the program knows of one code.
pub struct CodeInfo {
    /// The code.
    pub code: &'static str,
    /// The level a site gets without a word in its configuration.
    pub severity: Severity,
    /// The chapter of the reference: `front matter`, `links`, `claims` …
    pub group: &'static str,
    /// The explanation, in Markdown: a first line that says what is wrong, then the headings
    /// `Why it matters`, `Example`, `Instead`, and, where someone else's rule stands behind it, `Source`.
    pub explanation: &'static str,
}

impl CodeInfo {
    /// The first line of the explanation: what is wrong, in one sentence.
    pub fn summary(&self) -> &'static str {
        self.explanation.lines().next().unwrap_or_default()
    }
}

/// A place in a file with a few words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// The file.
    pub file: SitePath,
    /// The bytes meant.
    pub span: Span,
    /// What is to be seen there; empty where pointing is enough.
    pub text: String,
}

/// A change that would mend the finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes to be replaced, in the file of the finding.
    pub span: Span,
    /// What to put there.
    pub replacement: String,
}

/// One thing wrong in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of thing.
    pub code: Code,
    /// Whether the page may be published.
    pub severity: Severity,
    /// What is wrong; lower case, no full stop, names in backquotes; stands alone.
    pub message: String,
    /// Where; its text may be shorter than the message because it points.
    pub primary: Label,
    /// Other places that belong to it.
    pub secondary: Vec<Label>,
    /// Further facts.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Option<String>,
    /// A change that would mend it.
    pub edit: Option<Edit>,
}

impl Diagnostic {
    /// A finding at the code's own level.
    pub fn new(code: Code, file: &SitePath, span: Span, message: impl Into<String>) -> Self {
        let severity = code.info().map_or(Severity::Warning, |info| info.severity);
        Self {
            code,
            severity,
            message: message.into(),
            primary: Label { file: file.clone(), span, text: String::new() },
            secondary: Vec::new(),
            notes: Vec::new(),
            help: None,
            edit: None,
        }
    }

    /// The finding at another level.
    #[must_use]
    pub fn with_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The finding with a few words at its place.
    #[must_use]
    pub fn with_label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// The finding with a further place.
    #[must_use]
    pub fn with_secondary(mut self, file: &SitePath, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label { file: file.clone(), span, text: text.into() });
        self
    }

    /// The finding with a further fact.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// The finding with what to do about it.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The finding with the nearest known name as help, where one is near.
    #[must_use]
    pub fn with_nearest<'a>(self, typed: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match did_you_mean(typed, known) {
            Some(help) => self.with_help(help),
            None => self,
        }
    }

    /// The finding with a change that would mend it.
    #[must_use]
    pub fn with_edit(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.edit = Some(Edit { span, replacement: replacement.into() });
        self
    }

    fn order(&self) -> (&SitePath, Span, &Code, &str) {
        (&self.primary.file, self.primary.span, &self.code, &self.message)
    }
}

/// Sorts findings by file, place and code, and leaves one of each that are equal.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
    diagnostics.dedup();
}

/// Whether one of the findings forbids publishing.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}
