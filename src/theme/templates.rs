//! Templates brought into the engine, and everything that is wrong with them as a set.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::template_error;
use crate::diag::{self, Diagnostic};
use crate::source::{Source, Span};

/// The engine with all templates; without any where one of them is wrong.
pub(super) fn engine(sources: &BTreeMap<String, Source>, diagnostics: &mut Vec<Diagnostic>) -> tera::Tera {
    let mut engine = tera::Tera::new();
    engine.autoescape_on(vec![".html", ".xml", ".svg"]);
    engine.set_escape_fn(escape);
    // The line break that ends a file is no part of what it stands for in another.
    let all = sources.iter().map(|(name, source)| (name.as_str(), source.text().trim_end()));
    if let Err(error) = engine.add_raw_templates(all) {
        everything_wrong(sources, error, diagnostics);
    }
    engine
}

/// Reports all mistakes of a set of templates; the engine by itself stops at the first.
fn everything_wrong(
    sources: &BTreeMap<String, Source>,
    error: tera::Error,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut texts: BTreeMap<&str, Cow<'_, str>> =
        sources.iter().map(|(name, source)| (name.as_str(), Cow::Borrowed(source.text()))).collect();
    let syntax = syntax_errors(sources);
    if !syntax.is_empty() {
        diagnostics.extend(syntax);
        return;
    }
    let mut error = Some(error);
    while let Some(wrong) = error.take() {
        let Some(tag) = WrongTag::of(&wrong, sources) else {
            diagnostics.extend(template_error::findings(sources, &wrong));
            return;
        };
        diagnostics.push(tag.finding(sources));
        // Without the tag the rest can be looked at; spans stay true.
        let Some(text) = texts.get_mut(&*tag.template) else { return };
        let Some(place) = tag_place(text, tag.word, &tag.names) else { return };
        text.to_mut().replace_range(place.clone(), &" ".repeat(place.len()));
        let mut engine = tera::Tera::new();
        error = engine.add_raw_templates(texts.iter().map(|(name, text)| (*name, &**text))).err();
    }
}

/// One finding for each template that cannot be read.
fn syntax_errors(sources: &BTreeMap<String, Source>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (name, source) in sources {
        let error = tera::Tera::new().add_raw_template(name, source.text()).err();
        if let Some(error) = error.filter(|error| matches!(error.kind(), tera::ErrorKind::SyntaxError(_))) {
            found.push(template_error::finding(sources, name, &error));
        }
    }
    found
}

/// A tag that names a template which cannot be taken in there.
struct WrongTag {
    template: String,
    /// `extends` or `include`.
    word: &'static str,
    names: String,
    /// The way from the template back to itself; empty where the named one is missing.
    circle: Vec<String>,
}

impl WrongTag {
    fn of(error: &tera::Error, sources: &BTreeMap<String, Source>) -> Option<Self> {
        let tag = match error.kind() {
            tera::ErrorKind::MissingParent { current, parent } => {
                Self { template: current.clone(), word: "extends", names: parent.clone(), circle: Vec::new() }
            }
            tera::ErrorKind::CircularExtend { tpl, inheritance_chain } => {
                let chain = std::iter::once(tpl).chain(inheritance_chain).cloned().collect();
                Self::in_circle("extends", chain)?
            }
            tera::ErrorKind::CircularInclude { include_chain, .. } => {
                Self::in_circle("include", include_chain.clone())?
            }
            _ => return None,
        };
        sources.contains_key(&tag.template).then_some(tag)
    }

    /// The tag that closes a circle; what leads to the circle is left out.
    fn in_circle(word: &'static str, chain: Vec<String>) -> Option<Self> {
        let [.., template, names] = &chain[..] else { return None };
        let (template, names) = (template.clone(), names.clone());
        let start = chain.iter().position(|name| *name == names)?;
        Some(Self { template, word, names, circle: chain[start..].to_vec() })
    }

    fn finding(&self, sources: &BTreeMap<String, Source>) -> Diagnostic {
        let source = &sources[&self.template];
        let place = tag_place(source.text(), self.word, &self.names);
        let span = place.map_or(Span::default(), |place| {
            let inner = source.text()[place.clone()].find(&*self.names).unwrap_or(0);
            Span::new(place.start + inner, place.start + inner + self.names.len())
        });
        let known = sources.keys().map(String::as_str);
        if self.circle.is_empty() {
            let message = format!("there is no template `{}` to extend", self.names);
            return Diagnostic::new(diag::MISSING_TEMPLATE, source.path(), span, message)
                .with_nearest(&self.names, known);
        }
        let way = self.circle.join("` → `");
        let verb = if self.word == "extends" { "extends" } else { "includes" };
        let message = format!("the template `{}` {verb} itself: `{way}`", self.names);
        Diagnostic::new(diag::TEMPLATE_LOOP, source.path(), span, message)
            .with_help("break the circle at one of these places")
    }
}

/// Where `{% extends "name" %}` or `{% include "name" %}` stands in a template.
fn tag_place(text: &str, word: &str, name: &str) -> Option<std::ops::Range<usize>> {
    for (start, _) in text.match_indices("{%") {
        let tag = text[start + 2..].trim_start_matches('-').trim_start();
        let Some(named) = tag.strip_prefix(word) else { continue };
        let named = named.trim_start();
        let Some(quote @ ('"' | '\'' | '`')) = named.chars().next() else { continue };
        let closes = named[1..].strip_prefix(name).is_some_and(|rest| rest.starts_with(quote));
        if closes && let Some(length) = text[start..].find("%}") {
            return Some(start..start + length + 2);
        }
    }
    None
}

/// Writes text with the characters that mean something in HTML as references, in as few pieces as possible.
fn escape(text: &str, out: &mut dyn std::io::Write) -> std::io::Result<()> {
    let mut written = 0;
    for (at, byte) in text.bytes().enumerate() {
        let reference: &[u8] = match byte {
            b'&' => b"&amp;",
            b'<' => b"&lt;",
            b'>' => b"&gt;",
            b'"' => b"&quot;",
            b'\'' => b"&#39;",
            _ => continue,
        };
        out.write_all(&text.as_bytes()[written..at])?;
        out.write_all(reference)?;
        written = at + 1;
    }
    out.write_all(&text.as_bytes()[written..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::SitePath;

    /// The findings of a set of templates: code, file, the text pointed at, message, help.
    fn found(templates: &[(&str, &str)]) -> Vec<(String, String, String, String, String)> {
        let source =
            |name: &str, text: &str| Source::new(SitePath::new(&format!("templates/{name}")).unwrap(), text);
        let sources: BTreeMap<String, Source> =
            templates.iter().map(|(name, text)| ((*name).to_owned(), source(name, text))).collect();
        let mut diagnostics = Vec::new();
        engine(&sources, &mut diagnostics);
        let row = |found: &Diagnostic| {
            let file = found.primary.file.as_str().trim_start_matches("templates/").to_owned();
            let place = sources[&file].slice(found.primary.span).to_owned();
            (
                found.code.to_string(),
                file,
                place,
                found.message.clone(),
                found.help.clone().unwrap_or_default(),
            )
        };
        diagnostics.iter().map(row).collect()
    }

    fn row(code: &str, file: &str, place: &str, message: &str, help: &str) -> [String; 5] {
        [code, file, place, message, help].map(str::to_owned)
    }

    #[track_caller]
    fn check(templates: &[(&str, &str)], expected: &[[String; 5]]) {
        let found: Vec<[String; 5]> =
            found(templates).into_iter().map(|(a, b, c, d, e)| [a, b, c, d, e]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_misspelt_block_is_told_with_the_nearest_one() {
        check(
            &[
                ("base.html", "{% block main_class %}{% endblock %}{% block main %}{% endblock %}"),
                ("page.html", "{% extends \"base.html\" %}{% block mian %}{% endblock %}"),
            ],
            &[row(
                "template-error",
                "page.html",
                "mian",
                "block `mian` is not defined in any parent template",
                "did you mean `main`?",
            )],
        );
    }

    #[test]
    fn good_templates_are_not_spoken_of() {
        check(
            &[
                ("base.html", "{% block a %}{% include \"b.html\" %}{% endblock %}"),
                ("b.html", "{{ x | upper }}{% if x is defined %}{{ range(end=2) }}{% endif %}"),
                ("page.html", "{% extends \"base.html\" %}{% block a %}{{ super() }}{% endblock %}"),
            ],
            &[],
        );
    }

    #[test]
    fn unknown_names_are_pointed_at_all_at_once() {
        let text = "é {{ x | uper }}\n{% include \"bas.html\" %}\n{{ rnge(end=2) }}{% if x is odds %}{% endif %}\n\
                    {{ <crad /> }}";
        check(
            &[("a.html", text), ("base.html", "{% component card() %}{% endcomponent card %}")],
            &[
                row("template-error", "a.html", "uper", "unknown filter `uper`", "did you mean `upper`?"),
                row(
                    "missing-template",
                    "a.html",
                    "\"bas.html\"",
                    "there is no template `bas.html` to include",
                    "did you mean `base.html`?",
                ),
                row(
                    "template-error",
                    "a.html",
                    "rnge(end=2)",
                    "unknown function `rnge`",
                    "did you mean `range`?",
                ),
                row("template-error", "a.html", "odds", "unknown test `odds`", "did you mean `odd`?"),
                row(
                    "template-error",
                    "a.html",
                    "<crad />",
                    "unknown component `crad`",
                    "did you mean `card`?",
                ),
            ],
        );
    }

    #[test]
    fn missing_parent_is_pointed_at_and_the_rest_is_looked_at() {
        check(
            &[
                ("a.html", "\n{%- extends \"bse.html\" -%}{% block a %}{% endblock %}"),
                ("base.html", "{{ x | uper }}"),
            ],
            &[
                row(
                    "missing-template",
                    "a.html",
                    "bse.html",
                    "there is no template `bse.html` to extend",
                    "did you mean `base.html`?",
                ),
                row("template-error", "base.html", "uper", "unknown filter `uper`", "did you mean `upper`?"),
            ],
        );
    }

    #[test]
    fn circles_are_named() {
        let help = "break the circle at one of these places";
        let code = "template-loop";
        let message = "the template `a.html` includes itself: `a.html` → `b.html` → `a.html`";
        check(
            &[("a.html", "{% include 'b.html' %}"), ("b.html", "\n{% include \"a.html\" %}")],
            &[row(code, "b.html", "a.html", message, help)],
        );
        let message = "the template `a.html` extends itself: `a.html` → `a.html`";
        check(&[("a.html", "{% extends \"a.html\" %}")], &[row(code, "a.html", "a.html", message, help)]);
        let message = "the template `b.html` extends itself: `b.html` → `c.html` → `b.html`";
        check(
            &[
                ("a.html", "{% extends \"b.html\" %}"),
                ("b.html", "{% extends \"c.html\" %}"),
                ("c.html", "{% extends \"b.html\" %}"),
            ],
            &[row(code, "c.html", "b.html", message, help)],
        );
    }

    #[test]
    fn each_template_that_cannot_be_read_is_named() {
        let found =
            found(&[("a.html", "x\n{% if %}"), ("b.html", "{{ x"), ("c.html", "{% extends \"no\" %}")]);
        let places: Vec<_> = found.iter().map(|found| (found.0.as_str(), found.1.as_str())).collect();
        assert_eq!(places, [("template-syntax", "a.html"), ("template-syntax", "b.html")]);
        assert_eq!(found[0].2, "%}");
    }

    #[test]
    fn a_block_that_the_parent_lost_is_told_once() {
        let child = "{% extends \"base.html\" %}{% block main %}{% endblock %}";
        let found = found(&[("a.html", child), ("b.html", child), ("base.html", "")]);
        let places: Vec<_> = found.iter().map(|found| (found.1.as_str(), found.2.as_str())).collect();
        assert_eq!(places, [("a.html", "main")]);
    }

    #[test]
    fn one_component_in_two_templates_is_said_of_both() {
        let text = "{% component card() %}{% endcomponent card %}";
        let message = "the component `card` is defined in both `a.html` and `b.html`";
        check(
            &[("a.html", text), ("b.html", text)],
            &[row("template-error", "b.html", "card", message, "give one of them another name")],
        );
    }

    #[test]
    fn block_that_no_parent_has_is_pointed_at() {
        let found =
            found(&[("a.html", "{% extends \"b.html\" %}{% block x %}{% endblock %}"), ("b.html", "")]);
        assert_eq!((found[0].1.as_str(), found[0].2.as_str()), ("a.html", "x"));
    }
}
