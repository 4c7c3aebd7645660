//! Footnotes: numbers in the text, and a list behind it with ways back.

use super::escape;
use super::writer::Writer;

impl Writer<'_> {
    pub(super) fn footnote_reference(&mut self, index: u32, reference: u16) {
        let footnote = &self.document.footnotes()[index as usize];
        let Some(number) = footnote.number.filter(|_| self.is_page()) else { return };
        if footnote.definition.is_empty() {
            // Nothing says what it means; the reference stays as typed.
            self.out.push_str("[^");
            escape::text(&mut self.out, &footnote.label);
            self.out.push(']');
            return;
        }
        let (before, after) = &self.language.note;
        let html = format!(
            "<sup class=\"fn\"><a id=\"{}\" href=\"#fn-{number}\" aria-label=\"{before}{number}{after}\">{number}</a></sup>",
            reference_id(number, reference),
        );
        self.out.push_str(&html);
    }

    /// Writes what the footnotes say, in the order of their numbers.
    pub(super) fn footnotes(&mut self) {
        let notes = self.document.footnotes().iter().filter(|note| !note.definition.is_empty());
        let mut notes: Vec<_> = notes.filter_map(|note| Some((note.number?, note))).collect();
        if notes.is_empty() {
            return;
        }
        notes.sort_unstable_by_key(|(number, _)| *number);
        let html = format!("<section class=\"footnotes\" aria-label=\"{}\"><ol>\n", self.language.notes);
        self.out.push_str(&html);
        self.depth += 1;
        for (number, note) in notes {
            self.out.push_str(&format!("<li id=\"fn-{number}\">"));
            let start = self.out.len();
            self.range(note.definition.start + 1..note.definition.end.saturating_sub(1));
            self.ways_back(start, number, note.references);
            self.out.push_str("</li>\n");
        }
        self.depth -= 1;
        self.out.push_str("</ol></section>\n");
    }

    /// Puts the links back to the text into the last paragraph of a note.
    fn ways_back(&mut self, start: usize, number: u16, references: u16) {
        let ends_in_paragraph = self.out[start..].ends_with("</p>\n");
        if ends_in_paragraph {
            self.out.truncate(self.out.len() - "</p>\n".len());
        } else {
            self.out.push_str("<p>");
        }
        for reference in 0..references.max(1) {
            let id = reference_id(number, reference);
            let label = &self.language.back_to_text;
            let which = if reference == 0 { String::new() } else { format!("<sup>{}</sup>", reference + 1) };
            let html = format!(" <a class=\"back\" href=\"#{id}\" aria-label=\"{label}\">↑{which}</a>");
            self.out.push_str(if ends_in_paragraph || reference > 0 { &html } else { html.trim_start() });
        }
        self.out.push_str("</p>\n");
    }
}

fn reference_id(number: u16, reference: u16) -> String {
    match reference {
        0 => format!("fnref-{number}"),
        further => format!("fnref-{number}-{}", u32::from(further) + 1),
    }
}
