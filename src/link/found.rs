//! Names found in a page's words: the longest at each place, and members of shared lists.

use super::text::{Context, PageText, Token};
use super::vocabulary::{Meaning, Vocabulary, flag, word};
use super::words::Endings;

/// A name, or a member of a shared list that stands for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) meaning: Meaning,
    pub(super) context: Context,
    /// Its words in the buffer, a possessive ending left out.
    pub(super) start: u32,
    pub(super) end: u32,
    /// Its tokens.
    first: u32,
    last: u32,
}

/// A member of a shared list that is no name: its words in the buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unresolved {
    pub(super) start: u32,
    pub(super) end: u32,
    /// The word that the list shares, in the buffer.
    pub(super) head: (u32, u32),
}

/// All names in a page's words, in reading order, none over another.
pub(super) fn names(
    text: &PageText<'_>,
    vocabulary: &Vocabulary,
    language: &str,
) -> (Vec<Found>, Vec<Unresolved>) {
    let Some(root) = vocabulary.root(language) else { return (Vec::new(), Vec::new()) };
    let finder = Finder { tokens: &text.tokens, vocabulary, root };
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.tokens.len() {
        match finder.longest(at) {
            Some(name) => {
                at = name.last as usize + 1;
                found.push(name);
            }
            None => at += 1,
        }
    }
    if Endings::of(language) == Endings::None {
        return (found, Vec::new());
    }
    let mut lists = Lists { finder, names: &found, members: Vec::new(), unresolved: Vec::new() };
    lists.find();
    let Lists { members, mut unresolved, .. } = lists;
    if !members.is_empty() {
        found.extend(members);
        found.sort_unstable_by_key(|name| name.first);
        found.dedup_by_key(|name| name.first);
    }
    unresolved.sort_unstable_by_key(|member| (member.start, member.end));
    unresolved.dedup();
    (found, unresolved)
}

struct Finder<'a> {
    tokens: &'a [Token],
    vocabulary: &'a Vocabulary,
    root: u32,
}

impl Finder<'_> {
    /// The longest name that starts at a token.
    fn longest(&self, first: usize) -> Option<Found> {
        let mut node = self.root;
        let mut best = None;
        for (at, token) in self.tokens.iter().enumerate().skip(first) {
            if token.word <= word::BREAK || token.context != self.tokens[first].context {
                break;
            }
            let Some(next) = self.vocabulary.step(node, token.word) else { break };
            node = next;
            let meaning = self.vocabulary.meaning(node);
            if meaning != Meaning::Nothing {
                best = Some((meaning, at));
            }
        }
        best.map(|(meaning, last)| self.found(meaning, first, last))
    }

    fn found(&self, meaning: Meaning, first: usize, last: usize) -> Found {
        let (start, token) = (self.tokens[first].start, self.tokens[last]);
        let keeps = matches!(meaning, Meaning::Condition(_, true) | Meaning::Term(_, true));
        let end = if keeps { token.end } else { token.end - u32::from(token.possessive) };
        Found { meaning, context: token.context, start, end, first: first as u32, last: last as u32 }
    }

    /// What these tokens mean with the shared word behind them.
    fn with_head(&self, first: usize, last: usize, head: usize) -> Meaning {
        let words = self.tokens[first..=last].iter().chain([&self.tokens[head]]);
        let mut node = self.root;
        for token in words {
            match self.vocabulary.step(node, token.word) {
                Some(next) => node = next,
                None => return Meaning::Nothing,
            }
        }
        self.vocabulary.meaning(node)
    }

    fn is(&self, at: usize, flags: u8) -> bool {
        self.tokens.get(at).is_some_and(|token| self.vocabulary.is(token.word, flags))
    }

    fn is_separator(&self, at: usize) -> bool {
        let word = self.tokens[at].word;
        matches!(word, word::COMMA | word::SLASH | word::AMPERSAND) || self.is(at, flag::CONJUNCTION)
    }

    fn is_conjunction(&self, at: usize) -> bool {
        matches!(self.tokens[at].word, word::SLASH | word::AMPERSAND) || self.is(at, flag::CONJUNCTION)
    }
}

/// The most tokens of one member of a list.
const MAX_MEMBER: usize = 4;
/// The most members of one list.
const MAX_MEMBERS: usize = 16;

/// Lists whose members share one word: "neck, shoulder or back pain", "pain in the jaw, hip or neck".
struct Lists<'a, 'v> {
    finder: Finder<'v>,
    names: &'a [Found],
    members: Vec<Found>,
    unresolved: Vec<Unresolved>,
}

impl Lists<'_, '_> {
    fn find(&mut self) {
        for head in 0..self.finder.tokens.len() {
            if !self.finder.is(head, flag::HEAD) || self.finder.tokens[head].context == Context::Title {
                continue;
            }
            match self.name_at(head) {
                Some(name) if name.last as usize == head && name.first < name.last => {
                    self.before(name.first as usize, head, None);
                }
                Some(_) => {}
                None => {
                    self.before_unknown(head);
                    self.behind(head);
                }
            }
        }
    }

    /// The name that holds a token.
    fn name_at(&self, token: usize) -> Option<&Found> {
        let index = self.names.partition_point(|name| name.last < token as u32);
        self.names.get(index).filter(|name| name.first as usize <= token)
    }

    /// "neck, shoulder or hand pain", where nothing is known by the last member.
    fn before_unknown(&mut self, head: usize) {
        let Some(last) = head.checked_sub(1) else { return };
        if self.finder.is(last, flag::PART) && self.name_at(last).is_none() {
            let token = self.finder.tokens[last];
            let words = self.finder.tokens[head];
            let unresolved =
                Unresolved { start: token.start, end: token.end, head: (words.start, words.end) };
            self.before(last, head, Some(unresolved));
        }
    }

    /// Members before the last one, which starts at `last_member`; `last` is that one, where it is no name.
    fn before(&mut self, last_member: usize, head: usize, last: Option<Unresolved>) {
        let mut unresolved: Vec<Unresolved> = last.into_iter().collect();
        let mut end = last_member;
        let mut resolved = 0;
        for number in 0..MAX_MEMBERS {
            let Some(member_end) = self.skip_separators(end, number == 0) else { break };
            let Some(member) = self.member_before(member_end, head) else { break };
            end = match member {
                Member::Name(found) => {
                    resolved += 1;
                    self.members.push(found);
                    found.first as usize
                }
                Member::Unknown(start, words) => {
                    unresolved.push(words);
                    start
                }
            };
        }
        if resolved > 0 {
            self.unresolved.append(&mut unresolved);
        }
    }

    /// The token before the separators that end at `end`; `None` where there are none, or where the last two members
    /// are not joined by a word.
    fn skip_separators(&self, end: usize, needs_conjunction: bool) -> Option<usize> {
        let mut at = end;
        let mut joined = false;
        while at > 0 && self.finder.is_separator(at - 1) {
            at -= 1;
            joined |= self.finder.is_conjunction(at);
        }
        (at < end && at > 0 && (joined || !needs_conjunction)).then(|| at - 1)
    }

    /// The member whose last token is `last`: the most words that make a name with the shared word.
    fn member_before(&self, last: usize, head: usize) -> Option<Member> {
        let tokens = self.finder.tokens;
        let mut best = None;
        for first in (last.saturating_sub(MAX_MEMBER - 1)..=last).rev() {
            let fits = tokens[first].word > word::BREAK
                && tokens[first].context == tokens[head].context
                && !self.finder.is_separator(first)
                && self.name_at(first).is_none();
            if !fits {
                break;
            }
            if let meaning @ Meaning::Condition(..) = self.finder.with_head(first, last, head) {
                best = Some(Member::Name(self.finder.found(meaning, first, last)));
            }
        }
        let is_part = self.finder.is(last, flag::PART) && self.name_at(last).is_none();
        best.or_else(|| is_part.then(|| Member::Unknown(last, self.unknown(last, last, head))))
    }

    fn unknown(&self, first: usize, last: usize, head: usize) -> Unresolved {
        let tokens = self.finder.tokens;
        let head = (tokens[head].start, tokens[head].end);
        Unresolved { start: tokens[first].start, end: tokens[last].end, head }
    }

    /// "pains in the jaw, hip, neck or back".
    fn behind(&mut self, head: usize) {
        if !self.finder.is(head + 1, flag::PREPOSITION) {
            return;
        }
        let mut members = Vec::new();
        let mut unresolved = Vec::new();
        let mut at = head + 2;
        let mut joined = false;
        for _ in 0..MAX_MEMBERS {
            while self.finder.is(at, flag::DETERMINER) {
                at += 1;
            }
            let Some(next) = self.member_behind(at, head, &mut members, &mut unresolved) else { break };
            at = next;
            let start = at;
            while at < self.finder.tokens.len() && self.finder.is_separator(at) {
                joined |= self.finder.is_conjunction(at);
                at += 1;
            }
            if at == start {
                break;
            }
        }
        if joined && members.len() + unresolved.len() > 1 && !members.is_empty() {
            self.members.append(&mut members);
            self.unresolved.append(&mut unresolved);
        }
    }

    /// The member that starts at `first`; gives the token behind it. The last one, behind a conjunction, must end where
    /// the phrase does: in "pain in the hip and neck stiffness" the neck is no member.
    fn member_behind(
        &self,
        first: usize,
        head: usize,
        members: &mut Vec<Found>,
        unresolved: &mut Vec<Unresolved>,
    ) -> Option<usize> {
        let tokens = self.finder.tokens;
        let mut end = first;
        while end < tokens.len()
            && end < first + MAX_MEMBER
            && tokens[end].word > word::BREAK
            && tokens[end].context == tokens[head].context
            && !self.finder.is_separator(end)
            && !self.finder.is(end, flag::FOLLOWER)
            && self.name_at(end).is_none()
        {
            end += 1;
        }
        if end == first {
            return None;
        }
        let ends_here = match tokens.get(end) {
            None => true,
            Some(token) => {
                token.word == word::BREAK
                    || self.finder.is_separator(end)
                    || self.finder.is(end, flag::FOLLOWER)
            }
        };
        if !ends_here {
            return None;
        }
        match self.finder.with_head(first, end - 1, head) {
            meaning @ Meaning::Condition(..) => members.push(self.finder.found(meaning, first, end - 1)),
            _ if self.finder.is(end - 1, flag::PART) => unresolved.push(self.unknown(first, end - 1, head)),
            _ => return None,
        }
        Some(end)
    }
}

enum Member {
    Name(Found),
    /// Its first token, and its words.
    Unknown(usize, Unresolved),
}
