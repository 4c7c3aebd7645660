use serde_json::Value;

use super::super::site::{Site, condition, site};
use super::super::{graph, listing};
use crate::catalog::PageId;

/// The links of the graph, each in one line: from, type, to, and the reason as JSON.
fn links(site: &Site) -> Vec<String> {
    let address = |id: PageId| site.catalog.page(id).address.as_str();
    let graph = graph(&site.pages, &site.incoming, &site.catalog, address);
    let graph = serde_json::to_value(graph).unwrap();
    let url =
        |index: &Value| graph["pages"][index.as_u64().unwrap() as usize]["url"].as_str().unwrap().to_owned();
    let line = |link: &Value| {
        let mut link = link.clone();
        let fields = link.as_object_mut().unwrap();
        let mut take = |name: &str| fields.remove(name).unwrap();
        let (from, to, kind) = (url(&take("from")), url(&take("to")), take("type"));
        format!("{from} {} {to} {}", kind.as_str().unwrap(), Value::Object(fields.clone()))
    };
    graph["links"].as_array().unwrap().iter().map(line).collect()
}

#[test]
fn the_graph_holds_typed_links_with_their_reasons() {
    let of_region =
        |title: &str| condition(title, &[]).replace("also_called", "region = \"neck\"\nalso_called");
    let files = [
        ("conditions/neck-pain.md", of_region("Neck pain")),
        ("conditions/whiplash.md", of_region("Whiplash")),
        ("a.md", "+++\ntitle = \"A\"\nconditions = [\"neck-pain\"]\n+++\nNeck pain, neck pain.".to_owned()),
        ("b.md", "See [a](a.md).".to_owned()),
        ("c.md", "+++\ntitle = \"On neck pain\"\n+++\nNothing.".to_owned()),
        (
            "d.md",
            "+++\ntitle = \"Gone\"\nwithdrawn = { date = 2026-01-01, reason = \"Old.\" }\n+++\nNeck pain."
                .to_owned(),
        ),
    ];
    let links = links(&site(&files));
    let lines = [
        "/a/ about /conditions/neck-pain/ {}",
        "/a/ mentions /conditions/neck-pain/ {\"count\":2,\"heading\":false,\"title\":false}",
        "/a/ automatic /conditions/neck-pain/ {\"count\":1}",
        "/b/ links /a/ {\"count\":1}",
        "/c/ mentions /conditions/neck-pain/ {\"count\":0,\"heading\":false,\"title\":true}",
        "/conditions/neck-pain/ related /conditions/whiplash/ {\"declared\":false,\"region\":\"neck\",\"together\":0}",
        "/conditions/whiplash/ related /conditions/neck-pain/ {\"declared\":false,\"region\":\"neck\",\"together\":0}",
    ];
    for line in lines {
        assert!(links.iter().any(|link| link == line), "{line} in {links:#?}");
    }
    let near = links.iter().find(|link| link.starts_with("/a/ near /c/")).unwrap();
    assert!(near.contains("\"conditions\":[3]"), "{near}");
    assert!(!links.iter().any(|link| link.contains("/d/")), "a withdrawn page is no part of it");
}

#[test]
fn the_report_says_what_was_linked_and_what_was_not_and_why() {
    let files = [
        ("conditions/neck-pain.md", condition("Neck pain", &[])),
        ("conditions/hip-pain.md", condition("Hip pain", &[])),
        ("a.md", "Neck pain.\n\nMore neck\npain, *hip* pain.".to_owned()),
        ("b.md", "Nothing.".to_owned()),
    ];
    let site = site(&files);
    let listing = listing(&site.pages, &site.incoming, &site.catalog, None);
    assert_eq!(
        listing.text(),
        "a.md\n  4:1  “Neck pain” linked: conditions/neck-pain.md\n  \
         6:6  “neck pain” not linked: linked already (conditions/neck-pain.md)\n  \
         7:8  “hip* pain” not linked: emphasis begins or ends inside the name (conditions/hip-pain.md)\n\n\
         articles that name no condition\n  b.md\n\n\
         pages that no page links to\n  a.md\n  b.md\n  conditions/hip-pain.md\n"
    );
    let json = serde_json::to_value(&listing).unwrap();
    assert_eq!(json["pages"][0]["made"][0]["condition"], "conditions/neck-pain.md");
    assert_eq!(json["pages"][0]["skipped"][0]["reason"], "already-linked");
}
