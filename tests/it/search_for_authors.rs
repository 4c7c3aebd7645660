//! Search as authors use it: from the terminal, in each language, and held by `content/search-tests.toml`.

use std::fs;
use std::process::{Command, Output};

use crate::scratch::{Scratch, tree};

const FIXTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/three-languages");

/// The site in three languages, with these search tests.
fn three_languages(tests: &str) -> Scratch {
    let scratch = Scratch::new();
    for (path, bytes) in tree(FIXTURE.into()) {
        if let Some(bytes) = bytes.filter(|_| !path.starts_with(".needlepoint")) {
            scratch.write(&path, bytes);
        }
    }
    scratch.write("content/search-tests.toml", tests);
    scratch
}

fn run(scratch: &Scratch, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_needlepoint"));
    command.args(arguments).current_dir(scratch.path()).env("SOURCE_DATE_EPOCH", "1790000000");
    command.output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The addresses that a search finds.
fn found(scratch: &Scratch, arguments: &[&str]) -> Vec<String> {
    let output = run(scratch, &[&["search", "--json"], arguments].concat());
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let results = answer["results"].as_array().unwrap();
    results.iter().map(|result| result["page"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn each_language_is_searched_in_itself() {
    let site = three_languages("");
    assert_eq!(found(&site, &["cuello"]), [""; 0]);
    assert_eq!(found(&site, &["cuello", "--language", "es"])[0], "/es/conditions/neck-pain/");
    assert_eq!(found(&site, &["cuello", "--language", "ES"])[0], "/es/conditions/neck-pain/");
    assert_eq!(found(&site, &["الألم", "--language", "ar"]), ["/ar/articles/soreness/"]);
    assert_eq!(found(&site, &["neck", "--language", "en"]), found(&site, &["neck"]));
}

#[test]
fn a_language_that_no_page_has_is_named_with_those_there_are() {
    let output = run(&three_languages(""), &["search", "cuello", "--language", "fr"]);
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    assert!(said.contains("the site has no pages in the language `fr`"), "{said}");
    assert!(said.contains("it has pages in `en`, `ar`, `es`"), "{said}");
}

/// What a check says of the search tests, a line for each finding.
fn findings(tests: &str) -> Vec<String> {
    let output = run(&three_languages(tests), &["check", "--format", "short"]);
    let said = text(&output.stdout) + &text(&output.stderr);
    said.lines().filter(|line| line.contains("search-tests.toml")).map(str::to_owned).collect()
}

#[test]
fn a_search_test_is_answered_in_the_language_of_its_page() {
    let test = |query, page| format!("[[test]]\nquery = \"{query}\"\nfirst = \"{page}\"\n");
    let spanish = test("cuello", "/es/conditions/neck-pain/");
    let arabic = test("الألم", "/ar/articles/soreness/");
    assert_eq!(findings(&(spanish + &arabic)), [""; 0]);
    let wrong = findings(&test("neck", "/es/conditions/neck-pain/"));
    assert_eq!(wrong.len(), 1, "{wrong:?}");
    assert!(wrong[0].contains("does not find `/es/conditions/neck-pain/` first"), "{wrong:?}");
}

#[test]
fn an_address_that_is_none_of_a_page_is_told_apart() {
    let check = |address: &str, words: &str| {
        let said = findings(&format!("[[test]]\nquery = \"neck\"\nfirst = \"{address}\"\n"));
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].contains(words), "{said:?}");
    };
    check("neck-pain", "is not the address of a page, which starts with `/`");
    check("neck-pain#signs", "is not the address of a page, which starts with `/`");
    check("/conditions/neck-pain/#what-it-is", "is a place in a page, and a search test names the page");
    check("/conditions/nek-pain/", "nothing lies at the address");
}

#[test]
fn the_way_out_of_an_address_with_an_anchor_is_the_address_without_it() {
    let tests = "[[test]]\nquery = \"neck\"\nfirst = \"/conditions/neck-pain/#what-it-is\"\n";
    let output = run(&three_languages(tests), &["check"]);
    let said = text(&output.stderr) + &text(&output.stdout);
    assert!(said.contains("write `/conditions/neck-pain/`, without the part from `#` on"), "{said}");
}

/// docs/search.md tells all that an answer holds, and all options of the command.
#[test]
fn the_page_about_search_is_whole() {
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/search.md")).unwrap();
    let output = run(&three_languages(""), &["search", "neck", "--json"]);
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    for object in [&answer, &answer["results"][0]] {
        for name in object.as_object().unwrap().keys() {
            assert!(page.contains(&format!("`{name}`")), "docs/search.md does not tell of `{name}`");
        }
    }
    for option in ["--language", "--explain", "--json"] {
        assert!(page.contains(option), "docs/search.md does not tell of {option}");
    }
}

/// The search page of the default theme finds the care card for what a reader typed.
#[test]
fn care_cards_are_found_however_an_emergency_is_put() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/js/care.test.mjs");
    assert!(fs::exists(script).unwrap());
    let run = Command::new("node").args(["--test", script]).output();
    let run = run.expect("Node is needed to try the search page's module; tests/run installs it");
    assert!(run.status.success(), "{}", text(&run.stdout));
}
