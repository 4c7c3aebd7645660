//! A to Z: the letter under which a name stands.

use unicode_normalization::UnicodeNormalization;

use super::context::Letter;

/// The letter under which a name stands, accents left off: "É" stands under "E"; `#` where no letter or digit begins it.
pub(super) fn initial(name: &str) -> String {
    let Some(first) = name.chars().find(|c| c.is_alphanumeric()) else { return "#".to_owned() };
    let bare = first.to_string().nfkd().find(|c| c.is_alphanumeric()).unwrap_or(first);
    if bare.is_numeric() {
        return "#".to_owned();
    }
    let mut upper = bare.to_uppercase();
    // A letter such as "ß" has two capitals and is left as it is.
    match (upper.next(), upper.next()) {
        (Some(capital), None) => capital.to_string(),
        _ => bare.to_string(),
    }
}

/// The anchor of a letter's group: `a`; `other` for `#`.
pub(super) fn anchor(letter: &str) -> String {
    if letter == "#" { "other".to_owned() } else { letter.to_lowercase() }
}

/// What names are sorted by: accents and case left off.
pub(super) fn sort_key(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    let is_mark = |c: &char| !unicode_normalization::char::is_combining_mark(*c);
    name.nfkd().filter(is_mark).flat_map(char::to_lowercase).collect()
}

/// All letters: A to Z where one of them is used, and any others that are; `url` is asked for those in use.
pub(super) fn row(used: &[String], url: impl Fn(&str) -> String) -> Vec<Letter> {
    let latin = used.iter().any(|letter| letter.len() == 1 && letter.as_bytes()[0].is_ascii_uppercase());
    let mut letters: Vec<String> = used.to_vec();
    if latin {
        letters.extend(('A'..='Z').map(String::from));
    }
    letters.sort_by(|a, b| (a == "#").cmp(&(b == "#")).then_with(|| a.cmp(b)));
    letters.dedup();
    let letter = |letter: String| {
        let url = used.contains(&letter).then(|| url(&letter));
        Letter { letter, url }
    };
    letters.into_iter().map(letter).collect()
}

/// Things under their letters, both sorted.
pub(super) fn grouped<T>(items: Vec<T>, name: impl Fn(&T) -> &str) -> Vec<(String, Vec<T>)> {
    let mut keyed: Vec<(String, String, T)> =
        items.into_iter().map(|item| (initial(name(&item)), sort_key(name(&item)), item)).collect();
    keyed.sort_by(|a, b| (a.0 == "#", &a.0, &a.1).cmp(&(b.0 == "#", &b.0, &b.1)));
    let mut groups: Vec<(String, Vec<T>)> = Vec::new();
    for (letter, _, item) in keyed {
        match groups.last_mut() {
            Some((last, items)) if *last == letter => items.push(item),
            _ => groups.push((letter, vec![item])),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_under_its_letter_whatever_its_accents_and_quotes() {
        for (name, letter) in [
            ("neck pain", "N"),
            ("Épicondylite", "E"),
            ("“Frozen” shoulder", "F"),
            ("Ñandú", "N"),
            ("3-day soreness", "#"),
            ("боль", "Б"),
            ("腰痛", "腰"),
            ("ßx", "ß"),
            ("—", "#"),
            ("ﬁbromyalgia", "F"),
        ] {
            assert_eq!(initial(name), letter, "{name}");
        }
    }

    #[test]
    fn letters_without_names_are_no_links() {
        let row = row(&["B".to_owned(), "#".to_owned()], |letter| format!("#{}", anchor(letter)));
        assert_eq!(row.len(), 27);
        assert_eq!((row[0].url.as_deref(), row[1].url.as_deref()), (None, Some("#b")));
        assert_eq!(row[26].url.as_deref(), Some("#other"));
    }

    #[test]
    fn names_are_sorted_without_case_and_accents() {
        let groups = grouped(vec!["Zoster", "élan", "Elbow", "ear"], |name| name);
        assert_eq!(
            groups,
            [("E".to_owned(), vec!["ear", "élan", "Elbow"]), ("Z".to_owned(), vec!["Zoster"]),]
        );
    }
}
