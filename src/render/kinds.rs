//! The label of each kind: a word, an icon and a colour that the theme has.

use std::collections::BTreeMap;

use super::Inputs;
use super::context::KindLabel;
use crate::config::Config;
use crate::diag::{self, Diagnostic};
use crate::name::KindId;
use crate::source::Source;
use crate::theme::{Strings, Theme};
use crate::typed::Spanned;

/// The labels of all kinds in a language.
///
/// In the site's own language its own word wins over the theme's. In a further one the words of that language win, which
/// a site gives its own kinds in `templates/i18n/`; a kind without any is called as in the site's own.
pub(super) fn labels(inputs: &Inputs<'_>, language: &str, strings: &Strings) -> BTreeMap<KindId, KindLabel> {
    let is_further = language != inputs.config.language;
    let built_in = Config::default();
    let mut labels = BTreeMap::new();
    for kind in inputs.config.kinds() {
        let default = built_in.kind(&kind.id);
        let look = inputs.theme.kinds.get(kind.id.as_str()).cloned().unwrap_or_default();
        let own = |value: &Option<Spanned<String>>| value.as_ref().map(|own| own.value.clone());
        let icons = own(&kind.icon).into_iter().chain([look.icon, "page".to_owned()]);
        let color = own(&kind.color).or_else(|| Some(look.color).filter(|color| !color.is_empty()));
        let is_own_label = default.is_none_or(|default| default.label != kind.label);
        let label = strings.kinds.get(kind.id.as_str()).filter(|_| is_further || !is_own_label);
        let label = KindLabel {
            id: kind.id.to_string(),
            label: label.unwrap_or(&kind.label).clone(),
            icon: icons.into_iter().find(|icon| inputs.theme.icons.contains_key(icon)).unwrap_or_default(),
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
        if let Some(color) = kind.color.as_ref().filter(|color| !has_color(theme, &color.value)) {
            found.push(unknown_look(source, "color", color, theme.colors.iter().map(String::as_str)));
        }
        if let Some(icon) = kind.icon.as_ref().filter(|icon| !theme.icons.contains_key(&icon.value)) {
            found.push(unknown_look(source, "icon", icon, theme.icons.keys().map(String::as_str)));
        }
    }
    found
}

/// Whether a theme names a colour, or its style sheet has the class of it; one that names none may have any.
fn has_color(theme: &Theme, color: &str) -> bool {
    let class = format!(".kind-{color}");
    let goes_on = |rest: &str| rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_'));
    let style = theme.assets.style();
    let mut classes = style.match_indices(&class).map(|(at, class)| &style[at + class.len()..]);
    theme.colors.is_empty()
        || theme.colors.iter().any(|known| known == color)
        || classes.any(|rest| !goes_on(rest))
}

fn unknown_look<'a>(
    source: &Source,
    key: &str,
    look: &Spanned<String>,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let message = format!("the theme has no {key} `{}`", look.value);
    let found = Diagnostic::new(diag::UNKNOWN_VALUE, source.path(), look.span, message);
    let near = diag::did_you_mean(&look.value, known.clone());
    found.with_help(near.unwrap_or_else(|| format!("it has {}", known.collect::<Vec<_>>().join(", "))))
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
