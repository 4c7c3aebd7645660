//! The pass over the events of a page.

use std::ops::Range;

use super::answer::{self, Question};
use super::shared::{Language, Shared};
use super::table::OpenTable;
use super::{Body, EvidenceEnd, escape};
use crate::aspect::Aspect;
use crate::diag::Diagnostic;
use crate::link::{LinkedPage, Mark, TextPosition};
use crate::markdown::{Document, EventKind, Tag};
use crate::render::Inputs;
use crate::render::context::Html;

/// What is being written, and what is open.
pub(super) struct Writer<'a> {
    pub(super) linked: &'a LinkedPage,
    pub(super) document: &'a Document,
    pub(super) inputs: &'a Inputs<'a>,
    pub(super) shared: &'a Shared,
    pub(super) language: &'a Language,
    pub(super) mode: Mode,
    pub(super) out: String,
    /// What is found on the way; its HTML is put in at the end.
    pub(super) body: Body,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Containers that are open: lists, quotations, shortcodes. A question stands outside of all.
    pub(super) depth: u32,
    /// The first mark that has not begun.
    pub(super) next_mark: usize,
    pub(super) open_mark: Option<OpenMark>,
    pub(super) link_is_open: bool,
    pub(super) table: Option<OpenTable<'a>>,
    pub(super) tables: usize,
    pub(super) images: usize,
    /// Where the body of each open shortcode begins in `out`.
    pub(super) shortcodes: Vec<usize>,
    /// The question whose answer is being written.
    pub(super) question: Option<Question>,
    pub(super) questions: Vec<Question>,
    /// Whether the section on what studies say is being written.
    in_evidence: bool,
    /// Whether the next letter begins a word.
    pub(super) between_words: bool,
}

/// For which place the HTML is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// The page itself.
    Page,
    /// A list of answers on another page: without ids, citations and footnotes, headings as many levels lower.
    Answer { anchor: String, lower: u8 },
}

/// A mark that has begun.
pub(super) struct OpenMark {
    pub(super) end: TextPosition,
    pub(super) closing: &'static str,
}

pub(super) fn write(linked: &LinkedPage, inputs: &Inputs<'_>, shared: &Shared) -> (Body, Vec<Diagnostic>) {
    let mut writer = Writer::new(linked, inputs, shared, Mode::Page);
    let length = writer.document.body().len();
    writer.out.reserve(length + length / 2);
    writer.body.cited_at = vec![Vec::new(); linked.sources.len()];
    let end = writer.document.events().len() as u32;
    writer.range(0..end);
    writer.close_question(end);
    writer.footnotes();
    let questions = std::mem::take(&mut writer.questions);
    let (mut body, diagnostics) = (writer.body, writer.diagnostics);
    body.html = Html(writer.out);
    body.answers =
        questions.into_iter().map(|question| answer::answer(linked, inputs, shared, question)).collect();
    (body, diagnostics)
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        linked: &'a LinkedPage,
        inputs: &'a Inputs<'a>,
        shared: &'a Shared,
        mode: Mode,
    ) -> Self {
        Self {
            linked,
            document: &linked.page.document,
            inputs,
            shared,
            language: shared.language(&linked.page.interface.language),
            mode,
            out: String::new(),
            body: Body::default(),
            diagnostics: Vec::new(),
            depth: 0,
            next_mark: 0,
            open_mark: None,
            link_is_open: false,
            table: None,
            tables: 0,
            images: 0,
            shortcodes: Vec::new(),
            question: None,
            questions: Vec::new(),
            in_evidence: false,
            between_words: true,
        }
    }

    pub(super) fn is_page(&self) -> bool {
        self.mode == Mode::Page
    }

    /// Writes the events of a range, which begins and ends between elements.
    pub(super) fn range(&mut self, events: Range<u32>) {
        self.next_mark = self.linked.marks.partition_point(|mark: &Mark| mark.start.event < events.start);
        let mut at = events.start;
        while at < events.end {
            at = self.event(at);
        }
    }

    /// The event of that index.
    pub(super) fn kind(&self, at: u32) -> Option<EventKind> {
        self.document.events().get(at as usize).map(|event| event.kind)
    }

    /// One past the end of the element that starts at an index.
    pub(super) fn end_of(&self, at: u32) -> u32 {
        let mut depth = 0_u32;
        for (index, event) in self.document.events().iter().enumerate().skip(at as usize) {
            match event.kind {
                EventKind::Start(_) => depth += 1,
                EventKind::End(_) => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return index as u32 + 1;
            }
        }
        self.document.events().len() as u32
    }

    /// Writes one event and gives the index of the next to be written.
    fn event(&mut self, at: u32) -> u32 {
        match self.document.events()[at as usize].kind {
            EventKind::Start(tag) => return self.start(tag, at),
            EventKind::End(tag) => self.end(tag, at),
            EventKind::Text(text) => self.text(text, at),
            EventKind::Code(text) => {
                let text = self.document.text(text);
                self.count_words(text);
                self.out.push_str("<code>");
                escape::text(&mut self.out, text);
                self.out.push_str("</code>");
            }
            EventKind::Html(text) | EventKind::InlineHtml(text) => self.raw_html(text),
            EventKind::SoftBreak => self.line_end("\n"),
            EventKind::HardBreak => self.line_end("<br>\n"),
            EventKind::Rule => self.out.push_str("<hr>\n"),
            EventKind::TaskMarker(ticked) => self.task(ticked, at),
            EventKind::FootnoteReference(index, reference) => self.footnote_reference(index, reference),
            EventKind::Citation(index) => self.citation(index),
            EventKind::Shortcode(index) => self.inline_shortcode(index),
        }
        at + 1
    }

    fn line_end(&mut self, html: &str) {
        self.between_words = true;
        self.out.push_str(html);
    }

    fn start(&mut self, tag: Tag, at: u32) -> u32 {
        match tag {
            Tag::Paragraph => return self.paragraph(at),
            Tag::Heading(index) => self.heading_start(index, at),
            Tag::Quote => self.container("<blockquote>\n"),
            Tag::Alert(kind) => {
                let (class, word) = self.language.alert(kind);
                let html = format!("<div class=\"note {class}\"><p class=\"alert-word\">{word}</p>\n");
                self.container(&html);
            }
            Tag::CodeBlock(index) => return self.code_block(index, at),
            Tag::HtmlBlock => {}
            Tag::OrderedList(1) => self.container("<ol>\n"),
            Tag::OrderedList(first) => self.container(&format!("<ol start=\"{first}\">\n")),
            Tag::BulletList => {
                let html = if self.is_task_list(at) { "<ul class=\"tasks\">\n" } else { "<ul>\n" };
                self.container(html);
            }
            Tag::Item => self.container("<li>"),
            Tag::FootnoteDefinition(_) => return self.end_of(at),
            Tag::DefinitionList => self.container("<dl>\n"),
            Tag::DefinitionTitle => self.container("<dt>"),
            Tag::DefinitionDetails => self.container("<dd>"),
            Tag::Table(index) => self.table_start(index, at),
            Tag::Caption => self.caption_start(),
            Tag::TableHead | Tag::TableRow => self.row_start(tag),
            Tag::TableCell => self.cell_start(at),
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Link(index) => return self.link_start(index, at),
            Tag::Image(index) => {
                self.image(index);
                return self.end_of(at);
            }
            Tag::Shortcode(_) => {
                self.container("");
                self.shortcodes.push(self.out.len());
            }
        }
        at + 1
    }

    /// Opens an element that holds blocks.
    fn container(&mut self, html: &str) {
        self.depth += 1;
        self.out.push_str(html);
    }

    fn end(&mut self, tag: Tag, at: u32) {
        self.between_words |= !tag.is_inline();
        let html = match tag {
            Tag::Paragraph => "</p>\n",
            Tag::Heading(index) => return self.heading_end(index, at),
            Tag::Quote => "</blockquote>\n",
            Tag::Alert(_) => "</div>\n",
            Tag::OrderedList(_) => "</ol>\n",
            Tag::BulletList => "</ul>\n",
            Tag::Item => "</li>\n",
            Tag::DefinitionList => "</dl>\n",
            Tag::DefinitionTitle => "</dt>\n",
            Tag::DefinitionDetails => "</dd>\n",
            Tag::Table(_) => return self.table_end(),
            Tag::Caption => "</caption>",
            Tag::TableHead | Tag::TableRow => return self.row_end(tag),
            Tag::TableCell => return self.cell_end(),
            Tag::Emphasis => "</em>",
            Tag::Strong => "</strong>",
            Tag::Strikethrough => "</del>",
            Tag::Link(_) if std::mem::take(&mut self.link_is_open) => "</a>",
            Tag::Shortcode(index) => {
                self.depth = self.depth.saturating_sub(1);
                return self.shortcode_end(index);
            }
            // Code, images and footnotes are written at their start.
            Tag::HtmlBlock | Tag::CodeBlock(_) | Tag::FootnoteDefinition(_) => "",
            Tag::Link(_) | Tag::Image(_) => "",
        };
        if matches!(
            tag,
            Tag::Quote
                | Tag::Alert(_)
                | Tag::OrderedList(_)
                | Tag::BulletList
                | Tag::Item
                | Tag::DefinitionList
                | Tag::DefinitionTitle
                | Tag::DefinitionDetails
        ) {
            self.depth = self.depth.saturating_sub(1);
        }
        self.out.push_str(html);
    }

    /// A paragraph, or what stands alone in it and is none.
    fn paragraph(&mut self, at: u32) -> u32 {
        if self.kind(at + 2) == Some(EventKind::End(Tag::Paragraph))
            && let Some(EventKind::Shortcode(index)) = self.kind(at + 1)
        {
            self.lone_shortcode(index);
            return at + 3;
        }
        if let Some(EventKind::Start(Tag::Image(index))) = self.kind(at + 1)
            && self.document.images()[index as usize].is_figure
        {
            self.figure(index);
            return self.end_of(at);
        }
        self.out.push_str("<p>");
        at + 1
    }

    fn heading_start(&mut self, index: u32, at: u32) {
        let heading = &self.document.headings()[index as usize];
        let section = self.linked.page.sections.get(index as usize + 1);
        if self.depth == 0 && self.is_page() {
            if self.question.as_ref().is_some_and(|question| heading.level <= question.level) {
                self.close_question(at);
            }
            if section.is_some_and(|section| section.is_question) {
                self.open_question(index, at);
                return;
            }
        }
        self.end_evidence(section.and_then(|section| section.aspect), heading.level, index);
        let level = self.level(heading.level);
        self.out.push_str("<h");
        self.out.push(level);
        if self.is_page() {
            self.out.push_str(" id=\"");
            escape::attribute(&mut self.out, heading.anchor.as_str());
            self.out.push('"');
        }
        if !heading.classes.is_empty() {
            self.out.push_str(" class=\"");
            escape::attribute(&mut self.out, &heading.classes.join(" "));
            self.out.push('"');
        }
        self.out.push('>');
    }

    /// Keeps where the first section on what studies say ends: at the next heading of its level.
    fn end_evidence(&mut self, aspect: Option<Aspect>, level: u8, heading: u32) {
        if level > 2 || self.depth > 0 || !self.is_page() || self.body.evidence_end.is_some() {
            return;
        }
        if self.in_evidence {
            self.body.evidence_end = Some(EvidenceEnd { at: self.out.len(), heading });
        }
        self.in_evidence = aspect == Some(Aspect::Evidence);
    }

    fn heading_end(&mut self, index: u32, at: u32) {
        let level = self.level(self.document.headings()[index as usize].level);
        self.out.push_str("</h");
        self.out.push(level);
        self.out.push('>');
        if !self.question_begins(index, at) {
            self.out.push('\n');
        }
    }

    /// The digit of a heading's element; the page's title alone is a first-level heading.
    pub(super) fn level(&self, level: u8) -> char {
        let lower = match self.mode {
            Mode::Page => 0,
            Mode::Answer { lower, .. } => lower,
        };
        char::from(b'0' + (level + lower).clamp(2, 6))
    }

    fn is_task_list(&self, at: u32) -> bool {
        let is_task = |kind| matches!(kind, Some(EventKind::TaskMarker(_)));
        let is_paragraph = self.kind(at + 2) == Some(EventKind::Start(Tag::Paragraph));
        is_task(self.kind(at + 2)) || (is_paragraph && is_task(self.kind(at + 3)))
    }

    fn task(&mut self, ticked: bool, at: u32) {
        let events = self.document.events();
        let is_line = |kind: EventKind| match kind {
            EventKind::Start(tag) | EventKind::End(tag) => tag.is_inline(),
            _ => true,
        };
        let rest = &events[at as usize + 1..];
        let length = rest.iter().position(|event| !is_line(event.kind)).unwrap_or(rest.len());
        let words = self.document.plain_text(at + 1..at + 1 + length as u32);
        self.out.push_str("<input type=\"checkbox\" disabled");
        self.out.push_str(if ticked { " checked" } else { "" });
        self.out.push_str(" aria-label=\"");
        escape::attribute(&mut self.out, words.trim());
        self.out.push_str("\"> ");
    }

    /// An id that no heading of the page has: `care-1`; the number goes on from the last.
    pub(super) fn unique_id(&self, prefix: &str, number: &mut usize) -> String {
        loop {
            *number += 1;
            let id = format!("{prefix}-{number}");
            if !self.linked.page.interface.anchors.contains(id.as_str()) {
                return id;
            }
        }
    }
}
