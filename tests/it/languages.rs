use std::collections::BTreeSet;
use std::fs;

use needlepoint::diag::Diagnostic;
use needlepoint::pipeline::{self};
use needlepoint::search::Filters;

use crate::inputs;
use crate::rendering::{FOLDER, Files, built, main_of, site};

const PAGE: (&str, &str) = (
    "content/es/articles/cost.md",
    "+++\ntitle = \"Cuánto cuesta\"\nkind = \"page\"\n+++\n\nPregunte.\n\n{{ care(id=\"lung\") }}\n",
);
const ENGLISH: (&str, &str) = (
    "content/care.toml",
    "[lung]\nlevel = \"emergency\"\nheading = \"Call {{ emergency }} now if:\"\nitems = [\"you are short of breath\"]\nwords = [\"short breath\"]\n",
);
const SPANISH: (&str, &str) = (
    "content/es/care.toml",
    "[lung]\nlevel = \"emergency\"\nheading = \"Llame al {{ emergency }} ahora si:\"\nitems = [\"le falta el aire\"]\nwords = [\"falta aire\"]\n",
);

/// The built files, and the findings about care cards.
fn files_and_findings(changes: &[(&str, &str)]) -> (Files, Vec<Diagnostic>) {
    let site = site(changes);
    let mut found = site.diagnostics().to_vec();
    found.retain(|found| found.code.as_str().contains("care-card"));
    (built(&site).0, found)
}

/// The words for scripts of a language.
fn words_for_scripts<'a>(files: &'a Files, page: &str) -> &'a str {
    let address = files[page].split_once("data-strings=\"/health/").unwrap().1;
    &files[address.split_once('"').unwrap().0]
}

#[test]
fn a_care_card_speaks_the_language_of_the_page() {
    let (files, found) = files_and_findings(&[PAGE, ENGLISH, SPANISH]);
    assert!(found.is_empty(), "{found:#?}");
    let page = main_of(&files["es/articles/cost/index.html"]);
    assert!(page.contains("Llame al <a href=\"tel:") && page.contains("<li>le falta el aire</li>"), "{page}");
    assert!(!page.contains("lang=\"en\"") && !page.contains("short of breath"), "{page}");
    let spanish = words_for_scripts(&files, "es/articles/cost/index.html");
    assert!(spanish.contains("falta aire") && !spanish.contains("short breath"), "{spanish}");
    let english = words_for_scripts(&files, "articles/cost/index.html");
    assert!(english.contains("short breath") && !english.contains("falta aire"), "{english}");
    assert!(!files.contains_key("es/care.toml"), "it is read, and no part of the site");
}

#[test]
fn a_registry_that_is_not_read_in_the_folder_of_a_language_is_no_part_of_the_site() {
    let site = site(&[PAGE, ENGLISH, SPANISH, ("content/es/people.toml", "[ana]\nname = \"Ana\"\n")]);
    let found = site.diagnostics().iter().find(|found| found.code.as_str() == "misplaced-registry");
    let found = found.expect("it is told");
    assert_eq!(found.primary.file.as_str(), "content/es/people.toml");
    assert!(found.message.contains("`people.toml`"), "{}", found.message);
    assert!(!built(&site).0.contains_key("es/people.toml"));
}

#[test]
fn a_care_card_without_words_in_the_language_of_the_page_says_which_it_speaks() {
    let (files, found) = files_and_findings(&[PAGE, ENGLISH]);
    let [of_search, of_page] = found.as_slice() else { panic!("{found:#?}") };
    assert!(found.iter().all(|found| found.code.as_str() == "untranslated-care-card"), "{found:#?}");
    assert_eq!((of_search.primary.file.as_str(), of_page.primary.file.as_str()), (ENGLISH.0, PAGE.0));
    assert!(of_search.message.contains("search in the language `es`"), "{}", of_search.message);
    let page = main_of(&files["es/articles/cost/index.html"]);
    assert!(page.contains("<section class=\"care care-emergency\" lang=\"en\" dir=\"auto\">"), "{page}");
    assert!(page.contains("<span class=\"visually-hidden\" lang=\"es\" dir=\"ltr\">"), "{page}");
    let words = words_for_scripts(&files, "es/articles/cost/index.html");
    assert!(words.contains("short breath") && words.contains("\"lang\":\"en\""), "{words}");
    let english = words_for_scripts(&files, "articles/cost/index.html");
    assert!(!english.contains("\"lang\""), "{english}");
}

#[test]
fn what_studies_say_and_kinds_of_the_site_are_told_in_the_language_of_the_page() {
    let condition = "+++\ntitle = \"Dolor de cuello\"\nkind = \"condition\"\n[[evidence]]\noutcome = \"dolor\"\n\
        direction = \"no difference\"\n+++\n\nDuele.\n";
    let leaflet = "+++\ntitle = \"Hoja\"\nkind = \"leaflet\"\n+++\n\nLea.\n";
    let english = ("content/articles/sheet.md", "+++\ntitle = \"Sheet\"\nkind = \"leaflet\"\n+++\n\nRead.\n");
    let words = ("templates/i18n/es.toml", "[kinds]\nleaflet = \"Folleto\"\n");
    let settings = fs::read_to_string(format!("{FOLDER}/needlepoint.toml")).unwrap();
    let settings = settings + "\n[kinds.leaflet]\nlabel = \"Leaflet\"\n";
    let changes = [
        ("needlepoint.toml", settings.as_str()),
        ("content/es/conditions/neck-pain.md", condition),
        ("content/es/articles/sheet.md", leaflet),
        english,
        words,
    ];
    let files = built(&site(&changes)).0;
    let page = main_of(&files["es/conditions/neck-pain/index.html"]);
    assert!(page.contains("<strong>Dolor</strong>: Sin diferencia"), "{page}");
    assert!(main_of(&files["es/articles/sheet/index.html"]).contains("Folleto"));
    assert!(main_of(&files["articles/sheet/index.html"]).contains("Leaflet"));
}

#[test]
fn a_card_that_a_region_or_the_front_matter_asks_for_is_looked_for_too() {
    let region = "+++\ntitle = \"Dolor de cuello\"\nkind = \"condition\"\nregion = \"neck\"\n+++\n\nDuele.\n";
    let regions =
        "[[region]]\nid = \"neck\"\nlabel = \"Neck\"\nviews = [\"front\"]\norder = 1\ncare = \"lung\"\n";
    let asked = "+++\ntitle = \"Precio\"\nkind = \"page\"\n[extra]\ncare = [\"lung\"]\n+++\n\nPregunte.\n";
    for changes in [
        [("content/es/conditions/neck-pain.md", region), ("content/regions.toml", regions)],
        [("content/es/articles/cost.md", asked), ENGLISH],
    ] {
        let (_, found) = files_and_findings(&changes);
        let codes: Vec<&str> = found.iter().map(|found| found.code.as_str()).collect();
        assert!(codes.contains(&"untranslated-care-card"), "{codes:?}");
        let (_, found) = files_and_findings(&[changes[0], changes[1], SPANISH]);
        let codes: BTreeSet<&str> = found.iter().map(|found| found.code.as_str()).collect();
        assert!(!codes.contains("untranslated-care-card"), "{codes:?}");
    }
}

#[test]
fn a_card_of_a_further_language_is_one_of_the_sites_own_and_as_urgent() {
    for (old, new, place) in [("[lung]", "[lungs]", "lungs"), ("\"emergency\"", "\"urgent\"", "lung")] {
        let text = SPANISH.1.replacen(old, new, 1);
        let (_, found) = files_and_findings(&[ENGLISH, (SPANISH.0, &text)]);
        let finding =
            found.iter().find(|found| found.primary.file.as_str() == SPANISH.0).expect("it is told");
        assert_eq!(finding.code.as_str(), "unknown-care-card");
        assert!(finding.message.contains(&format!("`{place}`")), "{}", finding.message);
    }
}

#[test]
fn an_edited_card_of_a_language_gives_what_a_fresh_build_gives() {
    let settings = inputs::published();
    let mut before = site(&[PAGE, ENGLISH]);
    let edited = SPANISH.1.replace("falta el aire", "cuesta respirar");
    for changes in [vec![PAGE, ENGLISH, SPANISH], vec![PAGE, ENGLISH, (SPANISH.0, &edited)]] {
        let fresh = site(&changes);
        let updated = pipeline::build(fresh.files().clone(), settings.clone(), Some(&before), &|_| {});
        assert_eq!(built(&updated), built(&fresh));
        before = updated;
    }
}

#[test]
fn a_fact_speaks_the_language_of_the_page_or_says_which_it_speaks() {
    let english = "[price]\nlabel = \"Price\"\nrange = [30, 50]\nunit = \"USD\"\ntext = \"$30 to $50\"\nqualifier = \"it differs\"\n";
    let spanish = "[price]\nlabel = \"Precio\"\ntext = \"de 30 a 50 dólares\"\n";
    let page = "+++\ntitle = \"Precio\"\nkind = \"page\"\n[extra]\nat_a_glance = [\"price\"]\n+++\n\nSon {{ fact(id=\"price\") }} en total.\n";
    let sites = [("content/facts.toml", english), (PAGE.0, page), ("content/es/facts.toml", spanish)];
    let (files, found) = built(&site(&sites));
    assert!(found.iter().all(|found| found.primary.file.as_str() != "content/es/facts.toml"), "{found:#?}");
    let own = main_of(&files["es/articles/cost/index.html"]);
    assert!(own.contains("<p>Son de 30 a 50 dólares en total.</p>"), "{own}");
    assert!(own.contains("<dt>Precio</dt><dd><strong>de 30 a 50 dólares</strong></dd>"), "{own}");
    assert!(!own.contains("lang=\"en\"") && !own.contains("it differs"), "{own}");
    assert!(!files.contains_key("es/facts.toml"), "it is read, and no part of the site");
    let index = site(&sites).search_index("es").unwrap();
    let found = index.query("dólares", 3, &Filters::default()).unwrap();
    assert_eq!(found.results[0].excerpt, "Son de 30 a 50 dólares en total.");

    let (files, _) = built(&site(&sites[..2]));
    let foreign = main_of(&files["es/articles/cost/index.html"]);
    assert!(foreign.contains("<p>Son <span lang=\"en\">$30 to $50</span> en total.</p>"), "{foreign}");
    assert!(foreign.contains("<div lang=\"en\"><dt>Price</dt>"), "{foreign}");

    let unknown = spanish.replace("price", "prices");
    let wrong = site(&[sites[0], sites[1], ("content/es/facts.toml", &unknown)]);
    let codes: Vec<&str> = wrong.diagnostics().iter().map(|found| found.code.as_str()).collect();
    assert!(codes.contains(&"unknown-fact"), "{codes:?}");
}
