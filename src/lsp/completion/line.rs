//! What a line of Markdown is in the middle of.

/// What is being written; each start is the first byte in the line of what completion replaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spot<'a> {
    /// `[[`, a page by its short name.
    Wiki { start: usize },
    /// `[[page#`, a place in it.
    WikiAnchor { page: &'a str, start: usize },
    /// `[@`, a source.
    Citation { start: usize },
    /// `{{` or `{%`, the name of a shortcode.
    Shortcode { start: usize },
    /// `{{ name(argument="`.
    Argument { shortcode: &'a str, argument: &'a str, start: usize },
    /// `](`, a path or an address.
    Link { start: usize },
    /// `![words](`, the path of an image.
    Image { start: usize },
    /// `](path#`, a place there.
    LinkAnchor { target: &'a str, start: usize },
    /// `{#id aspect=`, what a section is about.
    Aspect { start: usize },
    /// A word of a sentence.
    Word { start: usize },
    /// Nothing that can be helped with.
    Nothing,
}

/// What the line is in the middle of at its end.
pub(super) fn spot(line: &str) -> Spot<'_> {
    let code = line.matches('`').count() % 2 == 1;
    if code {
        return Spot::Nothing;
    }
    let calls = [unclosed(line, "{{", "}}"), unclosed(line, "{%", "%}")];
    if let Some(start) = calls.into_iter().flatten().max() {
        return shortcode(line, start);
    }
    if let Some(start) = unclosed(line, "[[", "]]") {
        return match line[start..].find(['#', '|']) {
            None => Spot::Wiki { start },
            Some(at) if line[start + at..].starts_with('#') => {
                Spot::WikiAnchor { page: &line[start..start + at], start: start + at + 1 }
            }
            Some(_) => Spot::Nothing,
        };
    }
    if let Some(start) = unclosed(line, "](", ")") {
        return target(line, start);
    }
    if let Some(spot) = citation(line) {
        return spot;
    }
    if line.trim_start().starts_with('[')
        && let Some(at) = line.find("]: ")
    {
        let start = at + 3;
        return if line[start..].contains(' ') { Spot::Nothing } else { target(line, start) };
    }
    if line.starts_with('#')
        && let Some(open) = unclosed(line, "{", "}")
    {
        let at = line[open..].rfind("aspect=").map(|at| open + at + "aspect=".len());
        return match at.filter(|at| !line[*at..].contains(' ')) {
            Some(start) => Spot::Aspect { start },
            None => Spot::Nothing,
        };
    }
    let start = line
        .rfind(|c: char| !c.is_alphanumeric() && c != '-')
        .map_or(0, |at| at + line[at..].chars().next().map_or(1, char::len_utf8));
    if line[start..].chars().count() >= 2 { Spot::Word { start } } else { Spot::Nothing }
}

/// Where the text behind the last opening starts, if it is not closed.
fn unclosed(line: &str, open: &str, close: &str) -> Option<usize> {
    let start = line.rfind(open)? + open.len();
    (!line[start..].contains(close)).then_some(start)
}

fn shortcode(line: &str, start: usize) -> Spot<'_> {
    let call = &line[start..];
    let Some(paren) = call.find('(') else {
        let name = call.trim_start();
        let is_name = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        return if is_name { Spot::Shortcode { start: line.len() - name.len() } } else { Spot::Nothing };
    };
    let arguments = &call[paren + 1..];
    // In a text: the number of quotation marks so far is odd.
    if arguments.matches('"').count().is_multiple_of(2) {
        return Spot::Nothing;
    }
    let Some(quote) = arguments.rfind('"') else { return Spot::Nothing };
    let before = arguments[..quote].trim_end().trim_end_matches('=').trim_end();
    let argument = before.rsplit([',', ' ']).next().unwrap_or_default();
    Spot::Argument { shortcode: call[..paren].trim(), argument, start: start + paren + 1 + quote + 1 }
}

fn target(line: &str, start: usize) -> Spot<'_> {
    let start = start + usize::from(line[start..].starts_with('<'));
    let typed = &line[start..];
    if typed.contains(['"', '>']) || typed.contains("://") {
        return Spot::Nothing;
    }
    if let Some(at) = typed.find('#') {
        return Spot::LinkAnchor { target: &typed[..at], start: start + at + 1 };
    }
    let words = line[..start].rfind('[').map(|at| &line[..at]);
    if words.is_some_and(|before| before.ends_with('!')) {
        Spot::Image { start }
    } else {
        Spot::Link { start }
    }
}

/// A key behind `[@` or `; @`.
fn citation(line: &str) -> Option<Spot<'_>> {
    let open = unclosed(line, "[", "]")?;
    let at = open + line[open..].rfind('@')?;
    let before = line[open..at].trim_end();
    let is_first = before.is_empty() || before.ends_with(';');
    let is_key = !line[at..].contains([',', ';', ' ']);
    (is_first && is_key).then_some(Spot::Citation { start: at + 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_written_lines_are_understood() {
        for (line, expected) in [
            ("See [[ne", Spot::Wiki { start: 6 }),
            ("🦴 [[", Spot::Wiki { start: 7 }),
            ("[[neck-pain#ca", Spot::WikiAnchor { page: "neck-pain", start: 12 }),
            ("[[neck-pain|wo", Spot::Nothing),
            ("[[neck-pain]] and [@", Spot::Citation { start: 20 }),
            ("[@one, p. 4; @tw", Spot::Citation { start: 14 }),
            ("[@one, p", Spot::Nothing),
            ("me@exa", Spot::Word { start: 3 }),
            ("{{ fa", Spot::Shortcode { start: 3 }),
            ("{% ", Spot::Shortcode { start: 3 }),
            ("{{ fact(id=\"se", Spot::Argument { shortcode: "fact", argument: "id", start: 12 }),
            (
                "{% care(level=\"urgent\", heading=\"",
                Spot::Argument { shortcode: "care", argument: "heading", start: 33 },
            ),
            ("{{ fact(id=\"x\") }} it co", Spot::Word { start: 22 }),
            ("[a](../con", Spot::Link { start: 4 }),
            ("[a](<../con", Spot::Link { start: 5 }),
            ("![a](", Spot::Image { start: 5 }),
            ("[a](b.md#", Spot::LinkAnchor { target: "b.md", start: 9 }),
            ("[a](#", Spot::LinkAnchor { target: "", start: 5 }),
            ("[a](https://exa", Spot::Nothing),
            ("[ref]: ../a", Spot::Link { start: 7 }),
            ("## Risks {#risks aspect=ri", Spot::Aspect { start: 24 }),
            ("code `[[", Spot::Nothing),
            ("", Spot::Nothing),
            ("é", Spot::Nothing),
            ("ém", Spot::Word { start: 0 }),
        ] {
            assert_eq!(spot(line), expected, "{line}");
        }
    }
}
