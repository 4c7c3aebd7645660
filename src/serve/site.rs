//! A snapshot of the pipeline as a view: pages are rendered when they are asked for, the search index too.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock};

use camino::Utf8PathBuf;

use super::about;
use super::held::Held;
use super::kept::Kept;
use super::live::Update;
use super::view::{About, Answer, Problem, View};
use crate::catalog::{PageId, Place};
use crate::diag::{self, Diagnostic, Label, Severity};
use crate::files::{Change, SiteFiles};
use crate::lock::locked;
use crate::name::{SitePath, UrlPath, percent_encoded};
use crate::pipeline::Site;
use crate::render::{Output, Recipe};
use crate::source::Source;

/// One moment of a site, as the preview shows it.
pub struct SiteView {
    site: Site,
    /// Files in whose place those of before are used.
    held: Option<Arc<Held>>,
    /// The site's folder from the root of the disk, for the author's editor alone.
    folder: Utf8PathBuf,
    /// What takes long to make, for all views of the site.
    kept: Arc<Kept>,
    /// Every file of the built site, sorted by path; listed when one is asked for that the catalog does not know.
    outputs: OnceLock<Vec<Output>>,
    /// Mistakes in templates, by the address that showed them.
    mistakes: Mutex<BTreeMap<UrlPath, Vec<Diagnostic>>>,
}

impl SiteView {
    /// The view of a site in this folder.
    pub fn new(site: Site, folder: Utf8PathBuf) -> Self {
        let kept = Arc::new(Kept::of(&folder));
        Self { site, held: None, folder, kept, outputs: OnceLock::new(), mistakes: Mutex::default() }
    }

    /// The view of the same site after a change.
    pub fn next(&self, site: Site) -> Self {
        let (folder, kept) = (self.folder.clone(), Arc::clone(&self.kept));
        Self { site, held: None, folder, kept, outputs: OnceLock::new(), mistakes: Mutex::default() }
    }

    /// The view of the same site with other files.
    ///
    /// A file that cannot be read as what it is stays in use as it last was, see [`Held`].
    pub fn with_files(&self, files: SiteFiles) -> Self {
        let (site, held) = Held::build(files, &self.site, self.held.as_deref());
        Self { held: held.map(Arc::new), ..self.next(site) }
    }

    /// Whether the site is made with what a file last was, because it cannot be read now.
    pub fn holds(&self, path: &SitePath) -> bool {
        self.held.as_ref().is_some_and(|held| held.holds(path))
    }

    /// All findings, sorted by file and place.
    pub fn findings(&self) -> Cow<'_, [Diagnostic]> {
        let Some(held) = &self.held else { return Cow::Borrowed(self.site.diagnostics()) };
        let mut found = self.site.diagnostics().to_vec();
        found.retain(|found| !held.holds(&found.primary.file));
        found.extend_from_slice(held.findings());
        diag::sort(&mut found);
        Cow::Owned(found)
    }

    /// The files as they are.
    fn files(&self) -> &SiteFiles {
        self.held.as_ref().map_or(self.site.files(), |held| &held.files)
    }

    /// The text file that a finding points into.
    pub fn source(&self, path: &SitePath) -> Option<Source> {
        let own = self.files().text(path.as_str()).cloned();
        own.or_else(|| self.site.source(path).filter(|_| !self.holds(path)))
    }

    /// Line and column of a place, both from 1.
    pub(super) fn position(&self, label: &Label) -> (usize, usize) {
        let source = self.source(&label.file);
        let start = source.map(|source| source.position(label.span.start));
        start.map_or((1, 1), |start| (start.line, start.column))
    }

    /// The page whose file makes, or helps to make, what is at an address.
    pub(super) fn page_at(&self, address: &UrlPath) -> Option<PageId> {
        let catalog = self.site.catalog();
        match catalog.place(address)? {
            Place::Page(id) => Some(id),
            Place::Generated(at) => catalog.generated().get(at as usize)?.page,
            Place::Alias(_) | Place::Asset(_) => None,
        }
    }

    /// The site.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// What is new in this view for someone who looks at a page of the one before.
    pub fn update(&self, before: &Self, change: &Change) -> Update {
        let edited = change.created.iter().chain(&change.changed).rev();
        Update {
            files: change.paths().map(ToString::to_string).collect(),
            moved: self.moved(before, change),
            edited: edited.filter_map(|path| self.address(path)).next(),
        }
    }

    /// The address of the page that is made from a file.
    fn address(&self, path: &SitePath) -> Option<String> {
        let catalog = self.site.catalog();
        let id = catalog.by_path(path.in_content()?.as_str())?;
        Some(catalog.page(id).address.to_string())
    }

    /// Pages with another address: their file says so, or their file was renamed and holds what it held.
    fn moved(&self, before: &Self, change: &Change) -> Vec<(String, String)> {
        let kept = change.changed.iter().map(|path| (path, path));
        let renamed = change.removed.iter().filter_map(|old| {
            let text = before.site.files().text(old.as_str())?.text();
            let is_same = |new: &&SitePath| {
                self.site.files().text(new.as_str()).is_some_and(|found| found.text() == text)
            };
            Some((old, change.created.iter().find(is_same)?))
        });
        let addresses =
            kept.chain(renamed).filter_map(|(old, new)| before.address(old).zip(self.address(new)));
        // Or the new place of a page says that it was at the old one.
        let catalog = self.site.catalog();
        let aliased = change.paths().filter_map(|path| {
            let old = before.address(path)?;
            match catalog.place(&UrlPath::new(&old)?)? {
                Place::Alias(id) => Some((old, catalog.page(id).address.to_string())),
                _ => None,
            }
        });
        let mut moved: Vec<_> = addresses.chain(aliased).filter(|(old, new)| old != new).collect();
        moved.sort();
        moved.dedup();
        moved
    }

    fn output(&self, address: &UrlPath) -> Option<Output> {
        let catalog = self.site.catalog();
        let recipe = match catalog.place(address) {
            Some(Place::Page(id)) if catalog.is_withdrawn(id) => Recipe::Withdrawn(id),
            Some(Place::Page(id)) => Recipe::Page(id),
            Some(Place::Generated(at)) => Recipe::Generated(at),
            Some(Place::Asset(at)) => Recipe::Asset(at),
            Some(Place::Alias(_)) | None => {
                let outputs = self.outputs.get_or_init(|| self.site.rendering().0.outputs());
                let path = address.output_path();
                let at = outputs.binary_search_by(|output| output.path.cmp(&path)).ok()?;
                return outputs.get(at).cloned();
            }
        };
        Some(Output { path: address.output_path(), recipe })
    }

    fn search_file(&self, address: &UrlPath) -> Option<Arc<[u8]>> {
        let name = address.as_str().strip_prefix("/search/").filter(|name| !name.is_empty())?;
        let bytes = self.site.search_files().bytes(name, || self.site.search_documents())?;
        Some((*bytes).into())
    }

    /// Whether the file of a page was left with too little to show.
    fn is_broken(&self, address: &UrlPath) -> bool {
        let page = self.page_at(address).and_then(|id| self.site.pages().get(id.0 as usize));
        page.is_some_and(|linked| linked.page.front_matter.broken)
    }

    /// Whether the page is made with what its file last was.
    fn is_held(&self, address: &UrlPath) -> bool {
        let page = self.page_at(address).map(|id| self.site.catalog().page(id).path.site_path());
        page.is_some_and(|file| self.holds(&file))
    }

    fn note(&self, address: &UrlPath, found: Vec<Diagnostic>) {
        locked(&self.mistakes).insert(address.clone(), found);
    }

    /// Mistakes in templates that showed at this address, or at any, as far as the review does not tell of them.
    pub(super) fn mistakes(&self, address: Option<&UrlPath>) -> Vec<Diagnostic> {
        let mistakes = locked(&self.mistakes);
        let is_meant = |(at, _): &(&UrlPath, &Vec<Diagnostic>)| address.is_none_or(|address| *at == address);
        let mut found: Vec<Diagnostic> =
            mistakes.iter().filter(is_meant).flat_map(|(_, found)| found).cloned().collect();
        drop(mistakes);
        found.retain(|mistake| !self.site.diagnostics().iter().any(|told| is_same_mistake(told, mistake)));
        diag::sort(&mut found);
        // The same place of a template that several others take in.
        found.dedup_by(|one, other| is_same_mistake(one, other));
        found
    }

    /// Renders a page of each sort, and gives the mistakes in templates that only show when a page is rendered.
    pub fn try_templates(&self) -> Vec<Diagnostic> {
        let catalog = self.site.catalog();
        let mut sorts = BTreeSet::new();
        let pages = catalog.pages().iter().filter(|page| sorts.insert((&page.kind, page.is_section)));
        let mut known = Vec::new();
        let others = catalog.generated().iter().filter(|page| {
            let sort = std::mem::discriminant(&page.kind);
            let is_new = !known.contains(&sort);
            known.push(sort);
            is_new
        });
        let addresses = pages.map(|page| &page.address).chain(others.map(|page| &page.address));
        for address in addresses.collect::<Vec<_>>() {
            // What is wrong is noted with the address.
            let _ = self.answer(address);
        }
        self.mistakes(None)
    }

    /// The first mistake in a template that showed at this address.
    pub(super) fn first_mistake(&self, address: &UrlPath) -> Option<Diagnostic> {
        let mistakes = locked(&self.mistakes);
        mistakes.get(address).and_then(|found| found.first()).cloned()
    }

    /// A finding as the browser draws it.
    pub(super) fn problem(&self, found: &Diagnostic) -> Problem {
        let label = &found.primary;
        let source = self.source(&label.file);
        let end = source.as_ref().map(|source| source.position(label.span.end));
        let (line, column) = self.position(label);
        let excerpt = source.as_ref().map(|source| source.line(line).to_owned()).unwrap_or_default();
        let is_one_line = end.is_some_and(|end| end.line == line);
        let last = if is_one_line { end.map_or(0, |end| end.column) } else { excerpt.chars().count() + 1 };
        Problem {
            code: found.code.to_string(),
            severity: found.severity.as_str(),
            message: found.message.clone(),
            file: label.file.to_string(),
            line,
            column,
            length: last.saturating_sub(column),
            excerpt,
            label: label.text.clone(),
            help: found.help.clone(),
        }
    }
}

/// Whether two findings are about one mistake: a template is read before it is used, and both can tell of it.
pub(super) fn is_same_mistake(one: &Diagnostic, other: &Diagnostic) -> bool {
    let (here, there) = (&one.primary, &other.primary);
    let touches = here.span.start <= there.span.end && there.span.start <= here.span.end;
    one.code == other.code && here.file == there.file && touches
}

impl View for SiteView {
    fn answer(&self, address: &UrlPath) -> Answer {
        let Some(output) = self.output(address) else {
            return self.search_file(address).map_or(Answer::Missing, Answer::Content);
        };
        let (rendering, found) = self.site.rendering();
        if diag::has_errors(found) {
            self.note(address, found.to_vec());
            return Answer::Broken(None);
        }
        let key = rendering.derived_key(&output);
        match self.kept.or_made(key, || rendering.render(&output)) {
            Ok(bytes) if self.is_broken(address) => Answer::Broken(Some(bytes)),
            Ok(bytes) if self.is_held(address) => Answer::Stale(bytes),
            Ok(bytes) => Answer::Content(bytes),
            Err(found) => {
                self.note(address, found);
                Answer::Broken(None)
            }
        }
    }

    fn not_found(&self) -> Option<Arc<[u8]>> {
        match self.answer(&UrlPath::new("/404.html")?) {
            Answer::Content(bytes) => Some(bytes),
            _ => None,
        }
    }

    fn about(&self, address: &UrlPath) -> About {
        about::about(self, address)
    }

    fn errors(&self) -> Vec<Problem> {
        let mut all = self.mistakes(None);
        all.extend_from_slice(&self.findings());
        all.retain(|found| found.severity == Severity::Error);
        diag::sort(&mut all);
        all.iter().map(|found| self.problem(found)).collect()
    }

    fn editor_url(&self, file: &SitePath, line: usize, column: usize) -> Option<String> {
        let template = self.site.config().editor.as_ref()?;
        let files = self.files();
        if files.text(file.as_str()).is_none() && files.asset(file.as_str()).is_none() {
            return None;
        }
        let path = percent_encoded(self.folder.join(file.as_str()).as_str(), b"-._~/");
        let url = template.replace("{path}", &path).replace("{line}", &line.to_string());
        Some(url.replace("{column}", &column.to_string()))
    }
}
