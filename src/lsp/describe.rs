//! Words about what stands at a place, in Markdown, for the editor to show; and where it is declared.

use std::fmt::Write as _;

use super::symbols::Symbol;
use crate::catalog::PageId;
use crate::diag::Diagnostic;
use crate::front_matter;
use crate::name::{Anchor, SitePath};
use crate::pipeline::Site;
use crate::registry::{Fact, Person, Reference};
use crate::source::Span;
use crate::typed::{Field, Shape};

/// What an author wants to know of something; `None` where the site has no such thing.
pub(super) fn describe(site: &Site, symbol: &Symbol) -> Option<String> {
    let registries = site.registries();
    match symbol {
        Symbol::Page(id) => Some(page(site, *id)),
        Symbol::Anchor(id, anchor) => heading(site, *id, anchor),
        Symbol::Generated(address) => Some(format!("`{address}`, a page that is made from others")),
        Symbol::Asset(address) => Some(format!("`{address}`, a file that is copied as it is")),
        Symbol::Source(key) => registries.references.get(key.as_str()).map(reference),
        Symbol::Fact(id) => registries.facts.get(id.as_str()).map(fact),
        Symbol::Term(id) => {
            let term = registries.glossary.get(id.as_str())?;
            Some(format!("**{}**\n\n{}", term.term.value, term.definition))
        }
        Symbol::Person(id) => registries.people.get(id.as_str()).map(person),
        Symbol::Region(id) => {
            Some(format!("**{}**, a region of the body", registries.regions.get(id.as_str())?.label))
        }
        Symbol::Care(id) => {
            let card = registries.care.get(id)?;
            let items: String = card.items.iter().map(|item| format!("\n- {item}")).collect();
            Some(format!("**{}** ({})\n{items}", card.heading, card.level.as_str()))
        }
        Symbol::Kind(id) => {
            let kind = site.config().kind(id)?;
            let required: Vec<String> = kind.required.iter().map(|key| format!("`{key}`")).collect();
            let required = if required.is_empty() { "nothing".to_owned() } else { required.join(", ") };
            Some(format!("**{}**, a kind of page; it requires {required}", kind.label))
        }
        Symbol::Key(name) => {
            let field = front_matter::fields().iter().find(|field| field.name == name)?;
            Some(key(field))
        }
    }
}

fn page(site: &Site, id: PageId) -> String {
    let page = site.catalog().page(id);
    let mut out = format!("**{}**", page.title);
    let label = site.config().kind(&page.kind).map_or(page.kind.as_str(), |kind| kind.label.as_str());
    let _ = write!(out, ", {label}");
    if page.draft {
        out.push_str(", a draft");
    }
    if !page.description.is_empty() {
        let _ = write!(out, "\n\n{}", page.description);
    }
    let _ = write!(out, "\n\n`content/{}`, `{}`", page.path, page.address);
    if let Some(condition) = page.condition.as_ref().filter(|condition| !condition.also_called.is_empty()) {
        let names: Vec<&str> = condition.also_called.iter().map(|(name, _)| name.as_str()).collect();
        let _ = write!(out, "\n\nAlso called {}", names.join(", "));
    }
    if let Some(reviewed) = page.reviewed {
        let _ = write!(out, "\n\nReviewed {reviewed}");
    }
    out
}

fn heading(site: &Site, id: PageId, anchor: &Anchor) -> Option<String> {
    let document = &site.pages().get(id.0 as usize)?.page.document;
    let heading = document.headings().iter().find(|heading| heading.anchor == *anchor)?;
    Some(format!("**{}**\n\n`#{anchor}` in `content/{}`", heading.text, site.catalog().page(id).path))
}

fn reference(reference: &Reference) -> String {
    let mut out = reference.text.clone();
    if let Some(kind) = reference.kind {
        let _ = write!(out, "\n\nKind: {}", kind.as_str());
    }
    if reference.retracted {
        out.push_str("\n\n**Retracted**");
    }
    out
}

fn fact(fact: &Fact) -> String {
    let mut out = format!("**{}**: {}", fact.label, fact.text);
    if let Some(qualifier) = &fact.qualifier {
        let _ = write!(out, " ({qualifier})");
    }
    if !fact.sources.is_empty() {
        let sources: Vec<String> = fact.sources.iter().map(|source| format!("`{}`", source.value)).collect();
        let _ = write!(out, "\n\nSources: {}", sources.join(", "));
    }
    if let Some(checked) = &fact.checked {
        let _ = write!(out, "\n\nChecked {}", checked.value);
    }
    out
}

fn person(person: &Person) -> String {
    let mut out = format!("**{}**", person.name);
    for more in [&person.credentials, &person.role].into_iter().flatten() {
        let _ = write!(out, ", {more}");
    }
    if let Some(bio) = &person.bio {
        let _ = write!(out, "\n\n{bio}");
    }
    out
}

/// What a key is for and what its value is.
pub(super) fn key(field: &Field) -> String {
    format!("{}\n\n`{}` is {}", field.about, field.name, what(field.shape))
}

/// What a value is, in words.
pub(super) fn what(shape: Shape) -> String {
    match shape {
        Shape::Text => "text".to_owned(),
        Shape::Id => "an id".to_owned(),
        Shape::Address => "an address that starts with `/`".to_owned(),
        Shape::Date => "a date".to_owned(),
        Shape::Period => "a number of months or years".to_owned(),
        Shape::Bool => "true or false".to_owned(),
        Shape::Integer => "a whole number".to_owned(),
        Shape::Number => "a number".to_owned(),
        Shape::OneOf(words) => format!("one of {}", words.join(", ")),
        Shape::List(inner) => format!("a list, each {}", what(*inner)),
        Shape::Table(_) | Shape::Map(_) | Shape::OpenTable(..) => "a table".to_owned(),
        Shape::Either(shapes) => shapes.iter().map(|shape| what(*shape)).collect::<Vec<_>>().join(", or "),
        Shape::Any => "anything".to_owned(),
    }
}

/// A finding with its explanation, as `needlepoint explain` gives it.
pub(super) fn finding(found: &Diagnostic) -> String {
    let mut out = format!("**{}** `{}`: {}", found.severity.as_str(), found.code, found.message);
    if let Some(help) = &found.help {
        let _ = write!(out, "\n\nHelp: {help}");
    }
    if let Some(info) = found.code.info() {
        let _ = write!(out, "\n\n{}", info.explanation);
    }
    out
}

/// Where something is declared; `None` where no file of the site does.
pub(super) fn declared(site: &Site, symbol: &Symbol) -> Option<(SitePath, Span)> {
    let registries = site.registries();
    let registry = |name: &str| SitePath::new(&format!("content/{name}"));
    match symbol {
        Symbol::Page(id) => {
            let page = &site.pages().get(id.0 as usize)?.page;
            let title = page.front_matter.title.as_ref();
            Some((page.path.site_path(), title.map(|title| title.span).unwrap_or_default()))
        }
        Symbol::Anchor(id, anchor) => {
            let page = &site.pages().get(id.0 as usize)?.page;
            let heading = page.document.headings().iter().find(|heading| heading.anchor == *anchor)?;
            Some((page.path.site_path(), heading.span))
        }
        Symbol::Asset(address) => {
            let (path, _) = site.catalog().assets().iter().find(|(_, asset)| asset == address)?;
            Some((path.site_path(), Span::default()))
        }
        Symbol::Source(key) => {
            let source = registries.references.get(key.as_str())?;
            Some((registries.references.file()?.clone(), source.span))
        }
        Symbol::Fact(id) => Some((registry("facts.toml")?, registries.facts.get(id.as_str())?.span)),
        Symbol::Term(id) => Some((registry("glossary.toml")?, registries.glossary.get(id.as_str())?.span)),
        Symbol::Person(id) => Some((registry("people.toml")?, registries.people.get(id.as_str())?.span)),
        Symbol::Region(id) => Some((registry("regions.toml")?, registries.regions.get(id.as_str())?.span)),
        Symbol::Care(id) => Some((registry("care.toml")?, registries.care.get(id)?.span)),
        Symbol::Kind(id) => Some((SitePath::new("needlepoint.toml")?, site.config().kind(id)?.span?)),
        Symbol::Generated(_) | Symbol::Key(_) => None,
    }
}

/// Why the name of a condition at a place did not become a link.
pub(super) fn not_linked(site: &Site, file: &SitePath, offset: usize) -> Option<String> {
    let id = site.catalog().by_path(file.in_content()?.as_str())?;
    let skipped = site.pages()[id.0 as usize].skipped.iter();
    let at = |span: Span| span.start as usize <= offset && offset <= span.end as usize;
    let found: Vec<String> = skipped
        .filter(|skipped| at(skipped.span))
        .map(|skipped| {
            let title = &site.catalog().page(skipped.condition).title;
            format!("**{title}**, not linked: {}", skipped.reason.as_str())
        })
        .collect();
    (!found.is_empty()).then(|| found.join("\n\n"))
}
