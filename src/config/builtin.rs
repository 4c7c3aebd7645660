//! What a site gets without a word in its configuration.

use std::collections::BTreeMap;

use super::{
    AutolinkOptions, BaseUrl, CardOptions, Config, Emergency, Kind, Levels, MarkdownOptions, Mentions,
    SectionRule,
};
use crate::aspect::Aspect;
use crate::name::KindId;
use crate::typed::Months;

/// The names of the built-in kinds.
pub(super) const KINDS: [&str; 6] = ["explainer", "comparison", "guide", "faq", "condition", "page"];

/// A configuration with nothing but defaults.
pub(super) fn config() -> Config {
    Config {
        title: "Untitled".to_owned(),
        base_url: BaseUrl::new("http://localhost").expect("the address is well formed"),
        language: "en".to_owned(),
        description: String::new(),
        theme: "default".to_owned(),
        review_every: Months::new(12).expect("twelve is in range"),
        review_grace: Months::new(3).expect("three is in range"),
        faq_headings: vec!["FAQs".to_owned(), "Common questions".to_owned()],
        trusted_hosts: Vec::new(),
        emergency: Emergency { number: "911".to_owned(), label: "911".to_owned() },
        contact: None,
        publisher: None,
        editor: None,
        navigation: Vec::new(),
        languages: BTreeMap::new(),
        folders: BTreeMap::new(),
        markdown: MarkdownOptions { raw_html: true, smart_punctuation: true },
        autolink: AutolinkOptions { mentions: Mentions::Section, max_per_page: 40 },
        levels: Levels::default(),
        cards: CardOptions { enabled: true, max_pages: 500 },
        feed_limit: 20,
        page_size: 50,
        publish: BTreeMap::new(),
        extra: serde_json::Map::new(),
        kinds: kinds(),
    }
}

/// The kind of a page that nothing else is said of.
pub(super) fn page_kind() -> KindId {
    KindId::new("page").expect("the id is well formed")
}

/// A kind of which only the id is known.
pub(super) fn bare_kind(id: KindId) -> Kind {
    let words = id.as_str().replace(['-', '_'], " ");
    let mut letters = words.chars();
    let label =
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
    Kind {
        id,
        label,
        icon: None,
        color: None,
        health: false,
        treatment: false,
        required: Vec::new(),
        sections: Vec::new(),
        span: None,
    }
}

fn kinds() -> Vec<Kind> {
    KINDS.map(kind).into()
}

/// A built-in kind. What its pages must have, and whether the checks of health apply, is the site's to say.
fn kind(id: &str) -> Kind {
    let bare = bare_kind(KindId::new(id).expect("the ids of built-in kinds are well formed"));
    match id {
        "comparison" => Kind { sections: comparison_sections(), ..bare },
        "faq" => Kind { label: "Questions".to_owned(), ..bare },
        "condition" => Kind { sections: condition_sections(), ..bare },
        _ => bare,
    }
}

fn comparison_sections() -> Vec<SectionRule> {
    vec![
        section(Aspect::Evidence, &["What the evidence says", "Evidence"]),
        section(Aspect::Choosing, &["How to choose", "Which one is right for you", "Choosing"]),
        section(Aspect::Misconceptions, &["Common myths", "Myths"]),
    ]
}

fn condition_sections() -> Vec<SectionRule> {
    vec![
        section(Aspect::Overview, &["What it is", "Overview"]),
        section(Aspect::Symptoms, &["Symptoms", "What it feels like"]),
        section(Aspect::Causes, &["Causes", "What causes it"]),
        section(Aspect::Treatments, &["Treatments", "Treatment", "What helps"]),
        section(Aspect::WhenToGetHelp, &["When to get help", "When to see a clinician"]),
        section(Aspect::SelfCare, &["What you can do", "Self-care"]),
        section(Aspect::Prevention, &["Prevention"]),
        section(Aspect::Outlook, &["Outlook"]),
    ]
}

fn section(aspect: Aspect, headings: &[&str]) -> SectionRule {
    SectionRule {
        aspect,
        headings: headings.iter().map(|&heading| heading.to_owned()).collect(),
        required: false,
    }
}
