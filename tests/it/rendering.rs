use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use camino::Utf8Path;
use needlepoint::diag::Diagnostic;
use needlepoint::disk;
use needlepoint::files::SiteFiles;
use needlepoint::name::SitePath;
use needlepoint::pipeline::{self, Site};
use needlepoint::source::Source;
use resvg::usvg::roxmltree;

use crate::inputs::{self, source};

pub(crate) const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/small-site");
const BASE: &str = "https://example.org/health";

/// The files of the small site, with texts put over them.
pub(crate) fn site(changes: &[(&str, &str)]) -> Site {
    let files = disk::read_site(Utf8Path::new(FOLDER)).unwrap().files().clone();
    let changed = |path: &str| changes.iter().any(|(changed, _)| *changed == path);
    let mut texts: Vec<Source> =
        files.texts().iter().filter(|text| !changed(text.path().as_str())).cloned().collect();
    texts.extend(changes.iter().map(|(path, text)| source(path, *text)));
    let files = SiteFiles::new(texts, files.assets().to_vec(), Vec::new());
    let settings = inputs::published();
    pipeline::build(files, settings, None, &|_| {})
}

pub(crate) type Files = BTreeMap<String, String>;

/// Every text of the built site, and what was wrong.
pub(crate) fn built(site: &Site) -> (Files, Vec<Diagnostic>) {
    let (rendering, found) = site.rendering();
    let mut wrong = found.to_vec();
    let mut files = Files::new();
    for output in rendering.outputs() {
        match rendering.render(&output) {
            Ok(bytes) => {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                assert!(files.insert(output.path.to_string(), text).is_none(), "{} twice", output.path);
            }
            Err(found) => wrong.extend(found),
        }
    }
    (files, wrong)
}

pub(crate) fn small_site() -> Files {
    let (files, wrong) = built(&site(&[]));
    assert!(wrong.is_empty(), "{wrong:#?}");
    files
}

pub(crate) fn main_of(html: &str) -> &str {
    let start = html.find("<main").unwrap();
    &html[start..html.find("</main>").unwrap() + "</main>".len()]
}

/// Compares `<main>` of chosen pages with the files beside the small site; `UPDATE_PAGES=1` writes those anew.
#[test]
fn pages_are_as_expected() {
    let files = small_site();
    let folder = Path::new(FOLDER).with_file_name("small-site-pages");
    let mut wrong = Vec::new();
    for (page, name) in [
        ("index.html", "home"),
        ("articles/index.html", "section"),
        ("articles/page/2/index.html", "section-2"),
        ("articles/cost/index.html", "article"),
        ("articles/plain/index.html", "plain"),
        ("articles/gone/index.html", "withdrawn"),
        ("conditions/neck-pain/index.html", "condition"),
        ("conditions/index.html", "conditions"),
        ("body/index.html", "body"),
        ("body/neck/index.html", "region"),
        ("glossary/index.html", "glossary"),
        ("references/index.html", "references"),
        ("questions/index.html", "questions"),
        ("people/index.html", "people"),
        ("people/kim/index.html", "person"),
        ("tags/index.html", "tags"),
        ("tags/money/index.html", "tag"),
        ("search/index.html", "search"),
        ("settings/index.html", "settings"),
        ("404.html", "not-found"),
        ("old/cost/index.html", "redirect"),
        ("es/articles/cost/index.html", "spanish"),
    ] {
        let main = main_of(&files[page]);
        let expected = folder.join(format!("{name}.html"));
        if std::env::var_os("UPDATE_PAGES").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&expected, main).unwrap();
        }
        if fs::read_to_string(&expected).unwrap_or_default() != main {
            wrong.push(format!("{}:\n{main}", expected.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Values of an attribute in HTML that the theme writes: always between double quotes.
pub(crate) fn attributes<'a>(html: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let start = format!(" {name}=\"");
    html.match_indices(&start)
        .map(|(at, found)| &html[at + found.len()..])
        .map(|rest| &rest[..rest.find('"').unwrap()])
        .collect::<Vec<_>>()
        .into_iter()
}

#[test]
fn every_link_of_every_page_leads_to_a_file_and_a_place_in_it() {
    let files = small_site();
    let ids: BTreeMap<&str, BTreeSet<&str>> =
        files.iter().map(|(path, html)| (path.as_str(), attributes(html, "id").collect())).collect();
    let mut checked = 0;
    for (path, html) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        for address in attributes(html, "href").chain(attributes(html, "src")) {
            let whole = address.strip_prefix("https://example.org").unwrap_or(address);
            let (file, anchor) =
                whole.split_once('#').map_or((whole, None), |(file, anchor)| (file, Some(anchor)));
            let file = match file.strip_prefix("/health/") {
                Some(file) if file.is_empty() || file.ends_with('/') => format!("{file}index.html"),
                Some(file) => file.to_owned(),
                None if file.is_empty() => path.clone(),
                None => {
                    let elsewhere = ["mailto:", "tel:", "https://clinic.example.org/"];
                    assert!(elsewhere.iter().any(|start| address.starts_with(start)), "{path}: {address}");
                    continue;
                }
            };
            let there = ids.get(file.as_str());
            assert!(there.is_some(), "{path} links to {address}, and there is no {file}");
            let is_there = anchor.is_none_or(|anchor| there.unwrap().contains(anchor));
            assert!(is_there, "{path} links to {address}, and the page has no such place");
            checked += 1;
        }
    }
    assert!(checked > 500, "only {checked} links were found");
}

#[test]
fn every_page_has_one_heading_and_no_id_twice() {
    for (path, html) in small_site().iter().filter(|(path, _)| path.ends_with(".html")) {
        assert_eq!(html.matches("<h1").count(), 1, "{path}");
        let mut seen = BTreeSet::new();
        for id in attributes(html, "id") {
            assert!(seen.insert(id), "{path} has the id {id} twice");
        }
    }
}

const ATOM: &str = "http://www.w3.org/2005/Atom";

fn texts<'a>(node: roxmltree::Node<'a, 'a>, name: &str) -> Vec<&'a str> {
    let children = node.children().filter(|child| child.has_tag_name((ATOM, name)));
    children.map(|child| child.text().unwrap_or_default()).collect()
}

#[test]
fn feed_keeps_the_rules_of_atom() {
    let files = small_site();
    let document = roxmltree::Document::parse(&files["feed.xml"]).unwrap();
    let feed = document.root_element();
    assert!(feed.has_tag_name((ATOM, "feed")));
    let entries: Vec<_> = feed.children().filter(|node| node.has_tag_name((ATOM, "entry"))).collect();
    assert_eq!(entries.len(), 2, "the configuration asks for two");
    let mut ids = BTreeSet::new();
    for node in entries.iter().copied().chain([feed]) {
        for name in ["id", "title", "updated"] {
            assert_eq!(texts(node, name).len(), 1, "{name} stands once");
        }
        let updated = texts(node, "updated")[0];
        assert!(updated.parse::<jiff::Timestamp>().is_ok(), "{updated} has a zone");
        let id = texts(node, "id")[0];
        assert!(id.starts_with(BASE) && ids.insert(id), "{id} is whole and stands once");
        assert!(texts(node, "updated")[0] <= texts(feed, "updated")[0]);
    }
    assert!(feed.children().any(|node| node.has_tag_name((ATOM, "author"))));
    let links: Vec<_> = feed.children().filter(|node| node.has_tag_name((ATOM, "link"))).collect();
    assert!(links.iter().any(|link| {
        link.attribute("rel") == Some("self")
            && link.attribute("href") == Some("https://example.org/health/feed.xml")
    }));
    assert_eq!(texts(entries[0], "title"), ["What needling costs <today>"], "the latest change comes first");
    assert_eq!(texts(entries[0], "published"), ["2026-01-05T00:00:00Z"]);
    assert!(files["es/feed.xml"].contains("xml:lang=\"es\""));
}

#[test]
fn sitemap_lists_what_may_be_found_and_nothing_else() {
    let files = small_site();
    let document = roxmltree::Document::parse(&files["sitemap.xml"]).unwrap();
    let is = |name: &'static str| move |node: &roxmltree::Node<'_, '_>| node.tag_name().name() == name;
    let listed: Vec<&str> = document.descendants().filter(is("loc")).filter_map(|node| node.text()).collect();
    let unique: BTreeSet<&str> = listed.iter().copied().collect();
    assert_eq!(unique.len(), listed.len());
    let mut expected = BTreeSet::new();
    for (path, html) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let may_be_found = !html.contains("<meta name=\"robots\" content=\"noindex\">");
        let address = format!("{BASE}/{}", path.strip_suffix("index.html").unwrap_or(path));
        if may_be_found {
            assert!(html.contains(&format!("<link rel=\"canonical\" href=\"{address}\">")), "{path}");
            expected.insert(address);
        }
    }
    let expected: BTreeSet<&str> = expected.iter().map(String::as_str).collect();
    assert_eq!(unique, expected);
    let cost = "<url><loc>https://example.org/health/articles/cost/</loc><lastmod>2026-03-12</lastmod></url>";
    assert!(files["sitemap.xml"].contains(cost));
    assert!(files["robots.txt"].contains("Sitemap: https://example.org/health/sitemap.xml"));
}

#[test]
fn an_old_address_leads_to_the_new_one_by_page_and_by_host() {
    let files = small_site();
    assert_eq!(files["_redirects"], "/health/old/cost/ /health/articles/cost/ 301\n");
    let page = &files["old/cost/index.html"];
    assert!(page.contains("<meta http-equiv=\"refresh\" content=\"0; url=/health/articles/cost/\">"));
    assert!(page.contains("<link rel=\"canonical\" href=\"https://example.org/health/articles/cost/\">"));
    assert!(page.contains("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'"));
}

#[test]
fn an_overdue_review_is_said_on_the_day_after_it_was_due_and_not_before() {
    let article = |reviewed: &str| {
        let text = fs::read_to_string(format!("{FOLDER}/content/articles/cost.md")).unwrap();
        let text = text.replace("reviewed = 2025-11-01", &format!("reviewed = {reviewed}"));
        let text = text.replace("reviewer = \"kim\"", "reviewer = \"ana\"");
        let (files, wrong) = built(&site(&[("content/articles/cost.md", &text)]));
        assert!(wrong.is_empty(), "{wrong:#?}");
        files["articles/cost/index.html"].clone()
    };
    assert!(article("2025-11-20").contains("This page is past its review date."));
    assert!(!article("2025-11-21").contains("This page is past its review date."));
}

#[test]
fn a_translated_page_leads_to_its_other_language_and_a_lone_one_to_home() {
    let files = small_site();
    let english = &files["articles/cost/index.html"];
    assert!(english.contains("hreflang=\"es\" href=\"https://example.org/health/es/articles/cost/\""));
    assert!(
        english.contains("<a href=\"/health/es/articles/cost/\" lang=\"es\" hreflang=\"es\">Español</a>")
    );
    assert!(files["articles/session/index.html"].contains("<a href=\"/health/es/\" lang=\"es\""));
    assert!(files["es/articles/cost/index.html"].contains("12 de marzo de 2026"));
}

#[test]
fn a_mistake_in_a_template_is_one_finding_with_its_line_however_many_pages_use_it() {
    let article = "{{ page.title }}\n{{ text.nothing.here }}\n";
    let site = site(&[("templates/article.html", article)]);
    let (_, mut wrong) = built(&site);
    needlepoint::diag::sort(&mut wrong);
    assert_eq!(wrong.len(), 1, "{wrong:#?}");
    assert_eq!(wrong[0].primary.file.as_str(), "templates/article.html");
    let source = Source::new(SitePath::new("templates/article.html").unwrap(), article);
    assert_eq!(source.position(wrong[0].primary.span.start).line, 2);
}

#[test]
fn a_name_that_no_value_has_is_an_error_before_any_page_is_made() {
    let said = |text: &str| {
        let site = site(&[("templates/partials/toc.html", text)]);
        let found: Vec<_> =
            site.diagnostics().iter().filter(|found| found.code.as_str() == "template-error").collect();
        found.iter().map(|found| (found.message.clone(), found.help.clone())).collect::<Vec<_>>()
    };
    let expected = ("`page` has no value `titel`".to_owned(), Some("did you mean `title`?".to_owned()));
    assert_eq!(said("{% if page.titel %}a contents list{% endif %}"), [expected]);
    assert_eq!(said("{% if page.title %}a contents list{% endif %}"), []);
}

#[test]
fn a_template_sees_the_extra_of_its_page_and_of_the_site_and_the_nearest_name_is_told() {
    let plain = fs::read_to_string(format!("{FOLDER}/content/articles/plain.md")).unwrap();
    let plain = plain.replace("weight = 3", "weight = 3\ntemplate = \"poster.html\"\nextra.motto = \"slow\"");
    let poster =
        |text: &str| built(&site(&[("content/articles/plain.md", &plain), ("templates/poster.html", text)]));
    let (files, wrong) = poster(
        "{{ page.extra.motto }}{% if page.extra.motto is defined %}!{% endif %}{% if page.extra.none is defined %}?{% endif %} \
         {{ site.extra.disclaimer }}",
    );
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(files["articles/plain/index.html"].starts_with("slow! This site gives general information."));
    let (_, wrong) = poster("{{ page.extra.moto }}");
    assert_eq!(wrong.len(), 1, "{wrong:#?}");
    assert_eq!(wrong[0].help.as_deref(), Some("did you mean `motto`?"));
}

#[test]
fn a_page_may_name_its_template_and_a_kind_may_have_its_own() {
    let plain = fs::read_to_string(format!("{FOLDER}/content/articles/plain.md")).unwrap();
    let named = plain.replace("weight = 3", "weight = 3\ntemplate = \"poster.html\"");
    let (files, wrong) = built(&site(&[
        ("content/articles/plain.md", &named),
        ("templates/poster.html", "poster of {{ page.title }}"),
        ("templates/article-explainer.html", "explainer {{ page.title }}"),
    ]));
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(files["articles/plain/index.html"], "poster of Plain page");
    assert_eq!(files["articles/session/index.html"], "explainer Your session");

    let (_, wrong) = built(&site(&[("content/articles/plain.md", &named.replace("poster", "artcle"))]));
    assert_eq!(wrong.len(), 1, "{wrong:#?}");
    assert_eq!(wrong[0].code.as_str(), "missing-template");
    assert_eq!(wrong[0].help.as_deref(), Some("did you mean `article.html`?"));
}

#[test]
fn the_same_files_give_the_same_bytes() {
    assert_eq!(small_site(), small_site());
}

#[test]
fn the_graph_names_pages_and_typed_links() {
    let graph: serde_json::Value = serde_json::from_str(&small_site()["graph.json"]).unwrap();
    let pages = graph["pages"].as_array().unwrap();
    let url = |index: &serde_json::Value| pages[index.as_u64().unwrap() as usize]["url"].as_str().unwrap();
    let links: Vec<_> = graph["links"]
        .as_array()
        .unwrap()
        .iter()
        .map(|link| (url(&link["from"]), url(&link["to"]), link["type"].as_str().unwrap()))
        .collect();
    assert!(
        links.contains(&("/health/articles/cost/", "/health/conditions/neck-pain/", "about")),
        "{links:?}"
    );
    assert!(links.contains(&("/health/articles/session/", "/health/conditions/neck-pain/", "mentions")));
    assert!(links.contains(&("/health/conditions/neck-pain/", "/health/conditions/elbow-pain/", "related")));
    assert!(!pages.iter().any(|page| page["title"] == "Old advice"), "a withdrawn page is no part of it");
}
