//! Texts for results and excerpts: small JSON files that are fetched for the results shown, and the table for filters.
//!
//! The texts of a site are as large as the site, so they are not kept: [`TextFiles`] knows what stands in which file,
//! and each file is made when it is asked for.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::document::{Document, Section};
use super::manifest::{CHECK, Manifest, check, checks};
use super::part::{self, Part};

/// A document in a text file: address, title, kind, region, parts.
pub(super) type StoredDocument = (String, String, String, String, Vec<Vec<StoredPiece>>);

/// A piece of a part in a text file: a list of text, heading and anchor. What is empty at the end is left out, and so
/// is an anchor that says what the heading says.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct StoredPiece {
    pub(super) text: String,
    #[serde(default)]
    pub(super) heading: String,
    #[serde(default)]
    anchor: Option<String>,
}

impl StoredPiece {
    /// The anchor, without `#`; may be empty.
    pub(super) fn anchor(&self) -> String {
        self.anchor.clone().unwrap_or_else(|| usual_anchor(&self.heading))
    }
}

/// Calls `found` with each run of small letters and digits of a text in lower case.
fn each_run(text: &str, found: impl FnMut(&str)) {
    let is_between = |c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit();
    text.to_lowercase().split(is_between).filter(|run| !run.is_empty()).for_each(found);
}

fn usual_anchor(heading: &str) -> String {
    let mut anchor = String::with_capacity(heading.len());
    each_run(heading, |run| {
        if !anchor.is_empty() {
            anchor.push('-');
        }
        anchor.push_str(run);
    });
    anchor
}

/// Whether it is the usual anchor of a heading. Most headings are ASCII, and their anchors need not be made.
fn is_usual_anchor(anchor: &str, heading: &str) -> bool {
    if is_plain_anchor(anchor.as_bytes(), heading.as_bytes()) {
        return true;
    }
    if !heading.is_ascii() {
        return *anchor == usual_anchor(heading);
    }
    let mut rest = anchor.bytes();
    let (mut has_begun, mut is_between) = (false, false);
    for byte in heading.bytes() {
        if !byte.is_ascii_alphanumeric() {
            is_between = has_begun;
            continue;
        }
        if std::mem::take(&mut is_between) && rest.next() != Some(b'-') {
            return false;
        }
        if rest.next() != Some(byte.to_ascii_lowercase()) {
            return false;
        }
        has_begun = true;
    }
    rest.next().is_none()
}

/// Whether it is the anchor of a heading of plain words between single spaces, as most headings are. All bytes are
/// asked, so that the compiler asks many at once.
fn is_plain_anchor(anchor: &[u8], heading: &[u8]) -> bool {
    let is_same = |(&anchor, &heading): (&u8, &u8)| {
        (heading.is_ascii_alphanumeric() & (anchor == heading.to_ascii_lowercase()))
            | ((heading == b' ') & (anchor == b'-'))
    };
    let ends_with_space = heading.first() == Some(&b' ') || heading.last() == Some(&b' ');
    anchor.len() == heading.len()
        && !ends_with_space
        && anchor.iter().zip(heading).fold(true, |all, pair| all & is_same(pair))
        && heading.windows(2).fold(true, |all, pair| all & ((pair[0] != b' ') | (pair[1] != b' ')))
}

/// Raised when the same texts are stored in another way: hosts and browsers keep the files of a hash for ever.
const FORMAT: u64 = 2;

/// Words with the documents whose texts hold them, sorted.
pub(super) type Held = BTreeMap<String, Vec<u32>>;

/// The words of all texts, told in the plainest way: runs of ASCII letters and digits that are no stop words.
pub(super) fn held(documents: &[StoredDocument], is_stop_word: impl Fn(&str) -> bool) -> Held {
    let mut held = Held::new();
    for (number, (_, title, _, _, parts)) in documents.iter().enumerate() {
        let pieces = parts.iter().flatten();
        let texts = pieces.flat_map(|piece| [Some(&piece.text), Some(&piece.heading), piece.anchor.as_ref()]);
        for text in texts.flatten().chain([title]) {
            each_run(text, |word| match held.get_mut(word) {
                Some(documents) if documents.last() == Some(&(number as u32)) => {}
                Some(documents) => documents.push(number as u32),
                None if is_stop_word(word) => {}
                None => _ = held.insert(word.to_owned(), vec![number as u32]),
            });
        }
    }
    held
}

/// What the texts of one document take, and what they are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    /// How many parts there are.
    pub(super) parts: usize,
    /// About how many bytes they take.
    bytes: usize,
    /// The hash of all that is stored.
    hash: u64,
}

impl Extent {
    pub(super) fn of(document: &Document, sections: &[Section], parts: usize) -> Self {
        let (mut bytes, mut hash) = (40, FORMAT);
        let mut add = |text: &str| {
            bytes += text.len();
            hash = mixed(hash, text);
        };
        for text in [&document.url, &document.title, &document.kind, &document.region, &document.description]
        {
            add(text);
        }
        for section in sections {
            add(&section.anchor);
            add(&section.heading);
            add(&section.text);
        }
        Self { parts, bytes: bytes + 10 * sections.len(), hash }
    }
}

/// A hash that tells one state of a site's texts from the next: 64 bits, words of eight bytes, lowest first.
fn mixed(seed: u64, text: &str) -> u64 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let step = |hash: u64, word: u64| ((hash ^ word).wrapping_mul(FACTOR)).rotate_left(29);
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let start = step(seed, text.len() as u64);
    let whole = words.iter().fold(start, |hash, word| step(hash, u64::from_le_bytes(*word)));
    step(whole, u64::from_le_bytes(last))
}

/// About how many bytes all texts take.
pub(super) fn bytes(extents: &[Extent]) -> usize {
    extents.iter().map(|extent| extent.bytes).sum()
}

/// Which texts stand in which file.
#[derive(Debug)]
pub(super) struct TextFiles {
    /// The documents in their new order, numbered as they were given.
    documents: Vec<u32>,
    /// The size that a part aims at.
    part: usize,
    /// How many documents a file holds.
    group: usize,
    /// The first part of each file, by document, where parts are files of their own; else empty.
    parts: Vec<(u32, u32)>,
}

impl TextFiles {
    /// The plan of all files: a part each where that makes at most `most` files, else one or more documents each.
    /// The manifest learns of it. `extents` are in the new order, as `documents` are.
    pub(super) fn new(
        documents: Vec<u32>,
        extents: &[Extent],
        part: usize,
        most: usize,
        manifest: &mut Manifest,
    ) -> Self {
        let parts: usize = extents.iter().map(|extent| extent.parts).sum();
        let group = documents.len().div_ceil(most).max(1);
        manifest.group = NonZeroUsize::new(group);
        manifest.split = parts <= most.max(documents.len()) && group == 1;
        let parts_of = |(number, extent): (usize, &Extent)| {
            let number = number as u32;
            (0..extent.parts as u32).map(move |part| (number, part))
        };
        let parts =
            if manifest.split { extents.iter().enumerate().flat_map(parts_of).collect() } else { Vec::new() };
        let hashes: Vec<u8> = extents.iter().flat_map(|extent| extent.hash.to_le_bytes()).collect();
        manifest.texts = check(&hashes);
        Self { documents, part, group, parts }
    }

    /// The names of all files, in the order of their numbers.
    pub(super) fn names(&self) -> Vec<String> {
        if self.parts.is_empty() {
            return (0..self.documents.len().div_ceil(self.group)).map(|number| number.to_string()).collect();
        }
        self.parts.iter().map(|(number, part)| format!("{number}-{part}")).collect()
    }

    /// The bytes of files by their numbers; each begins with the check of the rest. `documents` are those that the plan
    /// was made for.
    pub(super) fn files<const FILES: usize>(
        &self,
        numbers: [usize; FILES],
        documents: &[Document],
    ) -> [Vec<u8>; FILES] {
        let mut files = numbers.map(|number| self.unchecked(number, documents));
        let heads = checks(files.each_ref().map(|file| &file[CHECK..]));
        for (file, head) in files.iter_mut().zip(heads) {
            file[..CHECK].copy_from_slice(head.as_bytes());
        }
        files
    }

    /// The bytes of a file with room for its check.
    fn unchecked(&self, number: usize, documents: &[Document]) -> Vec<u8> {
        let mut out = vec![0; CHECK];
        let (stored, part) = match self.parts.get(number) {
            Some(&(document, part)) => (document as usize..document as usize + 1, Some(part as usize)),
            None => {
                let start = number * self.group;
                (start..self.documents.len().min(start + self.group), None)
            }
        };
        put_list(&mut out, &self.documents[stored], |out, &document| {
            put_document(out, &documents[document as usize], self.part, part);
        });
        out
    }

    /// All texts and the filters as one JSON value.
    pub(super) fn whole(&self, documents: &[Document], filters: &str) -> Vec<u8> {
        let mut out = format!("[{filters},").into_bytes();
        put_list(&mut out, &self.documents, |out, &document| {
            put_document(out, &documents[document as usize], self.part, None);
        });
        out.push(b']');
        out
    }
}

/// Appends a document, with one of its parts or with all of them, as JSON.
fn put_document(out: &mut Vec<u8>, document: &Document, part: usize, wanted: Option<usize>) {
    let sections = document.sections.get();
    let parts = part::cut(&sections, part);
    if wanted.is_none() {
        // Room for line ends and quotation marks, too, so that it need not move while it grows.
        out.reserve(sections.iter().map(|section| section.text.len() + section.heading.len() + 32).sum());
    }
    let wanted = wanted.map_or(0..parts.len(), |number| number..number + 1);
    out.push(b'[');
    for text in [&document.url, &document.title, &document.kind, &document.region] {
        put_text(out, text);
        out.push(b',');
    }
    put_list(out, wanted, |out, number| {
        let pieces = pieces(document, &sections, number, &parts[number]);
        put_list(out, pieces, |out, (texts, count)| {
            put_list(out, &texts[..count], |out, text| put_text(out, text))
        });
    });
    out.push(b']');
}

/// Appends a list as JSON.
fn put_list<T>(out: &mut Vec<u8>, items: impl IntoIterator<Item = T>, mut put: impl FnMut(&mut Vec<u8>, T)) {
    out.push(b'[');
    for (at, item) in items.into_iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        put(out, item);
    }
    out.push(b']');
}

/// Appends a text as JSON. A site's whole text goes this way, so what needs no other sign is copied in one piece.
fn put_text(out: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    let is_rare = |byte: u8| byte < b' ' && byte != b'\n';
    // Without an early end the compiler looks at many bytes at once.
    if bytes.iter().fold(false, |found, &byte| found | is_rare(byte)) {
        return serde_json::to_writer(out, text).expect("text is always JSON, and a vector takes all bytes");
    }
    out.push(b'"');
    let mut from = 0;
    for at in memchr::memchr3_iter(b'"', b'\\', b'\n', bytes) {
        out.extend_from_slice(&bytes[from..at]);
        out.extend_from_slice(&[b'\\', if bytes[at] == b'\n' { b'n' } else { bytes[at] }]);
        from = at + 1;
    }
    out.extend_from_slice(&bytes[from..]);
    out.push(b'"');
}

/// Text, heading and anchor of each piece of a part, and how many of these are stored; the first part begins with the
/// description.
fn pieces<'a>(
    document: &'a Document,
    sections: &'a [Section],
    number: usize,
    part: &'a Part,
) -> impl Iterator<Item = ([&'a str; 3], usize)> {
    let is_described = number == 0 && !document.description.is_empty();
    let description = is_described.then(|| ([&*document.description, "", ""], 1));
    let pieces = part.pieces.iter().map(|piece| {
        let Section { anchor, heading, text } = &sections[piece.section];
        let count = match is_usual_anchor(anchor, heading) {
            false => 3,
            true if heading.is_empty() => 1,
            true => 2,
        };
        ([text[piece.range.clone()].trim(), &**heading, &**anchor], count)
    });
    description.into_iter().chain(pieces)
}

/// For each filter and value, the documents that have it, as gaps; `documents` are in their new order.
pub(super) fn filters<'m, 'd: 'm>(documents: impl Iterator<Item = &'m Document<'d>>) -> String {
    let mut found: FxHashMap<(&str, &str), Vec<u32>> = FxHashMap::default();
    for (number, document) in documents.enumerate() {
        let kind = ("kind", &document.kind);
        let region = ("region", &document.region);
        let own = document.is_condition.then_some(("condition", &document.id));
        let conditions = document.conditions.iter().map(|condition| ("condition", condition));
        for (filter, value) in [kind, region].into_iter().chain(own).chain(conditions) {
            if value.is_empty() {
                continue;
            }
            let documents = found.entry((filter, value)).or_default();
            if documents.last() != Some(&(number as u32)) {
                documents.push(number as u32);
            }
        }
    }
    let mut filters: BTreeMap<&str, BTreeMap<&str, Vec<u32>>> = BTreeMap::new();
    found.into_iter().for_each(|((filter, value), mut documents)| {
        for at in (1..documents.len()).rev() {
            documents[at] -= documents[at - 1];
        }
        filters.entry(filter).or_default().insert(value, documents);
    });
    serde_json::to_string(&filters).expect("text and numbers are always JSON")
}

#[cfg(test)]
mod tests {
    use super::{is_usual_anchor, put_text, usual_anchor};

    #[test]
    fn a_usual_anchor_is_known_without_being_made() {
        let headings = [
            "",
            "Cost",
            "What it costs",
            "1. What? It -- costs!",
            "a",
            "a b",
            "ab",
            "a-",
            "a  b",
            " a b",
            "a b ",
            "A 2nd thing",
            "É-clair",
            "Où",
            "\u{212a}m",
        ];
        for heading in headings {
            for other in headings {
                let anchor = usual_anchor(other);
                assert_eq!(
                    is_usual_anchor(&anchor, heading),
                    anchor == usual_anchor(heading),
                    "{anchor} {heading}"
                );
            }
            assert!(
                !is_usual_anchor(&heading.replace(' ', "-"), heading) || heading == heading.to_lowercase()
            );
        }
    }

    #[test]
    fn text_is_written_as_a_library_would_write_it() {
        for text in ["", "plain", "\"a\" \\ b\nc\n", "tab\tand \u{1} \u{7f} é 針", "\n\"", "\\"] {
            let mut out = Vec::new();
            put_text(&mut out, text);
            assert_eq!(String::from_utf8(out).unwrap(), serde_json::to_string(text).unwrap());
        }
    }
}
