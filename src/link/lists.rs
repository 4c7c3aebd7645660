//! Lists whose members share one word: "neck, shoulder or back pain", "pain in the jaw, hip or neck".
//!
//! A list is found from the word that its members share, and the members that are conditions are linked even beside
//! others that are not. Where the words before the conjunction may just as well end another statement ("I hurt my neck
//! and back pain followed") nothing is linked, and the doubt is reported.

use super::SkipReason;
use super::found::{Finder, Found};
use super::text::{Context, Token};
use super::vocabulary::{Meaning, flag, word};

/// The most tokens of one member of a list.
const MAX_MEMBER: usize = 4;
/// The most members of one list.
const MAX_MEMBERS: usize = 16;

/// A member of a shared list that was not linked: its words in the buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unresolved {
    pub(super) start: u32,
    pub(super) end: u32,
    /// The word that the list shares, in the buffer.
    pub(super) head: (u32, u32),
    /// Whether it would be a condition, if it is a member at all.
    pub(super) is_doubtful: bool,
}

/// The members of all lists that are conditions, in any order, and those that are not, sorted.
pub(super) fn find(finder: Finder<'_>, names: &[Found]) -> (Vec<Found>, Vec<Unresolved>) {
    let mut lists = Lists { finder, names, members: Vec::new(), unresolved: Vec::new() };
    for head in 0..finder.tokens.len() {
        if !finder.is(head, flag::HEAD) || finder.tokens[head].context == Context::Title {
            continue;
        }
        match lists.name_at(head) {
            Some(name) if name.last as usize == head && name.first < name.last => {
                let is_known = matches!(name.meaning, Meaning::Condition(..));
                lists.before(name.first as usize, head, if is_known { Last::Known } else { Last::Silent });
            }
            Some(_) => {}
            None => {
                lists.before_unknown(head);
                lists.behind(head);
            }
        }
    }
    let Lists { members, mut unresolved, .. } = lists;
    unresolved.sort_unstable_by_key(|member| (member.start, member.end));
    unresolved.dedup();
    (members, unresolved)
}

struct Lists<'a, 'v> {
    finder: Finder<'v>,
    names: &'a [Found],
    members: Vec<Found>,
    unresolved: Vec<Unresolved>,
}

/// A member of a list.
enum Member {
    Name(Found),
    /// Its first token, and its words.
    Unknown(usize, Unresolved),
    /// A word that no name holds; a member only between others.
    Stranger(usize, Unresolved),
}

/// What the last member of a list is, with the word that the members share.
#[derive(Clone, Copy, PartialEq)]
enum Last {
    /// A condition.
    Known,
    /// A name that is not linked.
    Silent,
    /// No name.
    Unknown(Unresolved),
}

/// What stands between two members.
struct Separators {
    /// The last token of the member before them.
    member_end: usize,
    is_joined: bool,
    has_comma: bool,
}

impl Lists<'_, '_> {
    /// The name that holds a token.
    fn name_at(&self, token: usize) -> Option<&Found> {
        let index = self.names.partition_point(|name| name.last < token as u32);
        self.names.get(index).filter(|name| name.first as usize <= token)
    }

    /// "neck, shoulder or hand pain", where nothing is known by the last member.
    fn before_unknown(&mut self, head: usize) {
        let Some(last) = head.checked_sub(1) else { return };
        if self.finder.is(last, flag::PART) && self.name_at(last).is_none() {
            self.before(last, head, Last::Unknown(self.unknown(last, last, head)));
        }
    }

    /// Members before the last one, which starts at `last_member`.
    fn before(&mut self, last_member: usize, head: usize, last: Last) {
        let mut names = Vec::new();
        let mut unresolved: Vec<Unresolved> = match last {
            Last::Unknown(words) => vec![words],
            Last::Known | Last::Silent => Vec::new(),
        };
        // Unknown members count only where a known one stands before them.
        let mut pending: Vec<Unresolved> = Vec::new();
        let (mut end, mut first) = (last_member, last_member);
        let (mut has_stranger, mut has_comma_alone) = (false, false);
        for number in 0..MAX_MEMBERS {
            let Some(separators) = self.separators_before(end).filter(|all| all.is_joined || number > 0)
            else {
                break;
            };
            let Some(member) = self.member_before(separators.member_end, head) else { break };
            has_comma_alone = number == 0 && separators.has_comma;
            match member {
                Member::Name(found) => {
                    end = found.first as usize;
                    first = end;
                    has_stranger |= pending.iter().any(|words| words.is_doubtful);
                    unresolved
                        .extend(pending.drain(..).map(|words| Unresolved { is_doubtful: false, ..words }));
                    names.push(found);
                }
                Member::Unknown(start, words) => {
                    (end, first) = (start, start);
                    pending.push(words);
                }
                Member::Stranger(start, words) => {
                    end = start;
                    pending.push(Unresolved { is_doubtful: true, ..words });
                }
            }
        }
        // What stands before the first known member belongs to the list all the same.
        unresolved.extend(pending.into_iter().filter(|words| !words.is_doubtful));
        if names.is_empty() {
            // "Elbow and neck pain": the last member alone is known.
            let is_sure = last == Last::Known && self.finder.is(first, flag::BODY);
            if is_sure && !has_comma_alone && !self.may_end_a_statement(first, head) {
                self.unresolved.extend(unresolved);
            }
            return;
        }
        let is_doubtful = has_comma_alone
            || self.may_end_a_statement(first, head)
            || (has_stranger && !self.starts_bare(first));
        self.take(names, unresolved, head, is_doubtful);
    }

    fn take(&mut self, names: Vec<Found>, unresolved: Vec<Unresolved>, head: usize, is_doubtful: bool) {
        if !is_doubtful {
            self.members.extend(names);
            self.unresolved.extend(unresolved);
            return;
        }
        for found in names {
            let words = self.unknown(found.first as usize, found.last as usize, head);
            self.unresolved.push(Unresolved { is_doubtful: true, ..words });
            self.members.push(Found { doubt: Some(SkipReason::UnsureList), ..found });
        }
    }

    /// Whether the list from `first` may be two things: "I hurt my neck and back pain followed". The part of the body that
    /// the first would be about belongs to someone and begins no statement, and something is said of the shared word.
    fn may_end_a_statement(&self, first: usize, head: usize) -> bool {
        let finder = &self.finder;
        let Some(before) = first.checked_sub(1) else { return false };
        let is_adjective = |at: usize| {
            let small = flag::FOLLOWER | flag::DETERMINER | flag::PUNCTUATION;
            finder.tokens[at].word != word::BREAK && !finder.is_separator(at) && !finder.is(at, small)
        };
        let mut owner = Some(before);
        if is_adjective(before) {
            owner = before.checked_sub(1);
            // "A stiff neck and back pain", "swollen knees and back pain": the word belongs to the first alone.
            let first = &finder.tokens[first];
            let is_plural = finder.text[first.start as usize..first.end as usize].ends_with('s');
            if is_plural || owner.is_some_and(|at| finder.is(at, flag::ARTICLE)) {
                return true;
            }
        }
        let Some(owner) = owner.filter(|at| finder.is(*at, flag::OWNER)) else { return false };
        let begins = owner
            .checked_sub(1)
            .is_none_or(|at| finder.is_end(at) || finder.is_separator(at) || finder.is(at, flag::CLAUSE));
        !begins && self.is_said_of(head)
    }

    /// Whether a verb, or a word that may be one, follows.
    fn is_said_of(&self, head: usize) -> bool {
        let finder = &self.finder;
        let next = head + 1;
        if finder.is_end(next) || finder.is_separator(next) {
            return false;
        }
        finder.is(next, flag::VERB) || !finder.is(next, flag::FOLLOWER | flag::DETERMINER)
    }

    /// Whether no word stands before the list that could belong to its first member alone: "a stiff neck, fever and
    /// back pain".
    fn starts_bare(&self, first: usize) -> bool {
        let small = flag::FOLLOWER & !flag::OF;
        first.checked_sub(1).is_none_or(|at| {
            self.finder.is_end(at) || self.finder.is_separator(at) || self.finder.is(at, small)
        })
    }

    /// The separators that end at `end`; `None` where there are none.
    fn separators_before(&self, end: usize) -> Option<Separators> {
        let mut at = end;
        let (mut is_joined, mut has_comma) = (false, false);
        while at > 0 && self.finder.is_separator(at - 1) {
            at -= 1;
            is_joined |= self.finder.is_conjunction(at);
            has_comma |= self.finder.tokens[at].word == word::COMMA;
        }
        (at < end && at > 0).then(|| Separators { member_end: at - 1, is_joined, has_comma })
    }

    /// The member whose last token is `last`: the most words that make a name with the shared word.
    fn member_before(&self, last: usize, head: usize) -> Option<Member> {
        let tokens = self.finder.tokens;
        let mut best = None;
        for first in (last.saturating_sub(MAX_MEMBER - 1)..=last).rev() {
            if !self.may_belong(first, head) {
                break;
            }
            if let meaning @ Meaning::Condition(..) = self.finder.with_head(first, last, head) {
                best = Some(self.finder.found(meaning, first, last));
            }
        }
        if let Some(found) = best {
            return found.doubt.is_none().then_some(Member::Name(found));
        }
        if self.name_at(last).is_some() {
            return None;
        }
        let words = || self.unknown(last, last, head);
        if self.finder.is(last, flag::PART) {
            return Some(Member::Unknown(last, words()));
        }
        let Token { word, start, end, context, .. } = tokens[last];
        let is_one_word = !self.finder.text[start as usize..end as usize].contains(char::is_whitespace);
        let is_between = last.checked_sub(1).is_some_and(|before| self.finder.is_separator(before));
        let is_stranger =
            word == word::UNKNOWN && context == tokens[head].context && is_one_word && is_between;
        is_stranger.then(|| Member::Stranger(last, words()))
    }

    fn may_belong(&self, token: usize, head: usize) -> bool {
        let tokens = self.finder.tokens;
        tokens[token].word > word::BREAK
            && tokens[token].context == tokens[head].context
            && !self.finder.is_separator(token)
            && self.name_at(token).is_none()
    }

    fn unknown(&self, first: usize, last: usize, head: usize) -> Unresolved {
        let tokens = self.finder.tokens;
        let head = (tokens[head].start, tokens[head].end);
        Unresolved { start: tokens[first].start, end: tokens[last].end, head, is_doubtful: false }
    }

    /// "pains in the jaw, hip, neck or back".
    fn behind(&mut self, head: usize) {
        if !self.finder.is(head + 1, flag::PREPOSITION) {
            return;
        }
        let mut names = Vec::new();
        let mut unresolved = Vec::new();
        let mut at = head + 2;
        let (mut is_joined, mut last_is_owned) = (false, false);
        for _ in 0..MAX_MEMBERS {
            let before = at;
            while self.finder.is(at, flag::DETERMINER) {
                at += 1;
            }
            let Some((end, member)) = self.member_behind(at, head) else { break };
            last_is_owned = at > before;
            match member {
                Member::Name(found) => names.push(found),
                Member::Unknown(_, words) | Member::Stranger(_, words) => unresolved.push(words),
            }
            at = end;
            while at < self.finder.tokens.len() && self.finder.is_separator(at) {
                is_joined |= self.finder.is_conjunction(at);
                at += 1;
            }
            if at == end {
                break;
            }
        }
        if is_joined && names.len() + unresolved.len() > 1 && !names.is_empty() {
            // "You feel pain in the hip and the knee may give way."
            let begins = head.checked_sub(1).is_none_or(|before| self.finder.is_end(before));
            let is_two = names.len() + unresolved.len() == 2;
            let is_doubtful = is_two && last_is_owned && !begins && self.finder.is(at, flag::VERB);
            self.take(names, unresolved, head, is_doubtful);
        }
    }

    /// The member that starts at `first`, and the token behind it. The last one, behind a conjunction, must end where
    /// the phrase does: in "pain in the hip and neck stiffness" the neck is no member, nor is the back in "pain in the
    /// neck and back of the head".
    fn member_behind(&self, first: usize, head: usize) -> Option<(usize, Member)> {
        let finder = &self.finder;
        let mut end = first;
        while end < finder.tokens.len()
            && end < first + MAX_MEMBER
            && self.may_belong(end, head)
            && !finder.is(end, flag::FOLLOWER | flag::PUNCTUATION)
        {
            end += 1;
        }
        let ends = finder.is_end(end) || finder.is_separator(end) || finder.is(end, flag::FOLLOWER);
        let is_owner = finder.tokens[first..end].iter().any(|token| token.possessive > 0);
        if end == first || !ends || is_owner || finder.is(end, flag::OF) {
            return None;
        }
        let member = match finder.with_head(first, end - 1, head) {
            meaning @ Meaning::Condition(..) => Member::Name(finder.found(meaning, first, end - 1)),
            _ if finder.is(end - 1, flag::PART) => Member::Unknown(first, self.unknown(first, end - 1, head)),
            _ => return None,
        };
        let is_plain = !matches!(&member, Member::Name(found) if found.doubt.is_some());
        is_plain.then_some((end, member))
    }
}
