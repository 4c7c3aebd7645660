use std::sync::Arc;

use jiff::civil::date;
use needlepoint::catalog::{self, Catalog, RegistryNames};
use needlepoint::config::Config;
use needlepoint::diag::Diagnostic;
use needlepoint::files::{AssetFile, SiteFiles};
use needlepoint::link::{self, Incoming, LinkedPage};
use needlepoint::name::SitePath;
use needlepoint::page::{self, Page};
use needlepoint::registry::Registries;
use needlepoint::render::Inputs;
use needlepoint::render::body::{self, Body};
use needlepoint::source::Source;
use needlepoint::theme::{self, Theme};

use crate::inputs::source;

/// A small site around one article, with a condition, a term, facts, sources and care cards.
pub(crate) struct BodySite {
    pub(crate) config: Config,
    pub(crate) registries: Registries,
    pub(crate) theme: Theme,
    files: SiteFiles,
}

const REGISTRIES: [(&str, &str); 4] = [
    ("facts.toml", "[session-cost]\nvalue = 30\nunit = \"USD\"\ntext = \"about $50 & more\"\n"),
    ("glossary.toml", "[trigger-point]\nterm = \"trigger point\"\ndefinition = \"A tender spot.\"\n"),
    (
        "care.toml",
        "[lung]\nlevel = \"emergency\"\nheading = \"Call {{ emergency }} now if:\"\nitems = [\"your chest hurts\", \"you <can't> breathe\"]\n",
    ),
    ("references.yml", REFERENCES),
];

const REFERENCES: &str = "
one: { type: article, title: One, author: 'Roe, R', date: 2020 }
two: { type: article, title: Two, author: 'Doe, D', date: 2021 }
";

const CONDITION: &str = "---\ntitle: Neck pain\nkind: condition\n---\n## Care\n\nRest.\n";

impl BodySite {
    pub(crate) fn new() -> Self {
        let mut registries = Registries::default();
        for (name, content) in REGISTRIES {
            let found = registries.read(name, &source(&format!("content/{name}"), content));
            assert!(found.is_empty(), "{found:?}");
        }
        let files = SiteFiles::new(
            vec![
                source(
                    "templates/shortcodes/hint.html",
                    "<aside>{{ title }}: {{ body | safe }}{{ page.url }}</aside>\n",
                ),
                source("templates/shortcodes/price.html", "<b>{{ of }}</b>"),
            ],
            vec![asset("content/articles/one.png", &png(40, 30)), asset("content/articles/two.svg", SVG)],
            Vec::new(),
        );
        let (theme, found) = theme::load("default", &files);
        assert!(found.is_empty(), "{found:?}");
        let mut config = Config::default();
        config.markdown.raw_html = true;
        Self { config, registries, theme, files }
    }

    /// The page that a Markdown file at `content/articles/page.md` makes, with its findings.
    pub(crate) fn page(&self, text: &str) -> (Arc<Page>, Vec<Diagnostic>) {
        let source = Source::new(SitePath::new("content/articles/page.md").unwrap(), text);
        let (page, found) = page::assemble(&source, &self.config);
        (Arc::new(page), found)
    }

    pub(crate) fn linked(&self, page: Arc<Page>) -> (LinkedPage, Catalog) {
        let path = SitePath::new("content/conditions/neck-pain.md").unwrap();
        let (condition, _) = page::assemble(&Source::new(path, CONDITION), &self.config);
        let names = RegistryNames { has_glossary: true, has_references: true, ..RegistryNames::default() };
        let assets = self.files.assets_in("content").iter();
        let (catalog, _) = catalog::build(catalog::Inputs {
            pages: vec![page.interface.clone(), condition.interface],
            assets: assets.filter_map(|asset| asset.path().in_content()).collect(),
            config: &self.config,
            registries: &names,
            today: date(2026, 1, 1),
            drafts: true,
        });
        let id = catalog.by_path("articles/page.md").unwrap();
        let (vocabulary, _) = link::vocabulary(&catalog, &self.registries, &self.config);
        let (linked, _) =
            link::resolve(page, id, &catalog, &vocabulary, &self.registries, &self.config, false);
        (linked, catalog)
    }

    pub(crate) fn render(&self, linked: &LinkedPage, catalog: &Catalog) -> (Body, Vec<Diagnostic>) {
        let inputs = Inputs {
            config: &self.config,
            registries: &self.registries,
            theme: &self.theme,
            catalog,
            pages: &[],
            incoming: &Incoming::default(),
            files: &self.files,
            today: date(2026, 1, 1),
        };
        let shared = body::Shared::new(&inputs, |_| tera::Value::from(()));
        body::body(linked, &inputs, &shared)
    }
}

const SVG: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 12\"></svg>";

fn asset(path: &str, bytes: &[u8]) -> AssetFile {
    AssetFile::in_memory(SitePath::new(path).unwrap(), bytes)
}

/// A PNG image of that size.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(width, height).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}
