//! What the frame around every page needs.

use super::context::{Html, Link, PageContext, Translation};
use super::shared::{Shared, Tongue, rooted};
use super::{Inputs, card, kinds, qr, reviews, words};
use crate::catalog::{Generated, GeneratedKind, PageId};
use crate::name::{UrlPath, percent_encoded};

/// The QR code at the head of a printed page.
pub(super) fn qr(page: &PageContext) -> Option<Html> {
    qr::svg(&page.permalink).map(Html)
}

/// The frame of a page of its own; `title` is its heading.
pub(super) fn bare(inputs: &Inputs<'_>, tongue: &Tongue, address: &UrlPath, title: &str) -> PageContext {
    let permalink = inputs.config.base_url.join(address);
    PageContext {
        title: title.to_owned(),
        document_title: format!("{title} · {}", tongue.site.title),
        url: rooted(inputs, address),
        lang: tongue.language.to_string(),
        kind: kinds::generated(),
        og_type: "website".to_owned(),
        nav_index: nav_index(inputs, tongue, address),
        feedback_url: feedback_url(inputs, tongue, title, &permalink),
        permalink,
        ..PageContext::default()
    }
}

/// The frame of a page that a file makes.
pub(super) fn of_page(inputs: &Inputs<'_>, shared: &Shared, tongue: &Tongue, id: PageId) -> PageContext {
    let page = inputs.catalog.page(id);
    let breadcrumbs = breadcrumbs(inputs, shared, tongue, id);
    PageContext {
        description: page.description.clone(),
        kind: tongue.shown_kind(page),
        og_type: if page.is_section { "website" } else { "article" }.to_owned(),
        parent: breadcrumbs.last().cloned(),
        breadcrumbs,
        translations: translations(inputs, shared, tongue, id),
        og_image: card::of_page(inputs, tongue, id),
        noindex: page.draft || inputs.catalog.is_withdrawn(id),
        unreviewed: reviews::is_unreviewed(inputs, page),
        extra: extra(inputs, id),
        reviewed: reviews::last(inputs, page).map(|date| words::date(&tongue.strings, date)),
        ..bare(inputs, tongue, &page.address, &page.title)
    }
}

/// The frame of a generated page; an author's page at its address gives title and description.
pub(super) fn of_generated(
    inputs: &Inputs<'_>,
    shared: &Shared,
    tongue: &Tongue,
    page: &Generated,
    (title, description): (&str, &str),
) -> PageContext {
    let own = page.page.map(|id| inputs.catalog.page(id));
    let title = own.map_or(title, |own| &own.title);
    let description = own.map(|own| &*own.description).filter(|own| !own.is_empty()).unwrap_or(description);
    let breadcrumbs = match &page.kind {
        GeneratedKind::Home | GeneratedKind::NotFound => Vec::new(),
        kind => [home(tongue)].into_iter().chain(above(inputs, shared, tongue, kind)).collect(),
    };
    PageContext {
        description: description.to_owned(),
        parent: breadcrumbs.last().cloned(),
        breadcrumbs,
        og_type: if matches!(page.kind, GeneratedKind::Person(_)) { "profile" } else { "website" }.to_owned(),
        translations: generated_translations(inputs, shared, tongue, page),
        og_image: card::of_site(inputs, tongue),
        noindex: matches!(
            page.kind,
            GeneratedKind::Search | GeneratedKind::Settings | GeneratedKind::NotFound
        ),
        extra: page.page.map(|id| extra(inputs, id)).unwrap_or_default(),
        ..bare(inputs, tongue, &page.address, title)
    }
}

/// `extra` of the page's file.
fn extra(inputs: &Inputs<'_>, id: PageId) -> serde_json::Map<String, serde_json::Value> {
    inputs.pages[id.0 as usize].page.front_matter.extra.clone()
}

fn home(tongue: &Tongue) -> Link {
    Link { text: tongue.strings.get("home").to_owned(), url: tongue.site.home.clone() }
}

/// The generated page above another, home left out.
fn above(inputs: &Inputs<'_>, shared: &Shared, tongue: &Tongue, kind: &GeneratedKind) -> Option<Link> {
    let (parent, name) = match kind {
        GeneratedKind::Region(_) => (GeneratedKind::Body, "body_map"),
        GeneratedKind::Person(_) => (GeneratedKind::People, "people"),
        GeneratedKind::Tag(..) => (GeneratedKind::Tags, "tags"),
        GeneratedKind::Section(folder, _) => {
            let index = inputs.catalog.section(folder)?.index?;
            let text = inputs.catalog.page(index).title.clone();
            return Some(Link { text, url: shared.url(index).to_owned() });
        }
        _ => return None,
    };
    let at = shared.generated(&parent, &tongue.language)?;
    let page = &inputs.catalog.generated()[at as usize];
    let own = page.page.map(|id| inputs.catalog.page(id).title.as_str());
    let text = own.unwrap_or_else(|| tongue.strings.get(name)).to_owned();
    Some(Link { text, url: rooted(inputs, &page.address) })
}

fn breadcrumbs(inputs: &Inputs<'_>, shared: &Shared, tongue: &Tongue, id: PageId) -> Vec<Link> {
    let catalog = inputs.catalog;
    let page = catalog.page(id);
    let mut crumbs = vec![home(tongue)];
    let above = catalog.ancestors(id);
    let is_home = |url: &str| url == tongue.site.home || url == tongue.site.root;
    for id in above.iter().filter(|id| !is_home(shared.url(**id)) && catalog.is_listed(**id)) {
        crumbs.push(Link { text: catalog.page(*id).title.clone(), url: shared.url(*id).to_owned() });
    }
    if crumbs.len() == 1
        && page.condition.is_some()
        && let Some(url) = &tongue.site.urls.conditions
    {
        crumbs.push(Link { text: tongue.strings.get("conditions_a_to_z").to_owned(), url: url.clone() });
    }
    crumbs
}

/// Which link of the navigation leads to the page or to the nearest part of the site above it; 0 for none.
fn nav_index(inputs: &Inputs<'_>, tongue: &Tongue, address: &UrlPath) -> usize {
    let url = rooted(inputs, address);
    let fits = |link: &Link| {
        url == link.url
            || (link.url.ends_with('/') && link.url != tongue.site.home && url.starts_with(&link.url))
    };
    let links = tongue.site.navigation.iter().enumerate().filter(|(_, link)| fits(link));
    links.max_by_key(|(_, link)| link.url.len()).map_or(0, |(at, _)| at + 1)
}

fn feedback_url(inputs: &Inputs<'_>, tongue: &Tongue, title: &str, permalink: &str) -> Option<String> {
    let address = inputs.config.contact.as_deref()?.trim_start_matches("mailto:");
    if !address.contains('@') || address.contains('/') {
        return None;
    }
    let subject = tongue.strings.fill("feedback_subject", &[("title", title), ("url", permalink)]);
    Some(format!("mailto:{address}?subject={}", percent_encoded(&subject, b"-._~:/()")))
}

fn translations(inputs: &Inputs<'_>, shared: &Shared, tongue: &Tongue, id: PageId) -> Vec<Translation> {
    in_all_languages(inputs, shared, tongue, |other| {
        let own = inputs.catalog.translation(id, &other.language)?;
        inputs.catalog.is_listed(own).then(|| inputs.catalog.page(own).address.clone())
    })
}

fn generated_translations(
    inputs: &Inputs<'_>,
    shared: &Shared,
    tongue: &Tongue,
    page: &Generated,
) -> Vec<Translation> {
    in_all_languages(inputs, shared, tongue, |other| {
        let at = shared.generated(&page.kind, &other.language)?;
        Some(inputs.catalog.generated()[at as usize].address.clone())
    })
}

fn in_all_languages(
    inputs: &Inputs<'_>,
    shared: &Shared,
    tongue: &Tongue,
    find: impl Fn(&Tongue) -> Option<UrlPath>,
) -> Vec<Translation> {
    if shared.tongues.len() < 2 {
        return Vec::new();
    }
    let translation = |other: &Tongue| {
        let found = find(other);
        let (url, permalink) = match &found {
            Some(address) => (rooted(inputs, address), inputs.config.base_url.join(address)),
            None => {
                (other.site.home.clone(), format!("{}{}", inputs.config.base_url.origin(), other.site.home))
            }
        };
        Translation {
            lang: other.language.to_string(),
            label: words::name_of_language(inputs, &other.language),
            url,
            permalink,
            translated: found.is_some(),
            current: other.language == tongue.language,
            note: if found.is_some() {
                String::new()
            } else {
                other.strings.get("not_translated").to_owned()
            },
        }
    };
    shared.tongues.iter().map(translation).collect()
}
