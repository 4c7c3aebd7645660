use super::super::site::{condition, site};
use super::super::{graph, listing};

#[test]
fn the_graph_holds_typed_links() {
    let files = [
        ("conditions/neck-pain.md", condition("Neck pain", &["cervicalgia"])),
        ("a.md", "+++\ntitle = \"A\"\nconditions = [\"neck-pain\"]\n+++\nNeck pain, neck pain.".to_owned()),
        ("b.md", "See [a](a.md).".to_owned()),
    ];
    let site = site(&files);
    let graph = serde_json::to_value(graph(&site.pages, &site.incoming, &site.catalog)).unwrap();
    assert_eq!(graph["conditions"][0]["also_called"][0], "cervicalgia");
    let links: Vec<String> = graph["links"]
        .as_array()
        .unwrap()
        .iter()
        .map(|link| {
            format!("{} {} {} {}", link["from"], link["kind"], link["to"], link["count"]).replace('"', "")
        })
        .collect();
    assert_eq!(
        links,
        [
            "/a/ about /conditions/neck-pain/ 1",
            "/a/ automatic /conditions/neck-pain/ 1",
            "/a/ mention /conditions/neck-pain/ 2",
            "/b/ link /a/ 1",
        ]
    );
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
