//! Every address of the site and how each is made.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::card::Card;
use super::shared::{Shared, Tongue};
use super::{Inputs, article, card, feed, generated, graph, pages, pictures, registers, root_files, sitemap};
use crate::catalog::{GeneratedKind, PageId, Place};
use crate::diag::{self, Diagnostic};
use crate::files::AssetFile;
use crate::name::{OutputPath, UrlPath};
use crate::source::{Fingerprint, Span};
use crate::theme::SITE_ROOT;

/// A file of the built site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Where it lies.
    pub path: OutputPath,
    /// How it is made.
    pub recipe: Recipe,
}

/// How a file of the built site is made; numbers are indexes into lists of the catalog or theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recipe {
    /// An article, condition or section.
    Page(PageId),
    /// What stands in place of a page that was taken back.
    Withdrawn(PageId),
    /// A page made without a file.
    Generated(u32),
    /// A page at an old address that leads to the new one.
    Redirect(u32),
    /// A file of `content/` that is copied.
    Asset(u32),
    /// A smaller picture of a file of `content/`.
    Picture {
        /// The file.
        asset: u32,
        /// Its width in pixels.
        width: u32,
    },
    /// The card of a page for link previews.
    Card(PageId),
    /// The card of the whole site in a language.
    SiteCard(u32),
    /// A file of the theme.
    ThemeAsset(u32),
    /// An icon of that side, drawn from the theme's.
    Icon(u32),
    /// Words for scripts in a language.
    Strings(u32),
    /// The feed of a language.
    Feed(u32),
    /// The sitemap, or the index of its parts.
    Sitemap,
    /// A part of the sitemap, from 1.
    SitemapPart(u32),
    /// The glossary as JSON.
    Terms,
    /// Pages and the links between them as JSON.
    Graph,
    /// Old addresses for hosts that redirect by themselves.
    Redirects,
    /// A file of the theme's folder [`SITE_ROOT`].
    Root(Box<str>),
}

/// Every file of the site, sorted by path.
pub fn addresses(inputs: &Inputs<'_>, shared: &Shared) -> Vec<Output> {
    let mut outputs = Vec::with_capacity(inputs.catalog.pages().len() * 2);
    let mut add = |path: OutputPath, recipe: Recipe| outputs.push(Output { path, recipe });
    let shown = shared.bodies.pictures.shown(inputs);
    let left_out = pictures::left_out(inputs, &shown);
    placed(inputs, &left_out, &mut add);
    for (index, asset) in inputs.theme.assets.files().iter().enumerate() {
        let name = asset.path.as_str();
        // Those of languages in use are written again, with the labels of the site's kinds.
        if !name.starts_with("assets/strings-") {
            add(asset.path.clone(), Recipe::ThemeAsset(index as u32));
        }
    }
    let mut add_named = |path: &str, recipe: Recipe| {
        if let Some(path) = OutputPath::new(path) {
            add(path, recipe);
        }
    };
    for (index, tongue) in shared.tongues.iter().enumerate() {
        if let Some(path) = shared.root_files.strings(&tongue.language) {
            add_named(path, Recipe::Strings(index as u32));
        }
        if let Some(address) = feed::address(inputs, &tongue.language) {
            add_named(address.output_path().as_str(), Recipe::Feed(index as u32));
        }
        let kind = GeneratedKind::Glossary;
        if let Some(at) = shared.generated(&kind, &tongue.language) {
            let path = inputs.catalog.generated()[at as usize].address.output_path();
            add_named(&path.as_str().replace("index.html", "terms.json"), Recipe::Terms);
        }
    }
    for (asset, picture) in &shown {
        for made in &picture.made {
            add_named(&made.path, Recipe::Picture { asset: *asset, width: made.width });
        }
    }
    for (path, recipe) in cards(inputs, shared) {
        add_named(&path, recipe);
    }
    for side in root_files::ICONS {
        if let Some(path) = shared.root_files.icon(side) {
            add_named(path, Recipe::Icon(side));
        }
    }
    add_named("graph.json", Recipe::Graph);
    add_named("sitemap.xml", Recipe::Sitemap);
    for number in 1..=sitemap::parts(inputs) {
        add_named(&format!("sitemap-{number}.xml"), Recipe::SitemapPart(number));
    }
    if !inputs.catalog.aliases().is_empty() {
        add_named("_redirects", Recipe::Redirects);
    }
    for name in inputs.theme.templates().keys().filter_map(|name| name.strip_prefix(SITE_ROOT)) {
        add_named(name, Recipe::Root(name.into()));
    }
    outputs.sort_by(|a, b| a.path.cmp(&b.path));
    // An author's own file wins: those of the catalog stand first among equals.
    outputs.dedup_by(|later, first| later.path == first.path);
    outputs
}

/// Cards for link previews, those of pages with the same words once each.
fn cards(inputs: &Inputs<'_>, shared: &Shared) -> Vec<(String, Recipe)> {
    let sites = shared.tongues.iter().enumerate();
    let sites = sites.map(|(at, tongue)| (card::site_card(tongue), Recipe::SiteCard(at as u32)));
    let pages = inputs.catalog.ids().filter_map(|id| {
        let tongue = shared.tongue(&inputs.catalog.page(id).language);
        Some((card::page_card(inputs, tongue, id)?, Recipe::Card(id)))
    });
    sites.chain(pages).filter_map(|(card, recipe)| Some((card::path(inputs, &card)?, recipe))).collect()
}

/// What has an address in the catalog, without the assets that are left out.
fn placed(inputs: &Inputs<'_>, left_out: &BTreeSet<u32>, add: &mut impl FnMut(OutputPath, Recipe)) {
    let catalog = inputs.catalog;
    for (address, place) in catalog.places() {
        let recipe = match place {
            Place::Page(id) if catalog.is_withdrawn(id) => Recipe::Withdrawn(id),
            Place::Page(id) => Recipe::Page(id),
            Place::Generated(at) => Recipe::Generated(at),
            Place::Asset(at) if left_out.contains(&at) => continue,
            Place::Asset(at) => Recipe::Asset(at),
            Place::Alias(_) => {
                let at = catalog.aliases().binary_search_by(|(alias, _)| alias.cmp(address));
                let Ok(at) = at else { continue };
                Recipe::Redirect(at as u32)
            }
        };
        add(address.output_path(), recipe);
    }
}

/// The file that an output is a copy of, for those who would rather copy than hold it in memory.
pub fn copied<'a>(output: &Output, inputs: &Inputs<'a>) -> Option<&'a AssetFile> {
    let Recipe::Asset(at) = output.recipe else { return None };
    inputs.files.asset(inputs.catalog.assets()[at as usize].0.site_path().as_str())
}

/// The hash of all that a file is made from, for those that are worth keeping between builds because they take long
/// to make; none for all others.
pub fn derived_key(output: &Output, inputs: &Inputs<'_>, shared: &Shared) -> Option<Fingerprint> {
    match &output.recipe {
        Recipe::Picture { asset, width } => pictures::key(inputs, *asset, *width),
        recipe => card::key(inputs, &card_of(recipe, inputs, shared)?),
    }
}

/// The card that a recipe makes.
fn card_of(recipe: &Recipe, inputs: &Inputs<'_>, shared: &Shared) -> Option<Card> {
    match recipe {
        Recipe::Card(id) => card::page_card(inputs, shared.tongue(&inputs.catalog.page(*id).language), *id),
        Recipe::SiteCard(at) => Some(card::site_card(&shared.tongues[*at as usize])),
        _ => None,
    }
}

/// The bytes of one file of the site. It looks at nothing but its arguments, so that outputs can be rendered in any
/// order, in parallel, or only when somebody asks.
pub fn render<'a>(
    output: &Output,
    inputs: &Inputs<'a>,
    shared: &'a Shared,
) -> Result<Cow<'a, [u8]>, Vec<Diagnostic>> {
    let catalog = inputs.catalog;
    let tongue = |at: u32| &shared.tongues[at as usize];
    let text = match &output.recipe {
        Recipe::Page(id) if catalog.page(*id).is_section => generated::section(inputs, shared, *id)?,
        Recipe::Page(id) => article::page(inputs, shared, *id)?,
        Recipe::Withdrawn(id) => article::withdrawn(inputs, shared, *id)?,
        Recipe::Generated(at) => generated::page(inputs, shared, &catalog.generated()[*at as usize])?,
        Recipe::Redirect(at) => {
            let (alias, id) = &catalog.aliases()[*at as usize];
            pages::redirect(inputs, shared, alias, *id).map_err(|found| vec![*found])?
        }
        Recipe::Asset(_) => return copy(output, inputs),
        Recipe::Picture { asset, width } => {
            return pictures::smaller(inputs, *asset, *width).map(Cow::Owned);
        }
        recipe @ (Recipe::Card(_) | Recipe::SiteCard(_)) => {
            let Some(card) = card_of(recipe, inputs, shared) else { return Ok(Cow::Borrowed(&[])) };
            let png = card::png(inputs, shared, &card);
            return png.map(Cow::Owned).map_err(|found| vec![*found]);
        }
        Recipe::ThemeAsset(at) => {
            return Ok(Cow::Borrowed(&inputs.theme.assets.files()[*at as usize].bytes));
        }
        Recipe::Icon(side) => return Ok(root_files::icon_png(inputs, *side).unwrap_or_default().into()),
        Recipe::Strings(at) => {
            let json = shared.root_files.strings_json(&tongue(*at).language).unwrap_or_default();
            return Ok(Cow::Borrowed(json.as_bytes()));
        }
        Recipe::Feed(at) => feed_of(inputs, tongue(*at)),
        Recipe::Sitemap => sitemap::main(inputs),
        Recipe::SitemapPart(number) => sitemap::part(inputs, *number),
        Recipe::Graph => return Ok(graph::json(inputs, shared).into()),
        Recipe::Terms => registers::terms_json(inputs),
        Recipe::Redirects => root_files::redirects(inputs, shared),
        Recipe::Root(name) => {
            root_files::from_template(inputs, shared, name).map_err(|found| vec![*found])?
        }
    };
    Ok(Cow::Owned(text.into_bytes()))
}

fn feed_of(inputs: &Inputs<'_>, tongue: &Tongue) -> String {
    let address = feed::address(inputs, &tongue.language).unwrap_or_else(UrlPath::root);
    feed::xml(inputs, tongue, &address)
}

fn copy<'a>(output: &Output, inputs: &Inputs<'_>) -> Result<Cow<'a, [u8]>, Vec<Diagnostic>> {
    let Some(file) = copied(output, inputs) else { return Ok(Cow::Borrowed(&[])) };
    file.bytes().map(Cow::Owned).map_err(|error| {
        let message = format!("the file cannot be read: {error}");
        vec![Diagnostic::new(diag::MISSING_IMAGE, file.path(), Span::default(), message)]
    })
}
