//! Codes for links, images and anchors.

use super::{Code, CodeInfo, Severity};

codes! { "links":
    AMBIGUOUS_LINK = "ambiguous-link", Error;
    BROKEN_IMAGE = "broken-image", Error;
    DEAD_ANCHOR = "dead-anchor", Error;
    DEAD_LINK = "dead-link", Error;
    EMPTY_LINK = "empty-link", Error;
    IMAGE_ELSEWHERE = "image-elsewhere", Error;
    LINK_TO_DRAFT = "link-to-draft", Error;
    LINK_TO_WITHDRAWN = "link-to-withdrawn", Warning;
    MISSING_IMAGE = "missing-image", Error;
    ORPHAN_PAGE = "orphan-page", Warning;
    UNKNOWN_SCHEME = "unknown-scheme", Error;
    UNTRUSTED_HOST = "untrusted-host", Info;
}
