//! What a page names by id: conditions, people, facts, sources, care cards. Unknown ones are errors with the nearest.

use std::collections::HashSet;

use super::vocabulary::Vocabulary;
use crate::catalog::Catalog;
use crate::diag::{self, Diagnostic};
use crate::markdown::EventKind;
use crate::name::{CitationKey, FactId};
use crate::page::Page;
use crate::registry::Registries;
use crate::source::Span;

/// What a page shows and cites.
pub(super) struct Named {
    pub(super) facts: Vec<FactId>,
    pub(super) sources: Vec<CitationKey>,
}

/// Collects the facts and sources of a page and checks every id that it names.
pub(super) fn named(
    page: &Page,
    catalog: &Catalog,
    vocabulary: &Vocabulary,
    registries: &Registries,
    diagnostics: &mut Vec<Diagnostic>,
) -> Named {
    let mut reader =
        Reader { page, vocabulary, registries, diagnostics, facts: Vec::new(), sources: Sources::default() };
    reader.citations();
    reader.shortcodes();
    reader.at_a_glance();
    reader.cards_above();
    reader.evidence();
    reader.sources_of_facts();
    reader.people();
    reader.conditions(catalog);
    Named { facts: reader.facts, sources: reader.sources.order }
}

#[derive(Default)]
struct Sources {
    order: Vec<CitationKey>,
    seen: HashSet<CitationKey>,
}

impl Sources {
    fn add(&mut self, key: &CitationKey) {
        if !self.seen.contains(key) {
            self.seen.insert(key.clone());
            self.order.push(key.clone());
        }
    }
}

struct Reader<'a> {
    page: &'a Page,
    vocabulary: &'a Vocabulary,
    registries: &'a Registries,
    diagnostics: &'a mut Vec<Diagnostic>,
    facts: Vec<FactId>,
    sources: Sources,
}

impl<'a> Reader<'a> {
    fn report(&mut self, code: diag::Code, span: Span, message: String) -> &mut Diagnostic {
        self.diagnostics.push(Diagnostic::new(code, self.page.document.source().path(), span, message));
        self.diagnostics.last_mut().expect("one was just pushed")
    }

    fn citations(&mut self) {
        let document = &self.page.document;
        for group in document.citations() {
            for item in &group.items {
                self.source(&item.key, item.span);
            }
        }
    }

    fn source(&mut self, key: &CitationKey, span: Span) {
        if self.vocabulary.knows_source(key.as_str()) {
            return self.sources.add(key);
        }
        let known = self.registries.references.iter().map(|reference| reference.key.as_str());
        let near = diag::nearest(key.as_str(), known);
        let written = self.page.document.source().slice(span).starts_with('@');
        let sign = if written { "@" } else { "" };
        let help = near.map_or_else(
            || "add the source to the bibliography".to_owned(),
            |near| format!("did you mean `{sign}{near}`?"),
        );
        self.report(diag::UNKNOWN_SOURCE, span, format!("there is no source `{key}`")).help = Some(help);
    }

    fn shortcodes(&mut self) {
        let page = self.page;
        if page.document.shortcodes().is_empty() {
            return;
        }
        for event in page.document.events() {
            let (EventKind::Shortcode(index) | EventKind::Start(crate::markdown::Tag::Shortcode(index))) =
                event.kind
            else {
                continue;
            };
            let shortcode = &page.document.shortcodes()[index as usize];
            let Some(argument) = shortcode.argument("id") else { continue };
            let Some(id) = shortcode.text("id") else { continue };
            match &*shortcode.name {
                "fact" => self.fact(id, argument.value_span),
                "care" => self.care_card(id, argument.value_span),
                "term" if self.registries.glossary.get(id).is_none() => {
                    let known = self.registries.glossary.iter().map(|term| term.id.as_str());
                    let message = format!("there is no term `{id}`");
                    self.report(diag::UNKNOWN_TERM, argument.value_span, message).help =
                        diag::did_you_mean(id, known);
                }
                _ => {}
            }
        }
    }

    fn care_card(&mut self, id: &str, span: Span) {
        if self.registries.care.get(id).is_none() {
            let known = self.registries.care.iter().map(|card| card.id.as_str());
            self.report(diag::UNKNOWN_CARE_CARD, span, format!("there is no care card `{id}`")).help =
                diag::did_you_mean(id, known);
        }
    }

    /// The care cards that stand above the text.
    fn cards_above(&mut self) {
        let page = self.page;
        for id in page.front_matter.care_ids() {
            self.care_card(id, place_in_extra(page, "care", id));
        }
    }

    fn fact(&mut self, id: &str, span: Span) {
        match self.vocabulary.fact(id).and_then(|index| self.registries.facts.iter().nth(index as usize)) {
            Some(fact) => {
                if !self.facts.contains(&fact.id) {
                    self.facts.push(fact.id.clone());
                }
            }
            None => {
                let known = self.registries.facts.iter().map(|fact| fact.id.as_str());
                self.report(diag::UNKNOWN_FACT, span, format!("there is no fact `{id}`")).help =
                    diag::did_you_mean(id, known);
            }
        }
    }

    fn at_a_glance(&mut self) {
        let page = self.page;
        let list = page.front_matter.extra.get("at_a_glance").and_then(|list| list.as_array());
        for id in list.into_iter().flatten().filter_map(|id| id.as_str()) {
            let span = place_in_extra(page, "at_a_glance", id);
            self.fact(id, span);
        }
    }

    fn evidence(&mut self) {
        let page = self.page;
        let evidence = page.front_matter.condition.iter().flat_map(|condition| &condition.evidence);
        for key in evidence.flat_map(|evidence| &evidence.refs) {
            self.source(&key.value, key.span);
        }
    }

    /// The sources of the facts that the page shows; unknown ones are reported with the facts.
    fn sources_of_facts(&mut self) {
        for id in &self.facts {
            let index = self.vocabulary.fact(id.as_str());
            let fact = index.and_then(|index| self.registries.facts.iter().nth(index as usize));
            for key in fact.into_iter().flat_map(|fact| &fact.sources) {
                if self.vocabulary.knows_source(key.value.as_str()) {
                    self.sources.add(&key.value);
                }
            }
        }
    }

    fn people(&mut self) {
        let page = self.page;
        let registries = self.registries;
        for person in page.front_matter.reviewer.iter().chain(&page.front_matter.authors) {
            if registries.people.get(person.value.as_str()).is_none() {
                let known = registries.people.iter().map(|known| known.id.as_str());
                let near = diag::did_you_mean(person.value.as_str(), known);
                let help = near.unwrap_or_else(|| "add the person to `people.toml`".to_owned());
                let message = format!("there is no person `{}`", person.value);
                self.report(diag::UNKNOWN_PERSON, person.span, message).help = Some(help);
            }
        }
    }

    fn conditions(&mut self, catalog: &Catalog) {
        let page = self.page;
        let related = page.front_matter.condition.iter().flat_map(|condition| &condition.related);
        for id in page.front_matter.conditions.iter().chain(related) {
            let language = &page.interface.language;
            if catalog.condition(id.value.as_str(), language).is_none()
                && !catalog.has_hidden_condition(id.value.as_str())
            {
                let known = catalog.condition_ids().map(|known| known.as_str());
                let message = format!("there is no condition `{}`", id.value);
                self.report(diag::UNKNOWN_CONDITION, id.span, message).help =
                    diag::did_you_mean(id.value.as_str(), known);
            }
        }
    }
}

/// Where a value of `extra` is written: the first place of its text below the key, else the key.
pub fn place_in_extra(page: &Page, key: &str, value: &str) -> Span {
    let front_matter = &page.front_matter;
    let block = page.document.source().slice(front_matter.block);
    let start = front_matter.block.start as usize;
    let Some(at) = block.find(key) else { return front_matter.block };
    let place =
        block[at..].match_indices(value).find(|(found, _)| is_whole(&block[at..], *found, value.len()));
    match place {
        Some((found, _)) => Span::new(start + at + found, start + at + found + value.len()),
        None => Span::new(start + at, start + at + key.len()),
    }
}

/// Whether the text at that place is a whole id, not a part of a longer one.
fn is_whole(text: &str, at: usize, length: usize) -> bool {
    let part_of_id = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    !text[..at].ends_with(part_of_id) && !text[at + length..].starts_with(part_of_id)
}
