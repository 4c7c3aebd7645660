//! Short words as numbers: nearly all words of a text have less than sixteen bytes and fit into one, the first letter
//! as its lowest byte.

use super::Endings;

/// How many bytes a number holds.
pub(super) const MAX: usize = 16;

/// The highest bit of each byte.
const HIGH: u64 = each(0x80);

/// The byte eight times.
const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The first sixteen bytes of a text; zeros where there are less.
#[inline]
pub(super) fn first_bytes(text: &[u8]) -> u128 {
    if let Some(bytes) = text.first_chunk() {
        return u128::from_le_bytes(*bytes);
    }
    let mut bytes = [0; 16];
    bytes[..text.len()].copy_from_slice(text);
    u128::from_le_bytes(bytes)
}

/// How many of the first bytes are ASCII letters, digits or `_`.
#[inline]
pub(super) fn word_length(bytes: u128) -> usize {
    let (first, second) = (letters(bytes as u64), letters((bytes >> 64) as u64));
    if first == 8 { 8 + second } else { first }
}

#[inline]
fn letters(eight: u64) -> usize {
    let ascii = eight & !HIGH;
    let small = ascii | each(0x20);
    let is_letter = at_least(small, b'a') & !at_least(small, b'z' + 1);
    let is_digit = at_least(ascii, b'0') & !at_least(ascii, b'9' + 1);
    let is_underscore = at_least(ascii, b'_') & !at_least(ascii, b'_' + 1);
    let is_word = (is_letter | is_digit | is_underscore) & !eight & HIGH;
    ((is_word ^ HIGH).trailing_zeros() / 8) as usize
}

/// The highest bit of each byte that is `least` or more; no byte may have that bit set itself.
#[inline]
const fn at_least(ascii: u64, least: u8) -> u64 {
    ascii + each(0x80 - least)
}

/// What [`super::hash_of`] gives for the stem of a word of `length` bytes, all of them letters and digits.
#[inline]
pub(super) fn hash_of(bytes: u128, length: usize, endings: Endings) -> u64 {
    let (length, ends_with_y) = stem(bytes, length, endings);
    let own = bytes & !(u128::MAX << (8 * length));
    let last = if ends_with_y { own ^ I_TO_Y << (8 * (length - 1)) } else { own };
    finished(mixed(length as u64, last))
}

/// Makes a `y` of an `i`, in any case.
pub(super) const I_TO_Y: u128 = (b'i' ^ b'y') as u128;

const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// Adds up to sixteen bytes to a hash; ASCII letters count as small ones.
#[inline]
pub(super) fn mixed(hash: u64, bytes: u128) -> u64 {
    const OTHER_FACTOR: u64 = 0xD6E8_FEB8_6659_FD93;
    // Bytes beyond ASCII are folded already and stay as they are.
    let folded = |eight: u64| eight | (!eight & HIGH) >> 2;
    let (first, second) = (folded(bytes as u64), folded((bytes >> 64) as u64));
    let second = second.wrapping_mul(OTHER_FACTOR).rotate_left(32);
    let hash = (hash ^ first).wrapping_mul(FACTOR) ^ second;
    hash ^ hash >> 29
}

/// The hash once all bytes are added; never 0.
#[inline]
pub(super) fn finished(hash: u64) -> u64 {
    let hash = hash.wrapping_mul(FACTOR);
    (hash ^ (hash >> 32)).max(1)
}

/// What [`super::stem`] gives for the first `length` bytes: how many of them, and whether the last counts as `y`.
#[inline]
fn stem(bytes: u128, length: usize, endings: Endings) -> (usize, bool) {
    if endings == Endings::None || length <= 3 {
        return (length, false);
    }
    let ends = (bytes << (128 - 8 * length) >> 96) as u32 | 0x2020_2020;
    let [second, third, before, last] = ends.to_le_bytes();
    let (length, [third, before, last]) = if last == b's' && !matches!(before, b's' | b'u' | b'i' | b'\'') {
        (length - 1, [second, third, before])
    } else {
        (length, [third, before, last])
    };
    if length <= 3 || last != b'e' {
        return (length, false);
    }
    match (third, before) {
        (_, b'i') => (length - 1, true),
        (_, b'x' | b'z' | b's') | (b'c' | b's', b'h') => (length - 1, false),
        _ => (length, false),
    }
}
