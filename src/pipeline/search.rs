//! What search sees of the site.

use std::borrow::Cow;
use std::sync::Arc;

use super::Site;
use crate::catalog::{Catalog, PageId};
use crate::link::LinkedPage;
use crate::registry::Registries;
use crate::search;

impl Site {
    /// The pages that search may show, as the index takes them; drafts, withdrawn pages and pages with
    /// `search = false` are left out.
    pub fn search_documents(&self) -> Vec<search::Document<'_>> {
        let catalog = self.catalog();
        let shown = self.0.pages.iter().filter(|linked| {
            let interface = &linked.page.interface;
            interface.search && !interface.draft && catalog.is_listed(linked.id) && has_text(linked)
        });
        shown.map(|linked| document(linked, catalog)).collect()
    }

    /// The words that the site holds for the same: its synonyms, and its terms with their forms.
    pub fn search_vocabulary(&self) -> search::Vocabulary {
        let Registries { synonyms, glossary, .. } = &self.0.registries.value;
        let same = synonyms.iter().map(|synonym| synonym.words.clone());
        let terms = glossary.iter().map(|term| {
            let forms = term.forms.iter().map(|form| form.value.clone());
            std::iter::once(term.term.value.clone()).chain(forms).collect()
        });
        search::Vocabulary { synonyms: same.chain(terms).collect() }
    }

    /// Whether the search index of another snapshot is also that of this one.
    pub fn has_search_inputs_of(&self, other: &Self) -> bool {
        let (own, others) = (&self.0, &other.0);
        Arc::ptr_eq(&own.catalog, &others.catalog)
            && Arc::ptr_eq(&own.registries, &others.registries)
            && own.config.value.language == others.config.value.language
            && own.pages.len() == others.pages.len()
            && own.pages.iter().zip(&others.pages).all(|(own, other)| Arc::ptr_eq(own, other))
    }

    /// The files of the search index: paths below `search/` with their bytes.
    pub fn search_files(&self) -> Vec<(String, Vec<u8>)> {
        let settings =
            search::Settings { language: self.config().language.clone(), ..search::Settings::default() };
        search::build(&self.search_documents(), &self.search_vocabulary(), &settings)
    }
}

/// A section page without a text of its own is only a list.
fn has_text(linked: &LinkedPage) -> bool {
    !linked.page.interface.is_section || !linked.page.document.events().is_empty()
}

fn document<'a>(linked: &'a LinkedPage, catalog: &'a Catalog) -> search::Document<'a> {
    let page = &linked.page;
    let (interface, front_matter) = (&page.interface, &page.front_matter);
    let condition = interface.condition.as_ref();
    let texts = |list: &'a [crate::typed::Spanned<String>]| -> Vec<Cow<'a, str>> {
        list.iter().map(|text| Cow::Borrowed(text.value.as_str())).collect()
    };
    let names = |list: &'a [(String, crate::source::Span)]| -> Vec<Cow<'a, str>> {
        list.iter().map(|(name, _)| Cow::Borrowed(name.as_str())).collect()
    };
    search::Document {
        url: Cow::Borrowed(interface.address.as_str()),
        id: condition.map_or(Cow::Borrowed(""), |condition| Cow::Borrowed(condition.id.as_str())),
        title: Cow::Borrowed(&interface.title),
        description: Cow::Borrowed(&interface.description),
        keywords: texts(&front_matter.keywords),
        questions: texts(&front_matter.questions),
        also_called: condition.map(|condition| names(&condition.also_called)).unwrap_or_default(),
        search_only: condition.map(|condition| names(&condition.search_only)).unwrap_or_default(),
        kind: Cow::Borrowed(interface.kind.as_str()),
        region: region(linked.id, catalog),
        conditions: interface.conditions.iter().map(|id| Cow::Borrowed(id.as_str())).collect(),
        language: Cow::Borrowed(&interface.language),
        is_condition: condition.is_some(),
        sections: page.sections.iter().map(|section| section_of(linked, section)).collect(),
    }
}

fn region(id: PageId, catalog: &Catalog) -> Cow<'_, str> {
    let condition = catalog.page(id).condition.as_ref();
    let region = condition.and_then(|condition| condition.region.as_ref());
    region.map_or(Cow::Borrowed(""), |(region, _)| Cow::Borrowed(region.as_str()))
}

fn section_of<'a>(linked: &'a LinkedPage, section: &crate::page::PageSection) -> search::Section<'a> {
    let document = &linked.page.document;
    let heading = section.heading.and_then(|index| document.headings().get(index as usize));
    let mut events = section.events.clone();
    if heading.is_some() {
        // The heading's own words are a field of their own.
        let end = |event: &crate::markdown::Event| {
            matches!(event.kind, crate::markdown::EventKind::End(crate::markdown::Tag::Heading(_)))
        };
        let all = &document.events()[events.start as usize..events.end as usize];
        events.start += all.iter().position(end).map_or(0, |at| at as u32 + 1);
    }
    search::Section {
        anchor: heading.map_or(Cow::Borrowed(""), |heading| Cow::Borrowed(heading.anchor.as_str())),
        heading: heading.map_or(Cow::Borrowed(""), |heading| Cow::Borrowed(&*heading.text)),
        text: Cow::Owned(document.plain_text(events)),
    }
}
