//! Blocks of code, coloured where their language is known.

use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};

use super::escape;
use super::writer::Writer;
use crate::markdown::{EventKind, Tag};

/// Longer lines and blocks are not coloured: grammars take long over machine-made text.
const MAX_LINE: usize = 4 * 1024;
const MAX_BLOCK: usize = 256 * 1024;

/// The kinds of words that the theme colours, outermost last; names as the grammars have them.
const CLASSES: [&str; 7] = ["comment", "string", "keyword", "storage", "constant", "entity", "support"];

/// The grammars; they are loaded when the first block of code asks for them.
static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

impl Writer<'_> {
    /// Writes a block of code and gives the index behind it.
    pub(super) fn code_block(&mut self, index: u32, at: u32) -> u32 {
        let end = self.end_of(at);
        let mut code = String::new();
        for at in at + 1..end {
            if let Some(EventKind::Text(text)) = self.kind(at) {
                code.push_str(self.document.text(text));
            }
        }
        let language = &*self.document.code_blocks()[index as usize].language;
        self.out.push_str("<pre class=\"code\" tabindex=\"0\"><code");
        if !language.is_empty() {
            self.out.push_str(" class=\"language-");
            escape::attribute(&mut self.out, language);
            self.out.push('"');
        }
        self.out.push('>');
        let start = self.out.len();
        if coloured(&mut self.out, &code, language).is_none() {
            self.out.truncate(start);
            escape::text(&mut self.out, &code);
        }
        self.out.push_str("</code></pre>\n");
        debug_assert!(matches!(self.kind(end - 1), Some(EventKind::End(Tag::CodeBlock(_)))));
        end
    }
}

/// Writes code with a span for each stretch of one colour; `None` where it cannot be coloured.
fn coloured(out: &mut String, code: &str, language: &str) -> Option<()> {
    if language.is_empty() || code.len() > MAX_BLOCK || code.lines().any(|line| line.len() > MAX_LINE) {
        return None;
    }
    let syntax = SYNTAXES.find_syntax_by_token(language)?;
    if syntax.name == "Plain Text" {
        return None;
    }
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut spans = Spans { out, open: None };
    for line in code.split_inclusive('\n') {
        let mut written = 0;
        for (at, change) in state.parse_line(line, &SYNTAXES).ok()? {
            spans.write(line.get(written..at)?, class_of(&stack));
            written = at;
            stack.apply(&change).ok()?;
        }
        spans.write(line.get(written..)?, class_of(&stack));
    }
    spans.close();
    Some(())
}

/// Text in spans; neighbours of one class share one.
struct Spans<'a> {
    out: &'a mut String,
    open: Option<&'static str>,
}

impl Spans<'_> {
    fn write(&mut self, text: &str, class: Option<&'static str>) {
        if text.is_empty() {
            return;
        }
        if self.open != class {
            self.close();
            if let Some(class) = class {
                self.out.push_str("<span class=\"s-");
                self.out.push_str(class);
                self.out.push_str("\">");
            }
            self.open = class;
        }
        escape::text(self.out, text);
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.out.push_str("</span>");
        }
    }
}

/// The class of a place: a comment or a string as a whole, else what is innermost.
fn class_of(stack: &ScopeStack) -> Option<&'static str> {
    static SCOPES: LazyLock<[Option<Scope>; 7]> = LazyLock::new(|| CLASSES.map(|name| Scope::new(name).ok()));
    let class =
        |scope: &Scope| SCOPES.iter().position(|known| known.is_some_and(|known| known.is_prefix_of(*scope)));
    let mut innermost = None;
    for scope in stack.as_slice() {
        match class(scope) {
            Some(whole @ 0..=1) => return Some(CLASSES[whole]),
            Some(found) => innermost = Some(CLASSES[found]),
            None => {}
        }
    }
    innermost
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(code: &str, language: &str) -> Option<String> {
        let mut out = String::new();
        coloured(&mut out, code, language).map(|()| out)
    }

    #[test]
    fn words_of_code_get_classes() {
        let html = html("let x = \"<b>\"; // why\n", "rust").unwrap();
        assert_eq!(
            html,
            "<span class=\"s-storage\">let</span> x <span class=\"s-keyword\">=</span> \
             <span class=\"s-string\">\"&lt;b&gt;\"</span>; <span class=\"s-comment\">// why\n</span>"
        );
    }

    #[test]
    fn what_cannot_be_coloured_is_left() {
        assert_eq!(html("x", "no-such-language"), None);
        assert_eq!(html("x", ""), None);
        assert_eq!(html(&"x".repeat(MAX_LINE + 1), "rust"), None);
        assert_eq!(html(&"x\n".repeat(MAX_BLOCK / 2 + 1), "rust"), None);
    }
}
