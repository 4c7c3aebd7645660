//! Care cards of the registry as they stand above a text.

use super::context::{CareContext, Html};
use super::shared::Tongue;
use super::{Inputs, template};
use crate::diag::Diagnostic;
use crate::link::LinkedPage;
use crate::markup;
use crate::registry::CareCard;

/// The cards that a page asks for in `extra.care` and that of its region, the most pressing first; one of each level.
///
/// A card that the text shows itself is left out.
pub(super) fn of_page(
    inputs: &Inputs<'_>,
    tongue: &Tongue,
    linked: &LinkedPage,
) -> Result<Vec<Html>, Box<Diagnostic>> {
    let page = &linked.page;
    let mut ids: Vec<&str> = match page.front_matter.extra.get("care") {
        Some(serde_json::Value::String(id)) => vec![id],
        Some(serde_json::Value::Array(ids)) => ids.iter().filter_map(|id| id.as_str()).collect(),
        _ => Vec::new(),
    };
    let region = page.interface.condition.as_ref().and_then(|condition| condition.region.as_ref());
    ids.extend(region.and_then(|(region, _)| of_region(inputs, region.as_str())));
    let in_text: Vec<&str> = page
        .document
        .shortcodes()
        .iter()
        .filter(|shortcode| &*shortcode.name == "care")
        .filter_map(|shortcode| shortcode.text("id"))
        .collect();
    ids.retain(|id| !in_text.contains(id));
    cards(inputs, tongue, &ids)
}

/// The id of the card of a region.
pub(super) fn of_region<'a>(inputs: &Inputs<'a>, region: &str) -> Option<&'a str> {
    Some(inputs.registries.regions.get(region)?.care.as_ref()?.value.as_str())
}

/// Cards by their ids, the most pressing first, one of each level.
pub(super) fn cards(
    inputs: &Inputs<'_>,
    tongue: &Tongue,
    ids: &[&str],
) -> Result<Vec<Html>, Box<Diagnostic>> {
    let mut cards: Vec<&CareCard> = ids.iter().filter_map(|id| inputs.registries.care.get(id)).collect();
    cards.sort_by_key(|card| card.level);
    cards.dedup_by_key(|card| card.level);
    cards.into_iter().map(|card| html(inputs, tongue, card)).collect()
}

fn html(inputs: &Inputs<'_>, tongue: &Tongue, card: &CareCard) -> Result<Html, Box<Diagnostic>> {
    let label = &inputs.config.emergency.label;
    let filled = |text: &str| text.replace("{{ emergency }}", label);
    let items: Vec<String> =
        card.items.iter().map(|item| format!("<li>{}</li>", markup::escaped(&filled(item)))).collect();
    let context = CareContext {
        level: card.level.as_str().to_owned(),
        heading: filled(&card.heading),
        rank: 2,
        anchor: format!("care-{}", card.level.as_str()),
        body: Html(format!("<ul>{}</ul>", items.concat())),
    };
    template::fragment(inputs, tongue, "shortcodes/care.html", &context).map(Html)
}
