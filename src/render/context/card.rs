//! What the template of cards for link previews sees.

use serde::{Deserialize, Serialize};

use super::{Html, KindLabel};

/// `card.svg`: the picture that others show beside a link to a page. It sees these values alone: no `site`, no `t`.
///
/// It is rendered twice: the layer `ground` once for all cards of a kind, the layer `title` for each card, over it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardContext {
    /// `ground` or `title`.
    pub layer: String,
    /// Whether the card has a title: not where the theme's letters cannot write it.
    pub has_title: bool,
    /// The title in lines; empty in the layer `ground`.
    pub lines: Vec<CardLine>,
    /// Height of the title's letters in pixels; 0 in the layer `ground`.
    pub size: u32,
    /// Kind of the page; its label is empty on cards of the site and of pages that show none.
    pub kind: KindLabel,
    /// The inside of the kind's icon, an `svg` of 24 by 24.
    pub icon: Html,
    /// Name of the site.
    pub site_title: String,
}

/// One line of a card's title.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardLine {
    /// Text.
    pub text: String,
    /// Height of its base line from the top, in pixels.
    pub y: u32,
}
