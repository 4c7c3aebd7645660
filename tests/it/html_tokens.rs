use std::collections::BTreeMap;

/// A piece of HTML as a browser's tokenizer would see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    Start(String, BTreeMap<String, String>),
    End(String),
    Text(String),
    /// A comment, declaration or the like, as it stands.
    Other(String),
}

/// The tokens of a piece of HTML; entities in text and attributes are resolved.
pub(crate) fn tokens(html: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let after = rest.as_bytes().get(1).copied().unwrap_or(b' ');
        let is_tag = after.is_ascii_alphabetic();
        let is_end = after == b'/' && rest.as_bytes().get(2).is_some_and(u8::is_ascii_alphabetic);
        if rest.starts_with('<') && (is_tag || is_end) {
            let (token, length) = tag(rest, is_end);
            tokens.push(token);
            rest = &rest[length..];
        } else if rest.starts_with('<') && matches!(after, b'!' | b'?') {
            let closings = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")];
            let (_, closing) = closings.iter().find(|(opening, _)| rest.starts_with(opening)).unwrap();
            let end = rest.find(closing).map_or(rest.len(), |end| end + closing.len());
            tokens.push(Token::Other(rest[..end].to_owned()));
            rest = &rest[end..];
        } else {
            // A `<` that begins no tag is text.
            let first = rest.chars().next().unwrap().len_utf8();
            let end = rest[first..].find('<').map_or(rest.len(), |end| end + first);
            tokens.push(Token::Text(unescaped(&rest[..end])));
            rest = &rest[end..];
        }
    }
    tokens
}

/// The tag at the start and its length.
fn tag(html: &str, is_end: bool) -> (Token, usize) {
    let mut at = if is_end { 2 } else { 1 };
    let until = |at: usize, stop: fn(char) -> bool| html[at..].find(stop).map_or(html.len(), |end| at + end);
    let name_end = until(at, |c| c.is_ascii_whitespace() || c == '/' || c == '>');
    let name = html[at..name_end].to_ascii_lowercase();
    at = name_end;
    let mut attributes = BTreeMap::new();
    loop {
        at = until(at, |c| !c.is_ascii_whitespace() && c != '/');
        if at >= html.len() || html[at..].starts_with('>') {
            at = (at + 1).min(html.len());
            break;
        }
        let first = html[at..].chars().next().unwrap().len_utf8();
        let end = until(at + first, |c| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '='));
        let attribute = html[at..end].to_ascii_lowercase();
        at = until(end, |c| !c.is_ascii_whitespace());
        let mut value = String::new();
        if html[at..].starts_with('=') {
            at = until(at + 1, |c| !c.is_ascii_whitespace());
            let quote = html[at..].chars().next().filter(|quote| matches!(quote, '"' | '\''));
            let end = match quote {
                Some('"') => until(at + 1, |c| c == '"'),
                Some(_) => until(at + 1, |c| c == '\''),
                None => until(at, |c| c.is_ascii_whitespace() || c == '>'),
            };
            value = unescaped(&html[at + usize::from(quote.is_some())..end]);
            at = (end + usize::from(quote.is_some())).min(html.len());
        }
        attributes.entry(attribute).or_insert(value);
    }
    (if is_end { Token::End(name) } else { Token::Start(name, attributes) }, at)
}

/// The text with numeric entities and the usual names resolved.
pub(crate) fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end =
            rest.find(|c: char| c != '&' && c != '#' && !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let name = &rest[1..end];
        let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => digits.parse().ok(),
        });
        let named = [
            ("amp", '&'),
            ("lt", '<'),
            ("gt", '>'),
            ("quot", '"'),
            ("colon", ':'),
            ("Tab", '\t'),
            ("NewLine", '\n'),
        ];
        let letter = number.and_then(char::from_u32);
        let letter =
            letter.or_else(|| named.iter().find(|(known, _)| *known == name).map(|(_, letter)| *letter));
        match letter {
            Some(letter) => {
                out.push(letter);
                rest = rest[end..].strip_prefix(';').unwrap_or(&rest[end..]);
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}
