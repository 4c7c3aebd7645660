//! The default theme: every template renders from its context alone, and its files keep their budgets.
//!
//! `THEME_PREVIEW=folder cargo test theme` also writes the sample pages there as a small site.

mod contrast;
mod sample;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use needlepoint::files::{AssetFile, SiteFiles};
use needlepoint::name::SitePath;
use needlepoint::render::context::TEMPLATES;
use needlepoint::source::Source;
use needlepoint::theme::{self, Theme};

use crate::inputs;

fn files(folder: &Path, below: &str, site: &mut (Vec<Source>, Vec<AssetFile>)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{below}/{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            files(&path, &name, site);
            continue;
        }
        let site_path = SitePath::new(&name).unwrap();
        match fs::read_to_string(&path) {
            Ok(text) => site.0.push(Source::new(site_path, text)),
            Err(_) => site.1.push(AssetFile::in_memory(site_path, fs::read(&path).unwrap())),
        }
    }
}

/// The default theme as it lies in the repository.
fn default_theme() -> Theme {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
    let mut found = (Vec::new(), Vec::new());
    files(&folder, "themes/default", &mut found);
    let (theme, diagnostics) = theme::load("default", &SiteFiles::new(found.0, found.1, Vec::new()));
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    theme
}

fn text_of(theme: &Theme, name: &str) -> String {
    let path = theme.assets.path(name).unwrap();
    let asset = theme.assets.files().iter().find(|asset| asset.path.as_str() == path).unwrap();
    String::from_utf8(asset.bytes.to_vec()).unwrap()
}

/// Every page of the sample, by address.
fn pages() -> BTreeMap<String, String> {
    sample::pages(&default_theme())
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
fn every_page_bears_the_policy_also_that_of_an_old_address() {
    let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ";
    for (address, html) in pages() {
        assert!(html.contains(policy), "{address}");
        assert!(html.contains("<meta name=\"referrer\" content=\"same-origin\">"), "{address}");
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
    let theme = default_theme();
    for asset in theme.assets.files().iter().filter(|asset| asset.path.as_str().ends_with(".js")) {
        let text = String::from_utf8_lossy(&asset.bytes);
        for sink in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "DOMParser", "eval("] {
            assert!(!text.contains(sink), "{} uses {sink}", asset.path.as_str());
        }
    }
}

#[test]
fn scripts_and_fonts_are_named_by_their_hashes() {
    let theme = default_theme();
    let site = text_of(&theme, "site.js");
    assert!(site.contains(&theme.assets.path("glossary.js").unwrap().replace("assets/", "./")), "{site}");
    let css = text_of(&theme, "site.css");
    assert!(
        css.contains(&theme.assets.path("fonts/atkinson-latin.woff2").unwrap().replace("assets/", "")),
        "{css}"
    );
}

#[test]
fn colors_for_light_and_dark_are_written_out_for_older_browsers() {
    let css = text_of(&default_theme(), "site.css");
    assert!(!css.contains("light-dark("), "{css}");
    assert!(css.contains("prefers-color-scheme"), "{css}");
}

#[test]
fn every_language_has_the_same_words() {
    /// Names of all words, those of inner tables with the table's name before them.
    fn names(table: &toml::Table, before: &str) -> BTreeSet<String> {
        let inner = |(name, value): (&String, &toml::Value)| match value {
            toml::Value::Table(inner) => names(inner, &format!("{before}{name}.")),
            _ => [format!("{before}{name}")].into(),
        };
        table.iter().flat_map(inner).collect()
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/i18n");
    let words = |path: PathBuf| -> toml::Table { fs::read_to_string(path).unwrap().parse().unwrap() };
    let english = names(&words(folder.join("en.toml")), "");
    assert!(english.len() > 200, "{}", english.len());
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(names(&words(path.clone()), ""), english, "{}", path.display());
    }
}

#[test]
fn words_of_the_site_win_and_those_that_a_language_lacks_are_english() {
    let own = Source::new(SitePath::new("templates/i18n/ar.toml").unwrap(), "home = \"الرئيسية\"\n");
    let (theme, found) = theme::load("default", &SiteFiles::new(vec![own], Vec::new(), Vec::new()));
    assert!(found.is_empty(), "{found:?}");
    let words = &theme.strings["ar"];
    assert_eq!(words.get("home"), "الرئيسية");
    assert_eq!(words.get("search"), theme.strings["en"].get("search"));
    assert_eq!(words.get("language_name"), "ar");
}

#[test]
fn scripts_say_the_words_of_templates_that_the_theme_lists() {
    let own = ("templates/i18n/en.toml", "search = \"Find\"\n[js]\nclose = \"Shut\"\n");
    let (found, theme) = over_the_theme("default", &[own]);
    assert_eq!(found, [""; 0]);
    let said: serde_json::Value = serde_json::from_str(&text_of(&theme, "strings-en.json")).unwrap();
    assert_eq!((&said["search"], &said["close"]), (&"Find".into(), &"Shut".into()));
    assert_eq!(said["conditions_a_to_z"], theme.strings["en"].get("conditions_a_to_z"));
    assert_eq!(said.get("skip"), None, "what only templates say is not fetched");
}

/// A theme with these texts of a site over it, and what is found in it, as code, message and help.
fn over_the_theme(name: &str, texts: &[(&str, &str)]) -> (Vec<String>, Theme) {
    let (theme, found) = theme::load(name, &inputs::files(texts));
    let told = |found: &needlepoint::diag::Diagnostic| {
        format!("{}: {} | {}", found.code, found.message, found.help.as_deref().unwrap_or_default())
    };
    (found.iter().map(told).collect(), theme)
}

#[test]
fn icons_options_and_files_of_the_root_may_be_the_sites() {
    let (found, theme) = over_the_theme(
        "default",
        &[
            ("templates/icons.toml", "search = \"<path d='M0 0'/>\"\n"),
            ("templates/theme.toml", "[options]\nface = \"system\"\n[kinds]\nfaq = { color = \"clay\" }\n"),
            ("templates/site-root/robots.txt", "User-agent: own\n"),
        ],
    );
    assert_eq!(found, [""; 0]);
    assert_eq!(theme.icons["search"], "<path d='M0 0'/>");
    assert!(theme.icons.len() > 5, "the theme's other icons stay");
    assert_eq!(theme.options["face"], "system");
    assert_eq!((&*theme.kinds["faq"].icon, &*theme.kinds["faq"].color), ("speech", "clay"));
    assert_eq!(theme.source("site-root/robots.txt").unwrap().text(), "User-agent: own\n");
}

#[test]
fn a_theme_may_lie_over_the_default_one() {
    let (found, theme) = over_the_theme(
        "mine",
        &[
            ("themes/mine/theme.toml", "extends = \"default\"\n[options]\nface = \"system\"\n"),
            ("themes/mine/templates/tags.html", "mine"),
        ],
    );
    assert_eq!(found, [""; 0]);
    assert_eq!(theme.source("tags.html").unwrap().text(), "mine");
    assert!(theme.has_template("article.html") && theme.shortcodes().any(|name| name == "care"));
    assert_eq!(theme.options["face"], "system");
    assert!(text_of(&theme, "site.css").len() > 10_000);
    let (found, _) = over_the_theme("mine", &[("themes/mine/theme.toml", "extends = \"other\"\n")]);
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn words_that_nobody_asks_for_are_told_with_the_nearest() {
    let words =
        "serch = \"x\"\nmine = \"x\"\nother = \"x\"\nunheard = \"x\"\n[js]\nclos = \"x\"\nshouted = \"x\"\n";
    let (found, _) = over_the_theme(
        "default",
        &[
            ("templates/i18n/es.toml", words),
            ("templates/home.html", "{{ t.mine }}{{ t[\"other\"] }}"),
            ("assets/js/own.js", "say(words.shouted);"),
        ],
    );
    let help = "`needlepoint theme eject i18n/en.toml` shows all words; take this one away";
    let said = "unknown-word: no template and no script asks for the word";
    assert_eq!(
        found,
        [
            format!("{said} `serch` | did you mean `search`?"),
            format!("{said} `unheard` | {help}"),
            format!("{said} `clos` | did you mean `close`?"),
        ]
    );
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
    for asset in default_theme().assets.files() {
        write(asset.path.as_str(), &asset.bytes);
    }
    write("glossary/terms.json", sample::TERMS.as_bytes());
    write("search/search.js", sample::SEARCH.as_bytes());
}
