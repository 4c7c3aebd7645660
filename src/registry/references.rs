//! `references.yml` or `references.bib`: the sources.

use crate::diag::Diagnostic;
use crate::name::CitationKey;
use crate::source::{Source, Span};

/// All sources, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct References(Vec<Reference>);

/// A source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The key that citations name.
    pub key: CitationKey,
    /// The place of the key.
    pub span: Span,
    /// The entry in AMA style, as HTML in which every field is escaped; without a number before it.
    pub html: String,
    /// The same as plain text.
    pub text: String,
    /// The title.
    pub title: String,
    /// The authors, family name first: `Smith, Jane`.
    pub authors: Vec<String>,
    /// The year of publication.
    pub year: Option<i32>,
    /// The DOI: `10.…/…`.
    pub doi: Option<String>,
    /// The PubMed identifier.
    pub pmid: Option<String>,
    /// The PubMed Central identifier: `PMC…`.
    pub pmcid: Option<String>,
    /// The ISBN.
    pub isbn: Option<String>,
    /// A web address.
    pub url: Option<String>,
    /// What kind of source it is, where the entry says so.
    pub kind: Option<ReferenceKind>,
    /// Whether it was retracted.
    pub retracted: bool,
    /// When the web address was last visited.
    pub accessed: Option<jiff::civil::Date>,
}

/// What kind of source an entry is, from most to least telling for patients.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReferenceKind {
    /// A clinical guideline.
    Guideline,
    /// A systematic review or meta-analysis.
    SystematicReview,
    /// A randomised trial.
    Trial,
    /// An observational study.
    Observational,
    /// A narrative review.
    Review,
    /// A statement of a professional body.
    Statement,
    /// A law or rule.
    Law,
    /// A book.
    Book,
    /// A web page.
    Web,
    /// Anything else.
    Other,
}

impl ReferenceKind {
    /// The kinds by the words that authors write.
    pub const WORDS: [(&'static str, Self); 10] = [
        ("guideline", Self::Guideline),
        ("systematic-review", Self::SystematicReview),
        ("trial", Self::Trial),
        ("observational", Self::Observational),
        ("review", Self::Review),
        ("statement", Self::Statement),
        ("law", Self::Law),
        ("book", Self::Book),
        ("web", Self::Web),
        ("other", Self::Other),
    ];

    /// The word that authors write.
    pub fn as_str(self) -> &'static str {
        Self::WORDS.iter().find(|(_, kind)| *kind == self).map_or("other", |(word, _)| word)
    }
}

impl References {
    /// The source of that key.
    pub fn get(&self, key: &str) -> Option<&Reference> {
        self.0.iter().find(|reference| reference.key.as_str() == key)
    }

    /// All sources, in the order of the file.
    pub fn iter(&self) -> std::slice::Iter<'_, Reference> {
        self.0.iter()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Reads `references.yml` or `references.bib`; the name of the file tells which.
pub fn parse(_source: &Source) -> (References, Vec<Diagnostic>) {
    (References::default(), Vec::new())
}
