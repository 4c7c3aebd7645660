//! Any series of edits gives, step by step, what a fresh build gives: every byte and every finding.

use std::collections::BTreeMap;
use std::sync::Arc;

use needlepoint::diag::Diagnostic;
use needlepoint::files::SiteFiles;
use needlepoint::pipeline::{Site, build};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::inputs::{source, with_drafts};

/// The texts of a site by path.
type Texts = BTreeMap<String, String>;

/// What an author does to a site.
#[derive(Clone, Debug)]
enum Edit {
    Write(&'static str, &'static str),
    Remove(&'static str),
    Rename(&'static str, &'static str),
    /// Other words in the place of these, wherever a text has them: titles, headings, names.
    Replace(&'static str, &'static str, &'static str),
    /// Puts words behind what is there.
    Append(&'static str, &'static str),
}

const PATHS: &[&str] = &[
    "content/_index.md",
    "content/a.md",
    "content/articles/_index.md",
    "content/articles/cost.md",
    "content/articles/safety.md",
    "content/conditions/neck-pain.md",
    "content/conditions/back-pain.md",
    "content/glossary.toml",
    "content/facts.toml",
    "needlepoint.toml",
    "templates/partials/footer.html",
];

const TEXTS: &[&str] = &[
    "+++\ntitle = \"One\"\n+++\n\nOne speaks of neck pain, stiff neck and [another](cost.md).\n\n## First\n\nWords.\n",
    "+++\ntitle = \"One\"\n+++\n\nOne speaks of back pain instead. [[neck-pain]]\n\n## First\n\nOther words.\n",
    "+++\ntitle = \"Two\"\ndraft = true\n+++\n\nA draft.\n",
    "+++\ntitle = \"Three\"\nslug = \"cost\"\ntags = [\"price\"]\naliases = [\"/old/\"]\n+++\n\n## Second {#first}\n\n{{ fact(id=\"cost\") }}\n",
    "+++\ntitle = \"Neck pain\"\nalso_called = [\"stiff neck\"]\nregion = \"neck\"\n+++\n\nIt hurts.\n",
    "+++\ntitle = \"Back pain\"\nalso_called = [\"sore back\"]\nrelated = [\"neck-pain\"]\n+++\n\nA trigger point hurts.\n",
    "+++\ntitle = \"Taken back\"\nwithdrawn = { date = 2026-01-01, reason = \"It was wrong.\" }\n+++\n\nGone.\n",
    "+++\ntitle = \"Broken\nkind = \n",
    "no front matter at all",
    "",
    "[trigger-point]\nterm = \"trigger point\"\ndefinition = \"A tender spot.\"\n",
    "[cost]\nlabel = \"Cost\"\nvalue = 30\nunit = \"USD\"\ntext = \"about $30\"\n",
    "title = \"Site\"\nbase_url = \"https://example.org\"\n[cards]\nenabled = false\n[folders]\nconditions = \"condition\"\n",
    "title = \"Other site\"\nbase_url = \"https://example.org/base\"\nlanguage = \"en\"\n[folders]\narticles = \"faq\"\nconditions = \"condition\"\n",
    "title = \"Site\"\nnonsense = true\n[checks]\ndead-link = \"off\"\n",
    "<p>A footer of the site's own: {{ site.title }}</p>",
    "<p>{{ nothing.here }}</p>",
    "{% if %}",
    "+++\ntitle = \"Leads on\"\n+++\n\n[[cost]] and [there](articles/cost.md#first), [[neck-pain#late]], [home](/).\n",
    "+++\ntitle = \"Gone\"\nwithdrawn = { date = 2026-01-01, reason = \"Old.\", replacement = \"/articles/cost/\" }\n+++\n",
];

/// Words of the texts, and others for them.
const WORDS: &[(&str, &str)] = &[
    ("title = \"One\"", "title = \"One more\""),
    ("title = \"Neck pain\"", "title = \"Pain of the neck\""),
    ("stiff neck", "sore back"),
    ("## First", "## Neck pain"),
    ("{#first}", "{#late}"),
    ("title = \"Three\"", "title = \"Neck pain\""),
    ("related = [\"neck-pain\"]", "related = []"),
];

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let edit = prop_oneof![
        5 => (select(PATHS), select(TEXTS)).prop_map(|(path, text)| Edit::Write(path, text)),
        2 => select(PATHS).prop_map(Edit::Remove),
        2 => (select(PATHS), select(PATHS)).prop_map(|(old, new)| Edit::Rename(old, new)),
        4 => (select(PATHS), select(WORDS)).prop_map(|(path, (old, new))| Edit::Replace(path, old, new)),
        3 => (select(PATHS), select(&["\n\nMore words.\n", "\n\n## Late\n\nneck pain\n", " [gone](nowhere.md)"][..]))
            .prop_map(|(path, text)| Edit::Append(path, text)),
    ];
    vec(edit, 1..14)
}

fn first() -> Texts {
    let texts = [
        ("needlepoint.toml", TEXTS[12]),
        ("content/_index.md", "+++\ntitle = \"Home\"\n+++\n\nWelcome.\n"),
        ("content/articles/cost.md", TEXTS[0]),
        ("content/articles/safety.md", TEXTS[3]),
        ("content/conditions/neck-pain.md", TEXTS[4]),
        ("content/conditions/back-pain.md", TEXTS[5]),
        ("content/glossary.toml", TEXTS[10]),
    ];
    texts.map(|(path, text)| (path.to_owned(), text.to_owned())).into()
}

fn apply(texts: &mut Texts, edit: &Edit) {
    match *edit {
        Edit::Write(path, text) => drop(texts.insert(path.to_owned(), text.to_owned())),
        Edit::Remove(path) => drop(texts.remove(path)),
        Edit::Rename(old, new) => {
            if let Some(text) = texts.remove(old) {
                texts.insert(new.to_owned(), text);
            }
        }
        Edit::Replace(path, old, new) => {
            if let Some(text) = texts.get_mut(path) {
                *text = text.replace(old, new);
            }
        }
        Edit::Append(path, more) => texts.entry(path.to_owned()).or_default().push_str(more),
    }
}

/// The files of a site; those whose text did not change are the same values, as a second reading gives them.
fn files(texts: &Texts, before: Option<&SiteFiles>) -> SiteFiles {
    let kept = |(path, text): (&String, &String)| {
        let old = before.and_then(|before| before.text(path)).filter(|old| old.text() == text);
        old.cloned().unwrap_or_else(|| source(path, text.as_str()))
    };
    SiteFiles::new(texts.iter().map(kept).collect(), Vec::new(), Vec::new())
}

/// A whole built site: each file's bytes, or what kept it from being made.
type Built = BTreeMap<String, Result<Vec<u8>, Vec<Diagnostic>>>;

fn outputs(site: &Site) -> (Built, Vec<Diagnostic>) {
    let (rendering, found) = site.rendering();
    let rendered = rendering.outputs().into_iter().map(|output| {
        let bytes = rendering.render(&output).map(|bytes| bytes.into_owned());
        (output.path.to_string(), bytes)
    });
    let (files, documents) = (site.search_files(), site.search_documents());
    let search = files.paths().map(|path| {
        let bytes = files.bytes(path, || documents.as_slice()).unwrap();
        (format!("search/{path}"), Ok(bytes.into_owned()))
    });
    (rendered.chain(search).collect(), [site.diagnostics(), found].concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn each_step_equals_a_fresh_build(edits in edits()) {
        let mut texts = first();
        let mut site = build(files(&texts, None), with_drafts(), None, &|_| {});
        // Rendered before the edits, so that what was made for one snapshot could leak into the next.
        outputs(&site);
        for edit in &edits {
            apply(&mut texts, edit);
            site = build(files(&texts, Some(site.files())), with_drafts(), Some(&site), &|_| {});
            let fresh = build(files(&texts, None), with_drafts(), None, &|_| {});
            let ((now, now_found), (then, then_found)) = (outputs(&site), outputs(&fresh));
            prop_assert_eq!(&now_found, &then_found, "findings after {:?}", edit);
            prop_assert_eq!(site.incoming(), fresh.incoming(), "backlinks after {:?}", edit);
            for (path, bytes) in &then {
                prop_assert!(now.get(path) == Some(bytes), "{} differs after {:?}", path, edit);
            }
            prop_assert_eq!(now.len(), then.len(), "files after {:?}", edit);
        }
    }
}

/// The stems of the pages that are other values than before.
fn made_again(before: &Site, after: &Site) -> Vec<String> {
    let pairs = before.pages().iter().zip(after.pages());
    let others = pairs.filter(|(old, new)| !Arc::ptr_eq(old, new));
    others.map(|(_, new)| new.page.path.stem().to_owned()).collect()
}

#[test]
fn what_others_see_of_a_page_spreads_to_those_that_look() {
    let page = |title: &str, body: &str| format!("+++\ntitle = \"{title}\"\n+++\n\n{body}\n");
    let mut texts = first();
    texts.extend([
        ("content/a.md".to_owned(), page("A", "See [[cost]].")),
        ("content/b.md".to_owned(), page("B", "See [it](articles/safety.md#first).")),
        ("content/c.md".to_owned(), page("C", "A stiff shoulder, and a neck.")),
        ("content/d.md".to_owned(), page("D", "Nothing of the kind.")),
    ]);
    for (path, old, new, expected) in [
        ("content/articles/cost.md", "\"One\"", "\"One more\"", &["a", "cost"][..]),
        ("content/articles/safety.md", "{#first}", "{#late}", &["b", "safety"]),
        ("content/conditions/neck-pain.md", "stiff neck", "stiff shoulder", &["b", "c", "cost", "neck-pain"]),
        ("content/d.md", "Nothing", "Something", &["d"]),
    ] {
        let before = build(files(&texts, None), with_drafts(), None, &|_| {});
        apply(&mut texts, &Edit::Replace(path, old, new));
        let after = build(files(&texts, Some(before.files())), with_drafts(), Some(&before), &|_| {});
        let fresh = build(files(&texts, None), with_drafts(), None, &|_| {});
        let mut made = made_again(&before, &after);
        made.sort();
        assert_eq!(made, expected, "{path}: {old} is {new}");
        assert!(outputs(&after) == outputs(&fresh), "{path}: {old} is {new}");
        assert_eq!(after.incoming(), fresh.incoming(), "{path}: {old} is {new}");
    }
}
