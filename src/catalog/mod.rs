//! The catalog: all that the whole site knows.
//!
//! It is made of [`PageInterface`]s, the names of other files and the configuration alone, and answers where things
//! are: addresses, sections, tags, conditions, regions. It never sees a page's text.

mod addresses;
mod generated;
mod policies;
mod sections;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

pub use addresses::Place;
pub use generated::{Generated, GeneratedKind};
pub use policies::Policy;
pub use sections::{Section, Tag};

use crate::config::Config;
use crate::diag::Diagnostic;
use crate::name::{ConditionId, ContentPath, PersonId, RegionId, UrlPath};
use crate::page::PageInterface;

/// A page of the catalog: its index in [`Catalog::pages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(pub u32);

/// What the registries tell the catalog: which generated pages there are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RegistryNames {
    /// Body regions in their order, each with the region or group above it.
    pub regions: Vec<(RegionId, Option<RegionId>)>,
    /// Groups of regions that a condition can name.
    pub region_groups: Vec<RegionId>,
    /// Regions with a care card: they have a page, with or without conditions.
    pub cared_for: Vec<RegionId>,
    /// Authors and reviewers.
    pub people: Vec<PersonId>,
    /// Whether there is a glossary.
    pub has_glossary: bool,
    /// Whether there are sources.
    pub has_references: bool,
}

/// What the catalog is made of.
pub struct Inputs<'a> {
    /// The pages, in any order.
    pub pages: Vec<Arc<PageInterface>>,
    /// Files of `content/` that are copied as they are.
    pub assets: Vec<ContentPath>,
    /// The configuration.
    pub config: &'a Config,
    /// What the registries name.
    pub registries: &'a RegistryNames,
    /// The day of the build.
    pub today: Date,
    /// Whether drafts are shown.
    pub drafts: bool,
}

/// All that the whole site knows.
///
/// Two catalogs are equal when every page may be rendered from either with the same result.
#[derive(Clone, Debug, PartialEq)]
pub struct Catalog {
    pages: Vec<Arc<PageInterface>>,
    /// Drafts that are not shown: known so that a link to one can say so.
    hidden: Vec<Arc<PageInterface>>,
    is_withdrawn: Vec<bool>,
    places: FxHashMap<UrlPath, Place>,
    by_stem: BTreeMap<String, Vec<PageId>>,
    /// The pages of each condition, one for each language, by path. Looked up for every page that speaks of one.
    conditions: FxHashMap<ConditionId, Vec<PageId>>,
    /// The ids of these, sorted.
    condition_ids: Vec<ConditionId>,
    sections: BTreeMap<Box<str>, Section>,
    tags: Vec<Tag>,
    generated: Vec<Generated>,
    aliases: Vec<(UrlPath, PageId)>,
    assets: Vec<(ContentPath, UrlPath)>,
    regions: Vec<(RegionId, Vec<PageId>)>,
    languages: Vec<Arc<str>>,
    today: Date,
}

/// Makes the catalog; addresses with two sources and unknown ids are reported.
pub fn build(inputs: Inputs<'_>) -> (Catalog, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let (mut pages, hidden): (Vec<_>, Vec<_>) =
        inputs.pages.into_iter().partition(|page| inputs.drafts || !page.draft);
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    let is_withdrawn: Vec<bool> = pages.iter().map(|page| is_withdrawn(page, inputs.today)).collect();
    let conditions = conditions(&pages, &is_withdrawn);
    let mut catalog = Catalog {
        by_stem: addresses::stems(&pages),
        condition_ids: conditions.keys().cloned().collect(),
        conditions: conditions.into_iter().collect(),
        sections: BTreeMap::new(),
        languages: languages(&pages, inputs.config),
        pages,
        hidden,
        is_withdrawn,
        places: FxHashMap::default(),
        tags: Vec::new(),
        generated: Vec::new(),
        aliases: Vec::new(),
        assets: Vec::new(),
        regions: Vec::new(),
        today: inputs.today,
    };
    catalog.sections = sections::sections(&catalog);
    catalog.tags = sections::tags(&catalog, &mut diagnostics);
    catalog.regions = sections::regions(&catalog, inputs.registries, &mut diagnostics);
    catalog.generated = generated::generated(&catalog, inputs.config, inputs.registries);
    addresses::place(&mut catalog, &inputs.assets, &mut diagnostics);
    (catalog, diagnostics)
}

fn is_withdrawn(page: &PageInterface, today: Date) -> bool {
    page.withdrawn.is_some() || page.expires.is_some_and(|expires| expires <= today)
}

fn conditions(pages: &[Arc<PageInterface>], is_withdrawn: &[bool]) -> BTreeMap<ConditionId, Vec<PageId>> {
    let mut conditions: BTreeMap<ConditionId, Vec<PageId>> = BTreeMap::new();
    for (index, page) in pages.iter().enumerate() {
        if let Some(condition) = &page.condition
            && !is_withdrawn[index]
        {
            let known = conditions.entry(condition.id.clone()).or_default();
            if known.iter().all(|known| pages[known.0 as usize].language != page.language) {
                known.push(PageId(index as u32));
            }
        }
    }
    conditions
}

fn languages(pages: &[Arc<PageInterface>], config: &Config) -> Vec<Arc<str>> {
    let default: Arc<str> = Arc::from(config.language.as_str());
    let others = config.languages.keys().filter(|tag| pages.iter().any(|page| *page.language == ***tag));
    std::iter::once(default).chain(others.map(|tag| Arc::from(tag.as_str()))).collect()
}

impl Catalog {
    /// The pages whose interface is another one than before, sorted, where nothing else differs that a page can see of others
    /// without looking at one of these: each page is where it was and is shown as it was. `None` where more differs.
    pub fn changed_since(&self, before: &Self) -> Option<Vec<PageId>> {
        let is_same_frame = self.pages.len() == before.pages.len()
            && self.hidden == before.hidden
            && self.is_withdrawn == before.is_withdrawn
            && self.by_stem == before.by_stem
            && self.conditions == before.conditions
            && self.generated == before.generated
            && self.aliases == before.aliases
            && self.assets == before.assets
            && self.languages == before.languages
            && self.today == before.today
            && self.places == before.places;
        if !is_same_frame {
            return None;
        }
        let others = self.ids().filter(|id| {
            let at = id.0 as usize;
            !Arc::ptr_eq(&self.pages[at], &before.pages[at])
        });
        let others: Vec<PageId> = others.collect();
        let is_same_place = |id: &PageId| {
            let condition = |page: &'_ PageInterface| page.condition.as_ref().map(|own| own.id.clone());
            let (new, old) = (self.page(*id), before.page(*id));
            (&new.path, &new.address, &new.language) == (&old.path, &old.address, &old.language)
                && condition(new) == condition(old)
        };
        others.iter().all(is_same_place).then_some(others)
    }

    /// All pages that are built, sorted by path; drafts are among them only in a build that shows drafts.
    pub fn pages(&self) -> &[Arc<PageInterface>] {
        &self.pages
    }

    /// One page.
    pub fn page(&self, id: PageId) -> &PageInterface {
        &self.pages[id.0 as usize]
    }

    /// All ids, in the order of [`Catalog::pages`].
    pub fn ids(&self) -> impl Iterator<Item = PageId> + use<> {
        (0..self.pages.len() as u32).map(PageId)
    }

    /// The page that a file makes.
    pub fn by_path(&self, path: &str) -> Option<PageId> {
        let index = self.pages.binary_search_by(|page| page.path.as_str().cmp(path)).ok()?;
        Some(PageId(index as u32))
    }

    /// The draft that a file would make, where drafts are not shown.
    pub fn hidden_draft(&self, path: &str) -> Option<&PageInterface> {
        self.hidden.iter().find(|page| page.path.as_str() == path).map(|page| &**page)
    }

    /// Drafts that are not shown.
    pub fn hidden_drafts(&self) -> impl Iterator<Item = &PageInterface> {
        self.hidden.iter().map(|page| &**page)
    }

    /// Whether needlepoint writes a file of its own at an address: a feed, the sitemap, a file for machines.
    pub fn makes_file(&self, address: &UrlPath) -> bool {
        const FILES: [&str; 6] =
            ["feed.xml", "graph.json", "manifest.webmanifest", "robots.txt", "sitemap.xml", "favicon.ico"];
        let path = &address.as_str()[1..];
        let feed = path.strip_suffix("/feed.xml");
        FILES.contains(&path)
            || feed.is_some_and(|tag| self.languages[1..].iter().any(|known| **known == *tag))
    }

    /// Pages whose file has that stem, or whose folder has that name; sorted.
    pub fn by_stem(&self, stem: &str) -> &[PageId] {
        self.by_stem.get(&stem.to_lowercase()).map_or(&[], Vec::as_slice)
    }

    /// All stems that [`Catalog::by_stem`] knows.
    pub fn stems(&self) -> impl Iterator<Item = &str> {
        self.by_stem.keys().map(String::as_str)
    }

    /// What lies at an address.
    pub fn place(&self, address: &UrlPath) -> Option<Place> {
        self.places.get(address).copied()
    }

    /// Every address of the site with what lies there, sorted by address.
    pub fn places(&self) -> Vec<(&UrlPath, Place)> {
        let mut places: Vec<_> = self.places.iter().map(|(address, place)| (address, *place)).collect();
        places.sort_unstable_by_key(|(address, _)| *address);
        places
    }

    /// Whether a page was taken back or has expired on the day of the build.
    pub fn is_withdrawn(&self, id: PageId) -> bool {
        self.is_withdrawn[id.0 as usize]
    }

    /// Whether a page stands in lists, feed and sitemap: it is not withdrawn.
    pub fn is_listed(&self, id: PageId) -> bool {
        !self.is_withdrawn(id)
    }

    /// The page of a condition in a language, else in the site's own, else in any; `None` where it has no page or was
    /// taken back.
    pub fn condition(&self, id: &str, language: &str) -> Option<PageId> {
        let pages = self.conditions.get(id)?;
        if let [page] = **pages {
            return Some(page);
        }
        let of = |language: &str| pages.iter().find(|page| *self.page(**page).language == *language);
        of(language).or_else(|| of(&self.languages[0])).or(pages.first()).copied()
    }

    /// Whether a condition has a page that is not shown: a draft, or one that was taken back.
    pub fn has_hidden_condition(&self, id: &str) -> bool {
        let names = |page: &PageInterface| page.condition.as_ref().is_some_and(|own| own.id.as_str() == id);
        self.hidden.iter().any(|page| names(page))
            || self.ids().any(|page| self.is_withdrawn(page) && names(self.page(page)))
    }

    /// The ids of all conditions with a page that is not withdrawn, sorted.
    pub fn condition_ids(&self) -> impl Iterator<Item = &ConditionId> {
        self.condition_ids.iter()
    }

    /// All conditions with their pages, sorted by id.
    fn pages_of_conditions(&self) -> impl Iterator<Item = (&ConditionId, &[PageId])> {
        self.condition_ids.iter().map(|id| (id, &*self.conditions[id]))
    }

    /// The pages of all conditions in a language, sorted by id.
    pub fn conditions(&self, language: &str) -> impl Iterator<Item = PageId> {
        let of = |page: &PageId| *self.page(*page).language == *language;
        self.pages_of_conditions().filter_map(move |(_, pages)| pages.iter().copied().find(of))
    }

    /// The section of a folder below `content/`; the empty folder is the whole site.
    pub fn section(&self, folder: &str) -> Option<&Section> {
        self.sections.get(folder)
    }

    /// All sections, sorted by folder.
    pub fn sections(&self) -> impl Iterator<Item = &Section> {
        self.sections.values()
    }

    /// All tags, sorted by language and slug.
    pub fn tags(&self) -> &[Tag] {
        &self.tags
    }

    /// Body regions that have conditions or a care card, in the order of the registry, each with its conditions sorted by title.
    ///
    /// The conditions of a group stand under each region of the group.
    pub fn regions(&self) -> &[(RegionId, Vec<PageId>)] {
        &self.regions
    }

    /// Pages that needlepoint makes without a file of their own.
    pub fn generated(&self) -> &[Generated] {
        &self.generated
    }

    /// The address of a generated page in a language.
    pub fn generated_address(&self, kind: &GeneratedKind, language: &str) -> Option<&UrlPath> {
        let found = self.generated.iter().find(|page| page.kind == *kind && *page.language == *language);
        found.map(|page| &page.address)
    }

    /// Old addresses and the pages that took their place, sorted by address.
    pub fn aliases(&self) -> &[(UrlPath, PageId)] {
        &self.aliases
    }

    /// Files that are copied as they are, sorted by path, with their addresses.
    pub fn assets(&self) -> &[(ContentPath, UrlPath)] {
        &self.assets
    }

    /// The address of a file that is copied as it is.
    pub fn asset(&self, path: &str) -> Option<&UrlPath> {
        let index = self.assets.binary_search_by(|(asset, _)| asset.as_str().cmp(path)).ok()?;
        Some(&self.assets[index].1)
    }

    /// The languages of the site's pages, the site's own first.
    pub fn languages(&self) -> &[Arc<str>] {
        &self.languages
    }

    /// The day of the build.
    pub fn today(&self) -> Date {
        self.today
    }

    /// The pages above one, home first: the sections that hold its file and have a page.
    pub fn ancestors(&self, id: PageId) -> Vec<PageId> {
        let page = self.page(id);
        let mut folder = page.path.folder();
        let mut found = Vec::new();
        loop {
            if let Some(index) = self.sections.get(folder).and_then(|section| section.index)
                && index != id
            {
                found.push(index);
            }
            match folder.rsplit_once('/') {
                Some((above, _)) => folder = above,
                None if folder.is_empty() => break,
                None => folder = "",
            }
        }
        found.reverse();
        found
    }

    /// The neighbours of a page in a section whose pages have weights: before and after it.
    pub fn neighbours(&self, id: PageId) -> (Option<PageId>, Option<PageId>) {
        let page = self.page(id);
        let Some(section) = self.sections.get(page.path.folder()).filter(|section| section.is_ordered) else {
            return (None, None);
        };
        let Some(at) = section.position(id) else { return (None, None) };
        (at.checked_sub(1).map(|before| section.pages[before]), section.pages.get(at + 1).copied())
    }

    /// The same page in another language: the file of the same path below that language's folder.
    pub fn translation(&self, id: PageId, language: &str) -> Option<PageId> {
        let page = self.page(id);
        let default = &self.languages[0];
        let path = page.path.as_str();
        let bare = if page.language == *default {
            path
        } else {
            path.strip_prefix(&*page.language)?.strip_prefix('/')?
        };
        if *language == **default { self.by_path(bare) } else { self.by_path(&format!("{language}/{bare}")) }
    }
}
