//! Figures that a page writes by hand, held against the site's facts.
//!
//! A figure means a fact where its unit is the fact's and one of the fact's `near` words stands in the same sentence; in
//! a table also in its caption, the head of the column or the first cell of the row, in a list of definitions in the
//! term. It agrees where it lies within the fact's range, or is the fact's number. Where several facts could be meant
//! and one agrees, nothing is said. Titles, descriptions, key messages and captions are looked at like the text.

mod amount;

use std::ops::Range;

pub(super) use amount::NUMBER_WORDS;
use amount::{Figure, Unit, unit_of};

use super::sentence;
use super::text::{Context, PageText};
use super::vocabulary::{Vocabulary, flag, word};
use super::words::{self, Endings};
use crate::diag::{self, Diagnostic};
use crate::name::SitePath;
use crate::registry::{Fact, FactValue, Registries};
use crate::source::Span;

/// A fact with its unit understood.
struct Known<'a> {
    fact: &'a Fact,
    low: f64,
    high: f64,
    unit: Unit,
    /// In lower case.
    near: Vec<String>,
}

/// Some words in which figures may stand.
struct Words<'a> {
    text: &'a str,
    /// What the words around it say it is about: heads of a table's rows and columns, a term.
    about: Vec<&'a str>,
    /// The head of its column, where it stands in a table.
    head: Option<&'a str>,
}

/// Reports the figures of a page that disagree with a fact.
pub(super) fn check(
    text: &PageText<'_>,
    vocabulary: &Vocabulary,
    registries: &Registries,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if registries.facts.iter().len() == 0 {
        return;
    }
    let mut checker = Checker { text, vocabulary, registries, known: None, diagnostics };
    checker.body();
    checker.beside();
}

struct Checker<'a, 'd> {
    text: &'a PageText<'a>,
    vocabulary: &'a Vocabulary,
    registries: &'a Registries,
    known: Option<Vec<Known<'a>>>,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl<'a> Checker<'a, '_> {
    /// The title, the key message and the body.
    fn body(&mut self) {
        let text = self.text;
        let mut read_to = 0;
        for token in &text.tokens {
            let start = token.start as usize;
            let first = text.buffer.as_bytes().get(start);
            let is_number =
                first.is_some_and(u8::is_ascii_digit) || self.vocabulary.is(token.word, flag::NUMBER);
            let is_meant = token.word != word::BREAK && token.context != Context::Quote;
            if !is_number || !is_meant || start < read_to {
                continue;
            }
            let block = text.block_at(token.start);
            let words = Words {
                text: &text.buffer[block.clone()],
                about: text.about(token.start).collect(),
                head: text.head(token.start),
            };
            if let Some((figure, found)) = self.figure(&words, start - block.start) {
                read_to = block.start + figure.end;
                let (start, end) = (block.start + figure.start, block.start + figure.end);
                self.report(found, text.span(start as u32, end as u32));
            }
        }
    }

    /// The description and the captions of figures.
    fn beside(&mut self) {
        let page = self.text.page;
        let front_matter = &page.front_matter;
        if let Some(description) = &front_matter.description {
            self.words(&description.value, description.span);
        }
        for image in page.document.images().iter().filter(|image| image.is_figure) {
            self.words(&image.title, image.span);
        }
    }

    /// Words that stand outside of the body, in `span`.
    fn words(&mut self, text: &'a str, span: Span) {
        let mut numbers = Vec::new();
        words::lexemes(text, Endings::English, |lexeme| {
            let is_digit = text.as_bytes()[lexeme.start as usize].is_ascii_digit();
            if is_digit || self.vocabulary.is(self.vocabulary.number(&lexeme, text), flag::NUMBER) {
                numbers.push(lexeme.start as usize);
            }
        });
        let mut read_to = 0;
        for start in numbers {
            if start < read_to {
                continue;
            }
            let words = Words { text, about: Vec::new(), head: None };
            if let Some((figure, found)) = self.figure(&words, start) {
                read_to = figure.end;
                let written = &text[figure.start..figure.end];
                let source = self.text.page.document.source();
                let place = source.slice(span).find(written).map(|at| span.start as usize + at);
                self.report(found, place.map_or(span, |at| Span::new(at, at + written.len())));
            }
        }
    }

    /// The figure at a place, and the fact that it disagrees with.
    fn figure(&mut self, words: &Words<'_>, start: usize) -> Option<(Figure, Option<(&'a Fact, String)>)> {
        let registries = self.registries;
        let known =
            self.known.get_or_insert_with(|| registries.facts.iter().filter_map(Known::new).collect());
        if known.is_empty() {
            return None;
        }
        let figure = amount::read(words.text, start, words.head)?;
        let fact = disagreement(&figure, words, known);
        let found = fact.map(|fact| (fact, words.text[figure.start..figure.end].to_owned()));
        Some((figure, found))
    }

    fn report(&mut self, found: Option<(&'a Fact, String)>, span: Span) {
        let Some((fact, written)) = found else { return };
        let message = format!("`{written}` disagrees with the fact `{}`: {}", fact.id, fact.text);
        let facts = SitePath::new("content/facts.toml").expect("the path is well formed");
        let file = self.text.page.document.source().path();
        let found = Diagnostic::new(diag::CONFLICTING_FIGURE, file, span, message);
        let found = found.with_label("this page says otherwise");
        let found = found.with_secondary(&facts, fact.span, format!("{}: {}", fact.label, fact.text));
        self.diagnostics.push(found.with_help(format!(
            "write `{{{{ fact(id=\"{}\") }}}}`; if something else is meant, say what, and if the fact is old, change it",
            fact.id
        )));
    }
}

/// The nearest fact that the figure may mean; `None` where none is meant or one agrees.
fn disagreement<'a>(figure: &Figure, words: &Words<'_>, known: &[Known<'a>]) -> Option<&'a Fact> {
    let mark = figure.start..figure.end;
    let mut best: Option<(usize, &Known<'a>)> = None;
    let mut sentence: Option<(Range<usize>, String)> = None;
    for known in known.iter().filter(|known| known.may_be(figure)) {
        let (range, sentence) = sentence.get_or_insert_with(|| {
            let range = sentence::range(words.text, mark.clone());
            (range.clone(), words.text[range].to_ascii_lowercase())
        });
        let place = mark.start.saturating_sub(range.start);
        let Some(distance) = known.distance(sentence, place, &words.about) else { continue };
        if known.agrees(figure) || (figure.low > known.high && is_threshold(sentence, place)) {
            return None;
        }
        if best.is_none_or(|(nearest, _)| distance < nearest) {
            best = Some((distance, known));
        }
    }
    best.map(|(_, known)| known.fact)
}

/// "Call us if you are sore for more than 3 days" does not say how long soreness lasts.
fn is_threshold(sentence: &str, place: usize) -> bool {
    const MORE: [&str; 7] = ["more than", "longer than", "over", "beyond", "at least", "after", "past"];
    const CASES: [&str; 3] = ["if", "when", "unless"];
    let before = sentence.get(..place).unwrap_or_default().trim_end();
    let has_case = || before.split(|c: char| !c.is_alphanumeric()).any(|word| CASES.contains(&word));
    MORE.iter().any(|more| before.ends_with(more)) && has_case()
}

impl<'a> Known<'a> {
    fn new(fact: &'a Fact) -> Option<Self> {
        if fact.near.is_empty() {
            return None;
        }
        let (unit, scale) = unit_of(&fact.unit)?;
        let (low, high) = match fact.value {
            FactValue::One(one) => (one, one),
            FactValue::Range(low, high) => (low, high),
        };
        let near = fact.near.iter().map(|near| near.to_ascii_lowercase()).collect();
        Some(Self { fact, low: low * scale, high: high * scale, unit, near })
    }

    /// Whether a figure may mean the fact: alike units, and not ten times as much or as little. (Fifty hours of training
    /// in supervised sessions are not the length of a session. Ten was found on this site's own content.)
    fn may_be(&self, figure: &Figure) -> bool {
        const FAR: f64 = 10.0;
        let near = figure.low < self.high * FAR && figure.high * FAR > self.low;
        near && self.unit.is_like(&figure.unit)
    }

    fn agrees(&self, figure: &Figure) -> bool {
        // Half a percent for what is lost in turning weeks into months.
        const SLACK: f64 = 0.005;
        figure.low >= self.low * (1.0 - SLACK) && figure.high <= self.high * (1.0 + SLACK)
    }

    /// How far the nearest of the fact's words stands from a place in a sentence in lower case; words around it, such
    /// as the head of a column, are further than any in it.
    fn distance(&self, sentence: &str, place: usize, about: &[&str]) -> Option<usize> {
        let places = |near: &str| -> Option<usize> {
            let whole = sentence.match_indices(near).filter(|(at, _)| is_whole(sentence, *at, near.len()));
            whole.map(|(at, _)| at.abs_diff(place)).min()
        };
        let in_sentence = self.near.iter().filter_map(|near| places(near)).min();
        in_sentence.or_else(|| {
            let holds = |words: &&str| {
                let words = words.to_ascii_lowercase();
                let is_in = |near: &String| {
                    words.match_indices(&**near).any(|(at, _)| is_whole(&words, at, near.len()))
                };
                self.near.iter().any(is_in)
            };
            about.iter().any(holds).then_some(usize::MAX)
        })
    }
}

/// Whether the words at that place are whole ones; a plural counts.
fn is_whole(text: &str, at: usize, length: usize) -> bool {
    let rest = &text[at + length..];
    let rest = rest.strip_prefix('s').unwrap_or(rest);
    length > 0 && !text[..at].ends_with(char::is_alphanumeric) && !rest.starts_with(char::is_alphanumeric)
}
