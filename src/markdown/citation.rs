//! Citations: what stands in `[@key; @other, p. 4]`.

use super::document::{CitationGroup, CitationItem};
use crate::diag::{self, Diagnostic};
use crate::name::CitationKey;
use crate::source::{Source, Span};

/// Reads a group; `span` is the group with its brackets. `None` where no part of it is a citation.
pub(super) fn parse(source: &Source, span: Span, diagnostics: &mut Vec<Diagnostic>) -> Option<CitationGroup> {
    let text = source.slice(span);
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    let mut items = Vec::new();
    let mut at = span.start as usize + 1;
    for part in inner.split(';') {
        let start = at + (part.len() - part.trim_start().len());
        at += part.len() + 1;
        let part = part.trim();
        let (key, locator) = part.split_once(',').unwrap_or((part, ""));
        let (key, locator) = (key.trim_end(), locator.trim());
        let item_span = Span::new(start, start + key.len());
        match key.strip_prefix('@').and_then(CitationKey::new) {
            Some(key) => items.push(CitationItem { key, locator: locator.into(), span: item_span }),
            None => diagnostics.push(
                Diagnostic::new(
                    diag::MALFORMED_CITATION,
                    source.path(),
                    Span::new(start, start + part.len()),
                    format!("`{part}` is not a citation"),
                )
                .with_help("write `[@key]`, or `[@key; @other, p. 4]` for several sources"),
            ),
        }
    }
    (!items.is_empty()).then(|| CitationGroup { items: items.into(), span })
}
