//! Codes of the chapter `markdown`.

use super::{Code, CodeInfo, Severity};

codes! { "markdown":
}
