//! From text to events: the parser's events become those of a document, one after the other.

mod footnotes;
mod headings;
mod html_links;
mod images;
mod raw_html;
mod runs;
mod shortcodes;
mod tags;
mod text;

use std::collections::HashMap;

use pulldown_cmark as cmark;
use rustc_hash::FxHashSet;

use super::document::*;
use super::shortcode::{self, Found};
use super::{Options, address, citation};
use crate::diag::{self, Diagnostic};
use crate::name::Anchor;
use crate::source::{Source, Span};

/// Elements inside each other; browsers and validators give up a little above.
const MAX_DEPTH: usize = 400;
/// Events for each byte of text: short rows of a wide table are filled up, so a few bytes can become many cells.
const MAX_EVENTS_PER_BYTE: usize = 8;

/// The destination that the parser is told for a citation; no author can type it.
const CITATION: &str = "\0citation";

/// Parses the body of an article: the bytes of `body` in `source`.
pub fn parse(source: &Source, body: Span, options: Options) -> (Document, Vec<Diagnostic>) {
    let text = source.slice(body);
    let base = body.start as usize;
    let (masked, found) = shortcode::scan(text, base);
    let mut undefined = Vec::new();
    let mut builder = Builder::new(source, body, &masked, found, options);
    let flags = cmark_options(options);
    let parser = cmark::Parser::new_with_broken_link_callback(
        &masked,
        flags,
        Some(|link: cmark::BrokenLink<'_>| {
            if link.link_type == cmark::LinkType::Shortcut {
                let is_citation = link.reference.starts_with('@');
                return is_citation
                    .then_some((cmark::CowStr::Borrowed(CITATION), cmark::CowStr::Borrowed("")));
            }
            undefined
                .push((Span::new(base + link.span.start, base + link.span.end), link.reference.to_string()));
            None
        }),
    );
    let limit = text.len() * MAX_EVENTS_PER_BYTE + 64;
    for (event, range) in parser.into_offset_iter() {
        builder.take(event, Span::new(base + range.start, base + range.end));
        if builder.events.len() > limit {
            builder.report(diag::TOO_MANY_ELEMENTS, body, "the article makes too many elements".to_owned());
            break;
        }
    }
    for (span, reference) in undefined {
        let message = format!("no address is defined for `[{reference}]`");
        let help = format!("add a line `[{reference}]: https://…`, or write the address in round brackets");
        builder
            .diagnostics
            .push(Diagnostic::new(diag::UNDEFINED_REFERENCE, source.path(), span, message).with_help(help));
    }
    builder.finish()
}

fn cmark_options(options: Options) -> cmark::Options {
    let mut flags = cmark::Options::ENABLE_TABLES
        | cmark::Options::ENABLE_FOOTNOTES
        | cmark::Options::ENABLE_STRIKETHROUGH
        | cmark::Options::ENABLE_TASKLISTS
        | cmark::Options::ENABLE_HEADING_ATTRIBUTES
        | cmark::Options::ENABLE_GFM
        | cmark::Options::ENABLE_DEFINITION_LIST
        | cmark::Options::ENABLE_WIKILINKS;
    flags.set(cmark::Options::ENABLE_SMART_PUNCTUATION, options.smart_punctuation);
    flags
}

/// What is being put together while the events come.
struct Builder<'a> {
    source: &'a Source,
    body: Span,
    /// What the parser reads: the body with shortcodes masked.
    masked: &'a str,
    options: Options,
    found: Vec<Found>,
    /// The first find that no event has reached.
    next_found: usize,
    arena: String,
    events: Vec<Event>,
    /// The elements that are open, outermost first.
    open: Vec<Tag>,
    /// Elements left out because they lie too deep.
    too_deep: usize,
    /// The image whose alternative text is being read, and how many images are open.
    image: Option<(u32, String, u32)>,
    /// The text that is being read in one piece.
    run: Option<runs::Run>,
    /// Where there can be bare addresses in the body.
    address_signs: Vec<u32>,
    /// Whether there can be references to footnotes in the article.
    has_footnote_marks: bool,
    /// What a heading has for an anchor until its words are known.
    no_anchor: Anchor,
    /// Inside an `a` of raw HTML, where no other link may begin.
    in_html_link: bool,
    /// Inside a citation: everything up to the link's end is left out.
    in_citation: bool,
    headings: Vec<Heading>,
    anchors: FxHashSet<Anchor>,
    html_ids: Vec<Anchor>,
    next_number: HashMap<Anchor, usize>,
    links: Vec<Link>,
    /// Those of `links` that stand in raw HTML.
    html_links: Vec<u32>,
    images: Vec<Image>,
    code_blocks: Vec<CodeBlock>,
    tables: Vec<Table>,
    footnotes: Vec<Footnote>,
    footnote_labels: HashMap<String, u32>,
    footnote_numbers: u16,
    /// References to footnotes that are not defined.
    undefined_footnotes: Vec<Span>,
    citations: Vec<CitationGroup>,
    shortcodes: Vec<Shortcode>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Builder<'a> {
    fn new(source: &'a Source, body: Span, masked: &'a str, found: Vec<Found>, options: Options) -> Self {
        Self {
            source,
            body,
            masked,
            options,
            found,
            next_found: 0,
            arena: String::new(),
            events: Vec::with_capacity(masked.len() / 16),
            open: Vec::new(),
            too_deep: 0,
            image: None,
            run: None,
            address_signs: address::signs(masked),
            has_footnote_marks: memchr::memmem::find(masked.as_bytes(), b"[^").is_some(),
            no_anchor: Anchor::from_heading(""),
            in_html_link: false,
            in_citation: false,
            headings: Vec::new(),
            anchors: FxHashSet::default(),
            html_ids: Vec::new(),
            next_number: HashMap::new(),
            links: Vec::new(),
            html_links: Vec::new(),
            images: Vec::new(),
            code_blocks: Vec::new(),
            tables: Vec::new(),
            footnotes: Vec::new(),
            footnote_labels: HashMap::new(),
            footnote_numbers: 0,
            undefined_footnotes: Vec::new(),
            citations: Vec::new(),
            shortcodes: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    fn report(&mut self, code: diag::Code, span: Span, message: String) -> &mut Diagnostic {
        self.diagnostics.push(Diagnostic::new(code, self.source.path(), span, message));
        let last = self.diagnostics.len() - 1;
        &mut self.diagnostics[last]
    }

    fn push(&mut self, kind: EventKind, span: Span) {
        self.events.push(Event { kind, span });
    }

    fn take(&mut self, event: cmark::Event<'_>, span: Span) {
        if self.in_citation {
            self.in_citation = !matches!(event, cmark::Event::End(cmark::TagEnd::Link));
            return;
        }
        if self.image.is_some() {
            self.take_in_image(event);
            return;
        }
        if !matches!(event, cmark::Event::Text(_)) {
            self.close_run();
        }
        match event {
            cmark::Event::Start(tag) => self.start(tag, span),
            cmark::Event::End(end) => self.end(end, span),
            cmark::Event::Text(text) => self.text(text, span),
            cmark::Event::Code(text) => {
                let text = self.text_ref(&text);
                self.push(EventKind::Code(text), span);
            }
            cmark::Event::Html(text) => self.html(&text, span, true),
            cmark::Event::InlineHtml(text) => self.html(&text, span, false),
            cmark::Event::SoftBreak => self.push(EventKind::SoftBreak, span),
            cmark::Event::HardBreak => self.push(EventKind::HardBreak, span),
            cmark::Event::Rule => self.push(EventKind::Rule, span),
            cmark::Event::TaskListMarker(ticked) => self.push(EventKind::TaskMarker(ticked), span),
            cmark::Event::FootnoteReference(label) => self.footnote_reference(&label, span),
            // Mathematics is not switched on.
            cmark::Event::InlineMath(text) | cmark::Event::DisplayMath(text) => self.text(text, span),
        }
    }

    fn start(&mut self, tag: cmark::Tag<'_>, span: Span) {
        let tag = match tag {
            cmark::Tag::Link { ref dest_url, .. } if &**dest_url == CITATION => {
                self.in_citation = true;
                if let Some(group) = citation::parse(self.source, span, &mut self.diagnostics) {
                    let index = push_to(&mut self.citations, group);
                    self.push(EventKind::Citation(index), span);
                }
                return;
            }
            tag => self.tag(tag, span),
        };
        if self.open.len() >= MAX_DEPTH {
            if self.too_deep == 0 {
                let message = format!("more than {MAX_DEPTH} elements stand inside each other");
                self.report(diag::NESTING_TOO_DEEP, span, message);
            }
            self.too_deep += 1;
            return;
        }
        self.open.push(tag);
        self.push(EventKind::Start(tag), span);
        if let Tag::Table(_) = tag {
            self.move_caption(span);
        }
    }

    fn end(&mut self, end: cmark::TagEnd, span: Span) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        while let Some(&Tag::Shortcode(index)) = self.open.last() {
            self.close_unclosed_shortcode(index, span);
        }
        let Some(tag) = self.open.pop() else { return };
        debug_assert!(end != cmark::TagEnd::Paragraph || tag == Tag::Paragraph, "events of the parser nest");
        match tag {
            Tag::HtmlBlock => {
                let start = self.events.iter().rposition(|e| e.kind == EventKind::Start(Tag::HtmlBlock));
                let start = start.unwrap_or_default();
                self.judge_html_block(start);
                let has_html = self.events[start..].iter().any(|e| matches!(e.kind, EventKind::Html(_)));
                if !has_html {
                    // The block was nothing but marks of shortcodes, or raw HTML that is switched off.
                    self.events.remove(start);
                    return;
                }
            }
            Tag::Heading(index) => self.finish_heading(index),
            Tag::FootnoteDefinition(index) => {
                self.footnotes[index as usize].definition.end = self.events.len() as u32 + 1;
            }
            Tag::Paragraph => self.finish_paragraph(),
            _ => {}
        }
        self.push(EventKind::End(tag), span);
    }

    fn finish(mut self) -> (Document, Vec<Diagnostic>) {
        self.close_run();
        let end = Span::new(self.body.end as usize, self.body.end as usize);
        while let Some(tag) = self.open.last().copied() {
            match tag {
                Tag::Shortcode(index) => self.close_unclosed_shortcode(index, end),
                tag => {
                    self.open.pop();
                    self.push(EventKind::End(tag), end);
                }
            }
        }
        self.report_undefined_footnotes();
        self.report_unused_footnotes();
        let document = Document {
            source: self.source.clone(),
            body: self.body,
            arena: self.arena.into(),
            // Copied, so that no room is kept for more than there are.
            events: self.events.as_slice().into(),
            headings: self.headings.into(),
            links: self.links.into(),
            html_links: self.html_links.into(),
            html_ids: self.html_ids.into(),
            images: self.images.into(),
            code_blocks: self.code_blocks.into(),
            tables: self.tables.into(),
            footnotes: self.footnotes.into(),
            citations: self.citations.into(),
            shortcodes: self.shortcodes.into(),
        };
        (document, self.diagnostics)
    }
}

fn push_to<T>(list: &mut Vec<T>, item: T) -> u32 {
    list.push(item);
    list.len() as u32 - 1
}

#[cfg(test)]
mod tests;
