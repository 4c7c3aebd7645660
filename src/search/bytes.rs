//! Eight bytes of text at once: most text is ASCII, and what it is made of need not be asked byte by byte.
//!
//! The eight bytes are one number, the first byte lowest. Answers have the highest bit of each byte set of which they are
//! true, and no other bits.

use std::ops::RangeInclusive;

const HIGHEST: u64 = eight_times(0x80);

/// A byte in all eight places.
const fn eight_times(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// Which bytes lie in a range of ASCII.
#[inline]
fn within(eight: u64, range: RangeInclusive<u8>) -> u64 {
    // Sums of seven bits each do not run over into the next byte.
    let seven = eight & !HIGHEST;
    let from = seven + eight_times(128 - range.start());
    let beyond = seven + eight_times(127 - range.end());
    from & !beyond & !eight & HIGHEST
}

/// Which bytes are small ASCII letters or digits.
#[inline]
pub(super) fn small_letters_and_digits(eight: u64) -> u64 {
    within(eight, b'a'..=b'z') | within(eight, b'0'..=b'9')
}

/// How many of the eight bytes, from the first on, an answer is true of.
#[inline]
pub(super) fn run(answer: u64) -> usize {
    (!answer & HIGHEST).trailing_zeros() as usize / 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_is_told_in_each_place() {
        for place in 0..8 {
            for byte in 0..=255_u8 {
                for around in [0, b'a', b'{', 0xFF] {
                    let mut bytes = [around; 8];
                    bytes[place] = byte;
                    let eight = u64::from_le_bytes(bytes);
                    let is = |answer: u64| answer >> (8 * place) & 0xFF;
                    let set = |is: bool| if is { 0x80 } else { 0 };
                    let small = byte.is_ascii_lowercase() || byte.is_ascii_digit();
                    assert_eq!(is(small_letters_and_digits(eight)), set(small), "{byte}");
                }
            }
        }
    }

    #[test]
    fn a_run_ends_where_the_answer_changes() {
        let run_of = |text: &[u8; 8]| run(small_letters_and_digits(u64::from_le_bytes(*text)));
        assert_eq!(run_of(b"ab1 cdef"), 3);
        assert_eq!(run_of(b"-a1 cdef"), 0);
        assert_eq!(run_of(b"abcdefgh"), 8);
    }
}
