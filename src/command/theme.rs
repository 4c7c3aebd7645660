//! `needlepoint theme`: what a theme is made of, and a copy of one of its templates to be changed.

use super::{Globals, Outcome, print, shown};
use crate::config::{self, Config};
use crate::diag;
use crate::disk;
use crate::error::{Error, ErrorKind};
use crate::files::SiteFiles;
use crate::name::SitePath;
use crate::theme::{self, Theme};

/// Prints every template of the site's theme, and whether the site has its own.
pub fn list(globals: &Globals) -> Result<Outcome, Error> {
    let reading = disk::read_site(&globals.find_root()?)?;
    let theme = theme_of(reading.files());
    let width = theme.templates().keys().map(|name| name.len()).max().unwrap_or_default();
    let lines = theme.templates().iter().map(|(name, source)| {
        let from = if is_own(source.path()) { "yours" } else { "the theme's" };
        format!("{name:<width$}  {from}\n")
    });
    print(&lines.collect::<String>())
}

/// Copies a template of the theme into the site's `templates/`, where it wins.
pub fn eject(globals: &Globals, name: &str) -> Result<Outcome, Error> {
    let root = globals.find_root()?;
    let reading = disk::read_site(&root)?;
    let theme = theme_of(reading.files());
    let (name, source) = find(&theme, name)?;
    let path = SitePath::new(&format!("templates/{name}"));
    let Some(path) = path.filter(|_| !name.starts_with("root/")) else {
        let message = format!("`{name}` is a file of the theme's root and cannot be replaced by a site");
        return Err(Error::new(ErrorKind::Usage, message));
    };
    disk::create_file(&root, &path, source.text())?;
    globals.say(&format!("wrote {}; it wins over the theme's from now on", shown(&root, path.as_str())));
    globals.say("what it can show is told in docs/theme.md; remove the file to go back");
    Ok(Outcome::Done)
}

fn theme_of(files: &SiteFiles) -> Theme {
    let config = files.text(disk::CONFIGURATION).map(|source| config::parse(source).0);
    theme::load(&config.unwrap_or_else(Config::default).theme, files).0
}

fn is_own(path: &SitePath) -> bool {
    path.as_str().starts_with("templates/")
}

/// A template by its name, with or without its folder's and its ending.
fn find<'a>(theme: &'a Theme, typed: &str) -> Result<(&'a str, &'a crate::source::Source), Error> {
    let names = [
        typed.to_owned(),
        format!("{typed}.html"),
        format!("partials/{typed}.html"),
        format!("shortcodes/{typed}.html"),
        typed.trim_start_matches("templates/").to_owned(),
    ];
    let found = names.iter().find_map(|name| theme.templates().get_key_value(name));
    found.map(|(name, source)| (name.as_str(), source)).ok_or_else(|| {
        let error = Error::new(ErrorKind::Usage, format!("the theme has no template `{typed}`"));
        let known = theme.templates().keys().map(String::as_str);
        match diag::nearest(typed, known.clone()).or_else(|| diag::nearest(&names[1], known)) {
            Some(near) => error.with_help(format!("did you mean `{near}`?")),
            None => error.with_help("`needlepoint theme list` lists all templates"),
        }
    })
}
