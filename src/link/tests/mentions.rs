use super::super::SkipReason;
use super::super::site::{Site, condition, site, site_with};
use crate::config::{AutolinkOptions, Config, Mentions};

const CONDITIONS: [(&str, &str, &[&str]); 9] = [
    ("conditions/back-pain.md", "Back pain", &["chronic back pain"]),
    ("conditions/low-back-pain.md", "Low back pain", &["lower back pain"]),
    ("conditions/neck-pain.md", "Neck pain", &["chronic neck pain"]),
    ("conditions/shoulder-pain.md", "Shoulder pain", &[]),
    ("conditions/hip-pain.md", "Hip pain", &[]),
    ("conditions/headache.md", "Headache", &["headaches"]),
    ("conditions/tension-type-headache.md", "Tension-type headache", &[]),
    ("conditions/jaw.md", "Jaw pain (temporomandibular disorder)", &[]),
    ("conditions/golfers-elbow.md", "Golfer's elbow", &[]),
];

fn linked_with(body: &str, config: Config) -> Site {
    let mut files: Vec<(&str, String)> =
        CONDITIONS.iter().map(|(path, title, names)| (*path, condition(title, names))).collect();
    files.push((
        "glossary.toml",
        "[tp]\nterm = \"trigger point\"\nforms = [\"knots\"]\ndefinition = \"A spot.\"\n".to_owned(),
    ));
    files.push(("a.md", body.to_owned()));
    site_with(&files, config)
}

/// The body with its automatic links written in.
fn check(body: &str, marked: &str) {
    let site = linked_with(body, Config::default());
    assert_eq!(site.marked("a.md"), marked);
}

fn reasons(body: &str) -> Vec<SkipReason> {
    linked_with(body, Config::default()).page("a.md").skipped.iter().map(|skipped| skipped.reason).collect()
}

#[test]
fn longest_name_wins() {
    check("I have lower back pain.", "I have [lower back pain](low-back-pain).");
    check("Tension-type headaches hurt.", "[Tension-type headaches](tension-type-headache) hurt.");
    check("Upper back pain.", "Upper [back pain](back-pain).");
}

#[test]
fn forms_of_a_name_are_found() {
    check("HEADACHES", "[HEADACHES](headache)");
    check("lower-back\npains", "[lower-back pains](low-back-pain)");
    check("neck pain's cause", "[neck pain](neck-pain)'s cause".replace('\'', "’").as_str());
    check("Golfer's elbow.", "[Golfer’s elbow](golfers-elbow).");
    check("golfers elbow", "[golfers elbow](golfers-elbow)");
    check("Jaw pain hurts.", "[Jaw pain](jaw) hurts.");
    check("A temporomandibular disorder.", "A [temporomandibular disorder](jaw).");
}

#[test]
fn parts_of_words_and_of_sentences_are_no_names() {
    check("headachey neck. Pain, neck - pain", "headachey neck. Pain, neck - pain");
    check("neck `x` pain", "neck x pain");
    check("neck[^1] pain\n\n[^1]: A note.", "neck pain|A note.");
}

#[test]
fn first_mention_in_each_section_is_linked() {
    check(
        "Neck pain, neck pain.\n\nNeck pain.\n\n## Neck pain\n\nNeck pain. Neck pain.",
        "[Neck pain](neck-pain), neck pain.|Neck pain.|Neck pain|[Neck pain](neck-pain). Neck pain.",
    );
}

#[test]
fn settings_choose_page_or_all_and_a_cap() {
    let body = "Neck pain, neck pain.\n\n## More\n\nNeck pain.";
    let with = |mentions, max_per_page| {
        let mut config = Config::default();
        config.autolink = AutolinkOptions { mentions, max_per_page };
        config
    };
    let marks = |config| linked_with(body, config).page("a.md").marks.len();
    assert_eq!(marks(with(Mentions::Page, 40)), 1);
    assert_eq!(marks(with(Mentions::Section, 40)), 2);
    assert_eq!(marks(with(Mentions::All, 40)), 3);
    assert_eq!(marks(with(Mentions::All, 2)), 2);
}

#[test]
fn some_places_are_left_alone() {
    use SkipReason::*;
    for (body, reason) in [
        ("## Neck pain", InHeading),
        ("[neck pain](https://example.org)", InLink),
        ("> Neck pain.", InQuote),
        ("Table: Neck pain\n\n| a |\n|---|\n| b |\n", InCaption),
        ("{% care(level=\"urgent\") %}\n- neck pain\n{% end %}\n", InCareCard),
        ("See {{ nolink(text=\"neck pain\") }}.", MarkedNoLink),
        ("+++\ntitle = \"T\"\nautolink = false\n+++\nNeck pain.", SwitchedOff),
        ("**neck** pain", AcrossMarkup),
    ] {
        assert_eq!(reasons(body), [reason], "{body}");
        assert!(linked_with(body, Config::default()).page("a.md").marks.is_empty(), "{body}");
    }
    let mut config = Config::default();
    config.markdown.raw_html = true;
    let site = linked_with("A <a href=\"x\">neck pain</a>, neck pain.", config);
    assert_eq!(site.marked("a.md"), "A neck pain, [neck pain](neck-pain).");
    check("`neck pain`\n\n    neck pain\n\n![neck pain](a.png)", "neck pain|neck pain\n");
    check("***Neck** pain* and **neck pain**", "Neck pain and [neck pain](neck-pain)");
    check("**neck** pain and *the **neck** pain*.", "neck pain and the neck pain.");
}

#[test]
fn a_link_by_hand_is_the_section_s_link() {
    check("Neck pain, see [here](conditions/neck-pain.md).", "Neck pain, see <here>.");
    check(
        "See [[neck-pain]]. Neck pain.\n\n## B\n\nNeck pain.",
        "See <neck-pain>. Neck pain.|B|[Neck pain](neck-pain).",
    );
}

#[test]
fn a_page_never_links_to_itself() {
    let files = [("conditions/neck-pain.md", condition("Neck pain", &[]) + "Neck pain hurts.")];
    let site = site(&files);
    let page = site.page("conditions/neck-pain.md");
    assert!(page.marks.is_empty() && page.mentions.is_empty() && page.skipped.is_empty());
}

#[test]
fn shared_lists_link_each_member() {
    check(
        "Chronic neck, shoulder, or back pain.",
        "[Chronic neck](neck-pain), [shoulder](shoulder-pain), or [back pain](back-pain).",
    );
    check(
        "Pains in the jaw, hip, neck, shoulder or back can go.",
        "Pains in the [jaw](jaw), [hip](hip-pain), [neck](neck-pain), [shoulder](shoulder-pain) or [back](back-pain) can go.",
    );
    check("Hip and neck pain.", "[Hip](hip-pain) and [neck pain](neck-pain).");
    check("Lower back and neck pain", "[Lower back](low-back-pain) and [neck pain](neck-pain)");
    check(
        "Chronic neck and lower back pain",
        "[Chronic neck](neck-pain) and [lower back pain](low-back-pain)",
    );
    check(
        "pain in your lower back and neck.",
        "pain in your [lower back](low-back-pain) and [neck](neck-pain).",
    );
}

#[test]
fn what_only_looks_like_a_list_is_left_alone() {
    check("Move your neck. Back pain goes.", "Move your neck. [Back pain](back-pain) goes.");
    check("For the neck, back pain is rare.", "For the neck, [back pain](back-pain) is rare.");
    check("pain in the hip and neck stiffness", "pain in the hip and neck stiffness");
    check("pain in the neck", "pain in the neck");
}

#[test]
fn a_member_of_a_list_that_is_no_condition_is_reported() {
    let mut files: Vec<(&str, String)> =
        CONDITIONS.iter().map(|(path, title, names)| (*path, condition(title, names))).collect();
    files.push((
        "regions.toml",
        "[[region]]\nid = \"hand\"\nlabel = \"Hand\"\nviews = [\"front\"]\norder = 1\n".to_owned(),
    ));
    files.push(("a.md", "Neck, hip or hand pain.".to_owned()));
    let site = site(&files);
    assert_eq!(site.marked("a.md"), "[Neck](neck-pain), [hip](hip-pain) or hand pain.");
    assert_eq!(site.codes(), ["unlinked-list-member"]);
    assert_eq!(site.page("a.md").page.document.source().slice(site.diagnostics[0].primary.span), "hand");
}

#[test]
fn first_use_of_a_term_is_explained() {
    check("## Knots\n\nKnots and trigger points.", "Knots|[Knots](=tp) and trigger points.");
    let site = linked_with("Trigger points.\n\n## More\n\nA trigger point.", Config::default());
    let page = site.page("a.md");
    assert_eq!((page.terms.len(), page.marks.len()), (1, 1));
}

#[test]
fn a_mention_knows_where_and_how_often() {
    let site = linked_with(
        "+++\ntitle = \"Neck pain and you\"\nconditions = [\"hip-pain\"]\n+++\nOne. It may be neck pain, or not. Three.\n\n## Neck pain\n\nSee [my neck](conditions/neck-pain.md).",
        Config::default(),
    );
    let [neck, hip] = &*site.page("a.md").mentions else { panic!() };
    assert!(neck.in_title && neck.in_heading && !neck.declared && neck.count == 3, "{neck:?}");
    assert!(hip.declared && hip.count == 0 && hip.first.is_none());
    let first = neck.first.as_ref().unwrap();
    assert_eq!(
        (&*first.sentence, first.mark.clone(), &first.anchor),
        ("It may be neck pain, or not.", 10..19, &None)
    );
}

#[test]
fn languages_do_not_mix() {
    let mut config = Config::default();
    config.languages.insert("es".to_owned(), Default::default());
    let files = [
        ("conditions/neck-pain.md", condition("Neck pain", &[])),
        ("es/conditions/neck-pain.md", condition("Dolor de cuello", &[])),
        ("a.md", "Neck pain, dolor de cuello.".to_owned()),
        ("es/a.md", "Neck pain, dolor de cuello.".to_owned()),
    ];
    let site = site_with(&files, config);
    assert_eq!(site.marked("a.md"), "[Neck pain](neck-pain), dolor de cuello.");
    assert_eq!(site.marked("es/a.md"), "Neck pain, [dolor de cuello](neck-pain).");
}
