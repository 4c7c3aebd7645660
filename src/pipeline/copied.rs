//! What is wrong with the files that are copied; each is looked at once.

use std::sync::Arc;

use rayon::prelude::*;

use crate::check;
use crate::diag::Diagnostic;
use crate::files::{AssetFile, SiteFiles};

/// The copied files with what was found in each; cheap to clone.
#[derive(Clone)]
pub(super) struct Copied(Arc<[(AssetFile, Option<Diagnostic>)]>);

impl Copied {
    pub(super) fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter().filter_map(|(_, found)| found.as_ref())
    }
}

/// Looks at the files of `content/` that were not looked at before.
pub(super) fn check(files: &SiteFiles, before: Option<&Copied>) -> Copied {
    let assets = files.assets_in("content");
    let known = before.map_or(&[][..], |before| &before.0);
    let look = |file: &AssetFile| {
        let at = known.binary_search_by(|(known, _)| known.path().cmp(file.path())).ok();
        let found = match at.map(|at| &known[at]).filter(|(known, _)| known == file) {
            Some((_, found)) => found.clone(),
            None => check::asset(file),
        };
        (file.clone(), found)
    };
    Copied(assets.par_iter().map(look).collect())
}
