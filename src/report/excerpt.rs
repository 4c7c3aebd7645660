//! The lines of a file that a drawing needs, so that a finding costs no more than its own lines.

use std::ops::Range;

use crate::source::{Source, Span};

/// A run of whole lines of a file.
pub(super) struct Excerpt {
    /// The text of the lines.
    pub(super) text: String,
    /// The first line's number, from 1.
    pub(super) first_line: usize,
    start: usize,
}

impl Excerpt {
    /// The lines from the first to the last of the spans; spans that leave the text are cut to it.
    pub(super) fn around(source: &Source, spans: impl IntoIterator<Item = Span>) -> Self {
        let text = source.text();
        let whole = spans.into_iter().reduce(Span::join).unwrap_or_default();
        let (from, to) = (boundary(text, whole.start as usize), boundary(text, whole.end as usize));
        let start = text[..from].rfind('\n').map_or(0, |at| at + 1);
        let end = text[to..].find('\n').map_or(text.len(), |at| to + at);
        let first_line = source.position(u32::try_from(start).unwrap_or(u32::MAX)).line;
        Self { text: text[start..end].trim_end_matches('\r').to_owned(), first_line, start }
    }

    /// A span of the file as a range in the excerpt.
    pub(super) fn range(&self, span: Span) -> Range<usize> {
        let place = |at: u32| boundary(&self.text, (at as usize).saturating_sub(self.start));
        place(span.start)..place(span.end)
    }
}

/// The nearest start of a character at or before a byte.
fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
