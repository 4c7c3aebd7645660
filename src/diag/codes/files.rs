//! Codes for files as such: their bytes, names and sizes.

use super::{Code, CodeInfo, Severity};

codes! { "files":
    INVALID_UTF8 = "invalid-utf8", Error;
    FILE_TOO_LARGE = "file-too-large", Error;
    UNUSABLE_FILE_NAME = "unusable-file-name", Error;
    SYMLINK_NOT_FOLLOWED = "symlink-not-followed", Warning;
}
