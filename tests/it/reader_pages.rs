use std::collections::BTreeSet;
use std::fs;

use crate::rendering::{FOLDER, Files, attributes, built, main_of, site, small_site};

/// A file of the small site with some words changed.
fn changed(path: &str, changes: &[(&str, &str)]) -> String {
    let mut text = fs::read_to_string(format!("{FOLDER}/{path}")).unwrap();
    for (old, new) in changes {
        assert!(text.contains(old), "{path} holds {old}");
        text = text.replace(old, new);
    }
    text
}

fn with(changes: &[(&str, &str)]) -> Files {
    let (files, wrong) = built(&site(changes));
    assert!(wrong.is_empty(), "{wrong:#?}");
    files
}

#[test]
fn nobody_has_reviewed_what_waits_for_a_reviewer_to_be_named() {
    let files = small_site();
    let page = &files["articles/cost/index.html"];
    assert!(page.contains("Not yet reviewed by a clinician."));
    for claim in
        ["Page last reviewed", "lastReviewed", "reviewedBy", "Next review due", "past its review date"]
    {
        assert!(!page.contains(claim), "{claim}");
    }
    assert!(!main_of(&files["people/kim/index.html"]).contains("Pages reviewed"));
    assert!(!main_of(&files["index.html"]).contains("Reviewed"));
    assert!(!main_of(&files["index.html"]).contains("Kim Lee"), "nobody to be named writes here");

    let named = changed("content/articles/cost.md", &[("\"kim\"", "\"ana\""), ("2025-11-01", "2026-11-01")]);
    let files = with(&[("content/articles/cost.md", &named)]);
    let page = &files["articles/cost/index.html"];
    assert!(page.contains("Page last reviewed:") && page.contains("\"lastReviewed\":\"2026-11-01\""));
    assert!(!page.contains("Not yet reviewed"));
    assert!(main_of(&files["people/ana/index.html"]).contains("Pages reviewed"));
    assert!(main_of(&files["index.html"]).contains("Reviewed <time datetime=\"2026-11-01\">"));
}

#[test]
fn care_cards_of_a_condition_stand_after_the_lead_and_once() {
    let order = |page: &str, parts: &[&str]| {
        let places: Vec<usize> =
            parts.iter().map(|part| page.find(part).unwrap_or_else(|| panic!("{part}"))).collect();
        assert!(places.is_sorted(), "{parts:?} stand at {places:?}");
    };
    let text = changed(
        "content/conditions/neck-pain.md",
        &[("An ache.", "An ache.\n\n## When to get help\n\nSoon.\n\n{{ care(id=\"lung\") }}\n")],
    );
    let files = with(&[("content/conditions/neck-pain.md", &text)]);
    let page = main_of(&files["conditions/neck-pain/index.html"]);
    let link = "<p><a href=\"#care-emergency\">Look at “Call 911 now if:” at the top of this page.</a></p>";
    order(
        page,
        &[
            "class=\"lead\"",
            "id=\"care-emergency\"",
            "<h2 id=\"what-it-is\">",
            "id=\"when-to-get-help\"",
            link,
        ],
    );
    assert_eq!(page.matches("class=\"care ").count(), 1);

    // A card of the text alone is taken out of it; a second one of its level stays.
    let card = |text: &str| {
        format!("{{% care(level=\"urgent\", heading=\"Call today if:\") %}}\n- {text}\n{{% end %}}\n")
    };
    let body = format!("An ache.\n\n{}\n{}", card("it is hot"), card("it is cold"));
    let text = changed("content/conditions/elbow-pain.md", &[("An ache.", &body)]);
    let files = with(&[("content/conditions/elbow-pain.md", &text)]);
    let page = main_of(&files["conditions/elbow-pain/index.html"]);
    order(
        page,
        &[
            "class=\"lead\"",
            "id=\"care-urgent\"",
            "it is hot",
            "<h2 id=\"what-it-is\">",
            "#care-urgent",
            "it is cold",
        ],
    );
    assert_eq!(page.matches("it is hot").count(), 1);
    // In an article the card stands where its author put it.
    let text =
        changed("content/articles/session.md", &[("Your neck", "{{ care(id=\"lung\") }}\n\nYour neck")]);
    let page = with(&[("content/articles/session.md", &text)])["articles/session/index.html"].clone();
    assert!(page.contains("<h3 id=\"care-1\""), "{page}");
}

#[test]
fn what_studies_say_stands_where_the_text_speaks_of_them() {
    let config = changed("needlepoint.toml", &[]);
    let config = format!(
        "{config}\n[[kinds.condition.sections]]\naspect = \"evidence\"\nheadings = [\"Where needling fits\"]\n"
    );
    let text = changed(
        "content/conditions/neck-pain.md",
        &[("An ache.", "An ache.\n\n## Where needling fits\n\nSome.\n\n## Other help\n\nMuch.\n")],
    );
    let page = with(&[("needlepoint.toml", &config), ("content/conditions/neck-pain.md", &text)])["conditions/neck-pain/index.html"].clone();
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words}"));
    assert!(at("<h2 id=\"where-needling-fits\">") < at("class=\"evidence\""));
    assert!(at("class=\"evidence\"") < at("<h2 id=\"other-help\">"));
}

#[test]
fn every_citation_is_named_by_its_reference() {
    for path in ["articles/cost/index.html", "conditions/neck-pain/index.html"] {
        let files = small_site();
        let page = main_of(&files[path]);
        let (text, references) = page.split_once("<ol class=\"references\">").unwrap();
        let cited: Vec<&str> = attributes(text, "id").filter(|id| id.starts_with("cite-")).collect();
        let links: BTreeSet<&str> = attributes(references, "href").collect();
        assert_eq!(text.matches("class=\"cite\"").count(), cited.len(), "{path}");
        assert!(!cited.is_empty(), "{path}");
        for id in cited {
            assert!(links.contains(&*format!("#{id}")), "{path}: {id}");
        }
    }
}

#[test]
fn the_handout_tells_the_address_of_whatever_looks_like_a_link() {
    let files = small_site();
    let page = main_of(&files["articles/session/index.html"]);
    // A name that became a link by itself is a word like others on paper; what the author linked has its address.
    assert!(page.contains("data-auto") && !page.contains("<li>Neck pain: https://"), "{page}");
    let text = changed("content/articles/session.md", &[("Your neck", "[Needles](cost.md) and your neck")]);
    let files = with(&[("content/articles/session.md", &text)]);
    let linked = main_of(&files["articles/session/index.html"]);
    assert!(linked.contains("<li>Needles: https://example.org/health/articles/cost/</li>"), "{linked}");
    assert!(page.contains("<dt>trigger point</dt>") || page.contains("<dt>Trigger point</dt>"), "{page}");
}

#[test]
fn every_page_says_what_it_is_to_those_who_show_links() {
    let files = small_site();
    let mut seen = BTreeSet::new();
    let made = ["body/", "tags/", "people/", "conditions/index", "glossary/", "references/", "questions/"];
    let is_made = |path: &str| made.iter().any(|start| path.starts_with(start)) && path.ends_with(".html");
    for (path, html) in files.iter().filter(|(path, _)| is_made(path)) {
        let line = |start: &str| html.lines().find(|line| line.starts_with(start)).map(str::to_owned);
        let description = line("<meta name=\"description\"");
        let description = description.unwrap_or_else(|| panic!("{path} has no description"));
        assert!(line("<meta property=\"og:description\"").is_some(), "{path}");
        assert!(seen.insert(description.clone()), "{path}: {description}");
    }
    for (path, kind) in [
        ("index.html", "website"),
        ("articles/index.html", "website"),
        ("articles/cost/index.html", "article"),
        ("conditions/neck-pain/index.html", "article"),
        ("body/neck/index.html", "website"),
        ("tags/money/index.html", "website"),
        ("people/ana/index.html", "profile"),
    ] {
        assert!(files[path].contains(&format!("<meta property=\"og:type\" content=\"{kind}\">")), "{path}");
    }
}

#[test]
fn questions_are_grouped_by_what_they_are_about() {
    let faq = "+++\ntitle = \"FAQ\"\nkind = \"faq\"\ndescription = \"Answers.\"\ntags = [\"basics\"]\n+++\n\n\
        ## How much is it?\n\nSee [the prices](cost.md).\n\n## What is it?\n\nNeedles.\n";
    let files = with(&[("content/articles/faq.md", faq)]);
    let page = main_of(&files["questions/index.html"]);
    let group = |title: &str| {
        let start = page.find(&format!(">{title}</h2>")).unwrap_or_else(|| panic!("{title}: {page}"));
        page[start..].split("</section>").next().unwrap().to_owned()
    };
    assert!(group("Money").contains("Can I pay later?") && group("Money").contains("How much is it?"));
    assert!(group("Basics").contains("What is it?") && !group("Basics").contains("How much is it?"));
}

#[test]
fn a_condition_of_a_group_leads_to_each_region_and_names_it_in_the_list() {
    let neck = changed("content/conditions/neck-pain.md", &[("region = \"neck\"", "region = \"arm\"")]);
    let files = with(&[("content/conditions/neck-pain.md", &neck)]);
    let page = main_of(&files["conditions/neck-pain/index.html"]);
    for region in ["elbow", "forearm"] {
        assert!(page.contains(&format!("<a href=\"/health/body/{region}/\">")), "{region}: {page}");
    }
    let list = main_of(&files["conditions/index.html"]);
    assert!(list.contains("Neck pain</a><span class=\"on-paper\"> https://example.org/health/conditions/neck-pain/</span> <span class=\"soft\">Elbow, Forearm</span>"), "{list}");
}

#[test]
fn a_region_with_a_care_card_and_no_condition_leads_to_help() {
    let regions = changed("content/regions.toml", &[]);
    let regions = format!(
        "{regions}\n[[region]]\nid = \"chest\"\nlabel = \"Chest\"\nviews = [\"front\"]\norder = 4\ncare = \"lung\"\n\n[[region]]\nid = \"knee\"\nlabel = \"Knee\"\nviews = [\"front\"]\norder = 5\n"
    );
    let help = changed(
        "content/articles/session.md",
        &[("Your neck", "## When to get help {aspect=when-to-get-help}\n\nYour neck")],
    );
    let files = with(&[("content/regions.toml", &regions), ("content/articles/session.md", &help)]);
    assert!(main_of(&files["body/index.html"]).contains("href=\"/health/body/chest/\" data-r=\"chest\"><span>Chest</span> <span class=\"soft\">When to get help"));
    let page = main_of(&files["body/chest/index.html"]);
    assert!(page.contains("you are short of breath"));
    assert!(page.contains("href=\"/health/articles/session/#when-to-get-help\""), "{page}");
    assert!(!files.contains_key("body/knee/index.html"), "a region of which nothing is known has no page");
}

#[test]
fn a_to_z_names_no_other_name_beside_the_first() {
    let text = changed(
        "content/conditions/neck-pain.md",
        &[("[\"Cervicalgia\"]", "[\"Cervicalgia\", \"Neck ache\", \"Long-lasting neck pain\"]")],
    );
    let files = with(&[("content/conditions/neck-pain.md", &text)]);
    let page = main_of(&files["conditions/index.html"]);
    assert!(page.contains("Cervicalgia, see <a") && page.contains("Long-lasting neck pain, see <a"));
    assert!(!page.contains("Neck ache"), "it would stand beside Neck pain");
}

#[test]
fn a_long_list_of_pages_waits_until_it_is_asked_for() {
    let files = small_site();
    assert!(main_of(&files["glossary/index.html"]).contains("<dd class=\"used\">Used on: <a"));
    let article = "+++\ntitle = \"Page\"\n+++\n\nA trigger point is tender. [@lee2024]\n";
    let paths: Vec<String> = (1..=6).map(|number| format!("content/articles/more-{number}.md")).collect();
    let changes: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), article)).collect();
    let (files, _) = built(&site(&changes));
    let glossary = main_of(&files["glossary/index.html"]);
    assert!(glossary.contains("<summary>Used on: 7 pages</summary>"), "{glossary}");
    let references = main_of(&files["references/index.html"]);
    assert!(
        references.contains("<summary>Cited on: ") && references.contains(" pages</summary>"),
        "{references}"
    );
}

#[test]
fn a_section_that_leads_to_a_page_is_no_mention_of_it() {
    let index = changed("content/articles/_index.md", &[]) + "\nStart with [your session](session.md).\n";
    let plain = changed("content/articles/plain.md", &[]) + "\nSee [your session](session.md).\n";
    let files = with(&[("content/articles/_index.md", &index), ("content/articles/plain.md", &plain)]);
    let page = main_of(&files["articles/session/index.html"]);
    let mentioned = page.split("<h2>Mentioned in</h2>").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(mentioned.contains("/articles/plain/") && !mentioned.contains("Start with"), "{mentioned}");
}

#[test]
fn hosts_keep_the_files_of_the_index_and_ask_for_its_module_each_time() {
    let files = small_site();
    let headers = &files["_headers"];
    let rule = |path: &str| {
        let mut lines = headers.lines().skip_while(|line| !line.ends_with(path));
        lines.nth(1).expect(path).trim().to_owned()
    };
    assert_eq!(rule("/search/*.txt"), "Cache-Control: public, max-age=31536000, immutable");
    assert_eq!(rule("/search/*.js"), "Cache-Control: no-cache");
    assert_eq!(rule("/search/*.json"), "Cache-Control: no-cache");
}

#[test]
fn what_studies_say_has_its_place_in_the_list_of_contents() {
    let text = "+++\ntitle = \"Neck pain\"\nkind = \"condition\"\n[[evidence]]\noutcome = \"pain\"\n+++\n\n\
        ## What it is\n\nA pain.\n\n## What the evidence says\n\nLittle.\n\n### More\n\n## What else helps\n\nTo move.\n";
    let rule =
        "[[kinds.condition.sections]]\naspect = \"evidence\"\nheadings = [\"What the evidence says\"]\n";
    let config = format!("{}\n{rule}", changed("needlepoint.toml", &[]));
    let page = with(&[("needlepoint.toml", &config), ("content/conditions/neck-pain.md", text)])
        ["conditions/neck-pain/index.html"]
        .clone();
    let contents = page.split_once("<nav class=\"toc\"").unwrap().1.split_once("</nav>").unwrap().0;
    let leads: Vec<&str> =
        contents.split("href=\"").skip(1).map(|link| link.split_once('"').unwrap().0).collect();
    assert_eq!(leads, ["#what-it-is", "#what-the-evidence-says", "#study-results", "#what-else-helps"]);
    let at = |id: &str| page.find(&format!("id=\"{id}\"")).unwrap();
    assert!(
        at("what-the-evidence-says") < at("study-results") && at("study-results") < at("what-else-helps")
    );
}
