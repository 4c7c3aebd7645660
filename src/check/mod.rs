//! Checks: what can be said about a page or a site by rule; one check a file.

pub mod prose;
pub mod readability;
pub mod rules;
