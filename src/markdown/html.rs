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
}

/// The first dangerous thing in a piece of raw HTML.
///
/// It errs on the side of refusing: attributes are looked for in every piece, whole tag or not, because a tag can
/// be split over pieces.
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
    None
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
        ] {
            assert!(danger(html).is_some(), "{html}");
        }
        for html in
            ["<b class=\"one\">", "<!-- a comment -->", "<details>", "<a href=\"https://example.org?on=1\">"]
        {
            assert_eq!(danger(html), None, "{html}");
        }
    }
}
