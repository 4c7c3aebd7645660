//! What the preview shows at one moment: answers to addresses, and what is known about a page.

use std::sync::Arc;

use serde::Serialize;

use crate::name::{SitePath, UrlPath};

/// A whole site at one moment, rendered when it is asked for.
pub trait View: Send + Sync {
    /// What is at an address; may take as long as rendering a page takes.
    fn answer(&self, address: &UrlPath) -> Answer;

    /// The page for addresses at which nothing is.
    fn not_found(&self) -> Option<Arc<[u8]>>;

    /// What the author's bar says of the page at an address.
    fn about(&self, address: &UrlPath) -> About;

    /// All findings of the site that forbid publishing.
    fn errors(&self) -> Vec<Problem>;

    /// The address that opens a file of the site in the author's editor, where one is configured.
    fn editor_url(&self, file: &SitePath, line: usize, column: usize) -> Option<String>;
}

/// What is at an address.
#[derive(Clone, Debug)]
pub enum Answer {
    /// These bytes; the kind of content follows from the address.
    Content(Arc<[u8]>),
    /// A page as it last was, because its file cannot be read now.
    Stale(Arc<[u8]>),
    /// A page whose file has mistakes that leave too little of it; what could be made of it, if anything.
    Broken(Option<Arc<[u8]>>),
    /// Nothing here; what was meant is at another address.
    Moved(UrlPath),
    /// Nothing.
    Missing,
}

/// What the author's bar says of a page.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct About {
    /// The Markdown file; `None` for a page made from others.
    pub file: Option<String>,
    /// Whether the site names an editor that places in files can be opened in.
    pub has_editor: bool,
    /// What is wrong with the page, worst first.
    pub problems: Vec<Problem>,
    /// What keeps the page from being shown as its files are now.
    pub cause: Option<Problem>,
    /// What is shown instead, in words; empty where nothing keeps the page.
    pub shown: &'static str,
    /// Other files with errors, by name.
    pub elsewhere: Vec<Elsewhere>,
    /// Words of the body.
    pub words: usize,
    /// Minutes of reading.
    pub minutes: usize,
    /// Reading grade, where the text is long enough to have one.
    pub grade: Option<f64>,
    /// The grade that the page should not exceed.
    pub target_grade: Option<f64>,
    /// Titles and addresses of the pages that link here.
    pub links_in: Vec<(String, String)>,
    /// Titles and addresses of the pages that this one links to.
    pub links_out: Vec<(String, String)>,
    /// Conditions and glossary terms found in the text.
    pub mentions: Vec<Mention>,
    /// The state of the clinical review in words; empty where the page needs none.
    pub review: String,
    /// Whether the page is a draft.
    pub draft: bool,
    /// The day of its date, where that lies in the future.
    pub from: Option<String>,
    /// Drafts and pages of the future with their addresses, to be marked wherever a link leads there.
    pub marks: Vec<Marked>,
}

/// A page that is marked where links lead to it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Marked {
    /// Its address, as links have it.
    pub url: String,
    /// What it is.
    pub words: String,
}

/// A file with errors that is not the one of the page at hand.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Elsewhere {
    /// The file, relative to the site.
    pub file: String,
    /// How many errors it has.
    pub errors: usize,
    /// Line of the first, from 1.
    pub line: usize,
    /// Column of the first in characters, from 1.
    pub column: usize,
    /// The address of its page, where it makes one.
    pub url: Option<String>,
}

/// A condition or term that was found in a text.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Mention {
    /// Its name.
    pub name: String,
    /// Where it leads.
    pub url: String,
    /// How often it became a link.
    pub links: usize,
    /// Why it did not where it did not, once for each reason.
    pub skipped: Vec<String>,
}

/// A finding as the browser draws it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Problem {
    /// The code.
    pub code: String,
    /// `error`, `warning` or `info`.
    pub severity: &'static str,
    /// What is wrong.
    pub message: String,
    /// The file, relative to the site.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The line itself.
    pub excerpt: String,
    /// How many characters of it are meant.
    pub length: usize,
    /// A few words at the place; may be empty.
    pub label: String,
    /// What to do.
    pub help: Option<String>,
}
