//! Registries: facts, glossary, people, references, regions, care cards.
//!
//! Each is a file below `content/` with a type of its own and `parse`, which never fails. All are optional.

pub mod care;
pub mod facts;
pub mod glossary;
pub mod identifier;
pub mod people;
pub mod references;
pub mod regions;
pub mod search_tests;
pub mod synonyms;
pub mod treatment;

pub use care::{Care, CareCard, CareLevel};
pub use facts::{Fact, FactValue, Facts};
pub use glossary::{Glossary, Term};
pub use people::{People, Person};
pub use references::{Reference, ReferenceKind, References};
pub use regions::{Region, Regions, View};
pub use search_tests::{SearchTest, SearchTests, Wanted};
pub use synonyms::{Synonym, Synonyms};
pub use treatment::Treatment;

use crate::diag::Diagnostic;
use crate::source::Source;
use crate::typed::{Field, Shape};

/// All registries of a site.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Registries {
    /// Figures that are stated once.
    pub facts: Facts,
    /// Terms with their explanations.
    pub glossary: Glossary,
    /// Authors and reviewers.
    pub people: People,
    /// Regions of the body.
    pub regions: Regions,
    /// Care cards.
    pub care: Care,
    /// Harms and reasons not to treat that pages must speak of.
    pub treatment: Treatment,
    /// Words that search holds for the same.
    pub synonyms: Synonyms,
    /// What search must find.
    pub search_tests: SearchTests,
    /// The sources.
    pub references: References,
}

/// The files that are registries, relative to `content/`.
pub const FILES: [&str; 11] = [
    "facts.toml",
    "glossary.toml",
    "people.toml",
    "regions.toml",
    "care.toml",
    "treatment.toml",
    "synonyms.toml",
    "search-tests.toml",
    "references.yml",
    "references.yaml",
    "references.bib",
];

impl Registries {
    /// Reads one registry file into its place; the name is relative to `content/`. Other files are left alone.
    pub fn read(&mut self, name: &str, source: &Source) -> Vec<Diagnostic> {
        fn put<T>(place: &mut T, (value, found): (T, Vec<Diagnostic>)) -> Vec<Diagnostic> {
            *place = value;
            found
        }
        match name {
            "facts.toml" => put(&mut self.facts, facts::parse(source)),
            "glossary.toml" => put(&mut self.glossary, glossary::parse(source)),
            "people.toml" => put(&mut self.people, people::parse(source)),
            "regions.toml" => put(&mut self.regions, regions::parse(source)),
            "care.toml" => put(&mut self.care, care::parse(source)),
            "treatment.toml" => put(&mut self.treatment, treatment::parse(source)),
            "synonyms.toml" => put(&mut self.synonyms, synonyms::parse(source)),
            "search-tests.toml" => put(&mut self.search_tests, search_tests::parse(source)),
            "references.yml" | "references.yaml" | "references.bib" => {
                put(&mut self.references, references::parse(source))
            }
            _ => Vec::new(),
        }
    }
}

/// The shape of each registry that is TOML, by the stem of its file.
pub fn shapes() -> [(&'static str, &'static str, Shape); 8] {
    const fn map(fields: &'static Shape) -> Shape {
        Shape::Map(fields)
    }
    [
        ("facts", "Figures that are stated once; a table each, named by its id.", map(&facts::SHAPE)),
        ("glossary", "Terms in plain words; a table each, named by its id.", map(&glossary::SHAPE)),
        ("people", "Authors and reviewers; a table each, named by its id.", map(&people::SHAPE)),
        ("regions", "Regions of the body, head to foot.", regions::SHAPE),
        ("care", "Care cards; a table each, named by its id.", map(&care::SHAPE)),
        ("treatment", "What pages about the treatment must speak of.", treatment::SHAPE),
        ("synonyms", "Words that search holds for the same.", synonyms::SHAPE),
        ("search-tests", "What search must find.", search_tests::SHAPE),
    ]
}

const TEXTS: Shape = Shape::List(&Shape::Text);
const IDS: Shape = Shape::List(&Shape::Id);

const fn field(name: &'static str, shape: Shape, about: &'static str) -> Field {
    Field { name, shape, about }
}
