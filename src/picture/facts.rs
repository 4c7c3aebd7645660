//! What a file holds, from its head.

use std::fmt;
use std::io::Cursor;

use image::codecs::gif::GifDecoder;
use image::codecs::png::PngDecoder;
use image::metadata::Orientation;
use image::{AnimationDecoder, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

/// The most pixels of a picture; the largest cameras of today stay below.
const MOST_PIXELS: u64 = 120_000_000;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Width in pixels as the picture is seen, turned as the camera says.
    pub width: u32,
    /// Height in pixels as the picture is seen.
    pub height: u32,
    /// Whether it moves: such a file is shown as it is.
    pub moves: bool,
}

/// Why no picture can be made of a file, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble(pub(super) String);

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<ImageError> for Trouble {
    fn from(error: ImageError) -> Self {
        Self(match error {
            ImageError::Unsupported(_) => "it is no PNG, JPEG or GIF that can be read".to_owned(),
            ImageError::Limits(_) => "it has too many pixels".to_owned(),
            _ => "the file is damaged or cut off".to_owned(),
        })
    }
}

/// What the file holds; reads little more than its head.
pub fn facts(bytes: &[u8]) -> Result<Facts, Trouble> {
    let format = format(bytes)?;
    let mut decoder = decoder(bytes, format)?;
    let (mut width, mut height) = decoder.dimensions();
    let is_turned = matches!(
        orientation(&mut decoder),
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    if is_turned {
        std::mem::swap(&mut width, &mut height);
    }
    Ok(Facts { width, height, moves: moves(bytes, format) })
}

/// Why no picture can be made of the file, as far as its head tells; the first bytes of a file are often enough.
pub fn trouble(bytes: &[u8]) -> Option<Trouble> {
    any_decoder(bytes).err()
}

fn format(bytes: &[u8]) -> Result<ImageFormat, Trouble> {
    Ok(image::guess_format(bytes)?)
}

/// A decoder that has read the head; refuses what would not fit into memory.
pub(super) fn decoder(bytes: &[u8], format: ImageFormat) -> Result<impl ImageDecoder + '_, Trouble> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_PIXELS * 4);
    reader.limits(limits);
    let decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(Trouble("it has no pixels".to_owned()));
    }
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Trouble(format!("its {width} by {height} pixels are too many")));
    }
    Ok(decoder)
}

/// A decoder of a file whose format is told by its first bytes: names can be wrong.
pub(super) fn any_decoder(bytes: &[u8]) -> Result<impl ImageDecoder + '_, Trouble> {
    decoder(bytes, format(bytes)?)
}

/// How the camera was held; upright where the file does not say, or says nonsense.
pub(super) fn orientation(decoder: &mut impl ImageDecoder) -> Orientation {
    decoder.orientation().unwrap_or(Orientation::NoTransforms)
}

fn moves(bytes: &[u8], format: ImageFormat) -> bool {
    match format {
        ImageFormat::Gif => {
            let decoder = GifDecoder::new(Cursor::new(bytes)).ok();
            decoder.is_some_and(|decoder| decoder.into_frames().take(2).filter(Result::is_ok).count() > 1)
        }
        ImageFormat::Png => {
            PngDecoder::new(Cursor::new(bytes)).ok().is_some_and(|decoder| decoder.is_apng().unwrap_or(false))
        }
        _ => false,
    }
}
