//! What the preview shows and tells an author while the site is being worked on: broken, mended, not published yet.

use needlepoint::diag::{Diagnostic, INVALID_UTF8};
use needlepoint::files::{Change, SiteFiles};
use needlepoint::name::{SitePath, UrlPath};
use needlepoint::pipeline::{self, Settings};
use needlepoint::serve::{About, Answer, Marked, Problem, SiteView, View};
use needlepoint::source::Span;

use crate::inputs::{self, files};

const CONFIG: &str = "title = \"T\"\nbase_url = \"https://example.org\"\n[kinds.recipe]\nlabel = \"Recipe\"\n\
                      [folders]\nrecipes = \"recipe\"\n";
const HOME: &str = "+++\ntitle = \"Home\"\n+++\nWelcome.\n";

fn view(texts: &[(&str, &str)]) -> SiteView {
    let settings = inputs::with_drafts();
    SiteView::new(pipeline::build_unreviewed(files(texts), settings, None, &|_| {}), "/somewhere".into())
}

fn about(view: &SiteView, address: &str) -> About {
    view.about(&UrlPath::new(address).unwrap())
}

/// The text of an address that is in order.
#[track_caller]
fn page(view: &SiteView, address: &str) -> String {
    match view.answer(&UrlPath::new(address).unwrap()) {
        Answer::Content(bytes) => String::from_utf8(bytes.to_vec()).unwrap(),
        other => panic!("{address}: {other:?}"),
    }
}

fn codes(problems: &[Problem]) -> Vec<(&str, &str)> {
    problems.iter().map(|problem| (problem.code.as_str(), problem.file.as_str())).collect()
}

#[test]
fn the_bar_of_home_and_of_lists_is_that_of_their_file() {
    let home = "+++\ntitle = \"Home\"\n+++\nSome words here, and a [dead end](nowhere.md).\n";
    let condition = "+++\ntitle = \"Neck pain\"\nkind = \"condition\"\n+++\nIt hurts.\n";
    let view = view(&[
        ("needlepoint.toml", CONFIG),
        ("content/_index.md", home),
        ("content/conditions/_index.md", "+++\ntitle = \"All of them\"\n+++\nFrom A to Z.\n"),
        ("content/conditions/neck-pain.md", condition),
    ]);
    let about_home = about(&view, "/");
    assert_eq!(about_home.file.as_deref(), Some("content/_index.md"));
    assert!(codes(&about_home.problems).contains(&("dead-link", "content/_index.md")), "{about_home:?}");
    assert!(about_home.elsewhere.iter().all(|other| other.file != "content/_index.md"));
    assert_eq!(about_home.words, 7);
    assert_eq!(about(&view, "/conditions/").file.as_deref(), Some("content/conditions/_index.md"));
    let elsewhere = about(&view, "/conditions/neck-pain/").elsewhere;
    let place = |other: &needlepoint::serve::Elsewhere| (other.file.clone(), other.line, other.url.clone());
    assert_eq!(
        elsewhere.iter().map(place).collect::<Vec<_>>(),
        [("content/_index.md".to_owned(), 4, Some("/".to_owned()))]
    );
}

#[test]
fn a_home_page_that_cannot_be_read_is_broken_like_any_other() {
    let view =
        view(&[("needlepoint.toml", CONFIG), ("content/_index.md", "+++\ntitle = \"Home\n+++\nWelcome.\n")]);
    assert!(matches!(view.answer(&UrlPath::root()), Answer::Broken(Some(_))));
    let told = about(&view, "/");
    let cause = told.cause.unwrap();
    assert_eq!((cause.file.as_str(), cause.line), ("content/_index.md", 2));
    assert_eq!(told.shown, "You see what can be made of the page.");
    let mended = [("needlepoint.toml", CONFIG), ("content/_index.md", HOME)];
    let told = about(&view.with_files(files(&mended)), "/");
    assert_eq!((told.cause, told.shown), (None, ""));
    // Settings that were broken from the start.
    let told = about(&self::view(&[("needlepoint.toml", "title = \"T"), mended[1]]), "/");
    assert_eq!(
        (codes(&told.problems), told.shown),
        (vec![("syntax-error", "needlepoint.toml")], "You see what can be made of the site without it.")
    );
}

#[test]
fn with_a_broken_configuration_the_settings_of_before_stay_in_use() {
    let recipe = "+++\ntitle = \"Soup\"\nkind = \"recipe\"\n+++\nStir.\n";
    let texts =
        [("needlepoint.toml", CONFIG), ("content/_index.md", HOME), ("content/recipes/soup.md", recipe)];
    let good = view(&texts);
    let before = page(&good, "/recipes/soup/");
    assert_eq!(codes(&about(&good, "/").problems), []);
    let mut latest = good.with_files(files(&texts[1..]));
    for (broken, code, line) in [
        (None, "missing-configuration", 1),
        (Some("title = \"T\nbase_url = \"https://example.org\"\n"), "syntax-error", 1),
        (Some("title = \"T\"\nbase_url = \"https://example.org\"\nkindss = 1\n"), "unknown-key", 3),
        (Some("title = \"T\"\nbase_url = \"https://example.org\"\ntheme = \"gone\"\n"), "unknown-theme", 1),
    ] {
        let config = broken.map(|text| ("needlepoint.toml", text));
        let edited = recipe.replace("Stir", "Cook");
        let article = ("content/recipes/soup.md", edited.as_str());
        let texts: Vec<_> = config.into_iter().chain([texts[1], article]).collect();
        latest = latest.with_files(files(&texts));
        assert_eq!(page(&latest, "/recipes/soup/"), before.replace("Stir", "Cook"), "{code}");
        let told = about(&latest, "/recipes/soup/");
        assert_eq!(codes(&told.problems), [(code, "needlepoint.toml")]);
        assert!(told.elsewhere.is_empty(), "{code}: {:?}", told.elsewhere);
        let cause = told.cause.unwrap();
        assert_eq!((cause.code.as_str(), cause.line), (code, line));
        assert_eq!(codes(&latest.errors()), [(code, "needlepoint.toml")]);
    }
    let mended = latest.with_files(files(&[
        ("needlepoint.toml", &CONFIG.replace("\"T\"", "\"New\"")),
        texts[1],
        texts[2],
    ]));
    let told = about(&mended, "/recipes/soup/");
    assert!(told.problems.is_empty() && told.cause.is_none(), "{told:?}");
    assert!(page(&mended, "/recipes/soup/").contains("New"));
}

#[test]
fn a_file_that_cannot_be_read_breaks_nothing_else() {
    let condition = "+++\ntitle = \"Neck pain\"\nkind = \"condition\"\npath = \"/neck/\"\n+++\nIt hurts.\n";
    let article = "+++\ntitle = \"A\"\nconditions = [\"neck-pain\"]\n+++\nIt costs {{ fact(id=\"cost\") }}. See [there](/neck/).\n";
    let facts = "[cost]\nvalue = 40\nunit = \"USD\"\ntext = \"$40\"\n";
    let texts = |condition: &str, facts: &str, article: &str| {
        files(&[
            ("needlepoint.toml", CONFIG),
            ("content/_index.md", HOME),
            ("content/conditions/neck-pain.md", condition),
            ("content/facts.toml", facts),
            ("content/a.md", article),
        ])
    };
    let settings = inputs::with_drafts();
    let site = pipeline::build_unreviewed(texts(condition, facts, article), settings, None, &|_| {});
    let good = SiteView::new(site, "/somewhere".into());
    let kept = page(&good, "/neck/");
    let known = good.errors();
    let broken = |found: &SiteView| {
        let found = found.errors();
        let new: Vec<Problem> = found.into_iter().filter(|found| !known.contains(found)).collect();
        let mut new: Vec<String> = codes(&new).into_iter().map(|(_, file)| file.to_owned()).collect();
        new.dedup();
        new
    };
    // Its address, and what it means to others, stay; the rest of the site goes on.
    let half_written = "+++\ntitle = \"Neck pain\nkind = \"condition\"\n+++\nIt hurts.\n";
    let edited = article.replace("It costs", "You pay");
    let next = good.with_files(texts(half_written, facts, &edited));
    assert!(
        matches!(next.answer(&UrlPath::new("/neck/").unwrap()), Answer::Stale(bytes) if *bytes == *kept.as_bytes())
    );
    assert!(page(&next, "/a/").contains("You pay"));
    assert_eq!(broken(&next), ["content/conditions/neck-pain.md"]);
    assert_eq!(about(&next, "/neck/").cause.unwrap().line, 2);
    // A second file breaks, then the first is mended.
    let next = next.with_files(texts(half_written, "[cost]\nvalue = \"40", &edited));
    assert_eq!(broken(&next), ["content/conditions/neck-pain.md", "content/facts.toml"]);
    assert!(page(&next, "/a/").contains("$40"));
    let next = next.with_files(texts(condition, "[cost]\nvalue = \"40", &edited));
    assert_eq!(broken(&next), ["content/facts.toml"]);
    assert_eq!(page(&next, "/neck/"), kept);
    let next = next.with_files(texts(condition, &facts.replace("40", "50"), &edited));
    assert_eq!(broken(&next), [""; 0]);
    assert!(page(&next, "/a/").contains("$50"));
}

#[test]
fn one_mistake_in_a_template_is_one_error_at_every_address() {
    for (path, text, code) in [
        ("templates/base.html", "<p>{% if %}</p>", "template-syntax"),
        ("templates/partials/footer.html", "<p>{{ site.title </p>", "template-syntax"),
        ("templates/partials/footer.html", "<p>{{ site.title | uper }}</p>", "template-error"),
        ("templates/partials/care-card.html", "{% for %}", "template-syntax"),
    ] {
        let article = "+++\ntitle = \"A\"\n+++\nWords.\n";
        let good =
            view(&[("needlepoint.toml", CONFIG), ("content/_index.md", HOME), ("content/a.md", article)]);
        let files = files(&[
            ("needlepoint.toml", CONFIG),
            ("content/_index.md", HOME),
            ("content/a.md", article),
            (path, text),
        ]);
        let from_the_start = SiteView::new(
            pipeline::build_unreviewed(files.clone(), good.site().settings().clone(), None, &|_| {}),
            "/somewhere".into(),
        );
        let broken = good.with_files(files);
        for address in ["/", "/a/", "/search/", "/404.html"] {
            // The look stays as it last was; where there was none, no page can be shown.
            assert_eq!(page(&broken, address), page(&good, address));
            from_the_start.answer(&UrlPath::new(address).unwrap());
            for view in [&broken, &from_the_start] {
                assert_eq!(codes(&about(view, address).problems), [(code, path)], "{address}");
                assert_eq!(codes(&view.errors()), [(code, path)]);
                let cause = about(view, address).cause.unwrap();
                assert_eq!((cause.code.as_str(), cause.file.as_str()), (code, path));
            }
        }
        assert!(matches!(from_the_start.answer(&UrlPath::root()), Answer::Broken(None)));
    }
}

#[test]
fn the_bar_counts_words_as_the_page_does() {
    let article = "+++\ntitle = \"A\"\nkind = \"explainer\"\n+++\n## Why it's so\n\nOne – two, `three` four-five six.\n\n\
                   | a | b |\n| - | - |\n| c | d e |\n\n```text\nnot counted at all\n```\n";
    let article = format!("{article}\n{}", "Many words to read here. ".repeat(120));
    let view = view(&[("needlepoint.toml", CONFIG), ("content/_index.md", HOME), ("content/a.md", &article)]);
    let (told, page) = (about(&view, "/a/"), page(&view, "/a/"));
    let counted = page.split("\"wordCount\":").nth(1).unwrap();
    let counted: usize = counted.split(|c: char| !c.is_ascii_digit()).next().unwrap().parse().unwrap();
    assert_eq!(told.words, counted);
    assert_eq!(told.minutes, 4);
    assert!(page.contains(&format!("{} min", told.minutes)), "{page}");
}

#[test]
fn drafts_and_pages_of_the_future_are_marked_and_drafts_are_found() {
    let texts = [
        ("needlepoint.toml", CONFIG),
        ("content/_index.md", HOME),
        (
            "content/a b.md",
            "+++\ntitle = \"Zither\"\npath = \"/zither/ä/\"\ndraft = true\n+++\nAbout zithers.\n",
        ),
        ("content/later.md", "+++\ntitle = \"Later\"\ndate = 2027-01-01\n+++\nAbout zithers.\n"),
        ("content/now.md", "+++\ntitle = \"Now\"\ndate = 2026-01-01\n+++\nNothing.\n"),
    ];
    let found = |view: &SiteView| -> Vec<String> {
        let index = view.site().search_index("en").unwrap();
        let answer = index.query("zithers", 9, &Default::default()).unwrap();
        let mut pages: Vec<String> = answer.results.iter().map(|result| result.page.clone()).collect();
        pages.sort();
        pages
    };
    let shown = view(&texts);
    let mark = |url: &str, words: &str| Marked { url: url.to_owned(), words: words.to_owned() };
    let marks = [mark("/zither/%C3%A4/", "Draft"), mark("/later/", "Dated 2027-01-01")];
    assert_eq!(about(&shown, "/").marks, marks);
    assert_eq!(found(&shown), ["/later/", "/zither/ä/"]);
    let settings = Settings { drafts: false, ..shown.site().settings().clone() };
    let published =
        SiteView::new(pipeline::build(files(&texts), settings, None, &|_| {}), "/somewhere".into());
    assert_eq!(found(&published), ["/later/"]);
    assert_eq!(about(&published, "/").marks, [mark("/later/", "Dated 2027-01-01")]);
}

#[test]
fn a_term_that_is_not_explained_is_told_with_the_reason() {
    let glossary = "[fascia]\nterm = \"fascia\"\ndefinition = \"Tissue.\"\n[cupping]\nterm = \"cupping\"\ndefinition = \"Cups.\"\n";
    let article = "+++\ntitle = \"A\"\n+++\n## About cupping\n\nThe fascia is thin.\n";
    let view = view(&[
        ("needlepoint.toml", CONFIG),
        ("content/_index.md", HOME),
        ("content/glossary.toml", glossary),
        ("content/a.md", article),
    ]);
    let told = about(&view, "/a/").mentions;
    let told: Vec<_> =
        told.iter().map(|found| (&*found.name, found.links, found.skipped.join(", "))).collect();
    assert_eq!(told, [("cupping", 0, "not in running text".to_owned()), ("fascia", 1, String::new())]);
}

#[test]
fn a_page_that_moved_is_followed_also_when_it_was_edited_on_the_way() {
    let article = "+++\ntitle = \"A\"\n+++\nWords.\n";
    let texts = |path: &str, text: &str| {
        files(&[("needlepoint.toml", CONFIG), ("content/_index.md", HOME), (path, text)])
    };
    let settings = inputs::with_drafts();
    let site = pipeline::build_unreviewed(texts("content/a.md", article), settings, None, &|_| {});
    let before = SiteView::new(site, "/somewhere".into());
    let path = |path: &str| SitePath::new(path).unwrap();
    let renamed = Change {
        created: vec![path("content/b.md")],
        removed: vec![path("content/a.md")],
        ..Change::default()
    };
    let edited = Change { changed: vec![path("content/a.md")], ..Change::default() };
    let with = |key: &str| article.replace("\"A\"", &format!("\"A\"\n{key}"));
    for (change, file, text, moved) in [
        (&renamed, "content/b.md", article.to_owned(), Some("/b/")),
        (&renamed, "content/b.md", with("aliases = [\"/a/\"]"), Some("/b/")),
        (&renamed, "content/b.md", with("draft = false"), None),
        (&edited, "content/a.md", with("slug = \"c\""), Some("/c/")),
        (&edited, "content/a.md", with("draft = false"), None),
    ] {
        let update = before.with_files(texts(file, &text)).update(&before, change);
        let expected: Vec<_> = moved.map(|new| ("/a/".to_owned(), new.to_owned())).into_iter().collect();
        assert_eq!(update.moved, expected, "{text}");
    }
}

#[test]
fn a_file_saved_in_another_encoding_stays_as_it_was() {
    let article = "+++\ntitle = \"A\"\n+++\nWords.\n";
    let link = "+++\ntitle = \"B\"\n+++\n[A](a.md)\n";
    let texts = [
        ("needlepoint.toml", CONFIG),
        ("content/_index.md", HOME),
        ("content/b.md", link),
        ("content/a.md", article),
    ];
    let good = view(&texts);
    let path = SitePath::new("content/a.md").unwrap();
    let finding = Diagnostic::new(INVALID_UTF8, &path, Span::default(), "`content/a.md` is not UTF-8");
    let others = files(&texts[..3]).texts().to_vec();
    let next = good.with_files(SiteFiles::new(others.clone(), Vec::new(), vec![finding.clone()]));
    let address = UrlPath::new("/a/").unwrap();
    assert!(
        matches!(next.answer(&address), Answer::Stale(bytes) if *bytes == *page(&good, "/a/").as_bytes())
    );
    assert_eq!(codes(&next.errors()), [("invalid-utf8", "content/a.md")]);
    // Still so after another save, which is told of by its own finding.
    let again = Diagnostic { message: "byte 7".to_owned(), ..finding.clone() };
    let next = next.with_files(SiteFiles::new(others.clone(), Vec::new(), vec![again]));
    assert!(matches!(next.answer(&address), Answer::Stale(_)));
    assert_eq!(next.errors().iter().map(|found| &*found.message).collect::<Vec<_>>(), ["byte 7"]);
    // From the start there is nothing that could be shown.
    let settings = good.site().settings().clone();
    let refused = SiteFiles::new(others, Vec::new(), vec![finding]);
    let first = SiteView::new(
        pipeline::build_unreviewed(refused.clone(), settings, None, &|_| {}),
        "/somewhere".into(),
    );
    assert!(matches!(first.with_files(refused).answer(&address), Answer::Missing));
    assert!(matches!(next.with_files(files(&texts)).answer(&address), Answer::Content(_)));
}

/// Breaks and mends files in any order: as soon as all can be read, the site is that of a fresh build.
#[test]
fn what_was_held_leaves_no_trace() {
    let variants: [(&str, &[Option<&str>]); 5] = [
        ("needlepoint.toml", &[Some(CONFIG), None, Some("title = \"T"), Some("theme = 1\n")]),
        (
            "content/conditions/neck-pain.md",
            &[
                Some("+++\ntitle = \"Neck pain\"\nkind = \"condition\"\n+++\nIt hurts.\n"),
                Some(
                    "+++\ntitle = \"Stiff neck\"\nkind = \"condition\"\npath = \"/neck/\"\n+++\nIt hurts.\n",
                ),
                Some("+++\ntitle = \"Neck\nkind = \"condition\"\n+++\nIt hurts.\n"),
                None,
            ],
        ),
        (
            "content/facts.toml",
            &[Some("[cost]\nvalue = 40\nunit = \"USD\"\ntext = \"$40\"\n"), None, Some("[cost")],
        ),
        (
            "content/a.md",
            &[Some("+++\ntitle = \"A\"\n+++\nA neck pain. {{ fact(id=\"cost\") }}\n"), Some("+++\n")],
        ),
        (
            "templates/partials/footer.html",
            &[None, Some("<p>Foot.</p>"), Some("{% if %}"), Some("{{ nothing.x }}")],
        ),
    ];
    let is_whole = |file: usize, variant: usize| match file {
        0 | 3 => variant == 0,
        1 => variant != 2,
        _ => variant < 2,
    };
    let mut view = view(&[("needlepoint.toml", CONFIG), ("content/_index.md", HOME)]);
    let mut at = [0; 5];
    let (mut random, mut compared) = (7_u64, 0);
    for step in 0..400 {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let file = (random >> 33) as usize % variants.len();
        // Half of the steps mend something.
        at[file] = if (random >> 60) & 1 == 0 { 0 } else { (random >> 40) as usize % variants[file].1.len() };
        let texts = variants.iter().zip(at).filter_map(|((path, texts), at)| Some((*path, texts[at]?)));
        let files = files(&texts.chain([("content/_index.md", HOME)]).collect::<Vec<_>>());
        view = view.with_files(files.clone());
        if at.iter().enumerate().any(|(file, variant)| !is_whole(file, *variant)) {
            assert!(!view.errors().is_empty(), "step {step}: {at:?}");
            continue;
        }
        compared += 1;
        let settings = view.site().settings().clone();
        let fresh =
            SiteView::new(pipeline::build_unreviewed(files, settings, None, &|_| {}), "/somewhere".into());
        assert_eq!(view.errors(), fresh.errors(), "step {step}: {at:?}");
        for address in ["/", "/a/", "/conditions/neck-pain/", "/neck/", "/conditions/"] {
            let address = UrlPath::new(address).unwrap();
            let (held, fresh) = (view.answer(&address), fresh.answer(&address));
            assert_eq!(format!("{held:?}"), format!("{fresh:?}"), "step {step}: {at:?}, {address:?}");
        }
    }
    assert!(compared > 40, "{compared}");
}
