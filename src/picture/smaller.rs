//! A smaller picture of a file, as WebP.

use fast_image_resize::images::Image;
use fast_image_resize::{PixelType, Resizer};
use image::{DynamicImage, ImageDecoder};

use super::facts::{Trouble, any_decoder, orientation};
use super::profile;

/// Of 100. libwebp's own default is 75; a little more keeps fine lines of drawings that were saved as photographs.
const QUALITY: f32 = 80.0;

/// The picture in this width as WebP, upright, without the file's remarks such as where it was taken, and with
/// its colour profile where that says more than browsers assume.
///
/// Flat drawings stay exact where that is the smaller file; photographs lose what eyes do not miss.
pub fn smaller(bytes: &[u8], width: u32) -> Result<Vec<u8>, Trouble> {
    let mut decoder = any_decoder(bytes)?;
    let orientation = orientation(&mut decoder);
    let has_alpha = decoder.color_type().has_alpha();
    let profile = decoder.icc_profile().ok().flatten().and_then(profile::needed);
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    let picture = Pixels::of(&picture, has_alpha);
    let picture = if width < picture.width { picture.scaled(width)? } else { picture };
    let sides = (picture.width, picture.height);
    let whole = |webp: Vec<u8>| match &profile {
        Some(profile) => profile::put(&webp, sides, profile).unwrap_or(webp),
        None => webp,
    };
    let lossy = picture.webp(false)?;
    let is_photograph = image::guess_format(bytes).ok() == Some(image::ImageFormat::Jpeg);
    if is_photograph {
        return Ok(whole(lossy));
    }
    let exact = picture.webp(true)?;
    Ok(whole(if exact.len() <= lossy.len() { exact } else { lossy }))
}

/// Rows of pixels, one byte for each colour.
struct Pixels {
    width: u32,
    height: u32,
    has_alpha: bool,
    bytes: Vec<u8>,
}

impl Pixels {
    fn of(picture: &DynamicImage, has_alpha: bool) -> Self {
        let (width, height) = (picture.width(), picture.height());
        let bytes = if has_alpha { picture.to_rgba8().into_raw() } else { picture.to_rgb8().into_raw() };
        Self { width, height, has_alpha, bytes }
    }

    fn scaled(self, width: u32) -> Result<Self, Trouble> {
        let height = scaled_height(self.width, self.height, width);
        let kind = if self.has_alpha { PixelType::U8x4 } else { PixelType::U8x3 };
        let failed = |_| Trouble("it cannot be made smaller".to_owned());
        let large = Image::from_vec_u8(self.width, self.height, self.bytes, kind);
        let large = large.map_err(|_| Trouble("it cannot be made smaller".to_owned()))?;
        let mut small = Image::new(width, height, kind);
        Resizer::new().resize(&large, &mut small, None).map_err(failed)?;
        Ok(Self { width, height, has_alpha: self.has_alpha, bytes: small.into_vec() })
    }

    fn webp(&self, is_exact: bool) -> Result<Vec<u8>, Trouble> {
        let (width, height) = (self.width, self.height);
        let encoder = if self.has_alpha {
            webp::Encoder::from_rgba(&self.bytes, width, height)
        } else {
            webp::Encoder::from_rgb(&self.bytes, width, height)
        };
        let made = encoder.encode_simple(is_exact, QUALITY);
        made.map(|bytes| bytes.to_vec())
            .map_err(|_| Trouble(format!("its {width} by {height} pixels are too many for WebP")))
    }
}

/// The height that keeps the shape, at least one pixel.
fn scaled_height(width: u32, height: u32, scaled: u32) -> u32 {
    let height = (u64::from(height) * u64::from(scaled) + u64::from(width) / 2) / u64::from(width);
    u32::try_from(height).unwrap_or(u32::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::facts;

    /// A picture with a red left half and a blue right one.
    fn halves(width: u32, height: u32) -> image::RgbImage {
        image::RgbImage::from_fn(width, height, |x, _| {
            if x < width / 2 { image::Rgb([220, 20, 20]) } else { image::Rgb([20, 20, 220]) }
        })
    }

    fn encoded(picture: &image::RgbImage, format: image::ImageFormat) -> Vec<u8> {
        let mut bytes = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    /// A JPEG whose Exif part says how it was held, and where it was taken.
    fn jpeg_held(orientation: u8) -> Vec<u8> {
        let plain = encoded(&halves(64, 16), image::ImageFormat::Jpeg);
        let mut exif = b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x02".to_vec();
        exif.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
        exif.extend(b"\x01\x0E\0\x02\0\0\0\x10\0\0\0\x26\0\0\0\0Lat 52.5200 GPS\0");
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        [&plain[..2], &[0xFF, 0xE1], &length, &exif, &plain[2..]].concat()
    }

    fn pixels(webp: &[u8]) -> (u32, u32, Vec<u8>) {
        let picture = webp::Decoder::new(webp).decode().unwrap();
        assert!(!picture.is_alpha());
        (picture.width(), picture.height(), picture.to_vec())
    }

    #[test]
    fn wide_colours_stay_wide() {
        let plain = encoded(&halves(64, 16), image::ImageFormat::Jpeg);
        let with = |name: &[u8]| {
            let mut profile = vec![0; 128];
            profile[16..20].copy_from_slice(b"RGB ");
            profile.extend(name);
            let part = [b"ICC_PROFILE\0\x01\x01", &*profile].concat();
            let length = u16::try_from(part.len() + 2).unwrap().to_be_bytes();
            [&plain[..2], &[0xFF, 0xE2], &length, &part, &plain[2..]].concat()
        };
        let says = |webp: &[u8]| memchr::memmem::find(webp, b"ICCP").is_some();
        assert!(says(&smaller(&with(b"Display P3"), 40).unwrap()));
        assert!(!says(&smaller(&with(b"sRGB built-in"), 40).unwrap()));
        assert!(!says(&smaller(&plain, 40).unwrap()));
    }

    #[test]
    fn a_picture_keeps_its_shape_and_the_same_bytes_give_the_same_file() {
        let jpeg = encoded(&halves(900, 301), image::ImageFormat::Jpeg);
        let small = smaller(&jpeg, 400).unwrap();
        let (width, height, _) = pixels(&small);
        assert_eq!((width, height), (400, 134));
        assert_eq!(small, smaller(&jpeg, 400).unwrap());
        assert!(small.len() < jpeg.len());
    }

    #[test]
    fn a_tiny_picture_and_a_thin_one_stay_visible() {
        let dot = encoded(&halves(1, 1), image::ImageFormat::Png);
        assert_eq!(pixels(&smaller(&dot, 1).unwrap()).0, 1);
        let line = encoded(&halves(2_000, 1), image::ImageFormat::Png);
        let (width, height, _) = pixels(&smaller(&line, 400).unwrap());
        assert_eq!((width, height), (400, 1));
    }

    #[test]
    fn a_photograph_stands_upright_and_does_not_tell_where_it_was_taken() {
        let held = jpeg_held(6);
        assert!(held.windows(3).any(|bytes| bytes == b"GPS"));
        let found = facts(&held).unwrap();
        assert_eq!((found.width, found.height, found.moves), (16, 64, false));
        let small = smaller(&held, 16).unwrap();
        assert!(!small.windows(3).any(|bytes| bytes == b"GPS" || bytes == b"EXI" || bytes == b"Exi"));
        let (width, height, rgb) = pixels(&small);
        assert_eq!((width, height), (16, 64));
        // Turned to the right, what was left is on top.
        let (top, bottom) = (&rgb[..3], &rgb[rgb.len() - 3..]);
        assert!(top[0] > 150 && top[2] < 100, "{top:?}");
        assert!(bottom[2] > 150 && bottom[0] < 100, "{bottom:?}");
        let upright = facts(&jpeg_held(1)).unwrap();
        assert_eq!((upright.width, upright.height), (64, 16));
    }

    #[test]
    fn drawings_stay_exact_where_that_is_smaller() {
        let png = encoded(&halves(64, 64), image::ImageFormat::Png);
        let (_, _, rgb) = pixels(&smaller(&png, 64).unwrap());
        assert_eq!(rgb, halves(64, 64).into_raw());
    }

    #[test]
    fn glass_stays_glass() {
        let picture = image::RgbaImage::from_pixel(8, 8, image::Rgba([10, 200, 10, 0]));
        let mut bytes = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        let small = smaller(bytes.get_ref(), 4).unwrap();
        assert!(webp::Decoder::new(&small).decode().unwrap().is_alpha());
    }

    #[test]
    fn a_gif_that_moves_is_known_and_one_that_does_not_too() {
        let frame = || image::Frame::new(image::RgbaImage::from_pixel(4, 4, image::Rgba([1, 2, 3, 255])));
        let gif = |count: usize| {
            let mut bytes = Vec::new();
            let mut encoder = image::codecs::gif::GifEncoder::new(&mut bytes);
            encoder.encode_frames((0..count).map(|_| frame())).unwrap();
            drop(encoder);
            bytes
        };
        assert!(facts(&gif(2)).unwrap().moves);
        assert!(!facts(&gif(1)).unwrap().moves);
        assert_eq!(pixels(&smaller(&gif(1), 4).unwrap()).0, 4);
    }

    #[test]
    fn what_is_damaged_is_said_and_nothing_panics() {
        let png = encoded(&halves(64, 64), image::ImageFormat::Png);
        let jpeg = encoded(&halves(64, 64), image::ImageFormat::Jpeg);
        assert!(facts(&png).is_ok());
        for whole in [png, jpeg, jpeg_held(6)] {
            for cut in [0, 1, 8, 20, whole.len() / 2] {
                let said = smaller(&whole[..cut], 32).err().map(|trouble| trouble.to_string());
                assert!(cut > 100 || said.is_some(), "{cut} bytes");
            }
        }
        assert_eq!(
            facts(b"not a picture").unwrap_err().to_string(),
            "it is no PNG, JPEG or GIF that can be read"
        );
        let mut huge = encoded(&halves(4, 4), image::ImageFormat::Png);
        huge[16..24].copy_from_slice(&[0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF]);
        assert!(facts(&huge).is_err());
    }
}
