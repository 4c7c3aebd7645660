//! From a card's words to its pixels.

use std::sync::Arc;

use image::ImageEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use resvg::{tiny_skia, usvg};

use super::fitting::{self, Fitted};
use super::{Card, SIZE};
use crate::render::context::{CardContext, CardLine};
use crate::theme::CardLook;

/// The letters that cards are written in.
pub(super) struct Letters {
    fonts: Arc<usvg::fontdb::Database>,
}

impl Letters {
    pub(super) fn of(look: Option<&CardLook>) -> Self {
        let mut fonts = usvg::fontdb::Database::new();
        for font in look.into_iter().flat_map(|look| &look.fonts) {
            fonts.load_font_data(font.to_vec());
        }
        Self { fonts: Arc::new(fonts) }
    }

    fn tree(&self, svg: &str) -> Option<usvg::Tree> {
        let family = self.fonts.faces().next()?.families.first()?.0.clone();
        let options = usvg::Options {
            fontdb: Arc::clone(&self.fonts),
            font_family: family,
            ..usvg::Options::default()
        };
        usvg::Tree::from_str(svg, &options).ok()
    }

    /// The width of each text in letters of one pixel; none where a letter is missing.
    fn widths(&self, texts: &[&str]) -> Option<Vec<f32>> {
        const MEASURED_AT: f32 = 100.0;
        let mut svg = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">");
        for text in texts {
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            svg.push_str(&format!("<text font-size=\"{MEASURED_AT}\" font-weight=\"700\">{text}</text>"));
        }
        svg.push_str("</svg>");
        let tree = self.tree(&svg)?;
        let width = |node: &usvg::Node| {
            let usvg::Node::Text(text) = node else { return None };
            let mut glyphs = text.layouted().iter().flat_map(|span| &span.positioned_glyphs);
            let is_written = glyphs.all(|glyph| glyph.id.0 != 0);
            is_written.then(|| text.bounding_box().width() / MEASURED_AT)
        };
        let widths: Option<Vec<f32>> = tree.root().children().iter().map(width).collect();
        // Text without any known letter makes no element.
        widths.filter(|widths| widths.len() == texts.len())
    }
}

/// What the template of a card sees. A title in a script that the letters lack is left out: better none than boxes.
pub(super) fn context(letters: &Letters, card: &Card, icon: &str) -> tera::Context {
    let fitted = fitted(letters, &card.title);
    let is_written = |text: &str| text.is_empty() || letters.widths(&[text]).is_some();
    let written = |text: &str| if is_written(text) { text.to_owned() } else { String::new() };
    let mut kind = card.kind.clone();
    kind.label = written(&kind.label);
    let context = CardContext {
        size: fitted.as_ref().map_or(0, |fitted| fitted.size),
        lines: fitted
            .into_iter()
            .flat_map(|fitted| fitted.lines)
            .map(|(text, y)| CardLine { text, y })
            .collect(),
        icon: super::super::context::Html(icon.to_owned()),
        kind,
        site_title: written(&card.site_title),
    };
    tera::Context::from_serialize(&context).expect("contexts are structs of plain values")
}

fn fitted(letters: &Letters, title: &str) -> Option<Fitted> {
    let words: Vec<&str> = title.split_whitespace().collect();
    if words.is_empty() {
        return None;
    }
    let widths = letters.widths(&words)?;
    let words: Vec<(&str, f32)> = words.into_iter().zip(widths).collect();
    let gap = letters.widths(&["n n", "nn"])?;
    Some(fitting::fit(&words, gap[0] - gap[1]))
}

/// The drawing as a PNG without transparency.
pub(super) fn png(letters: &Letters, svg: &str) -> Option<Vec<u8>> {
    let tree = letters.tree(svg)?;
    let (width, height) = SIZE;
    let mut canvas = tiny_skia::Pixmap::new(width, height)?;
    canvas.fill(tiny_skia::Color::WHITE);
    let scale = tiny_skia::Transform::from_scale(
        width as f32 / tree.size().width(),
        height as f32 / tree.size().height(),
    );
    resvg::render(&tree, scale, &mut canvas.as_mut());
    let rgb: Vec<u8> = canvas.data().chunks_exact(4).flat_map(|pixel| &pixel[..3]).copied().collect();
    let mut bytes = Vec::new();
    PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Up)
        .write_image(&rgb, width, height, image::ExtendedColorType::Rgb8)
        .ok()?;
    Some(bytes)
}
