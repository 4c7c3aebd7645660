//! One automaton of all names that mean something on this site.

use crate::catalog::Catalog;
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::registry::Registries;

/// All condition names and glossary terms, ready to be found in a text.
///
/// Two vocabularies are equal when they find the same things in every text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vocabulary {}

/// Makes the vocabulary; names that two things claim and names that cannot be linked are reported.
pub fn vocabulary(
    catalog: &Catalog,
    registries: &Registries,
    config: &Config,
) -> (Vocabulary, Vec<Diagnostic>) {
    let _ = (catalog, registries, config);
    (Vocabulary::default(), Vec::new())
}
