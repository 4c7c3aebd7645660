//! Codes of conditions in other catalogues (health.md, SCH-3).

use super::Subject;
use crate::diag::{self, Diagnostic};
use crate::registry::identifier::{icd10, mesh};

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let Some(fields) = &subject.page.front_matter.condition else { return };
    // A hyphen at the end says that the category needs more characters.
    let wrong_icd10 = fields.icd10.iter().filter(|code| !icd10(code.value.trim_end_matches(['-', '.'])));
    let wrong_mesh = fields.mesh.iter().filter(|code| looks_like_mesh(&code.value) && !mesh(&code.value));
    let help_icd10 = "a letter, two digits, and up to four more behind a point: `M54.2`";
    let help_mesh = "`D` and six or nine digits: `D019547`; or write the heading in words";
    let wrong = wrong_icd10.map(|code| (code, "ICD-10-CM", help_icd10));
    for (code, system, help) in wrong.chain(wrong_mesh.map(|code| (code, "MeSH", help_mesh))) {
        let message = format!("`{}` is no {system} code", code.value);
        found.push(subject.finding(diag::MALFORMED_CODE, code.span, message).with_help(help));
    }
}

/// Whether the text is meant as an identifier and not as a heading in words.
fn looks_like_mesh(text: &str) -> bool {
    text.strip_prefix(['D', 'd']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}
