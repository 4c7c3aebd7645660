//! Benefits and risks in balance (health.md, CLM-6).

use super::Subject;
use crate::aspect::Aspect;
use crate::diag::{self, Diagnostic};

const RISKS: [Aspect; 4] = [Aspect::Risks, Aspect::SideEffects, Aspect::Safety, Aspect::WhoShouldNot];

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let Some(span) = subject.section_span(&[Aspect::Benefits]) else {
        return;
    };
    let Some(risks_span) = subject.section_span(&RISKS) else {
        if subject.treatment {
            found.push(
                subject
                    .finding(diag::BENEFITS_WITHOUT_RISKS, span, "the page tells benefits and no risks")
                    .with_help("add a section on risks"),
            );
        }
        return;
    };
    let (benefits, risks) = (subject.words_of(&[Aspect::Benefits]), subject.words_of(&RISKS));
    if risks * 3 < benefits {
        let message = format!("{risks} words on risks stand against {benefits} on benefits");
        found.push(subject.finding(diag::THIN_RISKS, risks_span, message).with_secondary(
            subject.prose.file(),
            span,
            "the benefits",
        ));
    }
}
