//! The words of running text.

use std::ops::Range;

/// The words of a text, as byte ranges: runs of letters and digits, with the apostrophes, hyphens, and the points and
/// commas of figures inside them.
///
/// `well-being`, `don't`, `1.5`, `10,000` and `$40` are one word each. An en or em dash parts words.
pub fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = word_start(text, from)?;
        let end = word_end(text, start);
        from = end;
        Some(start..end)
    })
}

/// The first letter or digit at or behind `from`. Most text is ASCII, so bytes are looked at first.
fn word_start(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        if bytes[at].is_ascii_alphanumeric() {
            return Some(at);
        }
        if bytes[at].is_ascii() {
            at += 1;
            continue;
        }
        let c = text[at..].chars().next()?;
        if c.is_alphanumeric() {
            return Some(at);
        }
        at += c.len_utf8();
    }
    None
}

/// The end of the word that starts at `start`.
fn word_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    loop {
        while bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
            at += 1;
        }
        let ends = |byte: &u8| byte.is_ascii() && !matches!(byte, b'\'' | b'-' | b'.' | b',');
        if bytes.get(at).is_none_or(ends) {
            return at;
        }
        let mut rest = text[at..].chars();
        let Some(c) = rest.next() else {
            return at;
        };
        let last = text[start..at].chars().next_back().unwrap_or(' ');
        let next = rest.next().unwrap_or(' ');
        let joins = match c {
            '\'' | '’' | '-' | '\u{2010}' | '\u{2011}' => last.is_alphanumeric() && next.is_alphanumeric(),
            '.' | ',' => last.is_ascii_digit() && next.is_ascii_digit(),
            '\u{AD}' => true,
            c => c.is_alphanumeric() || is_mark(c),
        };
        if !joins {
            return at;
        }
        at += c.len_utf8();
    }
}

/// Whether a character is a mark that sits on the letter before it.
fn is_mark(c: char) -> bool {
    c > '\u{2FF}' && unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = words(text).map(|range| &text[range]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn hyphens_apostrophes_and_figures_hold_a_word_together() {
        check(
            "Don't skip well-being—it costs $1,250.50 (or more).",
            &["Don't", "skip", "well-being", "it", "costs", "1,250.50", "or", "more"],
        );
        check("24-48 hours - 'soon', e.g. 5%", &["24-48", "hours", "soon", "e", "g", "5"]);
    }

    #[test]
    fn marks_stay_with_their_letter() {
        check("cafe\u{301} a\u{AD}b", &["cafe\u{301}", "a\u{AD}b"]);
        check("", &[]);
    }
}
