use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use needlepoint::check::readability::{
    TermWords, automated_readability, coleman_liau, flesch_ease, flesch_kincaid, gunning_fog, measure, smog,
    syllables,
};
use serde_json::{Value, json};

/// A block of prose in each line.
const BLOCKS: &str = include_str!("../data/sentences.txt");

/// Words of articles on the field, and common ones.
const WORDS: &str = include_str!("../data/words.txt");

/// What is counted in blocks and words, and what the formulas make of it. `tests/browser/readability.test.mjs` holds the same
/// file to the npm packages that others use; `UPDATE_COUNTS=1` writes it anew.
#[test]
fn counts_are_those_that_are_held_to_other_packages() {
    let of_words: BTreeMap<&str, usize> = WORDS.lines().map(|word| (word, syllables(word))).collect();
    let count = |block: &str| {
        let counts = measure(block, &TermWords::default()).raw;
        json!({
            "text": block,
            "counts": counts,
            "flesch": flesch_ease(&counts),
            "flesch-kincaid": flesch_kincaid(&counts),
            "smog-formula": smog(&counts),
            "gunning-fog": gunning_fog(&counts),
            "coleman-liau": coleman_liau(&counts),
            "automated-readability": automated_readability(&counts),
        })
    };
    let blocks: Vec<Value> = BLOCKS.lines().map(count).collect();
    let made = json!({ "blocks": blocks, "syllables": of_words });
    let made = serde_json::to_string_pretty(&made).unwrap() + "\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/readability.json");
    if std::env::var_os("UPDATE_COUNTS").is_some() {
        fs::write(&path, &made).unwrap();
    }
    assert!(
        fs::read_to_string(&path).unwrap_or_default() == made,
        "UPDATE_COUNTS=1 writes {}",
        path.display()
    );
}
