//! Which stretches of a text are read word by word: those in which something can be found.
//!
//! Nothing is found across a full stop, and all that is found has a word that leads to it: the first one of a name, a
//! number, an ending as conditions have it. Most sentences hold no such word.

use super::numbered::Numbered;
use crate::link::naming;
use crate::link::words::{self, Endings, Lexeme, Plain, Taker};

/// Looks for words that lead to something, and has the stretches around them read.
pub(super) struct Stretches<'a> {
    numbered: Numbered<'a>,
    endings: Endings,
    /// What lies before is looked at by no one.
    from: usize,
    /// The end of the last stretch that was read.
    read_to: usize,
}

impl<'a> Stretches<'a> {
    /// Reads the stretches of a text from a place on.
    pub(super) fn read(numbered: Numbered<'a>, from: usize, endings: Endings) {
        let text = numbered.text;
        let mut stretches = Self { numbered, endings, from, read_to: from };
        words::lexemes_in(text, from, from..text.len(), endings, &mut stretches);
    }

    /// Whether a word or mark of a number in the vocabulary leads to something.
    #[inline]
    fn leads(&self, number: u32, start: usize, end: usize) -> bool {
        let Numbered { vocabulary, text, .. } = self.numbered;
        let text = text.as_bytes();
        vocabulary.leads(number)
            || vocabulary.seeks_figures() && text[start].is_ascii_digit()
            || naming::ends_like_condition(&text[start..end])
    }

    /// Reads the stretch around a place; gives its end.
    fn read_around(&mut self, at: usize) -> usize {
        let Numbered { vocabulary, text, .. } = self.numbered;
        let (mut start, mut end) = (self.read_to, text.len());
        if vocabulary.is_break('.') {
            let stop_before = memchr::memrchr(b'.', &text.as_bytes()[start..at]);
            start += stop_before.map_or(0, |stop| stop + 1);
            let stop_behind = memchr::memchr(b'.', &text.as_bytes()[at..]);
            end = stop_behind.map_or(end, |stop| at + stop + 1);
        }
        words::lexemes_in(text, self.from, start..end, self.endings, &mut self.numbered);
        self.read_to = end;
        end
    }
}

impl Taker for Stretches<'_> {
    fn take(&mut self, lexeme: Lexeme) -> Option<usize> {
        let Lexeme { start, end, possessive, .. } = lexeme;
        let number = self.numbered.vocabulary.number(&lexeme, self.numbered.text);
        let (start, end) = (start as usize, end as usize - usize::from(possessive));
        self.leads(number, start, end).then(|| self.read_around(start))
    }

    fn take_plain(&mut self, plain: &Plain<'_>) -> Option<usize> {
        let Numbered { vocabulary, text, may_name, .. } = self.numbered;
        let text = text.as_bytes();
        let (heads, with_figures) = (vocabulary.leading_heads(), vocabulary.seeks_figures());
        // All is asked at once, and nothing done before the last answer: what a word is cannot be foreseen.
        let mut candidates = plain.select(|start, end| {
            heads.has(words::head(text, start, end))
                | (may_name & naming::may_end_like_condition(&text[..end]))
                | (with_figures & text[start].is_ascii_digit())
        });
        while candidates != 0 {
            let (start, end) = plain.word(candidates.trailing_zeros());
            candidates &= candidates - 1;
            let number = vocabulary.number_of_word(plain.hash(start, end), text[start]);
            if self.leads(number, start, end) {
                return Some(self.read_around(start));
            }
        }
        None
    }
}
