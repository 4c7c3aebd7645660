//! From words and marks to tokens.

use super::{Context, Token};
use crate::link::naming;
use crate::link::vocabulary::{Vocabulary, WordFilter, word};
use crate::link::words::{self, At, Lexeme, LexemeKind, Plain, Taker};

/// Makes tokens of words and marks.
pub(super) struct Numbered<'a> {
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) text: &'a str,
    pub(super) context: Context,
    /// Whether words that look like names are kept.
    pub(super) may_name: bool,
    pub(super) tokens: &'a mut Vec<Token>,
    pub(super) suspects: &'a mut Vec<(u32, u32)>,
    pub(super) filter: Option<&'a mut WordFilter>,
}

impl Taker for Numbered<'_> {
    fn take(&mut self, lexeme: Lexeme) -> Option<usize> {
        if let LexemeKind::Word(hash) = lexeme.kind
            && let Some(filter) = &mut self.filter
        {
            filter.add(hash);
        }
        let word = self.vocabulary.number(&lexeme, self.text);
        let Lexeme { start, end, possessive, .. } = lexeme;
        self.add(Token { word, start, end, possessive, context: self.context });
        None
    }

    fn take_plain(&mut self, plain: &Plain<'_>) -> Option<usize> {
        let vocabulary = self.vocabulary;
        let text = self.text.as_bytes();
        plain.each(|at| match at {
            At::Word(start, end) => {
                // A filter takes unknown words too.
                let may_be_known =
                    self.filter.is_some() || vocabulary.heads().has(words::head(text, start, end));
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
                self.add(Token { word, start, end, possessive: 0, context: self.context });
            }
            At::Mark(mark) => drop(self.take(mark)),
        });
        None
    }
}

impl Numbered<'_> {
    /// Adds a token; unknown words that follow each other are one, and so are breaks.
    #[inline]
    fn add(&mut self, token: Token) {
        if token.word == word::UNKNOWN && self.may_name {
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
