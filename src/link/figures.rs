//! Figures that a page writes by hand, held against the site's facts.
//!
//! A figure means a fact where its unit is the fact's and one of the fact's `near` words stands in the same sentence.
//! It agrees where it lies within the fact's range, or is the fact's number. Where several facts could be meant and
//! one agrees, nothing is said.

use super::sentence;
use super::text::{Context, PageText, Token};
use super::vocabulary::{Vocabulary, flag};
use crate::diag::{self, Diagnostic};
use crate::name::SitePath;
use crate::registry::{Fact, FactValue, Registries};

/// Numbers that are often written as words.
pub(super) const NUMBER_WORDS: [(&str, f64); 18] = [
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("fifteen", 15.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("sixty", 60.0),
    ("ninety", 90.0),
];

/// What a figure counts. Two figures can be compared where their units are alike.
#[derive(Clone, Debug, PartialEq)]
enum Unit {
    /// A step of [`TIMES`]; neighbours can be compared, a year and a minute cannot.
    Time(usize),
    /// `$`, `€`, `£`.
    Money(char),
    /// A part of a whole; values are parts of one.
    Part,
    /// Anything else, in the singular.
    Count(String),
}

/// Units of time with their seconds; a month is a twelfth of a year of 365.25 days.
const TIMES: [(&str, f64); 7] = [
    ("second", 1.0),
    ("minute", 60.0),
    ("hour", 3_600.0),
    ("day", 86_400.0),
    ("week", 604_800.0),
    ("month", 2_629_800.0),
    ("year", 31_557_600.0),
];

/// A figure in a text.
struct Figure {
    low: f64,
    high: f64,
    unit: Unit,
    /// Its bytes in the buffer.
    start: usize,
    end: usize,
}

/// A fact with its unit understood.
struct Known<'a> {
    fact: &'a Fact,
    low: f64,
    high: f64,
    unit: Unit,
}

/// Reports the figures of a page that disagree with a fact.
pub(super) fn check(
    text: &PageText<'_>,
    vocabulary: &Vocabulary,
    registries: &Registries,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut known: Option<Vec<Known<'_>>> = None;
    let mut read_to = 0;
    for token in text.tokens.iter().filter(|token| is_number(token, text, vocabulary)) {
        if (token.start as usize) < read_to {
            continue;
        }
        let known = known.get_or_insert_with(|| registries.facts.iter().filter_map(Known::new).collect());
        if known.is_empty() {
            return;
        }
        let block = text.block_at(token.start);
        let Some(figure) = read(&text.buffer[..block.end], token.start as usize) else { continue };
        read_to = figure.end;
        diagnostics.extend(disagreement(&figure, text, block, known));
    }
}

fn is_number(token: &Token, text: &PageText<'_>, vocabulary: &Vocabulary) -> bool {
    let first = text.buffer.as_bytes().get(token.start as usize);
    let starts = first.is_some_and(u8::is_ascii_digit) || vocabulary.is(token.word, flag::NUMBER);
    starts && !matches!(token.context, Context::Title | Context::Quote)
}

fn disagreement(
    figure: &Figure,
    text: &PageText<'_>,
    block: std::ops::Range<usize>,
    known: &[Known<'_>],
) -> Option<Diagnostic> {
    let words = &text.buffer[block.clone()];
    let mark = figure.start - block.start..figure.end - block.start;
    let mut best: Option<(usize, &Known<'_>)> = None;
    let mut sentence: Option<(usize, String)> = None;
    for known in known.iter().filter(|known| known.may_be(figure)) {
        let (start, sentence) = sentence.get_or_insert_with(|| {
            let range = sentence::range(words, mark.clone());
            (range.start, words[range].to_ascii_lowercase())
        });
        let Some(distance) = known.distance(sentence, mark.start.saturating_sub(*start)) else { continue };
        if known.agrees(figure) {
            return None;
        }
        if best.is_none_or(|(nearest, _)| distance < nearest) {
            best = Some((distance, known));
        }
    }
    let (_, known) = best?;
    let (written, fact) = (&text.buffer[figure.start..figure.end], known.fact);
    let message = format!("`{written}` disagrees with the fact `{}`: {}", fact.id, fact.text);
    let span = text.span(figure.start as u32, figure.end as u32);
    let facts = SitePath::new("content/facts.toml").expect("the path is well formed");
    let found = Diagnostic::new(diag::CONFLICTING_FIGURE, text.page.document.source().path(), span, message);
    let found = found.with_label("this page says otherwise");
    let found = found.with_secondary(&facts, fact.span, format!("{}: {}", fact.label, fact.text));
    Some(found.with_help(format!(
        "write `{{{{ fact(id=\"{}\") }}}}`; if something else is meant, say what, and if the fact is old, change it",
        fact.id
    )))
}

impl<'a> Known<'a> {
    fn new(fact: &'a Fact) -> Option<Self> {
        if fact.near.is_empty() {
            return None;
        }
        let (unit, scale) = unit_of(&fact.unit)?;
        let (low, high) = match fact.value {
            FactValue::One(one) => (one, one),
            FactValue::Range(low, high) => (low, high),
        };
        Some(Self { fact, low: low * scale, high: high * scale, unit })
    }

    /// Whether a figure may mean the fact: alike units, and not ten times as much or as little. (Fifty hours of training
    /// in supervised sessions are not the length of a session. Ten was found on this site's own content.)
    fn may_be(&self, figure: &Figure) -> bool {
        const FAR: f64 = 10.0;
        let alike = match (&self.unit, &figure.unit) {
            (Unit::Time(a), Unit::Time(b)) => a.abs_diff(*b) <= 1,
            (a, b) => a == b,
        };
        alike && figure.low < self.high * FAR && figure.high * FAR > self.low
    }

    fn agrees(&self, figure: &Figure) -> bool {
        // Half a percent for what is lost in turning weeks into months.
        const SLACK: f64 = 0.005;
        figure.low >= self.low * (1.0 - SLACK) && figure.high <= self.high * (1.0 + SLACK)
    }

    /// How far the nearest of the fact's words stands from a place in a sentence in lower case.
    fn distance(&self, sentence: &str, place: usize) -> Option<usize> {
        let near = self.fact.near.iter().flat_map(|near| {
            let near = near.to_ascii_lowercase();
            let length = near.len();
            let places: Vec<usize> = sentence
                .match_indices(&near)
                .filter(|(at, _)| is_whole(sentence, *at, length))
                .map(|(at, _)| at)
                .collect();
            places
        });
        near.map(|at| at.abs_diff(place)).min()
    }
}

/// Whether the words at that place are whole ones; a plural counts.
fn is_whole(text: &str, at: usize, length: usize) -> bool {
    let rest = &text[at + length..];
    let rest = rest.strip_prefix('s').unwrap_or(rest);
    length > 0 && !text[..at].ends_with(char::is_alphanumeric) && !rest.starts_with(char::is_alphanumeric)
}

/// A unit as facts and sentences write it, and what a number in it is multiplied by.
fn unit_of(unit: &str) -> Option<(Unit, f64)> {
    let unit = unit.trim().to_lowercase();
    if let Some(whole) = unit.strip_prefix("per ")
        && let Some((whole, "")) = number(whole)
    {
        return Some((Unit::Part, 1.0 / whole.max(1.0)));
    }
    let singular = unit.strip_suffix('s').unwrap_or(&unit);
    if let Some(step) = TIMES.iter().position(|(name, _)| *name == singular) {
        return Some((Unit::Time(step), TIMES[step].1));
    }
    match singular {
        "" => None,
        "%" | "percent" | "per cent" => Some((Unit::Part, 0.01)),
        "usd" | "dollar" | "$" => Some((Unit::Money('$'), 1.0)),
        "eur" | "euro" | "€" => Some((Unit::Money('€'), 1.0)),
        "gbp" | "pound" | "£" => Some((Unit::Money('£'), 1.0)),
        other => Some((Unit::Count(other.to_owned()), 1.0)),
    }
}

/// Reads the figure whose first number starts at `start`: "24 to 48 hours", "$80", "30-minute", "3 in 1,000".
fn read(text: &str, start: usize) -> Option<Figure> {
    let money = text[..start].chars().next_back().filter(|c| matches!(c, '$' | '€' | '£'));
    let (low, mut rest) = number(&text[start..])?;
    let mut high = low;
    if let Some((second, behind)) = second_number(rest) {
        (high, rest) = (second, behind);
    }
    let end_of = |rest: &str| text.len() - rest.len();
    if let Some(sign) = money {
        let unit = Unit::Money(sign);
        return Some(Figure { low, high, unit, start: start - sign.len_utf8(), end: end_of(rest) });
    }
    if let Some((whole, behind)) = whole_number(rest) {
        let (low, high) = (low / whole, high / whole);
        return Some(Figure { low, high, unit: Unit::Part, start, end: end_of(behind) });
    }
    let word = rest.trim_start_matches([' ', '-', '\u{A0}', '\u{2011}']);
    let is_sign = word.starts_with('%');
    let length = if is_sign { 1 } else { word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len()) };
    let (unit, scale) = unit_of(&word[..length])?;
    let end = end_of(&word[length..]);
    Some(Figure { low: low * scale, high: high * scale, unit, start, end })
}

/// The second number of a range: " to 48", "–48", " or 2".
fn second_number(rest: &str) -> Option<(f64, &str)> {
    const JOINS: [&str; 7] = [" to ", " or ", " and ", "-", "–", " - ", " – "];
    let behind = JOINS.iter().find_map(|join| rest.strip_prefix(join))?;
    number(behind.trim_start_matches(['$', '€', '£']))
}

/// The whole of "3 in 1,000", "290 of every 1,000".
fn whole_number(rest: &str) -> Option<(f64, &str)> {
    const JOINS: [&str; 6] = [" of every ", " in every ", " out of every ", " in ", " per ", " out of "];
    let behind = JOINS.iter().find_map(|join| rest.strip_prefix(join))?;
    let (whole, behind) = number(behind)?;
    // "12 in 2017" is a year.
    let is_year = (1900.0..2100.0).contains(&whole);
    (whole > 1.0 && !is_year).then_some((whole, behind))
}

/// The number that a text starts with, in digits or as a word, and what follows.
fn number(text: &str) -> Option<(f64, &str)> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
        let word = &text[..end];
        let (_, value) = NUMBER_WORDS.iter().find(|(name, _)| name.eq_ignore_ascii_case(word))?;
        return Some((*value, &text[end..]));
    }
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut digits = String::new();
    let mut at = 0;
    while at < bytes.len().min(24) {
        match bytes[at] {
            byte if byte.is_ascii_digit() => digits.push(char::from(byte)),
            b'.' if is_digit(at + 1) && !digits.contains('.') => digits.push('.'),
            b',' if (1..=3).all(|next| is_digit(at + next)) => {}
            _ => break,
        }
        at += 1;
    }
    digits.parse().ok().map(|value| (value, &text[at..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, low: f64, high: f64, written: &str) {
        let start = text.find(|c: char| c.is_ascii_digit()).or_else(|| text.find("two")).unwrap();
        let figure = read(text, start).unwrap_or_else(|| panic!("{text}"));
        assert!((figure.low - low).abs() < 1e-9 && (figure.high - high).abs() < 1e-9, "{text}");
        assert_eq!(&text[figure.start..figure.end], written);
    }

    #[test]
    fn figures_are_read_as_people_write_them() {
        const DAY: f64 = 86_400.0;
        check("for 24 to 48 hours.", DAY, 2.0 * DAY, "24 to 48 hours");
        check("a 30-minute visit", 1_800.0, 1_800.0, "30-minute");
        check("two days", 2.0 * DAY, 2.0 * DAY, "two days");
        check("costs $1,250.50 a year", 1_250.5, 1_250.5, "$1,250.50");
        check("costs $50–$150.", 50.0, 150.0, "$50–$150");
        check("290 to 910 of every 1,000 people", 0.29, 0.91, "290 to 910 of every 1,000");
        check("in 3 % of", 0.03, 0.03, "3 %");
    }

    #[test]
    fn other_numbers_are_no_figures() {
        for text in ["12 in 2017", "3.", "7)"] {
            assert!(read(text, 0).is_none_or(|figure| figure.unit != Unit::Part), "{text}");
        }
    }
}
