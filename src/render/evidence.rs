//! What studies say about an outcome, in one phrase and one grade.

use super::context::EvidenceLine;
use super::relations::Citations;
use super::shared::Tongue;
use super::words;
use crate::front_matter::{Certainty, Evidence};
use crate::link::LinkedPage;
use crate::typed::Spanned;

/// One line; `number` tells it from the others of the page, `citations` takes the places that cite a source.
pub(super) fn line(
    tongue: &Tongue,
    linked: &LinkedPage,
    evidence: &Evidence,
    number: usize,
    citations: &mut Citations,
) -> EvidenceLine {
    let place = format!("cite-study-{number}");
    let text = |field: &Option<Spanned<String>>| {
        field.as_ref().map(|field| field.value.trim().to_owned()).unwrap_or_default()
    };
    let comparator = text(&evidence.comparator);
    let against = match comparator.as_str() {
        "" => String::new(),
        comparator => tongue.strings.fill("evidence_against", &[("comparator", comparator)]),
    };
    let parts = [text(&evidence.outcome), text(&evidence.timeframe), against];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let certainty = evidence.certainty.as_ref().map(|certainty| certainty.value);
    EvidenceLine {
        outcome: words::capital(&parts.join(", ")),
        direction: direction(tongue, &text(&evidence.direction)),
        certainty: certainty.map(|certainty| certainty.as_str().replace(' ', "-")).unwrap_or_default(),
        certainty_text: certainty.map(|certainty| grade(tongue, certainty)).unwrap_or_default(),
        stitches: match certainty {
            Some(Certainty::High) => 4,
            Some(Certainty::Moderate) => 3,
            Some(Certainty::Low) => 2,
            Some(Certainty::VeryLow) => 1,
            None => 0,
        },
        citations: citations.links(tongue, linked, &place, evidence.refs.iter().map(|key| &key.value)),
        known: text(&evidence.known),
        unknown: text(&evidence.unknown),
    }
}

fn grade(tongue: &Tongue, certainty: Certainty) -> String {
    tongue.strings.get(&format!("certainty_{}", certainty.as_str().replace(' ', "_"))).to_owned()
}

/// The theme's words for a direction that it knows, else the author's.
fn direction(tongue: &Tongue, direction: &str) -> String {
    let name = format!("direction_{}", direction.to_lowercase().replace([' ', '-'], "_"));
    tongue.strings.table.get(&name).cloned().unwrap_or_else(|| words::capital(direction))
}
