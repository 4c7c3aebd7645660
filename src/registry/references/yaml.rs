//! Hayagriva's YAML: each entry is a table named by its key.

use hayagriva::Library;
use serde_json::{Map, Value as Json};

use super::{RawEntry, ReferenceKind, check_identifiers, duplicate};
use crate::diag::{self, Diagnostic};
use crate::name::CitationKey;
use crate::source::{Source, Span};
use crate::typed::{self, Entry, Field, Format, Item, Kind, Reader, Shape, Value};

/// The keys of an entry: hayagriva's, `kind` and `retracted`.
pub(super) const FIELDS: &[Field] = &[
    Field::required("type", Shape::Text, "What it is: article, book, web, report, chapter."),
    Field::new("title", Shape::Any, "The title."),
    Field::new("author", Shape::Any, "The authors: `Family, Given`."),
    Field::new("date", Shape::Any, "When it was published: 2024, 2024-05 or 2024-05-17."),
    Field::new("parent", Shape::Any, "What it appeared in: a journal with title, volume and issue."),
    Field::new("editor", Shape::Any, "The editors."),
    Field::new("affiliated", Shape::Any, "Others who had a part in it."),
    Field::new("publisher", Shape::Any, "The publisher."),
    Field::new("location", Shape::Any, "Where it was published."),
    Field::new("organization", Shape::Any, "The organization that made it."),
    Field::new("issue", Shape::Any, "The issue."),
    Field::new("chapter", Shape::Any, "The chapter."),
    Field::new("volume", Shape::Any, "The volume."),
    Field::new("volume-total", Shape::Any, "How many volumes there are."),
    Field::new("edition", Shape::Any, "The edition."),
    Field::new("page-range", Shape::Any, "The pages: 454-477."),
    Field::new("page-total", Shape::Any, "How many pages there are."),
    Field::new("time-range", Shape::Any, "From when to when in a recording."),
    Field::new("runtime", Shape::Any, "How long a recording is."),
    Field::new("url", Shape::Any, "The web address, or a table of value and date (of the visit)."),
    Field::new("serial-number", Shape::Any, "A table of doi, pmid, pmcid, isbn, issn."),
    Field::new("language", Shape::Any, "The language."),
    Field::new("archive", Shape::Any, "Where it is kept."),
    Field::new("archive-location", Shape::Any, "Where that is."),
    Field::new("call-number", Shape::Any, "Its number there."),
    Field::new("note", Shape::Any, "A note."),
    Field::new("abstract", Shape::Any, "The abstract."),
    Field::new("genre", Shape::Any, "The kind of work, in words."),
    Field::new("kind", Shape::OneOf(&KINDS), "What kind of evidence it is."),
    Field::new("retracted", Shape::Bool, "Whether it was retracted."),
];

const KINDS: [&str; 10] = {
    let mut words = [""; 10];
    let mut at = 0;
    while at < words.len() {
        words[at] = ReferenceKind::WORDS[at].0;
        at += 1;
    }
    words
};

/// Reads all entries; one that cannot be read is left out and reported.
pub(super) fn read(source: &Source, found: &mut Vec<Diagnostic>) -> Vec<RawEntry> {
    let start = if source.text().starts_with('\u{FEFF}') { 3 } else { 0 };
    let tree = typed::read(source, Span::new(start, source.text().len()), Format::Yaml, found);
    for finding in found.iter_mut().filter(|finding| finding.code == diag::DUPLICATE_KEY) {
        if let Some(first) = finding.secondary.first().filter(|_| is_top_level(&tree.root, finding)) {
            let key = source.slice(finding.primary.span);
            *finding = duplicate(source.path(), key, (source.path(), first.span), finding.primary.span);
        }
    }
    let mut reader = Reader::new(source.path(), std::mem::take(found));
    let mut out = Vec::new();
    let items: Vec<Item<'_>> = reader.map(Item::root(&tree.root)).collect();
    for item in items {
        out.extend(entry(&mut reader, item));
    }
    *found = reader.finish();
    for entry in &out {
        found.extend(check_identifiers(&entry.entry, entry.pmcid.as_deref(), source, entry.span));
    }
    out
}

fn is_top_level(root: &Value<'_>, finding: &Diagnostic) -> bool {
    let first = finding.secondary.first().map(|label| label.span);
    Item::root(root).members().any(|item| Some(item.name_span) == first)
}

fn entry(reader: &mut Reader<'_>, item: Item<'_>) -> Option<RawEntry> {
    let key = reader.key_id(item, CitationKey::new)?;
    let (mut kind, mut retracted) = (None, false);
    for member in reader.entries(item, FIELDS) {
        match member.name {
            "kind" => kind = reader.one_of(member, &ReferenceKind::WORDS).map(|kind| kind.value),
            "retracted" => retracted = reader.bool(member).unwrap_or(false),
            _ => {}
        }
    }
    let Kind::Table(entries) = &item.value.kind else { return None };
    if !reader.required(item, FIELDS) {
        return None;
    }
    let own = ["kind", "retracted"];
    let fields = entries.iter().filter(|entry| !own.contains(&&*entry.name));
    let fields: Map<String, Json> = fields.map(text_field).collect();
    let library = Json::Object(Map::from_iter([(key.as_str().to_owned(), Json::Object(fields))]));
    match serde_json::from_value::<Library>(library) {
        Ok(library) => {
            let entry = library.iter().next()?.clone();
            let pmcid = entry.keyed_serial_number("pmcid").map(str::to_owned);
            Some(RawEntry { key, span: item.name_span, entry, kind, retracted, pmcid })
        }
        Err(error) => {
            let message = format!("the source `{key}` cannot be read: {error}");
            let place = culprit(entries, &key).unwrap_or(item.name_span);
            reader.report(diag::BIBLIOGRAPHY_SYNTAX, place, message);
            None
        }
    }
}

/// The field without which the entry could be read, where there is one.
fn culprit(entries: &[Entry<'_>], key: &CitationKey) -> Option<Span> {
    entries.iter().find_map(|left_out| {
        let fields = entries.iter().filter(|entry| entry.name != left_out.name);
        let fields = fields.filter(|entry| !["kind", "retracted"].contains(&&*entry.name));
        let fields: Map<String, Json> = fields.map(text_field).collect();
        let library = Json::Object(Map::from_iter([(key.as_str().to_owned(), Json::Object(fields))]));
        serde_json::from_value::<Library>(library).is_ok().then_some(left_out.value.span)
    })
}

fn text_field(entry: &Entry<'_>) -> (String, Json) {
    (entry.name.to_string(), as_text(&entry.name, &entry.value))
}

/// A value in which every scalar is text: hayagriva reads numbers and dates from text, and no title becomes a number.
fn as_text(name: &str, value: &Value<'_>) -> Json {
    match &value.kind {
        Kind::Plain(text) if name != "comma-suffix" && name != "verbatim" => Json::String(text.to_string()),
        Kind::List(values) => values.iter().map(|value| as_text(name, value)).collect(),
        Kind::Table(entries) => Json::Object(entries.iter().map(text_field).collect()),
        _ => value.to_json(),
    }
}
