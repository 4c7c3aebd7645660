//! `needlepoint theme`: what a theme is made of, a copy of one of its files to be changed, and what to know for that.

use std::collections::BTreeMap;

use super::{Globals, Outcome, print, shown, usage_error};
use crate::config;
use crate::diag;
use crate::disk;
use crate::error::Error;
use crate::files::SiteFiles;
use crate::name::SitePath;
use crate::source::Source;
use crate::theme;

/// What authors of themes need to know, as it was when the program was built.
const DOCS: &str = include_str!("../../docs/theme.md");

/// Prints the page for authors of themes.
pub fn docs() -> Result<Outcome, Error> {
    print(DOCS)
}

/// Prints every file of the site's theme that is text, and whether the site has its own.
pub fn list(globals: &Globals) -> Result<Outcome, Error> {
    let reading = disk::read_site(&globals.find_root()?)?;
    let texts = texts_of(reading.files());
    let width = texts.keys().map(String::len).max().unwrap_or_default();
    let lines = texts.iter().map(|(name, source)| {
        let from = if theme::is_own(source) { "yours" } else { "the theme's" };
        format!("{name:<width$}  {from}\n")
    });
    print(&lines.collect::<String>())
}

/// Copies a file of the theme into the site's `templates/` or `assets/`, where it wins.
pub fn eject(globals: &Globals, name: &str) -> Result<Outcome, Error> {
    let root = globals.find_root()?;
    let reading = disk::read_site(&root)?;
    let texts = texts_of(reading.files());
    let (name, source) = find(&texts, name)?;
    let own = if name.starts_with("assets/") { name.to_owned() } else { format!("templates/{name}") };
    let path = SitePath::new(&own).expect("the file has such a path in the theme");
    disk::create_file(&root, &path, source.text())?;
    globals.say(&format!("wrote {}; it wins over the theme's from now on", shown(&root, path.as_str())));
    let is_table = name.ends_with(".toml");
    globals.say(if is_table {
        "keep the lines that you change and remove the rest: the theme's hold for those"
    } else {
        "`needlepoint theme docs` tells what it can show; remove the file to go back"
    });
    Ok(Outcome::Done)
}

fn texts_of(files: &SiteFiles) -> BTreeMap<String, Source> {
    let config = files.text(disk::CONFIGURATION).map(|source| config::parse(source).0);
    theme::texts(&config.unwrap_or_default().theme, files)
}

/// A file by its name, with or without its folder's and its ending.
fn find<'a>(texts: &'a BTreeMap<String, Source>, typed: &str) -> Result<(&'a str, &'a Source), Error> {
    let names = [
        typed.to_owned(),
        format!("{typed}.html"),
        format!("partials/{typed}.html"),
        format!("shortcodes/{typed}.html"),
        format!("assets/css/{typed}"),
        format!("assets/js/{typed}"),
        format!("i18n/{typed}"),
        typed.trim_start_matches("templates/").to_owned(),
    ];
    let found = names.iter().find_map(|name| texts.get_key_value(name));
    found.map(|(name, source)| (name.as_str(), source)).ok_or_else(|| {
        let near = |name: &str| diag::did_you_mean(name, texts.keys().map(String::as_str));
        let help = near(typed).or_else(|| near(&names[1]));
        let help = help.unwrap_or_else(|| "`needlepoint theme list` lists all files".to_owned());
        usage_error(format!("the theme has no file `{typed}`"), Some(help))
    })
}
