//! Where front matter starts and ends.

use super::{MAX_BYTES, format_of_fence};
use crate::diag::{self, Diagnostic};
use crate::source::{Source, Span};
use crate::typed::Format;

/// The two parts of an article.
pub(super) enum Split {
    /// Front matter and body.
    Block { block: Span, body: Span, format: Format },
    /// A body alone; why is reported.
    Unreadable { body: Span },
}

/// Finds the lines `+++` or `---` around the front matter. A byte order mark and empty lines before it are skipped.
pub(super) fn split(source: &Source, found: &mut Vec<Diagnostic>) -> Split {
    let text = source.text();
    let bare = text.trim_start_matches('\u{FEFF}');
    let start = text.len() - bare.trim_start_matches(['\n', '\r', ' ', '\t']).len();
    let first = line_at(text, start);
    let fence = text[start..first.end].trim_end();
    let Some(format) = format_of_fence(fence) else {
        let message = "the article has no front matter";
        found.push(
            Diagnostic::new(diag::MISSING_FRONT_MATTER, source.path(), Span::new(start, first.end), message)
                .with_help("start the file with `+++`, `title = \"…\"` and `+++`, each on a line of its own"),
        );
        return Split::Unreadable { body: Span::new(text.len() - bare.len(), text.len()) };
    };
    let mut line = line_at(text, first.next);
    loop {
        if line.start >= text.len() {
            let message = format!("the front matter is not closed by a second `{fence}`");
            let place = Span::new(start, start + fence.len());
            found.push(
                Diagnostic::new(diag::UNCLOSED_FRONT_MATTER, source.path(), place, message)
                    .with_help(format!("write `{fence}` on a line of its own below the last key")),
            );
            return Split::Unreadable { body: Span::new(text.len(), text.len()) };
        }
        if text[line.start..line.end].trim_end() == fence {
            break;
        }
        line = line_at(text, line.next);
    }
    let block = Span::new(first.next, line.start);
    let body = Span::new(line.next, text.len());
    if block.len() > MAX_BYTES {
        let message = format!(
            "the front matter is {} KB long; at most {} KB are read",
            block.len() / 1024,
            MAX_BYTES / 1024
        );
        let place = Span::new(start, start + fence.len());
        found.push(Diagnostic::new(diag::FRONT_MATTER_TOO_LARGE, source.path(), place, message));
        return Split::Unreadable { body };
    }
    Split::Block { block, body, format }
}

struct Line {
    start: usize,
    /// Before the line feed.
    end: usize,
    /// Behind the line feed.
    next: usize,
}

fn line_at(text: &str, start: usize) -> Line {
    match memchr::memchr(b'\n', &text.as_bytes()[start..]) {
        Some(length) => Line { start, end: start + length, next: start + length + 1 },
        None => Line { start, end: text.len(), next: text.len() },
    }
}
