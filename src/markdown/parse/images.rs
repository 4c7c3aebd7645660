//! Images: their alternative text, and those that are figures.

use pulldown_cmark as cmark;

use super::Builder;
use crate::diag;
use crate::markdown::document::*;
use crate::markdown::shortcode;

impl Builder<'_> {
    /// Between the start and the end of an image only the words count.
    pub(super) fn take_in_image(&mut self, event: cmark::Event<'_>) {
        let Some((index, mut alt, mut depth)) = self.image.take() else { return };
        match event {
            cmark::Event::Start(cmark::Tag::Image { .. }) => depth += 1,
            cmark::Event::End(cmark::TagEnd::Image) => depth -= 1,
            cmark::Event::Text(text) | cmark::Event::Code(text) => {
                alt.extend(text.chars().filter(|&c| c != char::from(shortcode::MASK)));
            }
            cmark::Event::SoftBreak | cmark::Event::HardBreak => alt.push(' '),
            _ => {}
        }
        if depth > 0 {
            self.image = Some((index, alt, depth));
            return;
        }
        self.images[index as usize].alt = alt.into();
        let image = &self.images[index as usize];
        let span = image.span;
        if image.alt.trim().is_empty() && !image.is_decorative() {
            let message = format!("the image `{}` has no alternative text", image.target);
            let help = "say in the square brackets what the image tells; for pure decoration give it the title \"decorative\"";
            self.report(diag::MISSING_ALT, span, message).help = Some(help.to_owned());
        }
        self.end(cmark::TagEnd::Image, span);
    }

    pub(super) fn finish_paragraph(&mut self) {
        let tail = &self.events[self.events.len().saturating_sub(3)..];
        if let [p, i, _] = tail
            && p.kind == EventKind::Start(Tag::Paragraph)
            && let EventKind::Start(Tag::Image(index)) = i.kind
        {
            self.images[index as usize].is_figure = true;
        }
    }
}
