//! Codes of the chapter `theme`.

use super::{Code, CodeInfo, Severity};

codes! { "theme":
}
