//! Cards for link previews: drawn from a page's title and kind, named by all that shapes them.

mod drawing;
mod fitting;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

use super::context::{CardContext, KindLabel, OgImage, Ready};
use super::shared::Tongue;
use super::{Inputs, Shared};
use crate::catalog::PageId;
use crate::diag::Diagnostic;
use crate::lock::locked;
use crate::picture::FlatDrawing;
use crate::source::Fingerprint;
use drawing::Letters;

/// Raised when the same template and words give another picture than before.
const VERSION: &str = "4";

/// Width and height that social networks ask for.
pub(super) const SIZE: (u32, u32) = (1_200, 630);

/// What all cards of a site share.
#[derive(Default)]
pub(super) struct Cards {
    /// Read when the first card is drawn.
    letters: OnceLock<Letters>,
    /// Grounds by the drawings that they are made from.
    grounds: Mutex<BTreeMap<String, Arc<Ground>>>,
    /// Canvases that nobody draws on: a new one for each card would be memory that the system has to clear.
    canvases: Mutex<Vec<Vec<u8>>>,
}

/// A ground, drawn when the first card needs it; none where its drawing cannot be read.
type Ground = OnceLock<Option<FlatDrawing>>;

impl Cards {
    /// The ground that a drawing shows. It is drawn once: a second thread that needs it waits for the first.
    fn ground(&self, letters: &Letters, svg: String, canvas: &mut Vec<u8>) -> Arc<Ground> {
        let ground = Arc::clone(locked(&self.grounds).entry(svg.clone()).or_default());
        ground.get_or_init(|| drawing::flat_ground(letters, &svg, canvas));
        ground
    }

    /// A layer over its ground, as a PNG.
    fn png(&self, letters: &Letters, ground: String, layer: &str) -> Option<Vec<u8>> {
        let mut canvas = locked(&self.canvases).pop().unwrap_or_default();
        let ground = self.ground(letters, ground, &mut canvas);
        let ground = ground.get().and_then(Option::as_ref);
        let png = ground.and_then(|ground| drawing::png(letters, layer, ground, &mut canvas));
        locked(&self.canvases).push(canvas);
        png
    }
}

/// What a card says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Card {
    title: String,
    kind: KindLabel,
    site_title: String,
}

/// The picture for previews of a page: its own card, or that of the site where there are too many pages.
pub(super) fn of_page(inputs: &Inputs<'_>, tongue: &Tongue, id: PageId) -> Option<Ready<OgImage>> {
    match page_card(inputs, tongue, id) {
        Some(card) => picture(inputs, &card),
        None => of_site(inputs, tongue),
    }
}

/// The picture for previews of pages without a card of their own.
pub(super) fn of_site(inputs: &Inputs<'_>, tongue: &Tongue) -> Option<Ready<OgImage>> {
    tongue.picture.get_or_init(|| picture(inputs, &site_card(tongue))).clone()
}

/// The card of a page; none where the site has too many pages for that.
pub(super) fn page_card(inputs: &Inputs<'_>, tongue: &Tongue, id: PageId) -> Option<Card> {
    let pages = inputs.catalog.pages().len();
    if pages > inputs.config.cards.max_pages as usize || !inputs.catalog.is_listed(id) {
        return None;
    }
    let page = inputs.catalog.page(id);
    let kind = tongue.shown_kind(page);
    Some(Card { title: page.title.clone(), kind, site_title: tongue.site.title.clone() })
}

/// The card of the whole site in a language.
pub(super) fn site_card(tongue: &Tongue) -> Card {
    let promise = &tongue.site.description;
    let title = if promise.is_empty() { &tongue.site.title } else { promise };
    Card { title: title.clone(), kind: super::kinds::generated(), site_title: tongue.site.title.clone() }
}

/// Where a card lies in the built site; none where the site has no cards.
pub(super) fn path(inputs: &Inputs<'_>, card: &Card) -> Option<String> {
    let hash = blake3::Hash::from_bytes(key(inputs, card)?).to_hex();
    Some(format!("assets/cards/{}.png", &hash[..16]))
}

/// The hash of all that shapes a card; none where the site has no cards.
pub(super) fn key(inputs: &Inputs<'_>, card: &Card) -> Option<Fingerprint> {
    let look = inputs.theme.card.as_ref().filter(|_| inputs.config.cards.enabled)?;
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"card\0").update(VERSION.as_bytes()).update(&look.fingerprint);
    for text in [&card.title, &card.kind.label, &card.kind.color, icon(inputs, card), &card.site_title] {
        hasher.update(text.as_bytes()).update(b"\0");
    }
    Some(*hasher.finalize().as_bytes())
}

/// The card as a PNG; a mistake in its template is a finding.
pub(super) fn png(inputs: &Inputs<'_>, shared: &Shared, card: &Card) -> Result<Vec<u8>, Box<Diagnostic>> {
    let letters = shared.cards.letters.get_or_init(|| Letters::of(inputs.theme.card.as_ref()));
    let own = drawing::context(letters, card, icon(inputs, card));
    let svg = |context: &CardContext| {
        let context = tera::Context::from_serialize(context).expect("contexts are structs of plain values");
        inputs.theme.render(crate::theme::CARD, &context)
    };
    let (ground, title) = (svg(&drawing::ground(&own))?, svg(&own)?);
    Ok(shared.cards.png(letters, ground, &title).unwrap_or_default())
}

fn icon<'a>(inputs: &Inputs<'a>, card: &Card) -> &'a String {
    static NONE: String = String::new();
    inputs.theme.icons.get(&card.kind.icon).unwrap_or(&NONE)
}

fn picture(inputs: &Inputs<'_>, card: &Card) -> Option<Ready<OgImage>> {
    let path = path(inputs, card)?;
    let Card { title, kind, site_title } = card;
    let words = [&kind.label, title, site_title].into_iter().filter(|text| !text.is_empty());
    let words: Vec<&str> = words.map(String::as_str).collect();
    Some(Ready::new(&OgImage {
        url: format!("{}/{path}", inputs.config.base_url),
        width: SIZE.0,
        height: SIZE.1,
        alt: words.join(" · "),
    }))
}
