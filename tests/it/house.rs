//! The house is kept: imports go down only, and the core touches nothing outside.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The floors, lowest first; modules on one floor do not know each other.
const FLOORS: &[&[&str]] = &[
    &["bytes", "lock"],
    &["name", "markup"],
    &["source", "aspect", "media_type", "picture"],
    &["diag"],
    &["error"],
    &["files"],
    &["typed"],
    &["config", "front_matter", "markdown", "registry", "theme"],
    &["schema"],
    &["page"],
    &["catalog"],
    &["link"],
    &["check", "search", "render"],
    &["pipeline"],
    &["disk", "report"],
    &["watch", "serve", "lsp", "publish"],
    &["command"],
    &["cli"],
];

/// Modules that may touch files, clock, environment and streams.
const EDGES: &[&str] = &["disk", "report", "watch", "serve", "lsp", "publish", "command", "cli"];

fn floors() -> BTreeMap<&'static str, usize> {
    FLOORS
        .iter()
        .enumerate()
        .flat_map(|(floor, names)| names.iter().map(move |name| (*name, floor)))
        .collect()
}

fn sources() -> Vec<(String, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut waiting: Vec<PathBuf> = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let inner = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
            let module = inner.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
            if module != "lib" && module != "main" {
                let text = fs::read_to_string(&path).unwrap();
                // Tests inside a module may look at anything.
                let code = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
                found.push((inner, module, code));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn imports_go_down_only() {
    let floors = floors();
    let mut wrong = Vec::new();
    for (file, module, code) in sources() {
        let Some(own) = floors.get(module.as_str()) else {
            wrong.push(format!("{file}: the module `{module}` stands on no floor"));
            continue;
        };
        for (at, _) in code.match_indices("crate::") {
            let rest = &code[at + "crate::".len()..];
            let name: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            let is_other = name != module && !name.is_empty();
            if is_other && floors.get(name.as_str()).is_none_or(|floor| floor >= own) {
                wrong.push(format!("{file}: imports `{name}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "imports that do not go down:\n{}", wrong.join("\n"));
}

#[test]
fn the_core_touches_nothing_outside() {
    const OUTSIDE: [&str; 9] = [
        "std::fs",
        "std::net",
        "std::env",
        "std::io::stdin",
        "std::io::stdout",
        "std::io::stderr",
        "SystemTime::now",
        "Instant::now",
        "Timestamp::now",
    ];
    let mut wrong = Vec::new();
    for (file, module, code) in sources() {
        if EDGES.contains(&module.as_str()) {
            continue;
        }
        for word in OUTSIDE.iter().filter(|word| code.contains(**word)) {
            wrong.push(format!("{file}: uses `{word}`"));
        }
    }
    assert!(wrong.is_empty(), "the core reaches outside:\n{}", wrong.join("\n"));
}

#[test]
fn map_names_the_floors_in_their_order() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let floors = floors();
    let order: Vec<usize> = text
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .map(|name| *floors.get(name).unwrap_or_else(|| panic!("`{name}` stands on no floor")))
        .collect();
    assert!(order.is_sorted(), "the `mod` lines of lib.rs stand in the order of the floors");
}
