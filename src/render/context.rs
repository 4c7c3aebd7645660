//! What templates see: one typed value for each template, and nothing else.
//!
//! Every template is given five names: `site` (the same for each page of a language), `frame` (fragments rendered once
//! for each language), `t` (the words of the interface), `page` (what the frame around every page needs) and the
//! fields of its own struct, named in [`Template::FILE`]. Everything is decided here: a template arranges, it does not
//! compute. An address in a context is rooted and carries the site's base path; a date carries its text in the
//! language of the page. An empty list or `None` means that the block is left out.

use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

mod article;
mod card;
mod figure;
mod lists;
mod pages;
mod shortcode;
mod site;

pub use article::*;
pub use card::*;
pub use figure::*;
pub use lists::*;
pub use pages::*;
pub use shortcode::*;
pub use site::*;

/// A context that one template of the theme reads.
pub trait Template: Serialize {
    /// File of the template below `templates/`.
    const FILE: &'static str;
}

/// Names the template of each context.
macro_rules! templates {
    ($($context:ty => $file:literal),+ $(,)?) => {
        $(impl Template for $context { const FILE: &'static str = $file; })+

        /// Files of all page templates, sorted by name of the context.
        pub const TEMPLATES: &[&str] = &[$($file),+];
    };
}

templates! {
    ArticleContext => "article.html",
    BodyContext => "body.html",
    ConditionContext => "condition.html",
    ConditionsContext => "conditions.html",
    GlossaryContext => "glossary.html",
    HomeContext => "home.html",
    ListContext => "list.html",
    NotFoundContext => "not_found.html",
    PeopleContext => "people.html",
    PersonContext => "person.html",
    QuestionsContext => "questions.html",
    RedirectContext => "redirect.html",
    ReferencesContext => "references.html",
    RegionContext => "region.html",
    SearchContext => "search.html",
    SettingsContext => "settings.html",
    TagsContext => "tags.html",
    WithdrawnContext => "withdrawn.html",
}

/// A piece of HTML that is safe to print; templates print it as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Html(pub String);

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        tera::Value::safe_string(&self.0).serialize(serializer)
    }
}

/// A value in the engine's form: many pages show it, and it is brought there once.
#[derive(Debug, Clone, PartialEq)]
pub struct Ready<T> {
    value: tera::Value,
    of: PhantomData<T>,
}

impl<T: Serialize> Ready<T> {
    /// The value of plain values.
    pub fn new(plain: &T) -> Self {
        Self { value: tera::Value::from_serializable(plain), of: PhantomData }
    }
}

impl<T: Eq> Eq for Ready<T> {}

impl<T> Serialize for Ready<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

impl<'de, T: Serialize + Deserialize<'de>> Deserialize<'de> for Ready<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(|plain| Self::new(&plain))
    }
}

/// A link in words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Words of the link.
    pub text: String,
    /// Rooted address, or a fragment such as `#aftercare` for a place on the same page.
    pub url: String,
}

/// A region by its name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegionName {
    /// What readers call the region: "Knee".
    pub text: String,
    /// Address of the region's page, whose language `site.elsewhere` tells; none where the region has no page.
    pub url: Option<String>,
    /// The language of the words, where it is not that of the page.
    pub lang: Option<String>,
}

/// A date in two forms.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateText {
    /// `2026-03-12`, for `datetime`.
    pub iso: String,
    /// "12 March 2026", in the language of the page.
    pub text: String,
}

/// The label of a page's kind: always a word, an icon and a colour together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindLabel {
    /// Name of the kind in needlepoint.toml: `explainer`, `condition`, …; `generated` for pages without a file.
    pub id: String,
    /// The word readers see; empty where the page shows no label.
    pub label: String,
    /// Name of an icon of the theme (`site.icons`); always one that exists.
    pub icon: String,
    /// Name of a colour of the theme: `pine`, `plum`, `ochre`, `link` or `clay`.
    pub color: String,
}

/// A person beside a text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonLink {
    /// Name.
    pub name: String,
    /// "PT, DPT"; may be empty.
    pub credentials: String,
    /// Address of the person's page; none where people have no pages.
    pub url: Option<String>,
    /// The language of the person's page, where it is not that of the page at hand.
    pub elsewhere: Option<Elsewhere>,
}

/// That a link leads to a page in another language than that of the page at hand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Elsewhere {
    /// The language of that page, for `hreflang`: `en`.
    pub lang: String,
    /// The same in words, as readers of the page at hand say it: "(página en inglés)".
    pub note: String,
}

/// What the frame around every page needs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageContext {
    /// Heading of the page.
    pub title: String,
    /// Title of the document: "Neck pain · Needlepoint"; on home the site's title alone.
    pub document_title: String,
    /// One or two sentences for lists, search engines and cards; the lead under the heading. May be empty.
    pub description: String,
    /// Rooted address.
    pub url: String,
    /// Whole address, `https://…`; canonical and shown on the handout.
    pub permalink: String,
    /// Language, such as `en`.
    pub lang: String,
    /// Kind of the page.
    pub kind: KindLabel,
    /// Which header of `frame.headers` belongs to this page: 0 for none current, n for the nth link of the navigation.
    pub nav_index: usize,
    /// Pages above this one, home first, this page left out; empty on home and on 404.
    pub breadcrumbs: Vec<Link>,
    /// The last of the breadcrumbs.
    pub parent: Option<Link>,
    /// This page in the site's other languages; empty in a site of one language.
    pub translations: Vec<Translation>,
    /// What the page is for link previews: `article`, `profile` or `website`.
    pub og_type: String,
    /// Whether search engines are asked to leave the page out (search, settings, 404, withdrawn, drafts).
    pub noindex: bool,
    /// The picture for link previews; none where the site has no cards.
    pub og_image: Option<Ready<OgImage>>,
    /// JSON-LD, the text of one `script type="application/ld+json"` with `<` escaped; empty where there is none.
    pub json_ld: Html,
    /// `mailto:` with the title and address as its subject; none where the site names no contact by email.
    pub feedback_url: Option<String>,
    /// Inline SVG of the QR code of `permalink`; none for pages that nobody prints (search, settings, 404, withdrawn).
    pub qr: Option<Html>,
    /// The author's links of the body, for the foot of the handout: in order, once each. On paper whatever looks like a
    /// link has its address there; automatic links are plain words there, and explained words stand in `terms`.
    pub print_links: Vec<Link>,
    /// Glossary terms used on the page, for the foot of the handout: in order, once each.
    pub terms: Vec<TermNote>,
    /// Last clinical review as a date, for the head of the handout; none where the page was not reviewed, or by
    /// somebody who is still to be named.
    pub reviewed: Option<DateText>,
    /// Whether no clinician has reviewed the page yet, though its kind asks for a review or it waits for a reviewer to be
    /// named.
    pub unreviewed: bool,
    /// `extra` of the page's front matter, as it is: `page.extra.NAME`. Ask for what not every page has:
    /// `{% if page.extra.NAME is defined %}`.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// A picture for link previews.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OgImage {
    /// Whole address.
    pub url: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// The words on it.
    pub alt: String,
}

/// A page in another language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Translation {
    /// Language, such as `es`.
    pub lang: String,
    /// The language's name in itself: "Español".
    pub label: String,
    /// Rooted address; where the page is not translated, that language's home.
    pub url: String,
    /// Whole address, for `hreflang`.
    pub permalink: String,
    /// Whether the page itself is there; otherwise the link says that it leads to home.
    pub translated: bool,
    /// Whether this is the language of the page at hand (then it is text, not a link).
    pub current: bool,
    /// For those who read that language: that the page is not translated and where the link leads; empty where it is.
    pub note: String,
}

/// A glossary term on the handout.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermNote {
    /// The term.
    pub term: String,
    /// The words that stand on the page for it, where they are not the term itself; else empty.
    pub word: String,
    /// Its meaning in plain words.
    pub definition: String,
}
