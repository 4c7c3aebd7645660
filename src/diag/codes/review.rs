//! Codes of the chapter `review`.

use super::{Code, CodeInfo, Severity};

codes! { "review":
}
