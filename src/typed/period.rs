//! Spans of time as authors write them: `12 months`, `1 year`.

use std::fmt;

/// A number of months, at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Months(u16);

impl Months {
    /// That many months, or `None` for none or more than a hundred years.
    pub fn new(months: u16) -> Option<Self> {
        (1..=1200).contains(&months).then_some(Self(months))
    }

    /// Reads `12 months`, `1 month`, `2 years` or `1 year`.
    pub fn parse(text: &str) -> Option<Self> {
        let (number, unit) = text.trim().split_once(char::is_whitespace)?;
        let number: u16 = number.parse().ok()?;
        match unit.trim() {
            "month" | "months" => Self::new(number),
            "year" | "years" => Self::new(number.checked_mul(12)?),
            _ => None,
        }
    }

    /// The number of months.
    pub fn get(self) -> u16 {
        self.0
    }

    /// The date that many months later; the last day of a shorter month, the last known date at the end of time.
    pub fn after(self, date: jiff::civil::Date) -> jiff::civil::Date {
        date.saturating_add(jiff::Span::new().months(i32::from(self.0)))
    }
}

impl fmt::Display for Months {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            1 => f.write_str("1 month"),
            12 => f.write_str("1 year"),
            n if n % 12 == 0 => write!(f, "{} years", n / 12),
            n => write!(f, "{n} months"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_years_are_read_and_other_words_are_not() {
        assert_eq!(Months::parse("12 months"), Months::new(12));
        assert_eq!(Months::parse("2 years"), Months::new(24));
        for wrong in ["12", "months", "0 months", "a year", "12months", "9999 years", "-1 months", "6 weeks"]
        {
            assert_eq!(Months::parse(wrong), None, "{wrong}");
        }
        let date = jiff::civil::date(2026, 8, 31);
        assert_eq!(Months::new(6).unwrap().after(date), jiff::civil::date(2027, 2, 28));
    }
}
