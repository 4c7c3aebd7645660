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

const NECK: (&str, &str) = (
    "content/es/conditions/neck-pain.md",
    "+++\ntitle = \"Dolor de cuello\"\nkind = \"condition\"\nregion = \"neck\"\nauthors = [\"kim\"]\n+++\n\nDuele.\n",
);
const REGIONS: (&str, &str) = (
    "content/es/regions.toml",
    "[[region]]\nid = \"neck\"\nlabel = \"Cuello\"\nwords = [\"nuca\"]\n\n[[region]]\nid = \"arm\"\nlabel = \"Brazo\"\n",
);

/// The built files, and what is said of regions.
fn files_and_regions(changes: &[(&str, &str)]) -> (Files, Vec<(String, String)>) {
    let site = site(changes);
    let found = site.diagnostics().iter().filter(|found| found.code.as_str().contains("region"));
    let found = found.map(|found| (found.code.as_str().to_owned(), found.message.clone())).collect();
    (built(&site).0, found)
}

#[test]
fn a_region_is_named_in_the_language_of_the_page() {
    let (files, found) = files_and_regions(&[NECK, REGIONS]);
    assert_eq!(found, []);
    let page = &files["es/conditions/neck-pain/index.html"];
    let link = "<p>Parte del cuerpo: <a href=\"/health/body/neck/\" hreflang=\"en\">Cuello (página en inglés)</a></p>";
    assert!(main_of(page).contains(link), "{page}");
    assert!(page.contains("\"SuperficialAnatomy\",\"name\":\"Cuello\""), "{page}");
    let list = main_of(&files["es/conditions/index.html"]);
    assert!(list.contains("<span class=\"soft\">Cuello</span>"), "{list}");
    let words = words_for_scripts(&files, "es/conditions/index.html");
    assert!(words.contains("\"neck\":\"Cuello\"") && words.contains("\"arm\":\"Brazo\""), "{words}");
    let english = &files["conditions/neck-pain/index.html"];
    assert!(main_of(english).contains("<a href=\"/health/body/neck/\">Neck</a>"), "{english}");
    assert!(!words_for_scripts(&files, "conditions/index.html").contains("Cuello"));
    assert!(!files.contains_key("es/regions.toml"), "it is read, and no part of the site");
}

#[test]
fn a_region_without_words_in_the_language_of_the_page_says_which_it_speaks() {
    let (files, found) = files_and_regions(&[NECK]);
    let message = "the region `neck` has no words in the language `es`".to_owned();
    assert_eq!(found, [("untranslated-region".to_owned(), message)]);
    let page = main_of(&files["es/conditions/neck-pain/index.html"]);
    assert!(page.contains(" hreflang=\"en\"><span lang=\"en\">Neck</span> (página en inglés)</a>"), "{page}");
    let list = main_of(&files["es/conditions/index.html"]);
    assert!(list.contains("<span class=\"soft\" lang=\"en\">Neck</span>"), "{list}");
    assert!(list.contains("<li><span lang=\"en\">Neck</span>: <a"), "{list}");
}

#[test]
fn an_a_to_z_lists_by_region_what_its_language_has() {
    let (files, _) = files_and_regions(&[NECK, REGIONS]);
    let list = main_of(&files["es/conditions/index.html"]);
    let neck = "<li><span>Cuello</span>: <a href=\"/health/es/conditions/neck-pain/\">Dolor de cuello</a>";
    assert!(list.contains(neck), "{list}");
    assert!(!list.contains("/body/") && !list.contains("Elbow") && !list.contains("Brazo"), "{list}");
    assert!(main_of(&files["conditions/index.html"]).contains("/health/body/elbow/"));
}

#[test]
fn a_group_of_regions_is_named_with_its_regions() {
    let arm = NECK.1.replace("neck", "arm");
    let (files, found) = files_and_regions(&[(NECK.0, &arm), REGIONS]);
    let unnamed: Vec<&str> = found.iter().filter_map(|(_, message)| message.split('`').nth(1)).collect();
    assert_eq!(unnamed, ["elbow", "forearm"], "the group has a name");
    let list = main_of(&files["es/conditions/index.html"]);
    assert!(list.contains("<span class=\"soft\" lang=\"en\">Elbow, Forearm</span>"), "{list}");
    let page = &files["es/conditions/neck-pain/index.html"];
    assert!(page.contains("\"SuperficialAnatomy\",\"name\":\"Brazo\""), "{page}");
}

#[test]
fn a_region_that_only_a_further_language_writes_of_is_named_without_a_link() {
    let own = "[[region]]\nid = \"knee\"\nlabel = \"Knee\"\n";
    let own = format!("{}\n{own}", fs::read_to_string(format!("{FOLDER}/content/regions.toml")).unwrap());
    let knee = NECK.1.replace("neck", "knee");
    let named = REGIONS.1.replace("neck", "knee").replace("Cuello", "Rodilla");
    let sites = [("content/regions.toml", &*own), (NECK.0, &knee), (REGIONS.0, &named)];
    let (files, found) = files_and_regions(&sites);
    assert_eq!(found, []);
    let page = main_of(&files["es/conditions/neck-pain/index.html"]);
    assert!(page.contains("<p>Parte del cuerpo: Rodilla</p>"), "{page}");
    assert!(main_of(&files["es/conditions/index.html"]).contains("<li><span>Rodilla</span>: <a"));
}

#[test]
fn regions_of_a_further_language_are_those_of_the_site_and_have_words_only() {
    let unknown = REGIONS.1.replace("\"neck\"", "\"nek\"");
    let wrong = site(&[(REGIONS.0, &unknown)]);
    let found = wrong.diagnostics().iter().find(|found| found.code.as_str() == "unknown-region").unwrap();
    assert_eq!(found.primary.file.as_str(), REGIONS.0);
    assert!(found.help.as_ref().is_some_and(|help| help.contains("`neck`")), "{found:?}");
    let order = REGIONS.1.replace("words", "order = 1\nwords");
    let wrong = site(&[(REGIONS.0, &order)]);
    assert!(wrong.diagnostics().iter().any(|found| found.code.as_str() == "unknown-key"));
}

#[test]
fn a_link_to_a_page_in_another_language_says_so() {
    let home = "+++\ntitle = \"Inicio\"\n[[extra.doors]]\ntitle = \"Cuello\"\npath = \"/body/neck/\"\n[[extra.doors]]\ntitle = \"Precio\"\npath = \"/es/articles/cost/\"\n+++\n";
    let (files, _) = files_and_regions(&[NECK, REGIONS, ("content/es/_index.md", home)]);
    let page = &files["es/conditions/neck-pain/index.html"];
    for (path, words) in [
        ("body", "¿Dónde le duele?"),
        ("glossary", "Glosario"),
        ("references", "Referencias"),
        ("people", "Quién escribe y revisa"),
        ("people/kim", "Kim"),
    ] {
        let start = format!("<a href=\"/health/{path}/\" hreflang=\"en\">{words}");
        let link = page.split_once(&start).unwrap_or_else(|| panic!("{start} in {page}")).1;
        assert!(
            link.split_once("</a>").is_some_and(|(rest, _)| rest.ends_with(" (página en inglés)")),
            "{link}"
        );
    }
    assert!(files["es/404.html"].contains("hreflang=\"en\">¿Dónde le duele? (página en inglés)</a>"));
    let home = main_of(&files["es/index.html"]);
    assert!(
        home.contains("<a href=\"/health/body/neck/\" hreflang=\"en\">Cuello (página en inglés)</a>"),
        "{home}"
    );
    assert!(home.contains("<a href=\"/health/es/articles/cost/\">Precio</a>"), "{home}");
    let english = files.iter().filter(|(path, _)| path.ends_with(".html") && !path.starts_with("es/"));
    for (path, text) in english {
        assert!(!text.contains("(page in English)") && !text.contains("(page in Spanish)"), "{path}");
    }
}

#[test]
fn edited_regions_of_a_language_give_what_a_fresh_build_gives() {
    let settings = inputs::published();
    let mut before = site(&[NECK]);
    let edited = REGIONS.1.replace("Cuello", "Nuca");
    for changes in [vec![NECK, REGIONS], vec![NECK, (REGIONS.0, &edited)], vec![NECK]] {
        let fresh = site(&changes);
        let updated = pipeline::build(fresh.files().clone(), settings.clone(), Some(&before), &|_| {});
        assert_eq!(built(&updated), built(&fresh));
        assert_eq!(updated.diagnostics(), fresh.diagnostics());
        before = updated;
    }
}
