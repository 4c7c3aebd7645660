//! The body map and the pages of its regions.

use super::body_map::ShapeLink;
use super::context::{Backlink, BodyContext, Figure, Html, Link, RegionContext, RegionLink};
use super::shared::{Shared, Tongue};
use super::{Inputs, care, lists, relations, words};
use crate::catalog::{GeneratedKind, PageId};
use crate::diag::Diagnostic;
use crate::name::RegionId;
use crate::registry::Region;

/// Regions beside another that its page names.
const MOST_NEARBY: usize = 6;

/// Articles that a region's page names.
const MOST_ARTICLES: usize = 12;

/// The regions with pages, head to foot.
pub(super) fn links(inputs: &Inputs<'_>, shared: &Shared, tongue: &Tongue) -> Vec<RegionLink> {
    let main = &inputs.catalog.languages()[0];
    let link = |(id, pages): &(RegionId, Vec<PageId>)| {
        let kind = GeneratedKind::Region(id.clone());
        Some(RegionLink {
            id: id.to_string(),
            label: label(inputs, id),
            url: shared
                .generated_url(inputs, &kind, &tongue.language)
                .or_else(|| shared.generated_url(inputs, &kind, main))?,
            count: words::count(&tongue.strings, "conditions", pages.len()),
        })
    };
    inputs.catalog.regions().iter().filter_map(link).collect()
}

/// What readers call a region.
pub(super) fn label(inputs: &Inputs<'_>, id: &RegionId) -> String {
    match inputs.registries.regions.get(id.as_str()) {
        Some(region) => region.label.clone(),
        None => {
            let words = id.as_str().replace(['-', '_'], " ");
            let mut letters = words.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        }
    }
}

/// The body map.
pub(super) fn body(inputs: &Inputs<'_>, shared: &Shared, tongue: &Tongue, body: Html) -> BodyContext {
    let (undrawn, regions): (Vec<_>, Vec<_>) =
        links(inputs, shared, tongue).into_iter().partition(|link| is_whole_body(inputs, &link.id));
    BodyContext {
        body,
        figures: figures(shared, tongue, &regions),
        regions,
        whole_body: undrawn.into_iter().next(),
    }
}

/// Whether a region stands for the whole body: the registry has it and no figure shows it.
fn is_whole_body(inputs: &Inputs<'_>, id: &str) -> bool {
    inputs.registries.regions.get(id).is_some_and(|region| region.views.is_empty())
}

/// Front and back with links to the pages of regions.
fn figures(shared: &Shared, tongue: &Tongue, regions: &[RegionLink]) -> Vec<Figure> {
    let Some(map) = &shared.body_map else { return Vec::new() };
    let link = |region: &str| match regions.iter().find(|link| link.id == region) {
        Some(link) => ShapeLink { url: Some(link.url.clone()), label: link.label.clone() },
        None => ShapeLink::default(),
    };
    ["front", "back"].map(|view| map.linked(view, tongue.strings.get(view), link)).into()
}

/// A small figure that leads nowhere, for the door to the body map.
pub(super) fn door_figure(shared: &Shared, tongue: &Tongue) -> Option<Figure> {
    let map = shared.body_map.as_ref()?;
    Some(map.locator("front", tongue.strings.get("front"), &[]))
}

/// The page of a region.
pub(super) fn region(
    inputs: &Inputs<'_>,
    shared: &Shared,
    tongue: &Tongue,
    id: &RegionId,
    body: Html,
) -> Result<RegionContext, Box<Diagnostic>> {
    let regions = inputs.catalog.regions();
    let pages = regions.iter().find(|(region, _)| region == id).map_or(&[][..], |(_, pages)| pages);
    let card = care::of_region(inputs, id.as_str());
    Ok(RegionContext {
        body,
        figures: locators(shared, tongue, id),
        care: care::cards(inputs, tongue, card.as_slice())?,
        conditions: pages.iter().map(|page| lists::card(inputs, shared, tongue, *page)).collect(),
        articles: articles(inputs, shared, pages),
        nearby: nearby(inputs, shared, tongue, id),
    })
}

fn locators(shared: &Shared, tongue: &Tongue, id: &RegionId) -> Vec<Figure> {
    let Some(map) = &shared.body_map else { return Vec::new() };
    let views = map.views_of(&[id.as_str()]);
    views.into_iter().map(|view| map.locator(view, tongue.strings.get(view), &[id.as_str()])).collect()
}

/// Articles that speak of the region's conditions, each once, best first.
fn articles(inputs: &Inputs<'_>, shared: &Shared, conditions: &[PageId]) -> Vec<Backlink> {
    let mut found: Vec<(PageId, Backlink)> = Vec::new();
    for condition in conditions {
        if found.len() >= MOST_ARTICLES {
            break;
        }
        for (page, link) in relations::articles(inputs, shared, *condition) {
            if !found.iter().any(|(known, _)| *known == page) {
                found.push((page, link));
            }
        }
    }
    found.into_iter().take(MOST_ARTICLES).map(|(_, link)| link).collect()
}

/// Regions of the same group, then those right before and after in the order from head to foot.
fn nearby(inputs: &Inputs<'_>, shared: &Shared, tongue: &Tongue, id: &RegionId) -> Vec<Link> {
    let all = links(inputs, shared, tongue);
    let registry = |id: &str| inputs.registries.regions.get(id);
    let group = |region: &Region| region.parent.as_ref().map(|parent| parent.value.clone());
    let own = registry(id.as_str()).and_then(group);
    let Some(at) = all.iter().position(|link| link.id == id.as_str()) else { return Vec::new() };
    let in_group = |link: &RegionLink| own.is_some() && registry(&link.id).and_then(group) == own;
    let is_beside = |(index, link): &(usize, &RegionLink)| {
        *index != at
            && (in_group(link) || (index.abs_diff(at) == 1 && !is_whole_body(inputs, &link.id)))
            && !is_whole_body(inputs, id.as_str())
    };
    let beside = all.iter().enumerate().filter(is_beside).take(MOST_NEARBY);
    beside.map(|(_, link)| Link { text: link.label.clone(), url: link.url.clone() }).collect()
}

/// Title of a region's page.
pub(super) fn title(inputs: &Inputs<'_>, tongue: &Tongue, id: &RegionId) -> String {
    tongue.strings.fill("region_title", &[("region", &label(inputs, id))])
}
