//! The examples of the CommonMark and GFM specifications through the whole way from an article to its body.
//!
//! Links and images lead where they are typed, because the examples' targets are no files. What this program writes
//! otherwise on purpose is taken out of both sides before they are compared; what still differs is listed with its
//! reason.

use std::collections::BTreeMap;

use needlepoint::link::Target;
use needlepoint::markdown::LinkForm;

use crate::body_site::BodySite;
use crate::html_tokens::{Token, tokens};

const FENCE: &str = "````````````````````````````````";

/// Raw HTML that can run script, load a page or change how the rest is read is left out whatever a site allows.
const DANGEROUS: &[&str] = &[
    "CommonMark 170",
    "CommonMark 171",
    "CommonMark 172",
    "CommonMark 173",
    "CommonMark 176",
    "CommonMark 178",
    "GFM tagfilter 1",
];

/// Text for CommonMark, links by the extended autolinks of GFM.
const EXTENDED_AUTOLINKS: &[&str] = &["CommonMark 606", "CommonMark 608", "CommonMark 611", "CommonMark 612"];

/// No browser follows `ftp:` any more.
const FTP: &[&str] = &["GFM autolink 8"];

/// A tag or comment that is not closed is left out, because it would swallow the page.
const UNCLOSED: &[&str] = &["CommonMark 156", "CommonMark 157", "CommonMark 158"];

/// `[[…]]` is a link to a page by its name.
const WIKI_LINKS: &[&str] = &["CommonMark 548", "CommonMark 559", "CommonMark 590"];

struct Example {
    name: String,
    typed: String,
    html: String,
}

fn examples() -> Vec<Example> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/markdown-spec.txt");
    let text = std::fs::read_to_string(path).unwrap().replace('→', "\t");
    let mut examples = Vec::new();
    let mut rest = text.as_str();
    while let Some(start) = rest.find(&format!("\n{FENCE} ")) {
        let (name, after) = rest[start + FENCE.len() + 2..].split_once('\n').unwrap();
        let end = after.find(&format!("{FENCE}\n")).unwrap();
        let example = format!("\n{}", &after[..end]);
        let (typed, html) = example.split_once("\n.\n").unwrap();
        let typed = format!("{}\n", typed.strip_prefix('\n').unwrap_or_default());
        examples.push(Example { name: name.to_owned(), typed, html: html.to_owned() });
        rest = &after[end..];
    }
    examples
}

#[test]
fn examples_of_the_specifications_hold() {
    let mut site = BodySite::new();
    site.config.markdown.smart_punctuation = false;
    let examples = examples();
    assert_eq!(examples.len(), 652 + 26);
    let listed: Vec<&str> = [DANGEROUS, EXTENDED_AUTOLINKS, FTP, UNCLOSED, WIKI_LINKS].concat();
    let mut wrong = Vec::new();
    for example in &examples {
        let html = written(&site, &example.typed);
        let (ours, theirs) = (normal(&html), normal(&example.html));
        let differs = ours != theirs;
        if differs != listed.contains(&example.name.as_str()) {
            wrong.push(format!(
                "{}\n{}\nwritten:  {html}\nexpected: {}\n{ours}\n{theirs}\n",
                example.name, example.typed, example.html
            ));
        }
    }
    assert!(wrong.is_empty(), "{} examples:\n{}", wrong.len(), wrong.join("\n"));
}

fn written(site: &BodySite, typed: &str) -> String {
    let (page, _) = site.page(&format!("+++\ntitle = \"Page\"\n+++\n{typed}"));
    let (mut linked, catalog) = site.linked(page.clone());
    let links = page.document.links().iter().map(|link| match link.form {
        LinkForm::Email => Target::External(format!("mailto:{}", link.target).into()),
        // What leads nowhere stays as it was typed.
        LinkForm::Html | LinkForm::HtmlMedia => Target::Broken,
        _ => Target::External(link.target.clone()),
    });
    linked.links = links.collect();
    linked.images =
        page.document.images().iter().map(|image| Target::External(image.target.clone())).collect();
    site.render(&linked, &catalog).0.html.0
}

/// HTML as a line of tags and text without what is different on purpose:
///
/// - headings begin at the second level and have ids;
/// - links elsewhere have `rel`, boxes of tasks a label, lists of tasks and images in a line a class;
/// - an image alone in its paragraph is a figure, and the title of an image its caption;
/// - images are loaded late; code is coloured and can be scrolled;
/// - tables have roles, names of columns in their cells, a container, and their first column is a head.
fn normal(html: &str) -> String {
    let mut out = String::new();
    let mut in_pre = false;
    let mut skip_to: Option<&str> = None;
    for token in tokens(html) {
        if let Some(end) = skip_to {
            skip_to = (token != Token::End(end.to_owned())).then_some(end);
            continue;
        }
        match token {
            Token::Start(name, attributes) => {
                let class = attributes.get("class").map_or("", String::as_str);
                match (name.as_str(), class) {
                    ("figcaption", _) => skip_to = Some("figcaption"),
                    ("span", "cell-label") => skip_to = Some("span"),
                    ("span", "cell") | ("div", "table" | "table wide") => {}
                    ("span", class) if class.starts_with("s-") => {}
                    _ => {
                        in_pre |= name == "pre";
                        push_tag(&mut out, &name, attributes);
                    }
                }
            }
            Token::End(name) => {
                in_pre &= name != "pre";
                if !matches!(name.as_str(), "span" | "div") {
                    push_tag(&mut out, &format!("/{name}"), BTreeMap::new());
                }
            }
            Token::Text(text) if in_pre => out.push_str(&text),
            Token::Text(text) => push_words(&mut out, &text),
            Token::Other(text) => push_words(&mut out, &text),
        }
    }
    out.trim().to_owned()
}

fn push_tag(out: &mut String, name: &str, mut attributes: BTreeMap<String, String>) {
    let (slash, bare) = name.strip_prefix('/').map_or(("", name), |bare| ("/", bare));
    let renamed = match bare {
        "h1" => "h2",
        "th" => "td",
        "figure" => "p",
        bare => bare,
    };
    let is_inline = ["a", "b", "bab", "br", "c2c", "code", "del", "em", "i", "img", "input", "strong", "sup"];
    let is_inline = is_inline.contains(&renamed);
    if !is_inline {
        out.truncate(out.trim_end_matches(' ').len());
    }
    let dropped: &[&str] = match renamed {
        "a" => &["rel"],
        "img" => &["title", "loading", "decoding", "class"],
        "input" => &["aria-label"],
        "pre" => &["class", "tabindex"],
        "td" => &["role", "scope"],
        "table" | "thead" | "tbody" | "tr" => &["role"],
        "ul" => &["class"],
        "h2" | "h3" | "h4" | "h5" | "h6" => &["id"],
        _ => &[],
    };
    attributes.retain(|name, _| !dropped.contains(&name.as_str()));
    let align = attributes.remove("class").filter(|_| renamed == "td").map(|class| match class.as_str() {
        "start" => "left".to_owned(),
        "end" => "right".to_owned(),
        other => other.to_owned(),
    });
    if let Some(style) = attributes.remove("style") {
        attributes.insert("align".to_owned(), style.trim_start_matches("text-align: ").to_owned());
    }
    attributes.extend(align.map(|align| ("align".to_owned(), align)));
    out.push_str(&format!("<{slash}{renamed}"));
    for (name, value) in attributes {
        out.push_str(&format!(" {name}={value:?}"));
    }
    out.push_str(if is_inline { ">" } else { "> " });
}

fn push_words(out: &mut String, text: &str) {
    for letter in text.chars() {
        if !letter.is_ascii_whitespace() {
            out.push(letter);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
}
