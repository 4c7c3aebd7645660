//! Front matter: the typed block at the head of an article.

mod fence;
mod fields;
mod read;

use jiff::civil::Date;

use crate::diag::{self, Diagnostic};
use crate::name::{CitationKey, ConditionId, KindId, PersonId, RegionId, SitePath, UrlPath};
use crate::source::{Source, Span};
use crate::typed::{Field, Format, Months, Spanned};

/// The largest front matter, in bytes.
pub const MAX_BYTES: usize = 64 * 1024;

/// The longest title, in characters.
pub const MAX_TITLE: usize = 300;

/// The most aliases of one page.
pub const MAX_ALIASES: usize = 100;

/// What stands at the head of an article. Every value is the author's; nothing is filled in from elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct FrontMatter {
    /// The text between the fences; empty where there is no front matter.
    pub block: Span,
    /// The text below the front matter: Markdown.
    pub body: Span,
    /// Whether the block could not be read whole, so that an absent key may yet be written.
    pub broken: bool,
    /// The title; the preferred name of a condition.
    pub title: Option<Spanned<String>>,
    /// One or two sentences for lists, search and sharing.
    pub description: Option<Spanned<String>>,
    /// The kind of page.
    pub kind: Option<Spanned<KindId>>,
    /// The last segment of the address, in place of the file's stem.
    pub slug: Option<Spanned<String>>,
    /// The whole address, in place of the file's.
    pub path: Option<Spanned<UrlPath>>,
    /// Old addresses.
    pub aliases: Vec<Spanned<UrlPath>>,
    /// First published.
    pub date: Option<Spanned<Date>>,
    /// Last changed.
    pub updated: Option<Spanned<Date>>,
    /// Last clinical review.
    pub reviewed: Option<Spanned<Date>>,
    /// Who reviewed it.
    pub reviewer: Option<Spanned<PersonId>>,
    /// Who wrote it.
    pub authors: Vec<Spanned<PersonId>>,
    /// How long a review is good for.
    pub review_every: Option<Spanned<Months>>,
    /// The first day on which the page is no longer published.
    pub expires: Option<Spanned<Date>>,
    /// Why the page was taken back.
    pub withdrawn: Option<Withdrawn>,
    /// The conditions that the page is about.
    pub conditions: Vec<Spanned<ConditionId>>,
    /// Tags.
    pub tags: Vec<Spanned<String>>,
    /// The place among neighbours, lower first.
    pub weight: Option<i64>,
    /// Whether the page is not to be published yet.
    pub draft: bool,
    /// Whether a table of contents is shown; the theme decides where it is absent.
    pub toc: Option<bool>,
    /// Whether search finds the page; it does where nothing is written.
    pub search: bool,
    /// Whether mentions of conditions become links; they do where nothing is written.
    pub autolink: bool,
    /// The template, in place of the kind's.
    pub template: Option<Spanned<String>>,
    /// What readers would ask.
    pub questions: Vec<Spanned<String>>,
    /// Further words for search.
    pub keywords: Vec<Spanned<String>>,
    /// Findings that are silenced on this page.
    pub waivers: Vec<Waiver>,
    /// How the page was made, for readers.
    pub how_made: Option<Spanned<String>>,
    /// What was changed, in the order written.
    pub history: Vec<Change>,
    /// The theme's own values.
    pub extra: serde_json::Map<String, serde_json::Value>,
    /// What only a condition has; `None` where no such key is written.
    pub condition: Option<ConditionFields>,
    /// Every top-level key with its place, in the order of the file.
    pub keys: Vec<(String, Span)>,
}

/// Why and since when a page is withdrawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawn {
    /// The place of the table.
    pub span: Span,
    /// Since when.
    pub date: Option<Spanned<Date>>,
    /// Why, for readers.
    pub reason: Option<Spanned<String>>,
    /// The page to read in its place.
    pub replacement: Option<Spanned<UrlPath>>,
}

/// A finding that is silenced on one page, with the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The code of the finding.
    pub code: String,
    /// Why it does not apply.
    pub reason: String,
    /// The place of the code.
    pub span: Span,
}

/// A change in the page's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// When.
    pub date: Spanned<Date>,
    /// What was changed.
    pub text: String,
}

/// What only a condition has.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ConditionFields {
    /// Other names; mentions of them become links.
    pub also_called: Vec<Spanned<String>>,
    /// Names for search and the A to Z, never linked.
    pub search_only: Vec<Spanned<String>>,
    /// A region of the body.
    pub region: Option<Spanned<RegionId>>,
    /// Related conditions.
    pub related: Vec<Spanned<ConditionId>>,
    /// ICD-10 codes.
    pub icd10: Vec<Spanned<String>>,
    /// MeSH headings or identifiers.
    pub mesh: Vec<Spanned<String>>,
    /// What is known of the benefit.
    pub evidence: Vec<Evidence>,
}

/// What is known of one outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The place of the table.
    pub span: Span,
    /// What may change.
    pub outcome: Option<Spanned<String>>,
    /// Compared with what.
    pub comparator: Option<Spanned<String>>,
    /// Over what time.
    pub timeframe: Option<Spanned<String>>,
    /// Which way it goes.
    pub direction: Option<Spanned<String>>,
    /// How sure it is.
    pub certainty: Option<Spanned<Certainty>>,
    /// The sources.
    pub refs: Vec<Spanned<CitationKey>>,
    /// What is known, in plain words.
    pub known: Option<Spanned<String>>,
    /// What is not known, in plain words.
    pub unknown: Option<Spanned<String>>,
}

/// How sure a body of evidence is, from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// Very low.
    VeryLow,
    /// Low.
    Low,
    /// Moderate.
    Moderate,
    /// High.
    High,
}

impl Certainty {
    /// The words that authors write: `very low`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::VeryLow => "very low",
            Self::Low => "low",
            Self::Moderate => "moderate",
            Self::High => "high",
        }
    }
}

impl Default for FrontMatter {
    fn default() -> Self {
        Self {
            block: Span::default(),
            body: Span::default(),
            broken: false,
            title: None,
            description: None,
            kind: None,
            slug: None,
            path: None,
            aliases: Vec::new(),
            date: None,
            updated: None,
            reviewed: None,
            reviewer: None,
            authors: Vec::new(),
            review_every: None,
            expires: None,
            withdrawn: None,
            conditions: Vec::new(),
            tags: Vec::new(),
            weight: None,
            draft: false,
            toc: None,
            search: true,
            autolink: true,
            template: None,
            questions: Vec::new(),
            keywords: Vec::new(),
            waivers: Vec::new(),
            how_made: None,
            history: Vec::new(),
            extra: serde_json::Map::new(),
            condition: None,
            keys: Vec::new(),
        }
    }
}

impl FrontMatter {
    /// The page in one to three sentences, where the theme's values say so.
    pub fn key_message(&self) -> Option<&str> {
        self.extra.get("key_message").and_then(|message| message.as_str())
    }

    /// The care cards that the theme's values ask for above the text: one id or a list.
    pub fn care_ids(&self) -> Vec<&str> {
        match self.extra.get("care") {
            Some(serde_json::Value::String(id)) => vec![id],
            Some(serde_json::Value::Array(ids)) => ids.iter().filter_map(|id| id.as_str()).collect(),
            _ => Vec::new(),
        }
    }

    /// The place of a top-level key.
    pub fn key_span(&self, key: &str) -> Option<Span> {
        self.keys.iter().find(|(name, _)| name == key).map(|(_, span)| *span)
    }
}

/// The keys that an article may have.
pub fn fields() -> &'static [Field] {
    fields::FIELDS
}

/// Reads the front matter of an article and finds where its body starts.
pub fn parse(source: &Source) -> (FrontMatter, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let front_matter = match fence::split(source, &mut found) {
        fence::Split::Block { block, body, format } => {
            let mut front_matter = read::read(source, block, format, &mut found);
            front_matter.body = body;
            front_matter
        }
        fence::Split::Unreadable { body } => FrontMatter { body, broken: true, ..FrontMatter::default() },
    };
    (front_matter, found)
}

/// Reports the keys that the page's kind requires and that are not written; `title` is always required.
pub fn check_required(
    front_matter: &FrontMatter,
    required: &[Spanned<String>],
    file: &SitePath,
) -> Vec<Diagnostic> {
    if front_matter.broken {
        return Vec::new();
    }
    let place = front_matter
        .key_span("title")
        .unwrap_or(Span { start: front_matter.block.start, end: front_matter.block.start });
    // A key that does not exist is a mistake of the configuration.
    let also = required.iter().map(|key| key.value.as_str());
    let also = also.filter(|key| *key != "title" && fields::FIELDS.iter().any(|field| field.name == *key));
    std::iter::once("title")
        .chain(also)
        .filter(|key| front_matter.key_span(key).is_none())
        .map(|key| {
            let message = format!("the front matter has no `{key}`");
            Diagnostic::new(diag::MISSING_REQUIRED_KEY, file, place, message)
                .with_help(format!("add `{key}` to the front matter"))
        })
        .collect()
}

/// Reports keys that a kind requires and that no front matter has; `file` is the configuration's.
pub fn check_required_names(required: &[Spanned<String>], file: &SitePath) -> Vec<Diagnostic> {
    let known = || fields::FIELDS.iter().map(|field| field.name);
    let unknown = required.iter().filter(|key| known().all(|name| name != key.value));
    let finding = |key: &Spanned<String>| {
        let message = format!("there is no key `{}` that front matter could have", key.value);
        Diagnostic::new(diag::UNKNOWN_REQUIRED_KEY, file, key.span, message).with_nearest(&key.value, known())
    };
    unknown.map(finding).collect()
}

/// Reports the keys that only a condition may have, on a page that is none.
pub fn check_condition_keys(
    front_matter: &FrontMatter,
    is_condition: bool,
    file: &SitePath,
) -> Vec<Diagnostic> {
    if is_condition || front_matter.condition.is_none() {
        return Vec::new();
    }
    let keys = front_matter.keys.iter().filter(|(key, _)| fields::CONDITION_KEYS.contains(&key.as_str()));
    keys.map(|(key, span)| {
        let message = format!("`{key}` is for conditions, and this page is none");
        Diagnostic::new(diag::KEY_FOR_CONDITIONS_ONLY, file, *span, message)
            .with_help("remove the key, or set `kind = \"condition\"`")
    })
    .collect()
}

/// The notation of the front matter that starts a text.
fn format_of_fence(fence: &str) -> Option<Format> {
    match fence {
        "+++" => Some(Format::Toml),
        "---" => Some(Format::Yaml),
        _ => None,
    }
}
