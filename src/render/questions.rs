//! The questions of all pages with their answers.

use std::collections::BTreeSet;

use super::body;
use super::context::{Html, Link, QuestionEntry, QuestionGroup, QuestionsContext};
use super::shared::{Shared, Tongue};
use super::{Inputs, letters, words};
use crate::catalog::PageId;
use crate::diag::{self, Diagnostic};
use crate::name::Anchor;

/// The questions hub: a group for each topic; the same question stands once.
///
/// Topics come in the order of the pages that ask, articles by their weight before conditions.
pub(super) fn context(
    inputs: &Inputs<'_>,
    shared: &Shared,
    tongue: &Tongue,
    body: Html,
) -> Result<QuestionsContext, Vec<Diagnostic>> {
    let mut groups: Vec<QuestionGroup> = Vec::new();
    let (mut asked, mut anchors) = (BTreeSet::new(), BTreeSet::new());
    let mut pages: Vec<PageId> = asking(inputs, tongue).collect();
    pages.sort_by_cached_key(|id| {
        let page = inputs.catalog.page(*id);
        (page.condition.is_some(), page.weight.unwrap_or(i64::MAX))
    });
    for id in pages {
        let page = inputs.catalog.page(id);
        let linked = &inputs.pages[id.0 as usize];
        let (body, found) = body::body(linked, inputs, &shared.bodies);
        if diag::has_errors(&found) {
            return Err(found);
        }
        for (question, anchor) in &page.questions {
            if !asked.insert(letters::sort_key(question)) {
                continue;
            }
            let answer = body.answers.iter().find(|answer| answer.anchor == anchor.as_str());
            let own = unique(Anchor::from_heading(question), &mut anchors);
            let topic = topic(inputs, tongue, id, answer);
            let item = QuestionEntry {
                question: question.clone(),
                anchor: own.to_string(),
                answer: answer.map(|answer| answer.html.clone()).unwrap_or_default(),
                from: Link { text: page.title.clone(), url: format!("{}#{anchor}", shared.url(id)) },
            };
            match groups.iter_mut().find(|group| group.title == topic) {
                Some(group) => group.items.push(item),
                None => {
                    groups.push(QuestionGroup { title: topic, anchor: String::new(), items: vec![item] });
                }
            }
        }
    }
    for group in &mut groups {
        group.anchor =
            unique(Anchor::from_heading(&format!("about {}", group.title)), &mut anchors).to_string();
    }
    Ok(QuestionsContext { body, groups })
}

/// What a question is about: the first tag of its page. The questions of a `faq` page are of many topics: of such a one
/// the first tag of the page that its answer leads to. Without tags, the kind of the page.
fn topic(inputs: &Inputs<'_>, tongue: &Tongue, id: PageId, answer: Option<&body::Answer>) -> String {
    let page = inputs.catalog.page(id);
    let tag = |id: PageId| inputs.catalog.page(id).tags.first().map(|tag| words::capital(&tag.value));
    let further = answer.and_then(|answer| answer.leads_to).filter(|_| page.kind.as_str() == "faq");
    further.and_then(tag).or_else(|| tag(id)).unwrap_or_else(|| tongue.kind(&page.kind).label)
}

/// Listed pages of the language with questions, sorted by path.
pub(super) fn asking<'a>(inputs: &Inputs<'a>, tongue: &'a Tongue) -> impl Iterator<Item = PageId> + use<'a> {
    let catalog = inputs.catalog;
    catalog.ids().filter(|id| {
        let page = catalog.page(*id);
        !page.questions.is_empty() && page.language == tongue.language && catalog.is_listed(*id)
    })
}

fn unique(anchor: Anchor, taken: &mut BTreeSet<Anchor>) -> Anchor {
    let mut own = anchor.clone();
    let mut number = 2;
    while !taken.insert(own.clone()) {
        own = anchor.numbered(number);
        number += 1;
    }
    own
}
