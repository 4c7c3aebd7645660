//! What a value holds, without the value.

use std::collections::{BTreeMap, BTreeSet};

/// What a value holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Not known; may hold any names.
    Any,
    /// Text, a number, yes or no.
    Plain,
    /// Items of one shape.
    List(Box<Shape>),
    /// Values by their names.
    Fields(BTreeMap<String, Shape>),
    /// Texts by names that files of the theme give, such as icons.
    Named(BTreeSet<String>),
}

/// The shape of a value; what an empty table may hold is not known.
pub(super) fn of(value: &serde_json::Value) -> Shape {
    match value {
        serde_json::Value::Array(items) => Shape::List(Box::new(items.first().map_or(Shape::Any, of))),
        serde_json::Value::Object(fields) if fields.is_empty() => Shape::Any,
        serde_json::Value::Object(fields) => {
            Shape::Fields(fields.iter().map(|(name, value)| (name.clone(), of(value))).collect())
        }
        _ => Shape::Plain,
    }
}

/// Makes a shape that of either of two values.
pub(super) fn join(shape: &mut Shape, other: &Shape) {
    match (&mut *shape, other) {
        (Shape::Fields(fields), Shape::Fields(others)) => {
            for (name, other) in others {
                join(fields.entry(name.clone()).or_insert_with(|| other.clone()), other);
            }
        }
        (Shape::List(item), Shape::List(other)) => join(item, other),
        (Shape::Plain, Shape::Plain) | (Shape::Named(_), Shape::Named(_)) => {}
        _ => *shape = Shape::Any,
    }
}
