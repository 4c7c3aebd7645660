//! What a page in a further language shows in the words of the site's own.

use std::collections::BTreeSet;

use super::Subject;
use crate::diag::{self, Diagnostic};
use crate::name::RegionId;
use crate::source::Span;
use crate::typed::Spanned;

/// Reports each shared care card and each region on the page that has no words in the page's language.
pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let language = &*subject.page.interface.language;
    if *language == *subject.knowledge.config.language {
        return;
    }
    let registries = subject.knowledge.registries;
    let mut seen = BTreeSet::new();
    for (id, span) in shared_cards(subject) {
        let is_shown = registries.care.get(id).is_some() && seen.insert(id);
        if is_shown && registries.translated_care_card(id, language).is_none() {
            let message = format!("the care card `{id}` has no words in the language `{language}`");
            let help = format!("write `[{id}]` in content/{language}/care.toml");
            found.push(subject.finding(diag::UNTRANSLATED_CARE_CARD, span, message).with_help(help));
        }
    }
    for (id, span) in regions(subject) {
        if registries.translated_region(id, language).is_none() {
            let message = format!("the region `{id}` has no words in the language `{language}`");
            let help = format!("give it a label in content/{language}/regions.toml");
            found.push(subject.finding(diag::UNTRANSLATED_REGION, span, message).with_help(help));
        }
    }
}

/// The region of a condition; of a group, the group and its regions. Each with the place that names it.
fn regions<'a>(subject: &Subject<'a>) -> Vec<(&'a str, Span)> {
    let all = &subject.knowledge.registries.regions;
    let Some(named) = region_of(subject).filter(|named| all.knows(named.value.as_str())) else {
        return Vec::new();
    };
    let id = named.value.as_str();
    let members = all.of_group(id).filter(|_| all.get(id).is_none()).map(|region| region.id.as_str());
    std::iter::once(id).chain(members).map(|id| (id, named.span)).collect()
}

/// What a condition names as its region.
fn region_of<'a>(subject: &Subject<'a>) -> Option<&'a Spanned<RegionId>> {
    let condition = subject.page.front_matter.condition.as_ref().filter(|_| subject.condition);
    condition?.region.as_ref()
}

/// The ids of the cards that the text shows, that `extra.care` asks for, and that the condition's region has; each with
/// the place that asks for it.
fn shared_cards<'a>(subject: &Subject<'a>) -> Vec<(&'a str, Span)> {
    let (page, place) = (subject.page, subject.place());
    let shortcodes = page.document.shortcodes().iter().filter(|shortcode| &*shortcode.name == "care");
    let mut cards: Vec<(&str, Span)> =
        shortcodes.filter_map(|shortcode| Some((shortcode.text("id")?, shortcode.span))).collect();
    cards.extend(page.front_matter.care_ids().into_iter().map(|id| (id, place)));
    if let Some(region) = region_of(subject)
        && let Some(registry) = subject.knowledge.registries.regions.get(region.value.as_str())
        && let Some(care) = &registry.care
    {
        cards.push((&care.value, region.span));
    }
    cards
}
