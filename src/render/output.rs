//! Every address of the site and how each is made.

use std::borrow::Cow;

use super::shared::{Shared, Tongue};
use super::{Inputs, article, feed, generated, graph, pages, registers, root_files, sitemap};
use crate::catalog::{GeneratedKind, PageId, Place};
use crate::diag::{self, Diagnostic};
use crate::files::AssetFile;
use crate::name::{OutputPath, UrlPath};
use crate::source::Span;

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
    /// A file of the theme's folder `root/`.
    Root(Box<str>),
}

/// Every file of the site, sorted by path.
pub fn addresses(inputs: &Inputs<'_>, shared: &Shared) -> Vec<Output> {
    let mut outputs = Vec::with_capacity(inputs.catalog.pages().len() * 2);
    let mut add = |path: OutputPath, recipe: Recipe| outputs.push(Output { path, recipe });
    placed(inputs, &mut add);
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
    for name in inputs.theme.templates().keys().filter_map(|name| name.strip_prefix("root/")) {
        add_named(name, Recipe::Root(name.into()));
    }
    outputs.sort_by(|a, b| a.path.cmp(&b.path));
    // An author's own file wins: those of the catalog stand first among equals.
    outputs.dedup_by(|later, first| later.path == first.path);
    outputs
}

/// What has an address in the catalog.
fn placed(inputs: &Inputs<'_>, add: &mut impl FnMut(OutputPath, Recipe)) {
    let catalog = inputs.catalog;
    for (address, place) in catalog.places() {
        let recipe = match place {
            Place::Page(id) if catalog.is_withdrawn(id) => Recipe::Withdrawn(id),
            Place::Page(id) => Recipe::Page(id),
            Place::Generated(at) => Recipe::Generated(at),
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
