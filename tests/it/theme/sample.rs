//! A small site made of contexts, one page for each template, with a hostile title among them.

use std::collections::BTreeMap;
use std::path::Path;

use needlepoint::render::body_map::{BodyMap, ShapeLink};
use needlepoint::render::context::*;
use needlepoint::theme::Theme;
use tera::{Context, Value};

/// Addresses of the sample and the template of each.
pub(crate) const ADDRESSES: &[(&str, &str)] = &[
    ("/", "home.html"),
    ("/404.html", "not_found.html"),
    ("/articles/", "list.html"),
    ("/articles/after-a-session/", "article.html"),
    ("/articles/compare/", "article.html"),
    ("/articles/faq/", "article.html"),
    ("/articles/session/", "article.html"),
    ("/body/", "body.html"),
    ("/body/knee/", "region.html"),
    ("/conditions/", "conditions.html"),
    ("/conditions/neck-pain/", "condition.html"),
    ("/glossary/", "glossary.html"),
    ("/old/", "redirect.html"),
    ("/people/", "people.html"),
    ("/people/rivera/", "person.html"),
    ("/questions/", "questions.html"),
    ("/references/", "references.html"),
    ("/search/", "search.html"),
    ("/settings/", "settings.html"),
    ("/tags/", "tags.html"),
    ("/tags/safety/", "list.html"),
    ("/withdrawn/", "withdrawn.html"),
];

/// What the popover reads.
pub(crate) const TERMS: &str = r#"{"trigger-point":{"term":"trigger point","definition":"A small tight spot in a muscle that hurts when pressed."}}"#;

/// A stand-in for the search module, with the same interface.
pub(crate) const SEARCH: &str = include_str!("search_stub.js");

const HOSTILE: &str = "<img src=x onerror=alert(1)> & \"quotes\"";

const DRAWINGS: &[&str] = &[
    "trigger-point",
    "session",
    "guide-tube",
    "twitch",
    "soreness",
    "clean-hands",
    "questions",
    "keep-moving",
];

const REGIONS: &[(&str, &str)] = &[
    ("head", "Head"),
    ("jaw", "Jaw and face"),
    ("neck", "Neck"),
    ("shoulder", "Shoulder"),
    ("chest", "Chest and ribs"),
    ("upper-back", "Upper back"),
    ("low-back", "Lower back"),
    ("upper-arm", "Upper arm"),
    ("elbow", "Elbow"),
    ("forearm", "Forearm"),
    ("wrist-hand", "Wrist and hand"),
    ("hip-buttock", "Hip and buttock"),
    ("groin", "Groin"),
    ("thigh", "Thigh"),
    ("knee", "Knee"),
    ("calf-shin", "Shin and calf"),
    ("ankle-foot", "Ankle and foot"),
];

fn read(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default").join(file);
    std::fs::read_to_string(path).unwrap()
}

fn text(text: &str) -> String {
    text.to_owned()
}

fn html(text: &str) -> Html {
    Html(text.to_owned())
}

fn link(words: &str, url: &str) -> Link {
    Link { text: text(words), url: text(url) }
}

fn date(year: i16, month: usize, day: i8) -> DateText {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    DateText {
        iso: format!("{year}-{month:02}-{day:02}"),
        text: format!("{day} {} {year}", MONTHS[month - 1]),
    }
}

fn kind(id: &str) -> KindLabel {
    let (label, icon, color) = match id {
        "comparison" => ("Comparison", "rings", "plum"),
        "guide" => ("What to expect", "thread", "ochre"),
        "faq" => ("Questions", "speech", "link"),
        "condition" => ("Condition", "figure", "clay"),
        "explainer" => ("Explainer", "ripples", "pine"),
        _ => ("", "page", "pine"),
    };
    KindLabel { id: text(id), label: text(label), icon: text(icon), color: text(color) }
}

fn letters(page: &str) -> Vec<Letter> {
    let letter = |letter: char| Letter {
        letter: letter.to_string(),
        url: "nhtp"
            .contains(letter.to_ascii_lowercase())
            .then(|| format!("{page}#{}", letter.to_ascii_lowercase())),
    };
    ('A'..='Z').map(letter).collect()
}

fn site(theme: &Theme) -> SiteContext {
    let asset = |name: &str| format!("/{}", theme.assets.path(name).unwrap());
    SiteContext {
        origin: text("https://example.org"),
        title: text("Needlepoint"),
        description: text("Plain answers about dry needling, checked by clinicians."),
        home: text("/"),
        root: text("/"),
        lang: text("en"),
        dir: text("ltr"),
        extra: serde_json::Map::new(),
        registry_lang: None,
        elsewhere: None,
        options: theme.options.clone(),
        navigation: vec![
            link("What it is", "/articles/"),
            link("What to expect", "/articles/session/"),
            link("Conditions", "/conditions/"),
            link("Safety", "/articles/after-a-session/"),
            link("Questions", "/questions/"),
        ],
        footer: vec![link("About", "/articles/"), link("Privacy", "/articles/")],
        disclaimer: text(
            "This site gives general information. It does not replace advice from your own clinician.",
        ),
        emergency: Emergency { label: text("911"), tel: text("tel:911") },
        contact: Some(link("hello@example.org", "mailto:hello@example.org")),
        publisher: Some(link("Example Clinic", "https://example.org/")),
        updated: Some(date(2026, 11, 2)),
        urls: SiteUrls {
            search: text("/search/"),
            settings: text("/settings/"),
            conditions: Some(text("/conditions/")),
            body: Some(text("/body/")),
            questions: Some(text("/questions/")),
            glossary: Some(text("/glossary/")),
            references: Some(text("/references/")),
            people: Some(text("/people/")),
        },
        assets: SiteAssets {
            css: asset("site.css"),
            early: asset("early.js"),
            site: asset("site.js"),
            scripts: theme
                .assets
                .scripts()
                .map(|(name, path)| (name.to_owned(), format!("/{path}")))
                .collect(),
            search: text("/search/search.js"),
            strings: asset("strings-en.json"),
            favicon: asset("favicon.svg"),
            touch_icon: asset("favicon.svg"),
            manifest: text("/manifest.webmanifest"),
        },
        icons: theme.icons.iter().map(|(name, icon)| (name.clone(), Html(icon.clone()))).collect(),
        feed: Some(text("/feed.xml")),
        csp: text(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
             connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; \
             require-trusted-types-for 'script'; trusted-types 'none'",
        ),
    }
}

struct Sample<'a> {
    theme: &'a Theme,
    site: Value,
    frame: Value,
    t: Value,
}

impl Sample<'_> {
    fn context(&self) -> Context {
        let mut context = Context::new();
        context.insert_value("site", self.site.clone());
        context.insert_value("frame", self.frame.clone());
        context.insert_value("t", self.t.clone());
        context
    }

    fn shortcode(&self, file: &str, value: &impl serde::Serialize) -> Html {
        let mut context = Context::from_serialize(value).unwrap();
        context.extend(self.context());
        Html(self.theme.render(file, &context).unwrap())
    }

    fn page<T: Template>(&self, address: &str, page: PageContext, value: &T) -> String {
        assert!(ADDRESSES.contains(&(address, T::FILE)), "{address} is not in the list");
        let mut context = Context::from_serialize(value).unwrap();
        context.insert("page", &page);
        context.extend(self.context());
        self.theme.render(T::FILE, &context).unwrap_or_else(|error| panic!("{address}: {error:?}"))
    }
}

fn page(title: &str, address: &str, kind_id: &str) -> PageContext {
    PageContext {
        title: text(title),
        document_title: format!("{title} · Needlepoint"),
        description: text("A short lead that says in one or two sentences what this page tells you."),
        url: text(address),
        permalink: format!("https://example.org{address}"),
        lang: text("en"),
        kind: kind(kind_id),
        breadcrumbs: vec![link("Home", "/"), link("Articles", "/articles/")],
        parent: Some(link("Articles", "/articles/")),
        feedback_url: Some(text("mailto:hello@example.org?subject=Feedback")),
        ..PageContext::default()
    }
}

fn handout(mut page: PageContext) -> PageContext {
    page.reviewed = Some(date(2026, 3, 12));
    page.qr = Some(html(
        "<svg viewBox=\"0 0 29 29\" width=\"96\" height=\"96\" aria-hidden=\"true\"><path d=\"M4 4h7v7H4zM18 4h7v7h-7zM4 18h7v7H4z\"/></svg>",
    ));
    page.print_links = vec![link("What it costs", "https://example.org/articles/cost/")];
    page.terms = vec![TermNote {
        term: text("trigger point"),
        word: String::new(),
        definition: text("A small tight spot in a muscle that hurts when pressed."),
    }];
    page
}

fn text_context(sample: &Sample<'_>, body: &str) -> TextContext {
    let care = CareContext {
        level: text("emergency"),
        heading: text("Call 911 now if:"),
        rank: 2,
        anchor: text("care-1"),
        body: html("<ul><li>you cannot breathe well</li><li>you have sudden chest pain</li></ul>"),
        lang: None,
    };
    let cite = "<a class=\"cite\" href=\"#ref-1\" aria-label=\"Reference 1\">[1]</a>";
    TextContext {
        unreviewed: false,
        answers: 2,
        body: html(body),
        reading_time: text("4 minutes to read"),
        key_message: Some(html("<p>Soreness for a day or two is common. Chest pain is not.</p>")),
        care: vec![sample.shortcode("shortcodes/care.html", &care)],
        glance: vec![
            GlanceFact {
                label: text("Cost of one session without insurance"),
                value: text("about $50 to $150"),
                qualifier: text("more in large cities"),
                citations: html(cite),
                lang: None,
            },
            GlanceFact { label: text("Soreness"), value: text("1 to 3 days"), ..GlanceFact::default() },
        ],
        glance_as_of: Some(date(2026, 11, 1)),
        toc: ["Aftercare", "Soreness", "When to get help"]
            .iter()
            .map(|words| TocEntry {
                text: text(words),
                url: format!("#{}", words.to_lowercase().replace(' ', "-")),
            })
            .collect(),
        authors: vec![PersonLink {
            name: text("A. Rivera"),
            credentials: text("PT"),
            url: Some(text("/people/rivera/")),
            ..PersonLink::default()
        }],
        review: Some(Review {
            last: date(2026, 3, 12),
            next: date(2027, 3, 12),
            overdue: false,
            reviewer: Some(PersonLink {
                name: text("A. Rivera"),
                credentials: text("PT"),
                url: Some(text("/people/rivera/")),
                ..PersonLink::default()
            }),
        }),
        date: Some(date(2026, 1, 5)),
        updated: Some(date(2026, 4, 1)),
        how_made: Some(text("Written from guidelines and reviews.")),
        history: vec![HistoryEntry { date: date(2026, 4, 1), text: text("New figures on soreness.") }],
        references: vec![Reference {
            number: 1,
            anchor: text("ref-1"),
            html: html(
                "Author A. <em>A review of needling</em>. 2023. <a href=\"https://example.org/\">doi</a>",
            ),
            retracted: false,
            cited_at: vec![link("a", "#cite-1-a"), link("b", "#cite-1-b")],
        }],
        backlinks: vec![BacklinkGroup {
            kind: kind("explainer"),
            items: vec![Backlink {
                title: text(HOSTILE),
                url: text("/articles/compare/"),
                section: text("in “Who it may help”"),
                sentence: html("Many people try it for <mark>neck pain</mark> first."),
            }],
        }],
        related: ["What it costs", "Is it safe?", "Who may do it", "Temporomandibular disorders"]
            .iter()
            .map(|title| Ready::new(&card(title)))
            .collect(),
        tags: vec![link("Safety", "/tags/safety/")],
    }
}

fn card(title: &str) -> Card {
    Card {
        title: text(title),
        url: text("/articles/compare/"),
        description: text("One sentence about the page."),
        kind: kind("explainer"),
    }
}

fn region_links() -> Vec<RegionLink> {
    REGIONS
        .iter()
        .map(|(id, label)| RegionLink {
            id: text(id),
            label: text(label),
            url: format!("/body/{id}/"),
            count: format!("{} conditions", id.len() % 3 + 2),
        })
        .collect()
}

/// Renders all pages of the sample.
pub(crate) fn pages(theme: &Theme) -> BTreeMap<String, String> {
    let site = site(theme);
    let mut sample = Sample {
        theme,
        site: Value::from_serializable(&site),
        frame: Value::from(""),
        t: Value::from_serializable(&theme.strings["en"].table),
    };
    let header = |index| sample.shortcode("partials/header.html", &HeaderContext { nav_index: index });
    let frame = FrameContext {
        head: sample.shortcode("partials/head.html", &SettingsContext {}),
        headers: (0..=site.navigation.len()).map(header).collect(),
        handout: sample.shortcode("partials/handout_lines.html", &SettingsContext {}),
        footer: sample.shortcode("partials/footer.html", &SettingsContext {}),
    };
    sample.frame = Value::from_serializable(&frame);
    let mut pages = BTreeMap::new();
    articles(&sample, &mut pages);
    lists(&sample, &mut pages);
    single(&sample, &mut pages);
    pages
}

fn articles(sample: &Sample<'_>, pages: &mut BTreeMap<String, String>) {
    let body_map = BodyMap::parse(&read("body-map.toml")).unwrap();
    let mut add = |address: &str, html: String| pages.insert(text(address), html);

    let address = "/articles/after-a-session/";
    let article = ArticleContext {
        text: text_context(sample, include_str!("body_article.html")),
        questions: Vec::new(),
        conditions: [link("Neck pain", "/conditions/neck-pain/"), link("Jaw pain", "/conditions/")]
            .iter()
            .map(Ready::new)
            .collect(),
        previous: Some(link("What to expect", "/articles/session/")),
        next: Some(link("What it costs", "/articles/compare/")),
    };
    let mut frame = handout(page("After a session", address, "explainer"));
    frame.nav_index = 4;
    frame.translations = vec![
        Translation {
            lang: text("en"),
            label: text("English"),
            translated: true,
            current: true,
            note: String::new(),
            permalink: text("https://example.org/articles/after-a-session/"),
            ..Translation::default()
        },
        Translation {
            lang: text("es"), label: text("Español"), url: text("/es/"), ..Translation::default()
        },
    ];
    add(address, sample.page(address, frame, &article));

    let address = "/articles/compare/";
    let mut article = ArticleContext {
        text: text_context(sample, include_str!("body_comparison.html")),
        ..ArticleContext::default()
    };
    article.text.toc.clear();
    article.text.care.clear();
    article.text.review.as_mut().unwrap().overdue = true;
    add(address, sample.page(address, handout(page(HOSTILE, address, "comparison")), &article));

    let address = "/articles/session/";
    let drawing = |id: &&str| {
        let arguments = BTreeMap::from([("id", *id), ("alt", "A drawing"), ("caption", "What it shows.")]);
        sample.shortcode("shortcodes/drawing.html", &arguments).0
    };
    let drawings: String = DRAWINGS.iter().map(drawing).collect();
    let mut article = ArticleContext {
        text: text_context(sample, &(include_str!("body_guide.html").to_owned() + &drawings)),
        ..ArticleContext::default()
    };
    article.text.toc.clear();
    add(address, sample.page(address, handout(page("Your first session", address, "guide")), &article));

    let address = "/articles/faq/";
    let body: String = (1..=7)
        .map(|n| {
            format!(
                "<details class=\"faq\"><summary><h2>Does question {n} hurt?</h2></summary><div class=\"answer\" \
                 id=\"q{n}\"><p>A little. Most people feel a short ache.</p></div></details>\n"
            )
        })
        .collect();
    let mut article = ArticleContext {
        text: text_context(sample, &body),
        questions: (1..=7).map(|n| link(&format!("Does question {n} hurt?"), &format!("#q{n}"))).collect(),
        ..ArticleContext::default()
    };
    article.text.toc.clear();
    article.text.glance.clear();
    article.text.references.clear();
    article.text.care.clear();
    add(address, sample.page(address, handout(page("Common questions", address, "faq")), &article));

    let address = "/conditions/neck-pain/";
    let condition = ConditionContext {
        rest: Html::default(),
        text: text_context(sample, include_str!("body_article.html")),
        also_called: vec![text("cervicalgia"), text("stiff neck")],
        regions: vec![RegionName { text: text("Neck"), url: Some(text("/body/knee/")), lang: None }],
        locator: Some(body_map.locator("front", "Front", &["neck"])),
        evidence: vec![EvidenceLine {
            outcome: text("Pain in the first four weeks, compared with no treatment"),
            direction: text("may help a little"),
            certainty: text("low"),
            certainty_text: text("Low certainty: more studies may change this"),
            stitches: 2,
            citations: html("<a class=\"cite\" href=\"#ref-1\" aria-label=\"Reference 1\">[1]</a>"),
            known: text("Small studies found less pain."),
            unknown: text("Whether it lasts."),
        }],
        evidence_id: text("study-results"),
        related_conditions: [link("Headache", "/conditions/"), link("Jaw pain", "/conditions/")]
            .iter()
            .map(Ready::new)
            .collect(),
        codes: vec![ClinicalCode { system: text("ICD-10"), code: text("M54.2") }],
    };
    add(address, sample.page(address, handout(page("Neck pain", address, "condition")), &condition));
}

fn lists(sample: &Sample<'_>, pages: &mut BTreeMap<String, String>) {
    let body_map = BodyMap::parse(&read("body-map.toml")).unwrap();
    let shape_link = |region: &str| ShapeLink {
        url: (region != "abdomen").then(|| format!("/body/{region}/")),
        label: text(region),
    };
    let mut add = |address: &str, html: String| pages.insert(text(address), html);

    let entry = |name: &str, see: Option<&str>| ConditionEntry {
        name: text(name),
        url: text("/conditions/neck-pain/"),
        see: see.map(text),
        region: text("Neck"),
        region_lang: None,
    };
    let group = |letter: &str, entries: Vec<ConditionEntry>| ConditionGroup {
        letter: text(letter),
        anchor: letter.to_lowercase(),
        long: entries.len() > 1,
        others: entries.iter().filter(|entry| entry.see.is_some()).cloned().collect(),
        entries: entries.into_iter().filter(|entry| entry.see.is_none()).collect(),
    };
    let conditions = ConditionsContext {
        letters: letters(""),
        groups: vec![
            group("H", vec![entry("Heel pain", Some("Plantar fasciitis"))]),
            group("N", vec![entry("Neck pain", None), entry("Neck strain", None)]),
            group("P", vec![entry("Plantar fasciitis", None)]),
            group("T", vec![entry("Temporomandibular disorder", None)]),
        ],
        total: 4,
        regions: region_links(),
        ..ConditionsContext::default()
    };
    let address = "/conditions/";
    add(address, sample.page(address, page("Conditions A to Z", address, ""), &conditions));

    let body = BodyContext {
        regions: region_links(),
        figures: vec![
            body_map.linked("front", "Front", shape_link),
            body_map.linked("back", "Back", shape_link),
        ],
        whole_body: Some(RegionLink {
            id: text("whole-body"),
            label: text("All over, or several places"),
            url: text("/body/whole-body/"),
            count: text("2 conditions"),
        }),
        ..BodyContext::default()
    };
    add("/body/", sample.page("/body/", page("Where does it hurt?", "/body/", ""), &body));

    let care = CareContext {
        level: text("urgent"),
        heading: text("Ask for help today if:"),
        rank: 2,
        anchor: text("care-1"),
        body: html("<ul><li>your calf is hot and swollen</li></ul>"),
        lang: None,
    };
    let region = RegionContext {
        figures: vec![
            body_map.locator("front", "Front", &["knee"]),
            body_map.locator("back", "Back", &["knee"]),
        ],
        care: vec![sample.shortcode("shortcodes/care.html", &care)],
        conditions: vec![card("Knee osteoarthritis"), card("Runner's knee")],
        articles: vec![Backlink {
            title: text("After a session"),
            url: text("/articles/after-a-session/"),
            section: text("in “Who it may help”"),
            sentence: html("It may help <mark>knee pain</mark>."),
        }],
        nearby: vec![link("Thigh", "/body/thigh/")],
        ..RegionContext::default()
    };
    let address = "/body/knee/";
    add(address, sample.page(address, page("Knee: pain and conditions", address, ""), &region));

    let glossary = GlossaryContext {
        letters: letters("")
            .into_iter()
            .map(|letter| Letter { url: (letter.letter == "T").then(|| text("#letter-t")), ..letter })
            .collect(),
        groups: vec![GlossaryGroup {
            letter: text("T"),
            anchor: text("letter-t"),
            terms: vec![GlossaryTerm {
                term: text("trigger point"),
                anchor: text("trigger-point"),
                forms: vec![text("muscle knot")],
                definition: text("A small tight spot in a muscle that hurts when pressed."),
                used_on_count: String::new(),
                used_on: vec![link("After a session", "/articles/after-a-session/")],
            }],
        }],
    };
    add("/glossary/", sample.page("/glossary/", page("Glossary", "/glossary/", ""), &glossary));

    let references = ReferencesContext {
        entries: vec![ReferenceEntry {
            anchor: text("author-2023"),
            html: html("Author A. A review. 2023. <a href=\"https://example.org/\">doi</a>"),
            kind: text("Review"),
            year: text("2023"),
            retracted: true,
            cited_on_count: String::new(),
            cited_on: vec![link("After a session", "/articles/after-a-session/")],
        }],
    };
    add("/references/", sample.page("/references/", page("References", "/references/", ""), &references));

    let questions = QuestionsContext {
        groups: vec![QuestionGroup {
            title: text("After a session"),
            anchor: text("after"),
            items: (1..=3)
                .map(|n| QuestionEntry {
                    question: format!("Can I do thing {n} after needling?"),
                    anchor: format!("after-{n}"),
                    answer: html("<p>Yes, gently.</p>"),
                    from: link("After a session", "/articles/after-a-session/#soreness"),
                })
                .collect(),
        }],
        ..QuestionsContext::default()
    };
    add("/questions/", sample.page("/questions/", page("Questions", "/questions/", ""), &questions));

    let number = |n: usize| PageNumber {
        number: n,
        url: format!("/articles/page/{n}/"),
        current: n == 2,
        gap: n == 5,
    };
    let list = ListContext {
        body: html("<p>All articles of the site.</p>"),
        sections: vec![card("Conditions")],
        cards: vec![card(HOSTILE), card("Is it safe?")],
        pagination: Some(Pagination {
            text: text("Page 2 of 5"),
            previous: Some(text("/articles/")),
            next: Some(text("/articles/page/3/")),
            pages: [1, 2, 3, 5].map(number).to_vec(),
        }),
        ..ListContext::default()
    };
    add("/articles/", sample.page("/articles/", page("Articles", "/articles/", ""), &list));

    let dated = ListContext {
        dated: vec![DatedLink {
            text: text("Is it safe?"),
            url: text("/articles/compare/"),
            date: Some(date(2026, 3, 1)),
        }],
        ..ListContext::default()
    };
    add("/tags/safety/", sample.page("/tags/safety/", page("Topic: Safety", "/tags/safety/", ""), &dated));
    let tags = TagsContext {
        tags: vec![TagLink { text: text("Safety"), url: text("/tags/safety/"), count: text("1 page") }],
    };
    add("/tags/", sample.page("/tags/", page("Topics", "/tags/", ""), &tags));

    let people = PeopleContext {
        people: vec![PersonCard {
            name: text("A. Rivera"),
            credentials: text("PT"),
            role: text("Reviewer"),
            url: text("/people/rivera/"),
            placeholder: true,
        }],
    };
    add("/people/", sample.page("/people/", page("Who writes and reviews", "/people/", ""), &people));
    let person = PersonContext {
        credentials: text("PT"),
        role: text("Reviewer"),
        bio: html("<p>Works in a clinic.</p>"),
        interests: text("None declared."),
        link: Some(text("https://example.org/")),
        placeholder: true,
        written: vec![link("After a session", "/articles/after-a-session/")],
        reviewed: vec![DatedLink {
            text: text("Is it safe?"),
            url: text("/articles/compare/"),
            date: Some(date(2026, 3, 1)),
        }],
    };
    let address = "/people/rivera/";
    add(address, sample.page(address, page("A. Rivera", address, ""), &person));
}

fn single(sample: &Sample<'_>, pages: &mut BTreeMap<String, String>) {
    let body_map = BodyMap::parse(&read("body-map.toml")).unwrap();
    let mut add = |address: &str, html: String| pages.insert(text(address), html);
    let door = |title: &str, url: &str, icon: &str| Door {
        title: text(title),
        text: text("One sentence on what waits behind it."),
        url: text(url),
        icon: text(icon),
        figure: icon.is_empty().then(|| body_map.locator("front", "Front", &["shoulder"])),
        elsewhere: None,
    };
    let home = HomeContext {
        body: Html::default(),
        doors: vec![
            door("What is dry needling?", "/articles/compare/", "ripples"),
            door("Where does it hurt?", "/body/", ""),
            door("What to expect", "/articles/session/", "thread"),
        ],
        questions: (1..=6)
            .map(|n| link(&format!("Does question {n} hurt?"), &format!("/articles/faq/#q{n}")))
            .collect(),
        letters: letters("/conditions/"),
        recent: vec![RecentPage {
            title: text("After a session"),
            url: text("/articles/after-a-session/"),
            what: text("Reviewed"),
            date: date(2026, 3, 12),
        }],
        people: vec![PersonLink {
            name: text("A. Rivera"),
            credentials: text("PT"),
            url: Some(text("/people/rivera/")),
            ..PersonLink::default()
        }],
    };
    let mut frame = page("Dry needling, explained plainly", "/", "");
    frame.breadcrumbs.clear();
    frame.json_ld = html("{\"@context\":\"https://schema.org\",\"@type\":\"WebSite\"}");
    add("/", sample.page("/", frame, &home));

    let search = SearchContext {
        groups: vec![LinkGroup {
            title: text("Explainer"),
            items: vec![link(HOSTILE, "/articles/compare/"), link("Is it safe?", "/articles/compare/")],
        }],
    };
    let mut frame = page("Search", "/search/", "");
    frame.noindex = true;
    add("/search/", sample.page("/search/", frame, &search));

    add(
        "/settings/",
        sample.page("/settings/", page("Reading settings", "/settings/", ""), &SettingsContext {}),
    );

    let mut frame = page("Page not found", "/404.html", "");
    frame.breadcrumbs.clear();
    add("/404.html", sample.page("/404.html", frame, &NotFoundContext {}));

    let withdrawn = WithdrawnContext {
        sentence: text("This page was withdrawn on 12 March 2026."),
        reason: text("New studies changed the advice."),
        replacement: Some(link("Is it safe?", "/articles/compare/")),
    };
    add("/withdrawn/", sample.page("/withdrawn/", page("Old advice", "/withdrawn/", ""), &withdrawn));

    let redirect = RedirectContext {
        target: text("/articles/compare/"),
        permalink: text("https://example.org/articles/compare/"),
    };
    add("/old/", sample.page("/old/", page("Is it safe?", "/old/", ""), &redirect));
}
