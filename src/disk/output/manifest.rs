//! The marker in the output folder: what needlepoint made there, and from what.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::name::OutputPath;
use crate::source::{Checksum, Fingerprint};

/// The name of the marker, at the top of the output folder.
pub const MANIFEST: &str = ".needlepoint-manifest";

const FIRST_LINE: &str = "needlepoint-manifest 2";

/// The first line of a manifest with longer sums of another kind.
const OLDER: &str = "needlepoint-manifest 1";

/// Every file that one build made, with its checksum and length, and what the build was made from.
///
/// The same build gives the same manifest, byte for byte: it holds no times.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// What the build was made from.
    pub facts: Facts,
    /// The files.
    pub files: BTreeMap<OutputPath, FileFacts>,
}

/// What a build was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The version of the program.
    pub program: String,
    /// The hash of all that went in.
    pub source: Fingerprint,
    /// The address the site was built for.
    pub base_url: String,
    /// Whether drafts are in it.
    pub drafts: bool,
}

/// What is known of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileFacts {
    /// The sum of its bytes; zero, which no file has, where an older program noted another one.
    pub checksum: Checksum,
    /// Its length in bytes.
    pub length: u64,
}

impl Default for Facts {
    fn default() -> Self {
        Self {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            source: [0; 32],
            base_url: String::new(),
            drafts: false,
        }
    }
}

impl FileFacts {
    /// The facts of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self { checksum: Checksum::of(bytes), length: bytes.len() as u64 }
    }
}

impl Manifest {
    /// The manifest as it is stored: a head of `key value` lines, an empty line, and a line for each file.
    pub fn to_text(&self) -> String {
        let Facts { program, source, base_url, drafts } = &self.facts;
        // A line end in a value would be read as the next line.
        let base_url: String = base_url.chars().filter(|c| !c.is_control()).collect();
        let source = hex(source);
        let mut text = format!(
            "{FIRST_LINE}\nprogram {program}\nsource {source}\nbase_url {base_url}\ndrafts {drafts}\n\n"
        );
        for (path, file) in &self.files {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{} {} {path}", file.checksum, file.length);
        }
        text
    }

    /// Reads a stored manifest; `None` where it is damaged or of another version.
    ///
    /// An empty one counts as a folder that is handed over to needlepoint and holds nothing of it yet.
    pub fn parse(text: &str) -> Option<Self> {
        if text.trim().is_empty() {
            return Some(Self::default());
        }
        let (head, files) = text.split_once("\n\n")?;
        let mut lines = head.lines();
        let sum: fn(&str) -> Option<Checksum> = match lines.next()? {
            FIRST_LINE => Checksum::from_hex,
            // The files are still needlepoint's own; each is written once more.
            OLDER => |sum| fingerprint(sum).map(|_| Checksum::default()),
            _ => return None,
        };
        let mut value = |key: &str| lines.next()?.strip_prefix(key)?.strip_prefix(' ');
        let facts = Facts {
            program: value("program")?.to_owned(),
            source: fingerprint(value("source")?)?,
            base_url: value("base_url")?.to_owned(),
            drafts: value("drafts")?.parse().ok()?,
        };
        let files = files.lines().map(|line| parse_file(line, sum)).collect::<Option<_>>()?;
        Some(Self { facts, files })
    }
}

fn parse_file(line: &str, sum: impl Fn(&str) -> Option<Checksum>) -> Option<(OutputPath, FileFacts)> {
    let (checksum, rest) = line.split_once(' ')?;
    let (length, path) = rest.split_once(' ')?;
    let facts = FileFacts { checksum: sum(checksum)?, length: length.parse().ok()? };
    Some((OutputPath::new(path)?, facts))
}

fn hex(fingerprint: &Fingerprint) -> impl std::fmt::Display {
    blake3::Hash::from_bytes(*fingerprint).to_hex()
}

fn fingerprint(hex: &str) -> Option<Fingerprint> {
    blake3::Hash::from_hex(hex).ok().map(Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_is_read_again_and_damage_is_seen() {
        let mut manifest = Manifest::default();
        manifest.facts.base_url = "https://example.org/\n".to_owned();
        for path in ["index.html", "articles/what it is/index.html"] {
            manifest.files.insert(OutputPath::new(path).unwrap(), FileFacts::of(path.as_bytes()));
        }
        let text = manifest.to_text();
        manifest.facts.base_url = "https://example.org/".to_owned();
        assert_eq!(Manifest::parse(&text), Some(manifest));
        assert_eq!(Manifest::parse("").unwrap().files.len(), 0);
        for damaged in [&text[1..], &text[..100], &text[..text.len() - 40], &text.replace("index", "../x")] {
            assert_eq!(Manifest::parse(damaged), None, "{damaged}");
        }
    }

    #[test]
    fn a_manifest_of_an_older_program_names_its_files() {
        let zeros = "0".repeat(64);
        let text = format!(
            "{OLDER}\nprogram 0.1.0\nsource {zeros}\nbase_url https://example.org/\ndrafts false\n\n\
             {zeros} 5 index.html\n"
        );
        let files = Manifest::parse(&text).unwrap().files;
        let index = OutputPath::new("index.html").unwrap();
        assert_eq!(files.keys().collect::<Vec<_>>(), [&index]);
        assert_ne!(files[&index], FileFacts::of(b"older"));
        assert_eq!(Manifest::parse(&text.replace(OLDER, FIRST_LINE)), None);
    }
}
