//! Codes of the chapter `links`.

use super::{Code, CodeInfo, Severity};

codes! { "links":
}
