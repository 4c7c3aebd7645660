//! A shard of the term dictionary with its lists: how it is written, and how it is read again.
//!
//! ```text
//! keys lists letters             three numbers
//! prefix[keys] suffix[keys]      UTF-16 units shared with the key before; units that follow
//! list[keys]                     0: the next new list; n: the nth list back
//! letters                        all suffixes in UTF-8
//! found[lists]                   lengths of the lists
//! gap[…] impact[…] part[…]       the lists one after another, each column for itself; the last two are bytes
//! ```
//!
//! Numbers are little-endian base 128. Columns of one kind stay together because compression likes it.

use super::weigh::Posting;

/// Where a document stands in a list, with what it counts there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) document: u32,
    pub(super) impact: u8,
    pub(super) part: u8,
}

impl Entry {
    pub(super) fn new(document: u32, posting: Posting) -> Self {
        Self { document, impact: posting.impact, part: posting.part }
    }
}

/// Writes a shard from sorted keys, each with the number of its list among `lists`.
pub(super) fn encode(keys: &[(&str, usize)], lists: &[&[Entry]]) -> Vec<u8> {
    let (mut prefixes, mut suffixes, mut back, mut letters) =
        (Vec::new(), Vec::new(), Vec::new(), String::new());
    let mut before = "";
    let mut seen = 0;
    for &(key, list) in keys {
        let shared: usize =
            before.chars().zip(key.chars()).take_while(|(l, r)| l == r).map(|(c, _)| c.len_utf8()).sum();
        put(&mut prefixes, units(&key[..shared]));
        put(&mut suffixes, units(&key[shared..]));
        letters.push_str(&key[shared..]);
        put(&mut back, seen - list);
        seen += usize::from(list == seen);
        before = key;
    }
    let mut out = Vec::new();
    put(&mut out, keys.len());
    put(&mut out, lists.len());
    put(&mut out, letters.len());
    for column in [&prefixes, &suffixes, &back, letters.as_bytes()] {
        out.extend_from_slice(column);
    }
    for list in lists {
        put(&mut out, list.len());
    }
    for list in lists {
        let mut next = 0;
        for entry in *list {
            put(&mut out, (entry.document - next) as usize);
            next = entry.document + 1;
        }
    }
    out.extend(lists.iter().flat_map(|list| list.iter()).map(|entry| entry.impact));
    out.extend(lists.iter().flat_map(|list| list.iter()).map(|entry| entry.part));
    out
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
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
    entries: Vec<Entry>,
}

impl Shard {
    /// Reads a shard; `None` where the bytes are none.
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader { bytes, at: 0 };
        let (keys, lists, letters) = (reader.number()?, reader.number()?, reader.number()?);
        let numbers = |reader: &mut Reader, count: usize| -> Option<Vec<usize>> {
            (0..count).map(|_| reader.number()).collect()
        };
        let prefixes = numbers(&mut reader, keys)?;
        let suffixes = numbers(&mut reader, keys)?;
        let back = numbers(&mut reader, keys)?;
        let mut letters = std::str::from_utf8(reader.take(letters)?).ok()?.chars();
        let mut shard = Self::default();
        let mut key = String::new();
        for at in 0..keys {
            let kept = length_of_units(&key, prefixes[at])?;
            key.truncate(kept);
            let mut missing = suffixes[at];
            while missing > 0 {
                let c = letters.next()?;
                key.push(c);
                missing = missing.checked_sub(c.len_utf16())?;
            }
            let list = shard.names.len().checked_sub(back[at])?;
            if back[at] == 0 {
                shard.names.push(at);
            }
            shard.keys.push((key.clone(), list));
        }
        let lengths = numbers(&mut reader, lists)?;
        for length in lengths {
            shard.starts.push(shard.entries.len());
            let mut next = 0;
            for _ in 0..length {
                let document = next + u32::try_from(reader.number()?).ok()?;
                shard.entries.push(Entry { document, impact: 0, part: 0 });
                next = document + 1;
            }
        }
        shard.starts.push(shard.entries.len());
        let count = shard.entries.len();
        for (entry, &impact) in shard.entries.iter_mut().zip(reader.take(count)?) {
            entry.impact = impact;
        }
        for (entry, &part) in shard.entries.iter_mut().zip(reader.take(count)?) {
            entry.part = part;
        }
        (reader.at == bytes.len() && shard.names.len() == lists).then_some(shard)
    }

    /// The list that a key leads to.
    pub(super) fn find(&self, key: &str) -> Option<usize> {
        let at = self.keys.binary_search_by(|(other, _)| compare(other, key)).ok()?;
        Some(self.keys[at].1)
    }

    /// The entries of a list, sorted by document.
    pub(super) fn entries(&self, list: usize) -> &[Entry] {
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

fn length_of_units(text: &str, units: usize) -> Option<usize> {
    let mut left = units;
    for (at, c) in text.char_indices() {
        if left == 0 {
            return Some(at);
        }
        left = left.checked_sub(c.len_utf16())?;
    }
    (left == 0).then_some(text.len())
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
        let entry = |document, impact, part| Entry { document, impact, part };
        let lists = [vec![entry(0, 1, 0), entry(300, 31, 2)], vec![], vec![entry(7, 5, 14)]];
        let lists: Vec<&[Entry]> = lists.iter().map(Vec::as_slice).collect();
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
        let entries = [Entry { document: 200, impact: 3, part: 0 }];
        let bytes = encode(&[("elbow", 0)], &[&entries]);
        for length in 0..bytes.len() {
            assert!(Shard::decode(&bytes[..length]).is_none(), "{length}");
        }
    }
}
