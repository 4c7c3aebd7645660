//! The reference of all codes as one Markdown page, kept in the repository as `docs/diagnostics.md`.

use crate::diag::{CodeInfo, all_codes};

/// Writes the reference: a table of contents by chapter, then each code with its level and explanation.
pub fn reference() -> String {
    let mut chapters: Vec<(&str, Vec<&CodeInfo>)> = Vec::new();
    for info in all_codes() {
        match chapters.iter_mut().find(|(group, _)| *group == info.group) {
            Some((_, infos)) => infos.push(info),
            None => chapters.push((info.group, vec![info])),
        }
    }
    let mut out = String::from(
        "# Diagnostics\n\nEvery finding has a code. `needlepoint explain CODE` prints the same text in a \
         terminal. A site\nchanges the level of a code in `needlepoint.toml` under `[checks]`. This page is \
         generated from the\nprogram: run the tests with `UPDATE_REFERENCE=1` to write it again.\n",
    );
    for (group, infos) in &chapters {
        out.push_str(&format!("\n**{group}**: "));
        let links: Vec<String> = infos.iter().map(|info| format!("[{0}](#{0})", info.code)).collect();
        out.push_str(&links.join(", "));
        out.push('\n');
    }
    for (group, infos) in &chapters {
        out.push_str(&format!("\n## Chapter: {group}\n"));
        for info in infos {
            out.push_str(&format!("\n### {}\n\n*{}*. ", info.code, info.severity.as_str()));
            let mut in_fence = false;
            for line in info.explanation.lines() {
                in_fence ^= line.starts_with("```");
                match line.strip_prefix("## ").filter(|_| !in_fence) {
                    Some(heading) => out.push_str(&format!("**{heading}**\n\n")),
                    None => out.push_str(&format!("{line}\n")),
                }
            }
        }
    }
    out
}
