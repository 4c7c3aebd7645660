//! Themes: templates, shortcodes, words of the interface, and assets.
//!
//! [`load`] takes the files of a theme and of the site's own `templates/` and `assets/`, which win where their paths
//! are the same, and gives a [`Theme`]. The default theme travels in the program, so that a site needs none of its own.

mod assets;
mod card;
mod files;
mod script;
mod template_error;
mod templates;
mod words;

use std::collections::BTreeMap;

pub use assets::{Asset, Assets, content_hash};
pub use card::{CARD, CardLook};
pub use files::{SITE_ROOT, embedded_files, is_own, missing};
pub use template_error::components_of;

use crate::diag::Diagnostic;
use crate::files::SiteFiles;
use crate::source::Source;

/// A theme, ready to render.
#[derive(Debug)]
pub struct Theme {
    templates: tera::Tera,
    /// The first mistake in the templates as a set: with one, the engine has none of them.
    mistake: Option<Diagnostic>,
    sources: BTreeMap<String, Source>,
    /// Words of the interface by language.
    pub strings: BTreeMap<String, Strings>,
    /// The inside of each icon's `svg`, by name.
    pub icons: BTreeMap<String, String>,
    /// Icon and colour of kinds that do not name their own.
    pub kinds: BTreeMap<String, KindLook>,
    /// Colours that a kind may name: `[colors] names` of theme.toml; empty where the theme does not say.
    pub colors: Vec<String>,
    /// `[options]` of theme.toml, for templates.
    pub options: BTreeMap<String, String>,
    /// What readers' browsers load.
    pub assets: Assets,
    /// What cards for link previews are drawn with, where the theme draws them.
    pub card: Option<CardLook>,
    /// `body-map.toml`, where the theme draws a body.
    pub body_map: Option<Source>,
}

/// Words of the interface in one language.
#[derive(Clone, Debug, Default)]
pub struct Strings {
    /// What templates see as `t`.
    pub table: BTreeMap<String, String>,
    /// Labels of the built-in kinds.
    pub kinds: BTreeMap<String, String>,
}

impl Strings {
    /// The words of a name; the name itself where the theme does not know it.
    pub fn get<'a>(&'a self, name: &'a str) -> &'a str {
        self.table.get(name).map_or(name, String::as_str)
    }

    /// The words of a name with `{key}` replaced by values.
    pub fn fill(&self, name: &str, values: &[(&str, &str)]) -> String {
        let mut text = String::new();
        let mut rest = self.get(name);
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let known = values.iter().find_map(|(key, value)| Some((value, closed(after, key)?)));
            match known {
                Some((value, behind)) => (text, rest) = (text + value, behind),
                None => (text, rest) = (text + "{", after),
            }
        }
        text + rest
    }
}

/// What stands behind `key}` at the start of a text.
fn closed<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    text.strip_prefix(key)?.strip_prefix('}')
}

/// How a kind looks: an icon and a colour of the theme.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KindLook {
    /// The icon's name.
    pub icon: String,
    /// The colour's name.
    pub color: String,
}

/// Loads the theme of that name; what is wrong in it stands beside it.
pub fn load(name: &str, site: &SiteFiles) -> (Theme, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let files = files::ThemeFiles::gather(name, site, &mut diagnostics);
    let sources = files.templates();
    let before = diagnostics.len();
    let templates = templates::engine(&sources, &mut diagnostics);
    let mistake = diagnostics.get(before).cloned();
    let settings = files.table("theme.toml", &mut diagnostics);
    let icons = words::texts_of(&files.table("icons.toml", &mut diagnostics));
    let (strings, scripts) = words::strings(&files, &settings, &mut diagnostics);
    let assets = assets::build(&files, &settings, &scripts, &mut diagnostics);
    let theme = Theme {
        templates,
        mistake,
        sources,
        strings,
        icons,
        kinds: kind_looks(&settings),
        colors: colors(&settings),
        options: settings
            .get("options")
            .and_then(toml::Value::as_table)
            .map(words::texts_of)
            .unwrap_or_default(),
        assets,
        card: card::look(&files),
        body_map: files.text("body-map.toml").cloned(),
    };
    (theme, diagnostics)
}

/// Every text of a theme with those of the site over them, by the path below which a site would have its own: templates
/// without their folder's name, `assets/css/print.css`, `i18n/en.toml`.
pub fn texts(name: &str, site: &SiteFiles) -> BTreeMap<String, Source> {
    files::ThemeFiles::gather(name, site, &mut Vec::new()).by_name()
}

/// Bytes of a page of usual length: what grows from less is copied on the way.
const USUAL_PAGE: usize = 16 * 1024;

impl Theme {
    /// The words of a language, those of its main language, or English.
    pub fn strings_of(&self, language: &str) -> Option<&Strings> {
        let main = language.split('-').next().unwrap_or(language);
        [language, main, "en"].into_iter().find_map(|language| self.strings.get(language))
    }

    /// Whether there is a template of that name below `templates/`, or `shortcodes/NAME.html`.
    pub fn has_template(&self, name: &str) -> bool {
        self.sources.contains_key(name)
    }

    /// Names of the shortcodes.
    pub fn shortcodes(&self) -> impl Iterator<Item = &str> {
        self.sources.keys().filter_map(|name| name.strip_prefix("shortcodes/")?.strip_suffix(".html"))
    }

    /// All templates with their files, sorted by name.
    pub fn templates(&self) -> &BTreeMap<String, Source> {
        &self.sources
    }

    /// The file of a template.
    pub fn source(&self, template: &str) -> Option<&Source> {
        self.sources.get(template)
    }

    /// Renders a template; a mistake in it is a finding with its line, a mistake in the set is that of [`load`].
    pub fn render(&self, template: &str, context: &tera::Context) -> Result<String, Box<Diagnostic>> {
        if let Some(mistake) = &self.mistake {
            return Err(Box::new(mistake.clone()));
        }
        let mut out = Vec::with_capacity(USUAL_PAGE);
        self.templates.render_to(template, context, &mut out).map_err(|error| {
            let found = template_error::finding(&self.sources, template, &error);
            Box::new(found.with_note(format!("while the template `{template}` was rendered")))
        })?;
        Ok(String::from_utf8(out).expect("texts of templates and values are UTF-8"))
    }
}

fn colors(settings: &toml::Table) -> Vec<String> {
    let names = settings.get("colors").and_then(|colors| colors.get("names")).and_then(toml::Value::as_array);
    names.into_iter().flatten().filter_map(|name| Some(name.as_str()?.to_owned())).collect()
}

fn kind_looks(settings: &toml::Table) -> BTreeMap<String, KindLook> {
    let Some(kinds) = settings.get("kinds").and_then(toml::Value::as_table) else { return BTreeMap::new() };
    let text = |kind: &toml::Value, key: &str| {
        kind.get(key).and_then(toml::Value::as_str).unwrap_or_default().to_owned()
    };
    let look = |kind: &toml::Value| KindLook { icon: text(kind, "icon"), color: text(kind, "color") };
    kinds.iter().map(|(name, kind)| (name.clone(), look(kind))).collect()
}

#[cfg(test)]
mod tests {
    use super::Strings;

    #[test]
    fn values_fill_the_places_of_a_text_and_are_taken_as_they_are() {
        let text = "{title} ({url}), {else} {".to_owned();
        let strings = Strings { table: [("subject".to_owned(), text)].into(), ..Strings::default() };
        let filled = strings.fill("subject", &[("title", "{url}"), ("url", "/a/")]);
        assert_eq!(filled, "{url} (/a/), {else} {");
    }
}
