//! Shortcodes: those that were found in the text put in their places among the events.

use super::{Builder, push_to};
use crate::diag;
use crate::markdown::document::*;
use crate::markdown::shortcode::FoundKind;
use crate::source::Span;

impl Builder<'_> {
    /// The first find that begins in these bytes of the body; finds that were passed over stay as typed.
    pub(super) fn find_in(&mut self, start: usize, end: usize) -> Option<usize> {
        while self.found.get(self.next_found).is_some_and(|item| item.range.start < start) {
            self.next_found += 1;
        }
        self.found.get(self.next_found).filter(|item| item.range.start < end).map(|_| self.next_found)
    }

    pub(super) fn shortcode_at(&mut self, index: usize) {
        self.close_run();
        self.next_found = index + 1;
        let base = self.body.start as usize;
        let range = self.found[index].range.clone();
        let span = Span::new(base + range.start, base + range.end);
        match std::mem::replace(&mut self.found[index].kind, FoundKind::End) {
            FoundKind::Inline(Ok(shortcode)) => {
                let index = push_to(&mut self.shortcodes, shortcode);
                self.push(EventKind::Shortcode(index), span);
            }
            FoundKind::Open(Ok(shortcode)) => {
                let tag = Tag::Shortcode(push_to(&mut self.shortcodes, shortcode));
                // An HTML block is around the mark; what follows belongs into the shortcode, not into that block.
                let html = self.open.pop_if(|tag| *tag == Tag::HtmlBlock);
                self.open.push(tag);
                self.open.extend(html);
                self.push(EventKind::Start(tag), span);
            }
            FoundKind::Inline(Err(malformed)) | FoundKind::Open(Err(malformed)) => {
                self.report(diag::MALFORMED_SHORTCODE, malformed.span, malformed.message);
            }
            FoundKind::End => self.end_shortcode(span),
        }
    }

    fn end_shortcode(&mut self, span: Span) {
        let html = self.open.pop_if(|tag| *tag == Tag::HtmlBlock);
        match self.open.last() {
            Some(&tag @ Tag::Shortcode(_)) => {
                self.open.pop();
                self.push(EventKind::End(tag), span);
            }
            _ => {
                let help = "each `{% end %}` closes one `{% name() %}` that stands before it, in the same list item or quotation";
                let message = "no shortcode is open here".to_owned();
                self.report(diag::MISPLACED_SHORTCODE, span, message).help = Some(help.to_owned());
            }
        }
        self.open.extend(html);
    }

    pub(super) fn close_unclosed_shortcode(&mut self, index: u32, span: Span) {
        self.open.pop();
        let shortcode = &self.shortcodes[index as usize];
        let (place, name) = (shortcode.span, shortcode.name.clone());
        let help = "put `{% end %}` on a line of its own behind what belongs to it";
        let message = format!("the shortcode `{name}` is not closed");
        self.report(diag::UNCLOSED_SHORTCODE, place, message).help = Some(help.to_owned());
        self.push(EventKind::End(Tag::Shortcode(index)), Span::new(span.end as usize, span.end as usize));
    }
}
