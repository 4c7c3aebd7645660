//! From places in a page's words back to its sections, blocks, events and file.

use super::{MESSAGE, PageText};
use crate::link::layout::Placed;
use crate::link::{Place, TextPosition, ids, sentence};
use crate::markdown::EventKind;
use crate::source::Span;

impl PageText<'_> {
    fn piece_at(&self, at: u32) -> Option<usize> {
        self.pieces.partition_point(|piece| piece.at <= at).checked_sub(1)
    }

    /// The section of a place in the buffer.
    pub(in crate::link) fn section_at(&self, at: u32) -> u32 {
        let index = self.blocks.partition_point(|block| block.at <= at);
        index.checked_sub(1).map_or(0, |index| self.blocks[index].section)
    }

    /// The block around a place in the buffer, without the line end behind it.
    pub(in crate::link) fn block_at(&self, at: u32) -> std::ops::Range<usize> {
        let index = self.blocks.partition_point(|block| block.at <= at);
        index.checked_sub(1).map_or(0..0, |index| self.block(index))
    }

    fn block(&self, index: usize) -> std::ops::Range<usize> {
        let start = self.blocks[index].at as usize;
        let next = self.blocks.get(index + 1).map_or(self.buffer.len(), |block| block.at as usize);
        start..start + self.buffer[start..next].trim_end_matches('\n').len()
    }

    /// Where the block around a place stands in a table or among definitions.
    fn placed(&self, at: u32) -> Option<&Placed> {
        if self.placed.is_empty() {
            return None;
        }
        let block = self.blocks.partition_point(|block| block.at <= at).checked_sub(1)? as u32;
        let index = self.placed.binary_search_by_key(&block, |placed| placed.block).ok()?;
        Some(&self.placed[index])
    }

    /// The words that say what a place in a table or a definition is about: heads, caption, term.
    pub(in crate::link) fn about(&self, at: u32) -> impl Iterator<Item = &str> {
        let placed = self.placed(at).into_iter();
        let blocks = placed.flat_map(|placed| [placed.head, placed.first, placed.caption]).flatten();
        blocks.map(|block| &self.buffer[self.block(block as usize)])
    }

    /// The head of the column that a place stands in.
    pub(in crate::link) fn head(&self, at: u32) -> Option<&str> {
        let head = self.placed(at)?.head?;
        Some(&self.buffer[self.block(head as usize)])
    }

    /// Start and end as places in text events, where a mark can lie between them: elements that open between them
    /// close between them.
    pub(in crate::link) fn positions(&self, start: u32, end: u32) -> Option<(TextPosition, TextPosition)> {
        let first = &self.pieces[self.piece_at(start)?];
        let last = &self.pieces[self.piece_at(end.checked_sub(1)?)?];
        if !first.is_text || !last.is_text {
            return None;
        }
        let mut depth = 0;
        let events = self.page.document.events();
        for event in &events[first.event as usize..last.event as usize] {
            match event.kind {
                EventKind::Start(_) => depth += 1,
                EventKind::End(_) if depth == 0 => return None,
                EventKind::End(_) => depth -= 1,
                _ => {}
            }
        }
        let start = TextPosition { event: first.event, offset: start - first.at };
        let end = TextPosition { event: last.event, offset: end - last.at };
        (depth == 0).then_some((start, end))
    }

    /// The bytes of the file that a stretch of the buffer comes from.
    pub(in crate::link) fn span(&self, start: u32, end: u32) -> Span {
        let place = |at: u32, is_end: bool| {
            let piece = &self.pieces[self.piece_at(if is_end { at.saturating_sub(1) } else { at })?];
            if piece.event == MESSAGE {
                return Some(self.in_message(at - piece.at));
            }
            let event = self.page.document.events().get(piece.event as usize);
            let Some(event) = event else { return Some(self.page.interface.address_span) };
            match event.kind {
                EventKind::Text(text) if piece.is_text && text.is_verbatim() => {
                    let at = text.offset()? + (at - piece.at);
                    Some(Span { start: at, end: at })
                }
                _ => Some(event.span),
            }
        };
        match (place(start, false), place(end, true)) {
            (Some(first), Some(last)) => Span { start: first.start, end: last.end.max(first.start) },
            _ => Span::default(),
        }
    }

    /// A place in the file of a place in the key message; the key, where the message is not written as it reads.
    fn in_message(&self, offset: u32) -> Span {
        let message = self.page.front_matter.key_message().unwrap_or_default();
        let span = ids::place_in_extra(self.page, "key_message", message);
        if span.len() != message.len() {
            return span;
        }
        Span { start: span.start + offset, end: span.start + offset }
    }

    /// A stretch of the buffer with the sentence around it.
    pub(in crate::link) fn place(&self, start: u32, end: u32) -> Place {
        let block = self.block_at(start);
        let excerpt = sentence::around(
            &self.buffer[block.clone()],
            start as usize - block.start..end as usize - block.start,
        );
        let section = self.section_at(start);
        let heading = self.page.sections.get(section as usize).and_then(|section| section.heading);
        let heading = heading.and_then(|heading| self.page.document.headings().get(heading as usize));
        Place {
            section,
            heading: heading.map(|heading| heading.text.clone()),
            anchor: heading.map(|heading| heading.anchor.clone()),
            sentence: excerpt.text,
            mark: excerpt.mark,
            span: self.span(start, end),
        }
    }
}
