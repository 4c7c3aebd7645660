//! What stands at a place of a file, as ids and pages: the one list behind hover, definitions and references.

use crate::catalog::{PageId, Place};
use crate::config::Config;
use crate::link::{
    LinkedPage, MarkKind, Target, TextPosition, percent_decoded, split_fragment, target_in_link,
};
use crate::markdown::{Document, EventKind};
use crate::name::{Anchor, CitationKey, FactId, KindId, PersonId, RegionId, SitePath, TermId, UrlPath};
use crate::pipeline::Site;
use crate::registry::Registries;
use crate::source::Span;

/// Something that the site knows by a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Symbol {
    Page(PageId),
    Anchor(PageId, Anchor),
    Generated(UrlPath),
    Asset(UrlPath),
    Source(CitationKey),
    Fact(FactId),
    Term(TermId),
    Person(PersonId),
    Region(RegionId),
    Care(String),
    Kind(KindId),
    /// A key of front matter.
    Key(String),
}

/// A place that names something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Occurrence {
    pub(super) span: Span,
    pub(super) symbol: Symbol,
    /// Whether the place is where the thing is declared.
    pub(super) is_definition: bool,
}

/// What the innermost name around a place stands for.
pub(super) fn at(site: &Site, file: &SitePath, offset: usize) -> Option<Occurrence> {
    let holds = |found: &Occurrence| found.span.start as usize <= offset && offset <= found.span.end as usize;
    of_file(site, file).into_iter().filter(holds).min_by_key(|found| found.span.len())
}

/// Everything in a file that names something.
pub(super) fn of_file(site: &Site, file: &SitePath) -> Vec<Occurrence> {
    let content = file.in_content();
    let page = content.as_ref().and_then(|path| site.catalog().by_path(path.as_str()));
    match page {
        Some(id) => of_page(site, &site.pages()[id.0 as usize]),
        None if file.as_str() == "needlepoint.toml" => of_config(site, site.config()),
        None => content.map(|path| of_registry(site, path.as_str())).unwrap_or_default(),
    }
}

/// Everywhere in the site where something is named, file by file.
pub(super) fn everywhere(site: &Site, symbol: &Symbol) -> Vec<(SitePath, Occurrence)> {
    let texts = site.files().texts().iter().map(|source| source.path());
    let of_site = |path: &&SitePath| path.as_str() == "needlepoint.toml" || path.in_content().is_some();
    let mut found = Vec::new();
    for path in texts.filter(of_site) {
        let places = of_file(site, path).into_iter().filter(|place| place.symbol == *symbol);
        found.extend(places.map(|place| (path.clone(), place)));
    }
    found
}

#[derive(Default)]
struct Found(Vec<Occurrence>);

impl Found {
    fn defined(&mut self, span: Span, symbol: Symbol) {
        self.0.push(Occurrence { span, symbol, is_definition: true });
    }

    fn named(&mut self, span: Span, symbol: Symbol) {
        self.0.push(Occurrence { span, symbol, is_definition: false });
    }

    fn address(&mut self, site: &Site, span: Span, address: &UrlPath) {
        match site.catalog().place(address) {
            Some(Place::Page(id) | Place::Alias(id)) => self.named(span, Symbol::Page(id)),
            Some(Place::Generated(_)) => self.named(span, Symbol::Generated(address.clone())),
            Some(Place::Asset(_)) => self.named(span, Symbol::Asset(address.clone())),
            None => {}
        }
    }
}

fn of_page(site: &Site, linked: &LinkedPage) -> Vec<Occurrence> {
    let mut found = Found::default();
    front_matter(site, linked, &mut found);
    let document = &linked.page.document;
    for heading in document.headings() {
        let end = document.source().slice(heading.span).trim_end().len();
        let span = Span::new(heading.span.start as usize, heading.span.start as usize + end);
        found.defined(span, Symbol::Anchor(linked.id, heading.anchor.clone()));
    }
    for (link, target) in document.links().iter().zip(&linked.links) {
        let written = target_in_link(document.source(), link.span, &link.target);
        self::link(&mut found, linked.id, target, link.span, written, &link.target);
    }
    for (image, target) in document.images().iter().zip(&linked.images) {
        self::link(&mut found, linked.id, target, image.span, None, &image.target);
    }
    for item in document.citations().iter().flat_map(|group| &group.items) {
        found.named(item.span, Symbol::Source(item.key.clone()));
    }
    for shortcode in document.shortcodes() {
        let Some((argument, id)) = shortcode.argument("id").zip(shortcode.text("id")) else { continue };
        match &*shortcode.name {
            "fact" => {
                if let Some(id) = FactId::new(id) {
                    found.named(argument.value_span, Symbol::Fact(id));
                }
            }
            "care" => found.named(argument.value_span, Symbol::Care(id.to_owned())),
            _ => {}
        }
    }
    for mark in &linked.marks {
        let Some(span) = marked(document, mark.start, mark.end) else { continue };
        match &mark.kind {
            MarkKind::Condition(id) => found.named(span, Symbol::Page(*id)),
            MarkKind::Term(id) => found.named(span, Symbol::Term(id.clone())),
        }
    }
    found.0
}

fn link(found: &mut Found, own: PageId, target: &Target, whole: Span, written: Option<Span>, typed: &str) {
    let place = match target {
        Target::Page(id, anchor) => {
            found.named(whole, Symbol::Page(*id));
            anchor.as_ref().map(|anchor| (*id, anchor))
        }
        Target::Here(anchor) => {
            found.named(whole, Symbol::Anchor(own, anchor.clone()));
            Some((own, anchor))
        }
        Target::Generated(address, _) => return found.named(whole, Symbol::Generated(address.clone())),
        Target::Asset(address) => return found.named(whole, Symbol::Asset(address.clone())),
        Target::External(_) | Target::Broken => return,
    };
    let Some((page, anchor)) = place else { return };
    let Some((fragment, written)) = split_fragment(typed).1.zip(written) else { return };
    if percent_decoded(fragment) == anchor.as_str() {
        let span = Span { start: written.end - fragment.len() as u32, end: written.end };
        found.named(span, Symbol::Anchor(page, anchor.clone()));
    }
}

/// The bytes of a stretch of text; `None` where Markdown changed the text at either end.
fn marked(document: &Document, start: TextPosition, end: TextPosition) -> Option<Span> {
    let place = |position: TextPosition| match document.events().get(position.event as usize)?.kind {
        EventKind::Text(text) => Some((text.offset()? + position.offset) as usize),
        _ => None,
    };
    Some(Span::new(place(start)?, place(end)?))
}

fn front_matter(site: &Site, linked: &LinkedPage, found: &mut Found) {
    let front_matter = &linked.page.front_matter;
    for (key, span) in &front_matter.keys {
        found.named(*span, Symbol::Key(key.clone()));
    }
    if let Some(title) = &front_matter.title {
        found.defined(title.span, Symbol::Page(linked.id));
    }
    if let Some(kind) = &front_matter.kind {
        found.named(kind.span, Symbol::Kind(kind.value.clone()));
    }
    for person in front_matter.authors.iter().chain(&front_matter.reviewer) {
        found.named(person.span, Symbol::Person(person.value.clone()));
    }
    let condition = front_matter.condition.as_ref();
    let related = condition.map(|condition| condition.related.as_slice()).unwrap_or_default();
    for id in front_matter.conditions.iter().chain(related) {
        let language = &linked.page.interface.language;
        if let Some(page) = site.catalog().condition(id.value.as_str(), language) {
            found.named(id.span, Symbol::Page(page));
        }
    }
    if let Some(region) = condition.and_then(|condition| condition.region.as_ref()) {
        found.named(region.span, Symbol::Region(region.value.clone()));
    }
    let evidence = condition.map(|condition| condition.evidence.as_slice()).unwrap_or_default();
    for source in evidence.iter().flat_map(|evidence| &evidence.refs) {
        found.named(source.span, Symbol::Source(source.value.clone()));
    }
    let withdrawn = front_matter.withdrawn.as_ref();
    if let Some(address) = withdrawn.and_then(|withdrawn| withdrawn.replacement.as_ref()) {
        found.address(site, address.span, &address.value);
    }
    at_a_glance(linked, found);
}

/// Facts of `extra.at_a_glance`, whose places are not kept with the theme's values.
fn at_a_glance(linked: &LinkedPage, found: &mut Found) {
    let front_matter = &linked.page.front_matter;
    let list = front_matter.extra.get("at_a_glance").and_then(|list| list.as_array());
    let block = linked.page.document.source().slice(front_matter.block);
    let Some(start) = block.find("at_a_glance") else { return };
    for id in list.into_iter().flatten().filter_map(|id| id.as_str()) {
        let is_letter = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let is_whole = |at: &usize| {
            let behind = &block[at + id.len()..];
            !block[..*at].ends_with(is_letter) && !behind.starts_with(is_letter)
        };
        let places = block[start..].match_indices(id).map(|(at, _)| start + at);
        if let Some((at, fact)) = places.filter(is_whole).min().zip(FactId::new(id)) {
            let at = front_matter.block.start as usize + at;
            found.named(Span::new(at, at + id.len()), Symbol::Fact(fact));
        }
    }
}

fn of_config(site: &Site, config: &Config) -> Vec<Occurrence> {
    let mut found = Found::default();
    let languages = config.languages.values().flat_map(|language| &language.navigation);
    for item in config.navigation.iter().chain(languages) {
        found.address(site, item.span, &item.path);
    }
    for kind in config.folders.values() {
        found.named(kind.span, Symbol::Kind(kind.value.clone()));
    }
    for kind in config.kinds() {
        if let Some(span) = kind.span {
            found.defined(span, Symbol::Kind(kind.id.clone()));
        }
    }
    found.0
}

fn of_registry(site: &Site, file: &str) -> Vec<Occurrence> {
    let Registries { facts, glossary, people, regions, care, references, reviews, .. } = site.registries();
    let mut found = Found::default();
    match file {
        "facts.toml" => {
            for fact in facts.iter() {
                found.defined(fact.span, Symbol::Fact(fact.id.clone()));
                for source in &fact.sources {
                    found.named(source.span, Symbol::Source(source.value.clone()));
                }
            }
        }
        "glossary.toml" => {
            glossary.iter().for_each(|term| found.defined(term.span, Symbol::Term(term.id.clone())));
        }
        "people.toml" => {
            people.iter().for_each(|person| found.defined(person.span, Symbol::Person(person.id.clone())));
        }
        "regions.toml" => {
            for region in regions.iter() {
                found.defined(region.span, Symbol::Region(region.id.clone()));
                if let Some(parent) = &region.parent {
                    found.named(parent.span, Symbol::Region(parent.value.clone()));
                }
                if let Some(care) = &region.care {
                    found.named(care.span, Symbol::Care(care.value.clone()));
                }
            }
        }
        "care.toml" => care.iter().for_each(|card| found.defined(card.span, Symbol::Care(card.id.clone()))),
        "reviews.toml" => {
            for review in reviews.iter() {
                found.named(review.by.span, Symbol::Person(review.by.value.clone()));
                if let Some(page) = site.catalog().by_path(&review.page) {
                    found.named(review.span, Symbol::Page(page));
                }
            }
        }
        _ if references.file().and_then(SitePath::in_content).is_some_and(|own| own.as_str() == file) => {
            for source in references.iter() {
                found.defined(source.span, Symbol::Source(source.key.clone()));
            }
        }
        _ => {}
    }
    found.0
}
