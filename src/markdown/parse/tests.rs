//! What the parser makes of small texts.

use proptest::prelude::*;

use super::*;
use crate::name::SitePath;

fn parsed(text: &str) -> (Document, Vec<Diagnostic>) {
    let source = Source::new(SitePath::new("content/a.md").unwrap(), text);
    let body = Span::new(0, source.text().len());
    parse(&source, body, Options::default())
}

/// The events as short words, text in quotation marks.
fn outline(text: &str) -> String {
    let (document, _) = parsed(text);
    let words = document.events().iter().map(|event| match event.kind {
        EventKind::Text(text) => format!("{:?}", document.text(text)),
        EventKind::Start(tag) => format!("<{tag:?}"),
        EventKind::End(tag) => format!("{tag:?}>"),
        kind => format!("{kind:?}"),
    });
    words.collect::<Vec<_>>().join(" ")
}

fn codes(text: &str) -> Vec<String> {
    parsed(text).1.iter().map(|diagnostic| diagnostic.code.to_string()).collect()
}

#[test]
fn inline_shortcode_keeps_its_place_in_the_line() {
    let outline = outline("It costs {{ fact(id=\"session-cost\") }} a visit.");
    assert_eq!(outline, "<Paragraph \"It costs \" Shortcode(0) \" a visit.\" Paragraph>");
}

#[test]
fn shortcode_in_code_stays_as_typed() {
    let (document, diagnostics) = parsed("`{{ fact(id=1) }}`\n\n```\n{% care(x) %}\n```\n");
    assert!(document.shortcodes().is_empty() && diagnostics.is_empty(), "{diagnostics:?}");
    assert!(document.plain_text(0..document.events().len() as u32).contains("{% care(x) %}"));
}

#[test]
fn block_shortcode_holds_the_blocks_between_its_marks() {
    let outline = outline("Before\n{% care(level=\"urgent\") %}\n- one\n{% end %}\nAfter");
    assert_eq!(
        outline,
        "<Paragraph \"Before\" Paragraph> <Shortcode(0) <BulletList <Item \"one\" Item> BulletList> Shortcode(0)> \
         <Paragraph \"After\" Paragraph>"
    );
}

#[test]
fn wrong_shortcodes_are_said() {
    assert_eq!(codes("{{ fact(id=session) }}"), ["malformed-shortcode"]);
    assert_eq!(codes("{% care(level=\"urgent\") %}\n- one\n"), ["unclosed-shortcode"]);
    assert_eq!(codes("{% end %}\n"), ["misplaced-shortcode"]);
    assert_eq!(codes("See {% care(a=1) %} this"), ["misplaced-shortcode"]);
    assert_eq!(codes("{{ fact id }} {{ fact }} and {% steps %}"), ["malformed-shortcode"; 3]);
    assert_eq!(codes("{% steps %}\n\n1. a\n"), ["malformed-shortcode"]);
    assert_eq!(codes("It costs {{ fact(id=\"a\").\n\nMore }} text"), ["malformed-shortcode"]);
    assert_eq!(codes("`{{ fact }}` {{ \"text\" }} {{}} a {{ b\n\n{ {c} {%d"), [""; 0]);
}

#[test]
fn words_of_inline_shortcodes_stand_in_the_text() {
    let (document, _) =
        parsed("A session costs {{ fact(id=\"cost\") }} for {{ nolink(text=\"neck pain\") }} [@one].");
    let events = 0..document.events().len() as u32;
    let text = document.plain_text_with(events.clone(), |shortcode| match &*shortcode.name {
        "fact" => Some("$50"),
        _ => shortcode.text("text"),
    });
    assert_eq!(text.trim(), "A session costs $50 for neck pain.");
    assert_eq!(document.plain_text(events).trim(), "A session costs  for neck pain.");
}

#[test]
fn citations_are_read_and_stay_out_of_the_text() {
    let (document, diagnostics) = parsed("It helps [@one; @two, p. 4], a bit [x].");
    assert!(diagnostics.is_empty());
    let [group] = document.citations() else { panic!("one group") };
    assert_eq!(group.items[1].key.as_str(), "two");
    assert_eq!(&*group.items[1].locator, "p. 4");
    assert_eq!(document.source().slice(group.items[1].span), "@two");
    assert_eq!(document.plain_text(0..document.events().len() as u32).trim(), "It helps, a bit [x].");
}

#[test]
fn heading_anchors_are_unique_and_stable() {
    let (document, diagnostics) = parsed("# A b\n## A b\n## c {#a-b}\n## A b\n");
    let anchors: Vec<&str> = document.headings().iter().map(|heading| heading.anchor.as_str()).collect();
    assert_eq!(anchors, ["a-b", "a-b-2", "a-b-3", "a-b-4"]);
    assert_eq!(diagnostics.len(), 1);
}

#[test]
fn ids_of_the_page_around_the_text_are_not_given_to_headings() {
    let (document, diagnostics) = parsed("## References\n## Ref 1\n## Fn\n## c {#fn-2}\n## Fn\n");
    let anchors: Vec<&str> = document.headings().iter().map(|heading| heading.anchor.as_str()).collect();
    assert_eq!(anchors, ["references-2", "section-ref-1", "fn", "section-fn-2", "section-fn-3"]);
    assert_eq!(diagnostics.len(), 1);
}

#[test]
fn caption_comes_first_in_its_table() {
    let outline = outline("Table: Costs\n\n| a |\n|---|\n| b |\n");
    assert!(outline.starts_with("<Table(0) <Caption \"Costs\" Caption> <TableHead"), "{outline}");
}

#[test]
fn image_alone_is_a_figure_and_alt_is_asked_for() {
    let (document, diagnostics) =
        parsed("![a](x.png \"Caption\")\n\ntext ![](y.png)\n\n![](z.svg \"decorative\")\n");
    let figures: Vec<bool> = document.images().iter().map(|image| image.is_figure).collect();
    assert_eq!(figures, [true, false, true]);
    assert_eq!(diagnostics.len(), 1);
}

#[test]
fn footnotes_are_numbered_by_first_reference() {
    let (document, diagnostics) = parsed("a[^x] b[^y] c[^x]\n\n[^y]: Y\n[^x]: X\n[^z]: Z\n");
    let numbers: Vec<_> = document.footnotes().iter().map(|note| (&*note.label, note.number)).collect();
    assert_eq!(numbers, [("x", Some(1)), ("y", Some(2)), ("z", None)]);
    assert_eq!(diagnostics.len(), 1);
}

proptest! {
    #[test]
    fn any_text_gives_spans_inside_it(text in "(?s)[\\[\\]{}%()=\"@a-z #*_`>|<!\\n-]{0,200}|.{0,80}") {
        let (document, diagnostics) = parsed(&text);
        let text = document.source().text();
        for event in document.events() {
            prop_assert!(event.span.end as usize <= text.len());
        }
        for diagnostic in diagnostics {
            prop_assert!(text.get(diagnostic.primary.span.range()).is_some());
        }
        let mut open = 0_i32;
        for event in document.events() {
            match event.kind {
                EventKind::Start(_) => open += 1,
                EventKind::End(_) => open -= 1,
                _ => {}
            }
            prop_assert!(open >= 0);
        }
        prop_assert_eq!(open, 0);
    }
}

#[test]
fn bare_addresses_become_links_and_the_rest_stays_as_it_was() {
    assert_eq!(
        outline("It's on www.a.org/b_c--d, \"here\" or a_b@c.org."),
        "<Paragraph \"It\" \"’\" \"s on \" <Link(0) \"www.a.org/b_c--d\" Link(0)> \", \" \"“\" \"here\" \"”\" \" or \" \
         <Link(1) \"a_b@c.org\" Link(1)> \".\" Paragraph>"
    );
    let (document, _) = parsed("www.a.org a@b.org https://a.org/*b*");
    let links: Vec<_> = document.links().iter().map(|link| (&*link.target, link.form)).collect();
    let expected = [
        ("http://www.a.org", LinkForm::Autolink),
        ("a@b.org", LinkForm::Email),
        ("https://a.org/", LinkForm::Autolink),
    ];
    assert_eq!(links, expected);
}

#[test]
fn no_link_begins_in_another() {
    for text in [
        "[see www.a.org](https://b.org)",
        "`www.a.org`",
        "    www.a.org\n",
        "<a href=\"https://b.org\">www.a.org</a>",
        "<https://www.a.org>",
        "![www.a.org](b.png)",
    ] {
        let bare = parsed(text).0.links().iter().filter(|link| &*link.target == "http://www.a.org").count();
        assert_eq!(bare, 0, "{text}");
    }
}

#[test]
fn footnotes_that_nobody_wrote_are_said() {
    assert_eq!(codes("a[^x] b[^y]\n\n[^x]: X\n"), ["undefined-footnote"]);
    assert_eq!(codes("a[^x] `[^y]` \\[^z] [^ a] [^]\n\n[^x]: X\n"), [""; 0]);
    let found = parsed("a[^siz]\n\n[^size]: X\n").1;
    assert_eq!(found[0].help.as_deref(), Some("did you mean `[^size]`?"));
}

#[test]
fn raw_html_tells_where_it_leads() {
    let text = "<p>\n<a\n href=\"a.md?b&amp;c\">x</a> <img src=\"x.png\" srcset='y.png 1x,  z.png 2x' alt>\n</p>\n\n\
                See <a href=b.md>b</a>.\n";
    let (document, diagnostics) = parsed(text);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let link =
        |link: &Link| (link.target.to_string(), document.source().slice(link.span).to_owned(), link.form);
    let links: Vec<_> = document.links().iter().map(link).collect();
    let row = |target: &str, written: &str, form| (target.to_owned(), written.to_owned(), form);
    let expected = [
        row("a.md?b&c", "a.md?b&amp;c", LinkForm::Html),
        row("x.png", "x.png", LinkForm::HtmlMedia),
        row("y.png", "y.png", LinkForm::HtmlMedia),
        row("z.png", "z.png", LinkForm::HtmlMedia),
        row("b.md", "b.md", LinkForm::Html),
    ];
    assert_eq!(links, expected);
    let all = document.html_links_in(Span::new(0, text.len())).count();
    assert_eq!((all, document.html_links_in(Span::new(0, 30)).count()), (5, 1));
}

#[test]
fn ids_of_raw_html_are_the_pages() {
    let (document, diagnostics) =
        parsed("<p id=\"risks\">a</p>\n\n## Risks\n\n<a name=\"b\" id=\"b\"></a>\n");
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let ids: Vec<&str> = document.html_ids().iter().map(Anchor::as_str).collect();
    assert_eq!((ids, document.headings()[0].anchor.as_str()), (vec!["risks", "b"], "risks-2"));
    assert_eq!(codes("## Risks\n\n<p id=\"risks\">a</p>\n"), ["duplicate-anchor"]);
    assert_eq!(codes("<img src=\"a.png\">\n"), ["missing-alt"]);
}
