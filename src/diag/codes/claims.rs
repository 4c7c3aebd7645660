//! Codes for what a page claims.

use super::{Code, CodeInfo, Severity};

codes! { "claims":
    PROMISED_OUTCOME = "promised-outcome", Error;
    HYPE = "hype", Warning;
    OVERSTATED_PROOF = "overstated-proof", Warning;
    UNQUALIFIED_SAFETY = "unqualified-safety", Warning;
    UNFOUNDED_MECHANISM = "unfounded-mechanism", Error;
    BENEFITS_WITHOUT_RISKS = "benefits-without-risks", Error;
    THIN_RISKS = "thin-risks", Warning;
    PROMISED_SPEED = "promised-speed", Warning;
    REPLACES_CARE = "replaces-care", Warning;
    TESTIMONIAL = "testimonial", Warning;
    UNCITED_COMPARISON = "uncited-comparison", Warning;
    UNDATED_DETAIL = "undated-detail", Warning;
}
