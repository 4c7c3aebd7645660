//! JSON Schemas of front matter, configuration and registries, so that editors complete and check them.
//!
//! They are made from the same lists of keys that reading uses, and cannot drift from it. Draft 7, which the TOML and
//! YAML extensions of editors know.

use serde_json::{Map, Value, json};

use crate::typed::{Field, Shape};
use crate::{config, front_matter, registry};

/// Every schema: the name of its file and its text.
pub fn all() -> Vec<(&'static str, String)> {
    let mut schemas = vec![
        ("needlepoint.schema.json", document("needlepoint.toml", "The configuration.", config::fields())),
        (
            "front-matter.schema.json",
            document("Front matter", "What stands at the head of an article.", front_matter::fields()),
        ),
    ];
    schemas.extend(registry::shapes().into_iter().map(|(file, title, about, shape)| {
        let mut schema = schema_of(shape);
        describe(&mut schema, title, about);
        (file, schema)
    }));
    schemas.into_iter().map(|(name, schema)| (name, format!("{:#}\n", Value::Object(schema)))).collect()
}

/// The schema of a file with these keys.
pub fn file(title: &str, about: &str, fields: &'static [Field]) -> String {
    format!("{:#}\n", Value::Object(document(title, about, fields)))
}

fn document(title: &str, about: &str, fields: &'static [Field]) -> Map<String, Value> {
    let mut schema = schema_of(Shape::Table(fields));
    describe(&mut schema, title, about);
    schema
}

fn describe(schema: &mut Map<String, Value>, title: &str, about: &str) {
    schema.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
    schema.insert("title".to_owned(), json!(title));
    schema.insert("description".to_owned(), json!(about));
}

fn schema_of(shape: Shape) -> Map<String, Value> {
    let schema = match shape {
        Shape::Text => json!({ "type": "string" }),
        Shape::Id => json!({ "type": "string", "pattern": r"^[^\s/#]+$", "maxLength": 200 }),
        Shape::Address => json!({ "type": "string", "pattern": "^/" }),
        // Editors hand a TOML date on as text with a time behind it or not.
        Shape::Date => json!({ "type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}([Tt ].*)?$" }),
        Shape::Period => json!({ "type": "string", "pattern": r"^\s*\d+\s+(month|year)s?\s*$" }),
        Shape::Bool => json!({ "type": "boolean" }),
        Shape::Integer => json!({ "type": "integer" }),
        Shape::Number => json!({ "type": "number" }),
        Shape::OneOf(words) => json!({ "type": "string", "enum": words }),
        Shape::List(member) => json!({ "type": "array", "items": schema_of(*member) }),
        Shape::Table(fields) => table(fields, None),
        Shape::OpenTable(fields, other) => table(fields, Some(*other)),
        Shape::Map(member) => json!({ "type": "object", "additionalProperties": schema_of(*member) }),
        Shape::Either(shapes) => {
            json!({ "anyOf": shapes.iter().map(|&shape| schema_of(shape)).collect::<Vec<_>>() })
        }
        Shape::Any => json!({}),
    };
    match schema {
        Value::Object(schema) => schema,
        _ => Map::new(),
    }
}

fn table(fields: &[Field], other: Option<Shape>) -> Value {
    let properties: Map<String, Value> = fields
        .iter()
        .map(|field| {
            let mut schema = schema_of(field.shape);
            schema.insert("description".to_owned(), json!(field.about));
            (field.name.to_owned(), Value::Object(schema))
        })
        .collect();
    let required: Vec<&str> =
        fields.iter().filter(|field| field.is_required).map(|field| field.name).collect();
    let additional = other.map_or(json!(false), |shape| Value::Object(schema_of(shape)));
    let mut table = json!({ "type": "object", "properties": properties, "additionalProperties": additional });
    if let (Some(table), false) = (table.as_object_mut(), required.is_empty()) {
        table.insert("required".to_owned(), json!(required));
    }
    table
}
