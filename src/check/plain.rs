//! Plain language by counting: grades and sentence lengths (health.md, PLN-1 to PLN-3).

use std::ops::Range;

use super::Subject;
use super::readability::{Readability, flesch_kincaid, measure_sentence, words};
use crate::diag::{self, Diagnostic};
use crate::source::Span;

/// The grade that is accepted: what the American Medical Association advises is 6, and most sites reach 8.
pub const ACCEPTED_GRADE: f64 = 8.0;
/// The grade above which more is said. Targets of health.md, section 2.6.
const FAR_ABOVE: f64 = 10.0;
/// How many grades a section may be harder than its page.
const STEP: f64 = 3.0;
/// Words of a sentence.
const LONG: usize = 25;
const LONGISH: usize = 20;
/// A grade of fewer words says nothing.
const ENOUGH_WORDS: usize = 100;
const ENOUGH_SENTENCES: usize = 3;
/// A page of so many sentences speaks to its reader somewhere.
const ENOUGH_TO_ADDRESS: usize = 10;

/// What is counted on a page.
pub struct PageReadability {
    /// The whole page.
    pub page: Readability,
    /// Each section of the prose, by index.
    pub sections: Vec<Readability>,
    /// The words of each sentence of running text, in reading order.
    sentence_words: Vec<(Range<u32>, usize)>,
}

/// Counts a page and its sections.
pub fn measure(subject: &Subject<'_>) -> PageReadability {
    let mut counted = PageReadability {
        page: Readability::default(),
        sections: vec![Readability::default(); subject.prose.sections().len()],
        sentence_words: Vec::new(),
    };
    for block in subject.running_blocks() {
        for sentence in subject.prose.sentences_of(block) {
            let text = subject.prose.slice(sentence.clone());
            let own = measure_sentence(text, &subject.knowledge.term_words);
            counted.sections[block.section as usize] += own;
            counted.sentence_words.push((sentence.clone(), own.raw.words));
        }
    }
    for section in &counted.sections {
        counted.page += *section;
    }
    counted
}

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let counted = measure(subject);
    let (raw, adjusted) = (flesch_kincaid(&counted.page.raw), flesch_kincaid(&counted.page.adjusted));
    if counted.page.raw.words >= ENOUGH_WORDS && adjusted > ACCEPTED_GRADE {
        let message = format!("the page reads at grade {adjusted:.1} ({raw:.1} with its terms)");
        let how = if adjusted > FAR_ABOVE { "far above" } else { "above" };
        found.push(
            subject
                .finding(diag::HARD_TO_READ, subject.place(), message)
                .with_note(format!("that is {how} grade {ACCEPTED_GRADE:.0}; the aim is 6"))
                .with_help("split long sentences first, then look for plainer words"),
        );
    }
    for (section, counts) in subject.prose.sections().iter().zip(&counted.sections) {
        let grade = flesch_kincaid(&counts.adjusted);
        let enough = counts.raw.words >= ENOUGH_WORDS / 2 && counts.raw.sentences >= ENOUGH_SENTENCES;
        if section.heading.is_some() && enough && grade > adjusted + STEP && grade > ACCEPTED_GRADE {
            let message = format!("the section reads at grade {grade:.1}, the page at {adjusted:.1}");
            found.push(subject.finding(diag::HARDER_SECTION, section.span, message).with_help("start here"));
        }
    }
    check_sentences(subject, &counted.sentence_words, found);
    if counted.sentence_words.len() >= ENOUGH_TO_ADDRESS && !says_you(subject) {
        found.push(
            subject
                .finding(diag::DISTANT_READER, subject.place(), "the page never says `you`")
                .with_help("speak to the reader: `you may feel sore`, not `patients may feel sore`"),
        );
    }
}

/// Whether the running text speaks to the reader.
fn says_you(subject: &Subject<'_>) -> bool {
    const WORDS: [&str; 4] = ["you", "your", "yours", "yourself"];
    subject.running_blocks().any(|block| {
        let text = subject.prose.block_text(block);
        words(text).any(|word| WORDS.iter().any(|you| text[word.clone()].eq_ignore_ascii_case(you)))
    })
}

fn check_sentences(subject: &Subject<'_>, sentences: &[(Range<u32>, usize)], found: &mut Vec<Diagnostic>) {
    let mut longish: Vec<Span> = Vec::new();
    for (sentence, count) in sentences.iter().filter(|(_, count)| *count > LONGISH) {
        let span = subject.prose.span(sentence.clone());
        if *count > LONG {
            found.push(
                subject
                    .finding(diag::LONG_SENTENCE, span, format!("the sentence has {count} words"))
                    .with_help("make it two, or a list"),
            );
        } else {
            longish.push(span);
        }
    }
    // A few are fine; a habit is not.
    if let [first, _, _, _, ..] = longish.as_slice() {
        let message = format!("{} sentences have more than {LONGISH} words", longish.len());
        found.push(
            subject
                .finding(diag::LONGISH_SENTENCES, *first, message)
                .with_help("split those that can be split"),
        );
    }
}
