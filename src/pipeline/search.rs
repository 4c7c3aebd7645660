//! What search sees of the site.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use memchr::memmem;
use rayon::prelude::*;

use super::Site;
use crate::catalog::{Catalog, PageId, Place};
use crate::config::Config;
use crate::diag::{self, Diagnostic};
use crate::link::LinkedPage;
use crate::name::SitePath;
use crate::registry::{Registries, SearchTest, Wanted};
use crate::render;
use crate::search;
use crate::theme::Theme;

impl Site {
    /// The pages that search may show, as the index takes them; withdrawn pages and pages with `search = false` are
    /// left out. Drafts are found where they are shown.
    pub fn search_documents(&self) -> Vec<search::Document<'_>> {
        let catalog = self.catalog();
        let shown = self.0.pages.par_iter().with_min_len(64).filter(|linked| {
            let interface = &linked.page.interface;
            interface.search && catalog.is_listed(linked.id) && has_text(linked)
        });
        shown.map(|linked| document(linked, catalog, &self.0.registries.value, self.theme())).collect()
    }

    /// The words that the site holds for the same: its synonyms, and its terms with their forms. Groups of synonyms come
    /// first, in their own order, so that what the index tells of a group by its number is told of the right one.
    pub fn search_vocabulary(&self) -> search::Vocabulary {
        let Registries { synonyms, glossary, .. } = &self.0.registries.value;
        let same = synonyms.iter().map(|synonym| synonym.words.clone());
        let terms = glossary.iter().map(|term| {
            let forms = term.forms.iter().map(|form| form.value.clone());
            std::iter::once(term.term.value.clone()).chain(forms).collect()
        });
        search::Vocabulary { synonyms: same.chain(terms).collect() }
    }

    /// The index of a language of the site, ready for queries, as a reader's browser would use it.
    pub fn search_index(&self, language: &str) -> Result<search::Index, search::Error> {
        let site = self.clone();
        let fetch = move |path: &str| {
            let bytes = site.search_files().bytes(path, || site.search_documents());
            bytes.map(Cow::into_owned).ok_or_else(|| "is missing".to_owned())
        };
        if language == self.config().language {
            search::Index::open(fetch)
        } else {
            search::Index::open_language(fetch, language)
        }
    }

    /// The files of the search index. Made when first asked for.
    pub fn search_files(&self) -> &search::Built {
        self.0.search.get_or_init(|| {
            let settings =
                search::Settings { language: self.config().language.clone(), ..search::Settings::default() };
            search::build(&self.search_documents(), &self.search_vocabulary(), &settings)
        })
    }
}

/// A section page without a text of its own is only a list.
fn has_text(linked: &LinkedPage) -> bool {
    !linked.page.interface.is_section || !linked.page.document.events().is_empty()
}

fn document<'a>(
    linked: &'a LinkedPage,
    catalog: &'a Catalog,
    registries: &'a Registries,
    theme: &'a Theme,
) -> search::Document<'a> {
    let page = &linked.page;
    let (interface, front_matter) = (&page.interface, &page.front_matter);
    let condition = interface.condition.as_ref();
    let texts = |list: &'a [crate::typed::Spanned<String>]| -> Vec<Cow<'a, str>> {
        list.iter().map(|text| Cow::Borrowed(text.value.as_str())).collect()
    };
    let names = |list: &'a [(String, crate::source::Span)]| -> Vec<Cow<'a, str>> {
        list.iter().map(|(name, _)| Cow::Borrowed(name.as_str())).collect()
    };
    search::Document {
        url: Cow::Borrowed(interface.address.as_str()),
        id: condition.map_or(Cow::Borrowed(""), |condition| Cow::Borrowed(condition.id.as_str())),
        title: Cow::Borrowed(&interface.title),
        description: Cow::Borrowed(&interface.description),
        keywords: texts(&front_matter.keywords),
        questions: texts(&front_matter.questions),
        also_called: condition.map(|condition| names(&condition.also_called)).unwrap_or_default(),
        search_only: condition.map(|condition| names(&condition.search_only)).unwrap_or_default(),
        kind: Cow::Borrowed(interface.kind.as_str()),
        region: region(linked.id, catalog),
        conditions: interface.conditions.iter().map(|id| Cow::Borrowed(id.as_str())).collect(),
        language: Cow::Borrowed(&interface.language),
        is_condition: condition.is_some(),
        sections: search::Sections::Later(Arc::new(move || {
            let sections = page.sections.iter().map(|section| section_of(linked, section, registries));
            sections.chain(evidence(linked, theme)).collect()
        })),
    }
}

fn region(id: PageId, catalog: &Catalog) -> Cow<'_, str> {
    let condition = catalog.page(id).condition.as_ref();
    let region = condition.and_then(|condition| condition.region.as_ref());
    region.map_or(Cow::Borrowed(""), |(region, _)| Cow::Borrowed(region.as_str()))
}

fn section_of<'a>(
    linked: &'a LinkedPage,
    section: &crate::page::PageSection,
    registries: &'a Registries,
) -> search::Section<'a> {
    let document = &linked.page.document;
    let heading = section.heading.and_then(|index| document.headings().get(index as usize));
    let mut events = section.events.clone();
    if heading.is_some() {
        // The heading's own words are a field of their own.
        let end = |event: &crate::markdown::Event| {
            matches!(event.kind, crate::markdown::EventKind::End(crate::markdown::Tag::Heading(_)))
        };
        let all = &document.events()[events.start as usize..events.end as usize];
        events.start += all.iter().position(end).map_or(0, |at| at as u32 + 1);
    }
    search::Section {
        anchor: heading.map_or(Cow::Borrowed(""), |heading| Cow::Borrowed(heading.anchor.as_str())),
        heading: heading.map_or(Cow::Borrowed(""), |heading| Cow::Borrowed(&*heading.text)),
        text: Cow::Owned(as_sentences(document.plain_text_with(
            events,
            |shortcode| match &*shortcode.name {
                "fact" => {
                    let language = &linked.page.interface.language;
                    let fact = shortcode.text("id").and_then(|id| registries.fact(id, language));
                    fact.map(|fact| fact.text.as_str())
                }
                _ => shortcode.text("text"),
            },
        ))),
    }
}

/// What studies say of a condition, which its page shows as a section.
fn evidence<'a>(linked: &'a LinkedPage, theme: &'a Theme) -> Option<search::Section<'a>> {
    linked.page.interface.condition.as_ref()?;
    let fields = linked.page.front_matter.condition.as_ref().filter(|fields| !fields.evidence.is_empty())?;
    let texts = fields.evidence.iter().flat_map(|line| [&line.outcome, &line.known, &line.unknown]);
    let texts: Vec<&str> = texts.flatten().map(|text| text.value.trim()).collect();
    let strings = theme.strings_of(&linked.page.interface.language);
    Some(search::Section {
        anchor: Cow::Borrowed(render::EVIDENCE),
        heading: Cow::Borrowed(strings.map_or("", |strings| strings.get("evidence"))),
        text: Cow::Owned(as_sentences(texts.join("\n"))),
    })
}

/// Text whose lines can be read one after the other: items of a list and cells of a table that end without a mark get
/// one, since an excerpt shows them in one line.
fn as_sentences(mut text: String) -> String {
    // Every text of the site goes this way, and nearly all of them are sentences as they are.
    static GAP: LazyLock<memmem::Finder> = LazyLock::new(|| memmem::Finder::new("  "));
    let has_cells = GAP.find(text.as_bytes()).is_some();
    text.truncate(text.trim_end().len());
    if !has_cells && has_sentences_alone(text.as_bytes()) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    while let Some(line) = lines.next() {
        if has_cells {
            push_cells(&mut out, line);
        } else {
            out.push_str(line);
        }
        let next = lines.peek().and_then(|next| next.chars().next());
        if ends_open(line) {
            out.push_str(if next.is_none_or(char::is_uppercase) { "." } else { ";" });
        }
        if next.is_some() {
            out.push('\n');
        }
    }
    out
}

/// Whether all lines begin and end as most do, with signs of ASCII, and need no mark.
fn has_sentences_alone(text: &[u8]) -> bool {
    let begins = |at: usize| text.get(at).is_some_and(u8::is_ascii_graphic);
    let ends = |end: usize| {
        let last = text[..end].last();
        last.is_some_and(|last| matches!(last, b'.' | b'?' | b'!' | b':' | b';' | b','))
    };
    begins(0) && ends(text.len()) && memchr::memchr_iter(b'\n', text).all(|at| ends(at) && begins(at + 1))
}

/// Adds the cells of a line, which stand apart by two spaces.
fn push_cells(out: &mut String, line: &str) {
    let mut rest = line.trim();
    while !rest.is_empty() {
        let end = rest.as_bytes().windows(2).position(|two| two == b"  ").unwrap_or(rest.len());
        let cell = rest[..end].trim_end();
        rest = rest[end..].trim_start();
        out.push_str(cell);
        if !rest.is_empty() {
            out.push_str(if ends_open(cell) { ", " } else { " " });
        }
    }
}

/// Whether a text ends with a letter or digit, perhaps in brackets or quotation marks: no mark ends it.
fn ends_open(text: &str) -> bool {
    let text = text.trim_end_matches([')', ']', '”', '’', '"', '\'', '%']);
    text.chars().next_back().is_some_and(char::is_alphanumeric)
}

/// The synonyms' own file.
const SYNONYMS: &str = "content/synonyms.toml";

/// The care cards' own file.
const CARE: &str = "content/care.toml";

/// The searches' own file.
const TESTS: &str = "content/search-tests.toml";

/// The addresses in `content/search-tests.toml` at which nothing lies.
pub(super) fn missing_pages(registries: &Registries, catalog: &Catalog) -> Vec<Diagnostic> {
    let file = SitePath::new(TESTS).expect("a plain name is a path");
    let wanted = registries.search_tests.iter().map(|test| test.wanted.address());
    let missing = wanted.filter(|wanted| catalog.place(&wanted.value).is_none());
    missing
        .map(|wanted| {
            let message = format!("nothing lies at the address `{}`", wanted.value);
            let known = catalog.pages().iter().map(|page| page.address.as_str());
            let finding = Diagnostic::new(diag::SEARCH_TEST_PAGE, &file, wanted.span, message);
            finding.with_nearest(wanted.value.as_str(), known)
        })
        .collect()
}

/// The care cards that search puts first, but not in a further language with pages: there they have no words.
pub(super) fn untranslated_cards(
    registries: &Registries,
    catalog: &Catalog,
    config: &Config,
) -> Vec<Diagnostic> {
    let file = SitePath::new(CARE).expect("a plain name is a path");
    let further = catalog.languages().iter().filter(|language| ***language != *config.language);
    further
        .flat_map(|language| registries.care.iter().map(move |card| (language, card)))
        .filter(|(language, card)| {
            !card.words.is_empty() && registries.translated_care_card(&card.id, language).is_none()
        })
        .map(|(language, card)| {
            let id = &card.id;
            let message =
                format!("search in the language `{language}` has no words for the care card `{id}`");
            let help = format!("write `[{id}]` with its `words` in content/{language}/care.toml");
            Diagnostic::new(diag::UNTRANSLATED_CARE_CARD, &file, card.span, message).with_help(help)
        })
        .collect()
}

/// The searches of `content/search-tests.toml` that do not find what they must.
pub(super) fn failed_tests(site: &Site) -> Vec<Diagnostic> {
    let tests = &site.0.registries.value.search_tests;
    let Some(source) = site.files().text(TESTS) else { return Vec::new() };
    if tests.iter().next().is_none() {
        return Vec::new();
    }
    let languages = site.catalog().languages().iter();
    let open = |language: &Arc<str>| Some((Arc::clone(language), site.search_index(language).ok()?));
    let indexes: Indexes = languages.filter_map(open).collect();
    let tests: Vec<_> = tests.iter().collect();
    tests.par_iter().filter_map(|test| failed(test, site, &indexes, source.path())).collect()
}

/// The groups of `content/synonyms.toml` of which no page holds a word. Without groups no index is made.
pub(super) fn unused_synonyms(site: &Site) -> Vec<Diagnostic> {
    let groups: Vec<_> = site.0.registries.value.synonyms.iter().collect();
    let Some(source) = site.files().text(SYNONYMS).filter(|_| !groups.is_empty()) else { return Vec::new() };
    let unused = site.search_files().unused_synonyms().filter_map(|number| groups.get(number));
    unused
        .map(|group| {
            let message = format!("no page holds “{}”", group.words.join("” or “"));
            Diagnostic::new(diag::UNUSED_SYNONYM, source.path(), group.span, message)
                .with_help("add the word that your pages use to the group, or take the group out")
        })
        .collect()
}

/// The indexes of the site by language.
type Indexes = BTreeMap<Arc<str>, search::Index>;

/// What is wrong with a test, if anything is. The index of the wanted page's language answers.
fn failed(test: &SearchTest, site: &Site, indexes: &Indexes, file: &SitePath) -> Option<Diagnostic> {
    let wanted = test.wanted.address();
    let places = if matches!(test.wanted, Wanted::First(_)) { 1 } else { 3 };
    let language = match site.catalog().place(&wanted.value)? {
        Place::Page(id) => &*site.catalog().page(id).language,
        _ => &*site.config().language,
    };
    let index = indexes.get(language)?;
    let pages = index.pages(&test.query.value, 3).ok()?;
    if pages.iter().take(places).any(|page| page.as_str() == wanted.value.as_str()) {
        return None;
    }
    let place = if places == 1 { "first" } else { "among the first three" };
    let message = format!("a search for “{}” does not find `{}` {place}", test.query.value, wanted.value);
    let instead = if pages.is_empty() { "nothing".to_owned() } else { pages.join(", ") };
    let finding = Diagnostic::new(diag::SEARCH_TEST_FAILED, file, test.query.span, message)
        .with_note(format!("it finds {instead}"))
        .with_help(
            "use these words in the page, or add them to its `questions`, `keywords` or to synonyms.toml",
        );
    Some(finding)
}

#[cfg(test)]
mod tests {
    use super::as_sentences;

    #[test]
    fn items_and_cells_are_told_apart_in_an_excerpt() {
        let check = |text: &str, sentences: &str| assert_eq!(as_sentences(text.to_owned()), sentences);
        check(
            "You may notice:\nan ache\ntight spots (knots)\nSee a doctor.\n",
            "You may notice:\nan ache;\ntight spots (knots).\nSee a doctor.",
        );
        check("Cost  about $50  more", "Cost, about $50, more.");
        check("One sentence. And “one.”\n", "One sentence. And “one.”");
        check("Is it?  Yes", "Is it? Yes.");
        check("One.\nTwo!\n", "One.\nTwo!");
        check("\n One. \n\nTwo:\n", "One.\nTwo:");
        check("", "");
    }
}
