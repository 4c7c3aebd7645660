//! Where the site will stand.

use std::fmt;

use crate::name::UrlPath;

/// An `http` or `https` address without a slash, query or fragment at its end: `https://example.org/health`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BaseUrl {
    text: String,
    /// Where the path begins in `text`; its length where there is none.
    path_start: usize,
}

impl BaseUrl {
    /// The address, or `None` where it is not `http` or `https` with a host and an optional path.
    ///
    /// Scheme and host are brought to lower case; slashes at the end go.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        let (scheme, rest) = text.split_once("://")?;
        let scheme = scheme.to_ascii_lowercase();
        if !matches!(scheme.as_str(), "http" | "https") {
            return None;
        }
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let path = path.trim_end_matches('/');
        let path_fits =
            path.is_empty() || UrlPath::new(path).is_some_and(|path| path.encoded() == path.as_str());
        if !is_host(host) || !path_fits {
            return None;
        }
        let origin = format!("{scheme}://{}", host.to_ascii_lowercase());
        Some(Self { path_start: origin.len(), text: origin + path })
    }

    /// The address as text, without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Scheme, host and port: `https://example.org`.
    pub fn origin(&self) -> &str {
        &self.text[..self.path_start]
    }

    /// The path that every address of the site has before it: `/health`, or nothing.
    pub fn path(&self) -> &str {
        &self.text[self.path_start..]
    }

    /// The whole address of a page, percent-encoded.
    pub fn join(&self, path: &UrlPath) -> String {
        self.text.clone() + &path.encoded()
    }
}

fn is_host(host: &str) -> bool {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, Some(port)),
        _ => (host, None),
    };
    let port_fits = port.is_none_or(|port| port.parse::<u16>().is_ok());
    let address = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    let name_fits = match address {
        Some(address) => address.parse::<core::net::Ipv6Addr>().is_ok(),
        None => {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte))
        }
    };
    port_fits && name_fits && !name.starts_with(['.', '-'])
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_brought_to_one_form() {
        let url = BaseUrl::new("HTTPS://Example.ORG/Health//").unwrap();
        assert_eq!(url.as_str(), "https://example.org/Health");
        assert_eq!((url.origin(), url.path()), ("https://example.org", "/Health"));
        assert_eq!(url.join(&UrlPath::root()), "https://example.org/Health/");
        assert_eq!(BaseUrl::new("http://127.0.0.1:4000/").unwrap().as_str(), "http://127.0.0.1:4000");
        assert!(BaseUrl::new("http://[::1]:4000").is_some());
    }

    #[test]
    fn what_is_no_web_address_is_refused() {
        for wrong in [
            "",
            "example.org",
            "ftp://example.org",
            "https://",
            "https:///x",
            "https://a b",
            "https://a/?q",
            "https://user@a",
            "https://a/../b",
            "https://a:99999",
            "javascript://a",
            "https://a/#x",
            "https://é",
        ] {
            assert_eq!(BaseUrl::new(wrong), None, "{wrong}");
        }
    }
}
