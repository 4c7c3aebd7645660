//! One pass over a page's prose for all rules.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use super::anchors::Anchors;
use super::pattern::Beside;
use super::refusal::{is_dated, is_explained, is_negated, is_question, is_quoted};
use super::{Metric, Pattern, Rule, RuleKind, Unless};
use crate::check::prose::{BlockKind, Prose, ProseBlock};
use crate::check::readability::{
    Readability, TermWords, flesch_ease, flesch_kincaid, measure_sentence, words,
};
use crate::diag::{Diagnostic, Severity};
use crate::front_matter::Certainty;

/// What a rule asks about the page around the words.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Whether the page is about health.
    pub health: bool,
    /// How sure the page's evidence is, at its surest.
    pub certainty: Option<Certainty>,
    /// Whether the site or page explains a word, given in lower case.
    pub explains: &'a dyn Fn(&str) -> bool,
}

impl Default for Context<'_> {
    fn default() -> Self {
        Self { health: true, certainty: None, explains: &|_| false }
    }
}

/// Rules, ready to be applied to any number of pages.
#[derive(Debug)]
pub struct RuleSet {
    rules: Vec<Rule>,
    /// What is looked for on pages about health: all rules.
    of_health: Index,
    /// The same on all other pages.
    of_others: Index,
}

/// Where the patterns of rules are anchored.
#[derive(Debug)]
struct Index {
    anchors: Anchors,
    /// For each anchor: the word, and the rules' patterns that are anchored on it.
    anchored: Vec<(String, Vec<Anchored>)>,
}

#[derive(Clone, Copy, Debug)]
struct Anchored {
    rule: u32,
    pattern: u32,
    /// Which form of the pattern's anchor the word is.
    form: u32,
    /// What may stand beside it.
    beside: Beside,
}

/// A match of a rule's pattern in the right place.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Hit {
    rule: u32,
    pattern: u32,
    range: Range<u32>,
    anchor_end: u32,
}

impl RuleSet {
    /// Joins rules; one of the same name as an earlier one takes its place.
    pub fn new(rules: impl IntoIterator<Item = Rule>) -> Self {
        let mut joined: Vec<Rule> = Vec::new();
        for rule in rules {
            match joined.iter_mut().find(|earlier| earlier.name == rule.name) {
                Some(earlier) => *earlier = rule,
                None => joined.push(rule),
            }
        }
        let (of_health, of_others) =
            (Index::new(&joined, |_| true), Index::new(&joined, |rule| !rule.health));
        Self { rules: joined, of_health, of_others }
    }

    /// The rules in the order given.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// What the rules find on a page.
    pub fn apply(&self, prose: &Prose, context: Context<'_>) -> Vec<Diagnostic> {
        let mut hits = self.hits(prose, context);
        hits.sort_by_key(|hit| (hit.rule, hit.range.start, Reverse(hit.range.end), hit.anchor_end));
        hits.dedup_by(|later, earlier| later.rule == earlier.rule && later.range.start < earlier.range.end);
        let mut found = Vec::new();
        for of_rule in hits.chunk_by(|a, b| a.rule == b.rule) {
            let rule = &self.rules[of_rule[0].rule as usize];
            let guilty = of_rule.iter().filter(|hit| !is_right(rule, hit, prose, context));
            judge(rule, guilty.collect(), prose, &mut found);
        }
        for rule in &self.rules {
            if let RuleKind::Metric { metric, max } = rule.kind
                && (context.health || !rule.health)
            {
                found.extend(judge_metric(rule, metric, max, prose));
            }
        }
        drop_doubles(found)
    }

    fn hits(&self, prose: &Prose, context: Context<'_>) -> Vec<Hit> {
        let text = prose.text();
        let mut hits = Vec::new();
        let index = if context.health { &self.of_health } else { &self.of_others };
        index.anchors.each_in(text, |word, start| {
            let (word, anchored) = &index.anchored[word];
            let found_beside = Beside::of(text, start, start + word.len());
            let may_match = |anchored: &&Anchored| anchored.beside.admits(found_beside);
            for &Anchored { rule: rule_index, pattern, form, .. } in anchored.iter().filter(may_match) {
                let rule = &self.rules[rule_index as usize];
                let own = &rule.kind.main_pattern(pattern as usize);
                let Some(range) = own.and_then(|own| own.match_at(text, start, form as usize)) else {
                    continue;
                };
                let range = range.start as u32..range.end as u32;
                let block = prose.block_at(range.start);
                if block.is_some_and(|block| is_in_scope(rule, prose, block, &range)) {
                    let anchor_end = (start + word.len()) as u32;
                    hits.push(Hit { rule: rule_index, pattern, range, anchor_end });
                }
            }
        });
        hits
    }
}

impl Index {
    /// The index of those rules that are looked for.
    fn new(rules: &[Rule], is_looked_for: impl Fn(&Rule) -> bool) -> Self {
        let mut by_word: BTreeMap<String, Vec<Anchored>> = BTreeMap::new();
        for (rule_index, rule) in rules.iter().enumerate().filter(|(_, rule)| is_looked_for(rule)) {
            for (index, pattern) in rule.kind.main_patterns().enumerate() {
                for word in pattern.anchors() {
                    let (form, beside) = (pattern.form_of(word) as u32, pattern.beside_anchor());
                    let (rule, pattern) = (rule_index as u32, index as u32);
                    by_word.entry(word.to_owned()).or_default().push(Anchored {
                        rule,
                        pattern,
                        form,
                        beside,
                    });
                }
            }
        }
        let anchors = Anchors::new(by_word.keys().cloned().collect());
        Self { anchors, anchored: by_word.into_iter().collect() }
    }
}

impl RuleKind {
    /// The patterns that a rule starts from.
    fn main_patterns(&self) -> impl Iterator<Item = &Pattern> {
        (0..).map_while(|index| self.main_pattern(index))
    }

    fn main_pattern(&self, index: usize) -> Option<&Pattern> {
        match self {
            Self::Existence(patterns)
            | Self::Requires { patterns, .. }
            | Self::Occurrence { patterns, .. }
            | Self::Pair { patterns, .. } => patterns.get(index),
            Self::Substitution(swaps) => swaps.get(index).map(|(pattern, _)| pattern),
            Self::Metric { .. } => None,
        }
    }
}

fn is_in_scope(rule: &Rule, prose: &Prose, block: &ProseBlock, range: &Range<u32>) -> bool {
    range.end <= block.range.end && rule.scope.holds(block.kind, prose.section_of(block).aspect)
}

/// Whether the words around a match make it right.
fn is_right(rule: &Rule, hit: &Hit, prose: &Prose, context: Context<'_>) -> bool {
    let Some(block) = prose.block_at(hit.range.start) else {
        return true;
    };
    let sentence_range = prose.sentence_at(block, hit.range.start);
    let sentence = prose.slice(sentence_range.clone());
    let start = (hit.range.start - sentence_range.start) as usize;
    let end = ((hit.range.end - sentence_range.start) as usize).min(sentence.len());
    let excuse = |unless: &Unless| match unless {
        Unless::Cited => prose.is_cited(&(hit.range.start..block.range.end)),
        Unless::ParagraphCited => prose.is_paragraph_cited(block),
        Unless::Negated => is_negated(sentence, start),
        Unless::Question => is_question(sentence),
        Unless::Linked => prose.is_linked(&block.range),
        Unless::Quoted => is_quoted(sentence, start, end),
        Unless::Explained => {
            is_explained(sentence, start, end) || (context.explains)(&sentence[start..end].to_lowercase())
        }
        Unless::Dated => is_dated(prose.block_text(block)) || prose.is_inserted(&hit.range),
        Unless::Grade(grade) => context.certainty >= Some(*grade),
    };
    rule.unless.iter().any(|all| all.iter().all(&excuse))
        || rule.unless_near.iter().any(|pattern| pattern.find(sentence).is_some())
}

fn judge(rule: &Rule, hits: Vec<&Hit>, prose: &Prose, found: &mut Vec<Diagnostic>) {
    match &rule.kind {
        RuleKind::Existence(_) => found.extend(hits.into_iter().map(|hit| finding(rule, hit, prose))),
        RuleKind::Substitution(swaps) => {
            for hit in hits {
                found.push(substitution(rule, hit, &swaps[hit.pattern as usize].1, prose));
            }
        }
        RuleKind::Requires { needs, .. } => {
            if let Some(first) = hits.first()
                && !needs.iter().any(|need| need.find(prose.text()).is_some())
            {
                found.push(finding(rule, first, prose));
            }
        }
        RuleKind::Occurrence { max, max_share, .. } => {
            let sentences = running_sentences(prose).count().max(1);
            let limit = match (max, max_share) {
                (Some(max), _) => *max as usize,
                (None, Some(share)) => (share * sentences as f64) as usize,
                (None, None) => usize::MAX,
            };
            // A share says nothing about a handful of sentences.
            let is_enough = max.is_some() || sentences >= 10;
            if let Some(hit) = hits.get(limit).filter(|_| is_enough) {
                let count = hits.len();
                let share = 100 * count / sentences;
                let mut finding = finding(rule, hit, prose);
                let message = finding.message.replace("{count}", &count.to_string());
                finding.message = message.replace("{share}", &share.to_string());
                found.push(finding);
            }
        }
        RuleKind::Pair { near, within, absent, .. } => {
            for hit in hits {
                if is_near(hit, near, *within, prose) != *absent {
                    found.push(finding(rule, hit, prose));
                }
            }
        }
        RuleKind::Metric { .. } => {}
    }
}

/// Whether one of the patterns stands in the hit's sentence with at most `within` words between.
fn is_near(hit: &Hit, near: &[Pattern], within: u32, prose: &Prose) -> bool {
    let Some(block) = prose.block_at(hit.range.start) else {
        return false;
    };
    let sentence_range = prose.sentence_at(block, hit.range.start);
    let sentence = prose.slice(sentence_range.clone());
    let start = (hit.range.start - sentence_range.start) as usize;
    let end = ((hit.range.end - sentence_range.start) as usize).min(sentence.len());
    let word_count = |text: &str| words(text).count() as u32;
    near.iter().any(|pattern| {
        let behind =
            pattern.find(&sentence[end..]).filter(|at| word_count(&sentence[end..end + at.start]) <= within);
        let before =
            pattern.find(&sentence[..start]).filter(|at| word_count(&sentence[at.end..start]) <= within);
        behind.is_some() || before.is_some()
    })
}

fn finding(rule: &Rule, hit: &Hit, prose: &Prose) -> Diagnostic {
    let words = prose.slice(hit.range.clone());
    let in_title = prose.block_at(hit.range.start).is_some_and(|block| block.kind == BlockKind::Title);
    let severity = if in_title { rule.title_severity } else { rule.severity };
    build(rule, severity, prose, prose.span(hit.range.clone()), &rule.message.replace("{match}", words))
}

fn build(
    rule: &Rule,
    severity: Severity,
    prose: &Prose,
    span: crate::source::Span,
    message: &str,
) -> Diagnostic {
    let mut finding = Diagnostic::new(rule.code.clone(), prose.file(), span, message).with_severity(severity);
    finding.help.clone_from(&rule.help);
    if !rule.source.is_empty() {
        finding.notes.push(format!("source: {}", rule.source));
    }
    finding
}

fn substitution(rule: &Rule, hit: &Hit, to: &str, prose: &Prose) -> Diagnostic {
    let words = prose.slice(hit.range.clone());
    let to = if words.starts_with(char::is_uppercase) { capitalised(to) } else { to.to_owned() };
    let mut finding = finding(rule, hit, prose);
    finding.message = finding.message.replace("{to}", &to);
    finding.help = finding.help.map(|help| help.replace("{to}", &to));
    let span = finding.primary.span;
    // Where the author's bytes differ from what is read, a change could harm the markup.
    if !to.is_empty() && !to.contains('/') && span.len() == words.len() {
        finding = finding.with_edit(span, to);
    }
    finding
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn running_sentences(prose: &Prose) -> impl Iterator<Item = &Range<u32>> {
    prose
        .blocks()
        .iter()
        .filter(|block| block.kind.is_running_text())
        .flat_map(|block| prose.sentences_of(block))
}

fn judge_metric(rule: &Rule, metric: Metric, max: f64, prose: &Prose) -> Option<Diagnostic> {
    let mut all = Readability::default();
    for block in prose.blocks().iter().filter(|block| block.kind.is_running_text()) {
        if rule.scope.holds(block.kind, prose.section_of(block).aspect) {
            for sentence in prose.sentences_of(block) {
                all += measure_sentence(prose.slice(sentence.clone()), &TermWords::default());
            }
        }
    }
    let counts = all.raw;
    let value = match metric {
        Metric::Words => counts.words as f64,
        Metric::Sentences => counts.sentences as f64,
        Metric::WordsPerSentence => counts.words_per_sentence(),
        Metric::Grade => flesch_kincaid(&counts),
        Metric::Difficulty => 100.0 - flesch_ease(&counts),
    };
    let place = prose.blocks().first()?.span;
    (counts.words > 0 && value > max).then(|| {
        let message = rule.message.replace("{match}", &format!("{value:.1}"));
        build(rule, rule.severity, prose, place, &message.replace("{max}", &max.to_string()))
    })
}

/// Leaves one finding where two of a code overlap, the longer one.
fn drop_doubles(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    found.sort_by(|a, b| {
        let key = |finding: &Diagnostic| {
            let span = finding.primary.span;
            (finding.code.clone(), span.start, Reverse(span.end))
        };
        key(a).cmp(&key(b))
    });
    found.dedup_by(|later, earlier| {
        later.code == earlier.code && later.primary.span.start < earlier.primary.span.end
    });
    found
}
