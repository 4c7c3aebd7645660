//! The linker on small sites; one module a topic.

/// Mentions: which become links.
mod mentions;
/// What holds for any text and any names.
mod properties;
/// What pages say of each other.
mod incoming;
/// Ids, sources and figures.
mod known;
/// Moving a page.
mod moving;
/// What the site calls things.
mod naming;
/// Another id for a heading.
mod anchors;
/// The graph and the report of links.
mod reports;
/// Where links lead, and what is wrong with those that lead nowhere.
mod targets;
