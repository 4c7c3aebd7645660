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
        for range in split(&section.text, target) {
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
fn split(text: &str, target: usize) -> impl Iterator<Item = Range<usize>> {
    let count = ((text.len() + target / 2) / target).max(1);
    let mut start = 0;
    (1..=count).filter_map(move |number| {
        let is_last = number == count;
        let end = if is_last { text.len() } else { boundary(text, start.max(text.len() * number / count)) };
        let is_piece = is_last || (end > start && end < text.len());
        is_piece.then(|| std::mem::replace(&mut start, end)..end)
    })
}

/// A good place to cut at or soon after `from`.
fn boundary(text: &str, from: usize) -> usize {
    let from = text.ceil_char_boundary(from);
    let ahead = &text[from..text.ceil_char_boundary((from + 300).min(text.len()))];
    let bytes = ahead.as_bytes();
    let end_at = |at: usize| match bytes[at] {
        b'\n' => Some(at + 1),
        b'.' | b'?' | b'!' if bytes.get(at + 1) == Some(&b' ') => Some(at + 2),
        _ => None,
    };
    let sentence = (0..bytes.len()).find_map(end_at);
    let word = || ahead.find(' ').map(|at| at + 1);
    from + sentence.or_else(word).unwrap_or(ahead.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_behind_sentences_else_between_words() {
        let pieces = |text: &str, target| -> Vec<String> {
            split(text, target).map(|range| text[range].to_owned()).collect()
        };
        assert_eq!(pieces("", 10), [""]);
        assert_eq!(pieces("A short one.", 10), ["A short one."]);
        assert_eq!(pieces("One is so. Two is not? No.", 13), ["One is so. Two is not? ", "No."]);
        assert_eq!(pieces("One is so\nTwo is not. No.", 13), ["One is so\nTwo is not. ", "No."]);
        assert_eq!(pieces("words and words and words", 8), ["words and ", "words and ", "words"]);
        assert_eq!(pieces("äöüäöüäöüäöü", 8), ["äöüäöüäöüäöü"]);
        assert_eq!(pieces("One line is long.\n", 9), ["One line is long.\n"]);
    }
}
