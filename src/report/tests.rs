//! Golden drawings, one for each form, over the same findings.

use super::*;
use crate::diag::Code;

fn path(path: &str) -> SitePath {
    SitePath::new(path).unwrap()
}

const ARTICLE: &str = "+++\ntilte = \"Cost\"\n+++\n\nA session costs $40.\n";
const FACTS: &str = "[session-cost]\nvalue = 30\n";

fn sources(file: &SitePath) -> Option<Source> {
    match file.as_str() {
        "content/articles/cost.md" => Some(Source::new(file.clone(), ARTICLE)),
        "content/facts.toml" => Some(Source::new(file.clone(), FACTS)),
        _ => None,
    }
}

fn findings() -> Vec<Diagnostic> {
    let article = path("content/articles/cost.md");
    let at = |text: &str, words: &str| {
        let start = text.find(words).unwrap();
        Span::new(start, start + words.len())
    };
    let key = at(ARTICLE, "tilte");
    vec![
        Diagnostic::new(Code::new("conflicting-figure"), &article, at(ARTICLE, "$40"), "`$40` is not `$30`")
            .with_label("here it is 40")
            .with_secondary(&path("content/facts.toml"), at(FACTS, "value = 30"), "the fact says 30")
            .with_note("the same figure is used on 3 pages")
            .with_help("write `{{ fact(id=\"session-cost\") }}`"),
        Diagnostic::new(Code::new("unknown-key"), &article, key, "unknown key `tilte`")
            .with_severity(Severity::Error)
            .with_help("did you mean `title`?")
            .with_edit(key, "title"),
        Diagnostic::new(Code::new("invalid-utf8"), &path("content/a b.md"), Span::default(), "not UTF-8"),
    ]
}

fn drawn(format: Format) -> String {
    draw(&findings(), &sources, format, Style::default())
}

#[test]
fn full_shows_excerpts_of_all_files_and_the_change() {
    insta::assert_snapshot!(drawn(Format::Full));
}

#[test]
fn short_gives_one_line_each() {
    insta::assert_snapshot!(drawn(Format::Short));
}

#[test]
fn json_is_stable() {
    insta::assert_snapshot!(drawn(Format::Json));
}

#[test]
fn sarif_is_stable() {
    insta::assert_snapshot!(drawn(Format::Sarif));
}

#[test]
fn sarif_keeps_to_the_schema_of_the_standard() {
    // One pattern of the schema, that of a language, has a bracket too many; the standard's errata mend it.
    let schema = include_str!("../../tests/data/sarif-2.1.0.schema.json");
    let schema = schema.replace("^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$", "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$");
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let own =
        Diagnostic::new(Code::from_rule("our-own-rule"), &path("content/ü,%:.md"), Span::default(), "x");
    let odd = Diagnostic::new(Code::new("x"), &path("content/articles/cost.md"), Span::new(0, 9999), "y");
    for found in [findings(), vec![own.with_severity(Severity::Info), odd], Vec::new()] {
        let mut log = serde_json::from_str(&draw(&found, &sources, Format::Sarif, Style::default())).unwrap();
        let wrong: Vec<String> = validator.iter_errors(&log).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{wrong:#?} in {log:#}");
        // The schema does look: a result may not go without its message, nor have a key of our own.
        for (key, value) in [("message", serde_json::Value::Null), ("code", "x".into())] {
            if let Some(result) = log["runs"][0]["results"].get_mut(0) {
                result[key] = value;
                assert!(!validator.is_valid(&log));
                log["runs"][0]["results"] = serde_json::json!([]);
            }
        }
    }
}

#[test]
fn github_escapes_what_would_end_a_command() {
    insta::assert_snapshot!(drawn(Format::Github));
    let file = path("content/a,b.md");
    let finding = Diagnostic::new(Code::new("x"), &file, Span::default(), "100%\n::error::hostile");
    let drawn = draw(&[finding], &|_| None, Format::Github, Style::default());
    assert_eq!(drawn.lines().count(), 1);
    assert!(drawn.contains("file=content/a%2Cb.md") && drawn.contains("100%25%0A::error"));
}

#[test]
fn colour_comes_only_when_asked_for() {
    assert!(!drawn(Format::Full).contains('\u{1b}'));
    let style = Style { color: true, ..Style::default() };
    assert!(draw(&findings(), &sources, Format::Full, style).contains('\u{1b}'));
    assert!(draw(&findings(), &sources, Format::Short, style).contains('\u{1b}'));
    assert!(!draw(&findings(), &sources, Format::Json, style).contains("\\u001b"));
}

#[test]
fn a_hostile_message_cannot_steer_the_terminal() {
    let finding = Diagnostic::new(
        Code::new("x"),
        &path("content/articles/cost.md"),
        Span::new(0, 3),
        "red \u{1b}[31m and\nnew line",
    )
    .with_help("\u{1b}]0;title\u{7}");
    for format in [Format::Full, Format::Short] {
        let drawn = draw(std::slice::from_ref(&finding), &sources, format, Style::default());
        assert!(!drawn.contains('\u{1b}'), "{drawn}");
    }
}

#[test]
fn odd_spans_are_cut_to_the_text() {
    let file = path("content/articles/cost.md");
    for span in [Span::new(0, 9999), Span::new(9999, 10_000), Span::new(4, 4), Span::new(0, ARTICLE.len())] {
        let finding = Diagnostic::new(Code::new("x"), &file, span, "odd").with_edit(span, "new");
        for format in [Format::Full, Format::Short, Format::Json, Format::Sarif, Format::Github] {
            assert!(!draw(std::slice::from_ref(&finding), &sources, format, Style::default()).is_empty());
        }
    }
}

#[test]
fn the_summary_counts_by_level_and_file() {
    assert_eq!(summary(&findings()), "2 errors and 1 warning in 2 files");
    assert_eq!(summary(&[]), "no findings");
    assert_eq!(summary(&findings()[..1]), "1 warning in 1 file");
}

#[test]
fn explain_prints_no_markdown_marks() {
    let info = Code::new("invalid-utf8").info().unwrap();
    let text = explain(info, Style::default());
    assert!(text.starts_with("invalid-utf8 (error, files)\n"));
    assert!(text.contains("\nWhy it matters\n") && !text.contains("##"));
}

#[test]
fn a_baseline_hides_what_it_knows_and_no_more() {
    let known = draw(&findings()[1..2], &sources, Format::Json, Style::default());
    let twice = [&findings()[..], &findings()[1..2]].concat();
    let new = Baseline::parse(&known).unwrap().new_findings(&twice);
    let codes: Vec<&str> = new.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(codes, ["conflicting-figure", "invalid-utf8", "unknown-key"]);
    assert!(Baseline::parse("{}").is_err());
    // Tomorrow's count of days is the same finding.
    let overdue = |days: u8| {
        let message = format!("the review was due on 2026-10-01, {days} days ago");
        Diagnostic::new(Code::new("review-overdue"), &path("content/a.md"), Span::default(), message)
    };
    let known = draw(&[overdue(9)], &sources, Format::Json, Style::default());
    assert!(Baseline::parse(&known).unwrap().new_findings(&[overdue(10)]).is_empty());
}
