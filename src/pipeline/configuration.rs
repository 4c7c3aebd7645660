//! What cannot be relied on: the configuration, and other files that tell too little of what their author meant.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Found, Parsed, Site, levels};
use crate::config::{self, Config};
use crate::diag::{self, Code, Diagnostic};
use crate::files::SiteFiles;
use crate::name::SitePath;
use crate::page;
use crate::source::Span;
use crate::theme;

/// What is wrong with the configuration of these files, where that keeps it from being used; empty where it does not.
///
/// Cheap: the file alone is read.
pub fn configuration_findings(files: &SiteFiles) -> Vec<Diagnostic> {
    broken(&read(files), files)
}

/// Reads `needlepoint.toml`; defaults where it is missing or cannot be read.
pub(super) fn read(files: &SiteFiles) -> Found<Config> {
    if let Some(source) = files.text("needlepoint.toml") {
        let (config, mut diagnostics) = config::parse(source);
        diagnostics.extend(page::check_kinds(&config, source.path()));
        return Found { value: config, diagnostics: without_echoes(diagnostics) };
    }
    let path = SitePath::new("needlepoint.toml").expect("a plain name is a path");
    // A file that is there and was left out has its own finding.
    let mut found: Vec<Diagnostic> = files.diagnostics().to_vec();
    found.retain(|found| found.primary.file == path);
    if found.is_empty() {
        let message = "the site has no needlepoint.toml";
        let help = "write one with at least `title` and `base_url`, or start with `needlepoint init`";
        let missing = Diagnostic::new(diag::MISSING_CONFIGURATION, &path, Span::default(), message);
        found.push(missing.with_help(help));
    }
    Found { value: Config::default(), diagnostics: found }
}

/// The findings of a file that is TOML or YAML; where it has mistakes of syntax, these alone: what is missing or not
/// known besides may only be so because of them.
pub(super) fn without_echoes(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if found.iter().any(|found| found.code == diag::SYNTAX_ERROR) {
        found.retain(|found| [diag::SYNTAX_ERROR, diag::DUPLICATE_KEY].contains(&found.code));
    }
    found
}

/// Takes away what is only not known because the file that names it cannot be read, or the theme is not whole.
///
/// That file or theme has an error of its own, so nothing is published; once it is mended, all is judged.
pub(super) fn drop_echoes(found: &mut Vec<Diagnostic>, registries: &[Diagnostic], parsed: &[Arc<Parsed>]) {
    let unread = registries.iter().filter(|found| found.code == diag::SYNTAX_ERROR);
    let mut echoes: Vec<Code> = unread.filter_map(|found| named_in(found.primary.file.as_str())).collect();
    if parsed.iter().any(|parsed| parsed.page.front_matter.broken) {
        echoes.push(diag::UNKNOWN_CONDITION);
    }
    if found.iter().any(is_of_incomplete_theme) {
        echoes.push(diag::UNKNOWN_SHORTCODE);
    }
    found.retain(|found| !echoes.contains(&found.code));
}

/// Whether it says that a theme lacks templates.
fn is_of_incomplete_theme(found: &Diagnostic) -> bool {
    found.code == diag::MISSING_TEMPLATE && found.primary.file.as_str().ends_with("/theme.toml")
}

/// The code for a name that a registry does not hold.
fn named_in(registry: &str) -> Option<Code> {
    Some(match registry.strip_prefix("content/")? {
        "facts.toml" => diag::UNKNOWN_FACT,
        "glossary.toml" => diag::UNKNOWN_TERM,
        "people.toml" => diag::UNKNOWN_PERSON,
        "regions.toml" => diag::UNKNOWN_REGION,
        "references.yml" | "references.yaml" | "references.bib" => diag::UNKNOWN_SOURCE,
        _ => return None,
    })
}

/// All findings of a configuration that has errors; empty where it has none.
///
/// With such a configuration nothing else is worth telling: kinds, folders, languages or levels that the author meant
/// are not known, and what the checks say of the articles may come from the defaults in their place.
pub(super) fn broken(config: &Found<Config>, files: &SiteFiles) -> Vec<Diagnostic> {
    let mut found = config.diagnostics.clone();
    found.extend(theme::missing(&config.value.theme, files));
    let mut found = levels::apply(found, &config.value, &[]);
    if !diag::has_errors(&found) {
        return Vec::new();
    }
    diag::sort(&mut found);
    found
}

/// Files of a site that cannot be read as what they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unusable {
    /// Texts that are not UTF-8, the configuration, articles without a front matter that can be read, and registries
    /// with mistakes of syntax.
    pub files: BTreeSet<SitePath>,
    /// Whether the theme has errors, so that its templates cannot be used.
    pub has_theme: bool,
    /// What is wrong with these files.
    pub findings: Vec<Diagnostic>,
}

impl Site {
    /// Whether the configuration itself has errors, so that nothing can be relied on.
    pub fn has_broken_configuration(&self) -> bool {
        !broken(&self.0.config, &self.0.files).is_empty()
    }

    /// The files that cannot be read as what they are; what the checks say of others may come from that.
    pub fn unusable(&self) -> Unusable {
        let stages = &self.0;
        let mut unusable = Unusable::default();
        let mut found = broken(&stages.config, &stages.files);
        for refused in stages.files.diagnostics().iter().filter(|found| found.code == diag::INVALID_UTF8) {
            found.push(refused.clone());
            unusable.files.insert(refused.primary.file.clone());
        }
        for parsed in stages.parsed.iter().filter(|parsed| parsed.page.front_matter.broken) {
            found.extend_from_slice(&parsed.diagnostics);
            unusable.files.insert(parsed.source.path().clone());
        }
        let registries = &stages.registries.diagnostics;
        for error in registries.iter().filter(|found| found.code == diag::SYNTAX_ERROR) {
            let file = &error.primary.file;
            found.extend(registries.iter().filter(|found| found.primary.file == *file).cloned());
            unusable.files.insert(file.clone());
        }
        unusable.has_theme = diag::has_errors(&stages.theme.diagnostics);
        if unusable.has_theme {
            found.extend_from_slice(&stages.theme.diagnostics);
        }
        if self.has_broken_configuration() {
            unusable.files.extend(SitePath::new("needlepoint.toml"));
        }
        unusable.findings = levels::apply(found, &stages.config.value, &stages.parsed);
        diag::sort(&mut unusable.findings);
        unusable
    }
}
