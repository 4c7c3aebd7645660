//! The JSON Schemas in `schemas/` are those that the program makes, and say what reading says.

use std::path::Path;

use needlepoint::diag::Diagnostic;
use needlepoint::registry::Registries;
use needlepoint::typed::{Field, Shape};
use needlepoint::{check, config, front_matter, registry, schema};

use crate::inputs::source;

/// `UPDATE_SCHEMAS=1` writes the files anew.
#[test]
fn the_files_are_current() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas");
    let update = std::env::var_os("UPDATE_SCHEMAS").is_some();
    for (name, text) in schema::all().into_iter().chain([check::rules::rules_schema()]) {
        let path = folder.join(name);
        if update {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, &text).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == text, "schemas/{name} is not current: run the tests with UPDATE_SCHEMAS=1");
    }
}

/// The codes that a value of the wrong shape may raise.
const SHAPE_CODES: [&str; 10] = [
    "unknown-key",
    "wrong-type",
    "unknown-value",
    "missing-required-key",
    "bad-date",
    "bad-period",
    "bad-id",
    "bad-address",
    "syntax-error",
    "empty-value",
];

fn shape_findings(found: &[Diagnostic]) -> Vec<String> {
    let fits = |finding: &&Diagnostic| SHAPE_CODES.contains(&finding.code.as_str());
    found.iter().filter(fits).map(|finding| finding.message.clone()).collect()
}

/// Values of a shape and values that are not of it, as inline TOML.
fn cases(shape: Shape) -> Vec<(String, bool)> {
    let two = |right: &str, wrong: &str| vec![(right.to_owned(), true), (wrong.to_owned(), false)];
    match shape {
        Shape::Text => two("\"x y\"", "1"),
        Shape::Id => two("\"page\"", "\"a b\""),
        Shape::Address => two("\"/a/\"", "\"a\""),
        Shape::Date => two("2026-11-21", "\"soon\""),
        Shape::Period => two("\"2 years\"", "\"2 days\""),
        Shape::Bool => two("true", "1"),
        Shape::Integer => two("1", "\"1\""),
        Shape::Number => two("1.5", "\"1\""),
        Shape::OneOf(words) => two(&format!("{:?}", words[0]), "\"zzz\""),
        Shape::List(member) => {
            let members =
                cases(*member).into_iter().map(|(value, fits)| (format!("[{value}, {value}]"), fits));
            members.chain([("1".to_owned(), false)]).collect()
        }
        Shape::Table(fields) => {
            let mut out = table_cases(fields);
            out.push((inline(fields, None, Some("zzz = 1")), false));
            out
        }
        Shape::OpenTable(fields, _) => table_cases(fields),
        Shape::Map(member) => {
            let members =
                cases(*member).into_iter().map(|(value, fits)| (format!("{{ es = {value} }}"), fits));
            members.chain([("1".to_owned(), false)]).collect()
        }
        Shape::Either(shapes) => cases(shapes[0]),
        Shape::Any => vec![("1".to_owned(), true)],
    }
}

fn table_cases(fields: &'static [Field]) -> Vec<(String, bool)> {
    let mut out = vec![("1".to_owned(), false)];
    for field in fields {
        for (value, fits) in cases(field.shape) {
            out.push((inline(fields, Some((field.name, &value)), None), fits));
        }
    }
    out
}

/// An inline table with one chosen value, every other required key, and whatever else.
fn inline(fields: &'static [Field], chosen: Option<(&str, &str)>, more: Option<&str>) -> String {
    let mut parts: Vec<String> = chosen.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    for field in fields.iter().filter(|field| field.is_required) {
        if chosen.is_none_or(|(name, _)| name != field.name) {
            let right = cases(field.shape).into_iter().find(|(_, fits)| *fits).unwrap().0;
            parts.push(format!("{} = {right}", field.name));
        }
    }
    parts.extend(more.map(str::to_owned));
    format!("{{ {} }}", parts.join(", "))
}

/// Reads each value of each key and compares what is found with what the shape says.
fn check(fields: &'static [Field], read: impl Fn(&str) -> Vec<Diagnostic>) {
    for field in fields {
        for (value, fits) in cases(field.shape) {
            let text = format!("{} = {value}\n", field.name);
            let found = shape_findings(&read(&text));
            assert_eq!(found.is_empty(), fits, "{text}{found:#?}");
        }
    }
}

#[test]
fn front_matter_is_read_as_its_schema_says() {
    check(front_matter::fields(), |text| {
        let title = if text.starts_with("title") { "" } else { "title = \"t\"\n" };
        front_matter::parse(&source("content/a.md", format!("+++\n{title}{text}+++\n"))).1
    });
}

#[test]
fn the_configuration_is_read_as_its_schema_says() {
    check(config::fields(), |text| {
        let title = if text.starts_with("title") { "" } else { "title = \"t\"\n" };
        config::parse(&source("needlepoint.toml", format!("{title}{text}"))).1
    });
}

#[test]
fn registries_are_read_as_their_schemas_say() {
    for (_, file, _, shape) in registry::shapes() {
        if !file.ends_with(".toml") {
            continue;
        }
        let path = format!("content/{file}");
        let read = |text: &str| Registries::default().read(file, &source(&path, text));
        match shape {
            Shape::Table(fields) => check(fields, read),
            Shape::Map(member) => {
                for (value, fits) in cases(*member) {
                    let text = format!("entry = {value}\n");
                    let found = shape_findings(&read(&text));
                    assert_eq!(found.is_empty(), fits, "{file}: {text}{found:#?}");
                }
            }
            other => panic!("{other:?} is not the shape of a file"),
        }
    }
}
