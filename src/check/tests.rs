//! For each code a page that raises it and one that nearly does.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::rules::{RuleSet, default_rules};
use super::*;
use crate::config::{self, Config};
use crate::diag::all_codes;
use crate::name::SitePath;
use crate::page::{Page, assemble};
use crate::registry::Registries;
use crate::source::Source;

const CONFIG: &str = r#"
title = "Test"
base_url = "https://example.org"
trusted_hosts = ["nhs.uk"]
[markdown]
raw_html = true
[kinds.treatment]
health = true
treatment = true
[[kinds.treatment.sections]]
aspect = "benefits"
headings = ["Benefits"]
required = true
[[kinds.treatment.sections]]
aspect = "risks"
headings = ["Risks"]
required = true
[kinds.explainer]
health = true
[kinds.comparison]
health = true
[kinds.guide]
health = true
[kinds.condition]
health = true
"#;

const REGISTRIES: &[(&str, &str)] = &[
    (
        "people.toml",
        "[rev]\nname = \"R\"\ncredentials = \"PT\"\ninterests = \"None declared.\"\n[wri]\nname = \"W\"\ninterests = \"None declared.\"\n[bare]\nname = \"B\"\n",
    ),
    (
        "care.toml",
        "[lung]\nlevel = \"emergency\"\nheading = \"Call 911 now if:\"\nitems = [\"you cannot breathe\"]\n",
    ),
    (
        "regions.toml",
        "[[region]]\nid = \"chest\"\nlabel = \"Chest\"\ncare = \"lung\"\nviews = [\"front\"]\norder = 1\n",
    ),
    ("treatment.toml", "serious_adverse = [\"collapsed lung\"]\ncontraindications = [\"pregnancy\"]\n"),
    ("glossary.toml", "[rom]\nterm = \"ROM\"\ndefinition = \"How far a joint moves.\"\n"),
    (
        "facts.toml",
        "[soreness]\nlabel = \"Soreness\"\nvalue = 3\nunit = \"days\"\ntext = \"1 in 5 people\"\n",
    ),
    (
        "references.yml",
        "new:\n  type: article\n  title: New\n  date: 2025\n  kind: systematic-review\nold:\n  type: article\n  title: Old\n  date: 2012\nweb:\n  type: web\n  title: Web\n  date: 2025\n  kind: web\ngone:\n  type: article\n  title: Gone\n  date: 2025\n  retracted: true\n",
    ),
    ("reviews.toml", "[\"articles/signed.md\"]\ndate = 2026-10-01\nby = \"rev\"\ntext = \"00\"\n"),
];

/// The front matter of a page in which nothing is wrong.
const FRONT: &str = r#"title = "A page"
description = "What the treatment is, what it may do, and what can go wrong with it."
kind = "KIND"
reviewed = 2026-10-01
reviewer = "rev"
authors = ["wri"]
how_made = "Written from reviews."
extra.key_message = "Ask first."
"#;

struct Case {
    code: &'static str,
    kind: &'static str,
    /// What stands in place of what in the front matter of both pages.
    bad: (&'static str, &'static str, &'static str),
    good: (&'static str, &'static str, &'static str),
}

const fn body(code: &'static str, kind: &'static str, bad: &'static str, good: &'static str) -> Case {
    Case { code, kind, bad: ("", "", bad), good: ("", "", good) }
}

const fn front(
    code: &'static str,
    kind: &'static str,
    key: &'static str,
    bad: &'static str,
    good: &'static str,
) -> Case {
    Case { code, kind, bad: (key, bad, "Ask [us](/x/) [@new]."), good: (key, good, "Ask [us](/x/) [@new].") }
}

const CARD: &str = "{% care(level=\"emergency\", heading=\"Call 911 now if:\") %}\n- you faint\n{% end %}\n";

/// Front matter first, then bodies; each line one code.
const CASES: &[Case] = &[
    front("missing-reviewer", "treatment", "reviewer = \"rev\"\n", "", "reviewer = \"rev\"\n"),
    front("reviewer-without-credentials", "treatment", "\"rev\"", "\"bare\"", "\"rev\""),
    front("self-review", "treatment", "[\"wri\"]", "[\"rev\"]", "[\"rev\", \"wri\"]"),
    front("impossible-review-date", "treatment", "2026-10-01", "2027-10-01", "2026-11-21"),
    front("review-overdue", "treatment", "2026-10-01", "2025-11-20", "2025-11-21"),
    front(
        "review-too-seldom",
        "treatment",
        "how_made",
        "review_every = \"4 years\"\nhow_made",
        "review_every = \"3 years\"\nhow_made",
    ),
    front(
        "missing-how-made",
        "treatment",
        "how_made = \"Written from reviews.\"\n",
        "",
        "how_made = \"x\"\n",
    ),
    front("missing-interests", "treatment", "[\"wri\"]", "[\"bare\"]", "[\"wri\"]"),
    front(
        "missing-key-message",
        "treatment",
        "extra.key_message = \"Ask first.\"\n",
        "",
        "extra.key_message = \"Ask.\"\n",
    ),
    front("long-key-message", "treatment", "Ask first.", "Ask. Go. Wait. Rest.", "Ask. Go. Wait."),
    front(
        "unfit-description",
        "treatment",
        ", what it may do, and what can go wrong with it.",
        ".",
        ", what it may do, and what can go wrong.",
    ),
    front(
        "one-sided-evidence",
        "condition",
        "how_made",
        "evidence = [{ outcome = \"pain\", certainty = \"low\", refs = [\"new\"], known = \"It eases pain.\" }]\nhow_made",
        "evidence = [{ outcome = \"pain\", certainty = \"low\", refs = [\"new\"], known = \"It eases pain.\", unknown = \"For how long.\" }]\nhow_made",
    ),
    front(
        "weak-sources",
        "condition",
        "how_made",
        "evidence = [{ outcome = \"pain\", certainty = \"low\", refs = [\"web\"], known = \"a\", unknown = \"b\" }]\nhow_made",
        "evidence = [{ outcome = \"pain\", certainty = \"very low\", refs = [\"web\"], known = \"a\", unknown = \"b\" }]\nhow_made",
    ),
    front(
        "missing-region-card",
        "condition",
        "how_made",
        "region = \"chest\"\nhow_made",
        "region = \"foot\"\nhow_made",
    ),
    front(
        "malformed-code",
        "condition",
        "how_made",
        "icd10 = [\"M54.2\", \"M5.42\"]\nhow_made",
        "icd10 = [\"M54.2\", \"M54.5-\", \"M22.2X-\"]\nmesh = [\"D019547\", \"Neck Pain\"]\nhow_made",
    ),
    front(
        "malformed-code",
        "condition",
        "how_made",
        "mesh = \"D1954\"\nhow_made",
        "mesh = \"Dry Needling\"\nhow_made",
    ),
    body(
        "undated-media",
        "explainer",
        "<video src=\"a.mp4\" data-reviewed=\"soon\"></video>",
        "<video src=\"a.mp4\" data-reviewed=\"2026-10-01\"></video>",
    ),
    body(
        "uncaptioned-media",
        "page",
        "<video src=\"a.mp4\">\n</video>\n\n<video><track></video>",
        "<video src=\"a.mp4\">\n<track src=\"a.vtt\">\n</video>",
    ),
    body(
        "uncaptioned-media",
        "page",
        "<audio src=\"a.mp3\"></audio>",
        "<audio src=\"a.mp3\"></audio>\n\n[Transcript](/a/)",
    ),
    body("untrusted-host", "page", "[shop](https://evilnhs.uk/x)", "[NHS](https://www.nhs.uk/x) [a](/a/)"),
    body(
        "distant-reader",
        "explainer",
        "It. Is. So. It. Is. So. It. Is. So. It.",
        "It. Is. So. It. Is. So. It. Is. So. Your.",
    ),
    body("bare-percentage", "explainer", "It is 0.5 in 100.", "It is 5 in 1,000. Version 1.5 in 2."),
    body("no-sources", "treatment", "Ask.", "Ask [@new]."),
    body("old-sources", "treatment", "Ask [@old].", "Ask [@old; @new]."),
    body("retracted-source", "treatment", "Ask [@gone].", "Ask [@new]."),
    body("uncited-figure", "treatment", "About 1 in 5 people bruise.", "About 1 in 5 people bruise [@new]."),
    body(
        "benefits-without-risks",
        "treatment",
        "## Benefits\n\nLess pain.",
        "## Benefits\n\nLess pain.\n\n## Risks\n\nMore pain.",
    ),
    body(
        "thin-risks",
        "treatment",
        "## Benefits\n\nIt may ease some pain in the neck for a few days.\n\n## Risks\n\nSoreness.",
        "## Benefits\n\nIt may ease some pain in the neck.\n\n## Risks\n\nSoreness for some days.",
    ),
    body(
        "missing-safety-section",
        "treatment",
        "## Risks\n\nPain.",
        "## Risks\n\nPain.\n\n## Who {aspect=safety}\n\nYou.\n\n## Help {aspect=when-to-get-help}\n\nCall.",
    ),
    body(
        "no-care-card",
        "treatment",
        "## Help {aspect=when-to-get-help}\n\nCall.",
        "## Help {aspect=when-to-get-help}\n\n{{ care(id=\"lung\") }}\n",
    ),
    body(
        "missing-emergency-number",
        "treatment",
        "{% care(level=\"emergency\", heading=\"Get help if:\") %}\n- you faint\n{% end %}\n",
        CARD,
    ),
    body(
        "malformed-care-card",
        "treatment",
        "{% care(level=\"urgent\", heading=\"Get help\") %}\n- you faint\n{% end %}\n",
        "{% care(level=\"urgent\", heading=\"Get help if:\") %}\n- you faint\n{% end %}\n",
    ),
    body(
        "too-many-care-cards",
        "treatment",
        "{{ care(id=\"lung\") }}\n\n{{ care(id=\"lung\") }}\n",
        "{{ care(id=\"lung\") }}\n\n{% care(level=\"urgent\", heading=\"Call if:\") %}\n- you faint\n{% end %}\n",
    ),
    body(
        "too-many-callouts",
        "treatment",
        "> [!WARNING]\n> a\n\n> [!WARNING]\n> b\n\n> [!CAUTION]\n> c\n",
        "> [!WARNING]\n> a\n\n> [!WARNING]\n> b\n\n> [!NOTE]\n> c\n",
    ),
    body(
        "unnamed-risk",
        "treatment",
        "## Risks\n\nA lung may collapse.",
        "## Risks\n\nA collapsed lung is rare.",
    ),
    body(
        "unnamed-contraindication",
        "treatment",
        "## Who {aspect=safety}\n\nPregnant people.",
        "## Who {aspect=safety}\n\nWait during pregnancy.",
    ),
    body("missing-section", "treatment", "## Benefits\n\nPain.", "## Benefits\n\nPain.\n\n## Risks\n\nPain."),
    body(
        "misordered-sections",
        "treatment",
        "## Risks\n\nPain.\n\n## Benefits\n\nPain.",
        "## Benefits\n\nPain.\n\n## Risks\n\nPain.",
    ),
    body(
        "empty-section",
        "treatment",
        "## Benefits\n\n## Risks\n\nPain.",
        "## Benefits\n\n### More\n\nPain.\n\n## Risks\n\nPain.",
    ),
    Case {
        code: "no-action",
        kind: "treatment",
        bad: ("Ask first.", "It is thin.", "The needle is thin."),
        good: ("Ask first.", "It is thin.", "Talk with your therapist."),
    },
    body("second-title", "page", "# Again", "## Again"),
    body("skipped-heading-level", "page", "## A\n\n#### B", "## A\n\n### B"),
    body("deep-heading", "page", "## A\n\n### B\n\n#### C\n\n##### D", "## A\n\n### B\n\n#### C"),
    body("empty-heading", "page", "## A\n\n##\n\ntext", "## A\n\ntext"),
    body(
        "long-heading",
        "explainer",
        "## A heading that goes on and on until nobody remembers how it all began\n",
        "## A heading that goes on and on until someone stops it\n",
    ),
    body("heading-with-full-stop", "explainer", "## It works.", "## It works"),
    body(
        "heading-in-title-case",
        "explainer",
        "## What You Should Know Today",
        "## What you should know about Medicare",
    ),
    body("heading-as-question", "explainer", "## What is it?", "## What it is"),
    body("long-paragraph", "explainer", "One. Two. Three. Four.", "One. Two. Three."),
    body(
        "long-list",
        "explainer",
        "- a\n- b\n- c\n- d\n- e\n- f\n- g\n- h\n",
        "- a\n- b\n- c\n- d\n- e\n- f\n- g\n",
    ),
    body(
        "long-list-item",
        "explainer",
        "- One thing. Two things. Three things.\n",
        "1. One thing. Two things. Three things.\n",
    ),
    body(
        "hidden-steps",
        "explainer",
        "First wash your hands. Then put ice on it. Call us. Rest.",
        "Ask your doctor. Rest.",
    ),
    body("no-tool", "guide", "Rest.", "1. Rest.\n"),
    body(
        "gap-in-comparison",
        "comparison",
        "| a | b |\n|---|---|\n| c |  |\n",
        "| a | b |\n|---|---|\n| c | d |\n",
    ),
    body("uncaptioned-figure", "page", "![A needle](n.svg)\n", "![A needle](n.svg \"The needle.\")\n"),
    body(
        "uncaptioned-table",
        "explainer",
        "| a | b |\n|---|---|\n| c | d |\n",
        "Table: Letters\n\n| a | b |\n|---|---|\n| c | d |\n",
    ),
    body(
        "empty-table-header",
        "page",
        "| a |  |\n|---|---|\n| c | d |\n",
        "|  | a |\n|---|---|\n| c | d |\n",
    ),
    body(
        "long-alt",
        "page",
        "![A thin needle that lies beside a coin on a blue cloth on a table in a room with a window through which the sun shines on all of it](n.svg)",
        "![A thin needle beside a coin](n.svg)",
    ),
    body("redundant-alt", "page", "![Image of a needle](n.svg)", "![A needle](n.svg)"),
    body("vague-link-text", "page", "[Click here](/a/)", "[Click here to book](/a/)"),
    body("ambiguous-link-text", "page", "[rules](/a/) [rules](/b/)", "[rules](/a/#x) [rules](/a/#y)"),
    body("unlabelled-document", "page", "[sheet](a.pdf)", "[sheet (PDF, 10 kB)](a.pdf)"),
    body("no-further-help", "explainer", "Plain.", "Plain [words](/a/)."),
    body("insecure-link", "page", "[words](http://a.example)", "[words](https://a.example)"),
    body(
        "long-sentence",
        "explainer",
        "It goes on and on and on and on and on and on and on and on and on and on and on and on and on.",
        "It goes on and on and on and on and on and on and on and on and on and on and on and on.",
    ),
    body(
        "longish-sentences",
        "explainer",
        "It goes on and on and on and on and on and on and on and on and on and on and on.\n\nIt goes on and on and on and on and on and on and on and on and on and on and on.\n\nIt goes on and on and on and on and on and on and on and on and on and on and on.\n\nIt goes on and on and on and on and on and on and on and on and on and on and on.",
        "It goes on and on and on and on and on and on and on and on and on and on and on.",
    ),
    body(
        "unexpanded-abbreviation",
        "explainer",
        "Ask a PT. A physical therapist (PT) knows.",
        "Ask a physical therapist (PT). A PT knows ROM.",
    ),
    body(
        "twice-expanded-abbreviation",
        "explainer",
        "A physical therapist (PT). A physical therapist (PT).",
        "A physical therapist (PT). A PT.",
    ),
    body("too-many-abbreviations", "explainer", "AB, BC, CD, DE, EF, FG, GH.", "AB, BC, ROM, DE, EF, FG."),
    body(
        "hyphenated-range",
        "explainer",
        "Sore for 24-48 hours.",
        "Sore for 24 to 48 hours after 2026-10-01; call 555-0100.",
    ),
    body("bare-percentage", "explainer", "It helps 14% of people.", "It helps 14% of people, or 1 in 7."),
    body("mixed-denominators", "explainer", "It is 3 in 100 or 4 in 1,000.", "It is 3 in 100 or 4 in 100."),
    body(
        "vague-risk",
        "explainer",
        "## R {aspect=risks}\n\nFainting is rare.",
        "## R {aspect=risks}\n\nFainting is rare: 1 in 100.",
    ),
];

fn registries() -> Registries {
    let mut registries = Registries::default();
    for (name, text) in REGISTRIES {
        let path = SitePath::new(&format!("content/{name}")).unwrap();
        let found = registries.read(name, &Source::new(path, *text));
        assert!(!crate::diag::has_errors(&found), "{name}: {found:?}");
    }
    registries
}

fn config(text: &str) -> Config {
    let (config, found) = config::parse(&Source::new(SitePath::new("needlepoint.toml").unwrap(), text));
    assert!(!crate::diag::has_errors(&found), "{found:?}");
    config
}

fn page_of(path: &str, text: &str, config: &Config) -> Page {
    assemble(&Source::new(SitePath::new(path).unwrap(), text), config).0
}

fn found_in(path: &str, text: &str, config: &Config) -> Vec<Diagnostic> {
    let registries = registries();
    static RULES: OnceLock<RuleSet> = OnceLock::new();
    let rules = RULES.get_or_init(|| RuleSet::new(default_rules()));
    let knowledge = Knowledge::new(config, &registries, rules);
    page(&page_of(path, text, config), &knowledge, jiff::civil::date(2026, 11, 21))
}

fn text_of(kind: &str, (key, value, body): (&str, &str, &str)) -> String {
    let front = FRONT.replace("KIND", kind);
    let front = if key.is_empty() { front } else { front.replacen(key, value, 1) };
    format!("+++\n{front}+++\n{body}\n")
}

#[test]
fn each_code_is_raised_by_one_page_and_not_by_another() {
    let config = config(CONFIG);
    let mut wrong = Vec::new();
    for case in CASES {
        for (page, expected) in [(case.bad, true), (case.good, false)] {
            let found = found_in("content/articles/a.md", &text_of(case.kind, page), &config);
            let hits: Vec<_> = found.iter().filter(|finding| finding.code.as_str() == case.code).collect();
            if hits.is_empty() == expected {
                let codes: Vec<&str> = found.iter().map(|finding| finding.code.as_str()).collect();
                wrong.push(format!("{} expected {expected}: {codes:?}", case.code));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_of_the_review_has_a_case() {
    let groups = ["review", "claims", "safety", "structure", "plain language"];
    let ruled = default_rules().into_iter().map(|rule| rule.code.as_str().to_owned());
    let mut tried: BTreeSet<String> = ruled.chain(CASES.iter().map(|case| case.code.to_owned())).collect();
    // These have tests of their own below.
    for own in [
        "changed-since-review",
        "duplicate-title",
        "missing-policy-page",
        "hard-to-read",
        "harder-section",
        "long-section",
    ] {
        tried.insert(own.to_owned());
    }
    let untried: Vec<&str> = all_codes()
        .filter(|info| groups.contains(&info.group) && !tried.contains(info.code))
        .map(|info| info.code)
        .collect();
    assert!(untried.is_empty(), "{untried:?}");
}

fn codes(found: &[Diagnostic]) -> Vec<&str> {
    found.iter().map(|finding| finding.code.as_str()).collect()
}

#[test]
fn a_hard_page_and_its_hardest_section_are_reported() {
    let config = config(CONFIG);
    let easy = "You lie down. You rest. We put a thin needle in the sore spot. You may feel a twitch. \n\n"
        .repeat(8);
    let hard =
        "Individualized multidisciplinary rehabilitation necessitates comprehensive interprofessional \
                communication regarding musculoskeletal deterioration. "
            .repeat(8);
    let found = found_in(
        "content/articles/a.md",
        &text_of("explainer", ("", "", &format!("{easy}\n## Hard\n\n{hard}"))),
        &config,
    );
    assert!(
        codes(&found).contains(&"hard-to-read") && codes(&found).contains(&"harder-section"),
        "{found:?}"
    );
    assert!(found.iter().all(|finding| finding.severity != Severity::Error));
    let found = found_in("content/articles/a.md", &text_of("explainer", ("", "", &easy)), &config);
    assert!(!codes(&found).contains(&"hard-to-read"));
}

#[test]
fn a_long_section_needs_a_list_or_subheading() {
    let config = config(CONFIG);
    let long = "## A\n\n".to_owned() + &"You lie down and rest. You may feel sore.\n\n".repeat(30);
    let found = found_in("content/articles/a.md", &text_of("explainer", ("", "", &long)), &config);
    assert!(codes(&found).contains(&"long-section"));
    let found = found_in(
        "content/articles/a.md",
        &text_of("explainer", ("", "", &format!("{long}\n- item\n"))),
        &config,
    );
    assert!(!codes(&found).contains(&"long-section"));
}

#[test]
fn a_changed_word_is_a_change_since_the_review_and_white_space_is_not() {
    let config = config(CONFIG);
    let hash = |body: &str| {
        let registries = registries();
        let rules = RuleSet::new([]);
        let knowledge = Knowledge::new(&config, &registries, &rules);
        let page = page_of("content/articles/signed.md", &text_of("treatment", ("", "", body)), &config);
        reviewed_text(&Subject::new(&page, &knowledge, jiff::civil::date(2026, 11, 21)))
    };
    assert_eq!(hash("It [helps](/a/) some people."), hash("It  [helps](/b/)\nsome *people*."));
    assert_ne!(hash("It helps some people."), hash("It helps most people."));
    let text = text_of("treatment", ("", "", "Ask."));
    assert!(codes(&found_in("content/articles/signed.md", &text, &config)).contains(&"changed-since-review"));
    assert!(!codes(&found_in("content/articles/other.md", &text, &config)).contains(&"changed-since-review"));
}

/// The article's faults are found each at its place, and nothing else is.
#[test]
fn a_bad_article_is_found_out_line_by_line() {
    let text = include_str!("fixtures/bad-article.md");
    let path = "content/articles/bad.md";
    let source = Source::new(SitePath::new(path).unwrap(), text);
    let found = found_in(path, text, &config(CONFIG));
    let place = |finding: &Diagnostic| {
        let at = source.position(finding.primary.span.start);
        format!("{}:{} {}", at.line, at.column, finding.code)
    };
    let mut found: Vec<String> = found.iter().map(place).collect();
    let mut expected: Vec<&str> = include_str!("fixtures/bad-article.txt").lines().collect();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn checks_of_health_leave_other_pages_alone() {
    let config = config(CONFIG);
    let text = text_of("page", ("reviewer = \"rev\"\n", "", "It cures pain. It is safe."));
    assert!(found_in("content/articles/a.md", &text, &config).is_empty());
}

#[test]
fn a_provider_may_not_make_claims_that_a_publisher_is_warned_of() {
    let text = text_of("explainer", ("", "", "A [breakthrough](/a/)."));
    let severity = |config: &Config| {
        let found = found_in("content/articles/a.md", &text, config);
        found.iter().find(|finding| finding.code.as_str() == "hype").map(|finding| finding.severity)
    };
    assert_eq!(severity(&config(CONFIG)), Some(Severity::Warning));
    let provider = format!("publisher = {{ name = \"Clinic\", kind = \"provider\" }}\n{CONFIG}");
    assert_eq!(severity(&config(&provider)), Some(Severity::Error));
}

#[test]
fn an_overdue_review_is_an_error_after_the_grace() {
    let config = config(CONFIG);
    let severity = |reviewed: &str| {
        let text = text_of("treatment", ("2026-10-01", reviewed, "Ask."));
        let found = found_in("content/articles/a.md", &text, &config);
        found.iter().find(|finding| finding.code.as_str() == "review-overdue").map(|finding| finding.severity)
    };
    assert_eq!(severity("2025-10-01"), Some(Severity::Warning));
    assert_eq!(severity("2025-08-01"), Some(Severity::Error));
}

#[test]
fn a_site_with_a_publisher_states_its_policies_and_no_title_twice() {
    let text = format!("publisher = {{ name = \"P\", kind = \"publisher\" }}\n{CONFIG}");
    let config = config(&text);
    let registries = registries();
    let rules = RuleSet::new([]);
    let knowledge = Knowledge::new(&config, &registries, &rules);
    let article =
        |path: &str| page_of(path, &text_of("treatment", ("", "", "Ask.")), &config).interface.clone();
    let pages = [article("content/articles/a.md"), article("content/articles/b.md")];
    let found = site(pages.iter().map(|page| &**page), &knowledge);
    assert_eq!(codes(&found).iter().filter(|code| **code == "missing-policy-page").count(), 6);
    assert_eq!(codes(&found).iter().filter(|code| **code == "duplicate-title").count(), 1);
    let about = "+++\ntitle = \"About\"\n+++\n## Editorial process\n\n## Disclaimer\n\n## Privacy\n\n## Contact\n\n## Funding\n\n## Advertising\n";
    let about = page_of("content/about.md", about, &config).interface.clone();
    let found = site([&*pages[0], &*about], &knowledge);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn any_text_is_checked_without_panic() {
    let config = config(CONFIG);
    let odd = [
        "",
        "-",
        "—",
        "1-",
        "-1",
        "1–",
        "$",
        "$1-",
        "% 1%",
        "1 in",
        "in 1",
        "(",
        "\"",
        "A. B. C.",
        "é–é 1–2é",
        "|a|\n|-|\n|",
        "[](x)",
        "![](x)",
        "[@new]",
        "{{ care(id=\"none\") }}",
        "{% care() %}{% end %}",
        "#\n##\n###",
        "> [!WARNING]\n>",
        "日本語 1日–2日",
        "\u{FEFF}\u{200B}\u{AD}",
        "cure\u{301} 100%\u{301}",
        "1 out of 2 out of 3",
        "US U.S. USs PT's",
    ];
    for kind in ["treatment", "condition", "comparison", "guide", "faq", "page", "none"] {
        for text in odd {
            for finding in found_in("content/articles/a.md", &text_of(kind, ("", "", text)), &config) {
                let span = finding.primary.span;
                assert!(span.start <= span.end);
            }
        }
    }
}
