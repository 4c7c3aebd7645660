//! The default theme: every template renders from its context alone, and its files keep their budgets.
//!
//! `THEME_PREVIEW=folder cargo test theme` also writes the sample pages there as a small site.

mod sample;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use needlepoint::render::bundle::{self, Asset};
use needlepoint::render::context::TEMPLATES;
use tera::Tera;

fn theme() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default")
}

fn files(folder: &Path, below: &str, found: &mut Vec<(String, String)>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        let name = format!("{below}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            files(&path, &format!("{name}/"), found);
        } else {
            found.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}

fn templates() -> Tera {
    let mut sources = Vec::new();
    files(&theme().join("templates"), "", &mut sources);
    files(&theme().join("shortcodes"), "shortcodes/", &mut sources);
    let mut tera = Tera::default();
    tera.add_raw_templates(sources).unwrap();
    tera
}

fn scripts() -> BTreeMap<String, Asset> {
    let mut sources = Vec::new();
    files(&theme().join("assets/js"), "", &mut sources);
    bundle::scripts(&sources.into_iter().collect()).unwrap()
}

fn style_sheet() -> Asset {
    let table: toml::Table = fs::read_to_string(theme().join("theme.toml")).unwrap().parse().unwrap();
    let order = table["assets"]["css"].as_array().unwrap();
    let sources: Vec<(String, String)> = order
        .iter()
        .map(|name| name.as_str().unwrap().to_owned())
        .map(|name| (name.clone(), fs::read_to_string(theme().join("assets/css").join(&name)).unwrap()))
        .collect();
    let sources: Vec<(&str, &str)> =
        sources.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    bundle::style_sheet(&sources, &BTreeMap::new()).unwrap()
}

/// Every page of the sample, by address.
fn pages() -> BTreeMap<String, String> {
    sample::pages(&templates(), &scripts(), &style_sheet())
}

#[test]
fn every_template_renders_from_its_context_alone() {
    let pages = pages();
    if let Ok(folder) = std::env::var("THEME_PREVIEW") {
        preview(Path::new(&folder), &pages);
    }
    let mut unseen: BTreeSet<&str> = TEMPLATES.iter().copied().collect();
    for (_, template) in sample::ADDRESSES {
        unseen.remove(template);
    }
    assert!(unseen.is_empty(), "no sample for {unseen:?}");
}

#[test]
fn pages_hold_one_h1_no_inline_style_and_no_inline_script() {
    for (address, html) in pages() {
        assert_eq!(html.matches("<h1").count(), 1, "{address}");
        assert!(!html.contains(" style="), "{address}");
        assert!(!html.contains("<style"), "{address}");
        let scripts = html.matches("<script").count();
        let harmless = html.matches("<script src=").count()
            + html.matches("<script type=\"module\" src=").count()
            + html.matches("<script type=\"application/ld+json\"").count();
        assert_eq!(scripts, harmless, "{address}");
    }
}

#[test]
fn hostile_titles_stay_text() {
    for (address, html) in pages() {
        assert!(!html.contains("<img src=x"), "{address}");
    }
}

#[test]
fn ids_are_unique_and_named_ones_exist() {
    for (address, html) in pages() {
        let ids: Vec<&str> = values(&html, " id=\"");
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{address}: {ids:?}");
        for name in ["aria-labelledby=\"", "href=\"#"] {
            for value in values(&html, name) {
                assert!(unique.contains(value), "{address}: nothing has the id {value:?}");
            }
        }
    }
}

fn values<'a>(html: &'a str, before: &str) -> Vec<&'a str> {
    html.split(before).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn scripts_build_elements_from_text_nodes_alone() {
    for (file, asset) in scripts() {
        for sink in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "DOMParser", "eval("] {
            assert!(!asset.text.contains(sink), "{file} uses {sink}");
        }
    }
}

fn preview(folder: &Path, pages: &BTreeMap<String, String>) {
    let write = |path: &str, bytes: &[u8]| {
        let path = folder.join(path.trim_start_matches('/'));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    for (address, html) in pages {
        let file = if address.ends_with('/') { format!("{address}index.html") } else { address.clone() };
        write(&file, html.as_bytes());
    }
    for asset in scripts().values().chain([&style_sheet()]) {
        write(&format!("assets/{}", asset.name), asset.text.as_bytes());
    }
    for name in ["atkinson-latin.woff2", "atkinson-latin-ext.woff2"] {
        write(&format!("assets/fonts/{name}"), &fs::read(theme().join("assets/fonts").join(name)).unwrap());
    }
    write("assets/favicon.svg", &fs::read(theme().join("assets/favicon.svg")).unwrap());
    write("assets/strings.json", sample::strings().script_json(&BTreeMap::new()).as_bytes());
    write("glossary/terms.json", sample::TERMS.as_bytes());
    write("search/search.js", sample::SEARCH.as_bytes());
}
