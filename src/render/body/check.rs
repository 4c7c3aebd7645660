//! What is wrong with a page's shortcodes, found without rendering.
//!
//! Ids that nothing has are not looked for here: linking resolves them.

use crate::diag::{self, Diagnostic};
use crate::markdown::{Argument, ArgumentValue, Document, EventKind, Shortcode, Tag};
use crate::page::Page;
use crate::registry::CareLevel;
use crate::source::Span;
use crate::theme::Theme;

/// Names that every shortcode's template sees; an argument cannot have them.
const TAKEN: [&str; 4] = ["body", "page", "site", "t"];

/// Finds unknown shortcodes, arguments that are wrong or missing, and shortcodes in the wrong place.
pub fn check_shortcodes(page: &Page, theme: &Theme) -> Vec<Diagnostic> {
    let mut check = Check { document: &page.document, theme, found: Vec::new() };
    let events = page.document.events();
    for (at, event) in events.iter().enumerate() {
        match event.kind {
            EventKind::Shortcode(index) => {
                let is_alone = at.checked_sub(1).is_none_or(|before| is_block_edge(events[before].kind))
                    && events.get(at + 1).is_none_or(|after| is_block_edge(after.kind));
                check.shortcode(index, None, is_alone);
            }
            EventKind::Start(Tag::Shortcode(index)) => {
                check.shortcode(index, events.get(at + 1).map(|event| event.kind), true);
            }
            _ => {}
        }
    }
    check.found
}

/// Whether an event begins or ends a block, so that nothing stands in the line beside it.
fn is_block_edge(kind: EventKind) -> bool {
    match kind {
        EventKind::Start(Tag::Heading(_)) | EventKind::End(Tag::Heading(_)) => false,
        EventKind::Start(tag) | EventKind::End(tag) => !tag.is_inline(),
        _ => false,
    }
}

struct Check<'a> {
    document: &'a Document,
    theme: &'a Theme,
    found: Vec<Diagnostic>,
}

impl Check<'_> {
    /// Checks one shortcode; `first` is the first event of its body, where it has one.
    fn shortcode(&mut self, index: u32, first: Option<EventKind>, is_alone: bool) {
        let shortcode = &self.document.shortcodes()[index as usize];
        let template = format!("shortcodes/{}.html", shortcode.name);
        let Some(source) = self.theme.source(&template) else {
            let message = format!("there is no shortcode `{}`", shortcode.name);
            let found = Diagnostic::new(diag::UNKNOWN_SHORTCODE, self.path(), shortcode.name_span, message);
            self.found.push(found.with_nearest(&shortcode.name, self.theme.shortcodes()));
            return;
        };
        match &*shortcode.name {
            "fact" => self.signature(shortcode, &["id"], false),
            "nolink" => self.signature(shortcode, &["text"], false),
            "steps" => self.steps(shortcode, first),
            "care" => self.care(shortcode, first, is_alone),
            _ => self.other(shortcode, source.text()),
        }
    }

    fn path(&self) -> &crate::name::SitePath {
        self.document.source().path()
    }

    fn report(&mut self, span: Span, message: String, help: String) {
        let found = Diagnostic::new(diag::SHORTCODE_ARGUMENT, self.path(), span, message);
        self.found.push(found.with_help(help));
    }

    /// Wants exactly these arguments, each a text, and a body or none.
    fn signature(&mut self, shortcode: &Shortcode, wanted: &[&str], has_body: bool) {
        let name = &shortcode.name;
        let values: Vec<String> = wanted.iter().map(|wanted| format!("{wanted}=\"…\"")).collect();
        let call = match has_body {
            true => format!("{{% {name}({}) %}} … {{% end %}}", values.join(", ")),
            false => format!("{{{{ {name}({}) }}}}", values.join(", ")),
        };
        if shortcode.has_body != has_body {
            let what = if has_body { "stands around a text" } else { "does not stand around a text" };
            self.report(shortcode.span, format!("`{name}` {what}"), format!("write `{call}`"));
            return;
        }
        for argument in &shortcode.arguments {
            self.text_argument(shortcode, argument, wanted);
        }
        for missing in wanted.iter().filter(|wanted| shortcode.argument(wanted).is_none()) {
            self.report(shortcode.span, format!("`{name}` lacks `{missing}`"), format!("write `{call}`"));
        }
    }

    fn text_argument(&mut self, shortcode: &Shortcode, argument: &Argument, wanted: &[&str]) {
        let (name, given) = (&shortcode.name, &argument.name);
        if !wanted.contains(&&**given) {
            let near = diag::did_you_mean(given, wanted.iter().copied());
            let help = near.unwrap_or_else(|| match wanted {
                [] => "take it out".to_owned(),
                _ => format!("it takes {}", listed(wanted)),
            });
            self.report(argument.span, format!("`{name}` takes no `{given}`"), help);
        } else if !matches!(&argument.value, ArgumentValue::Text(text) if !text.trim().is_empty()) {
            let message = format!("`{given}` of `{name}` is no text");
            let help = format!("write `{given}=\"…\"`");
            self.report(argument.value_span, message, help);
        }
    }

    fn steps(&mut self, shortcode: &Shortcode, first: Option<EventKind>) {
        self.signature(shortcode, &[], true);
        let is_list = matches!(first, Some(EventKind::Start(Tag::OrderedList(_))));
        if shortcode.has_body && !is_list {
            let help = "begin each step with a number: `1. Lie down.`".to_owned();
            self.report(shortcode.span, "`steps` does not stand around a numbered list".to_owned(), help);
        }
    }

    fn care(&mut self, shortcode: &Shortcode, first: Option<EventKind>, is_alone: bool) {
        if !is_alone {
            let message = "a care card stands in a line of text".to_owned();
            let found = Diagnostic::new(diag::MISPLACED_SHORTCODE, self.path(), shortcode.span, message);
            self.found
                .push(found.with_help("give it a paragraph of its own, with an empty line before and after"));
        }
        if !shortcode.has_body {
            self.signature(shortcode, &["id"], false);
            return;
        }
        self.signature(shortcode, &["level", "heading"], true);
        let levels = CareLevel::WORDS.map(|(word, _)| word);
        if let Some(level) = shortcode.text("level").filter(|level| CareLevel::new(level).is_none()) {
            let message = format!("there is no level of care `{level}`");
            let near = diag::did_you_mean(level, levels.iter().copied());
            let help = near.unwrap_or_else(|| format!("it is {}", listed(&levels)));
            let span = shortcode.argument("level").map_or(shortcode.span, |argument| argument.value_span);
            self.report(span, message, help);
        }
        if matches!(first, Some(EventKind::End(Tag::Shortcode(_)))) {
            let help = "put the signs between its marks as a list".to_owned();
            self.report(shortcode.span, "the care card is empty".to_owned(), help);
        }
    }

    /// A shortcode of the theme or the site: what its template never names, it does not take.
    fn other(&mut self, shortcode: &Shortcode, template: &str) {
        let name = &shortcode.name;
        let known = names(template);
        for argument in &shortcode.arguments {
            let given = &*argument.name;
            if TAKEN.contains(&given) {
                let message = format!("an argument cannot be called `{given}`");
                let help = format!("every shortcode has a `{given}` already; use another name");
                self.report(argument.span, message, help);
            } else if !known.contains(&given) {
                let message = format!("`{name}` takes no `{given}`");
                let found = Diagnostic::new(diag::SHORTCODE_ARGUMENT, self.path(), argument.span, message);
                let others = known.iter().copied().filter(|name| !TAKEN.contains(name));
                self.found.push(found.with_nearest(given, others));
            }
        }
        if shortcode.has_body && !known.contains(&"body") {
            let help = format!("write `{{{{ {name}(…) }}}}`");
            self.report(shortcode.span, format!("`{name}` does not stand around a text"), help);
        }
    }
}

fn listed(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}

/// Every name in the marks of a template, words of its language among them.
fn names(template: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for piece in template.split("{{").flat_map(|piece| piece.split("{%")).skip(1) {
        let mark = piece.split(['}', '%']).next().unwrap_or_default();
        let words = mark.split(|c: char| !c.is_alphanumeric() && c != '_');
        names.extend(words.filter(|word| !word.is_empty()));
    }
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::files::SiteFiles;
    use crate::name::SitePath;
    use crate::page;
    use crate::source::Source;
    use crate::theme;

    fn source(path: &str, text: &str) -> Source {
        Source::new(SitePath::new(path).unwrap(), text)
    }

    /// Each finding as its code, the text it points at, and its help.
    fn findings(text: &str) -> Vec<(String, String, String)> {
        let hint =
            source("templates/shortcodes/hint.html", "{% if title %}{{ title }}{% endif %}{{ body | safe }}");
        let price = source("templates/shortcodes/price.html", "{{ of }} {{ page.url }}");
        let (theme, _) = theme::load("default", &SiteFiles::new(vec![hint, price], Vec::new(), Vec::new()));
        let source = source("content/a.md", text);
        let (page, _) = page::assemble(&source, &Config::default());
        let found = check_shortcodes(&page, &theme).into_iter();
        let found = found.map(|found| {
            let place = source.slice(found.primary.span).to_owned();
            (found.code.to_string(), place, found.help.unwrap_or_default())
        });
        found.collect()
    }

    fn check(text: &str, code: &str, place: &str, help: &str) {
        let found = findings(text);
        let expected = (code.to_owned(), place.to_owned(), help.to_owned());
        assert_eq!(found, [expected], "{text}");
    }

    #[test]
    fn good_shortcodes_are_not_spoken_of() {
        for text in [
            "It costs {{ fact(id=\"x\") }}, no {{ nolink(text=\"y\") }}.",
            "a\n\n{{ care(id=\"x\") }}\n\n- {{ care(id=\"x\") }}\n",
            "{% care(level=\"urgent\", heading=\"Call if:\") %}\n- a\n{% end %}\n",
            "{% steps() %}\n1. a\n{% end %}\n",
            "{% hint(title=1) %}\na\n{% end %}\n\n{{ hint() }} {{ price(of=[1, true]) }}",
        ] {
            assert_eq!(findings(text), [], "{text}");
        }
    }

    #[test]
    fn unknown_shortcode_names_the_nearest() {
        check("{{ fakt(id=\"x\") }}", "unknown-shortcode", "fakt", "did you mean `fact`?");
        check("{{ prise(of=1) }}", "unknown-shortcode", "prise", "did you mean `price`?");
    }

    #[test]
    fn wrong_arguments_are_pointed_at() {
        let wrong = "shortcode-argument";
        check("{{ fact() }}", wrong, "{{ fact() }}", "write `{{ fact(id=\"…\") }}`");
        check("{{ fact(id=3) }}", wrong, "3", "write `id=\"…\"`");
        check("{{ nolink(text=\"a\", txt=1) }}", wrong, "txt=1", "did you mean `text`?");
        check("{{ price(off=1) }}", wrong, "off=1", "did you mean `of`?");
        check(
            "{{ price(of=1, page=1) }}",
            wrong,
            "page=1",
            "every shortcode has a `page` already; use another name",
        );
        check("{% price(of=1) %}\na\n{% end %}\n", wrong, "{% price(of=1) %}", "write `{{ price(…) }}`");
        check(
            "{% fact(id=\"x\") %}\na\n{% end %}\n",
            wrong,
            "{% fact(id=\"x\") %}",
            "write `{{ fact(id=\"…\") }}`",
        );
        check(
            "{% steps() %}\n- a\n{% end %}\n",
            wrong,
            "{% steps() %}",
            "begin each step with a number: `1. Lie down.`",
        );
        check(
            "{% care(level=\"urgnt\", heading=\"If:\") %}\n- a\n{% end %}\n",
            wrong,
            "\"urgnt\"",
            "did you mean `urgent`?",
        );
        check(
            "{% care(level=\"urgent\", heading=\"If:\") %}\n{% end %}\n",
            wrong,
            "{% care(level=\"urgent\", heading=\"If:\") %}",
            "put the signs between its marks as a list",
        );
    }

    #[test]
    fn care_card_in_a_line_is_misplaced() {
        let help = "give it a paragraph of its own, with an empty line before and after";
        check("See {{ care(id=\"x\") }}.", "misplaced-shortcode", "{{ care(id=\"x\") }}", help);
    }
}
