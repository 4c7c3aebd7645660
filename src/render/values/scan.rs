//! The names that a template asks for, in the order of its text.
//!
//! This reads no more of the template language than names need: the engine itself says what is wrong with the rest.
//! What is not understood counts as known.

use std::collections::BTreeMap;

use super::shape::Shape;
use super::{Known, Unknown};
use crate::source::Span;

/// Words of the language, which are no names.
const WORDS: [&str; 20] = [
    "and", "or", "not", "in", "is", "if", "elif", "else", "endif", "for", "endfor", "true", "false", "True",
    "False", "none", "None", "as", "break", "continue",
];

/// The names in a template that no value has.
pub(super) fn unknown(text: &str, known: &Known) -> Vec<Unknown> {
    let mut scan = Scan { text, known, scopes: vec![BTreeMap::new()], found: Vec::new() };
    let mut at = 0;
    while let Some((start, end, kind)) = next_tag(text, at) {
        at = end;
        match kind {
            Tag::Comment => {}
            Tag::Print => scan.expression(start, end - 2),
            Tag::Statement if text[start..end].trim_start_matches('-').trim_start().starts_with("raw") => {
                at = text[end..].find("endraw").map_or(text.len(), |raw| end + raw);
            }
            Tag::Statement => scan.statement(start, end - 2),
        }
    }
    scan.found
}

enum Tag {
    Comment,
    Print,
    Statement,
}

/// The next tag: where its inside begins, one past its end, and its kind.
fn next_tag(text: &str, from: usize) -> Option<(usize, usize, Tag)> {
    let mut at = from;
    loop {
        at += text.get(at..)?.find('{')?;
        let (closing, tag) = match text.as_bytes().get(at + 1)? {
            b'{' => ("}}", Tag::Print),
            b'%' => ("%}", Tag::Statement),
            b'#' => ("#}", Tag::Comment),
            _ => {
                at += 1;
                continue;
            }
        };
        let end = at + 2 + text.get(at + 2..)?.find(closing)? + 2;
        return Some((at + 2, end, tag));
    }
}

struct Scan<'a> {
    text: &'a str,
    known: &'a Known,
    /// Names that the template gives itself; a loop opens a scope.
    scopes: Vec<BTreeMap<String, Shape>>,
    found: Vec<Unknown>,
}

/// A piece of an expression, with its place in the text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Piece<'a> {
    Name(usize, &'a str),
    Sign(u8),
    /// What stands in quotes.
    Text(usize, &'a str),
    Number,
}

/// One step of a path from a value to what it holds.
enum Step<'a> {
    /// `.name`, `?.name` or `["name"]`; with a question mark the name may be missing in a table that files fill.
    Name { at: usize, name: &'a str, is_asked: bool },
    /// `[0]` or `[any.value]`.
    Item,
    /// `[1:3]`.
    Part,
}

impl<'a> Scan<'a> {
    /// `for`, `set`, `if` and their like.
    fn statement(&mut self, start: usize, end: usize) {
        let pieces = pieces(self.text, start, end);
        let rest = |count: usize| pieces.get(count..).unwrap_or_default();
        match pieces.as_slice() {
            [Piece::Name(_, "for"), Piece::Name(_, item), Piece::Name(_, "in"), ..] => {
                self.names(rest(3));
                let item_shape = match self.resolve(path(rest(3)), true) {
                    Some(Shape::List(item)) => *item,
                    _ => Shape::Any,
                };
                self.open([(*item, item_shape)]);
            }
            [
                Piece::Name(_, "for"),
                Piece::Name(_, key),
                _,
                Piece::Name(_, value),
                Piece::Name(_, "in"),
                ..,
            ] => {
                self.names(rest(5));
                self.open([(*key, Shape::Any), (*value, Shape::Any)]);
            }
            [Piece::Name(_, "endfor"), ..] if self.scopes.len() > 1 => drop(self.scopes.pop()),
            [Piece::Name(_, "set" | "set_global"), Piece::Name(_, name), ..] => {
                self.names(rest(3));
                let shape = self.resolve(path(rest(3)), true).unwrap_or(Shape::Any);
                let shape = if path(rest(3)).len() == rest(3).len() { shape } else { Shape::Any };
                if let Some(scope) = self.scopes.last_mut() {
                    scope.insert((*name).to_owned(), shape);
                }
            }
            [Piece::Name(_, "if" | "elif"), ..] => self.names(rest(1)),
            [Piece::Sign(b'<'), ..] => self.names(&pieces),
            // Blocks, inclusions and whatever else: their words are no values.
            _ => {}
        }
    }

    fn expression(&mut self, start: usize, end: usize) {
        let pieces = pieces(self.text, start, end);
        self.names(&pieces);
    }

    fn open<const N: usize>(&mut self, names: [(&str, Shape); N]) {
        let mut scope: BTreeMap<String, Shape> =
            names.into_iter().map(|(name, shape)| (name.to_owned(), shape)).collect();
        scope.insert("loop".to_owned(), Shape::Any);
        self.scopes.push(scope);
    }

    /// Looks each name of an expression up.
    fn names(&mut self, pieces: &[Piece<'a>]) {
        let is_component = pieces.first() == Some(&Piece::Sign(b'<'));
        let mut at = if is_component { 2 } else { 0 };
        while at < pieces.len() {
            let before = at.checked_sub(1).map(|before| pieces[before]);
            let path = path(&pieces[at..]);
            let after = pieces.get(at + path.len()).copied();
            let Some(Piece::Name(_, first)) = path.first().copied() else {
                at += 1;
                continue;
            };
            let is_argument = after == Some(Piece::Sign(b'=')) && path.len() == 1;
            let is_called = after == Some(Piece::Sign(b'('));
            let is_part =
                matches!(before, Some(Piece::Sign(b'|' | b'.' | b'?')) | Some(Piece::Name(_, "is")))
                    || (matches!(before, Some(Piece::Name(_, "not"))) && is_test(pieces, at));
            let is_asked = matches!(after, Some(Piece::Name(_, "is")))
                || (after == Some(Piece::Sign(b'|'))
                    && matches!(pieces.get(at + path.len() + 1), Some(Piece::Name(_, "default"))));
            if !(WORDS.contains(&first) || is_argument || is_called || is_part || is_asked) {
                self.resolve(path, false);
            }
            let mut inside = 0;
            while inside < path.len() {
                let length = bracket(&path[inside..]).unwrap_or(1);
                if length > 1 {
                    self.names(&path[inside + 1..inside + length - 1]);
                }
                inside += length;
            }
            at += path.len();
        }
    }

    /// The shape of what a path leads to; tells of a name that is not there, unless in silence.
    fn resolve(&mut self, path: &[Piece<'a>], is_silent: bool) -> Option<Shape> {
        let mut steps = steps(path).into_iter();
        let Some(Step::Name { at, name: first, .. }) = steps.next() else { return None };
        let own = self.scopes.iter().rev().find_map(|scope| scope.get(first));
        let Some(mut shape) = own.or_else(|| self.known.values.get(first)) else {
            if !self.known.is_open && !is_silent {
                let known = self.scopes.iter().flat_map(BTreeMap::keys).chain(self.known.values.keys());
                let known = known.cloned().collect();
                self.found.push(unknown_name(at, first, String::new(), known));
            }
            return None;
        };
        let mut within = first.to_owned();
        for step in steps {
            let (at, name, is_asked) = match step {
                Step::Part => continue,
                Step::Item => match shape {
                    Shape::List(item) => {
                        shape = item;
                        within.push_str("[…]");
                        continue;
                    }
                    Shape::Named(_) => return Some(Shape::Plain),
                    _ => return Some(Shape::Any),
                },
                Step::Name { at, name, is_asked } => (at, name, is_asked),
            };
            let known = match shape {
                Shape::Fields(fields) => match fields.get(name) {
                    Some(inner) => {
                        shape = inner;
                        within = format!("{within}.{name}");
                        continue;
                    }
                    None => fields.keys().cloned().collect(),
                },
                Shape::Named(names) if is_asked || names.contains(name) => return Some(Shape::Plain),
                Shape::Named(names) => names.iter().cloned().collect(),
                Shape::Plain => Vec::new(),
                Shape::Any | Shape::List(_) => return Some(Shape::Any),
            };
            if !is_silent {
                self.found.push(unknown_name(at, name, within, known));
            }
            return None;
        }
        Some(shape.clone())
    }
}

fn unknown_name(at: usize, name: &str, within: String, known: Vec<String>) -> Unknown {
    Unknown { span: Span::new(at, at + name.len()), name: name.to_owned(), within, known }
}

/// Whether what stands here after `not` is the name of a test: `x is not defined`.
fn is_test(pieces: &[Piece<'_>], at: usize) -> bool {
    at >= 2 && matches!(pieces[at - 2], Piece::Name(_, "is"))
}

/// The pieces of a path at the head of an expression: `a.b?.c[0]`.
fn path<'p, 'a>(pieces: &'p [Piece<'a>]) -> &'p [Piece<'a>] {
    let mut end = 0;
    let mut at = 0;
    while let Some(Piece::Name(..)) = pieces.get(at) {
        at += 1;
        while let Some(length) = bracket(&pieces[at..]) {
            at += length;
        }
        end = at;
        at += pieces[at..].iter().take_while(|sign| matches!(sign, Piece::Sign(b'.' | b'?'))).count();
        if at == end {
            break;
        }
    }
    &pieces[..end]
}

/// How deep brackets may stand in brackets: tera takes no more (`MAX_NUM_LEFT_BRACKETS`).
const DEEPEST: usize = 4;

/// How many pieces a bracket at the head takes, with what it holds; none where there is no whole one.
fn bracket(pieces: &[Piece<'_>]) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Sign(b'[') if depth == DEEPEST => return None,
            Piece::Sign(b'[') => depth += 1,
            Piece::Sign(b']') => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return (at > 0).then_some(at + 1);
        }
    }
    None
}

/// What a path of [`path`] says step by step.
fn steps<'a>(path: &[Piece<'a>]) -> Vec<Step<'a>> {
    let mut steps = Vec::new();
    let mut is_asked = false;
    let mut at = 0;
    while let Some(piece) = path.get(at) {
        match (piece, bracket(&path[at..])) {
            (_, Some(length)) => {
                steps.push(match &path[at + 1..at + length - 1] {
                    [Piece::Text(at, name)] => Step::Name { at: *at, name, is_asked },
                    inner if inner.contains(&Piece::Sign(b':')) => Step::Part,
                    _ => Step::Item,
                });
                at += length - 1;
            }
            (Piece::Name(at, name), _) => steps.push(Step::Name { at: *at, name, is_asked }),
            _ => {}
        }
        is_asked = matches!(piece, Piece::Sign(b'?')) || (is_asked && matches!(piece, Piece::Sign(b'.')));
        at += 1;
    }
    steps
}

/// The names, signs and literals between two places.
fn pieces(text: &str, start: usize, end: usize) -> Vec<Piece<'_>> {
    let bytes = text.as_bytes();
    let mut pieces = Vec::new();
    let mut at = start;
    while at < end {
        let byte = bytes[at];
        let run = |is_in: fn(&u8) -> bool| bytes[at..end].iter().take_while(|byte| is_in(byte)).count();
        match byte {
            b'"' | b'\'' | b'`' => {
                let length = bytes[at + 1..end].iter().position(|other| *other == byte);
                let length = length.unwrap_or(end - at - 1);
                pieces.push(Piece::Text(at + 1, &text[at + 1..at + 1 + length]));
                at = (at + length + 2).min(end);
            }
            b'0'..=b'9' => {
                at += run(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_'));
                pieces.push(Piece::Number);
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
                let length = run(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
                pieces.push(Piece::Name(at, &text[at..at + length]));
                at += length;
            }
            b'=' if bytes.get(at + 1) == Some(&b'=') => {
                pieces.push(Piece::Sign(b'~'));
                at += 2;
            }
            b'-' if at == start || at + 1 == end => at += 1,
            _ => {
                if !byte.is_ascii_whitespace() {
                    pieces.push(Piece::Sign(byte));
                }
                at += 1;
            }
        }
    }
    pieces
}
