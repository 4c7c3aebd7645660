//! A baseline: findings that a site had when it took up the checks, and that are not reported again.

use std::collections::HashMap;

use serde::Deserialize;

use crate::diag::Diagnostic;

/// Known findings, as `needlepoint check --format json` wrote them.
///
/// A finding is known by code, file and the words of its message, so it stays known when lines above it move and when
/// a number in it changes, such as the days since a review was due; of several that are alike, as many are known as the
/// baseline holds.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    known: HashMap<Key, usize>,
}

/// Code, file and message without its digits.
type Key = (String, String, String);

fn key(code: &str, file: &str, message: &str) -> Key {
    (code.to_owned(), file.to_owned(), message.replace(|c: char| c.is_ascii_digit(), ""))
}

#[derive(Deserialize)]
struct Known {
    code: String,
    file: String,
    message: String,
}

impl Baseline {
    /// Reads a baseline, or says why it cannot be read.
    pub fn parse(text: &str) -> Result<Self, String> {
        let all: Vec<Known> = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let mut known = HashMap::new();
        for one in all {
            *known.entry(key(&one.code, &one.file, &one.message)).or_insert(0) += 1;
        }
        Ok(Self { known })
    }

    /// The findings that are new, in their order.
    pub fn new_findings(mut self, found: &[Diagnostic]) -> Vec<Diagnostic> {
        let is_new = |finding: &&Diagnostic| {
            let key = key(finding.code.as_str(), finding.primary.file.as_str(), &finding.message);
            match self.known.get_mut(&key) {
                Some(left) if *left > 0 => {
                    *left -= 1;
                    false
                }
                _ => true,
            }
        };
        found.iter().filter(is_new).cloned().collect()
    }
}
