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
    assert_eq!(article.text, "x");
}
