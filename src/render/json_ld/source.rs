//! Sources and people as works and persons.

use super::Scope;
use super::node::{Node, alone};
use crate::name::PersonId;
use crate::registry::{Person, Reference, ReferenceKind};

/// As many authors as readers see of a long list, before "et al."
const MOST_AUTHORS: usize = 3;

/// The type of a source, and what it says of the kind of study.
fn kind_of(source: &Reference) -> (&'static str, &'static str) {
    match source.kind {
        Some(ReferenceKind::Guideline) => ("MedicalScholarlyArticle", "Practice Guideline"),
        Some(ReferenceKind::SystematicReview) => ("MedicalScholarlyArticle", "Systematic Review"),
        Some(ReferenceKind::Trial) => ("MedicalScholarlyArticle", "Randomized Controlled Trial"),
        Some(ReferenceKind::Observational) => ("MedicalScholarlyArticle", "Observational Study"),
        Some(ReferenceKind::Review) => ("MedicalScholarlyArticle", "Review"),
        Some(ReferenceKind::Statement) => ("Report", ""),
        Some(ReferenceKind::Law) => ("Legislation", ""),
        Some(ReferenceKind::Book) => ("Book", ""),
        Some(ReferenceKind::Web) => ("WebPage", ""),
        Some(ReferenceKind::Other) | None if source.doi.is_some() => ("ScholarlyArticle", ""),
        Some(ReferenceKind::Other) | None => ("CreativeWork", ""),
    }
}

/// A source as the pages that cite it tell it.
pub(super) fn source(source: &Reference) -> String {
    let (kind, publication) = kind_of(source);
    alone(kind, |node| work(node, source, publication))
}

fn work(node: &mut Node<'_>, source: &Reference, publication: &str) {
    node.text("name", &source.title);
    // A source with a number of its own is known by it; every page carries these words.
    let has_number = source.doi.is_some() || source.pmid.is_some();
    node.list("author", |list| {
        for author in source.authors.iter().take(if has_number { 0 } else { MOST_AUTHORS }) {
            // Family and given name are parted by a comma; the name of a body has none.
            match author.split_once(", ") {
                Some((family, given)) => {
                    list.node("Person", |node| node.text("name", &format!("{family} {}", initials(given))));
                }
                None => list.node("Organization", |node| node.text("name", author)),
            }
        }
    });
    node.text("datePublished", &source.year.map(|year| format!("{year:04}")).unwrap_or_default());
    node.text("publicationType", publication);
    let ids = [("doi", &source.doi), ("pmid", &source.pmid), ("pmcid", &source.pmcid)];
    let ids = ids.iter().filter_map(|(name, id)| Some(format!("{name}:{}", id.as_deref()?)));
    // The address says the first of a DOI and a PubMed number.
    let ids: Vec<String> = ids.skip(usize::from(has_number)).collect();
    node.texts("identifier", ids.iter().map(String::as_str));
    if source.kind == Some(ReferenceKind::Book) {
        node.text("isbn", source.isbn.as_deref().unwrap_or_default());
    }
    let doi = source.doi.as_ref().map(|doi| format!("https://doi.org/{doi}"));
    let pmid = source.pmid.as_ref().map(|pmid| format!("https://pubmed.ncbi.nlm.nih.gov/{pmid}/"));
    node.text("sameAs", &doi.or(pmid).unwrap_or_default());
    node.text("url", source.url.as_deref().unwrap_or_default());
    node.text("creativeWorkStatus", if source.retracted { "Retracted" } else { "" });
}

/// The first letters of given names.
fn initials(given: &str) -> String {
    let names = given.split([' ', '-', '.']);
    names.filter_map(|name| name.chars().next()).filter(|letter| !letter.is_lowercase()).collect()
}

impl Scope<'_> {
    /// The person of an id, unless the entry only holds a place or is not there.
    pub(super) fn real_person(&self, id: &PersonId) -> Option<&Person> {
        self.inputs.registries.people.get(id.as_str()).filter(|person| !person.placeholder)
    }

    /// What pages tell of a person beside a text.
    pub(super) fn person(&self, node: &mut Node<'_>, person: &Person, url: &str) {
        node.text("name", &person.name);
        node.text("honorificSuffix", person.credentials.as_deref().unwrap_or_default());
        node.text("url", url);
        let orcid = person.orcid.as_ref().map(|orcid| format!("https://orcid.org/{orcid}"));
        node.texts("sameAs", person.url.as_deref().into_iter().chain(orcid.as_deref()));
    }
}
