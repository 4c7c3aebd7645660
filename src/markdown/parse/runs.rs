//! Runs: text that stands in one piece in the article, though the parser gives it in several.
//!
//! When a run is whole, bare addresses in it become links, and references to footnotes that nobody wrote
//! are kept for the end.

use super::{Builder, push_to};
use crate::markdown::address::{self, BareAddress};
use crate::markdown::document::*;
use crate::source::Span;

/// A run that is being read.
#[derive(Clone, Copy)]
pub(super) struct Run {
    /// The index of its first event.
    event: usize,
    span: Span,
}

impl Builder<'_> {
    /// Adds an event of text; it goes on with the run where it stands right behind it.
    pub(super) fn push_text(&mut self, text: TextRef, span: Span) {
        if !matches!(self.open.last(), Some(Tag::CodeBlock(_))) {
            match &mut self.run {
                Some(run) if run.span.end == span.start => run.span.end = span.end,
                _ => {
                    self.close_run();
                    self.run = Some(Run { event: self.events.len(), span });
                }
            }
        }
        self.push(EventKind::Text(text), span);
    }

    /// Ends the run, where one is being read.
    pub(super) fn close_run(&mut self) {
        let Some(run) = self.run.take() else { return };
        if self.has_footnote_marks && self.source.slice(run.span).contains("[^") {
            self.find_undefined_footnotes(run.span);
        }
        if !self.may_hold_address(run.span) {
            return;
        }
        let in_link = self.in_html_link || self.open.iter().any(|tag| matches!(tag, Tag::Link(_)));
        if in_link {
            return;
        }
        let source = self.source;
        let text = source.slice(run.span);
        let before = source.text()[self.body.start as usize..run.span.start as usize].chars().next_back();
        let found = address::find(text, before);
        if !found.is_empty() {
            self.write_again(run, &found);
        }
    }

    fn may_hold_address(&self, span: Span) -> bool {
        let (start, end) = (span.start - self.body.start, span.end - self.body.start);
        let next = self.address_signs.partition_point(|sign| *sign < start);
        self.address_signs.get(next).is_some_and(|sign| *sign < end)
    }

    /// Writes the events of a run again, with links in them.
    fn write_again(&mut self, run: Run, found: &[BareAddress]) {
        let pieces: Vec<Event> = self.events.drain(run.event..).collect();
        let mut pieces = pieces.as_slice();
        let base = run.span.start as usize;
        let mut written = run.span.start;
        for address in found {
            let span = Span::new(base + address.range.start, base + address.range.end);
            self.push_between(&mut pieces, written, span.start);
            let (target, title) = (address.target.as_str().into(), "".into());
            let tag = Tag::Link(push_to(&mut self.links, Link { target, title, form: address.form, span }));
            self.push(EventKind::Start(tag), span);
            self.push(EventKind::Text(TextRef::in_source(span.start, span.len() as u32)), span);
            self.push(EventKind::End(tag), span);
            written = span.end;
        }
        self.push_between(&mut pieces, written, run.span.end);
    }

    /// Writes what stands between two places, and passes over the pieces that end there.
    fn push_between(&mut self, pieces: &mut &[Event], from: u32, to: u32) {
        while let Some(piece) = pieces.first() {
            let (start, end) = (piece.span.start.max(from), piece.span.end.min(to));
            match piece.kind {
                EventKind::Text(text) if text.is_verbatim() => self.verbatim_events(start, end),
                // What Markdown changed, such as a quotation mark, stays in one piece.
                kind if piece.span.start >= from && piece.span.start < to => self.push(kind, piece.span),
                _ => {}
            }
            if piece.span.end > to {
                return;
            }
            *pieces = &pieces[1..];
        }
    }

    fn verbatim_events(&mut self, start: u32, end: u32) {
        if start < end {
            let span = Span { start, end };
            self.push(EventKind::Text(TextRef::in_source(start, span.len() as u32)), span);
        }
    }
}
