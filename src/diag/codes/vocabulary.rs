//! Codes of the chapter `vocabulary`.

#[allow(unused_imports, reason = "the chapter is empty until its stage is built")]
use super::{Code, CodeInfo, Severity};

codes! { "vocabulary":
}
