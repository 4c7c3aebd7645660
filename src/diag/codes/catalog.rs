//! Codes for what the site knows as a whole: addresses, kinds, sections.

use super::{Code, CodeInfo, Severity};

codes! { "catalog":
    ADDRESS_CLAIMED_TWICE = "address-claimed-twice", Error;
    ADDRESS_TAKEN = "address-taken", Error;
    TAGS_SHARE_ADDRESS = "tags-share-address", Warning;
    UNKNOWN_ASPECT = "unknown-aspect", Error;
    UNKNOWN_REGION = "unknown-region", Error;
}
