//! What templates write against the content security policy of the pages.
//!
//! Browsers leave such things out without a word, so that an author finds a page that looks or works otherwise than
//! meant. Only what stands in the template's own text is seen; what a value brings is not its author's.

use crate::diag::{self, Diagnostic};
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
    let mut tell = |span: Span, what: String, help: &str| {
        let message = format!("browsers will not use {what}: the policy of the pages forbids it");
        found.push(Diagnostic::new(diag::BLOCKED_BY_POLICY, source.path(), span, message).with_help(help));
    };
    let look = "give the element a class, and its look in a style sheet of `assets/css/`";
    let script = "put it into a file of `assets/js/`, and load that with \
                  `<script type=\"module\" src=\"{{ site.assets.scripts[\"NAME.js\"] }}\"></script>`";
    let kind = value("type").unwrap_or_default().trim().to_ascii_lowercase();
    match tag {
        "style" => tell(span, "a `<style>` in a page".to_owned(), look),
        "script" if value("src").is_none() && RUN.contains(&&*kind) => {
            tell(span, "a script in a page".to_owned(), script);
        }
        "iframe" | "object" | "embed" => {
            tell(span, format!("`<{tag}>`"), "link to it instead: what is in it would learn what is read");
        }
        _ => {}
    }
    let loads = match tag {
        "link" => value("rel").is_some_and(is_loaded),
        "a" | "area" | "base" | "form" => false,
        _ => true,
    };
    for attribute in attributes {
        let address = attribute.value.trim_start().to_ascii_lowercase();
        match &*attribute.name {
            "style" => tell(attribute.span, "a `style` attribute".to_owned(), look),
            name if name.starts_with("on") && !address.is_empty() => {
                tell(attribute.span, format!("the handler `{name}`"), script)
            }
            "href" | "src" | "action" | "formaction" if address.starts_with("javascript:") => {
                tell(attribute.span, "a `javascript:` address".to_owned(), script);
            }
            "src" | "href" | "poster"
                if loads
                    && ["https://", "http://", "//"].iter().any(|scheme| address.starts_with(scheme)) =>
            {
                let help = "bring the file into the site, below `assets/`";
                tell(attribute.span, "what lies on another host".to_owned(), help);
            }
            _ => {}
        }
    }
}

/// Whether a `link` of that relation makes browsers load what it names.
fn is_loaded(relation: &str) -> bool {
    let relations = ["stylesheet", "icon", "preload", "modulepreload", "manifest", "apple-touch-icon"];
    let loads = |word: &str| relations.iter().any(|relation| relation.eq_ignore_ascii_case(word));
    relation.split_ascii_whitespace().any(loads)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::SiteFiles;
    use crate::name::SitePath;

    /// The words of a template that browsers will not use.
    fn said(text: &str) -> Vec<String> {
        let source = Source::new(SitePath::new("templates/article.html").unwrap(), text);
        let files = SiteFiles::new(vec![source.clone()], Vec::new(), Vec::new());
        let (theme, _) = crate::theme::load("default", &files);
        let found = blocked(&theme, |checked| checked.path() == source.path());
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
        ] {
            assert_eq!(said(text), expected, "{text}");
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
