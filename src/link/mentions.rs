//! From names found to marks: which mentions become links, which are skipped, and what the page speaks of.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::found::{Found, names};
use super::lists::Unresolved;
use super::text::{Context, PageText};
use super::vocabulary::{Meaning, Vocabulary};
use super::{Mark, MarkKind, Mention, MessageLink, Outgoing, SkipReason, Skipped, Target, naming};
use crate::catalog::{Catalog, PageId};
use crate::config::{AutolinkOptions, Mentions};
use crate::diag::{self, Diagnostic};
use crate::name::TermId;
use crate::page::Page;

/// What a page speaks of, and what becomes of it.
#[derive(Default)]
pub(super) struct Spoken {
    pub(super) marks: Vec<Mark>,
    pub(super) message_links: Vec<MessageLink>,
    pub(super) terms: Vec<TermId>,
    pub(super) mentions: Vec<Mention>,
    pub(super) outgoing: Vec<Outgoing>,
    pub(super) skipped: Vec<Skipped>,
}

/// What choosing takes.
#[derive(Clone, Copy)]
pub(super) struct Inputs<'a> {
    pub(super) page: &'a Page,
    pub(super) id: PageId,
    pub(super) links: &'a [Target],
    pub(super) catalog: &'a Catalog,
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) options: AutolinkOptions,
}

/// Finds names and chooses what becomes of each.
pub(super) fn choose(text: &PageText<'_>, inputs: Inputs<'_>, diagnostics: &mut Vec<Diagnostic>) -> Spoken {
    let (found, unresolved) = names(text, inputs.vocabulary, &inputs.page.interface.language);
    let mut chooser = Chooser {
        text,
        inputs,
        out: Spoken::default(),
        mention_of: FxHashMap::default(),
        first_places: Vec::new(),
        term_seen: FxHashMap::default(),
        linked: FxHashSet::default(),
        links_made: 0,
    };
    chooser.hand_written_links(&found);
    for name in &found {
        match (name.meaning, name.doubt) {
            (Meaning::Condition(condition, _), Some(doubt)) => chooser.skip(name, condition, doubt),
            (Meaning::Condition(condition, _), None) => chooser.condition(name, condition),
            (Meaning::Term(term, _), None) => chooser.term(name, term),
            (Meaning::SearchOnly(condition), _) => chooser.skip(name, condition, SkipReason::SearchOnly),
            (Meaning::Term(..), Some(_)) | (Meaning::Nothing, _) => {}
        }
    }
    chooser.declared();
    chooser.place_mentions();
    report(text, &unresolved, diagnostics);
    let is_explained = |term: u32| chooser.term_seen.get(&term).copied().unwrap_or(true);
    naming::check(text, &found, inputs, is_explained, diagnostics);
    chooser.out
}

struct Chooser<'a> {
    text: &'a PageText<'a>,
    inputs: Inputs<'a>,
    out: Spoken,
    /// Where each condition stands in `out.mentions`.
    mention_of: FxHashMap<PageId, usize>,
    /// Where each mention first stands.
    first_places: Vec<Option<FirstPlace>>,
    /// Terms that were used, and whether each has its explanation.
    term_seen: FxHashMap<u32, bool>,
    /// Sections, or 0 for the page, and the conditions that are linked there.
    linked: FxHashSet<(u32, PageId)>,
    links_made: u32,
}

/// A place in the buffer; the lesser shows better what the page has to say: running text before headings.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct FirstPlace {
    in_heading: bool,
    start: u32,
    end: u32,
}

impl Chooser<'_> {
    /// Counts the links that the author wrote; a link to a condition is its link in that section.
    fn hand_written_links(&mut self, found: &[Found]) {
        let mut place_of: FxHashMap<PageId, usize> = FxHashMap::default();
        for link in &self.text.links {
            let Target::Page(target, _) = self.inputs.links[link.link as usize] else { continue };
            if target == self.inputs.id {
                continue;
            }
            let is_condition = self.inputs.catalog.page(target).condition.is_some();
            let place = FirstPlace { in_heading: link.in_heading, start: link.start, end: link.end };
            if is_condition {
                let key = self.key(link.section, target);
                self.linked.insert(key);
            }
            let at = *place_of.entry(target).or_insert_with(|| {
                let first = Arc::new(self.text.place(link.start, link.end));
                self.out.outgoing.push(Outgoing { page: target, count: 0, first });
                self.out.outgoing.len() - 1
            });
            self.out.outgoing[at].count += 1;
            // Where the words of the link are a name of the condition they are counted with all other names.
            let from = found.partition_point(|name| name.start < link.start);
            let mut named = found[from..].iter().take_while(|name| name.end <= link.end);
            let is_named = named.any(|name| {
                name.doubt.is_none() && matches!(name.meaning, Meaning::Condition(page, _) if page == target)
            });
            if is_condition && !is_named {
                self.count(place, target);
            }
        }
    }

    fn condition(&mut self, name: &Found, condition: PageId) {
        if condition == self.inputs.id {
            return;
        }
        if name.context == Context::Title {
            self.mention(condition).in_title = true;
            return;
        }
        let in_heading = name.context == Context::Heading;
        self.count(FirstPlace { in_heading, start: name.start, end: name.end }, condition);
        match self.reason_against(name, condition) {
            Some(SkipReason::InLink) if self.leads_to(name, condition) => {}
            Some(reason) => self.skip(name, condition, reason),
            None => {
                if !self.mark(name, condition) {
                    return self.skip(name, condition, SkipReason::AcrossMarkup);
                }
                let key = self.key(self.section_of(name), condition);
                self.linked.insert(key);
                self.links_made += 1;
            }
        }
    }

    /// Makes a link of a mention; `false` where none can stand.
    fn mark(&mut self, name: &Found, condition: PageId) -> bool {
        if let Some(message) = self.text.message.filter(|_| name.context == Context::Message) {
            let words = name.start - message..name.end - message;
            let span = self.text.span(name.start, name.end);
            self.out.message_links.push(MessageLink { condition, words, span });
            return true;
        }
        let Some((start, end)) = self.text.positions(name.start, name.end) else { return false };
        self.out.marks.push(Mark { kind: MarkKind::Condition(condition), start, end });
        true
    }

    /// The section of a mention; the key message is one of its own.
    fn section_of(&self, name: &Found) -> u32 {
        if name.context == Context::Message { u32::MAX } else { self.text.section_at(name.start) }
    }

    fn count(&mut self, place: FirstPlace, condition: PageId) {
        let at = self.index(condition);
        let mention = &mut self.out.mentions[at];
        mention.count += 1;
        mention.in_heading |= place.in_heading;
        let first = &mut self.first_places[at];
        if first.is_none_or(|first| place < first) {
            *first = Some(place);
        }
    }

    fn reason_against(&self, name: &Found, condition: PageId) -> Option<SkipReason> {
        let by_context = match name.context {
            Context::Title | Context::Heading => Some(SkipReason::InHeading),
            Context::Link => Some(SkipReason::InLink),
            Context::NoLink => Some(SkipReason::MarkedNoLink),
            Context::CareCard => Some(SkipReason::InCareCard),
            Context::Quote => Some(SkipReason::InQuote),
            Context::Caption => Some(SkipReason::InCaption),
            Context::Body | Context::Message => None,
        };
        if by_context.is_some() {
            return by_context;
        }
        if !self.inputs.page.front_matter.autolink {
            return Some(SkipReason::SwitchedOff);
        }
        let is_limited = self.inputs.options.mentions != Mentions::All;
        let section = if is_limited { self.section_of(name) } else { 0 };
        if is_limited && self.linked.contains(&self.key(section, condition)) {
            return Some(SkipReason::AlreadyLinked);
        }
        (self.links_made >= self.inputs.options.max_per_page).then_some(SkipReason::TooMany)
    }

    /// Whether the link around a name leads to the condition.
    fn leads_to(&self, name: &Found, condition: PageId) -> bool {
        let after = self.text.links.partition_point(|link| link.start <= name.start);
        let Some(link) = after.checked_sub(1).map(|at| &self.text.links[at]) else { return false };
        name.end <= link.end
            && matches!(self.inputs.links[link.link as usize], Target::Page(page, _) if page == condition)
    }

    fn term(&mut self, name: &Found, term: u32) {
        if name.context == Context::Title {
            return;
        }
        let is_new = !self.term_seen.contains_key(&term);
        if is_new {
            self.out.terms.push(self.inputs.vocabulary.term(term).clone());
        }
        let explained = self.term_seen.entry(term).or_insert(false);
        if *explained || name.context != Context::Body || !self.inputs.page.front_matter.autolink {
            return;
        }
        if let Some((start, end)) = self.text.positions(name.start, name.end) {
            *explained = true;
            let kind = MarkKind::Term(self.inputs.vocabulary.term(term).clone());
            self.out.marks.push(Mark { kind, start, end });
        }
    }

    fn skip(&mut self, name: &Found, condition: PageId, reason: SkipReason) {
        if condition != self.inputs.id && name.context != Context::Title {
            let span = self.text.span(name.start, name.end);
            self.out.skipped.push(Skipped { condition, reason, span });
        }
    }

    /// Conditions that the front matter names.
    fn declared(&mut self) {
        for id in &self.inputs.page.front_matter.conditions {
            let language = &self.inputs.page.interface.language;
            let condition = self.inputs.catalog.condition(id.value.as_str(), language);
            if let Some(condition) = condition.filter(|condition| *condition != self.inputs.id) {
                self.mention(condition).declared = true;
            }
        }
    }

    /// Gives each mention its first place and puts them in that order.
    fn place_mentions(&mut self) {
        let mentions = std::mem::take(&mut self.out.mentions);
        let mut placed: Vec<(u32, Mention)> = Vec::with_capacity(mentions.len());
        for (mut mention, place) in mentions.into_iter().zip(&self.first_places) {
            mention.first = place.map(|place| Arc::new(self.text.place(place.start, place.end)));
            placed.push((place.map_or(u32::MAX, |place| place.start), mention));
        }
        placed.sort_by_key(|(start, _)| *start);
        self.out.mentions = placed.into_iter().map(|(_, mention)| mention).collect();
    }

    fn key(&self, section: u32, condition: PageId) -> (u32, PageId) {
        (if self.inputs.options.mentions == Mentions::Page { 0 } else { section }, condition)
    }

    fn index(&mut self, condition: PageId) -> usize {
        *self.mention_of.entry(condition).or_insert_with(|| {
            self.out.mentions.push(Mention {
                condition,
                declared: false,
                in_title: false,
                in_heading: false,
                count: 0,
                first: None,
            });
            self.first_places.push(None);
            self.out.mentions.len() - 1
        })
    }

    fn mention(&mut self, condition: PageId) -> &mut Mention {
        let index = self.index(condition);
        &mut self.out.mentions[index]
    }
}

/// Says which members of shared lists are no conditions, and which may be no members.
fn report(text: &PageText<'_>, unresolved: &[Unresolved], diagnostics: &mut Vec<Diagnostic>) {
    for member in unresolved {
        let slice = |start: u32, end: u32| text.buffer.get(start as usize..end as usize).unwrap_or_default();
        let (own, shared) = (slice(member.start, member.end), slice(member.head.0, member.head.1));
        let (message, help) = if member.is_doubtful {
            let message = format!("`{own}` was not linked: it may be meant without `{shared}`");
            (message, format!("if `{own} {shared}` is meant, write it out"))
        } else {
            let message = format!("`{own} {shared}` in this list is no condition that can be linked");
            let help = "nothing has to be done; where a condition's page fits, name it in `conditions`";
            (message, help.to_owned())
        };
        let file = text.page.document.source().path();
        let span = text.span(member.start, member.end);
        diagnostics.push(Diagnostic::new(diag::UNLINKED_LIST_MEMBER, file, span, message).with_help(help));
    }
}
