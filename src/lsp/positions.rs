//! Places as editors count them: lines from 0, columns in the units that were agreed on.

use lsp_types::{GeneralClientCapabilities, Position, PositionEncodingKind, Range};

use crate::source::Span;

/// What a column counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of UTF-16: an emoji counts two. What every editor knows.
    #[default]
    Utf16,
}

impl Encoding {
    /// The best of those that the editor knows: bytes need no counting.
    pub(super) fn chosen(general: Option<&GeneralClientCapabilities>) -> Self {
        let offered = general.and_then(|general| general.position_encodings.as_deref()).unwrap_or_default();
        if offered.contains(&PositionEncodingKind::UTF8) { Self::Utf8 } else { Self::Utf16 }
    }

    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
        }
    }

    fn width(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
        }
    }
}

/// A text with its lines; they end in LF, CRLF or CR, as the protocol has it.
pub(super) struct Lines<'a> {
    text: &'a str,
    /// The first byte of each line.
    starts: Vec<usize>,
    encoding: Encoding,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str, encoding: Encoding) -> Self {
        let bytes = text.as_bytes();
        let is_end = |at: usize| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n');
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes).filter(|at| is_end(*at));
        let starts = std::iter::once(0).chain(ends.map(|at| at + 1)).collect();
        Self { text, starts, encoding }
    }

    /// Line and column of a byte; a byte behind the text counts as its end, one inside of a character as its start.
    pub(super) fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset.min(self.text.len()));
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let before = &self.text[self.starts[line]..offset];
        let column: usize = before.chars().map(|c| self.encoding.width(c)).sum();
        Position::new(number(line), number(column))
    }

    /// The byte at a line and column; beyond a line's end its end, beyond the last line the end of the text.
    pub(super) fn offset(&self, position: Position) -> usize {
        let line = position.line as usize;
        let Some(&start) = self.starts.get(line) else { return self.text.len() };
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        let words = self.text[start..end].trim_end_matches(['\n', '\r']);
        let mut column = 0;
        for (at, c) in words.char_indices() {
            column += self.encoding.width(c);
            if column > position.character as usize {
                return start + at;
            }
        }
        start + words.len()
    }

    pub(super) fn range(&self, span: Span) -> Range {
        Range::new(self.position(span.start as usize), self.position(span.end as usize))
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_in_what_was_agreed_on() {
        let text = "a🦴é\r\nb\rc\n";
        for (encoding, column) in [(Encoding::Utf8, 7), (Encoding::Utf16, 4)] {
            let lines = Lines::new(text, encoding);
            assert_eq!(lines.position(7), Position::new(0, column), "{encoding:?}");
            assert_eq!(lines.offset(Position::new(0, column)), 7, "{encoding:?}");
            assert_eq!(lines.offset(Position::new(0, 99)), 7, "the line's end, not its line feed");
            assert_eq!(lines.position(9), Position::new(1, 0));
            assert_eq!(lines.position(11), Position::new(2, 0), "a lone CR ends a line");
            assert_eq!((lines.offset(Position::new(9, 9)), lines.position(99)), (13, Position::new(3, 0)));
        }
        let lines = Lines::new(text, Encoding::Utf16);
        assert_eq!(lines.offset(Position::new(0, 2)), 1, "inside of the emoji");
        assert_eq!(lines.position(3), Position::new(0, 1), "inside of the emoji");
    }

    #[test]
    fn every_place_survives_the_way_there_and_back() {
        let text = "\u{FEFF}é\n\n🦴🦴 x\r\n\tä\r\r\nend";
        for encoding in [Encoding::Utf8, Encoding::Utf16] {
            let lines = Lines::new(text, encoding);
            for (at, c) in text.char_indices().filter(|(_, c)| !matches!(c, '\r' | '\n')) {
                assert_eq!(lines.offset(lines.position(at)), at, "{c:?} {encoding:?}");
            }
        }
    }
}
