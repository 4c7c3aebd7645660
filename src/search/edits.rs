//! How far apart two words are, and how far a misspelt one may be from what was meant.

/// The most edits between a misspelt word of so many letters and the word that it may stand for: none up to two letters,
/// one up to five, then two.
pub(super) fn most_edits(letters: usize) -> usize {
    match letters {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    }
}

/// The number of letters to insert, drop, change or swap with the next to make one word from the other; 3 for three
/// and more (optimal string alignment).
pub(super) fn edits<T: PartialEq>(left: &[T], right: &[T]) -> usize {
    // What both begin or end with costs nothing.
    let head = left.iter().zip(right).take_while(|(l, r)| l == r).count();
    let (left, right) = (&left[head..], &right[head..]);
    let tail = left.iter().rev().zip(right.iter().rev()).take_while(|(l, r)| l == r).count();
    let (left, right) = (&left[..left.len() - tail], &right[..right.len() - tail]);
    if left.len().abs_diff(right.len()) > 2 {
        return 3;
    }
    // Rows of words, which are asked for by the thousand, need no memory of their own.
    let width = right.len() + 1;
    let (mut short, mut long) = ([0; 3 * 24], Vec::new());
    let rows = if 3 * width <= short.len() {
        &mut short[..3 * width]
    } else {
        long.resize(3 * width, 0);
        &mut long[..]
    };
    let (mut older, rest) = rows.split_at_mut(width);
    let (mut old, mut row) = rest.split_at_mut(width);
    old.iter_mut().enumerate().for_each(|(at, cost)| *cost = at);
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
