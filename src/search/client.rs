//! The browser's module as it is shipped: comments and spaces gone, inner names short, the manifest written in.
//!
//! `const` becomes `let`, which is shorter, and declarations in a row become one. This is no general minifier. It knows the one source it is for, `client/search.js`: statements end with semicolons,
//! templates are not nested, and a name of [`INNER`] stands for nothing outside of the module. The tests of the module
//! run on what comes out of here.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The module's source.
const SOURCE: &str = include_str!("client/search.js");

/// What the source has in place of the manifest.
const PLACE: &str = "'@manifest'";

/// Names of variables, functions and properties that are the module's own business. Names of the language, of the
/// manifest and of the answer must not stand here.
const INNER: &str = "aborted accents after allowed anchor answer asked back before best bitCount bits byte bytes check chosen common \
    correct corrected counted different finding isSmall needShards nowhere options own small whole corrections cost distance document documents edits ending factor files first form \
    formed formsOf given guess forms found halvings hash high hits idf impact impacts inTitle isCommon isOwn typing isWord joined \
    key keyCount spelt known leads least lengths letter letterBytes letters entryCount readFront item places level list lists load \
    loadShard loadWords loaded longer low mask met middle most mostCorrected name names near nearest need next normal number numbers \
    odd old older other part parts piece place plainRun rank rarity ratio read readAll readJson readShard \
    response rest root row rows run same scores seen sentence sets shard shared size shift spot spots square start starts stem \
    stopWords stored sum table take term terms text touched typed unspaced value values vote votes wanted \
    base end error gap last left misspelt out reject right sorted \
    weight weights word manifest";

/// The module with a manifest in it.
pub(super) fn module(manifest: &str) -> String {
    static SHORT: LazyLock<String> = LazyLock::new(|| shorten(SOURCE));
    SHORT.replacen(PLACE, manifest, 1)
}

fn shorten(source: &str) -> String {
    let short = short_names();
    let mut out = String::with_capacity(source.len());
    let mut statements = Statements::default();
    let mut rest = source;
    // Where a template's `${` is open, the number of braces open in it.
    let mut braces: Option<usize> = None;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            _ if rest.starts_with("//") => {
                rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
                continue;
            }
            ' ' | '\n' => {
                rest = rest.trim_start_matches([' ', '\n']);
                let is_word = |c: char| c.is_ascii_alphanumeric() || "_$".contains(c);
                if out.ends_with(is_word) && rest.starts_with(is_word) && !rest.starts_with("//") {
                    out.push(' ');
                }
                continue;
            }
            '\'' => quoted(rest, '\''),
            '`' => text_of_template(&rest[1..], &mut braces) + 1,
            '}' if braces == Some(0) => text_of_template(&rest[1..], &mut braces) + 1,
            '/' if out.ends_with(['(', ',', '=', ':', '!', '&', '|', '?', ';', '{'])
                || out.ends_with("return") =>
            {
                end_of_regex(rest)
            }
            _ if c.is_ascii_alphanumeric() || c == '_' || c == '$' => {
                let end = rest
                    .find(|c: char| !c.is_ascii_alphanumeric() && !"_$".contains(c))
                    .unwrap_or(rest.len());
                let word = &rest[..end];
                rest = &rest[end..];
                let word = if word == "const" { "let" } else { word };
                if word == "let" && statements.declare(&out) {
                    out.pop();
                    out.push(',');
                } else {
                    out.push_str(short.get(word).map_or(word, String::as_str));
                }
                if out.ends_with(',') {
                    rest = rest.trim_start_matches(' ');
                }
                continue;
            }
            '{' | '}' => {
                braces = braces.map(|open| if c == '{' { open + 1 } else { open.saturating_sub(1) });
                1
            }
            _ => c.len_utf8(),
        };
        if length == 1 {
            statements.see(c);
        }
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out.replace(";}", "}").replace(",}", "}").replace(",]", "]").replace(",)", ")")
}

/// Which brackets are open, and whether the last statement in each of them was a declaration: the next one can join it.
struct Statements(Vec<Last>);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Other,
    Declaration,
    /// A declaration up to its semicolon.
    Ended,
}

impl Default for Statements {
    fn default() -> Self {
        Self(vec![Last::Other])
    }
}

impl Statements {
    fn see(&mut self, c: char) {
        match c {
            '(' | '[' | '{' => self.0.push(Last::Other),
            ')' | ']' | '}' => _ = self.0.pop(),
            _ => {}
        }
        let Some(last) = self.0.last_mut() else { return };
        *last = match (c, *last) {
            (';', Last::Declaration) => Last::Ended,
            (_, Last::Declaration) => Last::Declaration,
            _ => Last::Other,
        };
    }

    /// A declaration begins; whether it can join the one before.
    fn declare(&mut self, out: &str) -> bool {
        let Some(last) = self.0.last_mut() else { return false };
        let joins = *last == Last::Ended && out.ends_with(';');
        *last = Last::Declaration;
        joins
    }
}

/// Short names for the inner ones, the shortest for the most used; letters that the source itself uses as names are
/// left out.
fn short_names() -> BTreeMap<&'static str, String> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || "_$".contains(c);
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for word in SOURCE.split(|c| !is_name(c)) {
        *uses.entry(word).or_default() += 1;
    }
    let mut inner: Vec<&str> = INNER.split_ascii_whitespace().collect();
    inner.sort_by_key(|name| std::cmp::Reverse(uses.get(name)));
    let letters = || ('A'..='Z').chain('a'..='z').filter(|c| !"cijlr".contains(*c));
    let pairs = letters().flat_map(|first| "abcde".chars().map(move |second| format!("{first}{second}")));
    let names = letters().map(String::from).chain(pairs.filter(|pair| pair != "do" && pair != "if"));
    inner.into_iter().zip(names).collect()
}

/// The length of a quoted string at the head of `rest`, quotes included.
fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        if c == quote && !escaped {
            return at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    rest.len()
}

/// The length of a template's text up to the end of the template or of its next `${`.
fn text_of_template(rest: &str, braces: &mut Option<usize>) -> usize {
    let end = rest.find('`').map_or(rest.len(), |at| at + 1);
    match rest.find("${").filter(|at| *at < end) {
        Some(at) => {
            *braces = Some(0);
            at + 2
        }
        None => {
            *braces = None;
            end
        }
    }
}

/// The length of a regular expression at the head of `rest`, flags left to what follows.
fn end_of_regex(rest: &str) -> usize {
    let (mut escaped, mut in_class) = (false, false);
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '/' if !in_class => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_templates_and_expressions_stay() {
        let source = "const shard = 'a  // b'; // gone\nreturn `${shard} is  here ${ term }`.replace(/[ /]shard/g, '') / 2;\n";
        let short = short_names();
        let (shard, term) = (&short["shard"], &short["term"]);
        assert_eq!(
            shorten(source),
            format!(
                "let {shard}='a  // b';return`${{{shard}}} is  here ${{{term}}}`.replace(/[ /]shard/g,'')/2;"
            )
        );
    }

    #[test]
    fn declarations_in_a_row_are_one() {
        let source = "const aa = () => {\n  let bb = 1;\n  const [cc] = [2];\n  return cc;\n};\nconst dd = 3;\naa(dd);\n\
            const ee = 4;\nfor (const ff of ee) {\n  let gg;\n  gg = ff;\n  let hh = gg;\n}\n";
        assert_eq!(
            shorten(source),
            "let aa=()=>{let bb=1,[cc]=[2];return cc},dd=3;aa(dd);let ee=4;for(let ff of ee){let gg;gg=ff;let hh=gg}"
        );
    }

    #[test]
    fn no_inner_name_is_in_the_manifest_or_the_answer() {
        let outer = "folder count one shards words filters texts group split stop endings search openSearch fetch limit \
            signal total suggestion results url page title heading kind region excerpt marks score condition";
        for name in INNER.split_ascii_whitespace() {
            assert!(outer.split_ascii_whitespace().all(|other| other != name), "{name}");
        }
    }
}
