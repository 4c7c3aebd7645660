//! The preview as a browser, and as someone hostile, sees it: raw bytes over a socket.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use needlepoint::check::readability::flesch_kincaid;
use needlepoint::check::{Knowledge, Subject, measure};
use needlepoint::disk::read_site;
use needlepoint::error::ErrorKind;
use needlepoint::name::{SitePath, UrlPath};
use needlepoint::pipeline::{self};
use needlepoint::serve::{About, Answer, Elsewhere, Options, Problem, Server, SiteView, Update, View};

use crate::inputs;
use crate::scratch::Scratch;

const CANARY: &str = "canary-outside-of-the-site";

/// A site of few pages.
#[derive(Default)]
struct Pages {
    content: BTreeMap<String, String>,
    broken: Vec<String>,
}

impl Pages {
    fn numbered(number: usize) -> Arc<Self> {
        let style = format!("/assets/style.{number}.css");
        let page = format!("<!doctype html><html><head><link href=\"{style}\"></head>page {number}</html>");
        let content = BTreeMap::from([
            ("/".to_owned(), page.clone()),
            ("/articles/what it is/".to_owned(), page),
            (style, format!("p {{ --number: {number} }}")),
            ("/data.bin".to_owned(), "0123456789".to_owned()),
        ]);
        Arc::new(Self { content, broken: Vec::new() })
    }
}

impl View for Pages {
    fn answer(&self, address: &UrlPath) -> Answer {
        if self.broken.iter().any(|broken| broken == address.as_str()) {
            return Answer::Broken(None);
        }
        match self.content.get(address.as_str()) {
            Some(text) => Answer::Content(text.as_bytes().into()),
            None => Answer::Missing,
        }
    }

    fn not_found(&self) -> Option<Arc<[u8]>> {
        Some(Arc::from(&b"<!doctype html><p>no such page"[..]))
    }

    fn about(&self, address: &UrlPath) -> About {
        About { file: Some(format!("content{address}x.md")), words: 7, ..About::default() }
    }

    fn errors(&self) -> Vec<Problem> {
        vec![Problem { message: "the theme has <script>alert(1)</script>".to_owned(), ..Problem::default() }]
    }

    fn editor_url(&self, file: &SitePath, line: usize, column: usize) -> Option<String> {
        (file.as_str() == "content/a.md").then(|| format!("vscode://file/home/x/{file}:{line}:{column}"))
    }
}

fn server(view: Arc<Pages>) -> Server {
    let server = Server::start(&Options { host: [127, 0, 0, 1].into(), port: 0, follow: false }).unwrap();
    server.show(view, Update::default());
    server
}

/// Sends bytes and reads until the other side closes or is silent.
fn send(address: SocketAddr, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(2))).unwrap();
    // The server may close before it has read all of a request that it refuses.
    let _ = stream.write_all(request);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

fn get_with(address: SocketAddr, target: &str, headers: &str) -> String {
    let host = format!("localhost:{}", address.port());
    send(
        address,
        format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n").as_bytes(),
    )
}

fn get(address: SocketAddr, target: &str) -> String {
    get_with(address, target, "")
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or_default()
}

#[test]
fn pages_files_and_detours() {
    let server = server(Pages::numbered(1));
    let address = server.address();
    let home = get(address, "/");
    assert!(home.contains("page 1") && home.contains("data-needlepoint-build="), "{home}");
    let plain = get(address, "/?needlepoint=plain");
    assert!(plain.ends_with("page 1</html>") && !plain.contains("_needlepoint/"), "{plain}");
    for (target, expected) in [
        ("/articles/what%20it%20is/", "200"),
        ("/articles/what%20it%20is", "307"),
        ("/articles/what%20it%20is/index.html", "307"),
        ("/index.html", "307"),
        ("/assets/style.1.css", "200"),
        ("/nowhere/", "404"),
        ("/_needlepoint/client/live.js", "200"),
        ("/_needlepoint/client/nothing.js", "404"),
        ("/_needlepoint/open?file=content/a.md&line=3", "303"),
        ("/_needlepoint/open?file=content/b.md", "404"),
    ] {
        assert_eq!(status(&get(address, target)), expected, "{target}");
    }
    assert!(get(address, "/nowhere/").contains("data-needlepoint-state=\"missing\""), "it can heal");
    let part = get_with(address, "/data.bin", "Range: bytes=2-4\r\n");
    assert!(status(&part) == "206" && part.ends_with("234") && part.contains("bytes 2-4/10"), "{part}");
    assert!(get(address, "/_needlepoint/about?path=%2F").contains("\"words\":7"));
}

#[test]
fn a_broken_page_stays_as_it_was_and_an_unknown_one_lists_the_errors() {
    let server = server(Pages::numbered(1));
    let address = server.address();
    assert!(get(address, "/").contains("page 1"));
    let mut broken = Pages { broken: vec!["/".to_owned(), "/new/".to_owned()], ..Pages::default() };
    broken.content.insert("/other/".to_owned(), "fine".to_owned());
    broken.broken.push("/articles/what it is/".to_owned());
    server.show(Arc::new(broken), Update::default());
    let unseen = get(address, "/articles/what%20it%20is/");
    assert!(
        status(&unseen) == "200" && unseen.contains("page 1") && unseen.contains("state=\"stale\""),
        "{unseen}"
    );
    let home = get(address, "/");
    assert!(status(&home) == "200" && home.contains("page 1") && home.contains("state=\"stale\""), "{home}");
    let new = get(address, "/new/");
    assert!(
        status(&new) == "500" && new.contains("&lt;script&gt;") && !new.contains("<script>alert"),
        "{new}"
    );
    server.show(Pages::numbered(3), Update::default());
    assert!(get(address, "/").contains("page 3"));
}

#[test]
fn a_page_that_nobody_saw_stays_as_it_was_however_often_it_is_saved_broken() {
    let server = server(Pages::numbered(1));
    let address = server.address();
    assert!(get(address, "/").contains("page 1"));
    for _ in 0..9 {
        let all = ["/", "/articles/what it is/"].map(str::to_owned).to_vec();
        server.show(Arc::new(Pages { broken: all, ..Pages::default() }), Update::default());
    }
    let unseen = get(address, "/articles/what%20it%20is/");
    assert!(
        status(&unseen) == "200" && unseen.contains("page 1") && unseen.contains("state=\"stale\""),
        "{unseen}"
    );
    assert_eq!(status(&get(address, "/assets/style.1.css")), "200", "with the look that it had");
    server.show(Pages::numbered(3), Update::default());
    assert!(get(address, "/articles/what%20it%20is/").contains("page 3"));
}

#[test]
fn an_open_page_hears_of_each_change_once() {
    let server = server(Pages::numbered(1));
    let address = server.address();
    let home = get(address, "/");
    let build = home.split("data-needlepoint-build=\"").nth(1).unwrap().split('"').next().unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let host = format!("localhost:{}", address.port());
    let request = format!("GET /_needlepoint/events?build={build} HTTP/1.1\r\nHost: {host}\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut read_until = |words: &str| {
        let mut heard = String::new();
        let mut buffer = [0; 4096];
        while !heard.contains(words) {
            let length = stream.read(&mut buffer).unwrap();
            heard.push_str(std::str::from_utf8(&buffer[..length]).unwrap());
        }
        heard
    };
    assert!(!read_until("\r\n\r\n").contains("data:"), "the page is of this build");
    let update = Update { files: vec!["content/a.md".to_owned()], ..Update::default() };
    server.show(Pages::numbered(2), update);
    let heard = read_until("\n\n");
    assert!(heard.contains("\"files\":[\"content/a.md\"]") && heard.matches("data:").count() == 1, "{heard}");
    let stranger = get_with(address, "/_needlepoint/events", "Origin: http://evil.example\r\n");
    assert_eq!(status(&stranger), "403");
}

#[test]
fn slow_connections_hold_nobody_up() {
    let server = server(Pages::numbered(1));
    let address = server.address();
    let mut slow: Vec<TcpStream> = (0..300).map(|_| TcpStream::connect(address).unwrap()).collect();
    for (number, stream) in slow.iter_mut().enumerate().filter(|(number, _)| number % 2 == 0) {
        stream.write_all(format!("GET /{number} HT").as_bytes()).unwrap();
    }
    let start = Instant::now();
    assert_eq!(status(&get(address, "/")), "200");
    assert!(start.elapsed() < Duration::from_millis(500), "{:?}", start.elapsed());
    let mut first = slow.swap_remove(0);
    let mut silent = slow.swap_remove(1);
    for stream in [&mut first, &mut silent] {
        stream.set_read_timeout(Some(Duration::from_secs(15))).unwrap();
        // Answered with a refusal or just closed; a time-out would be an error.
        stream.read_to_end(&mut Vec::new()).unwrap();
    }
    assert!(start.elapsed() < Duration::from_secs(15), "{:?}", start.elapsed());
}

#[test]
fn a_port_in_use_is_said_with_what_to_do() {
    let first = server(Pages::numbered(1));
    let options = Options { host: [127, 0, 0, 1].into(), port: first.address().port(), follow: false };
    let error = Server::start(&options).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::Network);
    assert!(error.help().unwrap().contains("--port"), "{error}");
}

/// The preview of a site on the disk, with a secret above it, beside it, and behind links in it.
fn besieged() -> (Scratch, Server) {
    let scratch = Scratch::new();
    for path in
        ["canary", "x", "etc/passwd", "beside/canary", "site/.env", "site/.git/config", "site/public/canary"]
    {
        scratch.write(path, CANARY);
    }
    scratch.write("site/needlepoint.toml", "title = \"T\"\nbase_url = \"http://localhost\"\n");
    scratch.write("site/content/_index.md", "+++\ntitle = \"Home\"\n+++\n\npage 1\n");
    let root = scratch.path().join("site");
    for (link, target) in
        [("canary", "canary"), ("beside", "beside"), ("x.md", "canary"), ("data.bin", "canary")]
    {
        let target = scratch.path().join(target);
        std::os::unix::fs::symlink(target, root.join("content").join(link)).unwrap();
    }
    let settings = inputs::with_drafts();
    let files = read_site(&root).unwrap().files().clone();
    let site = pipeline::build_unreviewed(files, settings, None, &|_| {});
    let server = Server::start(&Options { host: [127, 0, 0, 1].into(), port: 0, follow: false }).unwrap();
    server.show(Arc::new(SiteView::new(site, root)), Update::default());
    (scratch, server)
}

/// Appendix C of the reliability paper, multiplied.
#[test]
fn hostile_requests_get_nothing_from_outside() {
    let (scratch, server) = besieged();
    let address = server.address();
    let machine = scratch.path();
    let targets: Vec<String> = hostile_targets();
    let mut sent = 0;
    let mut judge = |request: &[u8]| {
        let answer = send(address, request);
        sent += 1;
        let shown = String::from_utf8_lossy(&request[..request.len().min(200)]);
        assert!(!answer.contains(CANARY) && !answer.contains("root:"), "{shown}: {answer}");
        assert!(!answer.contains(machine.as_str()), "{shown}: {answer}");
        let is_answer = answer.is_empty() || answer.starts_with("HTTP/1.");
        assert!(is_answer, "{shown}: {answer}");
        if status(&answer) == "200" {
            let is_known = ["page 1", "\"problems\":"].iter().any(|words| answer.contains(words));
            assert!(is_known || request.starts_with(b"HEAD"), "{shown}: {answer}");
        }
        assert_ne!(status(&answer), "500", "{shown}");
    };
    let host = format!("Host: localhost:{}\r\n", address.port());
    for target in &targets {
        for method in ["GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE"] {
            judge(format!("{method} {target} HTTP/1.1\r\n{host}Connection: close\r\n\r\n").as_bytes());
        }
    }
    for method in ["TRACE", "CONNECT", "get", "", "PROPFIND", &"M".repeat(100_000)] {
        judge(format!("{method} / HTTP/1.1\r\n{host}Connection: close\r\n\r\n").as_bytes());
    }
    for version in ["", "HTTP/0.9", "HTTP/1.0", "HTTP/2.0", "HTTP/9.9", "HTTP/1.1.1", "http/1.1"] {
        judge(format!("GET /nowhere/ {version}\r\n{host}Connection: close\r\n\r\n").as_bytes());
    }
    for headers in hostile_headers() {
        judge(format!("GET /nowhere/ HTTP/1.1\r\n{host}Connection: close\r\n{headers}\r\n\r\n").as_bytes());
        judge(format!("GET /nowhere/ HTTP/1.1\r\n{headers}\r\n{host}Connection: close\r\n\r\n").as_bytes());
    }
    judge(&[0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03]);
    judge(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    judge(&vec![b'A'; 1 << 20]);
    judge(&[0; 1000]);
    // A thousand at once, of which the last asks for the end.
    let one = format!("GET /nowhere/ HTTP/1.1\r\n{host}\r\n");
    let last = format!("GET /nowhere/ HTTP/1.1\r\n{host}Connection: close\r\n\r\n");
    judge((one.repeat(999) + &last).as_bytes());
    // Frames of a socket that was never agreed on: unmasked, endless, control in pieces.
    for frame in [&[0x81, 0x02, b'h', b'i'][..], &[0x82, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF], &[0x09, 0x80, 0x00]] {
        let upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: eA==\r\n\r\n";
        judge(&[format!("GET /nowhere/ HTTP/1.1\r\n{host}{upgrade}").as_bytes(), frame].concat());
    }
    assert!(sent >= 1200, "{sent}");
    assert!(get(address, "/").contains("page 1"), "alive after {sent} requests");
}

fn hostile_targets() -> Vec<String> {
    let tails = [
        "etc/passwd",
        "content/x.md",
        "needlepoint.toml",
        ".git/config",
        ".env",
        "proc/self/environ",
        "root/.ssh/id_rsa",
        "windows/win.ini",
    ];
    let climbs = [
        "/../",
        "/%2e%2e/",
        "/%2e%2e%2f",
        "/..%2f",
        "/.%2e/",
        "/%252e%252e/",
        "/..;/",
        "/..\\",
        "/..%5c",
        "/%c0%ae%c0%ae/",
        "/%e0%80%ae/",
        "/a/../../",
        "//",
        "///",
        "/./",
        "/c:/",
        "/c%3a/",
        "/%00/",
        "/x?../../",
        "/articles/what%20it%20is/../../../",
        "/assets/..%2f..%2f",
    ];
    let mut targets: Vec<String> =
        climbs.iter().flat_map(|climb| tails.iter().map(move |tail| format!("{climb}{tail}"))).collect();
    let single = [
        "/CON",
        "/nul.html",
        "/x%00.html",
        "/x%0d%0aSet-Cookie:a=b",
        "/#/../../x",
        "/%",
        "/%zz",
        "/%ff",
        "*",
        "http://localhost/../x",
        "http://evil.example/",
        "localhost:80",
        "/index.html/x",
        "/data.bin/x",
        "/.git/config",
        "/.env",
        "/canary",
        "/beside/canary",
        "/x/",
        "/data.bin",
        "/public/canary",
        "/content/x.md",
        "/config.toml",
        "/.public.needlepoint-1/index.html",
        "/ARTICLES/",
        "/\u{202e}txt/",
        "/_needlepoint/client/../../x",
        "/_needlepoint/client/..%2f..%2fCargo.toml",
        "/_needlepoint/about?path=..",
        "/_needlepoint/open?file=../../etc/passwd",
        "/_needlepoint/open?file=%2fetc%2fpasswd",
        "/_needlepoint/",
        "x",
    ];
    targets.extend(single.map(str::to_owned));
    for length in [8 << 10, 64 << 10, 1 << 20] {
        targets.push(format!("/{}", "a".repeat(length)));
        targets.push("/..".repeat(length / 3));
    }
    targets.push("/a".repeat(10_000));
    targets
}

fn hostile_headers() -> Vec<String> {
    let mut headers: Vec<String> = [
        "Host: localhost",
        "Host: evil.example",
        "X: a\r\n folded",
        "no colon here",
        "X: \0",
        "X: a\rb",
        "X: a\nb",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nabcde",
        "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffffff\r\n",
        "Content-Length: -1",
        "Content-Length: 99999999999999999999",
        "Content-Length: 1\r\nContent-Length: 2",
        "Expect: 100-continue",
        "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABk",
        "Upgrade: websocket\r\nSec-WebSocket-Key: x",
        "Range: bytes=0-,-1",
        "If-Modified-Since: garbage",
        "Accept-Encoding: identity;q=0",
        "Origin: null",
        "Origin: http://evil.example",
        "Sec-Fetch-Site: cross-site",
        "If-None-Match: *",
        "Cookie: a=b",
    ]
    .map(str::to_owned)
    .to_vec();
    headers.push((0..10_000).map(|number| format!("X-{number}: a\r\n")).collect());
    headers.push(format!("X: {}", "a".repeat(1 << 20)));
    headers
}

#[test]
fn the_bar_says_what_the_checks_say() {
    let texts = [
        ("needlepoint.toml", "title = \"T\"\nbase_url = \"https://example.org\"\n"),
        ("content/glossary.toml", "[fascia]\nterm = \"myofascial\"\ndefinition = \"Of muscles.\"\n"),
        (
            "content/reviews.toml",
            "[\"a.md\"]\ndate = 2026-02-01\nby = \"jane\"\ntext = \"0000000000000000\"\n",
        ),
        ("content/b.md", "+++\ntitle = \"B\"\n+++\n[gone](nowhere.md)\n"),
        ("content/people.toml", "[jane]\nname = \"Jane Doe\"\n"),
        (
            "content/conditions/neck-pain.md",
            "+++\ntitle = \"Neck pain\"\nkind = \"condition\"\n+++\nIt hurts.\n",
        ),
        (
            "content/a.md",
            "+++\ntitle = \"A\"\nkind = \"explainer\"\ndate = 2027-01-01\nreviewed = 2026-01-01\nreviewer = \"jane\"\n+++\n\
             ## A heading about neck pain\n\nThe myofascial kind hurts. It eases. It comes back. You rest. You move. \
             Neck pain is common.\n",
        ),
    ];
    let files = inputs::files(&texts);
    let settings = inputs::with_drafts();
    let site = pipeline::build_unreviewed(files, settings, None, &|_| {});
    let view = SiteView::new(site.clone(), "/somewhere".into());
    let about = view.about(&UrlPath::new("/a/").unwrap());
    let page = &site.pages()[site.catalog().by_path("a.md").unwrap().0 as usize];
    let knowledge = Knowledge::new(site.config(), site.registries(), site.rules());
    let subject = Subject::new(&page.page, &knowledge, site.today());
    let counts = measure(&subject).page;
    assert!(counts.raw != counts.adjusted, "the term of the glossary counts as easy");
    assert_eq!(about.grade, Some(flesch_kincaid(&counts.adjusted)));
    assert_eq!(about.from.as_deref(), Some("2027-01-01"));
    assert_eq!(about.review, "Changed since the review of 2026-01-01");
    let mention = about.mentions.iter().find(|mention| mention.name == "Neck pain").unwrap();
    assert_eq!((mention.links, mention.skipped.as_slice()), (1, &["in a heading".to_owned()][..]));
    let expected = Elsewhere {
        file: "content/b.md".to_owned(),
        errors: 1,
        line: 4,
        column: 8,
        url: Some("/b/".to_owned()),
    };
    assert!(about.elsewhere.contains(&expected), "{:?}", about.elsewhere);
    let other = view.about(&UrlPath::new("/b/").unwrap());
    assert!(other.elsewhere.iter().all(|other| other.file != "content/b.md"), "{:?}", other.elsewhere);
}

#[test]
fn a_mistake_in_a_template_is_told_once() {
    let texts = [
        ("needlepoint.toml", "title = \"T\"\nbase_url = \"https://example.org\"\n"),
        ("content/_index.md", "+++\ntitle = \"Home\"\n+++\nWords.\n"),
        ("templates/home.html", "<p>{{ nothing.here }}</p>"),
    ];
    let files = inputs::files(&texts);
    let settings = inputs::with_drafts();
    let view = SiteView::new(pipeline::build_unreviewed(files, settings, None, &|_| {}), "/somewhere".into());
    let home = UrlPath::new("/").unwrap();
    assert!(matches!(view.answer(&home), Answer::Broken(None)));
    for told in [view.about(&home).problems, view.errors()] {
        let places: Vec<_> =
            told.iter().map(|told| (told.code.as_str(), told.file.as_str(), told.line)).collect();
        assert_eq!(places, [("template-error", "templates/home.html", 1)]);
    }
}
