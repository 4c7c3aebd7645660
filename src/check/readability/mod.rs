//! Readability: what a text asks of its reader, by counting.
//!
//! Pure functions over text. Only prose counts: paragraphs and list items, not headings, tables, code or captions;
//! the caller hands over such blocks. A figure is a word of one syllable. A score is a signal where to look first and
//! never a mark of quality (health.md, section 1.1), so nothing here decides anything.

mod formulas;
mod sentences;
mod syllables;
mod words;

pub use formulas::{automated_readability, coleman_liau, flesch_ease, flesch_kincaid, gunning_fog, smog};
pub use sentences::sentences;
pub use syllables::syllables;
pub use words::words;

use std::collections::BTreeMap;
use std::ops::AddAssign;

use serde::Serialize;

/// What was counted in a text; texts are added with `+=`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Sentences; a block of text ends one.
    pub sentences: usize,
    /// Words, figures among them.
    pub words: usize,
    /// Syllables.
    pub syllables: usize,
    /// Letters.
    pub letters: usize,
    /// Letters and digits.
    pub characters: usize,
    /// Words of three or more syllables.
    pub polysyllables: usize,
    /// Words of three or more syllables that Gunning calls hard: no names, no compounds of easy words, and none that
    /// has its third syllable from an ending in `es` or `ed`.
    pub hard_words: usize,
}

impl Counts {
    /// The mean length of a sentence in words; 0 where there is none.
    pub fn words_per_sentence(&self) -> f64 {
        self.words as f64 / self.sentences.max(1) as f64
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.sentences += other.sentences;
        self.words += other.words;
        self.syllables += other.syllables;
        self.letters += other.letters;
        self.characters += other.characters;
        self.polysyllables += other.polysyllables;
        self.hard_words += other.hard_words;
    }
}

/// The counts of a text as it stands, and with the explained terms taken as easy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Readability {
    /// As it stands.
    pub raw: Counts,
    /// With each word of a term that the page explains counted as two syllables at most. No standard defines this;
    /// the rule is ours (health.md, section 5.4).
    pub adjusted: Counts,
}

impl AddAssign for Readability {
    fn add_assign(&mut self, other: Self) {
        self.raw += other.raw;
        self.adjusted += other.adjusted;
    }
}

/// The words of a site's own terms, in lower case, each with its syllables where the glossary gives them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TermWords {
    counts: BTreeMap<String, Option<usize>>,
}

impl TermWords {
    /// Adds the words of a term; `syllables` holds for a term of one word.
    pub fn add(&mut self, term: &str, syllables: Option<usize>) {
        let one_word = words(term).count() == 1;
        for range in words(term) {
            let word = term[range].to_lowercase();
            self.counts.insert(word, syllables.filter(|_| one_word));
        }
    }

    /// Whether a word belongs to a term, and its stated syllables.
    fn find(&self, word: &str) -> Option<Option<usize>> {
        if self.counts.is_empty() {
            return None;
        }
        if let Some(&count) = self.counts.get(word) {
            return Some(count);
        }
        self.counts.get(&*word.to_lowercase()).copied()
    }
}

/// Counts one block of prose; `explained` are the terms that the page explains.
pub fn measure(block: &str, explained: &TermWords) -> Readability {
    let mut all = Readability::default();
    for sentence in sentences(block) {
        all += measure_sentence(&block[sentence], explained);
    }
    all
}

/// Counts one sentence.
pub fn measure_sentence(sentence: &str, explained: &TermWords) -> Readability {
    let mut all = Readability::default();
    all.raw.sentences = 1;
    for (index, range) in words(sentence).enumerate() {
        let word = &sentence[range];
        let term = explained.find(word);
        let count = term.flatten().unwrap_or_else(|| syllables(word));
        let hard = count >= 3 && is_hard(word, count, index == 0);
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let digits = word.chars().filter(|c| c.is_numeric()).count();
        let raw = &mut all.raw;
        raw.words += 1;
        raw.syllables += count;
        raw.letters += letters;
        raw.characters += letters + digits;
        raw.polysyllables += usize::from(count >= 3);
        raw.hard_words += usize::from(hard);
        if term.is_some() && count > 2 {
            all.adjusted.syllables += 2;
        } else {
            all.adjusted.syllables += count;
            all.adjusted.polysyllables += usize::from(count >= 3);
            all.adjusted.hard_words += usize::from(hard);
        }
    }
    all.adjusted = Counts {
        syllables: all.adjusted.syllables,
        polysyllables: all.adjusted.polysyllables,
        hard_words: all.adjusted.hard_words,
        ..all.raw
    };
    all
}

/// Whether Gunning counts a word of three or more syllables as hard.
fn is_hard(word: &str, count: usize, starts_sentence: bool) -> bool {
    let is_name = !starts_sentence && word.starts_with(char::is_uppercase);
    let is_compound = word.contains('-') && word.split('-').all(|part| syllables(part) < 3);
    let stem = word.strip_suffix(['s', 'd']).filter(|stem| stem.ends_with('e'));
    let by_ending = count == 3 && stem.is_some_and(|stem| syllables(stem) < 3);
    !is_name && !is_compound && !by_ending
}

/// The grades of a text.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Grades {
    /// Flesch Reading Ease; higher is easier.
    pub flesch_ease: f64,
    /// Flesch-Kincaid grade; the one that checks use.
    pub flesch_kincaid: f64,
    /// SMOG grade; `None` below ten sentences.
    pub smog: Option<f64>,
    /// Whether the SMOG grade is an estimate: there are fewer than thirty sentences.
    pub smog_is_estimate: bool,
    /// Gunning Fog.
    pub gunning_fog: f64,
    /// Coleman-Liau.
    pub coleman_liau: f64,
    /// Automated Readability Index.
    pub automated_readability: f64,
}

impl Grades {
    /// The grades of what was counted.
    pub fn of(counts: &Counts) -> Self {
        Self {
            flesch_ease: flesch_ease(counts),
            flesch_kincaid: flesch_kincaid(counts),
            smog: (counts.sentences >= 10).then(|| smog(counts)),
            smog_is_estimate: counts.sentences < 30,
            gunning_fog: gunning_fog(counts),
            coleman_liau: coleman_liau(counts),
            automated_readability: automated_readability(counts),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "Dry needling eases myofascial pain. It can hurt for 24 hours, e.g. after Dr. Lee treats you.";

    #[test]
    fn components_are_counted() {
        let counts = measure(TEXT, &TermWords::default()).raw;
        assert_eq!((counts.sentences, counts.words), (2, 18));
        // dry nee-dling eas-es my-o-fas-ci-al pain | it can hurt for 24 hours e g af-ter doc-tor...
        assert_eq!(counts.polysyllables, 1);
        assert_eq!(counts.letters + 2, counts.characters);
    }

    #[test]
    fn an_explained_term_counts_as_two_syllables() {
        let mut terms = TermWords::default();
        terms.add("myofascial pain", None);
        let both = measure(TEXT, &terms);
        assert_eq!(both.raw.syllables - both.adjusted.syllables, 3);
        assert_eq!(both.adjusted.polysyllables, 0);
        assert_eq!(both.raw.words, both.adjusted.words);
        assert!(flesch_kincaid(&both.adjusted) < flesch_kincaid(&both.raw));
    }

    #[test]
    fn a_glossary_states_the_syllables_of_its_term() {
        let mut terms = TermWords::default();
        terms.add("Qi", Some(1));
        assert_eq!(measure("Qi flows.", &terms).raw.syllables, 2);
    }

    #[test]
    fn names_compounds_and_endings_are_not_hard() {
        let counts =
            measure("Here Elizabeth needles well-being-ly and then increases it.", &TermWords::default()).raw;
        assert_eq!(counts.hard_words, 0);
        let counts = measure("The musculature matters.", &TermWords::default()).raw;
        assert_eq!(counts.hard_words, 1);
    }

    #[test]
    fn smog_is_an_estimate_below_thirty_sentences_and_nothing_below_ten() {
        let counts = Counts { sentences: 9, words: 90, polysyllables: 9, ..Counts::default() };
        assert_eq!(Grades::of(&counts).smog, None);
        let counts = Counts { sentences: 29, ..counts };
        assert!(Grades::of(&counts).smog.is_some() && Grades::of(&counts).smog_is_estimate);
    }

    #[test]
    fn no_text_has_no_grade_that_is_not_a_number() {
        let grades = Grades::of(&measure("", &TermWords::default()).raw);
        assert!(grades.flesch_kincaid.is_finite() && grades.flesch_ease.is_finite());
    }
}
