//! The parsed body of an article.
//!
//! A [`Document`] is a flat list of events in reading order, with side tables for what an event needs more than a
//! number for. Text is not copied: a [`TextRef`] points into the article, or, where Markdown changed the text
//! (entities, smart punctuation), into a small arena. Nothing here is resolved: links are as they were typed.

use std::ops::Range;

use crate::name::{Anchor, CitationKey};
use crate::source::{Source, Span};

/// The body of one article, parsed.
///
/// Two documents are equal when the articles' texts are.
#[derive(Clone, Debug)]
pub struct Document {
    pub(super) source: Source,
    pub(super) body: Span,
    pub(super) arena: Box<str>,
    pub(super) events: Box<[Event]>,
    pub(super) headings: Box<[Heading]>,
    pub(super) links: Box<[Link]>,
    pub(super) html_links: Box<[u32]>,
    pub(super) html_ids: Box<[Anchor]>,
    pub(super) images: Box<[Image]>,
    pub(super) code_blocks: Box<[CodeBlock]>,
    pub(super) tables: Box<[Table]>,
    pub(super) footnotes: Box<[Footnote]>,
    pub(super) citations: Box<[CitationGroup]>,
    pub(super) shortcodes: Box<[Shortcode]>,
}

/// One step through the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// What happens.
    pub kind: EventKind,
    /// Where it stands in the file.
    pub span: Span,
}

/// What one step is; numbers are indexes into the document's side tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// An element begins.
    Start(Tag),
    /// An element ends.
    End(Tag),
    /// Text; neighbouring text events belong to one run.
    Text(TextRef),
    /// Code in a line.
    Code(TextRef),
    /// A piece of raw HTML that stands as a block; pieces follow each other between `Start(HtmlBlock)` and its end.
    Html(TextRef),
    /// Raw HTML in a line.
    InlineHtml(TextRef),
    /// A line end in a paragraph.
    SoftBreak,
    /// A line end that shows.
    HardBreak,
    /// A rule between paragraphs.
    Rule,
    /// The box of a task, ticked or not.
    TaskMarker(bool),
    /// A reference to a footnote: index into `footnotes`, and which reference to that footnote it is, from 0.
    FootnoteReference(u32, u16),
    /// A group of citations.
    Citation(u32),
    /// A shortcode without a body: in a line, or alone as a block.
    Shortcode(u32),
}

/// Elements that hold others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// A paragraph.
    Paragraph,
    /// A heading: index into `headings`.
    Heading(u32),
    /// A quotation.
    Quote,
    /// A GFM alert.
    Alert(AlertKind),
    /// A block of code: index into `code_blocks`; its text events follow.
    CodeBlock(u32),
    /// A block of raw HTML.
    HtmlBlock,
    /// A numbered list and its first number.
    OrderedList(u32),
    /// A bulleted list.
    BulletList,
    /// An item of a list.
    Item,
    /// What a footnote says: index into `footnotes`.
    FootnoteDefinition(u32),
    /// A list of terms and what they mean.
    DefinitionList,
    /// A term.
    DefinitionTitle,
    /// What the term means.
    DefinitionDetails,
    /// A table: index into `tables`; its caption, where it has one, comes first.
    Table(u32),
    /// The caption of a table; the words `Table:` are left out of it.
    Caption,
    /// The head of a table; it holds cells.
    TableHead,
    /// A row of a table.
    TableRow,
    /// A cell, head or not.
    TableCell,
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// Text struck through.
    Strikethrough,
    /// A link: index into `links`.
    Link(u32),
    /// An image: index into `images`. Nothing stands between its start and its end.
    Image(u32),
    /// A shortcode around other blocks: index into `shortcodes`.
    Shortcode(u32),
}

impl Tag {
    /// Whether the element stands in a line of text.
    pub fn is_inline(self) -> bool {
        matches!(self, Self::Emphasis | Self::Strong | Self::Strikethrough | Self::Link(_) | Self::Image(_))
    }
}

/// The five alerts of GFM.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AlertKind {
    /// Something to know.
    Note,
    /// Something that helps.
    Tip,
    /// Something not to miss.
    Important,
    /// Something to be careful with.
    Warning,
    /// Something that may harm.
    Caution,
}

/// Text in the article or in the document's arena; read it with [`Document::text`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextRef {
    pub(super) start: u32,
    /// The length, and in the highest bit whether the text lies in the arena.
    pub(super) len: u32,
}

impl TextRef {
    const IN_ARENA: u32 = 1 << 31;

    pub(super) fn in_source(start: u32, len: u32) -> Self {
        Self { start, len }
    }

    pub(super) fn in_arena(start: u32, len: u32) -> Self {
        Self { start, len: len | Self::IN_ARENA }
    }

    /// Whether the text stands in the article as it is, so that offsets in it are offsets in the file.
    pub fn is_verbatim(self) -> bool {
        self.len & Self::IN_ARENA == 0
    }

    /// Where the text starts in the file; `None` where Markdown changed it.
    pub fn offset(self) -> Option<u32> {
        self.is_verbatim().then_some(self.start)
    }

    fn range(self) -> Range<usize> {
        let start = self.start as usize;
        start..start + (self.len & !Self::IN_ARENA) as usize
    }
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its id; unique in the document.
    pub anchor: Anchor,
    /// Its words without markup.
    pub text: Box<str>,
    /// The whole heading.
    pub span: Span,
    /// The value of the attribute `aspect`, as typed.
    pub aspect: Option<Box<str>>,
    /// Classes given as attributes.
    pub classes: Box<[Box<str>]>,
    /// The index of its start event.
    pub event: u32,
}

/// How a link was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkForm {
    /// `[words](target)` or a reference link.
    Markdown,
    /// `<https://…>`, or the address without brackets.
    Autolink,
    /// `<someone@example.org>`, or the address without brackets.
    Email,
    /// Raw HTML that leads somewhere: `<a href="target">`. No event belongs to it.
    Html,
    /// Raw HTML that loads something: `<img src="target">`, or one of several in `srcset`. No event belongs to it.
    HtmlMedia,
    /// `[[target]]`: the words shown are the target's title.
    Wiki,
    /// `[[target|words]]`.
    WikiWithText,
}

/// A link as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The target as typed, entities resolved.
    pub target: Box<str>,
    /// The title; empty where there is none.
    pub title: Box<str>,
    /// How it was written.
    pub form: LinkForm,
    /// The whole link; in raw HTML the target alone.
    pub span: Span,
}

/// An image as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// The target as typed, entities resolved.
    pub target: Box<str>,
    /// The title; empty where there is none.
    pub title: Box<str>,
    /// The words for who cannot see it, without markup.
    pub alt: Box<str>,
    /// The whole image.
    pub span: Span,
    /// Whether it stands alone in its paragraph and so becomes a figure with its title as caption.
    pub is_figure: bool,
}

impl Image {
    /// Whether the author says that the image only decorates: no alt text, and the title `decorative`.
    pub fn is_decorative(&self) -> bool {
        self.alt.trim().is_empty() && self.title.trim() == "decorative"
    }
}

/// A block of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeBlock {
    /// The first word of the fence's info string; empty where there is none.
    pub language: Box<str>,
    /// The whole block.
    pub span: Span,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// One for each column.
    pub alignments: Box<[Alignment]>,
    /// Whether a caption follows its start.
    pub has_caption: bool,
}

/// How a column is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alignment {
    /// As the theme likes.
    None,
    /// To the start of the line.
    Left,
    /// In the middle.
    Center,
    /// To the end of the line.
    Right,
}

/// A footnote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Footnote {
    /// The label as typed.
    pub label: Box<str>,
    /// Its number in the order of first reference, from 1; `None` where nothing refers to it.
    pub number: Option<u16>,
    /// How many references there are.
    pub references: u16,
    /// The events of what it says, its start and end tags included.
    pub definition: Range<u32>,
    /// Where it is defined.
    pub span: Span,
}

/// `[@one; @two, p. 4]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitationGroup {
    /// The sources in the order typed; never empty.
    pub items: Box<[CitationItem]>,
    /// The whole group with its brackets.
    pub span: Span,
}

/// One source of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitationItem {
    /// Its key.
    pub key: CitationKey,
    /// Where in the source: `p. 4`; empty where not said.
    pub locator: Box<str>,
    /// The key with its `@`.
    pub span: Span,
}

/// A shortcode as it was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Shortcode {
    /// Its name.
    pub name: Box<str>,
    /// Its arguments in the order typed; no name stands twice.
    pub arguments: Box<[Argument]>,
    /// `{{ … }}`, or `{% … %}` without the body.
    pub span: Span,
    /// Where the name stands.
    pub name_span: Span,
    /// Whether it was written `{% … %}` and has a body.
    pub has_body: bool,
}

impl Shortcode {
    /// The argument of that name, where it is text.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.argument(name)?.value {
            ArgumentValue::Text(ref text) => Some(text),
            _ => None,
        }
    }

    /// The argument of that name.
    pub fn argument(&self, name: &str) -> Option<&Argument> {
        self.arguments.iter().find(|argument| &*argument.name == name)
    }
}

/// One argument of a shortcode.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// Its name.
    pub name: Box<str>,
    /// Its value.
    pub value: ArgumentValue,
    /// Name and value.
    pub span: Span,
    /// The value alone, quotation marks included.
    pub value_span: Span,
}

/// What an argument can be.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(untagged)]
pub enum ArgumentValue {
    /// Text in quotation marks.
    Text(Box<str>),
    /// A whole number.
    Integer(i64),
    /// A number with a point.
    Float(f64),
    /// `true` or `false`.
    Bool(bool),
    /// A list in brackets.
    List(Vec<ArgumentValue>),
}

/// A stretch of the document from one heading to the next of any level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Index of its heading; `None` for what stands before the first heading.
    pub heading: Option<u32>,
    /// Its events, the heading's included.
    pub events: Range<u32>,
}

impl Document {
    /// The article.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Where the body stands in the file: all that follows the front matter.
    pub fn body(&self) -> Span {
        self.body
    }

    /// All events in reading order.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The text that a [`TextRef`] of this document means.
    pub fn text(&self, text: TextRef) -> &str {
        let whole = if text.is_verbatim() { self.source.text() } else { &self.arena };
        whole.get(text.range()).unwrap_or_default()
    }

    /// The headings in reading order; their anchors are unique.
    pub fn headings(&self) -> &[Heading] {
        &self.headings
    }

    /// The links in reading order.
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// The links of raw HTML whose targets stand in these bytes of the file, with their indexes in `links`.
    pub fn html_links_in(&self, span: Span) -> impl Iterator<Item = (u32, &Link)> {
        let link = |index: u32| &self.links[index as usize];
        let first = self.html_links.partition_point(|index| link(*index).span.start < span.start);
        let rest = self.html_links[first..].iter().map(move |index| (*index, link(*index)));
        rest.take_while(move |(_, link)| link.span.end <= span.end)
    }

    /// The ids that raw HTML gives.
    pub fn html_ids(&self) -> &[Anchor] {
        &self.html_ids
    }

    /// The images in reading order.
    pub fn images(&self) -> &[Image] {
        &self.images
    }

    /// The blocks of code in reading order.
    pub fn code_blocks(&self) -> &[CodeBlock] {
        &self.code_blocks
    }

    /// The tables in reading order.
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// The footnotes, in the order in which their labels first appear.
    pub fn footnotes(&self) -> &[Footnote] {
        &self.footnotes
    }

    /// The groups of citations in reading order.
    pub fn citations(&self) -> &[CitationGroup] {
        &self.citations
    }

    /// The shortcodes in reading order.
    pub fn shortcodes(&self) -> &[Shortcode] {
        &self.shortcodes
    }

    /// The stretches from heading to heading; the first has no heading and may be empty.
    pub fn sections(&self) -> Vec<Section> {
        let starts = self.headings.iter().map(|heading| heading.event);
        let ends = starts.clone().chain([self.events.len() as u32]);
        let first = Section { heading: None, events: 0..ends.clone().next().unwrap_or(0) };
        let rest = starts.zip(ends.skip(1)).enumerate();
        let rest = rest.map(|(at, (start, end))| Section { heading: Some(at as u32), events: start..end });
        std::iter::once(first).chain(rest).collect()
    }

    /// The words between two events without markup; blocks are parted by a line end, footnotes and raw HTML left out.
    pub fn plain_text(&self, events: Range<u32>) -> String {
        self.plain_text_with(events, |shortcode| shortcode.text("text"))
    }

    /// The same with the words that an inline shortcode stands for.
    pub fn plain_text_with<'a>(
        &'a self,
        events: Range<u32>,
        words: impl Fn(&'a Shortcode) -> Option<&'a str>,
    ) -> String {
        let events = &self.events[events.start as usize..events.end as usize];
        let range = |event: &Event| match event.kind {
            EventKind::Text(text) | EventKind::Code(text) if text.is_verbatim() => Some(text.range()),
            _ => None,
        };
        let (first, last) = (events.iter().find_map(range), events.iter().rev().find_map(range));
        // What lies between the first words and the last is about as long as the words are.
        let length = last.zip(first).map_or(0, |(last, first)| last.end.saturating_sub(first.start));
        let mut out = String::with_capacity(length + 2);
        let mut footnote_depth = 0_u32;
        // A citation leaves the space before it behind, which nothing of a sentence may follow but a word.
        let mut is_after_citation = false;
        for event in events {
            match event.kind {
                EventKind::Start(Tag::FootnoteDefinition(_)) => footnote_depth += 1,
                EventKind::End(Tag::FootnoteDefinition(_)) => {
                    footnote_depth = footnote_depth.saturating_sub(1)
                }
                _ if footnote_depth > 0 => {}
                EventKind::Citation(_) => {
                    is_after_citation = true;
                    continue;
                }
                EventKind::Text(text) | EventKind::Code(text) => {
                    let text = self.text(text);
                    let goes_on = || text.starts_with([' ', '.', ',', ';', ':', '!', '?', ')', '’', '”']);
                    if is_after_citation && out.ends_with(' ') && goes_on() {
                        out.pop();
                    }
                    out.push_str(text);
                }
                EventKind::Shortcode(shortcode) => {
                    out.push_str(words(&self.shortcodes[shortcode as usize]).unwrap_or_default());
                }
                EventKind::SoftBreak | EventKind::HardBreak => out.push(' '),
                EventKind::End(Tag::TableCell) => out.push_str("  "),
                EventKind::End(tag)
                    if !tag.is_inline() && !matches!(out.as_bytes().last(), None | Some(b'\n')) =>
                {
                    out.push('\n')
                }
                _ => {}
            }
            is_after_citation = false;
        }
        out
    }
}

impl PartialEq for Document {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source && self.body == other.body
    }
}
