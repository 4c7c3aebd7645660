//! Codes of the registries: facts, glossary, people, regions, care cards, references and lists for search.

#[allow(unused_imports, reason = "the chapter is empty until its stage is built")]
use super::{Code, CodeInfo, Severity};

codes! { "registry":
    BIBLIOGRAPHY_SYNTAX = "bibliography-syntax", Error;
    DUPLICATE_ENTRY = "duplicate-entry", Error;
    MALFORMED_IDENTIFIER = "malformed-identifier", Error;
    FACT_WITHOUT_VALUE = "fact-without-value", Error;
    REVERSED_RANGE = "reversed-range", Error;
    SEARCH_TEST_WITHOUT_PAGE = "search-test-without-page", Error;
    UNSAFE_ADDRESS = "unsafe-address", Error;
}
