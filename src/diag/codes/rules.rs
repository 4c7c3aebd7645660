//! Codes for a site's own rule files.

use super::{Code, CodeInfo, Severity};

codes! { "rules":
    MALFORMED_RULE = "malformed-rule", Error;
    UNTESTED_RULE = "untested-rule", Warning;
    FAILED_RULE_EXAMPLE = "failed-rule-example", Error;
}
