//! Misspelt words: which words of the index are one or two edits away.

use super::files::{Error, Index};
use crate::search::{shard, wordlist};

/// The weight of a word that is one edit away, and two; the second and third best count half and a quarter.
pub(super) fn weight(edits: usize) -> f64 {
    if edits > 1 { 0.7 } else { 0.9 }
}

/// The words nearest to one that stands nowhere, at most three, all as many edits away; best first.
///
/// Up to two letters none, up to five one edit, then two behind the first letter where none is one away. Words with the same first letter
/// come first, then common ones.
pub(super) fn nearest(index: &Index, word: &str) -> Result<Vec<(String, usize)>, Error> {
    let letters: Vec<u16> = word.encode_utf16().collect();
    let most = match letters.len() {
        0..=2 => return Ok(Vec::new()),
        3..=5 => 1,
        _ => 2,
    };
    let mut found: Vec<(usize, bool, u8, String)> = Vec::new();
    let last = (letters.len() + most).min(wordlist::LONGEST);
    for length in (letters.len() - most).min(last)..=last {
        for (other, level) in index.words(length)?.iter() {
            let other_letters: Vec<u16> = other.encode_utf16().collect();
            if other_letters.len().abs_diff(letters.len()) > most {
                continue;
            }
            let edits = edits(&letters, &other_letters);
            // Hardly anyone makes two mistakes and one of them in the first letter.
            if edits < 2 || (edits <= most && other_letters[0] == letters[0]) {
                found.push((edits, other_letters[0] != letters[0], 31 - level, other.clone()));
            }
        }
    }
    let least = found.iter().map(|one| one.0).min();
    found.retain(|one| Some(one.0) == least);
    found.sort_by(|l, r| (l.0, l.1, l.2).cmp(&(r.0, r.1, r.2)).then_with(|| shard::compare(&l.3, &r.3)));
    Ok(found.into_iter().take(3).map(|(edits, _, _, word)| (word, edits)).collect())
}

/// The number of letters to insert, drop, change or swap with the next to make one word from the other; 3 for three
/// and more (optimal string alignment).
pub(in crate::search) fn edits<T: PartialEq>(left: &[T], right: &[T]) -> usize {
    // What both begin or end with costs nothing.
    let head = left.iter().zip(right).take_while(|(l, r)| l == r).count();
    let (left, right) = (&left[head..], &right[head..]);
    let tail = left.iter().rev().zip(right.iter().rev()).take_while(|(l, r)| l == r).count();
    let (left, right) = (&left[..left.len() - tail], &right[..right.len() - tail]);
    let mut older = vec![0; right.len() + 1];
    let mut old: Vec<usize> = (0..=right.len()).collect();
    let mut row = vec![0; right.len() + 1];
    for i in 1..=left.len() {
        row[0] = i;
        let mut least = i;
        for j in 1..=right.len() {
            let same = left[i - 1] == right[j - 1];
            let mut cost = (old[j] + 1).min(row[j - 1] + 1).min(old[j - 1] + usize::from(!same));
            if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] {
                cost = cost.min(older[j - 2] + 1);
            }
            row[j] = cost;
            least = least.min(cost);
        }
        if least > 2 {
            return 3;
        }
        std::mem::swap(&mut older, &mut old);
        std::mem::swap(&mut old, &mut row);
    }
    old[right.len()].min(3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_count_swapped_letters_once() {
        let count = |left: &str, right: &str| {
            edits(&left.encode_utf16().collect::<Vec<_>>(), &right.encode_utf16().collect::<Vec<_>>())
        };
        for (left, right, expected) in [
            ("carpel", "carpal", 1),
            ("sholder", "shoulder", 1),
            ("neelde", "needle", 1),
            ("neck", "kneck", 1),
            ("accupunture", "acupuncture", 2),
            ("pain", "spine", 3),
            ("", "abc", 3),
        ] {
            assert_eq!((count(left, right), count(right, left)), (expected, expected), "{left} {right}");
        }
    }
}
