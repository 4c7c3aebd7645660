//! Pages with a text: articles of every kind and conditions.

use std::ops::Range;

use super::node::{List, Node, graph};
use super::{Scope, of_page};
use crate::aspect::Aspect;
use crate::catalog::PageId;
use crate::link::LinkedPage;
use crate::markdown::{EventKind, Tag};
use crate::name::ConditionId;
use crate::page::Page;
use crate::render::body::Answer;
use crate::render::context::{Html, PageContext, TextContext};
use crate::render::{relations, words};

/// What the body of a page says beside its HTML.
pub(in crate::render) struct Said {
    /// How many words.
    pub(in crate::render) words: usize,
    /// The questions that it answers.
    pub(in crate::render) answers: Vec<Answer>,
}

/// The longest item of a list that can be the name of a symptom, in bytes.
const LONGEST_NAME: usize = 200;

/// The structured data of an article or a condition.
pub(in crate::render) fn of_text(
    scope: Scope<'_>,
    linked: &LinkedPage,
    page: &PageContext,
    text: &TextContext,
    said: &Said,
) -> Html {
    if page.noindex {
        return Html::default();
    }
    let interface = &linked.page.interface;
    let kind = scope.inputs.config.kind(&interface.kind);
    let is_health = kind.is_some_and(|kind| kind.health);
    let is_faq = interface.kind.as_str() == "faq" && !said.answers.is_empty();
    let kinds: &[&str] = match (is_health, is_faq) {
        (true, true) => &["MedicalWebPage", "FAQPage"],
        (true, false) => &["MedicalWebPage"],
        (false, true) => &["FAQPage"],
        (false, false) => &["WebPage"],
    };
    let described = Described { scope: &scope, linked, page, text, said };
    Html(graph(kinds, |node| {
        of_page(node, &scope, page);
        described.makers(node);
        if is_health {
            described.audience(node);
        }
        described.subject(node, is_faq, kind.is_some_and(|kind| kind.treatment));
        described.sources_and_length(node);
        described.links(node);
        described.parts(node, is_health, is_faq);
    }))
}

struct Described<'a> {
    scope: &'a Scope<'a>,
    linked: &'a LinkedPage,
    page: &'a PageContext,
    text: &'a TextContext,
    said: &'a Said,
}

impl Described<'_> {
    /// Who made the page, and when.
    fn makers(&self, node: &mut Node<'_>) {
        let interface = &self.linked.page.interface;
        let day = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string()).unwrap_or_default();
        node.text("datePublished", &day(interface.date));
        node.text("dateModified", &day(interface.updated));
        let authors = interface.authors.iter().zip(&self.text.authors);
        node.list("author", |list| {
            for (id, link) in authors {
                if let Some(person) = self.scope.real_person(id) {
                    let url = link.url.as_deref().map(|url| self.scope.whole(url)).unwrap_or_default();
                    list.node("Person", |node| self.scope.person(node, person, &url));
                }
            }
        });
        let Some(review) = &self.text.review else { return };
        let reviewer = interface.reviewer.as_ref().and_then(|id| self.scope.real_person(id));
        if let (Some(person), Some(link)) = (reviewer, &review.reviewer) {
            node.text("lastReviewed", &review.last.iso);
            let url = link.url.as_deref().map(|url| self.scope.whole(url)).unwrap_or_default();
            node.node("reviewedBy", "Person", |node| self.scope.person(node, person, &url));
        }
    }

    fn audience(&self, node: &mut Node<'_>) {
        node.node("audience", "Patient", |node| {
            if self.linked.page.interface.condition.is_some() {
                node.reference("healthCondition", &self.scope.condition_id(self.linked.id));
            }
        });
        if let Some(specialty) = self.scope.inputs.registries.treatment.specialty {
            node.member("specialty", specialty);
        }
    }

    /// What the page is about.
    fn subject(&self, node: &mut Node<'_>, is_faq: bool, is_treatment: bool) {
        let interface = &self.linked.page.interface;
        if is_faq {
            node.list("mainEntity", |list| self.questions(list));
        } else if interface.condition.is_some() {
            node.node("mainEntity", "MedicalCondition", |node| self.scope.condition(node, self.linked));
        } else if is_treatment {
            let kind = self.scope.inputs.registries.treatment.therapy.unwrap_or("MedicalTherapy");
            let url = &self.page.permalink;
            node.node("mainEntity", kind, |node| self.scope.whole_treatment(node, self.linked, url));
        }
        let catalog = self.scope.inputs.catalog;
        let find = |id: &ConditionId| catalog.condition(id.as_str(), &interface.language);
        let conditions = interface.conditions.iter().filter_map(find);
        node.list("about", |list| {
            for page in conditions.filter(|page| catalog.is_listed(*page)) {
                list.node("MedicalCondition", |node| self.scope.named_condition(node, page));
            }
        });
    }

    /// Sources, and how long the text is.
    fn sources_and_length(&self, node: &mut Node<'_>) {
        let sources = self.linked.sources.iter().filter_map(|key| self.scope.source(key.as_str()));
        node.list("citation", |list| sources.for_each(|source| list.written(source)));
        node.node("mainContentOfPage", "WebPageElement", |node| node.text("cssSelector", "main"));
        if self.text.key_message.is_some() {
            node.node("speakable", "SpeakableSpecification", |node| {
                node.texts("cssSelector", ["h1", ".key-message"]);
            });
        }
        node.texts("keywords", self.linked.page.interface.tags.iter().map(|tag| tag.value.as_str()));
        node.number("wordCount", self.said.words);
        let minutes = words::minutes_to_read(self.said.words);
        node.text("timeRequired", &format!("PT{minutes}M"));
    }

    /// The sections that have an aspect of their own, and the questions.
    fn parts(&self, node: &mut Node<'_>, is_health: bool, is_faq: bool) {
        node.list("hasPart", |list| {
            if is_health {
                self.sections(list);
            }
            if !is_faq {
                self.questions(list);
            }
        });
    }

    /// One part for each section that has an aspect of its own.
    fn sections(&self, list: &mut List<'_, '_>) {
        let page = &self.linked.page;
        for (at, aspect) in typed_sections(page) {
            let section = &page.sections[at];
            let Some(heading) = section.heading.map(|index| &page.document.headings()[index as usize]) else {
                continue;
            };
            list.node("HealthTopicContent", |node| {
                node.member("hasHealthAspect", aspect.schema_org());
                node.text("headline", &heading.text);
                let description = first_paragraph(self.scope, self.linked, section.events.clone());
                node.text("description", &description);
                node.text("url", &format!("{}#{}", self.page.permalink, heading.anchor));
            });
        }
    }

    fn questions(&self, list: &mut List<'_, '_>) {
        for answer in self.said.answers.iter().filter(|answer| !answer.text.is_empty()) {
            list.node("Question", |node| {
                node.text("name", &answer.question);
                node.text("url", &format!("{}#{}", self.page.permalink, answer.anchor));
                node.node("acceptedAnswer", "Answer", |node| node.text("text", &answer.text));
            });
        }
    }

    fn links(&self, node: &mut Node<'_>) {
        let catalog = self.scope.inputs.catalog;
        let outgoing = self.linked.outgoing.iter().filter(|link| catalog.is_listed(link.page));
        let whole = |page: PageId| self.scope.whole(self.scope.shared.url(page));
        let related: Vec<PageId> = relations::related(self.scope.inputs, self.linked.id).collect();
        // A page is told once.
        let outgoing = outgoing.map(|link| link.page).filter(|page| !related.contains(page));
        let outgoing: Vec<String> = outgoing.map(whole).collect();
        let related: Vec<String> = related.iter().map(|page| whole(*page)).collect();
        node.texts("significantLink", outgoing.iter().map(String::as_str));
        node.texts("relatedLink", related.iter().map(String::as_str));
    }
}

/// The sections with an aspect of their own: those of the second level, and deeper ones that differ from what is around
/// them.
fn typed_sections(page: &Page) -> impl Iterator<Item = (usize, Aspect)> {
    let mut around = None;
    page.sections.iter().enumerate().filter_map(move |(at, section)| {
        let heading = &page.document.headings()[section.heading? as usize];
        let is_own = heading.level <= 2 || section.aspect != around;
        if heading.level <= 2 {
            around = section.aspect;
        }
        section.aspect.filter(|_| is_own).map(|aspect| (at, aspect))
    })
}

/// The events of the first section with one of the aspects.
pub(super) fn events_of(page: &Page, aspects: &[Aspect]) -> Option<Range<u32>> {
    let (at, _) = typed_sections(page).find(|(_, aspect)| aspects.contains(aspect))?;
    Some(page.sections[at].events.clone())
}

/// The words between two events as readers see them, in one line.
fn plain_text(scope: &Scope<'_>, linked: &LinkedPage, events: Range<u32>) -> String {
    let (registries, language) = (scope.inputs.registries, &linked.page.interface.language);
    let text = linked.page.document.plain_text_with(events, |shortcode| match &*shortcode.name {
        "fact" => registries.fact(shortcode.text("id")?, language).map(|fact| &*fact.text),
        _ => shortcode.text("text"),
    });
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// The first paragraph among events.
pub(super) fn first_paragraph(scope: &Scope<'_>, linked: &LinkedPage, events: Range<u32>) -> String {
    let all = linked.page.document.events();
    let at = |kind: EventKind, from: u32| (from..events.end).find(|at| all[*at as usize].kind == kind);
    let Some(start) = at(EventKind::Start(Tag::Paragraph), events.start) else { return String::new() };
    let end = at(EventKind::End(Tag::Paragraph), start).unwrap_or(events.end);
    plain_text(scope, linked, start..end)
}

/// The items of the lists among events; of an item that holds a list, the words before that.
pub(super) fn list_items(scope: &Scope<'_>, linked: &LinkedPage, events: Range<u32>) -> Vec<String> {
    let all = linked.page.document.events();
    let (mut depth, mut start, mut found) = (0, None, Vec::new());
    for at in events {
        let is_end = match all[at as usize].kind {
            EventKind::Start(Tag::BulletList | Tag::OrderedList(_)) => {
                depth += 1;
                depth == 2
            }
            EventKind::End(Tag::BulletList | Tag::OrderedList(_)) => {
                depth -= 1;
                false
            }
            EventKind::Start(Tag::Item) if depth == 1 => {
                start = Some(at);
                false
            }
            EventKind::End(Tag::Item) => depth == 1,
            _ => false,
        };
        if is_end && let Some(start) = start.take() {
            let name = plain_text(scope, linked, start..at);
            if !name.is_empty() && name.len() <= LONGEST_NAME {
                found.push(name);
            }
        }
    }
    found
}
