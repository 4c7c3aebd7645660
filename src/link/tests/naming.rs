use super::super::site::{condition, site, site_with};
use crate::config;
use crate::name::SitePath;
use crate::source::Source;

/// The code and words of each finding in one page with that body.
fn found(body: &str) -> Vec<(String, String)> {
    let files = [
        ("conditions/tendinitis.md", condition("Tendinitis", &["tendonitis", "tendinopathy"])),
        ("glossary.toml", "[fascia]\nterm = \"fascia\"\ndefinition = \"A sheet.\"\n".to_owned()),
        ("a.md", body.to_owned()),
    ];
    let site = site(&files);
    let words = |found: &crate::diag::Diagnostic| {
        site.page("a.md").page.document.source().slice(found.primary.span).to_owned()
    };
    site.diagnostics.iter().map(|found| (found.code.to_string(), words(found))).collect()
}

fn one(code: &str, words: &str) -> Vec<(String, String)> {
    vec![(code.to_owned(), words.to_owned())]
}

#[test]
fn a_term_that_nothing_explains_is_reported() {
    assert_eq!(found("## The fascia\n\nText."), one("unexplained-term", "fascia"));
    for explained in [
        "## The fascia\n\nThe fascia is thin.",
        "## The fascia (a sheet)\n\nText.",
        "## The fascia\n\nMore on [fascia](conditions/tendinitis.md).",
    ] {
        assert!(found(explained).is_empty(), "{explained}");
    }
}

#[test]
fn another_spelling_of_a_condition_is_reported_once() {
    assert_eq!(found("Tendonitis, then tendonitis again."), one("other-spelling", "Tendonitis"));
    for right in ["Tendinitis.", "Tendinopathy.", "> Tendonitis.", "[Tendonitis](conditions/tendinitis.md)."]
    {
        assert!(found(right).is_empty(), "{right}");
    }
}

#[test]
fn a_condition_that_the_site_does_not_know_is_reported_once() {
    let body = "It eases Epicondylitis, and epicondylitis.";
    assert_eq!(found(body), one("condition-without-page", "Epicondylitis"));
    for known in
        ["Tendinitis.", "Osteopathy.", "Itis.", "Epicondylitises' end.", "[bursitis](https://a.example)"]
    {
        assert!(found(known).is_empty(), "{known}");
    }
}

#[test]
fn a_health_page_that_no_page_leads_to_is_reported() {
    let text = "[folders]\narticles = \"explainer\"\n[kinds.explainer]\nhealth = true\n";
    let (config, _) = config::parse(&Source::new(SitePath::new("needlepoint.toml").unwrap(), text));
    let files = [("articles/a.md", "[b](b.md)"), ("articles/b.md", "Text."), ("plain.md", "Text.")];
    let site = site_with(&files, config);
    let orphans: Vec<_> =
        site.diagnostics.iter().map(|found| (found.code.as_str(), found.primary.file.as_str())).collect();
    assert_eq!(orphans, [("orphan-page", "content/articles/a.md")]);
}
