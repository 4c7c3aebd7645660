//! Shortcodes in Zola's notation, found before Markdown is parsed.
//!
//! Each is masked by as many bytes of something that Markdown leaves alone, so that all spans stay true:
//! `{{ … }}` by control characters, which are text; `{% … %}` by an HTML comment, which is a block of its own.
//! Whether a find counts is known only after parsing: in code it stays as it was written.

use std::borrow::Cow;
use std::ops::Range;

use super::document::{Argument, ArgumentValue, Shortcode};
use crate::source::Span;

/// The byte that stands for each byte of an inline shortcode.
pub(super) const MASK: u8 = 0x1A;

/// A shortcode-like text in the body.
pub(super) struct Found {
    /// Its bytes in the body.
    pub(super) range: Range<usize>,
    pub(super) kind: FoundKind,
}

pub(super) enum FoundKind {
    /// `{{ name(…) }}`
    Inline(Result<Shortcode, Malformed>),
    /// `{% name(…) %}`
    Open(Result<Shortcode, Malformed>),
    /// `{% end %}`
    End,
}

/// Why a shortcode cannot be read.
pub(super) struct Malformed {
    pub(super) span: Span,
    pub(super) message: String,
}

/// Finds shortcodes in the body and masks them; `base` is where the body starts in the file.
pub(super) fn scan(body: &str, base: usize) -> (Cow<'_, str>, Vec<Found>) {
    let mut found = Vec::new();
    // Nothing can close behind the last closing mark, so the search ends there and stays linear.
    let closing = memchr::memrchr_iter(b'}', body.as_bytes());
    let is_mark = |at: &usize| *at > 0 && matches!(body.as_bytes()[at - 1], b'}' | b'%');
    let limit = closing.into_iter().find(is_mark).map_or(0, |at| at + 1);
    let mut at = 0;
    while let Some(brace) = memchr::memchr(b'{', &body.as_bytes()[at..limit.max(at)]) {
        let start = at + brace;
        match find_at(&body[..limit], start, base) {
            Some(item) => {
                at = item.range.end;
                found.push(item);
            }
            None => at = start + 1,
        }
    }
    if found.is_empty() {
        return (Cow::Borrowed(body), found);
    }
    let mut masked = String::with_capacity(body.len());
    let mut last = 0;
    for item in &found {
        masked.push_str(&body[last..item.range.start]);
        mask(item, &mut masked);
        last = item.range.end;
    }
    masked.push_str(&body[last..]);
    (Cow::Owned(masked), found)
}

fn mask(item: &Found, out: &mut String) {
    let length = item.range.len();
    if matches!(item.kind, FoundKind::Inline(_)) || length < "<!---->".len() {
        out.extend(std::iter::repeat_n(char::from(MASK), length));
    } else {
        out.push_str("<!--");
        out.extend(std::iter::repeat_n('x', length - "<!---->".len()));
        out.push_str("-->");
    }
}

fn find_at(body: &str, start: usize, base: usize) -> Option<Found> {
    let rest = &body[start..];
    let (closing, is_inline) = match rest.as_bytes().get(1)? {
        b'{' => ("}}", true),
        b'%' => ("%}", false),
        _ => return None,
    };
    let inner = &rest[2..];
    let name_at = inner.len() - inner.trim_start().len();
    let name: &str = identifier(&inner[name_at..])?;
    let after_name = name_at + name.len();
    let tail = inner[after_name..].trim_start();
    if !is_inline && name == "end" && tail.starts_with(closing) {
        let end = start + 2 + inner.len() - tail.len() + closing.len();
        return Some(Found { range: start..end, kind: FoundKind::End });
    }
    if !tail.starts_with('(') {
        return None;
    }
    let open = 2 + inner.len() - tail.len();
    let name_span = Span::new(base + start + 2 + name_at, base + start + 2 + after_name);
    let mut reader = Reader { text: body, at: start + open + 1, base };
    let arguments = reader.arguments();
    let end = match &arguments {
        Ok(_) => {
            reader.skip_space();
            let closes = body[reader.at..].starts_with(closing);
            if closes { reader.at + closing.len() } else { start + rest.find(closing)? + closing.len() }
        }
        Err(_) => start + rest.find(closing)? + closing.len(),
    };
    let span = Span::new(base + start, base + end);
    let shortcode = arguments.and_then(|arguments| {
        reader.skip_space();
        if reader.at + closing.len() == end {
            let (name, has_body) = (name.into(), !is_inline);
            Ok(Shortcode { name, arguments: arguments.into(), span, name_span, has_body })
        } else {
            Err(reader.malformed(format!("`{closing}` is missing after the arguments of `{name}`")))
        }
    });
    let kind = if is_inline { FoundKind::Inline(shortcode) } else { FoundKind::Open(shortcode) };
    Some(Found { range: start..end, kind })
}

fn identifier(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    (end > 0 && !text.starts_with(|c: char| c.is_ascii_digit())).then(|| &text[..end])
}

/// Reads arguments from a place in the body on.
struct Reader<'a> {
    text: &'a str,
    at: usize,
    base: usize,
}

impl Reader<'_> {
    /// `name=value, …)`; the place is behind the closing bracket afterwards.
    fn arguments(&mut self) -> Result<Vec<Argument>, Malformed> {
        let mut arguments: Vec<Argument> = Vec::new();
        loop {
            self.skip_space();
            if self.take(")") {
                return Ok(arguments);
            }
            let start = self.at;
            let Some(name) = identifier(&self.text[start..]) else {
                return Err(self.malformed("an argument is written `name=value`".to_owned()));
            };
            self.at += name.len();
            self.skip_space();
            if !self.take("=") {
                return Err(self.malformed(format!("`=` is missing after `{name}`")));
            }
            self.skip_space();
            let value_start = self.at;
            let value = self.value(0)?;
            let span = Span::new(self.base + start, self.base + self.at);
            let value_span = Span::new(self.base + value_start, self.base + self.at);
            if arguments.iter().any(|argument| &*argument.name == name) {
                return Err(Malformed { span, message: format!("the argument `{name}` is given twice") });
            }
            arguments.push(Argument { name: name.into(), value, span, value_span });
            self.skip_space();
            if !self.take(",") && !self.text[self.at..].starts_with(')') {
                return Err(self.malformed("arguments are parted by `,` and end with `)`".to_owned()));
            }
        }
    }

    fn value(&mut self, depth: u32) -> Result<ArgumentValue, Malformed> {
        let rest = &self.text[self.at..];
        let first = rest.chars().next().unwrap_or('\0');
        if matches!(first, '"' | '\'' | '`') {
            let Some(end) = rest[1..].find(first) else {
                return Err(self.malformed(format!("the closing {first} is missing")));
            };
            self.at += end + 2;
            return Ok(ArgumentValue::Text(rest[1..=end].into()));
        }
        if first == '[' && depth < 8 {
            self.at += 1;
            return self.list(depth);
        }
        let end = rest.find(|c: char| c.is_whitespace() || ",)]}%".contains(c)).unwrap_or(rest.len());
        let word = &rest[..end];
        let value = match word {
            "true" => ArgumentValue::Bool(true),
            "false" => ArgumentValue::Bool(false),
            _ => match (word.parse::<i64>(), word.parse::<f64>()) {
                (Ok(number), _) => ArgumentValue::Integer(number),
                (_, Ok(number)) if number.is_finite() => ArgumentValue::Float(number),
                _ => {
                    let message = "a value is text in quotation marks, a number, true, false or a list";
                    return Err(self.malformed(message.to_owned()));
                }
            },
        };
        self.at += end;
        Ok(value)
    }

    fn list(&mut self, depth: u32) -> Result<ArgumentValue, Malformed> {
        let mut items = Vec::new();
        loop {
            self.skip_space();
            if self.take("]") {
                return Ok(ArgumentValue::List(items));
            }
            items.push(self.value(depth + 1)?);
            self.skip_space();
            if !self.take(",") && !self.text[self.at..].starts_with(']') {
                return Err(
                    self.malformed("the items of a list are parted by `,` and end with `]`".to_owned())
                );
            }
        }
    }

    fn skip_space(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
    }

    fn take(&mut self, token: &str) -> bool {
        let there = self.text[self.at..].starts_with(token);
        if there {
            self.at += token.len();
        }
        there
    }

    fn malformed(&self, message: String) -> Malformed {
        let width = self.text[self.at..].chars().next().map_or(0, char::len_utf8);
        Malformed { span: Span::new(self.base + self.at, self.base + self.at + width), message }
    }
}
