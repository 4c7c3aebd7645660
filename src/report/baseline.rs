//! A baseline: findings that a site had when it took up the checks, and that are not reported again.

use std::collections::HashMap;

use serde::Deserialize;

use crate::diag::Diagnostic;

/// Known findings, as `needlepoint check --format json` wrote them.
///
/// A finding is known by code, file and message, so it stays known when lines above it move; of several that are
/// alike, as many are known as the baseline holds.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    known: HashMap<(String, String, String), usize>,
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
            *known.entry((one.code, one.file, one.message)).or_insert(0) += 1;
        }
        Ok(Self { known })
    }

    /// The findings that are new, in their order.
    pub fn new_findings(mut self, found: &[Diagnostic]) -> Vec<Diagnostic> {
        let is_new = |finding: &&Diagnostic| {
            let key = (
                finding.code.as_str().to_owned(),
                finding.primary.file.as_str().to_owned(),
                finding.message.clone(),
            );
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
