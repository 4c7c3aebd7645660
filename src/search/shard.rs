//! A shard of the term dictionary with its lists: how it is written, and how it is read again.
//!
//! ```text
//! keys letters entries           three numbers: of keys, of bytes, of entries
//! letters                        the keys one after another, front-coded as in `front.rs`
//! list[keys]                     twice 0 for the next new list, twice n for the nth list back; 1 more: it is empty
//! gap[entries]                   of documents, each list from 0
//! impact[entries]                bytes; the last of a list has [`LAST`] added
//! part[entries]                  bytes
//! ```
//!
//! Numbers are little-endian base 128. Columns of one kind stay together because compression likes it.

use super::front::{self, Front};
use super::posting::Posting;

/// What the last entry of a list has on top of its impact, which takes the five bits below.
const LAST: u8 = 32;

/// Writes a shard from sorted keys, each with the number of its list among `lists`; lists are numbered by their first
/// keys.
pub(super) fn encode(keys: &[(&str, usize)], lists: &[&[Posting]]) -> Vec<u8> {
    let (mut letters, mut places) = (Front::default(), Vec::new());
    let mut seen = 0;
    for &(key, list) in keys {
        letters.push(key, "");
        put(&mut places, 2 * (seen - list) + usize::from(lists[list].is_empty()));
        seen += usize::from(list == seen);
    }
    let letters = letters.text;
    let entries = lists.iter().map(|list| list.len()).sum();
    let mut out = Vec::with_capacity(letters.len() + places.len() + 4 * entries);
    put(&mut out, keys.len());
    put(&mut out, letters.len());
    put(&mut out, entries);
    out.extend_from_slice(letters.as_bytes());
    out.extend_from_slice(&places);
    for list in lists {
        let mut next = 0;
        for entry in *list {
            put(&mut out, (entry.number() - next) as usize);
            next = entry.number() + 1;
        }
    }
    for (last, before) in lists.iter().filter_map(|list| list.split_last()) {
        out.extend(before.iter().map(|entry| entry.impact()));
        out.push(last.impact() | LAST);
    }
    out.extend(lists.iter().flat_map(|list| list.iter()).map(|entry| entry.part()));
    out
}

/// Appends a number, seven bits a byte, lowest first.
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
    entries: Vec<Posting>,
}

impl Shard {
    /// Reads a shard; `None` where the bytes are none.
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader { bytes, at: 0 };
        let (keys, letters, entries) = (reader.number()?, reader.number()?, reader.number()?);
        let letters = std::str::from_utf8(reader.take(letters)?).ok()?;
        let mut shard = Self::default();
        let mut empty = Vec::new();
        for key in front::read(letters) {
            let place = reader.number()?;
            let list = shard.names.len().checked_sub(place / 2)?;
            if list == shard.names.len() {
                shard.names.push(shard.keys.len());
                empty.push(place % 2 == 1);
            }
            shard.keys.push((key, list));
        }
        let gaps: Vec<usize> = (0..entries).map(|_| reader.number()).collect::<Option<_>>()?;
        let (impacts, parts) = (reader.take(entries)?, reader.take(entries)?);
        let mut columns = gaps.into_iter().zip(impacts).zip(parts);
        for is_empty in empty {
            shard.starts.push(shard.entries.len());
            let mut next = 0;
            let mut is_last = is_empty;
            while !is_last {
                let ((gap, &impact), &part) = columns.next()?;
                let document = u32::try_from(gap).ok().and_then(|gap| gap.checked_add(next))?;
                shard.entries.push(Posting::new(document, impact & !LAST, part));
                next = document.checked_add(1)?;
                is_last = impact & LAST > 0;
            }
        }
        shard.starts.push(shard.entries.len());
        let is_whole = reader.at == bytes.len() && columns.next().is_none() && shard.keys.len() == keys;
        is_whole.then_some(shard)
    }

    /// The list that a key leads to.
    pub(super) fn find(&self, key: &str) -> Option<usize> {
        let at = self.keys.binary_search_by(|(other, _)| compare(other, key)).ok()?;
        Some(self.keys[at].1)
    }

    /// The entries of a list, sorted by document.
    pub(super) fn entries(&self, list: usize) -> &[Posting] {
        &self.entries[self.starts[list]..self.starts[list + 1]]
    }

    /// The first key of a list, which stands for the list in names of several words.
    pub(super) fn name(&self, list: usize) -> &str {
        &self.keys[self.names[list]].0
    }
}

/// The order of keys: by UTF-16 units, as JavaScript compares.
pub(super) fn compare(left: &str, right: &str) -> std::cmp::Ordering {
    if left.is_ascii() && right.is_ascii() {
        left.cmp(right)
    } else {
        left.encode_utf16().cmp(right.encode_utf16())
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
        let lists =
            [vec![Posting::new(0, 1, 0), Posting::new(300, 31, 2)], vec![], vec![Posting::new(7, 5, 14)]];
        let lists: Vec<&[Posting]> = lists.iter().map(Vec::as_slice).collect();
        let keys = [("ñandú", 0), ("ñandúes", 0), ("ñu", 1), ("針", 2), ("針灸", 0), ("𠀀𠀁", 2)];
        let shard = Shard::decode(&encode(&keys, &lists)).unwrap();
        for (key, list) in keys {
            assert_eq!(shard.find(key), Some(list), "{key}");
            assert_eq!(shard.entries(list), lists[list]);
        }
        assert_eq!((shard.find("ñ"), shard.name(0)), (None, "ñandú"));
    }

    #[test]
    fn cut_shard_is_refused() {
        let entries = [Posting::new(200, 3, 0)];
        let bytes = encode(&[("elbow", 0)], &[&entries]);
        for length in 0..bytes.len() {
            assert!(Shard::decode(&bytes[..length]).is_none(), "{length}");
        }
    }
}
