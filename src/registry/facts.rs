//! `facts.toml`: figures that are stated once and used on every page.

use jiff::civil::Date;

use super::{IDS, TEXTS};
use crate::diag::{self, Diagnostic};
use crate::name::{CitationKey, FactId};
use crate::source::{Source, Span};
use crate::typed::{self, Field, Item, Reader, Shape, Spanned};

/// All facts, in the order of the file.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Facts(Vec<Fact>);

/// A figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// The id.
    pub id: FactId,
    /// The place of the id.
    pub span: Span,
    /// What the figure is of; the id where nothing is written.
    pub label: String,
    /// The figure.
    pub value: FactValue,
    /// What it counts: `USD`, `minutes`, `hours`, `percent`; empty for a bare number.
    pub unit: String,
    /// How it reads in a sentence.
    pub text: String,
    /// What it depends on.
    pub qualifier: Option<String>,
    /// Words that, near a figure in the same unit, mean this fact.
    pub near: Vec<String>,
    /// The sources.
    pub sources: Vec<Spanned<CitationKey>>,
    /// When it was last checked.
    pub checked: Option<Spanned<Date>>,
}

/// One number or a range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FactValue {
    /// One number.
    One(f64),
    /// From one number to another, the lower first.
    Range(f64, f64),
}

impl FactValue {
    /// The lowest number.
    pub fn low(self) -> f64 {
        match self {
            Self::One(low) | Self::Range(low, _) => low,
        }
    }

    /// The highest number.
    pub fn high(self) -> f64 {
        match self {
            Self::One(high) | Self::Range(_, high) => high,
        }
    }
}

impl Facts {
    /// The fact of that id.
    pub fn get(&self, id: &str) -> Option<&Fact> {
        self.0.iter().find(|fact| fact.id.as_str() == id)
    }

    /// All facts, in the order of the file.
    pub fn iter(&self) -> std::slice::Iter<'_, Fact> {
        self.0.iter()
    }
}

const FIELDS: &[Field] = &[
    Field::new("label", Shape::Text, "What the figure is of."),
    Field::new("value", Shape::Number, "The figure, where it is one number."),
    Field::new("range", Shape::List(&Shape::Number), "The figure, where it is a range: lowest and highest."),
    Field::new("unit", Shape::Text, "What it counts: USD, minutes, hours, days, sessions, percent."),
    Field::new("text", Shape::Text, "How it reads in a sentence."),
    Field::new("qualifier", Shape::Text, "What it depends on."),
    Field::new("near", TEXTS, "Words that, near a figure in the same unit, mean this fact."),
    Field::new("sources", IDS, "Keys of the references."),
    Field::new("checked", Shape::Date, "When it was last checked."),
];

pub(super) const SHAPE: Shape = Shape::Table(FIELDS);

/// Reads `facts.toml`.
pub fn parse(source: &Source) -> (Facts, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let tree = typed::read_toml_file(source, &mut found);
    let mut reader = Reader::new(source.path(), found);
    let mut facts = Vec::new();
    for item in reader.map(Item::root(&tree.root)) {
        facts.extend(fact(&mut reader, item));
    }
    (Facts(facts), reader.finish())
}

const WORDS: &[Field] = &[
    Field::new("label", Shape::Text, "What the figure is of."),
    Field::required("text", Shape::Text, "How it reads in a sentence."),
    Field::new("qualifier", Shape::Text, "What it depends on."),
];

/// Reads the `facts.toml` of a further language: words for facts of the site's own, which have the figures.
pub(super) fn parse_words(source: &Source, own: &Facts) -> (Facts, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let tree = typed::read_toml_file(source, &mut found);
    let mut reader = Reader::new(source.path(), found);
    let mut facts = Vec::new();
    for item in reader.map(Item::root(&tree.root)) {
        facts.extend(in_other_words(&mut reader, item, own));
    }
    (Facts(facts), reader.finish())
}

fn in_other_words(reader: &mut Reader<'_>, item: Item<'_>, own: &Facts) -> Option<Fact> {
    let id = reader.key_id(item, FactId::new)?;
    let Some(own_fact) = own.get(id.as_str()) else {
        let message = format!("content/facts.toml has no fact `{id}`");
        reader.report(diag::UNKNOWN_FACT, item.name_span, message).help =
            diag::did_you_mean(id.as_str(), own.iter().map(|fact| fact.id.as_str()));
        return None;
    };
    let mut fact = Fact { span: item.name_span, qualifier: None, ..own_fact.clone() };
    for item in reader.entries(item, WORDS) {
        match item.name {
            "label" => fact.label = reader.plain_words(item).unwrap_or(fact.label),
            "text" => fact.text = reader.plain_words(item).unwrap_or(fact.text),
            "qualifier" => fact.qualifier = reader.plain_words(item),
            _ => {}
        }
    }
    reader.required(item, WORDS);
    Some(fact)
}

fn fact(reader: &mut Reader<'_>, item: Item<'_>) -> Option<Fact> {
    let id = reader.key_id(item, FactId::new)?;
    let mut value = None;
    let mut text = None;
    let mut has_value = false;
    let mut out = Fact {
        label: id.as_str().replace('-', " "),
        id,
        span: item.name_span,
        value: FactValue::One(0.0),
        unit: String::new(),
        text: String::new(),
        qualifier: None,
        near: Vec::new(),
        sources: Vec::new(),
        checked: None,
    };
    for item in reader.entries(item, FIELDS) {
        match item.name {
            "label" => out.label = reader.plain_words(item).unwrap_or(out.label),
            "value" => {
                has_value = true;
                value = reader.number(item).map(FactValue::One);
            }
            "range" => {
                has_value = true;
                value = range(reader, item).or(value);
            }
            "unit" => out.unit = reader.plain_words(item).unwrap_or_default(),
            "text" => text = reader.plain_words(item),
            "qualifier" => out.qualifier = reader.plain_words(item),
            "near" => out.near = reader.plain_texts(item),
            "sources" => out.sources = reader.ids(item, CitationKey::new),
            "checked" => out.checked = reader.date(item),
            _ => {}
        }
    }
    if !has_value {
        let message = format!("the fact `{}` has neither `value` nor `range`", out.id);
        reader.report(diag::FACT_WITHOUT_VALUE, out.span, message);
    }
    out.value = value?;
    out.text = text.unwrap_or_else(|| written(out.value, &out.unit));
    Some(out)
}

fn range(reader: &mut Reader<'_>, item: Item<'_>) -> Option<FactValue> {
    let members = reader.list(item);
    let numbers: Vec<f64> = members.filter_map(|member| reader.number(member)).collect();
    match numbers[..] {
        [low, high] if low <= high => Some(FactValue::Range(low, high)),
        [low, high] => {
            let message = format!("the range goes from {low} down to {high}");
            reader.report(diag::REVERSED_RANGE, item.value.span, message).help =
                Some("write the lower number first".to_owned());
            Some(FactValue::Range(high, low))
        }
        _ => {
            reader.wrong_type(item, "a list of two numbers, the lower first");
            None
        }
    }
}

/// A figure as a sentence would have it, where the author wrote no text.
fn written(value: FactValue, unit: &str) -> String {
    match (value, unit) {
        (FactValue::One(one), "USD") => format!("${one}"),
        (FactValue::Range(low, high), "USD") => format!("${low} to ${high}"),
        (FactValue::One(one), unit) => format!("{one} {unit}").trim_end().to_owned(),
        (FactValue::Range(low, high), unit) => format!("{low} to {high} {unit}").trim_end().to_owned(),
    }
}
