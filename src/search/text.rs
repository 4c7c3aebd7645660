//! Texts for results and excerpts: small JSON files that are fetched for the results shown, and the table for filters.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::document::Document;
use super::manifest::{Manifest, check};
use super::part::Part;

/// A document in a text file: address, title, kind, region, parts; a part is a list of anchor, heading and text.
pub(super) type StoredDocument = (String, String, String, String, Vec<Vec<(String, String, String)>>);

/// The texts of all documents, in their new order.
pub(super) struct Texts<'a> {
    documents: Vec<(&'a Document<'a>, &'a [Part])>,
}

impl<'a> Texts<'a> {
    pub(super) fn new(documents: &[&'a Document<'a>], parts: &'a [Vec<Part>], order: &[u32]) -> Self {
        let pick = |&document: &u32| (documents[document as usize], parts[document as usize].as_slice());
        Self { documents: order.iter().map(pick).collect() }
    }

    /// About how many bytes all texts take.
    pub(super) fn bytes(&self) -> usize {
        let bytes = |document: &Document| -> usize {
            let sections =
                document.sections.iter().map(|s| s.text.len() + s.heading.len() + s.anchor.len() + 10);
            document.url.len()
                + document.title.len()
                + document.description.len()
                + 40
                + sections.sum::<usize>()
        };
        self.documents.iter().map(|(document, _)| bytes(document)).sum()
    }

    /// All texts and the filters as one JSON value.
    pub(super) fn whole(&self, filters: &str) -> String {
        let documents: Vec<String> =
            self.documents.iter().map(|(document, parts)| stored(document, parts, 0..parts.len())).collect();
        format!("[{filters},[{}]]", documents.join(","))
    }

    /// The text files by name: a part each where that makes at most `most` files, else one or more documents each.
    /// Each file begins with the check of the rest.
    pub(super) fn files(&self, most: usize, manifest: &mut Manifest) -> Vec<(String, Vec<u8>)> {
        let parts: usize = self.documents.iter().map(|(_, parts)| parts.len()).sum();
        manifest.split = parts <= most.max(self.documents.len());
        manifest.group = self.documents.len().div_ceil(most).max(1);
        if manifest.group > 1 {
            manifest.split = false;
        }
        let (split, group) = (manifest.split, manifest.group);
        let of_group = |(number, group): (usize, &[(&Document, &[Part])])| -> Vec<(String, Vec<u8>)> {
            if split {
                let (document, parts) = group[0];
                let file = |part: usize| {
                    let json = format!("[{}]", stored(document, parts, part..part + 1));
                    (format!("{number}-{part}"), with_check(&json))
                };
                (0..parts.len()).map(file).collect()
            } else {
                let documents: Vec<String> =
                    group.iter().map(|(document, parts)| stored(document, parts, 0..parts.len())).collect();
                vec![(number.to_string(), with_check(&format!("[{}]", documents.join(","))))]
            }
        };
        let groups: Vec<(usize, &[(&Document, &[Part])])> =
            self.documents.chunks(group).enumerate().collect();
        groups.into_par_iter().flat_map_iter(of_group).collect()
    }
}

fn with_check(json: &str) -> Vec<u8> {
    [check(json.as_bytes()).as_bytes(), json.as_bytes()].concat()
}

/// A document with some of its parts as JSON.
fn stored(document: &Document, parts: &[Part], wanted: std::ops::Range<usize>) -> String {
    let parts: Vec<Vec<(&str, &str, &str)>> = wanted
        .map(|number| {
            let mut pieces = Vec::new();
            if number == 0 && !document.description.is_empty() {
                pieces.push(("", "", &*document.description));
            }
            for piece in &parts[number].pieces {
                let section = &document.sections[piece.section];
                let text = section.text[piece.range.clone()].trim();
                pieces.push((&*section.anchor, &*section.heading, text));
            }
            pieces
        })
        .collect();
    let stored = (&document.url, &document.title, &document.kind, &document.region, parts);
    serde_json::to_string(&stored).expect("text is always JSON")
}

/// For each filter and value, the documents that have it, as gaps.
pub(super) fn filters(documents: &[&Document], order: &[u32]) -> String {
    let mut filters: BTreeMap<&str, BTreeMap<&str, Vec<u32>>> = BTreeMap::new();
    for (number, &document) in order.iter().enumerate() {
        let document = documents[document as usize];
        let kind = ("kind", &document.kind);
        let region = ("region", &document.region);
        let own = document.is_condition.then_some(("condition", &document.id));
        let conditions = document.conditions.iter().map(|condition| ("condition", condition));
        for (filter, value) in [kind, region].into_iter().chain(own).chain(conditions) {
            if value.is_empty() {
                continue;
            }
            let documents = filters.entry(filter).or_default().entry(value).or_default();
            if documents.last() != Some(&(number as u32)) {
                documents.push(number as u32);
            }
        }
    }
    for documents in filters.values_mut().flat_map(BTreeMap::values_mut) {
        for at in (1..documents.len()).rev() {
            documents[at] -= documents[at - 1];
        }
    }
    serde_json::to_string(&filters).expect("text and numbers are always JSON")
}
