//! Codes for themes: templates, shortcodes, assets.

use super::{Code, CodeInfo, Severity};

codes! { "theme":
    BLOCKED_BY_POLICY = "blocked-by-policy", Warning;
    MISSING_TEMPLATE = "missing-template", Error;
    TEMPLATE_ERROR = "template-error", Error;
    TEMPLATE_LOOP = "template-loop", Error;
    TEMPLATE_SYNTAX = "template-syntax", Error;
    THEME_ASSET = "theme-asset", Error;
    UNKNOWN_SHORTCODE = "unknown-shortcode", Error;
    SHORTCODE_ARGUMENT = "shortcode-argument", Error;
    UNKNOWN_THEME = "unknown-theme", Error;
    UNKNOWN_WORD = "unknown-word", Warning;
    UNUSED_TEMPLATE = "unused-template", Warning;
}
