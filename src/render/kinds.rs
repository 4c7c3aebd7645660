//! The label of each kind: a word, an icon and a colour that the theme has.

use std::collections::BTreeMap;

use super::Inputs;
use super::context::KindLabel;
use crate::config::Config;
use crate::diag::{self, Diagnostic};
use crate::name::KindId;
use crate::source::{Source, Span};
use crate::theme::{Strings, Theme};

/// The labels of all kinds in a language.
///
/// The site's own word wins over the theme's; a word that the site does not set is the theme's in that language.
pub(super) fn labels(inputs: &Inputs<'_>, strings: &Strings) -> BTreeMap<KindId, KindLabel> {
    let built_in = Config::default();
    let mut labels = BTreeMap::new();
    for kind in inputs.config.kinds() {
        let default = built_in.kind(&kind.id);
        let own = |value: &str, default: Option<&str>| {
            (!value.is_empty() && Some(value) != default).then(|| value.to_owned())
        };
        let look = inputs.theme.kinds.get(kind.id.as_str()).cloned().unwrap_or_default();
        let icon = own(&kind.icon, default.map(|kind| kind.icon.as_str()))
            .into_iter()
            .chain([look.icon, "page".to_owned()])
            .find(|icon| inputs.theme.icons.contains_key(icon));
        let color = own(&kind.color, default.map(|kind| kind.color.as_str()))
            .or_else(|| (!look.color.is_empty()).then_some(look.color));
        let label = own(&kind.label, default.map(|kind| kind.label.as_str()))
            .or_else(|| strings.kinds.get(kind.id.as_str()).cloned())
            .unwrap_or_else(|| kind.label.clone());
        let label = KindLabel {
            id: kind.id.to_string(),
            label,
            icon: icon.unwrap_or_default(),
            color: color.unwrap_or_else(|| "pine".to_owned()),
        };
        labels.insert(kind.id.clone(), label);
    }
    labels
}

/// Icons and colours that the configuration names and the theme does not have.
pub fn unknown_looks(config: &Config, source: &Source, theme: &Theme) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for kind in config.kinds() {
        let Some(at) = kind.span else { continue };
        let has_color = theme.colors.is_empty()
            || kind.color.is_empty()
            || theme.colors.contains(&kind.color)
            || theme.assets.style().contains(&format!(".kind-{}", kind.color));
        if !has_color {
            let known = theme.colors.iter().map(String::as_str);
            found.push(unknown_look(source, at, ("color", &kind.color), known));
        }
        if !kind.icon.is_empty() && !theme.icons.contains_key(&kind.icon) {
            let known = theme.icons.keys().map(String::as_str);
            found.push(unknown_look(source, at, ("icon", &kind.icon), known));
        }
    }
    found
}

fn unknown_look<'a>(
    source: &Source,
    kind: Span,
    (key, value): (&str, &str),
    known: impl Iterator<Item = &'a str> + Clone,
) -> Diagnostic {
    // The value stands behind the name of its kind.
    let from = kind.end as usize;
    let at = source.text()[from..].find(&format!("\"{value}\"")).map(|at| from + at + 1);
    let span = at.map_or(kind, |at| Span::new(at, at + value.len()));
    let message = format!("the theme has no {key} `{value}`");
    let found = Diagnostic::new(diag::UNKNOWN_VALUE, source.path(), span, message);
    match diag::nearest(value, known.clone()) {
        Some(near) => found.with_help(format!("did you mean `{near}`?")),
        None => found.with_help(format!("it has {}", known.collect::<Vec<_>>().join(", "))),
    }
}

/// A label without a look of its own.
pub(super) fn plain(id: &str, label: &str) -> KindLabel {
    KindLabel {
        id: id.to_owned(),
        label: label.to_owned(),
        icon: "page".to_owned(),
        color: "pine".to_owned(),
    }
}

/// The label of pages without a file: they show none.
pub(super) fn generated() -> KindLabel {
    plain("generated", "")
}
