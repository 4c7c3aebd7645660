//! A page: front matter, document and address of one Markdown file together.
//!
//! [`assemble`] parses a file and gives the [`Page`] with what is wrong in it. What other pages may see of it is its
//! [`PageInterface`] and nothing else: an edit that leaves the interface as it was touches no other page.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use crate::aspect::Aspect;
use crate::config::{Config, Kind};
use crate::diag::{self, Diagnostic};
use crate::front_matter::{self, FrontMatter};
use crate::markdown::{self, Document};
use crate::name::{Anchor, ConditionId, ContentPath, KindId, PersonId, RegionId, SitePath, Slug, UrlPath};
use crate::source::{Source, Span};
use crate::typed::Spanned;

/// One article, condition or section page, parsed and placed.
///
/// Two pages are equal when their files and the settings that shaped them are.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The file below `content/`.
    pub path: ContentPath,
    /// The typed block at its head.
    pub front_matter: FrontMatter,
    /// Its body.
    pub document: Document,
    /// Its stretches from heading to heading, with what each is about.
    pub sections: Vec<PageSection>,
    /// What other pages may see of it.
    pub interface: Arc<PageInterface>,
}

/// A stretch of a page from one heading to the next of any level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageSection {
    /// Index of its heading in the document; `None` for what stands before the first heading.
    pub heading: Option<u32>,
    /// Its events, the heading's included.
    pub events: Range<u32>,
    /// What it is about: its own aspect, or that of the second-level section around it.
    pub aspect: Option<Aspect>,
    /// Whether its heading is a question and what follows the answer.
    pub is_question: bool,
}

/// What a page lets others see. Adding a field makes more edits touch other pages.
#[derive(Clone, Debug, PartialEq)]
pub struct PageInterface {
    /// The file below `content/`.
    pub path: ContentPath,
    /// Where the page is.
    pub address: UrlPath,
    /// Its title; the file's stem where the front matter gives none.
    pub title: String,
    /// Its description; empty where there is none.
    pub description: String,
    /// What kind of page it is.
    pub kind: KindId,
    /// The language it is written in.
    pub language: Arc<str>,
    /// Whether it makes its folder a section.
    pub is_section: bool,
    /// First published.
    pub date: Option<Date>,
    /// Last changed.
    pub updated: Option<Date>,
    /// Last clinical review.
    pub reviewed: Option<Date>,
    /// Who reviewed.
    pub reviewer: Option<PersonId>,
    /// Who wrote.
    pub authors: Vec<PersonId>,
    /// The conditions it is about.
    pub conditions: Vec<ConditionId>,
    /// Its tags, as written.
    pub tags: Vec<Spanned<String>>,
    /// Its place among its neighbours.
    pub weight: Option<i64>,
    /// Not ready to be published.
    pub draft: bool,
    /// Whether search may show it.
    pub search: bool,
    /// From this day on it is not shown any more.
    pub expires: Option<Date>,
    /// Taken back: when, why, and what to read instead.
    pub withdrawn: Option<Withdrawal>,
    /// Old addresses, with the place where each is written.
    pub aliases: Vec<(UrlPath, Span)>,
    /// Where the front matter gives the address or title, for findings of other stages.
    pub address_span: Span,
    /// The ids of its headings.
    pub anchors: BTreeSet<Anchor>,
    /// What makes it a condition's page.
    pub condition: Option<ConditionInterface>,
    /// Its questions with their anchors.
    pub questions: Vec<(String, Anchor)>,
}

/// Why and when a page was taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    /// Since when.
    pub date: Option<Date>,
    /// Why; empty where not said.
    pub reason: String,
    /// What to read instead.
    pub replacement: Option<UrlPath>,
}

/// What the page of a condition lets others see.
#[derive(Clone, Debug, PartialEq)]
pub struct ConditionInterface {
    /// The stem of its file.
    pub id: ConditionId,
    /// Other names, each with its place; they become links.
    pub also_called: Vec<(String, Span)>,
    /// Names that only lead to the page from search and the A to Z.
    pub search_only: Vec<(String, Span)>,
    /// Where in the body.
    pub region: Option<(RegionId, Span)>,
    /// Related conditions, each with its place.
    pub related: Vec<(ConditionId, Span)>,
}

/// Parses a Markdown file and places it; what is wrong in it stands beside it.
pub fn assemble(source: &Source, config: &Config) -> (Page, Vec<Diagnostic>) {
    let (front_matter, mut diagnostics) = front_matter::parse(source);
    let options = markdown::Options {
        raw_html: config.markdown.raw_html,
        smart_punctuation: config.markdown.smart_punctuation,
    };
    let (document, found) = markdown::parse(source, front_matter.body, options);
    diagnostics.extend(found);
    let path = source.path().in_content().expect("articles lie in content/");
    let kind = kind_of(&path, &front_matter, config, source, &mut diagnostics);
    if !front_matter.broken && !path.is_section() {
        let required = config.kind(&kind).map_or(&[][..], |kind| &kind.required);
        diagnostics.extend(front_matter::check_required(&front_matter, required, source.path()));
        diagnostics.extend(front_matter::check_condition_keys(
            &front_matter,
            kind.as_str() == "condition",
            source.path(),
        ));
    }
    let address = address_of(&path, &front_matter, source, &mut diagnostics);
    let sections = sections_of(&document, &kind, config, source, &mut diagnostics);
    let language = language_of(&path, config);
    let interface = interface_of(&path, &front_matter, &document, &sections, kind, address, language);
    let interface = Arc::new(interface);
    (Page { path, front_matter, document, sections, interface }, diagnostics)
}

fn kind_of(
    path: &ContentPath,
    front_matter: &FrontMatter,
    config: &Config,
    source: &Source,
    diagnostics: &mut Vec<Diagnostic>,
) -> KindId {
    let usual = || match path.is_section() {
        true => KindId::new("page").expect("`page` is an id"),
        false => config.folder_kind(path.folder()),
    };
    let Some(kind) = &front_matter.kind else { return usual() };
    if config.kind(&kind.value).is_some() {
        return kind.value.clone();
    }
    let typed = kind.value.as_str();
    let known: Vec<&str> = config.kinds().iter().map(|kind| kind.id.as_str()).collect();
    let found =
        Diagnostic::new(diag::UNKNOWN_KIND, source.path(), kind.span, format!("there is no kind `{typed}`"));
    diagnostics.push(found.with_help(diag::did_you_mean_of_few(typed, &known)));
    // As the kind that was meant, the page is told all else that is wrong with it in the same run.
    diag::nearest(typed, known).and_then(KindId::new).unwrap_or_else(usual)
}

/// The address of a file: its folders and its stem as slugs, unless the front matter says otherwise.
fn address_of(
    path: &ContentPath,
    front_matter: &FrontMatter,
    source: &Source,
    diagnostics: &mut Vec<Diagnostic>,
) -> UrlPath {
    if let Some(address) = &front_matter.path {
        return of_page(&address.value);
    }
    let mut address = String::from("/");
    for folder in path.folder().split('/').filter(|folder| !folder.is_empty()) {
        address.push_str(Slug::from_text(folder).as_str());
        address.push('/');
    }
    let is_folder = path.is_section() || path.file_name() == "index.md";
    match &front_matter.slug {
        Some(slug) => match Slug::new(&slug.value) {
            Some(slug) => {
                if is_folder && address != "/" {
                    address.truncate(address[..address.len() - 1].rfind('/').map_or(1, |at| at + 1));
                }
                address.push_str(slug.as_str());
                address.push('/');
            }
            None => {
                let message = format!("`{}` cannot be part of an address", slug.value);
                let help = format!("write `slug = \"{}\"`", Slug::from_text(&slug.value));
                let found = Diagnostic::new(diag::BAD_ADDRESS, source.path(), slug.span, message);
                diagnostics.push(found.with_help(help));
            }
        },
        None if is_folder => {}
        None => {
            address.push_str(Slug::from_text(path.stem()).as_str());
            address.push('/');
        }
    }
    UrlPath::new(&address).expect("slugs make an address")
}

/// An address as pages have it: it ends with `/` unless it names an HTML file; `/x/index.html` is `/x/`.
fn of_page(address: &UrlPath) -> UrlPath {
    let text = address.as_str();
    let wanted = match text.strip_suffix("/index.html") {
        Some(folder) => format!("{folder}/"),
        None if text.ends_with('/') || text.ends_with(".html") => return address.clone(),
        None => format!("{text}/"),
    };
    UrlPath::new(&wanted).unwrap_or_else(|| address.clone())
}

fn language_of(path: &ContentPath, config: &Config) -> Arc<str> {
    let first = path.as_str().split('/').next().unwrap_or_default();
    Arc::from(config.languages.get_key_value(first).map_or(&config.language, |(tag, _)| tag).as_str())
}

fn sections_of(
    document: &Document,
    kind: &KindId,
    config: &Config,
    source: &Source,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<PageSection> {
    let kind_rules = config.kind(kind);
    let is_faq = kind.as_str() == "faq";
    let mut around: Option<Aspect> = None;
    let mut in_questions = false;
    let mut sections = Vec::new();
    for section in document.sections() {
        let mut aspect = around;
        let mut is_question = false;
        if let Some(index) = section.heading {
            let heading = &document.headings()[index as usize];
            let own = own_aspect(heading, kind_rules, source, diagnostics);
            if heading.level <= 2 {
                around = own;
                in_questions =
                    config.faq_headings.iter().any(|name| name.eq_ignore_ascii_case(&heading.text));
            }
            aspect = own.or(around);
            is_question = (is_faq && heading.level == 2) || (!is_faq && in_questions && heading.level == 3);
        }
        sections.push(PageSection { heading: section.heading, events: section.events, aspect, is_question });
    }
    sections
}

fn own_aspect(
    heading: &markdown::Heading,
    kind: Option<&Kind>,
    source: &Source,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Aspect> {
    if let Some(name) = &heading.aspect {
        let aspect = Aspect::new(name);
        if aspect.is_none() {
            let message = format!("there is no aspect `{name}`");
            let found = Diagnostic::new(diag::UNKNOWN_ASPECT, source.path(), heading.span, message);
            diagnostics.push(found.with_nearest(name, Aspect::NAMES.iter().copied()));
        }
        return aspect;
    }
    kind?.aspect_of(&heading.text)
}

/// What is wrong in the configuration in the light of what front matter can hold.
pub fn check_kinds(config: &Config, file: &SitePath) -> Vec<Diagnostic> {
    config.kinds().iter().flat_map(|kind| front_matter::check_required_names(&kind.required, file)).collect()
}

fn interface_of(
    path: &ContentPath,
    front_matter: &FrontMatter,
    document: &Document,
    sections: &[PageSection],
    kind: KindId,
    address: UrlPath,
    language: Arc<str>,
) -> PageInterface {
    let title =
        front_matter.title.as_ref().map_or_else(|| path.stem().to_owned(), |title| title.value.clone());
    let condition = (kind.as_str() == "condition").then(|| condition_of(path, front_matter)).flatten();
    let question = |section: &PageSection| {
        let heading = document.headings().get(section.heading? as usize)?;
        section.is_question.then(|| (heading.text.to_string(), heading.anchor.clone()))
    };
    let address_span =
        [&front_matter.path.as_ref().map(|path| path.span), &front_matter.slug.as_ref().map(|s| s.span)]
            .into_iter()
            .flatten()
            .next()
            .copied();
    let headings = document.headings().iter().map(|heading| &heading.anchor);
    let title_span = front_matter.title.as_ref().map_or(Span::default(), |title| title.span);
    PageInterface {
        path: path.clone(),
        address,
        title,
        description: front_matter.description.as_ref().map(|text| text.value.clone()).unwrap_or_default(),
        kind,
        language,
        is_section: path.is_section(),
        date: front_matter.date.as_ref().map(|date| date.value),
        updated: front_matter.updated.as_ref().map(|date| date.value),
        reviewed: front_matter.reviewed.as_ref().map(|date| date.value),
        reviewer: front_matter.reviewer.as_ref().map(|id| id.value.clone()),
        authors: front_matter.authors.iter().map(|id| id.value.clone()).collect(),
        conditions: front_matter.conditions.iter().map(|id| id.value.clone()).collect(),
        tags: front_matter.tags.clone(),
        weight: front_matter.weight,
        draft: front_matter.draft,
        search: front_matter.search,
        expires: front_matter.expires.as_ref().map(|date| date.value),
        withdrawn: front_matter.withdrawn.as_ref().map(|withdrawn| Withdrawal {
            date: withdrawn.date.as_ref().map(|date| date.value),
            reason: withdrawn.reason.as_ref().map(|reason| reason.value.clone()).unwrap_or_default(),
            replacement: withdrawn.replacement.as_ref().map(|replacement| replacement.value.clone()),
        }),
        aliases: front_matter.aliases.iter().map(|alias| (of_page(&alias.value), alias.span)).collect(),
        address_span: address_span.unwrap_or(title_span),
        anchors: headings.chain(document.html_ids()).cloned().collect(),
        condition,
        questions: sections.iter().filter_map(question).collect(),
    }
}

fn condition_of(path: &ContentPath, front_matter: &FrontMatter) -> Option<ConditionInterface> {
    let id = ConditionId::new(path.stem())?;
    let Some(fields) = &front_matter.condition else {
        let (also_called, search_only, related) = (Vec::new(), Vec::new(), Vec::new());
        return Some(ConditionInterface { id, also_called, search_only, region: None, related });
    };
    let names = |list: &[Spanned<String>]| {
        list.iter().map(|name| (name.value.clone(), name.span)).collect::<Vec<_>>()
    };
    Some(ConditionInterface {
        id,
        also_called: names(&fields.also_called),
        search_only: names(&fields.search_only),
        region: fields.region.as_ref().map(|region| (region.value.clone(), region.span)),
        related: fields.related.iter().map(|id| (id.value.clone(), id.span)).collect(),
    })
}
