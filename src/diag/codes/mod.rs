//! Every built-in code, by chapter. A chapter is a file with one list; its explanations are Markdown files in
//! `explain/`, named for the code.

use super::{Code, CodeInfo, Severity};

/// Declares a chapter: constants for its codes, and `INFOS` with what the program knows of them.
macro_rules! codes {
    ($group:literal: $($name:ident = $code:literal, $severity:ident;)*) => {
        $(
            #[doc = concat!("`", $code, "`: see `needlepoint explain ", $code, "`.")]
            pub const $name: Code = Code::new($code);
        )*
        pub(super) const INFOS: &[CodeInfo] = &[$(CodeInfo {
            code: $code,
            severity: Severity::$severity,
            group: $group,
            explanation: include_str!(concat!("../explain/", $code, ".md")),
        }),*];
    };
}

/// Declares the chapters, re-exports their codes and joins their lists.
macro_rules! chapters {
    ($($chapter:ident)*) => {
        $(mod $chapter; pub use $chapter::*;)*

        /// All built-in codes, chapter by chapter.
        pub fn all_codes() -> impl Iterator<Item = &'static CodeInfo> {
            [$($chapter::INFOS),*].into_iter().flatten()
        }
    };
}

chapters! {
    files
    front_matter
    config
    registry
    markdown
    links
    catalog
    theme
    vocabulary
    review
    search
    claims
    safety
    structure
    language
    rules
}

pub(super) fn code_info(code: &str) -> Option<&'static CodeInfo> {
    all_codes().find(|info| info.code == code)
}
