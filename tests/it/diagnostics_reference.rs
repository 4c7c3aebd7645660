//! The reference of diagnostics in the repository is the one that the program would write.

use needlepoint::diag::all_codes;
use needlepoint::report::reference;

#[test]
fn the_reference_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/diagnostics.md");
    if std::env::var_os("UPDATE_REFERENCE").is_some() {
        std::fs::write(path, reference()).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(kept == reference(), "docs/diagnostics.md is old; run the tests once with UPDATE_REFERENCE=1");
}

#[test]
fn every_explanation_has_its_parts() {
    for info in all_codes() {
        assert!(!info.summary().is_empty() && !info.summary().starts_with('#'), "{}", info.code);
        let mut in_fence = false;
        let mut parts = Vec::new();
        for line in info.explanation.lines() {
            in_fence ^= line.starts_with("```");
            if line.starts_with("## ") && !in_fence {
                parts.push(line);
            }
        }
        assert!(
            parts.starts_with(&["## Why it matters", "## Example", "## Instead"]),
            "{}: {parts:?}",
            info.code
        );
    }
}
