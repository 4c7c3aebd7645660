//! The QR code of a page's address, for its handout.

use qrcode::types::Color;
use qrcode::{EcLevel, QrCode};

/// Light modules around the code, as the standard asks.
const MARGIN: usize = 4;

/// The code as an inline SVG; none for an address too long for one.
pub(super) fn svg(address: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M).ok()?;
    let (width, modules) = (code.width(), code.into_colors());
    let side = width + 2 * MARGIN;
    let mut out = format!(
        "<svg class=\"qr\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\" aria-hidden=\"true\">\
         <path stroke=\"#000\" d=\""
    );
    for (row, line) in modules.chunks(width).enumerate() {
        row_path(&mut out, row, line);
    }
    out.push_str("\"/></svg>");
    Some(out)
}

/// The dark runs of a row as horizontal strokes one unit high.
fn row_path(out: &mut String, row: usize, line: &[Color]) {
    let mut at = 0;
    let mut pen = None;
    for run in line.chunk_by(|a, b| a == b) {
        if run[0] == Color::Dark {
            match pen {
                None => out.push_str(&format!("M{} {}.5h{}", at + MARGIN, row + MARGIN, run.len())),
                Some(pen) => out.push_str(&format!("m{} 0h{}", at - pen, run.len())),
            }
            pen = Some(at + run.len());
        }
        at += run.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws the strokes again, module by module.
    fn drawn(svg: &str, side: usize) -> Vec<bool> {
        let path = svg.split("d=\"").nth(1).unwrap().split('"').next().unwrap();
        let mut modules = vec![false; side * side];
        let (mut x, mut y) = (0, 0);
        for step in path.replace('M', "\nM").replace('m', "\nm").lines().filter(|step| !step.is_empty()) {
            let (to, length) = step[1..].split_once('h').unwrap();
            let (dx, dy) = to.split_once(' ').unwrap();
            let dx: usize = dx.parse().unwrap();
            if step.starts_with('M') {
                (x, y) = (dx, dy.trim_end_matches(".5").parse().unwrap());
            } else {
                x += dx;
            }
            for _ in 0..length.parse().unwrap() {
                modules[y * side + x] = true;
                x += 1;
            }
        }
        modules
    }

    #[test]
    fn the_strokes_are_the_modules_of_the_code() {
        let address = "https://dryneedling.example/conditions/plantar-fasciitis/";
        let code = QrCode::with_error_correction_level(address, EcLevel::M).unwrap();
        let side = code.width() + 2 * MARGIN;
        let modules = drawn(&svg(address).unwrap(), side);
        for y in 0..code.width() {
            for x in 0..code.width() {
                let dark = code[(x, y)] == Color::Dark;
                assert_eq!(modules[(y + MARGIN) * side + x + MARGIN], dark, "{x} {y}");
            }
        }
        assert_eq!(
            modules.iter().filter(|dark| **dark).count(),
            code.to_colors().iter().filter(|c| **c == Color::Dark).count()
        );
    }

    #[test]
    fn an_address_too_long_for_a_code_has_none() {
        assert_eq!(svg(&"x".repeat(4000)), None);
    }
}
