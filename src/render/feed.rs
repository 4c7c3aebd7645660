//! The Atom feed: RFC 4287.

use std::cmp::Reverse;
use std::fmt::Write as _;

use jiff::civil::Date;

use super::shared::Tongue;
use super::{Inputs, lists};
use crate::catalog::PageId;
use crate::markup::escaped;
use crate::name::UrlPath;

/// The address of a language's feed; none where no page has a date.
pub(super) fn address(inputs: &Inputs<'_>, language: &str) -> Option<UrlPath> {
    if inputs.config.feed_limit == 0 || !inputs.catalog.ids().any(|id| dates(inputs, language, id).is_some())
    {
        return None;
    }
    let is_main = *language == *inputs.config.language;
    UrlPath::new(&if is_main { "/feed.xml".to_owned() } else { format!("/{language}/feed.xml") })
}

/// When a page was published and last changed; none where it has no place in the feed.
fn dates(inputs: &Inputs<'_>, language: &str, id: PageId) -> Option<(Date, Date)> {
    let page = inputs.catalog.page(id);
    if page.is_section || page.draft || *page.language != *language || !inputs.catalog.is_listed(id) {
        return None;
    }
    let updated = page.updated.max(page.date)?;
    Some((page.date.unwrap_or(updated), updated))
}

/// The feed of a language, latest change first.
pub(super) fn xml(inputs: &Inputs<'_>, tongue: &Tongue, address: &UrlPath) -> String {
    let base = &inputs.config.base_url;
    let ids = inputs.catalog.ids();
    let mut entries: Vec<(Date, Date, PageId)> = ids
        .filter_map(|id| {
            let (published, updated) = dates(inputs, &tongue.language, id)?;
            Some((published, updated, id))
        })
        .collect();
    entries.sort_by_cached_key(|(published, updated, id)| {
        (Reverse((*updated, *published)), !lists::is_health(inputs, *id), *id)
    });
    let newest = entries.first().map_or(Date::default(), |entry| entry.1);
    entries.truncate(inputs.config.feed_limit as usize);
    let home = format!("{}{}", base.origin(), tongue.site.home);
    let own = base.join(address);
    let publisher =
        inputs.config.publisher.as_ref().map_or(&inputs.config.title, |publisher| &publisher.name);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let _ = write!(
        out,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <id>{home}</id>\n<title>{}</title>\n<updated>{newest}T00:00:00Z</updated>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{home}\"/>\n<author><name>{}</name></author>\n",
        escaped(&tongue.language),
        escaped(&tongue.site.title),
        escaped(&own),
        escaped(publisher),
        home = escaped(&home),
    );
    if !tongue.site.description.is_empty() {
        let _ = writeln!(out, "<subtitle>{}</subtitle>", escaped(&tongue.site.description));
    }
    for (published, updated, id) in entries {
        entry(&mut out, inputs, id, published, updated);
    }
    out.push_str("</feed>\n");
    out
}

fn entry(out: &mut String, inputs: &Inputs<'_>, id: PageId, published: Date, updated: Date) {
    let page = inputs.catalog.page(id);
    let permalink = escaped(&inputs.config.base_url.join(&page.address));
    let _ = write!(
        out,
        "<entry>\n<id>{permalink}</id>\n<title>{}</title>\n<updated>{updated}T00:00:00Z</updated>\n\
         <published>{published}T00:00:00Z</published>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{permalink}\"/>\n",
        escaped(&page.title),
    );
    for author in &page.authors {
        let person = inputs.registries.people.get(author.as_str());
        let name = person.map_or(author.as_str(), |person| &person.name);
        let _ = writeln!(out, "<author><name>{}</name></author>", escaped(name));
    }
    for tag in page.tags.iter().map(|tag| &tag.value) {
        let _ = writeln!(out, "<category term=\"{}\"/>", escaped(tag));
    }
    if !page.description.is_empty() {
        let _ = writeln!(out, "<summary>{}</summary>", escaped(&page.description));
    }
    out.push_str("</entry>\n");
}
