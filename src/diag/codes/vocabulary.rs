//! Codes of the chapter `vocabulary`.

use super::{Code, CodeInfo, Severity};

codes! { "vocabulary":
}
