//! Browsers that crawl the real pages of the preview while the site is built again and again: no page is torn, none
//! that exists is missing, and every page gets the files of its own build.

use std::collections::BTreeSet;
use std::io::{Cursor, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use image::{Rgb, RgbImage};
use needlepoint::files::{AssetFile, Change, SiteFiles};
use needlepoint::name::SitePath;
use needlepoint::pipeline::{Site, build_unreviewed};
use needlepoint::serve::{Options, Server, SiteView, Update};

use crate::inputs::{self, source};
use crate::scratch::Scratch;

const BUILDS: usize = 500;

/// Pages that are there in every build.
const LASTING: [&str; 5] =
    ["/", "/articles/", "/articles/cost/", "/articles/safety/", "/conditions/neck-pain/"];

/// The files of one build: each page, a style sheet of the site's own and a picture tell its number.
fn files(build: usize) -> SiteFiles {
    let page = |title: &str, body: &str| {
        format!(
            "+++\ntitle = \"{title}\"\n+++\n\nBuild={build}. {body}\n\n![A needle](/articles/needle.png)\n"
        )
    };
    let mut texts = vec![
        source(
            "needlepoint.toml",
            "title = \"T\"\nbase_url = \"http://localhost\"\n[cards]\nenabled = false\n".to_owned(),
        ),
        source("assets/css/base.css", format!("@layer base {{ p {{ --build: {build}; }} }}\n")),
        source("content/_index.md", page("Home", "[Cost](articles/cost.md), [safety](articles/safety.md).")),
        source("content/articles/_index.md", page("Articles", "")),
        source("content/articles/cost.md", page("Cost", "Neck pain costs. [[safety]]")),
        source("content/articles/safety.md", page(&format!("Safety {}", build % 7), "A stiff neck is safe.")),
        source(
            "content/conditions/neck-pain.md",
            format!(
                "+++\ntitle = \"Neck pain\"\nkind = \"condition\"\nalso_called = [\"stiff neck\"]\n+++\n\nBuild={build}.\n"
            ),
        ),
    ];
    if build.is_multiple_of(2) {
        texts.push(source("content/articles/new.md", page("New", "Neck pain again.")));
    }
    let picture = RgbImage::from_pixel(24, 16, Rgb([(build % 256) as u8, (build / 256) as u8, 9]));
    let mut png = Cursor::new(Vec::new());
    picture.write_to(&mut png, image::ImageFormat::Png).unwrap();
    let picture =
        AssetFile::in_memory(SitePath::new("content/articles/needle.png").unwrap(), png.into_inner());
    SiteFiles::new(texts, vec![picture], Vec::new())
}

fn site(build: usize, before: Option<&Site>) -> Site {
    let settings = inputs::with_drafts();
    build_unreviewed(files(build), settings, before, &|_| {})
}

struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

fn get(address: SocketAddr, target: &str) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    let host = format!("localhost:{}", address.port());
    write!(stream, "GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let at = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let head = String::from_utf8(bytes[..at].to_vec()).unwrap();
    let answer = Answer { status: head[9..12].parse().unwrap(), head, body: bytes.split_off(at + 4) };
    let length = answer.head.lines().find_map(|line| line.strip_prefix("content-length: "));
    assert_eq!(length.map(str::parse), Some(Ok(answer.body.len())), "{target} is whole");
    answer
}

/// The values of an attribute in a page that lead to files of the site.
fn addresses<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let before = format!(" {attribute}=\"");
    let values = page.split(&before).skip(1);
    let values = values.map(|rest| rest.split('"').next().unwrap());
    let rooted = values.filter(|value| value.starts_with('/'));
    rooted.map(|value| value.split('#').next().unwrap()).collect()
}

fn number_behind(text: &str, words: &str) -> Option<usize> {
    let digits = text.split(words).nth(1)?.trim_start();
    digits.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// A page with everything that a browser loads for it; gives how many addresses were asked.
fn visit(server: SocketAddr, target: &str, newest: &AtomicUsize) -> usize {
    let answer = get(server, target);
    let page = String::from_utf8(answer.body).unwrap();
    assert_eq!(answer.status, 200, "{target}: {page}");
    assert!(page.trim_end().ends_with("</html>"), "{target} is whole: {page}");
    let build = number_behind(&page, "Build=");
    let build = build.unwrap_or_else(|| panic!("{target} tells its build: {page}"));
    assert!(build <= newest.load(Ordering::SeqCst), "{target}: of build {build}");
    let loaded: BTreeSet<&str> = ["src", "data-strings", "data-engine"]
        .iter()
        .flat_map(|attribute| addresses(&page, attribute))
        .chain(addresses(&page, "href").into_iter().filter(|address| address.contains('.')))
        .collect();
    for address in &loaded {
        let file = get(server, address);
        assert_eq!(file.status, 200, "{address} of {target}");
        if address.starts_with("/assets/site.") && address.ends_with(".css") {
            let style = String::from_utf8(file.body).unwrap();
            assert_eq!(
                number_behind(&style, "--build:"),
                Some(build),
                "{address} is of the build of {target}"
            );
        }
    }
    let is_shown = |picture: &&&str| picture.contains("/assets/pictures/needle-");
    assert!(loaded.iter().filter(is_shown).count() == 1 || target.starts_with("/conditions/"), "{loaded:?}");
    // The links of the page, but the one that comes and goes.
    let pages: BTreeSet<&str> =
        addresses(&page, "href").into_iter().filter(|address| address.ends_with('/')).collect();
    for address in pages.iter().filter(|address| **address != "/articles/new/") {
        assert_eq!(get(server, address).status, 200, "{address}, linked from {target}");
    }
    1 + loaded.len() + pages.len()
}

#[test]
fn five_hundred_builds_show_two_crawlers_whole_pages_of_one_build() {
    let scratch = Scratch::new();
    let server = Server::start(&Options { host: [127, 0, 0, 1].into(), port: 0, follow: false }).unwrap();
    let newest = AtomicUsize::new(0);
    let mut view = Arc::new(SiteView::new(site(0, None), scratch.path()));
    server.show(Arc::<SiteView>::clone(&view), Update::default());
    let asked = AtomicUsize::new(0);
    let visits = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let crawlers: Vec<_> = (0..2)
            .map(|first| {
                let (server, newest, asked, visits) = (server.address(), &newest, &asked, &visits);
                scope.spawn(move || {
                    for target in LASTING.iter().cycle().skip(first) {
                        asked.fetch_add(visit(server, target, newest), Ordering::SeqCst);
                        visits.fetch_add(1, Ordering::SeqCst);
                        if newest.load(Ordering::SeqCst) == BUILDS {
                            return;
                        }
                    }
                })
            })
            .collect();
        for build in 1..=BUILDS {
            let next = Arc::new(view.next(site(build, Some(view.site()))));
            newest.store(build, Ordering::SeqCst);
            server.show(Arc::<SiteView>::clone(&next), next.update(&view, &Change::default()));
            view = next;
            // Changes are never told faster than the watcher's quiet time.
            std::thread::sleep(Duration::from_millis(20));
            // A crawler that failed has said why; the rest of the builds would tell nothing.
            if crawlers.iter().any(|crawler| crawler.is_finished()) && build < BUILDS {
                newest.store(BUILDS, Ordering::SeqCst);
                break;
            }
        }
    });
    let (visits, asked) = (visits.into_inner(), asked.into_inner());
    println!("{BUILDS} builds, {visits} pages visited with all they load, {asked} requests");
    assert!(visits >= 20, "{visits} pages were visited while the site changed");
}
