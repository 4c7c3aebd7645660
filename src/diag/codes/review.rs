//! Codes for who wrote, who reviewed, and on what evidence.

use super::{Code, CodeInfo, Severity};

codes! { "review":
    MISSING_REVIEWER = "missing-reviewer", Error;
    REVIEWER_WITHOUT_CREDENTIALS = "reviewer-without-credentials", Error;
    SELF_REVIEW = "self-review", Warning;
    IMPOSSIBLE_REVIEW_DATE = "impossible-review-date", Error;
    REVIEW_OVERDUE = "review-overdue", Warning;
    REVIEW_TOO_SELDOM = "review-too-seldom", Warning;
    CHANGED_SINCE_REVIEW = "changed-since-review", Warning;
    UNDATED_MEDIA = "undated-media", Warning;
    MISSING_HOW_MADE = "missing-how-made", Info;
    MISSING_INTERESTS = "missing-interests", Warning;
    NO_SOURCES = "no-sources", Error;
    OLD_SOURCES = "old-sources", Warning;
    RETRACTED_SOURCE = "retracted-source", Warning;
    ONE_SIDED_EVIDENCE = "one-sided-evidence", Error;
    WEAK_SOURCES = "weak-sources", Warning;
    UNCITED_BENEFIT = "uncited-benefit", Warning;
    UNCITED_FIGURE = "uncited-figure", Warning;
}
