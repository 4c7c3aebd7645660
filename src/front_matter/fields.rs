//! The keys of front matter.

use crate::typed::{Field, Shape};

const TEXTS: Shape = Shape::List(&Shape::Text);
const IDS: Shape = Shape::List(&Shape::Id);

/// The keys that an article may have.
pub(super) const FIELDS: &[Field] = &[
    Field::required("title", Shape::Text, "The title. For a condition, its preferred name."),
    Field::new("description", Shape::Text, "One or two sentences for lists, search and sharing."),
    Field::new(
        "kind",
        Shape::Id,
        "The kind of page: explainer, comparison, guide, faq, condition, page, or your own.",
    ),
    Field::new("slug", Shape::Text, "The last part of the address, in place of the file's name."),
    Field::new("path", Shape::Address, "The whole address, in place of the file's."),
    Field::new("aliases", Shape::List(&Shape::Address), "Old addresses; each leads here."),
    Field::new("date", Shape::Date, "When the page was first published."),
    Field::new("updated", Shape::Date, "When the page was last changed."),
    Field::new("reviewed", Shape::Date, "When a clinician last reviewed the page."),
    Field::new("reviewer", Shape::Id, "Who reviewed it: an id of people.toml."),
    Field::new("authors", IDS, "Who wrote it: ids of people.toml."),
    Field::new("review_every", Shape::Period, "How long a review is good for."),
    Field::new("expires", Shape::Date, "From this day on the page is no longer published."),
    Field::new("withdrawn", Shape::Table(WITHDRAWN), "Takes the page back; its address says so."),
    Field::new("conditions", IDS, "The conditions the page is about: ids of files in content/conditions/."),
    Field::new("tags", TEXTS, "Tags; each has a list of its pages."),
    Field::new("weight", Shape::Integer, "The place among its neighbours; lower comes first."),
    Field::new("draft", Shape::Bool, "A draft is not published."),
    Field::new("toc", Shape::Bool, "Whether the page shows its table of contents."),
    Field::new("search", Shape::Bool, "Whether search finds the page."),
    Field::new(
        "autolink",
        Shape::Bool,
        "Whether mentions of conditions become links and terms get their explanation.",
    ),
    Field::new("template", Shape::Text, "The template, in place of the kind's."),
    Field::new("questions", TEXTS, "What readers would ask; search reads them like the title."),
    Field::new("keywords", TEXTS, "Further words for search."),
    Field::new(
        "waivers",
        Shape::Map(&Shape::Text),
        "Findings to be silent on this page, each with the reason.",
    ),
    Field::new("how_made", Shape::Text, "How the page was made, for readers."),
    Field::new("history", Shape::List(&Shape::Table(HISTORY)), "What was changed, and when."),
    Field::new("extra", Shape::OpenTable(EXTRA, &Shape::Any), "Values for the theme."),
    Field::new("also_called", TEXTS, "Conditions only: other names; mentions of them become links."),
    Field::new("search_only", TEXTS, "Conditions only: names for search and the A to Z, never linked."),
    Field::new("region", Shape::Id, "Conditions only: a region of the body, an id of regions.toml."),
    Field::new("related", IDS, "Conditions only: related conditions."),
    Field::new("icd10", TEXTS_OR_TEXT, "Conditions only: ICD-10 codes."),
    Field::new("mesh", TEXTS_OR_TEXT, "Conditions only: MeSH headings or identifiers."),
    Field::new(
        "evidence",
        Shape::List(&Shape::Table(EVIDENCE)),
        "Conditions only: what is known of the benefit.",
    ),
];

/// The keys that only a condition may have.
pub(super) const CONDITION_KEYS: [&str; 7] =
    ["also_called", "search_only", "region", "related", "icd10", "mesh", "evidence"];

const TEXTS_OR_TEXT: Shape = Shape::Either(&[Shape::Text, TEXTS]);

pub(super) const WITHDRAWN: &[Field] = &[
    Field::required("date", Shape::Date, "Since when."),
    Field::required("reason", Shape::Text, "Why, for readers."),
    Field::new("replacement", Shape::Address, "The page to read in its place."),
];

pub(super) const HISTORY: &[Field] = &[
    Field::required("date", Shape::Date, "When."),
    Field::required("text", Shape::Text, "What was changed."),
];

pub(super) const EXTRA: &[Field] = &[
    Field::new("key_message", Shape::Text, "The page in one to three sentences."),
    Field::new("at_a_glance", IDS, "Facts for the box at the top: ids of facts.toml."),
];

pub(super) const EVIDENCE: &[Field] = &[
    Field::new("outcome", Shape::Text, "What may change: pain, function."),
    Field::new("comparator", Shape::Text, "Compared with what."),
    Field::new("timeframe", Shape::Text, "Over what time."),
    Field::new(
        "direction",
        Shape::Text,
        "Which way it goes: better, worse, no difference, unclear, which the theme says in the page's language, or other words.",
    ),
    Field::new("certainty", Shape::OneOf(&CERTAINTY), "How sure it is."),
    Field::new("refs", IDS, "The sources: keys of the references."),
    Field::new("known", Shape::Text, "What is known, in plain words."),
    Field::new("unknown", Shape::Text, "What is not known, in plain words."),
];

/// The degrees of certainty, as authors write them.
pub(super) const CERTAINTY: [&str; 4] = ["high", "moderate", "low", "very low"];
