//! Pages made from registries: glossary, references, people.

use super::context::{
    DatedLink, GlossaryContext, GlossaryGroup, GlossaryTerm, Html, Link, PeopleContext, PersonCard,
    PersonContext, ReferenceEntry, ReferencesContext,
};
use super::shared::{Shared, Tongue};
use super::{Inputs, letters, lists, relations, words};
use crate::catalog::{GeneratedKind, PageId};
use crate::markup;
use crate::name::PersonId;
use crate::registry::{ReferenceKind, Term};

/// More pages than this that use a term or cite a source are shown when a reader asks for them.
const MOST_SHOWN: usize = 5;

/// The glossary.
pub(super) fn glossary(inputs: &Inputs<'_>, shared: &Shared, tongue: &Tongue) -> GlossaryContext {
    let term = |term: &Term| {
        let used_on = listed(inputs, shared, relations::using(inputs, &term.id));
        GlossaryTerm {
            term: term.term.value.clone(),
            anchor: term.id.to_string(),
            forms: term.forms.iter().map(|form| form.value.clone()).collect(),
            definition: term.definition.clone(),
            used_on_count: count(tongue, &used_on),
            used_on,
        }
    };
    let terms: Vec<GlossaryTerm> = inputs.registries.glossary.iter().map(term).collect();
    let groups = letters::grouped(terms, |term| &term.term);
    let used: Vec<String> = groups.iter().map(|(letter, _)| letter.clone()).collect();
    let anchor = |letter: &str| format!("letter-{}", letters::anchor(letter));
    let group = |(letter, terms): (String, Vec<GlossaryTerm>)| GlossaryGroup {
        anchor: anchor(&letter),
        letter,
        terms,
    };
    GlossaryContext {
        letters: letters::row(&used, |letter| format!("#{}", anchor(letter))),
        groups: groups.into_iter().map(group).collect(),
    }
}

/// The glossary as JSON, for the window that explains a term.
pub(super) fn terms_json(inputs: &Inputs<'_>) -> String {
    let mut terms = serde_json::Map::new();
    for term in inputs.registries.glossary.iter() {
        let value = serde_json::json!({ "term": term.term.value, "definition": term.definition });
        terms.insert(term.id.to_string(), value);
    }
    serde_json::Value::Object(terms).to_string()
}

/// All sources, by first author.
pub(super) fn references(inputs: &Inputs<'_>, shared: &Shared, tongue: &Tongue) -> ReferencesContext {
    let mut sources: Vec<_> = inputs.registries.references.iter().collect();
    sources.sort_by_cached_key(|source| {
        let author = source.authors.first().unwrap_or(&source.title);
        (letters::sort_key(author), source.year, letters::sort_key(&source.title), source.key.clone())
    });
    let entry = |source: &crate::registry::Reference| {
        let cited_on = listed(inputs, shared, relations::citing(inputs, &source.key));
        ReferenceEntry {
            anchor: source.key.to_string(),
            html: Html(source.html.clone()),
            kind: tongue.strings.get(kind_word(source.kind.or(source.form))).to_owned(),
            year: source.year.map(|year| year.to_string()).unwrap_or_default(),
            retracted: source.retracted,
            cited_on_count: count(tongue, &cited_on),
            cited_on,
        }
    };
    ReferencesContext { entries: sources.into_iter().map(entry).collect() }
}

/// Links to those of the pages that lists may show.
fn listed(inputs: &Inputs<'_>, shared: &Shared, pages: &[PageId]) -> Vec<Link> {
    let listed = pages.iter().filter(|id| inputs.catalog.is_listed(**id));
    listed.map(|id| lists::link(inputs, shared, *id)).collect()
}

/// How many pages there are, where they are too many to be shown at once.
fn count(tongue: &Tongue, pages: &[Link]) -> String {
    if pages.len() > MOST_SHOWN { words::count(&tongue.strings, "pages", pages.len()) } else { String::new() }
}

fn kind_word(kind: Option<ReferenceKind>) -> &'static str {
    match kind {
        Some(ReferenceKind::Guideline) => "kind_guideline",
        Some(ReferenceKind::SystematicReview | ReferenceKind::Review) => "kind_review",
        Some(ReferenceKind::Trial) => "kind_trial",
        Some(ReferenceKind::Observational) => "kind_study",
        Some(ReferenceKind::Statement) => "kind_statement",
        Some(ReferenceKind::Law) => "kind_law",
        Some(ReferenceKind::Book) => "kind_book",
        Some(ReferenceKind::Web) => "kind_web",
        Some(ReferenceKind::Other) => "kind_other",
        None => "kind_article",
    }
}

/// Everyone who writes or reviews.
pub(super) fn people(inputs: &Inputs<'_>, shared: &Shared, tongue: &Tongue) -> PeopleContext {
    let card = |person: &crate::registry::Person| {
        let kind = GeneratedKind::Person(person.id.clone());
        Some(PersonCard {
            name: person.name.clone(),
            credentials: person.credentials.clone().unwrap_or_default(),
            role: person.role.clone().unwrap_or_default(),
            url: shared.generated_url(inputs, &kind, &tongue.language)?,
            placeholder: person.placeholder,
        })
    };
    PeopleContext { people: inputs.registries.people.iter().filter_map(card).collect() }
}

/// One of them.
pub(super) fn person(inputs: &Inputs<'_>, shared: &Shared, tongue: &Tongue, id: &PersonId) -> PersonContext {
    let Some(person) = inputs.registries.people.get(id.as_str()) else { return PersonContext::default() };
    let work = shared.people.get(id);
    let dated = |id: &PageId| {
        let page = inputs.catalog.page(*id);
        DatedLink {
            text: page.title.clone(),
            url: shared.url(*id).to_owned(),
            date: page.reviewed.map(|date| words::date(&tongue.strings, date)),
        }
    };
    let bio = person.bio.as_deref().unwrap_or_default();
    let paragraphs = bio.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
    PersonContext {
        credentials: person.credentials.clone().unwrap_or_default(),
        role: person.role.clone().unwrap_or_default(),
        bio: Html(paragraphs.map(|paragraph| format!("<p>{}</p>", markup::escaped(paragraph))).collect()),
        interests: person.interests.clone().unwrap_or_default(),
        link: person.url.clone(),
        placeholder: person.placeholder,
        written: work
            .map(|work| work.written.iter().map(|id| lists::link(inputs, shared, *id)).collect())
            .unwrap_or_default(),
        reviewed: work.map(|work| work.reviewed.iter().map(dated).collect()).unwrap_or_default(),
    }
}
