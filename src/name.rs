//! Names that are parsed once and checked for ever: paths, addresses, slugs, anchors and ids.
//!
//! After this floor no plain `String` stands for any of them. Nothing here knows what a name points to.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

/// A file of the site, relative to the site's root, with forward slashes and no `.` or `..` segment.
///
/// The spelling is the one on disk. Examples: `needlepoint.toml`, `content/articles/cost.md`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Arc<str>);

impl SitePath {
    /// The path, or `None` where it is empty, absolute, or holds a `.`, `..`, empty or control-character segment.
    pub fn new(path: &str) -> Option<Self> {
        let fits = !path.is_empty() && path.split('/').all(is_path_segment);
        fits.then(|| Self(Arc::from(&*path)))
    }

    /// The path as text, with forward slashes.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path below `content/`, or `None` for a file elsewhere.
    pub fn in_content(&self) -> Option<ContentPath> {
        self.0.strip_prefix("content/").and_then(ContentPath::new)
    }
}

fn is_path_segment(segment: &str) -> bool {
    !matches!(segment, "" | "." | "..") && !segment.chars().any(|c| c.is_control() || c == '\\')
}

/// A file below `content/`, relative to it: `articles/cost.md`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentPath(Arc<str>);

impl ContentPath {
    /// The path, or `None` where [`SitePath::new`] would refuse it.
    pub fn new(path: &str) -> Option<Self> {
        SitePath::new(path).map(|path| Self(path.0))
    }

    /// The path as text, relative to `content/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same file seen from the site's root: `content/articles/cost.md`.
    pub fn site_path(&self) -> SitePath {
        SitePath(Arc::from(format!("content/{}", self.0)))
    }

    /// The folder the file lies in, without a slash at its end; empty for the content folder itself.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The last segment: `cost.md`.
    pub fn file_name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&*self.0, |(_, name)| name)
    }

    /// The last segment without its extension: `cost`.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        name.rsplit_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem })
    }

    /// Whether the file is an article or a section page: its name ends in `.md`.
    pub fn is_markdown(&self) -> bool {
        self.0.ends_with(".md")
    }

    /// Whether the file makes its folder a section: its name is `_index.md`.
    pub fn is_section(&self) -> bool {
        self.file_name() == "_index.md"
    }
}

/// A site-absolute address, decoded: it starts with `/`, holds no empty, `.` or `..` segment, and either ends
/// with `/` (a page) or in a file name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UrlPath(Arc<str>);

impl UrlPath {
    /// The address, or `None` where it is not site-absolute or could leave the site.
    ///
    /// Text is brought to Unicode form NFC. Segments that no common file system can hold are refused:
    /// control and bidirectional characters, backslashes, `<>:"|?*#%`, leading or trailing dots or spaces, Windows device names,
    /// and segments longer than 200 bytes.
    pub fn new(path: &str) -> Option<Self> {
        let path = composed(path);
        let inner = path.strip_prefix('/')?;
        let inner = inner.strip_suffix('/').unwrap_or(inner);
        let fits = path == "/" || inner.split('/').all(is_url_segment);
        fits.then(|| Self(Arc::from(&*path)))
    }

    /// The address of the home page.
    pub fn root() -> Self {
        Self(Arc::from("/"))
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file that a host serves for the address: `articles/cost/index.html`, `feed.xml`.
    pub fn output_path(&self) -> OutputPath {
        let inner = &self.0[1..];
        if inner.is_empty() || inner.ends_with('/') {
            OutputPath(Arc::from(format!("{inner}index.html")))
        } else {
            OutputPath(Arc::from(inner))
        }
    }

    /// The address folded as a careless file system would fold it, for finding two sources of one address.
    pub fn folded(&self) -> String {
        let path = self.0.trim_end_matches('/');
        // Nearly all addresses are ASCII, which composes to itself.
        if path.is_ascii() {
            return path.to_ascii_lowercase();
        }
        path.nfkc().flat_map(char::to_lowercase).collect()
    }

    /// The address as it stands in HTML and XML: percent-encoded where RFC 3986 wants it.
    pub fn encoded(&self) -> String {
        percent_encoded(&self.0, b"-._~/!$&'()*+,;=:@")
    }
}

/// Text with all bytes percent-encoded but ASCII letters, digits and those that are kept.
pub fn percent_encoded(text: &str, kept: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || kept.contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn is_url_segment(segment: &str) -> bool {
    const DEVICES: [&str; 22] = [
        "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
        "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
    ];
    let stem = segment.split('.').next().unwrap_or_default().to_ascii_lowercase();
    is_path_segment(segment)
        && segment.len() <= Slug::MAX_BYTES
        && !segment.ends_with(['.', ' '])
        && !segment.starts_with([' ', '.'])
        && !segment.chars().any(|c| is_bidi_control(c) || r#"<>:"|?*#%"#.contains(c))
        && !DEVICES.contains(&stem.as_str())
}

fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// A file of the built site, relative to the output folder; it can name nothing outside of it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Arc<str>);

impl OutputPath {
    /// The path, or `None` where a segment is refused by [`UrlPath::new`].
    pub fn new(path: &str) -> Option<Self> {
        path.split('/').all(is_url_segment).then(|| Self(Arc::from(&*path)))
    }

    /// The path as text, with forward slashes.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One segment of an address.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(Arc<str>);

impl Slug {
    /// The longest slug, in bytes; longer names are cut between words.
    pub const MAX_BYTES: usize = 200;

    /// The slug as written by an author, or `None` where it cannot be one segment of an address.
    pub fn new(slug: &str) -> Option<Self> {
        let slug = composed(slug);
        (is_url_segment(&slug) && !slug.contains('/')).then(|| Self(Arc::from(&*slug)))
    }

    /// A slug made from any text: lower case, NFC, words joined by `-`; `page` where nothing is left.
    ///
    /// Letters and digits of every script stay. Making a slug of a slug gives the same slug.
    pub fn from_text(text: &str) -> Self {
        let mut slug = words_joined(text, Self::MAX_BYTES);
        if !is_url_segment(&slug) {
            slug = if slug.is_empty() { "page".to_owned() } else { format!("page-{slug}") };
        }
        Self(Arc::from(slug))
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The text in Unicode form NFC; most texts are in ASCII and stay as they are.
fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// Lower-case words of letters, digits and marks, joined by `-`, at most `limit` bytes long.
fn words_joined(text: &str, limit: usize) -> String {
    if text.is_ascii() {
        return joined(text.bytes().map(|byte| char::from(byte.to_ascii_lowercase())), limit);
    }
    joined(text.nfc().flat_map(char::to_lowercase).nfc(), limit)
}

/// The words of small letters in composed form, joined.
fn joined(letters: impl Iterator<Item = char>, limit: usize) -> String {
    let mut out = String::with_capacity(letters.size_hint().0);
    let mut gap = false;
    for c in letters {
        let is_mark = !c.is_ascii() && unicode_normalization::char::is_combining_mark(c);
        if c.is_alphanumeric() || c == '_' || (is_mark && !out.is_empty() && !gap) {
            if gap && !out.is_empty() {
                out.push('-');
            }
            gap = false;
            out.push(c);
        } else if c != '\'' && c != '’' {
            gap = true;
        }
    }
    while out.len() > limit {
        match out.rfind('-') {
            Some(at) if at > 0 => out.truncate(at),
            _ => {
                out.pop();
            }
        }
    }
    out
}

/// The id of a heading or another place in a page; what stands after `#` in an address.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Anchor(Arc<str>);

impl Anchor {
    /// The anchor as written by an author, or `None` where it is empty or holds white space or control characters.
    pub fn new(anchor: &str) -> Option<Self> {
        let anchor = composed(anchor);
        let fits = !anchor.is_empty() && anchor.len() <= Slug::MAX_BYTES;
        (fits && !anchor.chars().any(|c| c.is_whitespace() || c.is_control()))
            .then(|| Self(Arc::from(&*anchor)))
    }

    /// An anchor made from the words of a heading; `section` where the heading holds no word.
    pub fn from_heading(text: &str) -> Self {
        let anchor = words_joined(text, Slug::MAX_BYTES);
        Self(Arc::from(if anchor.is_empty() { "section".to_owned() } else { anchor }))
    }

    /// The same anchor with a number behind it, for the second and later headings of one name.
    pub fn numbered(&self, number: usize) -> Self {
        Self(Arc::from(format!("{}-{number}", self.0)))
    }

    /// The anchor as text, without `#`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The id, or `None` where it is empty, longer than 200 bytes, or holds white space, `/` or control characters.
            pub fn new(id: &str) -> Option<Self> {
                is_id(id).then(|| Self(Arc::from(id)))
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
    )*};
}

fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= Slug::MAX_BYTES
        && !id.chars().any(|c| c.is_whitespace() || c.is_control() || c == '/' || c == '#')
}

ids! {
    /// A condition: the stem of its file in `content/conditions/`.
    ConditionId
    /// A kind of page: `explainer`, `condition`, or one declared in `needlepoint.toml`.
    KindId
    /// An author or reviewer of `people.toml`.
    PersonId
    /// A figure of `facts.toml`.
    FactId
    /// A term of `glossary.toml`.
    TermId
    /// A source of `references.bib` or `references.yml`.
    CitationKey
    /// A body region of `regions.toml`.
    RegionId
}

macro_rules! shown_as_text {
    ($($name:ident)*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    )*};
}

shown_as_text! {
    SitePath ContentPath UrlPath OutputPath Slug Anchor
    ConditionId KindId PersonId FactId TermId CitationKey RegionId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_cannot_leave_the_site() {
        for path in [
            "articles",
            "/../x",
            "/a/../b/",
            "//x",
            "/a//b",
            "/a\\b",
            "/con",
            "/nul.html",
            "/a%2e",
            "/a.",
            "/x\0",
        ] {
            assert_eq!(UrlPath::new(path), None, "{path}");
        }
        assert_eq!(
            UrlPath::new("/articles/cost/").unwrap().output_path().as_str(),
            "articles/cost/index.html"
        );
        assert_eq!(UrlPath::root().output_path().as_str(), "index.html");
    }

    #[test]
    fn slug_keeps_letters_of_every_script_and_is_stable() {
        for (text, slug) in [
            ("Golfer's elbow", "golfers-elbow"),
            ("Dry needling vs. acupuncture", "dry-needling-vs-acupuncture"),
            ("干针 疗法", "干针-疗法"),
            ("Ünïcode", "ünïcode"),
            ("!!!", "page"),
            ("con", "page-con"),
        ] {
            let made = Slug::from_text(text);
            assert_eq!(made.as_str(), slug);
            assert_eq!(Slug::from_text(made.as_str()), made);
        }
    }

    #[test]
    fn long_slug_is_cut_between_words() {
        let made = Slug::from_text(&"word ".repeat(100));
        assert!(made.as_str().len() <= Slug::MAX_BYTES && made.as_str().ends_with("word"));
    }
}
