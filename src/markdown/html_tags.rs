//! The tags of a piece of raw HTML, as a browser's tokenizer reads them (HTML standard, section 13.2.5).

use std::ops::Range;

/// What stands in a piece of raw HTML.
#[derive(Debug, Default)]
pub(super) struct Tags {
    /// Its whole tags in order; comments and declarations left out.
    pub(super) tags: Vec<HtmlTag>,
    /// Whether a browser would read what follows as part of a tag or comment.
    pub(super) ends_open: bool,
}

/// A start or end tag.
#[derive(Debug)]
pub(super) struct HtmlTag {
    /// In lower case.
    pub(super) name: String,
    pub(super) is_end: bool,
    pub(super) attributes: Vec<Attribute>,
    /// From `<` to `>`.
    pub(super) range: Range<usize>,
}

#[derive(Debug)]
pub(super) struct Attribute {
    /// In lower case.
    pub(super) name: String,
    /// The bytes of its value without quotation marks; `None` where only the name stands.
    pub(super) value: Option<Range<usize>>,
}

impl HtmlTag {
    pub(super) fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }
}

/// Reads a piece of raw HTML.
pub(super) fn read(html: &str) -> Tags {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(next) = memchr::memchr(b'<', &html.as_bytes()[at..]) {
        let start = at + next;
        let rest = &html[start + 1..];
        let name = rest.strip_prefix('/').unwrap_or(rest);
        let end = if rest.is_empty() {
            None
        } else if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            tag(html, start).map(|tag| {
                let end = tag.range.end;
                tags.push(tag);
                end
            })
        } else if let Some(comment) = rest.strip_prefix("!--") {
            comment_length(comment).map(|length| start + 4 + length)
        } else if rest.starts_with(['!', '?', '/']) {
            rest.find('>').map(|length| start + length + 2)
        } else {
            Some(start + 1)
        };
        match end {
            Some(end) => at = end,
            None => return Tags { tags, ends_open: true },
        }
    }
    Tags { tags, ends_open: false }
}

/// The length of a comment behind `<!--`, its end included; `>` and `->` end it at once.
fn comment_length(comment: &str) -> Option<usize> {
    let short = [">", "->"].into_iter().find(|end| comment.starts_with(end));
    short.map(str::len).or_else(|| comment.find("-->").map(|end| end + 3))
}

/// The tag that starts at `<`; `None` where it is not closed.
///
/// Quotation marks count only around a value, and an equals sign where a name begins is its first letter.
fn tag(html: &str, start: usize) -> Option<HtmlTag> {
    let bytes = html.as_bytes();
    let skip = |mut at: usize, skipped: fn(u8) -> bool| {
        while skipped(*bytes.get(at)?) {
            at += 1;
        }
        Some(at)
    };
    let is_space = |byte: u8| byte.is_ascii_whitespace();
    let is_end = bytes.get(start + 1) == Some(&b'/');
    let name_start = start + 1 + usize::from(is_end);
    let mut at = skip(name_start, |byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>'))?;
    let name = html[name_start..at].to_ascii_lowercase();
    let mut attributes = Vec::new();
    loop {
        at = skip(at, |byte| byte.is_ascii_whitespace() || byte == b'/')?;
        if bytes[at] == b'>' {
            return Some(HtmlTag { name, is_end, attributes, range: start..at + 1 });
        }
        let name_start = at;
        at = skip(at + 1, |byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>' | b'='))?;
        let attribute = html.get(name_start..at).unwrap_or_default().to_ascii_lowercase();
        at = skip(at, is_space)?;
        let mut value = None;
        if bytes[at] == b'=' {
            at = skip(at + 1, is_space)?;
            let value_start = at;
            (at, value) = match bytes[at] {
                quote @ (b'"' | b'\'') => {
                    let end = at + 1 + memchr::memchr(quote, &bytes[at + 1..])?;
                    (end + 1, Some(value_start + 1..end))
                }
                _ => {
                    let end = skip(at, |byte| !byte.is_ascii_whitespace() && byte != b'>')?;
                    (end, Some(value_start..end))
                }
            };
        }
        attributes.push(Attribute { name: attribute, value });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_their_attributes_are_read() {
        let html = "<!-- <b> --><IMG alt src='a\"b' Width=3/><br/></a x>";
        let read = read(html);
        let tags: Vec<String> = read
            .tags
            .iter()
            .map(|tag| {
                let attribute = |attribute: &Attribute| match &attribute.value {
                    Some(value) => format!("{}={}", attribute.name, &html[value.clone()]),
                    None => attribute.name.clone(),
                };
                let attributes: Vec<String> = tag.attributes.iter().map(attribute).collect();
                format!("{}{} {}", if tag.is_end { "/" } else { "" }, tag.name, attributes.join(" "))
            })
            .collect();
        assert_eq!(tags, ["img alt src=a\"b width=3/", "br ", "/a x"]);
        assert_eq!(&html[read.tags[0].range.clone()], "<IMG alt src='a\"b' Width=3/>");
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
            assert!(read(html).ends_open, "{html}");
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
            assert!(!read(html).ends_open, "{html}");
        }
    }
}
