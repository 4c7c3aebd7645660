//! What was meant by a name that no value has.

use std::collections::BTreeMap;

use super::shape::Shape;
use super::{Everything, Known, Unknown};
use crate::diag;

/// Values whose fields are looked for under each other's names.
const SHARED: [&str; 3] = ["page", "text", "site"];

/// Names under which a theme's author looks for what another name holds: where they look, empty for [`SHARED`] and for
/// the values themselves, the name, and the path that holds it.
const OTHER_NAMES: [(&str, &str, &str); 12] = [
    ("", "nav", "site.navigation"),
    ("", "menu", "site.navigation"),
    ("", "built", "site.updated"),
    ("", "languages", "page.translations"),
    ("", "words", "text.reading_time"),
    ("", "minutes", "text.reading_time"),
    ("", "links", "page.print_links"),
    ("", "content", "text.body"),
    ("", "title", "lines"),
    ("site.emergency", "number", "site.emergency.label"),
    ("site.emergency", "url", "site.emergency.tel"),
    ("site.contact", "email", "site.contact.text"),
];

/// What to write instead of an unknown name, as a help; none where nothing is like it.
pub(super) fn hint(unknown: &Unknown, here: &Known, all: &Everything) -> Option<String> {
    let did_you_mean = |path: String| format!("did you mean `{path}`?");
    let is_shared = unknown.within.is_empty() || SHARED.contains(&&*unknown.within);
    let paths = paths(unknown, here, is_shared);
    if let Some(path) = paths.get(&unknown.name) {
        return Some(did_you_mean(path.clone()));
    }
    let within = if is_shared { "" } else { &*unknown.within };
    let other_names = || OTHER_NAMES.iter().filter(|other| other.0 == within);
    let mut exact = other_names().filter(|other| other.1 == unknown.name);
    if let Some(path) = exact.clone().find(|other| is_there(&here.values, other.2)) {
        return Some(did_you_mean(path.2.to_owned()));
    }
    if let Some(elsewhere) = exact.next_back().and_then(|other| elsewhere(other.2, all)) {
        return Some(elsewhere);
    }
    // A value of its own is nearer than what other values hold.
    let own = unknown.known.iter().map(String::as_str).filter(|_| unknown.within.is_empty());
    let near = diag::nearest(&unknown.name, own);
    if let Some(near) = near.or_else(|| diag::nearest(&unknown.name, paths.keys().map(String::as_str))) {
        return Some(did_you_mean(paths[near].clone()));
    }
    if let Some(path) = paths.get(&format!("{}s", unknown.name)) {
        return Some(did_you_mean(path.clone()));
    }
    let there = || other_names().filter(|other| is_there(&here.values, other.2));
    let near = diag::nearest(&unknown.name, there().map(|other| other.1));
    let other = there().find(|other| Some(other.1) == near);
    other.map(|other| did_you_mean(other.2.to_owned())).or_else(|| part(unknown).map(did_you_mean))
}

/// Names that could be written instead, with what to write: those known in that place, and fields of the shared values.
fn paths(unknown: &Unknown, here: &Known, is_shared: bool) -> BTreeMap<String, String> {
    let mut paths: BTreeMap<String, String> = BTreeMap::new();
    for value in SHARED.iter().filter(|value| is_shared && ***value != *unknown.within) {
        if let Some(Shape::Fields(fields)) = here.values.get(*value) {
            for name in fields.keys() {
                paths.entry(name.clone()).or_insert_with(|| format!("{value}.{name}"));
            }
        }
    }
    paths.extend(unknown.known.iter().map(|name| (name.clone(), name.clone())));
    paths
}

/// Whether a path such as `site.emergency.label` leads to a value.
fn is_there(values: &BTreeMap<String, Shape>, path: &str) -> bool {
    let mut names = path.split('.');
    let mut shape = names.next().and_then(|first| values.get(first));
    for name in names {
        shape = match shape {
            Some(Shape::Fields(fields)) => fields.get(name),
            _ => None,
        };
    }
    shape.is_some()
}

/// Which templates have a value that this one lacks.
fn elsewhere(path: &str, all: &Everything) -> Option<String> {
    let files = all.own.iter().filter(|(_, values)| is_there(values, path));
    let files: Vec<String> = files.map(|(file, _)| format!("`{file}`")).collect();
    (!files.is_empty()).then(|| format!("`{path}` is a value of {} alone", files.join(" and ")))
}

/// The known name of which one word is like the unknown one: `site_title` for `titel`.
fn part(unknown: &Unknown) -> Option<String> {
    let has_part = |name: &&String| {
        let mut words = name.split('_');
        name.contains('_') && words.any(|word| diag::nearest(&unknown.name, [word]).is_some())
    };
    unknown.known.iter().find(has_part).cloned()
}
