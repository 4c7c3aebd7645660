//! The stages from the files to linked pages; each gives what the snapshot before has where its inputs are the same.

use std::sync::Arc;

use super::renew::{paired, renewed};
use super::{Found, Linked, Parsed, RULES, Settings, Stages, configuration, registries};
use crate::catalog::{self, Catalog, PageId};
use crate::check::{self, rules::RuleSet};
use crate::config::{self, Config};
use crate::files::SiteFiles;
use crate::link::{self, Difference, Incoming, LinkedPage, Vocabulary};
use crate::name::{ContentPath, SitePath};
use crate::page;
use crate::registry::Registries;
use crate::render;
use crate::source::Source;
use crate::theme::{self, Theme};

/// A snapshot from which the next one differs in what a few pages let others see, and in pages' own texts.
pub(super) struct Near<'a> {
    before: &'a Stages,
    /// The pages with another interface.
    changed: Vec<PageId>,
}

impl<'a> Near<'a> {
    pub(super) fn of(
        before: &'a Stages,
        catalog: &Arc<Found<Catalog>>,
        registries: &Arc<Found<Registries>>,
        config: &Arc<Found<Config>>,
    ) -> Option<Self> {
        let is_same_frame =
            Arc::ptr_eq(&before.registries, registries) && before.config.value == config.value;
        let changed = match Arc::ptr_eq(&before.catalog, catalog) {
            true => Some(Vec::new()),
            false if is_same_frame => catalog.value.changed_since(&before.catalog.value),
            false => None,
        };
        changed.filter(|_| is_same_frame).map(|changed| Self { before, changed })
    }
}

pub(super) fn config(files: &SiteFiles, settings: &Settings, before: Option<&Stages>) -> Arc<Found<Config>> {
    let source = files.text("needlepoint.toml");
    if let Some(before) = before
        && before.files.text("needlepoint.toml") == source
        && before.settings.base_url == settings.base_url
    {
        return before.config.clone();
    }
    let mut found = configuration::read(files);
    if let Some(address) = &settings.base_url
        && let Some(address) = config::BaseUrl::new(address)
    {
        found.value.base_url = address;
    }
    Arc::new(found)
}

pub(super) fn theme(
    files: &SiteFiles,
    config: &Arc<Found<Config>>,
    before: Option<&Stages>,
) -> Arc<Found<Theme>> {
    let name = &config.value.theme;
    if let Some(before) = before
        && before.config.value.theme == *name
        && [&*format!("themes/{name}"), "themes/default", "templates", "assets"].into_iter().all(|folder| {
            before.files.texts_in(folder) == files.texts_in(folder)
                && before.files.assets_in(folder) == files.assets_in(folder)
        })
    {
        return before.theme.clone();
    }
    let (theme, mut found) = theme::load(name, files);
    // The theme that travels in the program is read by a test.
    let is_checked = |source: &Source| files.text(source.path().as_str()).is_some();
    found.extend(render::values::incomplete(&theme, name));
    found.extend(render::values::unknown(&theme, is_checked));
    found.extend(render::values::blocked(&theme, is_checked));
    Arc::new((theme, found).into())
}

pub(super) fn parse(
    files: &SiteFiles,
    config: &Arc<Found<Config>>,
    before: Option<&Stages>,
) -> Vec<Arc<Parsed>> {
    let same_config = before.is_some_and(|before| before.config.value == config.value);
    let articles: Vec<&Source> =
        files.texts_in("content").iter().filter(|text| text.path().as_str().ends_with(".md")).collect();
    let old = before.map_or(&[][..], |before| &before.parsed);
    let articles = paired(&articles, |source| source.path(), old, |parsed| parsed.source.path());
    let unchanged = |(source, old): &(&&Source, Option<&Arc<Parsed>>)| {
        old.filter(|old| same_config && old.source == ***source).cloned()
    };
    renewed(&articles, unchanged, |(source, old)| {
        let (mut page, diagnostics) = page::assemble(source, &config.value);
        if let Some(old) = old
            && old.page.interface == page.interface
        {
            // The interface is as it was: whoever compares sees the same value, and nothing spreads.
            page.interface = old.page.interface.clone();
        }
        Arc::new(Parsed { source: (**source).clone(), page: Arc::new(page), diagnostics })
    })
}

pub(super) fn catalog(
    files: &SiteFiles,
    settings: &Settings,
    config: &Arc<Found<Config>>,
    registries: &Arc<Found<Registries>>,
    parsed: &[Arc<Parsed>],
    before: Option<&Stages>,
) -> Arc<Found<Catalog>> {
    let assets = copied_files(files, &config.value);
    let names = registries::names(&registries.value);
    if let Some(before) = before
        && before.settings.today == settings.today
        && before.settings.drafts == settings.drafts
        && before.config.value == config.value
        && registries::names(&before.registries.value) == names
        && copied_files(&before.files, &before.config.value) == assets
        && before.parsed.len() == parsed.len()
        && before.parsed.iter().zip(parsed).all(|(a, b)| Arc::ptr_eq(&a.page.interface, &b.page.interface))
    {
        return before.catalog.clone();
    }
    let inputs = catalog::Inputs {
        pages: parsed.iter().map(|parsed| parsed.page.interface.clone()).collect(),
        assets,
        config: &config.value,
        registries: &names,
        today: settings.today,
        drafts: settings.drafts,
    };
    Arc::new(catalog::build(inputs).into())
}

/// Files of `content/` that are neither articles nor registries.
fn copied_files(files: &SiteFiles, config: &Config) -> Vec<ContentPath> {
    let texts = files.texts_in("content").iter().map(Source::path);
    let assets = files.assets_in("content").iter().map(|asset| asset.path());
    let others = texts.chain(assets).filter(|path| !path.as_str().ends_with(".md"));
    others.filter_map(SitePath::in_content).filter(|path| !registries::is_read(path, config)).collect()
}

pub(super) fn vocabulary(
    catalog: &Arc<Found<Catalog>>,
    registries: &Arc<Found<Registries>>,
    config: &Arc<Found<Config>>,
    before: Option<&Stages>,
) -> Arc<Found<Vocabulary>> {
    if let Some(before) = before
        && Arc::ptr_eq(&before.catalog, catalog)
        && Arc::ptr_eq(&before.registries, registries)
        && before.config.value == config.value
    {
        return before.vocabulary.clone();
    }
    let found = Found::from(link::vocabulary(&catalog.value, &registries.value, &config.value));
    match before {
        Some(before) if before.vocabulary.is_as(&found) => before.vocabulary.clone(),
        _ => Arc::new(found),
    }
}

/// What pages say of each other; made again when any of them says something else.
pub(super) fn incoming(
    pages: &[Arc<LinkedPage>],
    catalog: &Arc<Found<Catalog>>,
    registries: &Arc<Found<Registries>>,
    config: &Arc<Found<Config>>,
    near: Option<&Near<'_>>,
) -> Arc<Found<Incoming>> {
    if let Some(near) = near
        && near.changed.iter().all(|id| {
            let (old, new) = (near.before.catalog.value.page(*id), catalog.value.page(*id));
            near.before.incoming.value.stays(*id, old, new, &config.value)
        })
        && near.before.pages.iter().zip(pages).all(|(a, b)| Arc::ptr_eq(a, b) || a.tells_as(b))
    {
        return near.before.incoming.clone();
    }
    Arc::new(link::gather(pages, &catalog.value, &registries.value, &config.value).into())
}

pub(super) fn link(
    parsed: &[Arc<Parsed>],
    catalog: &Arc<Found<Catalog>>,
    vocabulary: &Arc<Found<Vocabulary>>,
    registries: &Arc<Found<Registries>>,
    config: &Arc<Found<Config>>,
    keeps_words: bool,
    near: Option<&Near<'_>>,
) -> Vec<Arc<Linked>> {
    let near = near.and_then(|near| {
        let before = &near.before.vocabulary;
        let is_same = Arc::ptr_eq(before, vocabulary);
        let names =
            if is_same { Some(Difference::default()) } else { vocabulary.value.difference(&before.value) };
        names.map(|names| (near, names))
    });
    // The catalog leaves hidden drafts out; both lists are sorted by path.
    let shown = paired(catalog.value.pages(), |page| &page.path, parsed, |parsed| &parsed.page.path);
    let shown: Vec<(PageId, &Arc<Parsed>)> =
        catalog.value.ids().zip(&shown).filter_map(|(id, (_, parsed))| Some((id, (*parsed)?))).collect();
    let unchanged = |(id, parsed): &(PageId, &Arc<Parsed>)| {
        let (near, names) = near.as_ref()?;
        let old = near.before.linked.get(id.0 as usize)?;
        let is_same = Arc::ptr_eq(&old.page.page, &parsed.page)
            && !old.page.may_depend_on(&near.changed)
            && !names.may_touch(old.page.words.as_ref());
        is_same.then(|| Arc::clone(old))
    };
    renewed(&shown, unchanged, |(id, parsed)| {
        let page = parsed.page.clone();
        let (registries, config) = (&registries.value, &config.value);
        let (page, diagnostics) =
            link::resolve(page, *id, &catalog.value, &vocabulary.value, registries, config, keeps_words);
        Arc::new(Linked { page: Arc::new(page), diagnostics })
    })
}

/// The wording rules: those of the program, and those of the site's `content/rules.toml`.
pub(super) fn rules(files: &SiteFiles, before: Option<&Stages>) -> Arc<Found<RuleSet>> {
    let source = files.text(RULES);
    if let Some(before) = before
        && before.files.text(RULES) == source
    {
        return before.rules.clone();
    }
    let mut rules = check::rules::default_rules();
    let mut diagnostics = Vec::new();
    if let Some(source) = source {
        let (own, found) = check::rules::read(source);
        rules.retain(|rule| own.iter().all(|own| own.name != rule.name));
        rules.extend(own);
        diagnostics = found;
    }
    Arc::new(Found { value: RuleSet::new(rules), diagnostics })
}
