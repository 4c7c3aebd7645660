//! Codes of the chapter `search`.

use super::{Code, CodeInfo, Severity};

codes! { "search":
}
