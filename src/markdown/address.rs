//! Addresses that stand bare in the text: the extended autolinks of GFM (specification 0.29, section 6.9).

use std::ops::Range;

use super::document::LinkForm;

/// An address in a piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct BareAddress {
    /// Its bytes in the piece.
    pub(super) range: Range<usize>,
    /// Where it leads.
    pub(super) target: String,
    pub(super) form: LinkForm,
}

/// Where addresses may lie in a text: the places of the signs that each of them holds, in order.
pub(super) fn signs(text: &str) -> Vec<u32> {
    let bytes = text.as_bytes();
    let mut places: Vec<u32> = memchr::memchr_iter(b'@', bytes).map(|at| at as u32).collect();
    for sign in [b"://", b"www."] as [&[u8]; 2] {
        places.extend(memchr::memmem::find_iter(bytes, sign).map(|at| at as u32));
    }
    places.sort_unstable();
    places
}

/// The addresses in a piece of text, in order; `before` is the character before the piece, where there is one.
pub(super) fn find(text: &str, before: Option<char>) -> Vec<BareAddress> {
    let mut found: Vec<BareAddress> = Vec::new();
    let mut at = 0;
    let bytes = text.as_bytes();
    while let Some(next) = memchr::memchr3(b':', b'@', b'w', &bytes[at..]) {
        let place = at + next;
        let free = found.last().map_or(0, |last| last.range.end);
        let address = match bytes[place] {
            b':' => web(text, place, free, before),
            b'@' => mail(text, place, free),
            _ => bare_web(text, place, before),
        };
        at = place + 1;
        if let Some(address) = address {
            at = at.max(address.range.end);
            found.push(address);
        }
    }
    found
}

/// Whether an address may begin behind this character.
fn may_follow(before: Option<char>) -> bool {
    before.is_none_or(|c| c.is_whitespace() || matches!(c, '*' | '_' | '~' | '('))
}

fn begins_at(text: &str, start: usize, before: Option<char>) -> bool {
    may_follow(text[..start].chars().next_back().or(before.filter(|_| start == 0)))
}

/// `https://…` around the colon at `colon`.
fn web(text: &str, colon: usize, free: usize, before: Option<char>) -> Option<BareAddress> {
    let rest = text[colon..].strip_prefix("://")?;
    let scheme = ["https", "http"].into_iter().find(|scheme| {
        text[free..colon].len() >= scheme.len()
            && text.as_bytes()[colon - scheme.len()..colon].eq_ignore_ascii_case(scheme.as_bytes())
    })?;
    let start = colon - scheme.len();
    if !begins_at(text, start, before) || !has_domain(rest) {
        return None;
    }
    let end = path_end(text, start, colon + 3);
    (end > colon + 3).then(|| BareAddress {
        range: start..end,
        target: text[start..end].to_owned(),
        form: LinkForm::Autolink,
    })
}

/// `www.…` from a place on.
fn bare_web(text: &str, start: usize, before: Option<char>) -> Option<BareAddress> {
    if !text[start..].starts_with("www.") || !begins_at(text, start, before) || !has_domain(&text[start..]) {
        return None;
    }
    let end = path_end(text, start, start);
    let target = format!("http://{}", &text[start..end]);
    (end > start + 4).then_some(BareAddress { range: start..end, target, form: LinkForm::Autolink })
}

/// Whether a text begins with a domain: parts of letters, digits, `_` and `-` joined by at least one full stop, no `_`
/// in the last two.
fn has_domain(text: &str) -> bool {
    let end =
        text.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-' | '.')).unwrap_or(text.len());
    let domain = text[..end].trim_end_matches('.');
    let mut parts = domain.rsplit('.');
    let last_two_fit = parts.by_ref().take(2).all(|part| !part.contains('_'));
    last_two_fit && domain.contains('.') && !domain.starts_with('.') && !domain.contains("..")
}

/// Where an address ends: before white space or `<`, without punctuation that belongs to the sentence.
fn path_end(text: &str, start: usize, from: usize) -> usize {
    let rest = &text[from..];
    let mut end = from + rest.find(|c: char| c.is_whitespace() || c == '<').unwrap_or(rest.len());
    let count =
        |bracket: u8, range: Range<usize>| memchr::memchr_iter(bracket, text[range].as_bytes()).count();
    let (opening, mut closing) = (count(b'(', start..end), count(b')', start..end));
    while let Some(last) = text[start..end].chars().next_back() {
        match last {
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"' => {}
            ')' if closing > opening => closing -= 1,
            ';' => {
                let body = &text[start..end - 1];
                let name = body.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
                if !name.ends_with('&') || name.len() == body.len() {
                    break;
                }
                end = start + name.len() - 1;
                continue;
            }
            _ => break,
        }
        end -= last.len_utf8();
    }
    end
}

/// `someone@example.org` around the sign at `sign`.
fn mail(text: &str, sign: usize, free: usize) -> Option<BareAddress> {
    let bytes = text.as_bytes();
    let is_local = |byte: &u8| byte.is_ascii_alphanumeric() || b".-_+".contains(byte);
    let local = bytes[free..sign].iter().rev().take_while(|byte| is_local(byte)).count();
    let is_domain = |byte: &&u8| byte.is_ascii_alphanumeric() || b".-_".contains(byte);
    let domain = bytes[sign + 1..].iter().take_while(is_domain).count();
    let domain = text[sign + 1..sign + 1 + domain].trim_end_matches('.');
    let fits = domain.contains('.')
        && domain.split('.').all(|part| !part.is_empty())
        && !domain.ends_with(['-', '_']);
    if local == 0 || !fits {
        return None;
    }
    let (start, end) = (sign - local, sign + 1 + domain.len());
    let scheme = |name: &str| text[free..start].ends_with(name).then(|| start - name.len());
    if let Some(start) = scheme("mailto:") {
        let target = text[start..end]["mailto:".len()..].to_owned();
        return Some(BareAddress { range: start..end, target, form: LinkForm::Email });
    }
    if let Some(start) = scheme("xmpp:") {
        let resource = text[end..].strip_prefix('/').map_or(0, |rest| {
            let fits = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '@' | '.');
            rest.chars().take_while(fits).count()
        });
        let end = if resource > 0 { end + 1 + resource } else { end };
        let end = start + text[start..end].trim_end_matches('.').len();
        let target = text[start..end].to_owned();
        return Some(BareAddress { range: start..end, target, form: LinkForm::Autolink });
    }
    Some(BareAddress { range: start..end, target: text[start..end].to_owned(), form: LinkForm::Email })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with its addresses in brackets, and where they lead in round ones where that is not what stands there.
    fn marked(text: &str) -> String {
        let mut out = String::new();
        let mut last = 0;
        for address in find(text, None) {
            out.push_str(&text[last..address.range.start]);
            let words = &text[address.range.clone()];
            out.push_str(&format!("[{words}]"));
            if words != address.target {
                out.push_str(&format!("({})", address.target));
            }
            last = address.range.end;
        }
        out + &text[last..]
    }

    #[test]
    fn web_addresses_end_where_the_sentence_goes_on() {
        for (text, expected) in [
            ("see https://a.org/b_c?d=e.", "see [https://a.org/b_c?d=e]."),
            ("(https://a.org/(b))", "([https://a.org/(b)])"),
            ("https://a.org/b(c", "[https://a.org/b(c]"),
            ("www.a.org/?x&hl;", "[www.a.org/?x](http://www.a.org/?x)&hl;"),
            ("\"https://a.org\"", "\"https://a.org\""),
            ("*https://a.org*!", "*[https://a.org]*!"),
            ("https://a.org, https://b.org", "[https://a.org], [https://b.org]"),
            ("https://a.org;", "[https://a.org;]"),
            ("https://ä.org/ö x", "[https://ä.org/ö] x"),
            ("HTTPS://A.org", "[HTTPS://A.org]"),
        ] {
            assert_eq!(marked(text), expected);
        }
    }

    #[test]
    fn what_only_looks_like_an_address_stays_text() {
        for text in [
            "xhttps://a.org",
            "https://localhost",
            "https://a_b.org_",
            "https://",
            "://a.org",
            "ftp://a.org",
            "awww.a.org",
            "www.",
            "www..a",
            "a@b",
            "@b.org",
            "a@b.org-",
            "a@.org",
            "a@b..org",
        ] {
            assert_eq!(marked(text), text);
        }
    }

    #[test]
    fn mail_addresses_are_found() {
        for (text, expected) in [
            ("Write to a.b+c@d-e.org.", "Write to [a.b+c@d-e.org]."),
            ("mailto:a@b.org!", "[mailto:a@b.org](a@b.org)!"),
            ("xmpp:a@b.org/c@d.e/f", "[xmpp:a@b.org/c@d.e]/f"),
            ("a@b.org@c.org", "[a@b.org]@c.org"),
        ] {
            assert_eq!(marked(text), expected);
        }
    }
}
