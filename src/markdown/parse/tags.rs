//! Elements of the parser as elements of a document.

use pulldown_cmark as cmark;

use super::{Builder, push_to};
use crate::markdown::document::*;
use crate::name::Anchor;
use crate::source::Span;

impl Builder<'_> {
    pub(super) fn tag(&mut self, tag: cmark::Tag<'_>, span: Span) -> Tag {
        match tag {
            cmark::Tag::Paragraph => Tag::Paragraph,
            cmark::Tag::Heading { level, id, classes, attrs } => {
                // The anchor is made when the words are known; until then it carries the id that was typed.
                let anchor = id.as_deref().and_then(Anchor::new).unwrap_or_else(|| self.no_anchor.clone());
                let text = if id.is_some() { "#".into() } else { "".into() };
                let aspect = attrs.iter().find(|(name, _)| &**name == "aspect");
                let heading = Heading {
                    level: level as u8,
                    anchor,
                    text,
                    span,
                    aspect: aspect.and_then(|(_, value)| Some(value.as_ref()?.as_ref().into())),
                    classes: classes.iter().map(|class| class.as_ref().into()).collect(),
                    event: self.events.len() as u32,
                };
                Tag::Heading(push_to(&mut self.headings, heading))
            }
            cmark::Tag::BlockQuote(None) => Tag::Quote,
            cmark::Tag::BlockQuote(Some(kind)) => Tag::Alert(alert(kind)),
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
                let alignments = alignments.into_iter().map(alignment).collect();
                let table = Table { alignments, has_caption: false };
                Tag::Table(push_to(&mut self.tables, table))
            }
            cmark::Tag::TableHead => Tag::TableHead,
            cmark::Tag::TableRow => Tag::TableRow,
            cmark::Tag::TableCell => Tag::TableCell,
            cmark::Tag::Emphasis => Tag::Emphasis,
            cmark::Tag::Strong => Tag::Strong,
            cmark::Tag::Strikethrough | cmark::Tag::Superscript | cmark::Tag::Subscript => Tag::Strikethrough,
            cmark::Tag::Link { link_type, dest_url, title, .. } => {
                let (target, title) = (dest_url.as_ref().into(), title.as_ref().into());
                let link = Link { target, title, form: form(link_type), span };
                Tag::Link(push_to(&mut self.links, link))
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
    pub(super) fn move_caption(&mut self, span: Span) {
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
}

fn alert(kind: cmark::BlockQuoteKind) -> AlertKind {
    match kind {
        cmark::BlockQuoteKind::Note => AlertKind::Note,
        cmark::BlockQuoteKind::Tip => AlertKind::Tip,
        cmark::BlockQuoteKind::Important => AlertKind::Important,
        cmark::BlockQuoteKind::Warning => AlertKind::Warning,
        cmark::BlockQuoteKind::Caution => AlertKind::Caution,
    }
}

fn alignment(alignment: cmark::Alignment) -> Alignment {
    match alignment {
        cmark::Alignment::None => Alignment::None,
        cmark::Alignment::Left => Alignment::Left,
        cmark::Alignment::Center => Alignment::Center,
        cmark::Alignment::Right => Alignment::Right,
    }
}

fn form(link_type: cmark::LinkType) -> LinkForm {
    match link_type {
        cmark::LinkType::Autolink => LinkForm::Autolink,
        cmark::LinkType::Email => LinkForm::Email,
        cmark::LinkType::WikiLink { has_pothole: false } => LinkForm::Wiki,
        cmark::LinkType::WikiLink { has_pothole: true } => LinkForm::WikiWithText,
        _ => LinkForm::Markdown,
    }
}
