//! Pages that needlepoint makes without a file of their own: A to Z, body map, glossary, search, lists …
//!
//! Where an author's `_index.md` has the address of such a page, it gives the page its title, description and text,
//! and the page is not generated a second time.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Catalog, PageId, RegistryNames};
use crate::config::Config;
use crate::name::{PersonId, RegionId, Slug, UrlPath};

/// A page without a file of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generated {
    /// What it is.
    pub kind: GeneratedKind,
    /// Where it is.
    pub address: UrlPath,
    /// Its language.
    pub language: Arc<str>,
    /// The author's page at the same address, which gives title, description and text.
    pub page: Option<PageId>,
}

/// What a generated page is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GeneratedKind {
    /// The home page, where no `content/_index.md` is.
    Home,
    /// Conditions A to Z.
    Conditions,
    /// The body map.
    Body,
    /// The conditions of a body region.
    Region(RegionId),
    /// The glossary.
    Glossary,
    /// All sources.
    References,
    /// All questions.
    Questions,
    /// Search.
    Search,
    /// Authors and reviewers.
    People,
    /// One of them.
    Person(PersonId),
    /// All tags.
    Tags,
    /// A page of a tag's pages: its slug and the number of the page, from 1.
    Tag(Slug, u32),
    /// The second or a later page of a section: its folder and the number of the page.
    Section(Box<str>, u32),
    /// Reading settings.
    Settings,
    /// What a host shows where there is nothing.
    NotFound,
}

pub(super) fn generated(catalog: &Catalog, config: &Config, names: &RegistryNames) -> Vec<Generated> {
    let by_address: HashMap<&UrlPath, PageId> =
        catalog.ids().map(|id| (&catalog.page(id).address, id)).collect();
    let mut out = Vec::new();
    for (index, language) in catalog.languages().iter().enumerate() {
        let mut maker =
            Maker { catalog, by_address: &by_address, language, is_default: index == 0, out: &mut out };
        maker.pages(names);
        maker.lists(config.page_size.max(1) as usize);
    }
    out
}

struct Maker<'a> {
    catalog: &'a Catalog,
    by_address: &'a HashMap<&'a UrlPath, PageId>,
    language: &'a Arc<str>,
    is_default: bool,
    out: &'a mut Vec<Generated>,
}

impl Maker<'_> {
    fn pages(&mut self, names: &RegistryNames) {
        let pages = || self.catalog.pages().iter().filter(|page| page.language == *self.language);
        let has_conditions = self.catalog.conditions(self.language).next().is_some();
        let has_questions = pages().any(|page| !page.questions.is_empty());
        self.push(GeneratedKind::Home, "");
        if has_conditions {
            self.push(GeneratedKind::Conditions, "conditions/");
        }
        if has_questions {
            self.push(GeneratedKind::Questions, "questions/");
        }
        self.push(GeneratedKind::Search, "search/");
        self.push(GeneratedKind::Settings, "settings/");
        self.push(GeneratedKind::NotFound, "404.html");
        if !self.is_default {
            return;
        }
        if !self.catalog.regions().is_empty() {
            self.push(GeneratedKind::Body, "body/");
            for (region, _) in self.catalog.regions() {
                let slug = Slug::from_text(region.as_str());
                self.push(GeneratedKind::Region(region.clone()), &format!("body/{slug}/"));
            }
        }
        if names.has_glossary {
            self.push(GeneratedKind::Glossary, "glossary/");
        }
        if names.has_references {
            self.push(GeneratedKind::References, "references/");
        }
        if !names.people.is_empty() {
            self.push(GeneratedKind::People, "people/");
            for person in &names.people {
                let slug = Slug::from_text(person.as_str());
                self.push(GeneratedKind::Person(person.clone()), &format!("people/{slug}/"));
            }
        }
    }

    fn lists(&mut self, page_size: usize) {
        let tags: Vec<_> = self.catalog.tags().iter().filter(|tag| tag.language == *self.language).collect();
        if !tags.is_empty() {
            self.push(GeneratedKind::Tags, "tags/");
        }
        for tag in tags {
            for number in 1..=tag.pages.len().div_ceil(page_size) {
                let slug = &tag.slug;
                let path =
                    if number == 1 { format!("tags/{slug}/") } else { format!("tags/{slug}/page/{number}/") };
                self.push(GeneratedKind::Tag(slug.clone(), number as u32), &path);
            }
        }
        for section in self.catalog.sections() {
            let Some(index) =
                section.index.filter(|index| self.catalog.page(*index).language == *self.language)
            else {
                continue;
            };
            let is_home = section.folder.is_empty() || *section.folder == **self.language;
            if is_home || *section.folder == *"conditions" {
                continue;
            }
            for number in 2..=section.pages.len().div_ceil(page_size) {
                let address = format!("{}page/{number}/", self.catalog.page(index).address);
                let kind = GeneratedKind::Section(section.folder.clone(), number as u32);
                self.push_at(kind, &address);
            }
        }
    }

    fn push(&mut self, kind: GeneratedKind, path: &str) {
        let address = if self.is_default { format!("/{path}") } else { format!("/{}/{path}", self.language) };
        self.push_at(kind, &address);
    }

    fn push_at(&mut self, kind: GeneratedKind, address: &str) {
        let Some(address) = UrlPath::new(address) else { return };
        // Only the page that lies in the folder of that address gives it title and text; others are told to move.
        let page = self.by_address.get(&address).copied().filter(|id| {
            let page = self.catalog.page(*id);
            let is_of_folder = page.is_section || page.path.file_name() == "index.md";
            is_of_folder && address.as_str().trim_matches('/') == page.path.folder()
        });
        self.out.push(Generated { kind, address, language: self.language.clone(), page });
    }
}
