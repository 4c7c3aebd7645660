//! Sixteen bytes of text at once: most text is ASCII, and what it is made of need not be asked byte by byte.
//!
//! The sixteen bytes are one number, the first byte lowest. Answers have the highest bit of each byte set of which they
//! are true, and no other bits.

use std::ops::RangeInclusive;

const HIGHEST: u128 = each(0x80);

/// A byte in all sixteen places.
const fn each(byte: u8) -> u128 {
    u128::from_le_bytes([byte; 16])
}

/// The first bytes of a text; behind its end stand zeros.
#[inline]
pub(crate) fn first<const LENGTH: usize>(text: &[u8]) -> [u8; LENGTH] {
    text.first_chunk().copied().unwrap_or_else(|| {
        let mut padded = [0; LENGTH];
        padded[..text.len()].copy_from_slice(text);
        padded
    })
}

/// The first sixteen bytes of a text; behind its end stand zeros.
#[inline]
pub(crate) fn sixteen(text: &[u8]) -> u128 {
    u128::from_le_bytes(first(text))
}

/// Which bytes lie in a range of ASCII.
#[inline]
fn within(sixteen: u128, range: RangeInclusive<u8>) -> u128 {
    // Sums of seven bits each do not run over into the next byte.
    let seven = sixteen & !HIGHEST;
    let from = seven + each(128 - range.start());
    let beyond = seven + each(127 - range.end());
    from & !beyond & !sixteen & HIGHEST
}

/// Which bytes are digits.
#[inline]
pub(crate) fn digits(sixteen: u128) -> u128 {
    within(sixteen, b'0'..=b'9')
}

/// Which bytes are small ASCII letters.
#[inline]
pub(crate) fn small_letters(sixteen: u128) -> u128 {
    within(sixteen, b'a'..=b'z')
}

/// Which bytes are large ASCII letters.
#[inline]
pub(crate) fn large_letters(sixteen: u128) -> u128 {
    within(sixteen, b'A'..=b'Z')
}

/// Which bytes are ASCII letters of either case.
#[inline]
pub(crate) fn letters(sixteen: u128) -> u128 {
    within(sixteen | each(0x20), b'a'..=b'z')
}

/// Which bytes are `_`.
#[inline]
pub(crate) fn underscores(sixteen: u128) -> u128 {
    within(sixteen, b'_'..=b'_')
}

/// The bytes with small letters in place of the large ones, of which `large` tells.
#[inline]
pub(crate) fn lowered(sixteen: u128, large: u128) -> u128 {
    sixteen | large >> 2
}

/// How many of the sixteen bytes, from the first on, an answer is true of.
#[inline]
pub(crate) fn run(answer: u128) -> usize {
    (!answer & HIGHEST).trailing_zeros() as usize / 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_is_told_in_each_place() {
        for place in 0..16 {
            for byte in 0..=255_u8 {
                for around in [0, b'a', b'{', 0xFF] {
                    let mut bytes = [around; 16];
                    bytes[place] = byte;
                    let sixteen = u128::from_le_bytes(bytes);
                    let is = |answer: u128| answer >> (8 * place) & 0xFF;
                    let set = |is: bool| if is { 0x80 } else { 0 };
                    assert_eq!(is(digits(sixteen)), set(byte.is_ascii_digit()), "{byte}");
                    assert_eq!(is(small_letters(sixteen)), set(byte.is_ascii_lowercase()), "{byte}");
                    let large = large_letters(sixteen);
                    assert_eq!(is(large), set(byte.is_ascii_uppercase()), "{byte}");
                    assert_eq!(is(letters(sixteen)), set(byte.is_ascii_alphabetic()), "{byte}");
                    assert_eq!(is(underscores(sixteen)), set(byte == b'_'), "{byte}");
                    assert_eq!(is(lowered(sixteen, large)), u128::from(byte.to_ascii_lowercase()), "{byte}");
                }
            }
        }
    }

    #[test]
    fn a_run_ends_where_the_answer_changes() {
        let run_of = |text: &[u8]| run(small_letters(sixteen(text)));
        assert_eq!(run_of(b"abc cdefghijklmnop"), 3);
        assert_eq!(run_of(b"-abcdefghijklmnop"), 0);
        assert_eq!(run_of(b"abcdefghijklmnopqr"), 16);
        assert_eq!(run_of(b"abcdefghijk"), 11);
    }

    #[test]
    fn behind_the_end_of_a_text_stand_zeros() {
        let text = b"abcdefghijklmnopqr";
        for at in 0..=text.len() {
            let mut bytes = text[at..].to_vec();
            bytes.resize(16.max(bytes.len()), 0);
            assert_eq!(first::<16>(&text[at..]), bytes[..16], "{at}");
        }
    }
}
