//! `needlepoint explain`: what a finding means.

use std::fmt::Write;

use super::{Globals, Outcome, print, usage_error};
use crate::diag::{self, Code};
use crate::error::Error;
use crate::report;

/// Prints the explanation of a code, or the list of all codes.
pub fn run(globals: &Globals, code: Option<&str>) -> Result<Outcome, Error> {
    let Some(code) = code else { return print(&all_codes()) };
    let Some(info) = Code::from_rule(code).info() else {
        let near = diag::did_you_mean(code, diag::all_codes().map(|info| info.code));
        let help = near.unwrap_or_else(|| "`needlepoint explain` lists all codes".to_owned());
        return Err(usage_error(format!("there is no code `{code}`"), Some(help)));
    };
    let color = globals.has_color(std::io::IsTerminal::is_terminal(&std::io::stdout()));
    print(&report::explain(info, report::Style { color, ..report::Style::default() }))
}

fn all_codes() -> String {
    let mut text = String::new();
    let mut group = "";
    for info in diag::all_codes() {
        if info.group != group {
            let space = if group.is_empty() { "" } else { "\n" };
            let _ = writeln!(text, "{space}{}", info.group);
            group = info.group;
        }
        let _ = writeln!(text, "  {:<28} {:<8} {}", info.code, info.severity.as_str(), info.summary());
    }
    text
}
