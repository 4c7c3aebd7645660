//! A strict validator of JSON-LD against schema.org 30.0 (`tests/data/schema-org.tsv`).
//!
//! `domainIncludes` and `rangeIncludes` are unions and hold for the types below. Consumers often take a text where a
//! thing is expected; this does not.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde_json::Value;

const TABLE: &str = include_str!("../data/schema-org.tsv");

#[derive(Default)]
struct Type {
    above: Vec<&'static str>,
    member_of: Vec<&'static str>,
    is_superseded: bool,
}

struct Property {
    domain: Vec<&'static str>,
    range: Vec<&'static str>,
    is_superseded: bool,
}

struct Vocabulary {
    types: BTreeMap<&'static str, Type>,
    properties: BTreeMap<&'static str, Property>,
}

fn vocabulary() -> &'static Vocabulary {
    static VOCABULARY: OnceLock<Vocabulary> = OnceLock::new();
    VOCABULARY.get_or_init(|| {
        let (mut types, mut properties) = (BTreeMap::new(), BTreeMap::new());
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let [what, name, first, second, superseded] =
                line.split('\t').collect::<Vec<_>>().try_into().unwrap();
            let words = |text: &'static str| text.split_whitespace().collect::<Vec<_>>();
            let (first, second, is_superseded) = (words(first), words(second), !superseded.is_empty());
            if what == "type" {
                types.insert(name, Type { above: first, member_of: second, is_superseded });
            } else {
                properties.insert(name, Property { domain: first, range: second, is_superseded });
            }
        }
        Vocabulary { types, properties }
    })
}

impl Vocabulary {
    /// The type and all above it.
    fn and_above(&self, name: &str) -> BTreeSet<String> {
        let mut all = BTreeSet::from([name.to_owned()]);
        for above in self.types.get(name).into_iter().flat_map(|found| &found.above) {
            all.extend(self.and_above(above));
        }
        all
    }
}

/// What is wrong with a graph, one line each.
pub(crate) fn validate(graph: &Value) -> Vec<String> {
    let mut found = Vec::new();
    if graph["@context"] != "https://schema.org" {
        found.push("the context is not schema.org's".to_owned());
    }
    let mut told = BTreeMap::new();
    collect(graph, &mut told);
    node(graph, &told, "", &mut found);
    found
}

/// The types of every node that has an id and a type.
fn collect(value: &Value, told: &mut BTreeMap<String, Vec<String>>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, told)),
        Value::Object(object) => {
            if let (Some(id), types @ [_, ..]) = (value["@id"].as_str(), &*types_of(value)) {
                told.entry(id.to_owned()).or_default().extend(types.iter().cloned());
            }
            object.values().for_each(|value| collect(value, told));
        }
        _ => {}
    }
}

fn types_of(node: &Value) -> Vec<String> {
    match &node["@type"] {
        Value::String(kind) => vec![kind.clone()],
        Value::Array(kinds) => kinds.iter().filter_map(|kind| Some(kind.as_str()?.to_owned())).collect(),
        _ => Vec::new(),
    }
}

fn node(value: &Value, told: &BTreeMap<String, Vec<String>>, place: &str, found: &mut Vec<String>) {
    let vocabulary = vocabulary();
    let types = types_of(value);
    let mut above = BTreeSet::new();
    for kind in &types {
        match vocabulary.types.get(kind.as_str()) {
            None => found.push(format!("{place}: there is no type {kind}")),
            Some(known) if known.is_superseded => found.push(format!("{place}: {kind} is superseded")),
            Some(_) => above.extend(vocabulary.and_above(kind)),
        }
    }
    let object = value.as_object().unwrap();
    if types.is_empty() && object.keys().any(|key| key != "@id") {
        found.push(format!("{place}: a node without a type"));
    }
    for (key, value) in object.iter().filter(|(key, _)| !key.starts_with('@')) {
        // `query-input` is how an action says what it needs of the property `query`.
        let name = key.strip_suffix("-input").unwrap_or(key);
        let place = format!("{place}/{}.{key}", types.join("+"));
        let Some(property) = vocabulary.properties.get(name) else {
            found.push(format!("{place}: there is no such property"));
            continue;
        };
        if property.is_superseded {
            found.push(format!("{place}: superseded"));
        }
        if name == key && !property.domain.iter().any(|domain| above.contains(*domain)) {
            found.push(format!("{place}: outside of its domain"));
        }
        let values = value.as_array().map_or(std::slice::from_ref(value), |values| values);
        if values.is_empty() {
            found.push(format!("{place}: nothing in it"));
        }
        for value in values {
            if !fits(value, &property.range, told) {
                found.push(format!("{place}: outside of its range: {value}"));
            }
            if value.is_object() {
                node(value, told, &place, found);
            }
        }
    }
}

fn fits(value: &Value, range: &[&str], told: &BTreeMap<String, Vec<String>>) -> bool {
    let vocabulary = vocabulary();
    let allows = |kind: &str| {
        let above = vocabulary.and_above(kind);
        range.iter().any(|range| above.contains(*range))
    };
    match value {
        Value::Object(_) => {
            let mut types = types_of(value);
            if types.is_empty() {
                types = value["@id"].as_str().and_then(|id| told.get(id)).cloned().unwrap_or_default();
            }
            types.iter().any(|kind| allows(kind))
        }
        Value::Number(number) => number.is_u64() && allows("Integer"),
        Value::String(text) => {
            let is_address = text.starts_with("https://") || text.starts_with("http://");
            let member = text.strip_prefix("https://schema.org/").and_then(|name| vocabulary.types.get(name));
            let is_member = member.is_some_and(|member| member.member_of.iter().any(|kind| allows(kind)));
            let is_text =
                range.iter().any(|range| *range != "URL" && vocabulary.and_above(range).contains("Text"));
            is_text
                || is_member
                || (range.contains(&"URL") && is_address)
                || (range.contains(&"Date") && is_date(text))
                || (range.contains(&"Duration") && is_duration(text))
        }
        _ => false,
    }
}

/// A year, or a whole day.
fn is_date(text: &str) -> bool {
    (text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()))
        || text.parse::<jiff::civil::Date>().is_ok()
}

fn is_duration(text: &str) -> bool {
    text.parse::<jiff::Span>().is_ok()
}
