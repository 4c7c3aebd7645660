//! YAML as a tree of values.

use super::value::Value;
use crate::diag::Diagnostic;
use crate::source::{Source, Span};

/// Reads the YAML in `span` of a file.
pub(super) fn read<'s>(_source: &'s Source, span: Span, _found: &mut Vec<Diagnostic>) -> Value<'s> {
    Value::empty_table(span)
}
