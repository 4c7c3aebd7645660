//! What has to be written when a heading gets another id: the id, and every link to it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::target::{percent_decoded, split_fragment};
use super::{FileEdit, LinkedPage, Target, written};
use crate::catalog::PageId;
use crate::markdown::{Document, Heading};
use crate::name::Anchor;
use crate::source::Span;

/// Why an id cannot be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnchorError {
    /// The page has no heading with the old id.
    NoSuchHeading,
    /// Another heading of the page has the new one.
    Taken,
}

/// Plans another id for a heading of a page; the changes are sorted by file and place, none over another.
pub fn plan_anchor(
    pages: &[Arc<LinkedPage>],
    id: PageId,
    old: &Anchor,
    new: &Anchor,
) -> Result<Vec<FileEdit>, AnchorError> {
    let page = pages.get(id.0 as usize).ok_or(AnchorError::NoSuchHeading)?;
    let document = &page.page.document;
    let heading = document.headings().iter().find(|heading| heading.anchor == *old);
    let heading = heading.ok_or(AnchorError::NoSuchHeading)?;
    if old != new && page.page.interface.anchors.contains(new) {
        return Err(AnchorError::Taken);
    }
    let mut edits = BTreeSet::from([own_id(document, heading, new)]);
    for linked in pages {
        let document = &linked.page.document;
        for (link, target) in document.links().iter().zip(&linked.links) {
            let leads_here = match target {
                Target::Page(page, Some(anchor)) => *page == id && anchor == old,
                Target::Here(anchor) => linked.id == id && anchor == old,
                _ => false,
            };
            let Some(fragment) = split_fragment(&link.target).1.filter(|_| leads_here) else { continue };
            if percent_decoded(fragment) != old.as_str() {
                continue;
            }
            for place in written::targets(document.source(), link.span, &link.target) {
                let span = Span { start: place.end - fragment.len() as u32, end: place.end };
                let file = document.source().path().clone();
                edits.insert(FileEdit { file, span, replacement: new.to_string() });
            }
        }
    }
    Ok(edits.into_iter().collect())
}

/// The id in the heading's attributes, written anew where there is none.
fn own_id(document: &Document, heading: &Heading, new: &Anchor) -> FileEdit {
    let source = document.source();
    let edit = |start: usize, end: usize, replacement: String| FileEdit {
        file: source.path().clone(),
        span: Span::new(start, end),
        replacement,
    };
    // The attributes of a heading that is underlined stand at the end of its first line too.
    let line = source.slice(heading.span).lines().next().unwrap_or_default().trim_end();
    let start = heading.span.start as usize;
    if let Some(at) = id_in(line) {
        return edit(start + at, start + at + written_id(&line[at..]), new.to_string());
    }
    if let Some(open) = attributes_of(line) {
        return edit(start + open + 1, start + open + 1, format!("#{new} "));
    }
    edit(start + line.len(), start + line.len(), format!(" {{#{new}}}"))
}

/// Where the attributes at the end of a heading's line open.
fn attributes_of(line: &str) -> Option<usize> {
    line.ends_with('}').then(|| line.rfind('{')).flatten()
}

/// Where the id stands in the attributes, behind its `#`.
fn id_in(line: &str) -> Option<usize> {
    let line = line.trim_end();
    let open = attributes_of(line)?;
    let at = line[open..].find('#')?;
    Some(open + at + 1)
}

fn written_id(text: &str) -> usize {
    text.find(|c: char| c.is_whitespace() || c == '}').unwrap_or(text.len())
}
