//! Numbers with their units, as people write them: "24 to 48 hours", "$80", "two days", "a week", "3 in 1,000".

/// Numbers that are often written as words; "a" and "an" are one before a unit of time.
pub(in crate::link) const NUMBER_WORDS: [(&str, f64); 31] = [
    ("a", 1.0),
    ("an", 1.0),
    ("half", 0.5),
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
    ("thirteen", 13.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("seventeen", 17.0),
    ("eighteen", 18.0),
    ("nineteen", 19.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
    ("hundred", 100.0),
];

/// What a figure counts. Two figures can be compared where their units are alike.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Unit {
    /// A step of [`TIMES`]; near ones can be compared, a year and a minute cannot.
    Time(usize),
    /// An ISO code such as `EUR`, or `$` for a dollar that the text does not name.
    Money(String),
    /// A part of a whole; values are parts of one.
    Part,
    /// Anything else, in the singular.
    Count(String),
}

impl Unit {
    /// Whether figures in the two can be compared. No currency is turned into another.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Time(a), Self::Time(b)) => a.abs_diff(*b) <= 2,
            (Self::Money(a), Self::Money(b)) => {
                let is_dollar = |code: &str| DOLLARS.contains(&code);
                a == b || (a == "$" && is_dollar(b)) || (b == "$" && is_dollar(a))
            }
            (a, b) => a == b,
        }
    }
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

/// Short forms of them.
const SHORT_TIMES: [(&str, usize); 7] =
    [("sec", 0), ("min", 1), ("h", 2), ("hr", 2), ("wk", 4), ("mo", 5), ("yr", 6)];

/// Signs of money and what they stand for; `$` may be any dollar.
const SIGNS: [(&str, &str); 15] = [
    ("US$", "USD"),
    ("C$", "CAD"),
    ("CA$", "CAD"),
    ("A$", "AUD"),
    ("AU$", "AUD"),
    ("NZ$", "NZD"),
    ("$", "$"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("₹", "INR"),
    ("₩", "KRW"),
    ("₺", "TRY"),
    ("₪", "ILS"),
    ("₽", "RUB"),
];

/// Currencies called dollar.
const DOLLARS: [&str; 6] = ["USD", "CAD", "AUD", "NZD", "SGD", "HKD"];

/// Words and codes of money.
const MONEY_WORDS: [(&str, &str); 15] = [
    ("dollar", "$"),
    ("euro", "EUR"),
    ("pound", "GBP"),
    ("usd", "USD"),
    ("eur", "EUR"),
    ("gbp", "GBP"),
    ("cad", "CAD"),
    ("aud", "AUD"),
    ("nzd", "NZD"),
    ("chf", "CHF"),
    ("jpy", "JPY"),
    ("inr", "INR"),
    ("sek", "SEK"),
    ("pln", "PLN"),
    ("mxn", "MXN"),
];

/// A figure in a text.
pub(super) struct Figure {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) unit: Unit,
    /// Its first byte.
    pub(super) start: usize,
    /// One past its last byte.
    pub(super) end: usize,
}

/// A unit as facts and sentences write it, and what a number in it is multiplied by.
pub(super) fn unit_of(unit: &str) -> Option<(Unit, f64)> {
    let unit = unit.trim().to_lowercase();
    if let Some(whole) = unit.strip_prefix("per ")
        && let Some((whole, "")) = number(whole)
    {
        return Some((Unit::Part, 1.0 / whole.max(1.0)));
    }
    if unit.is_empty() {
        return None;
    }
    let singular = unit.strip_suffix('s').filter(|singular| !singular.is_empty()).unwrap_or(&unit);
    let short = || SHORT_TIMES.iter().find(|(name, _)| *name == singular).map(|(_, step)| *step);
    if let Some(step) = TIMES.iter().position(|(name, _)| *name == singular).or_else(short) {
        return Some((Unit::Time(step), TIMES[step].1));
    }
    if matches!(singular, "%" | "percent" | "per cent") {
        return Some((Unit::Part, 0.01));
    }
    let sign = SIGNS.iter().find(|(sign, _)| sign.to_lowercase() == unit);
    let code = sign.or_else(|| MONEY_WORDS.iter().find(|(word, _)| *word == singular));
    Some(match code {
        Some((_, code)) => (Unit::Money((*code).to_owned()), 1.0),
        None => (Unit::Count(singular.to_owned()), 1.0),
    })
}

/// The unit that the head of a column names: "Minutes", "Price (USD)".
pub(super) fn unit_in_head(head: &str) -> Option<(Unit, f64)> {
    let words = head.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | '/'));
    let known = |word: &str| unit_of(word).filter(|(unit, _)| !matches!(unit, Unit::Count(_)));
    words.filter(|word| !word.is_empty()).find_map(known)
}

/// Reads the figure whose first number starts at `start`; `head` is the head of the column, where it stands in one.
pub(super) fn read(text: &str, start: usize, head: Option<&str>) -> Option<Figure> {
    let before = &text[..start];
    let sign = SIGNS.iter().filter(|(sign, _)| before.ends_with(sign)).max_by_key(|(sign, _)| sign.len());
    let (low, mut rest) =
        if sign.is_some() { number(&text[start..])? } else { amount(before, &text[start..])? };
    let mut high = low;
    if let Some((second, behind)) = second_number(rest) {
        (high, rest) = (second, behind);
    }
    let end_of = |rest: &str| text.len() - rest.len();
    if let Some((sign, code)) = sign {
        let unit = Unit::Money((*code).to_owned());
        return Some(Figure { low, high, unit, start: start - sign.len(), end: end_of(rest) });
    }
    if let Some((whole, behind)) = whole_number(rest) {
        let (low, high) = (low / whole, high / whole);
        return Some(Figure { low, high, unit: Unit::Part, start, end: end_of(behind) });
    }
    if let Some(code) = before.trim_end().get(before.trim_end().len().saturating_sub(3)..)
        && code.bytes().all(|byte| byte.is_ascii_uppercase())
        && let Some((unit @ Unit::Money(_), _)) = unit_of(code)
    {
        return Some(Figure { low, high, unit, start: before.trim_end().len() - 3, end: end_of(rest) });
    }
    if let Some(head) = head
        && rest.trim().is_empty()
        && before.trim().is_empty()
    {
        let (unit, scale) = unit_in_head(head)?;
        return Some(Figure { low: low * scale, high: high * scale, unit, start, end: end_of(rest) });
    }
    let word = rest.trim_start_matches([' ', '-', '\u{A0}', '\u{2011}']);
    let is_sign =
        word.chars().next().filter(|c| *c == '%' || SIGNS.iter().any(|(sign, _)| sign.starts_with(*c)));
    let is_sign = is_sign.filter(|c| !c.is_alphabetic());
    let letters = || word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len());
    let length = is_sign.map_or_else(letters, char::len_utf8);
    let (unit, scale) = unit_of(&word[..length])?;
    let end = end_of(&word[length..]);
    Some(Figure { low: low * scale, high: high * scale, unit, start, end })
}

/// A number, or "a week", "half an hour": these only where the words before them speak of how long. In "20 visits a
/// year" the year is no length.
fn amount<'a>(before: &str, text: &'a str) -> Option<(f64, &'a str)> {
    const HOW_LONG: [&str; 25] = [
        "about", "after", "almost", "around", "for", "in", "last", "lasted", "lasts", "least", "less",
        "more", "most", "nearly", "of", "only", "or", "over", "roughly", "take", "takes", "than", "to",
        "under", "within",
    ];
    let (value, rest) = number(text)?;
    let word = &text[..text.len() - rest.len()];
    let is_article = |word: &str| word.eq_ignore_ascii_case("a") || word.eq_ignore_ascii_case("an");
    let is_time = |rest: &str| {
        let word = rest.trim_start();
        let word = &word[..word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len())];
        TIMES.iter().any(|(name, _)| name.eq_ignore_ascii_case(word))
    };
    if word.eq_ignore_ascii_case("half") {
        let article = rest.strip_prefix(" a").map(|rest| rest.strip_prefix('n').unwrap_or(rest));
        return article.filter(|rest| rest.starts_with(' ') && is_time(rest)).map(|rest| (value, rest));
    }
    if !is_article(word) {
        return Some((value, rest));
    }
    let last = before.trim_end().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let is_length = before.trim().is_empty() || HOW_LONG.iter().any(|word| word.eq_ignore_ascii_case(last));
    (is_length && is_time(rest)).then_some((value, rest))
}

/// The second number of a range: " to 48", "–48", " or 2".
fn second_number(rest: &str) -> Option<(f64, &str)> {
    const JOINS: [&str; 8] = [" to ", " up to ", " or ", " and ", "-", "–", " - ", " – "];
    let behind = JOINS.iter().find_map(|join| rest.strip_prefix(join))?;
    let sign = SIGNS.iter().filter(|(sign, _)| behind.starts_with(sign)).map(|(sign, _)| sign.len()).max();
    let behind = &behind[sign.unwrap_or_default()..];
    let (value, rest) = number(behind)?;
    // "two days to a week" has units of its own.
    let is_article = behind.starts_with(['a', 'A', 'h', 'H']);
    (!is_article).then_some((value, rest))
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
        let (value, rest) = number_word(text)?;
        // "forty-eight"
        let is_ten = (20.0..100.0).contains(&value);
        let ones = rest.strip_prefix('-').filter(|_| is_ten).and_then(number_word);
        return Some(match ones.filter(|(ones, _)| (1.0..10.0).contains(ones)) {
            Some((ones, rest)) => (value + ones, rest),
            None => (value, rest),
        });
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

fn number_word(text: &str) -> Option<(f64, &str)> {
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (_, value) = NUMBER_WORDS.iter().find(|(name, _)| name.eq_ignore_ascii_case(&text[..end]))?;
    Some((*value, &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: f64 = 86_400.0;

    /// Reads the figure that starts where `written` does.
    fn check(text: &str, low: f64, high: f64, written: &str) {
        let place = text.find(written).unwrap();
        let signs = written.find(|c: char| c.is_ascii_digit()).filter(|at| !written[..*at].contains(' '));
        let start = place + signs.unwrap_or_default();
        let figure = read(text, start, None).unwrap_or_else(|| panic!("{text}"));
        assert!((figure.low - low).abs() < 1e-9 && (figure.high - high).abs() < 1e-9, "{text}");
        assert_eq!(&text[figure.start..figure.end], written);
    }

    #[test]
    fn figures_are_read_as_people_write_them() {
        check("for 24 to 48 hours.", DAY, 2.0 * DAY, "24 to 48 hours");
        check("a 30-minute visit", 1_800.0, 1_800.0, "30-minute");
        check("two days", 2.0 * DAY, 2.0 * DAY, "two days");
        check("forty-eight hrs", 2.0 * DAY, 2.0 * DAY, "forty-eight hrs");
        check("lasts a week.", 7.0 * DAY, 7.0 * DAY, "a week");
        check("about half an hour", 1_800.0, 1_800.0, "half an hour");
        check("costs $1,250.50 a year", 1_250.5, 1_250.5, "$1,250.50");
        check("costs $50–$150.", 50.0, 150.0, "$50–$150");
        check("costs €50 up to €80", 50.0, 80.0, "€50 up to €80");
        check("costs 80 € or", 80.0, 80.0, "80 €");
        check("290 to 910 of every 1,000 people", 0.29, 0.91, "290 to 910 of every 1,000");
        check("in 3 % of", 0.03, 0.03, "3 %");
    }

    #[test]
    fn other_numbers_are_no_figures() {
        for text in ["12 in 2017", "3.", "7)"] {
            assert!(read(text, 0, None).is_none_or(|figure| figure.unit != Unit::Part), "{text}");
        }
        for text in ["20 visits a year", "twice a week", "a visit", "Ice it three times a day"] {
            let at = text.find("a ").unwrap();
            assert!(read(text, at, None).is_none(), "{text}");
        }
    }

    #[test]
    fn currencies_are_told_apart() {
        let unit = |text: &str| {
            let start = text.find(|c: char| c.is_ascii_digit()).unwrap();
            read(text, start, None).unwrap().unit
        };
        let alike = |a: &str, b: &str| unit(a).is_like(&unit(b));
        assert!(alike("80 USD", "US$80") && alike("$80", "80 USD") && alike("$80", "C$80"));
        assert!(alike("CHF 80", "80 CHF") && alike("80 euros", "€80"));
        assert!(!alike("80 USD", "C$80") && !alike("€80", "$80") && !alike("CHF 80", "80 EUR"));
    }

    #[test]
    fn a_number_alone_takes_the_unit_of_its_column() {
        let figure = read("45", 0, Some("Length (minutes)")).unwrap();
        assert_eq!((figure.low, figure.unit), (2_700.0, Unit::Time(1)));
        assert!(read("45", 0, Some("Grade")).is_none());
    }
}
