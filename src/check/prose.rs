//! The words of a page as checks read them: blocks of plain text in reading order, with a way back to the file.
//!
//! All blocks lie in one text, parted by line ends, so that one pass finds everything. The text is normalised: curly
//! quotation marks and apostrophes are straight, odd spaces plain, soft hyphens gone, a line end in a paragraph is a
//! space. Case stays. [`Prose::span`] leads from any stretch of it to the bytes that the author wrote.

mod build;

use std::cell::OnceCell;
use std::ops::Range;

use super::readability::sentences;
use crate::aspect::Aspect;
use crate::name::SitePath;
use crate::source::Span;

pub use build::{Reading, prose};

/// The words of a page.
#[derive(Clone, Debug, Default)]
pub struct Prose {
    text: String,
    pieces: Vec<Piece>,
    blocks: Vec<ProseBlock>,
    sections: Vec<ProseSection>,
    links: Vec<ProseLink>,
    citations: Vec<u32>,
    inserted: Vec<Range<u32>>,
    file: Option<SitePath>,
}

/// A stretch of the text that comes from one stretch of the file.
#[derive(Clone, Copy, Debug)]
struct Piece {
    /// Where it starts in the text; it ends where the next starts.
    at: u32,
    /// Where it comes from.
    span: Span,
    /// Whether the bytes are the same, so that offsets in it carry over.
    verbatim: bool,
}

/// What a block is on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockKind {
    /// The page's title, from its front matter.
    Title,
    /// The description, from the front matter.
    Description,
    /// The key message, from the front matter.
    KeyMessage,
    /// A heading and its level.
    Heading(u8),
    /// A paragraph, or what a definition says.
    Paragraph,
    /// An item of a list, or a paragraph in one.
    ListItem,
    /// A cell of a table.
    TableCell,
    /// A paragraph or item of a quotation.
    Quote,
    /// A paragraph or item of a care card.
    CareCard,
    /// A caption of a table or figure.
    Caption,
    /// A paragraph of a footnote.
    Footnote,
}

impl BlockKind {
    /// Whether its words count when the page's readability is measured: sentences that the page itself says.
    pub fn is_running_text(self) -> bool {
        matches!(self, Self::Paragraph | Self::ListItem | Self::CareCard)
    }
}

/// One block of plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProseBlock {
    /// What it is.
    pub kind: BlockKind,
    /// Index of the section it stands in.
    pub section: u32,
    /// Its place in the text.
    pub range: Range<u32>,
    /// The whole block in the file.
    pub span: Span,
    /// Whether it holds a citation.
    pub cited: bool,
    /// Its sentences, once somebody asked for them: on most pages few checks do.
    sentences: OnceCell<Box<[Range<u32>]>>,
}

/// A heading with what follows up to the next heading of any level; the first has no heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProseSection {
    /// Index of the heading in the document; `None` before the first heading.
    pub heading: Option<u32>,
    /// The heading's level; 0 before the first heading.
    pub level: u8,
    /// Its aspect, or that of the second-level section around it.
    pub aspect: Option<Aspect>,
    /// The heading's place; the body's start before the first heading.
    pub span: Span,
}

/// A link in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProseLink {
    /// Index of the link in the document.
    pub link: u32,
    /// Its words in the text.
    pub range: Range<u32>,
}

impl Prose {
    /// All blocks' text, parted by line ends.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The blocks in reading order: title, description and key message, then the body.
    pub fn blocks(&self) -> &[ProseBlock] {
        &self.blocks
    }

    /// The sections in reading order; never empty for a page.
    pub fn sections(&self) -> &[ProseSection] {
        &self.sections
    }

    /// The links in reading order.
    pub fn links(&self) -> &[ProseLink] {
        &self.links
    }

    /// Where citations stand, as offsets in the text.
    pub fn citations(&self) -> &[u32] {
        &self.citations
    }

    /// The page's file.
    pub fn file(&self) -> &SitePath {
        self.file.as_ref().expect("prose is made for a page")
    }

    /// The text of a stretch; empty where it is none.
    pub fn slice(&self, range: Range<u32>) -> &str {
        self.text.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    /// The text of a block.
    pub fn block_text(&self, block: &ProseBlock) -> &str {
        self.slice(block.range.clone())
    }

    /// The section of a block.
    pub fn section_of(&self, block: &ProseBlock) -> &ProseSection {
        &self.sections[block.section as usize]
    }

    /// The block around an offset, or the one before it where it lies between two.
    pub fn block_at(&self, at: u32) -> Option<&ProseBlock> {
        let index = self.blocks.partition_point(|block| block.range.start <= at);
        index.checked_sub(1).map(|index| &self.blocks[index])
    }

    /// The sentence of a block around an offset; the whole block where none is.
    pub fn sentence_at(&self, block: &ProseBlock, at: u32) -> Range<u32> {
        let all = self.sentences_of(block);
        let index = all.partition_point(|sentence| sentence.start <= at);
        match index.checked_sub(1).map(|index| &all[index]) {
            Some(sentence) if at < sentence.end => sentence.clone(),
            _ => block.range.clone(),
        }
    }

    /// The sentences of a block.
    pub fn sentences_of<'a>(&self, block: &'a ProseBlock) -> &'a [Range<u32>] {
        block.sentences.get_or_init(|| {
            let start = block.range.start;
            let found = sentences(self.block_text(block)).into_iter();
            found.map(|range| start + range.start as u32..start + range.end as u32).collect()
        })
    }

    /// Whether a citation stands in the stretch or right behind it.
    pub fn is_cited(&self, range: &Range<u32>) -> bool {
        let from = self.citations.partition_point(|&at| at < range.start);
        self.citations.get(from).is_some_and(|&at| at <= range.end + 1)
    }

    /// Whether the paragraph around a block is cited: the block itself, a fact with sources in it, or for an item the
    /// words that lead in the list.
    pub fn is_paragraph_cited(&self, block: &ProseBlock) -> bool {
        let own = |block: &ProseBlock| block.cited || self.is_inserted(&block.range);
        if own(block) {
            return true;
        }
        let before = self.blocks.iter().rev().skip_while(|other| other.range.start >= block.range.start);
        let mut lead = before.skip_while(|other| other.kind == BlockKind::ListItem);
        block.kind == BlockKind::ListItem
            && lead.next().is_some_and(|lead| lead.section == block.section && own(lead))
    }

    /// Whether a link stands in the stretch.
    pub fn is_linked(&self, range: &Range<u32>) -> bool {
        self.links.iter().any(|link| link.range.start >= range.start && link.range.end <= range.end)
    }

    /// Whether a stretch comes from a shortcode such as `fact`, so that the author did not type it.
    pub fn is_inserted(&self, range: &Range<u32>) -> bool {
        self.inserted.iter().any(|inserted| inserted.start < range.end && range.start < inserted.end)
    }

    /// The bytes of the file that a stretch of the text comes from.
    pub fn span(&self, range: Range<u32>) -> Span {
        let (first, last) = (self.piece_at(range.start), self.piece_at(range.end.max(range.start + 1) - 1));
        let (Some(first), Some(last)) = (first, last) else {
            return Span::default();
        };
        let start =
            if first.verbatim { first.span.start + (range.start - first.at) } else { first.span.start };
        let end = if last.verbatim { last.span.start + (range.end - last.at) } else { last.span.end };
        let end = end.min(last.span.end);
        Span { start: start.min(end), end }
    }

    fn piece_at(&self, at: u32) -> Option<&Piece> {
        let index = self.pieces.partition_point(|piece| piece.at <= at);
        index.checked_sub(1).map(|index| &self.pieces[index])
    }
}
