//! Entries in AMA style. The style is loaded only where there is an entry.
//!
//! Hayagriva writes fields into HTML as they are; here the tree is written by hand and every text is escaped.

use std::sync::LazyLock;

use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::{FontStyle, FontWeight, Locale, LocaleFile, Style, VerticalAlign};
use hayagriva::types::EntryType;
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChild, ElemChildren, Entry,
    Formatted,
};

use super::{RawEntry, Reference, ReferenceKind};
use crate::markup::escape_into;
use crate::name::SitePath;
use crate::registry::identifier;

/// The words of the style. All locales that hayagriva brings take a hundred milliseconds to read.
static ENGLISH: LazyLock<Locale> = LazyLock::new(|| {
    let file = LocaleFile::from_xml(include_str!("locale-en-US.xml"));
    file.expect("a test reads the file").into()
});

/// Formats all entries, in their order.
pub(super) fn all(mut entries: Vec<RawEntry>, file: &SitePath) -> Vec<Reference> {
    entries.iter_mut().for_each(|raw| name_no_preprint(&mut raw.entry));
    if entries.is_empty() {
        return Vec::new();
    }
    let Style::Independent(style) = ArchivedStyle::AmericanMedicalAssociation.get() else {
        return Vec::new();
    };
    let locales = std::slice::from_ref(&*ENGLISH);
    let mut driver = BibliographyDriver::new();
    for raw in &entries {
        driver.citation(CitationRequest::from_items(
            vec![CitationItem::with_entry(&raw.entry)],
            &style,
            locales,
        ));
    }
    let rendered = driver.finish(BibliographyRequest { style: &style, locale: None, locale_files: locales });
    let mut written: std::collections::BTreeMap<String, ElemChildren> = rendered
        .bibliography
        .map(|bibliography| bibliography.items.into_iter().map(|item| (item.key, item.content)).collect())
        .unwrap_or_default();
    let mut references = Vec::with_capacity(entries.len());
    for raw in entries {
        let content = written.remove(raw.key.as_str()).unwrap_or_default();
        references.push(reference(raw, &content, file));
    }
    references
}

/// AMA style takes an article that names no journal for a preprint. Only one that says so is.
fn name_no_preprint(entry: &mut Entry) {
    let genre = entry.genre().map(|genre| genre.to_string().to_lowercase()).unwrap_or_default();
    let is_preprint = entry.arxiv().is_some() || genre.contains("preprint");
    if *entry.entry_type() == EntryType::Article && entry.parents().is_empty() && !is_preprint {
        entry.set_parents(vec![Entry::new("", EntryType::Periodical)]);
    }
}

/// What the type of an entry tells of its kind; `None` for articles.
fn form(entry: &Entry) -> Option<ReferenceKind> {
    match entry.entry_type() {
        EntryType::Article | EntryType::Periodical | EntryType::Newspaper | EntryType::Manuscript => None,
        EntryType::Web | EntryType::Blog | EntryType::Post | EntryType::Thread => Some(ReferenceKind::Web),
        EntryType::Book | EntryType::Chapter | EntryType::Anthology | EntryType::Anthos => {
            Some(ReferenceKind::Book)
        }
        EntryType::Legislation | EntryType::Case => Some(ReferenceKind::Law),
        _ => Some(ReferenceKind::Other),
    }
}

fn reference(raw: RawEntry, content: &ElemChildren, file: &SitePath) -> Reference {
    let mut out = Written::default();
    out.children(content);
    let entry = &raw.entry;
    let doi = entry.doi().and_then(identifier::doi);
    let pmid = entry.pmid().and_then(identifier::pmid);
    let pmcid = raw.pmcid.as_deref().and_then(identifier::pmcid);
    if let Some(doi) = doi.as_deref().filter(|doi| !out.text.contains(*doi)) {
        out.identifier(&format!("doi:{doi}"), &format!("https://doi.org/{}", encoded(doi)));
    }
    if let Some(pmid) = &pmid {
        out.identifier(&format!("PMID {pmid}"), &format!("https://pubmed.ncbi.nlm.nih.gov/{pmid}/"));
    }
    if let Some(pmcid) = &pmcid {
        out.identifier(pmcid, &format!("https://pmc.ncbi.nlm.nih.gov/articles/{pmcid}/"));
    }
    let url = entry.url().map(|url| url.value.to_string()).filter(|url| identifier::is_web_address(url));
    Reference {
        html: out.html.trim().to_owned(),
        text: out.text.trim().to_owned(),
        title: entry.title().map(ToString::to_string).unwrap_or_default(),
        authors: entry
            .authors()
            .unwrap_or_default()
            .iter()
            .map(|person| person.name_first(false, true))
            .collect(),
        year: entry.date_any().map(|date| date.year),
        doi,
        pmid,
        pmcid,
        isbn: entry.isbn().and_then(identifier::isbn),
        accessed: entry.url().and_then(|url| url.visit_date.as_ref()).and_then(day),
        url,
        kind: raw.kind,
        form: form(entry),
        retracted: raw.retracted,
        file: file.clone(),
        key: raw.key,
        span: raw.span,
    }
}

/// The day of a date that names one; hayagriva counts months and days from zero.
fn day(date: &hayagriva::types::Date) -> Option<jiff::civil::Date> {
    let (year, month, day) = (date.year, date.month?, date.day?);
    let month = i8::try_from(month).ok()?.checked_add(1)?;
    let day = i8::try_from(day).ok()?.checked_add(1)?;
    jiff::civil::Date::new(i16::try_from(year).ok()?, month, day).ok()
}

/// An entry as HTML and as plain text.
#[derive(Default)]
struct Written {
    html: String,
    text: String,
}

impl Written {
    fn children(&mut self, children: &ElemChildren) {
        for child in &children.0 {
            match child {
                ElemChild::Text(text) => self.formatted(text),
                ElemChild::Elem(elem) => self.children(&elem.children),
                ElemChild::Markup(markup) => self.plain(markup),
                ElemChild::Link { text, url } => self.link(text, url),
                ElemChild::Transparent { .. } => {}
            }
        }
    }

    fn link(&mut self, text: &Formatted, url: &str) {
        let safe = identifier::is_web_address(url);
        if safe {
            self.html.push_str("<a href=\"");
            escape_into(&mut self.html, url);
            self.html.push_str("\">");
        }
        self.formatted(text);
        if safe {
            self.html.push_str("</a>");
        }
    }

    /// Adds a link to where an identifier leads, as a sentence of its own.
    fn identifier(&mut self, name: &str, url: &str) {
        let is_open = !self.text.trim_end().ends_with('.');
        self.plain(if is_open { ". " } else { " " });
        self.html.push_str("<a href=\"");
        escape_into(&mut self.html, url);
        self.html.push_str("\">");
        self.plain(name);
        self.html.push_str("</a>");
    }

    fn formatted(&mut self, text: &Formatted) {
        let format = text.formatting;
        let tags = [
            (format.font_style == FontStyle::Italic, "i"),
            (format.font_weight == FontWeight::Bold, "b"),
            (format.vertical_align == VerticalAlign::Sup, "sup"),
            (format.vertical_align == VerticalAlign::Sub, "sub"),
        ];
        let tags = || tags.iter().filter(|(on, _)| *on).map(|(_, tag)| *tag);
        tags().for_each(|tag| self.html.push_str(&format!("<{tag}>")));
        self.plain(&text.text);
        tags().rev().for_each(|tag| self.html.push_str(&format!("</{tag}>")));
    }

    fn plain(&mut self, text: &str) {
        escape_into(&mut self.html, text);
        self.text.push_str(text);
    }
}

/// An identifier as a part of an address.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/:;()".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_archive() {
        let archive = hayagriva::archive::locales();
        let known = archive.iter().find(|locale| locale.lang == ENGLISH.lang).unwrap();
        assert_eq!(ENGLISH.terms, known.terms);
        assert_eq!(ENGLISH.date, known.date);
        assert_eq!(ENGLISH.style_options, known.style_options);
    }
}
