//! Text as HTML: what may stand between tags, in attributes and in addresses.

use memchr::memchr3;

/// Writes text that stands between tags.
pub(super) fn text(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = memchr3(b'<', b'>', b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        out.push_str(entity(rest.as_bytes()[at]));
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// Writes text that stands in an attribute between double quotation marks.
pub(super) fn attribute(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'<' | b'>' | b'&' | b'"')) {
        out.push_str(&rest[..at]);
        out.push_str(entity(rest.as_bytes()[at]));
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// Writes an address that an author typed: percent-encoded where it must be, then as an attribute.
///
/// Percent signs stay, because the author may have encoded the address already.
pub(super) fn address(out: &mut String, address: &str) {
    const SAFE: &[u8] = b"-_.~!$'()*+,;=:@/?#%";
    for byte in address.bytes() {
        if byte.is_ascii_alphanumeric() || SAFE.contains(&byte) {
            out.push(char::from(byte));
        } else if byte == b'&' {
            out.push_str("&amp;");
        } else {
            percent(out, byte);
        }
    }
}

/// Writes what stands behind `#`; letters of every script stay.
pub(super) fn fragment(out: &mut String, anchor: &str) {
    for letter in anchor.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '"' | '<' | '>' | '`' | '%' | '#' | '\\' | '^' | '{' | '|' | '}' | '[' | ']' => {
                percent(out, letter as u8);
            }
            letter => out.push(letter),
        }
    }
}

fn percent(out: &mut String, byte: u8) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    out.push('%');
    out.push(char::from(HEX[usize::from(byte >> 4)]));
    out.push(char::from(HEX[usize::from(byte & 15)]));
}

fn entity(byte: u8) -> &'static str {
    match byte {
        b'<' => "&lt;",
        b'>' => "&gt;",
        b'&' => "&amp;",
        _ => "&quot;",
    }
}

/// The words of a piece of this module's HTML: tags gone, entities resolved, blocks parted by a space.
///
/// Column names repeated in the cells of a table are left out.
pub(super) fn plain(html: &str) -> String {
    const LABEL: &str = "<span class=\"cell-label\"";
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        words(&mut out, &rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('&') {
            let known = [("&lt;", '<'), ("&gt;", '>'), ("&amp;", '&'), ("&quot;", '"')];
            let (length, letter) = known
                .iter()
                .find(|(entity, _)| rest.starts_with(entity))
                .map_or((1, '&'), |(entity, letter)| (entity.len(), *letter));
            out.push(letter);
            rest = &rest[length..];
            continue;
        }
        if rest.starts_with(LABEL) {
            rest = rest.find("</span>").map_or("", |end| &rest[end..]);
        }
        let end = rest.find('>').map_or(rest.len(), |end| end + 1);
        if !is_inline(&rest[..end]) {
            words(&mut out, " ");
        }
        rest = &rest[end..];
    }
    words(&mut out, rest);
    out.truncate(out.trim_end().len());
    out
}

/// Whether a tag stands in a line of text.
pub(super) fn is_inline(tag: &str) -> bool {
    const INLINE: [&str; 11] = ["a", "abbr", "b", "code", "del", "em", "i", "span", "strong", "sub", "sup"];
    let name = tag.trim_start_matches(['<', '/']);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    INLINE.contains(&&name[..end])
}

/// Adds text with each stretch of white space as one space, none at the start.
fn words(out: &mut String, text: &str) {
    for letter in text.chars() {
        if !letter.is_whitespace() {
            out.push(letter);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_its_place() {
        let written = |write: fn(&mut String, &str), input: &str| {
            let mut out = String::new();
            write(&mut out, input);
            out
        };
        assert_eq!(written(text, "a < b & \"c\" > d"), "a &lt; b &amp; \"c\" &gt; d");
        assert_eq!(written(attribute, "\"><x y='&'"), "&quot;&gt;&lt;x y='&amp;'");
        assert_eq!(written(address, "https://a.org/ä b\"?x=1&y"), "https://a.org/%C3%A4%20b%22?x=1&amp;y");
        assert_eq!(written(fragment, "qué-\"es\"<&"), "qué-%22es%22%3C&amp;");
    }

    #[test]
    fn words_of_html_read_like_a_sentence() {
        let html = "<p>It may <em>help</em>: 3 &lt; 4.</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n";
        assert_eq!(plain(html), "It may help: 3 < 4. one two");
        let table = "<td><span class=\"cell-label\" aria-hidden=\"true\">Cost</span><span class=\"cell\">$5</span></td>";
        assert_eq!(plain(table), "$5");
    }
}
