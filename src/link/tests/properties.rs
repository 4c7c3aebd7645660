use proptest::prelude::*;

use super::super::site::{condition, site};
use super::super::{Mark, MarkKind};
use crate::markdown::EventKind;

/// Names that an adversary would choose.
const HOSTILE: [&str; 24] = [
    "",
    " ",
    "x",
    "OA",
    ".*",
    "(neck",
    "[a-z]+ pain",
    "\\d{3}",
    "🦵",
    "🦵 pain",
    "cafe\u{301} pain",
    "\u{301}\u{301}",
    "ألم الرقبة",
    "\u{202E}kcen",
    "and or the",
    "neck\u{0}pain",
    "<b>bold</b> pain",
    "{{ fact(id=\"x\") }}",
    "👩🏽‍⚕️ elbow",
    "שיכול ברך",
    "\u{200B}\u{FEFF}",
    "頭",
    "---",
    "\u{FDFA}\u{FDFA}\u{FDFA}",
];

#[test]
fn hostile_names_are_refused_or_linked_rightly() {
    let long = "long ".repeat(2_000);
    let files: Vec<(String, String)> = HOSTILE
        .iter()
        .chain([&long.as_str()])
        .enumerate()
        .map(|(index, name)| {
            (format!("conditions/c{index}.md"), condition(&format!("Condition {index}"), &[name]))
        })
        .chain([(
            "a.md".to_owned(),
            "\\[a-z]+ pain, 🦵 pain, café pain, ألم الرقبة, x, OA, .\\*, 🦵, and or the, neck pain, kcen."
                .to_owned(),
        )])
        .collect();
    let files: Vec<(&str, &String)> = files.iter().map(|(path, text)| (path.as_str(), text)).collect();
    let site = site(&files);
    assert_eq!(
        site.marked("a.md"),
        "[[a-z]+ pain](c6), [🦵 pain](c9), [café pain](c10), [ألم الرقبة](c12), x, OA, .*, 🦵, and or the, neck pain, [kcen](c13)."
    );
    assert!(site.codes().iter().filter(|code| **code == "unusable-name").count() >= 7, "{:?}", site.codes());
}

const TITLES: [&str; 6] =
    ["Neck pain", "Back pain", "Lower back pain", "Headache", "Tension-type headache", "Hip pain"];

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "neck pain",
        "back",
        "lower back pain",
        "headaches",
        "tension-type",
        " ",
        " ",
        "\n",
        "\n\n",
        "**",
        "*",
        "[",
        "](x)",
        "](conditions/c0.md)",
        "`",
        "## ",
        "- ",
        "> ",
        ", ",
        " and ",
        " or ",
        " pain",
        "hip",
        "’s",
        "\u{AD}",
        "[[c1]]",
        "| a |\n|---|\n",
        "{{ nolink(text=\"hip pain\") }}",
        "<a>",
        "</a>",
        "[^1]",
        "word",
        ".",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Six conditions and two articles; the files come in that order, of which 6 and 7 are the articles.
fn files(order: &[usize], body: &str) -> Vec<(String, String)> {
    let file = |at: &usize| match at {
        6 => ("a.md".to_owned(), body.to_owned()),
        7 => ("b.md".to_owned(), format!("Hip pain, [a](a.md).\n\n{body}")),
        _ => (format!("conditions/c{at}.md"), condition(TITLES[*at], &[])),
    };
    order.iter().map(file).collect()
}

const ALL: [usize; 8] = [0, 1, 2, 3, 4, 5, 6, 7];

fn linked(order: &[usize], body: &str) -> super::super::site::Site {
    let files = files(order, body);
    let files: Vec<(&str, &String)> = files.iter().map(|(path, text)| (path.as_str(), text)).collect();
    site(&files)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn marks_are_sorted_and_nest_in_nothing(body in pieces()) {
        let site = linked(&ALL, &body);
        let page = site.page("a.md");
        let events = page.page.document.events();
        let mut last = None;
        for Mark { start, end, .. } in &page.marks {
            prop_assert!(start < end && Some(*start) >= last);
            last = Some(*end);
            let mut depth = 0;
            for event in &events[start.event as usize..=end.event as usize] {
                match event.kind {
                    EventKind::Start(tag) => {
                        prop_assert!(tag.is_inline() && !matches!(tag, crate::markdown::Tag::Link(_) | crate::markdown::Tag::Image(_)));
                        depth += 1;
                    }
                    EventKind::End(_) => depth -= 1,
                    EventKind::Text(_) | EventKind::SoftBreak | EventKind::HardBreak => {}
                    other => prop_assert!(false, "{:?}", other),
                }
                prop_assert!(depth >= 0);
            }
            let mut links = 0;
            for event in &events[..start.event as usize] {
                match event.kind {
                    EventKind::Start(crate::markdown::Tag::Link(_)) => links += 1,
                    EventKind::End(crate::markdown::Tag::Link(_)) => links -= 1,
                    _ => {}
                }
            }
            prop_assert_eq!(links, 0);
        }
    }

    #[test]
    fn one_link_at_most_for_each_condition_and_section(body in pieces()) {
        let site = linked(&ALL, &body);
        let page = site.page("a.md");
        let mut seen = std::collections::HashSet::new();
        for mark in &page.marks {
            let section = page.page.sections.iter().position(|section| section.events.contains(&mark.start.event));
            if let MarkKind::Condition(condition) = mark.kind {
                prop_assert!(seen.insert((section, condition)));
            }
        }
    }

    #[test]
    fn the_order_of_conditions_and_pages_changes_nothing(body in pieces(), order in Just(ALL.to_vec()).prop_shuffle()) {
        let one = linked(&ALL, &body);
        let other = linked(&order, &body);
        prop_assert_eq!(&one.pages, &other.pages);
        prop_assert_eq!(&one.incoming, &other.incoming);
        prop_assert!(one.vocabulary == other.vocabulary);
    }

    #[test]
    fn text_without_names_stays_as_it_is(body in "[a-d #*>\\n,.-]{0,200}") {
        prop_assert!(linked(&[0, 1, 2, 6], &body).page("a.md").marks.is_empty());
    }

    #[test]
    fn any_name_is_taken_or_refused(name in "(?s).{0,60}", body in "(?s).{0,60}") {
        let files = [("conditions/a.md", condition("Some title", &[&name])), ("a.md", format!("{name} {body} {name}"))];
        let site = site(&files);
        site.marked("a.md");
        for skipped in &site.page("a.md").skipped {
            prop_assert!(site.page("a.md").page.document.source().text().get(skipped.span.range()).is_some());
        }
    }
}
