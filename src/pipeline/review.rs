//! The content review of a snapshot, made when its findings are first asked for.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use super::copied::{self, Copied};
use super::renew::{paired, renewed};
use super::{Found, Stages, configuration, levels, search};
use crate::catalog::Catalog;
use crate::check::{self, rules::RuleSet};
use crate::config::Config;
use crate::diag::{self, Diagnostic};
use crate::link::LinkedPage;
use crate::name::SitePath;
use crate::page::Page;
use crate::registry::Registries;
use crate::render;
use crate::source::Span;
use crate::theme::Theme;

/// What was found in a snapshot, and what that depends on.
pub(super) struct Review {
    basis: Basis,
    catalog: Arc<Found<Catalog>>,
    checked: Vec<Arc<Checked>>,
    copied: Copied,
    /// What was found in all pages together.
    together: Vec<Diagnostic>,
    /// All findings, those of the other stages too.
    diagnostics: Vec<Diagnostic>,
}

/// What was found in a page.
struct Checked {
    page: Arc<Page>,
    diagnostics: Vec<Diagnostic>,
}

/// What the review of a page depends on beside the page.
struct Basis {
    config: Arc<Found<Config>>,
    registries: Arc<Found<Registries>>,
    theme: Arc<Found<Theme>>,
    rules: Arc<Found<RuleSet>>,
    today: Date,
}

impl Basis {
    fn is_as(&self, other: &Self) -> bool {
        self.config.value == other.config.value
            && Arc::ptr_eq(&self.registries, &other.registries)
            && Arc::ptr_eq(&self.theme, &other.theme)
            && Arc::ptr_eq(&self.rules, &other.rules)
            && self.today == other.today
    }
}

impl Review {
    /// All findings, at the levels that the site sets, waivers honoured, sorted.
    pub(super) fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
}

impl Stages {
    /// The review of this snapshot; of pages that did not change since the last one it is taken from there.
    pub(super) fn review(&self) -> &Review {
        self.review.get_or_init(|| Arc::new(self.make_review()))
    }

    /// The review of this snapshot if it was made, else the last one before.
    pub(super) fn latest_review(&self) -> Option<Arc<Review>> {
        self.review.get().or(self.last_review.as_ref()).cloned()
    }

    fn make_review(&self) -> Review {
        let basis = Basis {
            config: Arc::clone(&self.config),
            registries: Arc::clone(&self.registries),
            theme: Arc::clone(&self.theme),
            rules: Arc::clone(&self.rules),
            today: self.settings.today,
        };
        let knowledge = check::Knowledge::new(&self.config.value, &self.registries.value, &self.rules.value);
        let last = self.last_review.as_deref().filter(|last| last.basis.is_as(&basis));
        let old = last.map_or(&[][..], |last| &last.checked);
        let pages = paired(&self.pages, |linked| &linked.page.path, old, |checked| &checked.page.path);
        let unchanged = |(linked, old): &(&Arc<LinkedPage>, Option<&Arc<Checked>>)| {
            old.filter(|old| Arc::ptr_eq(&old.page, &linked.page)).cloned()
        };
        let checked = renewed(&pages, unchanged, |(linked, _)| {
            let mut diagnostics = check::page(&linked.page, &knowledge, self.settings.today);
            diagnostics.extend(render::body::check_shortcodes(&linked.page, &self.theme.value));
            Arc::new(Checked { page: linked.page.clone(), diagnostics })
        });
        let together = match last.filter(|last| Arc::ptr_eq(&last.catalog, &self.catalog)) {
            Some(last) => last.together.clone(),
            None => {
                let mut found =
                    check::site(self.catalog.value.pages().iter().map(|page| &**page), &knowledge);
                let (registries, catalog) = (&self.registries.value, &self.catalog.value);
                found.extend(search::missing_pages(registries, catalog));
                found.extend(search::untranslated_cards(registries, catalog, &self.config.value));
                found
            }
        };
        let before = self.last_review.as_ref().map(|last| &last.copied);
        let copied = copied::check(&self.files, before);
        let diagnostics = self.gather(&checked, &together, &copied);
        Review { basis, catalog: Arc::clone(&self.catalog), checked, copied, together, diagnostics }
    }

    /// Templates of the site that no page, no kind and no other template asks for.
    fn unused_templates(&self) -> Vec<Diagnostic> {
        let kinds: Vec<&str> = self.config.value.kinds().iter().map(|kind| kind.id.as_str()).collect();
        let chosen: BTreeSet<&str> = self
            .pages
            .iter()
            .filter_map(|linked| linked.page.front_matter.template.as_ref())
            .map(|template| template.value.as_str())
            .collect();
        render::values::unused(&self.theme.value, &kinds, |name| chosen.contains(name))
    }

    /// The findings of all stages; of the configuration alone where it is broken.
    fn gather(&self, checked: &[Arc<Checked>], together: &[Diagnostic], copied: &Copied) -> Vec<Diagnostic> {
        let broken = configuration::broken(&self.config, &self.files);
        if !broken.is_empty() {
            return broken;
        }
        let mut all: Vec<Diagnostic> = self.files.diagnostics().to_vec();
        all.extend_from_slice(&self.config.diagnostics);
        if self.parsed.is_empty() {
            let path = SitePath::new("needlepoint.toml").expect("a plain name is a path");
            let message = "the site has no content: there is no Markdown file in `content/`";
            let found = Diagnostic::new(diag::MISSING_CONTENT, &path, Span::default(), message);
            all.push(found.with_help("write `content/_index.md`, or bring the folder back"));
        }
        all.extend_from_slice(&self.registries.diagnostics);
        all.extend_from_slice(&self.theme.diagnostics);
        all.extend(self.unused_templates());
        if let Some(source) = self.files.text("needlepoint.toml") {
            all.extend(render::unknown_looks(&self.config.value, source, &self.theme.value));
        }
        all.extend(self.parsed.iter().flat_map(|parsed| parsed.diagnostics.iter().cloned()));
        all.extend_from_slice(&self.catalog.diagnostics);
        all.extend_from_slice(&self.vocabulary.diagnostics);
        all.extend(self.linked.iter().flat_map(|linked| linked.diagnostics.iter().cloned()));
        all.extend_from_slice(&self.incoming.diagnostics);
        all.extend_from_slice(&self.rules.diagnostics);
        all.extend(copied.diagnostics().cloned());
        all.extend(checked.iter().flat_map(|checked| checked.diagnostics.iter().cloned()));
        all.extend_from_slice(together);
        configuration::drop_echoes(&mut all, &self.registries.diagnostics, &self.parsed);
        let mut all = levels::apply(all, &self.config.value, &self.parsed);
        diag::sort(&mut all);
        all
    }
}
