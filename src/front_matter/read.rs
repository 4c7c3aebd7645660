//! The block of front matter as typed values.

use super::fields::{self, CONDITION_KEYS, FIELDS};
use super::{
    Certainty, Change, ConditionFields, Evidence, FrontMatter, MAX_ALIASES, MAX_TITLE, Waiver, Withdrawn,
};
use crate::diag::{self, Diagnostic};
use crate::name::{CitationKey, ConditionId, FactId, KindId, PersonId, RegionId, Slug, UrlPath};
use crate::source::{Source, Span};
use crate::typed::{self, Format, Item, Reader, Spanned};

const ADDRESS: &str = "an address that starts with `/` and stays in the site";

/// Reads the block; the body is the caller's to set.
pub(super) fn read(source: &Source, block: Span, format: Format, found: &mut Vec<Diagnostic>) -> FrontMatter {
    let tree = typed::read(source, block, format, found);
    let mut reader = Reader::new(source.path(), std::mem::take(found));
    let mut out = FrontMatter { block, broken: tree.broken, ..FrontMatter::default() };
    for item in reader.entries(Item::root(&tree.root), FIELDS) {
        out.keys.push((item.name.to_owned(), item.name_span));
        if CONDITION_KEYS.contains(&item.name) {
            let condition = out.condition.get_or_insert_with(ConditionFields::default);
            read_condition_key(&mut reader, item, condition);
        } else {
            read_key(&mut reader, item, &mut out);
        }
    }
    *found = reader.finish();
    out
}

fn read_key(reader: &mut Reader<'_>, item: Item<'_>, out: &mut FrontMatter) {
    match item.name {
        "title" => out.title = title(reader, item),
        "description" => out.description = reader.words(item),
        "kind" => out.kind = reader.id(item, KindId::new),
        "slug" => out.slug = slug(reader, item),
        "path" => out.path = address(reader, item),
        "aliases" => out.aliases = aliases(reader, item),
        "date" => out.date = reader.date(item),
        "updated" => out.updated = reader.date(item),
        "reviewed" => out.reviewed = reader.date(item),
        "reviewer" => out.reviewer = reader.id(item, PersonId::new),
        "authors" => out.authors = reader.ids(item, PersonId::new),
        "review_every" => out.review_every = reader.period(item),
        "expires" => out.expires = reader.date(item),
        "withdrawn" => out.withdrawn = Some(withdrawn(reader, item)),
        "conditions" => out.conditions = reader.ids(item, ConditionId::new),
        "tags" => out.tags = tags(reader, item),
        "weight" => out.weight = reader.integer(item),
        "draft" => out.draft = reader.bool(item).unwrap_or(false),
        "toc" => out.toc = reader.bool(item),
        "search" => out.search = reader.bool(item).unwrap_or(true),
        "autolink" => out.autolink = reader.bool(item).unwrap_or(true),
        "template" => out.template = reader.words(item),
        "questions" => out.questions = reader.texts(item),
        "keywords" => out.keywords = reader.texts(item),
        "waivers" => out.waivers = waivers(reader, item),
        "how_made" => out.how_made = reader.words(item),
        "history" => out.history = history(reader, item),
        "extra" => out.extra = extra(reader, item),
        _ => {}
    }
}

fn read_condition_key(reader: &mut Reader<'_>, item: Item<'_>, out: &mut ConditionFields) {
    match item.name {
        "also_called" => out.also_called = reader.texts(item),
        "search_only" => out.search_only = reader.texts(item),
        "region" => out.region = reader.id(item, RegionId::new),
        "related" => out.related = reader.ids(item, ConditionId::new),
        "icd10" => out.icd10 = reader.text_or_texts(item),
        "mesh" => out.mesh = reader.text_or_texts(item),
        "evidence" => {
            out.evidence = reader.list(item).map(|member| evidence(reader, member)).collect();
        }
        _ => {}
    }
}

fn title(reader: &mut Reader<'_>, item: Item<'_>) -> Option<Spanned<String>> {
    let title = reader.words(item)?;
    let length = title.value.chars().count();
    if length > MAX_TITLE {
        let message = format!("the title has {length} characters; at most {MAX_TITLE} are allowed");
        reader.report(diag::TITLE_TOO_LONG, title.span, message);
    }
    Some(title)
}

fn slug(reader: &mut Reader<'_>, item: Item<'_>) -> Option<Spanned<String>> {
    let expected = "one part of an address: no `/`, `?`, `#` or `%`, and not longer than 200 bytes";
    reader.parsed(item, diag::BAD_ADDRESS, expected, |text| {
        Slug::new(text).map(|slug| slug.as_str().to_owned())
    })
}

fn address(reader: &mut Reader<'_>, item: Item<'_>) -> Option<Spanned<UrlPath>> {
    reader.parsed(item, diag::BAD_ADDRESS, ADDRESS, UrlPath::new)
}

/// The tags; one without a letter or digit could have no address.
fn tags(reader: &mut Reader<'_>, item: Item<'_>) -> Vec<Spanned<String>> {
    let mut tags = reader.texts(item);
    tags.retain(|tag| {
        let has_letters = tag.value.contains(char::is_alphanumeric);
        if !has_letters {
            let message = format!("the tag `{}` holds no letter", tag.value);
            reader.report(diag::TAG_WITHOUT_LETTERS, tag.span, message).help =
                Some("write it in words: its list of pages needs an address".to_owned());
        }
        has_letters
    });
    tags
}

fn aliases(reader: &mut Reader<'_>, item: Item<'_>) -> Vec<Spanned<UrlPath>> {
    let mut aliases = reader.parsed_list(item, &diag::BAD_ADDRESS, ADDRESS, UrlPath::new);
    if aliases.len() > MAX_ALIASES {
        let message = format!("the page has {} aliases; at most {MAX_ALIASES} are allowed", aliases.len());
        reader.report(diag::TOO_MANY_ALIASES, item.name_span, message);
        aliases.truncate(MAX_ALIASES);
    }
    aliases
}

fn withdrawn(reader: &mut Reader<'_>, item: Item<'_>) -> Withdrawn {
    reader.required(item, fields::WITHDRAWN);
    let mut out = Withdrawn { span: item.name_span, date: None, reason: None, replacement: None };
    for item in reader.entries(item, fields::WITHDRAWN) {
        match item.name {
            "date" => out.date = reader.date(item),
            "reason" => out.reason = reader.words(item),
            "replacement" => out.replacement = address(reader, item),
            _ => {}
        }
    }
    out
}

fn waivers(reader: &mut Reader<'_>, item: Item<'_>) -> Vec<Waiver> {
    let mut out = Vec::new();
    for item in reader.map(item) {
        if let Some(reason) = reader.words(item) {
            out.push(Waiver { code: item.name.to_owned(), reason: reason.value, span: item.name_span });
        }
    }
    out
}

fn history(reader: &mut Reader<'_>, item: Item<'_>) -> Vec<Change> {
    let mut out = Vec::new();
    for member in reader.list(item) {
        let (mut date, mut text) = (None, None);
        for item in reader.entries(member, fields::HISTORY) {
            match item.name {
                "date" => date = reader.date(item),
                "text" => text = reader.words(item),
                _ => {}
            }
        }
        reader.required(member, fields::HISTORY);
        if let (Some(date), Some(text)) = (date, text) {
            out.push(Change { date, text: text.value });
        }
    }
    out
}

fn extra(reader: &mut Reader<'_>, item: Item<'_>) -> serde_json::Map<String, serde_json::Value> {
    for item in reader.map(item) {
        match item.name {
            "key_message" => drop(reader.words(item)),
            "at_a_glance" => drop(reader.ids(item, FactId::new)),
            _ => {}
        }
    }
    item.to_json()
}

fn evidence(reader: &mut Reader<'_>, item: Item<'_>) -> Evidence {
    const CERTAINTY: [(&str, Certainty); 4] = [
        (fields::CERTAINTY[0], Certainty::High),
        (fields::CERTAINTY[1], Certainty::Moderate),
        (fields::CERTAINTY[2], Certainty::Low),
        (fields::CERTAINTY[3], Certainty::VeryLow),
    ];
    let mut out = Evidence {
        span: item.value.span,
        outcome: None,
        comparator: None,
        timeframe: None,
        direction: None,
        certainty: None,
        refs: Vec::new(),
        known: None,
        unknown: None,
    };
    for item in reader.entries(item, fields::EVIDENCE) {
        match item.name {
            "outcome" => out.outcome = reader.words(item),
            "comparator" => out.comparator = reader.words(item),
            "timeframe" => out.timeframe = reader.words(item),
            "direction" => out.direction = reader.words(item),
            "certainty" => out.certainty = reader.one_of(item, &CERTAINTY),
            "refs" => out.refs = reader.ids(item, CitationKey::new),
            "known" => out.known = reader.words(item),
            "unknown" => out.unknown = reader.words(item),
            _ => {}
        }
    }
    out
}
