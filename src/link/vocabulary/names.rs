//! Which names go into the vocabulary, and which are refused.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::words::{self, Endings, LexemeKind};
use super::{Meaning, Vocabulary, flag};
use crate::catalog::{Catalog, PageId};
use crate::config::Config;
use crate::diag::{self, Diagnostic};
use crate::name::SitePath;
use crate::page::PageInterface;
use crate::registry::Registries;
use crate::source::Span;

/// The longest name, in characters.
const MAX_CHARACTERS: usize = 200;
/// The most words of a name.
const MAX_WORDS: usize = 24;

/// A name as written, with its place.
struct Name<'a> {
    text: &'a str,
    meaning: Owner<'a>,
    file: SitePath,
    span: Span,
    language: &'a Arc<str>,
}

#[derive(Clone, Copy, PartialEq)]
enum Owner<'a> {
    Condition(PageId, &'a PageInterface),
    Term(u32, &'a str),
}

impl Owner<'_> {
    fn is_same(self, other: Self) -> bool {
        match (self, other) {
            (Self::Condition(a, _), Self::Condition(b, _)) => a == b,
            (Self::Term(a, _), Self::Term(b, _)) => a == b,
            _ => false,
        }
    }

    fn words(self) -> String {
        match self {
            Self::Condition(_, page) => format!("the condition “{}”", page.title),
            Self::Term(_, id) => format!("the term `{id}`"),
        }
    }
}

/// A name taken apart.
struct Path {
    numbers: Vec<u32>,
    ends_possessive: bool,
    /// How many of the numbers are words.
    words: usize,
}

pub(super) fn add_all(
    vocabulary: &mut Vocabulary,
    catalog: &Catalog,
    registries: &Registries,
    config: &Config,
) -> Vec<Diagnostic> {
    let default: Arc<str> = Arc::from(config.language.as_str());
    let mut adder = Adder { vocabulary, claims: BTreeMap::new(), diagnostics: Vec::new() };
    let conditions = catalog.ids().filter(|id| catalog.is_listed(*id)).filter_map(|id| {
        let page = catalog.page(id);
        page.condition.as_ref().map(|condition| (id, page, condition))
    });
    let conditions: Vec<_> = conditions.collect();
    for &(id, page, condition) in &conditions {
        let own = std::iter::once((&page.title, page.address_span));
        let others = condition.also_called.iter().map(|(name, span)| (name, *span));
        for (text, span) in own.chain(others) {
            let meaning = Owner::Condition(id, page);
            adder.add(Name { text, meaning, file: page.path.site_path(), span, language: &page.language });
        }
    }
    for (index, term) in registries.glossary.iter().enumerate() {
        for form in std::iter::once(&term.term).chain(&term.forms) {
            let meaning = Owner::Term(index as u32, term.id.as_str());
            let file = glossary_file();
            adder.add(Name { text: &form.value, meaning, file, span: form.span, language: &default });
        }
    }
    for &(id, page, condition) in &conditions {
        for (name, _) in &condition.search_only {
            adder.add_search_only(name, id, &page.language);
        }
    }
    adder.add_parts_of_titles(&conditions.iter().map(|(id, page, _)| (*id, *page)).collect::<Vec<_>>());
    let mut diagnostics = adder.diagnostics;
    let in_languages = registries.regions_in.iter().map(|(language, regions)| (language.as_str(), regions));
    for (language, regions) in std::iter::once((&*default, &registries.regions)).chain(in_languages) {
        for words in regions.iter().flat_map(|region| std::iter::once(&region.label).chain(&region.words)) {
            vocabulary.flag_words(words, Endings::of(language), flag::PART | flag::BODY);
        }
    }
    diag::sort(&mut diagnostics);
    diagnostics
}

fn glossary_file() -> SitePath {
    SitePath::new("content/glossary.toml").expect("the path is well formed")
}

struct Adder<'v, 'a> {
    vocabulary: &'v mut Vocabulary,
    /// Who claimed the path to a node first.
    claims: BTreeMap<u32, Name<'a>>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Adder<'_, 'a> {
    /// Adds a name that becomes a link or an explanation.
    fn add(&mut self, name: Name<'a>) {
        let path = match self.path(name.text, name.language) {
            Ok(path) => path,
            Err(why) => return self.refuse(&name, why),
        };
        let node = self.node(&path, name.language);
        if let Some(first) = self.claims.get(&node) {
            if !first.meaning.is_same(name.meaning) {
                self.diagnostics.push(claimed_twice(first, &name));
            }
            return;
        }
        let is_condition = matches!(name.meaning, Owner::Condition(..));
        self.vocabulary.meanings[node as usize] = match name.meaning {
            Owner::Condition(page, _) => Meaning::Condition(page, path.ends_possessive),
            Owner::Term(index, _) => Meaning::Term(index, path.ends_possessive),
        };
        if is_condition {
            self.flag(&path, true);
        }
        self.claims.insert(node, name);
    }

    /// Adds a name that is never linked; other names of the same words win.
    fn add_search_only(&mut self, text: &str, page: PageId, language: &Arc<str>) {
        let Ok(path) = self.path(text, language) else { return };
        let node = self.node(&path, language);
        if self.vocabulary.meaning(node) == Meaning::Nothing {
            self.vocabulary.meanings[node as usize] = Meaning::SearchOnly(page);
            self.flag(&path, false);
        }
    }

    /// `Jaw pain (temporomandibular disorder)` is known by either part, where the part tells enough by itself and
    /// nothing else goes by that name.
    fn add_parts_of_titles(&mut self, conditions: &[(PageId, &'a PageInterface)]) {
        let mut owners: BTreeMap<u32, Option<PageId>> = BTreeMap::new();
        for &(id, page) in conditions {
            for part in parts_of_title(&page.title) {
                let Ok(path) = self.path(part, &page.language) else { continue };
                let tells = path.words >= 2 || part.chars().count() >= 8;
                if !tells {
                    continue;
                }
                let node = self.node(&path, &page.language);
                let owner = owners.entry(node).or_insert(Some(id));
                if *owner != Some(id) {
                    *owner = None;
                }
                if *owner == Some(id) && self.vocabulary.meaning(node) == Meaning::Nothing {
                    self.vocabulary.meanings[node as usize] = Meaning::Condition(id, path.ends_possessive);
                    self.flag(&path, true);
                } else if owner.is_none() && !self.claims.contains_key(&node) {
                    self.vocabulary.meanings[node as usize] = Meaning::Nothing;
                }
            }
        }
    }

    fn path(&mut self, text: &str, language: &str) -> Result<Path, &'static str> {
        if text.chars().nth(MAX_CHARACTERS).is_some() {
            return Err("it is longer than 200 characters");
        }
        let mut lexemes = Vec::new();
        words::lexemes(text, Endings::of(language), |lexeme| lexemes.push(lexeme));
        let words = lexemes.iter().filter(|lexeme| matches!(lexeme.kind, LexemeKind::Word(_))).count();
        if lexemes.len() > MAX_WORDS || lexemes.iter().any(|lexeme| lexeme.kind == LexemeKind::Word(0)) {
            return Err("it is longer than any name");
        }
        let letters = || text.chars().filter(|c| c.is_alphanumeric());
        if words == 0 || letters().count() == 0 {
            return Err("it holds no word");
        }
        let fewest = if letters().all(|c| c.is_ascii()) { 3 } else { 2 };
        if letters().count() < fewest {
            return Err("it is too short to be told from other words");
        }
        let ends_possessive = lexemes.last().is_some_and(|lexeme| lexeme.possessive > 0);
        let kinds = lexemes.into_iter().map(|lexeme| lexeme.kind);
        let numbers: Vec<u32> = kinds.map(|kind| self.vocabulary.number_or_new(kind)).collect();
        let small = flag::CONJUNCTION | flag::PREPOSITION | flag::DETERMINER | flag::FOLLOWER;
        if numbers.iter().all(|number| self.vocabulary.is(*number, small)) {
            return Err("it is made of small words only");
        }
        Ok(Path { numbers, ends_possessive, words })
    }

    fn node(&mut self, path: &Path, language: &Arc<str>) -> u32 {
        let root = self.vocabulary.root_or_new(language);
        path.numbers.iter().fold(root, |node, number| self.vocabulary.step_or_new(node, *number))
    }

    fn flag(&mut self, path: &Path, is_linked: bool) {
        let Some((last, before)) = path.numbers.split_last().filter(|(_, before)| !before.is_empty()) else {
            return;
        };
        for number in before {
            self.vocabulary.flags[*number as usize] |= flag::PART;
        }
        if is_linked {
            self.vocabulary.flags[*last as usize] |= flag::HEAD;
        }
    }

    fn refuse(&mut self, name: &Name<'a>, why: &str) {
        // A title that is empty or was not written has its own finding.
        if name.span.is_empty() {
            return;
        }
        let message = format!("the name `{}` cannot be found in texts: {why}", shortened(name.text));
        let found = Diagnostic::new(diag::UNUSABLE_NAME, &name.file, name.span, message);
        self.diagnostics.push(found.with_help(match name.meaning {
            Owner::Condition(..) => "give a longer name in `also_called`; short ones belong in `search_only`",
            Owner::Term(..) => "take the form out, or write it in full",
        }));
    }
}

fn claimed_twice(first: &Name<'_>, second: &Name<'_>) -> Diagnostic {
    let (one, other) = (first.meaning.words(), second.meaning.words());
    let message = format!("the name “{}” belongs to {one} and to {other}", shortened(second.text));
    Diagnostic::new(diag::NAME_CLAIMED_TWICE, &second.file, second.span, message)
        .with_label(format!("{other} claims it here"))
        .with_secondary(&first.file, first.span, format!("{one} claims it here"))
        .with_help("keep it for one of them; a condition can keep it in `search_only`")
}

fn shortened(name: &str) -> String {
    let plain = name.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut short: String = plain.clone().take(60).collect();
    if plain.count() > 60 {
        short.push('…');
    }
    short
}

/// The words before a bracket at the end of a title, and those in it.
fn parts_of_title(title: &str) -> Vec<&str> {
    let parts = title.trim().strip_suffix(')').and_then(|title| title.split_once('('));
    match parts {
        Some((outer, inner)) if !inner.contains(['(', ')']) => vec![outer.trim(), inner.trim()],
        _ => Vec::new(),
    }
}
