//! Which requests are answered at all: those that a page of this preview, or its author, can have made.
//!
//! Any site that an author visits can make their browser ask `localhost` for pages, and a name server can make its own
//! name point here. So the host must be one of ours, and a request that says where it comes from must come from here.

use std::net::IpAddr;

use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Method, Request, StatusCode};

/// The names under which the preview may be asked.
#[derive(Clone, Debug)]
pub(super) struct Guard {
    /// Each with and, where the port is that of HTTP, without the port.
    hosts: Vec<String>,
    /// Whether any number of this computer will do, because the preview listens on all of its interfaces.
    any_number: Option<u16>,
}

impl Guard {
    /// The guard of a preview that listens there.
    pub(super) fn new(host: IpAddr, port: u16) -> Self {
        let bracketed = |ip: IpAddr| match ip {
            IpAddr::V4(ip) => ip.to_string(),
            IpAddr::V6(ip) => format!("[{ip}]"),
        };
        let mut names = ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned).to_vec();
        names.push(bracketed(host));
        let mut hosts: Vec<String> = names.iter().map(|name| format!("{name}:{port}")).collect();
        if port == 80 {
            hosts.extend(names);
        }
        Self { hosts, any_number: host.is_unspecified().then_some(port) }
    }

    /// Why a request is refused, or `None` where it is answered.
    pub(super) fn refusal<B>(&self, request: &Request<B>) -> Option<(StatusCode, &'static str)> {
        let headers = request.headers();
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return Some((StatusCode::METHOD_NOT_ALLOWED, "the preview only answers GET and HEAD"));
        }
        let Some(host) = single(headers, HOST.as_str()) else {
            return Some((StatusCode::BAD_REQUEST, "one Host header is needed"));
        };
        let named = request.uri().authority().map(|authority| authority.as_str());
        if !self.is_own(host) || named.is_some_and(|named| !self.is_own(named)) {
            let why = "the preview answers to localhost, 127.0.0.1 and [::1] with its port";
            return Some((StatusCode::MISDIRECTED_REQUEST, why));
        }
        if headers.contains_key(ORIGIN)
            && !single(headers, ORIGIN.as_str()).is_some_and(|origin| self.is_own_origin(origin))
        {
            return Some((StatusCode::FORBIDDEN, "the request comes from another site"));
        }
        let fetch = |name: &str| headers.get(name).map(|value| value.as_bytes());
        let is_foreign =
            matches!(fetch("sec-fetch-site"), Some(site) if site != b"same-origin" && site != b"none");
        // A link to the preview in someone's mail or issue is followed; a picture or script of it is not lent.
        let is_followed_link = fetch("sec-fetch-mode") == Some(b"navigate")
            && fetch("sec-fetch-dest") == Some(b"document")
            && !request.uri().path().starts_with(super::client::PREFIX);
        if is_foreign && !is_followed_link {
            return Some((StatusCode::FORBIDDEN, "the request comes from another site"));
        }
        None
    }

    fn is_own(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        self.hosts.contains(&host)
            || self.any_number.is_some_and(|port| {
                let number = host.strip_suffix(&format!(":{port}"));
                let number = number.map(|number| number.trim_start_matches('[').trim_end_matches(']'));
                number.is_some_and(|number| number.parse::<IpAddr>().is_ok())
            })
    }

    fn is_own_origin(&self, origin: &str) -> bool {
        origin.strip_prefix("http://").is_some_and(|host| self.is_own(host))
    }
}

/// The value of a header that must be there once.
fn single<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(guard: &Guard, headers: &[(&str, &str)]) -> u16 {
        let mut request = Request::get("/articles/");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        guard.refusal(&request.body(()).unwrap()).map_or(200, |(status, _)| status.as_u16())
    }

    #[test]
    fn only_own_names_with_the_port_are_answered() {
        let guard = Guard::new([127, 0, 0, 1].into(), 4000);
        for (host, expected) in [
            ("localhost:4000", 200),
            ("LOCALHOST:4000", 200),
            ("127.0.0.1:4000", 200),
            ("[::1]:4000", 200),
            ("localhost", 421),
            ("localhost:4001", 421),
            ("localhost.evil.example:4000", 421),
            ("evil.example:4000", 421),
            ("evil.example", 421),
            ("192.168.1.7:4000", 421),
            ("", 421),
        ] {
            assert_eq!(status(&guard, &[("host", host)]), expected, "{host}");
        }
        assert_eq!(status(&guard, &[]), 400);
        assert_eq!(status(&guard, &[("host", "localhost:4000"), ("host", "localhost:4000")]), 400);
        let open = Guard::new([0, 0, 0, 0].into(), 4000);
        assert_eq!(status(&open, &[("host", "192.168.1.7:4000")]), 200);
        assert_eq!(status(&open, &[("host", "evil.example:4000")]), 421, "a name could point anywhere");
    }

    #[test]
    fn requests_of_other_sites_are_refused() {
        let guard = Guard::new([127, 0, 0, 1].into(), 4000);
        let host = ("host", "localhost:4000");
        for (origin, expected) in [
            ("http://localhost:4000", 200),
            ("http://127.0.0.1:4000", 200),
            ("https://localhost:4000", 403),
            ("http://localhost:3000", 403),
            ("http://evil.example", 403),
            ("http://10.0.0.1:4000", 403),
            ("null", 403),
            ("", 403),
        ] {
            assert_eq!(status(&guard, &[host, ("origin", origin)]), expected, "{origin}");
        }
        let fetch = |site, mode, dest| {
            let headers =
                [host, ("sec-fetch-site", site), ("sec-fetch-mode", mode), ("sec-fetch-dest", dest)];
            status(&guard, &headers)
        };
        assert_eq!(fetch("none", "navigate", "document"), 200);
        assert_eq!(fetch("same-origin", "cors", "empty"), 200);
        assert_eq!(fetch("cross-site", "navigate", "document"), 200, "a link was followed");
        assert_eq!(fetch("cross-site", "navigate", "iframe"), 403);
        assert_eq!(fetch("cross-site", "no-cors", "image"), 403);
        assert_eq!(fetch("same-site", "no-cors", "script"), 403, "another port of this computer");
    }
}
