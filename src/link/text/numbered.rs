//! From words and marks to tokens.

use std::ops::Range;

use super::{Context, Run, Token};
use crate::bytes;
use crate::link::naming;
use crate::link::vocabulary::{Vocabulary, WordFilter, word};
use crate::link::words::{self, At, Endings, Lexeme, LexemeKind, Plain, Taker};

/// Makes tokens of words and marks.
pub(super) struct Numbered<'a> {
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) text: &'a str,
    pub(super) endings: Endings,
    /// The run that is being read.
    pub(super) run: Run,
    pub(super) tokens: &'a mut Vec<Token>,
    pub(super) suspects: &'a mut Vec<(u32, u32)>,
    pub(super) filter: Option<&'a mut WordFilter>,
}

impl Taker for Numbered<'_> {
    fn take(&mut self, lexeme: Lexeme) {
        if let LexemeKind::Word(hash) = lexeme.kind
            && let Some(filter) = &mut self.filter
        {
            filter.add(hash);
        }
        let word = self.vocabulary.number(&lexeme, self.text);
        let Lexeme { start, end, possessive, .. } = lexeme;
        self.add(Token { word, start, end, possessive, context: self.run.context });
    }

    fn take_plain(&mut self, plain: &Plain<'_>) {
        let vocabulary = self.vocabulary;
        let text = self.text.as_bytes();
        plain.each(|at| match at {
            At::Word(start, end) => {
                // A filter takes unknown words too.
                let may_be_known =
                    self.filter.is_some() || vocabulary.heads().has(bytes::first(&text[start..]));
                let word = if may_be_known {
                    let hash = plain.hash(start, end);
                    if let Some(filter) = &mut self.filter {
                        filter.add(hash);
                    }
                    vocabulary.number_of_word(hash, text[start])
                } else {
                    Vocabulary::number_of_unknown(text[start])
                };
                let (start, end) = (start as u32, end as u32);
                self.add(Token { word, start, end, possessive: 0, context: self.run.context });
            }
            At::Mark(mark) => self.take(mark),
        });
    }
}

impl Numbered<'_> {
    /// Reads a part of the run that begins and ends between words.
    pub(super) fn read(&mut self, part: Range<usize>) {
        words::lexemes_in(self.text, self.run.start as usize, part, self.endings, self);
    }

    /// Ends the run: nothing is found across its end.
    pub(super) fn end_run(&mut self) {
        let Run { end, context_behind: context, .. } = self.run;
        if self.tokens.last().is_some_and(|token| token.word != word::BREAK) {
            self.tokens.push(Token { word: word::BREAK, start: end, end, possessive: 0, context });
        }
    }

    /// Whether words that look like names are kept.
    fn may_name(&self) -> bool {
        self.endings == Endings::English && !matches!(self.run.context, Context::Link | Context::NoLink)
    }

    /// Adds a token; unknown words that follow each other are one, and so are breaks.
    #[inline]
    fn add(&mut self, token: Token) {
        if token.word == word::UNKNOWN && self.may_name() {
            let end = token.end - u32::from(token.possessive);
            if naming::ends_like_condition(&self.text.as_bytes()[token.start as usize..end as usize]) {
                self.suspects.push((token.start, end));
            }
        }
        match self.tokens.last_mut() {
            Some(last)
                if token.word <= word::BREAK && last.word == token.word && last.context == token.context =>
            {
                last.end = token.end;
            }
            _ => self.tokens.push(token),
        }
    }
}
