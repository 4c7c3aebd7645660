//! Raw HTML: what may not pass even where raw HTML is allowed.

use super::html_tags;

/// Something in a piece of raw HTML that could run script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Danger {
    /// An element that runs script or loads a page: `script`, `iframe`, `object`, `embed`, `base`, `meta`.
    Element,
    /// An element in which text is read by other rules or not shown: `style`, `title`, `textarea`, `plaintext` …
    Swallows,
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
    // What GFM's specification disallows beside those, and what else would swallow the page.
    const SWALLOWING: [&str; 9] =
        ["style", "title", "textarea", "xmp", "noembed", "noframes", "plaintext", "noscript", "template"];
    let lower = html.to_ascii_lowercase();
    for (at, _) in lower.match_indices('<') {
        let name = lower[at + 1..].trim_start_matches('/');
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        if ELEMENTS.contains(&&name[..end]) {
            return Some(Danger::Element);
        }
        if SWALLOWING.contains(&&name[..end]) {
            return Some(Danger::Swallows);
        }
    }
    let mut rest = lower.as_str();
    while let Some(equals) = rest.find('=') {
        let before = rest[..equals].trim_end();
        let name_at =
            before.rfind(|c: char| c.is_whitespace() || "\"'/<>".contains(c)).map_or(0, |at| at + 1);
        let name = &before[name_at..];
        if is_handler(name) {
            return Some(Danger::Handler);
        }
        rest = &rest[equals + 1..];
        let value = rest.trim_start().trim_start_matches(['"', '\'']);
        if script_address(&without_entities(value)) || name == "style" || name == "srcdoc" {
            return Some(Danger::Address);
        }
    }
    html_tags::read(html).ends_open.then_some(Danger::Unclosed)
}

/// Whether a drawing or a page of its own, as a browser would open it, runs script or loads another page.
///
/// Entities that a document defines itself, and style sheets that transform it, can hide anything, so they count too.
pub fn runs_script(markup: &str) -> bool {
    const ELEMENTS: [&str; 7] = ["script", "iframe", "frame", "object", "embed", "handler", "listener"];
    let lower = markup.to_ascii_lowercase();
    if lower.contains("<!entity") || lower.contains("<?xml-stylesheet") {
        return true;
    }
    html_tags::read(&lower).tags.iter().any(|tag| {
        let name = tag.name.rsplit(':').next().unwrap_or_default();
        ELEMENTS.contains(&name)
            || tag.attributes.iter().any(|attribute| {
                let value = attribute.value.clone().map_or("", |range| &lower[range]);
                let value = without_entities(value);
                is_handler(&attribute.name)
                    || (name == "meta" && attribute.name == "http-equiv" && value.trim() == "refresh")
                    || value.split(';').any(script_address)
                    || script_address(&value)
            })
    })
}

/// Whether an attribute is one like `onclick`.
fn is_handler(name: &str) -> bool {
    name.len() > 2 && name.starts_with("on") && name.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Whether an address would run script or carry a page of its own, however it is disguised.
///
/// White space and control characters are ignored as browsers do, and percent-encoding is taken off once.
pub fn script_address(address: &str) -> bool {
    const SCHEMES: [&str; 4] = ["javascript:", "vbscript:", "livescript:", "data:"];
    const PICTURES: [&str; 4] = ["data:image/png", "data:image/gif", "data:image/jpeg", "data:image/webp"];
    // Most addresses are told by their first letter, where nothing is hidden before it.
    let first = address.bytes().next().unwrap_or(b'/').to_ascii_lowercase();
    let begins_scheme = SCHEMES.iter().any(|scheme| scheme.as_bytes()[0] == first);
    if first.is_ascii_graphic() && first != b'%' && !begins_scheme {
        return false;
    }
    let plain: String = percent_decoded(address)
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .take(40)
        .flat_map(char::to_lowercase)
        .collect();
    let begins_with = |starts: [&str; 4]| starts.iter().any(|start| plain.starts_with(start));
    begins_with(SCHEMES) && !begins_with(PICTURES)
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

/// The text with numeric entities and the few that stand in addresses resolved.
pub(super) fn without_entities(text: &str) -> String {
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
            ("amp", _) => out.push('&'),
            ("quot", _) => out.push('"'),
            ("apos", _) => out.push('\''),
            ("lt", _) => out.push('<'),
            ("gt", _) => out.push('>'),
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
            "<plaintext>",
            "</Title >",
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
}
