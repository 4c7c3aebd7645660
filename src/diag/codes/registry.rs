//! Codes of the chapter `registry`.

use super::{Code, CodeInfo, Severity};

codes! { "registry":
}
