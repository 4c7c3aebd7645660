//! Care cards of the registry as they stand above a text.

use super::context::{CareContext, Html};
use super::shared::Tongue;
use super::{Inputs, template, words};
use crate::diag::Diagnostic;
use crate::link::LinkedPage;
use crate::markup;
use crate::registry::{CareCard, CareLevel};

/// The cards that a page asks for in `extra.care` and that of its region, the most pressing first; one of each level.
///
/// A card that the text of an article shows is left to the text; on a condition's page the text leads to it.
pub(super) fn above<'a>(inputs: &Inputs<'a>, linked: &LinkedPage) -> Vec<&'a CareCard> {
    let page = &linked.page;
    let mut ids = page.front_matter.care_ids();
    let condition = page.interface.condition.as_ref();
    let region = condition.and_then(|condition| condition.region.as_ref());
    ids.extend(region.and_then(|(region, _)| of_region(inputs, region.as_str())));
    if condition.is_none() {
        ids.retain(|id| !shows(linked, id));
    }
    chosen(inputs, &page.interface.language, &ids)
}

/// Whether the text of a page shows a card of the registry.
pub(super) fn shows(linked: &LinkedPage, card: &str) -> bool {
    let shortcodes = linked.page.document.shortcodes().iter();
    shortcodes
        .filter(|shortcode| &*shortcode.name == "care")
        .any(|shortcode| shortcode.text("id") == Some(card))
}

/// What stands above a text: its own cards and `lifted`, those that were taken out of it; the most pressing first.
pub(super) fn of_page(
    inputs: &Inputs<'_>,
    tongue: &Tongue,
    linked: &LinkedPage,
    lifted: &[(CareLevel, Html)],
) -> Result<Vec<Html>, Box<Diagnostic>> {
    let mut cards = lifted.to_vec();
    for card in above(inputs, linked) {
        cards.push((card.level, html(inputs, tongue, card)?));
    }
    cards.sort_by_key(|(level, _)| *level);
    Ok(cards.into_iter().map(|(_, html)| html).collect())
}

/// The id of a card that stands above a text.
pub(super) fn anchor(level: CareLevel) -> String {
    format!("care-{}", level.as_str())
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
    chosen(inputs, &tongue.language, ids).into_iter().map(|card| html(inputs, tongue, card)).collect()
}

/// The language of a card's words, where it is not that of the page.
pub(super) fn lang(inputs: &Inputs<'_>, id: &str, language: &str) -> Option<String> {
    let translated = inputs.registries.translated_care_card(id, language);
    words::registry_lang(inputs, language, translated.is_some())
}

fn chosen<'a>(inputs: &Inputs<'a>, language: &str, ids: &[&str]) -> Vec<&'a CareCard> {
    let cards = ids.iter().filter_map(|id| inputs.registries.care_card(id, language));
    let mut cards: Vec<&CareCard> = cards.collect();
    cards.sort_by_key(|card| card.level);
    cards.dedup_by_key(|card| card.level);
    cards
}

fn html(inputs: &Inputs<'_>, tongue: &Tongue, card: &CareCard) -> Result<Html, Box<Diagnostic>> {
    let filled = |text: &str| inputs.config.emergency.put_into(text);
    let items: Vec<String> =
        card.items.iter().map(|item| format!("<li>{}</li>", markup::escaped(&filled(item)))).collect();
    let context = CareContext {
        level: card.level.as_str().to_owned(),
        heading: filled(&card.heading),
        rank: 2,
        anchor: anchor(card.level),
        body: Html(format!("<ul>{}</ul>", items.concat())),
        lang: lang(inputs, &card.id, &tongue.language),
    };
    template::fragment(inputs, tongue, "shortcodes/care.html", &context).map(Html)
}
