//! The nearest known name to one that was mistyped.

/// The known name with the fewest edits to `typed`, where there are few enough to be a slip.
///
/// Distance is optimal string alignment over characters, ignoring case; at most a third of the longer name may
/// differ. Among equals the first in alphabetical order wins.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed: Vec<char> = typed.to_lowercase().chars().collect();
    let mut best: Option<(usize, &str)> = None;
    for name in known {
        let letters: Vec<char> = name.to_lowercase().chars().collect();
        let limit = typed.len().max(letters.len()).div_ceil(3).min(4);
        if typed.len().abs_diff(letters.len()) > limit {
            continue;
        }
        let distance = distance(&typed, &letters);
        if distance <= limit && best.is_none_or(|best| (distance, name) < best) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

/// The nearest known name as a help; none where none is near.
pub fn did_you_mean<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(typed, known).map(|name| format!("did you mean `{name}`?"))
}

/// The same for names of which there are few: where none is near, all are told.
pub fn did_you_mean_of_few(typed: &str, known: &[&str]) -> String {
    did_you_mean(typed, known.iter().copied()).unwrap_or_else(|| {
        let all: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
        format!("known are {}", all.join(", "))
    })
}

fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let change = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + change);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_found_and_another_word_is_not() {
        let known = ["title", "description", "reviewed", "reviewer"];
        assert_eq!(nearest("tilte", known), Some("title"));
        assert_eq!(nearest("descripton", known), Some("description"));
        assert_eq!(nearest("REVIEWD", known), Some("reviewed"));
        assert_eq!(nearest("colour", known), None);
    }
}
