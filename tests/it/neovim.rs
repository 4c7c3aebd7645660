//! The language server in Neovim, driven by `tests/editor/session.lua`.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::scratch::Scratch;

#[test]
fn an_author_finds_mends_and_renames() {
    let nvim = std::env::var("NVIM_PROGRAM").unwrap_or_else(|_| "nvim".to_owned());
    let asked = Command::new(&nvim).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    assert!(asked.is_ok_and(|status| status.success()), "Neovim is needed; tests/run installs it");
    let site = Scratch::new();
    for (path, text) in [
        ("needlepoint.toml", "title = \"T\"\nbase_url = \"https://example.org\"\n"),
        ("content/_index.md", "+++\ntitle = \"Home\"\n+++\nSee [your neck](conditions/neck-pain.md).\n"),
        (
            "content/articles/cost.md",
            "+++\ntitle = \"What it costs\"\nkind = \"page\"\nconditions = [\"neck-pain\"]\n+++\nText.\n",
        ),
        (
            "content/conditions/neck-pain.md",
            "+++\ntitle = \"Neck pain\"\nkind = \"condition\"\ndescription = \"It hurts.\"\n+++\nPain.\n",
        ),
    ] {
        site.write(path, text);
    }
    let seen = site.path().join("seen");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/editor/session.lua");
    let run = Command::new(&nvim)
        .args(["--headless", "--clean", "-n", "-c", &format!("luafile {script}")])
        .envs([("NEEDLEPOINT", env!("CARGO_BIN_EXE_needlepoint")), ("SITE", site.path().as_str())])
        .envs([("SEEN", seen.as_str()), ("XDG_CACHE_HOME", site.path().join("cache").as_str())])
        .env("XDG_STATE_HOME", site.path().join("state").as_str())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let seen = std::fs::read_to_string(&seen).unwrap_or_default();
    let told = format!("{seen}{}", String::from_utf8_lossy(&run.stderr));
    let seen: BTreeMap<String, Value> =
        seen.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{told}"))).collect();
    assert_eq!(seen.get("ended"), Some(&json!("well")), "{told}");
    // The column is counted in bytes here, so the bone counts four.
    assert_eq!(seen["findings"], json!([["dead-link", 5, 11]]), "{told}");
    assert_eq!(seen["line"], "🦴 See [[neck-pain]] for more.");
    assert!(seen["hover"].as_str().unwrap().contains("**Neck pain**"), "{told}");
    assert_eq!(seen["definition"], json!(["neck-pain.md", 2]));

    let text = |path: &str| std::fs::read_to_string(site.path().join(path)).unwrap();
    assert!(!site.path().join("content/conditions/neck-pain.md").exists());
    assert!(text("content/conditions/sore-neck.md").contains("aliases = [\"/conditions/neck-pain/\"]"));
    assert!(text("content/_index.md").contains("(conditions/sore-neck.md)"));
    let cost = text("content/articles/cost.md");
    assert!(cost.contains("conditions = [\"sore-neck\"]") && cost.contains("[[sore-neck]]"), "{cost}");
}
