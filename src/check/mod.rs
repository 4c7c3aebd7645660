//! Checks: the content review.
