//! Pages that stand alone: home, search, settings, 404, withdrawn, redirect.

use serde::{Deserialize, Serialize};

use super::{DateText, Elsewhere, Figure, Html, Letter, Link, PersonLink};

/// `home.html`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeContext {
    /// Text of `content/_index.md`; may be empty.
    pub body: Html,
    /// The doors, three or so (`extra.doors` of `content/_index.md`).
    pub doors: Vec<Door>,
    /// Up to six questions.
    pub questions: Vec<Link>,
    /// Letters of the A to Z; their addresses lead to the conditions page.
    pub letters: Vec<Letter>,
    /// Up to five pages, by the latest of published, changed and reviewed.
    pub recent: Vec<RecentPage>,
    /// Who writes and reviews, up to six.
    pub people: Vec<PersonLink>,
}

/// A door of the home page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Door {
    /// "Where does it hurt?".
    pub title: String,
    /// One sentence; may be empty.
    pub text: String,
    /// Address.
    pub url: String,
    /// Name of an icon of the theme; empty for none.
    pub icon: String,
    /// Small figure; only for the door to the body map.
    pub figure: Option<Figure>,
    /// The language of the page behind it, where it is not that of home.
    pub elsewhere: Option<Elsewhere>,
}

/// A page that is new or newly reviewed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecentPage {
    /// Title.
    pub title: String,
    /// Address.
    pub url: String,
    /// "Reviewed", "Updated" or "New".
    pub what: String,
    /// When.
    pub date: DateText,
}

/// `search.html`: without script a list of all pages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchContext {
    /// All pages of this language that search may show, by kind.
    pub groups: Vec<LinkGroup>,
}

/// Links under a heading.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkGroup {
    /// Heading.
    pub title: String,
    /// Links, by their words.
    pub items: Vec<Link>,
}

/// `settings.html`: script adds the controls.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsContext {}

/// `not_found.html`: `404.html`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotFoundContext {}

/// `withdrawn.html`: what stands at the address of a withdrawn page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithdrawnContext {
    /// "This page was withdrawn on 12 March 2026."
    pub sentence: String,
    /// Why; may be empty.
    pub reason: String,
    /// The page to read in its place.
    pub replacement: Option<Link>,
}

/// `redirect.html`: what stands at an old address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedirectContext {
    /// Where the page is now: rooted address.
    pub target: String,
    /// The same as a whole address, for `canonical`.
    pub permalink: String,
}
