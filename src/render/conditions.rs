//! Conditions A to Z.

use super::context::{ConditionEntry, ConditionGroup, ConditionsContext, Html, Letter};
use super::shared::{Shared, Tongue};
use super::{Inputs, letters, regions};
use crate::catalog::PageId;
use crate::link;
use crate::name::RegionId;

/// With more names than this a letter's group ends with a link to the letters.
const LONG_ABOVE: usize = 8;

/// The conditions page.
pub(super) fn context(
    inputs: &Inputs<'_>,
    shared: &Shared,
    tongue: &Tongue,
    body: Html,
) -> ConditionsContext {
    let groups = letters::grouped(entries(inputs, shared, tongue), |entry| &entry.name);
    let used: Vec<String> = groups.iter().map(|(letter, _)| letter.clone()).collect();
    let group = |(letter, names): (String, Vec<ConditionEntry>)| {
        let long = names.len() > LONG_ABOVE;
        let (others, entries) = names.into_iter().partition(|name: &ConditionEntry| name.see.is_some());
        ConditionGroup { anchor: letters::anchor(&letter), letter, long, entries, others }
    };
    let (regions, by_region) = match tongue.site.elsewhere {
        None => (regions::links(inputs, shared, tongue), Vec::new()),
        Some(_) => (Vec::new(), regions::conditions(inputs, shared, tongue)),
    };
    ConditionsContext {
        body,
        letters: letters::row(&used, |letter| format!("#{}", letters::anchor(letter))),
        groups: groups.into_iter().map(group).collect(),
        total: pages(inputs, tongue).count(),
        regions,
        by_region,
    }
}

/// The letters of the conditions page as links to it; none where there is no such page.
pub(super) fn letters(inputs: &Inputs<'_>, tongue: &Tongue) -> Vec<Letter> {
    let Some(url) = &tongue.site.urls.conditions else { return Vec::new() };
    let names = pages(inputs, tongue).flat_map(|id| names(inputs, id));
    let mut used: Vec<String> = names.map(|(name, _)| letters::initial(name)).collect();
    used.sort();
    used.dedup();
    letters::row(&used, |letter| format!("{url}#{}", letters::anchor(letter)))
}

fn pages<'a>(inputs: &Inputs<'a>, tongue: &'a Tongue) -> impl Iterator<Item = PageId> + 'a {
    inputs.catalog.conditions(&tongue.language)
}

/// The names of a condition, each with whether it is the preferred one.
///
/// A plural of another name is left out, and so is a name that would stand beside the preferred one: it begins with
/// the same word.
fn names<'a>(inputs: &Inputs<'a>, id: PageId) -> impl Iterator<Item = (&'a str, bool)> {
    let page = inputs.catalog.page(id);
    let first_word = |name: &str| letters::sort_key(name.split([' ', '-']).next().unwrap_or_default());
    let first = first_word(&page.title);
    let condition = page.condition.iter();
    let others = condition.flat_map(|condition| condition.also_called.iter().chain(&condition.search_only));
    let others = distinct(&page.title, others.map(|(name, _)| &**name), &page.language);
    let others = others.into_iter().filter(move |name| first_word(name) != first);
    std::iter::once((&*page.title, true)).chain(others.map(|name| (name, false)))
}

/// Those of the other names that are not forms of the first or of each other, in their order.
pub(super) fn distinct<'a>(
    first: &str,
    others: impl Iterator<Item = &'a str>,
    language: &str,
) -> Vec<&'a str> {
    let mut kept: Vec<&str> = Vec::new();
    for name in others {
        let is_same = |known: &&str| link::is_same_name(known, name, language);
        if !is_same(&first) && !kept.iter().any(is_same) {
            kept.push(name);
        }
    }
    kept
}

/// What readers call the region of a condition; of a group, its regions. Beside it the language of the words, where it is
/// not that of the page: all are in that language as soon as one is.
fn region_name(inputs: &Inputs<'_>, region: &RegionId, language: &str) -> (String, Option<String>) {
    let ids = regions::of_group(inputs, region);
    let lang = ids.iter().find_map(|id| regions::lang(inputs, id, language));
    let language = lang.as_deref().unwrap_or(language);
    let labels: Vec<String> = ids.into_iter().map(|id| regions::label(inputs, id, language)).collect();
    (labels.join(", "), lang)
}

fn entries(inputs: &Inputs<'_>, shared: &Shared, tongue: &Tongue) -> Vec<ConditionEntry> {
    let mut entries = Vec::new();
    for id in pages(inputs, tongue) {
        let page = inputs.catalog.page(id);
        let region = page.condition.as_ref().and_then(|condition| condition.region.as_ref());
        let region = region.map(|(region, _)| region_name(inputs, region, &tongue.language));
        let (region, region_lang) = region.unwrap_or_default();
        for (name, is_preferred) in names(inputs, id) {
            entries.push(ConditionEntry {
                name: name.to_owned(),
                url: shared.url(id).to_owned(),
                see: (!is_preferred).then(|| page.title.clone()),
                region: if is_preferred { region.clone() } else { String::new() },
                region_lang: region_lang.clone().filter(|_| is_preferred),
            });
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::distinct;

    #[test]
    fn a_form_of_a_name_is_no_further_name() {
        let others = ["headaches", "Head pain", "head-pains", "cephalgia", "Headache"];
        assert_eq!(distinct("Headache", others.into_iter(), "en"), ["Head pain", "cephalgia"]);
        assert_eq!(distinct("Dolor", ["Dolores"].into_iter(), "es"), ["Dolores"]);
    }
}
