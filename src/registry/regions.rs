//! `regions.toml`: regions of the body, head to foot.

use super::TEXTS;
use crate::diag::{self, Diagnostic};
use crate::name::RegionId;
use crate::source::{Source, Span};
use crate::typed::{self, Field, Item, Reader, Shape, Spanned};

/// All regions, in the order in which they are shown.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Regions(Vec<Region>);

/// A region of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// The id.
    pub id: RegionId,
    /// The place of the id.
    pub span: Span,
    /// What readers call it.
    pub label: String,
    /// Words for search.
    pub words: Vec<String>,
    /// The broader region.
    pub parent: Option<Spanned<RegionId>>,
    /// The figures that show it.
    pub views: Vec<View>,
    /// The place in the list, head to foot.
    pub order: i64,
    /// A care card for its pages: an id of `care.toml`.
    pub care: Option<Spanned<String>>,
}

/// A figure of the body map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum View {
    /// From the front.
    Front,
    /// From the back.
    Back,
}

impl Regions {
    /// The region of that id.
    pub fn get(&self, id: &str) -> Option<&Region> {
        self.0.iter().find(|region| region.id.as_str() == id)
    }

    /// All regions, in the order in which they are shown.
    pub fn iter(&self) -> std::slice::Iter<'_, Region> {
        self.0.iter()
    }

    /// The regions of a group, which name it as their parent.
    pub fn of_group(&self, group: &str) -> impl Iterator<Item = &Region> {
        let is_in = move |region: &&Region| {
            region.parent.as_ref().is_some_and(|parent| parent.value.as_str() == group)
        };
        self.0.iter().filter(is_in)
    }

    /// Whether a condition may name the id as its region: it is a region or the parent of one.
    pub fn knows(&self, id: &str) -> bool {
        self.get(id).is_some() || self.of_group(id).next().is_some()
    }
}

const REGION: &[Field] = &[
    Field::required("id", Shape::Id, "The id; its page is /body/<id>/."),
    Field::required("label", Shape::Text, "What readers call it."),
    Field::new("words", TEXTS, "Words for search."),
    Field::new("parent", Shape::Id, "The broader region."),
    Field::new("views", Shape::List(&Shape::OneOf(&VIEWS)), "The figures that show it."),
    Field::new("order", Shape::Integer, "The place in the list, head to foot."),
    Field::new("care", Shape::Id, "A care card for its pages: an id of care.toml."),
];
const VIEWS: [&str; 2] = ["front", "back"];
const FIELDS: &[Field] = &[Field::new("region", Shape::List(&Shape::Table(REGION)), "A region.")];

pub(super) const SHAPE: Shape = Shape::Table(FIELDS);

/// Reads `regions.toml`.
pub fn parse(source: &Source) -> (Regions, Vec<Diagnostic>) {
    parse_fields(source, REGION)
}

/// The fields of a region that are words.
const WORDS: &[Field] = REGION.split_at(3).0;

/// Reads the `regions.toml` of a further language: names of regions of the site's own, and of groups of them.
pub(super) fn parse_words(source: &Source, own: &Regions) -> (Regions, Vec<Diagnostic>) {
    let (regions, mut found) = parse_fields(source, WORDS);
    for region in regions.iter().filter(|region| !own.knows(region.id.as_str())) {
        let message = format!("content/regions.toml has no region `{}`", region.id);
        let unknown = Diagnostic::new(diag::UNKNOWN_REGION, source.path(), region.span, message);
        found.push(unknown.with_nearest(region.id.as_str(), own.iter().map(|own| own.id.as_str())));
    }
    (regions, found)
}

fn parse_fields(source: &Source, fields: &'static [Field]) -> (Regions, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let tree = typed::read_toml_file(source, &mut found);
    let mut reader = Reader::new(source.path(), found);
    let mut regions: Vec<Region> = Vec::new();
    for item in reader.entries(Item::root(&tree.root), FIELDS) {
        for member in reader.list(item) {
            let Some(region) = region(&mut reader, member, fields, regions.len()) else { continue };
            if let Some(first) = regions.iter().find(|first| first.id == region.id) {
                let message = format!("the region `{}` is declared twice", region.id);
                let other = crate::diag::Label {
                    file: source.path().clone(),
                    span: first.span,
                    text: "first declared here".to_owned(),
                };
                reader.report(diag::DUPLICATE_ENTRY, region.span, message).secondary.push(other);
            } else {
                regions.push(region);
            }
        }
    }
    regions.sort_by_key(|region| region.order);
    (Regions(regions), reader.finish())
}

fn region(reader: &mut Reader<'_>, item: Item<'_>, fields: &'static [Field], place: usize) -> Option<Region> {
    const SIDES: [(&str, View); 2] = [(VIEWS[0], View::Front), (VIEWS[1], View::Back)];
    let (mut id, mut label) = (None, None);
    let (mut words, mut parent, mut views, mut care) = (Vec::new(), None, Vec::new(), None);
    let mut order = i64::try_from(place).unwrap_or(i64::MAX);
    for item in reader.entries(item, fields) {
        match item.name {
            "id" => id = reader.id(item, RegionId::new),
            "label" => label = reader.plain_words(item),
            "words" => words = reader.plain_texts(item),
            "parent" => parent = reader.id(item, RegionId::new),
            "views" => {
                let members = reader.list(item);
                views = members.filter_map(|view| Some(reader.one_of(view, &SIDES)?.value)).collect();
            }
            "order" => order = reader.integer(item).unwrap_or(order),
            "care" => care = reader.id_text(item),
            _ => {}
        }
    }
    reader.required(item, fields);
    let (id, label) = (id?, label?);
    Some(Region { id: id.value, span: id.span, label, words, parent, views, order, care })
}
