//! Files at the root of the site and beside the theme's assets: headers, manifest, icons, words for scripts, redirects.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::shared::Shared;
use super::{Inputs, care, kinds, site};
use crate::diag::Diagnostic;
use crate::name::OutputPath;
use crate::registry::Regions;
use crate::theme::{SITE_ROOT, content_hash};

/// Sides of the PNG icons that are drawn from the theme's `app-icon.svg`.
pub(super) const ICONS: [u32; 3] = [180, 192, 512];

/// Files of the site's assets that depend on more than the theme.
#[derive(Debug, Default)]
pub(super) struct RootFiles {
    /// Words for scripts by language: where they lie and what they say.
    strings: BTreeMap<String, (String, String)>,
    /// Icons by side.
    icons: BTreeMap<u32, String>,
}

impl RootFiles {
    pub(super) fn new(inputs: &Inputs<'_>, shared: &Shared) -> Self {
        let mut files = Self::default();
        for language in inputs.catalog.languages() {
            let json = script_words(inputs, shared, language);
            let path = format!("assets/strings-{language}.{}.json", content_hash(json.as_bytes()));
            files.strings.insert(language.to_string(), (path, json));
        }
        if let Some(drawing) = app_icon(inputs) {
            let hash = content_hash(drawing);
            files.icons = ICONS.map(|side| (side, format!("assets/icon-{side}.{hash}.png"))).into();
        }
        files
    }

    /// Where the words for scripts lie.
    pub(super) fn strings(&self, language: &str) -> Option<&str> {
        self.strings.get(language).map(|(path, _)| path.as_str())
    }

    /// The words for scripts.
    pub(super) fn strings_json(&self, language: &str) -> Option<&str> {
        self.strings.get(language).map(|(_, json)| json.as_str())
    }

    /// Where the icon of that side lies.
    pub(super) fn icon(&self, side: u32) -> Option<&str> {
        self.icons.get(&side).map(String::as_str)
    }
}

fn app_icon<'a>(inputs: &Inputs<'a>) -> Option<&'a [u8]> {
    let path = OutputPath::new(inputs.theme.assets.path("app-icon.svg")?)?;
    let asset = inputs.theme.assets.files().iter().find(|asset| asset.path == path)?;
    Some(&asset.bytes)
}

/// The theme's words for scripts, with addresses that they lead to, the names of kinds and regions and the care cards
/// that search puts first.
fn script_words(inputs: &Inputs<'_>, shared: &Shared, language: &Arc<str>) -> String {
    let strings = super::shared::strings(inputs, language);
    let main = language.split('-').next().unwrap_or(language);
    let assets = &inputs.theme.assets;
    let names = [language, main, "en"].map(|name| format!("strings-{name}.json"));
    let path = names.iter().find_map(|name| assets.path(name));
    let asset = assets.files().iter().find(|asset| Some(asset.path.as_str()) == path);
    let words = asset.and_then(|asset| serde_json::from_slice(&asset.bytes).ok());
    let mut words: serde_json::Map<String, serde_json::Value> = words.unwrap_or_default();
    words.insert("site".to_owned(), site::for_scripts(inputs, shared, language));
    let labels = kinds::labels(inputs, language, &strings);
    let labels = labels.into_iter().map(|(id, label)| (id.to_string(), label.label.into())).collect();
    words.insert("kinds".to_owned(), serde_json::Value::Object(labels));
    let registries = inputs.registries;
    // Groups of regions, which have a name of their own in further languages only, are among those.
    let translated = registries.regions_in.get(&**language).into_iter().flat_map(Regions::iter);
    let regions = registries.regions.iter().chain(translated);
    let regions = regions.map(|region| (region.id.to_string(), region.label.clone().into()));
    words.insert("regions".to_owned(), serde_json::Value::Object(regions.collect()));
    let cards = registries.care.iter().filter_map(|card| registries.care_card(&card.id, language));
    let cards = cards.filter(|card| !card.words.is_empty());
    let cards = cards.map(|card| {
        let filled = |text: &String| inputs.config.emergency.put_into(text);
        let items: Vec<String> = card.items.iter().map(filled).collect();
        let (level, heading) = (card.level.as_str(), filled(&card.heading));
        let mut entry =
            serde_json::json!({ "level": level, "heading": heading, "items": items, "words": card.words });
        if let Some(lang) = care::lang(inputs, &card.id, language) {
            entry["lang"] = lang.into();
        }
        entry
    });
    words.insert("care".to_owned(), cards.collect());
    serde_json::Value::Object(words).to_string()
}

/// The icon of that side as a PNG; none where the drawing cannot be read.
pub(super) fn icon_png(inputs: &Inputs<'_>, side: u32) -> Option<Vec<u8>> {
    use resvg::{tiny_skia, usvg};
    let tree = usvg::Tree::from_data(app_icon(inputs)?, &usvg::Options::default()).ok()?;
    let mut canvas = tiny_skia::Pixmap::new(side, side)?;
    let scale = side as f32 / tree.size().width().max(tree.size().height());
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut canvas.as_mut());
    canvas.encode_png().ok()
}

/// A file of the theme's folder [`SITE_ROOT`], rendered with what such files may need.
pub(super) fn from_template(
    inputs: &Inputs<'_>,
    shared: &Shared,
    name: &str,
) -> Result<String, Box<Diagnostic>> {
    let config = inputs.config;
    let root = format!("{}/", config.base_url.path());
    let icon =
        |side: u32| shared.root_files.icon(side).map(|path| format!("{root}{path}")).unwrap_or_default();
    let mut context = tera::Context::new();
    context.insert("csp", site::CSP);
    context.insert("sitemap", &format!("{}/sitemap.xml", config.base_url));
    context.insert("name", &serde_json::Value::from(config.title.as_str()).to_string());
    context.insert("lang", &config.language);
    context.insert("favicon", &shared.tongues[0].site.assets.favicon);
    context.insert("icon_192", &icon(192));
    context.insert("icon_512", &icon(512));
    context.insert("root", &root);
    inputs.theme.render(&format!("{SITE_ROOT}{name}"), &context)
}

/// `_redirects`: old addresses in the form that Netlify and its like read.
pub(super) fn redirects(inputs: &Inputs<'_>, shared: &Shared) -> String {
    let base = inputs.config.base_url.path();
    let mut out = String::new();
    for (alias, page) in inputs.catalog.aliases() {
        out.push_str(&format!("{base}{} {} 301\n", alias.encoded(), shared.url(*page)));
    }
    out
}
