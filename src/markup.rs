//! Text as markup: HTML, XML and SVG.

use crate::bytes;

/// The text with the characters that mean something in markup as references, between tags and in attributes.
///
/// Control characters that XML cannot hold are left out.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    escape_into(&mut out, text);
    out
}

/// The same, behind what is written already.
pub fn escape_into(out: &mut String, text: &str) {
    // Most texts stay as they are. Bytes beyond ASCII may be part of a control character.
    let may_change =
        |byte: u8| !(b' '..=b'~').contains(&byte) || matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'');
    if !bytes::any(text.as_bytes(), may_change) {
        out.push_str(text);
        return;
    }
    let mut written = 0;
    for (at, c) in text.char_indices() {
        let reference = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\'' => "&#39;",
            '\t' | '\n' | '\r' => continue,
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => "",
            _ => continue,
        };
        out.push_str(&text[written..at]);
        out.push_str(reference);
        written = at + c.len_utf8();
    }
    out.push_str(&text[written..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_its_place() {
        assert_eq!(escaped("\"><x y='&'\u{0}\n"), "&quot;&gt;&lt;x y=&#39;&amp;&#39;\n");
    }
}
