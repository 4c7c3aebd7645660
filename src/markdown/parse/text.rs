//! Running text: where the parser left it as it stands, it is not copied.

use pulldown_cmark as cmark;

use super::Builder;
use crate::markdown::document::*;
use crate::source::Span;

impl Builder<'_> {
    pub(super) fn text(&mut self, text: cmark::CowStr<'_>, span: Span) {
        let Some(offset) = self.offset_in_body(&text) else {
            let text = self.text_ref(&text);
            self.push_text(text, span);
            return;
        };
        let in_code = matches!(self.open.last(), Some(Tag::CodeBlock(_)));
        let base = self.body.start as usize;
        let (mut at, end) = (offset, offset + text.len());
        while !in_code && let Some(index) = self.find_in(at, end) {
            let range = self.found[index].range.clone();
            self.verbatim(base + at, base + range.start);
            self.shortcode_at(index);
            at = range.end.min(end);
        }
        self.verbatim(base + at, base + end);
    }

    fn verbatim(&mut self, start: usize, end: usize) {
        if start < end {
            let span = Span::new(start, end);
            self.push_text(TextRef::in_source(span.start, span.len() as u32), span);
        }
    }

    pub(super) fn text_of(&self, text: TextRef) -> &str {
        let whole = if text.is_verbatim() { self.source.text() } else { &self.arena };
        let start = text.start as usize;
        let length = (text.len & !(1 << 31)) as usize;
        whole.get(start..start + length).unwrap_or_default()
    }

    /// Where the parser's text lies in the body, when it was not changed.
    pub(super) fn offset_in_body(&self, text: &cmark::CowStr<'_>) -> Option<usize> {
        let cmark::CowStr::Borrowed(text) = text else { return None };
        let offset = (text.as_ptr() as usize).checked_sub(self.masked.as_ptr() as usize)?;
        (offset + text.len() <= self.masked.len()).then_some(offset)
    }

    pub(super) fn text_ref(&mut self, text: &cmark::CowStr<'_>) -> TextRef {
        match self.offset_in_body(text) {
            Some(offset) => TextRef::in_source(self.body.start + offset as u32, text.len() as u32),
            None => {
                let start = self.arena.len() as u32;
                self.arena.push_str(text);
                TextRef::in_arena(start, text.len() as u32)
            }
        }
    }
}
