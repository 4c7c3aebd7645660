//! What a request's target says, decoded once.

use axum::http::Uri;

/// The text with its percent signs resolved, once; `None` where one is not followed by two digits or the bytes are
/// not UTF-8.
pub(super) fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        if *first == b'%' {
            let digits = std::str::from_utf8(tail.get(..2)?).ok()?;
            // `from_str_radix` takes a sign, which is no digit.
            let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            bytes.push(u8::from_str_radix(digits, 16).ok().filter(|_| is_hex)?);
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).ok()
}

/// The value of a parameter of the query, as `encodeURIComponent` wrote it.
pub(super) fn parameter(uri: &Uri, name: &str) -> Option<String> {
    let mut pairs = uri.query()?.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, _)| *key == name).and_then(|(_, value)| decode(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_signs_are_resolved_once() {
        for (path, expected) in [
            ("/a%20b/", Some("/a b/")),
            ("/%C3%A4/", Some("/ä/")),
            ("/%252e%252e/", Some("/%2e%2e/")),
            ("/%", None),
            ("/%2", None),
            ("/%zz", None),
            ("/%+1", None),
            ("/%ff", None),
            ("/%c0%ae", None),
        ] {
            assert_eq!(decode(path).as_deref(), expected, "{path}");
        }
    }

    #[test]
    fn parameters_are_found_by_name() {
        let uri: Uri = "/x?path=%2Fa%2F&line=3&empty=&bad=%zz".parse().unwrap();
        assert_eq!(parameter(&uri, "path").as_deref(), Some("/a/"));
        assert_eq!(parameter(&uri, "line").as_deref(), Some("3"));
        assert_eq!(parameter(&uri, "empty").as_deref(), Some(""));
        assert_eq!((parameter(&uri, "bad"), parameter(&uri, "x")), (None, None));
    }
}
