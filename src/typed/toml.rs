//! TOML as a tree of values.

use std::borrow::Cow;

use toml::de::{DeTable, DeValue};

use super::value::{Entry, Kind, Value};
use super::{MAX_DEPTH, MAX_VALUES, plain_toml};
use crate::diag::{self, Diagnostic};
use crate::source::{Source, Span};

/// The most syntax errors reported for one text; what follows the first few is seldom news.
const MAX_SYNTAX_ERRORS: usize = 5;

/// Reads the TOML in `span` of a file.
pub(super) fn read<'s>(source: &'s Source, span: Span, found: &mut Vec<Diagnostic>) -> Value<'s> {
    match plain_toml::read(source.slice(span), span.start as usize) {
        Some(entries) => Value { span, kind: Kind::Table(entries) },
        None => read_full(source, span, found),
    }
}

/// Reads the TOML in `span` of a file, whatever it holds.
pub(super) fn read_full<'s>(source: &'s Source, span: Span, found: &mut Vec<Diagnostic>) -> Value<'s> {
    let text = source.slice(span);
    let offset = span.start as usize;
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut syntax_errors = Vec::new();
    for error in errors {
        let at = error.span().unwrap_or(0..0);
        let at = Span::new(at.start.min(text.len()), at.end.min(text.len())).shifted(offset);
        if error.message() == "duplicate key" {
            let name = source.slice(at).trim_matches(['"', '\'']);
            found.push(
                Diagnostic::new(diag::DUPLICATE_KEY, source.path(), at, format!("`{name}` is set twice"))
                    .with_help("keep one of the two"),
            );
        } else if let Some(place) = date_around(source, span, at) {
            syntax_errors.push(place);
            let message = format!("`{}` is not a date", source.slice(place));
            found.push(
                Diagnostic::new(diag::BAD_DATE, source.path(), place, message)
                    .with_help("write year, month and day: `2026-11-21`"),
            );
        } else if syntax_errors.len() < MAX_SYNTAX_ERRORS {
            // Behind the first mistake of a line the parser is lost until the line ends.
            let is_echo = syntax_errors.last().is_some_and(|last: &Span| is_one_line(source, *last, at));
            syntax_errors.push(at);
            if is_echo {
                continue;
            }
            let message = format!("this is not valid TOML: {}", error.message());
            found.push(Diagnostic::new(diag::SYNTAX_ERROR, source.path(), at, message));
        }
    }
    let mut builder = Builder { source, offset, syntax_errors, values: 0, too_deep: None, too_many: false };
    let root = Value { span, kind: Kind::Table(builder.table(table.into_inner(), 0)) };
    if let Some(at) = builder.too_deep {
        let message = format!("values are nested more than {MAX_DEPTH} deep");
        found.push(Diagnostic::new(diag::NESTED_TOO_DEEPLY, source.path(), at, message));
    }
    if builder.too_many {
        let message = format!("the file holds more than {MAX_VALUES} values");
        found.push(Diagnostic::new(diag::TOO_MANY_VALUES, source.path(), Span::new(offset, offset), message));
    }
    root
}

fn is_one_line(source: &Source, one: Span, other: Span) -> bool {
    let (first, second) = (one.start.min(other.start), one.start.max(other.start));
    !source.slice(Span::new(first as usize, second as usize)).contains('\n')
}

/// The value around a syntax error, where it was meant as a date: digits, and at least two hyphens or slashes.
fn date_around(source: &Source, block: Span, at: Span) -> Option<Span> {
    let text = source.text();
    let line = text[block.start as usize..at.start as usize].rfind('\n').map_or(0, |end| end + 1);
    let line = block.start as usize + line;
    let end = text[line..block.end as usize].find(['\n', '#']).map_or(block.end as usize, |end| line + end);
    let (_, value) = text[line..end].split_once('=')?;
    let value = value.trim();
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '-' | '/' | '.');
    let parts = value.split(['-', '/', '.']).filter(|part| !part.is_empty()).count();
    let start = value.as_ptr() as usize - text.as_ptr() as usize;
    (parts == 3 && value.chars().all(is_part)).then(|| Span::new(start, start + value.len()))
}

struct Builder<'s> {
    source: &'s Source,
    offset: usize,
    syntax_errors: Vec<Span>,
    values: usize,
    too_deep: Option<Span>,
    too_many: bool,
}

impl<'s> Builder<'s> {
    fn table(&mut self, table: DeTable<'s>, depth: usize) -> Vec<Entry<'s>> {
        let mut entries = Vec::with_capacity(table.len());
        for (name, value) in table {
            let span = self.span(name.span());
            let value = self.value(value, depth + 1);
            if self.is_guessed(&value) {
                continue;
            }
            entries.push(Entry { name: name.into_inner(), span, value });
        }
        entries.sort_unstable_by_key(|entry| entry.span);
        entries
    }

    fn value(&mut self, value: toml::Spanned<DeValue<'s>>, depth: usize) -> Value<'s> {
        let span = self.span(value.span());
        self.values += 1;
        if self.values > MAX_VALUES {
            self.too_many = true;
            return Value { span, kind: Kind::Null };
        }
        if depth > MAX_DEPTH {
            self.too_deep.get_or_insert(span);
            return Value { span, kind: Kind::Null };
        }
        let kind = match value.into_inner() {
            DeValue::String(text) => Kind::Text(text),
            DeValue::Integer(number) => {
                i64::from_str_radix(number.as_str(), number.radix()).map_or(Kind::Null, Kind::Integer)
            }
            DeValue::Float(number) => number.as_str().parse().map_or(Kind::Null, Kind::Float),
            DeValue::Boolean(truth) => Kind::Bool(truth),
            DeValue::Datetime(_) => Kind::Date(Cow::Borrowed(self.source.slice(span))),
            DeValue::Array(values) => {
                Kind::List(values.into_iter().map(|value| self.value(value, depth + 1)).collect())
            }
            DeValue::Table(table) => Kind::Table(self.table(table, depth)),
        };
        Value { span, kind }
    }

    /// Whether the value stands where the text could not be read, so that it is the parser's guess.
    fn is_guessed(&self, value: &Value<'_>) -> bool {
        !matches!(value.kind, Kind::Table(_))
            && self.syntax_errors.iter().any(|at| at.start <= value.span.end && value.span.start <= at.end)
    }

    fn span(&self, span: std::ops::Range<usize>) -> Span {
        Span::new(span.start, span.end).shifted(self.offset)
    }
}
