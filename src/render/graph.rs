//! `graph.json`: pages, conditions and the links between them, for anyone's tools.

use super::Inputs;
use super::shared::Shared;
use crate::link;

/// The file.
pub(super) fn json(inputs: &Inputs<'_>, shared: &Shared) -> Vec<u8> {
    let graph = link::graph(inputs.pages, inputs.incoming, inputs.catalog, |id| shared.url(id));
    // Room that stays empty costs nothing, and a file of megabytes need not move while it grows.
    let mut json = Vec::with_capacity(256 * graph.pages.len() + 128 * graph.links.len());
    serde_json::to_writer(&mut json, &graph).expect("a struct of plain values is JSON");
    json
}
