//! Search: the index and its query.
