//! `glossary.toml`: terms with other forms and a definition in plain words.

use super::TEXTS;
use crate::diag::Diagnostic;
use crate::name::TermId;
use crate::source::{Source, Span};
use crate::typed::{self, Field, Item, Reader, Shape, Spanned};

/// All terms, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Glossary(Vec<Term>);

/// A term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The id.
    pub id: TermId,
    /// The place of the id.
    pub span: Span,
    /// The term.
    pub term: Spanned<String>,
    /// Other forms: plurals, other words for the same.
    pub forms: Vec<Spanned<String>>,
    /// What it means, in plain words.
    pub definition: String,
    /// How many syllables the term has, where the count by rule is wrong.
    pub syllables: Option<u32>,
}

impl Glossary {
    /// The term of that id.
    pub fn get(&self, id: &str) -> Option<&Term> {
        self.0.iter().find(|term| term.id.as_str() == id)
    }

    /// All terms, in the order of the file.
    pub fn iter(&self) -> std::slice::Iter<'_, Term> {
        self.0.iter()
    }
}

const FIELDS: &[Field] = &[
    Field::required("term", Shape::Text, "The term."),
    Field::new("forms", TEXTS, "Other forms: plurals, other words for the same."),
    Field::required("definition", Shape::Text, "What it means, in plain words."),
    Field::new(
        "syllables",
        Shape::Integer,
        "How many syllables the term has, where the count by rule is wrong.",
    ),
];

pub(super) const SHAPE: Shape = Shape::Table(FIELDS);

/// Reads `glossary.toml`.
pub fn parse(source: &Source) -> (Glossary, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let tree = typed::read_toml_file(source, &mut found);
    let mut reader = Reader::new(source.path(), found);
    let mut terms = Vec::new();
    for item in reader.map(Item::root(&tree.root)) {
        terms.extend(term(&mut reader, item));
    }
    (Glossary(terms), reader.finish())
}

fn term(reader: &mut Reader<'_>, item: Item<'_>) -> Option<Term> {
    let id = reader.key_id(item, TermId::new)?;
    let (mut term, mut definition) = (None, None);
    let (mut forms, mut syllables) = (Vec::new(), None);
    for item in reader.entries(item, FIELDS) {
        match item.name {
            "term" => term = reader.words(item),
            "forms" => forms = reader.texts(item),
            "definition" => definition = reader.plain_words(item),
            "syllables" => syllables = reader.count(item, 40),
            _ => {}
        }
    }
    let needed = reader.required(item, FIELDS);
    let (Some(term), Some(definition), true) = (term, definition, needed) else { return None };
    Some(Term { id, span: item.name_span, term, forms, definition, syllables })
}
