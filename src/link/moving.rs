//! What has to be written when an article moves: every link to it, its own relative links, and its old address.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::target::{joined, percent_decoded, split_fragment};
use super::written::{self, encoded, relative};
use super::{LinkedPage, Target};
use crate::catalog::{Catalog, PageId};
use crate::config::Config;
use crate::diag;
use crate::markdown::LinkForm;
use crate::name::{ContentPath, SitePath, UrlPath};
use crate::page::{self, Page};
use crate::registry::{Registries, Wanted};
use crate::source::{Source, Span};

/// A change in one file; spans are those of the file before the move.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileEdit {
    /// The file, by its old name.
    pub file: SitePath,
    /// The bytes to be replaced.
    pub span: Span,
    /// What to put there.
    pub replacement: String,
}

/// All that a move changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// Where the page was.
    pub from: UrlPath,
    /// Where it is now.
    pub to: UrlPath,
    /// The changes, sorted by file and place, none over another; the moved file's own are among them, by its old name.
    pub edits: Vec<FileEdit>,
}

/// Why a page cannot move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MoveError {
    /// There is no such page; with the nearest path.
    NoSuchPage(Option<String>),
    /// Something lies there already.
    Taken,
    /// The new name is not that of a Markdown file.
    NotMarkdown,
}

/// Plans the move of one article.
///
/// A page whose stem is a condition's id takes its references in front matter along.
pub fn plan_move(
    pages: &[Arc<LinkedPage>],
    catalog: &Catalog,
    config: &Config,
    registries: &Registries,
    old: &ContentPath,
    new: &ContentPath,
) -> Result<Move, MoveError> {
    let known = || catalog.pages().iter().map(|page| page.path.as_str());
    let id = catalog
        .by_path(old.as_str())
        .ok_or_else(|| MoveError::NoSuchPage(diag::nearest(old.as_str(), known()).map(str::to_owned)))?;
    if catalog.by_path(new.as_str()).is_some() || catalog.asset(new.as_str()).is_some() {
        return Err(MoveError::Taken);
    }
    if !new.is_markdown() {
        return Err(MoveError::NotMarkdown);
    }
    let moved = pages.iter().find(|page| page.id == id);
    let moved = moved.ok_or(MoveError::NoSuchPage(None))?;
    let source = Source::new(new.site_path(), moved.page.document.source().text());
    let (there, _) = page::assemble(&source, config);
    let (from, to) = (catalog.page(id).address.clone(), there.interface.address.clone());
    let mut planner = Planner { catalog, id, old, new, to: &to, edits: BTreeSet::new() };
    for linked in pages {
        planner.links(linked);
        planner.front_matter(&linked.page);
    }
    if from != to {
        planner.alias(&moved.page, &from);
        planner.navigation(config, &from);
        planner.search_tests(registries, &from);
    }
    planner.reviews(registries);
    Ok(Move { edits: planner.edits.into_iter().collect(), from, to })
}

struct Planner<'a> {
    catalog: &'a Catalog,
    id: PageId,
    old: &'a ContentPath,
    new: &'a ContentPath,
    to: &'a UrlPath,
    edits: BTreeSet<FileEdit>,
}

impl Planner<'_> {
    fn edit(&mut self, file: &SitePath, span: Span, replacement: String) {
        self.edits.insert(FileEdit { file: file.clone(), span, replacement });
    }

    fn links(&mut self, linked: &LinkedPage) {
        let document = &linked.page.document;
        let is_moved = linked.id == self.id;
        for (link, target) in document.links().iter().zip(&linked.links) {
            let leads_here = matches!(target, Target::Page(page, _) if *page == self.id);
            let is_wiki = matches!(link.form, LinkForm::Wiki | LinkForm::WikiWithText);
            let replacement = if leads_here {
                Some(if is_wiki {
                    self.wiki(&link.target)
                } else {
                    self.link_to_moved(&link.target, &linked.page)
                })
            } else if is_moved && !is_wiki && !matches!(target, Target::External(_) | Target::Here(_)) {
                self.link_from_moved(&link.target)
            } else {
                None
            };
            self.replace(document.source(), link.span, &link.target, replacement);
        }
        for (image, target) in document.images().iter().zip(&linked.images) {
            if is_moved && matches!(target, Target::Asset(_)) {
                let replacement = self.link_from_moved(&image.target);
                self.replace(document.source(), image.span, &image.target, replacement);
            }
        }
    }

    /// Puts the new target where the old one is written.
    fn replace(&mut self, source: &Source, link: Span, typed: &str, replacement: Option<String>) {
        let Some(replacement) = replacement.filter(|replacement| *replacement != typed) else { return };
        for place in written::targets(source, link, typed) {
            self.edit(source.path(), place, replacement.clone());
        }
    }

    /// A wiki link's new name: the stem alone where it is the only one.
    fn wiki(&self, typed: &str) -> String {
        let (_, fragment) = split_fragment(typed);
        let others = self.catalog.by_stem(self.new.stem()).iter().filter(|page| **page != self.id).count();
        let path = self.new.as_str().trim_end_matches(".md");
        let name = if others == 0 && !typed.contains('/') { self.new.stem() } else { path };
        with_fragment(name, fragment)
    }

    /// A link to the moved page, written as the old one was.
    fn link_to_moved(&self, typed: &str, page: &Page) -> String {
        let (path, fragment) = split_fragment(typed);
        let folder = if page.path == *self.old { self.new.folder() } else { page.path.folder() };
        let is_file = percent_decoded(path).ends_with(".md");
        let path = match (path.starts_with('/'), is_file) {
            (true, true) => format!("/{}", encoded(self.new.as_str())),
            (false, true) => encoded(&relative(folder, self.new.as_str())),
            _ => self.to.encoded(),
        };
        with_fragment(&path, fragment)
    }

    /// A relative link of the moved page to something else, written from where the page is now.
    fn link_from_moved(&self, typed: &str) -> Option<String> {
        let (path, fragment) = split_fragment(typed);
        if path.is_empty() || path.starts_with('/') || self.old.folder() == self.new.folder() {
            return None;
        }
        let file = joined(self.old.folder(), &percent_decoded(path))?;
        let is_file = self.catalog.by_path(&file).is_some() || self.catalog.asset(&file).is_some();
        if is_file {
            return Some(with_fragment(&encoded(&relative(self.new.folder(), &file)), fragment));
        }
        let address = self.catalog.page(self.id).address.as_str();
        let folder = joined(address.trim_end_matches('/'), &percent_decoded(path))?;
        Some(with_fragment(&encoded(&format!("/{folder}/")), fragment))
    }

    /// A condition's id is the stem of its file; others name it.
    fn front_matter(&mut self, page: &Page) {
        let file = page.document.source().path();
        let is_condition = self.catalog.page(self.id).condition.is_some();
        let related = page.front_matter.condition.iter().flat_map(|condition| &condition.related);
        if is_condition && self.old.stem() != self.new.stem() {
            for id in page.front_matter.conditions.iter().chain(related) {
                if id.value.as_str() == self.old.stem() {
                    let written = page.document.source().slice(id.span);
                    let replacement = written.replacen(self.old.stem(), self.new.stem(), 1);
                    self.edit(file, id.span, replacement);
                }
            }
        }
        let replacement =
            page.front_matter.withdrawn.as_ref().and_then(|withdrawn| withdrawn.replacement.as_ref());
        let own = &self.catalog.page(self.id).address;
        if let Some(replacement) =
            replacement.filter(|replacement| replacement.value == *own && own != self.to)
        {
            let written = page.document.source().slice(replacement.span);
            self.edit(file, replacement.span, written.replacen(own.as_str(), self.to.as_str(), 1));
        }
    }

    fn navigation(&mut self, config: &Config, from: &UrlPath) {
        let file = SitePath::new("needlepoint.toml").expect("the path is well formed");
        let others = config.languages.values().flat_map(|language| &language.navigation);
        for item in config.navigation.iter().chain(others).filter(|item| item.path == *from) {
            self.edit(&file, item.span, format!("\"{}\"", self.to));
        }
    }

    fn search_tests(&mut self, registries: &Registries, from: &UrlPath) {
        let file = SitePath::new("content/search-tests.toml").expect("the path is well formed");
        for test in registries.search_tests.iter() {
            let (Wanted::First(address) | Wanted::Among(address)) = &test.wanted;
            if address.value == *from {
                self.edit(&file, address.span, format!("\"{}\"", self.to));
            }
        }
    }

    /// The signed review goes with the page.
    fn reviews(&mut self, registries: &Registries) {
        let file = SitePath::new("content/reviews.toml").expect("the path is well formed");
        if let Some(review) = registries.reviews.get(self.old.as_str()) {
            self.edit(&file, review.span, format!("\"{}\"", self.new));
        }
    }

    /// Keeps the old address in the front matter of the moved page.
    fn alias(&mut self, page: &Page, from: &UrlPath) {
        let source = page.document.source();
        let front_matter = &page.front_matter;
        let is_yaml = source.text().trim_start_matches('\u{FEFF}').starts_with("---");
        if let Some(last) = front_matter.aliases.last() {
            let key = front_matter.key_span("aliases").unwrap_or(last.span);
            let between = source.slice(Span { start: key.end, end: last.span.start });
            let end = Span { start: last.span.end, end: last.span.end };
            let line = between.rsplit('\n').next().unwrap_or_default();
            let is_block = is_yaml && !between.contains('[');
            let replacement = if is_block { format!("\n{line}\"{from}\"") } else { format!(", \"{from}\"") };
            return self.edit(source.path(), end, replacement);
        }
        if let Some(key) = front_matter.key_span("aliases")
            && let Some(bracket) =
                source.slice(Span { start: key.end, end: front_matter.block.end }).find('[')
        {
            let at = key.end as usize + bracket + 1;
            return self.edit(source.path(), Span::new(at, at), format!("\"{from}\""));
        }
        let at = front_matter.block.start as usize;
        let line =
            if is_yaml { format!("aliases: [\"{from}\"]\n") } else { format!("aliases = [\"{from}\"]\n") };
        self.edit(source.path(), Span::new(at, at), line);
    }
}

fn with_fragment(path: &str, fragment: Option<&str>) -> String {
    fragment.map_or_else(|| path.to_owned(), |fragment| format!("{path}#{fragment}"))
}
