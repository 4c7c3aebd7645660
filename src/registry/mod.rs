//! Registries: facts, glossary, people, references, regions, care cards.
//!
//! Each is a file below `content/` with a type of its own and `parse`, which never fails. All are optional. They are
//! written in the site's own language; care cards, facts and names of regions in the words of a further one stand in its
//! folder ([`FILES_OF_LANGUAGE`]).

pub mod care;
pub mod facts;
pub mod glossary;
pub mod identifier;
pub mod people;
pub mod references;
pub mod regions;
pub mod reviews;
pub mod search_tests;
pub mod synonyms;
pub mod treatment;

pub use care::{Care, CareCard, CareLevel};
pub use facts::{Fact, FactValue, Facts};
pub use glossary::{Glossary, Term};
pub use people::{People, Person};
pub use references::{Reference, ReferenceKind, References};
pub use regions::{Region, Regions, View};
pub use reviews::{Review, Reviews};
pub use search_tests::{SearchTest, SearchTests, Wanted};
pub use synonyms::{Synonym, Synonyms};
pub use treatment::Treatment;

use std::collections::BTreeMap;

use crate::diag::{self, Diagnostic};
use crate::source::{Source, Span};
use crate::typed::Shape;

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
    /// The same cards in the words of further languages, by the language's tag.
    pub care_in: BTreeMap<String, Care>,
    /// The same facts in the words of further languages, by the language's tag.
    pub facts_in: BTreeMap<String, Facts>,
    /// The same regions, and groups of them, in the words of further languages, by the language's tag.
    pub regions_in: BTreeMap<String, Regions>,
    /// Harms and reasons not to treat that pages must speak of.
    pub treatment: Treatment,
    /// Words that search holds for the same.
    pub synonyms: Synonyms,
    /// What search must find.
    pub search_tests: SearchTests,
    /// The sources.
    pub references: References,
    /// Signed reviews.
    pub reviews: Reviews,
}

/// The files that are registries, relative to `content/`.
pub const FILES: [&str; 12] = [
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
    "reviews.toml",
];

/// The files of a language's folder that are registries; each says entries of the registry of that name in the words of
/// the language.
pub const FILES_OF_LANGUAGE: [&str; 3] = ["care.toml", "facts.toml", "regions.toml"];

impl Registries {
    /// The care card of that id in the words of a language; in those of the site's own where that language has none.
    pub fn care_card(&self, id: &str, language: &str) -> Option<&CareCard> {
        self.translated_care_card(id, language).or_else(|| self.care.get(id))
    }

    /// The care card of that id in the words of a further language.
    pub fn translated_care_card(&self, id: &str, language: &str) -> Option<&CareCard> {
        self.care_in.get(language)?.get(id)
    }

    /// The fact of that id in the words of a language; in those of the site's own where that language has none.
    pub fn fact(&self, id: &str, language: &str) -> Option<&Fact> {
        self.translated_fact(id, language).or_else(|| self.facts.get(id))
    }

    /// The fact of that id in the words of a further language.
    pub fn translated_fact(&self, id: &str, language: &str) -> Option<&Fact> {
        self.facts_in.get(language)?.get(id)
    }

    /// The region of that id in the words of a language; in those of the site's own where that language has none.
    pub fn region(&self, id: &str, language: &str) -> Option<&Region> {
        self.translated_region(id, language).or_else(|| self.regions.get(id))
    }

    /// The region, or group of regions, of that id in the words of a further language: its other fields say nothing.
    pub fn translated_region(&self, id: &str, language: &str) -> Option<&Region> {
        self.regions_in.get(language)?.get(id)
    }

    /// Reads a registry of a further language, one of [`FILES_OF_LANGUAGE`]; that of the site's own was read before. Any
    /// other is a finding.
    pub fn read_in(&mut self, language: &str, name: &str, source: &Source) -> Vec<Diagnostic> {
        match name {
            "facts.toml" => {
                let (facts, found) = facts::parse_words(source, &self.facts);
                self.facts_in.insert(language.to_owned(), facts);
                found
            }
            "care.toml" => {
                let (care, found) = care::parse_words(source, &self.care);
                self.care_in.insert(language.to_owned(), care);
                found
            }
            "regions.toml" => {
                let (regions, found) = regions::parse_words(source, &self.regions);
                self.regions_in.insert(language.to_owned(), regions);
                found
            }
            _ => {
                let message = format!("`{name}` is not read in the folder of a language");
                let read = FILES_OF_LANGUAGE.join("`, `");
                let help = format!(
                    "put its entries into content/{name}; of the folder of a language `{read}` are read"
                );
                let found =
                    Diagnostic::new(diag::MISPLACED_REGISTRY, source.path(), Span::default(), message);
                vec![found.with_help(help)]
            }
        }
    }

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
            "reviews.toml" => put(&mut self.reviews, reviews::parse(source)),
            "references.yml" | "references.yaml" | "references.bib" => {
                let (references, mut found) = references::parse(source);
                found.extend(self.references.add(references));
                found
            }
            _ => Vec::new(),
        }
    }
}

/// The shape of each registry: the name of its schema's file, the registry's own file, what it is, its shape.
pub fn shapes() -> [(&'static str, &'static str, &'static str, Shape); 10] {
    [
        ("facts.schema.json", "facts.toml", "Figures that are stated once.", Shape::Map(&facts::SHAPE)),
        ("glossary.schema.json", "glossary.toml", "Terms in plain words.", Shape::Map(&glossary::SHAPE)),
        ("people.schema.json", "people.toml", "Authors and reviewers.", Shape::Map(&people::SHAPE)),
        ("regions.schema.json", "regions.toml", "Regions of the body, head to foot.", regions::SHAPE),
        ("care.schema.json", "care.toml", "Care cards.", Shape::Map(&care::SHAPE)),
        ("treatment.schema.json", "treatment.toml", "What pages must speak of.", treatment::SHAPE),
        ("synonyms.schema.json", "synonyms.toml", "Words that search holds for the same.", synonyms::SHAPE),
        ("search-tests.schema.json", "search-tests.toml", "What search must find.", search_tests::SHAPE),
        ("reviews.schema.json", "reviews.toml", "Signed reviews.", Shape::Map(&reviews::SHAPE)),
        ("references.schema.json", "references.yml", "The sources.", Shape::Map(&references::SHAPE)),
    ]
}

const TEXTS: Shape = Shape::List(&Shape::Text);
const IDS: Shape = Shape::List(&Shape::Id);
