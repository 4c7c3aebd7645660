//! Words into lines: the largest letters in which a title fits.

/// Letters in pixels and the most lines that fit in them, from large to small.
const SIZES: [(u32, usize); 5] = [(92, 3), (80, 3), (68, 4), (56, 5), (46, 6)];

/// Width of the text in pixels.
const WIDTH: f32 = 1_040.0;

/// The middle of the room for the title, counted from the top, in pixels.
const MIDDLE: u32 = 298;

/// A title in lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fitted {
    /// Height of the letters in pixels.
    pub(super) size: u32,
    /// Text of each line and the height of its base line.
    pub(super) lines: Vec<(String, u32)>,
}

/// The title in the largest letters in which it fits; what does not fit in the smallest ends in "…".
///
/// A word is given with its width in letters of one pixel; `space` is the width of a space.
pub(super) fn fit(words: &[(&str, f32)], space: f32) -> Fitted {
    let fitting = SIZES.iter().find_map(|(size, most)| {
        let lines = lines(words, space, WIDTH / *size as f32)?;
        (lines.len() <= *most).then_some((*size, lines))
    });
    let (size, lines) = fitting.unwrap_or_else(|| {
        let (size, most) = SIZES[SIZES.len() - 1];
        let width = WIDTH / size as f32;
        let words: Vec<_> = words.iter().flat_map(|(word, own)| pieces(word, *own, width)).collect();
        let mut lines = cut_lines(&words, space, width);
        if lines.len() > most {
            lines.truncate(most);
            lines[most - 1].push('…');
        }
        (size, lines)
    });
    let step = size + size / 5;
    let height = step * (lines.len() as u32 - 1);
    let first = MIDDLE + size / 3 - height / 2;
    let place = |(at, line): (usize, String)| (line, first + step * at as u32);
    Fitted { size, lines: lines.into_iter().enumerate().map(place).collect() }
}

/// Words in lines; none where a word is wider than a line.
fn lines(words: &[(&str, f32)], space: f32, width: f32) -> Option<Vec<String>> {
    words.iter().all(|(_, own)| *own <= width).then(|| cut_lines(words, space, width))
}

/// A word in pieces of as many letters, none wider than a line as far as its letters are alike. Two never share a line.
fn pieces(word: &str, own: f32, width: f32) -> Vec<(&str, f32)> {
    let count = (own / width).ceil().max(1.0);
    let letters = (word.chars().count() as f32 / count).ceil().max(1.0) as usize;
    let starts: Vec<usize> = word.char_indices().step_by(letters).map(|(at, _)| at).collect();
    let ends = starts.iter().skip(1).copied().chain([word.len()]);
    starts.iter().zip(ends).map(|(start, end)| (&word[*start..end], own / count)).collect()
}

fn cut_lines(words: &[(&str, f32)], space: f32, width: f32) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0.0;
    for (word, own) in words {
        let is_first = used == 0.0;
        if !is_first && used + space + own > width {
            lines.push(String::new());
            used = 0.0;
        }
        let line = lines.last_mut().expect("it begins with one line");
        if used > 0.0 {
            line.push(' ');
            used += space;
        }
        line.push_str(word);
        used += own;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fitted(title: &str) -> Fitted {
        let words: Vec<(&str, f32)> =
            title.split(' ').map(|word| (word, word.chars().count() as f32 * 0.55)).collect();
        fit(&words, 0.25)
    }

    #[test]
    fn a_short_title_is_large_and_a_long_one_smaller_in_more_lines() {
        let short = fitted("Neck pain");
        assert_eq!((short.size, short.lines.len()), (92, 1));
        let long = fitted("What a first session costs with and without insurance in the United States");
        assert!(long.size < 92 && long.lines.len() > 2, "{long:?}");
        let heights: Vec<u32> = long.lines.iter().map(|(_, y)| *y).collect();
        assert!(heights.windows(2).all(|pair| pair[1] > pair[0]) && heights[heights.len() - 1] < 470);
        let all: Vec<&str> = long.lines.iter().map(|(line, _)| line.as_str()).collect();
        assert_eq!(
            all.join(" "),
            "What a first session costs with and without insurance in the United States"
        );
    }

    #[test]
    fn a_title_without_end_is_cut() {
        let endless = fitted(&"words ".repeat(400));
        assert_eq!((endless.size, endless.lines.len()), (46, 6));
        assert!(endless.lines[5].0.ends_with('…'));
    }

    #[test]
    fn a_word_wider_than_a_line_goes_on_in_the_next() {
        let long = "Pneumonoultramicroscopic".repeat(4);
        let fitted_lines = |title: &str| -> Vec<String> {
            let widest = WIDTH / 46.0 / 0.55;
            let lines: Vec<String> = fitted(title).lines.into_iter().map(|(line, _)| line).collect();
            assert!(lines.iter().all(|line| line.chars().count() as f32 <= widest + 1.0), "{lines:?}");
            lines
        };
        assert_eq!(fitted_lines(&long).concat(), long);
        assert_eq!(
            fitted_lines(&format!("What is {long} é")).join(" ").replace(' ', ""),
            format!("Whatis{long}é")
        );
        let endless = fitted_lines(&"x".repeat(500));
        assert!(endless.len() == 6 && endless[5].ends_with('…'), "{endless:?}");
    }
}
