//! Findings as editors draw them, and the changes that mend them.

use std::collections::BTreeMap;

use lsp_types::{
    CodeAction, CodeActionKind, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString,
    Range, TextEdit, WorkspaceEdit,
};

use super::session::Session;
use crate::diag::{Diagnostic, Severity};
use crate::name::SitePath;

/// How many files that are not open are told of at most.
const CLOSED_FILES: usize = 100;

/// The findings of each file that is open, all of them, and of others those that forbid publishing.
///
/// A site that was never checked may have thousands; an editor makes a list of each file that it hears of.
pub(super) fn to_tell(session: &Session) -> BTreeMap<SitePath, Vec<lsp_types::Diagnostic>> {
    let mut files: BTreeMap<SitePath, Vec<&Diagnostic>> = BTreeMap::new();
    let mut closed = 0;
    for found in session.site().diagnostics() {
        let file = &found.primary.file;
        let is_open = session.is_open(file);
        if !is_open && found.severity != Severity::Error {
            continue;
        }
        if let Some(list) = files.get_mut(file) {
            list.push(found);
        } else if is_open || closed < CLOSED_FILES {
            closed += usize::from(!is_open);
            files.insert(file.clone(), vec![found]);
        }
    }
    let drawn = |(file, list): (SitePath, Vec<&Diagnostic>)| {
        let lines = session.lines(&file);
        let list = list.into_iter().map(|found| draw(session, found, lines.range(found.primary.span)));
        let list = list.collect();
        (file, list)
    };
    files.into_iter().map(drawn).collect()
}

fn draw(session: &Session, found: &Diagnostic, range: Range) -> lsp_types::Diagnostic {
    let severity = match found.severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Info => DiagnosticSeverity::INFORMATION,
    };
    let mut message = found.message.clone();
    for more in found.notes.iter().chain(&found.help) {
        message.push('\n');
        message.push_str(more);
    }
    let related = found.secondary.iter().filter_map(|label| {
        let range = session.lines(&label.file).range(label.span);
        let location = Location::new(session.uri(&label.file)?, range);
        Some(DiagnosticRelatedInformation { location, message: label.text.clone() })
    });
    let related: Vec<_> = related.collect();
    lsp_types::Diagnostic {
        range,
        severity: Some(severity),
        code: Some(NumberOrString::String(found.code.to_string())),
        source: Some("needlepoint".to_owned()),
        message,
        related_information: (!related.is_empty()).then_some(related),
        ..lsp_types::Diagnostic::default()
    }
}

/// The changes that would mend findings in a range.
pub(super) fn mending(session: &Session, file: &SitePath, range: Range) -> Vec<CodeAction> {
    let lines = session.lines(file);
    let (start, end) = (lines.offset(range.start), lines.offset(range.end));
    let touches = |found: &&Diagnostic| {
        let span = found.primary.span;
        found.primary.file == *file && span.start as usize <= end && start <= span.end as usize
    };
    let found = session.site().diagnostics().iter().filter(touches);
    let action = |found: &Diagnostic| {
        let edit = found.edit.as_ref()?;
        let change = TextEdit::new(lines.range(edit.span), edit.replacement.clone());
        let title = match edit.replacement.is_empty() {
            true => format!("Take it out ({})", found.code),
            false => format!("Write `{}` ({})", edit.replacement.trim(), found.code),
        };
        Some(CodeAction {
            title,
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![draw(session, found, lines.range(found.primary.span))]),
            edit: Some(WorkspaceEdit::new([(session.uri(file)?, vec![change])].into())),
            is_preferred: Some(true),
            ..CodeAction::default()
        })
    };
    found.filter_map(action).collect()
}
