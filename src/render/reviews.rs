//! What readers are told of reviews: nothing of one by somebody who is still to be named.

use jiff::civil::Date;

use super::context::Review;
use super::shared::{Shared, Tongue};
use super::{Inputs, article, words};
use crate::link::LinkedPage;
use crate::page::PageInterface;

/// The day of a page's last review; none where it had none, or only one by a person who holds a place.
pub(super) fn last(inputs: &Inputs<'_>, page: &PageInterface) -> Option<Date> {
    page.reviewed.filter(|_| !is_awaited(inputs, page))
}

/// Whether a page waits for its first review: its reviewer only holds the place of one.
fn is_awaited(inputs: &Inputs<'_>, page: &PageInterface) -> bool {
    let reviewer = page.reviewer.as_ref().and_then(|id| inputs.registries.people.get(id.as_str()));
    reviewer.is_some_and(|person| person.placeholder)
}

/// Whether readers are told that no clinician has reviewed a page: it waits for a reviewer, or is about health and has
/// had no review.
pub(super) fn is_unreviewed(inputs: &Inputs<'_>, page: &PageInterface) -> bool {
    let is_health = || inputs.config.kind(&page.kind).is_some_and(|kind| kind.health);
    is_awaited(inputs, page) || (page.reviewed.is_none() && !page.is_section && is_health())
}

/// The review stamp of a page.
pub(super) fn stamp(
    inputs: &Inputs<'_>,
    shared: &Shared,
    tongue: &Tongue,
    linked: &LinkedPage,
) -> Option<Review> {
    let interface = &linked.page.interface;
    let last = last(inputs, interface)?;
    let every = linked.page.front_matter.review_every.as_ref();
    let next = every.map_or(inputs.config.review_every, |every| every.value).after(last);
    Some(Review {
        last: words::date(&tongue.strings, last),
        next: words::date(&tongue.strings, next),
        overdue: next < inputs.today,
        reviewer: interface.reviewer.as_ref().map(|id| article::person(inputs, shared, tongue, id)),
    })
}
