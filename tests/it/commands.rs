//! The program as its users run it.

use std::fs;
use std::process::Output;

use crate::rendering::FOLDER;
use crate::scratch::{Scratch, Tree, tree};

/// A site of one page, `text` its body.
fn one_page(text: &str) -> Scratch {
    let folder = Scratch::new();
    folder.write("needlepoint.toml", "title = \"Site\"\nbase_url = \"https://site.example\"\n");
    folder.write("content/_index.md", format!("+++\ntitle = \"Home\"\n+++\n\n{text}"));
    folder
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What `check` finds in a site, a line for each.
fn checked(site: &Scratch) -> String {
    String::from_utf8_lossy(&site.run(&["check", "--format", "short"]).stderr).into_owned()
}

fn status(output: &Output) -> i32 {
    output.status.code().unwrap()
}

#[test]
fn new_site_and_new_article_build_without_a_finding() {
    let folder = Scratch::new();
    assert_eq!(status(&folder.run(&["init", "site"])), 0);
    let site = folder.path().join("site");
    let run = |arguments: &[&str]| {
        let mut all = vec!["--root", site.as_str()];
        all.extend(arguments);
        folder.run(&all)
    };
    for kind in ["faq", "explainer", "comparison", "guide", "condition", "page"] {
        let made = run(&["new", kind, &format!("Questions about {kind}")]);
        assert_eq!(status(&made), 0, "{}", said(&made));
    }
    let built = run(&["build", "--deny-warnings"]);
    assert_eq!(status(&built), 0, "{}", said(&built));
    assert!(!said(&built).contains("warning") && !said(&built).contains("info["), "{}", said(&built));
    assert!(site.join("public/conditions/neck-pain/index.html").is_file());
    let again = folder.run(&["init", "site"]);
    assert_eq!(status(&again), 2, "a folder with something in it is refused");
}

#[test]
fn five_mistakes_of_a_page_are_found_in_one_run() {
    let folder = one_page("");
    folder.write(
        "content/page.md",
        "+++\ntitle = \"Page\"\ndescripton = \"x\"\n+++\n\n[a](nowhere.md) ![b](missing.png) [c](/not/there/) [d](_index.md#gone)\n",
    );
    let checked = folder.run(&["check", "--format", "short"]);
    assert_eq!(status(&checked), 1);
    let text = said(&checked);
    for (code, place) in [
        ("unknown-key", "page.md:3:1"),
        ("dead-link", "page.md:6:5"),
        ("missing-image", "page.md:6:22"),
        ("dead-link", "page.md:6:39"),
        ("dead-anchor", "page.md:6:56"),
    ] {
        assert!(
            text.lines().any(|line| line.contains(code) && line.contains(place)),
            "{code} at {place}:\n{text}"
        );
    }
    assert_eq!(text.lines().filter(|line| line.contains("error[")).count(), 5, "{text}");
}

#[test]
fn errors_in_content_leave_the_output_as_it_was() {
    let folder = one_page("First.\n");
    assert_eq!(status(&folder.run(&["build"])), 0);
    let before = tree(&folder.path().join("public"));
    folder.write("content/_index.md", "+++\ntitle = \"Home\"\n+++\n\nSecond, [dead](nowhere.md).\n");
    assert_eq!(status(&folder.run(&["build"])), 1);
    assert_eq!(tree(&folder.path().join("public")), before);
    folder.write("content/_index.md", "+++\ntitle = \"Home\"\n+++\n\nThird.\n");
    assert_eq!(status(&folder.run(&["build"])), 0);
    assert_ne!(tree(&folder.path().join("public")), before);
}

#[test]
fn a_foreign_folder_is_refused_as_output() {
    let folder = one_page("Words.\n");
    folder.write("public/holiday.txt", "not ours");
    let built = folder.run(&["build"]);
    assert_eq!(status(&built), 2);
    assert!(said(&built).contains("public"), "{}", said(&built));
    assert_eq!(tree(&folder.path().join("public")).len(), 1);
    for output in ["..", ".", "content", "/"] {
        assert_eq!(status(&folder.run(&["build", "--output", output])), 2, "{output}");
    }
    assert!(folder.path().join("content/_index.md").is_file());
}

#[test]
fn a_renamed_page_is_gone_and_dotfiles_stay() {
    let folder = one_page("Home.\n");
    folder.write("content/old.md", "+++\ntitle = \"Page\"\n+++\n\nWords.\n");
    assert_eq!(status(&folder.run(&["build"])), 0);
    folder.write("public/.nojekyll", "");
    let home = folder.path().join("public/search/search.js");
    let time = fs::metadata(&home).unwrap().modified().unwrap();
    fs::rename(folder.path().join("content/old.md"), folder.path().join("content/new.md")).unwrap();
    assert_eq!(status(&folder.run(&["build"])), 0);
    assert!(!folder.path().join("public/old").exists());
    assert!(folder.path().join("public/new/index.html").is_file());
    assert!(folder.path().join("public/.nojekyll").is_file());
    let redirect = folder.path().join("public/settings/index.html");
    assert!(redirect.is_file());
    let _ = time;
}

#[test]
fn an_unchanged_file_keeps_its_time() {
    let folder = one_page("Home.\n");
    folder.write("content/a.md", "+++\ntitle = \"A\"\n+++\n\nWords.\n");
    assert_eq!(status(&folder.run(&["build"])), 0);
    let robots = folder.path().join("public/robots.txt");
    let time = fs::metadata(&robots).unwrap().modified().unwrap();
    folder.write("content/a.md", "+++\ntitle = \"A\"\n+++\n\nOther words.\n");
    assert_eq!(status(&folder.run(&["build"])), 0);
    assert_eq!(fs::metadata(&robots).unwrap().modified().unwrap(), time);
}

#[test]
fn nothing_is_built_where_nothing_changed_and_all_is_said_again() {
    let folder = one_page("A [link](https://example.org/a) and a [link](https://example.org/b).\n");
    // Stamps of files that were written a moment ago are not trusted.
    std::thread::sleep(std::time::Duration::from_millis(50));
    let first = folder.run(&["build"]);
    assert!(
        said(&first).contains("ambiguous-link-text") && said(&first).contains("built "),
        "{}",
        said(&first)
    );
    let built = tree(&folder.path().join("public"));
    let stays_as_it_is = |arguments: &[&str]| said(&folder.run(arguments)).contains("nothing changed");
    let again = folder.run(&["build"]);
    assert!(said(&again).contains("ambiguous-link-text") && said(&again).contains("nothing changed"));
    assert_eq!(status(&folder.run(&["build", "--deny-warnings"])), 1, "asked for something else");
    assert!(!stays_as_it_is(&["build", "--base-url", "https://other.example"]));
    assert!(!stays_as_it_is(&["build"]) && stays_as_it_is(&["build"]));
    assert_eq!(tree(&folder.path().join("public")), built);
    for harm in ["index.html", "search/search.js"] {
        fs::remove_file(folder.path().join("public").join(harm)).unwrap();
        assert!(!stays_as_it_is(&["build"]), "{harm} was removed");
        assert_eq!(tree(&folder.path().join("public")), built);
    }
    folder.write("public/robots.txt", "# someone was here");
    assert!(!stays_as_it_is(&["build"]));
    folder.write("content/new.md", "+++\ntitle = \"New\"\n+++\n\nWords.\n");
    assert!(!stays_as_it_is(&["build"]) && folder.path().join("public/new/index.html").is_file());
    fs::remove_dir_all(folder.path().join(".needlepoint")).unwrap();
    assert!(!stays_as_it_is(&["build"]), "the cache may be deleted");
    let folder = one_page("A [page](nowhere.md).\n");
    assert_eq!([status(&folder.run(&["build"])), status(&folder.run(&["build"]))], [1, 1]);
}

#[test]
fn threads_zones_locales_and_folder_order_change_no_byte() {
    let files = tree(FOLDER.into()).into_iter().filter_map(|(path, bytes)| Some((path, bytes?)));
    let files: Vec<(String, Vec<u8>)> = files.collect();
    let mut first: Option<Tree> = None;
    let mut builds = 0;
    for is_reversed in [false, true] {
        let folder = Scratch::new();
        let mut files = files.clone();
        if is_reversed {
            files.reverse();
        }
        for (path, bytes) in &files {
            folder.write(path, bytes);
        }
        for threads in ["1", "2", "8"] {
            for zone in ["UTC", "America/Los_Angeles", "Pacific/Kiritimati", "Asia/Kathmandu"] {
                for locale in ["C", "tr_TR.UTF-8"] {
                    let variables = [("RAYON_NUM_THREADS", threads), ("TZ", zone), ("LC_ALL", locale)];
                    let output = format!("out-{builds}");
                    let built = folder.run_with(&["build", "--output", &output], &variables);
                    assert_eq!(status(&built), 0, "{}", said(&built));
                    let made = tree(&folder.path().join(&output));
                    builds += 1;
                    match &first {
                        None => first = Some(made),
                        Some(first) => assert!(*first == made, "build {builds} differs: {variables:?}"),
                    }
                }
            }
        }
    }
    assert_eq!(builds, 48);
}

#[test]
fn wrong_usage_is_said_with_status_two() {
    let folder = Scratch::new();
    for arguments in [&["build"][..], &["explain", "dead-lnik"], &["new", "faq", "x"], &["nonsense"]] {
        let run = folder.run(arguments);
        assert_eq!(status(&run), 2, "{arguments:?}: {}", said(&run));
    }
    assert!(said(&folder.run(&["explain", "dead-lnik"])).contains("dead-link"));
}

#[test]
fn results_go_to_standard_output_alone() {
    let folder = one_page("[x](gone.md)\n");
    let json = folder.run(&["check", "--format", "json"]);
    assert_eq!(status(&json), 1);
    let found: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(found[0]["code"], "dead-link", "{found}");
    let full = folder.run(&["check"]);
    assert!(full.stdout.is_empty() && said(&full).contains("error[dead-link]"));
    let explained = folder.run(&["explain", "dead-link"]);
    assert!(
        explained.stderr.is_empty() && String::from_utf8_lossy(&explained.stdout).contains("Why it matters")
    );
}

#[test]
fn every_code_is_explained() {
    let folder = Scratch::new();
    let listed = String::from_utf8(folder.run(&["explain"]).stdout).unwrap();
    for info in needlepoint::diag::all_codes() {
        assert!(listed.contains(info.code), "{}", info.code);
        for heading in ["## Why it matters", "## Example", "## Instead"] {
            assert!(info.explanation.contains(heading), "{} lacks {heading}", info.code);
        }
    }
}

#[test]
fn a_moved_article_keeps_its_links_and_its_old_address() {
    let folder = one_page("See [it](articles/old.md) and [[old]].\n");
    folder.write("content/articles/old.md", "+++\ntitle = \"Moved\"\n+++\n\nWords, [home](../_index.md).\n");
    folder.write(
        "content/articles/other.md",
        "+++\ntitle = \"Other\"\n+++\n\n[it](old.md) [again](/articles/old/)\n",
    );
    let moved = folder.run(&["mv", "articles/old.md", "guides/new.md"]);
    assert_eq!(status(&moved), 0, "{}", said(&moved));
    let checked = folder.run(&["check", "--deny-warnings"]);
    assert_eq!(status(&checked), 0, "{}", said(&checked));
    assert!(!folder.path().join("content/articles/old.md").exists());
    assert_eq!(status(&folder.run(&["build"])), 0);
    let old = fs::read_to_string(folder.path().join("public/articles/old/index.html")).unwrap();
    assert!(old.contains("/guides/new/"), "{old}");
    let again = folder.run(&["mv", "articles/old.md", "guides/new.md"]);
    assert_eq!(status(&again), 2);
}

#[test]
fn links_names_what_was_linked_and_what_was_not() {
    let folder = one_page("");
    folder.write(
        "content/conditions/neck-pain.md",
        "+++\ntitle = \"Neck pain\"\nkind = \"condition\"\n+++\n\nAn ache.\n",
    );
    folder.write("content/a.md", "+++\ntitle = \"A\"\n+++\n\nNeck pain, and neck pain again.\n");
    let listed = String::from_utf8(folder.run(&["links", "a.md"]).stdout).unwrap();
    assert!(listed.contains("Neck pain") && listed.contains("linked already"), "{listed}");
    let json = folder.run(&["links", "--json"]);
    assert!(serde_json::from_slice::<serde_json::Value>(&json.stdout).is_ok());
    assert_eq!(status(&folder.run(&["links", "nowhere.md"])), 2);
}

#[test]
fn links_tells_which_pages_a_changed_fact_source_or_term_appears_on() {
    let folder = one_page("");
    folder
        .write("content/facts.toml", "[cost]\nlabel = \"Cost\"\nvalue = 5\nunit = \"USD\"\ntext = \"$5\"\n");
    folder.write("content/glossary.toml", "[disc]\nterm = \"disc\"\ndefinition = \"A cushion.\"\n");
    folder.write("content/references.yml", "one:\n  type: Web\n  title: One\n  url: https://example.org\n");
    folder.write(
        "content/a.md",
        "+++\ntitle = \"A\"\n+++\n\nIt costs {{ fact(id=\"cost\") }} [@one].\n\nA disc.\n",
    );
    folder.write("content/b.md", "+++\ntitle = \"B\"\n[extra]\nat_a_glance = [\"cost\"]\n+++\n\nWords.\n");
    let told = |arguments: &[&str]| String::from_utf8(folder.run(arguments).stdout).unwrap();
    assert_eq!(told(&["links", "--fact", "cost"]), "Cost: $5\n  a.md:5  /a/\n  b.md:4  /b/\n");
    assert!(told(&["links", "--source", "one"]).ends_with("\n  a.md:5  /a/\n"));
    assert_eq!(told(&["links", "--term", "disc"]), "disc\n  a.md:7  /a/\n");
    let json: serde_json::Value =
        serde_json::from_str(&told(&["links", "--fact", "cost", "--json"])).unwrap();
    assert_eq!(json["pages"][0]["lines"][0], 5);
    let unknown = folder.run(&["links", "--fact", "cots"]);
    assert_eq!(status(&unknown), 2);
    assert!(said(&unknown).contains("did you mean `cost`?"), "{}", said(&unknown));
    assert_eq!(status(&folder.run(&["links", "a.md", "--fact", "cost"])), 2);
}

#[test]
fn addresses_of_needlepoints_own_files_cannot_be_taken() {
    for (address, code) in [
        ("/search/", "address-taken"),
        ("/settings/", "address-taken"),
        ("/404.html", "address-taken"),
        ("/graph.json", "address-taken"),
        ("/sitemap.xml", "address-taken"),
        ("/search/search.js", "address-taken"),
        ("/assets/x/", "address-taken"),
        ("/index.html", "address-claimed-twice"),
        ("/.git/", "bad-address"),
    ] {
        let folder = one_page("Home.\n");
        folder.write("content/a.md", format!("+++\ntitle = \"A\"\npath = \"{address}\"\n+++\n\nWords.\n"));
        let checked = folder.run(&["check", "--format", "short"]);
        assert_eq!(status(&checked), 1, "{address}: {}", said(&checked));
        assert!(said(&checked).contains(code), "{address}: {}", said(&checked));
    }
    let folder = one_page("Home.\n");
    folder.write("content/a.md", "+++\ntitle = \"A\"\n+++\n\nWords.\n");
    folder.write("content/a/index.html", "<p>another</p>");
    assert!(said(&folder.run(&["check", "--format", "short"])).contains("address-claimed-twice"));
}

#[test]
fn a_site_without_content_or_with_broken_settings_is_not_built() {
    let folder = one_page("Home.\n");
    assert_eq!(status(&folder.run(&["build"])), 0);
    let before = tree(&folder.path().join("public"));
    fs::remove_dir_all(folder.path().join("content")).unwrap();
    assert_eq!(status(&folder.run(&["build"])), 1);
    folder.write("needlepoint.toml", "title = \n");
    assert_eq!(status(&folder.run(&["build"])), 2);
    assert_eq!(status(&folder.run(&["build", "--base-url", "notaurl"])), 2);
    assert_eq!(tree(&folder.path().join("public")), before);
}

#[test]
fn what_cannot_be_read_is_told_alone() {
    let folder = one_page("By {{ fact(id=\"cost\") }}.\n");
    folder.write(
        "content/a.md",
        "+++\ntitle = \"A\"\nauthors = [\"jane\"]\nconditions = [\"back-pain\"]\n+++\nBody.\n",
    );
    let codes = || {
        let said = said(&folder.run(&["check", "--root", ".", "--format", "short"]));
        let codes = said.split("error[").skip(1).map(|rest| rest.split(']').next().unwrap().to_owned());
        codes.collect::<Vec<_>>()
    };
    assert_eq!(codes(), ["unknown-fact", "unknown-person", "unknown-condition"].map(str::to_owned).to_vec());
    folder.write("content/people.toml", "[jane]\nname = \"Jane\n");
    folder.write("content/facts.toml", "[cost]\nvalue = \"40\n");
    folder.write("content/conditions/back-pain.md", "+++\ntitle = \"Back pain\n+++\nBody.\n");
    assert!(codes().iter().all(|code| code == "syntax-error"), "{:?}", codes());
    let config = fs::read_to_string(folder.path().join("needlepoint.toml")).unwrap();
    folder.write("needlepoint.toml", format!("{config}\nnonsense = 1\n"));
    assert_eq!(codes(), ["unknown-key"]);
    let run = folder.run(&["build"]);
    assert!(
        status(&run) == 2 && said(&run).contains("judged once needlepoint.toml is in order"),
        "{}",
        said(&run)
    );
    folder.write("needlepoint.toml", format!("{config}\nnonsense = = 1\n"));
    assert_eq!(codes(), ["syntax-error"], "one mistake, however lost the parser is behind it");
    fs::remove_file(folder.path().join("needlepoint.toml")).unwrap();
    assert_eq!(codes(), ["missing-configuration"]);
}

#[test]
fn a_theme_that_lacks_templates_is_one_finding_and_may_extend_the_default_one() {
    let site = one_page("A {{ nolink(text=\"word\") }}.");
    let config = fs::read_to_string(site.path().join("needlepoint.toml")).unwrap();
    site.write("needlepoint.toml", format!("theme = \"mine\"\n{config}"));
    site.write("themes/mine/theme.toml", "name = \"mine\"\n");
    let wrong = checked(&site);
    assert!(wrong.contains("the theme `mine` lacks `article.html`, "), "{wrong}");
    assert!(!wrong.contains("there is no shortcode"), "{wrong}");
    site.write("themes/mine/theme.toml", "name = \"mine\"\nextends = \"default\"\n");
    let run = site.run(&["build"]);
    assert_eq!(status(&run), 0, "{}", said(&run));
}

#[test]
fn a_kind_names_a_color_and_an_icon_that_the_theme_has() {
    let site = one_page("Text.");
    let config = fs::read_to_string(site.path().join("needlepoint.toml")).unwrap();
    let with = |look: &str| {
        site.write("needlepoint.toml", format!("{config}\n[kinds.faq]\n{look}"));
        checked(&site)
    };
    let wrong = with("color = \"plun\"\nicon = \"spech\"\n");
    let line = config.lines().count() + 3;
    assert!(wrong.contains(&format!("needlepoint.toml:{line}:9: ")), "{wrong}");
    assert!(wrong.contains("the theme has no color `plun`"), "{wrong}");
    assert!(wrong.contains("the theme has no icon `spech`"), "{wrong}");
    let own = "[options]\nface = \"system\"\n";
    site.write("templates/theme.toml", own);
    site.write("assets/css/own.css", ".kind-mauve { --kind: mauve }\n");
    let right = with("color = \"mauve\"\nicon = \"speech\"\n");
    assert!(!right.contains("the theme has no"), "{right}");
    assert_eq!(status(&site.run(&["build"])), 0, "{right}");
    let cut = with("color = \"mauv\"\n");
    assert!(cut.contains("the theme has no color `mauv`"), "{cut}");
}

#[test]
fn the_page_for_theme_authors_is_in_the_program() {
    let docs = one_page("Text.").run(&["theme", "docs"]);
    let text = String::from_utf8(docs.stdout).unwrap();
    assert_eq!(text, include_str!("../../docs/theme.md"));
    for words in
        ["`text.body`", "class=\"faq\"", "`--paper`", "[assets]", "extends = \"default\"", "templates/i18n/"]
    {
        assert!(text.contains(words), "{words}");
    }
}

#[test]
fn a_template_is_copied_once_and_then_wins() {
    let site = one_page("Text.");
    let list = site.run(&["theme", "list"]);
    let listed = String::from_utf8(list.stdout).unwrap();
    assert!(listed.lines().any(|line| line.starts_with("not_found.html ") && line.ends_with("the theme's")));
    let ejected = site.run(&["theme", "eject", "footer"]);
    assert_eq!(status(&ejected), 0, "{}", said(&ejected));
    let path = site.path().join("templates/partials/footer.html");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{text}<p>own words</p>")).unwrap();
    assert_eq!(status(&site.run(&["build"])), 0);
    assert!(fs::read_to_string(site.path().join("public/index.html")).unwrap().contains("<p>own words</p>"));
    assert_eq!(status(&site.run(&["theme", "eject", "footer"])), 2, "a change of the author's is never lost");
    assert!(fs::read_to_string(&path).unwrap().ends_with("<p>own words</p>"));
    assert!(said(&ejected).contains("needlepoint theme docs"), "{}", said(&ejected));
    for (name, path) in [
        ("assets/css/print.css", "assets/css/print.css"),
        ("es.toml", "templates/i18n/es.toml"),
        ("icons.toml", "templates/icons.toml"),
        ("site-root/robots.txt", "templates/site-root/robots.txt"),
        ("shortcodes/care.html", "templates/shortcodes/care.html"),
    ] {
        let ejected = site.run(&["theme", "eject", name]);
        assert_eq!(status(&ejected), 0, "{}", said(&ejected));
        assert!(site.path().join(path).is_file(), "{path}");
    }
    assert_eq!(status(&site.run(&["build", "--deny-warnings"])), 0, "what is copied is right as it is");
    let unknown = site.run(&["theme", "eject", "artcle"]);
    assert_eq!(status(&unknown), 2);
    assert!(said(&unknown).contains("did you mean `article.html`?"), "{}", said(&unknown));
}
