//! The files of a theme, with those of the site laid over them.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

use super::card::CARD;
use crate::diag::{self, Diagnostic};
use crate::files::{AssetFile, SiteFiles};
use crate::name::SitePath;
use crate::source::{Source, Span};

/// The name of the theme that travels in the program.
const DEFAULT_NAME: &str = "default";

/// The folder of a theme whose files stand at the site's root.
pub const SITE_ROOT: &str = "site-root/";

/// The default theme, as it was when the program was built.
static DEFAULT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// What a site may lay over the theme in its own `templates/` beside templates: whole folders, and single files.
const LAID_OVER: [&str; 6] = ["i18n/", SITE_ROOT, "card/", "icons.toml", "body-map.toml", "theme.toml"];

/// Files by their path in the theme.
pub(super) struct ThemeFiles {
    texts: BTreeMap<String, Source>,
    /// All files of a path that are tables, the lowest first: those above win name by name.
    tables: BTreeMap<String, Vec<Source>>,
    binaries: BTreeMap<String, AssetFile>,
}

impl ThemeFiles {
    pub(super) fn gather(name: &str, site: &SiteFiles, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let folder = format!("themes/{name}");
        let mut files = Self { texts: BTreeMap::new(), tables: BTreeMap::new(), binaries: BTreeMap::new() };
        let missing = missing(name, site);
        let has_own = name != DEFAULT_NAME && missing.is_none();
        if !has_own || extends_default(&folder, site, diagnostics) {
            files.take_default(site);
        }
        if has_own {
            files.take(site, &folder, "");
        }
        diagnostics.extend(missing);
        files.take(site, "templates", "templates/");
        files.take(site, "assets", "assets/");
        files
    }

    /// Takes the default theme: that of the site's own `themes/default`, else that of the program.
    fn take_default(&mut self, site: &SiteFiles) {
        let folder = format!("themes/{DEFAULT_NAME}");
        if has_files(site, &folder) {
            self.take(site, &folder, "");
        } else {
            self.take(&embedded_files(), &folder, "");
        }
    }

    /// Takes the files below a folder of the site; a file that is there already is replaced, a table laid under.
    fn take(&mut self, site: &SiteFiles, folder: &str, to: &str) {
        let inner = |path: &SitePath| {
            let below = &path.as_str()[folder.len() + 1..];
            if to == "templates/" && is_laid_over(below) { below.to_owned() } else { format!("{to}{below}") }
        };
        for text in site.texts_in(folder) {
            let inner = inner(text.path());
            if inner.ends_with(".toml") {
                self.tables.entry(inner.clone()).or_default().push(text.clone());
            }
            self.texts.insert(inner, text.clone());
        }
        for asset in site.assets_in(folder) {
            let inner = inner(asset.path());
            // A file of the root such as `_headers` has no ending that would tell it from a picture.
            let text =
                inner.starts_with(SITE_ROOT).then(|| String::from_utf8(asset.bytes().ok()?).ok()).flatten();
            if let Some(text) = text {
                self.texts.insert(inner, Source::new(asset.path().clone(), text));
            } else {
                self.binaries.insert(inner, asset.clone());
            }
        }
    }

    pub(super) fn text(&self, path: &str) -> Option<&Source> {
        self.texts.get(path)
    }

    /// The files right or deeper below a folder that ends with `/`, without the folder's name; sorted.
    pub(super) fn names<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a str> {
        self.texts.keys().filter_map(move |path| path.strip_prefix(folder))
    }

    /// Files that are not text, below a folder that ends with `/`; sorted.
    pub(super) fn binaries<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a AssetFile)> {
        self.binaries.iter().filter_map(move |(path, file)| Some((path.strip_prefix(folder)?, file)))
    }

    /// Templates by the name that other templates use; a shortcode is `shortcodes/NAME.html`.
    pub(super) fn templates(&self) -> BTreeMap<String, Source> {
        // A site's own shortcode comes behind the theme's of the same name, and wins.
        let named =
            |(path, source): (&String, &Source)| Some((template_name(path)?.to_owned(), source.clone()));
        self.texts.iter().filter_map(named).collect()
    }

    /// All texts over which a site may lay its own, templates without the name of their folder.
    pub(super) fn by_name(&self) -> BTreeMap<String, Source> {
        let may_be_own = |path: &str| {
            is_laid_over(path)
                || ["templates/", "shortcodes/", "assets/"].iter().any(|folder| path.starts_with(folder))
        };
        let name = |path: &String| path.strip_prefix("templates/").unwrap_or(path).to_owned();
        // A site's own shortcode comes behind the theme's of the same name, and wins.
        let texts = self.texts.iter().filter(|(path, _)| may_be_own(path));
        texts.map(|(path, source)| (name(path), source.clone())).collect()
    }

    /// The tables of a path, the lowest first.
    pub(super) fn layers(&self, path: &str) -> &[Source] {
        self.tables.get(path).map_or(&[], Vec::as_slice)
    }

    /// A TOML file of the theme with what lies over it; empty where it is missing or, with a finding, broken.
    pub(super) fn table(&self, path: &str, diagnostics: &mut Vec<Diagnostic>) -> toml::Table {
        let mut table = toml::Table::new();
        for source in self.layers(path) {
            lay_over(&mut table, parsed(source, diagnostics));
        }
        table
    }
}

/// The name of the template that a file is; none where it is something else.
fn template_name(path: &str) -> Option<&str> {
    let is_page = |name: &str| name.ends_with(".html");
    match path.strip_prefix("templates/") {
        Some(name) => (is_page(name) || name == CARD).then_some(name),
        None if path.starts_with("shortcodes/") => is_page(path).then_some(path),
        None => path.starts_with(SITE_ROOT).then_some(path),
    }
}

/// Puts values over those of the same names; tables are joined.
pub(super) fn lay_over(below: &mut toml::Table, own: toml::Table) {
    for (key, value) in own {
        match (below.get_mut(&key), value) {
            (Some(toml::Value::Table(below)), toml::Value::Table(own)) => lay_over(below, own),
            (_, value) => drop(below.insert(key, value)),
        }
    }
}

/// Whether a site's own `templates/` may hold a file of that path in the theme, though it is no template.
fn is_laid_over(path: &str) -> bool {
    LAID_OVER.iter().any(|place| path == *place || (place.ends_with('/') && path.starts_with(place)))
}

/// A file that is TOML; empty, with a finding, where it is broken.
fn parsed(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> toml::Table {
    source.text().parse().unwrap_or_else(|error: toml::de::Error| {
        let span = error.span().map_or(Span::default(), |range| Span::new(range.start, range.end));
        let message = error.message().to_owned();
        diagnostics.push(Diagnostic::new(diag::SYNTAX_ERROR, source.path(), span, message));
        toml::Table::new()
    })
}

/// Whether a theme lies over the default one: `extends = "default"` in its theme.toml.
fn extends_default(folder: &str, site: &SiteFiles, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let Some(source) = site.text(&format!("{folder}/theme.toml")) else { return false };
    // What is wrong with the file is told where it is read as a whole.
    let table = parsed(source, &mut Vec::new());
    let Some(extends) = table.get("extends") else { return false };
    let is_default = extends.as_str() == Some(DEFAULT_NAME);
    if !is_default {
        let at = source.text().find("extends").unwrap_or_default();
        let span = Span::new(at, at + source.text()[at..].lines().next().unwrap_or_default().len());
        let message = "a theme can extend the default theme alone";
        let found = Diagnostic::new(diag::UNKNOWN_THEME, source.path(), span, message);
        diagnostics.push(found.with_help("write `extends = \"default\"`, or take the line away"));
    }
    is_default
}

/// The finding that a site has no theme of that name, where that is so.
pub fn missing(name: &str, site: &SiteFiles) -> Option<Diagnostic> {
    let folder = format!("themes/{name}");
    if name == DEFAULT_NAME || has_files(site, &folder) {
        return None;
    }
    let path = SitePath::new("needlepoint.toml").expect("a plain name is a path");
    let message = format!("there is no theme `{name}`: the folder `{folder}` is missing or empty");
    let found = Diagnostic::new(diag::UNKNOWN_THEME, &path, Span::default(), message);
    Some(found.with_help("set `theme = \"default\"`, or put the theme there"))
}

fn has_files(site: &SiteFiles, folder: &str) -> bool {
    !site.texts_in(folder).is_empty() || !site.assets_in(folder).is_empty()
}

/// Whether a file of the theme is the site's own, from its `templates/` or `assets/`.
pub fn is_own(file: &Source) -> bool {
    ["templates/", "assets/"].iter().any(|folder| file.path().as_str().starts_with(folder))
}

/// The English words of the default theme, as TOML.
pub(super) fn english() -> &'static str {
    let file = DEFAULT.get_file("i18n/en.toml").and_then(include_dir::File::contents_utf8);
    file.expect("the default theme speaks English")
}

/// The default theme that travels in the program, as files below `themes/default/`.
pub fn embedded_files() -> SiteFiles {
    let mut texts = Vec::new();
    let mut assets = Vec::new();
    let mut folders = vec![&DEFAULT];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let path = file.path().to_string_lossy().replace('\\', "/");
            let Some(path) = SitePath::new(&format!("themes/default/{path}")) else { continue };
            match file.contents_utf8() {
                Some(text) => texts.push(Source::new(path, text)),
                None => assets.push(AssetFile::in_memory(path, file.contents())),
            }
        }
    }
    SiteFiles::new(texts, assets, Vec::new())
}
