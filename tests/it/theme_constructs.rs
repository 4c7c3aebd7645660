//! What `text.body` is made of, for the page for theme authors: each construct as it is written and as it is rendered.

use std::fmt::Write as _;

use crate::bodies::mark;
use crate::body_site::BodySite;

/// Name, front matter beside the title, and Markdown. The small site knows the condition, the term and the sources.
const CONSTRUCTS: &[(&str, &str, &str)] = &[
    ("Headings and paragraphs", "", "## Aftercare\n\nDrink water. **Rest** the muscle.\n"),
    ("Links to conditions and terms, made by themselves", "", "It may ease neck pain at a trigger point.\n"),
    ("Citations", "", "It helps [@one; @two, p. 4].\n"),
    ("Callouts", "", "> [!WARNING]\n> Tell the therapist first.\n"),
    ("Care cards", "", "{{ care(id=\"lung\") }}\n"),
    ("Steps", "", "{% steps() %}\n1. **Lie down.** Breathe.\n2. **Rest.**\n{% end %}\n"),
    ("Questions and answers", "kind = \"faq\"\n", "## Does it hurt?\n\nA little.\n"),
    ("Tables", "", "Table: What it costs\n\n| Way | Cost |\n| --- | ---: |\n| Ours | $30 |\n"),
    ("Figures", "", "![A needle](one.png \"Its caption\")\n"),
    ("Task lists", "", "- [ ] Bring water\n- [x] Eat\n"),
    ("Definition lists", "", "Trigger\n: What it means\n"),
    ("Footnotes", "", "One[^a].\n\n[^a]: A note.\n"),
    ("Code", "", "```rust\nlet x = 1; // why\n```\n"),
];

/// The section of the page.
pub(crate) fn section() -> String {
    let site = BodySite::new();
    let mut out = "\n## What `text.body` is made of\n\nThe HTML of an article's text, with the classes that a style \
                   sheet of yours may use. A heading of a question is one level below its section's; the anchor of a \
                   question stands inside its answer, so that a link to it opens it.\n"
        .to_owned();
    for (name, front, markdown) in CONSTRUCTS {
        let (page, _) = site.page(&format!("+++\ntitle = \"Page\"\n{front}+++\n{markdown}"));
        let (mut linked, catalog) = site.linked(page);
        mark(&mut linked, &catalog);
        let (body, found) = site.render(&linked, &catalog);
        assert!(found.is_empty(), "{name}: {found:?}");
        let html = body.html.0;
        write!(out, "\n### {name}\n\n````markdown\n{markdown}````\n\n````html\n{}\n````\n", html.trim_end())
            .unwrap();
    }
    out
}
