//! One function for every way to write a link: relative files, rooted addresses, wiki links, addresses elsewhere.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, PageId, Place};
use crate::config::Config;
use crate::diag::{self, Diagnostic};
use crate::markdown::{self, LinkForm};
use crate::media_type::media_type;
use crate::name::{Anchor, SitePath, UrlPath};
use crate::page::{Page, PageInterface};
use crate::source::Span;

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// A page made from a file, and a place in it.
    Page(PageId, Option<Anchor>),
    /// A place in the page itself.
    Here(Anchor),
    /// A generated page, and a place in it.
    Generated(UrlPath, Option<Anchor>),
    /// A file that is copied, with its address.
    Asset(UrlPath),
    /// Another site, an e-mail address or a telephone number, as typed.
    External(Box<str>),
    /// Nowhere; reported.
    Broken,
}

/// What was wrong with a target.
struct Wrong {
    code: diag::Code,
    message: String,
    help: Option<String>,
}

/// Schemes that may stand in a page.
const SCHEMES: [&str; 6] = ["https:", "http:", "mailto:", "tel:", "sms:", "xmpp:"];

pub(super) fn links(
    page: &Page,
    id: PageId,
    catalog: &Catalog,
    diagnostics: &mut Vec<Diagnostic>,
) -> Box<[Target]> {
    let links = page.document.links().iter();
    let targets = links.map(|link| match link_target(link, page, id, catalog) {
        Ok(target) => {
            if let Some(wrong) = taken_back(&target, id, catalog) {
                diagnostics.push(finding(page, link.span, &link.target, wrong));
            }
            target
        }
        Err(wrong) => {
            diagnostics.push(finding(page, link.span, &link.target, wrong));
            Target::Broken
        }
    });
    targets.collect()
}

/// What is wrong with a link to a page that was taken back.
fn taken_back(target: &Target, id: PageId, catalog: &Catalog) -> Option<Wrong> {
    let Target::Page(target, _) = *target else { return None };
    if !catalog.is_withdrawn(target) || catalog.is_withdrawn(id) {
        return None;
    }
    let page = catalog.page(target);
    let what = if page.withdrawn.is_some() { "was taken back" } else { "has expired" };
    let message = format!("the link leads to “{}”, which {what}", page.title);
    let replacement = page.withdrawn.as_ref().and_then(|withdrawn| withdrawn.replacement.as_ref());
    let help = match replacement {
        Some(address) => format!("link to what took its place: `{address}`"),
        None => "link to another page, or take the link out".to_owned(),
    };
    Some(Wrong { code: diag::LINK_TO_WITHDRAWN, message, help: Some(help) })
}

/// Reports a replacement of a page that is taken back which lies nowhere.
pub(super) fn replacement(page: &Page, id: PageId, catalog: &Catalog, diagnostics: &mut Vec<Diagnostic>) {
    let withdrawn = page.front_matter.withdrawn.as_ref();
    let Some(address) = withdrawn.and_then(|withdrawn| withdrawn.replacement.as_ref()) else { return };
    let wrong = match rooted(address.value.as_str(), None, id, catalog) {
        Err(wrong) => wrong,
        Ok(Target::Page(target, _)) if target == id => {
            let message = "the page is its own replacement".to_owned();
            Wrong { code: diag::DEAD_LINK, message, help: None }
        }
        Ok(Target::Page(target, _)) if catalog.is_withdrawn(target) => {
            let message = format!("the replacement “{}” was taken back too", catalog.page(target).title);
            Wrong { code: diag::LINK_TO_WITHDRAWN, message, help: None }
        }
        Ok(_) => return,
    };
    diagnostics.push(finding(page, address.span, address.value.as_str(), wrong));
}

/// Reports entries of the navigation that lead nowhere.
pub(super) fn navigation(catalog: &Catalog, config: &Config, diagnostics: &mut Vec<Diagnostic>) {
    let file = SitePath::new("needlepoint.toml").expect("a plain name is a path");
    let others = config.languages.values().flat_map(|language| &language.navigation);
    for item in config.navigation.iter().chain(others) {
        let nobody = PageId(u32::MAX);
        let wrong = match rooted(item.path.as_str(), None, nobody, catalog) {
            Err(wrong) => Some(wrong),
            Ok(Target::Page(page, _)) if catalog.is_withdrawn(page) => Some(Wrong {
                code: diag::LINK_TO_WITHDRAWN,
                message: format!(
                    "the navigation leads to “{}”, which was taken back",
                    catalog.page(page).title
                ),
                help: Some("take the entry out".to_owned()),
            }),
            Ok(_) => None,
        };
        if let Some(wrong) = wrong {
            let mut found = Diagnostic::new(wrong.code, &file, item.span, wrong.message);
            found.help = wrong.help;
            diagnostics.push(found);
        }
    }
}

pub(super) fn images(page: &Page, catalog: &Catalog, diagnostics: &mut Vec<Diagnostic>) -> Box<[Target]> {
    let images = page.document.images().iter();
    let targets = images.map(|image| match media_target(&image.target, page, catalog) {
        Ok(target) => target,
        Err(wrong) => {
            diagnostics.push(finding(page, image.span, &image.target, wrong));
            Target::Broken
        }
    });
    targets.collect()
}

/// Where a link would lead if it stood on a page; `None` for nowhere.
pub fn target_of(link: &markdown::Link, page: &Page, id: PageId, catalog: &Catalog) -> Option<Target> {
    link_target(link, page, id, catalog).ok()
}

fn finding(page: &Page, span: Span, typed: &str, wrong: Wrong) -> Diagnostic {
    let source = page.document.source();
    // Point at the target alone where it stands in the link as typed.
    let at = source.slice(span).rfind(typed).filter(|_| !typed.is_empty());
    let place =
        at.map_or(span, |at| Span::new(span.start as usize + at, span.start as usize + at + typed.len()));
    let mut found = Diagnostic::new(wrong.code, source.path(), place, wrong.message);
    found.help = wrong.help;
    found
}

fn link_target(link: &markdown::Link, page: &Page, id: PageId, catalog: &Catalog) -> Result<Target, Wrong> {
    match link.form {
        LinkForm::Email => Ok(Target::External(format!("mailto:{}", link.target).into())),
        LinkForm::Wiki | LinkForm::WikiWithText => wiki_target(&link.target, page, id, catalog),
        LinkForm::HtmlMedia => media_target(&link.target, page, catalog),
        LinkForm::Markdown | LinkForm::Autolink | LinkForm::Html => target(&link.target, page, id, catalog),
    }
}

fn target(typed: &str, page: &Page, id: PageId, catalog: &Catalog) -> Result<Target, Wrong> {
    if let Some(external) = external(typed)? {
        return Ok(external);
    }
    let (path, fragment) = split_fragment(typed);
    if path.is_empty() {
        return match fragment {
            Some(fragment) => {
                Ok(Target::Here(known_anchor(fragment, page.interface.anchors.iter(), "this page")?))
            }
            None => {
                Err(Wrong { code: diag::EMPTY_LINK, message: "a link leads nowhere".to_owned(), help: None })
            }
        };
    }
    let path = percent_decoded(path);
    if path.starts_with('/') {
        return rooted(&path, fragment, id, catalog);
    }
    let file = joined(page.path.folder(), &path);
    if let Some(file) = &file {
        if let Some(target) = catalog.by_path(file) {
            return page_target(target, fragment, id, catalog);
        }
        if let Some(address) = catalog.asset(file) {
            return Ok(Target::Asset(address.clone()));
        }
    }
    // A relative address that is not a file: `../cost/`, as it stands in the built site.
    let address = joined_address(&page.interface.address, &path);
    if let Some(address) = address
        && let Ok(found) = rooted(address.as_str(), fragment, id, catalog)
    {
        return Ok(found);
    }
    Err(match file {
        Some(file) => dead_file(&file, &path, catalog),
        None => Wrong {
            code: diag::DEAD_LINK,
            message: format!("`{typed}` leads out of the site's content"),
            help: Some("link to a file below `content/`".to_owned()),
        },
    })
}

fn dead_file(file: &str, typed: &str, catalog: &Catalog) -> Wrong {
    if let Some(draft) = catalog.hidden_draft(file) {
        return to_draft(typed, draft);
    }
    let pages = catalog.pages().iter().map(|page| page.path.as_str());
    let assets = catalog.assets().iter().map(|(path, _)| path.as_str());
    let stem = |path: &str| path.rsplit('/').next().unwrap_or_default().to_lowercase();
    let wanted = stem(file);
    let same_name = catalog.pages().iter().map(|page| page.path.as_str()).find(|path| stem(path) == wanted);
    let near = same_name.or_else(|| diag::nearest(file, pages.chain(assets)));
    let help = near.map(|near| format!("did you mean `{near}` in `content/`?"));
    Wrong { code: diag::DEAD_LINK, message: format!("there is no file `{typed}`"), help }
}

fn to_draft(typed: &str, draft: &PageInterface) -> Wrong {
    let message = format!("`{typed}` leads to a draft, “{}”, which is not published", draft.title);
    let help = Some("publish the draft first, or take the link out".to_owned());
    Wrong { code: diag::LINK_TO_DRAFT, message, help }
}

fn rooted(path: &str, fragment: Option<&str>, id: PageId, catalog: &Catalog) -> Result<Target, Wrong> {
    let dead = || {
        let is_there = |draft: &&PageInterface| {
            draft.address.as_str().trim_end_matches('/') == path.trim_end_matches('/')
                || draft.path.as_str() == path.trim_start_matches('/')
        };
        if let Some(draft) = catalog.hidden_drafts().find(is_there) {
            return to_draft(path, draft);
        }
        let made = catalog.generated().iter().map(|generated| generated.address.as_str());
        let known = catalog.pages().iter().map(|page| page.address.as_str()).chain(made);
        let help = near_address(path, known).map(|near| format!("did you mean `{near}`?"));
        Wrong { code: diag::DEAD_LINK, message: format!("nothing lies at the address `{path}`"), help }
    };
    let address = UrlPath::new(path).ok_or_else(dead)?;
    let with_slash = || UrlPath::new(&format!("{path}/"));
    let found = catalog.place(&address).map(|place| (address.clone(), place));
    let found =
        found.or_else(|| with_slash().and_then(|address| Some((address.clone(), catalog.place(&address)?))));
    match found {
        Some((_, Place::Page(target) | Place::Alias(target))) => page_target(target, fragment, id, catalog),
        Some((address, Place::Generated(index))) => {
            // The author's own page at a generated address has headings that can be checked.
            match catalog.generated()[index as usize].page {
                Some(target) if fragment.is_none() => Ok(Target::Page(target, None)),
                _ => Ok(Target::Generated(address, fragment.and_then(Anchor::new))),
            }
        }
        Some((address, Place::Asset(_))) => Ok(Target::Asset(address)),
        None => match catalog.by_path(path.trim_start_matches('/')) {
            Some(target) => page_target(target, fragment, id, catalog),
            None if catalog.makes_file(&address) => Ok(Target::Asset(address)),
            None => Err(dead()),
        },
    }
}

/// The nearest address, or else one in another folder whose last name is nearest.
fn near_address<'a>(path: &str, known: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    fn name(address: &str) -> &str {
        address.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
    }
    diag::nearest(path, known.clone()).or_else(|| {
        let near = diag::nearest(name(path), known.clone().map(name))?;
        known.filter(|address| name(address) == near).min()
    })
}

fn wiki_target(typed: &str, page: &Page, id: PageId, catalog: &Catalog) -> Result<Target, Wrong> {
    let (name, fragment) = split_fragment(typed);
    let name = name.trim().trim_end_matches(".md");
    if name.is_empty() {
        return target(typed, page, id, catalog);
    }
    let found: Vec<PageId> = match name.rsplit_once('/') {
        Some((folder, stem)) => {
            let stems = catalog.by_stem(stem).iter().copied();
            let suffix = format!("/{}", folder.trim_start_matches('/'));
            stems.filter(|id| format!("/{}", catalog.page(*id).path.folder()).ends_with(&suffix)).collect()
        }
        None => {
            let slug = name.replace(' ', "-");
            let same_language = |id: &PageId| catalog.page(*id).language == page.interface.language;
            let all = catalog.by_stem(&slug);
            let own: Vec<PageId> = all.iter().copied().filter(same_language).collect();
            if own.is_empty() { all.to_vec() } else { own }
        }
    };
    match found[..] {
        [target] => page_target(target, fragment, id, catalog),
        [] => {
            let slug = name.replace(' ', "-").to_lowercase();
            let generated = [format!("/{}/{slug}/", page.interface.language), format!("/{slug}/")]
                .into_iter()
                .find_map(|address| rooted(&address, fragment, id, catalog).ok());
            if let Some(generated) = generated {
                return Ok(generated);
            }
            let is_named = |draft: &&PageInterface| draft.path.stem().to_lowercase() == slug;
            if let Some(draft) = catalog.hidden_drafts().find(is_named) {
                return Err(to_draft(name, draft));
            }
            let near = diag::nearest(&name.replace(' ', "-"), catalog.stems());
            let help = near.map(|near| format!("did you mean `[[{near}]]`?"));
            Err(Wrong { code: diag::DEAD_LINK, message: format!("there is no page `{name}`"), help })
        }
        _ => {
            let paths: Vec<String> = found
                .iter()
                .map(|id| format!("`{}`", catalog.page(*id).path.as_str().trim_end_matches(".md")))
                .collect();
            let message = format!("`{name}` can be any of {}", paths.join(", "));
            let help = Some("write the folder too, as in `[[conditions/neck-pain]]`".to_owned());
            Err(Wrong { code: diag::AMBIGUOUS_LINK, message, help })
        }
    }
}

fn page_target(
    target: PageId,
    fragment: Option<&str>,
    id: PageId,
    catalog: &Catalog,
) -> Result<Target, Wrong> {
    let page = catalog.page(target);
    let Some(fragment) = fragment else { return Ok(Target::Page(target, None)) };
    let anchor = known_anchor(fragment, page.anchors.iter(), &format!("`{}`", page.path))?;
    Ok(if target == id { Target::Here(anchor) } else { Target::Page(target, Some(anchor)) })
}

fn known_anchor<'a>(
    fragment: &str,
    anchors: impl Iterator<Item = &'a Anchor>,
    place: &str,
) -> Result<Anchor, Wrong> {
    let known: BTreeSet<&str> = anchors.map(Anchor::as_str).collect();
    let fragment = percent_decoded(fragment);
    // Places that the page's own furniture makes: references, footnotes and the top.
    let is_made = ["ref-", "fn-", "fnref-", "cite-"].iter().any(|prefix| fragment.starts_with(prefix));
    match Anchor::new(&fragment) {
        Some(anchor) if known.contains(anchor.as_str()) || is_made => Ok(anchor),
        _ => {
            let near = diag::nearest(&fragment, known.iter().copied());
            let help = match near {
                Some(near) => Some(format!("did you mean `#{near}`?")),
                None if known.is_empty() => None,
                None => Some(format!("its headings are {}", list(&known))),
            };
            let message = format!("there is no heading `#{fragment}` in {place}");
            Err(Wrong { code: diag::DEAD_ANCHOR, message, help })
        }
    }
}

/// The first few names for a help line.
fn list(names: &BTreeSet<&str>) -> String {
    let shown: Vec<String> = names.iter().take(8).map(|name| format!("`#{name}`")).collect();
    let more = if names.len() > 8 { " …" } else { "" };
    format!("{}{more}", shown.join(", "))
}

/// What the page itself loads: images, sound, film.
fn media_target(typed: &str, page: &Page, catalog: &Catalog) -> Result<Target, Wrong> {
    if typed.is_empty() {
        let message = "an image has no address".to_owned();
        return Err(Wrong { code: diag::MISSING_IMAGE, message, help: None });
    }
    if typed.starts_with("data:image/") && !markdown::script_address(typed) {
        return Ok(Target::External(typed.into()));
    }
    if external(typed)?.is_some() {
        let message = format!("`{typed}` is loaded from another site, which browsers refuse here");
        let help = "save it beside the article and load it from there, or link to it".to_owned();
        return Err(Wrong { code: diag::IMAGE_ELSEWHERE, message, help: Some(help) });
    }
    let (path, _) = split_fragment(typed);
    let path = percent_decoded(path);
    let file = match path.strip_prefix('/') {
        Some(rooted) => Some(rooted.to_owned()),
        None => joined(page.path.folder(), &path),
    };
    let found = file.as_deref().and_then(|file| catalog.asset(file));
    found.map(|address| Target::Asset(address.clone())).ok_or_else(|| {
        let assets = catalog.assets().iter().map(|(path, _)| path.as_str());
        let near = file.as_deref().and_then(|file| diag::nearest(file, assets));
        let help = near.map(|near| format!("did you mean `{near}` in `content/`?"));
        let what = if media_type(&path).starts_with("image/") { "image" } else { "file" };
        Wrong { code: diag::MISSING_IMAGE, message: format!("there is no {what} `{typed}`"), help }
    })
}

/// A target on another site, or `None` where it lies on this one.
fn external(typed: &str) -> Result<Option<Target>, Wrong> {
    if markdown::script_address(typed) {
        let message = "a link runs script".to_owned();
        return Err(Wrong { code: diag::SCRIPT_IN_CONTENT, message, help: Some("take it out".to_owned()) });
    }
    if typed.starts_with("//") {
        return Ok(Some(Target::External(typed.into())));
    }
    let scheme_end = typed.find(':').filter(|end| {
        let scheme = &typed[..*end];
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    });
    let Some(end) = scheme_end else { return Ok(None) };
    let scheme = typed[..=end].to_ascii_lowercase();
    if SCHEMES.contains(&scheme.as_str()) {
        return Ok(Some(Target::External(typed.into())));
    }
    let message = format!("`{scheme}` is not an address that readers can follow");
    let help = Some("use https:, mailto: or tel:".to_owned());
    Err(Wrong { code: diag::UNKNOWN_SCHEME, message, help })
}

/// A target as typed in two parts: the path without its query, and what stands behind `#`.
pub fn split_fragment(target: &str) -> (&str, Option<&str>) {
    let (path, fragment) = match target.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment).filter(|fragment| !fragment.is_empty())),
        None => (target, None),
    };
    (path.split('?').next().unwrap_or_default(), fragment)
}

/// A relative path from a folder; `None` where it leads out of `content/`.
pub(super) fn joined(folder: &str, path: &str) -> Option<String> {
    let mut segments: Vec<&str> = folder.split('/').filter(|segment| !segment.is_empty()).collect();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop()?;
            }
            segment => segments.push(segment),
        }
    }
    Some(segments.join("/"))
}

fn joined_address(from: &UrlPath, path: &str) -> Option<UrlPath> {
    let folder = from.as_str().trim_end_matches('/');
    let joined = joined(folder, path)?;
    let slash = if path.ends_with('/') && !joined.is_empty() { "/" } else { "" };
    UrlPath::new(&format!("/{joined}{slash}"))
}

/// Text with its percent signs resolved, once; as it is where that gives no UTF-8.
pub fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = |byte: u8| char::from(byte).to_digit(16);
        if let (b'%', [high, low, after @ ..]) = (first, tail)
            && let (Some(high), Some(low)) = (hex(*high), hex(*low))
        {
            bytes.push((high * 16 + low) as u8);
            rest = after;
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
