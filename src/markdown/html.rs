//! Raw HTML: what may not pass even where raw HTML is allowed.

/// Something in a piece of raw HTML that could run script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Danger {
    /// An element that runs script or loads a page: `script`, `iframe`, `object`, `embed`, `base`, `meta`.
    Element,
    /// An attribute such as `onclick`.
    Handler,
    /// An address such as `javascript:…`.
    Address,
    /// A tag or comment without an end: what follows on the page would become part of it.
    Unclosed,
}

/// The first dangerous thing in a piece of raw HTML.
///
/// It errs on the side of refusing: what looks like an attribute counts outside of tags too.
pub(super) fn danger(html: &str) -> Option<Danger> {
    const ELEMENTS: [&str; 8] = ["script", "iframe", "object", "embed", "base", "meta", "link", "frame"];
    let lower = html.to_ascii_lowercase();
    for (at, _) in lower.match_indices('<') {
        let name = lower[at + 1..].trim_start_matches('/');
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        if ELEMENTS.contains(&&name[..end]) {
            return Some(Danger::Element);
        }
    }
    let mut rest = lower.as_str();
    while let Some(equals) = rest.find('=') {
        let before = rest[..equals].trim_end();
        let name_at =
            before.rfind(|c: char| c.is_whitespace() || "\"'/<>".contains(c)).map_or(0, |at| at + 1);
        let name = &before[name_at..];
        if name.len() > 2 && name.starts_with("on") && name.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return Some(Danger::Handler);
        }
        rest = &rest[equals + 1..];
        let value = rest.trim_start().trim_start_matches(['"', '\'']);
        if script_address(&without_entities(value)) || name == "style" || name == "srcdoc" {
            return Some(Danger::Address);
        }
    }
    ends_open(html).then_some(Danger::Unclosed)
}

/// Whether a browser would read what follows as part of a tag or comment, by the HTML standard's tokenizer.
fn ends_open(html: &str) -> bool {
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let name = rest.strip_prefix('/').unwrap_or(rest);
        let end = if rest.is_empty() {
            None
        } else if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            tag_end(rest)
        } else if rest.starts_with("!--") {
            rest.find("-->").map(|end| end + 3)
        } else if rest.starts_with(['!', '?', '/']) {
            rest.find('>').map(|end| end + 1)
        } else {
            Some(0)
        };
        match end {
            Some(end) => rest = &rest[end..],
            None => return true,
        }
    }
    false
}

/// The length of a tag without its `<`; `None` where it is not closed.
///
/// It follows the attribute states of the HTML standard: quotation marks count only around a value, and an equals
/// sign where a name begins is its first letter.
fn tag_end(tag: &str) -> Option<usize> {
    let bytes = tag.as_bytes();
    let skip = |mut at: usize, skipped: fn(u8) -> bool| {
        while skipped(*bytes.get(at)?) {
            at += 1;
        }
        Some(at)
    };
    let is_space = |byte: u8| byte.is_ascii_whitespace();
    let mut at = skip(0, |byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>'))?;
    loop {
        at = skip(at, |byte| byte.is_ascii_whitespace() || byte == b'/')?;
        if bytes[at] == b'>' {
            return Some(at + 1);
        }
        at = skip(at + 1, |byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>' | b'='))?;
        at = skip(at, is_space)?;
        if bytes[at] == b'=' {
            at = skip(at + 1, is_space)?;
            at = match bytes[at] {
                quote @ (b'"' | b'\'') => at + 2 + memchr::memchr(quote, &bytes[at + 1..])?,
                _ => skip(at, |byte| !byte.is_ascii_whitespace() && byte != b'>')?,
            };
        }
    }
}

/// Whether an address would run script or carry a page of its own, however it is disguised.
///
/// White space and control characters are ignored as browsers do, and percent-encoding is taken off once.
pub fn script_address(address: &str) -> bool {
    let plain: String = percent_decoded(address)
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .take(40)
        .flat_map(char::to_lowercase)
        .collect();
    let is_image_data =
        ["png", "gif", "jpeg", "webp"].iter().any(|kind| plain.starts_with(&format!("data:image/{kind}")));
    ["javascript:", "vbscript:", "livescript:"].iter().any(|scheme| plain.starts_with(scheme))
        || (plain.starts_with("data:") && !is_image_data)
}

fn percent_decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = |byte: u8| char::from(byte).to_digit(16);
        match (first, tail) {
            (b'%', [high, low, tail @ ..]) if hex(*high).is_some() && hex(*low).is_some() => {
                let value = hex(*high).unwrap_or(0) * 16 + hex(*low).unwrap_or(0);
                bytes.push(u8::try_from(value).unwrap_or(b'?'));
                rest = tail;
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The text with numeric entities and those for colon, tab and line end resolved.
fn without_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let end = rest[at..].find(';').map_or(rest.len(), |end| at + end + 1);
        let name = rest[at + 1..end].trim_end_matches(';');
        let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix('x') {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => digits.parse().ok(),
        });
        match (name, number.and_then(char::from_u32)) {
            (_, Some(c)) => out.push(c),
            ("colon", _) => out.push(':'),
            ("tab" | "newline", _) => {}
            _ => out.push_str(&rest[at..end]),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn disguised_script_addresses_are_seen() {
        for address in [
            "javascript:alert(1)",
            " JaVaScRiPt:x",
            "java\nscript:x",
            "\u{1}javascript:x",
            "javascript%3Ax",
            "vbscript:x",
            "data:text/html,<script>",
        ] {
            assert!(script_address(address), "{address:?}");
        }
        for address in
            ["https://example.org/javascript:", "/a", "#b", "mailto:a@b", "data:image/png;base64,AA"]
        {
            assert!(!script_address(address), "{address:?}");
        }
    }

    #[test]
    fn script_in_raw_html_is_seen() {
        for html in [
            "<script>",
            "</SCRIPT >",
            "<img src=x onerror=alert(1)>",
            "<a href='jav&#x61;script&colon;x'>",
            "<a href=\"java&Tab;script:x\">",
            "<p style=\"x\">",
            "<a href=\"java\nscript:x\">",
        ] {
            assert!(danger(html).is_some(), "{html}");
        }
        for html in
            ["<b class=\"one\">", "<!-- a comment -->", "<details>", "<a href=\"https://example.org?on=1\">"]
        {
            assert_eq!(danger(html), None, "{html}");
        }
    }

    #[test]
    fn what_would_swallow_the_page_is_seen() {
        for html in [
            "<",
            "</a",
            "<a",
            "<a title=\"x",
            "<a title='\">",
            "<a b=\"c\"d=\"e>",
            "<a \"x=\">",
            "<!-- a",
            "<!x",
            "<?php",
            "</ ",
        ] {
            assert_eq!(danger(html), Some(Danger::Unclosed), "{html}");
        }
        for html in [
            "a < b",
            "<a \"x>",
            "<a =\">",
            "<a b=c\"d>",
            "<!-->",
            "<a b= 'c>d' e/>",
            "<3",
            "<a/b='>'>",
            "</a b>",
        ] {
            assert_eq!(danger(html), None, "{html}");
        }
    }
}
