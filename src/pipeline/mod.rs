//! The pipeline: files in, a site out.
//!
//! A [`Site`] is an immutable snapshot of everything between the files and the rendered bytes. [`build`] makes one;
//! given the one before, it makes again only what an input of it changed: cheap stages run again and their results
//! are compared, costly ones are guarded by equality. Any series of updates gives the bytes of a fresh build.

mod configuration;
mod copied;
mod levels;
mod registries;
mod renew;
mod review;
mod search;
mod stages;

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

pub use self::configuration::{Unusable, configuration_findings};
use self::review::Review;
use crate::catalog::{self, Catalog, PageId};
use crate::check::rules::RuleSet;
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::files::SiteFiles;
use crate::link::{self, Incoming, LinkedPage, Vocabulary};
use crate::name::{Anchor, ContentPath, SitePath, UrlPath};
use crate::page::Page;
use crate::registry::Registries;
use crate::render;
use crate::source::{Fingerprint, Source};
use crate::theme::Theme;

/// The site's own wording rules.
pub const RULES: &str = "content/rules.toml";

/// What a build is asked for beside the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The day of the build.
    pub today: Date,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// The address of the site, in place of the configuration's.
    pub base_url: Option<String>,
    /// Whether later snapshots are made from this one, as in a preview: what makes them fast is kept.
    pub incremental: bool,
}

/// Told when a stage begins; the edges measure time with it.
pub type Observer<'a> = &'a (dyn Fn(&'static str) + Sync);

/// A page with what parsing found in it.
#[derive(Debug)]
struct Parsed {
    source: Source,
    page: Arc<Page>,
    diagnostics: Vec<Diagnostic>,
}

/// A page with what linking found in it.
#[derive(Debug)]
struct Linked {
    page: Arc<LinkedPage>,
    diagnostics: Vec<Diagnostic>,
}

/// A stage's result with what it found.
#[derive(Debug)]
struct Found<T> {
    value: T,
    diagnostics: Vec<Diagnostic>,
}

impl<T: PartialEq> Found<T> {
    fn is_as(&self, other: &Self) -> bool {
        self.diagnostics == other.diagnostics && self.value == other.value
    }
}

impl<T> From<(T, Vec<Diagnostic>)> for Found<T> {
    fn from((value, diagnostics): (T, Vec<Diagnostic>)) -> Self {
        Self { value, diagnostics }
    }
}

/// A snapshot of a whole site; cheap to clone.
#[derive(Clone)]
pub struct Site(Arc<Stages>);

struct Stages {
    files: SiteFiles,
    settings: Settings,
    config: Arc<Found<Config>>,
    registries: Arc<Found<Registries>>,
    theme: Arc<Found<Theme>>,
    parsed: Vec<Arc<Parsed>>,
    catalog: Arc<Found<Catalog>>,
    vocabulary: Arc<Found<Vocabulary>>,
    linked: Vec<Arc<Linked>>,
    incoming: Arc<Found<Incoming>>,
    rules: Arc<Found<RuleSet>>,
    pages: Vec<Arc<LinkedPage>>,
    /// What was found; made when it is first asked for.
    review: OnceLock<Arc<Review>>,
    /// The last review that was made before.
    last_review: Option<Arc<Review>>,
    /// What all rendered addresses share; made when the first is asked for.
    shared: Arc<OnceLock<Found<render::Shared>>>,
    /// The files of the search index; made when the first is asked for.
    search: Arc<OnceLock<crate::search::Built>>,
}

/// Makes a site from its files. With the snapshot before, what its inputs left unchanged is taken from there.
pub fn build(files: SiteFiles, settings: Settings, before: Option<&Site>, observer: Observer<'_>) -> Site {
    let site = build_unreviewed(files, settings, before, observer);
    observer("check");
    site.0.review();
    site
}

/// The same without the content review, which is made when its findings are first asked for: a page can be shown
/// before it was judged.
pub fn build_unreviewed(
    files: SiteFiles,
    settings: Settings,
    before: Option<&Site>,
    observer: Observer<'_>,
) -> Site {
    let before = before.map(|site| &*site.0);
    observer("configuration");
    let config = stages::config(&files, &settings, before);
    observer("parse");
    let articles = || stages::parse(&files, &config, before);
    let theme = || stages::theme(&files, &config, before);
    let others = || (registries::stage(&files, &config.value, before), stages::rules(&files, before));
    // An update has little to do, and must not wait for threads that the review of the state before keeps busy.
    let (parsed, (theme, (registries, rules))) = match before {
        None => rayon::join(articles, || rayon::join(theme, others)),
        Some(_) => (articles(), (theme(), others())),
    };
    observer("catalog");
    let catalog = stages::catalog(&files, &settings, &config, &registries, &parsed, before);
    observer("link");
    let vocabulary = stages::vocabulary(&catalog, &registries, &config, before);
    let near = before.and_then(|before| stages::Near::of(before, &catalog, &registries, &config));
    let keeps_words = settings.incremental;
    let linked =
        stages::link(&parsed, &catalog, &vocabulary, &registries, &config, keeps_words, near.as_ref());
    let pages: Vec<Arc<LinkedPage>> = linked.iter().map(|linked| linked.page.clone()).collect();
    observer("gather");
    let incoming = stages::incoming(&pages, &catalog, &registries, &config, near.as_ref());
    let mut stages = Stages {
        files,
        settings,
        config,
        registries,
        theme,
        parsed,
        catalog,
        vocabulary,
        linked,
        incoming,
        rules,
        pages,
        review: OnceLock::new(),
        last_review: before.and_then(Stages::latest_review),
        shared: Arc::default(),
        search: Arc::default(),
    };
    if let Some(before) = before {
        stages.take_over(before);
    }
    Site(Arc::new(stages))
}

impl Stages {
    /// Takes over what was made on request for the snapshot before, or will be, where its inputs are the same.
    fn take_over(&mut self, before: &Self) {
        let is_same_frame = Arc::ptr_eq(&before.config, &self.config)
            && Arc::ptr_eq(&before.registries, &self.registries)
            && Arc::ptr_eq(&before.catalog, &self.catalog);
        let is_same_theme = Arc::ptr_eq(&before.theme, &self.theme);
        // Images are measured once for all pages that show them.
        let is_same_look =
            is_same_theme && before.settings == self.settings && before.files.assets() == self.files.assets();
        if is_same_frame && is_same_look {
            self.shared = Arc::clone(&before.shared);
        }
        let pages = before.pages.iter().zip(&self.pages);
        if is_same_frame && is_same_theme && pages.into_iter().all(|(old, new)| Arc::ptr_eq(old, new)) {
            self.search = Arc::clone(&before.search);
        }
    }
}

impl Site {
    /// All findings, sorted; errors forbid publishing. Makes the content review where none was made yet.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        self.0.review().diagnostics()
    }

    /// Searches of `content/search-tests.toml` that do not find what they must and synonyms that no page holds, at the
    /// site's levels; makes the search index where there are any, so it is asked for by `check` and `build` and not by
    /// the preview.
    pub fn search_findings(&self) -> Vec<Diagnostic> {
        if self.has_broken_configuration() {
            return Vec::new();
        }
        let found = [search::failed_tests(self), search::unused_synonyms(self)].concat();
        levels::apply(found, self.config(), &self.0.parsed)
    }

    /// The configuration.
    pub fn config(&self) -> &Config {
        &self.0.config.value
    }

    /// What is where.
    pub fn catalog(&self) -> &Catalog {
        &self.0.catalog.value
    }

    /// The pages with their links resolved, in the order of the catalog.
    pub fn pages(&self) -> &[Arc<LinkedPage>] {
        &self.0.pages
    }

    /// The registries.
    pub fn registries(&self) -> &Registries {
        &self.0.registries.value
    }

    /// The wording rules: the program's and the site's.
    pub fn rules(&self) -> &RuleSet {
        &self.0.rules.value
    }

    /// What pages say of each other.
    pub fn incoming(&self) -> &Incoming {
        &self.0.incoming.value
    }

    /// The day that the site was made for.
    pub fn today(&self) -> Date {
        self.0.settings.today
    }

    /// A page by its file, with or without `content/`, or by its address.
    pub fn find_page(&self, name: &str) -> Option<PageId> {
        let catalog = self.catalog();
        let path = name.trim_start_matches("./");
        let by_path = catalog.by_path(path.strip_prefix("content/").unwrap_or(path));
        by_path.or_else(|| match catalog.place(&UrlPath::new(name)?)? {
            catalog::Place::Page(id) | catalog::Place::Alias(id) => Some(id),
            catalog::Place::Generated(index) => catalog.generated()[index as usize].page,
            catalog::Place::Asset(_) => None,
        })
    }

    /// Every automatic link and why, of all pages or of one.
    pub fn link_listing(&self, only: Option<PageId>) -> link::Listing {
        link::listing(&self.0.pages, &self.0.incoming.value, self.catalog(), only)
    }

    /// The pages that use a fact, a source or a term; `None` where there is no such entry.
    pub fn uses(&self, entry: link::Entry<'_>) -> Option<link::Uses> {
        link::uses(entry, &self.0.pages, &self.0.incoming.value, self.catalog(), self.registries())
    }

    /// What moving an article changes in the site's files.
    pub fn plan_move(&self, old: &ContentPath, new: &ContentPath) -> Result<link::Move, link::MoveError> {
        link::plan_move(&self.0.pages, self.catalog(), self.config(), self.registries(), old, new)
    }

    /// What another id for a heading changes in the site's files.
    pub fn plan_anchor(
        &self,
        page: PageId,
        old: &Anchor,
        new: &Anchor,
    ) -> Result<Vec<link::FileEdit>, link::AnchorError> {
        link::plan_anchor(&self.0.pages, page, old, new)
    }

    /// The theme.
    pub fn theme(&self) -> &Theme {
        &self.0.theme.value
    }

    /// The files that the site was made from.
    pub fn files(&self) -> &SiteFiles {
        &self.0.files
    }

    /// The text file that a finding points into: of the site, or of the theme that travels in the program.
    pub fn source(&self, path: &SitePath) -> Option<Source> {
        let theme = &self.0.theme.value;
        let own = self.0.files.text(path.as_str()).cloned();
        own.or_else(|| theme.templates().values().find(|source| source.path() == path).cloned())
    }

    /// Whether all rendered addresses share what they did in the snapshot before, so that only pages differ.
    pub fn shares_frame_with(&self, before: &Self) -> bool {
        Arc::ptr_eq(&self.0.shared, &before.0.shared)
    }

    /// The settings that the site was made with.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// The site ready to be rendered, with what is wrong in the templates that all pages share.
    pub fn rendering(&self) -> (Rendering<'_>, &[Diagnostic]) {
        let inputs = self.render_inputs();
        let shared = self.0.shared.get_or_init(|| render::prepare(&inputs).into());
        (Rendering { inputs, shared: &shared.value }, &shared.diagnostics)
    }

    fn render_inputs(&self) -> render::Inputs<'_> {
        render::Inputs {
            config: &self.0.config.value,
            registries: &self.0.registries.value,
            theme: &self.0.theme.value,
            catalog: &self.0.catalog.value,
            pages: &self.0.pages,
            incoming: &self.0.incoming.value,
            files: &self.0.files,
            today: self.0.settings.today,
        }
    }
}

/// A site with all that its addresses are rendered from; borrowed from its snapshot.
pub struct Rendering<'a> {
    inputs: render::Inputs<'a>,
    shared: &'a render::Shared,
}

impl Rendering<'_> {
    /// Every file of the built site, sorted by path; those of the search index left out.
    pub fn outputs(&self) -> Vec<render::Output> {
        render::addresses(&self.inputs, self.shared)
    }

    /// How long the text of a page is, as the page itself and its structured data say it.
    pub fn length(&self, page: PageId) -> render::Length {
        render::length(&self.inputs, self.shared, page)
    }

    /// The hash of all that a file is made from, for those that are worth keeping between builds.
    pub fn derived_key(&self, output: &render::Output) -> Option<Fingerprint> {
        render::derived_key(output, &self.inputs, self.shared)
    }

    /// The bytes of one file, or the mistakes in templates that keep it from being made.
    pub fn render(&self, output: &render::Output) -> Result<Cow<'_, [u8]>, Vec<Diagnostic>> {
        render::render(output, &self.inputs, self.shared)
    }
}
