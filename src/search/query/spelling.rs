//! Misspelt words: which words of the index are one or two edits away.

use super::files::{Error, Index};
use crate::search::edits::{edits, most_edits};
use crate::search::{shard, wordlist};

/// The weight of a word that is one edit away, and two; the second and third best count half and a quarter.
pub(super) fn weight(edits: usize) -> f64 {
    if edits > 1 { 0.7 } else { 0.9 }
}

/// The words nearest to one that stands nowhere, at most three, all as many edits away; best first.
///
/// Two edits lie behind the first letter, and count where no word is one away. Words with the same first letter come
/// first, stop words last, then common ones first.
pub(super) fn nearest(index: &Index, word: &str) -> Result<Vec<(String, usize)>, Error> {
    let letters: Vec<u16> = word.encode_utf16().collect();
    let most = most_edits(letters.len());
    if most == 0 {
        return Ok(Vec::new());
    }
    let mut found: Vec<(usize, bool, bool, u8, String)> = Vec::new();
    let last = (letters.len() + most).min(wordlist::LONGEST);
    for length in (letters.len() - most).min(last)..=last {
        for (other, level) in index.words(length)?.iter() {
            let other_letters: Vec<u16> = other.encode_utf16().collect();
            // Three letters with another in the place of one are too little to tell: "ACL", "all".
            if other_letters.len().abs_diff(letters.len()) > most
                || letters.len().max(other_letters.len()) < 4
            {
                continue;
            }
            let edits = edits(&letters, &other_letters);
            // Hardly anyone makes two mistakes and one of them in the first letter.
            if edits < 2 || (edits <= most && other_letters[0] == letters[0]) {
                let is_stop_word = index.is_stop_word(other);
                found.push((edits, other_letters[0] != letters[0], is_stop_word, 31 - level, other.clone()));
            }
        }
    }
    let least = found.iter().map(|one| one.0).min();
    found.retain(|one| Some(one.0) == least);
    found.sort_by(|l, r| {
        (l.0, l.1, l.2, l.3).cmp(&(r.0, r.1, r.2, r.3)).then_with(|| shard::compare(&l.4, &r.4))
    });
    Ok(found.into_iter().take(3).map(|(edits, .., word)| (word, edits)).collect())
}
