//! The configuration as typed values.

use super::builtin;
use super::fields::{self, FIELDS};
use super::levels::ByCode;
use super::{
    BaseUrl, Config, Emergency, Kind, Language, Level, MAX_NAVIGATION, Mentions, NavigationItem, Publisher,
    PublisherKind, SectionRule,
};
use crate::aspect::Aspect;
use crate::diag::{self, Diagnostic};
use crate::name::{KindId, UrlPath};
use crate::source::Source;
use crate::typed::{self, Item, Reader};

/// Reads the file; what is not written or not readable has its default.
pub(super) fn read(source: &Source) -> (Config, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let tree = typed::read_toml_file(source, &mut found);
    let mut reader = Reader::new(source.path(), found);
    let mut out = builtin::config();
    let mut has_base_url = false;
    let root = Item::root(&tree.root);
    for item in reader.entries(root, FIELDS) {
        has_base_url |= item.name == "base_url";
        read_key(&mut reader, item, &mut out);
    }
    if !has_base_url && !tree.broken {
        let start = crate::source::Span::new(0, 0);
        let finding = reader.report(diag::MISSING_BASE_URL, start, "the configuration has no `base_url`");
        finding.help =
            Some("add `base_url = \"https://…\"`, the address where the site will stand".to_owned());
    }
    if !tree.broken && !root.members().any(|member| member.name == "title") {
        let message = "the configuration has no `title`";
        let finding = reader.report(diag::MISSING_REQUIRED_KEY, crate::source::Span::new(0, 0), message);
        finding.help = Some("add `title = \"…\"`, the name of the site".to_owned());
    }
    check_kind_names(&mut reader, root, &out);
    (out, reader.finish())
}

fn read_key(reader: &mut Reader<'_>, item: Item<'_>, out: &mut Config) {
    match item.name {
        "title" => set_words(reader, item, &mut out.title),
        "base_url" => set(&mut out.base_url, base_url(reader, item)),
        "language" => set(&mut out.language, language_tag(reader, item)),
        "description" => set_words(reader, item, &mut out.description),
        "theme" => set_words(reader, item, &mut out.theme),
        "review_every" => set(&mut out.review_every, reader.period(item).map(|period| period.value)),
        "review_grace" => set(&mut out.review_grace, reader.period(item).map(|period| period.value)),
        "faq_headings" => out.faq_headings = reader.plain_texts(item),
        "trusted_hosts" => {
            out.trusted_hosts =
                reader.plain_texts(item).iter().map(|host| host.to_ascii_lowercase()).collect();
        }
        "emergency" => emergency(reader, item, &mut out.emergency),
        "contact" => out.contact = words(reader, item),
        "publisher" => out.publisher = publisher(reader, item),
        "editor" => out.editor = words(reader, item),
        "navigation" => out.navigation = navigation(reader, item),
        "languages" => {
            for item in reader.map(item) {
                let language = language(reader, item);
                check_language(reader, item.name, item.name_span);
                out.languages.insert(item.name.to_owned(), language);
            }
        }
        "folders" => {
            for item in reader.map(item) {
                if let Some(kind) = reader.id(item, KindId::new) {
                    out.folders.insert(item.name.trim_matches('/').to_owned(), kind);
                }
            }
        }
        "kinds" => reader.map(item).for_each(|item| kind(reader, item, &mut out.kinds)),
        "checks" => checks(reader, item, out),
        "publish" => {
            for item in reader.map(item) {
                drop(reader.map(item));
                out.publish.insert(item.name.to_owned(), item.to_json());
            }
        }
        "extra" => {
            drop(reader.map(item));
            out.extra = item.to_json();
        }
        _ => read_options(reader, item, out),
    }
}

fn read_options(reader: &mut Reader<'_>, item: Item<'_>, out: &mut Config) {
    let fields = match item.name {
        "markdown" => fields::MARKDOWN,
        "autolink" => fields::AUTOLINK,
        "cards" => fields::CARDS,
        "feed" => fields::FEED,
        "lists" => fields::LISTS,
        _ => return,
    };
    const MENTIONS: [(&str, Mentions); 3] = [
        (fields::MENTIONS[0], Mentions::Section),
        (fields::MENTIONS[1], Mentions::Page),
        (fields::MENTIONS[2], Mentions::All),
    ];
    for item in reader.entries(item, fields) {
        match item.name {
            "raw_html" => set(&mut out.markdown.raw_html, reader.bool(item)),
            "smart_punctuation" => set(&mut out.markdown.smart_punctuation, reader.bool(item)),
            "mentions" => {
                set(&mut out.autolink.mentions, reader.one_of(item, &MENTIONS).map(|word| word.value));
            }
            "max_per_page" => set(&mut out.autolink.max_per_page, reader.count(item, 10_000)),
            "enabled" => set(&mut out.cards.enabled, reader.bool(item)),
            "max_pages" => set(&mut out.cards.max_pages, reader.count(item, 1_000_000)),
            "limit" => set(&mut out.feed_limit, reader.count(item, 1_000)),
            "page_size" => set(&mut out.page_size, reader.count(item, 10_000)),
            _ => {}
        }
    }
}

fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

fn words(reader: &mut Reader<'_>, item: Item<'_>) -> Option<String> {
    reader.words(item).map(|text| text.value)
}

fn set_words(reader: &mut Reader<'_>, item: Item<'_>, place: &mut String) {
    set(place, words(reader, item));
}

fn base_url(reader: &mut Reader<'_>, item: Item<'_>) -> Option<BaseUrl> {
    let expected = "a web address such as `https://example.org` or `https://example.org/health`";
    reader.parsed(item, diag::BAD_BASE_URL, expected, BaseUrl::new).map(|url| url.value)
}

fn language_tag(reader: &mut Reader<'_>, item: Item<'_>) -> Option<String> {
    let tag = reader.text(item)?;
    check_language(reader, &tag.value, tag.span).then_some(tag.value)
}

/// Whether the tag has the form of BCP 47: `en`, `pt-BR`, `zh-Hant`.
fn check_language(reader: &mut Reader<'_>, tag: &str, span: crate::source::Span) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().is_some_and(|part| {
        (2..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_lowercase())
    });
    let fits = first
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
    if !fits {
        let message = format!("`{tag}` is not a language tag such as `en` or `es-MX`");
        reader.report(diag::BAD_LANGUAGE, span, message);
    }
    fits
}

fn emergency(reader: &mut Reader<'_>, item: Item<'_>, out: &mut Emergency) {
    let mut label = None;
    for item in reader.entries(item, fields::EMERGENCY) {
        match item.name {
            "number" => set_words(reader, item, &mut out.number),
            "label" => label = words(reader, item),
            _ => {}
        }
    }
    out.label = label.unwrap_or_else(|| out.number.clone());
}

fn publisher(reader: &mut Reader<'_>, item: Item<'_>) -> Option<Publisher> {
    const KINDS: [(&str, PublisherKind); 2] = [
        (fields::PUBLISHER_KINDS[0], PublisherKind::Provider),
        (fields::PUBLISHER_KINDS[1], PublisherKind::Publisher),
    ];
    let (mut name, mut kind, mut url) = (None, PublisherKind::Publisher, None);
    for item in reader.entries(item, fields::PUBLISHER) {
        match item.name {
            "name" => name = words(reader, item),
            "kind" => set(&mut kind, reader.one_of(item, &KINDS).map(|word| word.value)),
            "url" => url = words(reader, item),
            _ => {}
        }
    }
    reader.required(item, fields::PUBLISHER);
    Some(Publisher { name: name?, kind, url })
}

fn navigation(reader: &mut Reader<'_>, item: Item<'_>) -> Vec<NavigationItem> {
    let mut out = Vec::new();
    for member in reader.list(item) {
        let (mut title, mut path) = (None, None);
        for item in reader.entries(member, fields::NAVIGATION) {
            match item.name {
                "title" => title = words(reader, item),
                "path" => {
                    let expected = "an address that starts with `/` and stays in the site";
                    path = reader.parsed(item, diag::BAD_ADDRESS, expected, UrlPath::new);
                }
                _ => {}
            }
        }
        reader.required(member, fields::NAVIGATION);
        if let (Some(title), Some(path)) = (title, path) {
            out.push(NavigationItem { title, path: path.value, span: path.span });
        }
    }
    if out.len() > MAX_NAVIGATION {
        let message =
            format!("the navigation has {} entries; the header has room for {MAX_NAVIGATION}", out.len());
        reader.report(diag::TOO_MANY_NAVIGATION_ITEMS, item.name_span, message);
    }
    out
}

fn language(reader: &mut Reader<'_>, item: Item<'_>) -> Language {
    let mut out = Language::default();
    for item in reader.entries(item, fields::LANGUAGE) {
        match item.name {
            "title" => out.title = words(reader, item),
            "description" => out.description = words(reader, item),
            "navigation" => out.navigation = navigation(reader, item),
            _ => {}
        }
    }
    out
}

fn kind(reader: &mut Reader<'_>, item: Item<'_>, kinds: &mut Vec<Kind>) {
    let Some(id) = KindId::new(item.name) else {
        let message = format!("`{}` cannot be the name of a kind", item.name);
        reader.report(diag::BAD_ID, item.name_span, message);
        return;
    };
    let at = kinds.iter().position(|kind| kind.id == id).unwrap_or_else(|| {
        kinds.push(builtin::bare_kind(id));
        kinds.len() - 1
    });
    let kind = &mut kinds[at];
    kind.span = Some(item.name_span);
    for item in reader.entries(item, fields::KIND) {
        match item.name {
            "label" => set_words(reader, item, &mut kind.label),
            "icon" => set(&mut kind.icon, reader.words(item).map(Some)),
            "color" => set(&mut kind.color, reader.words(item).map(Some)),
            "health" => set(&mut kind.health, reader.bool(item)),
            "treatment" => set(&mut kind.treatment, reader.bool(item)),
            "required" => kind.required = reader.texts(item),
            "sections" => {
                kind.sections = reader.list(item).filter_map(|rule| section(reader, rule)).collect()
            }
            _ => {}
        }
    }
}

fn section(reader: &mut Reader<'_>, item: Item<'_>) -> Option<SectionRule> {
    let (mut aspect, mut headings, mut required) = (None, Vec::new(), false);
    for item in reader.entries(item, fields::SECTION) {
        match item.name {
            "aspect" => {
                let name = reader.borrowed_text(item);
                aspect = name.and_then(Aspect::new);
                if let (Some(name), None) = (name, aspect) {
                    reader.unknown_value(item, name, Aspect::NAMES);
                }
            }
            "headings" => headings = reader.plain_texts(item),
            "required" => set(&mut required, reader.bool(item)),
            _ => {}
        }
    }
    reader.required(item, fields::SECTION);
    Some(SectionRule { aspect: aspect?, headings, required })
}

fn checks(reader: &mut Reader<'_>, item: Item<'_>, out: &mut Config) {
    for item in reader.map(item) {
        match item.name {
            "kind" => {
                for item in reader.map(item) {
                    let mut codes = ByCode::new();
                    reader.map(item).for_each(|item| level(reader, item, &mut codes));
                    if let Some(kind) = KindId::new(item.name) {
                        out.levels.kinds.insert(kind, codes);
                    }
                }
            }
            "folder" => {
                for item in reader.map(item) {
                    let mut codes = ByCode::new();
                    reader.map(item).for_each(|item| level(reader, item, &mut codes));
                    out.levels.folders.insert(item.name.trim_matches('/').to_owned(), codes);
                }
            }
            _ => level(reader, item, &mut out.levels.everywhere),
        }
    }
}

fn level(reader: &mut Reader<'_>, item: Item<'_>, codes: &mut ByCode) {
    const LEVELS: [(&str, Level); 4] = [
        (fields::LEVELS[0], Level::Off),
        (fields::LEVELS[1], Level::Info),
        (fields::LEVELS[2], Level::Warning),
        (fields::LEVELS[3], Level::Error),
    ];
    // A code that is far from every built-in one may belong to a rule of the site.
    if diag::all_codes().all(|info| info.code != item.name)
        && let Some(help) = diag::did_you_mean(item.name, diag::all_codes().map(|info| info.code))
    {
        let message = format!("there is no check `{}`", item.name);
        reader.report(diag::UNKNOWN_CHECK, item.name_span, message).help = Some(help);
    }
    if let Some(level) = reader.one_of(item, &LEVELS) {
        codes.insert(item.name.to_owned(), level.value);
    }
}

/// Reports kinds that are named and declared nowhere.
fn check_kind_names(reader: &mut Reader<'_>, root: Item<'_>, config: &Config) {
    let known: Vec<&str> = config.kinds.iter().map(|kind| kind.id.as_str()).collect();
    let mut named: Vec<(String, crate::source::Span)> =
        config.folders.values().map(|kind| (kind.value.as_str().to_owned(), kind.span)).collect();
    for item in reader.map(root).filter(|item| item.name == "checks") {
        for item in item.members().filter(|item| item.name == "kind") {
            named.extend(item.members().map(|item| (item.name.to_owned(), item.name_span)));
        }
    }
    for (name, span) in named {
        if !known.contains(&name.as_str()) {
            let finding = reader.report(diag::UNKNOWN_KIND, span, format!("there is no kind `{name}`"));
            finding.help = Some(diag::did_you_mean_of_few(&name, &known));
        }
    }
}
