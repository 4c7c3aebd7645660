//! Headings: their words, and an anchor for each that nothing else on the page has.

use super::Builder;
use crate::diag;
use crate::markdown::document::EventKind;
use crate::name::Anchor;

/// Headings in one article.
const MAX_HEADINGS: usize = 5_000;

/// Whether the page around the text has an id in the default theme; no heading gets one.
fn is_of_theme(id: &str) -> bool {
    // Compared as a pattern, not as a list: a length and a few bytes tell each.
    matches!(
        id,
        "articles-here"
            | "at-a-glance"
            | "by-body-part"
            | "by-letter"
            | "conditions-here"
            | "evidence-lines"
            | "letters"
            | "main"
            | "mentioned-in"
            | "most-asked"
            | "nearby"
            | "recent"
            | "references"
            | "related"
            | "related-conditions"
            | "reviewed"
            | "who-writes"
            | "written"
    )
}

/// What ids of citations, references and footnotes begin with; a number follows.
const TAKEN_PREFIXES: [&str; 4] = ["cite-", "fn-", "fnref-", "ref-"];

/// Whether an id belongs to the page around the text, or to its references and footnotes.
pub(super) fn is_taken(anchor: &Anchor) -> bool {
    is_of_theme(anchor.as_str()) || is_numbered(anchor.as_str())
}

/// Whether an id can belong to a citation, reference or footnote.
fn is_numbered(id: &str) -> bool {
    let rest = |prefix: &&str| id.strip_prefix(*prefix);
    TAKEN_PREFIXES.iter().filter_map(rest).any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// The id for a heading, told apart from those of citations, references and footnotes.
fn apart(anchor: Anchor) -> Anchor {
    if is_numbered(anchor.as_str()) { Anchor::from_heading(&format!("section {anchor}")) } else { anchor }
}

/// Why an id cannot be given once more.
pub(super) fn taken_message(id: &Anchor) -> String {
    match is_taken(id) {
        true => format!("the id `{id}` belongs to the page around the text"),
        false => format!("the id `{id}` is given twice on this page"),
    }
}

impl Builder<'_> {
    pub(super) fn finish_heading(&mut self, index: u32) {
        let event = self.headings[index as usize].event as usize;
        let mut words = String::new();
        for event in &self.events[event..] {
            match event.kind {
                EventKind::Text(text) | EventKind::Code(text) => words.push_str(self.text_of(text)),
                EventKind::SoftBreak | EventKind::HardBreak => words.push(' '),
                _ => {}
            }
        }
        let words = words.trim();
        let heading = &self.headings[index as usize];
        let is_typed = &*heading.text == "#";
        let wanted = if is_typed { heading.anchor.clone() } else { Anchor::from_heading(words) };
        let span = heading.span;
        if is_typed && (self.anchors.contains(&wanted) || is_taken(&wanted)) {
            let help = "give each heading an id of its own";
            let message = taken_message(&wanted);
            self.report(diag::DUPLICATE_ANCHOR, span, message).help = Some(help.to_owned());
        }
        let anchor = self.unique_anchor(wanted);
        let text: Box<str> = words.into();
        let heading = &mut self.headings[index as usize];
        heading.text = text;
        heading.anchor = anchor;
        if self.headings.len() == MAX_HEADINGS + 1 {
            let message = format!("the article has more than {MAX_HEADINGS} headings");
            self.report(diag::TOO_MANY_ELEMENTS, span, message);
        }
    }

    fn unique_anchor(&mut self, wanted: Anchor) -> Anchor {
        let wanted = apart(wanted);
        if !is_of_theme(wanted.as_str()) && self.anchors.insert(wanted.clone()) {
            return wanted;
        }
        let mut number = self.next_number.get(&wanted).copied().unwrap_or(2);
        loop {
            let numbered = apart(wanted.numbered(number));
            number += 1;
            if self.anchors.insert(numbered.clone()) {
                self.next_number.insert(wanted, number);
                return numbered;
            }
        }
    }
}
