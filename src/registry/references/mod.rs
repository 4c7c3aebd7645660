//! `references.yml` or `references.bib`: the sources.

mod bibtex;
mod format;
mod yaml;

use super::identifier;
use crate::diag::{self, Diagnostic};
use crate::name::{CitationKey, SitePath};
use crate::source::{Source, Span};

/// All sources, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct References {
    entries: Vec<Reference>,
    file: Option<SitePath>,
}

/// A source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The key that citations name.
    pub key: CitationKey,
    /// The place of the key.
    pub span: Span,
    /// The entry in AMA style, as HTML in which every field is escaped; without a number before it. DOI, PMID and PMCID
    /// are links.
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
    /// What its type tells of its kind; `None` for articles.
    pub form: Option<ReferenceKind>,
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
        self.entries.iter().find(|reference| reference.key.as_str() == key)
    }

    /// All sources, in the order of the file.
    pub fn iter(&self) -> std::slice::Iter<'_, Reference> {
        self.entries.iter()
    }

    /// The file that was read; `None` where there is none.
    pub fn file(&self) -> Option<&SitePath> {
        self.file.as_ref()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// The shape of one entry in YAML.
pub(super) const SHAPE: crate::typed::Shape = crate::typed::Shape::Table(yaml::FIELDS);

/// Reads `references.yml` or `references.bib`; the ending of the file's name tells which.
pub fn parse(source: &Source) -> (References, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let entries = if source.path().as_str().ends_with(".bib") {
        bibtex::read(source, &mut found)
    } else {
        yaml::read(source, &mut found)
    };
    (References { entries: format::all(entries), file: Some(source.path().clone()) }, found)
}

/// An entry as it was read, before it is formatted.
struct RawEntry {
    key: CitationKey,
    span: Span,
    entry: hayagriva::Entry,
    kind: Option<ReferenceKind>,
    retracted: bool,
    pmcid: Option<String>,
}

/// Reports identifiers that have not the form they must have.
fn check_identifiers(
    entry: &hayagriva::Entry,
    pmcid: Option<&str>,
    source: &Source,
    span: Span,
) -> Vec<Diagnostic> {
    type Check = fn(&str) -> Option<String>;
    let identifiers: [(&str, Option<&str>, Check, &str); 4] = [
        ("DOI", entry.doi(), identifier::doi, "`10.1000/182`"),
        ("PMID", entry.pmid(), identifier::pmid, "`23885312`, digits alone"),
        ("PMCID", pmcid, identifier::pmcid, "`PMC4457090`"),
        ("ISBN", entry.isbn(), identifier::isbn, "ten or thirteen digits, of which the last is computed"),
    ];
    let wrong = identifiers.into_iter().filter_map(|(name, value, check, example)| {
        let value = value?;
        check(value).is_none().then(|| {
            let message = format!("`{value}` is not a {name}");
            Diagnostic::new(diag::MALFORMED_IDENTIFIER, source.path(), place_of(source, span, value), message)
                .with_help(format!("a {name} looks like {example}"))
        })
    });
    let url = entry.url().filter(|url| !identifier::is_web_address(url.value.as_str())).map(|url| {
        let message = format!("`{}` is not a web address", url.value);
        Diagnostic::new(diag::UNSAFE_ADDRESS, source.path(), span, message)
            .with_help("write an address that starts with `https://` or `http://`")
    });
    wrong.chain(url).collect()
}

/// The place of a value in the lines below its entry's key, or else the key.
fn place_of(source: &Source, entry: Span, value: &str) -> Span {
    let start = entry.start as usize;
    let text = source.text().get(start..).unwrap_or_default();
    match text.find(value) {
        Some(at) if !value.is_empty() => Span::new(start + at, start + at + value.len()),
        _ => entry,
    }
}

fn duplicate(source: &Source, key: &str, first: Span, second: Span) -> Diagnostic {
    Diagnostic::new(
        diag::DUPLICATE_ENTRY,
        source.path(),
        second,
        format!("the source `{key}` is listed twice"),
    )
    .with_secondary(source.path(), first, "first listed here")
    .with_help("give one of the two another key, or remove it")
}

#[cfg(test)]
mod tests;
