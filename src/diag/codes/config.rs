//! Codes of the chapter `config`.

use super::{Code, CodeInfo, Severity};

codes! { "config":
}
