//! The manifest: what the client must know before it fetches anything. It is written into the module itself.

use std::num::NonZeroUsize;

use serde::{Deserialize, Serialize};

use super::language::Language;
use crate::bytes;

/// Where an index's files lie, by the hashes of their bytes.
///
/// Where one file holds everything, what is said of the others is left out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// The folder below `search/`, with a slash behind it, or empty.
    pub(super) folder: String,
    /// The number of documents.
    pub(super) count: usize,
    /// The hash of the one file that holds everything; empty where there are several.
    pub(super) one: String,
    /// The first letters and the hash of each shard.
    pub(super) shards: Vec<(String, String)>,
    /// The hash of the word list for each length; empty where no word has it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) words: Vec<String>,
    /// The hash of the file for filters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) filters: String,
    /// The folder of the texts, a hash over all of them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) texts: String,
    /// How many documents' texts a file holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) group: Option<NonZeroUsize>,
    /// Whether a document's parts are files of their own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) split: bool,
    /// Stop words, parted by spaces.
    pub(super) stop: String,
    /// Endings of inflected words, longest first, parted by `|`.
    pub(super) endings: String,
}

impl Manifest {
    pub(super) fn new(folder: &str, count: usize, language: &Language) -> Self {
        Self {
            folder: folder.to_owned(),
            count,
            stop: language.stop_words().join(" "),
            endings: language.endings().to_owned(),
            ..Self::default()
        }
    }
}

/// The hash of a file's bytes, in its name and looked at again by the client, in seven digits of base 36.
///
/// Steps of FNV-1a with 32 bits over words of four bytes, lowest first, each followed by a shift that brings high bits
/// down. Every step is one to one, so a change of up to four bytes in a row shows for certain in their word.
pub(super) fn check(bytes: &[u8]) -> String {
    let [check] = checks([bytes]);
    check
}

/// The hashes of several files' bytes. Each step waits for the one before, so files side by side take little longer
/// than one.
pub(super) fn checks<const FILES: usize>(files: [&[u8]; FILES]) -> [String; FILES] {
    let words = files.map(|bytes| bytes.as_chunks::<4>().0);
    let shared = words.iter().map(|words| words.len()).min().unwrap_or(0);
    let begun = words.map(|words| &words[..shared]);
    let mut hashes = files.map(|bytes| 0x811C_9DC5 ^ bytes.len() as u32);
    for at in 0..shared {
        for (hash, words) in hashes.iter_mut().zip(begun) {
            *hash = step(*hash, words[at]);
        }
    }
    std::array::from_fn(|file| {
        let whole = words[file][shared..].iter().fold(hashes[file], |hash, word| step(hash, *word));
        let rest = files[file].as_chunks::<4>().1;
        digits(if rest.is_empty() { whole } else { step(whole, bytes::first(rest)) })
    })
}

fn step(hash: u32, word: [u8; 4]) -> u32 {
    let mixed = (hash ^ u32::from_le_bytes(word)).wrapping_mul(0x0100_0193);
    mixed ^ mixed >> 15
}

/// A hash in seven digits of base 36.
fn digits(mut hash: u32) -> String {
    let mut digits = [b'0'; CHECK];
    for digit in digits.iter_mut().rev() {
        *digit = b"0123456789abcdefghijklmnopqrstuvwxyz"[(hash % 36) as usize];
        hash /= 36;
    }
    digits.iter().copied().map(char::from).collect()
}

/// The length of a check.
pub(super) const CHECK: usize = 7;

/// One file from the texts, which are JSON, and a shard: a zero byte between them.
pub(super) fn join(texts: &[u8], shard: &[u8]) -> Vec<u8> {
    [texts, &[0], shard].concat()
}

/// The texts and the shard of one file.
pub(super) fn part_of(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.iter().position(|byte| *byte == 0)?;
    Some((&bytes[..end], &bytes[end + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_side_by_side_have_the_checks_that_they_have_alone() {
        let text: Vec<u8> = (0..=255).collect();
        for (left, right) in [(0, 0), (0, 9), (3, 4), (5, 200), (64, 61)] {
            let files = [&text[..left], &text[256 - right..]];
            assert_eq!(checks(files), files.map(check), "{left} {right}");
        }
        assert_eq!(check(b"needle"), checks([b"needle", b"", b"pin"])[0]);
    }
}
