//! From a card's words to its pixels.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use resvg::{tiny_skia, usvg};

use super::fitting;
use super::{Card, SIZE};
use crate::lock::locked;
use crate::markup::escaped;
use crate::picture::FlatDrawing;
use crate::render::context::{CardContext, CardLine, Html};
use crate::theme::CardLook;

/// How far a layer's letters may reach beyond what it says that it fills, in pixels.
const EDGE: f32 = 4.0;

/// The letters that cards are written in.
pub(super) struct Letters {
    fonts: Arc<usvg::fontdb::Database>,
    /// Widths that were measured already: the words of titles repeat, and to lay out is what takes time.
    known: Mutex<BTreeMap<String, Option<f32>>>,
}

impl Letters {
    pub(super) fn of(look: Option<&CardLook>) -> Self {
        let mut fonts = usvg::fontdb::Database::new();
        for font in look.into_iter().flat_map(|look| &look.fonts) {
            fonts.load_font_data(font.to_vec());
        }
        Self { fonts: Arc::new(fonts), known: Mutex::default() }
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

    /// The width of each text in letters of one pixel; none of one with a letter that is missing.
    fn widths(&self, texts: &[&str]) -> Vec<Option<f32>> {
        let known = || locked(&self.known);
        let new: Vec<&str> = {
            let known = known();
            texts.iter().copied().filter(|text| !known.contains_key(*text)).collect()
        };
        let measured = self.measured(&new);
        let mut known = known();
        known.extend(new.iter().map(|text| (*text).to_owned()).zip(measured));
        texts.iter().map(|text| known.get(*text).copied().flatten()).collect()
    }

    fn measured(&self, texts: &[&str]) -> Vec<Option<f32>> {
        const MEASURED_AT: f32 = 100.0;
        let mut svg = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">");
        for (at, text) in texts.iter().enumerate() {
            let text = escaped(text);
            svg.push_str(&format!(
                "<text id=\"t{at}\" font-size=\"{MEASURED_AT}\" font-weight=\"700\">{text}</text>"
            ));
        }
        svg.push_str("</svg>");
        let mut widths = vec![None; texts.len()];
        if texts.is_empty() {
            return widths;
        }
        let Some(tree) = self.tree(&svg) else { return widths };
        // Text without any known letter makes no element.
        for node in tree.root().children() {
            let usvg::Node::Text(text) = node else { continue };
            let mut glyphs = text.layouted().iter().flat_map(|span| &span.positioned_glyphs);
            let at = text.id().strip_prefix('t').and_then(|at| at.parse::<usize>().ok());
            if let Some(width) = at.and_then(|at| widths.get_mut(at))
                && glyphs.all(|glyph| glyph.id.0 != 0)
            {
                *width = Some(text.bounding_box().width() / MEASURED_AT);
            }
        }
        widths
    }
}

/// What the template of a card sees, in the layer of the title. A title in a script that the letters lack is left out:
/// better none than boxes.
pub(super) fn context(letters: &Letters, card: &Card, icon: &str) -> CardContext {
    let words: Vec<&str> = card.title.split_whitespace().collect();
    let mut texts = vec![&*card.kind.label, &*card.site_title, "n n", "nn"];
    texts.extend(&words);
    let widths = letters.widths(&texts);
    let (own, of_words) = widths.split_at(texts.len() - words.len());
    let written = |at: usize| own[at].map_or_else(String::new, |_| texts[at].to_owned());
    let gap = own[2].zip(own[3]).map_or(0.0, |(apart, together)| apart - together);
    let words: Option<Vec<(&str, f32)>> =
        words.iter().zip(of_words).map(|(word, width)| Some((*word, (*width)?))).collect();
    let fitted = words.filter(|words| !words.is_empty()).map(|words| fitting::fit(&words, gap));
    let mut kind = card.kind.clone();
    kind.label = written(0);
    CardContext {
        layer: "title".to_owned(),
        has_title: fitted.is_some(),
        size: fitted.as_ref().map_or(0, |fitted| fitted.size),
        lines: fitted
            .into_iter()
            .flat_map(|fitted| fitted.lines)
            .map(|(text, y)| CardLine { text, y })
            .collect(),
        icon: Html(icon.to_owned()),
        kind,
        site_title: written(1),
    }
}

/// The same in the layer of the ground: what cards of a kind share.
pub(super) fn ground(card: &CardContext) -> CardContext {
    CardContext { layer: "ground".to_owned(), lines: Vec::new(), size: 0, ..card.clone() }
}

/// The ground of cards. `canvas` is drawn on; what it held is no matter.
pub(super) fn flat_ground(letters: &Letters, svg: &str, canvas: &mut Vec<u8>) -> Option<FlatDrawing> {
    let tree = letters.tree(svg)?;
    canvas.clear();
    canvas.resize(4 * SIZE.0 as usize * SIZE.1 as usize, u8::MAX);
    draw(&tree, to_card(&tree), canvas)?;
    FlatDrawing::new(canvas, SIZE.0)
}

/// A card as a PNG without transparency: a layer over its ground. Only the rows that the layer fills are drawn, on
/// `canvas`.
pub(super) fn png(
    letters: &Letters,
    svg: &str,
    ground: &FlatDrawing,
    canvas: &mut Vec<u8>,
) -> Option<Vec<u8>> {
    let tree = letters.tree(svg)?;
    let scale = to_card(&tree);
    let filled = tree.root().abs_layer_bounding_box().transform(scale)?;
    let row = |at: f32| at.clamp(0.0, SIZE.1 as f32) as usize;
    let (first, end) = (row(filled.top() - EDGE), row(filled.bottom() + EDGE));
    canvas.clear();
    if first < end {
        ground.rows(first..end).for_each(|row| canvas.extend_from_slice(row));
        draw(&tree, scale.post_translate(0.0, -(first as f32)), canvas)?;
    }
    ground.png_with(first, canvas)
}

/// Draws over rows of pixels.
fn draw(tree: &usvg::Tree, transform: tiny_skia::Transform, rows: &mut [u8]) -> Option<()> {
    let height = rows.len() as u32 / (4 * SIZE.0);
    resvg::render(tree, transform, &mut tiny_skia::PixmapMut::from_bytes(rows, SIZE.0, height)?);
    Some(())
}

/// From the drawing's own size to that of a card.
fn to_card(tree: &usvg::Tree) -> tiny_skia::Transform {
    let scale = |side: u32, own: f32| side as f32 / own;
    tiny_skia::Transform::from_scale(scale(SIZE.0, tree.size().width()), scale(SIZE.1, tree.size().height()))
}
