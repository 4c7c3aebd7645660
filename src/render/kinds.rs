//! The label of each kind: a word, an icon and a colour that the theme has.

use std::collections::BTreeMap;

use super::Inputs;
use super::context::KindLabel;
use crate::config::Config;
use crate::name::KindId;
use crate::theme::Strings;

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
