//! Many bytes of text at once: most text is ASCII, and what it is made of need not be asked byte by byte.
//!
//! Sixteen bytes are one number, the first byte lowest.

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
    // Not by `map` of arrays, which is not always made one with its closure.
    let mut flags = [0; 64];
    for (flag, byte) in flags.iter_mut().zip(bytes) {
        *flag = u8::from(is(*byte));
    }
    let (eights, _) = flags.as_chunks::<8>();
    let bits = |eight: &[u8; 8]| {
        // The product moves the flag of each byte to a bit of the highest one.
        u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56
    };
    eights.iter().rev().fold(0, |all, eight| all << 8 | bits(eight))
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
