//! Codes of front matter, and of everything else that is written as keys and values.

#[allow(unused_imports, reason = "the chapter is empty until its stage is built")]
use super::{Code, CodeInfo, Severity};

codes! { "front matter":
    MISSING_FRONT_MATTER = "missing-front-matter", Error;
    UNCLOSED_FRONT_MATTER = "unclosed-front-matter", Error;
    FRONT_MATTER_TOO_LARGE = "front-matter-too-large", Error;
    SYNTAX_ERROR = "syntax-error", Error;
    DUPLICATE_KEY = "duplicate-key", Error;
    NESTED_TOO_DEEPLY = "nested-too-deeply", Error;
    TOO_MANY_VALUES = "too-many-values", Error;
    UNKNOWN_KEY = "unknown-key", Error;
    WRONG_TYPE = "wrong-type", Error;
    UNKNOWN_VALUE = "unknown-value", Error;
    EMPTY_VALUE = "empty-value", Error;
    MISSING_REQUIRED_KEY = "missing-required-key", Error;
    BAD_DATE = "bad-date", Error;
    BAD_PERIOD = "bad-period", Error;
    BAD_ID = "bad-id", Error;
    BAD_ADDRESS = "bad-address", Error;
    TAG_WITHOUT_LETTERS = "tag-without-letters", Error;
    TITLE_TOO_LONG = "title-too-long", Error;
    TOO_MANY_ALIASES = "too-many-aliases", Error;
    KEY_FOR_CONDITIONS_ONLY = "key-for-conditions-only", Error;
}
