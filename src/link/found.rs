//! Names found in a page's words: the longest at each place, and members of shared lists.

use super::SkipReason;
use super::edges;
use super::lists::{self, Unresolved};
use super::text::{Context, PageText, Token};
use super::vocabulary::{Meaning, Vocabulary, flag, word};
use super::words::Endings;

/// A name, or a member of a shared list that stands for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) meaning: Meaning,
    pub(super) context: Context,
    /// Why it may mean something else; it is neither linked nor counted then.
    pub(super) doubt: Option<SkipReason>,
    /// Its words in the buffer, a possessive ending left out.
    pub(super) start: u32,
    pub(super) end: u32,
    /// Its tokens.
    pub(super) first: u32,
    pub(super) last: u32,
}

/// All names in a page's words, in reading order, none over another.
pub(super) fn names(
    text: &PageText<'_>,
    vocabulary: &Vocabulary,
    language: &str,
) -> (Vec<Found>, Vec<Unresolved>) {
    let Some(root) = vocabulary.root(language) else { return (Vec::new(), Vec::new()) };
    let finder = Finder { text: &text.buffer, tokens: &text.tokens, vocabulary, root };
    let mut found = Vec::new();
    let mut at = 0;
    let begins_name = |token: &Token| vocabulary.begins_name(token.word);
    while let Some(next) = text.tokens[at..].iter().position(begins_name) {
        at += next;
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
    let (members, unresolved) = lists::find(finder, &found);
    if !members.is_empty() {
        found.extend(members);
        found.sort_unstable_by_key(|name| name.first);
        found.dedup_by_key(|name| name.first);
    }
    (found, unresolved)
}

/// Looks names up in a page's words.
#[derive(Clone, Copy)]
pub(super) struct Finder<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
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

    pub(super) fn found(&self, meaning: Meaning, first: usize, last: usize) -> Found {
        let (start, token) = (self.tokens[first].start, self.tokens[last]);
        let keeps = matches!(meaning, Meaning::Condition(_, true) | Meaning::Term(_, true));
        let end = if keeps { token.end } else { token.end - u32::from(token.possessive) };
        let doubt = self.is_in_longer_word(meaning, first, last).then_some(SkipReason::PartOfWord);
        Found { meaning, context: token.context, doubt, start, end, first: first as u32, last: last as u32 }
    }

    /// Whether a hyphen, or a script that writes without spaces, makes these tokens a part of a longer word:
    /// "headache-free", "non-sterile". In "neck-and-shoulder pain" the hyphen joins a list.
    fn is_in_longer_word(&self, meaning: Meaning, first: usize, last: usize) -> bool {
        let (start, end) = (self.tokens[first].start as usize, self.tokens[last].end as usize);
        let joins = |at: usize| {
            self.tokens.get(at).is_some_and(|token| token.word != word::BREAK) && !self.is_separator(at)
        };
        let before = first.checked_sub(1).is_some_and(joins) && edges::hyphen_before(self.text, start);
        // "placebo-controlled" has to do with the placebo that the glossary explains.
        let is_term = matches!(meaning, Meaning::Term(..));
        let behind = || !is_term && joins(last + 1) && edges::hyphen_behind(self.text, end);
        before || behind() || edges::is_inside_letters(self.text, start, end)
    }

    /// What these tokens mean with the shared word behind them.
    pub(super) fn with_head(&self, first: usize, last: usize, head: usize) -> Meaning {
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

    /// Whether the token is there and is good for one of these.
    pub(super) fn is(&self, at: usize, flags: u16) -> bool {
        self.tokens.get(at).is_some_and(|token| self.vocabulary.is(token.word, flags))
    }

    pub(super) fn is_separator(&self, at: usize) -> bool {
        let word = self.tokens[at].word;
        matches!(word, word::COMMA | word::SLASH | word::AMPERSAND) || self.is(at, flag::CONJUNCTION)
    }

    pub(super) fn is_conjunction(&self, at: usize) -> bool {
        matches!(self.tokens[at].word, word::SLASH | word::AMPERSAND) || self.is(at, flag::CONJUNCTION)
    }

    /// Whether the text ends there, or a mark parts what follows.
    pub(super) fn is_end(&self, at: usize) -> bool {
        self.tokens.get(at).is_none_or(|token| token.word == word::BREAK) || self.is(at, flag::PUNCTUATION)
    }
}
