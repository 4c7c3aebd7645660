use std::fs;
use std::path::Path;

use needlepoint::link::{LinkedPage, Mark, MarkKind, TextPosition};
use needlepoint::markdown::EventKind;
use needlepoint::name::TermId;

use crate::body_site::BodySite;

/// Compares each `tests/bodies/NAME.md` with the HTML beside it; `UPDATE_BODIES=1` writes that HTML anew.
#[test]
fn bodies_are_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bodies");
    let site = BodySite::new();
    let mut wrong = Vec::new();
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        let (page, found) = site.page(&fs::read_to_string(&path).unwrap());
        let at = |d: &needlepoint::diag::Diagnostic| format!("{}: {}", d.code, d.message);
        let serious = found.iter().filter(|d| d.code != needlepoint::diag::MISSING_REQUIRED_KEY);
        let found: Vec<String> = serious.map(at).collect();
        assert!(found.is_empty(), "{}: {found:#?}", path.display());
        let (mut linked, catalog) = site.linked(page);
        mark(&mut linked, &catalog);
        let (body, found) = site.render(&linked, &catalog);
        assert!(found.is_empty(), "{}: {found:#?}", path.display());
        let mut html = body.html.0;
        for answer in body.answers {
            html += &format!(
                "<!-- {} #{}: {} -->\n{}",
                answer.question, answer.anchor, answer.text, answer.html.0
            );
        }
        for link in body.print_links {
            html += &format!("<!-- {}: {} -->\n", link.text, link.url);
        }
        let expected = path.with_extension("html");
        if std::env::var_os("UPDATE_BODIES").is_some() {
            fs::write(&expected, &html).unwrap();
        }
        if fs::read_to_string(&expected).unwrap_or_default() != html {
            wrong.push(format!("{}:\n{html}", expected.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Marks each `neck pain` as the condition and each `trigger point` as the term.
pub(crate) fn mark(linked: &mut LinkedPage, catalog: &needlepoint::catalog::Catalog) {
    let document = &linked.page.document;
    let condition = catalog.by_path("conditions/neck-pain.md").unwrap();
    let mut marks = Vec::new();
    for (at, event) in document.events().iter().enumerate() {
        let EventKind::Text(text) = event.kind else { continue };
        let place = |offset: usize| TextPosition { event: at as u32, offset: offset as u32 };
        let text = document.text(text);
        let kinds = [
            ("neck pain", MarkKind::Condition(condition)),
            ("trigger point", MarkKind::Term(TermId::new("trigger-point").unwrap())),
        ];
        for (words, kind) in kinds {
            for (start, _) in text.match_indices(words) {
                marks.push(Mark { kind: kind.clone(), start: place(start), end: place(start + words.len()) });
            }
        }
    }
    marks.sort_by_key(|mark| mark.start);
    linked.marks = marks.into();
    let mut sources = Vec::new();
    for item in document.citations().iter().flat_map(|group| &group.items) {
        if item.key.as_str() != "missing" && !sources.contains(&item.key) {
            sources.push(item.key.clone());
        }
    }
    linked.sources = sources.into();
}

#[test]
fn every_address_of_the_site_carries_its_path() {
    let mut site = BodySite::new();
    site.config.base_url = needlepoint::config::BaseUrl::new("https://example.org/health").unwrap();
    let text =
        "neck pain, trigger point, [[neck-pain]], [file](one.png), ![a](/articles/two.svg) [@two] [@two]\n";
    let (page, _) = site.page(&format!("+++\ntitle = \"Page\"\n+++\n{text}"));
    let (mut linked, catalog) = site.linked(page);
    mark(&mut linked, &catalog);
    let (body, _) = site.render(&linked, &catalog);
    let html = &body.html.0;
    let addresses: Vec<&str> = html.match_indices("=\"/").map(|(at, _)| &html[at + 2..]).collect();
    assert_eq!(addresses.len(), 5, "{html}");
    assert!(addresses.iter().all(|address| address.starts_with("/health/")), "{html}");
    assert_eq!(body.print_links[0].url, "https://example.org/health/conditions/neck-pain/");
    assert_eq!(body.cited_at, [["cite-1-a", "cite-1-b"]]);
}
