//! The examples that each rule carries, run: what `needlepoint check --test-rules` does.

use super::{Context, Part, Rule, RuleKind, RuleSet};
use crate::check::prose::{Prose, Reading, prose};
use crate::diag::{self, Diagnostic};
use crate::name::SitePath;
use crate::source::Source;
use crate::{front_matter, markdown};

/// Reports each example that a rule should find and does not, or should not find and does, and rules without any.
pub fn test_examples(rules: &[Rule]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in rules {
        let alone = RuleSet::new([rule.clone()]);
        if (rule.hit.is_empty() || rule.pass.is_empty()) && !matches!(rule.kind, RuleKind::Metric { .. }) {
            let message = format!("the rule `{}` has no example of both kinds", rule.name);
            found.push(Diagnostic::new(diag::UNTESTED_RULE, &rule.file, rule.span, message));
        }
        for (examples, expected) in [(&rule.hit, true), (&rule.pass, false)] {
            for example in examples {
                let hits = alone.apply(&example_prose(rule, example), Context::default());
                if hits.is_empty() == expected {
                    let what = if expected { "does not find" } else { "finds" };
                    let message = format!("the rule `{}` {what} its example `{example}`", rule.name);
                    found.push(Diagnostic::new(diag::FAILED_RULE_EXAMPLE, &rule.file, rule.span, message));
                }
            }
        }
    }
    found
}

/// The example as a page that holds nothing else, at a place where the rule looks.
fn example_prose(rule: &Rule, example: &str) -> Prose {
    let part = rule.scope.parts.first().copied().unwrap_or(Part::Prose);
    let section = rule
        .scope
        .aspects
        .first()
        .map_or_else(String::new, |aspect| format!("## Section {{aspect={aspect}}}\n\n"));
    let text = match part {
        Part::Title => format!("---\ntitle: {}\n---\n", quoted(example)),
        Part::Description => format!("---\ndescription: {}\n---\n", quoted(example)),
        Part::KeyMessage => format!("---\nextra:\n  key_message: {}\n---\n", quoted(example)),
        Part::Heading => format!("---\n---\n## {example}\n"),
        Part::List => format!("---\n---\n{section}- {example}\n"),
        Part::Card => format!("---\n---\n{section}{{% care(level=\"urgent\") %}}\n{example}\n{{% end %}}\n"),
        Part::Quote => format!("---\n---\n{section}> {example}\n"),
        Part::Prose | Part::Table | Part::Caption => format!("---\n---\n{section}{example}\n"),
    };
    let path = SitePath::new("content/example.md").expect("the name is a plain file name");
    let source = Source::new(path, text);
    let (front_matter, _) = front_matter::parse(&source);
    let (document, _) = markdown::parse(&source, front_matter.body, markdown::Options::default());
    prose(&front_matter, &document, Reading::default())
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
