use super::super::site::site;
use super::super::{AnchorError, plan_anchor};
use crate::name::Anchor;

fn anchor(anchor: &str) -> Anchor {
    Anchor::new(anchor).unwrap()
}

/// The body of a page after another id for a heading of `a.md`, and that of another page.
fn renamed(a: &str, b: &str, old: &str, new: &str) -> (String, String) {
    let site = site(&[("a.md", a), ("b.md", b)]);
    let id = site.catalog.by_path("a.md").unwrap();
    let edits = plan_anchor(&site.pages, id, &anchor(old), &anchor(new)).unwrap();
    let body = |name: &str| {
        let source = site.page(name).page.document.source();
        let mut text = source.text().to_owned();
        for edit in edits.iter().rev().filter(|edit| edit.file == *source.path()) {
            text.replace_range(edit.span.range(), &edit.replacement);
        }
        text.split_once("+++\n").unwrap().1.split_once("+++\n").unwrap().1.to_owned()
    };
    (body("a.md"), body("b.md"))
}

#[test]
fn every_form_of_heading_takes_an_id() {
    for (before, after) in [
        ("## The risks", "## The risks {#harms}"),
        ("## The risks ##\n\nText.", "## The risks ## {#harms}\n\nText."),
        ("## Risks {#the-risks}", "## Risks {#harms}"),
        ("## Risks {#the-risks aspect=risks}\r\n\r\nx", "## Risks {#harms aspect=risks}\r\n\r\nx"),
        ("## The risks {aspect=risks}", "## The risks {#harms aspect=risks}"),
        ("The risks\n---------\n", "The risks {#harms}\n---------\n"),
        ("> ## The risks\n", "> ## The risks {#harms}\n"),
    ] {
        assert_eq!(renamed(before, "", "the-risks", "harms").0, after);
        let page = site(&[("a.md", after)]);
        let headings = page.page("a.md").page.document.headings();
        assert_eq!(headings[0].anchor.as_str(), "harms", "{after}: what was written is the heading's id");
        assert!(!headings[0].text.contains('{'), "{after}");
    }
}

#[test]
fn every_form_of_link_follows() {
    let (a, b) = renamed(
        "## Risks\n\n[here](#risks), [not](#other-risks)\n\n## Other risks",
        "[x](a.md#risks) [y](/a/#risks \"risks\") [[a#risks]] [[a#risks|risks]] [ref] [no](#risks)\n\n[ref]: a.md#risks\n\n\
         ## Risks\n",
        "risks",
        "harms",
    );
    assert_eq!(a, "## Risks {#harms}\n\n[here](#harms), [not](#other-risks)\n\n## Other risks");
    assert_eq!(
        b,
        "[x](a.md#harms) [y](/a/#harms \"risks\") [[a#harms]] [[a#harms|risks]] [ref] [no](#risks)\n\n[ref]: a.md#harms\n\n\
         ## Risks\n"
    );
}

#[test]
fn what_cannot_be_renamed_says_why() {
    let site = site(&[("a.md", "## One\n\n## Two")]);
    let id = site.catalog.by_path("a.md").unwrap();
    let plan = |old, new| plan_anchor(&site.pages, id, &anchor(old), &anchor(new));
    assert_eq!(plan("three", "four"), Err(AnchorError::NoSuchHeading));
    assert_eq!(plan("one", "two"), Err(AnchorError::Taken));
    assert!(plan("one", "one").is_ok());
}
