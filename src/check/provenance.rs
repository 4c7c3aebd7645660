//! Who wrote, who reviewed, when, and what they declare (health.md, PRV).

use jiff::civil::Date;

use super::Subject;
use crate::diag::{self, Diagnostic, Severity};
use crate::name::PersonId;
use crate::typed::{Months, Spanned};

/// The longest time between reviews that can be called a cycle.
const MAX_REVIEW_MONTHS: u16 = 36;

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let front = &subject.page.front_matter;
    if front.broken {
        return;
    }
    let is_new =
        |reviewer: &&Spanned<PersonId>| front.authors.iter().all(|author| author.value != reviewer.value);
    let people = front.authors.iter().chain(front.reviewer.as_ref().filter(is_new));
    for person in people {
        check_person(subject, person, found);
    }
    match &front.reviewer {
        Some(reviewer) => check_reviewer(subject, reviewer, found),
        None if subject.treatment || subject.condition => found.push(
            subject
                .finding(diag::MISSING_REVIEWER, subject.place(), "the page has no clinical reviewer")
                .with_help("add `reviewer` with the id of a clinician in people.toml"),
        ),
        None => {}
    }
    if let Some(reviewed) = &front.reviewed {
        check_dates(subject, reviewed, found);
    }
    if front.how_made.is_none() && (subject.treatment || subject.condition) {
        found.push(
            subject
                .finding(diag::MISSING_HOW_MADE, subject.place(), "the page does not say how it was made")
                .with_help("add `how_made`: who wrote it, from which sources, with which tools"),
        );
    }
}

fn check_person(subject: &Subject<'_>, person: &Spanned<PersonId>, found: &mut Vec<Diagnostic>) {
    let people = &subject.knowledge.registries.people;
    // A name that people.toml does not know is the link stage's to report.
    let Some(known) = people.get(person.value.as_str()) else {
        return;
    };
    if known.interests.as_deref().is_none_or(|interests| interests.trim().is_empty()) {
        let message = format!("`{}` has declared no interests", person.value);
        found.push(
            subject
                .finding(diag::MISSING_INTERESTS, person.span, message)
                .with_help("add `interests` to the entry in people.toml; `None declared.` is an answer"),
        );
    }
}

fn check_reviewer(subject: &Subject<'_>, reviewer: &Spanned<PersonId>, found: &mut Vec<Diagnostic>) {
    let known = subject.knowledge.registries.people.get(reviewer.value.as_str());
    let has_credentials = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
    if known.is_some_and(|known| !has_credentials(&known.credentials)) {
        let message = format!("the reviewer `{}` has no credentials", reviewer.value);
        found.push(
            subject
                .finding(diag::REVIEWER_WITHOUT_CREDENTIALS, reviewer.span, message)
                .with_help("add `credentials` to the entry in people.toml"),
        );
    }
    if let [author] = subject.page.front_matter.authors.as_slice()
        && author.value == reviewer.value
    {
        found.push(
            subject
                .finding(diag::SELF_REVIEW, reviewer.span, "the only author is also the only reviewer")
                .with_help("have someone else review the page"),
        );
    }
}

fn check_dates(subject: &Subject<'_>, reviewed: &Spanned<Date>, found: &mut Vec<Diagnostic>) {
    let front = &subject.page.front_matter;
    let day = reviewed.value;
    if day > subject.today {
        let message = format!("the review of {day} lies in the future");
        found.push(subject.finding(diag::IMPOSSIBLE_REVIEW_DATE, reviewed.span, message));
        return;
    }
    if let Some(date) = front.date.as_ref().filter(|date| date.value > day) {
        let message = format!("the review of {day} is older than the page");
        found.push(subject.finding(diag::IMPOSSIBLE_REVIEW_DATE, reviewed.span, message).with_secondary(
            subject.prose.file(),
            date.span,
            "first published here",
        ));
    }
    let config = subject.knowledge.config;
    let every = front.review_every.as_ref().map_or(config.review_every, |every| every.value);
    if every.get() > MAX_REVIEW_MONTHS {
        let message = format!("a review every {} months is too seldom", every.get());
        found.push(
            subject
                .finding(diag::REVIEW_TOO_SELDOM, subject.key_place("review_every"), message)
                .with_help("at most 36 months"),
        );
    }
    check_signature(subject, reviewed, found);
    let due = every.after(day);
    if due < subject.today {
        found.push(overdue(subject, reviewed, due, config.review_grace));
    }
}

/// The words must be those that were signed; a later review that nobody signed says nothing.
fn check_signature(subject: &Subject<'_>, reviewed: &Spanned<Date>, found: &mut Vec<Diagnostic>) {
    let reviews = &subject.knowledge.registries.reviews;
    let Some(signed) = reviews.get(subject.page.path.as_str()).filter(|signed| signed.date >= reviewed.value)
    else {
        return;
    };
    if signed.text != reviewed_text(subject) {
        let message =
            format!("the words have changed since `{}` reviewed them on {}", signed.by.value, signed.date);
        found.push(
            subject
                .finding(diag::CHANGED_SINCE_REVIEW, reviewed.span, message)
                .with_help("have the page reviewed again, then run `needlepoint review sign`"),
        );
    }
}

/// The hash of what a reviewer reads: the page's words and its evidence. White space, markup and the targets of links
/// do not count.
pub fn reviewed_text(subject: &Subject<'_>) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut add = |text: &str| {
        for word in text.split_whitespace() {
            hasher.update(word.as_bytes());
            hasher.update(b" ");
        }
        hasher.update(b"\n");
    };
    for block in subject.prose.blocks() {
        add(subject.prose.block_text(block));
    }
    for evidence in subject.evidence() {
        let texts = [&evidence.outcome, &evidence.comparator, &evidence.timeframe, &evidence.direction];
        for text in texts.into_iter().chain([&evidence.known, &evidence.unknown]).flatten() {
            add(&text.value);
        }
        add(evidence.certainty.as_ref().map_or("", |certainty| certainty.value.as_str()));
    }
    hasher.finalize().to_hex()[..32].to_owned()
}

fn overdue(subject: &Subject<'_>, reviewed: &Spanned<Date>, due: Date, grace: Months) -> Diagnostic {
    let days = due.until(subject.today).map_or(0, |span| span.get_days());
    let severity = if grace.after(due) < subject.today { Severity::Error } else { Severity::Warning };
    let message = format!("the review was due on {due}, {days} days ago");
    subject
        .finding(diag::REVIEW_OVERDUE, reviewed.span, message)
        .with_severity(severity)
        .with_help("have the whole page reviewed, then set `reviewed` to that day")
}
