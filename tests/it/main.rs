//! The integration tests, one binary; each module is one topic.

/// The search index: building, both queries, damage.
mod search;
