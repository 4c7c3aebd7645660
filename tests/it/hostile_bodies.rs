//! Whatever an article holds, its body runs no script: the HTML is read again as a browser would.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::body_site::BodySite;
use crate::html_tokens::{Token, tokens};

/// Pieces that have opened holes elsewhere.
const PIECES: [&str; 62] = [
    "[a](javascript:alert(1))",
    "[a](<java\nscript:alert(1)>)",
    "[a](java&#115;cript:alert(1))",
    "[a](&#x6A;avascript&colon;alert(1))",
    "[a]( javascript:x \"t\" )",
    "[a](JaVaScRiPt:x)",
    "[a](javascript%3Ax)",
    "[a](\u{1}javascript:x)",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](vbscript:x)",
    "[a](//evil.org)",
    "[a](x \"\\\" onclick=alert(1) \")",
    "[a](x '\" onmouseover=\"y')",
    "[a]: javascript:x\n\n[a]",
    "![\"onerror=x](x.png)",
    "![a](javascript:x)",
    "![a](x\"onerror=\"y)",
    "![a](https://e.org/x.png \"<script>\")",
    "<javascript:alert(1)>",
    "<https://e.org/\"onclick=x>",
    "<a@b.c\"onclick=x>",
    "[[neck-pain|<img src=x onerror=y>]]",
    "[[javascript:x]]",
    "[[x\"onclick=y]]",
    "# <script> {#\"onclick=x}\n",
    "# a {.\"onclick=x aspect=\"><script>}\n",
    "## A \"b\" onclick=c\n",
    "```js\"onclick=x\n</code><script>\n```\n",
    "`<script>`",
    "| <script> | b |\n|---|---|\n| \"><img onerror=x> | y |\n",
    "Table: <b onclick=x>\n\n| a |\n|---|\n| b |\n",
    "[^<script>]\n\n[^<script>]: <img onerror=x src=x>\n",
    "[@one, \"><script>]",
    "[@one, p. <b onclick=x>]",
    "{{ nolink(text=\"<script>\") }}",
    "{{ price(of='\"><script>') }}",
    "{% care(level=\"urgent\", heading=\"<script>\") %}\n- <b onclick=x>\n{% end %}\n",
    "{% hint(title=\"<img onerror=x>\") %}\n<script>\n{% end %}\n",
    "- [ ] \" onclick=x <script>\n",
    "> [!NOTE]\n> <script>\n",
    "<script>alert(1)</script>",
    "<scr",
    "ipt>",
    "<img src=x onerror=alert(1)>",
    "<img/onerror=alert(1) src=x>",
    "<svg><script>x</script></svg>",
    "<a href=\"java&Tab;script:x\">b</a>",
    "<a href='x' onclick='y'>",
    "<iframe srcdoc=x>",
    "<p style=\"x\">",
    "<b title=\"-->\" onclick=x>",
    "<!-- --!><script>x</script> -->",
    "<![CDATA[<script>]]>",
    "<div>\n<a href=\"java\nscript:x\">b</a>\n</div>\n\n",
    "<div><a title=\"\n\n\" onclick=alert(1) x=\"\n\n",
    "<a href=\"{{ nolink(text='javascript:x') }}\">",
    "<div>\n<a href=\"{{ nolink(text='javascript:x') }}\">\n</div>\n\n",
    "<{{ nolink(text='script') }}>",
    "<div>\n<{{ nolink(text='script') }}>\n</div>\n\n",
    "&lt;script&gt;",
    "word ",
    "\n\n",
];

/// What in a piece of HTML could run script or load a page.
fn danger(html: &str) -> Option<String> {
    const ELEMENTS: [&str; 9] =
        ["script", "iframe", "object", "embed", "base", "meta", "link", "frame", "style"];
    for token in tokens(html) {
        let Token::Start(name, attributes) = &token else { continue };
        if ELEMENTS.contains(&name.as_str()) {
            return Some(format!("{token:?}"));
        }
        for (attribute, value) in attributes {
            let plain: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
            let plain = plain.to_lowercase();
            let runs =
                ["javascript:", "vbscript:", "data:text"].iter().any(|scheme| plain.starts_with(scheme));
            if runs || attribute.starts_with("on") || attribute == "srcdoc" {
                return Some(format!("{token:?}"));
            }
        }
    }
    None
}

fn runs_no_script(raw_html: bool) {
    let mut site = BodySite::new();
    site.config.markdown.raw_html = raw_html;
    let piece = prop_oneof![
        4 => proptest::sample::select(&PIECES[..]).prop_map(str::to_owned),
        1 => "[ -~]{0,12}",
        1 => "[<>\"'`=/&:;#(){}%@!\\[\\]\\n a-z]{0,16}",
    ];
    let text = proptest::collection::vec(piece, 1..8).prop_map(|pieces| pieces.concat());
    let mut runner = TestRunner::new(Config { cases: 1_000, ..Config::default() });
    let outcome = runner.run(&text, |text| {
        let (page, _) = site.page(&format!("+++\ntitle = \"Page\"\n+++\n{text}"));
        let (linked, catalog) = site.linked(page);
        let (body, _) = site.render(&linked, &catalog);
        let found = danger(&body.html.0);
        prop_assert!(found.is_none(), "{found:?} in {}", body.html.0);
        Ok(())
    });
    outcome.unwrap();
}

#[test]
fn no_article_runs_script() {
    runs_no_script(false);
}

#[test]
fn no_article_with_raw_html_runs_script() {
    runs_no_script(true);
}

#[test]
fn the_judge_sees_script() {
    for html in [
        "<a href=\" JavaScript:x\">",
        "<b onclick=x>",
        "<script>",
        "<img/onerror=x>",
        "<a href=java&Tab;script:x>",
    ] {
        assert!(danger(html).is_some(), "{html}");
    }
    assert_eq!(danger("<a href=\"https://e.org?on=javascript:\">&lt;script&gt;</a>"), None);
}
