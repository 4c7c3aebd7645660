//! Links: targets resolved, mentions found, backlinks and related pages.
