//! What all pages of one language share.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{DateText, Elsewhere, Html, Link};

/// `site`: the same value for every page of a language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteContext {
    /// Name of the site.
    pub title: String,
    /// One-line promise: the site's description.
    pub description: String,
    /// Rooted address of this language's home: `/`, `/base/`, `/es/`.
    pub home: String,
    /// Rooted address of the whole site, where `assets/` and `search/` lie: `/` or `/base/`.
    pub root: String,
    /// Scheme and host, `https://example.org`: with a rooted address behind it, the whole address that paper shows.
    pub origin: String,
    /// Language, such as `en`.
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: String,
    /// Links of the header, at most five.
    pub navigation: Vec<Link>,
    /// Links of the footer to pages such as about, privacy and the editorial policy.
    pub footer: Vec<Link>,
    /// Sentence of the footer: "This site gives general information …"; may be empty.
    pub disclaimer: String,
    /// The number to call.
    pub emergency: Emergency,
    /// Email address or telephone as written in the configuration.
    pub contact: Option<Link>,
    /// Who publishes the site.
    pub publisher: Option<Link>,
    /// Day on which the newest page of the site changed or was reviewed: never the day of the build, so that a build
    /// without a change writes the same bytes.
    pub updated: Option<DateText>,
    /// Addresses of the pages that needlepoint makes.
    pub urls: SiteUrls,
    /// Rooted addresses of the theme's assets, with their hashes.
    pub assets: SiteAssets,
    /// `[options]` of the theme's theme.toml.
    pub options: BTreeMap<String, String>,
    /// The language of terms, where it is not that of the pages: they are written in the site's own language. So are
    /// facts, care cards and names of regions, but those that a language has in its own words: each says its language
    /// in `lang`.
    pub registry_lang: Option<String>,
    /// The language of the body map, the pages of regions, the glossary, the references and the pages of people, where it
    /// is not that of the pages: they are made in the site's own language alone.
    pub elsewhere: Option<Elsewhere>,
    /// `[extra]` of needlepoint.toml, as it is.
    pub extra: serde_json::Map<String, serde_json::Value>,
    /// Icons by name: the inside of an `svg` of 24 by 24.
    pub icons: BTreeMap<String, Html>,
    /// Rooted address of the Atom feed.
    pub feed: Option<String>,
    /// The content security policy of the `meta` element.
    pub csp: String,
}

/// The emergency number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Emergency {
    /// As readers see it: "911".
    pub label: String,
    /// `tel:911`.
    pub tel: String,
}

/// Addresses of generated pages, none where the site has no such page (a site without conditions has no A to Z).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteUrls {
    /// Search page.
    pub search: String,
    /// Reading settings.
    pub settings: String,
    /// Conditions A to Z.
    pub conditions: Option<String>,
    /// Body map.
    pub body: Option<String>,
    /// Questions hub.
    pub questions: Option<String>,
    /// Glossary.
    pub glossary: Option<String>,
    /// References.
    pub references: Option<String>,
    /// People.
    pub people: Option<String>,
}

/// Addresses of assets.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteAssets {
    /// The one style sheet.
    pub css: String,
    /// `early.js`, which applies reading settings before the first paint.
    pub early: String,
    /// `site.js`.
    pub site: String,
    /// Every script by its name, `search.js`, for hints that a page will need it.
    pub scripts: BTreeMap<String, String>,
    /// The module that searches the pages of this language.
    pub search: String,
    /// The words of the interface for scripts, JSON, in this language.
    pub strings: String,
    /// The mark as an SVG, for browsers that take it as their icon.
    pub favicon: String,
    /// 180 px PNG for Apple's home screens.
    pub touch_icon: String,
    /// The web app manifest.
    pub manifest: String,
}

/// Reads `partials/header.html`, rendered once for each link of the navigation and once for none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeaderContext {
    /// Which link is current: 0 for none, n for the nth.
    pub nav_index: usize,
}

/// `frame`: fragments rendered once for each language from `partials/head.html`, `header.html`, `handout_lines.html` and
/// `footer.html`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameContext {
    /// What every `head` holds: policy, style sheet, scripts, icons, feed.
    pub head: Html,
    /// The header with none current, then with each link of the navigation current.
    pub headers: Vec<Html>,
    /// What every handout ends with: lines to write on, and where to get help.
    pub handout: Html,
    /// The footer.
    pub footer: Html,
}
