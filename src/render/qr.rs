//! The QR code of a page's address, for its handout.
//!
//! The words of the code and their correction are made by a library. They are placed and masked here, on rows of bits:
//! the library takes more time for that than the rest of a page needs.

use std::array;
use std::sync::OnceLock;

use qrcode::EcLevel;
use qrcode::canvas::{Canvas, MaskPattern, Module};
use qrcode::types::Version;

use crate::bytes::low_bits;

/// Light modules around the code, as the standard asks.
const MARGIN: usize = 4;

/// The largest code: 61 modules a side, for addresses of up to 251 letters. Larger ones are too fine to be read from
/// paper at the size of a handout's.
const LARGEST: usize = 11;

/// How many rows the largest code may have.
const WIDEST: usize = 64;

/// How many modules a line may have at most to lie in one number with another one.
const NARROW: usize = 32;

const LEVEL: EcLevel = EcLevel::M;

const MASKS: [MaskPattern; 8] = [
    MaskPattern::Checkerboard,
    MaskPattern::HorizontalLines,
    MaskPattern::VerticalLines,
    MaskPattern::DiagonalLines,
    MaskPattern::LargeCheckerboard,
    MaskPattern::Fields,
    MaskPattern::Diamonds,
    MaskPattern::Meadow,
];

/// The code as an inline SVG; none for an address too long for one.
///
/// One line runs through all rows, there and back, and its dashes are the dark modules: less text than a stroke for
/// each, and every page carries one.
pub(super) fn svg(address: &str) -> Option<String> {
    let (frame, rows) = rows(address)?;
    let mut out =
        Vec::with_capacity(frame.start.len() + 2 * (frame.width + 1) * frame.width + frame.end.len());
    out.extend_from_slice(frame.start.as_bytes());
    dashes(&mut out, &rows[..frame.width], frame.width);
    out.extend_from_slice(frame.end.as_bytes());
    String::from_utf8(out).ok()
}

/// Rows or columns of bits, the first module lowest; a set bit is dark.
type Lines = [u64; WIDEST];

/// Modules by row and by column.
#[derive(Clone, Copy)]
struct Grid {
    rows: Lines,
    columns: Lines,
}

impl Grid {
    const EMPTY: Self = Self { rows: [0; WIDEST], columns: [0; WIDEST] };

    fn of(width: usize, is_set: impl Fn(usize, usize) -> bool) -> Self {
        let mut grid = Self::EMPTY;
        for y in 0..width {
            for x in (0..width).filter(|&x| is_set(x, y)) {
                grid.set(x, y);
            }
        }
        grid
    }

    /// The columns of a narrow code in the higher halves of its rows, so that both are weighed together.
    fn packed(mut self, width: usize) -> Self {
        if width <= NARROW {
            for (row, column) in self.rows.iter_mut().zip(&self.columns) {
                *row |= column << NARROW;
            }
        }
        self
    }

    fn set(&mut self, x: usize, y: usize) {
        self.rows[y] |= 1 << x;
        self.columns[x] |= 1 << y;
    }
}

/// One free module of a row or two beside each other, which words fill from the right.
struct Place {
    row: u8,
    /// The left one of them.
    column: u8,
    count: u8,
}

/// Each line as it is under all masks: these lie beside each other, so that the compiler weighs many of them at once.
type Masks = [[u64; MASKS.len()]; WIDEST];

type Scores = [u64; MASKS.len()];

/// What all codes of a size share.
struct Frame {
    width: usize,
    /// The places of the words' bits, in their order.
    places: Vec<Place>,
    /// For each mask, the dark modules of a code without words, packed: an unset bit of a word looks like them, a set
    /// one is the other way round.
    row_masks: Masks,
    column_masks: Masks,
    /// The SVG up to the lengths of the dashes, and behind them.
    start: String,
    end: String,
}

impl Frame {
    /// The frame of a size; none for one that is too large.
    fn of(version: Version) -> Option<&'static Self> {
        static FRAMES: [OnceLock<Frame>; LARGEST] = [const { OnceLock::new() }; LARGEST];
        let Version::Normal(number) = version else { return None };
        let frame = FRAMES.get(usize::try_from(number).ok()?.checked_sub(1)?)?;
        Some(frame.get_or_init(|| Self::new(version)))
    }

    fn new(version: Version) -> Self {
        let mut canvas = Canvas::new(version, LEVEL);
        canvas.draw_all_functional_patterns();
        let width = usize::from(version.width().unsigned_abs());
        let is_free = |x: usize, y: usize| canvas.get(x as i16, y as i16) == Module::Empty;
        let masks = MASKS.map(|mask| {
            let mut masked = canvas.clone();
            masked.apply_mask(mask);
            Grid::of(width, |x, y| masked.get(x as i16, y as i16).is_dark()).packed(width)
        });
        let row_masks = array::from_fn(|at| masks.each_ref().map(|mask| mask.rows[at]));
        let column_masks = array::from_fn(|at| masks.each_ref().map(|mask| mask.columns[at]));
        let (start, end) = drawing(width);
        Self { width, places: places(width, is_free), row_masks, column_masks, start, end }
    }
}

/// The SVG of all codes of a width, before and behind the lengths of its dashes.
fn drawing(width: usize) -> (String, String) {
    let side = width + 2 * MARGIN;
    let start = format!(
        "<svg class=\"qr\" viewBox=\"0 0 {side} {side}\" aria-hidden=\"true\">\
         <path fill=\"none\" stroke=\"#000\" stroke-dasharray=\""
    );
    let there_and_back = format!("v1h-{width}v1h{width}").repeat(width / 2);
    (start, format!("\" d=\"M{MARGIN} {MARGIN}.5h{width}{there_and_back}\"/></svg>"))
}

/// The free places of a code in the order in which words fill them: two columns at a time from the right, up and down
/// in turns, without the column of the timing pattern (ISO/IEC 18004, 7.7.3).
fn places(width: usize, is_free: impl Fn(usize, usize) -> bool) -> Vec<Place> {
    const TIMING: usize = 6;
    let mut places = Vec::new();
    let rights = (TIMING + 2..width).rev().step_by(2).chain((1..TIMING).rev().step_by(2));
    for (turn, right) in rights.enumerate() {
        for step in 0..width {
            let row = if turn % 2 == 0 { width - 1 - step } else { step };
            let column = if is_free(right - 1, row) { right - 1 } else { right };
            let count = u8::from(is_free(right, row)) + u8::from(column != right);
            if count > 0 {
                places.push(Place { row: row as u8, column: column as u8, count });
            }
        }
    }
    places
}

/// The bits of words at their places, by row; what the words leave is not set.
fn placed(words: &[u8], places: &[Place]) -> Lines {
    let mut rows = [0; WIDEST];
    let mut words = words.iter();
    let (mut bits, mut held) = (0_u64, 0);
    for &Place { row, column, count } in places {
        if held < count {
            bits = bits << 8 | u64::from(words.next().copied().unwrap_or_default());
            held += 8;
        }
        held -= count;
        rows[usize::from(row)] |= (bits >> held & low_bits(count.into())) << column;
    }
    rows
}

/// Columns of rows, or rows of columns: halves change places, then the halves of these, down to single bits
/// (H. S. Warren, Hacker's Delight, 7-3).
fn transposed(mut lines: Lines) -> Lines {
    let (mut half, mut low) = (WIDEST / 2, u64::MAX >> (WIDEST / 2));
    while half > 0 {
        for pair in lines.chunks_mut(2 * half) {
            let (upper, lower) = pair.split_at_mut(half);
            for (upper, lower) in upper.iter_mut().zip(lower) {
                let other = (*upper >> half ^ *lower) & low;
                *upper ^= other << half;
                *lower ^= other;
            }
        }
        half /= 2;
        low ^= low << half;
    }
    lines
}

/// The frame of the code and its rows.
fn rows(address: &str) -> Option<(&'static Frame, Lines)> {
    let bits = qrcode::bits::encode_auto(address.as_bytes(), LEVEL).ok()?;
    let version = bits.version();
    let frame = Frame::of(version)?;
    let (mut words, correction) = qrcode::ec::construct_codewords(&bits.into_bytes(), version, LEVEL).ok()?;
    words.extend(correction);
    let words = placed(&words, &frame.places);
    let width = frame.width;
    let words = Grid { rows: words, columns: transposed(words) }.packed(width);
    let mut scores = area_scores(&words.rows, &frame.row_masks, width);
    let mut add = |more: Scores| scores.iter_mut().zip(more).for_each(|(score, more)| *score += more);
    add(line_scores(&words.rows, &frame.row_masks, width));
    if width > NARROW {
        add(line_scores(&words.columns, &frame.column_masks, width));
    }
    let best = (0..MASKS.len()).min_by_key(|&mask| scores[mask])?;
    let mut rows = words.rows;
    for (row, masks) in rows[..width].iter_mut().zip(&frame.row_masks) {
        *row = (*row ^ masks[best]) & low_bits(width);
    }
    Some((frame, rows))
}

/// Runs of five modules or more of one colour, and what looks like a finder pattern: dark, light, three dark, light,
/// dark, with four light before or after. Lines may be packed.
fn line_scores(words: &Lines, masks: &Masks, width: usize) -> Scores {
    let halves = if width <= NARROW { 1 << NARROW | 1 } else { 1 };
    let (pairs, places) = (halves * low_bits(width - 1), halves * low_bits(width - 10));
    let mut scores = Scores::default();
    for (words, masks) in words[..width].iter().zip(masks) {
        for (score, mask) in scores.iter_mut().zip(masks) {
            let line = words ^ mask;
            let light = !line;
            // Where two modules, three, four and five of one colour begin; what crosses from a half into another is
            // none of the pairs.
            let two = !(line ^ line >> 1) & pairs;
            let three = two & two >> 1;
            let (four, five) = (three & two >> 2, three & three >> 2);
            let finder = line & light >> 1 & (line & three) >> 2 & light >> 5 & line >> 6;
            let four_light = light & four;
            // The light modules before a finder and those after one: a place begins with either, never with both.
            let found = (four_light & finder >> 4 | finder & four_light >> 7) & places;
            // A run counts one for each five in it, and two more.
            let runs = five | five << 1 | five << 2;
            *score += u64::from(runs.count_ones()) + 40 * u64::from(found.count_ones());
        }
    }
    scores
}

/// Squares of one colour, and dark modules that are not half of all. Rows may be packed.
fn area_scores(words: &Lines, masks: &Masks, width: usize) -> Scores {
    let (pairs, row) = (low_bits(width - 1), low_bits(width));
    let (mut squares, mut dark) = (Scores::default(), Scores::default());
    // Every other module dark: no square ends in the first row.
    let mut last = [u64::MAX / 3; MASKS.len()];
    for (words, masks) in words[..width].iter().zip(masks) {
        for (at, mask) in masks.iter().enumerate() {
            let line = words ^ mask;
            let two = |line: u64| !(line ^ line >> 1);
            let square = two(line) & two(last[at]) & !(line ^ last[at]) & pairs;
            squares[at] += u64::from(square.count_ones());
            dark[at] += u64::from((line & row).count_ones());
            last[at] = line;
        }
    }
    let all = (width * width) as u64;
    array::from_fn(|at| 3 * squares[at] + (dark[at] * 20).abs_diff(all * 10) / all * 10)
}

/// The lengths of the dark and light runs along the line, dark first. The steps from row to row are light.
fn dashes(out: &mut Vec<u8>, rows: &[u64], width: usize) {
    // Two bytes for each module and each step to the next row are enough: the digits of a longer run take fewer.
    let mut end = out.len();
    out.resize(end + 2 * (width + 1) * width, b' ');
    // Nearly all lengths have one digit; all are below a thousand.
    let mut push = |length: usize| {
        if length >= 10 {
            if length >= 100 {
                out[end] = b'0' + (length / 100) as u8;
                end += 1;
            }
            out[end] = b'0' + (length / 10 % 10) as u8;
            end += 1;
        }
        out[end] = b'0' + (length % 10) as u8;
        end += 2;
    };
    // A code begins and ends with a corner: the first module is dark, and what follows the last dark one is light.
    let (mut last, mut run) = (1, 0);
    for (row, bits) in rows.iter().enumerate() {
        let line = if row % 2 == 0 { *bits } else { bits.reverse_bits() >> (64 - width) };
        let mut changes = (line ^ (line << 1 | last)) & low_bits(width + 1);
        let mut at = 0;
        while changes != 0 {
            let next = changes.trailing_zeros() as usize;
            push(run + next - at);
            (at, run) = (next, 0);
            changes &= changes - 1;
        }
        run += width + 1 - at;
        last = 0;
    }
    push(run);
    out.truncate(end - 1);
}
#[cfg(test)]
mod tests {
    use super::*;
    use qrcode::QrCode;
    use qrcode::types::Color;
    use resvg::{tiny_skia, usvg};

    /// The modules of a code, row by row.
    fn modules(address: &str) -> (usize, Vec<Color>) {
        let (Frame { width, .. }, rows) = rows(address).unwrap();
        let width = *width;
        let color = |bit: u64| if bit == 1 { Color::Dark } else { Color::Light };
        (width, rows[..width].iter().flat_map(|row| (0..width).map(move |x| color(row >> x & 1))).collect())
    }

    #[test]
    fn a_code_is_the_library_s_with_one_of_the_masks() {
        for length in [4, 20, 40, 60, 90, 130, 170, 210, 230] {
            let address = format!("https://a.example/{}/", "xy-1".repeat(length / 4));
            let bits = qrcode::bits::encode_auto(address.as_bytes(), LEVEL).unwrap();
            let version = bits.version();
            let words = qrcode::ec::construct_codewords(&bits.into_bytes(), version, LEVEL).unwrap();
            let codes = MASKS.map(|mask| {
                let mut canvas = Canvas::new(version, LEVEL);
                canvas.draw_all_functional_patterns();
                canvas.draw_data(&words.0, &words.1);
                canvas.apply_mask(mask);
                canvas.into_colors()
            });
            assert!(codes.contains(&modules(&address).1), "{address}");
        }
    }

    #[test]
    fn the_mask_is_the_library_s_more_often_than_chance_would_have_it() {
        let mut same = 0;
        for number in 0..20 {
            let address = format!("https://dryneedling.example/conditions/{}/", number * number);
            let (width, own) = modules(&address);
            let library = QrCode::with_error_correction_level(&address, LEVEL).unwrap();
            assert_eq!(width, library.width());
            same += usize::from(own == library.into_colors());
        }
        // Both leave out different small things; by chance it would be two or three.
        assert!(same >= 6, "{same} of 20");
    }

    #[test]
    fn the_drawing_shows_the_modules_of_the_code() {
        const SCALE: u32 = 6;
        for address in ["https://a.example/", "https://dryneedling.example/conditions/plantar-fasciitis/"] {
            let (width, modules) = modules(address);
            let svg = svg(address).unwrap().replace("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ");
            let tree = usvg::Tree::from_str(&svg, &usvg::Options::default()).unwrap();
            let side = (width + 2 * MARGIN) as u32;
            let mut canvas = tiny_skia::Pixmap::new(side * SCALE, side * SCALE).unwrap();
            let scale = tiny_skia::Transform::from_scale(SCALE as f32, SCALE as f32);
            resvg::render(&tree, scale, &mut canvas.as_mut());
            for y in 0..side as usize {
                for x in 0..side as usize {
                    let middle = |at: usize| at as u32 * SCALE + SCALE / 2;
                    let shown = canvas.pixel(middle(x), middle(y)).unwrap().alpha() > 128;
                    let inside =
                        (MARGIN..MARGIN + width).contains(&x) && (MARGIN..MARGIN + width).contains(&y);
                    let dark = inside && modules[(y - MARGIN) * width + x - MARGIN] == Color::Dark;
                    assert_eq!(shown, dark, "{address}: {x} {y}");
                }
            }
        }
    }

    #[test]
    fn an_address_too_long_for_a_code_has_none() {
        assert!(svg(&"x".repeat(251)).is_some());
        assert_eq!(svg(&"x".repeat(252)), None);
        assert_eq!(svg(&"x".repeat(4000)), None);
    }
}
