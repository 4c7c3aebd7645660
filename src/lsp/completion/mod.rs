//! What can stand at a place that is being written.
//!
//! A half-written line parses to nothing, so the line itself is looked at: [`line`] for Markdown, [`block`] for TOML and
//! YAML. What is offered comes from the site at hand, which may be a moment older than the line.

mod block;
mod body;
mod line;
mod values;

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionResponse, CompletionTextEdit,
    Documentation, MarkupContent, MarkupKind, Range, TextDocumentPositionParams, TextEdit,
};

use super::positions::Lines;
use super::session::Session;
use crate::front_matter;
use crate::name::SitePath;
use crate::pipeline::Site;
use crate::registry;
use crate::source::Source;
use crate::typed::{Format, Shape};

/// The most that is offered at once; more is asked for again as the author types on.
const MOST: usize = 200;

/// Something that can be written.
struct Candidate {
    /// What is written.
    text: String,
    /// A few words beside it.
    detail: String,
    /// More about it, in Markdown.
    about: Option<String>,
    kind: CompletionItemKind,
}

impl Candidate {
    fn new(text: impl Into<String>, detail: impl Into<String>, kind: CompletionItemKind) -> Self {
        Self { text: text.into(), detail: detail.into(), about: None, kind }
    }

    fn with_about(mut self, about: Option<String>) -> Self {
        self.about = about;
        self
    }
}

/// What can be written in place of the text from `start` to the cursor.
struct Offer {
    start: usize,
    candidates: Vec<Candidate>,
}

/// What can stand where the author writes.
pub(super) fn complete(session: &Session, place: &TextDocumentPositionParams) -> Option<CompletionResponse> {
    let path = session.path(&place.text_document.uri)?;
    let source = session.text(&path)?;
    let lines = Lines::new(source.text(), session.encoding());
    let offset = lines.offset(place.position);
    let offer = offer(session.site(), &path, source, offset)?;
    let start = lines.position(offer.start);
    Some(drawn(offer, &source.text()[..offset], Range::new(start, place.position.max(start))))
}

fn offer(site: &Site, path: &SitePath, source: &Source, offset: usize) -> Option<Offer> {
    let content = path.in_content();
    if let Some(content) = content.as_ref().filter(|path| path.is_markdown()) {
        let (front_matter, _) = front_matter::parse(source);
        let body = front_matter.body.start as usize;
        let start = source.text().len() - source.text().trim_start_matches('\u{FEFF}').len();
        let is_unclosed = front_matter.broken && source.text()[start..].starts_with(['+', '-']);
        if offset >= body && !is_unclosed {
            let line = source.text()[body..offset].rfind('\n').map_or(body, |end| body + end + 1);
            return body::offer(site, content, source.text(), line, offset);
        }
        let fence = source.text()[start..offset].split_once('\n')?.0;
        let format = if fence.trim_end() == "---" { Format::Yaml } else { Format::Toml };
        let first = start + fence.len() + 1;
        let written = front_matter.keys.iter().map(|(key, _)| key.as_str()).collect();
        let shape = Shape::Table(front_matter::fields());
        return values::offer(site, &values::Place { shape, format, written }, source.text(), first, offset);
    }
    let shape = match content {
        Some(content) => registry::shapes().into_iter().find(|(_, file, ..)| *file == content.as_str())?.3,
        None if path.as_str() == "needlepoint.toml" => Shape::Table(crate::config::fields()),
        None => return None,
    };
    let format = if path.as_str().ends_with(".toml") { Format::Toml } else { Format::Yaml };
    values::offer(site, &values::Place { shape, format, written: Vec::new() }, source.text(), 0, offset)
}

fn drawn(offer: Offer, before: &str, range: Range) -> CompletionResponse {
    let typed = before[offer.start.min(before.len())..].to_lowercase();
    let mut candidates = offer.candidates;
    let is_long = candidates.len() > MOST;
    if is_long {
        let fits = |candidate: &Candidate| {
            candidate.text.to_lowercase().contains(&typed) || candidate.detail.to_lowercase().contains(&typed)
        };
        candidates.retain(fits);
        candidates.truncate(MOST);
    }
    let items = candidates.into_iter().map(|candidate| item(candidate, range)).collect();
    CompletionResponse::List(CompletionList { is_incomplete: is_long, items })
}

fn item(candidate: Candidate, range: Range) -> CompletionItem {
    let about = candidate
        .about
        .map(|value| Documentation::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value }));
    CompletionItem {
        label: candidate.text.trim().to_owned(),
        detail: (!candidate.detail.is_empty()).then_some(candidate.detail),
        documentation: about,
        kind: Some(candidate.kind),
        filter_text: Some(candidate.text.clone()),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(range, candidate.text))),
        ..CompletionItem::default()
    }
}
