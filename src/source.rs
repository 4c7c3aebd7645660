//! A text file of the site, and places in it.
//!
//! A [`Span`] is a byte range in the whole file, front matter included. Lines and columns are computed only when
//! a diagnostic is drawn.

use std::fmt;
use std::sync::{Arc, OnceLock};

use twox_hash::XxHash3_128;

use crate::name::SitePath;

/// A byte range in the whole file; `start <= end`, and files are shorter than 4 GiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span of these bytes; an end before the start gives an empty span.
    pub fn new(start: usize, end: usize) -> Self {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        let end = u32::try_from(end).unwrap_or(u32::MAX);
        Self { start, end: end.max(start) }
    }

    /// The span as a range of `usize`.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The span moved towards the end of the file by `offset` bytes.
    pub fn shifted(self, offset: usize) -> Self {
        Self::new(self.start as usize + offset, self.end as usize + offset)
    }

    /// The smallest span that holds both.
    pub fn join(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// A place in a file as people count: both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// The hash of what a made file depends on: BLAKE3, 32 bytes.
pub type Fingerprint = [u8; 32];

/// The sum of a file's bytes, by which a change of it is seen: XXH3, 128 bits.
///
/// It takes a tenth of the time of a [`Fingerprint`], and every byte that is read or written is summed. Nothing that a
/// site shows depends on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Checksum(u128);

impl Checksum {
    /// The sum of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(XxHash3_128::oneshot(bytes))
    }

    /// The sum that was written in this way: 32 hexadecimal digits.
    pub fn from_hex(digits: &str) -> Option<Self> {
        let is_whole = digits.len() == 32 && !digits.starts_with('+');
        u128::from_str_radix(digits, 16).ok().filter(|_| is_whole).map(Self)
    }

    /// The sum as bytes, the highest first.
    pub fn to_bytes(self) -> [u8; 16] {
        self.0.to_be_bytes()
    }
}

impl fmt::Display for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// A text file with its path and checksum; cheap to clone.
///
/// Two sources are equal when path and text are.
#[derive(Clone)]
pub struct Source(Arc<Inner>);

struct Inner {
    path: SitePath,
    text: Box<str>,
    checksum: Checksum,
    line_starts: OnceLock<Vec<u32>>,
}

impl Source {
    /// Takes the text of a file. Lines may end in LF or CRLF; the text is kept as it is.
    pub fn new(path: SitePath, text: impl Into<Box<str>>) -> Self {
        let text = text.into();
        let checksum = Checksum::of(text.as_bytes());
        Self::with_checksum(path, text, checksum)
    }

    /// Takes the text of a file whose bytes were summed when they were read.
    ///
    /// NUL becomes U+FFFD, as the CommonMark specification asks (section 2.3): no stage behind this one sees it.
    pub fn with_checksum(path: SitePath, text: impl Into<Box<str>>, checksum: Checksum) -> Self {
        let mut text = text.into();
        if memchr::memchr(0, text.as_bytes()).is_some() {
            text = text.replace('\0', "\u{FFFD}").into();
        }
        Self(Arc::new(Inner { path, text, checksum, line_starts: OnceLock::new() }))
    }

    /// Where the file lies.
    pub fn path(&self) -> &SitePath {
        &self.0.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// The sum of the file's bytes.
    pub fn checksum(&self) -> Checksum {
        self.0.checksum
    }

    /// The text of a span; empty where the span does not lie in the text.
    pub fn slice(&self, span: Span) -> &str {
        self.0.text.get(span.range()).unwrap_or_default()
    }

    /// Line and column of a byte; a byte behind the text counts as its end.
    pub fn position(&self, offset: u32) -> Position {
        let starts = self.line_starts();
        let mut offset = (offset as usize).min(self.0.text.len());
        while !self.0.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = starts.partition_point(|&start| start as usize <= offset) - 1;
        let column = self.0.text[starts[line] as usize..offset].chars().count();
        Position { line: line + 1, column: column + 1 }
    }

    /// The text of a line, counted from 1, without its line end; empty where there is no such line.
    pub fn line(&self, line: usize) -> &str {
        let starts = self.line_starts();
        let Some(&start) = line.checked_sub(1).and_then(|at| starts.get(at)) else {
            return "";
        };
        let end = starts.get(line).map_or(self.0.text.len(), |&next| next as usize);
        self.0.text[start as usize..end].trim_end_matches(['\n', '\r'])
    }

    fn line_starts(&self) -> &[u32] {
        self.0.line_starts.get_or_init(|| {
            let ends = memchr::memchr_iter(b'\n', self.0.text.as_bytes());
            std::iter::once(0).chain(ends.map(|at| u32::try_from(at + 1).unwrap_or(u32::MAX))).collect()
        })
    }
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
            || (self.0.path == other.0.path
                && self.0.checksum == other.0.checksum
                && self.0.text == other.0.text)
    }
}

impl Eq for Source {}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({}, {} bytes)", self.0.path, self.0.text.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nul_is_replaced() {
        assert_eq!(Source::new(SitePath::new("a.md").unwrap(), "a\0b").text(), "a\u{FFFD}b");
    }

    #[test]
    fn columns_count_characters() {
        let source = Source::new(SitePath::new("a.md").unwrap(), "äb\r\ncd");
        assert_eq!(source.position(2), Position { line: 1, column: 2 });
        assert_eq!(source.position(5), Position { line: 2, column: 1 });
        assert_eq!(source.position(99), Position { line: 2, column: 3 });
        assert_eq!((source.line(1), source.line(2), source.line(3)), ("äb", "cd", ""));
    }
}
