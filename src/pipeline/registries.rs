//! The files of `content/` that are no articles: which of them are read, and what the registries among them say.

use std::sync::Arc;

use super::{Found, RULES, Stages, configuration};
use crate::catalog::RegistryNames;
use crate::config::Config;
use crate::files::SiteFiles;
use crate::name::ContentPath;
use crate::registry::{self, Registries};

/// Reads all registries: those of the site, then those of further languages, which speak of the site's own.
pub(super) fn stage(files: &SiteFiles, config: &Config, before: Option<&Stages>) -> Arc<Found<Registries>> {
    let source = |files: &SiteFiles, path: &str| files.text(&format!("content/{path}")).cloned();
    if let Some(before) = before
        && before.config.value.languages.keys().eq(config.languages.keys())
        && paths(config).all(|(_, _, path)| source(&before.files, &path) == source(files, &path))
    {
        return before.registries.clone();
    }
    let mut registries = Registries::default();
    let mut diagnostics = Vec::new();
    for (language, name, path) in paths(config) {
        let Some(source) = source(files, &path) else { continue };
        let found = match language {
            None => registries.read(name, &source),
            Some(language) => registries.read_in(language, name, &source),
        };
        diagnostics.extend(configuration::without_echoes(found));
    }
    Arc::new(Found { value: registries, diagnostics })
}

/// The files that bear the name of a registry: the further language in whose folder they lie, the name, and the path in
/// `content/`. Not all are read in the folder of a language, but none is meant for readers.
fn paths(config: &Config) -> impl Iterator<Item = (Option<&str>, &'static str, String)> {
    let languages = config.languages.keys().map(|language| Some(language.as_str()));
    std::iter::once(None).chain(languages).flat_map(|language| {
        let folder = language.map_or(String::new(), |language| format!("{language}/"));
        registry::FILES.map(|name| (language, name, format!("{folder}{name}")))
    })
}

/// Whether a file of `content/` tells the program something, and is not copied.
pub(super) fn is_read(path: &ContentPath, config: &Config) -> bool {
    let path = path.site_path();
    let in_content = path.as_str().strip_prefix("content/").unwrap_or_default();
    let name = match in_content.split_once('/') {
        Some((folder, name)) if config.languages.contains_key(folder) => name,
        _ => in_content,
    };
    registry::FILES.contains(&name) || path.as_str() == RULES
}

/// What the catalog knows of the registries.
pub(super) fn names(registries: &Registries) -> RegistryNames {
    let regions = || registries.regions.iter();
    let mut region_groups: Vec<_> =
        regions().filter_map(|region| region.parent.as_ref().map(|parent| parent.value.clone())).collect();
    region_groups.sort();
    region_groups.dedup();
    let has_card = |id: &str| registries.care.get(id).is_some();
    let cared_for = regions().filter(|region| region.care.as_ref().is_some_and(|care| has_card(&care.value)));
    RegistryNames {
        regions: regions()
            .map(|region| (region.id.clone(), region.parent.as_ref().map(|parent| parent.value.clone())))
            .collect(),
        region_groups,
        cared_for: cared_for.map(|region| region.id.clone()).collect(),
        people: registries.people.iter().map(|person| person.id.clone()).collect(),
        has_glossary: registries.glossary.iter().next().is_some(),
        has_references: registries.references.iter().next().is_some(),
    }
}
