//! What the template engine says, as findings in the templates' files.

use std::collections::BTreeMap;

use crate::diag::{self, Diagnostic};
use crate::name::SitePath;
use crate::source::{Source, Span};

/// The engine's filters; it does not list them itself.
const FILTERS: [&str; 37] = [
    "abs",
    "capitalize",
    "default",
    "escape",
    "escape_html",
    "escape_xml",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
];
/// The engine's tests, which follow `is`.
const TESTS: [&str; 17] = [
    "array",
    "bool",
    "containing",
    "defined",
    "divisible_by",
    "ending_with",
    "even",
    "float",
    "integer",
    "iterable",
    "map",
    "none",
    "number",
    "odd",
    "starting_with",
    "string",
    "undefined",
];
/// The engine's functions.
const FUNCTIONS: [&str; 3] = ["range", "super", "throw"];

/// What is wrong with templates as a set: the engine says all of it in one text.
pub(super) fn findings(sources: &BTreeMap<String, Source>, error: &tera::Error) -> Vec<Diagnostic> {
    let tera::ErrorKind::Msg(text) = error.kind() else { return vec![finding(sources, "", error)] };
    let mut found = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(message) = line.strip_prefix("error: ") else { continue };
        let place = lines.next().and_then(|line| line.trim_start().strip_prefix("--> "));
        let Some((template, line, column)) = place.and_then(position) else { continue };
        let marked = lines.by_ref().take(3).last().unwrap_or_default();
        let width = marked.chars().filter(|c| *c == '^').count();
        if let Some(source) = sources.get(template) {
            found.push(unknown(sources, source, span_at(source.text(), line, column, width), message));
        }
    }
    let mut found = once_each(found);
    if found.is_empty() {
        found.push(defined_twice(sources, text).unwrap_or_else(|| finding(sources, "", error)));
    }
    found
}

/// What is wrong with a template that others extend shows in each of them: told at the first, with the rest in a note.
fn once_each(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut once: Vec<(Diagnostic, usize)> = Vec::new();
    for finding in found {
        let is_of_parent = finding.message.ends_with("is not defined in any parent template");
        match once.iter_mut().find(|(first, _)| is_of_parent && first.message == finding.message) {
            Some((_, more)) => *more += 1,
            None => once.push((finding, 0)),
        }
    }
    let noted = |(finding, more): (Diagnostic, usize)| match more {
        0 => finding,
        1 => finding.with_note("another template has the same block"),
        many => finding.with_note(format!("{many} more templates have the same block")),
    };
    once.into_iter().map(noted).collect()
}

/// `name:line:column`, both from 1; a name may hold colons itself.
fn position(place: &str) -> Option<(&str, usize, usize)> {
    let (rest, column) = place.rsplit_once(':')?;
    let (template, line) = rest.rsplit_once(':')?;
    Some((template, line.parse().ok()?, column.parse().ok()?))
}

/// The characters from a line and column on, both from 1.
fn span_at(text: &str, line: usize, column: usize, width: usize) -> Span {
    let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let rest = &text[start..];
    let offset = |characters: usize| rest.char_indices().nth(characters).map_or(rest.len(), |(at, _)| at);
    let column = column.saturating_sub(1);
    Span::new(start + offset(column), start + offset(column + width))
}

/// A name that is not known, or another mistake of a template in the set.
fn unknown(sources: &BTreeMap<String, Source>, source: &Source, span: Span, message: &str) -> Diagnostic {
    let name = message.split('`').nth(1).unwrap_or_default();
    let make = |code, message: &str| Diagnostic::new(code, source.path(), span, message);
    let plain = make(diag::TEMPLATE_ERROR, &first_line(message));
    match message.split(" `").next().unwrap_or_default() {
        "Unknown template" => {
            let message = format!("there is no template `{name}` to include");
            make(diag::MISSING_TEMPLATE, &message).with_nearest(name, sources.keys().map(String::as_str))
        }
        "Unknown filter" => plain.with_nearest(name, FILTERS),
        "Unknown test" => plain.with_nearest(name, TESTS),
        "Block" => plain.with_nearest(name, blocks(sources, source.path())),
        "Unknown function" => plain.with_nearest(name, FUNCTIONS),
        "Unknown component" => plain.with_nearest(name, components(sources).map(|(name, ..)| name)),
        _ => plain,
    }
}

/// The blocks of all templates but one.
fn blocks<'a>(sources: &'a BTreeMap<String, Source>, but: &SitePath) -> impl Iterator<Item = &'a str> {
    sources.values().filter(move |source| source.path() != but).flat_map(|source| {
        source.text().split("{%").skip(1).filter_map(|tag| {
            let name = tag.trim_start_matches('-').trim_start().strip_prefix("block ")?.trim_start();
            name.split(|c: char| !c.is_alphanumeric() && c != '_').next()
        })
    })
}

/// The components that templates define, with the templates and the places of their names.
fn components(sources: &BTreeMap<String, Source>) -> impl Iterator<Item = (&str, &Source, usize)> {
    sources.values().flat_map(|source| components_of(source).map(move |(name, at)| (name, source, at)))
}

/// The components that a template defines, with the places of their names.
pub fn components_of(source: &Source) -> impl Iterator<Item = (&str, usize)> {
    source.text().match_indices("{%").filter_map(|(at, _)| {
        let tag = source.text()[at + 2..].trim_start_matches('-').trim_start();
        let name = tag.strip_prefix("component ")?.trim_start();
        let length = name.find(|c: char| !c.is_alphanumeric() && c != '_')?;
        Some((&name[..length], source.text().len() - name.len()))
    })
}

fn defined_twice(sources: &BTreeMap<String, Source>, message: &str) -> Option<Diagnostic> {
    let name = message.strip_prefix("Component `")?.split('`').next()?;
    let mut places = components(sources).filter(|(component, ..)| *component == name);
    let (first, second) = (places.next()?, places.next()?);
    let span = |start: usize| Span::new(start, start + name.len());
    let message = format!("the {}", first_line(message));
    let found = Diagnostic::new(diag::TEMPLATE_ERROR, second.1.path(), span(second.2), message);
    Some(
        found
            .with_secondary(first.1.path(), span(first.2), "defined here too")
            .with_help("give one of them another name"),
    )
}

/// An error of one template as a finding in its file.
pub(super) fn finding(sources: &BTreeMap<String, Source>, template: &str, error: &tera::Error) -> Diagnostic {
    let fallback = SitePath::new(&format!("templates/{template}"))
        .unwrap_or_else(|| SitePath::new("templates").expect("a plain name is a path"));
    let path =
        |name: &str| sources.get(name).map_or_else(|| fallback.clone(), |source| source.path().clone());
    match error.kind() {
        tera::ErrorKind::SyntaxError(report) | tera::ErrorKind::RenderingError(report) => {
            let name = report.filename();
            let length = sources.get(name).map_or(0, |source| source.text().len());
            let range = &report.span().range;
            let span = Span::new(range.start.min(length), range.end.min(length));
            let code = match error.kind() {
                tera::ErrorKind::SyntaxError(_) => diag::TEMPLATE_SYNTAX,
                _ => diag::TEMPLATE_ERROR,
            };
            let (message, help) = told(first_line(report.message()));
            let help = help.or_else(|| missing_here(sources.get(name)?.text(), span, &message));
            let found = Diagnostic::new(code, &path(name), span, message);
            match help {
                Some(help) => found.with_help(help),
                None => found,
            }
        }
        tera::ErrorKind::TemplateNotFound(name) => {
            let message = format!("there is no template `{name}`");
            let known = sources.keys().map(String::as_str);
            Diagnostic::new(diag::MISSING_TEMPLATE, &path(name), Span::default(), message)
                .with_nearest(name, known)
        }
        _ => {
            let message = first_line(&error.to_string());
            Diagnostic::new(diag::TEMPLATE_ERROR, &path(template), Span::default(), message)
        }
    }
}

/// The engine's message, and the nearest of the names that it lists.
fn told(message: String) -> (String, Option<String>) {
    let Some((said, names)) = message.split_once(". Available ") else { return (message, None) };
    let names = names.split_once(": ").map_or("", |(_, names)| names);
    let typed = said.split('`').nth(1).unwrap_or_default();
    (said.to_owned(), diag::did_you_mean(typed, names.split(", ")))
}

/// What to do about a field of a value that is none on the page at hand, though other pages have it.
fn missing_here(text: &str, span: Span, message: &str) -> Option<String> {
    let field = message.strip_prefix("field `")?.strip_suffix("` is not defined")?;
    let before = text.get(..span.end as usize)?;
    let before = before[..before.rfind(field)?].trim_end_matches(['.', '?']);
    let is_path = |c: char| c.is_alphanumeric() || ['_', '.', '?'].contains(&c);
    let value = &before[before.trim_end_matches(is_path).len()..];
    (!value.is_empty()).then(|| format!("`{value}` is none here: ask for it first, `{{% if {value} %}}`"))
}

fn first_line(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default().trim_end_matches('.');
    let mut letters = line.chars();
    let first = letters.next().map(|first| first.to_lowercase().to_string()).unwrap_or_default();
    first + letters.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_of_what_is_none_on_a_page_is_told_as_that() {
        let text = "é {{ d.figure.label }}";
        let source = Source::new(SitePath::new("templates/a.html").unwrap(), text);
        let sources = BTreeMap::from([("a.html".to_owned(), source)]);
        let mut engine = tera::Tera::new();
        engine.add_raw_template("a.html", text).unwrap();
        let mut context = tera::Context::new();
        context.insert("d", &BTreeMap::from([("figure", None::<u32>)]));
        let error = engine.render("a.html", &context).unwrap_err();
        let found = finding(&sources, "a.html", &error);
        let help = "`d.figure` is none here: ask for it first, `{% if d.figure %}`";
        assert_eq!(found.help.as_deref(), Some(help), "{}", found.message);
    }

    #[test]
    fn known_names_are_the_engines() {
        let is_known = |text: String| tera::Tera::new().add_raw_template("a", &text).is_ok();
        for name in FILTERS {
            assert!(is_known(format!("{{{{ x | {name} }}}}")), "{name}");
        }
        for name in TESTS {
            assert!(is_known(format!("{{% if x is {name} %}}{{% endif %}}")), "{name}");
        }
        assert!(is_known("{{ range(end=1) }}{{ throw(message=x) }}".to_owned()));
        assert!(!is_known("{{ x | upper2 }}".to_owned()));
    }
}
