//! Reports: draws diagnostics.
