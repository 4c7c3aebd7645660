//! From text to events.

use std::collections::{HashMap, HashSet};

use pulldown_cmark as cmark;

use super::document::*;
use super::shortcode::{self, Found, FoundKind};
use super::{Options, citation, html};
use crate::diag::{self, Diagnostic};
use crate::name::Anchor;
use crate::source::{Source, Span};

/// Elements inside each other; browsers and validators give up a little above.
const MAX_DEPTH: usize = 400;
/// Headings in one article.
const MAX_HEADINGS: usize = 5_000;
/// Events for each byte of text: short rows of a wide table are filled up, so a few bytes can become many cells.
const MAX_EVENTS_PER_BYTE: usize = 8;

/// Ids that the page around the text has in the default theme; no heading gets one.
const TAKEN_IDS: [&str; 18] = [
    "articles-here",
    "at-a-glance",
    "by-body-part",
    "by-letter",
    "conditions-here",
    "evidence-lines",
    "letters",
    "main",
    "mentioned-in",
    "most-asked",
    "nearby",
    "recent",
    "references",
    "related",
    "related-conditions",
    "reviewed",
    "who-writes",
    "written",
];
/// What ids of citations, references and footnotes begin with; a number follows.
const TAKEN_PREFIXES: [&str; 4] = ["cite-", "fn-", "fnref-", "ref-"];

/// Whether an id belongs to the page around the text, or to its references and footnotes.
fn is_taken(anchor: &Anchor) -> bool {
    let id = anchor.as_str();
    let is_numbered = |prefix: &&str| {
        id.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    TAKEN_IDS.contains(&id) || TAKEN_PREFIXES.iter().any(|prefix| is_numbered(&prefix))
}

/// What to do about raw HTML that could run script.
const TAKE_OUT: &str = "take it out; shortcodes and the theme can do what a page needs";

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
    /// Inside a citation: everything up to the link's end is left out.
    in_citation: bool,
    headings: Vec<Heading>,
    anchors: HashSet<Anchor>,
    next_number: HashMap<Anchor, usize>,
    links: Vec<Link>,
    images: Vec<Image>,
    code_blocks: Vec<CodeBlock>,
    tables: Vec<Table>,
    footnotes: Vec<Footnote>,
    footnote_labels: HashMap<String, u32>,
    footnote_numbers: u16,
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
            events: Vec::with_capacity(masked.len() / 32),
            open: Vec::new(),
            too_deep: 0,
            image: None,
            in_citation: false,
            headings: Vec::new(),
            anchors: HashSet::new(),
            next_number: HashMap::new(),
            links: Vec::new(),
            images: Vec::new(),
            code_blocks: Vec::new(),
            tables: Vec::new(),
            footnotes: Vec::new(),
            footnote_labels: HashMap::new(),
            footnote_numbers: 0,
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

    fn tag(&mut self, tag: cmark::Tag<'_>, span: Span) -> Tag {
        match tag {
            cmark::Tag::Paragraph => Tag::Paragraph,
            cmark::Tag::Heading { level, id, classes, attrs } => {
                let id = id.map(|id| id.to_string());
                let classes = classes.iter().map(|class| class.as_ref().into()).collect();
                let aspect = attrs.iter().find(|(name, _)| &**name == "aspect");
                let aspect = aspect.and_then(|(_, value)| value.as_ref()).map(|value| value.as_ref().into());
                // The anchor is made when the words are known; until then it carries the id that was typed.
                let anchor = id.as_deref().and_then(Anchor::new).unwrap_or_else(|| Anchor::from_heading(""));
                let text = if id.is_some() { "#".into() } else { "".into() };
                let event = self.events.len() as u32;
                let heading = Heading { level: level as u8, anchor, text, span, aspect, classes, event };
                Tag::Heading(push_to(&mut self.headings, heading))
            }
            cmark::Tag::BlockQuote(None) => Tag::Quote,
            cmark::Tag::BlockQuote(Some(kind)) => Tag::Alert(match kind {
                cmark::BlockQuoteKind::Note => AlertKind::Note,
                cmark::BlockQuoteKind::Tip => AlertKind::Tip,
                cmark::BlockQuoteKind::Important => AlertKind::Important,
                cmark::BlockQuoteKind::Warning => AlertKind::Warning,
                cmark::BlockQuoteKind::Caution => AlertKind::Caution,
            }),
            cmark::Tag::CodeBlock(kind) => {
                let info = match &kind {
                    cmark::CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default(),
                    cmark::CodeBlockKind::Indented => "",
                };
                Tag::CodeBlock(push_to(&mut self.code_blocks, CodeBlock { language: info.into(), span }))
            }
            cmark::Tag::HtmlBlock | cmark::Tag::MetadataBlock(_) => Tag::HtmlBlock,
            cmark::Tag::List(Some(first)) => Tag::OrderedList(u32::try_from(first).unwrap_or(u32::MAX)),
            cmark::Tag::List(None) => Tag::BulletList,
            cmark::Tag::Item => Tag::Item,
            cmark::Tag::FootnoteDefinition(label) => {
                let index = self.footnote(&label);
                let footnote = &mut self.footnotes[index as usize];
                footnote.span = span;
                footnote.definition = self.events.len() as u32..self.events.len() as u32;
                Tag::FootnoteDefinition(index)
            }
            cmark::Tag::DefinitionList => Tag::DefinitionList,
            cmark::Tag::DefinitionListTitle => Tag::DefinitionTitle,
            cmark::Tag::DefinitionListDefinition => Tag::DefinitionDetails,
            cmark::Tag::Table(alignments) => {
                let alignments = alignments.iter().map(|alignment| match alignment {
                    cmark::Alignment::None => Alignment::None,
                    cmark::Alignment::Left => Alignment::Left,
                    cmark::Alignment::Center => Alignment::Center,
                    cmark::Alignment::Right => Alignment::Right,
                });
                let table = Table { alignments: alignments.collect(), has_caption: false };
                Tag::Table(push_to(&mut self.tables, table))
            }
            cmark::Tag::TableHead => Tag::TableHead,
            cmark::Tag::TableRow => Tag::TableRow,
            cmark::Tag::TableCell => Tag::TableCell,
            cmark::Tag::Emphasis => Tag::Emphasis,
            cmark::Tag::Strong => Tag::Strong,
            cmark::Tag::Strikethrough | cmark::Tag::Superscript | cmark::Tag::Subscript => Tag::Strikethrough,
            cmark::Tag::Link { link_type, dest_url, title, .. } => {
                let form = match link_type {
                    cmark::LinkType::Autolink => LinkForm::Autolink,
                    cmark::LinkType::Email => LinkForm::Email,
                    cmark::LinkType::WikiLink { has_pothole: false } => LinkForm::Wiki,
                    cmark::LinkType::WikiLink { has_pothole: true } => LinkForm::WikiWithText,
                    _ => LinkForm::Markdown,
                };
                let (target, title) = (dest_url.as_ref().into(), title.as_ref().into());
                Tag::Link(push_to(&mut self.links, Link { target, title, form, span }))
            }
            cmark::Tag::Image { dest_url, title, .. } => {
                let (target, title) = (dest_url.as_ref().into(), title.as_ref().into());
                let image = Image { target, title, alt: "".into(), span, is_figure: false };
                let index = push_to(&mut self.images, image);
                self.image = Some((index, String::new(), 1));
                Tag::Image(index)
            }
        }
    }

    /// A paragraph `Table: …` right before a table becomes the table's caption.
    fn move_caption(&mut self, span: Span) {
        const MARK: &str = "Table: ";
        let before = self.events.len() - 1;
        if before == 0 || self.events[before - 1].kind != EventKind::End(Tag::Paragraph) {
            return;
        }
        let Some(start) =
            self.events[..before].iter().rposition(|e| e.kind == EventKind::Start(Tag::Paragraph))
        else {
            return;
        };
        let EventKind::Text(text) = self.events[start + 1].kind else { return };
        if !text.is_verbatim() || !self.source.text()[text.start as usize..].starts_with(MARK) {
            return;
        }
        let table = self.events.pop().map_or(EventKind::Rule, |event| event.kind);
        let mark = MARK.len() as u32;
        let rest = TextRef::in_source(text.start + mark, text.len.saturating_sub(mark));
        self.events[start + 1].kind = EventKind::Text(rest);
        let last = self.events.len() - 1;
        self.events[start].kind = EventKind::Start(Tag::Caption);
        self.events[last].kind = EventKind::End(Tag::Caption);
        self.events.insert(start, Event { kind: table, span });
        if let EventKind::Start(Tag::Table(index)) = table {
            self.tables[index as usize].has_caption = true;
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
                self.leave_out_dangerous_html(start);
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

    fn finish_paragraph(&mut self) {
        let tail = &self.events[self.events.len().saturating_sub(3)..];
        if let [p, i, _] = tail
            && p.kind == EventKind::Start(Tag::Paragraph)
            && let EventKind::Start(Tag::Image(index)) = i.kind
        {
            self.images[index as usize].is_figure = true;
        }
    }

    fn finish_heading(&mut self, index: u32) {
        let event = self.headings[index as usize].event as usize;
        let mut words = String::new();
        for event in &self.events[event..] {
            match event.kind {
                EventKind::Text(text) | EventKind::Code(text) => words.push_str(self.text_of(text)),
                EventKind::SoftBreak | EventKind::HardBreak => words.push(' '),
                _ => {}
            }
        }
        let words = words.trim();
        let heading = &self.headings[index as usize];
        let is_typed = &*heading.text == "#";
        let wanted = if is_typed { heading.anchor.clone() } else { Anchor::from_heading(words) };
        let span = heading.span;
        if is_typed && (self.anchors.contains(&wanted) || is_taken(&wanted)) {
            let help = "give each heading an id of its own";
            let message = match is_taken(&wanted) {
                true => format!("the id `{wanted}` belongs to the page around the text"),
                false => format!("the id `{wanted}` is given twice on this page"),
            };
            self.report(diag::DUPLICATE_ANCHOR, span, message).help = Some(help.to_owned());
        }
        let anchor = self.unique_anchor(wanted);
        let text: Box<str> = words.into();
        let heading = &mut self.headings[index as usize];
        heading.text = text;
        heading.anchor = anchor;
        if self.headings.len() == MAX_HEADINGS + 1 {
            let message = format!("the article has more than {MAX_HEADINGS} headings");
            self.report(diag::TOO_MANY_ELEMENTS, span, message);
        }
    }

    fn unique_anchor(&mut self, wanted: Anchor) -> Anchor {
        let is_numbered = is_taken(&wanted) && !TAKEN_IDS.contains(&wanted.as_str());
        let wanted = if is_numbered { Anchor::from_heading(&format!("section {wanted}")) } else { wanted };
        if !is_taken(&wanted) && self.anchors.insert(wanted.clone()) {
            return wanted;
        }
        let mut number = self.next_number.get(&wanted).copied().unwrap_or(2);
        loop {
            let numbered = wanted.numbered(number);
            number += 1;
            if self.anchors.insert(numbered.clone()) {
                self.next_number.insert(wanted, number);
                return numbered;
            }
        }
    }

    /// Between the start and the end of an image only the words count.
    fn take_in_image(&mut self, event: cmark::Event<'_>) {
        let Some((index, mut alt, mut depth)) = self.image.take() else { return };
        match event {
            cmark::Event::Start(cmark::Tag::Image { .. }) => depth += 1,
            cmark::Event::End(cmark::TagEnd::Image) => depth -= 1,
            cmark::Event::Text(text) | cmark::Event::Code(text) => {
                alt.extend(text.chars().filter(|&c| c != char::from(shortcode::MASK)));
            }
            cmark::Event::SoftBreak | cmark::Event::HardBreak => alt.push(' '),
            _ => {}
        }
        if depth > 0 {
            self.image = Some((index, alt, depth));
            return;
        }
        self.images[index as usize].alt = alt.into();
        let image = &self.images[index as usize];
        let span = image.span;
        if image.alt.trim().is_empty() && !image.is_decorative() {
            let message = format!("the image `{}` has no alternative text", image.target);
            let help = "say in the square brackets what the image tells; for pure decoration give it the title \"decorative\"";
            self.report(diag::MISSING_ALT, span, message).help = Some(help.to_owned());
        }
        self.end(cmark::TagEnd::Image, span);
    }

    fn text_of(&self, text: TextRef) -> &str {
        let whole = if text.is_verbatim() { self.source.text() } else { &self.arena };
        let start = text.start as usize;
        let length = (text.len & !(1 << 31)) as usize;
        whole.get(start..start + length).unwrap_or_default()
    }

    /// Where the parser's text lies in the body, when it was not changed.
    fn offset_in_body(&self, text: &cmark::CowStr<'_>) -> Option<usize> {
        let cmark::CowStr::Borrowed(text) = text else { return None };
        let offset = (text.as_ptr() as usize).checked_sub(self.masked.as_ptr() as usize)?;
        (offset + text.len() <= self.masked.len()).then_some(offset)
    }

    fn text_ref(&mut self, text: &cmark::CowStr<'_>) -> TextRef {
        match self.offset_in_body(text) {
            Some(offset) => TextRef::in_source(self.body.start + offset as u32, text.len() as u32),
            None => {
                let start = self.arena.len() as u32;
                self.arena.push_str(text);
                TextRef::in_arena(start, text.len() as u32)
            }
        }
    }

    fn text(&mut self, text: cmark::CowStr<'_>, span: Span) {
        let Some(offset) = self.offset_in_body(&text) else {
            let text = self.text_ref(&text);
            self.push(EventKind::Text(text), span);
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
            self.push(EventKind::Text(TextRef::in_source(span.start, span.len() as u32)), span);
        }
    }

    /// The first find that begins in these bytes of the body; finds that were passed over stay as typed.
    fn find_in(&mut self, start: usize, end: usize) -> Option<usize> {
        while self.found.get(self.next_found).is_some_and(|item| item.range.start < start) {
            self.next_found += 1;
        }
        self.found.get(self.next_found).filter(|item| item.range.start < end).map(|_| self.next_found)
    }

    fn shortcode_at(&mut self, index: usize) {
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

    fn close_unclosed_shortcode(&mut self, index: u32, span: Span) {
        self.open.pop();
        let shortcode = &self.shortcodes[index as usize];
        let (place, name) = (shortcode.span, shortcode.name.clone());
        let help = "put `{% end %}` on a line of its own behind what belongs to it";
        let message = format!("the shortcode `{name}` is not closed");
        self.report(diag::UNCLOSED_SHORTCODE, place, message).help = Some(help.to_owned());
        self.push(EventKind::End(Tag::Shortcode(index)), Span::new(span.end as usize, span.end as usize));
    }

    /// Raw HTML, or the mark of a block shortcode.
    fn html(&mut self, text: &cmark::CowStr<'_>, span: Span, is_block: bool) {
        let Some(offset) = self.offset_in_body(text) else { return };
        let base = self.body.start as usize;
        let (mut at, end) = (offset, offset + text.len());
        let mut marks = 0;
        while let Some(index) = self.find_in(at, end) {
            let range = self.found[index].range.clone();
            let is_inline = matches!(self.found[index].kind, FoundKind::Inline(_));
            self.raw_html(base + at, base + range.start, is_block);
            if is_block || is_inline {
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
        let html = self.source.slice(span);
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
        let text = TextRef::in_source(span.start, span.len() as u32);
        self.push(if is_block { EventKind::Html(text) } else { EventKind::InlineHtml(text) }, span);
    }

    /// Takes dangerous raw HTML out of the block that starts at an event. A shortcode parts what is judged together.
    fn leave_out_dangerous_html(&mut self, start: usize) {
        let (mut from, mut at) = (start + 1, start + 1);
        let mut html = String::new();
        while at <= self.events.len() {
            if let Some(Event { kind: EventKind::Html(text), .. }) = self.events.get(at) {
                html.push_str(self.text_of(*text));
                at += 1;
                continue;
            }
            if let Some(danger) = html::danger(&html) {
                let span = Span { start: self.events[from].span.start, end: self.events[at - 1].span.end };
                self.events.drain(from..at);
                at = from;
                self.refuse_html(danger, span);
            }
            html.clear();
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
            html::Danger::Handler => ("raw HTML holds an attribute that runs script", TAKE_OUT),
            html::Danger::Address => ("raw HTML holds an address or attribute that can run script", TAKE_OUT),
        };
        self.report(diag::SCRIPT_IN_CONTENT, span, message.to_owned()).help = Some(help.to_owned());
    }

    fn footnote(&mut self, label: &str) -> u32 {
        if let Some(&index) = self.footnote_labels.get(label) {
            return index;
        }
        let span = Span::default();
        let footnote = Footnote { label: label.into(), number: None, references: 0, definition: 0..0, span };
        let index = push_to(&mut self.footnotes, footnote);
        self.footnote_labels.insert(label.to_owned(), index);
        index
    }

    fn footnote_reference(&mut self, label: &str, span: Span) {
        let index = self.footnote(label);
        let footnote = &mut self.footnotes[index as usize];
        if footnote.number.is_none() {
            self.footnote_numbers = self.footnote_numbers.saturating_add(1);
            footnote.number = Some(self.footnote_numbers);
        }
        let reference = footnote.references;
        footnote.references = reference.saturating_add(1);
        self.push(EventKind::FootnoteReference(index, reference), span);
    }

    fn finish(mut self) -> (Document, Vec<Diagnostic>) {
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
        let unused: Vec<(Span, Box<str>)> = self
            .footnotes
            .iter()
            .filter(|footnote| footnote.number.is_none())
            .map(|footnote| (footnote.span, footnote.label.clone()))
            .collect();
        for (span, label) in unused {
            let help = format!("refer to it with `[^{label}]`, or take it out");
            let message = format!("nothing refers to the footnote `{label}`");
            self.report(diag::UNUSED_FOOTNOTE, span, message).help = Some(help);
        }
        let document = Document {
            source: self.source.clone(),
            body: self.body,
            arena: self.arena.into(),
            events: self.events.into(),
            headings: self.headings.into(),
            links: self.links.into(),
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
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::name::SitePath;

    fn parsed(text: &str) -> (Document, Vec<Diagnostic>) {
        let source = Source::new(SitePath::new("content/a.md").unwrap(), text);
        let body = Span::new(0, source.text().len());
        parse(&source, body, Options::default())
    }

    /// The events as short words, text in quotation marks.
    fn outline(text: &str) -> String {
        let (document, _) = parsed(text);
        let words = document.events().iter().map(|event| match event.kind {
            EventKind::Text(text) => format!("{:?}", document.text(text)),
            EventKind::Start(tag) => format!("<{tag:?}"),
            EventKind::End(tag) => format!("{tag:?}>"),
            kind => format!("{kind:?}"),
        });
        words.collect::<Vec<_>>().join(" ")
    }

    fn codes(text: &str) -> Vec<String> {
        parsed(text).1.iter().map(|diagnostic| diagnostic.code.to_string()).collect()
    }

    #[test]
    fn inline_shortcode_keeps_its_place_in_the_line() {
        let outline = outline("It costs {{ fact(id=\"session-cost\") }} a visit.");
        assert_eq!(outline, "<Paragraph \"It costs \" Shortcode(0) \" a visit.\" Paragraph>");
    }

    #[test]
    fn shortcode_in_code_stays_as_typed() {
        let (document, diagnostics) = parsed("`{{ fact(id=1) }}`\n\n```\n{% care(x) %}\n```\n");
        assert!(document.shortcodes().is_empty() && diagnostics.is_empty(), "{diagnostics:?}");
        assert!(document.plain_text(0..document.events().len() as u32).contains("{% care(x) %}"));
    }

    #[test]
    fn block_shortcode_holds_the_blocks_between_its_marks() {
        let outline = outline("Before\n{% care(level=\"urgent\") %}\n- one\n{% end %}\nAfter");
        assert_eq!(
            outline,
            "<Paragraph \"Before\" Paragraph> <Shortcode(0) <BulletList <Item \"one\" Item> BulletList> Shortcode(0)> \
             <Paragraph \"After\" Paragraph>"
        );
    }

    #[test]
    fn wrong_shortcodes_are_said() {
        assert_eq!(codes("{{ fact(id=session) }}"), ["malformed-shortcode"]);
        assert_eq!(codes("{% care(level=\"urgent\") %}\n- one\n"), ["unclosed-shortcode"]);
        assert_eq!(codes("{% end %}\n"), ["misplaced-shortcode"]);
        assert_eq!(codes("See {% care(a=1) %} this"), ["misplaced-shortcode"]);
        assert_eq!(codes("{{ not a shortcode }} and {% neither %}"), [""; 0]);
    }

    #[test]
    fn words_of_inline_shortcodes_stand_in_the_text() {
        let (document, _) =
            parsed("A session costs {{ fact(id=\"cost\") }} for {{ nolink(text=\"neck pain\") }} [@one].");
        let events = 0..document.events().len() as u32;
        let text = document.plain_text_with(events.clone(), |shortcode| match &*shortcode.name {
            "fact" => Some("$50"),
            _ => shortcode.text("text"),
        });
        assert_eq!(text.trim(), "A session costs $50 for neck pain.");
        assert_eq!(document.plain_text(events).trim(), "A session costs  for neck pain.");
    }

    #[test]
    fn citations_are_read_and_stay_out_of_the_text() {
        let (document, diagnostics) = parsed("It helps [@one; @two, p. 4], a bit [x].");
        assert!(diagnostics.is_empty());
        let [group] = document.citations() else { panic!("one group") };
        assert_eq!(group.items[1].key.as_str(), "two");
        assert_eq!(&*group.items[1].locator, "p. 4");
        assert_eq!(document.source().slice(group.items[1].span), "@two");
        assert_eq!(document.plain_text(0..document.events().len() as u32).trim(), "It helps, a bit [x].");
    }

    #[test]
    fn heading_anchors_are_unique_and_stable() {
        let (document, diagnostics) = parsed("# A b\n## A b\n## c {#a-b}\n## A b\n");
        let anchors: Vec<&str> = document.headings().iter().map(|heading| heading.anchor.as_str()).collect();
        assert_eq!(anchors, ["a-b", "a-b-2", "a-b-3", "a-b-4"]);
        assert_eq!(diagnostics.len(), 1);
    }

    #[test]
    fn ids_of_the_page_around_the_text_are_not_given_to_headings() {
        let (document, diagnostics) = parsed("## References\n## Ref 1\n## Fn\n## c {#fn-2}\n");
        let anchors: Vec<&str> = document.headings().iter().map(|heading| heading.anchor.as_str()).collect();
        assert_eq!(anchors, ["references-2", "section-ref-1", "fn", "section-fn-2"]);
        assert_eq!(diagnostics.len(), 1);
    }

    #[test]
    fn caption_comes_first_in_its_table() {
        let outline = outline("Table: Costs\n\n| a |\n|---|\n| b |\n");
        assert!(outline.starts_with("<Table(0) <Caption \"Costs\" Caption> <TableHead"), "{outline}");
    }

    #[test]
    fn image_alone_is_a_figure_and_alt_is_asked_for() {
        let (document, diagnostics) =
            parsed("![a](x.png \"Caption\")\n\ntext ![](y.png)\n\n![](z.svg \"decorative\")\n");
        let figures: Vec<bool> = document.images().iter().map(|image| image.is_figure).collect();
        assert_eq!(figures, [true, false, true]);
        assert_eq!(diagnostics.len(), 1);
    }

    #[test]
    fn footnotes_are_numbered_by_first_reference() {
        let (document, diagnostics) = parsed("a[^x] b[^y] c[^x]\n\n[^y]: Y\n[^x]: X\n[^z]: Z\n");
        let numbers: Vec<_> = document.footnotes().iter().map(|note| (&*note.label, note.number)).collect();
        assert_eq!(numbers, [("x", Some(1)), ("y", Some(2)), ("z", None)]);
        assert_eq!(diagnostics.len(), 1);
    }

    proptest! {
        #[test]
        fn any_text_gives_spans_inside_it(text in "(?s)[\\[\\]{}%()=\"@a-z #*_`>|<!\\n-]{0,200}|.{0,80}") {
            let (document, diagnostics) = parsed(&text);
            for event in document.events() {
                prop_assert!(event.span.end as usize <= text.len());
            }
            for diagnostic in diagnostics {
                prop_assert!(text.get(diagnostic.primary.span.range()).is_some());
            }
            let mut open = 0_i32;
            for event in document.events() {
                match event.kind {
                    EventKind::Start(_) => open += 1,
                    EventKind::End(_) => open -= 1,
                    _ => {}
                }
                prop_assert!(open >= 0);
            }
            prop_assert_eq!(open, 0);
        }
    }
}
