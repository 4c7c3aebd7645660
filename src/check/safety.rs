//! Care cards, risks and reasons not to treat (health.md, SAF).

use std::ops::Range;

use super::Subject;
use crate::aspect::Aspect;
use crate::diag::{self, Code, Diagnostic};
use crate::markdown::{AlertKind, Event, EventKind, Tag};
use crate::registry::CareLevel;
use crate::source::Span;
use crate::typed::Spanned;

/// The sections that a page on a treatment cannot do without, each with the aspects that fill it.
const NEEDED: [(&str, &[Aspect]); 3] = [
    ("risks", &[Aspect::Risks, Aspect::SideEffects]),
    ("who should not have it", &[Aspect::Safety, Aspect::WhoShouldNot]),
    ("when to get help", &[Aspect::WhenToGetHelp]),
];

/// A care card on the page.
struct Card {
    level: Option<CareLevel>,
    /// The id of the shared card.
    id: Option<String>,
    heading: String,
    items: usize,
    link: Option<Span>,
    in_help_section: bool,
    span: Span,
}

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let cards = cards(subject);
    if subject.treatment {
        for (name, aspects) in NEEDED {
            if subject.section_span(aspects).is_none() {
                let message = format!("the page on a treatment has no section on {name}");
                found.push(
                    subject
                        .finding(diag::MISSING_SAFETY_SECTION, subject.place(), message)
                        .with_help(format!("add a section with the attribute `{{aspect={}}}`", aspects[0])),
                );
            }
        }
        let registry = &subject.knowledge.registries.treatment;
        let risks = [Aspect::Risks, Aspect::SideEffects];
        unnamed(subject, &registry.serious_adverse, &risks, diag::UNNAMED_RISK, "the risk", found);
        let safety = [Aspect::Safety, Aspect::WhoShouldNot];
        unnamed(
            subject,
            &registry.contraindications,
            &safety,
            diag::UNNAMED_CONTRAINDICATION,
            "the reason",
            found,
        );
    }
    if subject.treatment || subject.condition {
        check_help_section(subject, &cards, found);
    }
    check_region(subject, &cards, found);
    for card in &cards {
        check_form(subject, card, found);
    }
    check_number(subject, &cards, found);
}

fn cards(subject: &Subject<'_>) -> Vec<Card> {
    let document = &subject.page.document;
    let events = document.events();
    let registry = &subject.knowledge.registries.care;
    let mut cards = Vec::new();
    for (at, event) in events.iter().enumerate() {
        let (index, body) = match event.kind {
            EventKind::Shortcode(index) => (index, 0..0),
            EventKind::Start(Tag::Shortcode(index)) => (index, at..end_of(events, at)),
            _ => continue,
        };
        let shortcode = &document.shortcodes()[index as usize];
        if &*shortcode.name != "care" {
            continue;
        }
        let id = shortcode.text("id").map(str::to_owned);
        let shared = id.as_deref().and_then(|id| registry.get(id));
        let own_level = shortcode.text("level").and_then(CareLevel::new);
        let heading =
            shortcode.text("heading").or(shared.map(|card| card.heading.as_str())).unwrap_or_default();
        let inside = &events[body];
        let items = inside.iter().filter(|event| event.kind == EventKind::Start(Tag::Item)).count();
        let link = inside.iter().find(|event| matches!(event.kind, EventKind::Start(Tag::Link(_))));
        cards.push(Card {
            level: own_level.or(shared.map(|card| card.level)),
            heading: heading.to_owned(),
            items: if shortcode.has_body { items } else { shared.map_or(0, |card| card.items.len()) },
            link: link.map(|event| event.span),
            in_help_section: aspect_at(subject, at) == Some(Aspect::WhenToGetHelp),
            span: shortcode.span,
            id,
        });
    }
    cards
}

fn end_of(events: &[Event], start: usize) -> usize {
    let EventKind::Start(tag) = events[start].kind else {
        return start;
    };
    let len = events[start..].iter().position(|event| event.kind == EventKind::End(tag));
    len.map_or(events.len(), |len| start + len)
}

fn aspect_at(subject: &Subject<'_>, event: usize) -> Option<Aspect> {
    let holds = |events: &Range<u32>| events.contains(&(event as u32));
    subject.page.sections.iter().find(|section| holds(&section.events)).and_then(|section| section.aspect)
}

fn check_help_section(subject: &Subject<'_>, cards: &[Card], found: &mut Vec<Diagnostic>) {
    let Some(span) = subject.section_span(&[Aspect::WhenToGetHelp]) else {
        return;
    };
    let emergency = cards.iter().any(|card| card.level == Some(CareLevel::Emergency));
    if !cards.iter().any(|card| card.in_help_section) {
        found.push(
            subject
                .finding(diag::NO_CARE_CARD, span, "the section on when to get help has no care card")
                .with_help("add `{% care(level=\"emergency\", heading=\"Call 911 now if:\") %}` with a list of signs"),
        );
    } else if subject.treatment && !emergency {
        found.push(
            subject
                .finding(diag::NO_CARE_CARD, span, "the page on a treatment has no emergency card")
                .with_help("name the signs of rare and serious harm, and the number to call"),
        );
    }
}

/// A condition in a region that has a card of its own must show that card.
fn check_region(subject: &Subject<'_>, cards: &[Card], found: &mut Vec<Diagnostic>) {
    let condition = subject.page.front_matter.condition.as_ref().filter(|_| subject.condition);
    let Some(region) = condition.and_then(|condition| condition.region.as_ref()) else {
        return;
    };
    let regions = &subject.knowledge.registries.regions;
    let own = regions.get(region.value.as_str());
    let parent = own.and_then(|own| regions.get(own.parent.as_ref()?.value.as_str()));
    let Some(care) = own.into_iter().chain(parent).find_map(|region| region.care.as_ref()) else {
        return;
    };
    if !cards.iter().any(|card| card.id.as_deref() == Some(&*care.value)) {
        let message = format!("the region `{}` calls for the care card `{}`", region.value, care.value);
        found.push(
            subject
                .finding(diag::MISSING_REGION_CARD, region.span, message)
                .with_help(format!("add `{{{{ care(id=\"{}\") }}}}`", care.value)),
        );
    }
}

fn check_form(subject: &Subject<'_>, card: &Card, found: &mut Vec<Diagnostic>) {
    let mut wrong = |span: Span, message: String, help: &str| {
        found.push(subject.finding(diag::MALFORMED_CARE_CARD, span, message).with_help(help));
    };
    // A shared card is checked where it stands; the page cannot mend it.
    if card.id.is_some() {
        return;
    }
    if !card.heading.trim_end().ends_with(':') {
        let message = format!("the heading `{}` of a care card leads to no list", card.heading);
        wrong(card.span, message, "write what to do and end with `if:`, such as `Call 911 now if:`");
    }
    if !(1..=6).contains(&card.items) {
        let message = format!("a care card has {} signs", card.items);
        wrong(card.span, message, "list 1 to 6 signs");
    }
    if let Some(link) = card.link.filter(|_| card.level == Some(CareLevel::Emergency)) {
        wrong(link, "an emergency card holds a link".to_owned(), "nobody should read on before they call");
    }
}

fn check_number(subject: &Subject<'_>, cards: &[Card], found: &mut Vec<Diagnostic>) {
    let emergency = &subject.knowledge.config.emergency;
    for card in cards.iter().filter(|card| card.level == Some(CareLevel::Emergency)) {
        let names = card.heading.contains(&*emergency.number) || card.heading.contains(&*emergency.label);
        if card.id.is_none() && !names && !card.heading.is_empty() {
            let message = format!("the emergency card does not name {}", emergency.label);
            found.push(
                subject
                    .finding(diag::MISSING_EMERGENCY_NUMBER, card.span, message)
                    .with_help(format!("write `Call {} now if:`", emergency.label)),
            );
        }
    }
    for level in CareLevel::WORDS.map(|(_, level)| level) {
        let of_level: Vec<&Card> = cards.iter().filter(|card| card.level == Some(level)).collect();
        if let [first, second, ..] = of_level.as_slice() {
            let message =
                format!("the page has {} care cards of the level `{}`", of_level.len(), level.as_str());
            found.push(subject.finding(diag::TOO_MANY_CARE_CARDS, second.span, message).with_secondary(
                subject.prose.file(),
                first.span,
                "the first one",
            ));
        }
    }
    let callout = |event: &&Event| {
        let loud = [AlertKind::Warning, AlertKind::Caution, AlertKind::Important];
        matches!(event.kind, EventKind::Start(Tag::Alert(kind)) if loud.contains(&kind))
    };
    let callouts: Vec<&Event> = subject.page.document.events().iter().filter(callout).collect();
    if let Some(third) = callouts.get(2) {
        let message = format!("the page has {} warning callouts", callouts.len());
        let start = third.span.start;
        found.push(
            subject
                .finding(diag::TOO_MANY_CALLOUTS, Span { start, end: start + 2 }, message)
                .with_help("at most two, so that they stand out"),
        );
    }
}

/// Reports the entries of the treatment's record that the sections do not name.
fn unnamed(
    subject: &Subject<'_>,
    entries: &[Spanned<String>],
    aspects: &[Aspect],
    code: Code,
    what: &str,
    found: &mut Vec<Diagnostic>,
) {
    let Some(span) = subject.section_span(aspects) else {
        return;
    };
    let text: String = subject
        .blocks_of(aspects)
        .map(|block| subject.prose.block_text(block).to_lowercase() + "\n")
        .collect();
    for entry in entries.iter().filter(|entry| !text.contains(&entry.value.to_lowercase())) {
        let message = format!("{what} `{}` of treatment.toml is not named", entry.value);
        found.push(subject.finding(code.clone(), span, message).with_help("name it in this section"));
    }
}
