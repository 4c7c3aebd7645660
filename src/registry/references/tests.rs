use super::*;
use crate::name::SitePath;

fn source(path: &str, text: &str) -> Source {
    Source::new(SitePath::new(path).unwrap(), text)
}

fn codes(found: &[Diagnostic]) -> Vec<&str> {
    found.iter().map(|finding| finding.code.as_str()).collect()
}

const YAML: &str = r#"gattie-2017:
  type: Article
  title: "The Effectiveness of Trigger Point Dry Needling for Musculoskeletal Conditions"
  author:
    - Gattie, Eric
    - Cleland, Joshua A.
    - Snodgrass, Suzanne
  date: 2017-03
  page-range: 133-149
  serial-number: { doi: 10.2519/jospt.2017.7096, pmid: 28158962 }
  parent: { type: Periodical, title: Journal of Orthopaedic & Sports Physical Therapy, volume: 47, issue: 3 }
  kind: systematic-review
board:
  type: Web
  title: Rules of the board
  organization: Board of Physical Therapy
  url: { value: "https://example.org/rules?a=1&b=2", date: 2026-11-01 }
"#;

#[test]
fn entries_are_written_in_ama_style() {
    let (references, found) = parse(&source("content/references.yml", YAML));
    assert_eq!(found, []);
    let article = references.get("gattie-2017").unwrap();
    assert_eq!(
        article.text,
        "Gattie E, Cleland JA, Snodgrass S. The Effectiveness of Trigger Point Dry Needling for Musculoskeletal \
         Conditions. Journal of Orthopaedic & Sports Physical Therapy. 2017;47(3):133-149. \
         doi:10.2519/jospt.2017.7096. PMID 28158962"
    );
    for link in [
        "<a href=\"https://doi.org/10.2519/jospt.2017.7096\">10.2519/jospt.2017.7096</a>",
        "<a href=\"https://pubmed.ncbi.nlm.nih.gov/28158962/\">PMID 28158962</a>",
    ] {
        assert!(article.html.contains(link), "{}", article.html);
    }
    assert!(
        article.html.contains("<i>Journal of Orthopaedic &amp; Sports Physical Therapy</i>"),
        "{}",
        article.html
    );
    assert_eq!(article.authors[1], "Cleland, Joshua A.");
    assert_eq!((article.year, article.pmid.as_deref()), (Some(2017), Some("28158962")));
    assert_eq!(article.kind, Some(ReferenceKind::SystematicReview));
    let web = references.get("board").unwrap();
    assert_eq!(web.accessed, Some(jiff::civil::date(2026, 11, 1)));
    assert_eq!(web.url.as_deref(), Some("https://example.org/rules?a=1&b=2"));
    assert!(!web.html.contains("a=1&b"), "{}", web.html);
    assert!(web.text.contains("Accessed November 1, 2026"), "{}", web.text);
}

#[test]
fn an_article_that_names_no_journal_is_no_preprint() {
    let text = "a:\n  type: Article\n  title: A survey\n  author: 'Doe, Jane'\n  date: 2020\n  serial-number: { pmcid: PMC4457090, doi: '10.1000/a<b' }\n\
                b:\n  type: Article\n  title: Early results\n  genre: Preprint\n  date: 2020\n\
                c:\n  type: Web\n  title: A page\n  url: https://example.org\n\
                d:\n  type: Report\n  title: A report\n  serial-number: { doi: 10.1000/d }\n";
    let (references, found) = parse(&source("content/references.yml", text));
    assert_eq!(found, []);
    let text = |key: &str| references.get(key).unwrap().text.clone();
    assert_eq!(text("a"), "Doe J. A survey. Published online 2020. doi:10.1000/a<b. PMC4457090");
    let html = &references.get("a").unwrap().html;
    assert!(
        html.contains("<a href=\"https://pmc.ncbi.nlm.nih.gov/articles/PMC4457090/\">PMC4457090</a>"),
        "{html}"
    );
    assert!(!html.contains("a<b"), "{html}");
    assert!(text("b").contains("Preprint"), "{}", text("b"));
    assert!(text("d").ends_with("doi:10.1000/d"), "{}", text("d"));
    let form = |key: &str| references.get(key).unwrap().form;
    assert_eq!(
        [form("a"), form("c"), form("d")],
        [None, Some(ReferenceKind::Web), Some(ReferenceKind::Other)]
    );
}

#[test]
fn hostile_fields_stay_text() {
    let hostile = r#"evil:
  type: Article
  title: "<script>alert(1)</script> & \"q\" <img src=x onerror=alert(1)>"
  author: ["<b onclick=x>, Eve"]
  date: 2020
  parent: { type: Periodical, title: "J <svg/onload=alert(1)>", volume: "<i>" }
  url: "javascript:alert(1)"
  serial-number: { doi: "10.1000/\"><script>alert(2)</script>" }
  note: "$<script>$"
"#;
    let (references, found) = parse(&source("content/references.yml", hostile));
    let evil = references.get("evil").unwrap();
    for tag in ["<script", "<img", "<b ", "<svg", "javascript:", "</script"] {
        assert!(!evil.html.contains(tag), "{tag} in {}", evil.html);
    }
    assert!(evil.html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{}", evil.html);
    assert_eq!(evil.url, None);
    assert_eq!(codes(&found), ["unsafe-address"]);
}

#[test]
fn scalars_without_quotes_stay_text() {
    let text = "a:\n  type: Book\n  title: 1984\n  author: 'Orwell, George'\n  date: 1949\nb:\n  type: Book\n  title: no\n";
    let (references, found) = parse(&source("content/references.yml", text));
    assert_eq!(found, []);
    assert_eq!(references.get("a").unwrap().title, "1984");
    assert_eq!(references.get("b").unwrap().title, "no");
}

#[test]
fn mistakes_point_at_their_place() {
    let text = "a:\n  type: Article\n  titel: x\n  serial-number: { doi: 'doi.org/1', pmid: 'x1', isbn: 978-0-306-40615-8 }\na:\n  type: Book\nb:\n  title: no type\nc:\n  type: Article\n  date: [1]\n";
    let file = source("content/references.yml", text);
    let (references, found) = parse(&file);
    let seen: Vec<(&str, &str)> =
        found.iter().map(|finding| (finding.code.as_str(), file.slice(finding.primary.span))).collect();
    assert_eq!(
        seen,
        [
            ("duplicate-entry", "a"),
            ("unknown-key", "titel"),
            ("missing-required-key", "b"),
            ("bibliography-syntax", "[1]"),
            ("malformed-identifier", "doi.org/1"),
            ("malformed-identifier", "x1"),
            ("malformed-identifier", "978-0-306-40615-8"),
        ]
    );
    assert_eq!(references.iter().count(), 1);
}

const BIB: &str = r#"@article{gattie2017,
  author = {Gattie, Eric and Cleland, Joshua A.},
  title = {Trigger Point Dry Needling},
  journal = {J Orthop Sports Phys Ther},
  year = 2017, volume = 47, number = 3, pages = {133--149},
  doi = {10.2519/jospt.2017.7096}, pmid = {28158962}, kind = {systematic-review}
}
@online{board, title = {Rules <script>}, author = {{Board of Physical Therapy}}, url = {https://example.org}, urldate = {2026-11-01}}
"#;

#[test]
fn bibtex_gives_the_same_entries() {
    let (references, found) = parse(&source("content/references.bib", BIB));
    assert_eq!(found, []);
    let article = references.get("gattie2017").unwrap();
    assert!(
        article.text.starts_with("Gattie E, Cleland JA. Trigger Point Dry Needling."),
        "{}",
        article.text
    );
    assert_eq!(article.kind, Some(ReferenceKind::SystematicReview));
    let web = references.get("board").unwrap();
    assert_eq!(web.accessed, Some(jiff::civil::date(2026, 11, 1)));
    assert!(web.html.contains("Rules &lt;script&gt;"), "{}", web.html);
}

#[test]
fn bibtex_mistakes_point_at_their_place() {
    let text = "@book{a, title={A}}\n@book{a, title={B}}\n@book{b, title={C}, crossref={c}, doi={nope}}\n@book{c, crossref={b}}";
    let file = source("content/references.bib", text);
    let (references, found) = parse(&file);
    let seen: Vec<(&str, u32)> =
        found.iter().map(|finding| (finding.code.as_str(), finding.primary.span.start)).collect();
    let at = |words: &str, nth: usize| u32::try_from(text.match_indices(words).nth(nth).unwrap().0).unwrap();
    assert_eq!(
        seen,
        [
            ("duplicate-entry", at("a,", 1)),
            ("bibliography-syntax", at("crossref", 0)),
            ("bibliography-syntax", at("crossref", 1)),
            ("malformed-identifier", at("nope", 0)),
        ]
    );
    assert_eq!(references.iter().count(), 3);
    let (none, found) = parse(&source("content/references.bib", "@book{a, title={A}"));
    assert_eq!((none.iter().count(), codes(&found)), (0, vec!["bibliography-syntax"]));
}
