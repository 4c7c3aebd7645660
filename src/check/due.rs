//! Which pages are due for review, and when.

use jiff::civil::Date;

use crate::config::Config;
use crate::name::{PersonId, UrlPath};
use crate::page::Page;

/// A page about health with its review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The page's file, relative to `content/`.
    pub file: String,
    /// Where it is.
    pub address: UrlPath,
    /// Its title.
    pub title: String,
    /// Who reviewed it last.
    pub reviewer: Option<PersonId>,
    /// When; `None` where it never was.
    pub reviewed: Option<Date>,
    /// When the next review is due; `None` where it never was reviewed.
    pub due: Option<Date>,
    /// Days from today to that day; below 0 where it has passed.
    pub days: Option<i32>,
}

/// The pages about health in the order in which they are due: those never reviewed first.
pub fn due<'a>(pages: impl IntoIterator<Item = &'a Page>, config: &Config, today: Date) -> Vec<Due> {
    let is_health = |page: &&Page| {
        let published = !page.interface.draft && page.interface.withdrawn.is_none();
        published
            && !page.path.is_section()
            && config.kind(&page.interface.kind).is_some_and(|kind| kind.health)
    };
    let mut all: Vec<Due> = pages.into_iter().filter(is_health).map(|page| of(page, config, today)).collect();
    all.sort_by(|a, b| (a.due, &a.file).cmp(&(b.due, &b.file)));
    all
}

fn of(page: &Page, config: &Config, today: Date) -> Due {
    let front = &page.front_matter;
    let every = front.review_every.as_ref().map_or(config.review_every, |every| every.value);
    let due = page.interface.reviewed.map(|reviewed| every.after(reviewed));
    Due {
        file: page.path.as_str().to_owned(),
        address: page.interface.address.clone(),
        title: page.interface.title.clone(),
        reviewer: page.interface.reviewer.clone(),
        reviewed: page.interface.reviewed,
        due,
        days: due.map(|due| today.until(due).map_or(0, |span| span.get_days())),
    }
}
