//! The preview in a real browser, `tests/browser/preview.mjs` under Node and Chromium.

use std::process::{Command, Stdio};

fn is_installed(program: &str) -> bool {
    let asked = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    asked.is_ok_and(|status| status.success())
}

#[test]
fn preview_follows_edits_without_reloading() {
    let chromium = std::env::var("CHROMIUM").unwrap_or_else(|_| "chromium".to_owned());
    if !is_installed("node") || !is_installed(&chromium) {
        panic!("Node and Chromium are needed; tests/run installs them, or set CHROMIUM to its program");
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser/preview.mjs");
    let run = Command::new("node").args([script, env!("CARGO_BIN_EXE_needlepoint")]).output().unwrap();
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{said}");
}
