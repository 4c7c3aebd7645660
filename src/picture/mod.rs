//! Photographs and drawings in pixels: what a file holds, and smaller pictures made of it.
//!
//! Takes the bytes of a PNG, JPEG or GIF and gives those of a WebP. Where the bytes come from and where the pictures
//! are kept is not known here. The same bytes always give the same picture.

mod drawing;
mod facts;
mod flat;
mod profile;
mod smaller;

pub use drawing::{drawing_size, plain_drawing};
pub use facts::{Facts, Trouble, facts, trouble};
pub use flat::FlatDrawing;
pub use smaller::smaller;

/// Raised when the same file gives other pictures than before; part of every key and every name.
pub const VERSION: &str = "2";

/// The widths in pixels that a picture is made in, where the file has so many.
///
/// The text column is 570 px wide at most: the second serves it on a plain screen, the fourth on one of double
/// density; the first and third serve phones.
pub const WIDTHS: [u32; 4] = [400, 600, 800, 1_200];

/// Whether pictures can be made of a file, by its name.
pub fn is_picture(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["png", "jpg", "jpeg", "gif"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// The widths in which a picture of this width is made, smallest first: never larger than it is.
pub fn widths(width: u32) -> Vec<u32> {
    let largest = WIDTHS[WIDTHS.len() - 1];
    // A step of a few pixels is not worth a file.
    let mut widths: Vec<u32> = WIDTHS.into_iter().filter(|step| step + step / 8 < width).collect();
    widths.push(width.min(largest));
    widths.dedup();
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_grow_up_to_that_of_the_file() {
        assert_eq!(widths(1), [1]);
        assert_eq!(widths(400), [400]);
        assert_eq!(widths(440), [440], "a few pixels less are not worth a file");
        assert_eq!(widths(700), [400, 600, 700]);
        assert_eq!(widths(1_200), [400, 600, 800, 1_200]);
        assert_eq!(widths(9_000), [400, 600, 800, 1_200]);
    }

    #[test]
    fn pictures_are_known_by_their_names() {
        assert!(is_picture("content/a.JPG") && is_picture("b.png"));
        assert!(!is_picture("a.svg") && !is_picture("png") && !is_picture("a.png.md"));
    }
}
