//! Pages that stand alone: home, search, redirects.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use jiff::civil::Date;

use super::context::{
    Door, Elsewhere, HomeContext, Html, Link, LinkGroup, PageContext, PersonLink, RecentPage,
    RedirectContext, SearchContext,
};
use super::shared::{Shared, Tongue, rooted};
use super::{Inputs, article, conditions, frame, lists, questions, regions, reviews, template, words};
use crate::catalog::{GeneratedKind, PageId, Place};
use crate::diag::Diagnostic;
use crate::name::UrlPath;
use crate::registry::Person;

/// More pages of one kind than this stand in the search page as links to their sections.
const MOST_LINKS: usize = 500;

const MOST_QUESTIONS: usize = 6;
const MOST_RECENT: usize = 5;
const MOST_PEOPLE: usize = 6;

/// The home page; `own` is its file.
pub(super) fn home(
    inputs: &Inputs<'_>,
    shared: &Shared,
    tongue: &Tongue,
    own: Option<PageId>,
    body: Html,
) -> HomeContext {
    HomeContext {
        body,
        doors: own.map(|id| doors(inputs, shared, tongue, id)).unwrap_or_default(),
        questions: most_asked(inputs, shared, tongue),
        letters: conditions::letters(inputs, tongue),
        recent: recent(inputs, shared, tongue),
        people: people(inputs, shared, tongue),
    }
}

/// The doors of `extra.doors`; the one to the body map shows a small figure.
fn doors(inputs: &Inputs<'_>, shared: &Shared, tongue: &Tongue, own: PageId) -> Vec<Door> {
    let extra = &inputs.pages[own.0 as usize].page.front_matter.extra;
    let door = |door: &serde_json::Value| {
        let text = |key: &str| door.get(key).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
        let path = text("path");
        let (address, anchor) =
            path.split_once('#').map_or((&*path, None), |(path, anchor)| (path, Some(anchor)));
        let mut url = UrlPath::new(address).map_or_else(|| path.clone(), |address| rooted(inputs, &address));
        if let Some(anchor) = anchor {
            url = format!("{url}#{anchor}");
        }
        let elsewhere = UrlPath::new(address).and_then(|address| elsewhere(inputs, tongue, &address));
        let leads_to_map = tongue.site.urls.body.as_ref() == Some(&url);
        let icon = Some(text("icon")).filter(|icon| inputs.theme.icons.contains_key(icon));
        Door {
            title: text("title"),
            text: text("text"),
            figure: leads_to_map.then(|| regions::door_figure(shared, tongue)).flatten(),
            icon: icon.unwrap_or_default(),
            url,
            elsewhere,
        }
    };
    extra.get("doors").and_then(|doors| doors.as_array()).into_iter().flatten().map(door).collect()
}

/// The language of the page at an address, where it is not that of the page at hand.
fn elsewhere(inputs: &Inputs<'_>, tongue: &Tongue, address: &UrlPath) -> Option<Elsewhere> {
    let catalog = inputs.catalog;
    let target = match catalog.place(address)? {
        Place::Page(id) | Place::Alias(id) => &catalog.page(id).language,
        Place::Generated(at) => &catalog.generated()[at as usize].language,
        Place::Asset(_) => return None,
    };
    words::elsewhere(inputs, &tongue.strings, &tongue.language, target)
}

/// The first questions, pages of questions first.
fn most_asked(inputs: &Inputs<'_>, shared: &Shared, tongue: &Tongue) -> Vec<Link> {
    let mut pages: Vec<PageId> = questions::asking(inputs, tongue).collect();
    pages.sort_by_key(|id| inputs.catalog.page(*id).kind.as_str() != "faq");
    let links = pages.into_iter().flat_map(|id| {
        let questions = inputs.catalog.page(id).questions.iter();
        questions.map(move |(text, anchor)| Link {
            text: text.clone(),
            url: format!("{}#{anchor}", shared.url(id)),
        })
    });
    links.take(MOST_QUESTIONS).collect()
}

/// The pages that were published, changed or reviewed last.
fn recent(inputs: &Inputs<'_>, shared: &Shared, tongue: &Tongue) -> Vec<RecentPage> {
    let catalog = inputs.catalog;
    let listed = catalog.ids().filter(|id| {
        let page = catalog.page(*id);
        !page.is_section && page.language == tongue.language && catalog.is_listed(*id)
    });
    let mut dated: Vec<(Date, &'static str, PageId)> = Vec::new();
    for id in listed {
        let page = catalog.page(id);
        let events = [
            (page.date, "recent_new"),
            (page.updated, "recent_updated"),
            (reviews::last(inputs, page), "recent_reviewed"),
        ];
        // Of two on one day the earlier in the list is told: a page is new before it is changed.
        let newest = events.into_iter().filter_map(|(date, what)| Some((date?, what)));
        if let Some((date, what)) = newest.rev().max_by_key(|(date, _)| *date) {
            dated.push((date, what, id));
        }
    }
    dated.sort_by_cached_key(|(date, _, id)| {
        (Reverse(*date), !lists::is_health(inputs, *id), shared.order(*id))
    });
    dated.truncate(MOST_RECENT);
    let recent = |(date, what, id): (Date, &str, PageId)| RecentPage {
        title: catalog.page(id).title.clone(),
        url: shared.url(id).to_owned(),
        what: tongue.strings.get(what).to_owned(),
        date: words::date(&tongue.strings, date),
    };
    dated.into_iter().map(recent).collect()
}

/// People with pages to their name, in the order of the registry.
fn people(inputs: &Inputs<'_>, shared: &Shared, tongue: &Tongue) -> Vec<PersonLink> {
    let at_work = inputs.registries.people.iter().filter(|person| shared.people.contains_key(&person.id));
    at_work.take(MOST_PEOPLE).map(|person| article::person(inputs, shared, tongue, &person.id)).collect()
}

/// All pages that search may show, by kind.
pub(super) fn search(inputs: &Inputs<'_>, shared: &Shared, tongue: &Tongue) -> SearchContext {
    let catalog = inputs.catalog;
    let mut groups: Vec<LinkGroup> = Vec::new();
    for kind in inputs.config.kinds() {
        let pages = catalog.ids().filter(|id| {
            let page = catalog.page(*id);
            page.kind == kind.id && page.search && page.language == tongue.language && catalog.is_listed(*id)
        });
        let mut pages: Vec<PageId> = pages.collect();
        if pages.len() > MOST_LINKS {
            pages = sections_of(inputs, &pages);
        }
        pages.sort_by_key(|id| shared.order(*id));
        let items: Vec<Link> = pages.into_iter().map(|id| lists::link(inputs, shared, id)).collect();
        if !items.is_empty() {
            groups.push(LinkGroup { title: tongue.kind(&kind.id).label, items });
        }
    }
    SearchContext { groups }
}

/// The sections in which pages stand and which list them on numbered pages.
fn sections_of(inputs: &Inputs<'_>, pages: &[PageId]) -> Vec<PageId> {
    let folders: BTreeSet<&str> = pages.iter().map(|id| inputs.catalog.page(*id).path.folder()).collect();
    folders.into_iter().filter_map(|folder| inputs.catalog.section(folder)?.index).collect()
}

/// What stands at an old address of a page.
pub(super) fn redirect(
    inputs: &Inputs<'_>,
    shared: &Shared,
    alias: &UrlPath,
    id: PageId,
) -> Result<String, Box<Diagnostic>> {
    let page = inputs.catalog.page(id);
    let tongue = shared.tongue(&page.language);
    let permalink = inputs.config.base_url.join(&page.address);
    let own = RedirectContext { target: shared.url(id).to_owned(), permalink: permalink.clone() };
    let frame = PageContext { noindex: true, permalink, ..frame::bare(inputs, tongue, alias, &page.title) };
    template::page(inputs, tongue, &frame, &own)
}

/// Title and lead of a generated page that no file names.
pub(super) fn words_of(inputs: &Inputs<'_>, tongue: &Tongue, kind: &GeneratedKind) -> (String, String) {
    let t = |name: &str| tongue.strings.get(name).to_owned();
    let plain = |name: &str| (t(name), String::new());
    match kind {
        GeneratedKind::Home => (tongue.site.title.clone(), tongue.site.description.clone()),
        GeneratedKind::Conditions => (t("conditions_a_to_z"), t("conditions_lead")),
        GeneratedKind::Body => (t("body_map"), t("body_map_lead")),
        GeneratedKind::Region(id) => {
            (regions::title(inputs, tongue, id), regions::description(inputs, tongue, id))
        }
        GeneratedKind::Glossary => (t("glossary"), t("glossary_lead")),
        GeneratedKind::References => (t("all_references"), t("references_lead")),
        GeneratedKind::Questions => (t("questions"), t("questions_lead")),
        GeneratedKind::Search => plain("search"),
        GeneratedKind::People => (t("people"), t("people_lead")),
        GeneratedKind::Person(id) => {
            let person = inputs.registries.people.get(id.as_str());
            let name = person.map_or_else(|| id.to_string(), |person| person.name.clone());
            let description = person_description(tongue, &name, person);
            (name, description)
        }
        GeneratedKind::Tags => (t("tags"), t("tags_lead")),
        GeneratedKind::Tag(slug, _) => {
            let tags = inputs.catalog.tags();
            let found = tags.iter().find(|tag| tag.slug == *slug && tag.language == tongue.language);
            let name = found.map_or_else(|| slug.to_string(), |tag| tag.name.clone());
            let filled = |text: &str| tongue.strings.fill(text, &[("tag", &name)]);
            (filled("tag_title"), filled("tag_lead"))
        }
        GeneratedKind::Section(folder, _) => {
            let index = inputs.catalog.section(folder).and_then(|section| section.index);
            let page = index.map(|index| inputs.catalog.page(index));
            page.map_or_else(|| plain("pages"), |page| (page.title.clone(), page.description.clone()))
        }
        GeneratedKind::Settings => plain("settings"),
        GeneratedKind::NotFound => plain("not_found"),
    }
}

/// What the page of a person says of itself: credentials and role, and the first sentence about the person.
fn person_description(tongue: &Tongue, name: &str, person: Option<&Person>) -> String {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let (credentials, role, bio) = match person {
        Some(person) => (text(&person.credentials), text(&person.role), text(&person.bio)),
        None => Default::default(),
    };
    let parts: Vec<&str> = [name, &credentials, &role].into_iter().filter(|part| !part.is_empty()).collect();
    let first = bio.split_inclusive(". ").next().unwrap_or_default().trim();
    let first = if first.is_empty() { tongue.strings.get("person_lead") } else { first };
    format!("{}. {first}", parts.join(", "))
}
