use super::super::site::{Site, condition, site};
use crate::source::Source;

const FACTS: &str = "[soreness]\nrange = [1, 2]\nunit = \"days\"\ntext = \"1 to 2 days\"\nnear = [\"sore\", \"soreness\"]\n\
                     [cost]\nvalue = 50\nunit = \"USD\"\ntext = \"$50\"\nnear = [\"session\"]\n";

fn with_facts(body: &str) -> Site {
    site(&[("facts.toml", FACTS), ("a.md", body)])
}

/// The findings of `a.md`: each code with the words it points at.
fn findings(site: &Site) -> Vec<(&str, &str)> {
    let source: &Source = site.page("a.md").page.document.source();
    let own = site.diagnostics.iter().filter(|found| found.primary.file == *source.path());
    own.map(|found| (found.code.as_str(), source.slice(found.primary.span))).collect()
}

#[test]
fn a_figure_that_disagrees_with_a_fact_shows_both_places() {
    let site = with_facts("You may be sore for 72 hours. One session costs $80.");
    assert_eq!(findings(&site), [("conflicting-figure", "72 hours"), ("conflicting-figure", "$80")]);
    assert_eq!(site.diagnostics[0].secondary[0].file.as_str(), "content/facts.toml");
}

#[test]
fn figures_are_found_wherever_a_reader_meets_them() {
    for (page, words) in [
        ("+++\ntitle = \"Sore for a week\"\n+++\n", "\"Sore for a week\""),
        ("+++\ntitle = \"T\"\ndescription = \"You are sore for 72 hours.\"\n+++\n", "72 hours"),
        ("+++\ntitle = \"T\"\n[extra]\nkey_message = \"A session costs $80.\"\n+++\n", "$80"),
        ("Soreness lasts five days.", "five days"),
        ("Soreness can last a week.", "a week"),
        ("| What | How long |\n|---|---|\n| Soreness | 72 hours |\n", "72 hours"),
        ("| What | Price (USD) |\n|---|---|\n| One session | 80 |\n", "80"),
        ("| When | Soreness |\n|---|---|\n| Most people | 3 to 5 days |\n", "3 to 5 days"),
        ("Table: How long soreness lasts\n\n| Who | How long |\n|---|---|\n| Most | 4 days |\n", "4 days"),
        ("Table: Sore for 72 hours\n\n| a |\n|---|\n| b |\n", "72 hours"),
        ("Soreness\n: 72 hours\n", "72 hours"),
        ("![A chart](a.png \"Soreness lasts 72 hours\")\n", "72 hours"),
        ("## Sore for 72 hours", "72 hours"),
        ("Sore for forty-eight to seventy-two hours.", "forty-eight to seventy-two hours"),
    ] {
        let site = with_facts(page);
        let found = findings(&site);
        let found: Vec<_> = found.iter().filter(|(code, _)| *code == "conflicting-figure").collect();
        assert_eq!(found, [&("conflicting-figure", words)], "{page}");
    }
}

#[test]
fn other_currencies_are_not_turned_into_each_other() {
    let facts = "[cost]\nvalue = 50\nunit = \"EUR\"\ntext = \"€50\"\nnear = [\"session\"]\n";
    let found = |body: &str| {
        let site = site(&[("facts.toml", facts), ("a.md", body)]);
        site.codes().len()
    };
    assert_eq!(found("A session costs €80."), 1);
    assert_eq!(found("A session costs 80 EUR."), 1);
    assert_eq!(found("A session costs $80, £40 or 80 CHF."), 0);
    assert_eq!(found("A session costs 50 euros."), 0);
}

#[test]
fn a_figure_that_agrees_or_means_something_else_is_no_finding() {
    for body in [
        "Soreness lasts 24 to 48 hours.",
        "Soreness lasts about a day.",
        "Ice sore spots twice a week.",
        "Call us if you are sore for more than 4 days.",
        "| What | How long |\n|---|---|\n| Soreness | 1 day |\n| Bruises | 9 days |\n",
        "Soreness lasts one to two days.",
        "Soreness lasts {{ fact(id=\"soreness\") }}.",
        "You may be sore. Wait 72 hours.",
        "Sore for 2 minutes.",
        "Sore after 60 days of running.",
        "> Sore for 72 hours.",
        "A session costs $50.",
        "`sore for 72 hours`",
        "Sore in 2017, at 9 or in room 12.",
    ] {
        assert_eq!(findings(&with_facts(body)), [], "{body}");
    }
}

#[test]
fn unknown_ids_are_errors_with_the_nearest() {
    let files = [
        ("conditions/neck-pain.md", condition("Neck pain", &[])),
        ("people.toml", "[jane]\nname = \"Jane\"\n".to_owned()),
        ("facts.toml", FACTS.to_owned()),
        ("glossary.toml", "[disc]\nterm = \"disc\"\ndefinition = \"A cushion.\"\n".to_owned()),
        ("care.toml", "[lung]\nlevel = \"emergency\"\nheading = \"Call if:\"\nitems = [\"x\"]\n".to_owned()),
        (
            "a.md",
            "+++\ntitle = \"A\"\nconditions = [\"neck-pian\", \"neck-pain\"]\nreviewer = \"jan\"\nauthors = [\"jane\"]\n\
             extra.at_a_glance = [\"cost\", \"cots\"]\nextra.care = [\"lung\", \"lunk\"]\n+++\n{{ fact(id=\"sorenes\") }} {{ care(id=\"lungs\") }} {{ term(id=\"disk\") }} [@nobody]\n\
             {{ fact(id=\"soreness\") }} {{ care(id=\"lung\") }} {{ term(id=\"disc\") }}"
                .to_owned(),
        ),
    ];
    let site = site(&files);
    let mut found = findings(&site);
    found.sort_unstable();
    assert_eq!(
        found,
        [
            ("unknown-care-card", "\"lungs\""),
            ("unknown-care-card", "lunk"),
            ("unknown-condition", "neck-pian"),
            ("unknown-fact", "\"sorenes\""),
            ("unknown-fact", "cots"),
            ("unknown-person", "jan"),
            ("unknown-source", "@nobody"),
            ("unknown-term", "\"disk\""),
        ]
        .map(|(code, words)| {
            // Front matter values are pointed at with their quotation marks.
            let quoted = matches!(code, "unknown-condition" | "unknown-person");
            (code, if quoted { if words == "jan" { "\"jan\"" } else { "\"neck-pian\"" } } else { words })
        })
    );
    let helps = site.diagnostics.iter().filter(|found| found.help.is_some()).count();
    assert_eq!(helps, site.diagnostics.len());
    assert_eq!(
        site.page("a.md").facts.iter().map(|fact| fact.as_str()).collect::<Vec<_>>(),
        ["soreness", "cost"]
    );
}

#[test]
fn a_name_claimed_twice_names_both() {
    let files = [
        ("conditions/a.md", condition("Neck pain", &["heel pain"])),
        ("conditions/b.md", condition("Back pain", &["Heel pains"])),
        ("glossary.toml", "[x]\nterm = \"back pain\"\ndefinition = \"X.\"\n".to_owned()),
    ];
    let site = site(&files);
    assert_eq!(site.codes(), ["name-claimed-twice", "name-claimed-twice"]);
    for found in &site.diagnostics {
        assert_eq!(found.secondary.len(), 1);
    }
}

#[test]
fn one_name_for_one_thing_is_no_conflict() {
    let files = [
        ("conditions/a.md", condition("Headache", &["headaches", "Headache"])),
        ("conditions/b.md", condition("Neck-related headache (headache)", &[])),
        ("conditions/c.md", "+++\ntitle = \"Muscle pain\"\nkind = \"condition\"\nsearch_only = [\"headache\", \"knots\"]\n+++\n".to_owned()),
        ("glossary.toml", "[x]\nterm = \"knots\"\ndefinition = \"X.\"\n".to_owned()),
        ("a.md", "Headache. Neck-related headache. Knots.".to_owned()),
    ];
    let site = site(&files);
    assert_eq!(site.codes(), [""; 0]);
    assert_eq!(site.marked("a.md"), "[Headache](a). [Neck-related headache](b). [Knots](=x).");
}

const BIBLIOGRAPHY: &str = "smith2020:\n  type: Article\n  title: A\n  author: \"Smith, Jane\"\n  date: 2020\n\
                            jones2021:\n  type: Article\n  title: B\n  author: \"Jones, Ann\"\n  date: 2021\n\
                            brown2022:\n  type: Article\n  title: C\n  author: \"Brown, Bo\"\n  date: 2022\n";

#[test]
fn sources_are_numbered_by_first_use() {
    let fact = "[cost]\nvalue = 5\nunit = \"USD\"\nsources = [\"brown2022\"]\n";
    let body = "{{ fact(id=\"cost\") }} [@jones2021; @smith2020, p. 4], again [@smith2020].";
    let site = site(&[("references.yml", BIBLIOGRAPHY), ("facts.toml", fact), ("a.md", body)]);
    let sources: Vec<&str> = site.page("a.md").sources.iter().map(|key| key.as_str()).collect();
    assert_eq!(sources, ["jones2021", "smith2020", "brown2022"]);
    assert_eq!(site.codes(), [""; 0]);
    assert_eq!(site.incoming.citing("brown2022").len(), 1);
}

#[test]
fn a_source_that_nobody_cites_is_said() {
    let site = site(&[("references.yml", BIBLIOGRAPHY), ("a.md", "One [@jones2021], two [@smith2021].")]);
    let mut codes = site.codes();
    codes.sort_unstable();
    assert_eq!(codes, ["unknown-source", "unused-source", "unused-source"]);
    let unknown = site.diagnostics.iter().find(|found| found.code.as_str() == "unknown-source").unwrap();
    assert_eq!(unknown.help.as_deref(), Some("did you mean `@smith2020`?"));
    let unused = site.diagnostics.iter().find(|found| found.code.as_str() == "unused-source").unwrap();
    assert_eq!(unused.primary.file.as_str(), "content/references.yml");
}
