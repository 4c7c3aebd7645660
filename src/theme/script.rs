//! A theme's scripts without what browsers do not need: whole lines of comment, the spaces that indent a
//! line, and the ends of lines that go on in the next.

/// The script without lines that only comment and without indents.
///
/// It looks at lines alone. Where that may mislead, because a text or a comment after code goes on in the next line,
/// the script stays as it is.
pub(super) fn shortened(script: &str) -> String {
    without_comment_lines(script).unwrap_or_else(|| script.to_owned())
}

fn without_comment_lines(script: &str) -> Option<String> {
    let mut out = String::with_capacity(script.len());
    let mut lines = script.lines().map(str::trim);
    while let Some(mut line) = lines.next() {
        if line.starts_with("/*") {
            while !line.contains("*/") {
                line = lines.next()?;
            }
            line = line.split_once("*/").map(|(_, code)| code.trim_start())?;
        }
        if line.is_empty() || line.starts_with("//") {
            continue;
        }
        let opens_comment = line.rfind("/*").is_some_and(|at| !line[at..].contains("*/"));
        let opens_text = line.matches('`').count() % 2 == 1 || line.contains("\\`") || line.ends_with('\\');
        if opens_comment || opens_text {
            return None;
        }
        out.push_str(line);
        // After these a new line says nothing, unless it ends a comment.
        let goes_on = line.ends_with(['{', '(', '[', ',', ';']) && !line.contains("//");
        if !goes_on {
            out.push('\n');
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indents_go_and_code_stays() {
        let script = "// A module.\n\n/** Adds.\n * @param a */\nexport function add(a, b) {\n  // Both.\n  \
                      return a + b; // here\n}\n/* one */\nconst url = \"//example.org\";\n/* a\n b */ let b = `x`;\n";
        let short = "export function add(a, b) {return a + b; // here\n}\nconst url = \"//example.org\";\n\
                     let b = `x`;";
        assert_eq!(shortened(script), short);
    }

    #[test]
    fn what_goes_on_over_several_lines_is_kept() {
        let comment = "a(); /* b\n  // c */ d();\n";
        for script in [comment, "const a = `\n  // not a comment\n`;\n", "const a = \"b\\\n  // not one\";\n"]
        {
            assert_eq!(shortened(script), script);
        }
        assert_eq!(shortened("  a(`b`, `c`);\n"), "a(`b`, `c`);");
    }

    #[test]
    fn lines_that_go_on_are_joined() {
        let script = "if (a) {\n  b(\n    c,\n    d,\n  );\n}\nlet e = 1\nlet f = [ // {\n  2,\n]\n";
        assert_eq!(shortened(script), "if (a) {b(c,d,);}\nlet e = 1\nlet f = [ // {\n2,]\n");
    }
}
