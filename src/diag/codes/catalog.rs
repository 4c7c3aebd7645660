//! Codes of the chapter `catalog`.

use super::{Code, CodeInfo, Severity};

codes! { "catalog":
}
