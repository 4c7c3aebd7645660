//! Many bytes of text at once: most text is ASCII, and what it is made of need not be asked byte by byte.
//!
//! Sixteen bytes are one number, the first byte lowest.

use wide::i8x16;

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
    text.first_chunk().map_or_else(|| less_than_sixteen(text), |bytes| u128::from_le_bytes(*bytes))
}

/// The same for a shorter text. Its head and its tail are read, which may overlap and agree there: that takes less time
/// than to copy so few bytes.
#[inline]
fn less_than_sixteen(text: &[u8]) -> u128 {
    let with_tail =
        |head: u64, tail: u64, size: usize| u128::from(head) | u128::from(tail) << (8 * (text.len() - size));
    let four = |bytes: [u8; 4]| u64::from(u32::from_le_bytes(bytes));
    if let (Some(head), Some(tail)) = (text.first_chunk(), text.last_chunk()) {
        return with_tail(u64::from_le_bytes(*head), u64::from_le_bytes(*tail), 8);
    }
    if let (Some(head), Some(tail)) = (text.first_chunk(), text.last_chunk()) {
        return with_tail(four(*head), four(*tail), 4);
    }
    text.iter().rev().fold(0, |all, &byte| all << 8 | u128::from(byte))
}

/// The first of sixteen bytes, fewer than all of them; in place of the others stand zeros.
#[inline]
pub(crate) fn lowest(sixteen: u128, length: usize) -> u128 {
    /// To look the bits up is quicker than to shift so wide a number.
    static BITS: [u128; 16] = {
        let mut bits = [0; 16];
        let mut length = 1;
        while length < bits.len() {
            bits[length] = bits[length - 1] << 8 | 0xFF;
            length += 1;
        }
        bits
    };
    debug_assert!(length < BITS.len());
    sixteen & BITS[length % BITS.len()]
}

/// Whether any byte is such a one. All of them are asked, so that the compiler asks many at once.
#[inline]
pub(crate) fn any(text: &[u8], is: impl Fn(u8) -> bool) -> bool {
    text.iter().fold(false, |found, &byte| found | is(byte))
}

/// Which of 64 bytes are such; the first is the lowest bit.
#[inline]
pub(crate) fn bits(bytes: &[u8; 64], is: impl Fn(u8) -> bool) -> u64 {
    bits_of_64(|at| is(bytes[at]))
}

/// Whether any of 64 places is such a one.
#[inline]
pub(crate) fn any_of_64(is: impl Fn(usize) -> bool) -> bool {
    (0..64).fold(false, |found, at| found | is(at))
}

/// Which of 64 places are such; the first is the lowest bit.
#[inline]
pub(crate) fn bits_of_64(is: impl Fn(usize) -> bool) -> u64 {
    // Not by `map` of arrays, which is not always made one with its closure.
    let mut flags = [0; 64];
    for (at, flag) in flags.iter_mut().enumerate() {
        *flag = -i8::from(is(at));
    }
    let (sixteens, _) = flags.as_chunks::<16>();
    sixteens.iter().rev().fold(0, |all, sixteen| all << 16 | u64::from(i8x16::new(*sixteen).to_bitmask()))
}

/// The places of the bits that are set, from the lowest on.
#[inline]
pub(crate) fn places(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = (bits != 0).then(|| bits.trailing_zeros() as usize);
        bits &= bits.wrapping_sub(1);
        lowest
    })
}

/// 64 bytes and those behind them that are asked with each.
pub(crate) type Window = [u8; 72];

/// The 64 bytes of a window.
#[inline]
pub(crate) fn block(window: &Window) -> &[u8; 64] {
    window.first_chunk().expect("a window is longer")
}

/// Gives each 64 bytes of a text with those behind them: where they begin, and the bits of those that lie in the text.
#[inline]
pub(crate) fn each_window(text: &[u8], mut take: impl FnMut(usize, &Window, u64)) {
    for start in (0..text.len()).step_by(64) {
        let rest = &text[start..];
        let padded: Window;
        let window = match rest.first_chunk() {
            Some(window) => window,
            None => {
                padded = first(rest);
                &padded
            }
        };
        take(start, window, low_bits(rest.len()));
    }
}

/// The first three letters of a word, in bits that are the same in both cases, and in the third place for an `i` and a
/// `y`, which are one where plurals count as the word itself. Zeros stand behind a shorter word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Beginning(pub(crate) u16);

impl Beginning {
    /// That of a word whose bytes these are, the first one lowest; behind a shorter word stand zeros.
    #[inline]
    pub(crate) fn of(letters: u32) -> Self {
        Self((letters & 0x1F | letters >> 3 & 0x1F << 5 | letters >> 6 & 0xF << 10) as u16)
    }
}

/// The beginning of a word.
pub(crate) fn beginning(word: &[u8]) -> Beginning {
    Beginning::of(u32::from_le_bytes(first(word)))
}

/// What may stand in a text where words begin that are looked for. Where most words of a text begin stands something else.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Heads([u64; HEADS / 64]);

const HEADS: usize = 1 << 14;

impl Heads {
    pub(crate) const NONE: Self = Self([0; HEADS / 64]);

    /// Adds all words that begin so.
    pub(crate) fn add(&mut self, Beginning(letters): Beginning) {
        let [one, two, three] = [letters & 0x1F, letters >> 5 & 0x1F, letters >> 10].map(u32::from);
        // Behind a short word may stand anything.
        let seconds = if two == 0 { 0..=0x1F } else { two..=two };
        let thirds = if two == 0 || three == 0 { 0..=0xF } else { three..=three };
        for two in seconds {
            for three in thirds.clone() {
                let head = head(one | two << 8 | three << 16);
                self.0[head / 64] |= 1 << (head % 64);
            }
        }
    }

    /// Whether one of the words may begin where a text goes on with these bytes.
    #[inline]
    pub(crate) fn has(&self, text: [u8; 4]) -> bool {
        let head = head(u32::from_le_bytes(text));
        self.0[head / 64] >> (head % 64) & 1 == 1
    }

    /// Those of these places where one of the words may begin.
    #[inline]
    pub(crate) fn among(&self, window: &Window, starts: u64) -> u64 {
        // All are asked at once, and nothing done before the last answer: what a word is cannot be foreseen.
        places(starts).fold(0, |found, at| found | u64::from(self.has(first(&window[at..]))) << at)
    }
}

impl Default for Heads {
    fn default() -> Self {
        Self::NONE
    }
}

/// The number of a beginning of three letters, by the same bits as in [`Beginning`].
#[inline]
fn head(letters: u32) -> usize {
    ((letters & 0x0F_1F1F).wrapping_mul(0x7F4A_7C15) >> (32 - HEADS.trailing_zeros())) as usize
}

/// So many bits, the lowest of 64.
#[inline]
pub(crate) fn low_bits(count: usize) -> u64 {
    if count >= 64 { u64::MAX } else { (1 << count) - 1 }
}

/// The bytes with small letters in place of the large ones; what is no ASCII letter or digit may become another sign.
#[inline]
pub(crate) fn lowered(sixteen: u128) -> u128 {
    // Of letters and digits, those with this bit are the letters.
    sixteen | (sixteen & each(0x40)) >> 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_are_lowered_in_each_place() {
        for place in 0..16 {
            for byte in (0..=127_u8).filter(u8::is_ascii_alphanumeric) {
                let mut bytes = [b'a'; 16];
                bytes[place] = byte;
                let lowered = lowered(u128::from_le_bytes(bytes)).to_le_bytes();
                assert_eq!(lowered, bytes.map(|byte| byte.to_ascii_lowercase()), "{byte}");
            }
        }
    }

    #[test]
    fn each_of_many_bytes_is_asked() {
        for place in 0..64 {
            let mut bytes = [b'a'; 64];
            assert!(!any(&bytes, |byte| byte == b'b'));
            bytes[place] = b'b';
            assert!(any(&bytes, |byte| byte == b'b'));
            assert_eq!(bits(&bytes, |byte| byte == b'b'), 1 << place);
            assert_eq!(bits(&bytes, |byte| byte == b'a'), !(1 << place));
        }
    }

    #[test]
    fn windows_hold_the_text_and_what_follows() {
        let text: Vec<u8> = (0..=255).cycle().skip(1).take(300).collect();
        for end in 0..=text.len() {
            let (text, mut read) = (&text[..end], Vec::new());
            each_window(text, |start, window, in_text| {
                assert_eq!(window, &first(&text[start..]));
                read.extend(places(in_text).map(|at| block(window)[at]));
            });
            assert_eq!(read, text);
        }
    }

    #[test]
    fn words_that_are_looked_for_may_begin_whatever_stands_behind_them() {
        for word in ["neck", "a", "is", "$", "été", "i'm", "top", "x1"] {
            let mut heads = Heads::default();
            heads.add(beginning(word.as_bytes()));
            for behind in ["", " ", "'s", "\n", "zz"] {
                for text in [format!("{word}{behind}"), format!("{}{behind}", word.to_ascii_uppercase())] {
                    assert!(heads.has(first(text.as_bytes())), "{word}: {text}");
                }
            }
            assert!(!heads.has(*b"bcd "), "{word}");
        }
    }

    #[test]
    fn the_first_bytes_stay() {
        let all = u128::from_le_bytes(*b"abcdefghijklmnop");
        assert_eq!((0..16).map(|length| lowest(all, length)).max(), Some(sixteen(b"abcdefghijklmno")));
        assert_eq!((lowest(all, 0), lowest(all, 3)), (0, sixteen(b"abc")));
    }

    #[test]
    fn behind_the_end_of_a_text_stand_zeros() {
        let text = b"abcdefghijklmnopqr";
        for at in 0..=text.len() {
            let mut bytes = text[at..].to_vec();
            bytes.resize(16.max(bytes.len()), 0);
            assert_eq!(first::<16>(&text[at..]), bytes[..16], "{at}");
            assert_eq!(sixteen(&text[at..]).to_le_bytes(), bytes[..16], "{at}");
        }
    }
}
