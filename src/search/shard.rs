//! A shard of the term dictionary with its lists: how it is written, and how it is read again.
//!
//! ```text
//! keys letters gaps              three numbers: of keys, of bytes, of gaps
//! letters                        the keys that no text holds, one after another, front-coded as in `front.rs`
//! list[keys]                     0 for the next new list, 1 for a word that is no key, n + 1 for the nth list back
//! size[lists]                    how many gaps a list has
//! gap[gaps]                      of documents, each list from 0
//! impact[postings]               bytes
//! part[postings]                 bytes
//! ```
//!
//! Numbers are little-endian base 128. Columns of one kind stay together because compression likes it.
//!
//! Where the texts of all documents lie beside the shard, most keys stand in them, and so does what documents have them.
//! Then keys are those of the letters and the words of the texts together, sorted, and the gaps tell only of documents
//! that hold none of a list's words and are in it all the same, or the other way round.

use std::cmp::Ordering;

use super::front::{self, Front};
use super::posting::Posting;
use super::text::Held;
use crate::bytes;

/// What stands in place of a list for a word of the texts that is no key.
const NO_KEY: usize = 1;

/// Writes a shard from sorted keys, each with the number of its list among `lists`; lists are numbered by their first
/// keys. `held` is empty where the texts lie elsewhere.
pub(super) fn encode(keys: &[(&str, usize)], lists: &[&[Posting]], held: &Held) -> Vec<u8> {
    let mut letters = Front::default();
    keys.iter().filter(|(key, _)| !held.contains_key(*key)).for_each(|(key, _)| letters.push(key, ""));
    let letters = letters.text;
    let mut holding: Vec<Vec<u32>> = vec![Vec::new(); lists.len()];
    keys.iter().for_each(|(key, list)| holding[*list].extend(held.get(*key).into_iter().flatten()));
    let postings: usize = lists.iter().map(|list| list.len()).sum();
    // Few gaps take more than two bytes.
    let (mut sizes, mut gaps) = (Vec::with_capacity(2 * lists.len()), Vec::with_capacity(2 * postings));
    let mut count = 0;
    for (list, holding) in lists.iter().zip(holding) {
        let documents = list.iter().map(|posting| posting.number());
        let said = if holding.is_empty() {
            put_gaps(&mut gaps, documents)
        } else {
            put_gaps(&mut gaps, in_one_of(holding, documents.collect()).into_iter())
        };
        put(&mut sizes, said);
        count += said;
    }
    let places = places(keys, held);
    let mut out =
        Vec::with_capacity(letters.len() + 2 * places.len() + sizes.len() + gaps.len() + 2 * postings + 16);
    put(&mut out, places.len());
    put(&mut out, letters.len());
    put(&mut out, count);
    out.extend_from_slice(letters.as_bytes());
    places.into_iter().for_each(|place| put(&mut out, place));
    out.extend_from_slice(&sizes);
    out.extend_from_slice(&gaps);
    // List by list, so that the compiler knows how much each adds.
    lists.iter().for_each(|list| out.extend(list.iter().map(|posting| posting.impact())));
    lists.iter().for_each(|list| out.extend(list.iter().map(|posting| posting.part())));
    out
}

/// Appends the gaps between documents; gives the number of these.
fn put_gaps(gaps: &mut Vec<u8>, documents: impl ExactSizeIterator<Item = u32>) -> usize {
    let count = documents.len();
    let mut next = 0;
    for document in documents {
        put(gaps, (document - next) as usize);
        next = document + 1;
    }
    count
}

/// Where the list of each key is, and of each word of the texts.
fn places(keys: &[(&str, usize)], held: &Held) -> Vec<usize> {
    let others = held.keys().map(String::as_str).filter(|word| !has(keys, word));
    let mut all: Vec<(&str, Option<usize>)> = others.map(|word| (word, None)).collect();
    all.extend(keys.iter().map(|&(key, list)| (key, Some(list))));
    if !held.is_empty() {
        all.sort_by(|left, right| compare(left.0, right.0));
    }
    let mut seen = 0;
    let mut place = |list: usize| {
        if list < seen {
            return seen - list + 1;
        }
        seen += 1;
        0
    };
    all.into_iter().map(|(_, list)| list.map_or(NO_KEY, &mut place)).collect()
}

fn has(keys: &[(&str, usize)], word: &str) -> bool {
    keys.binary_search_by(|(key, _)| compare(key, word)).is_ok()
}

/// The numbers that stand in one of the lists but not in the other, sorted; the first list may have doubles.
fn in_one_of(mut first: Vec<u32>, second: Vec<u32>) -> Vec<u32> {
    if first.is_empty() {
        return second;
    }
    first.sort_unstable();
    first.dedup();
    first.extend(second);
    first.sort_unstable();
    first.chunk_by(|left, right| left == right).filter(|same| same.len() == 1).map(|same| same[0]).collect()
}

/// Appends a number, seven bits a byte, lowest first.
#[inline]
pub(super) fn put(out: &mut Vec<u8>, mut number: usize) {
    while number >= 128 {
        out.push((number & 127) as u8 | 128);
        number >>= 7;
    }
    out.push(number as u8);
}

/// A shard as the query reads it.
#[derive(Debug, Default)]
pub(super) struct Shard {
    /// The keys with their lists, sorted as they were written.
    pub(super) keys: Vec<(String, usize)>,
    /// The first key of each list.
    pub(super) names: Vec<usize>,
    starts: Vec<usize>,
    postings: Vec<Posting>,
}

impl Shard {
    /// Reads a shard; `None` where the bytes are none.
    pub(super) fn decode(bytes: &[u8], held: &Held) -> Option<Self> {
        let mut reader = Reader { bytes, at: 0 };
        let (keys, letters, gaps) = (reader.number()?, reader.number()?, reader.number()?);
        let letters = std::str::from_utf8(reader.take(letters)?).ok()?;
        let mut words: Vec<String> = front::read(letters).chain(held.keys().cloned()).collect();
        if !held.is_empty() {
            words.sort_by(|left, right| compare(left, right));
        }
        let mut shard = Self::default();
        let mut holding: Vec<Vec<u32>> = Vec::new();
        let is_whole = words.len() == keys;
        for key in words {
            let list = match reader.number()? {
                NO_KEY => continue,
                0 => {
                    shard.names.push(shard.keys.len());
                    holding.push(Vec::new());
                    holding.len() - 1
                }
                back => (holding.len() + 1).checked_sub(back)?,
            };
            holding[list].extend(held.get(&key).into_iter().flatten());
            shard.keys.push((key, list));
        }
        let sizes: Vec<usize> = holding.iter().map(|_| reader.number()).collect::<Option<_>>()?;
        let is_whole = is_whole && sizes.iter().sum::<usize>() == gaps;
        let mut documents = Vec::new();
        for (size, holding) in sizes.into_iter().zip(holding) {
            let mut next = 0_u32;
            let mut said = Vec::new();
            for _ in 0..size {
                let document = next.checked_add(u32::try_from(reader.number()?).ok()?)?;
                said.push(document);
                next = document.checked_add(1)?;
            }
            shard.starts.push(documents.len());
            documents.extend(in_one_of(holding, said));
        }
        shard.starts.push(documents.len());
        let (impacts, parts) = (reader.take(documents.len())?, reader.take(documents.len())?);
        let columns = documents.into_iter().zip(impacts).zip(parts);
        shard.postings =
            columns.map(|((document, &impact), &part)| Posting::new(document, impact, part)).collect();
        (is_whole && reader.at == bytes.len()).then_some(shard)
    }

    /// The list that a key leads to.
    pub(super) fn find(&self, key: &str) -> Option<usize> {
        let at = self.keys.binary_search_by(|(other, _)| compare(other, key)).ok()?;
        Some(self.keys[at].1)
    }

    /// The postings of a list, sorted by document.
    pub(super) fn postings(&self, list: usize) -> &[Posting] {
        &self.postings[self.starts[list]..self.starts[list + 1]]
    }

    /// The first key of a list, which stands for the list in names of several words.
    pub(super) fn name(&self, list: usize) -> &str {
        &self.keys[self.names[list]].0
    }
}

/// The order of keys: by UTF-16 units, as JavaScript compares.
///
/// That is the order of bytes, but for characters beyond U+FFFF: their units come before those from U+E000 on.
pub(super) fn compare(left: &str, right: &str) -> Ordering {
    // The first units that differ tell, and most keys differ in their first sixteen bytes.
    let (left, right) = (left.as_bytes(), right.as_bytes());
    let differ = bytes::sixteen(left) ^ bytes::sixteen(right);
    let at = if differ == 0 {
        left.iter().zip(right).take_while(|(left, right)| left == right).count()
    } else {
        differ.trailing_zeros() as usize / 8
    };
    match (left.get(at), right.get(at)) {
        (Some(&left), Some(&right)) if left >= 0xEE && right >= 0xEE => {
            (left < 0xF0, left).cmp(&(right < 0xF0, right))
        }
        // Where one ends it is the first.
        (left, right) => left.cmp(&right),
    }
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            number |= usize::from(byte & 127) << shift;
            if byte < 128 {
                return Some(number);
            }
        }
        None
    }

    fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let taken = self.bytes.get(self.at..self.at.checked_add(count)?)?;
        self.at += count;
        Some(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shard_reads_as_it_was_written() {
        let entry = Posting::new;
        let lists =
            [vec![entry(0, 1, 0), entry(300, 31, 2)], vec![], vec![entry(7, 5, 14)], vec![entry(7, 1, 1)]];
        let lists: Vec<&[Posting]> = lists.iter().map(Vec::as_slice).collect();
        let keys =
            [("ankle", 0), ("elbow", 1), ("elbows", 0), ("knee", 2), ("ñandú", 1), ("ñu", 3), ("𠀀𠀁", 2)];
        // "ankle" is held where its list is and elsewhere, "elbow" though its list is empty, and "if" is no key.
        let held = [("ankle", vec![0, 1]), ("elbow", vec![2]), ("elbows", vec![0, 300]), ("if", vec![0, 7])];
        let held: Held = held.into_iter().map(|(word, documents)| (word.to_owned(), documents)).collect();
        for held in [held, Held::default()] {
            let shard = Shard::decode(&encode(&keys, &lists, &held), &held).unwrap();
            for (key, list) in keys {
                assert_eq!(shard.find(key), Some(list), "{key}");
                assert_eq!(shard.postings(list), lists[list]);
            }
            assert_eq!((shard.find("ñ"), shard.find("if"), shard.name(1)), (None, None, "elbow"));
        }
    }

    #[test]
    fn keys_are_compared_as_javascript_does() {
        let mut keys: Vec<String> =
            ["", "a", "b", "\0", "é", "ñu", "\u{d7ff}", "\u{e000}", "\u{ffff}", "𐀀", "𠀁"]
                .map(str::to_owned)
                .into();
        let beginnings = ["a", "an elbow and m", "an elbow and more than an elbow", "針灸針灸針", "𠀀𠀁𠀀"];
        keys.extend(
            beginnings
                .iter()
                .flat_map(|start| keys.iter().map(move |end| format!("{start}{end}")))
                .collect::<Vec<_>>(),
        );
        for left in &keys {
            for right in &keys {
                let expected = left.encode_utf16().cmp(right.encode_utf16());
                assert_eq!(compare(left, right), expected, "{left:?} {right:?}");
            }
        }
    }

    #[test]
    fn cut_shard_is_refused() {
        let postings = [Posting::new(200, 3, 0)];
        let bytes = encode(&[("elbow", 0)], &[&postings], &Held::default());
        for length in 0..bytes.len() {
            assert!(Shard::decode(&bytes[..length], &Held::default()).is_none(), "{length}");
        }
    }
}
