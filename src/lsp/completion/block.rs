//! Where in a block of TOML or YAML a line is being written: in which table, at which key.

/// A place in a block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Spot {
    /// The tables around it, outermost first.
    pub(super) tables: Vec<String>,
    /// The key whose value is being written; `None` where a key is.
    pub(super) key: Option<String>,
    /// The first byte of what is being written.
    pub(super) start: usize,
    /// Whether a quotation mark stands before it.
    pub(super) is_quoted: bool,
}

/// The place at the end of a block of TOML; `None` in a comment or in the name of a table.
pub(super) fn toml(before: &str) -> Option<Spot> {
    let mut tables: Vec<String> = Vec::new();
    let mut open: Option<(String, usize)> = None;
    let last = before.rfind('\n').map_or(0, |end| end + 1);
    for line in before[..last].lines() {
        let line = line.trim();
        if let Some((_, depth)) = &mut open {
            *depth = brackets(line, *depth);
            if *depth == 0 {
                open = None;
            }
        } else if line.starts_with('[') {
            let name = line.trim_matches(|c| matches!(c, '[' | ']')).split(']').next().unwrap_or_default();
            tables = name.split('.').map(unquoted).collect();
        } else if let Some((key, value)) = line.split_once('=') {
            let depth = brackets(value, 0);
            open = (depth > 0).then(|| (unquoted(key), depth));
        }
    }
    let line = &before[last..];
    if line.trim_start().starts_with('#') {
        return None;
    }
    let (start, is_quoted) = token(before);
    if let Some((key, _)) = open {
        return Some(Spot { tables, key: Some(key), start, is_quoted });
    }
    if line.trim_start().starts_with('[') {
        return None;
    }
    let Some((key, value)) = line.split_once('=') else {
        return Some(Spot { tables, key: None, start, is_quoted });
    };
    let mut key = unquoted(key);
    if let Some(inner) = value.rfind('{').map(|at| &value[at + 1..]).filter(|inner| !inner.contains('}')) {
        tables.push(key);
        let entry =
            inner.rsplit(',').find(|entry| entry.contains('=') || !inner.contains('[')).unwrap_or(inner);
        match entry.split_once('=') {
            Some((name, _)) => key = unquoted(name),
            None => return Some(Spot { tables, key: None, start, is_quoted }),
        }
    }
    Some(Spot { tables, key: Some(key), start, is_quoted })
}

/// How deep in brackets the text ends; those in quotation marks do not count.
fn brackets(text: &str, mut depth: usize) -> usize {
    let mut quote = None;
    for c in text.chars() {
        match (quote, c) {
            (Some(open), c) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '[') => depth += 1,
            (None, ']') => depth = depth.saturating_sub(1),
            (None, '#') => break,
            _ => {}
        }
    }
    depth
}

/// The place at the end of a block of YAML; `None` in a comment.
pub(super) fn yaml(before: &str) -> Option<Spot> {
    let last = before.rfind('\n').map_or(0, |end| end + 1);
    let line = &before[last..];
    if line.trim_start().starts_with('#') {
        return None;
    }
    let (start, is_quoted) = token(before);
    let indentation = line.len() - line.trim_start().len();
    let is_member = line.trim_start().starts_with("- ") || line.trim() == "-";
    let bare = line.trim_start().trim_start_matches('-').trim_start();
    let own = bare.split_once(':').map(|(key, _)| unquoted(key));
    // A member of a list may stand as far to the left as the list's key.
    let mut limit = if is_member { indentation + 1 } else { indentation };
    let mut tables = Vec::new();
    for above in before[..last].lines().rev() {
        let trimmed = above.trim_start();
        let depth = above.len() - trimmed.len();
        let inner = trimmed.strip_prefix("- ").unwrap_or(trimmed);
        let is_table = inner.trim_end().ends_with(':') && !trimmed.starts_with('#');
        if is_table && depth < limit {
            tables.insert(0, unquoted(inner.trim_end().trim_end_matches(':')));
            limit = depth;
        }
    }
    let key = match own {
        Some(key) => Some(key),
        // A member that is no table is a value of the list.
        None if is_member => tables.pop(),
        None => None,
    };
    Some(Spot { tables, key, start, is_quoted })
}

/// The start of the word at the end, and whether a quotation mark stands before it.
fn token(before: &str) -> (usize, bool) {
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    let is_end =
        |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '[' | ']' | ',' | '=' | ':' | '{' | '}');
    let found = before[line..].char_indices().rev().find(|(_, c)| is_end(*c));
    let start = found.map_or(line, |(at, c)| line + at + c.len_utf8());
    (start, found.is_some_and(|(_, c)| matches!(c, '"' | '\'')))
}

fn unquoted(name: &str) -> String {
    name.trim().trim_matches(['"', '\'']).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(tables: &[&str], key: Option<&str>, before: &str, token: &str, is_quoted: bool) -> Spot {
        Spot {
            tables: tables.iter().map(|table| (*table).to_owned()).collect(),
            key: key.map(str::to_owned),
            start: before.len() - token.len(),
            is_quoted,
        }
    }

    #[test]
    fn toml_is_known_from_its_beginning() {
        for (before, tables, key, token, is_quoted) in [
            ("ti", &[][..], None, "ti", false),
            ("kind = \"con", &[], Some("kind"), "con", true),
            ("conditions = [\"a\", ne", &[], Some("conditions"), "ne", false),
            ("conditions = [\n  \"a\",\n  \"", &[], Some("conditions"), "", true),
            ("conditions = [\n  \"a]\",\n]\nre", &[], None, "re", false),
            ("[withdrawn]\nda", &["withdrawn"], None, "da", false),
            ("[[evidence]]\ncertainty = \"", &["evidence"], Some("certainty"), "", true),
            ("[kinds.treatment]\nlabel = ", &["kinds", "treatment"], Some("label"), "", false),
            ("emergency = { nu", &["emergency"], None, "nu", false),
            ("emergency = { number = \"9", &["emergency"], Some("number"), "9", true),
            ("evidence = [{ refs = [\"a\", \"", &["evidence"], Some("refs"), "", true),
        ] {
            assert_eq!(toml(before), Some(at(tables, key, before, token, is_quoted)), "{before}");
        }
        assert_eq!((toml("# ki"), toml("[with")), (None, None));
    }

    #[test]
    fn yaml_is_known_from_its_indentation() {
        for (before, tables, key, token, is_quoted) in [
            ("ti", &[][..], None, "ti", false),
            ("kind: con", &[], Some("kind"), "con", false),
            ("conditions: [a, ne", &[], Some("conditions"), "ne", false),
            ("conditions:\n  - neck\n  - ", &[], Some("conditions"), "", false),
            ("conditions:\n- \"", &[], Some("conditions"), "", true),
            ("withdrawn:\n  da", &["withdrawn"], None, "da", false),
            ("evidence:\n  - outcome: x\n    certainty: ", &["evidence"], Some("certainty"), "", false),
            ("withdrawn:\n  date: 2026-01-01\nki", &[], None, "ki", false),
        ] {
            assert_eq!(yaml(before), Some(at(tables, key, before, token, is_quoted)), "{before}");
        }
        assert_eq!(yaml("# ki"), None);
    }
}
