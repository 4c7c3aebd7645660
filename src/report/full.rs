//! The form for people: excerpt, labels, notes and help, as compilers draw them.

use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet, renderer::DecorStyle,
};

use super::excerpt::Excerpt;
use super::{Sources, Style, one_line, summary};
use crate::diag::{Diagnostic, Label, Severity};
use crate::name::SitePath;

pub(super) fn draw(diagnostics: &[Diagnostic], sources: Sources<'_>, style: Style) -> String {
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(style.width.max(40));
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&renderer.render(&groups(diagnostic, sources)));
        out.push_str("\n\n");
    }
    out.push_str(&summary(diagnostics));
    out.push('\n');
    out
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    }
}

fn groups<'a>(diagnostic: &'a Diagnostic, sources: Sources<'_>) -> Vec<Group<'a>> {
    let title =
        level(diagnostic.severity).primary_title(one_line(&diagnostic.message)).id(diagnostic.code.as_str());
    let mut group = Group::with_title(title);
    for file in files_of(diagnostic) {
        group = match sources(file) {
            Some(source) => {
                let labels: Vec<(AnnotationKind, &Label)> = labels_in(diagnostic, file).collect();
                let excerpt = Excerpt::around(&source, labels.iter().map(|(_, label)| label.span));
                group.element(snippet(file, excerpt, &labels))
            }
            None => group.element(Origin::path(file.as_str())),
        };
    }
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(one_line(note)));
    }
    match suggestion(diagnostic, sources) {
        Some(suggestion) => vec![group, suggestion],
        None => match &diagnostic.help {
            Some(help) => vec![group.element(Level::HELP.message(one_line(help)))],
            None => vec![group],
        },
    }
}

/// The files of the labels, the finding's own first, each once.
fn files_of(diagnostic: &Diagnostic) -> Vec<&SitePath> {
    let mut files = vec![&diagnostic.primary.file];
    for label in &diagnostic.secondary {
        if !files.contains(&&label.file) {
            files.push(&label.file);
        }
    }
    files
}

fn labels_in<'a>(
    diagnostic: &'a Diagnostic,
    file: &SitePath,
) -> impl Iterator<Item = (AnnotationKind, &'a Label)> {
    let primary = std::iter::once((AnnotationKind::Primary, &diagnostic.primary));
    let others = diagnostic.secondary.iter().map(|label| (AnnotationKind::Context, label));
    primary.chain(others).filter(move |(_, label)| label.file == *file)
}

fn snippet<'a>(
    file: &'a SitePath,
    excerpt: Excerpt,
    labels: &[(AnnotationKind, &'a Label)],
) -> Snippet<'a, Annotation<'a>> {
    let ranges: Vec<_> =
        labels.iter().map(|(kind, label)| (*kind, excerpt.range(label.span), label)).collect();
    let mut snippet = Snippet::source(excerpt.text).line_start(excerpt.first_line).path(file.as_str());
    for (kind, range, label) in ranges {
        let annotation = kind.span(range);
        let has_words = !label.text.is_empty();
        snippet =
            snippet.annotation(if has_words { annotation.label(one_line(&label.text)) } else { annotation });
    }
    snippet
}

/// The edit as a change of lines, under the help's words.
fn suggestion<'a>(diagnostic: &'a Diagnostic, sources: Sources<'_>) -> Option<Group<'a>> {
    let edit = diagnostic.edit.as_ref()?;
    let source = sources(&diagnostic.primary.file)?;
    let excerpt = Excerpt::around(&source, [edit.span]);
    let range = excerpt.range(edit.span);
    let title = Level::HELP.secondary_title(one_line(diagnostic.help.as_deref().unwrap_or("change it so")));
    let patch = Patch::new(range, &edit.replacement);
    Some(title.element(Snippet::source(excerpt.text).line_start(excerpt.first_line).patch(patch)))
}
