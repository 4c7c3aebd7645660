//! Waivers of checks that do not exist: they would hide nothing, and look as if they did.

use super::{Knowledge, Subject};
use crate::diag::{self, all_codes};

pub(super) fn check(subject: &Subject<'_>, knowledge: &Knowledge<'_>, found: &mut Vec<diag::Diagnostic>) {
    for waiver in &subject.page.front_matter.waivers {
        let rules = || knowledge.rules.rules().iter().map(|rule| rule.code.as_str());
        let known = || all_codes().map(|info| info.code).chain(rules());
        if known().all(|code| code != waiver.code) {
            let message = format!("there is no check `{}`", waiver.code);
            found.push(
                subject
                    .finding(diag::UNKNOWN_CHECK, waiver.span, message)
                    .with_nearest(&waiver.code, known()),
            );
        }
    }
}
