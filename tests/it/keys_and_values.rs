//! Each diagnostic of front matter, configuration and registries: a text that raises it, and one that nearly does.

use needlepoint::config;
use needlepoint::diag::{self, Diagnostic};
use needlepoint::front_matter;
use needlepoint::page;
use needlepoint::registry::{FILES, Registries};
use needlepoint::source::{Source, Span};
use needlepoint::typed::Spanned;

use proptest::prelude::*;

use crate::inputs::source;

/// Reads a file as its path says; articles are checked as explainers that require a description.
fn read(path: &str, text: &str) -> (Source, Vec<Diagnostic>) {
    let source = source(path, text);
    let found = if path.ends_with(".md") {
        let (front_matter, mut found) = front_matter::parse(&source);
        let required = [Spanned::new("description".to_owned(), Span::default())];
        found.extend(front_matter::check_required(&front_matter, &required, source.path()));
        found.extend(front_matter::check_condition_keys(&front_matter, false, source.path()));
        found
    } else if path == "needlepoint.toml" {
        let (config, mut found) = config::parse(&source);
        found.extend(page::check_kinds(&config, source.path()));
        found
    } else {
        Registries::default().read(path.strip_prefix("content/").unwrap(), &source)
    };
    (source, found)
}

/// The codes found with the text that each points at.
fn seen(path: &str, text: &str) -> Vec<(String, String)> {
    let (source, found) = read(path, text);
    found
        .iter()
        .map(|finding| (finding.code.as_str().to_owned(), source.slice(finding.primary.span).to_owned()))
        .collect()
}

/// An article with these lines in its front matter.
fn toml(lines: &str) -> String {
    format!("+++\ntitle = \"T\"\ndescription = \"D\"\n{lines}\n+++\nBody\n")
}

fn yaml(lines: &str) -> String {
    format!("---\ntitle: T\ndescription: D\n{lines}\n---\nBody\n")
}

/// Path, text that raises the code, where it points, text that nearly raises it.
fn fixtures() -> Vec<(&'static str, &'static str, String, &'static str, String)> {
    let a = "content/a.md";
    let conf = "needlepoint.toml";
    let site = |lines: &str| format!("title = \"T\"\nbase_url = \"https://a.org\"\n{lines}");
    vec![
        (
            "missing-front-matter",
            a,
            "Words".into(),
            "Words",
            "\u{FEFF}\n+++\ntitle = \"T\"\ndescription = \"D\"\n+++".into(),
        ),
        (
            "unclosed-front-matter",
            a,
            "+++\ntitle = \"T\"\n".into(),
            "+++",
            "+++\r\ntitle = \"T\"\r\ndescription = \"D\"\r\n+++ \r\n".into(),
        ),
        ("front-matter-too-large", a, toml(&"# x\n".repeat(17_000)), "+++", toml(&"# x\n".repeat(15_000))),
        ("syntax-error", a, toml("slug = x"), "x", toml("slug = 'x'")),
        ("syntax-error", a, yaml("template: *x"), "", yaml("template: '*x'")),
        ("duplicate-key", a, toml("title = \"U\""), "title", toml("extra.title = \"U\"")),
        ("duplicate-key", a, yaml("title: U"), "title", yaml("extra: { title: U }")),
        (
            "nested-too-deeply",
            a,
            toml(&format!("extra.a = {}1{}", "[".repeat(32), "]".repeat(32))),
            "[1]",
            toml(&format!("extra.a = {}1{}", "[".repeat(29), "]".repeat(29))),
        ),
        (
            "nested-too-deeply",
            a,
            yaml(&format!("extra: {}1{}", "[".repeat(33), "]".repeat(33))),
            "[",
            yaml(&format!("extra: {{ a: {}1{} }}", "[".repeat(29), "]".repeat(29))),
        ),
        (
            "too-many-values",
            "content/synonyms.toml",
            format!("synonym = [{}]", "{words=['a','b']},".repeat(60_000)),
            "",
            format!("synonym = [{}]", "{words=['a','b']},".repeat(40_000)),
        ),
        ("unknown-key", a, toml("reviwed = 2026-11-21"), "reviwed", toml("reviewed = 2026-11-21")),
        ("unknown-key", a, yaml("reviwed: 2026-11-21"), "reviwed", yaml("reviewed: 2026-11-21")),
        ("wrong-type", a, toml("weight = \"3\""), "\"3\"", toml("weight = 3")),
        ("wrong-type", a, yaml("tags: one"), "one", yaml("tags: [no, 012, 2026-01-01, true]")),
        (
            "unknown-value",
            a,
            toml("kind = \"page\"\n[[evidence]]\ncertainty = \"medium\""),
            "\"medium\"",
            toml("extra.certainty = \"medium\""),
        ),
        ("empty-value", a, toml("template = \" \""), "\" \"", toml("template = \"x\"")),
        ("empty-value", a, yaml("date:"), "", yaml("tags:")),
        ("wrong-type", a, yaml("how_made: 3"), "3", yaml("how_made: three")),
        ("tag-without-letters", a, toml("tags = [\"???\"]"), "\"???\"", toml("tags = [\"C#\"]")),
        ("missing-required-key", a, "+++\ntitle = \"T\"\n+++".into(), "title", toml("")),
        ("bad-date", a, toml("date = \"2026-02-30\""), "\"2026-02-30\"", toml("date = \"2028-02-29\"")),
        ("bad-date", a, toml("date = 2026-02-30 # day"), "2026-02-30", toml("date = 2026-02-28 # day")),
        ("bad-date", a, toml("date = 11/21/2026"), "11/21/2026", toml("")),
        ("bad-date", a, yaml("date: 11/21/2026"), "11/21/2026", yaml("date: 2026-11-21T10:00:00Z")),
        ("bad-period", a, toml("review_every = \"12\""), "\"12\"", toml("review_every = \"1 year\"")),
        ("bad-id", a, toml("reviewer = \"Jane Roe\""), "\"Jane Roe\"", toml("reviewer = \"jane-roe\"")),
        ("bad-address", a, toml("path = \"/a/../b/\""), "\"/a/../b/\"", toml("path = \"/a/b/\"")),
        ("bad-address", a, toml("slug = \"a/b\""), "\"a/b\"", toml("slug = \"a-b\"")),
        (
            "title-too-long",
            a,
            format!("+++\ntitle = \"{}\"\ndescription = \"D\"\n+++", "é".repeat(301)),
            "",
            format!("+++\ntitle = \"{}\"\ndescription = \"D\"\n+++", "é".repeat(300)),
        ),
        (
            "too-many-aliases",
            a,
            toml(&format!("aliases = [{}]", "'/a/',".repeat(101))),
            "aliases",
            toml(&format!("aliases = [{}]", "'/a/',".repeat(100))),
        ),
        ("key-for-conditions-only", a, toml("region = \"neck\""), "region", toml("extra.region = \"neck\"")),
        (
            "bad-base-url",
            conf,
            "base_url = \"a.org\"".into(),
            "\"a.org\"",
            "title = \"T\"\nbase_url = \"https://a.org/\"".into(),
        ),
        ("missing-base-url", conf, "title = \"T\"".into(), "", site("")),
        ("missing-required-key", conf, String::new(), "", site("")),
        (
            "unknown-required-key",
            conf,
            site("[kinds.own]\nrequired = [\"descripton\"]"),
            "\"descripton\"",
            site("[kinds.own]\nrequired = [\"description\", \"region\"]"),
        ),
        ("bad-language", conf, site("language = \"English\""), "\"English\"", site("language = \"en-US\"")),
        (
            "unknown-kind",
            conf,
            site("[folders]\na = \"explaner\""),
            "\"explaner\"",
            site("[folders]\na = \"own\"\n[kinds.own]\nlabel = \"Own\""),
        ),
        (
            "unknown-kind",
            conf,
            site("[checks.kind.fax]\n\"bad-date\" = \"off\""),
            "fax",
            site("[checks.kind.faq]\n\"bad-date\" = \"off\""),
        ),
        (
            "unknown-check",
            conf,
            site("[checks]\n\"bad-dates\" = \"off\""),
            "\"bad-dates\"",
            site("[checks]\n\"bad-date\" = \"off\""),
        ),
        (
            "too-many-navigation-items",
            conf,
            site(&"[[navigation]]\ntitle = 'A'\npath = '/a/'\n".repeat(6)),
            "navigation",
            site(&"[[navigation]]\ntitle = 'A'\npath = '/a/'\n".repeat(5)),
        ),
        (
            "bibliography-syntax",
            "content/references.yml",
            "a:\n  type: Article\n  date: soon".into(),
            "soon",
            "a:\n  type: Article\n  date: 2024".into(),
        ),
        (
            "duplicate-entry",
            "content/references.yml",
            "a: { type: Book }\na: { type: Book }".into(),
            "a",
            "a: { type: Book }\nb: { type: Book }".into(),
        ),
        (
            "duplicate-entry",
            "content/regions.toml",
            "[[region]]\nid = 'a'\nlabel = 'A'\n".repeat(2),
            "'a'",
            "[[region]]\nid = 'a'\nlabel = 'A'\n[[region]]\nid = 'b'\nlabel = 'A'".into(),
        ),
        (
            "malformed-identifier",
            "content/people.toml",
            "[a]\nname = 'A'\norcid = '0000-0002-1825-0098'".into(),
            "'0000-0002-1825-0098'",
            "[a]\nname = 'A'\norcid = '0000-0002-1825-0097'".into(),
        ),
        ("fact-without-value", "content/facts.toml", "[a]\ntext = 'x'".into(), "a", "[a]\nvalue = 1".into()),
        (
            "reversed-range",
            "content/facts.toml",
            "[a]\nrange = [3, 2]".into(),
            "[3, 2]",
            "[a]\nrange = [2, 2]".into(),
        ),
        (
            "unsafe-address",
            "content/people.toml",
            "[a]\nname = 'A'\nurl = 'javascript:alert(1)'".into(),
            "'javascript:alert(1)'",
            "[a]\nname = 'A'\nurl = 'https://a.org'".into(),
        ),
        (
            "search-test-without-page",
            "content/search-tests.toml",
            "[[test]]\nquery = 'a'".into(),
            "[[test]]",
            "[[test]]\nquery = 'a'\namong = '/a/'".into(),
        ),
    ]
}

#[test]
fn each_code_is_raised_where_it_should_be_and_not_beside() {
    for (code, path, raises, place, nearly) in fixtures() {
        let seen_in_it = seen(path, &raises);
        let hit = seen_in_it.iter().find(|(found, _)| found == code);
        let Some((_, text)) = hit else {
            panic!("{code} is not raised in {raises:.200}: {seen_in_it:.500?}")
        };
        if !place.is_empty() {
            assert_eq!(text, place, "the place of {code}");
        }
        assert_eq!(seen(path, &nearly), [], "{code} nearly: {nearly:.200}");
    }
}

#[test]
fn each_code_of_these_chapters_has_a_fixture_and_an_explanation() {
    let fixtures = fixtures();
    // Raised for a folder, not for a text.
    let elsewhere = ["missing-configuration", "missing-content"];
    for info in diag::all_codes()
        .filter(|info| !elsewhere.contains(&info.code))
        .filter(|info| ["front matter", "config", "registry"].contains(&info.group))
    {
        assert!(fixtures.iter().any(|(code, ..)| *code == info.code), "{} has no fixture", info.code);
        for heading in ["## Why it matters\n", "## Example\n", "## Instead\n"] {
            assert!(info.explanation.contains(heading), "{} has no {heading}", info.code);
        }
        assert!(info.summary().ends_with('.'), "{}", info.code);
    }
}

#[test]
fn one_run_reports_everything_with_places_in_the_whole_file() {
    let text = "\u{FEFF}+++\r\ntilte = \"Ä\"\r\nreviewed = \"soon\"\r\nauthors = \"jane\"\r\n+++\r\nBody";
    let (source, found) = read("content/a.md", text);
    let seen: Vec<String> = found
        .iter()
        .map(|finding| {
            let place = source.position(finding.primary.span.start);
            format!("{}:{} {} {}", place.line, place.column, finding.code, finding.message)
        })
        .collect();
    assert_eq!(
        seen,
        [
            "2:1 unknown-key unknown key `tilte`",
            "3:12 bad-date `soon` in `reviewed` is not a date",
            "4:11 wrong-type `authors` is text, and must be a list",
            "2:1 missing-required-key the front matter has no `title`",
            "2:1 missing-required-key the front matter has no `description`",
        ]
    );
    assert_eq!(found[0].help.as_deref(), Some("did you mean `title`?"));
}

#[test]
fn toml_and_yaml_give_the_same_front_matter() {
    let toml = "+++\ntitle = \"no\"\nslug = \"012\"\nreviewed = 2026-11-21\ntags = [\"a b\", \"true\"]\nweight = -3\ndraft = true\nsearch = false\nwaivers = { long-sentence = \"a quote\" }\nhistory = [{ date = 2026-01-02, text = \"First.\" }]\nextra = { key_message = \"K\", n = 1.5 }\nregion = \"neck\"\n[[evidence]]\ncertainty = \"very low\"\nrefs = [\"a\"]\n+++\n";
    let yaml = "---\ntitle: no\nslug: 012\nreviewed: 2026-11-21\ntags:\n  - a b\n  - true\nweight: -3\ndraft: true\nsearch: false\nwaivers: { long-sentence: a quote }\nhistory:\n  - date: 2026-01-02\n    text: First.\nextra:\n  key_message: K\n  n: 1.5\nregion: neck\nevidence:\n  - certainty: very low\n    refs: [a]\n---\n";
    let plain = |text: &str| {
        let (front_matter, found) = front_matter::parse(&source("content/a.md", text));
        assert_eq!(found, []);
        let condition = front_matter.condition.unwrap();
        (
            [front_matter.title, front_matter.slug, front_matter.tags.last().cloned()]
                .map(|text| text.unwrap().value),
            (
                front_matter.reviewed.unwrap().value,
                front_matter.weight,
                front_matter.draft,
                front_matter.search,
            ),
            (front_matter.waivers[0].code.clone(), front_matter.waivers[0].reason.clone()),
            (front_matter.history[0].date.value, front_matter.history[0].text.clone(), front_matter.extra),
            (condition.region.unwrap().value, condition.evidence[0].certainty.as_ref().unwrap().value),
            front_matter.keys.into_iter().map(|(key, _)| key).collect::<Vec<_>>(),
        )
    };
    assert_eq!(plain(toml), plain(yaml));
    assert_eq!(plain(yaml).0, ["no", "012", "true"]);
}

#[test]
fn toml_and_yaml_give_the_same_findings() {
    for (toml_line, yaml_line) in [
        ("date = 2026-02-30", "date: 2026-02-30"),
        ("date = \"\"", "date:"),
        ("how_made = 3", "how_made: 3"),
        ("how_made = \"\"", "how_made:"),
        ("how_made = \"a\0\"", "how_made: a\0"),
        ("tags = 3", "tags: 3"),
        ("draft = \"yes\"", "draft: yes"),
        ("weight = \"x\"", "weight: x"),
        ("tilte = 1", "tilte: 1"),
    ] {
        let codes = |text: &str| -> Vec<String> {
            seen("content/a.md", text).into_iter().map(|(code, _)| code).collect()
        };
        let (first, second) = (codes(&toml(toml_line)), codes(&yaml(yaml_line)));
        assert_eq!(first, second, "{toml_line}");
        assert_eq!(first.len(), 1, "{toml_line}: {first:?}");
    }
}

#[test]
fn a_broken_block_is_not_asked_for_keys() {
    for text in ["+++\ntitle = \n+++\n", "---\ntitle: [\n---\n", "+++\ntitle = x y\n+++\n"] {
        let codes: Vec<String> = seen("content/a.md", text).into_iter().map(|(code, _)| code).collect();
        assert_eq!(codes, ["syntax-error"], "{text}");
    }
}

#[test]
fn deep_and_long_texts_are_refused_in_time() {
    let long = 200_000;
    let texts = [
        ("content/facts.toml", format!("{}a = 1", "a.".repeat(long))),
        ("content/facts.toml", format!("[{}a]", "a.".repeat(long))),
        ("content/facts.toml", format!("[[{}a]]", "a.".repeat(long))),
        ("content/facts.toml", format!("a = {}", "[".repeat(long))),
        ("content/facts.toml", format!("a = {}", "{a=".repeat(long))),
        ("content/facts.toml", format!("a = \"{}", "\\".repeat(long))),
        ("content/references.yml", "[".repeat(long)),
        ("content/references.yml", "{a: ".repeat(long)),
        ("content/references.yml", "- ".repeat(long)),
        ("content/references.yml", "? ".repeat(long)),
        ("content/references.yml", format!("a: &a [x]\n{}", "b: *a\n".repeat(1_000))),
        ("content/references.bib", format!("@book{{a, title={}", "{".repeat(long))),
        ("content/references.bib", format!("@book{{a, title={}{}}}", "{".repeat(long), "}".repeat(long))),
        ("content/references.bib", "@book{a,title={x}}".repeat(2_000)),
    ];
    // What went through each level again for the next would not come to its end.
    for (path, text) in texts {
        assert!(!read(path, &text).1.is_empty(), "{path}: {text:.40}");
    }
}

/// Pieces that parsers stumble over.
fn pieces() -> impl Strategy<Value = String> {
    const PIECES: [&str; 60] = [
        "+++",
        "---",
        "\n",
        "\r\n",
        "\n\n",
        "  ",
        "\t",
        "title",
        "reviewed",
        "evidence",
        "withdrawn",
        "kinds",
        "checks",
        "region",
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        "=",
        " = ",
        ":",
        ": ",
        ",",
        "- ",
        "\"",
        "'",
        "\"\"\"",
        "'''",
        "#",
        "&a ",
        "*a",
        "!x ",
        "|\n",
        ">\n",
        "? ",
        "%YAML 1.2\n",
        "...",
        "<<: ",
        "2026-11-21",
        "2026-99-99",
        "1e999",
        "-9223372036854775809",
        "0x",
        "nan",
        "true",
        "no",
        "~",
        "é",
        "\u{FEFF}",
        "\u{202E}",
        "\u{0}",
        "\\u0000",
        "@book{",
        "type: Article\n",
        "title: $x$ {",
        "author: ",
        "\\",
        "😀",
    ];
    prop::collection::vec(
        prop_oneof![prop::sample::select(&PIECES[..]).prop_map(str::to_owned), ".{0,3}"],
        0..40,
    )
    .prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_without_panic_and_places_lie_inside(text in pieces(), more in pieces()) {
        let articles = [text.clone(), format!("+++\n{text}\n+++\n{more}"), format!("---\n{text}\n---\n{more}")];
        let files = FILES.iter().map(|file| (format!("content/{file}"), text.clone()));
        let articles = articles.into_iter().map(|text| ("content/a.md".to_owned(), text));
        for (path, text) in files.chain(articles).chain([("needlepoint.toml".to_owned(), text.clone())]) {
            let (source, found) = read(&path, &text);
            for finding in found {
                let places = finding.secondary.iter().map(|label| label.span).chain([finding.primary.span]);
                for span in places {
                    prop_assert!(source.text().get(span.range()).is_some(), "{} {span:?} in {path}: {text:?}", finding.code);
                }
            }
        }
    }

    #[test]
    fn front_matter_and_body_lie_inside(text in pieces()) {
        let source = source("content/a.md", format!("+++\n{text}"));
        let (front_matter, _) = front_matter::parse(&source);
        prop_assert!(source.text().get(front_matter.body.range()).is_some());
        prop_assert!(source.text().get(front_matter.block.range()).is_some());
        prop_assert!(front_matter.block.end <= front_matter.body.start);
    }
}
