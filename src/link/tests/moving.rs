use super::super::site::{Site, condition, site};
use super::super::{MoveError, plan_move};
use crate::name::ContentPath;

fn path(path: &str) -> ContentPath {
    ContentPath::new(path).unwrap()
}

/// The site's files after a move.
fn moved(site: &Site, old: &str, new: &str) -> Vec<(String, String)> {
    let plan = plan_move(&site.pages, &site.catalog, &site.config, &site.registries, &path(old), &path(new))
        .unwrap();
    let mut files = Vec::new();
    for page in &site.pages {
        let source = page.page.document.source();
        let mut text = source.text().to_owned();
        for edit in plan.edits.iter().rev().filter(|edit| edit.file == *source.path()) {
            text.replace_range(edit.span.range(), &edit.replacement);
        }
        let name = page.page.path.as_str();
        files.push((if name == old { new } else { name }.to_owned(), text));
    }
    files
}

fn after(files: &[(String, String)]) -> Site {
    let files: Vec<(&str, &String)> = files.iter().map(|(path, text)| (path.as_str(), text)).collect();
    site(&files)
}

#[test]
fn every_form_of_link_follows() {
    let before = site(&[
        ("articles/cost.md", "## Price\n\n[b](../b.md) [self](cost.md#price) [[b]] [e](https://example.org)"),
        (
            "b.md",
            "[cost.md](articles/cost.md#price) [x](/articles/cost/) [y](/articles/cost.md) [[cost]] [[cost#price|words]] \
             [[articles/cost]] [z](<articles/cost.md> \"T\") [ref] [cost](../articles/cost/)\n\n[ref]: articles/cost.md 'T'\n",
        ),
    ]);
    assert_eq!(before.codes(), [""; 0]);
    let files = moved(&before, "articles/cost.md", "money/what it costs.md");
    let text = &files[1].1;
    assert!(
        text.ends_with(
            "[cost.md](money/what%20it%20costs.md#price) [x](/money/what-it-costs/) [y](/money/what%20it%20costs.md) \
             [[what it costs]] [[what it costs#price|words]] [[money/what it costs]] \
             [z](<money/what%20it%20costs.md> \"T\") [ref] [cost](/money/what-it-costs/)\n\n[ref]: money/what%20it%20costs.md 'T'\n"
        ),
        "{text}"
    );
    let site = after(&files);
    assert_eq!(
        site.codes().iter().filter(|code| **code == "dead-anchor").count(),
        0,
        "{:?}",
        site.diagnostics
    );
    let cost = site.catalog.by_path("money/what it costs.md").unwrap();
    assert_eq!(site.catalog.aliases()[0], ("/articles/cost/".parse_address(), cost));
}

trait ParseAddress {
    fn parse_address(&self) -> crate::name::UrlPath;
}

impl ParseAddress for str {
    fn parse_address(&self) -> crate::name::UrlPath {
        crate::name::UrlPath::new(self).unwrap()
    }
}

#[test]
fn the_old_address_joins_those_before() {
    for (front_matter, wanted) in [
        ("+++\ntitle = \"A\"\n[extra]\n+++\n", "+++\naliases = [\"/a/\"]\ntitle = \"A\"\n[extra]\n+++\n"),
        (
            "+++\ntitle = \"A\"\naliases = [\"/x/\"]\n+++\n",
            "+++\ntitle = \"A\"\naliases = [\"/x/\", \"/a/\"]\n+++\n",
        ),
        ("+++\ntitle = \"A\"\naliases = []\n+++\n", "+++\ntitle = \"A\"\naliases = [\"/a/\"]\n+++\n"),
        ("+++\ntitle = \"A\"\nslug = \"same\"\n+++\n", "+++\ntitle = \"A\"\nslug = \"same\"\n+++\n"),
    ] {
        let site = site(&[("a.md", front_matter)]);
        assert_eq!(moved(&site, "a.md", "b.md")[0].1, wanted);
    }
}

#[test]
fn a_condition_takes_its_id_along() {
    let before = site(&[
        ("conditions/neck.md", condition("Neck pain", &[])),
        ("a.md", "+++\ntitle = \"A\"\nconditions = [\"neck\"]\n+++\nNeck pain.".to_owned()),
    ]);
    let site = after(&moved(&before, "conditions/neck.md", "conditions/neck-pain.md"));
    assert_eq!(site.codes(), [""; 0]);
    assert_eq!(site.marked("a.md"), "[Neck pain](neck-pain).");
}

#[test]
fn what_cannot_move_says_why() {
    let site = site(&[("a.md", "A."), ("b.md", "B.")]);
    let plan = |old, new| {
        plan_move(&site.pages, &site.catalog, &site.config, &site.registries, &path(old), &path(new))
            .unwrap_err()
    };
    assert_eq!(plan("aa.md", "c.md"), MoveError::NoSuchPage(Some("a.md".to_owned())));
    assert_eq!(plan("a.md", "b.md"), MoveError::Taken);
    assert_eq!(plan("a.md", "c.txt"), MoveError::NotMarkdown);
}

#[test]
fn a_signed_review_and_a_search_test_go_with_the_page() {
    let site = site(&[
        ("a.md", "A."),
        ("reviews.toml", "[\"a.md\"]\ndate = 2026-01-02\nby = \"x\"\ntext = \"0123456789abcdef\"\n"),
        ("search-tests.toml", "[[test]]\nquery = \"a\"\nfirst = \"/a/\"\n"),
    ]);
    let plan =
        plan_move(&site.pages, &site.catalog, &site.config, &site.registries, &path("a.md"), &path("b/c.md"));
    let edits = plan.unwrap().edits;
    let written: Vec<_> =
        edits.iter().map(|edit| (edit.file.as_str(), edit.span.range(), &*edit.replacement)).collect();
    assert!(written.contains(&("content/reviews.toml", 1..7, "\"b/c.md\"")), "{written:?}");
    assert!(written.contains(&("content/search-tests.toml", 29..34, "\"/b/c/\"")), "{written:?}");
}
