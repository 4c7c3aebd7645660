//! The values that all pages of a language share: `site`, `frame` and `t`.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use super::context::{
    Emergency, FrameContext, HeaderContext, Html, KindLabel, Link, SiteAssets, SiteContext, SiteUrls,
};
use super::shared::{EachThread, Shared, Tongue, rooted};
use super::{Inputs, feed, json_ld, reviews, words};
use crate::catalog::GeneratedKind;
use crate::diag::Diagnostic;
use crate::name::{KindId, UrlPath};
use crate::page::PageInterface;
use crate::theme::Strings;

/// What a browser may load and run on any page; the header file adds what `meta` cannot say.
pub(super) const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     media-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; \
     require-trusted-types-for 'script'; trusted-types 'none'";

/// The day on which a page last changed or was reviewed, days to come left out.
pub(super) fn newest_date(inputs: &Inputs<'_>, page: &PageInterface) -> Option<Date> {
    let dates = [page.date, page.updated, reviews::last(inputs, page)];
    dates.into_iter().flatten().filter(|date| *date <= inputs.today).max()
}

pub(super) fn tongue(
    inputs: &Inputs<'_>,
    shared: &Shared,
    language: Arc<str>,
    strings: Strings,
    kinds: BTreeMap<KindId, KindLabel>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Tongue {
    let site = site(inputs, shared, &language, &strings);
    let frame = frame(inputs, &site, &strings, diagnostics);
    let known = json_ld::Known::new(inputs, &language);
    let (values, picture) = (EachThread::new(), OnceLock::new());
    Tongue { language, strings, site, frame, values, picture, kinds, known }
}

/// The direction in which a language is written, by the script that it is mostly written in.
fn direction(language: &str) -> &'static str {
    const FROM_THE_RIGHT: [&str; 12] =
        ["ar", "arc", "ckb", "dv", "fa", "he", "nqo", "ps", "sd", "syr", "ur", "yi"];
    let mut parts = language.split('-');
    let main = parts.next().unwrap_or_default();
    let script = parts.find(|part| part.len() == 4);
    let is_from_the_right = match script {
        Some(script) => ["Arab", "Hebr", "Syrc", "Thaa", "Nkoo"].contains(&script),
        None => FROM_THE_RIGHT.contains(&main),
    };
    if is_from_the_right { "rtl" } else { "ltr" }
}

fn site(inputs: &Inputs<'_>, shared: &Shared, language: &Arc<str>, strings: &Strings) -> SiteContext {
    let config = inputs.config;
    let own = config.languages.get(&**language).filter(|_| **language != config.language);
    let items = own.map_or(&config.navigation, |own| &own.navigation);
    let navigation =
        items.iter().map(|item| Link { text: item.title.clone(), url: rooted(inputs, &item.path) });
    let is_listed = |page: &&Arc<PageInterface>| *page.language == **language;
    let updated =
        inputs.catalog.pages().iter().filter(is_listed).filter_map(|page| newest_date(inputs, page)).max();
    let root = format!("{}/", config.base_url.path());
    let publisher = config.publisher.as_ref().map(|publisher| Link {
        text: publisher.name.clone(),
        url: publisher.url.clone().unwrap_or_default(),
    });
    SiteContext {
        title: own.and_then(|own| own.title.clone()).unwrap_or_else(|| config.title.clone()),
        description: own
            .and_then(|own| own.description.clone())
            .unwrap_or_else(|| config.description.clone()),
        home: home(inputs, shared, language, &root),
        root: root.clone(),
        origin: config.base_url.origin().to_owned(),
        lang: language.to_string(),
        dir: direction(language).to_owned(),
        navigation: navigation.collect(),
        footer: footer(inputs, shared, language),
        disclaimer: own_text(inputs, "disclaimer", language),
        emergency: emergency(inputs),
        contact: config.contact.as_deref().map(contact),
        publisher,
        updated: updated.map(|date| words::date(strings, date)),
        urls: urls(inputs, shared, language),
        assets: assets(inputs, shared, language, &root),
        options: inputs.theme.options.clone(),
        registry_lang: words::registry_lang(inputs, language, false),
        elsewhere: words::elsewhere(inputs, strings, language, &config.language),
        extra: config.extra.clone(),
        icons: inputs.theme.icons.iter().map(|(name, icon)| (name.clone(), Html(icon.clone()))).collect(),
        feed: feed::address(inputs, language).map(|address| rooted(inputs, &address)),
        csp: CSP.to_owned(),
    }
}

fn emergency(inputs: &Inputs<'_>) -> Emergency {
    let emergency = &inputs.config.emergency;
    Emergency { label: emergency.label.clone(), tel: format!("tel:{}", telephone(&emergency.number)) }
}

/// Digits and a plus at the start: what `tel:` takes.
fn telephone(number: &str) -> String {
    number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

fn contact(contact: &str) -> Link {
    let text = contact.trim_start_matches("mailto:").to_owned();
    let is_web = contact.starts_with("https://") || contact.starts_with("http://");
    let url = if is_web {
        contact.to_owned()
    } else if text.contains('@') {
        format!("mailto:{text}")
    } else {
        format!("tel:{}", telephone(&text))
    };
    Link { text, url }
}

/// The links of `extra.footer`; without it the pages of the folder `about`.
fn footer(inputs: &Inputs<'_>, shared: &Shared, language: &Arc<str>) -> Vec<Link> {
    let catalog = inputs.catalog;
    if let Some(items) = inputs.config.extra.get("footer").and_then(|footer| footer.as_array()) {
        let link = |item: &serde_json::Value| {
            let address = UrlPath::new(item.get("path")?.as_str()?)?;
            let text = item.get("title")?.as_str()?.to_owned();
            Some(Link { text, url: rooted(inputs, &address) })
        };
        return items.iter().filter_map(link).collect();
    }
    let is_own = **language == inputs.config.language;
    let folder = if is_own { "about".to_owned() } else { format!("{language}/about") };
    let Some(section) = catalog.section(&folder) else { return Vec::new() };
    let pages = section.index.iter().chain(&section.pages).filter(|id| catalog.is_listed(**id));
    pages.map(|id| Link { text: catalog.page(*id).title.clone(), url: shared.url(*id).to_owned() }).collect()
}

/// A text of `extra`: one for all languages, or a table with one for each.
fn own_text(inputs: &Inputs<'_>, name: &str, language: &str) -> String {
    let value = inputs.config.extra.get(name);
    let text = value.and_then(|value| value.as_str().or_else(|| value.get(language)?.as_str()));
    text.unwrap_or_default().to_owned()
}

fn urls(inputs: &Inputs<'_>, shared: &Shared, language: &Arc<str>) -> SiteUrls {
    let url = |kind: GeneratedKind| shared.generated_url(inputs, &kind, language);
    let any = |kind: GeneratedKind| shared.registry_url(inputs, &kind, language);
    SiteUrls {
        search: url(GeneratedKind::Search).unwrap_or_default(),
        settings: url(GeneratedKind::Settings).unwrap_or_default(),
        conditions: url(GeneratedKind::Conditions),
        body: any(GeneratedKind::Body),
        questions: url(GeneratedKind::Questions),
        glossary: any(GeneratedKind::Glossary),
        references: any(GeneratedKind::References),
        people: any(GeneratedKind::People),
    }
}

fn assets(inputs: &Inputs<'_>, shared: &Shared, language: &str, root: &str) -> SiteAssets {
    let asset = |name: &str| inputs.theme.assets.path(name).map(|path| format!("{root}{path}"));
    let file = |path: Option<&str>| path.map(|path| format!("{root}{path}")).unwrap_or_default();
    SiteAssets {
        css: asset("site.css").unwrap_or_default(),
        early: asset("early.js").unwrap_or_default(),
        site: asset("site.js").unwrap_or_default(),
        scripts: inputs
            .theme
            .assets
            .scripts()
            .map(|(name, path)| (name.to_owned(), format!("{root}{path}")))
            .collect(),
        search: search_module(inputs, language, root),
        strings: file(shared.root_files.strings(language)),
        favicon: asset("favicon.svg").unwrap_or_default(),
        touch_icon: file(shared.root_files.icon(180)),
        manifest: format!("{root}manifest.webmanifest"),
    }
}

fn home(inputs: &Inputs<'_>, shared: &Shared, language: &Arc<str>, root: &str) -> String {
    shared.generated_url(inputs, &GeneratedKind::Home, language).unwrap_or_else(|| root.to_owned())
}

fn search_module(inputs: &Inputs<'_>, language: &str, root: &str) -> String {
    match *inputs.config.language == *language {
        true => format!("{root}search/search.js"),
        false => format!("{root}search/{language}/search.js"),
    }
}

/// Addresses and more that scripts need once a reader uses them; they are no part of each page.
pub(super) fn for_scripts(inputs: &Inputs<'_>, shared: &Shared, language: &Arc<str>) -> serde_json::Value {
    let root = format!("{}/", inputs.config.base_url.path());
    let urls = urls(inputs, shared, language);
    let mut addresses = serde_json::json!({
        "home": home(inputs, shared, language, &root),
        "engine": search_module(inputs, language, &root),
        "search": urls.search,
        "conditions": urls.conditions,
        "body": urls.body,
        "questions": urls.questions,
        "emergency": emergency(inputs),
    });
    if let Some(lang) = words::registry_lang(inputs, language, false) {
        addresses["registry_lang"] = lang.into();
    }
    addresses
}

/// The fragments that are the same on every page of a language.
fn frame(
    inputs: &Inputs<'_>,
    site: &SiteContext,
    strings: &Strings,
    diagnostics: &mut Vec<Diagnostic>,
) -> FrameContext {
    let mut context = tera::Context::new();
    context.insert("site", site);
    context.insert("t", &strings.table);
    let mut fragment = |file: &str, nav_index: usize| {
        let mut context = context.clone();
        context.insert("nav_index", &HeaderContext { nav_index }.nav_index);
        inputs.theme.render(file, &context).map(Html).unwrap_or_else(|found| {
            diagnostics.push(*found);
            Html::default()
        })
    };
    let head = fragment("partials/head.html", 0);
    let headers = (0..=site.navigation.len()).map(|at| fragment("partials/header.html", at)).collect();
    let handout = fragment("partials/handout_lines.html", 0);
    FrameContext { head, headers, handout, footer: fragment("partials/footer.html", 0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_allows_the_site_itself_and_nothing_that_runs_in_a_page() {
        let rules: Vec<&str> = CSP.split("; ").collect();
        for rule in ["default-src 'none'", "script-src 'self'", "style-src 'self'", "media-src 'self'"] {
            assert!(rules.contains(&rule), "{rule}");
        }
        assert!(
            !CSP.contains("unsafe") && !CSP.contains("  ") && !CSP.contains('"') && !CSP.contains("http")
        );
    }

    #[test]
    fn the_direction_is_that_of_the_script() {
        for language in ["ar", "he-IL", "fa", "ks-Arab", "az-Arab-IR"] {
            assert_eq!(direction(language), "rtl", "{language}");
        }
        for language in ["en", "es-MX", "ks-Deva", "ar-Latn", "arn"] {
            assert_eq!(direction(language), "ltr", "{language}");
        }
    }
}
