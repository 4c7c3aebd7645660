//! The small language in which a rule says what it looks for.
//!
//! A pattern is a run of words parted by spaces; in the text a hyphen may stand for a space. Case does not matter.
//!
//! | written | meaning |
//! | --- | --- |
//! | `cure` | that word |
//! | `cure\|heal` | one of these words |
//! | `eliminat*` | any word that starts so |
//! | `?fully` | the word, or nothing |
//! | `...` | up to three words of the same sentence |
//! | `#` | a number in digits or words, or a range such as `1 to 3` or `1-3` |
//! | `$#` | an amount of dollars |
//!
//! One word of a pattern is its anchor: the search finds the anchors of all rules in one pass, and only there looks
//! at the words around.

use std::ops::Range;

/// A pattern, ready to be matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    tokens: Vec<Token>,
    anchor: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Words { forms: Vec<Form>, optional: bool },
    Number,
    Money,
    Gap,
}

/// One way in which a word may be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Form {
    /// In lower case.
    text: String,
    /// Whether the word may go on.
    open: bool,
}

/// The letters beside an anchor: the last one of the word before it and the first one of the word behind it, each as a set
/// of bits. By these nearly all anchors that stand among other words than the pattern's are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Beside {
    before: u32,
    behind: u32,
}

impl Beside {
    /// In a pattern: anything or nothing. Holds whatever stands in a text.
    const ANYTHING: u32 = 1 << 31;

    /// What stands in a text beside these bytes, as far as it is easily told.
    pub(super) fn of(text: &str, start: usize, end: usize) -> Self {
        let (before, behind) = (&text.as_bytes()[..start], &text.as_bytes()[end..]);
        let letter = |joint: Option<&u8>, letter: Option<&u8>| match (joint, letter) {
            (Some(b' '), Some(letter)) if letter.is_ascii_alphanumeric() => Self::letter(*letter),
            // The anchor's word goes on, or other joints may follow.
            (Some(b' ' | b'-' | b'"' | b'\'' | 128..), _) => u32::MAX,
            (Some(byte), _) if byte.is_ascii_alphanumeric() => u32::MAX,
            _ => 0,
        };
        Self {
            before: letter(before.last(), before.iter().nth_back(1)) | Self::ANYTHING,
            behind: letter(behind.first(), behind.get(1)) | Self::ANYTHING,
        }
    }

    /// Whether a pattern with these letters may match where the others stand.
    pub(super) fn admits(self, found: Self) -> bool {
        self.before & found.before != 0 && self.behind & found.behind != 0
    }

    fn letter(letter: u8) -> u32 {
        1 << (letter & 0x1F)
    }

    /// The letters of those that a token must match, one of each of its forms; `None` for one that may be any.
    fn letters(token: Option<&Token>, of: impl Fn(&Form) -> Option<u8>) -> u32 {
        let Some(Token::Words { forms, optional: false }) = token else { return Self::ANYTHING };
        let letter = |form| of(form).filter(u8::is_ascii_alphanumeric).map_or(Self::ANYTHING, Self::letter);
        forms.iter().map(letter).fold(0, |all, letter| all | letter)
    }
}

/// The most words that `...` stands for.
const MAX_GAP: usize = 3;

impl Pattern {
    /// Reads a pattern, or says what is wrong with it.
    pub fn new(text: &str) -> Result<Self, String> {
        let tokens: Vec<Token> = text.split_whitespace().map(token).collect::<Result<_, _>>()?;
        let anchor = tokens
            .iter()
            .enumerate()
            .filter_map(|(at, token)| Some((anchor_worth(token)?, at)))
            .max_by_key(|&(worth, at)| (worth, std::cmp::Reverse(at)))
            .map(|(_, at)| at)
            .ok_or_else(|| format!("`{text}` holds no word that must be there"))?;
        Ok(Self { tokens, anchor })
    }

    /// The forms of the anchor, in lower case: where none of them stands, the pattern does not match.
    pub(super) fn anchors(&self) -> Vec<&str> {
        match &self.tokens[self.anchor] {
            Token::Words { forms, .. } => forms.iter().map(|form| form.text.as_str()).collect(),
            _ => vec!["$"],
        }
    }

    /// What may stand beside the anchor where the pattern matches.
    pub(super) fn beside_anchor(&self) -> Beside {
        let before = self.anchor.checked_sub(1).map(|before| &self.tokens[before]);
        let last = |form: &Form| form.text.bytes().last().filter(|_| !form.open);
        let first = |form: &Form| form.text.bytes().next();
        // A word may have a possessive ending.
        let before = Beside::letters(before, last) | Beside::letter(b's');
        Beside { before, behind: Beside::letters(self.tokens.get(self.anchor + 1), first) }
    }

    /// Which of the forms of the anchor it is; 0 for one that has none.
    pub(super) fn form_of(&self, anchor: &str) -> usize {
        let anchors = self.anchors();
        anchors.iter().position(|form| *form == anchor).unwrap_or_default()
    }

    /// The stretch that the pattern matches around this form of the anchor, whose letters stand at `at`.
    pub(super) fn match_at(&self, text: &str, at: usize, form: usize) -> Option<Range<usize>> {
        let anchor_end = match &self.tokens[self.anchor] {
            Token::Words { forms, .. } => forms.get(form)?.word_end(text, at)?,
            _ => money_end(text, at)?,
        };
        let end = match_right(&self.tokens[self.anchor + 1..], text, anchor_end)?;
        let start = match_left(&self.tokens[..self.anchor], text, at)?;
        Some(start..end)
    }

    /// The first stretch of the text that the pattern matches.
    pub fn find(&self, text: &str) -> Option<Range<usize>> {
        self.anchors()
            .into_iter()
            .flat_map(|anchor| {
                let form = self.form_of(anchor);
                find_ignoring_case(text, anchor).map(move |at| (at, form))
            })
            .filter_map(|(at, form)| self.match_at(text, at, form))
            .min_by_key(|range| range.start)
    }
}

fn token(text: &str) -> Result<Token, String> {
    match text {
        "#" => return Ok(Token::Number),
        "$#" => return Ok(Token::Money),
        "..." => return Ok(Token::Gap),
        _ => {}
    }
    let (text, optional) = text.strip_prefix('?').map_or((text, false), |text| (text, true));
    let forms = text
        .split('|')
        .map(|form| {
            let form = form.strip_prefix('?').unwrap_or(form);
            let (text, open) = form.strip_suffix('*').map_or((form, false), |text| (text, true));
            if text.is_empty() || text.contains(['*', '#', '?']) {
                return Err(format!("`{form}` is no word"));
            }
            Ok(Form { text: text.to_lowercase(), open })
        })
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Token::Words { forms, optional })
}

/// How seldom a token stands in a text, guessed by its length; `None` where it need not be there.
fn anchor_worth(token: &Token) -> Option<usize> {
    /// Words so common that a rarer, shorter one is the better anchor.
    const COMMON: [&str; 24] = [
        "the", "you", "your", "is", "are", "be", "was", "of", "to", "in", "on", "for", "with", "and", "or",
        "that", "this", "it", "will", "can", "may", "from", "have", "has",
    ];
    match token {
        Token::Words { forms, optional: false } => {
            let common = forms.iter().any(|form| COMMON.contains(&&*form.text));
            let shortest = forms.iter().map(|form| form.text.len()).min()?;
            Some(if common { 1 } else { 2 + shortest })
        }
        Token::Money => Some(9),
        _ => None,
    }
}

impl Form {
    /// The end of the word where it starts at `at` in this form.
    fn end_from(&self, text: &str, at: usize) -> Option<usize> {
        let end = at + self.text.len();
        let found = text.get(at..end)?;
        let is_same =
            found.eq_ignore_ascii_case(&self.text) || !found.is_ascii() && found.to_lowercase() == self.text;
        is_same.then(|| self.word_end(text, at)).flatten()
    }

    /// The end of the word where the letters of this form stand at `at`: they begin one, and end it unless it may go on.
    fn word_end(&self, text: &str, at: usize) -> Option<usize> {
        if self.text.starts_with(is_word_char) && text[..at].ends_with(is_word_char) {
            return None;
        }
        let end = at + self.text.len();
        let rest = &text[end..];
        if !self.text.ends_with(is_word_char) {
            return Some(end);
        }
        let more: usize = rest.chars().take_while(|&c| is_word_char(c)).map(char::len_utf8).sum();
        (more == 0 || self.open || is_possessive(&rest[..more])).then_some(end + more)
    }
}

/// `'s` behind a word leaves it that word.
fn is_possessive(rest: &str) -> bool {
    rest == "'s" || rest == "'"
}

pub(super) fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || c == '\''
}

/// Whether a character may stand between two words of a pattern.
fn is_joint(c: char) -> bool {
    matches!(c, ' ' | '-' | '"')
}

fn match_right(tokens: &[Token], text: &str, end: usize) -> Option<usize> {
    let Some((token, rest)) = tokens.split_first() else {
        return Some(end);
    };
    match token {
        Token::Gap => {
            let mut end = end;
            for _ in 0..=MAX_GAP {
                if let Some(found) = match_right(rest, text, end) {
                    return Some(found);
                }
                end = word_after(text, skip_gap(text, end))?.end;
            }
            None
        }
        Token::Words { forms, optional } => {
            let found = skip_joints(text, end).and_then(|start| {
                let mut ends = forms.iter().filter_map(|form| form.end_from(text, start));
                ends.find_map(|end| match_right(rest, text, end))
            });
            found.or_else(|| optional.then(|| match_right(rest, text, end)).flatten())
        }
        Token::Number => match_right(rest, text, number_after(text, skip_joints(text, end)?)?),
        Token::Money => match_right(rest, text, money_end(text, skip_joints(text, end)?)?),
    }
}

fn match_left(tokens: &[Token], text: &str, start: usize) -> Option<usize> {
    let Some((token, rest)) = tokens.split_last() else {
        return Some(start);
    };
    match token {
        Token::Gap => {
            let mut start = start;
            for _ in 0..=MAX_GAP {
                if let Some(found) = match_left(rest, text, start) {
                    return Some(found);
                }
                start = word_before(text, skip_gap_back(text, start))?.start;
            }
            None
        }
        Token::Words { forms, optional } => {
            let word = skip_joints_back(text, start).and_then(|end| word_before(text, end));
            let fits = |word: &Range<usize>| {
                forms.iter().any(|form| form.end_from(text, word.start).is_some_and(|end| end == word.end))
            };
            let found = word.filter(fits).and_then(|word| match_left(rest, text, word.start));
            found.or_else(|| optional.then(|| match_left(rest, text, start)).flatten())
        }
        Token::Number => match_left(rest, text, number_before(text, skip_joints_back(text, start)?)?),
        Token::Money => {
            let start = number_before(text, skip_joints_back(text, start)?)?;
            match_left(rest, text, text[..start].ends_with('$').then(|| start - 1)?)
        }
    }
}

/// The place behind the joints at `at`; `None` where there is none and so no word ends.
fn skip_joints(text: &str, at: usize) -> Option<usize> {
    let skipped: usize = text[at..].chars().take_while(|&c| is_joint(c)).map(char::len_utf8).sum();
    (skipped > 0).then_some(at + skipped)
}

fn skip_joints_back(text: &str, at: usize) -> Option<usize> {
    let skipped: usize = text[..at].chars().rev().take_while(|&c| is_joint(c)).map(char::len_utf8).sum();
    (skipped > 0).then_some(at - skipped)
}

fn is_gap(c: char) -> bool {
    is_joint(c) || matches!(c, ',' | '(' | ')' | '%' | '$')
}

fn skip_gap(text: &str, at: usize) -> usize {
    at + text[at..].chars().take_while(|&c| is_gap(c)).map(char::len_utf8).sum::<usize>()
}

fn skip_gap_back(text: &str, at: usize) -> usize {
    at - text[..at].chars().rev().take_while(|&c| is_gap(c)).map(char::len_utf8).sum::<usize>()
}

/// The word that starts at `at`.
pub(super) fn word_after(text: &str, at: usize) -> Option<Range<usize>> {
    let len: usize = text[at..].chars().take_while(|&c| is_word_char(c)).map(char::len_utf8).sum();
    (len > 0).then_some(at..at + len)
}

/// The word that ends at `at`.
pub(super) fn word_before(text: &str, at: usize) -> Option<Range<usize>> {
    let len: usize = text[..at].chars().rev().take_while(|&c| is_word_char(c)).map(char::len_utf8).sum();
    (len > 0).then_some(at - len..at)
}

/// Whether a word names a number.
pub(super) fn is_number(word: &str) -> bool {
    const NAMES: [&str; 15] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "couple", "few", "single",
    ];
    word.starts_with(|c: char| c.is_ascii_digit()) || NAMES.iter().any(|name| word.eq_ignore_ascii_case(name))
}

/// The end of the number at `at`, of a range where one stands there.
fn number_after(text: &str, at: usize) -> Option<usize> {
    let first = word_after(text, at).filter(|word| is_number(&text[word.clone()]))?;
    let end = decimals_end(text, first.end);
    let rest = &text[end..];
    let joint = [" to ", "-", "\u{2013}", " or ", " - "].into_iter().find(|joint| rest.starts_with(joint));
    let second = joint.and_then(|joint| {
        let word = word_after(text, end + joint.len())?;
        is_number(&text[word.clone()]).then(|| decimals_end(text, word.end))
    });
    Some(second.unwrap_or(end))
}

fn decimals_end(text: &str, end: usize) -> usize {
    let rest = &text.as_bytes()[end..];
    match rest {
        [b'.' | b',', digit, ..] if digit.is_ascii_digit() => {
            end + 1 + rest[1..].iter().take_while(|byte| byte.is_ascii_digit()).count()
        }
        _ => end,
    }
}

/// The start of the number that ends at `end`, of a range where one stands there.
fn number_before(text: &str, end: usize) -> Option<usize> {
    let last = word_before(text, end).filter(|word| is_number(&text[word.clone()]))?;
    let rest = &text[..last.start];
    let joint = [" to ", "-", "\u{2013}", " or ", " - "].into_iter().find(|joint| rest.ends_with(joint));
    let first = joint.and_then(|joint| {
        let word = word_before(text, last.start - joint.len())?;
        is_number(&text[word.clone()]).then_some(word.start)
    });
    Some(first.unwrap_or(last.start))
}

/// The end of the amount whose `$` stands at `at`.
fn money_end(text: &str, at: usize) -> Option<usize> {
    let rest = text[at..].strip_prefix('$')?;
    rest.starts_with(|c: char| c.is_ascii_digit()).then(|| number_after(text, at + 1)).flatten()
}

/// Where a word in lower case stands in a text, whatever the text's case.
fn find_ignoring_case<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let (bytes, word) = (text.as_bytes(), word.as_bytes());
    let first = word.first().copied().unwrap_or_default();
    memchr::memchr2_iter(first, first.to_ascii_uppercase(), bytes).filter(move |&at| {
        bytes[at..].get(..word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, text: &str, expected: Option<&str>) {
        let found = Pattern::new(pattern).unwrap().find(text);
        assert_eq!(found.map(|range| &text[range]), expected, "{pattern}");
    }

    #[test]
    fn words_match_whole_and_in_any_case() {
        check("cure|cures", "It CURES pain", Some("CURES"));
        check("cure|cures", "secure a cured ham", None);
        check("eliminat*", "Eliminating pain", Some("Eliminating"));
        check("patient", "the patient's pain", Some("patient's"));
    }

    #[test]
    fn words_around_the_anchor_must_fit() {
        check("full|complete relief", "for complete relief", Some("complete relief"));
        check("full|complete relief", "complete and total relief", None);
        check("game changing", "a game-changing cure", Some("game-changing"));
        check("is|are ?considered safe", "needles are considered safe.", Some("are considered safe"));
        check("is|are ?considered safe", "it is safe", Some("is safe"));
        check("relief ... forever", "relief that lasts forever", Some("relief that lasts forever"));
        check("relief ... forever", "relief. It lasts forever", None);
        check("... relief", "no relief", Some("relief"));
    }

    #[test]
    fn letters_beside_an_anchor_tell_most_places() {
        let pattern = Pattern::new("full|complete relief ?of is|was").unwrap();
        let holds = |text: &str| {
            let start = text.find("relief").unwrap();
            pattern.beside_anchor().admits(Beside::of(text, start, start + "relief".len()))
        };
        for text in
            ["full relief", "Complete relief is", "the patient's relief", "full \"relief\"", "full-relief"]
        {
            assert!(holds(text), "{text}");
        }
        for text in ["relief", "good relief", "full/relief", "(relief"] {
            assert!(!holds(text), "{text}");
        }
        let behind = Pattern::new("relief is|was").unwrap().beside_anchor();
        assert!(
            behind.admits(Beside::of("Relief was", 0, 6)) && behind.admits(Beside::of("reliefs of", 0, 6))
        );
        assert!(
            !behind.admits(Beside::of("relief of", 0, 6)) && !behind.admits(Beside::of("relief. It", 0, 6))
        );
    }

    #[test]
    fn numbers_are_digits_words_or_ranges() {
        check("after # session|sessions", "after 1-3 sessions", Some("after 1-3 sessions"));
        check("after # session|sessions", "after just one session", None);
        check("# session|sessions", "in one to three sessions", Some("one to three sessions"));
        check("# session|sessions", "the sessions", None);
        check("$#", "about $1,500 or", Some("$1,500"));
    }

    #[test]
    fn a_pattern_needs_a_word_that_must_be_there() {
        for pattern in ["", "#", "...", "?word", "a||b", "w*rd"] {
            assert!(Pattern::new(pattern).is_err(), "{pattern}");
        }
    }

    #[test]
    fn odd_text_is_no_trouble() {
        for text in ["", "ßcure", "日本 cure 日本", "cure\u{301}", "$", "cure-", "-cure", "1–cure"] {
            for pattern in ["cure", "... cure ...", "# cure", "cure #", "$# cure|$"] {
                let _ = Pattern::new(pattern).unwrap().find(text);
            }
        }
    }
}
