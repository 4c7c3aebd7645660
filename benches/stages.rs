//! Micro-benchmarks of the hot stages, on a made-up site in memory: `cargo bench --bench stages`.

mod support;

use divan::{Bencher, black_box};
use needlepoint::config::Config;
use needlepoint::files::SiteFiles;
use needlepoint::name::SitePath;
use needlepoint::page;
use needlepoint::pipeline::{Settings, Site, build};
use needlepoint::search;
use needlepoint::source::Source;

/// Articles of the site; it has 200 conditions too.
const ARTICLES: usize = 500;

const SEED: u64 = 1;

fn main() {
    divan::main();
}

fn sources() -> Vec<Source> {
    let files = support::site(ARTICLES, SEED).into_iter();
    files.map(|(path, text)| Source::new(SitePath::new(&path).expect("a plain path"), text)).collect()
}

fn settings() -> Settings {
    Settings { today: jiff::civil::date(2026, 11, 21), drafts: false, base_url: None, incremental: true }
}

fn site() -> Site {
    build(SiteFiles::new(sources(), Vec::new(), Vec::new()), settings(), None, &|_| {})
}

/// Markdown and front matter of all articles, on one thread.
#[divan::bench]
fn parse(bencher: Bencher<'_, '_>) {
    let (sources, config) = (sources(), Config::default());
    let articles: Vec<&Source> =
        sources.iter().filter(|source| source.path().as_str().ends_with(".md")).collect();
    bencher.bench_local(|| {
        for article in &articles {
            black_box(page::assemble(article, &config));
        }
    });
}

/// All stages before rendering: parse, catalog, links, checks.
#[divan::bench]
fn first_snapshot(bencher: Bencher<'_, '_>) {
    let files = SiteFiles::new(sources(), Vec::new(), Vec::new());
    bencher.bench_local(|| build(black_box(files.clone()), settings(), None, &|_| {}));
}

/// The same after one article's text changed.
#[divan::bench]
fn snapshot_after_an_edit(bencher: Bencher<'_, '_>) {
    let before = site();
    let path = support::article_path(7);
    let edit = |source: Source| {
        if source.path().as_str() != path {
            return source;
        }
        Source::new(source.path().clone(), format!("{}\nOne more sentence.\n", source.text()))
    };
    let edited: Vec<Source> = before.files().texts().iter().cloned().map(edit).collect();
    let files = SiteFiles::new(edited, Vec::new(), Vec::new());
    bencher.bench_local(|| build(black_box(files.clone()), settings(), Some(&before), &|_| {}));
}

/// The search index, its texts left out.
#[divan::bench]
fn search_index(bencher: Bencher<'_, '_>) {
    let site = site();
    let (documents, vocabulary) = (site.search_documents(), site.search_vocabulary());
    bencher.bench_local(|| search::build(black_box(&documents), &vocabulary, &search::Settings::default()));
}

/// A query for each of a few kinds: plain, misspelt, a question.
#[divan::bench(args = ["shoulder pain", "sholder pian", "how long does soreness last after treatment?"])]
fn query(bencher: Bencher<'_, '_>, query: &str) {
    let index = site().search_index("en").expect("the index was just made");
    bencher.bench_local(|| index.query(black_box(query), 10, &search::Filters::default()));
}

/// The bytes of one page.
#[divan::bench]
fn render_page(bencher: Bencher<'_, '_>) {
    let site = site();
    let (rendering, _) = site.rendering();
    let outputs = rendering.outputs();
    let article = outputs.iter().find(|output| output.path.as_str().starts_with("articles/a000007/"));
    let article = article.expect("the article is part of the site");
    bencher.bench_local(|| rendering.render(black_box(article)));
}
