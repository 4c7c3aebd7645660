//! The integration tests, one binary; each module is one topic.

/// The reference of all codes.
mod diagnostics_reference;
/// The default theme.
mod theme;
