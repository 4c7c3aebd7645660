//! Codes of the chapter `review`.

#[allow(unused_imports, reason = "the chapter is empty until its stage is built")]
use super::{Code, CodeInfo, Severity};

codes! { "review":
}
