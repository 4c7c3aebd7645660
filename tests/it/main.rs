//! The integration tests, one binary; each module is one topic.

/// The reference of all codes.
mod diagnostics_reference;
/// The output folder is the whole old site or the whole new one, whatever fails at whatever moment.
mod output_faults;
/// A scratch folder, and its content as a value.
mod scratch;
/// The default theme.
mod theme;
