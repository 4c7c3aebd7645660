//! What the bodies of all pages share: addresses, words of the interface, pictures.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::escape;
use crate::catalog::{GeneratedKind, PageId};
use crate::markdown::AlertKind;
use crate::name::UrlPath;
use crate::render::Inputs;
use crate::render::pictures::Pictures;
use crate::theme::Strings;

/// What the bodies of all pages share; made once for a site.
pub struct Shared {
    /// The address of each page in the order of the catalog, as it stands in an attribute.
    pages: Vec<Box<str>>,
    languages: BTreeMap<Arc<str>, Language>,
    pub(in crate::render) pictures: Pictures,
}

/// What bodies in one language share.
#[derive(Default)]
pub(super) struct Language {
    /// What every shortcode sees: `site` and `t`.
    pub(super) context: tera::Context,
    /// The glossary's address as it stands in an attribute; `None` where there is no glossary.
    pub(super) glossary: Option<Box<str>>,
    /// `Reference {n}`, in two halves.
    pub(super) reference: (Box<str>, Box<str>),
    /// `Note {n}`, in two halves.
    pub(super) note: (Box<str>, Box<str>),
    /// The words that lead to a care card above the text, in two halves around its heading.
    pub(super) care_above: (Box<str>, Box<str>),
    pub(super) notes: Box<str>,
    pub(super) back_to_text: Box<str>,
    alerts: [Box<str>; 5],
}

impl Shared {
    /// Gathers what the bodies of all pages share; `site` gives what shortcodes see as `site` in a language.
    pub fn new(inputs: &Inputs<'_>, site: impl Fn(&str) -> tera::Value) -> Self {
        let base = inputs.config.base_url.path();
        let pages = inputs.catalog.pages().iter().map(|page| address(base, &page.address).into()).collect();
        let languages = inputs.catalog.languages().iter();
        let languages = languages.map(|tag| (tag.clone(), Language::new(tag, inputs, site(tag)))).collect();
        Self { pages, languages, pictures: Pictures::default() }
    }

    /// The address of a page as it stands in an attribute.
    pub(super) fn page(&self, id: PageId) -> &str {
        self.pages.get(id.0 as usize).map_or("", |address| address)
    }

    pub(super) fn language(&self, tag: &str) -> &Language {
        let known = self.languages.get(tag).or_else(|| self.languages.values().next());
        known.expect("the catalog names the site's own language")
    }
}

impl Language {
    fn new(tag: &str, inputs: &Inputs<'_>, site: tera::Value) -> Self {
        let none = Strings::default();
        let all = &inputs.theme.strings;
        let short = tag.split('-').next().unwrap_or(tag);
        let words = [tag, short, "en"].iter().find_map(|tag| all.get(*tag)).unwrap_or(&none);
        let mut context = tera::Context::new();
        context.insert_value("t", tera::Value::from_serializable(&words.table));
        context.insert_value("site", site);
        let attribute = |text: &str| {
            let mut out = String::new();
            escape::attribute(&mut out, text);
            out.into_boxed_str()
        };
        let halves = |name: &str, filled: &str| {
            let (before, after) = words.get(name).split_once(filled).unwrap_or((words.get(name), ""));
            (attribute(before), attribute(after))
        };
        let glossary = inputs.catalog.generated_address(&GeneratedKind::Glossary, tag);
        let alerts = ["alert_note", "alert_tip", "alert_important", "alert_warning", "alert_caution"];
        Self {
            context,
            glossary: glossary.map(|path| address(inputs.config.base_url.path(), path).into()),
            reference: halves("reference_n", "{n}"),
            note: halves("note_n", "{n}"),
            care_above: halves("care_above", "{heading}"),
            notes: attribute(words.get("notes")),
            back_to_text: attribute(words.get("back_to_text").trim_end_matches([':', ' ', '\u{a0}'])),
            alerts: alerts.map(|name| attribute(words.get(name))),
        }
    }

    /// Class and word of an alert.
    pub(super) fn alert(&self, kind: AlertKind) -> (&'static str, &str) {
        let (class, index) = match kind {
            AlertKind::Note => ("alert-note", 0),
            AlertKind::Tip => ("alert-tip", 1),
            AlertKind::Important => ("alert-important", 2),
            AlertKind::Warning => ("alert-warning", 3),
            AlertKind::Caution => ("alert-caution", 4),
        };
        (class, &self.alerts[index])
    }
}

/// An address of the site as it stands in an attribute, the path of the site's own address before it.
pub(super) fn address(base: &str, path: &UrlPath) -> String {
    let mut out = String::new();
    escape::attribute(&mut out, base);
    escape::attribute(&mut out, &path.encoded());
    out
}
