//! Codes for what keeps a reader safe.

use super::{Code, CodeInfo, Severity};

codes! { "safety":
    MISSING_SAFETY_SECTION = "missing-safety-section", Error;
    NO_CARE_CARD = "no-care-card", Error;
    MISSING_EMERGENCY_NUMBER = "missing-emergency-number", Error;
    MALFORMED_CARE_CARD = "malformed-care-card", Warning;
    TOO_MANY_CARE_CARDS = "too-many-care-cards", Warning;
    TOO_MANY_CALLOUTS = "too-many-callouts", Warning;
    UNNAMED_RISK = "unnamed-risk", Warning;
    UNNAMED_CONTRAINDICATION = "unnamed-contraindication", Warning;
    MISSING_REGION_CARD = "missing-region-card", Warning;
    MISSING_POLICY_PAGE = "missing-policy-page", Error;
}
