//! Codes for what search must find.

use super::{Code, CodeInfo, Severity};

codes! { "search":
    SEARCH_TEST_FAILED = "search-test-failed", Warning;
    SEARCH_TEST_PAGE = "search-test-page", Error;
    UNUSED_SYNONYM = "unused-synonym", Warning;
}
