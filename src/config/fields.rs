//! The keys of the configuration.

use crate::aspect::Aspect;
use crate::typed::{Field, Shape};

const TEXTS: Shape = Shape::List(&Shape::Text);

/// The keys of `needlepoint.toml`.
pub(super) const FIELDS: &[Field] = &[
    Field::required("title", Shape::Text, "The site's title."),
    Field::new("base_url", Shape::Text, "Where the site will stand: https://example.org."),
    Field::new("language", Shape::Text, "The language of the content: en, en-US, es."),
    Field::new("description", Shape::Text, "One or two sentences about the site."),
    Field::new("theme", Shape::Text, "The folder of the theme in themes/."),
    Field::new("review_every", Shape::Period, "How long a review is good for, where the page does not say."),
    Field::new("review_grace", Shape::Period, "How long a review may be overdue before it is an error."),
    Field::new(
        "faq_headings",
        TEXTS,
        "Second-level headings below which third-level headings are questions.",
    ),
    Field::new("trusted_hosts", TEXTS, "Sites that links may lead to; links to others are reported."),
    Field::new("emergency", Shape::Table(EMERGENCY), "The emergency number."),
    Field::new("contact", Shape::Text, "An e-mail or web address for readers."),
    Field::new("publisher", Shape::Table(PUBLISHER), "Who stands behind the site."),
    Field::new("editor", Shape::Text, "Opens an editor from the preview, with {path}, {line} and {column}."),
    Field::new("navigation", Shape::List(&Shape::Table(NAVIGATION)), "The header's links, at most five."),
    Field::new("languages", Shape::Map(&Shape::Table(LANGUAGE)), "Further languages by tag."),
    Field::new("folders", Shape::Map(&Shape::Id), "The default kind of a folder below content/."),
    Field::new("kinds", Shape::Map(&Shape::Table(KIND)), "Kinds of pages."),
    Field::new("markdown", Shape::Table(MARKDOWN), "How Markdown is read."),
    Field::new("autolink", Shape::Table(AUTOLINK), "How mentions of conditions become links."),
    Field::new("checks", Shape::OpenTable(CHECKS, &LEVEL), "The levels of findings, by code."),
    Field::new("cards", Shape::Table(CARDS), "Pictures for link previews, drawn from title and kind."),
    Field::new("feed", Shape::Table(FEED), "The feed."),
    Field::new("lists", Shape::Table(LISTS), "Lists of pages."),
    Field::new("publish", Shape::Map(&Shape::Map(&Shape::Any)), "Targets of publish, by name."),
    Field::new("extra", Shape::Map(&Shape::Any), "Values for the theme."),
];

pub(super) const EMERGENCY: &[Field] = &[
    Field::new("number", Shape::Text, "What a phone dials."),
    Field::new("label", Shape::Text, "How it is shown."),
];

pub(super) const PUBLISHER: &[Field] = &[
    Field::required("name", Shape::Text, "The name."),
    Field::new("kind", Shape::OneOf(&PUBLISHER_KINDS), "Whether care is given or words are published."),
    Field::new("url", Shape::Text, "The publisher's own site."),
];

pub(super) const PUBLISHER_KINDS: [&str; 2] = ["provider", "publisher"];

pub(super) const NAVIGATION: &[Field] = &[
    Field::required("title", Shape::Text, "The words."),
    Field::required("path", Shape::Address, "Where it leads."),
];

pub(super) const LANGUAGE: &[Field] = &[
    Field::new("title", Shape::Text, "The site's title."),
    Field::new("description", Shape::Text, "One or two sentences about the site."),
    Field::new("navigation", Shape::List(&Shape::Table(NAVIGATION)), "The header's links, at most five."),
];

pub(super) const KIND: &[Field] = &[
    Field::new("label", Shape::Text, "The word that readers see."),
    Field::new("icon", Shape::Text, "An icon of the theme."),
    Field::new("color", Shape::Text, "A colour of the theme."),
    Field::new("health", Shape::Bool, "Whether the checks of provenance, evidence and safety apply."),
    Field::new("treatment", Shape::Bool, "Whether the checks of balance and risks apply."),
    Field::new("required", TEXTS, "The keys that front matter must have."),
    Field::new("sections", Shape::List(&Shape::Table(SECTION)), "The sections, in their order."),
];

pub(super) const SECTION: &[Field] = &[
    Field::required("aspect", Shape::OneOf(Aspect::NAMES), "What the section speaks of."),
    Field::new("headings", TEXTS, "The headings that speak of it; the first is what `new` writes."),
    Field::new("required", Shape::Bool, "Whether a page must have it."),
];

pub(super) const MARKDOWN: &[Field] = &[
    Field::new("raw_html", Shape::Bool, "Whether raw HTML is kept."),
    Field::new("smart_punctuation", Shape::Bool, "Whether straight quotes, -- and ... become typographic."),
];

pub(super) const AUTOLINK: &[Field] = &[
    Field::new("mentions", Shape::OneOf(&MENTIONS), "Which mentions of a condition become links."),
    Field::new("max_per_page", Shape::Integer, "The most automatic links of one page."),
];

pub(super) const MENTIONS: [&str; 3] = ["section", "page", "all"];

pub(super) const CHECKS: &[Field] = &[
    Field::new("kind", Shape::Map(&Shape::Map(&LEVEL)), "Levels for a kind of page."),
    Field::new("folder", Shape::Map(&Shape::Map(&LEVEL)), "Levels for a folder below content/."),
];

pub(super) const LEVELS: [&str; 4] = ["off", "info", "warning", "error"];

const LEVEL: Shape = Shape::OneOf(&LEVELS);

pub(super) const CARDS: &[Field] = &[
    Field::new("enabled", Shape::Bool, "Whether they are drawn."),
    Field::new("max_pages", Shape::Integer, "A site with more pages shows one picture for all of them."),
];

pub(super) const FEED: &[Field] = &[Field::new("limit", Shape::Integer, "The most entries.")];

pub(super) const LISTS: &[Field] = &[Field::new("page_size", Shape::Integer, "The most pages in one list.")];
