//! Syllables of an English word: a list of exceptions, then rules over its letters.
//!
//! No dictionary knows the words of this field (health.md, section 5.3: CMUdict lacks `soreness`, `myofascial` and
//! `bursitis`; hyphenation gives `patellofemoral` one syllable), and the method alone moves a grade by two. So the
//! words of the field stand in `syllables.txt`, and rules count the rest. A site's glossary adds its own.

use std::collections::HashMap;
use std::sync::OnceLock;

/// The syllables of a word; parts joined by a hyphen are added up, and a figure counts as one.
///
/// At least 1 for anything that holds a letter or digit, 0 for anything else.
pub fn syllables(word: &str) -> usize {
    if !word.chars().any(char::is_alphabetic) {
        return usize::from(word.chars().any(char::is_numeric));
    }
    let mut total = 0;
    let mut letters = Letters::new();
    for c in word.chars() {
        match fold(c) {
            Some(letter) => letters.push(letter),
            None if c == '\'' || c == '’' => {}
            None if c.is_numeric() => letters.has_digit = true,
            // A letter of another script: the rules know nothing of it, so each run counts as one syllable.
            None if c.is_alphabetic() => letters.has_digit = true,
            None => {
                total += letters.syllables();
                letters = Letters::new();
            }
        }
    }
    total + letters.syllables()
}

/// The plain Latin letter in lower case that a letter is read as.
fn fold(c: char) -> Option<u8> {
    match c {
        'a'..='z' => Some(c as u8),
        'A'..='Z' => Some(c.to_ascii_lowercase() as u8),
        'à'..='å' | 'À'..='Å' | 'æ' | 'Æ' => Some(b'a'),
        'è'..='ë' | 'È'..='Ë' => Some(b'e'),
        'ì'..='ï' | 'Ì'..='Ï' => Some(b'i'),
        'ò'..='ö' | 'Ò'..='Ö' | 'ø' | 'Ø' | 'œ' => Some(b'o'),
        'ù'..='ü' | 'Ù'..='Ü' => Some(b'u'),
        'ç' | 'Ç' => Some(b's'),
        'ñ' | 'Ñ' => Some(b'n'),
        _ => None,
    }
}

/// The letters of one part of a word; what lies behind the 48th counts by the rules' measure of letters alone.
struct Letters {
    bytes: [u8; 48],
    len: usize,
    has_digit: bool,
}

impl Letters {
    fn new() -> Self {
        Self { bytes: [0; 48], len: 0, has_digit: false }
    }

    fn push(&mut self, letter: u8) {
        if self.len < self.bytes.len() {
            self.bytes[self.len] = letter;
            self.len += 1;
        }
    }

    fn syllables(&self) -> usize {
        let word = &self.bytes[..self.len];
        match word {
            [] => usize::from(self.has_digit),
            [_] | [_, _] => 1,
            _ => listed(word).unwrap_or_else(|| counted(word)),
        }
    }
}

fn exceptions() -> &'static HashMap<&'static [u8], u8> {
    static EXCEPTIONS: OnceLock<HashMap<&'static [u8], u8>> = OnceLock::new();
    EXCEPTIONS.get_or_init(|| {
        let mut all = HashMap::new();
        let mut count = 0;
        for word in include_str!("syllables.txt").lines().filter(|line| !line.starts_with('#')) {
            for word in word.split_ascii_whitespace() {
                match word.parse() {
                    Ok(number) => count = number,
                    Err(_) => {
                        all.insert(word.as_bytes(), count);
                    }
                }
            }
        }
        all
    })
}

/// The count of a listed word, or of its plural or possessive.
fn listed(word: &[u8]) -> Option<usize> {
    let known = exceptions();
    if let Some(&count) = known.get(word) {
        return Some(usize::from(count));
    }
    let singular = word.strip_suffix(b"s")?;
    let count = usize::from(*known.get(singular)?);
    let hisses = matches!(singular, [.., b's' | b'x' | b'z'] | [.., b'c' | b'g' | b's', b'e']);
    Some(count + usize::from(hisses))
}

/// Endings that stand on their own after a silent `e`: `care|ful`, `move|ment`.
const ENDINGS: [&[u8]; 9] =
    [b"fully", b"lessly", b"lessness", b"fulness", b"ments", b"ment", b"less", b"ness", b"ful"];

fn counted(word: &[u8]) -> usize {
    for ending in ENDINGS {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.len() >= 3
            && stem.iter().any(|&letter| is_vowel(letter))
        {
            let stem = match stem {
                [head @ .., b'i'] if head.len() > 1 => &[head, b"y"].concat(),
                stem => stem,
            };
            return whole(stem) + vowel_groups(ending);
        }
    }
    if let Some(stem) = word.strip_suffix(b"ly")
        && stem.len() >= 3
        && stem.ends_with(b"e")
    {
        return whole(stem) + 1;
    }
    whole(word)
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

fn vowel_groups(word: &[u8]) -> usize {
    let mut count = 0;
    let mut inside = false;
    for (at, &letter) in word.iter().enumerate() {
        let vowel = is_vowel(letter) && !is_glide(word, at);
        count += usize::from(vowel && !inside);
        inside = vowel;
    }
    count
}

/// Whether a vowel letter is spoken as a consonant: `u` after `q`, `y` at the start or between vowels (not in `eye`).
fn is_glide(word: &[u8], at: usize) -> bool {
    match word[at] {
        b'u' => at > 0 && word[at - 1] == b'q',
        b'y' if at == 0 => true,
        b'y' if is_vowel(word[at - 1]) => match &word[at + 1..] {
            [] | [b'e', b'd' | b's'] => false,
            [b'e', ..] => word[at - 1] != b'e',
            [next, ..] => is_vowel(*next),
        },
        _ => false,
    }
}

fn whole(word: &[u8]) -> usize {
    let groups = vowel_groups(word) + split_groups(word) + quiet_consonants(word);
    groups.saturating_sub(silent_endings(word, groups)).max(1)
}

/// Vowels that stand side by side and are spoken apart: `bi-opsy`, `cre-ate`, `flu-id`.
fn split_groups(word: &[u8]) -> usize {
    let mut extra = usize::from([&b"coor"[..], b"cooper"].iter().any(|start| word.starts_with(start)));
    for at in 1..word.len() {
        let before = if at >= 2 { word[at - 2] } else { b' ' };
        extra += usize::from(is_split(word, before, word[at - 1], &word[at..]));
    }
    extra
}

/// Whether a syllable ends between the vowel `first` and the rest of the word, which starts with a vowel.
fn is_split(word: &[u8], before: u8, first: u8, rest: &[u8]) -> bool {
    let starts = |with: &str| rest.starts_with(with.as_bytes());
    let soft = matches!(before, b't' | b's' | b'c' | b'g' | b'x');
    match (first, rest[0]) {
        // In `special`, `patient` and `motion` the `i` only softens the letter before it.
        (b'i', b'a') => !soft || rest == b"a" && before == b'c' || starts("ate") || starts("ati"),
        (b'i', b'o') => {
            !(soft || rest == b"on" && matches!(before, b'l' | b'n')) || rest == b"o" || rest == b"os"
        }
        (b'i', b'u') => before != b'g',
        (b'i', b'e') => {
            let ends = matches!(rest, b"er" | b"ers" | b"est");
            starts("en") && !soft
                || starts("ety")
                || starts("et") && before != b' '
                || ends && before != b'h' && word.len() > 5
        }
        (b'e', b'o') => !starts("ou") && !matches!(before, b'g' | b'p') || word.starts_with(b"geo"),
        (b'e', b'a') => {
            matches!(rest, b"a" | b"as")
                || before == b'r'
                    && (word.starts_with(b"crea")
                        || word.starts_with(b"recrea")
                        || word.starts_with(b"reac") && word.get(4) == Some(&b't'))
        }
        (b'e', b'i') => rest == b"ing" || starts("ity") || word.starts_with(b"reinf"),
        (b'e', b'u') => rest == b"um" || word.starts_with(b"reus"),
        (b'u', b'a') => !matches!(before, b'q' | b'g' | b's') || starts("al") && before == b's',
        (b'u', b'o') => before != b'q',
        (b'u', b'i') => rest == b"ing" || starts("ity") || starts("id") && before == b'l',
        (b'u', b'e') => starts("en") && before != b'q',
        (b'o' | b'a', b'i') => rest == b"ing",
        (b'o', b'e') => starts("em"),
        (b'a', b'o') => true,
        (b'y', b'i' | b'a' | b'o') => before != b' ' && !is_vowel(before),
        _ => false,
    }
}

/// Syllables without a vowel letter of their own: `prism`, `rhythm`, `couldn't`.
fn quiet_consonants(word: &[u8]) -> usize {
    let ends = [&b"sm"[..], b"thm", b"sms", b"thms", b"dnt", b"snt"];
    usize::from(ends.iter().any(|end| word.ends_with(end)))
}

/// Written vowels at the end that are not spoken: `pulse`, `eased`, `league`, `physically`.
fn silent_endings(word: &[u8], groups: usize) -> usize {
    if groups < 2 {
        return 0;
    }
    let silent = match word {
        [.., b'q' | b'g', b'u', b'e'] | [.., b'q' | b'g', b'u', b'e', b's' | b'd'] => true,
        [.., b'i', b'c', b'a', b'l', b'l', b'y'] => true,
        [.., a, b'l', b'e'] => is_vowel(*a),
        [.., a, b'e'] => !is_vowel(*a),
        [.., a, b'l', b'e', b'd'] => is_vowel(*a) || matches!(a, b'l' | b'r'),
        [.., a, b'l', b'e', b's'] => is_vowel(*a),
        [.., a, b'e', b'd'] => !is_vowel(*a) && !matches!(a, b't' | b'd'),
        [.., b'c' | b's', b'h', b'e', b's'] => false,
        [.., a, b'e', b's'] => !is_vowel(*a) && !matches!(a, b's' | b'x' | b'z' | b'c' | b'g'),
        _ => false,
    };
    usize::from(silent)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(expected: usize, words: &str) {
        for word in words.split_whitespace() {
            assert_eq!(syllables(word), expected, "{word}");
        }
    }

    #[test]
    fn plain_words_are_counted_by_rule() {
        check(
            1,
            "ache pain nerve pulse eased helped moved bruise health strength the I 24 1.5 knees called friend played",
        );
        check(2, "needle muscle needles going doing couldn't prism movement ankle tissues layer");
        check(3, "therapist exercise various area medicine reduces suddenly tenderly layering");
        check(4, "experience comparison geometry material usually coordinate");
    }

    #[test]
    fn words_of_the_field_are_listed() {
        check(2, "soreness");
        check(3, "bursitis");
        check(4, "tendonitis fasciitis acupuncture");
        check(5, "myofascial monofilament");
        check(6, "patellofemoral fibromyalgia musculoskeletal");
        check(7, "temporomandibular");
    }

    #[test]
    fn odd_input_has_a_count() {
        check(0, "- … '' —");
        check(1, "日本 Ω 911 e");
        assert!(syllables(&"a".repeat(10_000)) >= 1);
        assert_eq!(syllables("well-being"), 3);
        assert_eq!(syllables("naïve"), syllables("naive"));
    }
}
