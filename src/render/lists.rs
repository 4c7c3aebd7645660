//! Sections and tags: cards or dated links, on numbered pages where there are many.

use super::context::{
    Card, DatedLink, Html, Link, ListContext, PageNumber, Pagination, Ready, TagLink, TagsContext,
};
use super::shared::{Shared, Tongue, rooted};
use super::{Inputs, words};
use crate::catalog::{PageId, Section, Tag};
use crate::name::{Slug, UrlPath};

/// A page as a card.
pub(super) fn card(inputs: &Inputs<'_>, shared: &Shared, tongue: &Tongue, id: PageId) -> Card {
    let page = inputs.catalog.page(id);
    Card {
        title: page.title.clone(),
        url: shared.url(id).to_owned(),
        description: page.description.clone(),
        kind: tongue.shown_kind(page),
    }
}

/// A page as a link in the words of its title.
pub(super) fn link(inputs: &Inputs<'_>, shared: &Shared, id: PageId) -> Link {
    Link { text: inputs.catalog.page(id).title.clone(), url: shared.url(id).to_owned() }
}

/// The same for a page that many others lead to.
pub(super) fn ready_link(inputs: &Inputs<'_>, shared: &Shared, id: PageId) -> Ready<Link> {
    shared.ready(id).link.get_or_init(|| Ready::new(&link(inputs, shared, id))).clone()
}

/// A page as a card with title and kind alone, in the words of its own language.
pub(super) fn ready_card(inputs: &Inputs<'_>, shared: &Shared, id: PageId) -> Ready<Card> {
    let make = || {
        let tongue = shared.tongue(&inputs.catalog.page(id).language);
        Ready::new(&Card { description: String::new(), ..card(inputs, shared, tongue, id) })
    };
    shared.ready(id).card.get_or_init(make).clone()
}

/// Whether a page is of a kind that the checks of health content apply to; of two, it is the better news.
pub(super) fn is_health(inputs: &Inputs<'_>, id: PageId) -> bool {
    inputs.config.kind(&inputs.catalog.page(id).kind).is_some_and(|kind| kind.health)
}

/// A page of a section's list, counted from 1; the body stands on the first.
pub(super) fn section(
    inputs: &Inputs<'_>,
    shared: &Shared,
    tongue: &Tongue,
    section: &Section,
    first: &UrlPath,
    number: usize,
    body: Html,
) -> ListContext {
    let subsections: &[PageId] = if number == 1 { &section.subsections } else { &[] };
    let listed = |id: &&PageId| inputs.catalog.is_listed(**id);
    ListContext {
        body,
        sections: subsections.iter().filter(listed).map(|id| card(inputs, shared, tongue, *id)).collect(),
        cards: slice(inputs, &section.pages, number)
            .iter()
            .map(|id| card(inputs, shared, tongue, *id))
            .collect(),
        dated: Vec::new(),
        pagination: pagination(inputs, tongue, first, section.pages.len(), number),
    }
}

/// A page of a tag's list, counted from 1.
pub(super) fn tag(
    inputs: &Inputs<'_>,
    shared: &Shared,
    tongue: &Tongue,
    tag: &Tag,
    number: usize,
) -> ListContext {
    let dated = |id: &PageId| {
        let page = inputs.catalog.page(*id);
        DatedLink {
            text: page.title.clone(),
            url: shared.url(*id).to_owned(),
            date: page.date.or(page.updated).map(|date| words::date(&tongue.strings, date)),
        }
    };
    let first = tag_address(inputs, tongue, &tag.slug);
    ListContext {
        dated: slice(inputs, &tag.pages, number).iter().map(dated).collect(),
        pagination: first.and_then(|first| pagination(inputs, tongue, &first, tag.pages.len(), number)),
        ..ListContext::default()
    }
}

/// The first page of a tag's list.
pub(super) fn tag_address(inputs: &Inputs<'_>, tongue: &Tongue, slug: &Slug) -> Option<UrlPath> {
    let is_main = *tongue.language == *inputs.config.language;
    let folder = if is_main { String::new() } else { format!("{}/", tongue.language) };
    UrlPath::new(&format!("/{folder}tags/{slug}/"))
}

/// All tags of a language.
pub(super) fn tags(inputs: &Inputs<'_>, tongue: &Tongue) -> TagsContext {
    let tags = inputs.catalog.tags().iter().filter(|tag| tag.language == tongue.language);
    let mut tags: Vec<TagLink> = tags
        .filter_map(|tag| {
            Some(TagLink {
                text: tag.name.clone(),
                url: rooted(inputs, &tag_address(inputs, tongue, &tag.slug)?),
                count: words::count(&tongue.strings, "pages", tag.pages.len()),
            })
        })
        .collect();
    tags.sort_by_cached_key(|tag| (tag.text.to_lowercase(), tag.url.clone()));
    TagsContext { tags }
}

fn page_size(inputs: &Inputs<'_>) -> usize {
    inputs.config.page_size.max(1) as usize
}

fn slice<'a>(inputs: &Inputs<'_>, pages: &'a [PageId], number: usize) -> &'a [PageId] {
    pages.chunks(page_size(inputs)).nth(number - 1).unwrap_or_default()
}

/// Links to the other pages of a list: the first, the last and those around this one; none where there is one page.
fn pagination(
    inputs: &Inputs<'_>,
    tongue: &Tongue,
    first: &UrlPath,
    items: usize,
    number: usize,
) -> Option<Pagination> {
    let total = items.div_ceil(page_size(inputs));
    if total < 2 {
        return None;
    }
    let first = rooted(inputs, first);
    let url = |number: usize| match number {
        1 => first.clone(),
        number => format!("{first}page/{number}/"),
    };
    let mut pages: Vec<PageNumber> = Vec::new();
    for named in (1..=total).filter(|n| *n == 1 || *n == total || n.abs_diff(number) <= 2) {
        let gap = pages.last().is_some_and(|last| last.number + 1 < named);
        pages.push(PageNumber { number: named, url: url(named), current: named == number, gap });
    }
    let (n, of) = (number.to_string(), total.to_string());
    Some(Pagination {
        text: tongue.strings.fill("page_of", &[("n", &n), ("total", &of)]),
        previous: (number > 1).then(|| url(number - 1)),
        next: (number < total).then(|| url(number + 1)),
        pages,
    })
}
