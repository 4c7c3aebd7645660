//! Keys and values of front matter, the configuration and the registries.

use lsp_types::CompletionItemKind as Kind;

use super::block::{self, Spot};
use super::{Candidate, Offer};
use crate::diag;
use crate::lsp::describe::{self, describe};
use crate::lsp::symbols::Symbol;
use crate::page::PageInterface;
use crate::pipeline::Site;
use crate::typed::{Field, Format, Shape};

/// A block that is written in.
pub(super) struct Place<'a> {
    pub(super) shape: Shape,
    pub(super) format: Format,
    /// Keys of the outermost table that are there already.
    pub(super) written: Vec<&'a str>,
}

/// What can stand at `offset` in the block that begins at `first`.
pub(super) fn offer(
    site: &Site,
    place: &Place<'_>,
    text: &str,
    first: usize,
    offset: usize,
) -> Option<Offer> {
    let before = &text[first..offset];
    let spot = match place.format {
        Format::Toml => block::toml(before),
        Format::Yaml => block::yaml(before),
    }?;
    let shape = inner(place.shape, &spot.tables)?;
    let candidates = match &spot.key {
        None => keys(place, shape, &spot),
        Some(key) => {
            let shape = field(shape, key)?;
            let bare = is_bare(shape);
            let mut all = values(site, key, shape);
            if !spot.is_quoted && !bare && place.format == Format::Toml {
                all.iter_mut().for_each(|candidate| candidate.text = format!("\"{}\"", candidate.text));
            }
            all
        }
    };
    Some(Offer { start: first + spot.start, candidates })
}

/// The shape inside of tables; a list has that of its members.
fn inner(shape: Shape, tables: &[String]) -> Option<Shape> {
    tables.iter().try_fold(shape, |shape, table| field(shape, table))
}

fn field(shape: Shape, key: &str) -> Option<Shape> {
    match shape {
        Shape::Table(fields) => Some(fields.iter().find(|field| field.name == key)?.shape),
        Shape::OpenTable(fields, other) => {
            Some(fields.iter().find(|field| field.name == key).map_or(*other, |field| field.shape))
        }
        Shape::Map(inner) => Some(*inner),
        Shape::List(inner) => field(*inner, key),
        Shape::Either(shapes) => shapes.iter().find_map(|shape| field(*shape, key)),
        _ => None,
    }
}

fn keys(place: &Place<'_>, shape: Shape, spot: &Spot) -> Vec<Candidate> {
    let is_outer = spot.tables.is_empty();
    match shape {
        Shape::List(inner) => keys(place, *inner, spot),
        Shape::Table(fields) | Shape::OpenTable(fields, _) => {
            let others = fields.iter().filter(|field| !is_outer || !place.written.contains(&field.name));
            others.map(|field| key(field, place.format, is_outer && !spot.is_quoted)).collect()
        }
        Shape::Map(_) if spot.tables.iter().any(|table| matches!(&**table, "waivers" | "checks")) => {
            let codes = diag::all_codes();
            let code = |info: &diag::CodeInfo| {
                let about = Some(info.explanation.to_owned());
                Candidate::new(info.code, info.group, Kind::CONSTANT).with_about(about)
            };
            codes.map(code).collect()
        }
        _ => Vec::new(),
    }
}

fn key(field: &Field, format: Format, is_outer: bool) -> Candidate {
    let name = field.name;
    let text = match (format, field.shape) {
        (Format::Yaml, _) => format!("{name}: "),
        (Format::Toml, Shape::Table(_) | Shape::OpenTable(..) | Shape::Map(_)) if is_outer => {
            format!("[{name}]\n")
        }
        (Format::Toml, Shape::List(Shape::Table(_))) if is_outer => format!("[[{name}]]\n"),
        (Format::Toml, _) => format!("{name} = "),
    };
    Candidate::new(text, describe::what(field.shape), Kind::PROPERTY).with_about(Some(describe::key(field)))
}

/// Whether a value stands without quotation marks in TOML.
fn is_bare(shape: Shape) -> bool {
    matches!(shape, Shape::Bool | Shape::Date | Shape::Integer | Shape::Number)
}

fn values(site: &Site, key: &str, shape: Shape) -> Vec<Candidate> {
    match shape {
        Shape::Bool => ["true", "false"].map(|word| Candidate::new(word, "", Kind::VALUE)).into(),
        Shape::Date => vec![Candidate::new(site.today().to_string(), "today", Kind::VALUE)],
        Shape::Period => {
            ["6 months", "12 months", "24 months"].map(|word| Candidate::new(word, "", Kind::VALUE)).into()
        }
        Shape::OneOf(words) => {
            words.iter().map(|word| Candidate::new(*word, "", Kind::ENUM_MEMBER)).collect()
        }
        Shape::Address => addresses(site),
        Shape::List(inner) if !matches!(*inner, Shape::Id | Shape::Text) => values(site, key, *inner),
        _ => named(site, key),
    }
}

/// Ids by the key that names them.
fn named(site: &Site, key: &str) -> Vec<Candidate> {
    let registries = site.registries();
    match key {
        "kind" => {
            let kinds = site.config().kinds().iter();
            let kind = |kind: &crate::config::Kind| {
                let about = describe(site, &Symbol::Kind(kind.id.clone()));
                Candidate::new(kind.id.as_str(), &kind.label, Kind::ENUM_MEMBER).with_about(about)
            };
            kinds.map(kind).collect()
        }
        "conditions" | "related" => {
            let catalog = site.catalog();
            let page = |id: &str| Some(catalog.page(catalog.condition(id, &catalog.languages()[0])?));
            let candidate = |id: &str| Some(page_candidate(id, page(id)?));
            catalog.condition_ids().filter_map(|id| candidate(id.as_str())).collect()
        }
        "authors" | "reviewer" | "by" => {
            let people = registries.people.iter();
            people.map(|person| Candidate::new(person.id.as_str(), &person.name, Kind::VALUE)).collect()
        }
        "region" | "parent" => {
            let regions = registries.regions.iter();
            regions.map(|region| Candidate::new(region.id.as_str(), &region.label, Kind::VALUE)).collect()
        }
        "refs" | "sources" => sources(site),
        "at_a_glance" => facts(site),
        "care" => care(site),
        "tags" => {
            let tags = site.catalog().tags().iter();
            tags.map(|tag| Candidate::new(&tag.name, format!("{} pages", tag.pages.len()), Kind::VALUE))
                .collect()
        }
        "required" => {
            let fields = crate::front_matter::fields().iter();
            fields.map(|field| Candidate::new(field.name, field.about, Kind::PROPERTY)).collect()
        }
        _ => Vec::new(),
    }
}

pub(super) fn sources(site: &Site) -> Vec<Candidate> {
    let candidate = |source: &crate::registry::Reference| {
        let about = describe(site, &Symbol::Source(source.key.clone()));
        Candidate::new(source.key.as_str(), &source.title, Kind::REFERENCE).with_about(about)
    };
    site.registries().references.iter().map(candidate).collect()
}

pub(super) fn facts(site: &Site) -> Vec<Candidate> {
    let candidate = |fact: &crate::registry::Fact| {
        let about = describe(site, &Symbol::Fact(fact.id.clone()));
        Candidate::new(fact.id.as_str(), &fact.text, Kind::CONSTANT).with_about(about)
    };
    site.registries().facts.iter().map(candidate).collect()
}

pub(super) fn care(site: &Site) -> Vec<Candidate> {
    let cards = site.registries().care.iter();
    cards.map(|card| Candidate::new(&card.id, &card.heading, Kind::VALUE)).collect()
}

/// Every address of a page, those without a file among them.
pub(super) fn addresses(site: &Site) -> Vec<Candidate> {
    let catalog = site.catalog();
    let pages = catalog.pages().iter().map(|page| page_candidate(page.address.encoded(), page));
    let generated = catalog.generated().iter().filter(|generated| generated.page.is_none());
    let generated =
        generated.map(|page| Candidate::new(page.address.encoded(), "made from others", Kind::FILE));
    pages.chain(generated).collect()
}

pub(super) fn page_candidate(text: impl Into<String>, page: &PageInterface) -> Candidate {
    let about = (!page.description.is_empty()).then(|| page.description.clone());
    Candidate::new(text, &page.title, Kind::FILE).with_about(about)
}

pub(super) fn asset(text: String) -> Candidate {
    Candidate::new(text, "file", Kind::FILE)
}
