//! Names in templates that no value has.
//!
//! The template engine reports such a name where it is printed, and takes it for "no" where it is asked in a
//! condition. [`unknown`] looks at the text of a template instead, so that neither depends on a page that shows it.

mod blocked;
mod hints;
mod scan;
mod shape;
mod unused;
mod witness;

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::context::{
    ArticleContext, BodyContext, CardContext, CareContext, ConditionContext, ConditionsContext, FactContext,
    FrameContext, GlossaryContext, HeaderContext, HomeContext, ListContext, NolinkContext, NotFoundContext,
    PageContext, PeopleContext, PersonContext, QuestionsContext, RedirectContext, ReferencesContext,
    RegionContext, SearchContext, SettingsContext, ShortcodePage, SiteContext, StepsContext, TagsContext,
    WithdrawnContext,
};
use crate::diag::{self, Diagnostic};
use crate::source::{Source, Span};
use crate::theme::{CARD, SITE_ROOT, Theme, components_of};
pub use blocked::blocked;
use shape::Shape;
pub use unused::{incomplete, unused};

/// What is known of the values that a template sees.
struct Known {
    values: BTreeMap<String, Shape>,
    /// Whether there may be more: the arguments of a shortcode have any names.
    is_open: bool,
}

/// A name that no value has.
struct Unknown {
    span: Span,
    name: String,
    /// What the name was looked for in, such as `page.kind`; empty for the values themselves.
    within: String,
    known: Vec<String>,
}

/// The names in some of the theme's templates that no value has; `is_checked` says in which.
pub fn unknown(theme: &Theme, is_checked: impl Fn(&Source) -> bool) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut all = None;
    for (name, source) in theme.templates().iter().filter(|(_, source)| is_checked(source)) {
        // Values of a file of the root are few and its own; components are given theirs by name.
        if name.starts_with(SITE_ROOT) || components_of(source).next().is_some() {
            continue;
        }
        let all = all.get_or_insert_with(|| everything(theme));
        let known = known(name, all);
        let unknown = scan::unknown(source.text(), &known);
        found.extend(unknown.into_iter().map(|unknown| told(source, &unknown, &known, all)));
    }
    found
}

fn told(source: &Source, unknown: &Unknown, known: &Known, all: &Everything) -> Diagnostic {
    let message = match &*unknown.within {
        "" => format!("a template sees no value `{}`", unknown.name),
        within => format!("`{within}` has no value `{}`", unknown.name),
    };
    let found = Diagnostic::new(diag::TEMPLATE_ERROR, source.path(), unknown.span, message);
    match hints::hint(unknown, known, all) {
        Some(help) => found.with_help(help),
        None => found,
    }
}

/// The values of each template by its name, and those that all of them share.
struct Everything {
    shared: BTreeMap<String, Shape>,
    own: BTreeMap<&'static str, BTreeMap<String, Shape>>,
}

fn everything(theme: &Theme) -> Everything {
    let mut shared = BTreeMap::from([
        ("site".to_owned(), site(theme)),
        ("frame".to_owned(), shape_of::<FrameContext>()),
        ("page".to_owned(), shape_of::<PageContext>()),
    ]);
    let words = theme.strings.values().flat_map(|strings| strings.table.keys());
    shared.insert("t".to_owned(), Shape::Fields(words.map(|word| (word.clone(), Shape::Plain)).collect()));
    let own = BTreeMap::from([
        ("article.html", fields::<ArticleContext>()),
        ("body.html", fields::<BodyContext>()),
        ("card.svg", fields::<CardContext>()),
        ("condition.html", fields::<ConditionContext>()),
        ("conditions.html", fields::<ConditionsContext>()),
        ("glossary.html", fields::<GlossaryContext>()),
        ("home.html", fields::<HomeContext>()),
        ("list.html", fields::<ListContext>()),
        ("not_found.html", fields::<NotFoundContext>()),
        ("partials/header.html", fields::<HeaderContext>()),
        ("people.html", fields::<PeopleContext>()),
        ("person.html", fields::<PersonContext>()),
        ("questions.html", fields::<QuestionsContext>()),
        ("redirect.html", fields::<RedirectContext>()),
        ("references.html", fields::<ReferencesContext>()),
        ("region.html", fields::<RegionContext>()),
        ("search.html", fields::<SearchContext>()),
        ("settings.html", fields::<SettingsContext>()),
        ("shortcodes/care.html", fields::<CareContext>()),
        ("shortcodes/fact.html", fields::<FactContext>()),
        ("shortcodes/nolink.html", fields::<NolinkContext>()),
        ("shortcodes/steps.html", fields::<StepsContext>()),
        ("tags.html", fields::<TagsContext>()),
        ("withdrawn.html", fields::<WithdrawnContext>()),
    ]);
    Everything { shared, own }
}

/// What `site` holds, with the names that the theme's files give.
fn site(theme: &Theme) -> Shape {
    let mut site = fields::<SiteContext>();
    site.insert("icons".to_owned(), Shape::Named(theme.icons.keys().cloned().collect()));
    site.insert("options".to_owned(), Shape::Named(theme.options.keys().cloned().collect()));
    if let Some(Shape::Fields(assets)) = site.get_mut("assets") {
        let scripts = theme.assets.scripts().map(|(name, _)| name.to_owned());
        assets.insert("scripts".to_owned(), Shape::Named(scripts.collect()));
    }
    Shape::Fields(site)
}

/// The values that a template of this name sees.
fn known(name: &str, all: &Everything) -> Known {
    let own =
        all.own.get(name).or_else(|| all.own.get("article.html").filter(|_| name.starts_with("article-")));
    let mut values = all.shared.clone();
    match own {
        Some(own) if name == CARD => values.clone_from(own),
        Some(own) => values.extend(own.clone()),
        None if name.starts_with("shortcodes/") => {
            values.insert("page".to_owned(), shape_of::<ShortcodePage>());
            return Known { values, is_open: true };
        }
        // A piece that several templates include, or a template of the author's choice: it may see any of theirs.
        None => {
            for (name, shape) in all.own.values().flatten() {
                shape::join(values.entry(name.clone()).or_insert_with(|| shape.clone()), shape);
            }
        }
    }
    Known { values, is_open: false }
}

fn fields<T: Serialize + DeserializeOwned>() -> BTreeMap<String, Shape> {
    match shape_of::<T>() {
        Shape::Fields(fields) => fields,
        _ => BTreeMap::new(),
    }
}

/// The shape of a context: that of a value of it in which nothing is missing.
fn shape_of<T: Serialize + DeserializeOwned>() -> Shape {
    let whole: Option<T> = witness::whole();
    whole.and_then(|whole| serde_json::to_value(whole).ok()).map_or(Shape::Any, |value| shape::of(&value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::SiteFiles;
    use crate::name::SitePath;
    use crate::render::context::TEMPLATES;

    /// What is said of a template of that name.
    fn said(name: &str, text: &str) -> Vec<String> {
        let source = Source::new(SitePath::new(&format!("templates/{name}")).unwrap(), text);
        let files = SiteFiles::new(vec![source.clone()], Vec::new(), Vec::new());
        let (theme, _) = crate::theme::load("default", &files);
        let found = unknown(&theme, |checked| checked.path() == source.path());
        let told =
            |found: &Diagnostic| format!("{} | {}", found.message, found.help.as_deref().unwrap_or_default());
        found.iter().map(told).collect()
    }

    #[test]
    fn the_default_theme_names_nothing_unknown() {
        let (theme, _) = crate::theme::load("default", &SiteFiles::default());
        let found = unknown(&theme, |_| true);
        assert!(found.is_empty(), "{found:#?}");
    }

    #[test]
    fn components_are_given_their_values_by_those_who_use_them() {
        for start in ["{%-", "{%"] {
            let text = format!("{start} component own(title) %}}{{{{ title }}}}{{% endcomponent own %}}");
            assert_eq!(said("partials/own.html", &text), [""; 0]);
        }
        let deep = format!("{{{{ {}x{} }}}}", "page[".repeat(60_000), "]".repeat(60_000));
        assert!(said("home.html", &deep).len() < 9);
    }

    #[test]
    fn every_page_template_has_its_values() {
        let (theme, _) = crate::theme::load("default", &SiteFiles::default());
        let all = everything(&theme);
        for file in TEMPLATES {
            assert!(all.own.contains_key(file), "{file}");
        }
    }

    #[test]
    fn an_unknown_name_is_told_with_the_nearest_one_also_in_a_condition_and_in_a_list() {
        for (name, text, expected) in [
            (
                "article.html",
                "{{ page.updated }}",
                "`page` has no value `updated` | did you mean `text.updated`?",
            ),
            (
                "article.html",
                "{{ page.author }}",
                "`page` has no value `author` | did you mean `text.authors`?",
            ),
            (
                "article.html",
                "{{ page.minutes }}",
                "`page` has no value `minutes` | did you mean `text.reading_time`?",
            ),
            (
                "article.html",
                "{{ page.lnks }}",
                "`page` has no value `lnks` | did you mean `page.print_links`?",
            ),
            (
                "home.html",
                "{% if questons %}{% endif %}",
                "a template sees no value `questons` | did you mean `questions`?",
            ),
            ("home.html", "{{ page.titel }}", "`page` has no value `titel` | did you mean `title`?"),
            ("home.html", "{{ t.serch }}", "`t` has no value `serch` | did you mean `search`?"),
            (
                "home.html",
                "{% for door in doors %}{{ door.titl }}{% endfor %}",
                "`door` has no value `titl` | did you mean `title`?",
            ),
            (
                "article-x.html",
                "{% if text.review?.lst %}{% endif %}",
                "`text.review` has no value `lst` | did you mean `last`?",
            ),
            (
                "partials/own.html",
                "{{ site.urls.serch }}",
                "`site.urls` has no value `serch` | did you mean `search`?",
            ),
            (
                "card.svg",
                "{{ site_titel }}",
                "a template sees no value `site_titel` | did you mean `site_title`?",
            ),
            (
                "shortcodes/own.html",
                "{{ page.titel }}{{ any }}",
                "`page` has no value `titel` | did you mean `title`?",
            ),
            (
                "home.html",
                "{{ <cards items={dors} /> }}",
                "a template sees no value `dors` | did you mean `doors`?",
            ),
            (
                "home.html",
                "{% for xyzzy in letters %}{% endfor %}{{ xyzzy.url }}",
                "a template sees no value `xyzzy` | ",
            ),
            ("home.html", "{{ title }}", "a template sees no value `title` | did you mean `page.title`?"),
            ("home.html", "{{ site.nav }}", "`site` has no value `nav` | did you mean `site.navigation`?"),
            ("home.html", "{{ site.built }}", "`site` has no value `built` | did you mean `site.updated`?"),
            (
                "home.html",
                "{{ site.languages }}",
                "`site` has no value `languages` | did you mean `page.translations`?",
            ),
            (
                "home.html",
                "{{ page.words }}",
                "`page` has no value `words` | `text.reading_time` is a value of `article.html` and `condition.html` alone",
            ),
            (
                "home.html",
                "{{ site.emergency.number }}",
                "`site.emergency` has no value `number` | did you mean `site.emergency.label`?",
            ),
            (
                "article.html",
                "{{ page.reveiw }}",
                "`page` has no value `reveiw` | did you mean `text.review`?",
            ),
            ("card.svg", "{{ titel }}", "a template sees no value `titel` | did you mean `lines`?"),
            (
                "article.html",
                "{{ text.related[0].tite }}",
                "`text.related[…]` has no value `tite` | did you mean `title`?",
            ),
            (
                "home.html",
                "{{ doors[page.nav_idx] }}",
                "`page` has no value `nav_idx` | did you mean `nav_index`?",
            ),
            ("home.html", "{{ page[\"titel\"] }}", "`page` has no value `titel` | did you mean `title`?"),
            (
                "home.html",
                "{{ site.icons.serch | safe }}",
                "`site.icons` has no value `serch` | did you mean `search`?",
            ),
            (
                "home.html",
                "{{ site.assets.scripts[\"serch.js\"] }}",
                "`site.assets.scripts` has no value `serch.js` | did you mean `search.js`?",
            ),
            (
                "home.html",
                "{{ site.options.fce }}",
                "`site.options` has no value `fce` | did you mean `face`?",
            ),
        ] {
            assert_eq!(said(name, text), [expected], "{text}");
        }
    }

    #[test]
    fn a_template_of_no_kind_is_told_with_the_nearest_kind() {
        let source = |name: &str| Source::new(SitePath::new(&format!("templates/{name}")).unwrap(), "x");
        let files = vec![source("article-fqa.html"), source("article-guide.html")];
        let (theme, _) = crate::theme::load("default", &SiteFiles::new(files, Vec::new(), Vec::new()));
        let found = unused(&theme, &["faq", "guide"], |_| false);
        let help: Vec<_> = found.iter().map(|found| found.help.as_deref().unwrap_or_default()).collect();
        assert_eq!(help, ["did you mean `article-faq.html`?"]);
    }

    #[test]
    fn what_a_template_may_say_is_not_told() {
        for (name, text) in [
            (
                "home.html",
                "{# nothing.here #}{% raw %}{{ nothing }}{% endraw %}{{ \"nothing\" }}{{ 'a' ~ 1.5 }}",
            ),
            (
                "home.html",
                "{% set own = page.kind %}{{ own.label | upper }}{% if own is defined %}{% endif %}",
            ),
            (
                "home.html",
                "{% for key, value in site.options %}{{ key }}{{ value.any }}{{ loop.index }}{% endfor %}",
            ),
            (
                "home.html",
                "{{ recent | join(sep=\", \") }}{% if not recent and page.noindex or true %}{% endif %}",
            ),
            (
                "home.html",
                "{{ site.icons[page.kind.icon] | safe }}{{ letters[0].url }}{{ site.options.face }}\
                 {{ site.options?.own }}{{ letters[0:2] }}{% for l in letters[1:2] %}{{ l.url }}{% endfor %}",
            ),
            ("home.html", "{% if nothing is defined %}{% endif %}{{ nothing | default(value=\"x\") }}"),
            (
                "home.html",
                "{{ <cards items={doors} /> }}{% include \"partials/toc.html\" %}{% block main %}{% endblock main %}",
            ),
            (
                "partials/own.html",
                "{{ groups }}{{ text.body | safe }}{% for g in groups %}{{ g.title }}{% endfor %}",
            ),
            ("shortcodes/own.html", "{{ anything.at.all }}{{ body | safe }}{{ site.title }}"),
        ] {
            assert_eq!(said(name, text), [""; 0], "{text}");
        }
    }
}
