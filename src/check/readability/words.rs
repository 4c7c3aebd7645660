//! The words of running text.

use std::ops::Range;

/// The words of a text, as byte ranges: runs of letters and digits, with the apostrophes, hyphens, and the points and
/// commas of figures inside them.
///
/// `well-being`, `don't`, `1.5`, `10,000` and `$40` are one word each. An en or em dash parts words.
pub fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text[from..].find(|c: char| c.is_alphanumeric())?;
        let mut end = start;
        let mut last = ' ';
        let mut chars = text[start..].char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map_or(' ', |&(_, next)| next);
            let joins = match c {
                '\'' | '’' | '-' | '\u{2010}' | '\u{2011}' => {
                    last.is_alphanumeric() && next.is_alphanumeric()
                }
                '.' | ',' => last.is_ascii_digit() && next.is_ascii_digit(),
                '\u{AD}' => true,
                c => c.is_alphanumeric() || is_mark(c),
            };
            if !joins {
                break;
            }
            last = c;
            end = start + at + c.len_utf8();
        }
        from = end;
        Some(start..end)
    })
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
