//! Levels and waivers: what becomes of a finding.

use std::sync::Arc;

use super::Parsed;
use crate::config::{Config, Level};
use crate::diag::Diagnostic;
use crate::page::Page;

/// The findings at the levels that the configuration sets for their page; what is switched off or waived is left out.
pub(super) fn apply(found: Vec<Diagnostic>, config: &Config, parsed: &[Arc<Parsed>]) -> Vec<Diagnostic> {
    if found.is_empty() {
        return found;
    }
    let level = |mut diagnostic: Diagnostic| {
        let file = &diagnostic.primary.file;
        let at = parsed.binary_search_by(|parsed| parsed.source.path().cmp(file)).ok();
        let page = at.map(|at| &*parsed[at].page);
        let kind = page.map(|page| &page.interface.kind);
        let folder = page.map_or("", |page| page.path.folder());
        if page.is_some_and(|page| is_waived(page, &diagnostic)) {
            return None;
        }
        if let Some(level) = config.level(diagnostic.code.as_str(), kind, folder) {
            diagnostic.severity = Level::severity(level)?;
        }
        Some(diagnostic)
    };
    found.into_iter().filter_map(level).collect()
}

/// Whether the page's front matter says, with a reason, that the finding is as it should be.
fn is_waived(page: &Page, diagnostic: &Diagnostic) -> bool {
    let mut waivers = page.front_matter.waivers.iter();
    waivers.any(|waiver| waiver.code == diagnostic.code.as_str() && !waiver.reason.trim().is_empty())
}
