//! Numbers that readers can use, and figures that agree (health.md, NUM and EVD-9).

use std::ops::Range;

use super::Subject;
use super::prose::{BlockKind, ProseBlock};
use super::readability::words;
use crate::aspect::Aspect;
use crate::diag::{self, Diagnostic};

/// A number in the text with what stands behind it.
struct Figure {
    unit: &'static str,
    range: Range<usize>,
}

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let mut denominators: Vec<(u64, Range<u32>)> = Vec::new();
    for block in subject.prose.blocks() {
        if matches!(block.kind, BlockKind::Quote | BlockKind::Footnote | BlockKind::Caption) {
            continue;
        }
        let text = subject.prose.block_text(block);
        if !text.bytes().any(|byte| byte.is_ascii_digit()) {
            continue;
        }
        check_ranges(subject, block, text, found);
        check_percentages(subject, block, text, found);
        if !matches!(block.kind, BlockKind::Title | BlockKind::Heading(_)) {
            collect_chances(block, text, &mut denominators);
        }
    }
    check_denominators(subject, &denominators, found);
    check_vague_risks(subject, found);
}

fn at(block: &ProseBlock, range: &Range<usize>) -> Range<u32> {
    block.range.start + range.start as u32..block.range.start + range.end as u32
}

/// `24-48`: two runs of digits with one hyphen or dash between, and nothing that makes them a date or a number to dial.
fn check_ranges(subject: &Subject<'_>, block: &ProseBlock, text: &str, found: &mut Vec<Diagnostic>) {
    for (dash, mark) in text.match_indices(['-', '\u{2013}', '\u{2014}']) {
        let (left, right) = (&text[..dash], &text[dash + mark.len()..]);
        let (left, right) =
            (left.strip_suffix(' ').unwrap_or(left), right.strip_prefix(' ').unwrap_or(right));
        let is_digit = |c: &char| c.is_ascii_digit() || matches!(c, ',' | '.');
        let before: usize = left.chars().rev().take_while(is_digit).count();
        let after: usize = right.chars().take_while(is_digit).count();
        let first = &left[left.len() - before..];
        let second = right[..after].trim_end_matches(['.', ',']);
        let whole = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
        let outside_left = left[..left.len() - before].chars().next_back();
        let outside_right = right[second.len()..].chars().next();
        let joins = |c: Option<char>| {
            c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '/' | '\u{2013}' | '@' | '_'))
        };
        if !whole(first) || !whole(second) || joins(outside_left) || joins(outside_right) {
            continue;
        }
        // 555-0100, or a page of a law: more digits on one side than a range of figures has.
        if first.len() > 4 || second.len() > 5 || second.starts_with('0') || number(first) >= number(second) {
            continue;
        }
        let start = left.len() - before;
        let end = text.len() - right.len() + second.len();
        let range = at(block, &(start..end));
        let span = subject.prose.span(range.clone());
        let mut finding = subject
            .finding(diag::HYPHENATED_RANGE, span, format!("`{}` is read aloud badly", &text[start..end]))
            .with_help(format!("write `{first} to {second}`"));
        if span.len() == end - start {
            finding = finding.with_edit(span, format!("{first} to {second}"));
        }
        if !subject.prose.is_inserted(&range) {
            found.push(finding);
        }
    }
}

fn number(text: &str) -> f64 {
    text.replace(',', "").trim_end_matches('.').parse().unwrap_or(0.0)
}

/// Words for those whom a percentage counts.
const PEOPLE: [&str; 16] = [
    "people",
    "patients",
    "adults",
    "women",
    "men",
    "participants",
    "users",
    "treatments",
    "sessions",
    "cases",
    "children",
    "readers",
    "therapists",
    "clinicians",
    "everyone",
    "visits",
];

fn check_percentages(subject: &Subject<'_>, block: &ProseBlock, text: &str, found: &mut Vec<Diagnostic>) {
    for figure in figures(text).into_iter().filter(|figure| figure.unit == "percent") {
        let range = at(block, &figure.range);
        if subject.prose.is_inserted(&range) {
            continue;
        }
        let sentence = subject.prose.slice(subject.prose.sentence_at(block, range.start)).to_lowercase();
        let counts_people = words(&sentence).any(|word| PEOPLE.contains(&&sentence[word]));
        let shown = &text[figure.range.clone()];
        if counts_people && !has_chance(text) {
            found.push(
                subject
                    .finding_in(
                        diag::BARE_PERCENTAGE,
                        range.clone(),
                        format!("`{shown}` stands without a plain count"),
                    )
                    .with_help("add how many that is: `1 in 7`, `14 in 100`"),
            );
        }
        if !subject.prose.is_paragraph_cited(block) && counts_people {
            found.push(uncited(subject, range, shown));
        }
    }
    for range in chances_of_parts(text) {
        let message = format!("`{}` counts parts of people", &text[range.clone()]);
        found.push(
            subject
                .finding_in(diag::BARE_PERCENTAGE, at(block, &range), message)
                .with_help("count whole people: `5 in 1,000`, not `0.5 in 100`"),
        );
    }
    for (range, _) in chances(text) {
        let place = at(block, &range);
        let typed = !subject.prose.is_inserted(&place)
            && !matches!(block.kind, BlockKind::Title | BlockKind::Heading(_));
        if typed && block.kind != BlockKind::KeyMessage && !subject.prose.is_paragraph_cited(block) {
            found.push(uncited(subject, place, &text[range]));
        }
    }
}

fn uncited(subject: &Subject<'_>, range: Range<u32>, shown: &str) -> Diagnostic {
    subject
        .finding_in(diag::UNCITED_FIGURE, range, format!("`{shown}` has no source"))
        .with_help("cite where it comes from in the same paragraph")
}

/// Chances such as `3 in 1,000`, `1 out of 4`: where they stand, and out of how many.
fn chances(text: &str) -> Vec<(Range<usize>, u64)> {
    let mut all = Vec::new();
    let found: Vec<Range<usize>> = words(text).collect();
    for window in found.windows(3) {
        let [first, joint, last] = window else {
            continue;
        };
        let is_joint = &text[joint.clone()] == "in" && text[joint.end..].starts_with(' ');
        let count = |range: &Range<usize>| text[range.clone()].replace(',', "").parse::<u64>().ok();
        let is_year = |of: u64| (1990..2100).contains(&of) && !text[last.clone()].contains(',');
        if let (true, Some(hits), Some(of)) = (is_joint, count(first), count(last))
            && hits < of
            && !is_year(of)
        {
            all.push((first.start..last.end, of));
        }
    }
    for window in found.windows(4) {
        let [first, out, of, last] = window else {
            continue;
        };
        let joint = (&text[out.clone()], &text[of.clone()]);
        let count = |range: &Range<usize>| text[range.clone()].replace(',', "").parse::<u64>().ok();
        if joint == ("out", "of")
            && let (Some(_), Some(of)) = (count(first), count(last))
        {
            all.push((first.start..last.end, of));
        }
    }
    all
}

/// Chances such as `0.5 in 100`: where they stand.
fn chances_of_parts(text: &str) -> Vec<Range<usize>> {
    if !text.contains('.') {
        return Vec::new();
    }
    let all: Vec<Range<usize>> = words(text).collect();
    let is_chance = |window: &&[Range<usize>]| {
        let [first, joint, last] = window else { return false };
        let hits = &text[first.clone()];
        let has_parts = hits.contains('.') && hits.parse::<f64>().is_ok();
        let of = text[last.clone()].replace(',', "").parse::<u64>();
        has_parts && &text[joint.clone()] == "in" && of.is_ok_and(|of| of >= 10)
    };
    all.windows(3).filter(is_chance).map(|window| window[0].start..window[2].end).collect()
}

fn has_chance(text: &str) -> bool {
    !chances(text).is_empty()
}

fn collect_chances(block: &ProseBlock, text: &str, all: &mut Vec<(u64, Range<u32>)>) {
    all.extend(chances(text).into_iter().map(|(range, of)| (of, at(block, &range))));
}

fn check_denominators(subject: &Subject<'_>, chances: &[(u64, Range<u32>)], found: &mut Vec<Diagnostic>) {
    let typed: Vec<_> = chances.iter().filter(|(_, range)| !subject.prose.is_inserted(range)).collect();
    let hits = |range: &Range<u32>| {
        let text = subject.prose.slice(range.clone());
        text.split(' ').next().and_then(|hits| hits.replace(',', "").parse::<u64>().ok())
    };
    // `1 in 7` and `1 in 100` are one way of speaking; `3 in 100` and `5 in 1,000` cannot be compared at a glance.
    let Some((first, first_range)) = typed.iter().find(|(_, range)| hits(range) != Some(1)) else {
        return;
    };
    if let Some((of, range)) = typed.iter().find(|(of, _)| of != first) {
        let message = format!("chances out of {first} and out of {of} stand on one page");
        let other = subject.prose.span(first_range.clone());
        found.push(
            subject
                .finding_in(diag::MIXED_DENOMINATORS, range.clone(), message)
                .with_secondary(subject.prose.file(), other, "the other one")
                .with_help("give all chances out of the same number"),
        );
    }
}

/// Units by the words and signs that stand for them.
fn unit_of(word: &str) -> Option<&'static str> {
    Some(match word {
        "%" | "percent" => "percent",
        "minute" | "minutes" | "mins" | "min" => "minutes",
        "hour" | "hours" | "hrs" => "hours",
        "day" | "days" => "days",
        "week" | "weeks" => "weeks",
        "month" | "months" => "months",
        "session" | "sessions" | "treatments" | "visits" => "sessions",
        "dollars" => "USD",
        _ => return None,
    })
}

/// The figures of a text that have a unit.
fn figures(text: &str) -> Vec<Figure> {
    let found: Vec<Range<usize>> = words(text).collect();
    let mut all = Vec::new();
    let mut index = 0;
    while index < found.len() {
        let start = found[index].clone();
        if value(&text[start.clone()]).is_none() {
            index += 1;
            continue;
        }
        let mut end = start.end;
        let mut next = index + 1;
        let is_to = found.get(next).is_some_and(|word| matches!(&text[word.clone()], "to" | "or" | "and"));
        if is_to
            && let Some(last) = found.get(next + 1)
            && value(&text[last.clone()]).is_some()
        {
            end = last.end;
            next += 2;
        }
        let has_dollar = text[..start.start].ends_with('$');
        let behind =
            found.get(next).map(|word| &text[word.clone()]).filter(|_| text[end..].starts_with([' ', '-']));
        let unit = match behind.and_then(unit_of) {
            _ if has_dollar => Some("USD"),
            _ if text[end..].starts_with('%') => Some("percent"),
            unit => unit,
        };
        if let Some(unit) = unit {
            let first = start.start - usize::from(has_dollar);
            let last = match unit {
                "USD" => end,
                "percent" if text[end..].starts_with('%') => end + 1,
                _ => found.get(next).map_or(end, |word| word.end),
            };
            all.push(Figure { unit, range: first..last });
        }
        index = next;
    }
    all
}

/// A number, or a range written with a hyphen.
fn value(word: &str) -> Option<(f64, f64)> {
    let parse = |text: &str| text.replace(',', "").parse::<f64>().ok();
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    match word.split_once('-') {
        Some((low, high)) => Some((parse(low)?, parse(high)?)),
        None => parse(word).map(|value| (value, value)),
    }
}

/// `common` or `rare` in a section on risks that gives no number at all.
fn check_vague_risks(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    const WORDS: [&str; 6] = ["common", "rare", "uncommon", "rarely", "commonly", "unusual"];
    let aspects = [Aspect::Risks, Aspect::SideEffects];
    let has_number = subject.blocks_of(&aspects).any(|block| {
        subject.prose.is_inserted(&block.range)
            || subject.prose.block_text(block).bytes().any(|byte| byte.is_ascii_digit())
    });
    if has_number {
        return;
    }
    for block in subject.blocks_of(&aspects) {
        let text = subject.prose.block_text(block);
        let vague = words(text).find(|word| WORDS.contains(&text[word.clone()].to_lowercase().as_str()));
        if let Some(word) = vague {
            let message = format!("`{}` is not backed by a number", &text[word.clone()]);
            found.push(
                subject
                    .finding_in(diag::VAGUE_RISK, at(block, &word), message)
                    .with_help("say how many people it happens to, where that is known"),
            );
            return;
        }
    }
}
