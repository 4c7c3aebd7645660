//! What shortcodes see. Each also gets `site` and `t`.

use serde::{Deserialize, Serialize};

use super::Html;

/// `shortcodes/care.html`: `care(id=…)` from the registry, `care(level=…, heading=…)` around a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CareContext {
    /// `emergency`, `urgent` or `non-urgent`.
    pub level: String,
    /// Heading; ends in "if:".
    pub heading: String,
    /// Level of the heading: 3 in a body, 2 where the card stands above it.
    pub rank: usize,
    /// Id for the heading, unique on the page.
    pub anchor: String,
    /// The list and what follows it, as HTML.
    pub body: Html,
    /// The language of heading and list, where it is not that of the page: a card of the registry in a page of another
    /// language.
    pub lang: Option<String>,
}

/// `shortcodes/fact.html`: `fact(id=…)`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactContext {
    /// How the figure reads in a sentence.
    pub text: String,
    /// The language of the text, where it is not that of the page.
    pub lang: Option<String>,
}

/// `shortcodes/steps.html`: `steps()` around an ordered list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepsContext {
    /// The list as HTML, beginning with `<ol>`.
    pub body: Html,
}

/// `shortcodes/nolink.html`: `nolink(text=…)`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NolinkContext {
    /// The words, which are never linked.
    pub text: String,
}

/// `page` in any other shortcode of the theme or the site, which also gets its arguments by their names and, where it
/// stands around blocks, these as `body`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShortcodePage {
    /// Title of the page.
    pub title: String,
    /// Description; may be empty.
    pub description: String,
    /// Rooted address.
    pub url: String,
    /// Language, such as `en`.
    pub lang: String,
    /// Name of the kind in needlepoint.toml.
    pub kind: String,
}
