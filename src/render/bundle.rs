//! Assets of a theme: one style sheet, scripts that find each other by their hashed names, and hashed names for the rest.
//!
//! An asset names another as a quoted text, `"./glossary.js"` in a script or `"fonts/letters.woff2"` in a style sheet;
//! the text is replaced by the hashed name. A name is a function of the bytes, so equal bytes keep their address.

use std::collections::BTreeMap;

use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions, StyleSheet};
use lightningcss::targets::{Browsers, Targets};

/// A style sheet or script that cannot be bundled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleError {
    /// Name of the file.
    pub file: String,
    /// Line, from 1; none where the whole file is meant.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
}

/// A bundled script or style sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Its file name with the hash: `site.1f0c93ab2d.js`.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// `name` with the hash of its bytes before the ending: `icon.svg` becomes `icon.1f0c93ab2d.svg`.
pub fn hashed_name(name: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}.{}.{ending}", &hash[..10]),
        None => format!("{name}.{}", &hash[..10]),
    }
}

/// Joins style sheets in their order and makes them small.
///
/// `names` maps names as they are written in the sources to hashed ones. Colours for light and dark are written out for
/// browsers without `light-dark()`.
pub fn style_sheet(sources: &[(&str, &str)], names: &BTreeMap<String, String>) -> Result<Asset, BundleError> {
    let mut text = String::new();
    for (file, source) in sources {
        text.push_str(&small(file, &with_names(source, names))?);
    }
    // Once more as a whole, so that rules of different files meet.
    let text = small("site.css", &text)?;
    Ok(Asset { name: hashed_name("site.css", text.as_bytes()), text })
}

fn small(file: &str, source: &str) -> Result<String, BundleError> {
    let broken = |line: Option<usize>, message: String| BundleError { file: file.to_owned(), line, message };
    let targets = Targets::from(Browsers {
        chrome: Some(100 << 16),
        firefox: Some(100 << 16),
        safari: Some(15 << 16 | 4 << 8),
        ios_saf: Some(15 << 16 | 4 << 8),
        ..Browsers::default()
    });
    let mut sheet = StyleSheet::parse(source, ParserOptions::default()).map_err(|error| {
        let line = error.loc.as_ref().map(|place| place.line as usize + 1);
        broken(line, error.kind.to_string())
    })?;
    sheet.minify(MinifyOptions { targets, ..MinifyOptions::default() }).map_err(|error| {
        broken(error.loc.as_ref().map(|place| place.line as usize + 1), error.kind.to_string())
    })?;
    let printed = sheet
        .to_css(PrinterOptions { minify: true, targets, ..PrinterOptions::default() })
        .map_err(|error| broken(None, error.kind.to_string()))?;
    Ok(printed.code)
}

/// Gives scripts their hashed names, those that others import first.
///
/// `sources` maps file names to texts; the answer maps the same names to assets. Scripts that import each other in a
/// ring are an error, since the name of each would depend on the other's.
pub fn scripts(sources: &BTreeMap<String, String>) -> Result<BTreeMap<String, Asset>, BundleError> {
    let mut done: BTreeMap<String, Asset> = BTreeMap::new();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    while done.len() < sources.len() {
        let before = done.len();
        for (file, source) in sources {
            let waits = |other: &String| {
                !done.contains_key(other) && source.contains(&format!("\"./{other}\"")) && other != file
            };
            if done.contains_key(file) || sources.keys().any(waits) {
                continue;
            }
            let text = with_names(source, &names);
            let name = hashed_name(file, text.as_bytes());
            names.insert(format!("./{file}"), format!("./{name}"));
            done.insert(file.clone(), Asset { name, text });
        }
        if done.len() == before {
            let file = sources.keys().find(|file| !done.contains_key(*file)).cloned().unwrap_or_default();
            let message = "scripts import each other in a ring".to_owned();
            return Err(BundleError { file, line: None, message });
        }
    }
    Ok(done)
}

fn with_names(source: &str, names: &BTreeMap<String, String>) -> String {
    let mut text = source.to_owned();
    for (name, hashed) in names {
        text = text.replace(&format!("\"{name}\""), &format!("\"{hashed}\""));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(files: &[(&str, &str)]) -> BTreeMap<String, String> {
        files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn a_script_finds_the_other_by_its_hashed_name() {
        let made = scripts(&sources(&[
            ("a.js", "import(\"./b.js\");"),
            ("b.js", "import \"./c.js\";"),
            ("c.js", "1;"),
        ]))
        .unwrap();
        assert!(made["a.js"].text.contains(&format!("\"./{}\"", made["b.js"].name)));
        assert!(made["b.js"].text.contains(&format!("\"./{}\"", made["c.js"].name)));
    }

    #[test]
    fn a_change_spreads_to_the_names_of_those_who_import_it() {
        let old = scripts(&sources(&[("a.js", "import \"./b.js\";"), ("b.js", "1;")])).unwrap();
        let new = scripts(&sources(&[("a.js", "import \"./b.js\";"), ("b.js", "2;")])).unwrap();
        assert_ne!(old["a.js"].name, new["a.js"].name);
    }

    #[test]
    fn scripts_in_a_ring_are_an_error() {
        let error = scripts(&sources(&[("a.js", "import \"./b.js\";"), ("b.js", "import \"./a.js\";")]));
        assert_eq!(error.unwrap_err().file, "a.js");
    }

    #[test]
    fn light_and_dark_are_written_out_and_fonts_renamed() {
        let names = BTreeMap::from([("fonts/a.woff2".to_owned(), "fonts/a.123.woff2".to_owned())]);
        let source = ":root{color-scheme:light dark;--ink:light-dark(#000,#fff)}\n\
                      @font-face{font-family:A;src:url(\"fonts/a.woff2\")}";
        let sheet = style_sheet(&[("a.css", source)], &names).unwrap();
        assert!(!sheet.text.contains("light-dark("), "{}", sheet.text);
        assert!(sheet.text.contains("prefers-color-scheme"), "{}", sheet.text);
        assert!(sheet.text.contains("fonts/a.123.woff2"), "{}", sheet.text);
    }

    #[test]
    fn a_broken_style_sheet_names_its_file_and_line() {
        let error = style_sheet(&[("a.css", "a{}"), ("b.css", "a{}\n\n}b{")], &BTreeMap::new()).unwrap_err();
        assert_eq!((error.file.as_str(), error.line), ("b.css", Some(3)));
    }
}
