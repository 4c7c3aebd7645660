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
        ("| Neck pain |\n|---|\n| a |\n", InHeading),
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
    check("pain in the neck and back of the head", "pain in the neck and back of the head");
    check(
        "pain in the hip, neck and back of the head",
        "pain in the [hip](hip-pain), [neck](neck-pain) and back of the head",
    );
    check("pain in the hip or the neck's muscles", "pain in the hip or the neck’s muscles");
    check("A stiff neck, fever and back pain.", "A stiff neck, fever and [back pain](back-pain).");
}

#[test]
fn a_list_that_may_be_two_statements_is_left_alone_and_reported() {
    for (body, marked) in [
        ("I hurt my neck and back pain followed.", "I hurt my neck and [back pain](back-pain) followed."),
        ("Rest your neck, and back pain may ease.", "Rest your neck, and [back pain](back-pain) may ease."),
        (
            "Move the hip, neck and back pain will go.",
            "Move the hip, neck and [back pain](back-pain) will go.",
        ),
        (
            "You feel pain in the hip and the neck may be stiff.",
            "You feel pain in the hip and the neck may be stiff.",
        ),
    ] {
        let site = linked_with(body, Config::default());
        assert_eq!(site.marked("a.md"), marked);
        assert!(!site.codes().is_empty() && site.codes().iter().all(|code| *code == "unlinked-list-member"));
        let skipped = &site.page("a.md").skipped;
        assert!(
            !skipped.is_empty() && skipped.iter().all(|skipped| skipped.reason == SkipReason::UnsureList)
        );
    }
    check("A swollen hip and back pain.", "A swollen hip and [back pain](back-pain).");
    check("Swollen hips and back pain.", "Swollen hips and [back pain](back-pain).");
    check("My neck and back pain went away.", "My [neck](neck-pain) and [back pain](back-pain) went away.");
    check("It eases your neck and back pain.", "It eases your [neck](neck-pain) and [back pain](back-pain).");
    check("Both neck and back pain improved.", "Both [neck](neck-pain) and [back pain](back-pain) improved.");
    check(
        "After rest, the neck and back pain is gone.",
        "After rest, the [neck](neck-pain) and [back pain](back-pain) is gone.",
    );
}

#[test]
fn a_part_of_a_longer_word_is_no_name() {
    for body in
        ["A headache-free day.", "pre-headache", "non\u{2011}headache", "low-hip pain", "hip pain-free"]
    {
        check(body, body);
        assert_eq!(reasons(body), [SkipReason::PartOfWord], "{body}");
    }
    check("neck-and-hip pain", "[neck](neck-pain)-and-[hip pain](hip-pain)");
    check("A neck- or hip-pain day", "A [neck](neck-pain)- or [hip-pain](hip-pain) day");
    check("non-knots, knots-like", "non-knots, [knots](=tp)-like");
    check("headache - free, headache—free", "[headache](headache) - free, headache—free");
}

#[test]
fn names_in_scripts_without_spaces_are_whole_words() {
    let files = [
        ("conditions/headache.md", condition("頭痛", &[])),
        ("conditions/neck-pain.md", condition("肩こり", &["ปวดคอ"])),
        ("a.md", "偏頭痛と頭痛。肩こりや肩こりん。ปวดคอและปวดคอหอย ปวดคอ".to_owned()),
    ];
    let mut config = Config::default();
    config.autolink.mentions = Mentions::All;
    let site = site_with(&files, config);
    assert_eq!(
        site.marked("a.md"),
        "偏頭痛と[頭痛](headache)。[肩こり](neck-pain)や肩こりん。[ปวดคอ](neck-pain)และปวดคอหอย [ปวดคอ](neck-pain)"
    );
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
fn known_members_of_a_list_are_linked_beside_unknown_ones() {
    for (body, marked, words) in [
        ("neck, elbow and back pain", "[neck](neck-pain), elbow and [back pain](back-pain)", &["elbow"][..]),
        ("Elbow and neck pain", "Elbow and [neck pain](neck-pain)", &["Elbow"]),
        ("Stress and neck pain", "Stress and [neck pain](neck-pain)", &[]),
        ("elbow, hip and neck pain", "elbow, [hip](hip-pain) and [neck pain](neck-pain)", &["elbow"]),
        (
            "Neck, quux, hip and back pain",
            "[Neck](neck-pain), quux, [hip](hip-pain) and [back pain](back-pain)",
            &["quux"],
        ),
        (
            "pain in the hip, elbow, neck or toe.",
            "pain in the [hip](hip-pain), elbow, [neck](neck-pain) or toe.",
            &["elbow", "toe"],
        ),
        (
            "pain in the hip (or neck) and pain in the jaw or hip (here)",
            "pain in the hip (or neck) and pain in the [jaw](jaw) or [hip](hip-pain) (here)",
            &[],
        ),
    ] {
        let site = linked_with(body, Config::default());
        assert_eq!(site.marked("a.md"), marked);
        let source = site.page("a.md").page.document.source();
        let found: Vec<&str> =
            site.diagnostics.iter().map(|found| source.slice(found.primary.span)).collect();
        assert_eq!(found, words, "{body}");
        assert!(site.codes().iter().all(|code| *code == "unlinked-list-member"));
    }
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
fn the_key_message_is_linked_like_a_section_of_its_own() {
    let page = "+++\ntitle = \"A\"\nextra.key_message = \"It eases neck pain & headache-free neck pain.\"\n+++\nNeck pain.";
    let site = linked_with(page, Config::default());
    let page = site.page("a.md");
    let [link] = &*page.message_links else { panic!("{:?}", page.message_links) };
    assert_eq!((site.stem(link.condition), link.words.clone()), ("neck-pain", 9..18));
    assert_eq!(page.page.document.source().slice(link.span), "neck pain");
    assert_eq!(site.marked("a.md"), "[Neck pain](neck-pain).");
    let mention = &page.mentions[0];
    assert_eq!(
        (mention.count, &*mention.first.as_ref().unwrap().sentence),
        (3, "It eases neck pain & headache-free neck pain.")
    );
    let off = "+++\ntitle = \"A\"\nautolink = false\nextra.key_message = \"Neck pain.\"\n+++\nA knot. Knots.";
    let site = linked_with(off, Config::default());
    assert!(site.page("a.md").message_links.is_empty() && site.page("a.md").marks.is_empty());
    assert_eq!(site.page("a.md").terms.len(), 1, "a term that is not explained is used all the same");
}

#[test]
fn each_language_leads_to_its_own_pages() {
    let mut config = Config::default();
    config.languages.insert("es".to_owned(), Default::default());
    let in_region = |title: &str, related: &str| {
        format!(
            "+++\ntitle = \"{title}\"\nkind = \"condition\"\nregion = \"neck\"\nrelated = [\"{related}\"]\n+++\n"
        )
    };
    let files = [
        ("conditions/neck-pain.md", in_region("Neck pain", "whiplash")),
        ("conditions/whiplash.md", in_region("Whiplash", "neck-pain")),
        ("es/conditions/neck-pain.md", in_region("Dolor de cuello", "whiplash")),
        ("es/conditions/whiplash.md", in_region("Latigazo", "neck-pain")),
        ("a.md", "+++\ntitle = \"A\"\nconditions = [\"neck-pain\"]\n+++\n".to_owned()),
        ("es/a.md", "+++\ntitle = \"A\"\nconditions = [\"neck-pain\"]\n+++\n".to_owned()),
    ];
    let site = site_with(&files, config);
    assert_eq!(site.codes(), [""; 0]);
    let page = |path: &str| site.catalog.by_path(path).unwrap();
    for folder in ["", "es/"] {
        let own = page(&format!("{folder}conditions/neck-pain.md"));
        assert_eq!(site.page(&format!("{folder}a.md")).mentions[0].condition, own);
        assert_eq!(site.incoming.backlinks(own).len(), 1);
        let related: Vec<_> = site.incoming.related_conditions(own).iter().map(|one| one.page).collect();
        assert_eq!(related, [page(&format!("{folder}conditions/whiplash.md"))]);
    }
    assert_eq!(site.catalog.conditions("es").count(), 2);
    let [(_, of_region)] = site.catalog.regions() else { panic!() };
    assert_eq!(of_region.len(), 2, "a region's page names each condition once");
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
