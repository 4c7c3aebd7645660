//! YAML as a tree of values.
//!
//! The subset that front matter needs: no anchors, aliases, tags, or further documents. Scalars without quotes stay
//! as they are written, so that `no` and `012` are text where text is asked for.

use std::borrow::Cow;

use granit_parser::{Event, Parser, ScalarStyle};

use super::value::{Entry, Kind, Value};
use super::{MAX_DEPTH, MAX_VALUES};
use crate::diag::{self, Code, Diagnostic};
use crate::source::{Source, Span};

/// Reads the YAML in `span` of a file.
pub(super) fn read<'s>(source: &'s Source, span: Span, found: &mut Vec<Diagnostic>) -> Value<'s> {
    let mut builder =
        Builder { source, offset: span.start as usize, open: Vec::new(), root: None, values: 0, found };
    builder.run(source.slice(span));
    let root = builder.root.take();
    match root {
        Some(root) if matches!(root.kind, Kind::Table(_)) => Value { span, kind: root.kind },
        Some(Value { kind: Kind::Plain(text), .. }) if text.trim().is_empty() => Value::empty_table(span),
        Some(other) => {
            builder.report(diag::SYNTAX_ERROR, other.span, "keys and values are expected: `key: value`");
            Value::empty_table(span)
        }
        None => Value::empty_table(span),
    }
}

/// A list or table that is not closed yet.
enum Open<'s> {
    List { start: Span, values: Vec<Value<'s>> },
    Table { start: Span, entries: Vec<Entry<'s>>, key: Option<(Cow<'s, str>, Span)> },
}

struct Builder<'s, 'd> {
    source: &'s Source,
    offset: usize,
    open: Vec<Open<'s>>,
    root: Option<Value<'s>>,
    values: usize,
    found: &'d mut Vec<Diagnostic>,
}

impl<'s> Builder<'s, '_> {
    fn run(&mut self, text: &'s str) {
        let options = granit_parser::options! {
            emit_comments: false,
            disallow_directives: true,
            flow_nesting_limit: 2 * MAX_DEPTH,
            block_nesting_limit: 2 * MAX_DEPTH,
        };
        let mut documents = 0;
        for next in Parser::new_from_str_with_options(text, options) {
            let (event, place) = match next {
                Ok(next) => next,
                Err(error) => {
                    let at = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
                    let span = Span::new(at, at).shifted(self.offset);
                    self.report(
                        diag::SYNTAX_ERROR,
                        span,
                        format!("this is not valid YAML: {}", error.info()),
                    );
                    break;
                }
            };
            let place = place.byte_range().unwrap_or(0..0);
            let place = place.start.min(text.len())..place.end.min(text.len());
            let span = Span::new(place.start, place.end).shifted(self.offset);
            if matches!(event, Event::DocumentStart(..)) {
                documents += 1;
                if documents > 1 {
                    self.report(diag::SYNTAX_ERROR, span, "a second document begins here; one is expected");
                    break;
                }
            } else if !self.event(event, span) {
                break;
            }
        }
        self.close_unfinished();
    }

    /// Closes what was open when reading broke off: a table keeps what is whole, a list goes with its key.
    fn close_unfinished(&mut self) {
        while let Some(last) = self.open.last() {
            if matches!(last, Open::Table { .. }) {
                self.close(None);
            } else {
                self.open.pop();
                if let Some(Open::Table { key, .. }) = self.open.last_mut() {
                    *key = None;
                }
            }
        }
    }

    /// Whether reading goes on.
    fn event(&mut self, event: Event<'s>, span: Span) -> bool {
        let (is_anchored, is_tagged) = match &event {
            Event::Scalar(_, _, anchor, tag)
            | Event::SequenceStart(_, anchor, tag)
            | Event::MappingStart(_, anchor, tag) => (*anchor != 0, tag.is_some()),
            Event::Alias(_) | Event::UnresolvedAlias(_) => (true, false),
            _ => (false, false),
        };
        if is_anchored {
            self.report(
                diag::SYNTAX_ERROR,
                span,
                "`&` and `*` as the first letter have a meaning of their own here",
            );
            self.help("put the text in quotes");
        }
        if is_tagged {
            self.report(diag::SYNTAX_ERROR, span, "`!` as the first letter has a meaning of its own here");
            self.help("put the text in quotes");
        }
        match event {
            Event::Scalar(text, ScalarStyle::Plain, ..) => {
                self.value(Value { span, kind: Kind::Plain(text) })
            }
            Event::Scalar(text, ..) => self.value(Value { span, kind: Kind::Text(text) }),
            Event::Alias(_) | Event::UnresolvedAlias(_) => self.value(Value { span, kind: Kind::Null }),
            Event::SequenceStart(..) => self.start(Open::List { start: span, values: Vec::new() }),
            Event::MappingStart(..) => {
                self.start(Open::Table { start: span, entries: Vec::new(), key: None })
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.close(Some(span));
                true
            }
            _ => true,
        }
    }

    fn start(&mut self, open: Open<'s>) -> bool {
        let (Open::List { start, .. } | Open::Table { start, .. }) = &open;
        let span = *start;
        self.open.push(open);
        if self.open.len() > MAX_DEPTH + 1 {
            let message = format!("values are nested more than {MAX_DEPTH} deep");
            self.report(diag::NESTED_TOO_DEEPLY, span, message);
            return false;
        }
        true
    }

    fn close(&mut self, end: Option<Span>) {
        let value = match self.open.pop() {
            Some(Open::List { start, values }) => {
                let last = values.last().map(|value| value.span);
                Value { span: whole(start, last, end), kind: Kind::List(values) }
            }
            Some(Open::Table { start, entries, .. }) => {
                let last = entries.last().map(|entry| entry.value.span);
                Value { span: whole(start, last, end), kind: Kind::Table(entries) }
            }
            None => return,
        };
        self.value(value);
    }

    /// Puts a value where it belongs: into the open list, as key or value into the open table, or at the root.
    fn value(&mut self, value: Value<'s>) -> bool {
        self.values += 1;
        if self.values > MAX_VALUES {
            self.report(
                diag::TOO_MANY_VALUES,
                value.span,
                format!("the file holds more than {MAX_VALUES} values"),
            );
            return false;
        }
        match self.open.last_mut() {
            None => self.root = Some(value),
            Some(Open::List { values, .. }) => values.push(value),
            Some(Open::Table { entries, key, .. }) => match key.take() {
                None => {
                    let name = match value.kind {
                        Kind::Text(text) | Kind::Plain(text) => text,
                        _ => {
                            *key = Some((Cow::Borrowed(""), value.span));
                            self.report(diag::SYNTAX_ERROR, value.span, "a key must be text");
                            return true;
                        }
                    };
                    *key = Some((name, value.span));
                }
                Some((name, span)) => {
                    if let Some(first) = entries.iter().find(|entry| entry.name == name) {
                        let finding = Diagnostic::new(
                            diag::DUPLICATE_KEY,
                            self.source.path(),
                            span,
                            format!("`{name}` is set twice"),
                        )
                        .with_secondary(self.source.path(), first.span, "first set here")
                        .with_help("keep one of the two");
                        self.found.push(finding);
                    } else {
                        entries.push(Entry { name, span, value });
                    }
                }
            },
        }
        true
    }

    fn report(&mut self, code: Code, span: Span, message: impl Into<String>) {
        self.found.push(Diagnostic::new(code, self.source.path(), span, message));
    }

    fn help(&mut self, help: &str) {
        if let Some(finding) = self.found.last_mut() {
            finding.help = Some(help.to_owned());
        }
    }
}

/// From the start of a list or table to its end; a block ends with its last member.
fn whole(start: Span, last: Option<Span>, end: Option<Span>) -> Span {
    match (last, end) {
        (_, Some(end)) if !end.is_empty() => start.join(end),
        (Some(last), _) => start.join(last),
        (None, _) => start,
    }
}
