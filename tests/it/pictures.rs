//! Pictures of the content in the widths that screens need, and cards for link previews.

use std::io::Cursor;
use std::sync::Arc;

use camino::Utf8PathBuf;
use image::{Rgb, RgbImage};
use needlepoint::disk::CACHE_FOLDER;
use needlepoint::files::{AssetFile, SiteFiles};
use needlepoint::name::{SitePath, UrlPath};
use needlepoint::pipeline::{self, Site};
use needlepoint::serve::{Answer, SiteView, View};
use needlepoint::source::Source;
use resvg::tiny_skia;

use crate::inputs::{self, source};

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let picture = RgbImage::from_fn(width, height, |x, y| Rgb([(x % 251) as u8, (y % 241) as u8, 90]));
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

fn moving_gif() -> Vec<u8> {
    let frame = |red| image::Frame::new(image::RgbaImage::from_pixel(9, 9, image::Rgba([red, 2, 3, 255])));
    let mut bytes = Vec::new();
    image::codecs::gif::GifEncoder::new(&mut bytes).encode_frames([frame(0), frame(200)]).unwrap();
    bytes
}

const CONFIG: &str = "title = \"Test & site\"\nbase_url = \"https://example.org/base\"\n";

fn site(config: &str, text: &str, assets: &[(&str, Vec<u8>)]) -> Site {
    let article = format!("+++\ntitle = \"Two needles\"\n+++\n\n{text}\n");
    let texts = [("needlepoint.toml", config), ("content/_index.md", "+++\ntitle = \"Home\"\n+++\n")];
    let mut texts: Vec<Source> = texts.iter().map(|(path, text)| source(path, *text)).collect();
    texts.push(source("content/articles/page.md", article));
    let assets = assets.iter().map(|(path, bytes)| {
        let path = SitePath::new(&format!("content/articles/{path}")).unwrap();
        AssetFile::in_memory(path, bytes.clone())
    });
    let files = SiteFiles::new(texts, assets.collect(), Vec::new());
    let settings = inputs::published();
    pipeline::build(files, settings, None, &|_| {})
}

/// The bytes of a file of the built site.
fn file(site: &Site, path: &str) -> Option<Vec<u8>> {
    let (rendering, _) = site.rendering();
    let output = rendering.outputs().into_iter().find(|output| output.path.as_str() == path)?;
    Some(rendering.render(&output).unwrap().into_owned())
}

fn paths(site: &Site, part: &str) -> Vec<String> {
    let outputs = site.rendering().0.outputs().into_iter().map(|output| output.path.to_string());
    outputs.filter(|path| path.contains(part)).collect()
}

/// The article's image element.
fn element(site: &Site) -> String {
    let page = String::from_utf8(file(site, "articles/page/index.html").unwrap()).unwrap();
    let at = page.find("<img").unwrap();
    page[at..at + page[at..].find('>').unwrap() + 1].to_owned()
}

#[test]
fn a_photograph_is_shown_in_widths_that_screens_need() {
    let site = site(CONFIG, "![A hand](A%20hand.jpg)", &[("A hand.jpg", jpeg(1000, 600))]);
    let made = paths(&site, "assets/pictures/");
    assert_eq!(made.len(), 4, "{made:?}");
    for path in &made {
        let width: u32 = path.split(['-', '.']).nth(2).unwrap().parse().unwrap();
        let picture = webp::Decoder::new(&file(&site, path).unwrap()).decode().unwrap();
        assert_eq!((picture.width(), picture.height()), (width, width * 3 / 5));
    }
    let element = element(&site);
    let address = |width: u32| {
        let path = made.iter().find(|path| path.contains(&format!("-{width}."))).unwrap();
        format!("/base/{path}")
    };
    let expected = format!(
        "<img src=\"{}\" srcset=\"{} 400w, {} 600w, {} 800w, {} 1000w\" \
         sizes=\"(min-width: 602px) 570px, 100vw\" width=\"1000\" height=\"600\" alt=\"A hand\" decoding=\"async\">",
        address(600),
        address(400),
        address(600),
        address(800),
        address(1000)
    );
    assert_eq!(element, expected);
}

#[test]
fn the_original_is_left_out_unless_a_page_links_to_it() {
    let photograph = [("hand.jpg", jpeg(500, 20)), ("plan.png", b"unread".to_vec())];
    let shown = site(CONFIG, "![A hand](hand.jpg)", &photograph);
    assert_eq!(paths(&shown, "hand.jpg"), [""; 0]);
    assert_eq!(paths(&shown, "plan.png"), ["articles/plan.png"], "what no page shows is copied");
    let linked = site(CONFIG, "![A hand](hand.jpg)\n\n[Large](hand.jpg)", &photograph);
    assert_eq!(paths(&linked, "hand.jpg"), ["articles/hand.jpg"]);
    let named = site(CONFIG, "![A hand](hand.jpg)\n\n<img src=\"hand.jpg\" alt=\"\">", &photograph);
    assert_eq!(paths(&named, "hand.jpg"), ["articles/hand.jpg"]);
}

#[test]
fn a_later_image_waits_until_it_is_near() {
    let text = "![One](a.jpg)\n\n![Two](a.jpg)";
    let site = site(CONFIG, text, &[("a.jpg", jpeg(40, 40))]);
    let page = String::from_utf8(file(&site, "articles/page/index.html").unwrap()).unwrap();
    assert_eq!(page.matches("loading=\"lazy\"").count(), 1);
    assert!(!element(&site).contains("lazy") && !element(&site).contains("srcset"));
}

#[test]
fn what_moves_stays_as_it_is() {
    let gif = moving_gif();
    let moving = site(CONFIG, "![A twitch](twitch.gif)", &[("twitch.gif", gif.clone())]);
    assert_eq!(file(&moving, "articles/twitch.gif"), Some(gif));
    assert!(element(&moving).starts_with("<img src=\"/base/articles/twitch.gif\" width=\"9\" height=\"9\""));
}

#[test]
fn a_small_plain_drawing_stands_in_the_page_and_any_other_is_a_file() {
    let drawing = |marks: &str| {
        let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 30 20\">{marks}</svg>");
        site(CONFIG, "![A & B](a.svg)\n\nIn a ![line](a.svg).", &[("a.svg", svg.into_bytes())])
    };
    let plain = drawing("<path d=\"M0 0h9\"/>");
    let page = String::from_utf8(file(&plain, "articles/page/index.html").unwrap()).unwrap();
    let shown = "<figure><svg role=\"img\" aria-label=\"A &amp; B\" width=\"30\" height=\"20\" \
                 viewBox=\"0 0 30 20\"><path d=\"M0 0h9\"/></svg></figure>";
    assert!(page.contains(shown), "{page}");
    let as_file = "src=\"/base/articles/a.svg\" width=\"30\" height=\"20\"";
    assert!(element(&plain).contains(as_file), "in a line of text");
    assert_eq!(paths(&plain, "assets/pictures/"), [""; 0]);
    let runs = drawing("<script>alert(1)</script>");
    assert!(element(&runs).starts_with(&format!("<img {as_file}")));
    let page = String::from_utf8(file(&runs, "articles/page/index.html").unwrap()).unwrap();
    assert!(!page.contains("alert"));
}

#[test]
fn a_damaged_image_is_told_once_and_its_pages_show_its_words() {
    let cut_off = jpeg(300, 300)[..200].to_vec();
    let text = "![A hand](hand.jpg)\n\nThe ![same hand](hand.jpg) again.";
    let told = |bytes: Vec<u8>| {
        let site = site(CONFIG, text, &[("hand.jpg", bytes)]);
        let page = String::from_utf8(file(&site, "articles/page/index.html").unwrap()).unwrap();
        let is_of_image = |found: &&needlepoint::diag::Diagnostic| found.code.as_str() == "broken-image";
        let places =
            site.diagnostics().iter().filter(is_of_image).map(|found| found.primary.file.to_string());
        (places.collect::<Vec<_>>(), page.contains("<p>The same hand again.</p>"))
    };
    for bytes in [b"no picture at all".to_vec(), cut_off] {
        assert_eq!(told(bytes), (vec!["content/articles/hand.jpg".to_owned()], true));
    }
    assert_eq!(told(jpeg(300, 300)), (Vec::new(), false));
}

#[test]
fn the_preview_makes_pictures_when_they_are_asked_for_and_keeps_them() {
    let folder = tempfile::tempdir().unwrap();
    let root = Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap();
    let config = CONFIG.replace("/base", "");
    let site = site(&config, "![A hand](hand.jpg)", &[("hand.jpg", jpeg(500, 20))]);
    let made = paths(&site, "assets/pictures/");
    let view = SiteView::new(site, root.clone());
    let picture = |path: &str| match view.answer(&UrlPath::new(&format!("/{path}")).unwrap()) {
        Answer::Content(bytes) => bytes,
        _ => panic!("no picture at {path}"),
    };
    let first: Arc<[u8]> = picture(&made[0]);
    assert!(first.starts_with(b"RIFF"));
    assert!(Arc::ptr_eq(&picture(&made[0]), &first), "it is not made again");
    let next = view.next(view.site().clone());
    let address = UrlPath::new(&format!("/{}", made[0])).unwrap();
    assert!(matches!(next.answer(&address), Answer::Content(bytes) if Arc::ptr_eq(&bytes, &first)));
    assert!(!root.join(CACHE_FOLDER).exists(), "nothing is written to the disk");
}

/// The address of the article's card.
fn card(site: &Site) -> Option<String> {
    let page = String::from_utf8(file(site, "articles/page/index.html").unwrap()).unwrap();
    let start = "<meta property=\"og:image\" content=\"";
    let at = page.find(start)? + start.len();
    Some(page[at..at + page[at..].find('"').unwrap()].to_owned())
}

#[test]
fn a_page_has_a_card_with_its_title() {
    let site = site(CONFIG, "Text.", &[]);
    let address = card(&site).unwrap();
    let path = address.strip_prefix("https://example.org/base/").unwrap();
    let bytes = file(&site, path).unwrap();
    let picture = image::load_from_memory(&bytes).unwrap().to_rgb8();
    assert_eq!(picture.dimensions(), (1200, 630));
    let dark = |from: u32, to: u32| {
        let rows = picture.enumerate_pixels().filter(|(_, y, _)| (from..to).contains(y));
        rows.filter(|(_, _, pixel)| pixel.0[0] < 60).count()
    };
    assert!(dark(230, 330) > 2_000, "the title is written");
    assert!(dark(550, 590) > 500, "the site's name is written");
    assert_eq!(dark(0, 40), 0);
    assert_eq!(file(&site, path).unwrap(), bytes, "the same words give the same picture");
    let page = String::from_utf8(file(&site, "articles/page/index.html").unwrap()).unwrap();
    assert!(page.contains("og:image:alt\" content=\"Two needles · Test &amp; site\""), "{page}");
    assert!(
        page.contains("og:image:width\" content=\"1200\"")
            && page.contains("og:image:height\" content=\"630\"")
    );
}

#[test]
fn cards_change_with_their_words_alone_and_can_be_turned_off() {
    let address = |config: &str, text: &str| card(&site(config, text, &[]));
    let first = address(CONFIG, "Text.");
    assert_eq!(address(CONFIG, "Other text."), first);
    assert_ne!(address(&CONFIG.replace("Test", "Own"), "Text."), first);
    assert_eq!(address(&format!("{CONFIG}[cards]\nenabled = false\n"), "Text."), None);
    let large = site(&format!("{CONFIG}[cards]\nmax_pages = 1\n"), "Text.", &[]);
    assert_eq!(paths(&large, "assets/cards/").len(), 1, "a large site has one card for all pages");
    assert!(card(&large).unwrap().ends_with(&paths(&large, "assets/cards/")[0]));
}

#[test]
fn a_title_that_the_letters_cannot_write_gives_a_card_without_it() {
    let site = site(&CONFIG.replace("Test & site", "إبر"), "Text.", &[]);
    let path = &paths(&site, "assets/cards/")[0];
    let picture = tiny_skia::Pixmap::decode_png(&file(&site, path).unwrap()).unwrap();
    assert_eq!((picture.width(), picture.height()), (1200, 630));
}
