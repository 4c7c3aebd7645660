//! Cutting a document's text into parts: what one file of texts for excerpts holds.

use std::ops::Range;

use super::count::MOST_PARTS;
use super::document::Section;

/// A stretch of one section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// The number of the section in its document.
    pub(super) section: usize,
    /// The bytes of the section's text.
    pub(super) range: Range<usize>,
}

impl Piece {
    /// Whether the piece begins its section.
    pub(super) fn is_start(&self) -> bool {
        self.range.start == 0
    }
}

/// Pieces of neighbouring sections.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) pieces: Vec<Piece>,
}

/// Cuts a document into at most 15 parts of about `target` bytes; sections stay whole where they are not much longer.
///
/// A document without text has one part without pieces.
pub(super) fn cut(sections: &[Section], target: usize) -> Vec<Part> {
    let total: usize = sections.iter().map(|section| section.text.len() + section.heading.len()).sum();
    let target = target.max(total / (MOST_PARTS - 3));
    let mut parts = vec![Part::default()];
    let mut filled = 0;
    for (number, section) in sections.iter().enumerate() {
        let pieces = split(&section.text, target);
        for range in pieces {
            if filled > 0 && filled + range.len() > target + target / 4 && parts.len() < MOST_PARTS {
                parts.push(Part::default());
                filled = 0;
            }
            filled += range.len();
            let part = parts.last_mut().expect("there is a first part");
            part.pieces.push(Piece { section: number, range });
        }
    }
    parts
}

/// Cuts a long text behind sentences, else between words, into even pieces.
fn split(text: &str, target: usize) -> Vec<Range<usize>> {
    let count = (text.len() + target / 2) / target;
    if count < 2 {
        return std::iter::once(0..text.len()).collect();
    }
    let mut pieces = Vec::with_capacity(count);
    let mut start = 0;
    for number in 1..count {
        let end = boundary(text, start.max(text.len() * number / count));
        if end > start && end < text.len() {
            pieces.push(start..end);
            start = end;
        }
    }
    pieces.push(start..text.len());
    pieces
}

/// A good place to cut at or soon after `from`.
fn boundary(text: &str, from: usize) -> usize {
    let from = text.ceil_char_boundary(from);
    let ahead = &text[from..text.ceil_char_boundary((from + 300).min(text.len()))];
    let sentence =
        [". ", "? ", "! ", "\n"].iter().filter_map(|end| ahead.find(end).map(|at| at + end.len())).min();
    let space = ahead.find(' ').map(|at| at + 1);
    from + sentence.or(space).unwrap_or(ahead.len())
}
