//! Templates of a site that no page and no other template asks for: mostly a name with a typing mistake.

use crate::diag::{self, Diagnostic};
use crate::name::SitePath;
use crate::render::context::TEMPLATES;
use crate::source::{Source, Span};
use crate::theme::{self, CARD, SITE_ROOT, Theme, components_of};

/// Templates that the program itself asks for, beside those of contexts.
const ASKED_FOR: [&str; 4] = [CARD, "partials/head.html", "partials/header.html", "partials/footer.html"];

/// The templates in the site's own `templates/` that nothing asks for; `is_chosen` says whether a page does, `kinds` are
/// the site's kinds, each of which may have a template.
pub fn unused(theme: &Theme, kinds: &[&str], is_chosen: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
    let of_kinds: Vec<String> = kinds.iter().map(|kind| format!("article-{kind}.html")).collect();
    let own = theme.templates().iter().filter(|(_, source)| theme::is_own(source));
    let unasked = own.filter(|(name, source)| {
        let is_of_program = TEMPLATES.contains(&name.as_str())
            || ASKED_FOR.contains(&name.as_str())
            || [SITE_ROOT, "shortcodes/"].iter().any(|folder| name.starts_with(folder));
        let is_of_kind = of_kinds.contains(name);
        !is_of_program
            && !is_of_kind
            && components_of(source).next().is_none()
            && !is_named(theme, name)
            && !is_chosen(name)
    });
    unasked.map(|(name, source)| finding(theme, &of_kinds, name, source)).collect()
}

/// The finding that a theme lacks templates that the program asks for, where that is so.
pub fn incomplete(theme: &Theme, name: &str) -> Option<Diagnostic> {
    let asked = TEMPLATES.iter().chain(ASKED_FOR.iter().filter(|asked| **asked != CARD));
    let missing: Vec<String> =
        asked.filter(|asked| !theme.has_template(asked)).map(|asked| format!("`{asked}`")).collect();
    if missing.is_empty() {
        return None;
    }
    let path = SitePath::new(&format!("themes/{name}/theme.toml"))?;
    let message = format!("the theme `{name}` lacks {}", missing.join(", "));
    let found = Diagnostic::new(diag::MISSING_TEMPLATE, &path, Span::default(), message);
    Some(
        found
            .with_help("write them, or lay it over the default theme: `extends = \"default\"` in theme.toml"),
    )
}

/// Whether another template includes or extends that one.
fn is_named(theme: &Theme, name: &str) -> bool {
    let quoted = ['"', '\'', '`'].map(|quote| format!("{quote}{name}{quote}"));
    let others = theme.templates().iter().filter(|(other, _)| *other != name);
    others.into_iter().any(|(_, source)| quoted.iter().any(|quoted| source.text().contains(quoted)))
}

fn finding(theme: &Theme, of_kinds: &[String], name: &str, source: &Source) -> Diagnostic {
    let message = format!("no page and no template uses the template `{name}`");
    let found = Diagnostic::new(diag::UNUSED_TEMPLATE, source.path(), Span::default(), message);
    let known = theme.templates().keys().chain(of_kinds).map(String::as_str).filter(|known| *known != name);
    let near = diag::did_you_mean(name, known);
    found.with_help(
        near.unwrap_or_else(|| format!("name it in an article, `template = \"{name}\"`, or delete it")),
    )
}
