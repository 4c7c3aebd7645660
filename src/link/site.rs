//! A small site from literals, linked: for tests.

use std::sync::Arc;

use super::{Incoming, LinkedPage, MarkKind, TextPosition, Vocabulary, gather, resolve, vocabulary};
use crate::catalog::{self, Catalog, PageId, RegistryNames};
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::markdown::{EventKind, Tag};
use crate::name::SitePath;
use crate::page;
use crate::registry::{self, Registries};
use crate::source::Source;

/// A linked site.
pub(super) struct Site {
    pub(super) config: Config,
    pub(super) registries: Registries,
    pub(super) catalog: Catalog,
    pub(super) vocabulary: Vocabulary,
    pub(super) pages: Vec<Arc<LinkedPage>>,
    pub(super) incoming: Incoming,
    /// What the linker found; findings of parsing are not among them.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// A page of a condition: its title, its other names, and its body.
pub(super) fn condition(title: &str, also_called: &[&str]) -> String {
    let (title, names) = (serde_json::to_string(title).unwrap(), serde_json::to_string(also_called).unwrap());
    format!("+++\ntitle = {title}\nkind = \"condition\"\nalso_called = {names}\n+++\n")
}

/// Links a site; paths are below `content/`, and a file without `+++` gets a front matter with a title.
pub(super) fn site<T: AsRef<str>>(files: &[(&str, T)]) -> Site {
    site_with(files, Config::default())
}

pub(super) fn site_with<T: AsRef<str>>(files: &[(&str, T)], config: Config) -> Site {
    let mut registries = Registries::default();
    let mut pages = Vec::new();
    for (path, text) in files {
        let text = text.as_ref();
        let is_page = path.ends_with(".md");
        let text = if is_page && !text.starts_with("+++") {
            format!("+++\ntitle = \"A page\"\n+++\n{text}")
        } else {
            text.to_owned()
        };
        let source = Source::new(SitePath::new(&format!("content/{path}")).unwrap(), text);
        if is_page {
            pages.push(Arc::new(page::assemble(&source, &config).0));
        } else {
            assert!(registry::FILES.contains(path));
            registries.read(path, &source);
        }
    }
    let inputs = catalog::Inputs {
        pages: pages.iter().map(|page| page.interface.clone()).collect(),
        assets: Vec::new(),
        config: &config,
        registries: &RegistryNames::default(),
        today: "2026-11-21".parse().unwrap(),
        drafts: false,
    };
    let (catalog, _) = catalog::build(inputs);
    let (vocabulary, mut diagnostics) = vocabulary(&catalog, &registries, &config);
    let mut linked = Vec::new();
    for page in pages {
        // Drafts are left out.
        let Some(id) = catalog.by_path(page.path.as_str()) else { continue };
        let read =
            |keeps_words| resolve(page.clone(), id, &catalog, &vocabulary, &registries, &config, keeps_words);
        let (page, found) = read(true);
        // Without the page's words less of its text is read, and the same is found.
        let (without_words, found_too) = read(false);
        assert_eq!((LinkedPage { words: None, ..page.clone() }, &found), (without_words, &found_too));
        diagnostics.extend(found);
        linked.push(Arc::new(page));
    }
    linked.sort_by_key(|page| page.id);
    let (incoming, found) = gather(&linked, &catalog, &registries, &config);
    diagnostics.extend(found);
    Site { config, registries, catalog, vocabulary, pages: linked, incoming, diagnostics }
}

impl Site {
    pub(super) fn page(&self, path: &str) -> &LinkedPage {
        let id = self.catalog.by_path(path).unwrap();
        &self.pages[id.0 as usize]
    }

    pub(super) fn stem(&self, id: PageId) -> &str {
        self.catalog.page(id).path.stem()
    }

    pub(super) fn codes(&self) -> Vec<&str> {
        self.diagnostics.iter().map(|found| found.code.as_str()).collect()
    }

    /// The words of a page with its marks: `[neck pain](neck-pain)` for a link, `[fascia](=fascia)` for a term. Links
    /// that the author wrote stand in `<…>`.
    pub(super) fn marked(&self, path: &str) -> String {
        let linked = self.page(path);
        let document = &linked.page.document;
        let mut out = String::new();
        let mut marks = linked.marks.iter().peekable();
        let mut open = false;
        for (index, event) in document.events().iter().enumerate() {
            match event.kind {
                EventKind::Text(text) => {
                    for (offset, c) in document
                        .text(text)
                        .char_indices()
                        .map(|(at, c)| (at, Some(c)))
                        .chain([(document.text(text).len(), None)])
                    {
                        let here = TextPosition { event: index as u32, offset: offset as u32 };
                        if open && marks.peek().is_some_and(|mark| mark.end == here) {
                            let mark = marks.next().unwrap();
                            match &mark.kind {
                                MarkKind::Condition(page) => {
                                    out.push_str(&format!("]({})", self.stem(*page)))
                                }
                                MarkKind::Term(term) => out.push_str(&format!("](={term})")),
                            }
                            open = false;
                        }
                        if c.is_some() && marks.peek().is_some_and(|mark| mark.start == here) {
                            out.push('[');
                            open = true;
                        }
                        out.extend(c);
                    }
                }
                EventKind::SoftBreak => out.push(' '),
                EventKind::Code(text) => out.push_str(document.text(text)),
                EventKind::Start(Tag::Link(_)) => out.push('<'),
                EventKind::End(Tag::Link(_)) => out.push('>'),
                EventKind::End(tag) if !tag.is_inline() && !out.ends_with('|') => out.push('|'),
                _ => {}
            }
        }
        assert!(!open && marks.next().is_none(), "every mark starts and ends in a text event: {out}");
        out.trim_end_matches('|').to_owned()
    }
}
