use std::collections::BTreeMap;

use camino::Utf8Path;
use needlepoint::disk;
use needlepoint::files::SiteFiles;
use needlepoint::pipeline::{self, Site};
use serde_json::{Value, json};

use crate::inputs::{self, source};
use crate::vocabulary::validate;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn made(files: SiteFiles) -> Site {
    let settings = inputs::published();
    pipeline::build(files, settings, None, &|_| {})
}

/// A site of each kind of page, its texts in one file: `==== path` begins each.
fn varied_site() -> Site {
    let whole = include_str!("../data/structured-site.txt");
    let texts = whole.split("==== ").skip(1).map(|part| {
        let (path, text) = part.split_once('\n').unwrap();
        source(path, text)
    });
    made(SiteFiles::new(texts.collect(), Vec::new(), Vec::new()))
}

/// Each page with its graph, where it has one.
fn pages(site: &Site) -> BTreeMap<String, (String, Option<Value>)> {
    let (rendering, _) = site.rendering();
    let mut pages = BTreeMap::new();
    for output in rendering.outputs().iter().filter(|output| output.path.as_str().ends_with(".html")) {
        let html = String::from_utf8(rendering.render(output).unwrap().into_owned()).unwrap();
        let start = "<script type=\"application/ld+json\">";
        assert!(html.matches(start).count() <= 1, "{}: two graphs", output.path);
        let graph = html.split_once(start).map(|(_, rest)| rest.split_once("</script>").unwrap().0);
        let graph = graph.map(|graph| serde_json::from_str(graph).unwrap());
        pages.insert(output.path.to_string(), (html, graph));
    }
    pages
}

fn graph_of(pages: &BTreeMap<String, (String, Option<Value>)>, address: &str) -> Value {
    pages[&format!("{address}index.html")].1.clone().unwrap()
}

#[test]
fn every_graph_keeps_to_the_vocabulary() {
    let own = made(disk::read_site(Utf8Path::new(ROOT)).unwrap().files().clone());
    let small = format!("{ROOT}/tests/fixtures/small-site");
    let small = made(disk::read_site(Utf8Path::new(&small)).unwrap().files().clone());
    for (site, least) in [(own, 55), (small, 15), (varied_site(), 12)] {
        let mut graphs = 0;
        for (path, (html, graph)) in pages(&site) {
            let is_hidden = html.contains("noindex") || html.contains("http-equiv=\"refresh\"");
            assert_eq!(
                graph.is_none(),
                is_hidden,
                "{path}: a graph where search engines may look, only there"
            );
            let Some(graph) = graph else { continue };
            graphs += 1;
            assert_eq!(validate(&graph), Vec::<String>::new(), "{path}: {graph:#}");
        }
        assert!(graphs >= least, "{graphs}");
    }
}

#[test]
fn each_kind_of_page_has_its_type() {
    let pages = pages(&varied_site());
    for (address, expected) in [
        ("", json!("WebSite")),
        ("treatment/", json!("MedicalWebPage")),
        ("conditions/neck-pain/", json!("MedicalWebPage")),
        ("questions-asked/", json!(["MedicalWebPage", "FAQPage"])),
        ("about/", json!("WebPage")),
        ("conditions/", json!("CollectionPage")),
        ("body/neck/", json!("CollectionPage")),
        ("glossary/", json!("CollectionPage")),
        ("people/rev/", json!("ProfilePage")),
    ] {
        assert_eq!(graph_of(&pages, address)["@type"], expected, "{address}");
    }
    assert_eq!(graph_of(&pages, "glossary/")["mainEntity"]["@type"], "DefinedTermSet");
    assert_eq!(graph_of(&pages, "people/rev/")["mainEntity"]["honorificSuffix"], "PT, DPT");
    let home = graph_of(&pages, "");
    assert_eq!(home["publisher"]["@type"], "MedicalClinic");
    assert_eq!(home["publisher"]["correctionsPolicy"], "https://example.org/about/#corrections");
}

#[test]
fn a_treatment_is_told_with_its_harms() {
    let graph = graph_of(&pages(&varied_site()), "treatment/");
    let treatment = &graph["mainEntity"];
    assert_eq!(treatment["@type"], "PhysicalTherapy");
    assert_eq!(treatment["name"], "Needling");
    assert_eq!(treatment["howPerformed"], "A thin needle for about $50.");
    assert_eq!(treatment["contraindication"], json!(["pregnancy"]));
    assert_eq!(treatment["seriousAdverseOutcome"][0]["name"], "collapsed lung");
    assert_eq!(graph["lastReviewed"], "2026-10-01");
    assert_eq!(graph["reviewedBy"]["name"], "Ana Ruiz");
    assert_eq!(graph["citation"][0]["publicationType"], "Systematic Review");
    assert_eq!(graph["about"][0]["@id"], "https://example.org/conditions/neck-pain/#condition");
    // One part for each section with an aspect, at the address of its heading; a question is a part too.
    let parts: Vec<(&str, &str)> = graph["hasPart"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| (part["hasHealthAspect"].as_str().unwrap_or("question"), part["url"].as_str().unwrap()))
        .collect();
    let at = |anchor: &str| format!("https://example.org/treatment/#{anchor}");
    assert_eq!(
        parts,
        [
            ("https://schema.org/PatientExperienceHealthAspect", &*at("what-to-expect")),
            ("https://schema.org/RisksOrComplicationsHealthAspect", &at("risks")),
            ("question", &at("does-it-hurt")),
        ]
    );
}

#[test]
fn a_condition_is_told_with_codes_of_the_right_form_only() {
    let graph = graph_of(&pages(&varied_site()), "conditions/neck-pain/");
    let condition = &graph["mainEntity"];
    let codes: Vec<&Value> =
        condition["code"].as_array().unwrap().iter().map(|code| &code["codeValue"]).collect();
    assert_eq!(codes, ["M54.2", "D019547"]);
    assert_eq!(condition["alternateName"], json!(["sore neck"]));
    assert_eq!(condition["signOrSymptom"][1]["name"], "tight spots");
    assert_eq!(condition["possibleTreatment"]["@id"], "https://example.org/treatment/#treatment");
    assert_eq!(condition["guideline"][0]["guidelineDate"], "2024");
    assert_eq!(graph["audience"]["healthCondition"]["@id"], condition["@id"]);
    // Evidence of no difference makes no possible treatment.
    assert!(
        graph_of(&pages(&varied_site()), "conditions/foot-pain/")["mainEntity"]
            .get("possibleTreatment")
            .is_none()
    );
}

#[test]
fn a_placeholder_reviewed_nothing() {
    let graph = graph_of(&pages(&varied_site()), "conditions/foot-pain/");
    assert!(graph.get("reviewedBy").is_none() && graph.get("lastReviewed").is_none(), "{graph:#}");
}

/// Names, days, the reviewer and answers are those that readers see.
#[test]
fn graphs_say_what_readers_see() {
    let pages = pages(&varied_site());
    for (path, (html, graph)) in &pages {
        let Some(graph) = graph else { continue };
        let main = &html[html.find("<main").unwrap()..];
        let seen = text_of(main);
        let mut said: Vec<&str> = ["/name", "/reviewedBy/name", "/description"]
            .iter()
            .filter_map(|at| graph.pointer(at)?.as_str())
            .collect();
        if graph["@type"] == "WebSite" {
            said.clear();
        }
        for part in ["mainEntity", "hasPart"] {
            let questions = graph[part].as_array().into_iter().flatten();
            for question in questions.filter(|part| part["@type"] == "Question") {
                said.push(question["name"].as_str().unwrap());
                said.push(question["acceptedAnswer"]["text"].as_str().unwrap());
            }
        }
        for text in said {
            assert!(seen.contains(text), "{path}: readers do not see {text:?} in {seen}");
        }
        for day in ["dateModified", "lastReviewed"] {
            if let Some(day) = graph[day].as_str() {
                assert!(main.contains(&format!("datetime=\"{day}\"")), "{path}: readers do not see {day}");
            }
        }
    }
}

/// The words of HTML in one line.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            c if !in_tag => text.push(c),
            _ => {}
        }
    }
    let text = text.replace("&#39;", "'").replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">");
    let text = text.replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The mistakes that public sites make, each with the line that the validator answers.
#[test]
fn the_validator_sees_the_usual_mistakes() {
    let on = |kind: &str, property: &str, value: Value| json!({ "@context": "https://schema.org", "@type": kind, property: value });
    let person = json!({ "@type": "Person", "name": "A" });
    for (graph, expected) in [
        (on("Article", "lastReviewed", json!("2026-10-01")), "domain"),
        (on("Article", "reviewedBy", person.clone()), "domain"),
        (on("MedicalWebPage", "aspect", json!("treatment")), "superseded"),
        (on("MedicalWebPage", "mainContentOfPage", json!("Treatment")), "range"),
        (on("MedicalWebPage", "medicalSpecialty", json!("https://schema.org/Physiotherapy")), "domain"),
        (on("PhysicalTherapy", "indication", json!("pain")), "no such property"),
        (on("PhysicalTherapy", "adverseOutcome", json!("Soreness")), "range"),
        (on("PhysicalTherapy", "seriousAdverseOutcome", json!("collapsed lung")), "range"),
        (on("MedicalCondition", "riskFactor", json!("stress")), "range"),
        (on("MedicalCondition", "possibleTreatment", json!("needling")), "range"),
        (on("MedicalCondition", "associatedAnatomy", json!("neck")), "range"),
        (on("MedicalCode", "code", json!("M54.2")), "range"),
        (on("PhysicalTherapy", "evidenceLevel", json!("https://schema.org/EvidenceLevelA")), "domain"),
        (on("MedicalWebPage", "evidenceLevel", json!("https://schema.org/EvidenceLevelA")), "domain"),
        (on("MedicalCondition", "bodyLocation", json!("neck")), "domain"),
        (on("MedicalCondition", "relatedTherapy", json!({ "@type": "PhysicalTherapy" })), "domain"),
        (on("MedicalAudience", "audienceType", json!({ "@type": "Patient" })), "range"),
        (on("MedicalWebPage", "specialty", json!("https://schema.org/Patient")), "range"),
        (on("ListItem", "item", json!("https://example.org/")), "range"),
        (on("MedicalWebpage", "name", json!("a")), "no type"),
        (on("MedicalWebPage", "lastReviewed", json!("yesterday")), "range"),
        (on("MedicalWebPage", "audience", json!({ "@id": "#nobody" })), "range"),
    ] {
        let found = validate(&graph);
        assert!(found.iter().any(|line| line.contains(expected)), "{graph}: {found:?}");
    }
    let right = on("MedicalWebPage", "reviewedBy", person);
    assert_eq!(validate(&right), Vec::<String>::new());
    let faq = json!({ "@context": "https://schema.org", "@type": ["Article", "MedicalWebPage"],
        "lastReviewed": "2026-10-01", "specialty": "https://schema.org/Musculoskeletal" });
    assert_eq!(validate(&faq), Vec::<String>::new());
}

#[test]
fn a_title_cannot_break_out_of_its_script() {
    let texts = [
        ("needlepoint.toml", "title = \"</script><b>\"\nbase_url = \"https://example.org\"\n"),
        ("content/a.md", "+++\ntitle = \"</script><script>alert(1)//\"\n+++\n<!-- Text\n"),
    ];
    let pages = pages(&made(inputs::files(&texts)));
    assert_eq!(graph_of(&pages, "a/")["name"], "</script><script>alert(1)//");
}
