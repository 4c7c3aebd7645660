//! Sections from folders, tags, and regions of the body.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Catalog, PageId, RegistryNames};
use crate::diag::{self, Diagnostic};
use crate::name::{RegionId, Slug};
use crate::page::PageInterface;
use crate::typed::Spanned;

/// A folder of pages.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// The folder below `content/`, without a slash at its end.
    pub folder: Box<str>,
    /// Its `_index.md`.
    pub index: Option<PageId>,
    /// Its pages that are not withdrawn: by weight, then latest first, then by title.
    pub pages: Vec<PageId>,
    /// The `_index.md` of folders right below it, in the same order.
    pub subsections: Vec<PageId>,
    /// Whether a page has a weight, so that its pages have an order to be read in.
    pub is_ordered: bool,
    /// For each page, sorted by id, its place in `pages`.
    places: Vec<(PageId, u32)>,
}

impl Section {
    /// Where a page stands among the section's pages.
    pub fn position(&self, id: PageId) -> Option<usize> {
        let index = self.places.binary_search_by_key(&id, |(page, _)| *page).ok()?;
        Some(self.places[index].1 as usize)
    }
}

/// The pages that share a tag in one language.
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    /// The tag as first written, in the order of paths.
    pub name: String,
    /// Its segment in the address.
    pub slug: Slug,
    /// The language of its pages.
    pub language: Arc<str>,
    /// Its pages, latest first, then by title.
    pub pages: Vec<PageId>,
}

pub(super) fn sections(catalog: &Catalog) -> BTreeMap<Box<str>, Section> {
    let mut sections: BTreeMap<Box<str>, Section> = BTreeMap::new();
    for id in catalog.ids() {
        let page = catalog.page(id);
        let folder = page.path.folder();
        if !sections.contains_key(folder) {
            let (pages, subsections, places) = (Vec::new(), Vec::new(), Vec::new());
            let section =
                Section { folder: folder.into(), index: None, pages, subsections, is_ordered: false, places };
            sections.insert(folder.into(), section);
        }
        let section = sections.get_mut(folder).expect("just made");
        if page.is_section {
            section.index = Some(id);
        } else if catalog.is_listed(id) {
            section.is_ordered |= page.weight.is_some();
            section.pages.push(id);
        }
    }
    let indexes: Vec<(Box<str>, PageId)> =
        sections.values().filter_map(|section| Some((section.folder.clone(), section.index?))).collect();
    for (folder, index) in indexes {
        let above = folder.rsplit_once('/').map_or("", |(above, _)| above);
        if !folder.is_empty()
            && let Some(section) = sections.get_mut(above)
        {
            section.subsections.push(index);
        }
    }
    for section in sections.values_mut() {
        section.pages.sort_by(|a, b| reading_order(catalog, *a, *b));
        section.subsections.sort_by(|a, b| reading_order(catalog, *a, *b));
        section.places = section.pages.iter().enumerate().map(|(at, id)| (*id, at as u32)).collect();
        section.places.sort_unstable();
    }
    sections
}

/// By weight (pages without one last), then latest first, then by title and path.
fn reading_order(catalog: &Catalog, a: PageId, b: PageId) -> std::cmp::Ordering {
    let (first, second) = (catalog.page(a), catalog.page(b));
    let weight = |page: &crate::page::PageInterface| page.weight.unwrap_or(i64::MAX);
    let by_weight = weight(first).cmp(&weight(second));
    by_weight.then_with(|| latest_first(catalog, a, b))
}

/// Latest first, then by title and path.
pub(super) fn latest_first(catalog: &Catalog, a: PageId, b: PageId) -> std::cmp::Ordering {
    let (first, second) = (catalog.page(a), catalog.page(b));
    let by_date = second.date.cmp(&first.date);
    by_date.then_with(|| first.title.cmp(&second.title)).then_with(|| first.path.cmp(&second.path))
}

pub(super) fn tags(catalog: &Catalog, diagnostics: &mut Vec<Diagnostic>) -> Vec<Tag> {
    let mut tags: BTreeMap<(Arc<str>, Slug), Tag> = BTreeMap::new();
    for id in catalog.ids().filter(|id| catalog.is_listed(*id)) {
        let page = catalog.page(id);
        for tag in &page.tags {
            let name = &tag.value;
            let slug = Slug::from_text(name);
            let key = (page.language.clone(), slug.clone());
            let first = tags.entry(key).or_insert_with(|| Tag {
                name: name.clone(),
                slug,
                language: page.language.clone(),
                pages: Vec::new(),
            });
            if first.pages.last() != Some(&id) {
                first.pages.push(id);
            }
            if !is_same_word(&first.name, name) {
                diagnostics.push(one_address(catalog, first, page, tag));
            }
        }
    }
    let mut tags: Vec<Tag> = tags.into_values().collect();
    for tag in &mut tags {
        tag.pages.sort_by(|a, b| latest_first(catalog, *a, *b));
    }
    tags
}

/// Whether two tags are one in another spelling: letters and digits are the same.
fn is_same_word(a: &str, b: &str) -> bool {
    let bare = |name: &str| -> String {
        let kept = |c: &char| !c.is_whitespace() && !matches!(c, '-' | '_' | '\'' | '’' | '.');
        name.chars().filter(kept).flat_map(char::to_lowercase).collect()
    };
    a == b || bare(a) == bare(b)
}

/// Two tags, such as `C++` and `C#`, whose pages would stand in one list.
fn one_address(catalog: &Catalog, first: &Tag, page: &PageInterface, tag: &Spanned<String>) -> Diagnostic {
    let message = format!("the tags `{}` and `{}` have one address, `{}`", first.name, tag.value, first.slug);
    let found = Diagnostic::new(diag::TAGS_SHARE_ADDRESS, &page.path.site_path(), tag.span, message);
    let other = first.pages.first().map(|id| catalog.page(*id));
    let place = other.and_then(|other| {
        let tag = other.tags.iter().find(|tag| tag.value == first.name)?;
        Some((other.path.site_path(), tag.span))
    });
    let found = match place {
        Some((file, span)) => found.with_secondary(&file, span, "the other one"),
        None => found,
    };
    found.with_help("write one of them in words that differ")
}

/// The regions with their conditions. Without a registry every region that a condition names is one.
pub(super) fn regions(
    catalog: &Catalog,
    names: &RegistryNames,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(RegionId, Vec<PageId>)> {
    let mut by_region: BTreeMap<&RegionId, Vec<PageId>> = BTreeMap::new();
    // The pages of regions are in the site's own language; a condition without a page in it stands there all the same.
    let main = &catalog.languages[0];
    for (condition, id) in
        catalog.pages_of_conditions().flat_map(|(key, ids)| ids.iter().map(move |id| (key, *id)))
    {
        let page = catalog.page(id);
        let Some((region, span)) = page.condition.as_ref().and_then(|condition| condition.region.as_ref())
        else {
            continue;
        };
        let is_known =
            names.regions.iter().any(|(known, _)| known == region) || names.region_groups.contains(region);
        if !names.regions.is_empty() && !is_known {
            let message = format!("there is no body region `{region}`");
            let known = names.regions.iter().map(|(known, _)| known.as_str());
            let found = Diagnostic::new(diag::UNKNOWN_REGION, &page.path.site_path(), *span, message);
            diagnostics.push(found.with_nearest(region.as_str(), known));
        }
        if catalog.condition(condition.as_str(), main) == Some(id) {
            by_region.entry(region).or_default().push(id);
        }
    }
    for pages in by_region.values_mut() {
        pages.sort_by(|a, b| catalog.page(*a).title.cmp(&catalog.page(*b).title));
    }
    if names.regions.is_empty() {
        return by_region.into_iter().map(|(region, pages)| (region.clone(), pages)).collect();
    }
    let mut regions = Vec::new();
    for (region, group) in &names.regions {
        let mut pages = by_region.get(region).cloned().unwrap_or_default();
        for id in group.iter().filter_map(|group| by_region.get(group)).flatten() {
            if !pages.contains(id) {
                pages.push(*id);
            }
        }
        // Where nobody writes of conditions, no map is needed.
        let is_cared_for = !by_region.is_empty() && names.cared_for.contains(region);
        if !pages.is_empty() || is_cared_for {
            regions.push((region.clone(), pages));
        }
    }
    regions
}
