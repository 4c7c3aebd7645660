//! From a request to an answer.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::task::spawn_blocking;

use super::address::{decode, parameter};
use super::client;
use super::events;
use super::guard::Guard;
use super::live::{Live, Shown};
use super::view::{Answer, Problem};
use crate::diag::Severity;
use crate::markup::escaped;
use crate::media_type::media_type;
use crate::name::{SitePath, UrlPath};

/// The routes of the preview, none of which is reached by a request that the guard refuses.
pub(super) fn router(live: Arc<Live>, guard: Guard) -> Router {
    Router::new()
        .route("/_needlepoint/events", get(events::stream))
        .route("/_needlepoint/about", get(about))
        .route("/_needlepoint/open", get(open))
        .route("/_needlepoint/client/{file}", get(client_file))
        .fallback(site)
        .with_state(live)
        .layer(from_fn_with_state(guard, guarded))
}

async fn guarded(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    let mut response = match guard.refusal(&request) {
        Some((status, why)) => plain(status, why),
        None => next.run(request).await,
    };
    if response.status() == StatusCode::METHOD_NOT_ALLOWED {
        // The body of a request that is not answered is not waited for either.
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    // Whatever a browser keeps it must ask about: a new build can differ at any address.
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    response
}

async fn client_file(Path(name): Path<String>) -> Response {
    match client::file(&name) {
        Some((text, kind)) => ([(header::CONTENT_TYPE, kind)], text).into_response(),
        None => plain(StatusCode::NOT_FOUND, "the preview has no such file"),
    }
}

/// What the author's bar shows of a page.
async fn about(State(live): State<Arc<Live>>, uri: Uri) -> Response {
    let address = parameter(&uri, "path").and_then(|path| UrlPath::new(&path));
    let Some(address) = address else { return plain(StatusCode::BAD_REQUEST, "no page has this address") };
    let Some(shown) = live.current().await else { return ending() };
    let build = live.build_name(&shown);
    match spawn_blocking(move || shown.view.about(&address)).await {
        Ok(about) => {
            let json = serde_json::to_vec(&about).expect("plain fields serialize");
            let kind = HeaderValue::from_static(media_type("a.json"));
            let headers = [(header::CONTENT_TYPE, kind), (build_header(), header_value(&build))];
            (headers, json).into_response()
        }
        Err(_) => panicked(),
    }
}

/// Sends the author's editor to a place in a file. The path on this computer is in the answer's head alone.
async fn open(State(live): State<Arc<Live>>, uri: Uri) -> Response {
    let Some(shown) = live.current().await else { return ending() };
    let number = |name: &str| parameter(&uri, name).and_then(|text| text.parse().ok()).unwrap_or(1);
    let file = parameter(&uri, "file").and_then(|file| SitePath::new(&file));
    match file.and_then(|file| shown.view.editor_url(&file, number("line"), number("column"))) {
        Some(url) => (StatusCode::SEE_OTHER, [(header::LOCATION, header_value(&url))]).into_response(),
        None => plain(StatusCode::NOT_FOUND, "no editor is configured, or the site has no such file"),
    }
}

/// Everything that is the site's own.
async fn site(State(live): State<Arc<Live>>, request: Request) -> Response {
    let Some(path) = decode(request.uri().path()) else {
        return plain(StatusCode::BAD_REQUEST, "the address is not well formed");
    };
    let Some(shown) = live.current().await else { return ending() };
    let is_plain = request.uri().query() == Some("needlepoint=plain");
    let headers = request.headers().clone();
    let answer = spawn_blocking(move || {
        let found = find(&live, &shown, &path);
        found.into_response(&live, &shown, is_plain, &headers)
    });
    answer.await.unwrap_or_else(|_| panicked())
}

/// What a path leads to in a view.
enum Found {
    Page(StatusCode, &'static str, Arc<[u8]>),
    File(UrlPath, Arc<[u8]>),
    Moved(UrlPath),
}

fn find(live: &Live, shown: &Arc<Shown>, path: &str) -> Found {
    let Some(address) = UrlPath::new(path) else { return missing(shown) };
    match shown.view.answer(&address) {
        Answer::Content(bytes) if is_page(&address) => {
            live.remember(shown, &address, &bytes);
            Found::Page(StatusCode::OK, "fresh", bytes)
        }
        Answer::Content(bytes) => Found::File(address, bytes),
        Answer::Stale(bytes) => Found::Page(StatusCode::OK, "stale", bytes),
        Answer::Broken(rest) => match last_good(live, shown, &address).or(rest) {
            Some(bytes) if is_page(&address) => Found::Page(StatusCode::OK, "stale", bytes),
            Some(bytes) => Found::File(address, bytes),
            None => error_page(&errors_of(shown, &address)),
        },
        Answer::Moved(address) => Found::Moved(address),
        Answer::Missing => find_elsewhere(live, shown, &address),
    }
}

/// A page as it was when it was last in order: as somebody saw it, or as one of the views before had it.
fn last_good(live: &Live, shown: &Shown, address: &UrlPath) -> Option<Arc<[u8]>> {
    live.last_good(address).or_else(|| {
        live.before(shown).iter().find_map(|before| match before.view.answer(address) {
            Answer::Content(bytes) => {
                live.remember(before, address, &bytes);
                Some(bytes)
            }
            _ => None,
        })
    })
}

/// A page asked for without its slash or by its file, or a file of a view that was just replaced.
fn find_elsewhere(live: &Live, shown: &Shown, address: &UrlPath) -> Found {
    let path = address.as_str();
    let page = match path.strip_suffix("/index.html") {
        Some(folder) => UrlPath::new(&format!("{folder}/")),
        None if !path.ends_with('/') => UrlPath::new(&format!("{path}/")),
        None => None,
    };
    if let Some(page) = page
        && !matches!(shown.view.answer(&page), Answer::Missing)
    {
        return Found::Moved(page);
    }
    if !is_page(address) {
        for before in live.before(shown) {
            if let Answer::Content(bytes) = before.view.answer(address) {
                return Found::File(address.clone(), bytes);
            }
        }
    }
    missing(shown)
}

fn missing(shown: &Shown) -> Found {
    let page = shown.view.not_found().unwrap_or_else(|| {
        let page = plain_page("Not found", "<p>There is no page at this address.</p>");
        page.into_bytes().into()
    });
    Found::Page(StatusCode::NOT_FOUND, "missing", page)
}

impl Found {
    fn into_response(self, live: &Live, shown: &Shown, is_plain: bool, headers: &HeaderMap) -> Response {
        let build = live.build_name(shown);
        let mut response = match self {
            Self::Page(status, state, bytes) => {
                let body = if is_plain { bytes.to_vec() } else { client::inject(&bytes, &build, state) };
                let headers = [
                    (header::CONTENT_TYPE, media_type("index.html")),
                    // What a page says of its build and state would be wrong when it is taken from a cache.
                    (header::CACHE_CONTROL, "no-store"),
                    (HeaderName::from_static("x-needlepoint-state"), state),
                ];
                (status, headers, body).into_response()
            }
            Self::File(address, bytes) => file_response(&address, &bytes, headers),
            Self::Moved(address) => {
                // Not for ever: the next build may have something at the old address.
                let location = header_value(&address.encoded());
                (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, location)]).into_response()
            }
        };
        response.headers_mut().insert(build_header(), header_value(&build));
        response
    }
}

fn file_response(address: &UrlPath, bytes: &[u8], headers: &HeaderMap) -> Response {
    let etag = etag(bytes);
    if is_known(headers, &etag) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, header_value(&etag))]).into_response();
    }
    let common = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type(address.as_str()))),
        (header::ETAG, header_value(&etag)),
        (header::ACCEPT_RANGES, HeaderValue::from_static("bytes")),
    ];
    let length = bytes.len();
    let wanted = headers.get(header::RANGE).and_then(|range| range.to_str().ok());
    // A part of another state of the file must not be glued to the part at hand.
    let is_same = headers.get(header::IF_RANGE).is_none_or(|known| known.as_bytes() == etag.as_bytes());
    match wanted.filter(|_| is_same).map_or(Range::Whole, |range| parse_range(range, length)) {
        Range::Whole => (common, bytes.to_vec()).into_response(),
        Range::Part(start, end) => {
            let range = header_value(&format!("bytes {start}-{}/{length}", end - 1));
            let part = bytes.get(start..end).unwrap_or_default().to_vec();
            (StatusCode::PARTIAL_CONTENT, common, [(header::CONTENT_RANGE, range)], part).into_response()
        }
        Range::Outside => {
            let range = header_value(&format!("bytes */{length}"));
            (StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, range)]).into_response()
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Range {
    /// No range, several, or one that is not well formed: all of it is a right answer (RFC 9110, 14.2).
    Whole,
    /// First byte, and one past the last.
    Part(usize, usize),
    Outside,
}

fn parse_range(header: &str, length: usize) -> Range {
    let part = header.trim().strip_prefix("bytes=").and_then(|ranges| ranges.trim().split_once('-'));
    let Some((first, last)) = part.filter(|(_, last)| !last.contains(',')) else { return Range::Whole };
    // Digits alone: a sign or white space is no number here. More digits than fit mean more bytes than there are.
    let number = |text: &str| {
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse::<usize>().unwrap_or(usize::MAX))
    };
    match (first, number(first), last, number(last)) {
        ("", _, _, Some(0)) => Range::Outside,
        ("", _, _, Some(_)) if length == 0 => Range::Outside,
        ("", _, _, Some(suffix)) => Range::Part(length.saturating_sub(suffix), length),
        (_, Some(first), "", _) if first < length => Range::Part(first, length),
        (_, Some(first), _, Some(last)) if last < first => Range::Whole,
        (_, Some(first), _, Some(last)) if first < length => {
            Range::Part(first, last.saturating_add(1).min(length))
        }
        (_, Some(_), "", _) | (_, Some(_), _, Some(_)) => Range::Outside,
        _ => Range::Whole,
    }
}

/// The errors that concern an address; all where it is not known which do.
fn errors_of(shown: &Shown, address: &UrlPath) -> Vec<Problem> {
    let mut own = shown.view.about(address).problems;
    own.retain(|problem| problem.severity == Severity::Error.as_str());
    if own.is_empty() { shown.view.errors() } else { own }
}

/// The page shown where nothing could be rendered and nothing was before.
fn error_page(errors: &[Problem]) -> Found {
    let mut list = String::new();
    for error in errors {
        let Problem { code, message, file, line, column, .. } = error;
        let place = escaped(&format!("{file}:{line}:{column}"));
        // Writing to a string cannot fail.
        let _ = write!(list, "<li>{}: {} [{}]</li>", place, escaped(message), escaped(code));
    }
    let words = format!(
        "<h1>This page cannot be shown yet</h1><p>It appears by itself once the errors are mended.</p><ul>{list}</ul>"
    );
    let page = plain_page("Not shown yet", &words);
    Found::Page(StatusCode::INTERNAL_SERVER_ERROR, "error", page.into_bytes().into())
}

/// A page that no theme has a hand in.
fn plain_page(title: &str, main: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title></head>\
         <body><main>{main}</main></body></html>"
    )
}

/// Whether browsers show what is at the address as a page.
fn is_page(address: &UrlPath) -> bool {
    address.as_str().ends_with('/') || address.as_str().ends_with(".html")
}

fn etag(bytes: &[u8]) -> String {
    format!("\"{}\"", &blake3::hash(bytes).to_hex()[..20])
}

fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok());
    known.is_some_and(|known| known.split(',').any(|known| known.trim().trim_start_matches("W/") == etag))
}

fn plain(status: StatusCode, words: &'static str) -> Response {
    (status, [(header::CONTENT_TYPE, media_type("a.txt"))], words).into_response()
}

fn ending() -> Response {
    plain(StatusCode::SERVICE_UNAVAILABLE, "the preview is ending")
}

fn panicked() -> Response {
    plain(StatusCode::INTERNAL_SERVER_ERROR, "the page could not be made; this is a fault of needlepoint")
}

fn build_header() -> HeaderName {
    HeaderName::from_static("x-needlepoint-build")
}

/// The text as a header's value, without what a value cannot hold.
fn header_value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_honoured_and_nonsense_gives_the_whole() {
        for (header, expected) in [
            ("bytes=0-0", Range::Part(0, 1)),
            ("bytes=2-5", Range::Part(2, 6)),
            ("bytes=2-", Range::Part(2, 10)),
            ("bytes=-3", Range::Part(7, 10)),
            ("bytes=-30", Range::Part(0, 10)),
            ("bytes=5-99999999999999999999999", Range::Part(5, 10)),
            ("bytes=9-9", Range::Part(9, 10)),
            ("bytes=10-", Range::Outside),
            ("bytes=10-20", Range::Outside),
            ("bytes=-0", Range::Outside),
            ("bytes=99999999999999999999999-", Range::Outside),
            ("bytes=5-2", Range::Whole),
            ("bytes=0-1,3-4", Range::Whole),
            ("bytes=", Range::Whole),
            ("bytes=-", Range::Whole),
            ("bytes=a-b", Range::Whole),
            ("bytes=+1-2", Range::Whole),
            ("lines=0-1", Range::Whole),
        ] {
            assert_eq!(parse_range(header, 10), expected, "{header}");
        }
        assert_eq!(parse_range("bytes=-1", 0), Range::Outside);
    }
}
