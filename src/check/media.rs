//! Films, sounds and frames, which authors can only write as raw HTML (health.md, PRV-10 and A11-3).

use jiff::civil::Date;

use super::Subject;
use crate::diag::{self, Diagnostic};
use crate::markdown::EventKind;
use crate::source::Span;

/// The elements that play something, and whether each can hold captions.
const MEDIA: [(&str, bool); 3] = [("<video", true), ("<audio", false), ("<iframe", false)];

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let document = &subject.page.document;
    let events = document.events().iter();
    let html: Vec<(String, Span)> = events
        .filter_map(|event| match event.kind {
            EventKind::Html(text) | EventKind::InlineHtml(text) => {
                Some((document.text(text).to_ascii_lowercase(), event.span))
            }
            _ => None,
        })
        .collect();
    for (at, (text, span)) in html.iter().enumerate() {
        for (element, holds_captions) in MEDIA {
            if let Some(start) = text.find(element) {
                let rest: String = html[at..].iter().map(|(text, _)| text.as_str()).collect();
                let media = Media { element, holds_captions, text: &rest[start..], span: *span };
                check_one(subject, &media, found);
            }
        }
    }
}

/// A film, sound or frame in lower case, with all HTML that follows it.
struct Media<'a> {
    element: &'static str,
    holds_captions: bool,
    text: &'a str,
    span: Span,
}

fn check_one(subject: &Subject<'_>, media: &Media<'_>, found: &mut Vec<Diagnostic>) {
    let name = &media.element[1..];
    let tag = media.text.split('>').next().unwrap_or_default();
    let reviewed = tag.split_once("data-reviewed=").and_then(|(_, value)| {
        let value = value.trim_start_matches(['"', '\'']);
        value.get(..10)?.parse::<Date>().ok()
    });
    if subject.health && reviewed.is_none() {
        let message = format!("the `{name}` does not say when it was reviewed");
        found.push(
            subject
                .finding(diag::UNDATED_MEDIA, media.span, message)
                .with_help("add the day of its own review: `data-reviewed=\"2026-10-01\"`"),
        );
    }
    let whole = media.text.split(&format!("</{name}")).next().unwrap_or_default();
    let has_captions = whole.contains("<track") && !whole.contains("kind=\"metadata\"");
    let links = subject.prose.links().iter();
    let has_transcript = || {
        let mut texts = links.map(|link| subject.prose.slice(link.range.clone()).to_lowercase());
        texts.any(|text| text.contains("transcript"))
    };
    let is_wordless = match media.element {
        "<iframe" => false,
        _ if media.holds_captions => !has_captions,
        _ => !has_transcript(),
    };
    if is_wordless {
        let (message, help) = if media.holds_captions {
            ("the film has no captions", "add `<track kind=\"captions\" src=\"…\">` inside it")
        } else {
            ("the sound has no words to read", "link to what is said in it, with the word `transcript`")
        };
        found.push(subject.finding(diag::UNCAPTIONED_MEDIA, media.span, message).with_help(help));
    }
}
