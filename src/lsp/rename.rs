//! Other names: an article moves with its links, a heading's id with what leads to it.

use lsp_server::{ErrorCode, ResponseError};
use lsp_types::{
    DocumentChangeOperation, DocumentChanges, FileRename, OneOf, OptionalVersionedTextDocumentIdentifier,
    PrepareRenameResponse, RenameFile, ResourceOp, TextDocumentEdit, TextDocumentPositionParams, TextEdit,
    Uri, WorkspaceEdit,
};

use std::collections::BTreeMap;
use std::str::FromStr;

use super::answers::{Answer, failure, found_at};
use super::session::Session;
use super::symbols::Symbol;
use crate::catalog::PageId;
use crate::link::{AnchorError, FileEdit, MoveError};
use crate::name::{Anchor, ContentPath, SitePath};

/// What would get another name, and what it is called now; `None` where nothing can.
pub(super) fn prepare(
    session: &Session,
    place: &TextDocumentPositionParams,
) -> Option<PrepareRenameResponse> {
    let (path, found) = found_at(session, place)?;
    let placeholder = match &found.symbol {
        Symbol::Page(id) => session.site().catalog().page(*id).path.stem().to_owned(),
        Symbol::Anchor(_, anchor) => anchor.to_string(),
        _ => return None,
    };
    let range = session.lines(&path).range(found.span);
    Some(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder })
}

/// All that has to be written for another name.
pub(super) fn rename(
    session: &Session,
    place: &TextDocumentPositionParams,
    new: &str,
) -> Answer<WorkspaceEdit> {
    match found_at(session, place).map(|(_, found)| found.symbol) {
        Some(Symbol::Page(id)) => page(session, id, new.trim()),
        Some(Symbol::Anchor(id, old)) => anchor(session, id, &old, new.trim()),
        _ => Err(refused("only pages and headings can be renamed here")),
    }
}

fn refused(words: impl Into<String>) -> ResponseError {
    failure(ErrorCode::RequestFailed, words)
}

/// A name alone stays in the folder; a path is counted from `content/`.
fn page(session: &Session, id: PageId, new: &str) -> Answer<WorkspaceEdit> {
    if !session.moves_files {
        return Err(refused("this editor does not rename files; use `needlepoint mv`"));
    }
    let old = session.site().catalog().page(id).path.clone();
    let name = if new.ends_with(".md") { new.to_owned() } else { format!("{new}.md") };
    let name = name.trim_start_matches("content/");
    let whole = match old.folder() {
        "" => name.to_owned(),
        _ if name.contains('/') => name.to_owned(),
        folder => format!("{folder}/{name}"),
    };
    let wrong = || refused(format!("`{new}` cannot be the name of a file"));
    let new = ContentPath::new(&whole).filter(|path| path.stem() != ".md").ok_or_else(wrong)?;
    let mut changes = edits(session, &planned(session, &old, &new)?);
    let uris = session.uri(&old.site_path()).zip(session.uri(&new.site_path()));
    let (old_uri, new_uri) = uris.ok_or_else(wrong)?;
    let moved = RenameFile { old_uri, new_uri, options: None, annotation_id: None };
    changes.push(DocumentChangeOperation::Op(ResourceOp::Rename(moved)));
    Ok(whole_change(changes))
}

fn planned(session: &Session, old: &ContentPath, new: &ContentPath) -> Answer<Vec<FileEdit>> {
    session.site().plan_move(old, new).map(|plan| plan.edits).map_err(|error| match error {
        MoveError::NoSuchPage(_) => refused(format!("there is no page `{old}`")),
        MoveError::Taken => refused(format!("`{new}` is there already")),
        MoveError::NotMarkdown => refused(format!("`{new}` does not end in .md")),
    })
}

fn anchor(session: &Session, id: PageId, old: &Anchor, new: &str) -> Answer<WorkspaceEdit> {
    let name = new.trim_start_matches('#');
    let is_plain =
        |c: char| !matches!(c, '{' | '}' | '(' | ')' | '[' | ']' | '<' | '>' | '"' | '#' | '%' | '|');
    let anchor = Anchor::new(name).filter(|_| name.chars().all(is_plain));
    let anchor = anchor.ok_or_else(|| {
        refused(format!("`{name}` cannot be the id of a heading: write letters, digits and `-`"))
    })?;
    let plan = session.site().plan_anchor(id, old, &anchor).map_err(|error| match error {
        AnchorError::NoSuchHeading => refused(format!("no heading of the page has the id `{old}`")),
        AnchorError::Taken => refused(format!("another heading of the page has the id `{anchor}`")),
    })?;
    Ok(whole_change(edits(session, &plan)))
}

/// What the editor changes with a rename of files that it makes itself.
pub(super) fn files(session: &Session, renames: &[FileRename]) -> Option<WorkspaceEdit> {
    let path = |uri: &str| session.path(&Uri::from_str(uri).ok()?)?.in_content();
    let mut all = Vec::new();
    for rename in renames {
        let Some((old, new)) = path(&rename.old_uri).zip(path(&rename.new_uri)) else { continue };
        all.extend(planned(session, &old, &new).unwrap_or_default());
    }
    all.sort();
    all.dedup();
    (!all.is_empty()).then(|| whole_change(edits(session, &all)))
}

fn whole_change(changes: Vec<DocumentChangeOperation>) -> WorkspaceEdit {
    let document_changes = Some(DocumentChanges::Operations(changes));
    WorkspaceEdit { document_changes, ..WorkspaceEdit::default() }
}

/// Planned changes, file by file.
fn edits(session: &Session, plan: &[FileEdit]) -> Vec<DocumentChangeOperation> {
    let mut files: BTreeMap<&SitePath, Vec<&FileEdit>> = BTreeMap::new();
    for edit in plan {
        files.entry(&edit.file).or_default().push(edit);
    }
    let change = |(file, edits): (&SitePath, Vec<&FileEdit>)| {
        let lines = session.lines(file);
        let edits = edits
            .into_iter()
            .map(|edit| OneOf::Left(TextEdit::new(lines.range(edit.span), edit.replacement.clone())));
        let version = session.version(file);
        let text_document = OptionalVersionedTextDocumentIdentifier { uri: session.uri(file)?, version };
        Some(DocumentChangeOperation::Edit(TextDocumentEdit { text_document, edits: edits.collect() }))
    };
    files.into_iter().filter_map(change).collect()
}
