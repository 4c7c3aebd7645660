//! From a document and its front matter to prose.

use std::cell::OnceCell;

use crate::aspect::Aspect;
use crate::front_matter::FrontMatter;
use crate::markdown::{Document, EventKind, Heading, Shortcode, Tag};
use crate::source::{Source, Span};
use crate::typed::Spanned;

use super::{BlockKind, Piece, Prose, ProseBlock, ProseLink, ProseSection};

/// What prose needs to know from elsewhere.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    /// What a heading, by its index in the document, speaks of.
    pub aspect: &'a dyn Fn(u32) -> Option<Aspect>,
    /// The words that a shortcode in a line puts there: a fact's text; `None` for one that shows no words.
    pub shortcode: &'a dyn Fn(&Shortcode) -> Option<String>,
}

impl Default for Reading<'_> {
    fn default() -> Self {
        Self { aspect: &|_| None, shortcode: &|shortcode| shortcode.text("text").map(str::to_owned) }
    }
}

/// Makes the prose of a page.
pub fn prose(front_matter: &FrontMatter, document: &Document, reading: Reading<'_>) -> Prose {
    let source = document.source();
    let mut builder = Builder::new(source, document);
    builder.front_matter(front_matter);
    builder.body(document, reading);
    builder.prose.file = Some(source.path().clone());
    builder.prose
}

struct Builder<'a> {
    source: &'a Source,
    prose: Prose,
    /// Kinds of the elements that are open and give their kind to the blocks in them, outermost first.
    frames: Vec<BlockKind>,
    /// The block that is being filled.
    open: Option<ProseBlock>,
    /// The aspect of the second-level section around.
    aspect: Option<Aspect>,
}

impl<'a> Builder<'a> {
    fn new(source: &'a Source, document: &Document) -> Self {
        let mut prose = Prose::default();
        let (body, events) = (document.body(), document.events().len());
        prose.text.reserve(body.len());
        prose.pieces.reserve(events / 2);
        prose.blocks.reserve(events / 4);
        let span = Span { start: body.start, end: body.start };
        prose.sections.push(ProseSection { heading: None, level: 0, aspect: None, span });
        Self { source, prose, frames: Vec::new(), open: None, aspect: None }
    }

    fn front_matter(&mut self, front_matter: &FrontMatter) {
        if let Some(title) = &front_matter.title {
            self.value(BlockKind::Title, title);
        }
        if let Some(description) = &front_matter.description {
            self.value(BlockKind::Description, description);
        }
        let message = front_matter.extra.get("key_message").and_then(|message| message.as_str());
        if let Some(message) = message
            && let Some(span) = self.find_value(front_matter, message)
        {
            self.value(BlockKind::KeyMessage, &Spanned::new(message.to_owned(), span));
        }
    }

    /// Where a value of `extra` stands: the first place below the key where its words are written.
    fn find_value(&self, front_matter: &FrontMatter, value: &str) -> Option<Span> {
        let block = self.source.slice(front_matter.block);
        let key = block.find("key_message")?;
        let first_line = value.trim_start().lines().next().unwrap_or_default();
        let start = front_matter.block.start as usize + key;
        Some(match block[key..].find(first_line).filter(|_| !first_line.is_empty()) {
            Some(at) if block[key + at..].starts_with(value) => {
                Span::new(start + at, start + at + value.len())
            }
            _ => Span::new(start, start + "key_message".len()),
        })
    }

    /// A block from a value of the front matter; quotation marks around it and escapes in it are no words.
    fn value(&mut self, kind: BlockKind, value: &Spanned<String>) {
        let written = self.source.slice(value.span);
        self.start_block(kind, value.span);
        match place_in(written, &value.value) {
            Some(at) => self.push(&value.value, value.span.start as usize + at, true, value.span),
            None => self.push(&value.value, 0, false, value.span),
        }
        self.end_block();
    }

    fn body(&mut self, document: &Document, reading: Reading<'_>) {
        let mut open_links: Vec<(u32, u32)> = Vec::new();
        for event in document.events() {
            match event.kind {
                EventKind::Start(tag) => {
                    self.start(tag, event.span, document, reading);
                    if let Tag::Link(link) = tag {
                        self.ensure_block(event.span);
                        open_links.push((link, self.at()));
                    }
                }
                EventKind::End(tag) => {
                    if let (Tag::Link(_), Some((link, start))) = (tag, open_links.last().copied()) {
                        open_links.pop();
                        let range = start..self.at();
                        self.prose.links.push(ProseLink { link, range });
                    }
                    self.end(tag);
                }
                EventKind::Text(text) | EventKind::Code(text) => {
                    self.ensure_block(event.span);
                    let offset = text.offset();
                    let start = offset.unwrap_or(event.span.start) as usize;
                    self.push(document.text(text), start, offset.is_some(), event.span);
                }
                EventKind::SoftBreak | EventKind::HardBreak => self.space(event.span),
                EventKind::Citation(_) => {
                    self.ensure_block(event.span);
                    let at = self.at();
                    self.prose.citations.push(at);
                    if let Some(block) = &mut self.open {
                        block.cited = true;
                    }
                }
                EventKind::Shortcode(index) => {
                    let shortcode = &document.shortcodes()[index as usize];
                    if let Some(words) = (reading.shortcode)(shortcode) {
                        self.ensure_block(event.span);
                        let start = self.at();
                        self.push(&words, 0, false, event.span);
                        let range = start..self.at();
                        self.prose.inserted.push(range);
                    }
                }
                EventKind::Html(_)
                | EventKind::InlineHtml(_)
                | EventKind::Rule
                | EventKind::TaskMarker(_)
                | EventKind::FootnoteReference(..) => {}
            }
        }
        self.end_block();
    }

    fn start(&mut self, tag: Tag, span: Span, document: &Document, reading: Reading<'_>) {
        match tag {
            Tag::Heading(index) => {
                let heading = &document.headings()[index as usize];
                self.end_block();
                let own = heading.aspect.as_deref().and_then(Aspect::new);
                self.start_section(index, heading, own.or_else(|| (reading.aspect)(index)));
                self.start_block(BlockKind::Heading(heading.level), span);
            }
            Tag::Paragraph => {
                self.end_block();
                self.start_block(self.block_kind(), span);
            }
            Tag::Item | Tag::DefinitionDetails => self.open_frame(BlockKind::ListItem),
            Tag::Quote => self.open_frame(BlockKind::Quote),
            Tag::FootnoteDefinition(_) => self.open_frame(BlockKind::Footnote),
            Tag::TableCell => {
                self.open_frame(BlockKind::TableCell);
                self.start_block(BlockKind::TableCell, span);
            }
            Tag::Caption => {
                self.open_frame(BlockKind::Caption);
                self.start_block(BlockKind::Caption, span);
            }
            Tag::Shortcode(index) if &*document.shortcodes()[index as usize].name == "care" => {
                self.open_frame(BlockKind::CareCard);
            }
            tag if tag.is_inline() => {}
            _ => self.end_block(),
        }
        // A tight item has no paragraph: its block starts with its first text.
    }

    fn end(&mut self, tag: Tag) {
        match tag {
            Tag::Item
            | Tag::DefinitionDetails
            | Tag::Quote
            | Tag::FootnoteDefinition(_)
            | Tag::TableCell
            | Tag::Caption => {
                self.end_block();
                self.frames.pop();
            }
            Tag::Shortcode(_) => {
                self.end_block();
                if self.frames.last() == Some(&BlockKind::CareCard) {
                    self.frames.pop();
                }
            }
            tag if tag.is_inline() => {}
            _ => self.end_block(),
        }
    }

    fn open_frame(&mut self, kind: BlockKind) {
        self.end_block();
        self.frames.push(kind);
    }

    /// The kind of a block at this place: what stands around it decides, the strongest first.
    fn block_kind(&self) -> BlockKind {
        let strongest = [BlockKind::CareCard, BlockKind::Quote, BlockKind::Footnote];
        for kind in strongest {
            if self.frames.contains(&kind) {
                return kind;
            }
        }
        self.frames.last().copied().unwrap_or(BlockKind::Paragraph)
    }

    fn start_section(&mut self, index: u32, heading: &Heading, aspect: Option<Aspect>) {
        if heading.level <= 2 {
            self.aspect = aspect;
        }
        self.prose.sections.push(ProseSection {
            heading: Some(index),
            level: heading.level,
            aspect: aspect.or(self.aspect),
            span: heading.span,
        });
    }

    fn at(&self) -> u32 {
        u32::try_from(self.prose.text.len()).unwrap_or(u32::MAX)
    }

    fn ensure_block(&mut self, span: Span) {
        if self.open.is_none() {
            self.start_block(self.block_kind(), span);
        }
    }

    fn start_block(&mut self, kind: BlockKind, span: Span) {
        self.end_block();
        let section = self.prose.sections.len() as u32 - 1;
        let range = self.at()..self.at();
        self.open = Some(ProseBlock { kind, section, range, span, cited: false, sentences: OnceCell::new() });
    }

    fn end_block(&mut self) {
        let Some(mut block) = self.open.take() else {
            return;
        };
        let start = block.range.start as usize;
        let text = &self.prose.text[start..];
        let end = start + text.trim_end().len();
        if text.trim().is_empty() {
            self.prose.text.truncate(start);
            self.prose.pieces.retain(|piece| (piece.at as usize) < start);
            self.prose.citations.retain(|&at| (at as usize) < start);
            return;
        }
        block.range.end = end as u32;
        if block.span.end < block.span.start + 1 {
            block.span = self.prose.span(block.range.clone());
        }
        self.prose.blocks.push(block);
        self.prose.text.push('\n');
    }

    fn space(&mut self, span: Span) {
        if self.open.is_some() && !self.prose.text.ends_with([' ', '\n']) {
            self.piece(span.start as usize, false, span);
            self.prose.text.push(' ');
        }
    }

    fn piece(&mut self, offset: usize, verbatim: bool, span: Span) {
        let at = self.at();
        let span = if verbatim { Span { start: offset as u32, end: span.end } } else { span };
        self.prose.pieces.push(Piece { at, span, verbatim });
    }

    /// Adds text, normalised. `offset` is where it stands in the file, if it stands there as it is.
    fn push(&mut self, text: &str, offset: usize, verbatim: bool, span: Span) {
        if text.is_empty() {
            return;
        }
        self.piece(offset, verbatim, span);
        // All bytes are looked at, without a way out: many at once.
        let is_plain = text.bytes().fold(true, |plain, byte| plain & (b' '..=127).contains(&byte));
        if is_plain {
            return self.prose.text.push_str(text);
        }
        let mut from = 0;
        let mut at = 0;
        let may_change = |byte: &u8| *byte >= 128 || matches!(byte, b'\n' | b'\t');
        while let Some(next) = text.as_bytes()[at..].iter().position(may_change) {
            at += next;
            let c = text[at..].chars().next().expect("a character starts here");
            let start = at;
            at += c.len_utf8();
            let Some(plain) = normal(c) else {
                continue;
            };
            self.prose.text.push_str(&text[from..start]);
            let place = if verbatim { Span::new(offset + start, offset + at) } else { span };
            self.piece(offset + start, false, place);
            self.prose.text.push_str(plain);
            from = at;
            self.piece(offset + from, verbatim, span);
        }
        self.prose.text.push_str(&text[from..]);
    }
}

/// Where a value first stands in what is written for it: nearly always alone or behind a quotation mark.
fn place_in(written: &str, value: &str) -> Option<usize> {
    let stands_at = |at: &usize| written.get(*at..).is_some_and(|rest| rest.starts_with(value));
    [0, 1].into_iter().find(stands_at).or_else(|| written.find(value))
}

/// What a character is read as, where that is another one.
fn normal(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{2018}' | '\u{2019}' | '\u{02BC}' => "'",
        '\u{201C}' | '\u{201D}' => "\"",
        '\u{2010}' | '\u{2011}' => "-",
        '\u{AD}' | '\u{200B}' | '\u{FEFF}' => "",
        '\n' | '\t' | '\u{A0}' | '\u{2007}' | '\u{202F}' | '\u{2009}' => " ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::SitePath;
    use crate::{front_matter, markdown};

    fn read(text: &str) -> (Source, Prose) {
        let source = Source::new(SitePath::new("content/a.md").unwrap(), text);
        let (front, _) = front_matter::parse(&source);
        let (document, _) = markdown::parse(&source, front.body, markdown::Options::default());
        let prose = prose(&front, &document, Reading::default());
        (source, prose)
    }

    fn kinds(prose: &Prose) -> Vec<(BlockKind, &str)> {
        prose.blocks().iter().map(|block| (block.kind, prose.block_text(block))).collect()
    }

    #[test]
    fn blocks_come_in_reading_order_with_their_kinds() {
        let (_, prose) = read(
            "+++\ntitle = \"The cost\"\ndescription = \"What you pay.\"\nextra.key_message = \"Ask first.\"\n+++\n\
             One.\n\n## Risks {aspect=risks}\n\n- tight *item*\n- other\n\n  loose\n\n> quoted\n\n\
             {% care(level=\"urgent\", heading=\"Call if:\") %}\n- it bleeds\n{% end %}\n\n### Deep\n\n| a | b |\n|---|---|\n| c | d |\n",
        );
        use BlockKind::*;
        assert_eq!(
            kinds(&prose),
            [
                (Title, "The cost"),
                (Description, "What you pay."),
                (KeyMessage, "Ask first."),
                (Paragraph, "One."),
                (Heading(2), "Risks"),
                (ListItem, "tight item"),
                (ListItem, "other"),
                (ListItem, "loose"),
                (Quote, "quoted"),
                (CareCard, "it bleeds"),
                (Heading(3), "Deep"),
                (TableCell, "a"),
                (TableCell, "b"),
                (TableCell, "c"),
                (TableCell, "d"),
            ]
        );
        assert_eq!(
            prose.sections().iter().map(|section| section.aspect).collect::<Vec<_>>(),
            [None, Some(Aspect::Risks), Some(Aspect::Risks)]
        );
    }

    /// Every word of the prose leads to the same word in the file.
    #[test]
    fn every_word_leads_back_to_the_file() {
        let (source, prose) = read(
            "---\ntitle: 'It''s “odd”'\ndescription: Plain — words\n---\nDon't & won’t &amp; *can* be\nso **bold** \u{A0}“quite” end.\n\
             - item with [a link](x.md) [@key] and `code`\n",
        );
        for range in crate::check::readability::words(prose.text()) {
            let word = &prose.text()[range.clone()];
            let span = prose.span(range.start as u32..range.end as u32);
            let written = source.slice(span).replace('’', "'");
            let whole_value = prose.block_at(range.start as u32).unwrap().kind == BlockKind::Title;
            assert!(written == word || whole_value && written.contains("odd"), "{word}: {written}");
        }
        assert!(prose.text().contains("won't & can be so bold"), "{}", prose.text());
    }

    #[test]
    fn citations_and_links_are_known_where_they_stand() {
        let (_, prose) = read("+++\n+++\nIt helps [@a]. It [hurts](b.md).\n\nPlain.\n");
        let [first, second] = prose.blocks() else { panic!("{:?}", prose.blocks()) };
        assert!(first.cited && !second.cited);
        let [one, two] = prose.sentences_of(first) else { panic!() };
        assert!(prose.is_cited(one) && !prose.is_cited(two));
        assert!(!prose.is_linked(one) && prose.is_linked(two));
    }
}
