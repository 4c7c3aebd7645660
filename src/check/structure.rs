//! How a page is built: sections, headings, paragraphs, lists (health.md, STR).

use std::ops::Range;

use super::Subject;
use super::prose::{BlockKind, ProseBlock};
use super::readability::words;
use crate::aspect::Aspect;
use crate::diag::{self, Diagnostic};
use crate::markdown::{Event, EventKind, Tag};
use crate::source::Span;

/// Lengths from the NHS content guide and the CDC Clear Communication Index, as health.md restates them.
const MAX_HEADING: usize = 65;
const MAX_SECTION_WORDS: usize = 250;
const MAX_PARAGRAPH_SENTENCES: usize = 3;
const MAX_PARAGRAPH_WORDS: usize = 80;
const MAX_LIST_ITEMS: usize = 7;
const MAX_KEY_MESSAGE_WORDS: usize = 60;
const MAX_KEY_MESSAGE_SENTENCES: usize = 3;
const DESCRIPTION: Range<usize> = 50..161;

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    check_levels(subject, found);
    check_sections(subject, found);
    if !subject.health {
        return;
    }
    check_front(subject, found);
    check_lengths(subject, found);
    check_lists(subject, found);
    if subject.english {
        check_headings(subject, found);
        check_action(subject, found);
        check_steps(subject, found);
    }
}

fn check_levels(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let mut before = 1;
    for heading in subject.page.document.headings() {
        let level = heading.level;
        if heading.text.trim().is_empty() {
            found.push(subject.finding(diag::EMPTY_HEADING, heading.span, "the heading has no words"));
        }
        if level == 1 {
            found.push(
                subject
                    .finding(diag::SECOND_TITLE, heading.span, "the page has a second title")
                    .with_help("the title comes from the front matter; start headings with `##`"),
            );
        } else if level > before + 1 {
            let message = format!("the heading skips from level {before} to level {level}");
            found.push(
                subject
                    .finding(diag::SKIPPED_HEADING_LEVEL, heading.span, message)
                    .with_help(format!("use `{}`", "#".repeat(usize::from(before) + 1))),
            );
        }
        if level > 4 {
            let message = format!("a heading of level {level} is too deep");
            found.push(
                subject
                    .finding(diag::DEEP_HEADING, heading.span, message)
                    .with_help("split the page, or make it a list"),
            );
        }
        before = level;
    }
}

/// The second-level sections that carry an aspect, in reading order, with the words below each.
fn typed_sections(subject: &Subject<'_>) -> Vec<(Aspect, Span, usize)> {
    let prose = &subject.prose;
    let mut typed: Vec<(Aspect, Span, usize)> = Vec::new();
    let mut is_open = false;
    for (index, section) in prose.sections().iter().enumerate() {
        if section.level <= 2 {
            is_open = section.level == 2 && section.aspect.is_some();
            if let Some(aspect) = section.aspect.filter(|_| is_open) {
                typed.push((aspect, section.span, 0));
            }
        }
        if is_open && let Some(last) = typed.last_mut() {
            let own = prose.blocks().iter().filter(|block| block.section as usize == index);
            let body = own.filter(|block| !matches!(block.kind, BlockKind::Heading(_)));
            last.2 += body.map(|block| words(prose.block_text(block)).count()).sum::<usize>();
        }
    }
    typed
}

fn check_sections(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let Some(kind) = subject.kind.filter(|_| !subject.page.path.is_section()) else {
        return;
    };
    let typed = typed_sections(subject);
    for rule in kind.sections.iter().filter(|rule| rule.required) {
        if !typed.iter().any(|(aspect, ..)| *aspect == rule.aspect) {
            let heading = rule.headings.first().map_or(rule.aspect.as_str(), String::as_str);
            let message = format!("the page has no section `{heading}`");
            found.push(
                subject
                    .finding(diag::MISSING_SECTION, subject.place(), message)
                    .with_note(format!("pages of the kind `{}` must have it", kind.id))
                    .with_help(format!("add `## {heading}`")),
            );
        }
    }
    let documents = subject.page.document.events();
    for &(aspect, span, words) in &typed {
        if words == 0 && !has_block_in(documents, span, &typed) {
            let message = format!("the section on {aspect} is empty");
            found.push(subject.finding(diag::EMPTY_SECTION, span, message));
        }
    }
    check_order(subject, kind, &typed, found);
}

/// Whether something that is not text, such as a shortcode or an image, stands between a heading and the next one.
fn has_block_in(events: &[Event], heading: Span, typed: &[(Aspect, Span, usize)]) -> bool {
    let next = typed.iter().map(|(_, span, _)| span.start).filter(|start| *start > heading.start).min();
    let end = next.unwrap_or(u32::MAX);
    events.iter().any(|event| {
        let inside = event.span.start >= heading.end && event.span.start < end;
        inside
            && matches!(
                event.kind,
                EventKind::Shortcode(_) | EventKind::Start(Tag::Image(_) | Tag::Shortcode(_))
            )
    })
}

fn check_order(
    subject: &Subject<'_>,
    kind: &crate::config::Kind,
    typed: &[(Aspect, Span, usize)],
    found: &mut Vec<Diagnostic>,
) {
    let rank = |aspect: Aspect| kind.sections.iter().position(|rule| rule.aspect == aspect && rule.required);
    let ranked: Vec<(usize, Aspect, Span)> =
        typed.iter().filter_map(|&(aspect, span, _)| Some((rank(aspect)?, aspect, span))).collect();
    for pair in ranked.windows(2) {
        let [(first, before, before_span), (second, aspect, span)] = pair else {
            continue;
        };
        if second < first {
            let message = format!("the section on {aspect} belongs before the one on {before}");
            found.push(subject.finding(diag::MISORDERED_SECTIONS, *span, message).with_secondary(
                subject.prose.file(),
                *before_span,
                "this one comes later",
            ));
            return;
        }
    }
}

fn check_front(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let front = &subject.page.front_matter;
    if let Some(description) = &front.description {
        let length = description.value.chars().count();
        if !DESCRIPTION.contains(&length) {
            let message = format!("the description has {length} characters");
            found.push(
                subject
                    .finding(diag::UNFIT_DESCRIPTION, description.span, message)
                    .with_help("write 50 to 160, which is what lists and search engines show"),
            );
        }
    }
    let mut blocks = subject.prose.blocks().iter();
    match blocks.find(|block| block.kind == BlockKind::KeyMessage) {
        None if subject.treatment => found.push(
            subject
                .finding(diag::MISSING_KEY_MESSAGE, subject.place(), "the page has no key message")
                .with_help("add `extra.key_message`: the one thing to remember, in 1 to 3 short sentences"),
        ),
        None => {}
        Some(block) => {
            let text = subject.prose.block_text(block);
            let (sentences, words) = (subject.prose.sentences_of(block).len(), words(text).count());
            if sentences > MAX_KEY_MESSAGE_SENTENCES || words > MAX_KEY_MESSAGE_WORDS {
                let message = format!("the key message has {sentences} sentences and {words} words");
                found.push(
                    subject
                        .finding_in(diag::LONG_KEY_MESSAGE, block.range.clone(), message)
                        .with_help("at most 3 sentences and 60 words"),
                );
            }
        }
    }
}

fn check_headings(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let is_faq = subject.page.interface.kind.as_str() == "faq";
    let sections = &subject.page.sections;
    for (index, heading) in subject.page.document.headings().iter().enumerate() {
        let text = heading.text.trim();
        let length = text.chars().count();
        let is_question =
            sections.iter().any(|section| section.heading == Some(index as u32) && section.is_question);
        if length > MAX_HEADING && !is_question {
            let message = format!("the heading has {length} characters");
            found.push(
                subject
                    .finding(diag::LONG_HEADING, heading.span, message)
                    .with_help(format!("at most {MAX_HEADING}")),
            );
        }
        if text.ends_with('.') && !text.ends_with("..") {
            found.push(subject.finding(
                diag::HEADING_WITH_FULL_STOP,
                heading.span,
                "the heading ends with a full stop",
            ));
        }
        if text.ends_with('?') && !is_faq && !is_question {
            found.push(
                subject
                    .finding(diag::HEADING_AS_QUESTION, heading.span, "the heading is a question")
                    .with_help("say what the section tells; questions belong on a page of the kind `faq`"),
            );
        }
        if is_title_case(text) {
            found.push(
                subject
                    .finding(diag::HEADING_IN_TITLE_CASE, heading.span, "the heading is in title case")
                    .with_help("capitalise the first word and names alone"),
            );
        }
    }
}

/// Whether most words after the first start with a capital, as in an English book title.
fn is_title_case(text: &str) -> bool {
    let telling: Vec<&str> =
        words(text).skip(1).map(|range| &text[range]).filter(|word| word.len() > 3).collect();
    let capitals = telling
        .iter()
        .filter(|word| word.starts_with(char::is_uppercase) && word.chars().skip(1).any(char::is_lowercase));
    telling.len() >= 2 && capitals.count() * 3 > telling.len() * 2
}

fn check_lengths(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let prose = &subject.prose;
    for (index, section) in prose.sections().iter().enumerate() {
        let own: Vec<&ProseBlock> = prose
            .blocks()
            .iter()
            .filter(|block| block.section as usize == index && block.range.start > 0)
            .filter(|block| {
                !matches!(block.kind, BlockKind::Title | BlockKind::Description | BlockKind::KeyMessage)
            })
            .collect();
        let plain =
            own.iter().all(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading(_)));
        let count: usize = own.iter().map(|block| words(prose.block_text(block)).count()).sum();
        if plain && count > MAX_SECTION_WORDS {
            let message = format!("the section has {count} words and neither list nor subheading");
            found.push(
                subject
                    .finding(diag::LONG_SECTION, section.span, message)
                    .with_help(format!("break it up below {MAX_SECTION_WORDS} words")),
            );
        }
    }
    for block in prose.blocks().iter().filter(|block| block.kind == BlockKind::Paragraph) {
        let (sentences, words) = (prose.sentences_of(block).len(), words(prose.block_text(block)).count());
        if sentences > MAX_PARAGRAPH_SENTENCES || words > MAX_PARAGRAPH_WORDS {
            let message = format!("the paragraph has {sentences} sentences and {words} words");
            found.push(
                subject
                    .finding_in(diag::LONG_PARAGRAPH, block.range.clone(), message)
                    .with_help("at most 3 sentences and 80 words"),
            );
        }
    }
}

fn check_lists(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let events = subject.page.document.events();
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut numbered: Vec<Span> = Vec::new();
    for (at, event) in events.iter().enumerate() {
        match event.kind {
            EventKind::Start(tag @ (Tag::BulletList | Tag::OrderedList(_))) => {
                open.push((at, 0));
                if tag != Tag::BulletList {
                    numbered.push(event.span);
                }
            }
            EventKind::Start(Tag::Item) => {
                if let Some((_, items)) = open.last_mut() {
                    *items += 1;
                }
            }
            EventKind::End(Tag::BulletList | Tag::OrderedList(_)) => {
                let Some((start, items)) = open.pop() else {
                    continue;
                };
                if items > MAX_LIST_ITEMS {
                    let message = format!("the list has {items} items");
                    let span = first_line(subject, events[start].span);
                    found.push(
                        subject
                            .finding(diag::LONG_LIST, span, message)
                            .with_help(format!("at most {MAX_LIST_ITEMS}; group them under short headings")),
                    );
                }
            }
            _ => {}
        }
    }
    let prose = &subject.prose;
    let is_step = |block: &ProseBlock| {
        numbered.iter().any(|list| list.start <= block.span.start && block.span.end <= list.end)
    };
    for block in prose.blocks().iter().filter(|block| block.kind == BlockKind::ListItem) {
        let sentences = prose.sentences_of(block).len();
        if sentences > 2 && !is_step(block) {
            let message = format!("the list item has {sentences} sentences");
            found.push(
                subject
                    .finding_in(diag::LONG_LIST_ITEM, block.range.clone(), message)
                    .with_help("one sentence an item; longer things are paragraphs"),
            );
        }
    }
}

fn first_line(subject: &Subject<'_>, span: Span) -> Span {
    let text = subject.page.document.source().slice(span);
    let end = text.find('\n').unwrap_or(text.len());
    Span::new(span.start as usize, span.start as usize + end)
}

/// Verbs with which an instruction to a reader starts.
const IMPERATIVES: [&str; 52] = [
    "ask", "tell", "call", "check", "talk", "read", "see", "take", "bring", "wear", "drink", "eat", "rest",
    "avoid", "stop", "keep", "use", "write", "make", "choose", "find", "look", "go", "wait", "try", "start",
    "plan", "say", "show", "move", "walk", "stay", "do", "book", "get", "put", "apply", "watch", "learn",
    "follow", "compare", "sit", "lie", "breathe", "relax", "stretch", "hold", "let", "remember", "consider",
    "think", "contact",
];

fn is_instruction(sentence: &str) -> bool {
    let mut lower = words(sentence).map(|range| sentence[range].to_lowercase());
    let is_order = |word: &String| matches!(&**word, "first" | "then" | "next" | "finally" | "always");
    let first = lower.next();
    let first = if first.as_ref().is_some_and(is_order) { lower.next() } else { first };
    first.is_some_and(|first| IMPERATIVES.contains(&&*first) || first == "never" || first == "please")
}

/// Whether a sentence says that it is one of several steps.
fn is_next_step(sentence: &str) -> bool {
    let first = words(sentence).next().map(|range| sentence[range].to_lowercase());
    first.is_some_and(|first| {
        matches!(&*first, "first" | "then" | "next" | "finally" | "second" | "third" | "lastly")
    })
}

fn check_action(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    if !subject.treatment && !subject.condition {
        return;
    }
    let prose = &subject.prose;
    let mut blocks = prose.blocks().iter();
    let acts = blocks.any(|block| {
        block.kind == BlockKind::CareCard
            || prose.sentences_of(block).iter().any(|sentence| is_instruction(prose.slice(sentence.clone())))
    });
    let has_card = subject.page.document.shortcodes().iter().any(|shortcode| &*shortcode.name == "care");
    let has_field = subject.page.front_matter.extra.contains_key("action");
    if !acts && !has_card && !has_field {
        found.push(
            subject
                .finding(diag::NO_ACTION, subject.place(), "the page names nothing that the reader can do")
                .with_help("say one thing to do next: ask, call, try, bring"),
        );
    }
}

fn check_steps(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let prose = &subject.prose;
    for block in prose.blocks().iter().filter(|block| block.kind == BlockKind::Paragraph) {
        let all = prose.sentences_of(block);
        let in_order = all.iter().any(|sentence| is_next_step(prose.slice(sentence.clone())));
        let steps = all.iter().filter(|sentence| is_instruction(prose.slice((*sentence).clone()))).count();
        // Three pieces of advice are no steps yet; an order or a fourth makes them so.
        if steps >= 4 || (steps >= 3 && in_order) {
            let message = format!("{steps} instructions stand in one paragraph");
            found.push(
                subject
                    .finding_in(diag::HIDDEN_STEPS, block.range.clone(), message)
                    .with_help("make them a numbered list"),
            );
        }
    }
    let kind = subject.page.interface.kind.as_str();
    if subject.treatment || kind == "guide" {
        let document = &subject.page.document;
        let has_tool = document.events().iter().any(|event| {
            matches!(event.kind, EventKind::Start(Tag::OrderedList(_)) | EventKind::TaskMarker(_))
        });
        let has_steps = document.shortcodes().iter().any(|shortcode| &*shortcode.name == "steps");
        let has_questions = subject.section_span(&[Aspect::Questions]).is_some();
        if !has_tool && !has_steps && !has_questions {
            found.push(
                subject
                    .finding(diag::NO_TOOL, subject.place(), "the page offers nothing to take along")
                    .with_help("add a checklist, a list of questions to ask, or steps"),
            );
        }
    }
}
