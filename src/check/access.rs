//! What readers need who do not see a page, or not well (health.md, section 9: the rows that content decides).

use super::Subject;
use crate::diag::{self, Diagnostic};
use crate::markdown::{EventKind, Image, Tag};

/// The longest alternative text, in characters: an NHS rule.
const MAX_ALT: usize = 125;

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for image in subject.page.document.images() {
        check_image(subject, image, found);
    }
    check_tables(subject, found);
}

fn check_image(subject: &Subject<'_>, image: &Image, found: &mut Vec<Diagnostic>) {
    let alt = image.alt.trim();
    let length = alt.chars().count();
    if length > MAX_ALT {
        let message = format!("the alternative text has {length} characters");
        found.push(
            subject
                .finding(diag::LONG_ALT, image.span, message)
                .with_help(format!("at most {MAX_ALT}; say the rest in the text beside it")),
        );
    }
    let lower = alt.to_lowercase();
    let file = image.target.rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let starts =
        ["image of", "picture of", "photo of", "photograph of", "graphic of", "an image of", "a picture of"];
    let why = if starts.iter().any(|start| lower.starts_with(start)) {
        "says that it is an image"
    } else if !alt.is_empty() && (lower == file.to_lowercase() || lower == stem.to_lowercase()) {
        "is the name of the file"
    } else if !alt.is_empty()
        && lower.trim_end_matches('.') == image.title.trim().to_lowercase().trim_end_matches('.')
    {
        "repeats the caption"
    } else {
        ""
    };
    if !why.is_empty() {
        found.push(
            subject
                .finding(diag::REDUNDANT_ALT, image.span, format!("the alternative text {why}"))
                .with_help("say what the picture shows"),
        );
    }
    if image.is_figure && image.title.trim().is_empty() && !alt.is_empty() {
        found.push(
            subject
                .finding(diag::UNCAPTIONED_FIGURE, image.span, "the figure has no caption")
                .with_help("add it as the title: `![alt](file.svg \"The caption.\")`"),
        );
    }
}

fn check_tables(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let document = &subject.page.document;
    let is_comparison = subject.page.interface.kind.as_str() == "comparison";
    let mut in_head = false;
    let mut column = 0;
    let mut cell_has_words = false;
    for event in document.events() {
        match event.kind {
            EventKind::Start(Tag::Table(index))
                if subject.health && !document.tables()[index as usize].has_caption =>
            {
                let first = document.source().slice(event.span).find('\n').unwrap_or(event.span.len());
                let start = event.span.start as usize;
                let span = crate::source::Span::new(start, start + first);
                found.push(
                    subject
                        .finding(diag::UNCAPTIONED_TABLE, span, "the table has no caption")
                        .with_help("write `Table: what it shows` as a paragraph right above it"),
                );
            }
            EventKind::Start(Tag::TableHead) => (in_head, column) = (true, 0),
            EventKind::End(Tag::TableHead) => in_head = false,
            EventKind::Start(Tag::TableRow) => column = 0,
            EventKind::Start(Tag::TableCell) => cell_has_words = false,
            EventKind::Text(_) | EventKind::Code(_) | EventKind::Shortcode(_) => cell_has_words = true,
            EventKind::Start(Tag::Image(_)) => cell_has_words = true,
            EventKind::End(Tag::TableCell) => {
                // The corner above row names may stay empty.
                if !cell_has_words && in_head && column > 0 {
                    let message = "a column of the table has no heading";
                    found.push(subject.finding(diag::EMPTY_TABLE_HEADER, event.span, message));
                }
                if !cell_has_words && !in_head && is_comparison {
                    let message = "the comparison leaves a cell empty";
                    found.push(
                        subject
                            .finding(diag::GAP_IN_COMPARISON, event.span, message)
                            .with_help("answer the same question for each choice; `not known` is an answer"),
                    );
                }
                column += 1;
            }
            _ => {}
        }
    }
}
