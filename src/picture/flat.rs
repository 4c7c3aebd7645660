//! Drawings of few colours as PNG: indexes into a palette make files that are small and quickly written.

use std::ops::Range;

use png::{BitDepth, ColorType, Compression, Encoder, Filter};

/// The most colours that a palette holds.
const COLOURS: usize = 256;

/// A drawing in pixels, ready to be shown as it is or with other rows in their place.
///
/// Written as PNG it has no transparency. Colours that differ by less than an eighth of a step that eyes see become
/// one: there are many of them at the edges of letters. A drawing with more colours than a palette holds keeps them
/// all.
pub struct FlatDrawing {
    /// Four bytes for each pixel, the last of which is left out of the PNG; of rows that are as the one above, the first.
    pixels: Vec<u8>,
    /// Where each row begins in `pixels`.
    starts: Vec<usize>,
    width: u32,
    palette: Palette,
    /// The index of each pixel's colour; none where there are too many colours.
    indexes: Option<Vec<u8>>,
}

impl FlatDrawing {
    /// A drawing from its pixels, row by row, four bytes each; none where they do not fill the last row.
    pub fn new(pixels: &[u8], width: u32) -> Option<Self> {
        if pixels.is_empty() || !pixels.len().is_multiple_of(4 * width as usize) {
            return None;
        }
        let mut palette = Palette::new();
        let mut indexes = Vec::with_capacity(pixels.len() / 4);
        let is_indexed = palette.add_indexes(&mut indexes, pixels, width as usize).is_some();
        let (mut kept, mut starts) = (Vec::new(), Vec::new());
        for row in pixels.chunks(4 * width as usize) {
            if !kept.ends_with(row) {
                kept.extend_from_slice(row);
            }
            starts.push(kept.len() - row.len());
        }
        Some(Self { pixels: kept, starts, width, palette, indexes: is_indexed.then_some(indexes) })
    }

    /// The pixels of some rows, four bytes each.
    pub fn rows(&self, rows: Range<usize>) -> impl Iterator<Item = &[u8]> {
        let length = 4 * self.width as usize;
        self.starts[rows].iter().map(move |&start| &self.pixels[start..start + length])
    }

    /// The drawing as a PNG, with `rows` in place of its own from the row `first` on; none where they are not rows of
    /// this drawing.
    pub fn png_with(&self, first: usize, rows: &[u8]) -> Option<Vec<u8>> {
        let (row, all) = (4 * self.width as usize, self.starts.len());
        let end = first + rows.len() / row;
        if end > all || !rows.len().is_multiple_of(row) {
            return None;
        }
        let height = u32::try_from(all).ok()?;
        if let Some((indexes, palette)) = self.indexes_with(first, rows) {
            return encoded(&indexes, self.width, height, Some(palette.colours));
        }
        let pixels = self.rows(0..first).chain(rows.chunks(row)).chain(self.rows(end..all));
        let colours = pixels.flat_map(|row| row.as_chunks::<4>().0).flat_map(|pixel| &pixel[..3]);
        encoded(&colours.copied().collect::<Vec<u8>>(), self.width, height, None)
    }

    /// The indexes with those of other rows in their place; none where there are too many colours.
    fn indexes_with(&self, first: usize, rows: &[u8]) -> Option<(Vec<u8>, Palette)> {
        let own = self.indexes.as_ref()?;
        let width = self.width as usize;
        let mut palette = self.palette.clone();
        let mut indexes = Vec::with_capacity(own.len());
        indexes.extend_from_slice(&own[..first * width]);
        palette.add_indexes(&mut indexes, rows, width)?;
        indexes.extend_from_slice(&own[indexes.len()..]);
        Some((indexes, palette))
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
#[derive(Clone)]
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

    /// Adds the index of each pixel's colour; none where there are too many colours.
    fn add_indexes(&mut self, indexes: &mut Vec<u8>, pixels: &[u8], width: usize) -> Option<()> {
        let mut above: &[u8] = &[];
        for row in pixels.chunks(4 * width) {
            // Most rows are as the one above, most pixels as the one before.
            if row == above {
                indexes.extend_from_within(indexes.len() - width..);
                continue;
            }
            for run in row.as_chunks::<4>().0.chunk_by(|left, right| left == right) {
                let index = self.index(run[0])?;
                indexes.resize(indexes.len() + run.len(), index);
            }
            above = row;
        }
        Some(())
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

    fn read(png: Option<Vec<u8>>) -> image::RgbImage {
        image::load_from_memory(&png.unwrap()).unwrap().into_rgb8()
    }

    /// What is read of a drawing of one row.
    fn row(pixels: &[u8]) -> Vec<u8> {
        let drawing = FlatDrawing::new(pixels, pixels.len() as u32 / 4).unwrap();
        read(drawing.png_with(0, &[])).into_raw()
    }

    /// Three hundred colours.
    fn many() -> Vec<u8> {
        (0..300_usize).flat_map(|at| [(at * 8) as u8, (at / 32 * 8) as u8, 1, 255]).collect()
    }

    #[test]
    fn near_colours_become_one() {
        assert_eq!(row(&[250, 0, 0, 255, 252, 3, 1, 255, 200, 0, 0, 255]), [250, 0, 0, 250, 0, 0, 200, 0, 0]);
    }

    #[test]
    fn a_drawing_of_many_colours_keeps_them() {
        let expected: Vec<u8> = many().chunks_exact(4).flat_map(|pixel| &pixel[..3]).copied().collect();
        assert_eq!(row(&many()), expected);
        let plain = FlatDrawing::new(&[1, 2, 3, 255].repeat(900), 300).unwrap();
        let drawn = read(plain.png_with(1, &many()));
        assert_eq!(drawn.as_raw()[900..1800], expected);
        assert_eq!((drawn.get_pixel(0, 0).0, drawn.get_pixel(299, 2).0), ([1, 2, 3], [1, 2, 3]));
    }

    #[test]
    fn rows_stand_one_below_the_other_and_others_take_their_place() {
        let pixels: Vec<u8> = (0..5_u8).flat_map(|row| [row * 9, 8, 7, 255].repeat(4)).collect();
        let drawing = FlatDrawing::new(&pixels, 4).unwrap();
        let heights = |picture: image::RgbImage| [0, 1, 2, 3, 4].map(|y| picture.get_pixel(3, y).0[0]);
        assert_eq!(heights(read(drawing.png_with(0, &[]))), [0, 9, 18, 27, 36]);
        let rows: Vec<u8> = [90, 8, 7, 255].repeat(8);
        assert_eq!(heights(read(drawing.png_with(2, &rows))), [0, 9, 90, 90, 36]);
        assert_eq!(drawing.png_with(4, &rows), None);
        let kept: Vec<&[u8]> = drawing.rows(1..3).collect();
        assert_eq!(kept, [[9, 8, 7, 255].repeat(4), [18, 8, 7, 255].repeat(4)]);
    }

    #[test]
    fn a_row_as_the_one_above_is_kept_once() {
        let pixels: Vec<u8> = [1, 1, 2, 2, 1_u8].iter().flat_map(|row| [*row, 8, 7, 255].repeat(9)).collect();
        let drawing = FlatDrawing::new(&pixels, 9).unwrap();
        assert_eq!(drawing.rows(0..5).collect::<Vec<_>>().concat(), pixels);
        assert_eq!(drawing.pixels.len(), 3 * 9 * 4);
    }

    #[test]
    fn pixels_that_do_not_fill_the_rows_are_no_drawing() {
        assert!(FlatDrawing::new(&[1, 2, 3, 255], 2).is_none());
        assert!(FlatDrawing::new(&[], 1).is_none());
        assert!(FlatDrawing::new(&[1, 2, 3, 255], 0).is_none());
    }
}
