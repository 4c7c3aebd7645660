//! `graph.json`: pages, conditions and the links between them, for anyone's tools.

use super::Inputs;
use super::shared::Shared;
use crate::link;

/// The file.
pub(super) fn json(inputs: &Inputs<'_>, shared: &Shared) -> Vec<u8> {
    link::graph(inputs.pages, inputs.incoming, inputs.catalog, |id| shared.url(id)).to_json()
}
