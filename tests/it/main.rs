//! The integration tests, one binary; each module is one topic.

mod keys_and_values;
mod schemas;
/// The reference of all codes.
mod diagnostics_reference;
/// The output folder is the whole old site or the whole new one, whatever fails at whatever moment.
mod output_faults;
/// A scratch folder, and its content as a value.
mod scratch;
