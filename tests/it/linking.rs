use std::sync::LazyLock;

use needlepoint::link::{LinkedPage, MarkKind};
use needlepoint::render::body::Body;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::body_site::BodySite;
use crate::html_tokens::{Token, tokens};

const PIECES: [&str; 30] = [
    "neck pain",
    "Neck pains",
    "neck",
    " pain",
    "trigger points",
    "neck-pain-free",
    " ",
    "\n",
    "\n\n",
    "**",
    "*",
    "[",
    "](x)",
    "](../conditions/neck-pain.md)",
    "[[neck-pain]]",
    "`",
    "## ",
    "- ",
    "> ",
    ", ",
    " and ",
    "’s",
    "&amp;",
    "<",
    "<a href=\"x\">neck pain, <b>neck pain</b></a>",
    "</a>",
    "<b>",
    "| a |\n|---|\n| neck pain |\n\n",
    "{{ nolink(text=\"neck pain\") }}",
    "[^1]\n\n[^1]: A note on neck pain.\n\n",
];

static SITE: LazyLock<BodySite> = LazyLock::new(BodySite::new);

/// The page with its links, and the body with and without them.
fn bodies(text: &str) -> (LinkedPage, Body, Body) {
    let site = &*SITE;
    let (page, _) = site.page(&format!("+++\ntitle = \"Page\"\n+++\n{text}"));
    let (linked, catalog) = site.linked(page);
    let (with, _) = site.render(&linked, &catalog);
    let plain = LinkedPage { marks: Box::default(), ..linked.clone() };
    let (without, _) = site.render(&plain, &catalog);
    (linked, with, without)
}

fn words(html: &str) -> String {
    let text = |token| if let Token::Text(text) = token { Some(text) } else { None };
    tokens(html).into_iter().filter_map(text).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn links_change_no_word_and_nest_in_no_link(pieces in vec(prop::sample::select(&PIECES[..]), 0..30)) {
        let (linked, with, without) = bodies(&pieces.concat());
        prop_assert_eq!(words(&with.html.0), words(&without.html.0));
        let mut depth = 0_i32;
        let mut made = 0;
        for token in tokens(&with.html.0) {
            match token {
                Token::Start(name, attributes) if name == "a" => {
                    let is_made = attributes.contains_key("data-auto")
                        || attributes.get("class").is_some_and(|class| class == "term");
                    prop_assert!(depth == 0 || !is_made, "{}", with.html.0);
                    made += usize::from(is_made);
                    depth += 1;
                }
                Token::End(name) if name == "a" => depth = (depth - 1).max(0),
                _ => {}
            }
        }
        // A footnote that no place refers to is not printed.
        prop_assert!(made <= linked.marks.len());
    }

    #[test]
    fn a_page_without_names_stays_as_it_is(text in "[a-m #*>\\n,.-]{0,200}") {
        let (linked, with, without) = bodies(&text);
        prop_assert!(linked.marks.is_empty());
        prop_assert_eq!(with.html.0, without.html.0);
    }
}

#[test]
fn a_mention_becomes_a_link_and_nothing_else_changes() {
    let (linked, with, without) = bodies("Neck pain & a trigger point.\n");
    assert!(matches!(linked.marks[0].kind, MarkKind::Condition(_)) && linked.marks.len() == 2);
    assert_eq!(words(&with.html.0), words(&without.html.0));
    assert_ne!(with.html.0, without.html.0);
}
