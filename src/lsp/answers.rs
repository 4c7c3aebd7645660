//! Requests and their answers.

use lsp_server::{ErrorCode, ResponseError};
use lsp_types::request::{
    CodeActionRequest, Completion, DocumentSymbolRequest, GotoDefinition, HoverRequest, PrepareRenameRequest,
    References, Rename, Request as Named, WillRenameFiles,
};
use lsp_types::{
    CodeActionOrCommand, DocumentSymbol, DocumentSymbolResponse, GotoDefinitionResponse, Hover,
    HoverContents, Location, MarkupContent, MarkupKind, Range, SymbolKind, TextDocumentPositionParams, Uri,
};
use serde_json::Value;

use super::session::Session;
use super::symbols::Occurrence;
use super::{completion, describe, findings, rename, symbols};
use crate::name::SitePath;
use crate::source::Span;

pub(super) type Answer<T> = Result<T, ResponseError>;

/// The answer to any request, or why there is none.
pub(super) fn answer(session: &mut Session, method: &str, params: Value) -> Answer<Value> {
    match method {
        Completion::METHOD => to::<Completion>(params, |params| {
            Ok(completion::complete(session, &params.text_document_position))
        }),
        HoverRequest::METHOD => fresh::<HoverRequest>(session, params, |session, params| {
            Ok(hover(session, &params.text_document_position_params))
        }),
        GotoDefinition::METHOD => fresh::<GotoDefinition>(session, params, |session, params| {
            Ok(definition(session, &params.text_document_position_params))
        }),
        References::METHOD => fresh::<References>(session, params, |session, params| {
            let declarations = params.context.include_declaration;
            Ok(references(session, &params.text_document_position, declarations))
        }),
        PrepareRenameRequest::METHOD => fresh::<PrepareRenameRequest>(session, params, |session, params| {
            Ok(rename::prepare(session, &params))
        }),
        Rename::METHOD => fresh::<Rename>(session, params, |session, params| {
            rename::rename(session, &params.text_document_position, &params.new_name).map(Some)
        }),
        WillRenameFiles::METHOD => fresh::<WillRenameFiles>(session, params, |session, params| {
            Ok(rename::files(session, &params.files))
        }),
        CodeActionRequest::METHOD => fresh::<CodeActionRequest>(session, params, |session, params| {
            let path = session.path(&params.text_document.uri);
            let actions = path.map(|path| findings::mending(session, &path, params.range));
            Ok(actions.map(|actions| actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()))
        }),
        DocumentSymbolRequest::METHOD => {
            fresh::<DocumentSymbolRequest>(session, params, |session, params| {
                Ok(outline(session, &params.text_document.uri).map(DocumentSymbolResponse::Nested))
            })
        }
        _ => Err(failure(ErrorCode::MethodNotFound, format!("`{method}` is not known here"))),
    }
}

pub(super) fn failure(code: ErrorCode, message: impl Into<String>) -> ResponseError {
    ResponseError { code: code as i32, message: message.into(), data: None }
}

fn to<R: Named>(params: Value, work: impl FnOnce(R::Params) -> Answer<R::Result>) -> Answer<Value> {
    let params = serde_json::from_value(params);
    let params = params.map_err(|error| failure(ErrorCode::InvalidParams, error.to_string()))?;
    let result = work(params)?;
    serde_json::to_value(result).map_err(|error| failure(ErrorCode::InternalError, error.to_string()))
}

/// The same on a site that was made of the texts as they stand.
fn fresh<R: Named>(
    session: &mut Session,
    params: Value,
    work: impl FnOnce(&Session, R::Params) -> Answer<R::Result>,
) -> Answer<Value> {
    session.refresh();
    to::<R>(params, |params| work(session, params))
}

/// The file that is meant, and what stands at the place.
pub(super) fn found_at(
    session: &Session,
    place: &TextDocumentPositionParams,
) -> Option<(SitePath, Occurrence)> {
    let path = session.path(&place.text_document.uri)?;
    let offset = session.lines(&path).offset(place.position);
    let found = symbols::at(session.site(), &path, offset)?;
    Some((path, found))
}

/// The findings at a place, then what is named there.
fn hover(session: &Session, place: &TextDocumentPositionParams) -> Option<Hover> {
    let path = session.path(&place.text_document.uri)?;
    let lines = session.lines(&path);
    let offset = lines.offset(place.position);
    let holds = |span: Span| {
        span.start as usize <= offset && offset < (span.end as usize).max(span.start as usize + 1)
    };
    let site = session.site();
    let found =
        site.diagnostics().iter().filter(|found| found.primary.file == path && holds(found.primary.span));
    let mut parts: Vec<String> = found.map(describe::finding).collect();
    let named = symbols::at(site, &path, offset);
    parts.extend(named.as_ref().and_then(|named| describe::describe(site, &named.symbol)));
    parts.extend(describe::not_linked(site, &path, offset));
    if parts.is_empty() {
        return None;
    }
    let value = parts.join("\n\n---\n\n");
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value }),
        range: named.map(|named| lines.range(named.span)),
    })
}

fn definition(session: &Session, place: &TextDocumentPositionParams) -> Option<GotoDefinitionResponse> {
    let (_, found) = found_at(session, place)?;
    let (file, span) = describe::declared(session.site(), &found.symbol)?;
    Some(GotoDefinitionResponse::Scalar(location(session, &file, span)?))
}

fn location(session: &Session, file: &SitePath, span: Span) -> Option<Location> {
    Some(Location::new(session.uri(file)?, session.lines(file).range(span)))
}

fn references(
    session: &Session,
    place: &TextDocumentPositionParams,
    declarations: bool,
) -> Option<Vec<Location>> {
    let (_, found) = found_at(session, place)?;
    let places = symbols::everywhere(session.site(), &found.symbol).into_iter();
    let wanted = places.filter(|(_, place)| declarations || !place.is_definition);
    Some(wanted.filter_map(|(file, place)| location(session, &file, place.span)).collect())
}

/// The headings of a page, each below the one that it belongs to.
fn outline(session: &Session, uri: &Uri) -> Option<Vec<DocumentSymbol>> {
    let path = session.path(uri)?;
    let id = session.site().catalog().by_path(path.in_content()?.as_str())?;
    let document = &session.site().pages()[id.0 as usize].page.document;
    let lines = session.lines(&path);
    let mut open: Vec<(u8, DocumentSymbol)> = Vec::new();
    let mut whole = Vec::new();
    let close = |open: &mut Vec<(u8, DocumentSymbol)>, whole: &mut Vec<DocumentSymbol>, level: u8| {
        while let Some((_, done)) = open.pop_if(|(other, _)| *other >= level) {
            match open.last_mut() {
                Some((_, above)) => above.children.get_or_insert_default().push(done),
                None => whole.push(done),
            }
        }
    };
    for (at, heading) in document.headings().iter().enumerate() {
        close(&mut open, &mut whole, heading.level);
        let behind = document.headings()[at + 1..].iter().find(|next| next.level <= heading.level);
        let end = behind.map_or(document.body().end, |next| next.span.start);
        let range = lines.range(Span { start: heading.span.start, end });
        open.push((heading.level, symbol(&heading.text, &heading.anchor, range, lines.range(heading.span))));
    }
    close(&mut open, &mut whole, 0);
    Some(whole)
}

#[expect(deprecated, reason = "the struct has a field that is only kept for old editors")]
fn symbol(name: &str, anchor: &crate::name::Anchor, range: Range, selection_range: Range) -> DocumentSymbol {
    DocumentSymbol {
        // An empty name is refused by some editors.
        name: if name.trim().is_empty() { anchor.to_string() } else { name.to_owned() },
        detail: Some(format!("#{anchor}")),
        kind: SymbolKind::STRING,
        tags: None,
        deprecated: None,
        range,
        selection_range,
        children: None,
    }
}
