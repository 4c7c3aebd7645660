//! Words as numbers: the forms of one word are one, in any case.
//!
//! Nearly all words have less than sixteen bytes and are hashed as one number, the first letter as its lowest byte.

use super::Endings;
use crate::bytes::{self, Beginning};

/// How many bytes are hashed at once.
pub(super) const AT_ONCE: usize = 16;

/// The hash of a word; never 0.
pub(super) fn hash_of(word: &[u8], endings: Endings) -> u64 {
    let ends = word.last_chunk().copied().unwrap_or_default();
    let (length, ends_with_y) = stem(ends, word.len(), endings);
    let (before, last) = word[..length].split_at(length.saturating_sub(1) / AT_ONCE * AT_ONCE);
    let parts = before.chunks(AT_ONCE);
    let hash = parts.fold(length as u64, |hash, part| mixed(hash, bytes::sixteen(part)));
    let hash = mixed(hash, with_last(bytes::sixteen(last), last.len(), ends_with_y));
    finished(hash, bytes::beginning(&word[..length]))
}

/// The same for the word of `text[start..end]`, all of it letters and digits.
#[inline]
pub(super) fn hash_at(text: &[u8], start: usize, end: usize, endings: Endings) -> u64 {
    if end - start < AT_ONCE {
        hash_of_short(text, start, end, endings)
    } else {
        hash_of(&text[start..end], endings)
    }
}

/// The same for less than [`AT_ONCE`] bytes, all of them letters and digits.
#[inline(always)]
pub(super) fn hash_of_short(text: &[u8], start: usize, end: usize, endings: Endings) -> u64 {
    let ends = text[..end].last_chunk().copied().unwrap_or_default();
    let (length, ends_with_y) = stem(ends, end - start, endings);
    let own = bytes::lowest(bytes::sixteen(&text[start..]), length);
    finished(mixed(length as u64, with_last(own, length, ends_with_y)), Beginning::of(own as u32))
}

/// What a word has in common with its plural, by its last four bytes: how many of its first bytes, and whether the last
/// of them counts as `y`. The bytes of a shorter word may be any.
#[inline]
fn stem(ends: [u8; 4], length: usize, endings: Endings) -> (usize, bool) {
    // Letters in lower case; the few other characters of words are told apart anyway.
    let [second, third, before, last] = (u32::from_ne_bytes(ends) | 0x2020_2020).to_ne_bytes();
    // Asked at once: how a word ends cannot be foreseen, nor whether it is short.
    let stays = (length <= 3) | ((last != b's') & (last != b'e'));
    if stays || endings == Endings::None {
        return (length, false);
    }
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

/// The bytes with a `y` in place of an `i` as the last, in any case, where it counts as one.
#[inline]
fn with_last(bytes: u128, length: usize, ends_with_y: bool) -> u128 {
    const I_TO_Y: u128 = (b'i' ^ b'y') as u128;
    if ends_with_y { bytes ^ I_TO_Y << (8 * (length - 1)) } else { bytes }
}

const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// Adds up to sixteen bytes to a hash; ASCII letters count as small ones.
#[inline]
fn mixed(hash: u64, bytes: u128) -> u64 {
    const OTHER_FACTOR: u64 = 0xD6E8_FEB8_6659_FD93;
    const HIGHEST: u64 = u64::from_le_bytes([0x80; 8]);
    // Bytes beyond ASCII are folded already and stay as they are.
    let folded = |eight: u64| eight | (!eight & HIGHEST) >> 2;
    let (first, second) = (folded(bytes as u64), folded((bytes >> 64) as u64));
    let second = second.wrapping_mul(OTHER_FACTOR).rotate_left(32);
    let hash = (hash ^ first).wrapping_mul(FACTOR) ^ second;
    hash ^ hash >> 29
}

/// The hash once all bytes are added; the beginning is its lowest bits.
#[inline]
fn finished(hash: u64, Beginning(beginning): Beginning) -> u64 {
    let hash = hash.wrapping_mul(FACTOR);
    ((hash ^ (hash >> 32)) & !BEGINNING | u64::from(beginning)).max(1)
}

/// The bits of a hash that are the beginning of the word.
const BEGINNING: u64 = (1 << 14) - 1;

/// The beginning of the word with this hash.
pub(in crate::link) fn beginning_of(hash: u64) -> Beginning {
    Beginning((hash & BEGINNING) as u16)
}
