//! Wording rules: data in rule files, matched in one pass over a page's prose.
//!
//! A [`Rule`] is read from TOML by [`read`]; the program's own pack is [`default_rules`]. A [`RuleSet`] joins packs,
//! where a later rule replaces an earlier one of the same name, and [`RuleSet::apply`] gives the findings of a page.
//! Nothing here knows a subject: what is wrong to say stands in the files.

mod anchors;
mod apply;
mod examples;
mod pack;
mod pattern;
mod refusal;

pub use apply::{Context, RuleSet};
pub use examples::test_examples;
pub use pack::{RULE_FIELDS, default_rules, read, rules_schema};
pub use pattern::Pattern;

use crate::aspect::Aspect;
use crate::check::prose::BlockKind;
use crate::diag::{Code, Severity};
use crate::front_matter::Certainty;
use crate::name::SitePath;
use crate::source::Span;

/// One rule on wording.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// The rule's own name; a site's rule of the same name replaces the program's.
    pub name: String,
    /// The code of its findings; several rules may share one.
    pub code: Code,
    /// How it looks.
    pub kind: RuleKind,
    /// Where it looks.
    pub scope: Scope,
    /// The level of its findings.
    pub severity: Severity,
    /// The level where the finding stands in the title.
    pub title_severity: Severity,
    /// Whether it holds on pages about health alone.
    pub health: bool,
    /// What is wrong; `{match}` stands for the words found, `{to}` for what to write.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// What makes a match right after all: one of these, each of which may ask for several things at once.
    pub unless: Vec<Vec<Unless>>,
    /// Patterns that, in the same sentence, make a match right.
    pub unless_near: Vec<Pattern>,
    /// Who says so.
    pub source: String,
    /// Texts that the rule must find.
    pub hit: Vec<String>,
    /// Texts that the rule must not find.
    pub pass: Vec<String>,
    /// Where the rule is written.
    pub file: SitePath,
    /// Where in that file.
    pub span: Span,
}

/// How a rule looks.
#[derive(Clone, Debug, PartialEq)]
pub enum RuleKind {
    /// Each match is a finding.
    Existence(Vec<Pattern>),
    /// Each match is a finding with the words to write in its place.
    Substitution(Vec<(Pattern, String)>),
    /// The first match is a finding where nothing on the page matches the needed patterns.
    Requires {
        /// What calls for the others.
        patterns: Vec<Pattern>,
        /// One of these must stand on the page.
        needs: Vec<Pattern>,
    },
    /// The first match is a finding where there are too many.
    Occurrence {
        /// What is counted.
        patterns: Vec<Pattern>,
        /// The most matches on a page.
        max: Option<u32>,
        /// The highest share of sentences with a match, 0 to 1.
        max_share: Option<f64>,
    },
    /// Each match with one of the other patterns within so many words of the same sentence is a finding; where
    /// `absent` is set, each match without.
    Pair {
        /// What is looked for.
        patterns: Vec<Pattern>,
        /// What stands near it.
        near: Vec<Pattern>,
        /// How many words may lie between.
        within: u32,
        /// Whether the finding is that it does not stand there.
        absent: bool,
    },
    /// A page whose figure is too high is a finding.
    Metric {
        /// The figure.
        metric: Metric,
        /// The highest value that is right.
        max: f64,
    },
}

/// A figure of a page's running text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// Words in all.
    Words,
    /// Sentences in all.
    Sentences,
    /// Words of a sentence, the mean.
    WordsPerSentence,
    /// Flesch-Kincaid grade.
    Grade,
    /// Flesch Reading Ease, below which is worse; the figure is 100 minus it.
    Difficulty,
}

impl Metric {
    const NAMES: [(&str, Self); 5] = [
        ("words", Self::Words),
        ("sentences", Self::Sentences),
        ("words-per-sentence", Self::WordsPerSentence),
        ("grade", Self::Grade),
        ("difficulty", Self::Difficulty),
    ];
}

/// What makes a match right after all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unless {
    /// The sentence, or the rest of its paragraph behind it, holds a citation.
    Cited,
    /// The paragraph holds a citation or a fact with sources, or the words that lead in its list do.
    ParagraphCited,
    /// The words stand under a negation: `not a cure`.
    Negated,
    /// The sentence is a question.
    Question,
    /// The paragraph holds a link.
    Linked,
    /// The words stand in quotation marks, as words that are spoken about.
    Quoted,
    /// The page explains the word, or the glossary does.
    Explained,
    /// The sentence or paragraph says as of when.
    Dated,
    /// The page's evidence is at least this sure.
    Grade(Certainty),
}

impl Unless {
    /// The excuses of one entry: `cited and grade>=moderate` asks for both.
    fn all(names: &str) -> Option<Vec<Self>> {
        names.split(" and ").map(|name| Self::new(name.trim())).collect()
    }

    fn new(name: &str) -> Option<Self> {
        Some(match name {
            "cited" => Self::Cited,
            "paragraph-cited" => Self::ParagraphCited,
            "negated" => Self::Negated,
            "question" => Self::Question,
            "linked" => Self::Linked,
            "quoted" => Self::Quoted,
            "explained" => Self::Explained,
            "dated" => Self::Dated,
            "grade>=low" => Self::Grade(Certainty::Low),
            "grade>=moderate" => Self::Grade(Certainty::Moderate),
            "grade>=high" => Self::Grade(Certainty::High),
            _ => return None,
        })
    }

    const NAMES: [&str; 11] = [
        "cited",
        "paragraph-cited",
        "negated",
        "question",
        "linked",
        "quoted",
        "explained",
        "dated",
        "grade>=low",
        "grade>=moderate",
        "grade>=high",
    ];
}

/// Where a rule looks.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Scope {
    parts: Vec<Part>,
    aspects: Vec<Aspect>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Title,
    Description,
    KeyMessage,
    Heading,
    Prose,
    List,
    Table,
    Caption,
    Card,
    Quote,
}

impl Part {
    const NAMES: [(&str, Self); 10] = [
        ("title", Self::Title),
        ("description", Self::Description),
        ("key_message", Self::KeyMessage),
        ("heading", Self::Heading),
        ("prose", Self::Prose),
        ("list", Self::List),
        ("table", Self::Table),
        ("caption", Self::Caption),
        ("card", Self::Card),
        ("quote", Self::Quote),
    ];

    fn of(kind: BlockKind) -> Self {
        match kind {
            BlockKind::Title => Self::Title,
            BlockKind::Description => Self::Description,
            BlockKind::KeyMessage => Self::KeyMessage,
            BlockKind::Heading(_) => Self::Heading,
            BlockKind::Paragraph | BlockKind::Footnote => Self::Prose,
            BlockKind::ListItem => Self::List,
            BlockKind::TableCell => Self::Table,
            BlockKind::Quote => Self::Quote,
            BlockKind::CareCard => Self::Card,
            BlockKind::Caption => Self::Caption,
        }
    }
}

impl Scope {
    fn add(&mut self, name: &str) -> bool {
        if let Some(aspect) = name.strip_prefix("section:") {
            return Aspect::new(aspect).map(|aspect| self.aspects.push(aspect)).is_some();
        }
        let part = Part::NAMES.iter().find(|(known, _)| *known == name);
        part.map(|(_, part)| self.parts.push(*part)).is_some()
    }

    /// Whether the rule looks at such a block: all but quotations where the rule names no part.
    fn holds(&self, kind: BlockKind, aspect: Option<Aspect>) -> bool {
        let part = Part::of(kind);
        let fits = if self.parts.is_empty() { part != Part::Quote } else { self.parts.contains(&part) };
        fits && (self.aspects.is_empty() || aspect.is_some_and(|aspect| self.aspects.contains(&aspect)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::summary;

    #[test]
    fn every_shipped_rule_keeps_its_examples() {
        let found = test_examples(&default_rules());
        let messages: Vec<&str> = found.iter().map(|finding| finding.message.as_str()).collect();
        assert!(found.is_empty(), "{}\n{}", summary(&found), messages.join("\n"));
    }

    #[test]
    fn every_shipped_rule_has_a_code_a_source_and_the_level_of_its_code() {
        for rule in default_rules() {
            let info = rule.code.info().unwrap_or_else(|| panic!("{} has no explanation", rule.code));
            assert!(!rule.source.is_empty(), "{}", rule.name);
            let raised = rule.name == "passive-key-message";
            assert!(rule.severity == info.severity || raised, "{}", rule.name);
        }
    }
}
