//! Codes of the configuration.

#[allow(unused_imports, reason = "the chapter is empty until its stage is built")]
use super::{Code, CodeInfo, Severity};

codes! { "config":
    BAD_BASE_URL = "bad-base-url", Error;
    MISSING_CONTENT = "missing-content", Error;
    MISSING_CONFIGURATION = "missing-configuration", Error;
    MISSING_BASE_URL = "missing-base-url", Warning;
    BAD_LANGUAGE = "bad-language", Error;
    UNKNOWN_KIND = "unknown-kind", Error;
    UNKNOWN_REQUIRED_KEY = "unknown-required-key", Error;
    UNKNOWN_CHECK = "unknown-check", Warning;
    TOO_MANY_NAVIGATION_ITEMS = "too-many-navigation-items", Warning;
}
