//! The questions of all pages with their answers.

use std::collections::BTreeSet;

use super::body;
use super::context::{Html, Link, QuestionEntry, QuestionGroup, QuestionsContext};
use super::shared::{Shared, Tongue};
use super::{Inputs, letters};
use crate::catalog::PageId;
use crate::diag::{self, Diagnostic};
use crate::name::Anchor;

/// The questions hub: a group for each kind of page, in the order of kinds; the same question stands once.
pub(super) fn context(
    inputs: &Inputs<'_>,
    shared: &Shared,
    tongue: &Tongue,
    body: Html,
) -> Result<QuestionsContext, Vec<Diagnostic>> {
    let mut groups: Vec<QuestionGroup> = Vec::new();
    let (mut asked, mut anchors) = (BTreeSet::new(), BTreeSet::new());
    let mut pages: Vec<PageId> = asking(inputs, tongue).collect();
    let kinds = inputs.config.kinds();
    pages.sort_by_cached_key(|id| {
        let kind = &inputs.catalog.page(*id).kind;
        kinds.iter().position(|known| known.id == *kind)
    });
    for id in pages {
        let page = inputs.catalog.page(id);
        let linked = &inputs.pages[id.0 as usize];
        let (body, found) = body::body(linked, inputs, &shared.bodies);
        if diag::has_errors(&found) {
            return Err(found);
        }
        let label = tongue.kind(&page.kind).label;
        for (question, anchor) in &page.questions {
            if !asked.insert(letters::sort_key(question)) {
                continue;
            }
            let answer = body.answers.iter().find(|answer| answer.anchor == anchor.as_str());
            let own = unique(Anchor::from_heading(question), &mut anchors);
            let item = QuestionEntry {
                question: question.clone(),
                anchor: own.to_string(),
                answer: answer.map(|answer| answer.html.clone()).unwrap_or_default(),
                from: Link { text: page.title.clone(), url: format!("{}#{anchor}", shared.url(id)) },
            };
            match groups.last_mut() {
                Some(group) if group.title == label => group.items.push(item),
                _ => groups.push(QuestionGroup {
                    title: label.clone(),
                    anchor: String::new(),
                    items: vec![item],
                }),
            }
        }
    }
    for group in &mut groups {
        group.anchor =
            unique(Anchor::from_heading(&format!("about {}", group.title)), &mut anchors).to_string();
    }
    Ok(QuestionsContext { body, groups })
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
