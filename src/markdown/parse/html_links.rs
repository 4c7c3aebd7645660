//! What raw HTML leads to, loads and names: links, images and ids.

use std::ops::Range;

use super::{Builder, headings, push_to};
use crate::diag;
use crate::markdown::document::*;
use crate::markdown::html;
use crate::markdown::html_tags::{self, HtmlTag};
use crate::name::Anchor;
use crate::source::Span;

/// Raw HTML that stands in several places of the file, in one piece.
pub(super) struct Joined {
    html: String,
    /// Where each part begins in `html`, and in the file.
    parts: Vec<(usize, u32)>,
}

impl Joined {
    pub(super) fn new() -> Self {
        Self { html: String::new(), parts: Vec::new() }
    }

    pub(super) fn push(&mut self, html: &str, start: u32) {
        self.parts.push((self.html.len(), start));
        self.html.push_str(html);
    }

    pub(super) fn html(&self) -> &str {
        &self.html
    }

    pub(super) fn clear(&mut self) {
        self.html.clear();
        self.parts.clear();
    }

    /// Where a stretch stands in the file; `None` where it does not stand there in one piece.
    fn span(&self, range: &Range<usize>) -> Option<Span> {
        let index = self.parts.partition_point(|(start, _)| *start <= range.start).checked_sub(1)?;
        let (start, in_file) = self.parts[index];
        let end = self.parts.get(index + 1).map_or(self.html.len(), |(next, _)| *next);
        let start_in_file = in_file as usize + range.start - start;
        (range.end <= end).then(|| Span::new(start_in_file, start_in_file + range.len()))
    }
}

impl Builder<'_> {
    /// Takes what a piece of raw HTML leads to, loads and names.
    pub(super) fn read_html(&mut self, joined: &Joined) {
        for tag in html_tags::read(joined.html()).tags {
            if tag.name == "a" {
                self.in_html_link = !tag.is_end;
            }
            if !tag.is_end {
                self.html_targets(&tag, joined);
                self.html_id(&tag, joined);
            }
        }
    }

    fn html_targets(&mut self, tag: &HtmlTag, joined: &Joined) {
        let (leads, loads): (&[&str], &[&str]) = match tag.name.as_str() {
            "a" | "area" => (&["href"], &[]),
            "img" | "source" => (&[], &["src", "srcset"]),
            "video" => (&[], &["src", "poster"]),
            "audio" | "track" => (&[], &["src"]),
            _ => return,
        };
        for attribute in &tag.attributes {
            let Some(value) = attribute.value.clone() else { continue };
            let name = attribute.name.as_str();
            if leads.contains(&name) {
                self.html_link(LinkForm::Html, joined, value);
            } else if name == "srcset" && loads.contains(&name) {
                for candidate in candidates(joined.html(), value) {
                    self.html_link(LinkForm::HtmlMedia, joined, candidate);
                }
            } else if loads.contains(&name) {
                self.html_link(LinkForm::HtmlMedia, joined, value);
            }
        }
        if tag.name == "img"
            && tag.attribute("alt").is_none()
            && let Some(span) = joined.span(&tag.range)
        {
            let help = "say in `alt` what the image tells; for pure decoration write `alt=\"\"`";
            let message = "the image has no alternative text".to_owned();
            self.report(diag::MISSING_ALT, span, message).help = Some(help.to_owned());
        }
    }

    fn html_link(&mut self, form: LinkForm, joined: &Joined, value: Range<usize>) {
        let typed = &joined.html()[value.clone()];
        let trimmed = typed.trim();
        let start = value.start + (typed.len() - typed.trim_start().len());
        let Some(span) = joined.span(&(start..start + trimmed.len())) else { return };
        let target = html::without_entities(trimmed).into();
        let index = push_to(&mut self.links, Link { target, title: "".into(), form, span });
        self.html_links.push(index);
    }

    fn html_id(&mut self, tag: &HtmlTag, joined: &Joined) {
        let name = tag.attribute("name").filter(|_| tag.name == "a");
        let Some(attribute) = tag.attribute("id").or(name) else { return };
        let Some(value) = attribute.value.clone() else { return };
        let Some(id) = Anchor::new(&html::without_entities(&joined.html()[value.clone()])) else { return };
        if !headings::is_taken(&id) && self.anchors.insert(id.clone()) {
            self.html_ids.push(id);
        } else if let Some(span) = joined.span(&value) {
            let help = "give each place an id of its own";
            self.report(diag::DUPLICATE_ANCHOR, span, headings::taken_message(&id)).help =
                Some(help.to_owned());
        }
    }
}

/// The addresses in the value of `srcset`: each the first word between commas.
fn candidates(html: &str, value: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = value.start;
    for part in html[value].split_inclusive(',') {
        let word = part.trim_end_matches(',').trim_start();
        let start = at + part.trim_end_matches(',').len() - word.len();
        let length = word.find(char::is_whitespace).unwrap_or(word.len());
        if length > 0 {
            found.push(start..start + length);
        }
        at += part.len();
    }
    found
}
