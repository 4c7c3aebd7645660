//! The sitemap: one file, or an index of several where there are more addresses than one may hold.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::{Inputs, site};
use crate::catalog::{GeneratedKind, Place};
use crate::config::BaseUrl;
use crate::markup::escaped;
use crate::name::UrlPath;

/// The most addresses of one file, by the protocol.
const MOST: usize = 50_000;

/// An address that search engines may list, with the day of its last change.
type Entry<'a> = (&'a UrlPath, Option<Date>);

/// The addresses of the site's pages, sorted.
fn entries<'a>(inputs: &Inputs<'a>) -> Vec<Entry<'a>> {
    let catalog = inputs.catalog;
    let mut entries = Vec::new();
    for (address, place) in catalog.places() {
        match place {
            Place::Page(id) if catalog.is_listed(id) && !catalog.page(id).draft => {
                entries.push((address, site::newest_date(inputs, catalog.page(id))));
            }
            Place::Generated(at) => {
                let page = &catalog.generated()[at as usize];
                let is_private = matches!(
                    page.kind,
                    GeneratedKind::Search | GeneratedKind::Settings | GeneratedKind::NotFound
                );
                if !is_private {
                    let own = page.page.map(|id| catalog.page(id));
                    entries.push((address, own.and_then(|own| site::newest_date(inputs, own))));
                }
            }
            _ => {}
        }
    }
    entries
}

/// How many parts the sitemap has: 0 where one file holds all.
pub(super) fn parts(inputs: &Inputs<'_>) -> u32 {
    let entries = entries(inputs).len();
    if entries <= MOST { 0 } else { entries.div_ceil(MOST) as u32 }
}

/// `sitemap.xml`: all addresses, or the index of the parts.
pub(super) fn main(inputs: &Inputs<'_>) -> String {
    let entries = entries(inputs);
    match entries.len() {
        0..=MOST => urls(&inputs.config.base_url, &entries),
        _ => index(&inputs.config.base_url, &entries, MOST),
    }
}

fn index(base: &BaseUrl, entries: &[Entry<'_>], most: usize) -> String {
    let mut out = head("sitemapindex");
    for (index, chunk) in entries.chunks(most).enumerate() {
        let newest = chunk.iter().filter_map(|(_, date)| *date).max();
        item(&mut out, "sitemap", &format!("{base}/sitemap-{}.xml", index + 1), newest);
    }
    out.push_str("</sitemapindex>\n");
    out
}

/// A part, counted from 1.
pub(super) fn part(inputs: &Inputs<'_>, number: u32) -> String {
    let entries = entries(inputs);
    urls(&inputs.config.base_url, entries.chunks(MOST).nth(number as usize - 1).unwrap_or_default())
}

fn urls(base: &BaseUrl, entries: &[Entry<'_>]) -> String {
    let mut out = head("urlset");
    for (address, date) in entries {
        item(&mut out, "url", &base.join(address), *date);
    }
    out.push_str("</urlset>\n");
    out
}

fn head(element: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<{element} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
    )
}

fn item(out: &mut String, element: &str, location: &str, date: Option<Date>) {
    let _ = write!(out, "<{element}><loc>{}</loc>", escaped(location));
    if let Some(date) = date {
        let _ = write!(out, "<lastmod>{date}</lastmod>");
    }
    let _ = writeln!(out, "</{element}>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_names_each_part_with_its_newest_date() {
        let addresses = ["/a/", "/b/", "/c&d/"].map(|address| UrlPath::new(address).unwrap());
        let date = jiff::civil::date(2026, 3, 12);
        let entries: Vec<Entry<'_>> =
            vec![(&addresses[0], Some(date)), (&addresses[1], None), (&addresses[2], None)];
        let base = BaseUrl::new("https://example.org/x").unwrap();
        let index = index(&base, &entries, 2);
        assert!(index.contains(
            "<sitemap><loc>https://example.org/x/sitemap-1.xml</loc><lastmod>2026-03-12</lastmod></sitemap>\n\
             <sitemap><loc>https://example.org/x/sitemap-2.xml</loc></sitemap>\n</sitemapindex>"
        ));
        assert!(urls(&base, &entries[2..]).contains("<loc>https://example.org/x/c&amp;d/</loc>"));
    }
}
