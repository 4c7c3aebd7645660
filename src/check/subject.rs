//! What a check looks at: a page with its prose, and what the site knows.

use std::collections::HashSet;
use std::ops::Range;

use jiff::civil::Date;

use super::prose::{BlockKind, Prose, ProseBlock, Reading, prose};
use super::readability::{TermWords, words};
use super::rules::RuleSet;
use crate::aspect::Aspect;
use crate::config::{Config, Kind};
use crate::diag::{Code, Diagnostic};
use crate::front_matter::{Certainty, Evidence};
use crate::markdown::Shortcode;
use crate::page::Page;
use crate::registry::Registries;
use crate::source::Span;

/// What checks know of the site beside the page.
pub struct Knowledge<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// The registries.
    pub registries: &'a Registries,
    /// The wording rules.
    pub rules: &'a RuleSet,
    /// The words of the glossary, for the term-adjusted grade.
    pub term_words: TermWords,
    term_forms: HashSet<String>,
}

impl<'a> Knowledge<'a> {
    /// Gathers what is used for every page; made once for a site.
    pub fn new(config: &'a Config, registries: &'a Registries, rules: &'a RuleSet) -> Self {
        let mut term_words = TermWords::default();
        let mut term_forms = HashSet::new();
        for term in registries.glossary.iter() {
            let syllables = term.syllables.map(|count| count as usize);
            term_words.add(&term.term.value, syllables);
            term_forms.insert(term.term.value.to_lowercase());
            for form in &term.forms {
                term_words.add(&form.value, None);
                term_forms.insert(form.value.to_lowercase());
            }
        }
        Self { config, registries, rules, term_words, term_forms }
    }

    /// Whether the glossary holds a word, or a term that starts or ends with it; the word in lower case.
    pub fn explains(&self, word: &str) -> bool {
        self.term_forms.contains(word)
            || self.term_forms.iter().any(|form| words(form).any(|range| &form[range] == word))
    }
}

/// A page as checks see it.
pub struct Subject<'a> {
    /// The page.
    pub page: &'a Page,
    /// Its words.
    pub prose: Prose,
    /// What the site knows.
    pub knowledge: &'a Knowledge<'a>,
    /// Its kind; `None` for one that is not declared.
    pub kind: Option<&'a Kind>,
    /// Whether it is about health.
    pub health: bool,
    /// Whether it is about a treatment.
    pub treatment: bool,
    /// Whether it is the page of a condition.
    pub condition: bool,
    /// Whether the site itself declares the page's kind.
    pub declared: bool,
    /// Whether it is in English, which the wording checks are made for.
    pub english: bool,
    /// The day of the build.
    pub today: Date,
}

impl<'a> Subject<'a> {
    /// The page with what checks ask about it.
    pub fn new(page: &'a Page, knowledge: &'a Knowledge<'a>, today: Date) -> Self {
        let kind = knowledge.config.kind(&page.interface.kind);
        let fact = |id: &str| knowledge.registries.fact(id, &page.interface.language);
        let shortcode = |shortcode: &Shortcode| match &*shortcode.name {
            "fact" => fact(shortcode.text("id")?).map(|fact| fact.text.clone()),
            _ => shortcode.text("text").map(str::to_owned),
        };
        let aspect = |index: u32| {
            page.sections
                .iter()
                .find(|section| section.heading == Some(index))
                .and_then(|section| section.aspect)
        };
        let prose =
            prose(&page.front_matter, &page.document, Reading { aspect: &aspect, shortcode: &shortcode });
        Self {
            page,
            prose,
            knowledge,
            kind,
            health: kind.is_some_and(|kind| kind.health) && !page.path.is_section(),
            treatment: kind.is_some_and(|kind| kind.treatment) && !page.path.is_section(),
            condition: page.interface.kind.as_str() == "condition" && !page.path.is_section(),
            declared: kind.is_some_and(|kind| kind.span.is_some()),
            english: page.interface.language.starts_with("en"),
            today,
        }
    }

    /// A finding in the page at its code's own level.
    pub fn finding(&self, code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, self.prose.file(), span, message)
    }

    /// A finding about a stretch of the prose.
    pub fn finding_in(&self, code: Code, range: Range<u32>, message: impl Into<String>) -> Diagnostic {
        self.finding(code, self.prose.span(range), message)
    }

    /// Where a finding about the page as a whole points: its title, or the start of its front matter.
    pub fn place(&self) -> Span {
        let front = &self.page.front_matter;
        front.key_span("title").unwrap_or(Span { start: front.block.start, end: front.block.start })
    }

    /// Where a finding about a key of the front matter points: the key, or the page's place.
    pub fn key_place(&self, key: &str) -> Span {
        self.page.front_matter.key_span(key).unwrap_or_else(|| self.place())
    }

    /// The blocks that stand in a section of one of the aspects, headings left out.
    pub fn blocks_of<'s>(&'s self, aspects: &'s [Aspect]) -> impl Iterator<Item = &'s ProseBlock> {
        self.prose.blocks().iter().filter(move |block| {
            !matches!(block.kind, BlockKind::Heading(_))
                && self.prose.section_of(block).aspect.is_some_and(|aspect| aspects.contains(&aspect))
        })
    }

    /// The heading of the first section of one of the aspects.
    pub fn section_span(&self, aspects: &[Aspect]) -> Option<Span> {
        let mut sections = self.prose.sections().iter();
        let section = sections.find(|section| {
            section.heading.is_some() && section.aspect.is_some_and(|aspect| aspects.contains(&aspect))
        })?;
        Some(section.span)
    }

    /// The number of words in sections of the aspects.
    pub fn words_of(&self, aspects: &[Aspect]) -> usize {
        self.blocks_of(aspects).map(|block| words(self.prose.block_text(block)).count()).sum()
    }

    /// The blocks whose sentences the page itself says: paragraphs, list items, care cards.
    pub fn running_blocks(&self) -> impl Iterator<Item = &ProseBlock> {
        self.prose.blocks().iter().filter(|block| block.kind.is_running_text())
    }

    /// What is known of benefits, as the front matter says.
    pub fn evidence(&self) -> &[Evidence] {
        self.page.front_matter.condition.as_ref().map_or(&[], |condition| &condition.evidence)
    }

    /// The surest of the page's evidence.
    pub fn certainty(&self) -> Option<Certainty> {
        let certainties = self.evidence().iter().filter_map(|evidence| evidence.certainty.as_ref());
        certainties.map(|certainty| certainty.value).max()
    }
}
