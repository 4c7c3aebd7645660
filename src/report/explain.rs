//! What `needlepoint explain CODE` prints: the explanation of one code as plain or coloured text.

use super::Style;
use crate::diag::CodeInfo;

/// Draws a code with its chapter, its default level and its explanation, without Markdown's marks.
pub fn explain(info: &CodeInfo, style: Style) -> String {
    let (bold, off) = if style.color { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    let mut out = format!("{bold}{}{off} ({}, {})\n\n", info.code, info.severity.as_str(), info.group);
    let mut in_fence = false;
    for line in info.explanation.lines() {
        if line.starts_with("```") {
            in_fence = !in_fence;
        } else if in_fence {
            out.push_str(&format!("    {line}\n"));
        } else if let Some(heading) = line.strip_prefix("## ") {
            out.push_str(&format!("{bold}{heading}{off}\n"));
        } else {
            out.push_str(&format!("{line}\n"));
        }
    }
    out
}
