//! Questions: disclosures on their own page, and answers for other places.

use std::ops::Range;

use super::escape;
use super::shared::Shared;
use super::writer::{Mode, Writer};
use crate::catalog::PageId;
use crate::link::{LinkedPage, Target};
use crate::markdown::{EventKind, Tag};
use crate::render::Inputs;
use crate::render::context::Html;

/// A question with its answer, for lists on other pages and for structured data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The question without markup.
    pub question: String,
    /// The id of the answer on its own page.
    pub anchor: String,
    /// The answer without ids, citations and footnotes; its headings stand below a third-level heading.
    pub html: Html,
    /// The answer as plain text in one line.
    pub text: String,
    /// The first page that the author of the answer links to.
    pub leads_to: Option<PageId>,
}

/// A question of the page that is being written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Question {
    /// Index of its heading.
    heading: u32,
    pub(super) level: u8,
    /// The events of the answer.
    start: u32,
    end: u32,
}

impl Writer<'_> {
    pub(super) fn open_question(&mut self, heading: u32, at: u32) {
        let level = self.document.headings()[heading as usize].level;
        let start = self.end_of(at);
        self.question = Some(Question { heading, level, start, end: start });
        self.out.push_str("<details class=\"faq\"><summary><h");
        self.out.push(self.level(level));
        self.out.push('>');
    }

    /// Opens the answer where the heading that ends is a question; `false` where it is none.
    pub(super) fn question_begins(&mut self, heading: u32, at: u32) -> bool {
        let is_question =
            self.question.is_some_and(|question| question.heading == heading && question.start == at + 1);
        if is_question {
            self.out.push_str("</summary><div class=\"answer\" id=\"");
            escape::attribute(&mut self.out, self.document.headings()[heading as usize].anchor.as_str());
            self.out.push_str("\">\n");
        }
        is_question
    }

    /// Closes the answer that is open; `at` is the first event that does not belong to it.
    pub(super) fn close_question(&mut self, at: u32) {
        if let Some(question) = self.question.take() {
            self.out.push_str("</div></details>\n");
            self.questions.push(Question { end: at.max(question.start), ..question });
        }
    }
}

pub(super) fn answer(
    linked: &LinkedPage,
    inputs: &Inputs<'_>,
    shared: &Shared,
    question: Question,
) -> Answer {
    let heading = &linked.page.document.headings()[question.heading as usize];
    let anchor = heading.anchor.to_string();
    // In a list of answers the question is a third-level heading.
    let mode = Mode::Answer { anchor: anchor.clone(), lower: 3_u8.saturating_sub(question.level) };
    let mut writer = Writer::new(linked, inputs, shared, mode);
    writer.range(question.start..question.end);
    let html = writer.out;
    Answer {
        question: heading.text.to_string(),
        anchor,
        text: escape::plain(&html),
        html: Html(html),
        leads_to: leads_to(linked, question.start..question.end),
    }
}

fn leads_to(linked: &LinkedPage, events: Range<u32>) -> Option<PageId> {
    let events = linked.page.document.events().get(events.start as usize..events.end as usize)?;
    events.iter().find_map(|event| match event.kind {
        EventKind::Start(Tag::Link(link)) => match linked.links.get(link as usize)? {
            Target::Page(page, _) => Some(*page),
            _ => None,
        },
        _ => None,
    })
}
