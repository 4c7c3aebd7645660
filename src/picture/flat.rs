//! Drawings of few colours as PNG, written many times faster than a general encoder does.
//!
//! Most of such a drawing repeats: the row above, or the pixel before. That alone is looked for, and written as one
//! block of DEFLATE with its fixed codes (RFC 1950, RFC 1951) around indexes into a palette.

/// The most colours that a palette holds.
const COLOURS: usize = 256;

/// Lengths that one code tells.
const SHORTEST: usize = 3;
const LONGEST: usize = 258;

/// Pixels that are looked at together.
const BLOCK: usize = 16;

/// How far back a code can point.
const FARTHEST: usize = 32 * 1024;

/// The drawing as a PNG without transparency; none where it has too many colours.
///
/// Four bytes make a pixel, the last of which is left out. Colours that differ by less than an eighth of a step that
/// eyes see become one: there are many of them at the edges of letters.
pub fn flat_png(pixels: &[u8], width: usize, height: usize) -> Option<Vec<u8>> {
    let mut palette = Palette::new();
    let mut stream = Stream::default();
    let line = 4 * width;
    if height == 0 || !(1..FARTHEST).contains(&width) || pixels.len() != line * height {
        return None;
    }
    // Each row begins with the byte that names its filter: none.
    let (mut row, mut above) = (vec![0_u8; width + 1], vec![0_u8; width + 1]);
    let colours = |y: usize| &pixels[y * line..][..line];
    for y in 0..height {
        let before = y.checked_sub(1).map(colours);
        if before == Some(colours(y)) {
            stream.again(&row);
            continue;
        }
        std::mem::swap(&mut row, &mut above);
        palette.indexes(colours(y), before.map(|before| (before, &above[1..])), &mut row[1..])?;
        stream.row(&row, before.map(|_| &above[..]));
    }
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let side = |side: usize| u32::try_from(side).ok().map(u32::to_be_bytes);
    let mut head = [side(width)?, side(height)?].concat();
    head.extend([8, 3, 0, 0, 0]);
    chunk(&mut png, b"IHDR", &head);
    chunk(&mut png, b"PLTE", &palette.colours);
    chunk(&mut png, b"IDAT", &stream.end());
    chunk(&mut png, b"IEND", &[]);
    Some(png)
}

/// The colours of a drawing in the order in which they are met, so that the frequent ones have short codes.
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

    /// Writes the index of each pixel of a row, given the row above it; none where there are too many colours.
    fn indexes(&mut self, colours: &[u8], above: Option<(&[u8], &[u8])>, out: &mut [u8]) -> Option<()> {
        for (at, (colours, out)) in colours.chunks(4 * BLOCK).zip(out.chunks_mut(BLOCK)).enumerate() {
            let at = at * BLOCK;
            if let Some((above, indexes)) = above
                && above[4 * at..][..colours.len()] == *colours
            {
                out.copy_from_slice(&indexes[at..][..out.len()]);
                continue;
            }
            let mut last = None;
            for (pixel, out) in colours.chunks_exact(4).zip(out) {
                let colour = [pixel[0], pixel[1], pixel[2]];
                let index = match last {
                    Some((known, index)) if known == colour => index,
                    _ => self.index(colour)?,
                };
                last = Some((colour, index));
                *out = index;
            }
        }
        Some(())
    }

    fn index(&mut self, colour: [u8; 3]) -> Option<u8> {
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

/// A zlib stream that is being written.
struct Stream {
    out: Vec<u8>,
    bits: u64,
    count: u32,
    /// Both sums of Adler-32.
    sums: (u64, u64),
    /// What the last row adds to these, the first being 0 before it.
    added: (u64, u64),
}

impl Default for Stream {
    fn default() -> Self {
        // The head of zlib; then: the last block, with fixed codes.
        let mut stream = Self { out: vec![0x78, 0x01], bits: 0, count: 0, sums: (1, 0), added: (0, 0) };
        stream.push(1, 1);
        stream.push(1, 2);
        stream
    }
}

impl Stream {
    /// The last row once more.
    fn again(&mut self, row: &[u8]) {
        self.add(row.len());
        if row.len() < SHORTEST {
            row.iter().for_each(|byte| self.literal(*byte));
        } else {
            self.matched(row.len(), row.len());
        }
    }

    /// A row, parts of which may stand in the row above or go on as they began.
    fn row(&mut self, row: &[u8], above: Option<&[u8]>) {
        self.added = sums(row);
        self.add(row.len());
        let mut at = 0;
        while at < row.len() {
            let up = above.map_or(0, |above| same(&row[at..], &above[at..]));
            let along = if at > 0 { same(&row[at..], &row[at - 1..]) } else { 0 };
            if up.max(along) < SHORTEST {
                self.literal(row[at]);
                at += 1;
            } else {
                self.matched(up.max(along), if along >= up { 1 } else { row.len() });
                at += up.max(along);
            }
        }
    }

    fn literal(&mut self, byte: u8) {
        match u32::from(byte) {
            byte @ 0..144 => self.code(0x30 + byte, 8),
            byte => self.code(0x190 + byte - 144, 9),
        }
    }

    /// That many bytes stand `distance` bytes before.
    fn matched(&mut self, mut length: usize, distance: usize) {
        while length > 0 {
            // What is left must not be too short for a code of its own.
            let part = match length {
                0..=LONGEST => length,
                length if length - LONGEST < SHORTEST => LONGEST - SHORTEST,
                _ => LONGEST,
            };
            let (code, extra, bits) = length_code(part);
            match code {
                256..280 => self.code(code - 256, 7),
                code => self.code(0xc0 + code - 280, 8),
            }
            self.push(extra, bits);
            let (code, extra, bits) = distance_code(distance);
            self.code(code, 5);
            self.push(extra, bits);
            length -= part;
        }
    }

    /// A Huffman code, its highest bit first.
    fn code(&mut self, code: u32, length: u32) {
        self.push(code.reverse_bits() >> (32 - length), length);
    }

    /// Bits, the lowest first.
    fn push(&mut self, bits: u32, count: u32) {
        self.bits |= u64::from(bits) << self.count;
        self.count += count;
        if self.count >= 32 {
            self.out.extend((self.bits as u32).to_le_bytes());
            self.bits >>= 32;
            self.count -= 32;
        }
    }

    /// Adds the last row, of that length, to the sums.
    fn add(&mut self, length: usize) {
        let (first, second) = self.sums;
        let second = second + length as u64 * first + self.added.1;
        self.sums = ((first + self.added.0) % 65_521, second % 65_521);
    }

    fn end(mut self) -> Vec<u8> {
        self.code(0, 7);
        let rest = self.count.div_ceil(8) as usize;
        self.out.extend(&self.bits.to_le_bytes()[..rest]);
        self.out.extend(((self.sums.1 << 16 | self.sums.0) as u32).to_be_bytes());
        self.out
    }
}

/// What a row adds to the sums of Adler-32, the first being 0 before it.
fn sums(row: &[u8]) -> (u64, u64) {
    const PART: usize = 256;
    let (mut first, mut second) = (0, 0);
    for (at, part) in row.chunks(PART).enumerate() {
        let (mut sum, mut late) = (0_u32, 0_u32);
        for (at, byte) in (0_u32..).zip(part) {
            sum += u32::from(*byte);
            late += at * u32::from(*byte);
        }
        first += u64::from(sum);
        second += (row.len() - at * PART) as u64 * u64::from(sum) - u64::from(late);
    }
    (first, second)
}

/// How many bytes are the same at the heads of both.
fn same(a: &[u8], b: &[u8]) -> usize {
    let mut at = 0;
    for (a, b) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        if a != b {
            break;
        }
        at += 8;
    }
    at + a[at..].iter().zip(&b[at..]).take_while(|(a, b)| a == b).count()
}

/// The code of a length, and the bits that follow it.
fn length_code(length: usize) -> (u32, u32, u32) {
    if length == LONGEST {
        return (285, 0, 0);
    }
    let over = (length - SHORTEST) as u32;
    if over < 8 {
        return (257 + over, 0, 0);
    }
    let bits = over.ilog2() - 2;
    (257 + 4 * bits + (over >> bits), over & ((1 << bits) - 1), bits)
}

/// The code of a distance, and the bits that follow it.
fn distance_code(distance: usize) -> (u32, u32, u32) {
    let over = distance as u32 - 1;
    if over < 4 {
        return (over, 0, 0);
    }
    let bits = over.ilog2() - 1;
    (2 * bits + (over >> bits), over & ((1 << bits) - 1), bits)
}

fn chunk(png: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    png.extend(u32::try_from(data.len()).unwrap_or(u32::MAX).to_be_bytes());
    let start = png.len();
    png.extend(name);
    png.extend(data);
    let sum = crc(&png[start..]);
    png.extend(sum.to_be_bytes());
}

/// CRC-32, as PNG has it.
fn crc(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = {
        let mut table = [0; 256];
        let mut at = 0;
        while at < 256 {
            let mut value = at as u32;
            let mut bit = 0;
            while bit < 8 {
                value = if value & 1 == 1 { 0xedb8_8320 ^ (value >> 1) } else { value >> 1 };
                bit += 1;
            }
            table[at] = value;
            at += 1;
        }
        table
    };
    !bytes.iter().fold(!0, |sum, byte| TABLE[(sum as u8 ^ byte) as usize] ^ (sum >> 8))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decoded(png: &[u8]) -> (u32, u32, Vec<u8>) {
        let picture = image::load_from_memory(png).unwrap().into_rgb8();
        (picture.width(), picture.height(), picture.into_raw())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn what_is_written_can_be_read(
            width in 1_usize..700,
            rows in prop::collection::vec((0_usize..4, prop::collection::vec((0_u8..9, 1_usize..600), 1..9)), 1..9),
        ) {
            // Rows of runs, each of them once or several times.
            let mut pixels = Vec::new();
            let mut height = 0;
            for (again, runs) in rows {
                let row = runs.iter().flat_map(|(colour, length)| std::iter::repeat_n(*colour, *length)).cycle().take(width);
                let row: Vec<u8> = row.flat_map(|colour| [colour * 25, 255 - colour * 20, colour * 8, 255]).collect();
                height += again + 1;
                pixels.extend(row.repeat(again + 1));
            }
            let (w, h, read) = decoded(&flat_png(&pixels, width, height).unwrap());
            prop_assert_eq!((w as usize, h as usize), (width, height));
            let expected: Vec<u8> = pixels.chunks_exact(4).flat_map(|pixel| &pixel[..3]).copied().collect();
            prop_assert_eq!(read, expected);
        }
    }

    #[test]
    fn near_colours_become_one_and_many_are_too_many() {
        let (_, _, read) =
            decoded(&flat_png(&[250, 0, 0, 255, 252, 3, 1, 255, 200, 0, 0, 255], 3, 1).unwrap());
        assert_eq!(read, [250, 0, 0, 250, 0, 0, 200, 0, 0]);
        let many: Vec<u8> =
            (0..300_usize).flat_map(|at| [(at * 8) as u8, (at / 32 * 8) as u8, 0, 255]).collect();
        assert_eq!(flat_png(&many, 300, 1), None);
        assert_eq!(flat_png(&[], 0, 0), None);
    }
}
