//! The keys of the configuration.

use crate::aspect::Aspect;
use crate::typed::{Field, Shape};

const TEXTS: Shape = Shape::List(&Shape::Text);

const fn field(name: &'static str, shape: Shape, about: &'static str) -> Field {
    Field { name, shape, about }
}

/// The keys of `needlepoint.toml`.
pub(super) const FIELDS: &[Field] = &[
    field("title", Shape::Text, "The site's title."),
    field("base_url", Shape::Text, "Where the site will stand: https://example.org."),
    field("language", Shape::Text, "The language of the content: en, en-US, es."),
    field("description", Shape::Text, "One or two sentences about the site."),
    field("theme", Shape::Text, "The folder of the theme in themes/."),
    field("review_every", Shape::Period, "How long a review is good for, where the page does not say."),
    field("review_grace", Shape::Period, "How long a review may be overdue before it is an error."),
    field("faq_headings", TEXTS, "Second-level headings below which third-level headings are questions."),
    field("emergency", Shape::Table(EMERGENCY), "The emergency number."),
    field("contact", Shape::Text, "An e-mail or web address for readers."),
    field("publisher", Shape::Table(PUBLISHER), "Who stands behind the site."),
    field("editor", Shape::Text, "Opens an editor from the preview, with {path}, {line} and {column}."),
    field("navigation", Shape::List(&Shape::Table(NAVIGATION)), "The header's links, at most five."),
    field("languages", Shape::Map(&Shape::Table(LANGUAGE)), "Further languages by tag."),
    field("folders", Shape::Map(&Shape::Id), "The default kind of a folder below content/."),
    field("kinds", Shape::Map(&Shape::Table(KIND)), "Kinds of pages."),
    field("markdown", Shape::Table(MARKDOWN), "How Markdown is read."),
    field("autolink", Shape::Table(AUTOLINK), "How mentions of conditions become links."),
    field("checks", Shape::OpenTable(CHECKS, &LEVEL), "The levels of findings, by code."),
    field("feed", Shape::Table(FEED), "The feed."),
    field("lists", Shape::Table(LISTS), "Lists of pages."),
    field("publish", Shape::Map(&Shape::Map(&Shape::Any)), "Targets of publish, by name."),
    field("extra", Shape::Map(&Shape::Any), "Values for the theme."),
];

pub(super) const EMERGENCY: &[Field] =
    &[field("number", Shape::Text, "What a phone dials."), field("label", Shape::Text, "How it is shown.")];

pub(super) const PUBLISHER: &[Field] = &[
    field("name", Shape::Text, "The name."),
    field("kind", Shape::OneOf(&PUBLISHER_KINDS), "Whether care is given or words are published."),
    field("url", Shape::Text, "The publisher's own site."),
];

pub(super) const PUBLISHER_KINDS: [&str; 2] = ["provider", "publisher"];

pub(super) const NAVIGATION: &[Field] =
    &[field("title", Shape::Text, "The words."), field("path", Shape::Address, "Where it leads.")];

pub(super) const LANGUAGE: &[Field] = &[
    field("title", Shape::Text, "The site's title."),
    field("description", Shape::Text, "One or two sentences about the site."),
    field("navigation", Shape::List(&Shape::Table(NAVIGATION)), "The header's links, at most five."),
];

pub(super) const KIND: &[Field] = &[
    field("label", Shape::Text, "The word that readers see."),
    field("icon", Shape::Text, "An icon of the theme."),
    field("color", Shape::Text, "A colour of the theme."),
    field("health", Shape::Bool, "Whether the checks of provenance, evidence and safety apply."),
    field("treatment", Shape::Bool, "Whether the checks of balance and risks apply."),
    field("required", TEXTS, "The keys that front matter must have."),
    field("sections", Shape::List(&Shape::Table(SECTION)), "The sections, in their order."),
];

pub(super) const SECTION: &[Field] = &[
    field("aspect", Shape::OneOf(Aspect::NAMES), "What the section speaks of."),
    field("headings", TEXTS, "The headings that speak of it; the first is what `new` writes."),
    field("required", Shape::Bool, "Whether a page must have it."),
];

pub(super) const MARKDOWN: &[Field] = &[
    field("raw_html", Shape::Bool, "Whether raw HTML is kept."),
    field("smart_punctuation", Shape::Bool, "Whether straight quotes, -- and ... become typographic."),
];

pub(super) const AUTOLINK: &[Field] = &[
    field("mentions", Shape::OneOf(&MENTIONS), "Which mentions of a condition become links."),
    field("max_per_page", Shape::Integer, "The most automatic links of one page."),
];

pub(super) const MENTIONS: [&str; 3] = ["section", "page", "all"];

pub(super) const CHECKS: &[Field] = &[
    field("kind", Shape::Map(&Shape::Map(&LEVEL)), "Levels for a kind of page."),
    field("folder", Shape::Map(&Shape::Map(&LEVEL)), "Levels for a folder below content/."),
];

pub(super) const LEVELS: [&str; 4] = ["off", "info", "warning", "error"];

const LEVEL: Shape = Shape::OneOf(&LEVELS);

pub(super) const FEED: &[Field] = &[field("limit", Shape::Integer, "The most entries.")];

pub(super) const LISTS: &[Field] = &[field("page_size", Shape::Integer, "The most pages in one list.")];
