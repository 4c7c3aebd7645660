//! `treatment.toml`: harms and reasons not to treat that pages about the treatment must speak of.

use super::TEXTS;
use crate::diag::Diagnostic;
use crate::source::Source;
use crate::typed::{self, Field, Item, Reader, Shape, Spanned};

/// What pages about the treatment must speak of.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Treatment {
    /// Serious harms, in the words that a page must use.
    pub serious_adverse: Vec<Spanned<String>>,
    /// Who should not have it.
    pub contraindications: Vec<Spanned<String>>,
}

const FIELDS: &[Field] = &[
    Field::new("serious_adverse", TEXTS, "Serious harms, in the words that a page must use."),
    Field::new("contraindications", TEXTS, "Who should not have it."),
];

pub(super) const SHAPE: Shape = Shape::Table(FIELDS);

/// Reads `treatment.toml`.
pub fn parse(source: &Source) -> (Treatment, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let tree = typed::read_toml_file(source, &mut found);
    let mut reader = Reader::new(source.path(), found);
    let mut out = Treatment::default();
    for item in reader.entries(Item::root(&tree.root), FIELDS) {
        match item.name {
            "serious_adverse" => out.serious_adverse = reader.texts(item),
            "contraindications" => out.contraindications = reader.texts(item),
            _ => {}
        }
    }
    (out, reader.finish())
}
