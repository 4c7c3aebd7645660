//! Codes for the Markdown of an article.

use super::{Code, CodeInfo, Severity};

codes! { "markdown":
    DUPLICATE_ANCHOR = "duplicate-anchor", Error;
    MALFORMED_CITATION = "malformed-citation", Error;
    MALFORMED_SHORTCODE = "malformed-shortcode", Error;
    MISPLACED_SHORTCODE = "misplaced-shortcode", Error;
    MISSING_ALT = "missing-alt", Error;
    NESTING_TOO_DEEP = "nesting-too-deep", Error;
    RAW_HTML = "raw-html", Warning;
    SCRIPT_IN_CONTENT = "script-in-content", Error;
    TOO_MANY_ELEMENTS = "too-many-elements", Error;
    UNCLOSED_SHORTCODE = "unclosed-shortcode", Error;
    UNDEFINED_FOOTNOTE = "undefined-footnote", Error;
    UNDEFINED_REFERENCE = "undefined-reference", Warning;
    UNUSED_FOOTNOTE = "unused-footnote", Warning;
}
