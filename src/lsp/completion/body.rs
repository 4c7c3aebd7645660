//! What can stand in the text of an article.

use lsp_types::CompletionItemKind as Kind;

use super::line::{Spot, spot};
use super::values::{self, asset, page_candidate};
use super::{Candidate, Offer};
use crate::aspect::Aspect;
use crate::catalog::{Catalog, PageId};
use crate::link::{self, Target, path_to};
use crate::markdown::{Link, LinkForm};
use crate::name::ContentPath;
use crate::pipeline::Site;
use crate::source::Span;

/// What can stand at `offset`, in the line that begins at `line`.
pub(super) fn offer(
    site: &Site,
    file: &ContentPath,
    text: &str,
    line: usize,
    offset: usize,
) -> Option<Offer> {
    let (start, candidates) = match spot(&text[line..offset]) {
        Spot::Wiki { start } => (start, short_names(site.catalog())),
        Spot::WikiAnchor { page, start } => (start, anchors(site, file, page, LinkForm::Wiki)),
        Spot::LinkAnchor { target, start } => (start, anchors(site, file, target, LinkForm::Markdown)),
        Spot::Citation { start } => (start, values::sources(site)),
        Spot::Shortcode { start } => (start, shortcodes(site)),
        Spot::Argument { shortcode, argument, start } => (start, arguments(site, shortcode, argument)),
        Spot::Link { start } if text[line + start..offset].starts_with('/') => {
            (start, values::addresses(site))
        }
        Spot::Link { start } => (start, paths(site, file)),
        Spot::Image { start } => (start, images(site, file)),
        Spot::Aspect { start } => {
            (start, Aspect::NAMES.iter().map(|name| Candidate::new(*name, "", Kind::ENUM_MEMBER)).collect())
        }
        Spot::Word { start } => (start, names(site, &text[line + start..offset])),
        Spot::Nothing => return None,
    };
    Some(Offer { start: line + start, candidates })
}

/// Pages by the shortest name that means one alone.
fn short_names(catalog: &Catalog) -> Vec<Candidate> {
    let name = |id: PageId| {
        let path = &catalog.page(id).path;
        let is_only = catalog.by_stem(path.stem()).len() == 1;
        if is_only { path.stem().to_owned() } else { path.as_str().trim_end_matches(".md").to_owned() }
    };
    catalog.ids().map(|id| page_candidate(name(id), catalog.page(id))).collect()
}

/// The headings of the page that a link leads to, or of the page itself.
fn anchors(site: &Site, file: &ContentPath, target: &str, form: LinkForm) -> Vec<Candidate> {
    let Some(own) = site.catalog().by_path(file.as_str()) else { return Vec::new() };
    let page = &site.pages()[own.0 as usize].page;
    let link = Link { target: target.into(), title: "".into(), form, span: Span::default() };
    let id = match target.trim() {
        "" => own,
        _ => match link::target_of(&link, page, own, site.catalog()) {
            Some(Target::Page(id, _)) => id,
            _ => return Vec::new(),
        },
    };
    let headings = site.pages()[id.0 as usize].page.document.headings().iter();
    headings.map(|heading| Candidate::new(heading.anchor.as_str(), &*heading.text, Kind::REFERENCE)).collect()
}

fn shortcodes(site: &Site) -> Vec<Candidate> {
    let call = |name: &str| match name {
        "fact" | "care" => format!("{name}(id=\""),
        "nolink" => "nolink(text=\"".to_owned(),
        _ => format!("{name}("),
    };
    site.theme().shortcodes().map(|name| Candidate::new(call(name), "shortcode", Kind::FUNCTION)).collect()
}

fn arguments(site: &Site, shortcode: &str, argument: &str) -> Vec<Candidate> {
    match (shortcode, argument) {
        ("fact", "id") => values::facts(site),
        ("care", "id") => values::care(site),
        ("care", "level") => {
            let levels = crate::registry::CareLevel::WORDS.iter();
            levels.map(|(word, _)| Candidate::new(*word, "", Kind::ENUM_MEMBER)).collect()
        }
        _ => Vec::new(),
    }
}

/// Files as they are linked to from the page.
fn paths(site: &Site, file: &ContentPath) -> Vec<Candidate> {
    let others = site.catalog().pages().iter().filter(|page| page.path != *file);
    let pages = others.map(|page| page_candidate(path_to(file.folder(), page.path.as_str()), page));
    pages.chain(assets(site, file, |_| true)).collect()
}

fn images(site: &Site, file: &ContentPath) -> Vec<Candidate> {
    let is_image = |path: &str| crate::media_type::media_type(path).starts_with("image/");
    assets(site, file, is_image).collect()
}

fn assets<'a>(
    site: &'a Site,
    file: &'a ContentPath,
    fits: impl Fn(&str) -> bool + 'a,
) -> impl Iterator<Item = Candidate> + 'a {
    let all = site.catalog().assets().iter().filter(move |(path, _)| fits(path.as_str()));
    all.map(|(path, _)| asset(path_to(file.folder(), path.as_str())))
}

/// Terms of the glossary and names of conditions, which become links by themselves.
fn names(site: &Site, typed: &str) -> Vec<Candidate> {
    let typed = typed.to_lowercase();
    let fits = |name: &str| name.to_lowercase().starts_with(&typed);
    let mut found = Vec::new();
    for term in site.registries().glossary.iter() {
        let forms = term.forms.iter().map(|form| &form.value);
        for form in std::iter::once(&term.term.value).chain(forms).filter(|form| fits(form)) {
            let about = Some(term.definition.clone());
            found.push(Candidate::new(form, "term", Kind::TEXT).with_about(about));
        }
    }
    let languages = site.catalog().languages().iter();
    for id in languages.flat_map(|language| site.catalog().conditions(language)) {
        let page = site.catalog().page(id);
        let others = page.condition.iter().flat_map(|condition| &condition.also_called);
        let names = std::iter::once(&page.title).chain(others.map(|(name, _)| name));
        for name in names.filter(|name| fits(name)) {
            let about = Some(page.description.clone());
            found.push(Candidate::new(name, "condition", Kind::TEXT).with_about(about));
        }
    }
    found
}
