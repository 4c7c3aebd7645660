//! What the index is made from: documents, the words of a site's vocabulary, and settings.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// A page as search sees it. Text is borrowed from the parsed page wherever the page holds it in one piece.
#[derive(Clone, Debug, Default)]
pub struct Document<'a> {
    /// The address from the site's root, with a slash at both ends: `/articles/cost/`.
    pub url: Cow<'a, str>,
    /// The id by which other documents' `conditions` name this one; empty for most.
    pub id: Cow<'a, str>,
    /// The title.
    pub title: Cow<'a, str>,
    /// The description; may be empty.
    pub description: Cow<'a, str>,
    /// Words that the author wants the page found by.
    pub keywords: Vec<Cow<'a, str>>,
    /// Questions that the page answers; indexed like the title.
    pub questions: Vec<Cow<'a, str>>,
    /// Other names of what the page is about. Wherever one of them stands in a document, the others find it too.
    pub also_called: Vec<Cow<'a, str>>,
    /// Names that find the page but say too little to be looked for in other documents ("LBP", "knots").
    pub search_only: Vec<Cow<'a, str>>,
    /// The kind, for filters and results.
    pub kind: Cow<'a, str>,
    /// The body region, for filters and results; may be empty.
    pub region: Cow<'a, str>,
    /// Ids of the conditions that the page is about, for filters.
    pub conditions: Vec<Cow<'a, str>>,
    /// The language, as in `en` or `es`; each language has an index of its own.
    pub language: Cow<'a, str>,
    /// Whether the page is itself about one named thing (a condition): it comes first for its own names.
    pub is_condition: bool,
    /// The body in reading order; text before the first heading is a section without a heading.
    pub sections: Sections<'a>,
}

/// The sections of a document: at hand, or made each time they are asked for, so that no second copy of a whole site's
/// text is kept.
#[derive(Clone)]
pub enum Sections<'a> {
    /// At hand.
    Made(Vec<Section<'a>>),
    /// Made when asked for; always the same.
    Later(Arc<dyn Fn() -> Vec<Section<'a>> + Send + Sync + 'a>),
}

impl<'a> Sections<'a> {
    /// The sections, in reading order.
    pub fn get(&self) -> Cow<'_, [Section<'a>]> {
        match self {
            Self::Made(sections) => Cow::Borrowed(sections),
            Self::Later(make) => Cow::Owned(make()),
        }
    }
}

impl Default for Sections<'_> {
    fn default() -> Self {
        Self::Made(Vec::new())
    }
}

impl<'a> From<Vec<Section<'a>>> for Sections<'a> {
    fn from(sections: Vec<Section<'a>>) -> Self {
        Self::Made(sections)
    }
}

impl fmt::Debug for Sections<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.get().iter()).finish()
    }
}

/// A stretch of a page's body under one heading.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section<'a> {
    /// The heading's anchor, without `#`; empty for the text before the first heading.
    pub anchor: Cow<'a, str>,
    /// The heading's text; empty for the text before the first heading.
    pub heading: Cow<'a, str>,
    /// The text, without markup; paragraphs may be parted by line feeds.
    pub text: Cow<'a, str>,
}

/// What a site says of its words, beside the names of its conditions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vocabulary {
    /// Groups of words and phrases of one meaning: the site's synonyms, and the terms of its glossary with their forms.
    pub synonyms: Vec<Vec<String>>,
}

/// How the index is cut into files.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The language whose index lies directly under `search/`; others lie in folders of their own below it.
    pub language: String,
    /// The size of all texts up to which everything is one file, in bytes before compression. Beyond the usual value
    /// several files are fewer bytes, though more requests.
    pub one_file: usize,
    /// The size that a shard of the term dictionary aims at, in bytes before compression.
    pub shard: usize,
    /// The size that a piece of a page's text aims at, in bytes before compression.
    pub part: usize,
    /// The number of text files beyond which a file holds whole pages, and then several.
    pub text_files: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { language: "en".to_owned(), one_file: 28 << 10, shard: 5 << 10, part: 1200, text_files: 4096 }
    }
}
