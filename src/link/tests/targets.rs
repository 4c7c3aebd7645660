use super::super::Target;
use super::super::site::{Site, site, site_with};
use crate::config::{Config, NavigationItem};
use crate::diag::Diagnostic;
use crate::name::{Anchor, UrlPath};
use crate::source::Span;

/// Codes with the text that they point at and their help, parted by `|`; sorted.
fn findings(site: &Site) -> Vec<String> {
    let row = |found: &Diagnostic| {
        let page = site.pages.iter().find(|page| page.page.path.site_path() == found.primary.file);
        let place = page.map_or("", |page| page.page.document.source().slice(found.primary.span));
        format!("{} | {place} | {}", found.code, found.help.as_deref().unwrap_or_default())
    };
    let mut rows: Vec<String> = site.diagnostics.iter().map(row).collect();
    rows.sort_unstable();
    rows
}

const DRAFT: &str = "+++\ntitle = \"Hip pain\"\nkind = \"condition\"\ndraft = true\n+++\n";
const OLD: &str =
    "+++\ntitle = \"Old\"\n[withdrawn]\ndate = 2026-01-01\nreason = \"x\"\nreplacement = \"/a/\"\n+++\n";

#[test]
fn raw_html_leads_where_markdown_would() {
    let files = [
        ("a.md", "<a href=\"b.md#here\">b</a> <a href='c.md'>c</a> <a href=\"#nowhere\">d</a>\n"),
        ("b.md", "<p id=\"here\">x</p>\n"),
    ];
    let mut config = Config::default();
    config.markdown.raw_html = true;
    let site = site_with(&files, config);
    let here = Anchor::new("here");
    assert_eq!(site.page("a.md").links[0], Target::Page(site.page("b.md").id, here));
    assert_eq!(site.codes(), ["dead-link", "dead-anchor"]);
    assert_eq!(findings(&site)[1], "dead-link | c.md | did you mean `a.md` in `content/`?");
}

#[test]
fn images_elsewhere_are_refused() {
    let site =
        site(&[("a.md", "![x](https://example.org/x.png) ![y](data:image/png;base64,AA) ![z](z.png)")]);
    assert_eq!(site.codes(), ["image-elsewhere", "missing-image"]);
}

#[test]
fn drafts_and_pages_taken_back_are_said_however_they_are_named() {
    let files = [
        ("a.md", "[[hip-pain]] [x](conditions/hip-pain.md) [y](/conditions/hip-pain/) [z](old.md)"),
        ("conditions/hip-pain.md", DRAFT),
        ("old.md", OLD),
        ("ended.md", "+++\ntitle = \"Ended\"\nexpires = 2026-01-01\n+++\n[[old]]"),
        ("b.md", "[[ended]] [[a]]"),
    ];
    let site = site(&files);
    let expected = [
        "link-to-draft | /conditions/hip-pain/ | publish the draft first, or take the link out",
        "link-to-draft | conditions/hip-pain.md | publish the draft first, or take the link out",
        "link-to-draft | hip-pain | publish the draft first, or take the link out",
        "link-to-withdrawn | ended | link to another page, or take the link out",
        "link-to-withdrawn | old.md | link to what took its place: `/a/`",
    ];
    assert_eq!(findings(&site), expected);
}

#[test]
fn files_that_needlepoint_makes_and_sections_can_be_linked_to() {
    let files = [
        (
            "a.md",
            "[feed](/feed.xml) [map](/sitemap.xml) [[articles]] [[search]] [s](/search/) [[articles/b]]",
        ),
        ("articles/_index.md", ""),
        ("articles/b.md", "[x](/feeds.xml) [y](/serch/)"),
        ("articles/cost.md", "[own](/cots/)"),
    ];
    let site = site(&files);
    assert_eq!(
        findings(&site),
        [
            "dead-link | /cots/ | did you mean `/articles/cost/`?",
            "dead-link | /feeds.xml | ",
            "dead-link | /serch/ | did you mean `/search/`?",
        ]
    );
}

#[test]
fn replacements_and_navigation_lead_somewhere() {
    let old = |to: &str| OLD.replace("/a/", to);
    let files = [
        ("a.md", String::new()),
        ("old.md", old("/b/")),
        ("older.md", old("/old/")),
        ("oldest.md", old("/oldest/")),
    ];
    let mut config = Config::default();
    for (path, span) in [("/a/", 1), ("/aa/", 2), ("/old/", 3), ("/sitemap.xml", 4)] {
        let path = UrlPath::new(path).unwrap();
        config.navigation.push(NavigationItem { title: String::new(), path, span: Span::new(0, span) });
    }
    let site = site_with(&files, config);
    let found: Vec<String> =
        findings(&site).iter().map(|row| row.rsplit_once(" | ").unwrap().0.to_owned()).collect();
    let expected = [
        "dead-link | ",
        "dead-link | /b/",
        "dead-link | /oldest/",
        "link-to-withdrawn | ",
        "link-to-withdrawn | /old/",
    ];
    assert_eq!(found, expected);
}
