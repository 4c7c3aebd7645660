//! Rule files: TOML with a list of `[[rule]]`.

use super::{Metric, Pattern, Rule, RuleKind, Scope, Unless};
use crate::diag::{self, Code, Diagnostic, Severity};
use crate::name::SitePath;
use crate::schema;
use crate::source::Source;
use crate::typed::{Field, Item, Reader, Shape, Spanned, read_toml_file};

const TEXTS: Shape = Shape::List(&Shape::Text);

/// The keys of a rule.
pub const RULE_FIELDS: &[Field] = &[
    Field::new("name", Shape::Text, "The rule's own name; the code where it is left out."),
    Field::new("code", Shape::Text, "The code of its findings, named for the bad thing."),
    Field::new("kind", Shape::OneOf(&KINDS), "How the rule looks."),
    Field::new("scope", TEXTS, "Where it looks: title, heading, prose, list, key_message, section:risks …"),
    Field::new("level", Shape::OneOf(&LEVELS), "The level of its findings."),
    Field::new("title_level", Shape::OneOf(&LEVELS), "The level of a finding in the title."),
    Field::new("health", Shape::Bool, "Whether it holds on pages about health alone."),
    Field::new("message", Shape::Text, "What is wrong; {match} stands for the words found."),
    Field::new("help", Shape::Text, "What to do."),
    Field::new("patterns", TEXTS, "What it looks for."),
    Field::new("swap", Shape::Map(&Shape::Text), "Substitution: what it looks for, and what to write."),
    Field::new("needs", TEXTS, "Requires: one of these must stand on the page."),
    Field::new("near", TEXTS, "Pair: what stands near."),
    Field::new("within", Shape::Integer, "Pair: how many words may lie between."),
    Field::new("absent", Shape::Bool, "Pair: whether the finding is that nothing of it stands near."),
    Field::new("max", Shape::Number, "Occurrence and metric: the most that is right."),
    Field::new("max_share", Shape::Number, "Occurrence: the highest share of sentences, 0 to 1."),
    Field::new("metric", Shape::OneOf(&METRICS), "Metric: the figure."),
    Field::new("unless", TEXTS, "What makes a match right: cited, negated, question, grade>=moderate …"),
    Field::new("unless_near", TEXTS, "Patterns that, in the same sentence, make a match right."),
    Field::new("source", Shape::Text, "Who says so."),
    Field::new("hit", TEXTS, "Texts that the rule must find."),
    Field::new("pass", TEXTS, "Texts that the rule must not find."),
];

const FILE_FIELDS: &[Field] =
    &[Field::new("rule", Shape::List(&Shape::Table(RULE_FIELDS)), "The rules, one after the other.")];

const KINDS: [&str; 6] = ["existence", "substitution", "requires", "occurrence", "pair", "metric"];
const LEVELS: [&str; 3] = ["error", "warning", "info"];
const METRICS: [&str; 5] = ["words", "sentences", "words-per-sentence", "grade", "difficulty"];

const SEVERITIES: [(&str, Severity); 3] =
    [("error", Severity::Error), ("warning", Severity::Warning), ("info", Severity::Info)];

/// The name of a rule file's JSON Schema, and its text.
pub fn rules_schema() -> (&'static str, String) {
    ("rules.schema.json", schema::file("rules.toml", "The site's own wording rules.", FILE_FIELDS))
}

/// The rules that ship with the program.
pub fn default_rules() -> Vec<Rule> {
    let path = SitePath::new("default.toml").expect("the name is a plain file name");
    let (rules, found) = read(&Source::new(path, include_str!("default.toml")));
    debug_assert!(found.is_empty(), "the program's own rules are well formed: {found:?}");
    rules
}

/// Reads a rule file; a rule that cannot be used is left out and reported.
pub fn read(source: &Source) -> (Vec<Rule>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let tree = read_toml_file(source, &mut found);
    let mut reader = Reader::new(source.path(), found);
    let mut rules = Vec::new();
    for item in reader.entries(Item::root(&tree.root), FILE_FIELDS) {
        if item.name == "rule" {
            for member in reader.list(item) {
                rules.extend(rule(&mut reader, member, source));
            }
        }
    }
    (rules, reader.finish())
}

/// What a rule's table says, before it is known to be whole.
#[derive(Default)]
struct Draft {
    name: Option<String>,
    code: Option<Spanned<String>>,
    kind: Option<&'static str>,
    scope: Scope,
    level: Option<Severity>,
    title_level: Option<Severity>,
    health: bool,
    message: Option<String>,
    help: Option<String>,
    patterns: Vec<Pattern>,
    swap: Vec<(Pattern, String)>,
    needs: Vec<Pattern>,
    near: Vec<Pattern>,
    within: Option<u32>,
    absent: bool,
    max: Option<f64>,
    max_share: Option<f64>,
    metric: Option<Metric>,
    unless: Vec<Vec<Unless>>,
    unless_near: Vec<Pattern>,
    source: String,
    hit: Vec<String>,
    pass: Vec<String>,
}

fn rule(reader: &mut Reader<'_>, item: Item<'_>, source: &Source) -> Option<Rule> {
    let mut draft = Draft::default();
    for entry in reader.entries(item, RULE_FIELDS) {
        fill(&mut draft, reader, entry);
    }
    let Some(code) = draft.code.take() else {
        reader.missing_key("code", "rule", item.value.span);
        return None;
    };
    let kind = kind(reader, &mut draft, item)?;
    let code_of = Code::from_rule(&code.value);
    let default = code_of.info().map_or(Severity::Warning, |info| info.severity);
    let severity = draft.level.unwrap_or(default);
    Some(Rule {
        name: draft.name.unwrap_or_else(|| code.value.clone()),
        code: code_of,
        kind,
        scope: draft.scope,
        severity,
        title_severity: draft.title_level.unwrap_or(severity),
        health: draft.health,
        message: draft.message.unwrap_or_else(|| "`{match}` is not to be written".to_owned()),
        help: draft.help,
        unless: draft.unless,
        unless_near: draft.unless_near,
        source: draft.source,
        hit: draft.hit,
        pass: draft.pass,
        file: source.path().clone(),
        span: code.span,
    })
}

fn fill(draft: &mut Draft, reader: &mut Reader<'_>, item: Item<'_>) {
    let owned = |text: Option<Spanned<String>>| text.map(|text| text.value);
    match item.name {
        "name" => draft.name = owned(reader.words(item)),
        "code" => draft.code = reader.words(item).filter(|code| is_code(reader, code)),
        "kind" => draft.kind = reader.one_of(item, &KINDS.map(|kind| (kind, kind))).map(|kind| kind.value),
        "scope" => {
            for part in reader.list(item) {
                if let Some(text) = reader.borrowed_text(part)
                    && !draft.scope.add(text)
                {
                    let known = super::Part::NAMES.map(|(name, _)| name);
                    reader.unknown_value(part, text, &known);
                }
            }
        }
        "level" => draft.level = reader.one_of(item, &SEVERITIES).map(|level| level.value),
        "title_level" => draft.title_level = reader.one_of(item, &SEVERITIES).map(|level| level.value),
        "health" => draft.health = reader.bool(item).unwrap_or(false),
        "message" => draft.message = owned(reader.words(item)),
        "help" => draft.help = owned(reader.words(item)),
        "patterns" => draft.patterns = patterns(reader, item),
        "swap" => {
            for entry in reader.map(item) {
                let to = owned(reader.text(entry)).unwrap_or_default();
                match Pattern::new(entry.name) {
                    Ok(pattern) => draft.swap.push((pattern, to)),
                    Err(why) => drop(reader.report(diag::MALFORMED_RULE, entry.name_span, why)),
                }
            }
        }
        "needs" => draft.needs = patterns(reader, item),
        "near" => draft.near = patterns(reader, item),
        "within" => draft.within = reader.count(item, 100),
        "absent" => draft.absent = reader.bool(item).unwrap_or(false),
        "max" => draft.max = reader.number(item),
        "max_share" => draft.max_share = reader.number(item),
        "metric" => draft.metric = reader.one_of(item, &Metric::NAMES).map(|metric| metric.value),
        "unless" => {
            for entry in reader.list(item) {
                let Some(text) = reader.borrowed_text(entry) else {
                    continue;
                };
                match Unless::all(text) {
                    Some(unless) => draft.unless.push(unless),
                    None => reader.unknown_value(entry, text, &Unless::NAMES),
                }
            }
        }
        "unless_near" => draft.unless_near = patterns(reader, item),
        "source" => draft.source = owned(reader.text(item)).unwrap_or_default(),
        "hit" => draft.hit = reader.plain_texts(item),
        "pass" => draft.pass = reader.plain_texts(item),
        _ => {}
    }
}

/// Whether a code is made of lower-case words joined by hyphens.
fn is_code(reader: &mut Reader<'_>, code: &Spanned<String>) -> bool {
    let fits = code.value.starts_with(|c: char| c.is_ascii_lowercase())
        && code.value.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !fits {
        let message = format!("`{}` cannot be a code", code.value);
        reader.report(diag::MALFORMED_RULE, code.span, message).help =
            Some("name the bad thing in lower-case words joined by `-`".to_owned());
    }
    fits
}

fn patterns(reader: &mut Reader<'_>, item: Item<'_>) -> Vec<Pattern> {
    let mut all = Vec::new();
    for text in reader.texts(item) {
        match Pattern::new(&text.value) {
            Ok(pattern) => all.push(pattern),
            Err(why) => drop(reader.report(diag::MALFORMED_RULE, text.span, why)),
        }
    }
    all
}

/// The rule's kind with what that kind needs; what is missing is reported.
fn kind(reader: &mut Reader<'_>, draft: &mut Draft, item: Item<'_>) -> Option<RuleKind> {
    let patterns = std::mem::take(&mut draft.patterns);
    let kind = draft.kind.unwrap_or("existence");
    let missing = match kind {
        "substitution" => draft.swap.is_empty().then_some("swap"),
        "metric" => (draft.metric.is_none() || draft.max.is_none()).then_some("metric` and `max"),
        _ if patterns.is_empty() => Some("patterns"),
        "requires" => draft.needs.is_empty().then_some("needs"),
        "pair" => draft.near.is_empty().then_some("near"),
        "occurrence" => (draft.max.is_none() && draft.max_share.is_none()).then_some("max"),
        _ => None,
    };
    if let Some(key) = missing {
        reader.missing_key(key, kind, item.value.span);
        return None;
    }
    Some(match kind {
        "substitution" => RuleKind::Substitution(std::mem::take(&mut draft.swap)),
        "requires" => RuleKind::Requires { patterns, needs: std::mem::take(&mut draft.needs) },
        "occurrence" => {
            let max = draft.max.map(|max| max.max(0.0) as u32);
            RuleKind::Occurrence { patterns, max, max_share: draft.max_share }
        }
        "pair" => RuleKind::Pair {
            patterns,
            near: std::mem::take(&mut draft.near),
            within: draft.within.unwrap_or(100),
            absent: draft.absent,
        },
        "metric" => RuleKind::Metric { metric: draft.metric?, max: draft.max? },
        _ => RuleKind::Existence(patterns),
    })
}
