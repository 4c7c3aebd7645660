//! Which stretches of a page's words are read word by word: those in which something can be found.
//!
//! Nothing is found across a full stop, and all that is found has a word that leads to it: the first one of a name that
//! may go on, a number, an ending as conditions have it. Most sentences hold no such word. Where one may stand is asked of all runs at
//! once, without regard to where one ends; to read a stretch too many finds nothing more.

use super::Run;
use super::numbered::Numbered;
use crate::bytes::{self, Heads};
use crate::link::naming;
use crate::link::vocabulary::word;
use crate::link::words::{self, Lexeme};

/// Reads the stretches around words that lead to something.
pub(super) struct Stretches<'a, 'r> {
    numbered: Numbered<'a>,
    /// The runs that follow the one that is being read.
    runs: std::slice::Iter<'r, Run>,
    /// Up to where nothing is left to be read.
    read_to: usize,
    /// Whether nothing is found across a full stop.
    stop_parts: bool,
}

impl<'a, 'r> Stretches<'a, 'r> {
    /// Reads the stretches of runs.
    pub(super) fn read(numbered: Numbered<'a>, runs: &'r [Run]) {
        let (vocabulary, text) = (numbered.vocabulary, numbered.text);
        let stop_parts = vocabulary.is_break('.');
        let mut stretches = Self { numbered, runs: runs.iter(), read_to: 0, stop_parts };
        let (heads, with_figures) = (vocabulary.leading_heads(), vocabulary.seeks_figures());
        each_place(text.as_bytes(), heads, with_figures, |at, length| stretches.look_at(at, length));
        stretches.go_to(text.len());
    }

    /// Goes to the run that holds a place or follows it.
    fn go_to(&mut self, at: usize) {
        while self.numbered.run.end as usize <= at {
            self.numbered.end_run();
            let Some(run) = self.runs.next() else { return };
            self.numbered.run = *run;
            let (start, end) = (run.start as usize, run.end as usize);
            self.read_to = start;
            if is_inside_word(self.numbered.text, start) || is_inside_word(self.numbered.text, end) {
                // The first or last word seemed to be a part of a longer one.
                self.numbered.read(start..end);
                self.read_to = end;
            }
        }
    }

    /// Reads the stretch around a place where a word of the run leads to something; the length of the word, where that is
    /// known and it is a plain one.
    fn look_at(&mut self, at: usize, length: Option<usize>) {
        self.go_to(at);
        let Run { start, end, .. } = self.numbered.run;
        if !(self.read_to..end as usize).contains(&at) {
            return;
        }
        let (text, endings) = (&self.numbered.text[..end as usize], self.numbered.endings);
        let leads = match length {
            Some(length) => self.leads(words::plain_word(text, at, length, endings)),
            None => words::any_at(text, start as usize, at, endings, |lexeme| self.leads(lexeme)),
        };
        if leads {
            self.read_around(at);
        }
    }

    /// Whether a word or mark leads to something.
    fn leads(&self, lexeme: Lexeme) -> bool {
        let Numbered { vocabulary, text, .. } = self.numbered;
        let (start, end) = (lexeme.start as usize, lexeme.end as usize - usize::from(lexeme.possessive));
        let number = vocabulary.number(&lexeme, text);
        let goes_on = || vocabulary.stands_alone(number) || !self.is_before_unknown(lexeme.end as usize);
        vocabulary.leads(number) && goes_on()
            || vocabulary.seeks_figures() && text.as_bytes()[start].is_ascii_digit()
            || naming::ends_like_condition(&text.as_bytes()[start..end])
    }

    /// Whether a word ends there and one follows that is in no name: the two are no part of a name, and a member of a list
    /// would have to end before a word that is known.
    fn is_before_unknown(&self, end: usize) -> bool {
        let Numbered { vocabulary, text, endings, run, .. } = self.numbered;
        let text = &text[..run.end as usize];
        let [b' ', letter, ..] = text.as_bytes()[end..] else { return false };
        let next = || words::lexeme_at(text, run.start as usize, end + 1, endings);
        letter.is_ascii_alphabetic()
            && next().is_some_and(|next| vocabulary.number(&next, text) == word::UNKNOWN)
    }

    /// Reads the stretch around a place.
    fn read_around(&mut self, at: usize) {
        let text = self.numbered.text.as_bytes();
        let (mut start, mut end) = (self.read_to, self.numbered.run.end as usize);
        if self.stop_parts {
            let stop_before = memchr::memrchr(b'.', &text[start..at]);
            start += stop_before.map_or(0, |stop| stop + 1);
            let stop_behind = memchr::memchr(b'.', &text[at..end]);
            end = stop_behind.map_or(end, |stop| at + stop + 1);
        }
        self.numbered.read(start..end);
        self.read_to = end;
    }
}

/// Whether letters stand on both sides of a place.
fn is_inside_word(text: &str, at: usize) -> bool {
    let is_of_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte >= 128;
    let before = at.checked_sub(1).and_then(|before| text.as_bytes().get(before));
    before.is_some_and(is_of_word) && text.as_bytes().get(at).is_some_and(is_of_word)
}

/// Gives each place where a word may lead to something: where one begins with a head of these, ends like a condition, or
/// holds a character beyond ASCII, of which nothing else is known here. With it the length of the word, where a plain one
/// begins there.
#[inline]
fn each_place(text: &[u8], heads: &Heads, with_figures: bool, mut emit: impl FnMut(usize, Option<usize>)) {
    // The bit of the byte before: whether a word goes on.
    let mut before = 0;
    bytes::each_window(text, |start, window, in_text| {
        let words = bytes::bits(bytes::block(window), |byte| byte.is_ascii_alphanumeric() | (byte == b'_'));
        let starts = words & !(words << 1 | before);
        before = words >> 63;
        let mut places = heads.among(window, starts) | naming::endings(window) & !(words >> 3);
        if with_figures {
            places |= starts & bytes::bits(bytes::block(window), |byte| byte.is_ascii_digit());
        }
        if !bytes::block(window).is_ascii() {
            places |= bytes::bits(bytes::block(window), |byte| byte >= 0xC0);
        }
        let is_plain = |byte: Option<&u8>| byte.is_none_or(|byte| byte.is_ascii() && *byte != b'\'');
        for at in bytes::places(places & in_text) {
            let length = (!(words >> at)).trailing_zeros() as usize;
            let (before, behind) = ((start + at).checked_sub(1), start + at + length);
            let is_plain = starts >> at & 1 == 1
                && at + length < 64
                && is_plain(before.and_then(|before| text.get(before)))
                && is_plain(text.get(behind));
            emit(start + at, is_plain.then_some(length));
        }
    });
}
