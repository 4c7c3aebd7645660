//! Typed reading: each function takes a value and answers with the type asked for, or reports why it cannot.

use jiff::civil::Date;

use super::fields::{self, Field};
use super::value::{self, Entry, Kind, Value};
use super::{Months, Spanned};
use crate::diag::{self, Code, Diagnostic};
use crate::name::{ConditionId, SitePath};
use crate::source::Span;

/// A value with the name it goes by in messages.
#[derive(Clone, Copy, Debug)]
pub struct Item<'v> {
    /// The key, or for a member of a list the list's key.
    pub name: &'v str,
    /// The place of the key.
    pub name_span: Span,
    /// The value.
    pub value: &'v Value<'v>,
}

/// Reads typed values of one file and collects what is wrong with them.
pub struct Reader<'f> {
    file: &'f SitePath,
    found: Vec<Diagnostic>,
}

impl<'f> Reader<'f> {
    /// A reader that reports in `file`, after the findings that there are already.
    pub fn new(file: &'f SitePath, found: Vec<Diagnostic>) -> Self {
        Self { file, found }
    }

    /// All findings, in the order of their discovery.
    pub fn finish(self) -> Vec<Diagnostic> {
        self.found
    }

    /// Adds a finding; the caller may add labels and help to it.
    pub fn report(&mut self, code: Code, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.found.push(Diagnostic::new(code, self.file, span, message));
        self.found.last_mut().expect("a finding was just added")
    }

    /// The keys and values of a table. A key that is not among `fields` is reported, with the nearest that is.
    pub fn entries<'v>(
        &mut self,
        item: Item<'v>,
        fields: &'static [Field],
    ) -> impl Iterator<Item = Item<'v>> + use<'v> {
        let entries = self.table(item);
        for entry in entries {
            if !fields::names(fields).any(|name| name == entry.name) {
                self.unknown_key(entry, item.name, fields);
            }
        }
        entries.iter().map(Item::from)
    }

    /// The keys and values of a table whose keys the author chooses.
    pub fn map<'v>(&mut self, item: Item<'v>) -> impl Iterator<Item = Item<'v>> + use<'v> {
        self.table(item).iter().map(Item::from)
    }

    fn table<'v>(&mut self, item: Item<'v>) -> &'v [Entry<'v>] {
        match &item.value.kind {
            Kind::Table(entries) => entries,
            Kind::Null => &[],
            _ => {
                self.wrong_type(item, "a table");
                &[]
            }
        }
    }

    fn unknown_key(&mut self, entry: &Entry<'_>, table: &str, fields: &'static [Field]) {
        let message = if table.is_empty() {
            format!("unknown key `{}`", entry.name)
        } else {
            format!("unknown key `{}` in `{table}`", entry.name)
        };
        let finding = Diagnostic::new(diag::UNKNOWN_KEY, self.file, entry.span, message);
        let known: Vec<&str> = fields::names(fields).collect();
        let mut finding = finding.with_nearest(&entry.name, known.iter().copied());
        if finding.help.is_none() {
            finding.notes.push(format!("the keys are {}", in_backquotes(&known)));
        }
        self.found.push(finding);
    }

    /// Text; a single value of another type is reported.
    pub fn text(&mut self, item: Item<'_>) -> Option<Spanned<String>> {
        let text = self.borrowed_text(item)?;
        Some(Spanned::new(text.to_owned(), item.value.span))
    }

    /// Text as it stands in the file.
    pub fn borrowed_text<'v>(&mut self, item: Item<'v>) -> Option<&'v str> {
        match &item.value.kind {
            Kind::Text(text) => Some(text),
            Kind::Plain(text) => match value::resolve_plain(text) {
                Kind::Null => {
                    self.report(diag::EMPTY_VALUE, item.value.span, format!("`{}` is empty", item.name));
                    None
                }
                Kind::Integer(_) | Kind::Float(_) => {
                    self.wrong_type(item, "text").help = Some("put it in quotation marks".to_owned());
                    None
                }
                // `no`, `true` and `012` are what they look like.
                _ => Some(text),
            },
            _ => {
                self.wrong_type(item, "text");
                None
            }
        }
    }

    /// Text that holds more than white space.
    pub fn words(&mut self, item: Item<'_>) -> Option<Spanned<String>> {
        let text = self.text(item)?;
        if text.value.trim().is_empty() {
            self.report(diag::EMPTY_VALUE, text.span, format!("`{}` is empty", item.name));
            return None;
        }
        Some(text)
    }

    /// Text that holds more than white space, without its place.
    pub fn plain_words(&mut self, item: Item<'_>) -> Option<String> {
        self.words(item).map(|text| text.value)
    }

    /// The members of a list; a value alone is reported.
    pub fn list<'v>(&mut self, item: Item<'v>) -> impl Iterator<Item = Item<'v>> + use<'v> {
        let values = match &item.value.kind {
            Kind::List(values) => values.as_slice(),
            Kind::Null => &[],
            Kind::Plain(text) if matches!(value::resolve_plain(text), Kind::Null) => &[],
            _ => {
                self.wrong_type(item, "a list");
                &[]
            }
        };
        values.iter().map(move |value| Item { value, ..item })
    }

    /// A list of text.
    pub fn texts(&mut self, item: Item<'_>) -> Vec<Spanned<String>> {
        let members = self.list(item);
        members.filter_map(|member| self.words(member)).collect()
    }

    /// Text or a list of text.
    pub fn text_or_texts(&mut self, item: Item<'_>) -> Vec<Spanned<String>> {
        match &item.value.kind {
            Kind::Text(_) | Kind::Plain(_) => self.words(item).into_iter().collect(),
            _ => self.texts(item),
        }
    }

    /// A list of text, without places.
    pub fn plain_texts(&mut self, item: Item<'_>) -> Vec<String> {
        self.texts(item).into_iter().map(|text| text.value).collect()
    }

    /// Text that `parse` makes a value of; where it does not, `code` is reported with `expected`.
    pub fn parsed<T>(
        &mut self,
        item: Item<'_>,
        code: Code,
        expected: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<Spanned<T>> {
        let text = self.borrowed_text(item)?;
        match parse(text) {
            Some(value) => Some(Spanned::new(value, item.value.span)),
            None => {
                let message = format!("`{}` in `{}` is not {expected}", shortened(text), item.name);
                self.report(code, item.value.span, message);
                None
            }
        }
    }

    /// A list of text that `parse` makes values of.
    pub fn parsed_list<T>(
        &mut self,
        item: Item<'_>,
        code: &Code,
        expected: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Vec<Spanned<T>> {
        let members = self.list(item);
        members.filter_map(|member| self.parsed(member, code.clone(), expected, &parse)).collect()
    }

    /// The id of something declared elsewhere.
    pub fn id<T>(&mut self, item: Item<'_>, new: impl FnOnce(&str) -> Option<T>) -> Option<Spanned<T>> {
        self.parsed(item, diag::BAD_ID, "an id: one word without spaces, `/` and `#`", new)
    }

    /// A list of ids.
    pub fn ids<T>(&mut self, item: Item<'_>, new: impl Fn(&str) -> Option<T>) -> Vec<Spanned<T>> {
        self.parsed_list(item, &diag::BAD_ID, "an id: one word without spaces, `/` and `#`", new)
    }

    /// The id that a table's own name is.
    pub fn key_id<T>(&mut self, item: Item<'_>, new: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let id = new(item.name);
        if id.is_none() {
            let message =
                format!("`{}` is not an id: one word without spaces, `/` and `#`", shortened(item.name));
            self.report(diag::BAD_ID, item.name_span, message);
        }
        id
    }

    /// An id that has no type of its own.
    pub fn id_text(&mut self, item: Item<'_>) -> Option<Spanned<String>> {
        self.id(item, |text| ConditionId::new(text).map(|id| id.as_str().to_owned()))
    }

    /// The id that a table's own name is, where ids of its kind have no type.
    pub fn key_text(&mut self, item: Item<'_>) -> Option<String> {
        self.key_id(item, |text| ConditionId::new(text).map(|id| id.as_str().to_owned()))
    }

    /// `true` or `false`.
    pub fn bool(&mut self, item: Item<'_>) -> Option<bool> {
        match resolved(item.value) {
            Scalar::Bool(truth) => Some(truth),
            _ => {
                self.wrong_type(item, "`true` or `false`");
                None
            }
        }
    }

    /// A whole number.
    pub fn integer(&mut self, item: Item<'_>) -> Option<i64> {
        match resolved(item.value) {
            Scalar::Integer(number) => Some(number),
            _ => {
                self.wrong_type(item, "a whole number");
                None
            }
        }
    }

    /// A whole number from 1 to `limit`.
    pub fn count(&mut self, item: Item<'_>, limit: u32) -> Option<u32> {
        let number = self.integer(item)?;
        match u32::try_from(number) {
            Ok(number) if (1..=limit).contains(&number) => Some(number),
            _ => {
                let message = format!("`{}` is {number}, and must be from 1 to {limit}", item.name);
                self.report(diag::UNKNOWN_VALUE, item.value.span, message);
                None
            }
        }
    }

    /// A number that is neither infinite nor undefined.
    pub fn number(&mut self, item: Item<'_>) -> Option<f64> {
        match resolved(item.value) {
            #[expect(clippy::cast_precision_loss, reason = "figures for readers are far below 2^53")]
            Scalar::Integer(number) => Some(number as f64),
            Scalar::Float(number) if number.is_finite() => Some(number),
            _ => {
                self.wrong_type(item, "a number");
                None
            }
        }
    }

    /// A date: a TOML date, or text `YYYY-MM-DD`.
    pub fn date(&mut self, item: Item<'_>) -> Option<Spanned<Date>> {
        let (Kind::Text(text) | Kind::Plain(text) | Kind::Date(text)) = &item.value.kind else {
            self.wrong_type(item, "a date like `2026-11-21`");
            return None;
        };
        let is_null =
            matches!(&item.value.kind, Kind::Plain(text) if value::resolve_plain(text) == Kind::Null);
        if is_null || text.trim().is_empty() {
            self.report(diag::EMPTY_VALUE, item.value.span, format!("`{}` is empty", item.name));
            return None;
        }
        match parse_date(text) {
            Some(date) => Some(Spanned::new(date, item.value.span)),
            None => {
                let message = format!("`{}` in `{}` is not a date", shortened(text), item.name);
                self.report(diag::BAD_DATE, item.value.span, message).help =
                    Some("write year, month and day: `2026-11-21`".to_owned());
                None
            }
        }
    }

    /// A number of months or years.
    pub fn period(&mut self, item: Item<'_>) -> Option<Spanned<Months>> {
        self.parsed(item, diag::BAD_PERIOD, "a number of months or years such as `12 months`", Months::parse)
    }

    /// One of several words.
    pub fn one_of<T: Copy>(&mut self, item: Item<'_>, words: &[(&str, T)]) -> Option<Spanned<T>> {
        let text = self.borrowed_text(item)?;
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text) {
            return Some(Spanned::new(*value, item.value.span));
        }
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        self.unknown_value(item, text, &known);
        None
    }

    /// Reports a word that is not one of those known.
    pub fn unknown_value(&mut self, item: Item<'_>, text: &str, known: &[&str]) {
        let message = format!("`{}` in `{}` is not known", shortened(text), item.name);
        let finding = Diagnostic::new(diag::UNKNOWN_VALUE, self.file, item.value.span, message);
        let mut finding = finding.with_nearest(text, known.iter().copied());
        finding.notes.push(format!("the values are {}", in_backquotes(known)));
        self.found.push(finding);
    }

    /// Reports a value of the wrong type.
    pub fn wrong_type(&mut self, item: Item<'_>, expected: &str) -> &mut Diagnostic {
        let what = item.value.what();
        let message = format!("`{}` is {what}, and must be {expected}", item.name);
        let found = self.report(diag::WRONG_TYPE, item.value.span, message);
        found.primary.text = format!("must be {expected}");
        found
    }

    /// Whether a table has all the keys that it must have; those that it has not are reported.
    pub fn required(&mut self, item: Item<'_>, fields: &'static [Field]) -> bool {
        if !matches!(item.value.kind, Kind::Table(_)) {
            return false;
        }
        let mut whole = true;
        for key in fields.iter().filter(|field| field.is_required).map(|field| field.name) {
            if !item.members().any(|member| member.name == key) {
                let is_member = item.name_span.is_empty() || item.value.span.start <= item.name_span.start;
                let place = if is_member { item.value.span } else { item.name_span };
                self.missing_key(key, item.name, place);
                whole = false;
            }
        }
        whole
    }

    /// Reports a key that must be there and is not, at the place of what it belongs to.
    pub fn missing_key(&mut self, key: &str, owner: &str, span: Span) {
        self.report(diag::MISSING_REQUIRED_KEY, span, format!("`{owner}` has no `{key}`"));
    }
}

impl<'v> Item<'v> {
    /// The whole tree; messages name no key.
    pub fn root(value: &'v Value<'v>) -> Self {
        Self { name: "", name_span: value.span, value }
    }

    /// The keys and values of a table; none where it is no table.
    pub fn members(self) -> impl Iterator<Item = Item<'v>> {
        let entries = match &self.value.kind {
            Kind::Table(entries) => entries.as_slice(),
            _ => &[],
        };
        entries.iter().map(Item::from)
    }

    /// The value as JSON, for tables that belong to the theme.
    pub fn to_json(self) -> serde_json::Map<String, serde_json::Value> {
        match &self.value.kind {
            Kind::Table(entries) => value::entries_to_json(entries),
            _ => serde_json::Map::new(),
        }
    }
}

impl<'v> From<&'v Entry<'v>> for Item<'v> {
    fn from(entry: &'v Entry<'v>) -> Self {
        Self { name: &entry.name, name_span: entry.span, value: &entry.value }
    }
}

/// A scalar that is not text.
enum Scalar {
    Integer(i64),
    Float(f64),
    Bool(bool),
    Other,
}

fn resolved(value: &Value<'_>) -> Scalar {
    let plain;
    let kind = match &value.kind {
        Kind::Plain(text) => {
            plain = value::resolve_plain(text);
            &plain
        }
        kind => kind,
    };
    match kind {
        Kind::Integer(number) => Scalar::Integer(*number),
        Kind::Float(number) => Scalar::Float(*number),
        Kind::Bool(truth) => Scalar::Bool(*truth),
        _ => Scalar::Other,
    }
}

/// A date at the start of the text, alone or followed by a time.
pub(super) fn parse_date(text: &str) -> Option<Date> {
    let text = text.trim();
    let day = text.get(..10)?;
    let rest = &text[10..];
    let bytes = day.as_bytes();
    let shape = bytes.iter().enumerate().all(|(at, byte)| match at {
        4 | 7 => *byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    if !shape || !(rest.is_empty() || rest.starts_with(['T', 't', ' '])) {
        return None;
    }
    Date::new(day[..4].parse().ok()?, day[5..7].parse().ok()?, day[8..].parse().ok()?).ok()
}

/// Text for a message: at most 60 characters, on one line.
fn shortened(text: &str) -> String {
    let mut out: String = text.chars().take(60).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(60).is_some() {
        out.push('…');
    }
    out
}

fn in_backquotes(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    quoted.join(", ")
}
