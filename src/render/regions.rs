//! The body map and the pages of its regions.

use super::body_map::ShapeLink;
use super::context::{
    Backlink, BodyContext, Figure, Html, Link, RegionConditions, RegionContext, RegionLink, RegionName,
};
use super::shared::{Shared, Tongue};
use super::{Inputs, care, lists, relations, words};
use crate::aspect::Aspect;
use crate::catalog::{GeneratedKind, PageId};
use crate::diag::Diagnostic;
use crate::name::RegionId;
use crate::registry::Region;

/// Regions beside another that its page names.
const MOST_NEARBY: usize = 6;

/// Articles that a region's page names.
const MOST_ARTICLES: usize = 12;

/// Conditions that the description of a region names.
const MOST_NAMED: usize = 3;

/// Articles on when to get help that the page of a region without conditions names.
const MOST_HELP: usize = 6;

/// The regions with pages, head to foot.
pub(super) fn links(inputs: &Inputs<'_>, shared: &Shared, tongue: &Tongue) -> Vec<RegionLink> {
    let link = |(id, pages): &(RegionId, Vec<PageId>)| {
        Some(RegionLink {
            id: id.to_string(),
            label: label(inputs, id, &tongue.language),
            url: url(inputs, shared, tongue, id)?,
            count: match pages.len() {
                0 => tongue.strings.get("when_to_get_help").to_owned(),
                conditions => words::count(&tongue.strings, "conditions", conditions),
            },
        })
    };
    inputs.catalog.regions().iter().filter_map(link).collect()
}

/// A region, or the regions of a group, by name.
pub(super) fn names_of_group(
    inputs: &Inputs<'_>,
    shared: &Shared,
    tongue: &Tongue,
    region: &RegionId,
) -> Vec<RegionName> {
    let name = |id: &RegionId| RegionName {
        text: label(inputs, id, &tongue.language),
        url: url(inputs, shared, tongue, id),
        lang: lang(inputs, id, &tongue.language),
    };
    of_group(inputs, region).into_iter().map(name).collect()
}

fn url(inputs: &Inputs<'_>, shared: &Shared, tongue: &Tongue, id: &RegionId) -> Option<String> {
    shared.registry_url(inputs, &GeneratedKind::Region(id.clone()), &tongue.language)
}

/// The conditions of a language by region, head to foot, also where the region has no page.
pub(super) fn conditions(inputs: &Inputs<'_>, shared: &Shared, tongue: &Tongue) -> Vec<RegionConditions> {
    let known = inputs.registries.regions.iter();
    let mut by_region: Vec<(&RegionId, Vec<Link>)> = known.map(|region| (&region.id, Vec::new())).collect();
    let mut pages: Vec<PageId> = inputs.catalog.conditions(&tongue.language).collect();
    pages.sort_by_key(|id| shared.order(*id));
    for page in pages {
        let condition = inputs.catalog.page(page).condition.as_ref();
        let Some((region, _)) = condition.and_then(|condition| condition.region.as_ref()) else { continue };
        for id in of_group(inputs, region) {
            let link = lists::link(inputs, shared, page);
            match by_region.iter_mut().find(|(known, _)| *known == id) {
                Some((_, links)) => links.push(link),
                None => by_region.push((id, vec![link])),
            }
        }
    }
    by_region.retain(|(_, conditions)| !conditions.is_empty());
    let named = |(id, conditions): (&RegionId, Vec<Link>)| RegionConditions {
        label: label(inputs, id, &tongue.language),
        lang: lang(inputs, id, &tongue.language),
        conditions,
    };
    by_region.into_iter().map(named).collect()
}

/// What readers of a language call a region.
pub(super) fn label(inputs: &Inputs<'_>, id: &RegionId, language: &str) -> String {
    match inputs.registries.region(id.as_str(), language) {
        Some(region) => region.label.clone(),
        None => words::capital(&id.as_str().replace(['-', '_'], " ")),
    }
}

/// The language of what readers call a region, where it is not that of the page.
pub(super) fn lang(inputs: &Inputs<'_>, id: &RegionId, language: &str) -> Option<String> {
    let translated = inputs.registries.translated_region(id.as_str(), language);
    words::registry_lang(inputs, language, translated.is_some())
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

/// The region itself, or the regions of a group of that name.
pub(super) fn of_group<'a>(inputs: &Inputs<'a>, region: &'a RegionId) -> Vec<&'a RegionId> {
    let all = &inputs.registries.regions;
    if all.get(region.as_str()).is_some() {
        return vec![region];
    }
    let found: Vec<&RegionId> = all.of_group(region.as_str()).map(|each| &each.id).collect();
    if found.is_empty() { vec![region] } else { found }
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
        help: if pages.is_empty() { help(inputs, shared, card) } else { Vec::new() },
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

/// Sections of articles that say when to get help, those of articles that show the card first.
fn help(inputs: &Inputs<'_>, shared: &Shared, card: Option<&str>) -> Vec<Link> {
    let main = &inputs.catalog.languages()[0];
    let mut found: Vec<(bool, u32, Link)> = Vec::new();
    for linked in inputs.pages {
        let page = &linked.page;
        let is_article = page.interface.condition.is_none() && page.interface.language == *main;
        if !is_article || !inputs.catalog.is_listed(linked.id) {
            continue;
        }
        let mut sections = page.sections.iter();
        let section = sections.find(|section| section.aspect == Some(Aspect::WhenToGetHelp));
        let heading = section.and_then(|section| section.heading);
        let Some(heading) = heading.and_then(|at| page.document.headings().get(at as usize)) else {
            continue;
        };
        let url = format!("{}#{}", shared.url(linked.id), heading.anchor);
        let shows_card = card.is_some_and(|card| care::shows(linked, card));
        let link = Link { text: page.interface.title.clone(), url };
        found.push((!shows_card, shared.order(linked.id), link));
    }
    found.sort_by_key(|(is_other, order, _)| (*is_other, *order));
    found.into_iter().take(MOST_HELP).map(|(_, _, link)| link).collect()
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

/// What the page of a region says of itself: the names of its conditions.
pub(super) fn description(inputs: &Inputs<'_>, tongue: &Tongue, id: &RegionId) -> String {
    let regions = inputs.catalog.regions().iter();
    let pages = regions.filter(|(region, _)| region == id).flat_map(|(_, pages)| pages);
    let names: Vec<&str> = pages.map(|page| &*inputs.catalog.page(*page).title).collect();
    let region = label(inputs, id, &tongue.language);
    if names.is_empty() {
        return tongue.strings.fill("region_alone_lead", &[("region", &region)]);
    }
    let names = words::listed(&names, MOST_NAMED);
    let lead = tongue.strings.fill("region_lead", &[("region", &region), ("names", &names)]);
    // A list that is not whole ends with an ellipsis: no full stop follows it.
    if names.ends_with('…') { lead.replace(&format!("{names}."), &names) } else { lead }
}

/// Title of a region's page.
pub(super) fn title(inputs: &Inputs<'_>, tongue: &Tongue, id: &RegionId) -> String {
    tongue.strings.fill("region_title", &[("region", &label(inputs, id, &tongue.language))])
}
