//! Drawings of few colours as PNG: indexes into a palette make files that are small and quickly written.

use png::{BitDepth, ColorType, Compression, Encoder, Filter};

/// The most colours that a palette holds.
const COLOURS: usize = 256;

/// The drawing as a PNG without transparency; none where the pixels do not fill the sides.
///
/// Four bytes make a pixel, the last of which is left out. Colours that differ by less than an eighth of a step that
/// eyes see become one: there are many of them at the edges of letters. A drawing with more colours than a palette
/// holds keeps them all.
pub fn drawing_png(pixels: &[u8], width: u32, height: u32) -> Option<Vec<u8>> {
    let mut palette = Palette::new();
    match palette.indexes(pixels, width as usize) {
        Some(indexes) => encoded(&indexes, width, height, Some(palette.colours)),
        None => {
            let colours: Vec<u8> = pixels.chunks_exact(4).flat_map(|pixel| &pixel[..3]).copied().collect();
            encoded(&colours, width, height, None)
        }
    }
}

fn encoded(data: &[u8], width: u32, height: u32, palette: Option<Vec<u8>>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width, height);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_color(if palette.is_some() { ColorType::Indexed } else { ColorType::Rgb });
    if let Some(palette) = palette {
        encoder.set_palette(palette);
    }
    encoder.set_compression(Compression::Fast);
    // A row is mostly as the one above it.
    encoder.set_filter(Filter::Up);
    encoder.write_header().ok()?.write_image_data(data).ok()?;
    Some(bytes)
}

/// The colours of a drawing in the order in which they are met.
struct Palette {
    /// Three bytes each.
    colours: Vec<u8>,
    /// One more than the index of a colour, by the five highest bits of its parts.
    known: Vec<u16>,
}

impl Palette {
    fn new() -> Self {
        Self { colours: Vec::new(), known: vec![0; 1 << 15] }
    }

    /// The index of each pixel's colour; none where there are too many colours.
    fn indexes(&mut self, pixels: &[u8], width: usize) -> Option<Vec<u8>> {
        let mut indexes = Vec::with_capacity(pixels.len() / 4);
        let (mut above, mut last): (&[u8], _) = (&[], None);
        for row in pixels.chunks(4 * width.max(1)) {
            // Most rows are as the one above, most pixels as the one before.
            if row == above {
                indexes.extend_from_within(indexes.len() - width..);
                continue;
            }
            for pixel in row.as_chunks::<4>().0 {
                let index = match last {
                    Some((known, index)) if known == *pixel => index,
                    _ => self.index(*pixel)?,
                };
                last = Some((*pixel, index));
                indexes.push(index);
            }
            above = row;
        }
        Some(indexes)
    }

    fn index(&mut self, [red, green, blue, _]: [u8; 4]) -> Option<u8> {
        let colour = [red, green, blue];
        let key = colour.iter().fold(0, |key, part| key << 5 | usize::from(part >> 3));
        if self.known[key] == 0 {
            let index = self.colours.len() / 3;
            if index == COLOURS {
                return None;
            }
            self.colours.extend(colour);
            self.known[key] = index as u16 + 1;
        }
        u8::try_from(self.known[key] - 1).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read of a drawing of one row.
    fn row(pixels: &[u8]) -> Vec<u8> {
        let png = drawing_png(pixels, pixels.len() as u32 / 4, 1).unwrap();
        image::load_from_memory(&png).unwrap().into_rgb8().into_raw()
    }

    #[test]
    fn near_colours_become_one() {
        assert_eq!(row(&[250, 0, 0, 255, 252, 3, 1, 255, 200, 0, 0, 255]), [250, 0, 0, 250, 0, 0, 200, 0, 0]);
    }

    #[test]
    fn a_drawing_of_many_colours_keeps_them() {
        let many: Vec<u8> =
            (0..300_usize).flat_map(|at| [(at * 8) as u8, (at / 32 * 8) as u8, 1, 255]).collect();
        let expected: Vec<u8> = many.chunks_exact(4).flat_map(|pixel| &pixel[..3]).copied().collect();
        assert_eq!(row(&many), expected);
    }

    #[test]
    fn rows_stand_one_below_the_other() {
        let pixels: Vec<u8> = (0..5_u8).flat_map(|row| [row * 9, 8, 7, 255].repeat(4)).collect();
        let picture = image::load_from_memory(&drawing_png(&pixels, 4, 5).unwrap()).unwrap().into_rgb8();
        assert_eq!(picture.get_pixel(3, 4).0, [36, 8, 7]);
        assert_eq!(picture.get_pixel(0, 1).0, [9, 8, 7]);
    }

    #[test]
    fn pixels_that_do_not_fill_the_sides_are_no_drawing() {
        assert_eq!(drawing_png(&[1, 2, 3, 255], 2, 2), None);
        assert_eq!(drawing_png(&[], 0, 0), None);
    }
}
