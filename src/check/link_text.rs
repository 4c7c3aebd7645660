//! What links say and where they lead (health.md, LNK-2 to LNK-6).

use std::collections::BTreeMap;

use super::Subject;
use crate::diag::{self, Diagnostic};
use crate::markdown::{Link, LinkForm};

/// Words that say nothing about a link's target.
const VAGUE: [&str; 22] = [
    "click here",
    "here",
    "read more",
    "more",
    "learn more",
    "this",
    "this page",
    "this link",
    "link",
    "see here",
    "continue",
    "details",
    "more info",
    "more information",
    "find out more",
    "this article",
    "go",
    "click",
    "website",
    "this website",
    "page",
    "read this",
];

/// Endings of files that are no web pages, and the words that tell so.
const DOCUMENTS: [(&str, &[&str]); 9] = [
    (".pdf", &["pdf"]),
    (".doc", &["word", "doc"]),
    (".docx", &["word", "doc"]),
    (".xls", &["excel", "spreadsheet", "xls"]),
    (".xlsx", &["excel", "spreadsheet", "xls"]),
    (".ppt", &["powerpoint", "slides", "ppt"]),
    (".pptx", &["powerpoint", "slides", "ppt"]),
    (".zip", &["zip"]),
    (".csv", &["csv", "spreadsheet"]),
];

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let links = subject.page.document.links();
    let mut by_text: BTreeMap<String, (&Link, &str)> = BTreeMap::new();
    for place in subject.prose.links() {
        let link = &links[place.link as usize];
        let text = subject.prose.slice(place.range.clone()).trim();
        let folded = text.to_lowercase();
        check_words(subject, link, text, found);
        if let Some((first, target)) = by_text.get(&folded)
            && page_of(target) != page_of(&link.target)
            && !folded.is_empty()
        {
            let message = format!("two links say `{text}` and lead to different places");
            found.push(
                subject
                    .finding(diag::AMBIGUOUS_LINK_TEXT, link.span, message)
                    .with_secondary(subject.prose.file(), first.span, "the other one")
                    .with_help("name what is different about each"),
            );
        } else {
            by_text.insert(folded, (link, &link.target));
        }
    }
    for link in links.iter().filter(|link| link.target.starts_with("http://")) {
        found.push(
            subject
                .finding(diag::INSECURE_LINK, link.span, "the link leads over an insecure connection")
                .with_help("use `https://`"),
        );
    }
    check_hosts(subject, found);
    let has_help = !links.is_empty()
        || !subject.page.document.citations().is_empty()
        || subject.evidence().iter().any(|evidence| !evidence.refs.is_empty());
    if subject.health && !has_help {
        found.push(
            subject
                .finding(diag::NO_FURTHER_HELP, subject.place(), "the page leads to no further help")
                .with_help("link to a trusted site, a guideline or a page with more"),
        );
    }
}

/// Links to sites that are not on the list of those trusted, where the site keeps one.
fn check_hosts(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let trusted = &subject.knowledge.config.trusted_hosts;
    if trusted.is_empty() {
        return;
    }
    for link in subject.page.document.links() {
        let Some(host) = host_of(&link.target) else { continue };
        let covers = |own: &String| {
            let inner = host.strip_suffix(own.as_str());
            inner.is_some_and(|inner| inner.is_empty() || inner.ends_with('.'))
        };
        if !trusted.iter().any(covers) {
            let message = format!("`{host}` is not on the list of trusted sites");
            found.push(
                subject
                    .finding(diag::UNTRUSTED_HOST, link.span, message)
                    .with_help("add it to `trusted_hosts` once somebody has judged it, or link elsewhere"),
            );
        }
    }
}

/// The host of a web address in lower case.
fn host_of(target: &str) -> Option<String> {
    let rest = target.strip_prefix("https://").or_else(|| target.strip_prefix("http://"))?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    Some(host.to_ascii_lowercase())
}

/// The target without its fragment: two places of one page may share a name.
fn page_of(target: &str) -> &str {
    target.split('#').next().unwrap_or_default()
}

fn check_words(subject: &Subject<'_>, link: &Link, text: &str, found: &mut Vec<Diagnostic>) {
    let folded = text.to_lowercase();
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
    let is_address =
        link.form == LinkForm::Autolink || text.starts_with("http://") || text.starts_with("https://");
    if (VAGUE.contains(&bare) && subject.english) || is_address {
        let what = if is_address { "an address" } else { "nothing about where it leads" };
        found.push(
            subject
                .finding(diag::VAGUE_LINK_TEXT, link.span, format!("the link's words say {what}: `{text}`"))
                .with_help("use words that make sense alone, such as the title of what it leads to"),
        );
    }
    let target = link.target.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    for (ending, words) in DOCUMENTS {
        if target.ends_with(ending) && !words.iter().any(|word| folded.contains(word)) {
            let message = format!("the link does not say that it leads to a `{}` file", &ending[1..]);
            found.push(
                subject
                    .finding(diag::UNLABELLED_DOCUMENT, link.span, message)
                    .with_help("add type and size to its words: `Aftercare sheet (PDF, 120 kB)`"),
            );
        }
    }
}
