//! What readers' browsers load: one style sheet, scripts, fonts, icons; each named by the hash of its content.

use std::collections::BTreeMap;
use std::sync::Arc;

use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions, StyleSheet};
use lightningcss::targets::{Browsers, Targets};

use super::files::ThemeFiles;
use super::script;
use crate::diag::{self, Diagnostic};
use crate::name::OutputPath;
use crate::source::Span;

/// A file that browsers load.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Where it lies in the output.
    pub path: OutputPath,
    /// Its content.
    pub bytes: Arc<[u8]>,
}

/// All assets of a theme.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assets {
    files: Vec<Asset>,
    names: BTreeMap<String, String>,
}

impl Assets {
    /// The files, in the order of their making.
    pub fn files(&self) -> &[Asset] {
        &self.files
    }

    /// Where an asset lies in the output, by its name in the theme: `site.css`, `early.js`, `strings-en.json`.
    pub fn path(&self, name: &str) -> Option<&str> {
        self.names.get(name).map(String::as_str)
    }

    /// The text of the style sheet that every page loads.
    pub fn style(&self) -> &str {
        let asset = self.files.iter().find(|asset| Some(asset.path.as_str()) == self.path("site.css"));
        asset.and_then(|asset| std::str::from_utf8(&asset.bytes).ok()).unwrap_or_default()
    }

    /// The scripts: their names in the theme and where they lie in the output, sorted by name.
    pub fn scripts(&self) -> impl Iterator<Item = (&str, &str)> {
        let names = self.names.iter().filter(|(name, _)| name.ends_with(".js"));
        names.map(|(name, path)| (name.as_str(), path.as_str()))
    }

    fn add(&mut self, name: &str, bytes: Vec<u8>) {
        let hash = content_hash(&bytes);
        let hashed = match name.rsplit_once('.') {
            Some((stem, ending)) => format!("assets/{stem}.{hash}.{ending}"),
            None => format!("assets/{name}.{hash}"),
        };
        let Some(path) = OutputPath::new(&hashed) else { return };
        self.names.insert(name.to_owned(), hashed);
        self.files.push(Asset { path, bytes: bytes.into() });
    }

    /// The text with each quoted name of an asset replaced by its hashed name, relative to `assets/`.
    fn with_hashed_names(&self, text: &str, before: &str) -> String {
        let mut text = text.to_owned();
        for (name, path) in &self.names {
            let hashed = path.trim_start_matches("assets/");
            text = text.replace(&format!("\"{before}{name}\""), &format!("\"{before}{hashed}\""));
        }
        text
    }
}

/// The first eight hexadecimal digits of the content's BLAKE3 hash.
pub fn content_hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..8].to_owned()
}

pub(super) fn build(
    files: &ThemeFiles,
    settings: &toml::Table,
    strings: &BTreeMap<String, String>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Assets {
    let mut assets = Assets::default();
    for (name, file) in files.binaries("assets/") {
        match file.bytes() {
            Ok(bytes) => assets.add(name, bytes),
            Err(error) => {
                let message = format!("the file cannot be read: {error}");
                diagnostics.push(Diagnostic::new(diag::THEME_ASSET, file.path(), Span::default(), message));
            }
        }
    }
    for name in files.names("assets/").filter(|name| !name.starts_with("css/") && !name.starts_with("js/")) {
        if let Some(source) = files.text(&format!("assets/{name}")) {
            assets.add(name, source.text().as_bytes().to_vec());
        }
    }
    for (language, json) in strings {
        assets.add(&format!("strings-{language}.json"), json.clone().into_bytes());
    }
    style_sheets(files, settings, &mut assets, diagnostics);
    scripts(files, &mut assets);
    assets
}

/// `site.css` of the listed files and of those that no list names, `later.css` of those that scripts ask for.
fn style_sheets(
    files: &ThemeFiles,
    settings: &toml::Table,
    assets: &mut Assets,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let list = |key: &str| -> Vec<&str> {
        let list = settings.get("assets").and_then(|assets| assets.get(key)).and_then(toml::Value::as_array);
        list.into_iter().flatten().filter_map(toml::Value::as_str).collect()
    };
    let (first, later) = (list("css"), list("later"));
    let others = files.names("assets/css/").filter(|name| !first.contains(name) && !later.contains(name));
    let site: Vec<&str> = first.iter().copied().chain(others).collect();
    for (name, parts) in [("site.css", site), ("later.css", later)] {
        let joined = joined(files, &parts, assets, diagnostics);
        assets.add(name, joined.into_bytes());
    }
}

fn joined(files: &ThemeFiles, parts: &[&str], assets: &Assets, diagnostics: &mut Vec<Diagnostic>) -> String {
    let mut joined = String::new();
    for name in parts {
        let Some(source) = files.text(&format!("assets/css/{name}")) else { continue };
        let text = assets.with_hashed_names(source.text(), "");
        match minified(&text) {
            Ok(css) => joined.push_str(&css),
            Err((message, line)) => {
                let start: usize = source.text().split_inclusive('\n').take(line).map(str::len).sum();
                let length = source.line(line + 1).len();
                let span = Span::new(start, start + length);
                diagnostics.push(Diagnostic::new(diag::THEME_ASSET, source.path(), span, message));
            }
        }
    }
    joined
}

/// The style sheet without what browsers do not need, or what is wrong in which line, counted from 0.
fn minified(css: &str) -> Result<String, (String, usize)> {
    let mut sheet = StyleSheet::parse(css, ParserOptions::default()).map_err(|error| {
        let line = error.loc.as_ref().map_or(0, |place| place.line as usize);
        (error.kind.to_string(), line)
    })?;
    let targets = oldest_browsers();
    let options = MinifyOptions { targets, ..MinifyOptions::default() };
    sheet.minify(options).map_err(|error| (error.kind.to_string(), 0))?;
    let options = PrinterOptions { minify: true, targets, ..PrinterOptions::default() };
    let printed = sheet.to_css(options).map_err(|error| (error.kind.to_string(), 0))?;
    // The names that `light-dark()` is written out with are long, and every page waits for the style sheet.
    Ok(printed.code.replace("--lightningcss-light", "--L").replace("--lightningcss-dark", "--D"))
}

/// The oldest browsers with cascade layers; for them `light-dark()` is written out.
fn oldest_browsers() -> Targets {
    let version = |major: u32, minor: u32| Some(major << 16 | minor << 8);
    Targets::from(Browsers {
        chrome: version(99, 0),
        firefox: version(97, 0),
        safari: version(15, 4),
        ios_saf: version(15, 4),
        ..Browsers::default()
    })
}

/// Scripts name each other as `"./name.js"`; those that are named come first, so that a hash covers what it loads.
fn scripts(files: &ThemeFiles, assets: &mut Assets) {
    let mut waiting: Vec<(&str, &str)> = files
        .names("assets/js/")
        .filter_map(|name| Some((name, files.text(&format!("assets/js/{name}"))?.text())))
        .collect();
    while !waiting.is_empty() {
        let names: Vec<&str> = waiting.iter().map(|(name, _)| *name).collect();
        let needs = |(own, text): &(&str, &str)| {
            names.iter().any(|name| name != own && text.contains(&format!("\"./{name}\"")))
        };
        let ready = waiting.iter().position(|script| !needs(script)).unwrap_or(0);
        let (name, text) = waiting.remove(ready);
        let text = assets.with_hashed_names(&script::shortened(text), "./");
        assets.add(name, text.into_bytes());
    }
}
