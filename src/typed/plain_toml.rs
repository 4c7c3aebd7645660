//! TOML as most front matter is written, read in one pass: a line a key, values in one piece, tables one deep.
//!
//! Whatever is not plain (escapes, inline tables, dotted keys, mistakes) is left to the full parser; a test holds that
//! both give the same tree.

use std::borrow::Cow;

use super::value::{Entry, Kind, Value};
use crate::source::Span;

/// The longest text that is tried.
const MAX_BYTES: usize = 64 * 1024;

/// The entries of a text that starts at `offset` in its file, or `None` where it is not plain.
pub(super) fn read(text: &str, offset: usize) -> Option<Vec<Entry<'_>>> {
    if text.len() > MAX_BYTES {
        return None;
    }
    let mut cursor = Cursor { text, bytes: text.as_bytes(), at: 0, offset };
    let mut root: Vec<Entry<'_>> = Vec::with_capacity(16);
    let mut in_table = false;
    loop {
        cursor.skip_blank_lines()?;
        match cursor.peek() {
            None => return Some(root),
            Some(b'[') => {
                let entry = cursor.header()?;
                if root.iter().any(|other| other.name == entry.name) {
                    return None;
                }
                root.push(entry);
                in_table = true;
            }
            Some(_) => {
                let entry = cursor.key_and_value()?;
                let entries = match root.last_mut().map(|last| &mut last.value.kind) {
                    Some(Kind::Table(entries)) if in_table => entries,
                    _ => &mut root,
                };
                if entries.iter().any(|other| other.name == entry.name) {
                    return None;
                }
                entries.push(entry);
            }
        }
    }
}

struct Cursor<'s> {
    text: &'s str,
    bytes: &'s [u8],
    at: usize,
    offset: usize,
}

impl<'s> Cursor<'s> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn span(&self, start: usize) -> Span {
        Span::new(self.offset + start, self.offset + self.at)
    }

    fn skip_spaces(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t')) {
            self.at += 1;
        }
    }

    /// Past spaces and a comment to the next line; `None` where something else stands before it.
    fn end_of_line(&mut self) -> Option<()> {
        self.skip_spaces();
        if self.peek() == Some(b'#') {
            while self.peek().is_some_and(is_text) {
                self.at += 1;
            }
        }
        match self.peek() {
            None => return Some(()),
            Some(b'\n') => self.at += 1,
            Some(b'\r') if self.bytes.get(self.at + 1) == Some(&b'\n') => self.at += 2,
            Some(_) => return None,
        }
        Some(())
    }

    fn skip_blank_lines(&mut self) -> Option<()> {
        loop {
            self.skip_spaces();
            match self.peek() {
                Some(b'\n' | b'\r' | b'#') => self.end_of_line()?,
                _ => return Some(()),
            }
        }
    }

    fn bare_key(&mut self) -> Option<(Cow<'s, str>, Span)> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')) {
            self.at += 1;
        }
        let name = self.text.get(start..self.at)?;
        (!name.is_empty()).then(|| (Cow::Borrowed(name), self.span(start)))
    }

    /// `[name]` on a line of its own.
    fn header(&mut self) -> Option<Entry<'s>> {
        let start = self.at;
        self.at += 1;
        let (name, span) = self.bare_key()?;
        if self.peek() != Some(b']') {
            return None;
        }
        self.at += 1;
        let value = Value { span: self.span(start), kind: Kind::Table(Vec::with_capacity(4)) };
        self.end_of_line()?;
        Some(Entry { name, span, value })
    }

    fn key_and_value(&mut self) -> Option<Entry<'s>> {
        let (name, span) = self.bare_key()?;
        self.skip_spaces();
        if self.peek() != Some(b'=') {
            return None;
        }
        self.at += 1;
        self.skip_spaces();
        let value = if self.peek() == Some(b'[') { self.list()? } else { self.scalar()? };
        self.end_of_line()?;
        Some(Entry { name, span, value })
    }

    fn list(&mut self) -> Option<Value<'s>> {
        let start = self.at;
        self.at += 1;
        let mut values = Vec::with_capacity(4);
        loop {
            self.skip_blanks()?;
            if self.peek() != Some(b']') {
                values.push(self.scalar()?);
                self.skip_blanks()?;
            }
            match self.peek()? {
                b',' if !values.is_empty() => self.at += 1,
                b']' => {
                    self.at += 1;
                    return Some(Value { span: self.span(start), kind: Kind::List(values) });
                }
                _ => return None,
            }
        }
    }

    /// Past spaces and line ends.
    fn skip_blanks(&mut self) -> Option<()> {
        loop {
            self.skip_spaces();
            match self.peek()? {
                b'\n' => self.at += 1,
                b'\r' if self.bytes.get(self.at + 1) == Some(&b'\n') => self.at += 2,
                _ => return Some(()),
            }
        }
    }

    fn scalar(&mut self) -> Option<Value<'s>> {
        let start = self.at;
        let kind = match self.peek()? {
            quote @ (b'"' | b'\'') => self.quoted(quote)?,
            b't' if self.bytes[start..].starts_with(b"true") => self.word(4, Kind::Bool(true)),
            b'f' if self.bytes[start..].starts_with(b"false") => self.word(5, Kind::Bool(false)),
            b'0'..=b'9' | b'-' => self.number_or_date()?,
            _ => return None,
        };
        Some(Value { span: self.span(start), kind })
    }

    fn word(&mut self, length: usize, kind: Kind<'s>) -> Kind<'s> {
        self.at += length;
        kind
    }

    fn quoted(&mut self, quote: u8) -> Option<Kind<'s>> {
        self.at += 1;
        let start = self.at;
        while self.peek().is_some_and(|byte| byte != quote && byte != b'\\' && is_text(byte)) {
            self.at += 1;
        }
        if self.peek()? != quote {
            return None;
        }
        let text = self.text.get(start..self.at)?;
        self.at += 1;
        // Three quotes in a row open a text of several lines.
        (!text.is_empty() || self.peek() != Some(quote)).then_some(Kind::Text(Cow::Borrowed(text)))
    }

    fn number_or_date(&mut self) -> Option<Kind<'s>> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit() || byte == b'-') {
            self.at += 1;
        }
        let text = self.text.get(start..self.at)?;
        // A date that is not alone may go on with a time.
        let ends = matches!(self.peek(), None | Some(b'\n' | b'\r' | b',' | b']'));
        if !ends {
            return None;
        }
        let digits = text.strip_prefix('-').unwrap_or(text);
        let is_whole =
            digits == "0" || (!digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit()));
        if is_whole && (1..=18).contains(&digits.len()) {
            return text.parse().ok().map(Kind::Integer);
        }
        super::reader::parse_date(text)?;
        (text.len() == 10).then_some(Kind::Date(Cow::Borrowed(text)))
    }
}

/// Whether TOML allows the byte in a comment or a text of one line.
fn is_text(byte: u8) -> bool {
    (byte >= b' ' && byte != 0x7F) || byte == b'\t'
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::name::SitePath;
    use crate::source::Source;

    /// The plain tree, and the full parser's of the same text.
    fn both(text: &str) -> (Option<Vec<Entry<'static>>>, Kind<'static>, usize) {
        let source: &'static Source =
            Box::leak(Box::new(Source::new(SitePath::new("a.toml").unwrap(), format!("+++\n{text}"))));
        let span = Span::new(4, source.text().len());
        let mut found = Vec::new();
        let full = crate::typed::toml::read_full(source, span, &mut found);
        (read(source.slice(span), 4), full.kind, found.len())
    }

    #[test]
    fn usual_front_matter_is_plain() {
        let text = "title = \"Ä # no comment\" # one\r\n\nreviewed = 2026-11-21\n# words\ntags = [\n  'a',\n  \"b\",\n]\n\
                    weight = -3\ndraft = false\n[extra]\nkey_message = \"K\"\n[other]\n";
        let (plain, full, found) = both(text);
        assert_eq!((Kind::Table(plain.unwrap()), found), (full, 0));
    }

    #[test]
    fn the_rest_is_left_to_the_full_parser() {
        for text in [
            "a.b = 1",
            "a = 1\na = 2",
            "a = \"\\n\"",
            "a = \"\"\"x\"\"\"",
            "a = {}",
            "a = 1.5",
            "a = 01",
            "a = [[]]",
            "[[a]]",
            "[a]\n[a]",
            "a = 2026-02-30",
            "a = 2026-01-02 10:00:00",
            "a = tru",
            "a = \"",
            "a",
            "a = 1 b",
            "a = \"\u{7f}\"",
            "# \u{1}",
            "a = 1\rb = 2",
            "\"a\" = 1",
            "[a.b]",
            "a = --1",
            "a = 99999999999999999999",
        ] {
            assert_eq!(both(text).0, None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn both_parsers_agree(pieces in prop::collection::vec(prop::sample::select(&[
            "a", "b", "c-d", " = ", "=", "\"x\"", "'y z'", "\"\"", "1", "-20", "0", "2026-11-21", "true", "false", "[",
            "]", ",", ", ", "\n", "\n", "\n", "\r\n", "[t]", "[u]", " ", "\t", "# c", "é", "\"ü\"", ".", "\\", "{", "}",
        ][..]), 0..24)) {
            let (plain, full, found) = both(&pieces.concat());
            if let Some(plain) = plain {
                prop_assert_eq!(found, 0);
                prop_assert_eq!(Kind::Table(plain), full);
            }
        }
    }
}
