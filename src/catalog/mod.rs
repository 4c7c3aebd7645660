//! The catalog: all that the whole site knows.
