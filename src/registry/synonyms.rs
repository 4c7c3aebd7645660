//! `synonyms.toml`: words that search holds for the same.

use super::TEXTS;
use crate::diag::Diagnostic;
use crate::source::{Source, Span};
use crate::typed::{self, Field, Item, Reader, Shape};

/// All groups, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Synonyms(Vec<Synonym>);

/// Words that mean the same to search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Synonym {
    /// The words; two or more.
    pub words: Vec<String>,
    /// The place of the group.
    pub span: Span,
}

impl Synonyms {
    /// All groups, in the order of the file.
    pub fn iter(&self) -> std::slice::Iter<'_, Synonym> {
        self.0.iter()
    }
}

const SYNONYM: &[Field] = &[Field::required("words", TEXTS, "Words that mean the same; two or more.")];
const FIELDS: &[Field] =
    &[Field::new("synonym", Shape::List(&Shape::Table(SYNONYM)), "Words that mean the same.")];

pub(super) const SHAPE: Shape = Shape::Table(FIELDS);

/// Reads `synonyms.toml`.
pub fn parse(source: &Source) -> (Synonyms, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let tree = typed::read_toml_file(source, &mut found);
    let mut reader = Reader::new(source.path(), found);
    let mut out = Vec::new();
    for item in reader.entries(Item::root(&tree.root), FIELDS) {
        for member in reader.list(item) {
            for item in reader.entries(member, SYNONYM) {
                let words = reader.plain_texts(item);
                if words.len() < 2 {
                    reader.wrong_type(item, "a list of two or more words");
                } else {
                    out.push(Synonym { words, span: member.value.span });
                }
            }
        }
    }
    (Synonyms(out), reader.finish())
}
