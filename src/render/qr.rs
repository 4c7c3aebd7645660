//! The QR code of a page's address, for its handout.
//!
//! The code itself is made by a library. Which of the eight masks is best is found here, on rows of bits: the library
//! takes more time for that than the rest of a page needs.

use std::fmt::Write as _;
use std::sync::OnceLock;

use qrcode::EcLevel;
use qrcode::canvas::{Canvas, MaskPattern, Module};
use qrcode::types::{Color, Version};

/// Light modules around the code, as the standard asks.
const MARGIN: usize = 4;

/// The widest code whose row fits a number: version 11, for addresses of about 250 letters.
const WIDEST: usize = 64;

const LEVEL: EcLevel = EcLevel::M;

/// The eight masks; a module is inverted where the function says so.
const MASKS: [(MaskPattern, fn(usize, usize) -> bool); 8] = [
    (MaskPattern::Checkerboard, |x, y| (x + y).is_multiple_of(2)),
    (MaskPattern::HorizontalLines, |_, y| y.is_multiple_of(2)),
    (MaskPattern::VerticalLines, |x, _| x.is_multiple_of(3)),
    (MaskPattern::DiagonalLines, |x, y| (x + y).is_multiple_of(3)),
    (MaskPattern::LargeCheckerboard, |x, y| (y / 2 + x / 3).is_multiple_of(2)),
    (MaskPattern::Fields, |x, y| x * y % 2 + x * y % 3 == 0),
    (MaskPattern::Diamonds, |x, y| (x * y % 2 + x * y % 3).is_multiple_of(2)),
    (MaskPattern::Meadow, |x, y| ((x + y) % 2 + x * y % 3).is_multiple_of(2)),
];

/// The code as an inline SVG; none for an address too long for one.
///
/// One line runs through all rows, there and back, and its dashes are the dark modules: less text than a stroke for
/// each, and every page carries one.
pub(super) fn svg(address: &str) -> Option<String> {
    let (width, modules) = modules(address)?;
    let side = width + 2 * MARGIN;
    let mut out = String::with_capacity(2048);
    let _ = write!(
        out,
        "<svg class=\"qr\" viewBox=\"0 0 {side} {side}\" aria-hidden=\"true\">\
         <path fill=\"none\" stroke=\"#000\" stroke-dasharray=\""
    );
    dashes(&mut out, &modules, width);
    let _ = write!(out, "\" d=\"M{MARGIN} {MARGIN}.5h{width}");
    for _ in 0..width / 2 {
        let _ = write!(out, "v1h-{width}v1h{width}");
    }
    out.push_str("\"/></svg>");
    Some(out)
}

/// Width of the code and its modules, row by row.
fn modules(address: &str) -> Option<(usize, Vec<Color>)> {
    let bits = qrcode::bits::encode_auto(address.as_bytes(), LEVEL).ok()?;
    let version = bits.version();
    let (data, correction) = qrcode::ec::construct_codewords(&bits.into_bytes(), version, LEVEL).ok()?;
    let mut canvas = empty_canvas(version);
    canvas.draw_data(&data, &correction);
    let width = usize::try_from(version.width()).ok()?;
    let mask = if width <= WIDEST { best_mask(&canvas, width) } else { MaskPattern::Checkerboard };
    canvas.apply_mask(mask);
    Some((width, canvas.into_colors()))
}

/// A canvas with all that is the same in each code of a size.
fn empty_canvas(version: Version) -> Canvas {
    static CANVASES: [OnceLock<Canvas>; 12] = [const { OnceLock::new() }; 12];
    let draw = || {
        let mut canvas = Canvas::new(version, LEVEL);
        canvas.draw_all_functional_patterns();
        canvas
    };
    let Version::Normal(number) = version else { return draw() };
    match usize::try_from(number).ok().and_then(|number| CANVASES.get(number)) {
        Some(canvas) => canvas.get_or_init(draw).clone(),
        None => draw(),
    }
}

/// Rows of bits, the first module lowest; a set bit is dark.
type Rows = [u64; WIDEST];

/// The masks as rows and as columns of bits.
fn masks() -> &'static [(Rows, Rows); 8] {
    static ROWS: OnceLock<[(Rows, Rows); 8]> = OnceLock::new();
    ROWS.get_or_init(|| {
        MASKS.map(|(_, inverts)| {
            let (mut rows, mut columns) = ([0; WIDEST], [0; WIDEST]);
            for y in 0..WIDEST {
                for x in 0..WIDEST {
                    let bit = u64::from(inverts(x, y));
                    rows[y] |= bit << x;
                    columns[x] |= bit << y;
                }
            }
            (rows, columns)
        })
    })
}

/// The mask that leaves the least of what makes a code hard to read.
fn best_mask(canvas: &Canvas, width: usize) -> MaskPattern {
    let (mut rows, mut columns) = ([0_u64; WIDEST], [0_u64; WIDEST]);
    let (mut free_rows, mut free_columns) = ([0_u64; WIDEST], [0_u64; WIDEST]);
    for y in 0..width {
        for x in 0..width {
            let module = canvas.get(x as i16, y as i16);
            let (dark, free) =
                (u64::from(module.is_dark()), u64::from(matches!(module, Module::Unmasked(_))));
            rows[y] |= dark << x;
            columns[x] |= dark << y;
            free_rows[y] |= free << x;
            free_columns[x] |= free << y;
        }
    }
    let masked = |lines: &Rows, mask: &Rows, free: &Rows| {
        let mut out = [0; WIDEST];
        for at in 0..width {
            out[at] = lines[at] ^ (mask[at] & free[at]);
        }
        out
    };
    let score = |mask: usize| {
        let (by_row, by_column) = &masks()[mask];
        let rows = masked(&rows, by_row, &free_rows);
        let columns = masked(&columns, by_column, &free_columns);
        line_score(&rows[..width], width)
            + line_score(&columns[..width], width)
            + area_score(&rows[..width], width)
    };
    let best = (0..MASKS.len()).min_by_key(|mask| score(*mask)).unwrap_or_default();
    MASKS[best].0
}

/// Runs of five modules or more of one colour, and what looks like a finder pattern.
fn line_score(lines: &[u64], width: usize) -> u32 {
    // Dark, light, three dark, light, dark, with four light before or after.
    const FINDERS: [u64; 2] = [0b0000_1011101, 0b1011101_0000];
    let mut score = 0;
    for line in lines {
        let same = !(line ^ (line >> 1)) & low_bits(width - 1);
        let fives = same & (same >> 1) & (same >> 2) & (same >> 3);
        let runs = fives & !(fives << 1);
        score += fives.count_ones() + 2 * runs.count_ones();
        for finder in FINDERS {
            let mut found = low_bits(width - 10);
            for bit in 0..11 {
                let wanted = if finder >> bit & 1 == 1 { line >> bit } else { !(line >> bit) };
                found &= wanted;
            }
            score += 40 * found.count_ones();
        }
    }
    score
}

/// Squares of one colour, and dark modules that are not half of all.
fn area_score(rows: &[u64], width: usize) -> u32 {
    let mut score = 0;
    for pair in rows.windows(2) {
        let same = |row: u64| !(row ^ (row >> 1));
        let squares = same(pair[0]) & same(pair[1]) & !(pair[0] ^ pair[1]) & low_bits(width - 1);
        score += 3 * squares.count_ones();
    }
    let dark: u32 = rows.iter().map(|row| row.count_ones()).sum();
    let all = (width * width) as u32;
    score + (dark * 20).abs_diff(all * 10) / all * 10
}

fn low_bits(count: usize) -> u64 {
    if count >= 64 { u64::MAX } else { (1 << count) - 1 }
}

/// A number below a thousand.
fn push(out: &mut String, number: usize) {
    for unit in [100, 10] {
        if number >= unit {
            out.push(char::from(b'0' + (number / unit % 10) as u8));
        }
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

/// The lengths of the dark and light runs along the line, dark first. The steps from row to row are light.
fn dashes(out: &mut String, modules: &[Color], width: usize) {
    let mut line = Vec::with_capacity(modules.len() + width);
    for (row, colors) in modules.chunks(width).enumerate() {
        match row % 2 {
            0 => line.extend_from_slice(colors),
            _ => line.extend(colors.iter().rev()),
        }
        line.push(Color::Light);
    }
    // A code begins and ends with a corner: the first module is dark, and what follows the last dark one is light.
    for (at, run) in line.chunk_by(|a, b| a == b).enumerate() {
        if at > 0 {
            out.push(' ');
        }
        push(out, run.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use qrcode::QrCode;
    use resvg::{tiny_skia, usvg};

    #[test]
    fn the_mask_is_the_library_s_more_often_than_chance_would_have_it() {
        let mut same = 0;
        for number in 0..20 {
            let address = format!("https://dryneedling.example/conditions/{}/", number * number);
            let (width, own) = modules(&address).unwrap();
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
            let (width, modules) = modules(address).unwrap();
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
        assert_eq!(svg(&"x".repeat(4000)), None);
    }
}
