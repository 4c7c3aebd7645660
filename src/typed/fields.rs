//! What keys a table may have: the one list that the reader's help and the JSON Schemas are made from.

/// A key that a table may have.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The key.
    pub name: &'static str,
    /// What its value is.
    pub shape: Shape,
    /// What it means, in one sentence for an author.
    pub about: &'static str,
    /// Whether a table must have it.
    pub is_required: bool,
}

impl Field {
    /// A key that may be absent.
    pub const fn new(name: &'static str, shape: Shape, about: &'static str) -> Self {
        Self { name, shape, about, is_required: false }
    }

    /// A key that a table must have.
    pub const fn required(name: &'static str, shape: Shape, about: &'static str) -> Self {
        Self { name, shape, about, is_required: true }
    }
}

/// What a value is.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Text.
    Text,
    /// Text without white space that names something declared elsewhere.
    Id,
    /// An address of the site that starts with `/`.
    Address,
    /// A date, `2026-11-21`.
    Date,
    /// A number of months or years, `12 months`.
    Period,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// Several values of one shape.
    List(&'static Shape),
    /// A table with these keys.
    Table(&'static [Field]),
    /// A table with keys of the author's choice.
    Map(&'static Shape),
    /// A table with these keys, and keys of the author's choice.
    OpenTable(&'static [Field], &'static Shape),
    /// One of several shapes.
    Either(&'static [Shape]),
    /// Anything.
    Any,
}

/// The names of the keys.
pub(super) fn names(fields: &'static [Field]) -> impl Iterator<Item = &'static str> {
    fields.iter().map(|field| field.name)
}
