//! What templates write against the content security policy of the pages.
//!
//! Browsers leave such things out without a word, so that an author finds a page that looks or works otherwise than
//! meant. Only what stands in the template's own text is seen; what a value brings is not its author's.

use crate::diag::{self, Diagnostic};
use crate::render::site::CSP;
use crate::source::{Source, Span};
use crate::theme::{CARD, SITE_ROOT, Theme};

/// Kinds of scripts that browsers run or obey; others are data.
const RUN: [&str; 7] = [
    "",
    "module",
    "text/javascript",
    "application/javascript",
    "text/ecmascript",
    "importmap",
    "speculationrules",
];

/// An attribute of a tag: its place, its name in lower case, and its text without what a template prints there.
struct Attribute {
    span: Span,
    name: String,
    value: String,
}

/// What some of the theme's templates write that browsers will not use; `is_checked` says in which.
pub fn blocked(theme: &Theme, is_checked: impl Fn(&Source) -> bool) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (name, source) in theme.templates().iter().filter(|(_, source)| is_checked(source)) {
        // Neither is a page.
        if name != CARD && !name.starts_with(SITE_ROOT) {
            of_template(source, &mut found);
        }
    }
    found
}

fn of_template(source: &Source, found: &mut Vec<Diagnostic>) {
    let text = source.text();
    let mut at = 0;
    while let Some(next) = text[at..].find(['<', '{']) {
        at += next;
        let rest = &text[at..];
        if let Some(end) = skipped(rest) {
            at += end;
        } else if rest.starts_with("<!--") {
            at += rest.find("-->").map_or(rest.len(), |end| end + 3);
        } else if rest.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic) {
            let ends_name = |c: &char| c.is_ascii_whitespace() || matches!(c, '>' | '/' | '{');
            let name: String = rest[1..].chars().take_while(|c| !ends_name(c)).collect();
            let start = at + 1;
            let attributes = attributes(text, start + name.len(), &mut at);
            let span = Span::new(start, start + name.len());
            of_tag(source, &name.to_ascii_lowercase(), span, &attributes, found);
            if name.eq_ignore_ascii_case("script") {
                let rest = text[at..].to_ascii_lowercase();
                at += rest.find("</script").unwrap_or(rest.len());
            }
        } else {
            at += 1;
        }
    }
}

/// How long the piece of template language is that a text begins with.
fn skipped(text: &str) -> Option<usize> {
    let closing = match text.as_bytes().get(..2)? {
        b"{{" => "}}",
        b"{%" => "%}",
        b"{#" => "#}",
        _ => return None,
    };
    Some(text.find(closing).map_or(text.len(), |end| end + 2))
}

/// The attributes of a tag from behind its name; `end` becomes the place behind the tag.
fn attributes(text: &str, from: usize, end: &mut usize) -> Vec<Attribute> {
    let mut attributes: Vec<Attribute> = Vec::new();
    let mut at = from;
    while let Some(letter) = text[at..].chars().next() {
        let rest = &text[at..];
        if letter == '>' {
            at += 1;
            break;
        }
        if let Some(length) = skipped(rest) {
            at += length;
        } else if letter.is_ascii_alphabetic() {
            let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c));
            let name = &rest[..length.unwrap_or(rest.len())];
            let span = Span::new(at, at + name.len());
            at += name.len();
            let value = value(text, &mut at);
            attributes.push(Attribute { span, name: name.to_ascii_lowercase(), value });
        } else {
            at += letter.len_utf8();
        }
    }
    *end = at;
    attributes
}

/// The value of an attribute, where one stands here; what a template prints in it becomes `…`.
fn value(text: &str, at: &mut usize) -> String {
    let Some(rest) = text[*at..].trim_start().strip_prefix('=') else { return String::new() };
    let rest = rest.trim_start();
    *at = text.len() - rest.len();
    let quote = rest.chars().next().filter(|quote| ['"', '\''].contains(quote));
    *at += quote.map_or(0, char::len_utf8);
    let mut value = String::new();
    while let Some(letter) = text[*at..].chars().next() {
        if let Some(length) = skipped(&text[*at..]) {
            value.push('…');
            *at += length;
            continue;
        }
        let is_end = match quote {
            Some(quote) => letter == quote,
            None => letter.is_ascii_whitespace() || letter == '>',
        };
        if is_end {
            *at += quote.map_or(0, char::len_utf8);
            break;
        }
        value.push(letter);
        *at += letter.len_utf8();
    }
    value
}

fn of_tag(source: &Source, tag: &str, span: Span, attributes: &[Attribute], found: &mut Vec<Diagnostic>) {
    let value = |name: &str| attributes.iter().find(|other| other.name == name).map(|other| &*other.value);
    let mut tell = |span: Span, what: &str, name: &str, help: &str| {
        let rule = CSP.split("; ").find(|rule| rule.split(' ').next() == Some(name)).unwrap_or(name);
        let message = format!("browsers will not use {what}: the policy of the pages has `{rule}`");
        found.push(Diagnostic::new(diag::BLOCKED_BY_POLICY, source.path(), span, message).with_help(help));
    };
    let look = "give the element a class, and its look in a style sheet of `assets/css/`";
    let script = "put it into a file of `assets/js/`, and load that with \
                  `<script type=\"module\" src=\"{{ site.assets.scripts[\"NAME.js\"] }}\"></script>`";
    let kind = value("type").unwrap_or_default().trim().to_ascii_lowercase();
    match tag {
        "style" => tell(span, "a `<style>` in a page", "style-src", look),
        "script" if value("src").is_none() && RUN.contains(&&*kind) => {
            tell(span, "a script in a page", "script-src", script);
        }
        "iframe" | "object" | "embed" => {
            let help = "link to it instead: what is in it would learn what is read";
            tell(span, &format!("`<{tag}>`"), "default-src", help);
        }
        _ => {}
    }
    for attribute in attributes {
        let (span, name) = (attribute.span, &*attribute.name);
        let address = attribute.value.trim_start().to_ascii_lowercase();
        match (tag, name) {
            (_, "style") => tell(span, "a `style` attribute", "style-src", look),
            _ if name.starts_with("on") && !address.is_empty() => {
                tell(span, &format!("the handler `{name}`"), "script-src", script);
            }
            (_, "href" | "src" | "action" | "formaction") if address.starts_with("javascript:") => {
                tell(span, "a `javascript:` address", "script-src", script);
            }
            ("base", "href") => {
                let help = "take it out, and begin addresses with `{{ site.home }}`";
                tell(span, "another start of addresses", "base-uri", help);
            }
            ("form", "action") | (_, "formaction") => {
                let help = "let a script of `assets/js/` answer the form";
                tell(span, "the address that a form is sent to", "form-action", help);
            }
            _ => {
                let Some(rule) = directive(tag, name, value) else { continue };
                if let Some(what) = addresses(name, &address).find_map(|address| refused(address, rule)) {
                    tell(span, what, rule, "bring the file into the site, below `assets/`");
                }
            }
        }
    }
}

/// The part of the policy that says from where browsers may load what an attribute names; none where they load nothing.
fn directive<'a>(
    tag: &str,
    attribute: &str,
    value: impl Fn(&str) -> Option<&'a str>,
) -> Option<&'static str> {
    let value = |name: &str| value(name).unwrap_or_default().to_ascii_lowercase();
    match (tag, attribute) {
        ("a" | "area" | "base" | "form", _) => None,
        ("link", "href" | "imagesrcset") => of_link(&value("rel"), &value("as")),
        ("script", "src") => Some("script-src"),
        (_, "srcset" | "poster") | ("img" | "image" | "input", "src" | "href") => Some("img-src"),
        ("audio" | "source" | "track" | "video", "src") => Some("media-src"),
        ("object", "data") | (_, "src" | "href") => Some("default-src"),
        _ => None,
    }
}

/// The same of a `link` by what it is to the page.
fn of_link(relations: &str, kind: &str) -> Option<&'static str> {
    relations.split_ascii_whitespace().find_map(|relation| match relation {
        "stylesheet" => Some("style-src"),
        "icon" | "apple-touch-icon" => Some("img-src"),
        "manifest" => Some("manifest-src"),
        "modulepreload" => Some("script-src"),
        "preload" => Some(match kind {
            "audio" | "track" | "video" => "media-src",
            "fetch" => "connect-src",
            "font" => "font-src",
            "image" => "img-src",
            "script" => "script-src",
            "style" => "style-src",
            _ => "default-src",
        }),
        _ => None,
    })
}

/// The addresses in the value of an attribute.
fn addresses<'a>(attribute: &str, value: &'a str) -> impl Iterator<Item = &'a str> {
    // Each is followed by a width or density, and by a comma.
    let is_set = attribute.ends_with("srcset");
    let ends = move |c: char| is_set && c == ',';
    value.split(ends).map(move |part| {
        let part = part.trim_start();
        if is_set { part.split(' ').next().unwrap_or_default() } else { part }
    })
}

/// What an address is that a part of the policy does not let browsers load.
fn refused(address: &str, directive: &str) -> Option<&'static str> {
    if ["https://", "http://", "//"].iter().any(|scheme| address.starts_with(scheme)) {
        Some("what lies on another host")
    } else if address.starts_with("data:") && directive != "img-src" {
        Some("a `data:` address")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::SiteFiles;
    use crate::name::SitePath;

    /// What browsers will not use of a template.
    fn found(text: &str) -> (Source, Vec<Diagnostic>) {
        let source = Source::new(SitePath::new("templates/article.html").unwrap(), text);
        let files = SiteFiles::new(vec![source.clone()], Vec::new(), Vec::new());
        let (theme, _) = crate::theme::load("default", &files);
        let found = blocked(&theme, |checked| checked.path() == source.path());
        (source, found)
    }

    /// The words that are pointed at.
    fn said(text: &str) -> Vec<String> {
        let (source, found) = found(text);
        found.iter().map(|found| source.slice(found.primary.span).to_owned()).collect()
    }

    #[test]
    fn what_browsers_will_not_use_is_pointed_at() {
        for (text, expected) in [
            ("é<p style=\"color:red\" class=x>", vec!["style"]),
            (
                "<p class=\"{{ page.kind.id }}\" {% if page.lang == \"a>b\" %}STYLE='{{ page.lang }}'{% endif %}>",
                vec!["STYLE"],
            ),
            ("<button onclick=go()>", vec!["onclick"]),
            ("<a href=\" javascript:go()\">", vec!["href"]),
            ("<style>p { color: red }</style>", vec!["style"]),
            ("<script>if (a < b) { go('<p style=x>') }</script><p style=x>", vec!["script", "style"]),
            ("<script type=module>go()</script>", vec!["script"]),
            ("<SCRIPT>go()</SCRIPT><p style=x>", vec!["SCRIPT", "style"]),
            ("<link rel=\"Stylesheet\" href=\"https://example.org/a.css\">", vec!["href"]),
            ("<script src=\"https://example.org/a.js\"></script>", vec!["src"]),
            ("<img src='//example.org/a.png' alt=''>", vec!["src"]),
            ("<link rel=\"stylesheet\" href=\"https://example.org/a.css\">", vec!["href"]),
            ("<iframe src=\"https://example.org/\"></iframe>", vec!["iframe", "src"]),
            ("<object data=\"https://example.org/a.svg\"></object>", vec!["object", "data"]),
            ("<base target=_top><base href=\"/\">", vec!["href"]),
            ("<form action=\"{{ site.urls.search }}\"><button formaction=/a>", vec!["action", "formaction"]),
            ("<img srcset=\"/a.png 1x, https://example.org/b.png 2x\">", vec!["srcset"]),
            (
                "<source srcset=\"//example.org/b.png\"><video poster=//a.example/b.png>",
                vec!["srcset", "poster"],
            ),
            ("<link rel=preload as=image imagesrcset=\"https://a.example/b.png 1x\">", vec!["imagesrcset"]),
            ("<script src=\"data:text/javascript,go()\"></script>", vec!["src"]),
        ] {
            assert_eq!(said(text), expected, "{text}");
        }
    }

    #[test]
    fn the_part_of_the_policy_is_named() {
        for (text, rule) in [
            ("<p style=x>", "style-src 'self'"),
            ("<p onclick=go()>", "script-src 'self'"),
            ("<embed>", "default-src 'none'"),
            ("<form action=/a>", "form-action 'none'"),
            ("<base href=/>", "base-uri 'none'"),
            ("<img src=//a.example/b.png>", "img-src 'self' data:"),
            ("<audio src=//a.example/b.mp3>", "media-src 'self'"),
            ("<link rel=preload as=font href=//a.example/b.woff2>", "font-src 'self'"),
            ("<link rel=manifest href=//a.example/b>", "manifest-src 'self'"),
        ] {
            let found = found(text).1;
            assert!(found[0].message.ends_with(&format!("has `{rule}`")), "{text}: {}", found[0].message);
        }
    }

    #[test]
    fn what_browsers_use_is_not_told() {
        for text in [
            "<!-- <p style=x> -->{# <p style=x> #}{{ \"<p style=x>\" | safe }}a < b",
            "<style-guide></style-guide><script-loader></script-loader>",
            "<p class=\"style\" data-style=\"a\" title = \"on style=x\">",
            "<script src=\"{{ site.assets.site }}\"></script><script type=\"application/ld+json\">{}</script>",
            "<a href=\"https://example.org/\">x</a><link rel=\"canonical\" href=\"https://example.org/\">",
            "<img src=\"{{ site.home }}a.png\" alt=\"\"><option one>",
            "<img src=\"data:image/png;base64,AA\" srcset=\"{{ site.home }}a.png 1x, /b.png 2x\"><form><base>",
            "<link rel=icon href=\"data:,\"><a href=\"https://a.example/?b=1,https://c.example/\">x</a>",
        ] {
            assert_eq!(said(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn the_default_theme_writes_nothing_against_its_policy() {
        let (theme, _) = crate::theme::load("default", &SiteFiles::default());
        let found = blocked(&theme, |_| true);
        assert!(found.is_empty(), "{found:#?}");
    }
}
