//! The browser's module as it is shipped: comments and spaces gone, inner names short, the manifest written in, and
//! nothing that an index of its kind (one file, or many) does not need.
//!
//! `const` becomes `let`, which is shorter, and declarations in a row become one. This is no general minifier. It knows
//! the one source it is for, `client/search.js`: statements end with semicolons, templates are not nested, and a name of
//! [`INNER`] stands for nothing outside of the module. The tests of the module run on what comes out of here.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::sync::LazyLock;

use serde_json::json;

use super::manifest::Manifest;

/// The module's source.
const SOURCE: &str = include_str!("client/search.js");

/// Names of variables, functions and properties that are the module's own business. Names of the language and of the
/// answer must not stand here.
const INNER: &str = "accents after allowed anchor answer asked base before best bitCount bits byte bytes check chosen common \
    correct corrected corrections cost count counted different distance document documents edits end ending \
    error factor files finding first folder form forms formsOf found gap gapCount gaps given guess halvings \
    hash held high hits idf impact impacts inTitle isCommon isOwn isSmall isWord item joined key keyCount \
    keysFrom known last leads least left lengths letter letterBytes letters level list lists load loadFilters \
    loadShard loadText loadWords loaded longer low mask met middle misspelt most mostCorrected name names \
    near nearest need needShards next normal nowhere number numbers odd old older one options other out own \
    part parts piece place places plainRun rank rarity ratio read readAll readFront readJson readShard \
    readWords reject response rest right root row rows run same scores seen sentence sets shard shardKeys \
    shardOf shards shared shift size sizes small spot spots square start starts stem stopWords stored sum \
    table take term terms text texts touched typed typing unspaced value values vote votes wanted weight \
    weights whole word wordHashes";

/// The module with a manifest in it.
pub(super) fn module(manifest: &Manifest) -> String {
    static ONE: LazyLock<String> = LazyLock::new(|| shorten(&without(SOURCE, "many")));
    static MANY: LazyLock<String> = LazyLock::new(|| shorten(&without(SOURCE, "one")));
    let mut module = if manifest.one.is_empty() { MANY.clone() } else { ONE.clone() };
    let Manifest { folder, count, one, shards, words, filters, texts, group, split, stop, endings } =
        manifest;
    for (field, text) in
        [("folder", folder), ("one", one), ("filters", filters), ("texts", texts), ("endings", endings)]
    {
        module = module.replace(&format!("@{field}"), text);
    }
    let group = group.map_or(1, NonZeroUsize::get);
    for (field, value) in [
        ("count", json!(count)),
        ("shards", json!(shards)),
        ("words", json!(words)),
        ("group", json!(group)),
        ("split", json!(split)),
        ("stop", json!(stop)),
    ] {
        module = module.replace(&format!("'@{field}'"), &value.to_string());
    }
    module
}

/// The source without the lines from each `//#part` to its `//#end`.
fn without(source: &str, part: &str) -> String {
    let (begin, mut is_left_out) = (format!("//#{part}"), false);
    let mut out = String::with_capacity(source.len());
    for line in source.split_inclusive('\n') {
        is_left_out = (is_left_out || line.trim() == begin) && line.trim() != "//#end";
        if !is_left_out {
            out.push_str(line);
        }
    }
    out
}

fn shorten(source: &str) -> String {
    let inner: BTreeSet<&str> = INNER.split_ascii_whitespace().collect();
    let mut uses: Vec<Use> = Vec::new();
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
                if out.ends_with(is_name) && rest.starts_with(is_name) && !rest.starts_with("//") {
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
            _ if is_name(c) => {
                let end = rest.find(|c: char| !is_name(c)).unwrap_or(rest.len());
                let word = &rest[..end];
                rest = &rest[end..];
                let word = if word == "const" { "let" } else { word };
                if inner.contains(word) {
                    uses.push(Use { word, at: out.len(), region: statements.region() });
                }
                if word == "let" && statements.declare(&out) {
                    out.pop();
                    out.push(',');
                } else {
                    out.push_str(word);
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
    let out = renamed(&out, &uses, &statements.parents);
    out.replace(";}", "}").replace(",}", "}").replace(",]", "]").replace(",)", ")")
}

/// Which brackets are open, and whether the last statement in each of them was a declaration: the next one can join it.
struct Statements {
    open: Vec<(usize, Last)>,
    /// The region around each pair of brackets, which is a region itself; the first is the whole module.
    parents: Vec<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Other,
    Declaration,
    /// A declaration up to its semicolon.
    Ended,
}

impl Default for Statements {
    fn default() -> Self {
        Self { open: vec![(0, Last::Other)], parents: vec![0] }
    }
}

impl Statements {
    fn see(&mut self, c: char) {
        match c {
            '(' | '[' | '{' => {
                self.open.push((self.parents.len(), Last::Other));
                self.parents.push(self.open[self.open.len() - 2].0);
            }
            ')' | ']' | '}' => _ = self.open.pop(),
            _ => {}
        }
        let Some((_, last)) = self.open.last_mut() else { return };
        *last = match (c, *last) {
            (';', Last::Declaration) => Last::Ended,
            (_, Last::Declaration) => Last::Declaration,
            _ => Last::Other,
        };
    }

    /// A declaration begins; whether it can join the one before.
    fn declare(&mut self, out: &str) -> bool {
        let Some((_, last)) = self.open.last_mut() else { return false };
        let joins = *last == Last::Ended && out.ends_with(';');
        *last = Last::Declaration;
        joins
    }

    /// The region of what comes next.
    fn region(&self) -> usize {
        self.open.last().map_or(0, |(region, _)| *region)
    }
}

/// An inner name where it stands.
struct Use<'s> {
    word: &'s str,
    at: usize,
    region: usize,
}

/// The text with short names for the inner ones.
fn renamed(text: &str, uses: &[Use], parents: &[usize]) -> String {
    let short = short_names(text, uses, parents);
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for one in uses {
        out.push_str(&text[from..one.at]);
        out.push_str(&short[one.word]);
        from = one.at + one.word.len();
    }
    out + &text[from..]
}

/// Short names for the inner ones, the shortest for the most used. Two share one where the smallest region that holds
/// all uses of the one holds no use of the other; names that the text itself has are left out.
fn short_names<'s>(text: &str, uses: &[Use<'s>], parents: &[usize]) -> BTreeMap<&'s str, String> {
    let around =
        |region: usize| std::iter::successors(Some(region), |&region| (region > 0).then(|| parents[region]));
    let mut regions: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    uses.iter().for_each(|one| regions.entry(one.word).or_default().push(one.region));
    // For each name, all regions that hold a use of it, and the smallest that holds all.
    let mut names: Vec<(&str, usize, BTreeSet<usize>, usize)> = Vec::new();
    for (word, regions) in regions {
        let holds_all = |outer: &usize| regions.iter().all(|&region| around(region).any(|one| one == *outer));
        let smallest = around(regions[0]).find(holds_all).unwrap_or_default();
        names.push((word, regions.len(), regions.iter().copied().flat_map(around).collect(), smallest));
    }
    names.sort_by_key(|(_, uses, ..)| std::cmp::Reverse(*uses));
    let own: BTreeSet<&str> = text.split(|c: char| !is_name(c)).collect();
    let letters = || "esantoriulcdpmhfgbvwyxkqzjETNSOAIRCDLMPBHFUGVWXYZKQJ".chars();
    let pairs = letters().flat_map(|first| "eanto".chars().map(move |second| format!("{first}{second}")));
    let free: Vec<String> = letters()
        .map(String::from)
        .chain(pairs)
        .filter(|name| !own.contains(name.as_str()) && !["do", "in"].contains(&name.as_str()))
        .collect();
    let mut given: Vec<Vec<usize>> = vec![Vec::new(); free.len()];
    let mut short = BTreeMap::new();
    for (at, (word, _, inside, region)) in names.iter().enumerate() {
        let is_apart =
            |other: &usize| !inside.contains(&names[*other].3) && !names[*other].2.contains(region);
        let slot = given.iter().position(|others| others.iter().all(is_apart));
        let slot = slot.expect("there are more short names than names that meet");
        given[slot].push(at);
        short.insert(*word, free[slot].clone());
    }
    short
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_$".contains(c)
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
        assert_eq!(shorten(source), "let e='a  // b';return`${e} is  here ${s}`.replace(/[ /]shard/g,'')/2;");
    }

    #[test]
    fn names_that_never_meet_share_a_short_one() {
        let source = "const size = (word) => {\n  let list = word;\n  return list;\n};\nconst mask = (key) => {\n  \
            let bits = key;\n  return bits;\n};\nsize(mask(0));\n";
        assert_eq!(shorten(source), "let n=(t)=>{let e=t;return e},a=(s)=>{let e=s;return e};n(a(0));");
    }

    #[test]
    fn parts_for_the_other_kind_of_index_are_left_out() {
        let source = "a();\n//#one\nb();\n//#end\n  //#many\nc();\n  //#end\nd();\n";
        assert_eq!(shorten(&without(source, "one")), "a();c();d();");
        assert_eq!(shorten(&without(source, "many")), "a();b();d();");
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
    fn inner_names_are_sorted_stand_in_the_module_and_are_called_by_no_one_else() {
        let names: Vec<&str> = INNER.split_ascii_whitespace().collect();
        assert!(names.is_sorted_by(|left, right| left < right));
        let source: BTreeSet<&str> = SOURCE.split(|c: char| !is_name(c)).collect();
        let unused: Vec<&str> = names.iter().copied().filter(|name| !source.contains(name)).collect();
        assert!(unused.is_empty(), "{unused:?}");
        let outer = "words filters split search openSearch fetch limit signal total suggestion results url page title heading kind region excerpt marks score condition";
        for name in names {
            assert!(outer.split_ascii_whitespace().all(|other| other != name), "{name}");
        }
    }
}
