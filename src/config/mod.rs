//! Configuration: `needlepoint.toml` as typed values.
//!
//! What the author wrote is read with spans and completed with defaults at once: a [`Config`] has no gaps.

mod base_url;
mod builtin;
mod fields;
mod kinds;
mod levels;
mod read;

use std::collections::BTreeMap;

pub use base_url::BaseUrl;
pub use kinds::{Kind, SectionRule};
pub use levels::{Level, Levels};

use crate::diag::Diagnostic;
use crate::name::{KindId, UrlPath};
use crate::source::{Source, Span};
use crate::typed::{Field, Months, Spanned};

/// The most entries of the navigation in the header.
pub const MAX_NAVIGATION: usize = 5;

/// The whole configuration of a site.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The site's title.
    pub title: String,
    /// Where the site will stand.
    pub base_url: BaseUrl,
    /// The language of the content, a BCP 47 tag.
    pub language: String,
    /// One or two sentences about the site.
    pub description: String,
    /// The folder of the theme in `themes/`.
    pub theme: String,
    /// How long a review is good for, where the page does not say.
    pub review_every: Months,
    /// How long a review may be overdue before it is an error.
    pub review_grace: Months,
    /// Second-level headings below which third-level headings are questions.
    pub faq_headings: Vec<String>,
    /// Hosts that links may lead to, those below them included; empty where links are not judged by their host.
    pub trusted_hosts: Vec<String>,
    /// The emergency number.
    pub emergency: Emergency,
    /// An e-mail or web address for readers.
    pub contact: Option<String>,
    /// Who stands behind the site.
    pub publisher: Option<Publisher>,
    /// The address that opens an editor from the preview, with `{path}`, `{line}` and `{column}`.
    pub editor: Option<String>,
    /// The header's links.
    pub navigation: Vec<NavigationItem>,
    /// Further languages by tag; the content of each is in `content/<tag>/`.
    pub languages: BTreeMap<String, Language>,
    /// The default kind of a folder below `content/`.
    pub folders: BTreeMap<String, Spanned<KindId>>,
    /// How Markdown is read.
    pub markdown: MarkdownOptions,
    /// How mentions of conditions become links.
    pub autolink: AutolinkOptions,
    /// The levels of findings.
    pub levels: Levels,
    /// Which cards for link previews are drawn.
    pub cards: CardOptions,
    /// The most entries of the feed.
    pub feed_limit: u32,
    /// The most pages in one list.
    pub page_size: u32,
    /// Targets of `publish` by name; each target's own keys.
    pub publish: BTreeMap<String, serde_json::Map<String, serde_json::Value>>,
    /// The theme's own values.
    pub extra: serde_json::Map<String, serde_json::Value>,
    kinds: Vec<Kind>,
}

/// The emergency number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Emergency {
    /// What a phone dials.
    pub number: String,
    /// How it is shown.
    pub label: String,
}

impl Emergency {
    /// A text of a care card with the number in its place, `{{ emergency }}`.
    pub fn put_into(&self, text: &str) -> String {
        text.replace("{{ emergency }}", &self.label).replace("{{emergency}}", &self.label)
    }
}

/// Who stands behind the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publisher {
    /// The name.
    pub name: String,
    /// Whether care is given or words are published.
    pub kind: PublisherKind,
    /// The publisher's own site.
    pub url: Option<String>,
}

/// What a publisher does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PublisherKind {
    /// Gives care: a clinic.
    Provider,
    /// Publishes only.
    Publisher,
}

/// A link of the header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavigationItem {
    /// The words.
    pub title: String,
    /// Where it leads.
    pub path: UrlPath,
    /// The place of the path.
    pub span: Span,
}

/// What differs in a further language.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Language {
    /// The site's title.
    pub title: Option<String>,
    /// One or two sentences about the site.
    pub description: Option<String>,
    /// The header's links.
    pub navigation: Vec<NavigationItem>,
}

/// How Markdown is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MarkdownOptions {
    /// Whether raw HTML is kept.
    pub raw_html: bool,
    /// Whether straight quotes, `--` and `...` become typographic.
    pub smart_punctuation: bool,
}

/// Which cards for link previews are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CardOptions {
    /// Whether there are any.
    pub enabled: bool,
    /// A site with more pages than this shows one card for all of them.
    pub max_pages: u32,
}

/// How mentions of conditions become links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AutolinkOptions {
    /// Which mentions.
    pub mentions: Mentions,
    /// The most automatic links of one page.
    pub max_per_page: u32,
}

/// Which mentions of a condition become links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mentions {
    /// The first in each section.
    Section,
    /// The first on the page.
    Page,
    /// All.
    All,
}

impl Config {
    /// The kind of that id, built in or declared.
    pub fn kind(&self, id: &KindId) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.id == *id)
    }

    /// All kinds: the built-in ones first, then those declared, in the order of the file.
    pub fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    /// The kind of a page in a folder below `content/` that does not name its kind: that of the nearest folder above
    /// for which one is set, else `page`.
    pub fn folder_kind(&self, folder: &str) -> KindId {
        let mut folder = folder;
        loop {
            if let Some(kind) = self.folders.get(folder) {
                return kind.value.clone();
            }
            match folder.rsplit_once('/') {
                Some((above, _)) => folder = above,
                None => return builtin::page_kind(),
            }
        }
    }

    /// The level that the site sets for a code in a page of that kind and folder, or `None` for the code's own.
    pub fn level(&self, code: &str, kind: Option<&KindId>, folder: &str) -> Option<Level> {
        self.levels.level(code, kind, folder)
    }
}

impl Default for Config {
    fn default() -> Self {
        builtin::config()
    }
}

/// The keys that the configuration may have.
pub fn fields() -> &'static [Field] {
    fields::FIELDS
}

/// Reads `needlepoint.toml`.
pub fn parse(source: &Source) -> (Config, Vec<Diagnostic>) {
    read::read(source)
}
