//! Raw HTML: what is kept, what is left out, and the marks of block shortcodes, which the parser takes for HTML.

use pulldown_cmark as cmark;

use super::Builder;
use super::html_links::Joined;
use crate::diag;
use crate::markdown::document::*;
use crate::markdown::html;
use crate::markdown::shortcode::FoundKind;
use crate::source::Span;

/// What to do about raw HTML that could run script.
const TAKE_OUT: &str = "take it out; shortcodes and the theme can do what a page needs";

impl Builder<'_> {
    /// Raw HTML, or the mark of a block shortcode.
    pub(super) fn html(&mut self, text: &cmark::CowStr<'_>, span: Span, is_block: bool) {
        let Some(offset) = self.offset_in_body(text) else { return };
        let base = self.body.start as usize;
        let (mut at, end) = (offset, offset + text.len());
        let mut marks = 0;
        while let Some(index) = self.find_in(at, end) {
            let range = self.found[index].range.clone();
            let is_inline = matches!(self.found[index].kind, FoundKind::Inline(_));
            self.raw_html(base + at, base + range.start, is_block);
            let is_malformed = matches!(self.found[index].kind, FoundKind::Open(Err(_)));
            if is_block || is_inline || is_malformed {
                self.shortcode_at(index);
            } else {
                self.next_found = index + 1;
                let help = "put it on a line of its own, at the start of the line";
                let message = "a shortcode with a body stands in a line of text".to_owned();
                self.report(diag::MISPLACED_SHORTCODE, span, message).help = Some(help.to_owned());
            }
            marks += 1;
            at = range.end.min(end);
        }
        if marks == 0 || !self.masked[at..end].trim().is_empty() {
            self.raw_html(base + at, base + end, is_block);
        }
    }

    fn raw_html(&mut self, start: usize, end: usize, is_block: bool) {
        let span = Span::new(start, end);
        let source = self.source.clone();
        let html = source.slice(span);
        if html.is_empty() {
            return;
        }
        // What a site allows is pushed line by line and judged as a whole when the block ends.
        let waits = is_block && self.options.raw_html;
        if let Some(danger) = html::danger(html).filter(|_| !waits)
            && (self.options.raw_html || danger != html::Danger::Unclosed)
        {
            self.refuse_html(danger, span);
            return;
        }
        if !self.options.raw_html {
            if !html.trim().is_empty() && !html.trim_start().starts_with("<!--") {
                let message = "raw HTML is left out".to_owned();
                let help = "write it in Markdown, use a shortcode, or allow it with `raw_html = true` under `[markdown]`";
                self.report(diag::RAW_HTML, span, message).help = Some(help.to_owned());
            }
            return;
        }
        if !is_block {
            let mut joined = Joined::new();
            joined.push(html, span.start);
            self.read_html(&joined);
        }
        let text = TextRef::in_source(span.start, span.len() as u32);
        self.push(if is_block { EventKind::Html(text) } else { EventKind::InlineHtml(text) }, span);
    }

    /// Judges the raw HTML of the block that starts at an event: takes out what is dangerous, and reads the rest for what
    /// it leads to. A shortcode parts what is judged together.
    pub(super) fn judge_html_block(&mut self, start: usize) {
        let (mut from, mut at) = (start + 1, start + 1);
        let mut joined = Joined::new();
        while at <= self.events.len() {
            if let Some(Event { kind: EventKind::Html(text), .. }) = self.events.get(at) {
                joined.push(self.text_of(*text), text.start);
                at += 1;
                continue;
            }
            if let Some(danger) = html::danger(joined.html()) {
                let span = Span { start: self.events[from].span.start, end: self.events[at - 1].span.end };
                self.events.drain(from..at);
                at = from;
                self.refuse_html(danger, span);
            } else {
                self.read_html(&joined);
            }
            joined.clear();
            at += 1;
            from = at;
        }
    }

    fn refuse_html(&mut self, danger: html::Danger, span: Span) {
        let (message, help) = match danger {
            html::Danger::Unclosed => (
                "raw HTML holds a tag or comment that is not closed",
                "close it in the same block, before an empty line or a shortcode",
            ),
            html::Danger::Element => {
                ("raw HTML holds an element that can run script or load a page", TAKE_OUT)
            }
            html::Danger::Swallows => {
                ("raw HTML holds an element that changes how the rest of the page is read", TAKE_OUT)
            }
            html::Danger::Handler => ("raw HTML holds an attribute that runs script", TAKE_OUT),
            html::Danger::Address => ("raw HTML holds an address or attribute that can run script", TAKE_OUT),
        };
        self.report(diag::SCRIPT_IN_CONTENT, span, message.to_owned()).help = Some(help.to_owned());
    }
}
