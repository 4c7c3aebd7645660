//! What an author expects of the search: the queries of `content/search-tests.toml` and the pages they must find.

use super::query::{Error, Filters, Index};

/// A query with the page that it must find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// The query, as a reader types it.
    pub query: String,
    /// The page's address, without an anchor.
    pub page: String,
    /// How far down the page may stand: 1 for the first result, 3 for one of the first three.
    pub within: usize,
}

impl Expectation {
    /// The pages that stand before the expected one where they should not, best first; `None` where all is well.
    ///
    /// An empty list says that nothing was found at all.
    pub fn unmet(&self, index: &Index) -> Result<Option<Vec<String>>, Error> {
        let answer = index.query(&self.query, self.within, &Filters::default())?;
        let pages: Vec<String> = answer.results.into_iter().map(|found| found.page).collect();
        Ok(if pages.contains(&self.page) { None } else { Some(pages) })
    }
}
