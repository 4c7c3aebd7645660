//! What `serve` says in the terminal.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::scratch::Scratch;

/// The running program, in a site of two pages.
struct Serve {
    scratch: Scratch,
    child: Child,
    lines: Receiver<String>,
}

impl Serve {
    fn start(flags: &[&str], path: Option<&str>) -> Self {
        Self::start_at("", flags, path)
    }

    /// Started with this path below the site's folder as its root.
    fn start_at(root: &str, flags: &[&str], path: Option<&str>) -> Self {
        let scratch = Scratch::new();
        scratch.write("needlepoint.toml", "title = \"T\"\nbase_url = \"https://example.org\"\n");
        scratch.write("content/_index.md", "+++\ntitle = \"Home\"\n+++\nWelcome.\n");
        scratch.write("content/a.md", "+++\ntitle = \"A\"\n+++\nWords.\n");
        let mut command = Command::new(env!("CARGO_BIN_EXE_needlepoint"));
        if !root.is_empty() {
            std::os::unix::fs::symlink(scratch.path(), scratch.path().join(root)).unwrap();
        }
        command.args(["serve", "--port", "0", "--root", scratch.path().join(root).as_str()]).args(flags);
        if let Some(path) = path {
            command.env("PATH", path);
        }
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let (send, lines) = channel();
        let said = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        std::thread::spawn(move || said.for_each(|line| drop(send.send(line))));
        Self { scratch, child, lines }
    }

    /// The next line that holds these words.
    #[track_caller]
    fn hears(&self, words: &str) -> String {
        let mut before = Vec::new();
        loop {
            match self.lines.recv_timeout(Duration::from_secs(10)) {
                Ok(line) if line.contains(words) => return line,
                Ok(line) => before.push(line),
                Err(_) => panic!("never heard `{words}`, only {before:?}"),
            }
        }
    }

    /// All lines until nothing more is said.
    fn rest(&self) -> Vec<String> {
        std::iter::from_fn(|| self.lines.recv_timeout(Duration::from_secs(1)).ok()).collect()
    }
}

impl Drop for Serve {
    fn drop(&mut self) {
        // It has ended by itself where that fails.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_link_may_lead_to_the_site() {
    let serve = Serve::start_at("link", &[], None);
    serve.hears("no findings");
    serve.scratch.write("needlepoint.toml", "title = \"Other\"\nbase_url = \"https://example.org\"\n");
    serve.hears("needlepoint.toml: ");
    serve.scratch.write("templates/partials/footer.html", "<p>Foot.</p>");
    serve.hears("templates/partials/footer.html: ");
}

#[test]
fn each_change_is_a_line_and_new_errors_come_with_their_place() {
    let serve = Serve::start(&[], None);
    let first = serve.hears("http://localhost:");
    assert!(first.starts_with("2 pages at ") && first.ends_with("end with Ctrl-C"), "{first}");
    serve.hears("no findings");
    let article = |body: &str| format!("+++\ntitle = \"A\"\n+++\n{body}\n");
    serve.scratch.write("content/a.md", article("Other words and a [dead end](gone.md)."));
    let line = serve.hears("content/a.md");
    assert!(line.starts_with("content/a.md: 1 page made again, ") && line.ends_with(" ms"), "{line}");
    let error = serve.hears("error");
    assert!(error.starts_with("content/a.md:4:30: error[dead-link]: "), "{error}");
    serve.hears("1 error in 1 file");
    // What was told is not told again, also where it moved down.
    serve.scratch.write(
        "content/a.md",
        article("More.\n\nOther words and a [dead end](gone.md). {{ fact(id=\"x\") }}"),
    );
    serve.hears("1 page made again");
    assert!(serve.hears("error[").starts_with("content/a.md:6:"), "the new one");
    serve.hears("2 errors in 1 file");
    serve.scratch.write("content/a.md", article("Words."));
    serve.hears("no findings");
    serve.scratch.write("templates/partials/footer.html", "<p>Foot.</p>");
    serve.hears("templates/partials/footer.html: pages are made again as they are shown, ");
    serve.scratch.write("templates/partials/footer.html", "<p>{% if %}</p>");
    serve.hears("templates/partials/footer.html: cannot be used, what it last was stays in use, ");
    assert!(serve.hears("error[").starts_with("templates/partials/footer.html:1:10: error[template-syntax]"));
    serve.scratch.write("templates/partials/footer.html", "<p>Foot.</p>");
    serve.hears("templates/partials/footer.html: in order again, pages are as they were, ");
    serve.hears("no findings");
    // A mistake that only shows when a page is rendered, and then in all of them.
    serve.scratch.write("templates/partials/footer.html", "<p>{{ site.title / 2 }}</p>");
    assert!(serve.hears("error[").starts_with("templates/partials/footer.html:1:7: error[template-error]"));
    serve.hears("1 error in 1 file");
    serve.scratch.write("templates/partials/footer.html", "<p>Foot.</p>");
    serve.hears("no findings");
    std::fs::rename(serve.scratch.path().join("content/a.md"), serve.scratch.path().join("content/b.md"))
        .unwrap();
    serve.hears("content/a.md became content/b.md: ");
}

#[test]
fn a_quiet_preview_still_says_where_it_is() {
    let serve = Serve::start(&["-q", "--host", "localhost"], None);
    let said = serve.rest();
    assert!(
        said.len() == 1 && said[0].starts_with("http://localhost:") && said[0].ends_with('/'),
        "{said:?}"
    );
    serve.scratch.write("content/a.md", "+++\ntitle = \"A\"\n+++\n[gone](gone.md)\n");
    let said = serve.rest();
    assert!(said.len() == 1 && said[0].starts_with("content/a.md:4:8: error[dead-link]"), "{said:?}");
}

#[test]
fn what_is_not_as_usual_is_said() {
    let serve = Serve::start(&["--poll"], None);
    assert_eq!(serve.hears("polling"), "polling: all files are looked at every 0.4 s, as --poll asks");
    let serve = Serve::start(&["--host", "0.0.0.0"], None);
    let warning = serve.hears("0.0.0.0:");
    assert!(
        warning.starts_with("warning: the preview listens on 0.0.0.0:")
            && warning.contains("drafts included")
    );
    serve.hears("http://localhost:");
    // Where no program opens browsers, the preview goes on.
    let serve = Serve::start(&["--open"], Some("/nowhere"));
    let warning = serve.hears("no browser");
    assert!(warning.starts_with("warning: ") && warning.contains("http://localhost:"), "{warning}");
    serve.scratch.write("content/a.md", "+++\ntitle = \"A\"\n+++\nOther words.\n");
    serve.hears("1 page made again");
}
