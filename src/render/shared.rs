//! What all pages share, made once for a site: values of each language, addresses, figures, who wrote what.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::body_map::BodyMap;
use super::card::Cards;
use super::context::{Card, FrameContext, KindLabel, Link, OgImage, Ready, SiteContext};
use super::root_files::RootFiles;
use super::{Inputs, body, json_ld, kinds, letters, reviews, site};
use crate::catalog::{GeneratedKind, PageId};
use crate::diag::{self, Diagnostic};
use crate::name::{KindId, PersonId, UrlPath};
use crate::page::PageInterface;
use crate::source::Span;
use crate::theme::Strings;

/// What all pages of a site share; made by [`prepare`].
pub struct Shared {
    /// In the order of the catalog's languages.
    pub(super) tongues: Vec<Tongue>,
    /// The rooted address of each page, percent-encoded.
    urls: Box<[Box<str>]>,
    /// What other pages show of each page.
    ready: Box<[ReadyPage]>,
    /// The place of each page among all, by title without case and accents.
    order: Box<[u32]>,
    /// Index into the catalog's generated pages.
    generated: BTreeMap<(GeneratedKind, Arc<str>), u32>,
    pub(super) body_map: Option<BodyMap>,
    pub(super) people: BTreeMap<PersonId, Work>,
    pub(super) root_files: RootFiles,
    pub(super) cards: Cards,
    /// What the bodies of pages share.
    pub(super) bodies: body::Shared,
}

/// What all pages of one language share.
pub struct Tongue {
    /// The language: `en`.
    pub language: Arc<str>,
    /// Words of the interface.
    pub strings: Strings,
    /// What templates see as `site`.
    pub site: SiteContext,
    /// What page templates see as `frame`.
    pub frame: FrameContext,
    /// `site`, `t` and `frame` in the engine's form.
    pub(super) values: EachThread<FrameValues>,
    /// The picture for previews of pages without a card of their own; made when the first of them is rendered.
    pub(super) picture: OnceLock<Option<Ready<OgImage>>>,
    /// The label of each kind.
    pub kinds: BTreeMap<KindId, KindLabel>,
    /// What the structured data of its pages share.
    pub(super) known: json_ld::Known,
}

/// What other pages show of a page, in the engine's form; made when the first of them is rendered.
#[derive(Default)]
pub(super) struct ReadyPage {
    pub(super) link: OnceLock<Ready<Link>>,
    pub(super) card: OnceLock<Ready<Card>>,
}

/// What templates see the same of on every page, in the engine's form.
pub(super) struct FrameValues {
    site: tera::Value,
    t: tera::Value,
    frame: tera::Value,
}

/// The same value once for each thread: the engine counts who holds a value at each use of it, and threads that count at
/// one place wait for each other.
pub(super) struct EachThread<T>(Box<[OnceLock<T>]>);

impl<T> EachThread<T> {
    pub(super) fn new() -> Self {
        Self((0..rayon::current_num_threads()).map(|_| OnceLock::new()).collect())
    }

    /// That of this thread, made when it is first asked for.
    fn get(&self, make: impl FnOnce() -> T) -> &T {
        let thread = rayon::current_thread_index().unwrap_or_default();
        self.0[thread % self.0.len()].get_or_init(make)
    }
}

/// What a person wrote and reviewed.
#[derive(Debug, Default)]
pub(super) struct Work {
    /// Pages written, by title.
    pub(super) written: Vec<PageId>,
    /// Pages reviewed, latest first.
    pub(super) reviewed: Vec<PageId>,
}

/// Makes what all pages share.
pub fn prepare(inputs: &Inputs<'_>) -> (Shared, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let prefix = inputs.config.base_url.path();
    let url = |address: &UrlPath| format!("{prefix}{}", address.encoded());
    let catalog = inputs.catalog;
    let urls = catalog.pages().iter().map(|page| url(&page.address).into_boxed_str()).collect();
    let generated = catalog.generated().iter().enumerate();
    let generated =
        generated.map(|(at, page)| ((page.kind.clone(), page.language.clone()), at as u32)).collect();
    let mut shared = Shared {
        tongues: Vec::new(),
        urls,
        ready: catalog.ids().map(|_| ReadyPage::default()).collect(),
        order: order(inputs),
        generated,
        body_map: body_map(inputs, &mut diagnostics),
        people: BTreeMap::new(),
        root_files: RootFiles::default(),
        cards: Cards::default(),
        bodies: body::Shared::new(inputs, |_| tera::Value::none()),
    };
    shared.people = people(inputs, &shared);
    shared.root_files = RootFiles::new(inputs, &shared);
    for language in catalog.languages() {
        let strings = strings(inputs, language);
        let kinds = kinds::labels(inputs, language, &strings);
        let tongue = site::tongue(inputs, &shared, language.clone(), strings, kinds, &mut diagnostics);
        shared.tongues.push(tongue);
    }
    let site = |language: &str| tera::Value::from_serializable(&shared.tongue(language).site);
    let bodies = body::Shared::new(inputs, site);
    shared.bodies = bodies;
    (shared, diagnostics)
}

impl Shared {
    /// What pages of a language share; the site's own language where the site has no such pages.
    pub fn tongue(&self, language: &str) -> &Tongue {
        let found = self.tongues.iter().find(|tongue| *tongue.language == *language);
        found.unwrap_or(&self.tongues[0])
    }

    /// The rooted address of a page, percent-encoded, with the site's base path.
    pub fn url(&self, page: PageId) -> &str {
        &self.urls[page.0 as usize]
    }

    /// What other pages show of a page.
    pub(super) fn ready(&self, page: PageId) -> &ReadyPage {
        &self.ready[page.0 as usize]
    }

    /// The place of a page among all, by title without case and accents, then by path.
    pub(super) fn order(&self, page: PageId) -> u32 {
        self.order[page.0 as usize]
    }

    /// Index of a generated page in the catalog's list.
    pub(super) fn generated(&self, kind: &GeneratedKind, language: &Arc<str>) -> Option<u32> {
        self.generated.get(&(kind.clone(), language.clone())).copied()
    }

    /// The rooted address of a generated page.
    pub(super) fn generated_url(
        &self,
        inputs: &Inputs<'_>,
        kind: &GeneratedKind,
        language: &Arc<str>,
    ) -> Option<String> {
        let at = self.generated(kind, language)?;
        Some(rooted(inputs, &inputs.catalog.generated()[at as usize].address))
    }

    /// The rooted address of a page of a registry: registries may have pages in the site's own language only, and those
    /// are better than none.
    pub(super) fn registry_url(
        &self,
        inputs: &Inputs<'_>,
        kind: &GeneratedKind,
        language: &Arc<str>,
    ) -> Option<String> {
        let main = &inputs.catalog.languages()[0];
        self.generated_url(inputs, kind, language).or_else(|| self.generated_url(inputs, kind, main))
    }
}

impl Tongue {
    /// The label of a kind, with a word also for kinds whose pages show none.
    pub(super) fn kind(&self, id: &KindId) -> KindLabel {
        self.kinds.get(id).cloned().unwrap_or_else(|| kinds::plain(id.as_str(), self.strings.get("page")))
    }

    /// The label of a page's kind, without a word where the page shows none.
    pub(super) fn shown_kind(&self, page: &PageInterface) -> KindLabel {
        let mut kind = self.kind(&page.kind);
        if page.is_section || kind.id == "page" {
            kind.label.clear();
        }
        kind
    }

    /// Adds `site` and `t`, which every template and shortcode sees.
    pub fn add_words(&self, context: &mut tera::Context) {
        let values = self.values();
        context.insert_value("site", values.site.clone());
        context.insert_value("t", values.t.clone());
    }

    /// Adds `site`, `t` and `frame`, which every page sees.
    pub fn add_frame(&self, context: &mut tera::Context) {
        self.add_words(context);
        context.insert_value("frame", self.values().frame.clone());
    }

    fn values(&self) -> &FrameValues {
        self.values.get(|| FrameValues {
            site: tera::Value::from_serializable(&self.site),
            t: tera::Value::from_serializable(&self.strings.table),
            frame: tera::Value::from_serializable(&self.frame),
        })
    }
}

/// An address with the site's base path before it, percent-encoded.
pub fn rooted(inputs: &Inputs<'_>, address: &UrlPath) -> String {
    format!("{}{}", inputs.config.base_url.path(), address.encoded())
}

/// The words of a language, those of its main language, or English.
pub(super) fn strings(inputs: &Inputs<'_>, language: &str) -> Strings {
    inputs.theme.strings_of(language).cloned().unwrap_or_default()
}

fn body_map(inputs: &Inputs<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<BodyMap> {
    let source = inputs.theme.body_map.as_ref()?;
    match BodyMap::parse(source.text()) {
        Ok(map) => Some(map),
        Err(message) => {
            let message = message.lines().last().unwrap_or_default().to_owned();
            let found = Diagnostic::new(diag::SYNTAX_ERROR, source.path(), Span::default(), message);
            diagnostics.push(found);
            None
        }
    }
}

fn order(inputs: &Inputs<'_>) -> Box<[u32]> {
    let mut pages: Vec<(String, PageId)> =
        inputs.catalog.ids().map(|id| (letters::sort_key(&inputs.catalog.page(id).title), id)).collect();
    pages.sort_unstable();
    let mut order = vec![0; pages.len()];
    for (place, (_, id)) in pages.iter().enumerate() {
        order[id.0 as usize] = place as u32;
    }
    order.into()
}

fn people(inputs: &Inputs<'_>, shared: &Shared) -> BTreeMap<PersonId, Work> {
    let catalog = inputs.catalog;
    let mut people: BTreeMap<PersonId, Work> = BTreeMap::new();
    for id in catalog.ids().filter(|id| catalog.is_listed(*id)) {
        let page = catalog.page(id);
        for author in &page.authors {
            people.entry(author.clone()).or_default().written.push(id);
        }
        if let (Some(reviewer), Some(_)) = (&page.reviewer, reviews::last(inputs, page)) {
            people.entry(reviewer.clone()).or_default().reviewed.push(id);
        }
    }
    for work in people.values_mut() {
        work.written.sort_by_key(|id| shared.order(*id));
        work.reviewed.sort_by_key(|id| (std::cmp::Reverse(catalog.page(*id).reviewed), shared.order(*id)));
    }
    people
}
