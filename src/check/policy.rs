//! What a site as a whole must have: policy pages, titles that differ (health.md, POL and STR-11).

use std::collections::HashMap;

use super::Knowledge;
use crate::catalog::Policy;
use crate::diag::{self, Diagnostic};
use crate::name::SitePath;
use crate::page::PageInterface;
use crate::source::Span;

/// The policies that a health site must state, and what the finding calls each.
const POLICIES: [(&str, Policy); 6] = [
    ("how pages are written and reviewed", Policy::Editorial),
    ("that pages are no medical advice", Policy::Disclaimer),
    ("privacy", Policy::Privacy),
    ("how to reach the publisher", Policy::Contact),
    ("who pays for the site", Policy::Funding),
    ("advertising", Policy::Advertising),
];

/// What is wrong with the pages of a site taken together: those that are published, sorted by path.
pub fn site<'a>(
    pages: impl IntoIterator<Item = &'a PageInterface>,
    knowledge: &Knowledge<'_>,
) -> Vec<Diagnostic> {
    let pages: Vec<&PageInterface> = pages.into_iter().filter(|page| !page.draft).collect();
    let mut found = Vec::new();
    titles(&pages, &mut found);
    policies(&pages, knowledge, &mut found);
    found
}

fn titles(pages: &[&PageInterface], found: &mut Vec<Diagnostic>) {
    let mut by_title: HashMap<(&str, String), &PageInterface> = HashMap::with_capacity(pages.len());
    for page in pages.iter().filter(|page| !page.is_section && page.withdrawn.is_none()) {
        let key = (&*page.language, page.title.trim().to_lowercase());
        match by_title.get(&key) {
            Some(first) => {
                let message = format!("two pages are called `{}`", page.title);
                let (here, there) = (page.path.site_path(), first.path.site_path());
                found.push(
                    Diagnostic::new(diag::DUPLICATE_TITLE, &here, page.address_span, message)
                        .with_secondary(&there, first.address_span, "the other one")
                        .with_help("say in the title what is different"),
                );
            }
            None => drop(by_title.insert(key, page)),
        }
    }
}

/// A site that names its publisher and speaks of health states its policies.
fn policies(pages: &[&PageInterface], knowledge: &Knowledge<'_>, found: &mut Vec<Diagnostic>) {
    let config = knowledge.config;
    let is_health = |page: &&&PageInterface| config.kind(&page.kind).is_some_and(|kind| kind.health);
    if config.publisher.is_none() || !pages.iter().any(|page| is_health(&page)) {
        return;
    }
    let file = SitePath::new("needlepoint.toml").expect("the name is a plain path");
    for (what, policy) in POLICIES {
        let states = |page: &&PageInterface| !is_health(&page) && policy.stated_in(page).is_some();
        if !pages.iter().any(states) {
            let message = format!("no page says {what}");
            let message = if what.contains(' ') { message } else { format!("no page speaks of {what}") };
            found.push(
                Diagnostic::new(diag::MISSING_POLICY_PAGE, &file, Span::default(), message).with_help(
                    format!(
                        "add a page, or a heading on a page about the site, with `{}` in its name",
                        policy.words()[0]
                    ),
                ),
            );
        }
    }
}
