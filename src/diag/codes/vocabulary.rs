//! Codes for what the site's pages share: names of conditions, terms, figures, sources and people.

use super::{Code, CodeInfo, Severity};

codes! { "vocabulary":
    CONDITION_WITHOUT_PAGE = "condition-without-page", Warning;
    CONFLICTING_FIGURE = "conflicting-figure", Warning;
    MALFORMED_CODE = "malformed-code", Warning;
    MISPLACED_REGISTRY = "misplaced-registry", Warning;
    NAME_CLAIMED_TWICE = "name-claimed-twice", Error;
    OTHER_SPELLING = "other-spelling", Warning;
    UNEXPLAINED_TERM = "unexplained-term", Warning;
    UNKNOWN_CARE_CARD = "unknown-care-card", Error;
    UNKNOWN_CONDITION = "unknown-condition", Error;
    UNKNOWN_FACT = "unknown-fact", Error;
    UNKNOWN_PERSON = "unknown-person", Error;
    UNKNOWN_SOURCE = "unknown-source", Error;
    UNKNOWN_TERM = "unknown-term", Error;
    UNLINKED_LIST_MEMBER = "unlinked-list-member", Info;
    UNTRANSLATED_CARE_CARD = "untranslated-care-card", Warning;
    UNTRANSLATED_REGION = "untranslated-region", Warning;
    UNUSABLE_NAME = "unusable-name", Warning;
    UNUSED_SOURCE = "unused-source", Warning;
}
