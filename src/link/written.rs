//! How links are written: where a target stands in the text, and paths from one file to another.

use crate::source::{Source, Span};

/// The places where the target of a link is written: in the link, or in the definitions that it refers to.
pub(super) fn targets(source: &Source, link: Span, typed: &str) -> Vec<Span> {
    let written = source.slice(link);
    // `[words](target)`: the last place, since the words may say the same; `[[target|words]]`: the first.
    let at = if written.starts_with("[[") { written.find(typed) } else { written.rfind(typed) };
    let starts: Vec<usize> = match at.filter(|at| is_target(written, *at)) {
        Some(at) => vec![link.start as usize + at],
        None => definitions(source.text(), typed),
    };
    starts.into_iter().map(|start| Span::new(start, start + typed.len())).collect()
}

/// Where the target of a link stands inside of the link; `None` where the link refers to a definition elsewhere.
pub fn target_in_link(source: &Source, link: Span, typed: &str) -> Option<Span> {
    let found = targets(source, link, typed).into_iter().next()?;
    (link.start <= found.start && found.end <= link.end).then_some(found)
}

/// Whether what stands at that place of a link as written is its target, not its words.
fn is_target(written: &str, at: usize) -> bool {
    written[..at].ends_with(['(', '<', '[']) || written[..at].trim_end().ends_with('(')
}

/// Where a target stands as that of a reference: `[name]: target`.
fn definitions(text: &str, typed: &str) -> Vec<usize> {
    let is_definition = |at: usize| {
        let before = text[..at].trim_end_matches(['<', ' ', '\t']);
        let line = before.rsplit('\n').next().unwrap_or_default();
        let behind = text[at + typed.len()..].chars().next();
        before.ends_with("]:")
            && line.trim_start().starts_with('[')
            && behind.is_none_or(|c| c.is_whitespace() || c == '>')
    };
    text.match_indices(typed).map(|(at, _)| at).filter(|at| is_definition(*at)).collect()
}

/// The way from a folder to a file, both below `content/`, as it stands in a Markdown link.
pub fn path_to(folder: &str, file: &str) -> String {
    encoded(&relative(folder, file))
}

/// The way from a folder to a file, both below `content/`.
pub(super) fn relative(folder: &str, file: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|segment| !segment.is_empty()).collect();
    let to: Vec<&str> = file.split('/').collect();
    let shared = from.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", from.len() - shared);
    up.chain(to[shared..].iter().copied()).collect::<Vec<_>>().join("/")
}

/// A path as it can stand in a Markdown link.
pub(super) fn encoded(path: &str) -> String {
    path.replace('%', "%25").replace(' ', "%20").replace('(', "%28").replace(')', "%29")
}
