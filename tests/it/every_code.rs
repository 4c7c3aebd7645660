use std::fs;
use std::path::Path;

use needlepoint::check::rules::test_examples;
use needlepoint::diag::{Diagnostic, all_codes};
use needlepoint::files::{AssetFile, SiteFiles};
use needlepoint::name::SitePath;
use needlepoint::pipeline::{self};

use crate::inputs::{self, source};

/// A code with the texts of a site that raises it and of one that nearly does; each is put over the same small site.
struct Case {
    code: &'static str,
    bad: (&'static str, &'static str),
    good: (&'static str, &'static str),
}

/// The two sites differ in the body of an article.
const fn body(code: &'static str, bad: &'static str, good: &'static str) -> Case {
    file(code, "content/a.md", bad, good)
}

/// The two sites differ in a file; an article without front matter gets one.
const fn file(code: &'static str, path: &'static str, bad: &'static str, good: &'static str) -> Case {
    Case { code, bad: (path, bad), good: (path, good) }
}

const CONFIG: &str = "title = \"T\"\nbase_url = \"https://example.org\"\n[folders]\nconditions = \"condition\"\n\
                      [markdown]\nraw_html = false\n";
const RAW: &str = "title = \"T\"\nbase_url = \"https://example.org\"\n[markdown]\nraw_html = true\n";

/// The codes that no other test raises beside a page that nearly does.
const CASES: &[Case] = &[
    body("unknown-aspect", "## A {aspect=risk}", "## A {aspect=risks}"),
    body("duplicate-anchor", "## A {#x}\n\n## B {#x}", "## A {#x}\n\n## A"),
    body("empty-link", "[words]()", "[words](b.md) and [words](#top)"),
    body("link-to-draft", "[words](draft.md)", "[words](b.md)"),
    body("unknown-scheme", "[words](foo:bar)", "[words](tel:911)"),
    body("malformed-citation", "Text [@one; two].", "Text [one; two]."),
    body("missing-alt", "![](x.svg)", "![](x.svg \"decorative\")"),
    body("raw-html", "A <b>word</b>.", "A < b and `<b>`."),
    body("script-in-content", "[words](javascript:alert)", "[words](b.md) `javascript:alert`"),
    body("undefined-reference", "See [words][none].", "See [words][b].\n\n[b]: b.md"),
    body("unused-footnote", "Text.\n\n[^1]: Note.", "Text.[^1]\n\n[^1]: Note."),
    file(
        "unknown-region",
        "content/conditions/c.md",
        "+++\ntitle = \"C\"\nregion = \"nek\"\n+++\n",
        "+++\ntitle = \"C\"\nregion = \"neck\"\n+++\n",
    ),
    file(
        "tags-share-address",
        "content/a.md",
        "+++\ntitle = \"A\"\ntags = [\"C++\", \"C#\"]\n+++\n",
        "+++\ntitle = \"A\"\ntags = [\"Neck pain\", \"Neck pains\"]\n+++\n",
    ),
    file(
        "search-test-failed",
        "content/search-tests.toml",
        "[[test]]\nquery = \"second\"\nfirst = \"/a/\"\n",
        "[[test]]\nquery = \"second\"\nfirst = \"/b/\"\n",
    ),
    file(
        "search-test-page",
        "content/search-tests.toml",
        "[[test]]\nquery = \"second\"\nfirst = \"/c/\"\n",
        "[[test]]\nquery = \"second\"\namong = \"/b/\"\n",
    ),
    file(
        "unused-synonym",
        "content/synonyms.toml",
        "[[synonym]]\nwords = [\"third\", \"next to last\"]\n",
        "[[synonym]]\nwords = [\"third\", \"texts\"]\n",
    ),
    file(
        "malformed-rule",
        "content/rules.toml",
        "[[rule]]\nname = \"r\"\ncode = \"Our Rule\"\nmessage = \"m\"\npatterns = [\"a\"]\n",
        "[[rule]]\nname = \"r\"\ncode = \"our-rule\"\nmessage = \"m\"\npatterns = [\"zzz\"]\nhit = [\"zzz\"]\npass = [\"y\"]\n",
    ),
    file(
        "untested-rule",
        "content/rules.toml",
        "[[rule]]\nname = \"r\"\ncode = \"r\"\nmessage = \"m\"\npatterns = [\"zzz\"]\nhit = [\"zzz\"]\n",
        "[[rule]]\nname = \"r\"\ncode = \"r\"\nmessage = \"m\"\npatterns = [\"zzz\"]\nhit = [\"zzz\"]\npass = [\"y\"]\n",
    ),
    file(
        "failed-rule-example",
        "content/rules.toml",
        "[[rule]]\nname = \"r\"\ncode = \"r\"\nmessage = \"m\"\npatterns = [\"zzz\"]\nhit = [\"zz\"]\npass = [\"y\"]\n",
        "[[rule]]\nname = \"r\"\ncode = \"r\"\nmessage = \"m\"\npatterns = [\"zzz\"]\nhit = [\"A zzz.\"]\npass = [\"y\"]\n",
    ),
    file("template-syntax", "templates/article.html", "{% if %}", "{% if page %}{% endif %}"),
    file("template-error", "templates/article.html", "{{ page.nothing.more }}", "{{ page.title }}"),
    file(
        "template-loop",
        "templates/article.html",
        "{% include \"article.html\" %}",
        "{% include \"partials/footer.html\" %}",
    ),
    file(
        "unused-template",
        "templates/artcle.html",
        "{{ page.title }}",
        "{% component own() %}x{% endcomponent own %}",
    ),
    file(
        "blocked-by-policy",
        "templates/shortcodes/own.html",
        "<p style=\"color: red\">x</p>",
        "<p class=\"style\">x</p>",
    ),
    file(
        "unknown-word",
        "templates/i18n/es.toml",
        "serch = \"Buscar\"\n[js]\nclose = \"Cerrar\"\n",
        "search = \"Buscar\"\ndirection = \"ltr\"\n[kinds]\nown = \"Propio\"\n",
    ),
    file("theme-asset", "assets/css/own.css", "p { color: }}}", "p { color: red }"),
    file(
        "unknown-theme",
        "needlepoint.toml",
        "title = \"T\"\nbase_url = \"https://example.org\"\ntheme = \"fancy\"\n",
        "title = \"T\"\nbase_url = \"https://example.org\"\ntheme = \"default\"\n",
    ),
];

/// The codes of everything that is wrong with a site of these texts.
fn codes(texts: &[(&str, &str)]) -> Vec<String> {
    findings(texts).iter().map(|finding| finding.code.to_string()).collect()
}

/// Everything that is wrong with a site of these texts: found at once, by its search, by its rules' own examples, or when
/// its pages are rendered.
fn findings(texts: &[(&str, &str)]) -> Vec<Diagnostic> {
    let base = [
        ("needlepoint.toml", CONFIG),
        ("content/_index.md", "+++\ntitle = \"Home\"\n+++\n"),
        ("content/a.md", "+++\ntitle = \"First\"\n+++\nText.\n"),
        ("content/b.md", "+++\ntitle = \"Second\"\n+++\nText.\n"),
        ("content/draft.md", "+++\ntitle = \"Later\"\ndraft = true\n+++\nText.\n"),
        ("content/regions.toml", "[[region]]\nid = \"neck\"\nlabel = \"Neck\"\n"),
    ];
    let is_over = |path: &str| texts.iter().any(|(over, _)| *over == path);
    let all = base.iter().filter(|(path, _)| !is_over(path)).chain(texts);
    let whole = |(path, text): &(&str, &str)| {
        let needs_front = path.ends_with(".md") && !text.starts_with("+++");
        let text =
            if needs_front { format!("+++\ntitle = \"First\"\n+++\n{text}\n") } else { (*text).to_owned() };
        source(path, text)
    };
    let picture = SitePath::new("content/x.svg").unwrap();
    let assets = vec![AssetFile::in_memory(picture, b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec())];
    let files = SiteFiles::new(all.map(whole).collect(), assets, Vec::new());
    let settings = inputs::published();
    let site = pipeline::build(files, settings, None, &|_| {});
    let mut found = site.diagnostics().to_vec();
    found.extend(site.search_findings());
    found.extend(test_examples(site.rules().rules()));
    let (rendering, shared) = site.rendering();
    found.extend_from_slice(shared);
    for output in rendering.outputs().iter().filter(|output| output.path.as_str().ends_with(".html")) {
        found.extend(rendering.render(output).err().unwrap_or_default());
    }
    found
}

#[test]
fn each_code_is_raised_by_one_site_and_not_by_another() {
    let mut wrong = Vec::new();
    for case in CASES {
        for (text, expected) in [(case.bad, true), (case.good, false)] {
            let found = codes(&[text]);
            if found.iter().any(|code| code == case.code) != expected {
                wrong.push(format!("{} expected {expected}: {found:?}", case.code));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn limits_of_markdown_are_reported() {
    for (code, bad, good) in [
        ("nesting-too-deep", "> ".repeat(500), "> ".repeat(300)),
        ("too-many-elements", "# a\n\n".repeat(5_100), "# a\n\n".repeat(4_900)),
    ] {
        let found =
            |body: &str| codes(&[("content/a.md", &format!("{body}text"))]).contains(&code.to_owned());
        assert!(found(&bad) && !found(&good), "{code}");
    }
}

#[test]
fn raw_html_is_no_finding_where_it_is_allowed_and_script_always_is() {
    let found = |body| codes(&[("needlepoint.toml", RAW), ("content/a.md", body)]);
    assert!(!found("A <b>word</b>.").iter().any(|code| code == "raw-html" || code == "script-in-content"));
    assert!(found("A <b onclick=\"x()\">word</b>.").contains(&"script-in-content".to_owned()));
}

/// No code goes without a test that names it: as its text, or as its constant.
#[test]
fn every_code_is_named_in_a_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut tests = String::new();
    for folder in ["src", "tests/it"] {
        for entry in walkdir::WalkDir::new(root.join(folder)).into_iter().flatten() {
            let path = entry.path();
            let name = path.to_string_lossy().replace('\\', "/");
            let Ok(text) = fs::read_to_string(path) else { continue };
            let is_test = name.contains("/tests/") || name.ends_with("/tests.rs");
            // The rules' own examples raise and nearly raise their codes.
            let is_pack = name.ends_with("check/rules/default.toml");
            match text.find("#[cfg(test)]") {
                _ if is_test || is_pack => tests.push_str(&text),
                Some(at) if name.ends_with(".rs") => tests.push_str(&text[at..]),
                _ => {}
            }
        }
    }
    let is_named =
        |code: &str| tests.contains(code) || tests.contains(&code.replace('-', "_").to_uppercase());
    let missing: Vec<&str> = all_codes().map(|info| info.code).filter(|code| !is_named(code)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn a_page_of_a_misspelt_kind_is_read_as_the_kind_that_was_meant() {
    let config = format!("{CONFIG}[kinds.explainer]\nrequired = [\"description\"]\n");
    let found = |kind: &str| {
        let page = format!("+++\ntitle = \"A page\"\nkind = \"{kind}\"\n+++\nText.\n");
        codes(&[("needlepoint.toml", &config), ("content/c.md", &page)])
    };
    assert_eq!(found("explainer"), ["missing-required-key"]);
    assert_eq!(found("explaner"), ["missing-required-key", "unknown-kind"]);
    assert_eq!(found("xyz"), ["unknown-kind"]);
}

#[test]
fn a_kind_that_is_like_no_other_is_told_all_that_there_are() {
    let found = findings(&[("content/c.md", "+++\ntitle = \"A page\"\nkind = \"xyz\"\n+++\nText.\n")]);
    let helps: Vec<Option<&str>> = found.iter().map(|finding| finding.help.as_deref()).collect();
    assert_eq!(helps, [Some("known are `explainer`, `comparison`, `guide`, `faq`, `condition`, `page`")]);
}
