//! Files that cannot be read while their author works on them: the site is made with what they last were.
//!
//! So one mistake is one error: no page loses its address because its front matter is half written, no article misses
//! a fact because of a quotation mark in facts.toml, and nothing is judged by settings that nobody chose.

use std::collections::BTreeSet;

use crate::diag::{self, Diagnostic};
use crate::disk::CONFIGURATION;
use crate::files::SiteFiles;
use crate::name::SitePath;
use crate::pipeline::{self, Site, Unusable};

/// The folders that make the look of a site.
const LOOK: [&str; 3] = ["themes/", "templates/", "assets/"];

/// Files in whose place those of before are used.
pub(super) struct Held {
    /// All files as they are.
    pub(super) files: SiteFiles,
    unusable: Unusable,
}

impl Held {
    /// The site made from these files, with those of `before` in place of the ones that cannot be used.
    ///
    /// `held` is what was held when `before` was made: what is as broken as it was then is not tried again.
    pub(super) fn build(files: SiteFiles, before: &Site, held: Option<&Self>) -> (Site, Option<Self>) {
        let mut unusable = held.map(|held| held.still(&files)).unwrap_or_default();
        let settings = pipeline::configuration_findings(&files);
        if !settings.is_empty() && !before.has_broken_configuration() {
            unusable.files.extend(SitePath::new(CONFIGURATION));
            unusable.has_theme |= settings.iter().any(|found| found.code == diag::UNKNOWN_THEME);
            unusable.findings.extend(settings);
        }
        let make = |unusable: &Unusable| {
            let used = used(&files, before, unusable);
            pipeline::build_unreviewed(used, before.settings().clone(), Some(before), &|_| {})
        };
        let mut site = make(&unusable);
        let (more, known) = (site.unusable(), before.unusable());
        // What was broken before as well, or is new, cannot be had any better.
        let is_better = |path: &SitePath| !known.files.contains(path) && has(before.files(), path);
        let files_to_hold: Vec<SitePath> = more.files.into_iter().filter(is_better).collect();
        let is_theme_to_hold = more.has_theme && !known.has_theme;
        if is_theme_to_hold || !files_to_hold.is_empty() {
            unusable.files.extend(files_to_hold);
            unusable.has_theme |= is_theme_to_hold;
            unusable.findings.extend(more.findings);
            site = make(&unusable);
        }
        unusable.findings.retain(|found| is_held(&unusable.files, unusable.has_theme, &found.primary.file));
        diag::sort(&mut unusable.findings);
        let is_none = unusable.files.is_empty() && !unusable.has_theme;
        (site, (!is_none).then_some(Self { files, unusable }))
    }

    /// What of it is in these files as it was.
    fn still(&self, files: &SiteFiles) -> Unusable {
        let mut unusable = self.unusable.clone();
        // Of what is no text it is not known whether it is still the same.
        let is_same =
            |path: &SitePath| has(files, path) && files.text(path.as_str()) == self.files.text(path.as_str());
        unusable.files.retain(|path| path.as_str() != CONFIGURATION && is_same(path));
        unusable.has_theme &= LOOK.iter().all(|folder| {
            let folder = folder.trim_end_matches('/');
            files.texts_in(folder) == self.files.texts_in(folder)
        });
        let Unusable { files, has_theme, .. } = &unusable;
        let (files, has_theme) = (files.clone(), *has_theme);
        unusable.findings.retain(|found| is_held(&files, has_theme, &found.primary.file));
        unusable
    }

    /// Whether the site is made with what a file last was.
    pub(super) fn holds(&self, path: &SitePath) -> bool {
        is_held(&self.unusable.files, self.unusable.has_theme, path)
    }

    /// What is wrong with the files held.
    pub(super) fn findings(&self) -> &[Diagnostic] {
        &self.unusable.findings
    }
}

fn has(files: &SiteFiles, path: &SitePath) -> bool {
    files.text(path.as_str()).is_some()
}

fn is_held(paths: &BTreeSet<SitePath>, has_theme: bool, path: &SitePath) -> bool {
    paths.contains(path) || (has_theme && LOOK.iter().any(|folder| path.as_str().starts_with(folder)))
}

/// The files with those that cannot be used as they were before.
fn used(files: &SiteFiles, before: &Site, unusable: &Unusable) -> SiteFiles {
    if unusable.files.is_empty() && !unusable.has_theme {
        return files.clone();
    }
    files.with_texts_of(before.files(), |path| is_held(&unusable.files, unusable.has_theme, path))
}
