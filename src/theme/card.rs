//! What cards for link previews are drawn with.

use std::sync::Arc;

use super::files::ThemeFiles;
use crate::source::Fingerprint;

/// The template of the cards: a drawing of 1200 by 630.
pub const CARD: &str = "card.svg";

/// What a theme brings for its cards beside their template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardLook {
    /// Letters: TrueType or OpenType files of the theme's folder `card/`.
    pub fonts: Vec<Arc<[u8]>>,
    /// The hash of the template and the letters.
    pub fingerprint: Fingerprint,
}

/// The look of the theme's cards; none where it has no template for them.
pub(super) fn look(files: &ThemeFiles) -> Option<CardLook> {
    let template = files.text(&format!("templates/{CARD}"))?;
    let mut hasher = blake3::Hasher::new();
    hasher.update(blake3::hash(template.text().as_bytes()).as_bytes());
    let is_font = |name: &str| name.ends_with(".ttf") || name.ends_with(".otf");
    let mut fonts = Vec::new();
    for (_, file) in files.binaries("card/").filter(|(name, _)| is_font(name)) {
        let Ok(bytes) = file.bytes() else { continue };
        hasher.update(blake3::hash(&bytes).as_bytes());
        fonts.push(bytes.into());
    }
    Some(CardLook { fonts, fingerprint: *hasher.finalize().as_bytes() })
}
