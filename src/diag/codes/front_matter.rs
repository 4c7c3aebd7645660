//! Codes of the chapter `front matter`.

use super::{Code, CodeInfo, Severity};

codes! { "front matter":
}
