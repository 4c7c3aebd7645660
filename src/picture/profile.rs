//! The colour profile of a picture: what its numbers mean on a screen.
//!
//! Browsers take the numbers of a picture without a profile for sRGB. Those of a phone's camera often mean a wider
//! range of colours (Display P3); such a profile goes on into the smaller picture, or its colours would turn pale.

/// A larger profile is one for printers, or damaged.
const MOST_BYTES: usize = 16 * 1024;

/// The length of a profile's head.
const HEAD: usize = 128;

/// The profile, where it is one for colours on screens and says anything but what browsers assume.
pub(super) fn needed(profile: Vec<u8>) -> Option<Vec<u8>> {
    let is_of_screens = (HEAD..=MOST_BYTES).contains(&profile.len()) && profile[16..20] == *b"RGB ";
    let says = |words: &[u8]| memchr::memmem::find(&profile, words).is_some();
    // Its name is in plain letters or, in newer files, in letters of two bytes.
    let is_assumed = says(b"sRGB") || says(b"\0s\0R\0G\0B");
    (is_of_screens && !is_assumed).then_some(profile)
}

/// A WebP file with a profile: its container in the extended form, with the profile before the picture.
pub(super) fn put(webp: &[u8], (width, height): (u32, u32), profile: &[u8]) -> Option<Vec<u8>> {
    const HAS_PROFILE: u8 = 0x20;
    const HAS_ALPHA: u8 = 0x10;
    let mut chunks = webp.strip_prefix(b"RIFF")?.get(4..)?.strip_prefix(b"WEBP")?;
    let name = chunks.get(..4)?;
    let flags = match name {
        b"VP8X" => *chunks.get(8)?,
        // The lossless form says in its head whether it has transparency.
        b"VP8L" if chunks.get(12)? & 0x10 != 0 => HAS_ALPHA,
        _ => 0,
    };
    if name == b"VP8X" {
        chunks = chunks.get(18..)?;
    }
    let mut head = vec![flags | HAS_PROFILE, 0, 0, 0];
    for side in [width, height] {
        head.extend(&(side.checked_sub(1)?).to_le_bytes()[..3]);
    }
    let mut body = b"WEBP".to_vec();
    chunk(&mut body, b"VP8X", &head)?;
    chunk(&mut body, b"ICCP", profile)?;
    body.extend(chunks);
    let mut file = b"RIFF".to_vec();
    file.extend(u32::try_from(body.len()).ok()?.to_le_bytes());
    file.extend(body);
    Some(file)
}

fn chunk(out: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) -> Option<()> {
    out.extend(name);
    out.extend(u32::try_from(data.len()).ok()?.to_le_bytes());
    out.extend(data);
    // Chunks begin at even places.
    out.extend(std::iter::repeat_n(0, data.len() % 2));
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(in crate::picture) fn profile(name: &[u8]) -> Vec<u8> {
        let mut profile = vec![0; HEAD];
        profile[16..20].copy_from_slice(b"RGB ");
        profile.extend(name);
        profile
    }

    #[test]
    fn only_what_browsers_do_not_assume_is_kept() {
        assert!(needed(profile(b"Display P3")).is_some());
        assert_eq!(needed(profile(b"sRGB IEC61966-2.1")), None);
        assert_eq!(needed(profile(b"\0s\0R\0G\0B\0 ")), None);
        assert_eq!(needed(b"RGB ".to_vec()), None, "cut off");
        let mut of_printers = profile(b"Coated");
        of_printers[16..20].copy_from_slice(b"CMYK");
        assert_eq!(needed(of_printers), None);
        assert_eq!(needed(profile(&[7; MOST_BYTES])), None, "too large");
    }

    #[test]
    fn a_picture_with_a_profile_is_the_same_picture() {
        let colours: Vec<u8> = (0..9 * 5 * 4).map(|at| (at * 5) as u8 | 3).collect();
        let (plain, clear) =
            (webp::Encoder::from_rgb(&colours[..135], 9, 5), webp::Encoder::from_rgba(&colours, 9, 5));
        for (encoder, is_exact) in [(&plain, false), (&plain, true), (&clear, false), (&clear, true)] {
            let without = encoder.encode_simple(is_exact, 80.0).unwrap();
            let profile = profile(b"Display P3.");
            let with = put(&without, (9, 5), &profile).unwrap();
            assert_eq!(with.len() % 2, 0);
            assert_eq!(with[4..8], u32::try_from(with.len() - 8).unwrap().to_le_bytes());
            assert!(memchr::memmem::find(&with, &profile).is_some());
            let read = |file: &[u8]| webp::Decoder::new(file).decode().map(|picture| picture.to_vec());
            assert!(read(&with).is_some());
            assert_eq!(read(&with), read(&without));
        }
        assert_eq!(put(b"GIF89a", (9, 5), b""), None);
    }
}
