//! Footnotes: numbered in the order in which the text refers to them.

use super::{Builder, push_to};
use crate::diag;
use crate::markdown::document::*;
use crate::source::Span;

impl Builder<'_> {
    pub(super) fn footnote(&mut self, label: &str) -> u32 {
        if let Some(&index) = self.footnote_labels.get(label) {
            return index;
        }
        let span = Span::default();
        let footnote = Footnote { label: label.into(), number: None, references: 0, definition: 0..0, span };
        let index = push_to(&mut self.footnotes, footnote);
        self.footnote_labels.insert(label.to_owned(), index);
        index
    }

    pub(super) fn footnote_reference(&mut self, label: &str, span: Span) {
        let index = self.footnote(label);
        let footnote = &mut self.footnotes[index as usize];
        if footnote.number.is_none() {
            self.footnote_numbers = self.footnote_numbers.saturating_add(1);
            footnote.number = Some(self.footnote_numbers);
        }
        let reference = footnote.references;
        footnote.references = reference.saturating_add(1);
        self.push(EventKind::FootnoteReference(index, reference), span);
    }

    pub(super) fn report_unused_footnotes(&mut self) {
        let unused: Vec<(Span, Box<str>)> = self
            .footnotes
            .iter()
            .filter(|footnote| footnote.number.is_none())
            .map(|footnote| (footnote.span, footnote.label.clone()))
            .collect();
        for (span, label) in unused {
            let help = format!("refer to it with `[^{label}]`, or take it out");
            let message = format!("nothing refers to the footnote `{label}`");
            self.report(diag::UNUSED_FOOTNOTE, span, message).help = Some(help);
        }
    }

    /// `[^label]` that stayed text: nothing is defined by that label.
    pub(super) fn find_undefined_footnotes(&mut self, run: Span) {
        let source = self.source.clone();
        let text = source.slice(run);
        for (at, _) in text.match_indices("[^") {
            let start = run.start as usize + at;
            let label = &text[at + 2..];
            let length = label.find([']', '[', ' ', '\t', '\n']);
            let Some(length) = length.filter(|length| label[*length..].starts_with(']')) else { continue };
            if length > 0 && !source.text()[..start].ends_with('\\') {
                self.undefined_footnotes.push(Span::new(start, start + length + 3));
            }
        }
    }

    pub(super) fn report_undefined_footnotes(&mut self) {
        for span in std::mem::take(&mut self.undefined_footnotes) {
            let label = self.source.slice(span).trim_start_matches("[^").trim_end_matches(']').to_owned();
            let known: Vec<String> = self.footnote_labels.keys().cloned().collect();
            let message = format!("there is no footnote `{label}`");
            self.report(diag::UNDEFINED_FOOTNOTE, span, message).help =
                Some(match diag::nearest(&label, known.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean `[^{near}]`?"),
                    None => format!("write it on a line of its own: `[^{label}]: …`"),
                });
        }
    }
}
