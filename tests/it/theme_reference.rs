//! The page for theme authors is made from the code that fills the contexts, and from the default theme.
//!
//! `UPDATE_REFERENCE=1` writes `docs/theme.md` anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use needlepoint::files::SiteFiles;
use needlepoint::render::context::TEMPLATES;
use needlepoint::theme;

use crate::theme_constructs;

/// A struct of the contexts as its source tells it.
#[derive(Debug, Default)]
struct Structure {
    documentation: String,
    /// Name, type and documentation.
    fields: Vec<(String, String, String)>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn context_sources() -> Vec<String> {
    let mut paths = vec![root().join("src/render/context.rs")];
    let folder = fs::read_dir(root().join("src/render/context")).unwrap();
    paths.extend(folder.map(|entry| entry.unwrap().path()));
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

/// Every public struct of the contexts. Their sources are plain: a field stands on one line.
fn structures() -> BTreeMap<String, Structure> {
    let mut found = BTreeMap::new();
    for source in context_sources() {
        let mut words = Vec::new();
        let mut open: Option<(String, Structure)> = None;
        for line in source.lines().map(str::trim) {
            if let Some(text) = line.strip_prefix("///") {
                words.push(text.trim().to_owned());
            } else if let Some(rest) = line.strip_prefix("pub struct ") {
                let name: String = rest.chars().take_while(|letter| letter.is_alphanumeric()).collect();
                let structure = Structure { documentation: words.join(" "), fields: Vec::new() };
                words.clear();
                match line.ends_with('{') {
                    true => open = Some((name, structure)),
                    false => drop(found.insert(name, structure)),
                }
            } else if line == "}" {
                found.extend(open.take());
            } else if let (Some((_, structure)), Some(rest)) = (&mut open, line.strip_prefix("pub ")) {
                let (name, kind) = rest.trim_end_matches(',').split_once(": ").unwrap();
                structure.fields.push((name.to_owned(), kind.to_owned(), words.join(" ")));
                words.clear();
            } else if !line.starts_with("#[") {
                words.clear();
            }
        }
    }
    found
}

/// The context of each template: `ArticleContext => "article.html"`.
fn contexts() -> BTreeMap<String, String> {
    let source = fs::read_to_string(root().join("src/render/context.rs")).unwrap();
    let pairs = source.lines().filter_map(|line| line.trim().trim_end_matches(',').split_once(" => \""));
    pairs
        .filter(|(context, _)| context.ends_with("Context"))
        .map(|(context, file)| (file.trim_end_matches('"').to_owned(), context.to_owned()))
        .collect()
}

/// A type in an author's words, with a link to what it holds.
fn in_words(kind: &str, known: &BTreeMap<String, Structure>) -> String {
    let inside = |start: &str| kind.strip_prefix(start).and_then(|rest| rest.strip_suffix('>'));
    if let Some(inner) = inside("Vec<") {
        return format!("list of {}", in_words(inner, known));
    }
    if let Some(inner) = inside("Ready<") {
        return in_words(inner, known);
    }
    if let Some(inner) = inside("Option<") {
        return format!("{}, or none", in_words(inner, known));
    }
    if let Some(inner) = inside("BTreeMap<String, ") {
        return format!("{} by name", in_words(inner, known));
    }
    match kind {
        "String" => "text".to_owned(),
        "Html" => "HTML".to_owned(),
        "bool" => "yes or no".to_owned(),
        "usize" | "u32" => "number".to_owned(),
        "serde_json::Map<String, serde_json::Value>" => "any values by name".to_owned(),
        _ if known.contains_key(kind) => format!("[{kind}](#{})", kind.to_lowercase()),
        _ => panic!("the type {kind} has no words in this test"),
    }
}

fn inner_kinds<'a>(structure: &'a Structure, known: &BTreeMap<String, Structure>) -> Vec<&'a str> {
    let words = |kind: &'a str| kind.split(|letter: char| !letter.is_alphanumeric());
    let kinds = structure.fields.iter().flat_map(|(_, kind, _)| words(kind));
    kinds.filter(|kind| !["Html", "Ready"].contains(kind) && known.contains_key(*kind)).collect()
}

fn table(out: &mut String, structure: &Structure, known: &BTreeMap<String, Structure>) {
    if structure.fields.is_empty() {
        out.push_str("No values of its own.\n");
        return;
    }
    out.push_str("| value | kind | what it is |\n| --- | --- | --- |\n");
    for (name, kind, words) in &structure.fields {
        let kind = in_words(kind, known);
        writeln!(out, "| `{name}` | {kind} | {} |", words.replace('|', "\\|")).unwrap();
    }
}

/// The names of the blocks that a template opens.
fn blocks(template: &str) -> Vec<&str> {
    let tags = template.split("{% block ").skip(1);
    tags.filter_map(|rest| rest.split([' ', '%']).next()).collect()
}

/// A text file of the default theme.
fn theme_file(name: &str) -> String {
    fs::read_to_string(root().join("themes/default").join(name)).unwrap()
}

/// theme.toml as it is, style sheets and scripts with their first words, icons, and the properties of the look.
fn files_of_the_theme(out: &mut String) {
    write!(
        out,
        "\n## `theme.toml`\n\nThat of the default theme. `[options]` are texts for templates; the colors of kinds are \
         classes `kind-NAME` of the style sheet.\n\n```toml\n{}```\n",
        theme_file("theme.toml")
    )
    .unwrap();
    for (title, folder) in [("Style sheets", "assets/css"), ("Scripts", "assets/js")] {
        write!(out, "\n## {title}\n\n| file | what it is |\n| --- | --- |\n").unwrap();
        let folder_path = root().join("themes/default").join(folder);
        let mut names: Vec<String> = fs::read_dir(folder_path)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        for name in names {
            let text = theme_file(&format!("{folder}/{name}"));
            // The comment at the head of a script may take several lines.
            let comments = text.lines().take_while(|line| line.starts_with(['/', '*']));
            let first = comments.map(|line| line.trim_matches(['/', '*', ' '])).collect::<Vec<_>>().join(" ");
            writeln!(out, "| `{folder}/{name}` | {first} |").unwrap();
        }
    }
    out.push_str(
        "\n## Properties of the look\n\nEvery color, size and space, as `assets/css/props.css` sets it; of \
         `light-dark()` the first is for light pages, the second for dark ones.\n\n| property | value |\n| --- | --- |\n",
    );
    let props = theme_file("assets/css/props.css");
    let first = props.split(":root {").nth(1).unwrap().split("\n  }").next().unwrap();
    for line in first.lines().filter_map(|line| line.trim().strip_suffix(';')) {
        let Some((name, value)) = line.split_once(": ").filter(|(name, _)| name.starts_with("--")) else {
            continue;
        };
        let value = if value.len() > 80 { "(see the file)" } else { value };
        writeln!(out, "| `{name}` | `{value}` |").unwrap();
    }
    let icons: toml::Table = theme_file("icons.toml").parse().unwrap();
    let names: Vec<String> = icons.keys().map(|name| format!("`{name}`")).collect();
    write!(out, "\n## Icons\n\n`{{{{ site.icons.NAME }}}}` inside an `svg`: {}.\n", names.join(", "))
        .unwrap();
}

fn reference() -> String {
    let known = structures();
    let contexts = contexts();
    let (theme, _) = theme::load("default", &SiteFiles::default());
    let mut out = fs::read_to_string(root().join("tests/it/theme_reference.head.md")).unwrap();
    files_of_the_theme(&mut out);
    out.push_str(&fs::read_to_string(root().join("tests/it/theme_reference.templates.md")).unwrap());
    out.push_str("\n## Values that every page template sees\n");
    for (name, structure) in [("site", "SiteContext"), ("frame", "FrameContext"), ("page", "PageContext")] {
        write!(out, "\n### `{name}`\n\n{}\n\n", known[structure].documentation).unwrap();
        table(&mut out, &known[structure], &known);
    }
    let words = theme.strings["en"].table.keys().map(|name| format!("`{name}`")).collect::<Vec<_>>();
    write!(
        out,
        "\n### `t`\n\nThe words of the interface in the language of the page: {}.\n",
        words.join(", ")
    )
    .unwrap();

    out.push_str("\n## Page templates\n");
    let mut shown: BTreeSet<&str> = ["SiteContext", "FrameContext", "PageContext"].into();
    for file in TEMPLATES {
        let structure = &known[&contexts[*file]];
        shown.insert(&contexts[*file]);
        write!(out, "\n### `{file}`\n\n{}\n\n", structure.documentation).unwrap();
        let source = theme.source(file).unwrap_or_else(|| panic!("the theme has no {file}")).text();
        let blocks: Vec<String> = blocks(source).iter().map(|block| format!("`{block}`")).collect();
        if source.contains("{% extends \"base.html\" %}") {
            write!(out, "Extends `base.html` and fills its blocks {}.\n\n", blocks.join(", ")).unwrap();
        }
        table(&mut out, structure, &known);
    }
    let blocks: Vec<String> =
        blocks(theme.source("base.html").unwrap().text()).iter().map(|block| format!("`{block}`")).collect();
    write!(out, "\n### `base.html`\n\nThe frame of all pages. Its blocks: {}.\n", blocks.join(", ")).unwrap();

    out.push_str("\n## Partials and components\n\nPieces that page templates include:\n\n");
    for name in theme.templates().keys().filter(|name| name.starts_with("partials/")) {
        writeln!(out, "- `{name}`").unwrap();
    }
    out.push_str("\nComponents of `components.html`, used as `{{ <name argument={value} /> }}`:\n\n");
    for part in theme.source("components.html").unwrap().text().split("component ").skip(1).step_by(2) {
        writeln!(out, "- `{}`", part.split(" -%}").next().unwrap()).unwrap();
    }

    out.push_str(
        "\n## Shortcodes\n\nEach is a template in `shortcodes/` and sees `site`, `t` and these values:\n",
    );
    for (name, structure) in [
        ("care", "CareContext"),
        ("fact", "FactContext"),
        ("nolink", "NolinkContext"),
        ("steps", "StepsContext"),
    ] {
        shown.insert(structure);
        write!(out, "\n### `{name}`\n\n{}\n\n", known[structure].documentation).unwrap();
        table(&mut out, &known[structure], &known);
    }
    for name in theme.shortcodes().filter(|name| !["care", "fact", "nolink", "steps"].contains(name)) {
        let source = theme.source(&format!("shortcodes/{name}.html")).unwrap().text();
        let (comment, template) = source.strip_prefix("{#- ").unwrap().split_once(" -#}").unwrap();
        let comment = comment.split_whitespace().collect::<Vec<_>>().join(" ");
        let ids =
            template.split("id == \"").skip(1).map(|rest| format!("`{}`", rest.split('"').next().unwrap()));
        write!(out, "\n### `{name}`\n\n{comment} `id` is one of {}.\n", ids.collect::<Vec<_>>().join(", "))
            .unwrap();
    }
    out.push_str(
        "\n### Any other shortcode\n\nA site adds its own as `templates/shortcodes/NAME.html`. It sees the arguments by \
         their names, `body` where it stands around blocks, and `page`:\n\n",
    );
    shown.insert("ShortcodePage");
    table(&mut out, &known["ShortcodePage"], &known);

    out.push_str(&theme_constructs::section());

    write!(out, "\n## The card for link previews\n\n{}\n\n", known["CardContext"].documentation).unwrap();
    shown.insert("CardContext");
    table(&mut out, &known["CardContext"], &known);

    out.push_str("\n## What values hold\n");
    let mut waiting: Vec<&str> = shown.iter().flat_map(|name| inner_kinds(&known[*name], &known)).collect();
    let mut inner = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        if !shown.contains(name) && inner.insert(name) {
            waiting.extend(inner_kinds(&known[name], &known));
        }
    }
    for name in inner {
        write!(out, "\n### {name}\n\n{}\n\n", known[name].documentation).unwrap();
        table(&mut out, &known[name], &known);
    }
    out
}

#[test]
fn the_page_for_theme_authors_is_current() {
    let path = root().join("docs/theme.md");
    if std::env::var_os("UPDATE_REFERENCE").is_some() {
        fs::write(&path, reference()).unwrap();
    }
    let kept = fs::read_to_string(path).unwrap_or_default();
    assert!(kept == reference(), "docs/theme.md is old; run the tests once with UPDATE_REFERENCE=1");
}

#[test]
fn every_value_has_its_words() {
    for (name, structure) in structures() {
        assert!(!structure.documentation.is_empty(), "{name} is not told");
        for (field, _, words) in &structure.fields {
            assert!(!words.is_empty(), "{name}.{field} is not told");
        }
    }
}
