//! The tree of values that TOML and YAML are both read into.

use std::borrow::Cow;

use crate::source::Span;

/// A value with its place in the whole file.
#[derive(Clone, Debug, PartialEq)]
pub struct Value<'s> {
    /// Its bytes.
    pub span: Span,
    /// What it is.
    pub kind: Kind<'s>,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind<'s> {
    /// Quoted text.
    Text(Cow<'s, str>),
    /// A YAML scalar without quotes: text, number, date or truth value, whichever is asked for.
    Plain(Cow<'s, str>),
    /// A whole number.
    Integer(i64),
    /// Another number.
    Float(f64),
    /// A truth value.
    Bool(bool),
    /// A TOML date or time, as it is written.
    Date(Cow<'s, str>),
    /// Several values.
    List(Vec<Value<'s>>),
    /// Named values, in the order of the file.
    Table(Vec<Entry<'s>>),
    /// Nothing: an empty value in YAML.
    Null,
}

/// A named value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<'s> {
    /// The name.
    pub name: Cow<'s, str>,
    /// The place of the name.
    pub span: Span,
    /// The value.
    pub value: Value<'s>,
}

impl Value<'_> {
    /// An empty table.
    pub fn empty_table(span: Span) -> Self {
        Self { span, kind: Kind::Table(Vec::new()) }
    }

    /// The word for what the value is, as messages have it.
    pub fn what(&self) -> &'static str {
        match &self.kind {
            Kind::Text(_) => "text",
            Kind::Plain(text) => match resolve_plain(text) {
                Kind::Integer(_) => "a whole number",
                Kind::Float(_) => "a number",
                Kind::Bool(_) => "true or false",
                Kind::Null => "empty",
                _ => "text",
            },
            Kind::Integer(_) => "a whole number",
            Kind::Float(_) => "a number",
            Kind::Bool(_) => "true or false",
            Kind::Date(_) => "a date",
            Kind::List(_) => "a list",
            Kind::Table(_) => "a table",
            Kind::Null => "empty",
        }
    }

    /// The value as JSON; dates become text.
    pub fn to_json(&self) -> serde_json::Value {
        use serde_json::Value as Json;
        match &self.kind {
            Kind::Text(text) | Kind::Date(text) => Json::String(text.to_string()),
            Kind::Plain(text) => match resolve_plain(text) {
                Kind::Integer(number) => number.into(),
                Kind::Float(number) => number.into(),
                Kind::Bool(truth) => truth.into(),
                Kind::Null => Json::Null,
                _ => Json::String(text.to_string()),
            },
            Kind::Integer(number) => (*number).into(),
            Kind::Float(number) => (*number).into(),
            Kind::Bool(truth) => (*truth).into(),
            Kind::List(values) => Json::Array(values.iter().map(Value::to_json).collect()),
            Kind::Table(entries) => Json::Object(entries_to_json(entries)),
            Kind::Null => Json::Null,
        }
    }
}

/// Named values as a JSON object.
pub(super) fn entries_to_json(entries: &[Entry<'_>]) -> serde_json::Map<String, serde_json::Value> {
    entries.iter().map(|entry| (entry.name.to_string(), entry.value.to_json())).collect()
}

/// What YAML's core schema makes of a scalar without quotes.
pub(super) fn resolve_plain(text: &str) -> Kind<'_> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Kind::Null,
        "true" | "True" | "TRUE" => return Kind::Bool(true),
        "false" | "False" | "FALSE" => return Kind::Bool(false),
        _ => {}
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        let leading_zero = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
        if !leading_zero
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && let Ok(number) = text.parse()
        {
            return Kind::Integer(number);
        }
        let float = digits.bytes().all(|byte| byte.is_ascii_digit() || b".eE+-".contains(&byte));
        if let (true, false, Ok(number)) = (float, leading_zero, text.parse::<f64>())
            && number.is_finite()
        {
            return Kind::Float(number);
        }
    }
    Kind::Plain(Cow::Borrowed(text))
}
