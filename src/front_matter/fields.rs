//! The keys of front matter.

use crate::typed::{Field, Shape};

const TEXTS: Shape = Shape::List(&Shape::Text);
const IDS: Shape = Shape::List(&Shape::Id);

const fn field(name: &'static str, shape: Shape, about: &'static str) -> Field {
    Field { name, shape, about }
}

/// The keys that an article may have.
pub(super) const FIELDS: &[Field] = &[
    field("title", Shape::Text, "The title. For a condition, its preferred name."),
    field("description", Shape::Text, "One or two sentences for lists, search and sharing."),
    field(
        "kind",
        Shape::Id,
        "The kind of page: explainer, comparison, guide, faq, condition, page, or your own.",
    ),
    field("slug", Shape::Text, "The last part of the address, in place of the file's name."),
    field("path", Shape::Address, "The whole address, in place of the file's."),
    field("aliases", Shape::List(&Shape::Address), "Old addresses; each leads here."),
    field("date", Shape::Date, "When the page was first published."),
    field("updated", Shape::Date, "When the page was last changed."),
    field("reviewed", Shape::Date, "When a clinician last reviewed the page."),
    field("reviewer", Shape::Id, "Who reviewed it: an id of people.toml."),
    field("authors", IDS, "Who wrote it: ids of people.toml."),
    field("review_every", Shape::Period, "How long a review is good for."),
    field("expires", Shape::Date, "From this day on the page is no longer published."),
    field("withdrawn", Shape::Table(WITHDRAWN), "Takes the page back; its address says so."),
    field("conditions", IDS, "The conditions the page is about: ids of files in content/conditions/."),
    field("tags", TEXTS, "Tags; each has a list of its pages."),
    field("weight", Shape::Integer, "The place among its neighbours; lower comes first."),
    field("draft", Shape::Bool, "A draft is not published."),
    field("toc", Shape::Bool, "Whether the page shows its table of contents."),
    field("search", Shape::Bool, "Whether search finds the page."),
    field("autolink", Shape::Bool, "Whether mentions of conditions become links."),
    field("template", Shape::Text, "The template, in place of the kind's."),
    field("questions", TEXTS, "What readers would ask; search reads them like the title."),
    field("keywords", TEXTS, "Further words for search."),
    field("waivers", Shape::Map(&Shape::Text), "Findings to be silent on this page, each with the reason."),
    field("how_made", Shape::Text, "How the page was made, for readers."),
    field("history", Shape::List(&Shape::Table(HISTORY)), "What was changed, and when."),
    field("extra", Shape::OpenTable(EXTRA, &Shape::Any), "Values for the theme."),
    field("also_called", TEXTS, "Conditions only: other names; mentions of them become links."),
    field("search_only", TEXTS, "Conditions only: names for search and the A to Z, never linked."),
    field("region", Shape::Id, "Conditions only: a region of the body, an id of regions.toml."),
    field("related", IDS, "Conditions only: related conditions."),
    field("icd10", TEXTS_OR_TEXT, "Conditions only: ICD-10 codes."),
    field("mesh", TEXTS_OR_TEXT, "Conditions only: MeSH headings or identifiers."),
    field("evidence", Shape::List(&Shape::Table(EVIDENCE)), "Conditions only: what is known of the benefit."),
];

/// The keys that only a condition may have.
pub(super) const CONDITION_KEYS: [&str; 7] =
    ["also_called", "search_only", "region", "related", "icd10", "mesh", "evidence"];

const TEXTS_OR_TEXT: Shape = Shape::Either(&[Shape::Text, TEXTS]);

pub(super) const WITHDRAWN: &[Field] = &[
    field("date", Shape::Date, "Since when."),
    field("reason", Shape::Text, "Why, for readers."),
    field("replacement", Shape::Address, "The page to read in its place."),
];

pub(super) const HISTORY: &[Field] =
    &[field("date", Shape::Date, "When."), field("text", Shape::Text, "What was changed.")];

pub(super) const EXTRA: &[Field] = &[
    field("key_message", Shape::Text, "The page in one to three sentences."),
    field("at_a_glance", IDS, "Facts for the box at the top: ids of facts.toml."),
];

pub(super) const EVIDENCE: &[Field] = &[
    field("outcome", Shape::Text, "What may change: pain, function."),
    field("comparator", Shape::Text, "Compared with what."),
    field("timeframe", Shape::Text, "Over what time."),
    field("direction", Shape::Text, "Which way it goes."),
    field("certainty", Shape::OneOf(&CERTAINTY), "How sure it is."),
    field("refs", IDS, "The sources: keys of the references."),
    field("known", Shape::Text, "What is known, in plain words."),
    field("unknown", Shape::Text, "What is not known, in plain words."),
];

/// The degrees of certainty, as authors write them.
pub(super) const CERTAINTY: [&str; 4] = ["high", "moderate", "low", "very low"];
