//! What a query's words stand for: words of the index, completions, corrections, and names of several words.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::files::{Error, Index};
use super::spelling;
use crate::search::question;
use crate::search::shard::{self, Shard};

/// The weight of two words that were typed as one, or of one typed as two.
const JOINED: f64 = 0.8;

/// How many times rarer than both of its parts a joined word may be; an address such as "dryneedling.example" must not
/// outweigh the words of its name.
const RARER: usize = 4;

/// The weight of a word that differs from the typed one in its ending.
const OTHER_FORM: f64 = 0.9;

/// The weight of a name that says too little to be looked for in running text.
const UNCLEAR_NAME: f64 = 0.7;

/// The weight of a stop word beside other words.
const SMALL: f64 = 0.3;

/// How many words besides stop words a query has at most for stop words to count.
const FEW: usize = 3;

/// The weight of a title or a question with all words of the query and no others.
const WHOLE: f64 = 1.0;

/// How many completions of the last word are tried.
const COMPLETIONS: usize = 5;

/// The longest name that is looked for, in words.
const LONGEST_NAME: usize = 6;

/// A list of the index with what it counts in this query.
pub(super) struct Term {
    number: usize,
    pub(super) shard: Arc<Shard>,
    pub(super) list: usize,
    pub(super) weight: f64,
}

/// A stretch of the query and what stands in the index for it.
pub(super) struct Correction {
    pub(super) range: Range<usize>,
    pub(super) correct: String,
}

/// All that a query stands for.
#[derive(Default)]
pub(super) struct Expanded {
    /// First what finds documents; from `found` on what only helps to tell them apart.
    pub(super) terms: Vec<Term>,
    pub(super) found: usize,
    pub(super) corrections: Vec<Correction>,
}

type Asked = (String, Range<usize>);

/// What stands in place of a name for a word that is unknown: no key has it.
const UNKNOWN: &str = "";

/// Finds what each asked word stands for; at most so many are corrected. `small` are the stop words beside them, `typing`
/// is the word that is still being typed.
pub(super) fn expand(
    index: &Index,
    text: &str,
    asked: &[&Asked],
    small: &[&Asked],
    typing: Option<&Asked>,
    most_corrected: usize,
) -> Result<Expanded, Error> {
    let mut expansion = Expansion {
        index,
        shards: BTreeMap::new(),
        names: Vec::new(),
        nowhere: BTreeMap::new(),
        correctable: most_corrected,
        out: Expanded::default(),
    };
    let counted = if asked.len() <= FEW { small } else { &[] };
    for (word, _) in asked.iter().chain(counted) {
        expansion.need(word)?;
    }
    let mut at = 0;
    while at < asked.len() {
        let used = expansion.joined(text, asked[at], asked.get(at + 1).copied());
        if used == 0 {
            let named = expansion.names.len();
            expansion.word(asked[at], typing)?;
            if expansion.names.len() == named {
                // No title or question holds a word that stands nowhere.
                expansion.names.push(UNKNOWN.to_owned());
            }
        }
        at += used.max(1);
    }
    let whole = expansion.names(small);
    for one in std::mem::take(&mut expansion.nowhere).into_values() {
        expansion.guess(one, typing)?;
    }
    expansion.out.corrections.sort_by_key(|correction| correction.range.start);
    expansion.out.found = expansion.out.terms.len();
    for (word, _) in counted {
        expansion.take(word, SMALL);
    }
    if let Some(key) = whole {
        expansion.take(&key, WHOLE);
    }
    Ok(expansion.out)
}

struct Expansion<'i, 'a> {
    index: &'i Index,
    shards: BTreeMap<usize, Arc<Shard>>,
    /// The first form of each word's list, in the order of the query.
    names: Vec<String>,
    /// Words that stand on no page, but may be words of a name that does, by their places among the names.
    nowhere: BTreeMap<usize, &'a Asked>,
    /// How many more unknown words are corrected, so that no query takes long.
    correctable: usize,
    out: Expanded,
}

impl<'a> Expansion<'_, 'a> {
    fn need(&mut self, key: &str) -> Result<(), Error> {
        self.need_shard(self.index.place(key))
    }

    fn need_shard(&mut self, number: usize) -> Result<(), Error> {
        self.shards.insert(number, self.index.shard(number)?);
        Ok(())
    }

    fn find(&self, key: &str) -> Option<(usize, &Arc<Shard>, usize)> {
        let number = self.index.place(key);
        let shard = self.shards.get(&number)?;
        Some((number, shard, shard.find(key)?))
    }

    /// In how many documents a key stands.
    fn size(&self, key: &str) -> usize {
        self.find(key).map_or(0, |(_, shard, list)| shard.postings(list).len())
    }

    fn has(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    /// Adds the list of a key to the terms; whether anything stands in it.
    fn take(&mut self, key: &str, weight: f64) -> bool {
        let Some((number, shard, list)) = self.find(key) else { return false };
        if shard.postings(list).is_empty() {
            return false;
        }
        let shard = Arc::clone(shard);
        match self.out.terms.iter_mut().find(|term| term.number == number && term.list == list) {
            Some(known) => known.weight = known.weight.max(weight),
            None => self.out.terms.push(Term { number, shard, list, weight }),
        }
        true
    }

    fn name(&mut self, key: &str) {
        if let Some((_, shard, list)) = self.find(key) {
            let name = shard.name(list).to_owned();
            self.names.push(name);
        }
    }

    /// Tries a word and the next as one; gives how many words are done with.
    fn joined(&mut self, text: &str, (word, range): &Asked, next: Option<&Asked>) -> usize {
        let Some((next, next_range)) = next else { return 0 };
        let between = text.get(range.end..next_range.start).unwrap_or_default();
        let joined = format!("{word}{next}");
        if between.encode_utf16().count() != 1
            || self.index.place(&joined) != self.index.place(word)
            || self.size(&joined).max(self.size(&format!("{joined} "))) == 0
            || RARER * self.size(&joined) < self.size(word).min(self.size(next))
        {
            return 0;
        }
        self.take(&joined, JOINED);
        let (has_word, has_next) = (self.size(word) > 0, self.size(next) > 0);
        if has_word && has_next {
            return 0;
        }
        self.out.corrections.push(Correction { range: range.start..next_range.end, correct: joined.clone() });
        self.name(&joined);
        if has_next {
            return 1;
        }
        if self.take(word, 1.0) {
            self.name(word);
        }
        2
    }

    fn word(&mut self, asked: &'a Asked, typing: Option<&Asked>) -> Result<(), Error> {
        let (word, _) = asked;
        if !self.has(word) {
            return self.guess(asked, typing);
        }
        if !self.take(word, 1.0) {
            self.nowhere.insert(self.names.len(), asked);
        }
        self.name(word);
        Ok(())
    }

    /// What a word that stands on no page may be: the beginning of others, another form of one, a misspelt one.
    fn guess(&mut self, asked: &Asked, typing: Option<&Asked>) -> Result<(), Error> {
        let (word, range) = asked;
        if typing == Some(asked) && self.complete(word)? {
            return Ok(());
        }
        if let Some(form) = self.other_form(word) {
            self.take(&form, OTHER_FORM);
            self.name(&form);
            return Ok(());
        }
        // Words of the language, and those that the index knows, are spelt right.
        if self.index.is_stop_word(word) || self.has(word) {
            return Ok(());
        }
        let Some(rest) = self.correctable.checked_sub(1) else { return Ok(()) };
        self.correctable = rest;
        let near = spelling::nearest(self.index, word)?;
        if near.first().is_none_or(|(_, edits)| *edits > 1)
            && let Some((left, right)) = self.split(word)?
        {
            for piece in [left, right] {
                self.take(piece, JOINED);
                self.name(piece);
            }
            self.out
                .corrections
                .push(Correction { range: range.clone(), correct: format!("{left} {right}") });
            return Ok(());
        }
        for (other, _) in &near {
            self.need(other)?;
        }
        for (rank, (other, edits)) in near.iter().enumerate() {
            self.take(other, spelling::weight(*edits) / f64::from(1 << rank));
        }
        if let Some((best, _)) = near.first() {
            self.name(best);
            self.out.corrections.push(Correction { range: range.clone(), correct: best.clone() });
        }
        Ok(())
    }

    /// A word of the index that differs in an inflection's ending only; where none stands on a page, one that the
    /// index knows all the same.
    fn other_form(&self, word: &str) -> Option<String> {
        let root = self.root(word)?;
        let shard = self.shards.get(&self.index.place(word))?;
        let is_form = |key: &&String| {
            !key.contains([' ', '?']) && self.root(key) == Some(root) && !self.index.is_stop_word(key)
        };
        let mut forms = shard.keys.iter().map(|(key, _)| key).filter(is_form).peekable();
        let first = forms.peek().map(|form| (*form).clone());
        forms.find(|form| self.size(form) > 0).cloned().or(first)
    }

    /// A word without its ending; `None` where too little is left.
    fn root<'w>(&self, word: &'w str) -> Option<&'w str> {
        let endings = self.index.manifest.endings.split('|');
        let root = endings
            .filter_map(|ending| word.strip_suffix(ending))
            .min_by_key(|rest| rest.len())
            .unwrap_or(word);
        (units(root) > 3).then_some(root)
    }

    /// Takes the commonest words that begin with what is typed. A short beginning spans many shards: it is looked up in
    /// as many as it has letters.
    fn complete(&mut self, typed: &str) -> Result<bool, Error> {
        let from = self.index.place(typed);
        let end = self.index.place(&format!("{typed}\u{ffff}")).min(from + units(typed) - 1);
        let mut longer: Vec<(String, usize, usize, usize)> = Vec::new();
        for number in from..=end {
            self.need_shard(number)?;
            let Some(shard) = self.shards.get(&number) else { continue };
            let begins = |key: &str| key.starts_with(typed) && !key.contains([' ', '?']);
            let found = shard.keys.iter().filter(|(key, _)| begins(key));
            longer.extend(found.map(|(key, list)| (key.clone(), number, *list, shard.postings(*list).len())));
        }
        longer.retain(|(_, _, _, size)| *size > 0);
        longer.sort_by(|l, r| r.3.cmp(&l.3).then_with(|| shard::compare(&l.0, &r.0)));
        let mut seen = std::collections::BTreeSet::new();
        longer.retain(|(_, number, list, _)| seen.insert((*number, *list)));
        longer.truncate(COMPLETIONS);
        let longer: Vec<String> = longer.into_iter().map(|(key, ..)| key).collect();
        for (rank, key) in longer.iter().enumerate() {
            let share = units(typed) as f64 / units(key) as f64;
            self.take(key, share.sqrt() / (rank + 1) as f64);
        }
        if let Some(first) = longer.first() {
            self.name(first);
        }
        Ok(!longer.is_empty())
    }

    /// Two words that were typed as one.
    fn split<'w>(&mut self, word: &'w str) -> Result<Option<(&'w str, &'w str)>, Error> {
        for (at, _) in word.char_indices() {
            let (left, right) = word.split_at(at);
            if units(left) < 3 || units(right) < 3 || self.size(left) == 0 {
                continue;
            }
            self.need(right)?;
            if self.size(right) > 0 {
                return Ok(Some((left, right)));
            }
        }
        Ok(None)
    }

    /// Takes the longest names among the words, in any order of a name's own words. Gives the key of them all.
    fn names(&mut self, small: &[&Asked]) -> Option<String> {
        let names = std::mem::take(&mut self.names);
        let mut at = 0;
        while at < names.len() {
            let longest = LONGEST_NAME.min(names.len() - at);
            let taken = (1..=longest).rev().find(|&length| {
                let mut words: Vec<&str> = names[at..at + length].iter().map(String::as_str).collect();
                words.sort_by(|l, r| shard::compare(l, r));
                let key = words.join(" ");
                self.take(&format!("{key} "), 1.0) || self.take(&format!("{key}?"), UNCLEAR_NAME)
            });
            let next = at + taken.unwrap_or(1);
            if taken.is_some() {
                self.nowhere.retain(|place, _| !(at..next).contains(place));
            }
            at = next;
        }
        let small = small.iter().map(|(word, _)| word.as_str()).collect();
        question::key(names.iter().map(String::as_str).collect(), small)
    }
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}
