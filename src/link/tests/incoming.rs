use super::super::site::{Site, condition, site};
use crate::catalog::PageId;

fn stems(site: &Site, pages: impl IntoIterator<Item = PageId>) -> Vec<&str> {
    pages.into_iter().map(|page| site.stem(page)).collect()
}

fn page(title: &str, conditions: &[&str], body: &str) -> String {
    format!("+++\ntitle = \"{title}\"\nconditions = {conditions:?}\n+++\n{body}")
}

fn small() -> Site {
    let related = |title: &str, related: &str, region: &str| {
        format!(
            "+++\ntitle = \"{title}\"\nkind = \"condition\"\nregion = \"{region}\"\nrelated = [{related}]\n+++\n"
        )
    };
    site(&[
        ("conditions/hip-pain.md", related("Hip pain", "", "hip")),
        ("conditions/knee-pain.md", related("Knee pain", "\"hip-pain\"", "knee")),
        ("conditions/neck-pain.md", related("Neck pain", "", "neck")),
        ("conditions/whiplash.md", related("Whiplash", "", "neck")),
        ("a-text.md", page("A", &[], "It is Neck pain. Neck pain, hip pain. See [this](d-about.md).")),
        ("b-heading.md", page("B", &[], "## On neck pain\n\nIt hurts. Neck pain is common. Hip pain too.")),
        ("c-title.md", page("C neck pain", &[], "Nothing.")),
        ("d-about.md", page("D", &["neck-pain"], "Nothing.")),
        ("e-none.md", page("E", &[], "Nothing.")),
    ])
}

#[test]
fn backlinks_come_best_first_with_their_sentence() {
    let site = small();
    let neck = site.catalog.condition("neck-pain", "en").unwrap();
    let backlinks = site.incoming.backlinks(neck);
    assert_eq!(
        stems(&site, backlinks.iter().map(|link| link.from)),
        ["d-about", "c-title", "b-heading", "a-text"]
    );
    let place = backlinks[2].place.as_ref().unwrap();
    assert_eq!(
        (&*place.sentence, place.anchor.as_ref().unwrap().as_str()),
        ("Neck pain is common.", "on-neck-pain")
    );
    let about = site.catalog.by_path("d-about.md").unwrap();
    let [link] = site.incoming.backlinks(about) else { panic!() };
    assert_eq!(&*link.place.as_ref().unwrap().sentence, "See this.");
}

#[test]
fn related_conditions_go_both_ways_and_say_why() {
    let site = small();
    let related = |id: &str| site.incoming.related_conditions(site.catalog.condition(id, "en").unwrap());
    assert_eq!(stems(&site, related("hip-pain").iter().map(|one| one.page)), ["knee-pain", "neck-pain"]);
    assert!(related("hip-pain")[0].declared && related("knee-pain")[0].declared);
    assert_eq!(related("hip-pain")[1].together, 2);
    assert_eq!(related("whiplash")[0].region.as_ref().unwrap().as_str(), "neck");
}

#[test]
fn related_articles_share_what_is_rare() {
    let site = small();
    let a = site.catalog.by_path("a-text.md").unwrap();
    let related = site.incoming.related(a);
    assert_eq!(stems(&site, related.iter().map(|one| one.page))[0], "b-heading");
    assert_eq!(stems(&site, related[0].conditions.iter().copied()), ["hip-pain", "neck-pain"]);
    assert!(related.iter().all(|one| one.page != a));
}

#[test]
fn orphans_and_conditions_nobody_speaks_of_are_known() {
    let site = small();
    assert_eq!(stems(&site, site.incoming.unmentioned().iter().copied()), ["knee-pain", "whiplash"]);
    assert_eq!(
        stems(&site, site.incoming.orphans().iter().copied()),
        ["a-text", "b-heading", "c-title", "knee-pain", "whiplash", "e-none"]
    );
}

#[test]
fn terms_and_facts_know_their_pages() {
    let site = site(&[
        ("facts.toml", "[cost]\nvalue = 5\nunit = \"USD\"\n"),
        ("glossary.toml", "[disc]\nterm = \"disc\"\ndefinition = \"A cushion.\"\n"),
        ("a.md", "A disc for {{ fact(id=\"cost\") }}."),
        ("b.md", "Discs."),
    ]);
    assert_eq!(stems(&site, site.incoming.using("disc").iter().copied()), ["a", "b"]);
    assert_eq!(stems(&site, site.incoming.showing("cost").iter().copied()), ["a"]);
}

#[test]
fn a_condition_page_takes_the_words_of_others() {
    let files = [
        ("conditions/a.md", condition("Neck pain", &[])),
        ("conditions/b.md", condition("Hip pain", &[]) + "Like neck pain."),
    ];
    let site = site(&files);
    let neck = site.catalog.condition("a", "en").unwrap();
    assert_eq!(stems(&site, site.incoming.backlinks(neck).iter().map(|link| link.from)), ["b"]);
    assert_eq!(site.incoming.unmentioned().len(), 2);
}
