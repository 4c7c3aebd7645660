//! Commands: one file for each; they join the edges to the pipeline.
//!
//! Findings and progress go to standard error, results to standard output.

pub mod assurance;
pub mod build;
pub mod check;
pub mod explain;
pub mod init;
pub mod links;
pub mod lsp;
pub mod mv;
pub mod new;
pub mod review;
pub mod schema;
pub mod search;
pub mod serve;
pub mod theme;

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::Date;

use crate::diag::{Diagnostic, Severity};
use crate::disk;
use crate::error::{Error, ErrorKind};
use crate::pipeline::{self, Settings, Site};
use crate::report;

/// Said where the configuration has errors: that nothing else is told does not mean that nothing else is wrong.
const UNJUDGED: &str =
    "the articles are judged once needlepoint.toml is in order: what they may hold depends on it";

/// Choices that every command knows.
#[derive(Clone, Debug, Default)]
pub struct Globals {
    /// The site's folder, where named.
    pub root: Option<Utf8PathBuf>,
    /// Whether messages are coloured; where not said, on a terminal only.
    pub color: Option<bool>,
    /// Say only what is wrong.
    pub quiet: bool,
    /// Say more.
    pub verbose: bool,
}

/// How a command ended, when the world did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All is well.
    Done,
    /// The content has errors, or warnings where they were denied.
    Findings,
    /// The configuration has errors.
    Broken,
    /// The other side went away without a word.
    CutOff,
}

impl Globals {
    /// The site's root: the folder named, or the nearest one from here upwards that holds a needlepoint.toml.
    pub fn find_root(&self) -> Result<Utf8PathBuf, Error> {
        if let Some(root) = &self.root {
            if root.is_dir() {
                return Ok(root.clone());
            }
            let message = format!("there is no folder `{root}`");
            return Err(Error::new(ErrorKind::Usage, message));
        }
        let here =
            std::env::current_dir().map_err(|error| Error::disk("find", "the current folder", error))?;
        let here = Utf8PathBuf::from_path_buf(here).map_err(|path| {
            let message = format!("the name of the folder `{}` is not UTF-8", path.display());
            Error::new(ErrorKind::Usage, message)
        })?;
        match site_around(&here) {
            Some(root) if root == here => Ok(Utf8PathBuf::from(".")),
            Some(root) => Ok(root),
            None => {
                let message = "neither this folder nor one above it holds a needlepoint.toml";
                let help =
                    "go to a site's folder, name it with --root, or make one with `needlepoint init DIR`";
                Err(Error::new(ErrorKind::Usage, message).with_help(help))
            }
        }
    }

    fn has_color(&self, is_terminal: bool) -> bool {
        self.color.unwrap_or_else(|| is_terminal && std::env::var_os("NO_COLOR").is_none())
    }

    /// Whether findings, which go to standard error, are coloured.
    fn has_colored_findings(&self) -> bool {
        self.has_color(io::stderr().is_terminal())
    }

    /// Says a line on standard error, unless the user wants silence.
    pub fn say(&self, line: &str) {
        if !self.quiet {
            warn(line);
        }
    }
}

/// Reads the site in a folder and judges it as of today.
fn built_site(root: &Utf8Path, drafts: bool) -> Result<Site, Error> {
    let reading = disk::read_site(root)?;
    let settings = Settings { today: today()?, drafts, base_url: None, incremental: false };
    Ok(pipeline::build(reading.files().clone(), settings, None, &|_| {}))
}

/// The refusal of a command line, with what to do where that is known.
fn usage_error(message: String, help: Option<String>) -> Error {
    let error = Error::new(ErrorKind::Usage, message);
    match help {
        Some(help) => error.with_help(help),
        None => error,
    }
}

/// The nearest folder from this one upwards that holds a needlepoint.toml.
fn site_around(folder: &Utf8Path) -> Option<Utf8PathBuf> {
    let found = folder.ancestors().find(|folder| folder.join("needlepoint.toml").is_file());
    found.map(Utf8Path::to_owned)
}

/// Writes a line to standard error; nobody can be told where that fails.
fn warn(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Writes a result to standard output.
pub fn print(text: &str) -> Result<Outcome, Error> {
    let mut out = io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    written.map(|()| Outcome::Done).map_err(|error| Error::disk("write to", "standard output", error))
}

/// The day of the build: `SOURCE_DATE_EPOCH` where set, else today, in UTC.
pub fn today() -> Result<Date, Error> {
    let Some(epoch) = std::env::var_os("SOURCE_DATE_EPOCH") else {
        return Ok(jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date());
    };
    let seconds = epoch.to_str().and_then(|text| text.parse().ok());
    let moment = seconds.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    moment.map(|moment| moment.to_zoned(jiff::tz::TimeZone::UTC).date()).ok_or_else(|| {
        let message = format!("SOURCE_DATE_EPOCH is not a number of seconds: `{}`", epoch.to_string_lossy());
        Error::new(ErrorKind::Usage, message)
    })
}

/// Draws findings to standard error, for people.
pub fn report(globals: &Globals, diagnostics: &[Diagnostic], site: &Site) {
    show(&drawn(globals, diagnostics, site));
}

/// Findings as they are drawn on standard error, for people; empty where there are none.
fn drawn(globals: &Globals, diagnostics: &[Diagnostic], site: &Site) -> String {
    let shown: Vec<Diagnostic> = if globals.quiet {
        diagnostics.iter().filter(|found| found.severity != Severity::Info).cloned().collect()
    } else {
        diagnostics.to_vec()
    };
    if shown.is_empty() {
        return String::new();
    }
    let style = report::Style { color: globals.has_colored_findings(), ..report::Style::default() };
    report::draw(&shown, &|path| site.source(path), report::Format::Full, style)
}

/// Shows what was drawn.
fn show(drawn: &str) {
    if !drawn.is_empty() {
        warn(drawn.trim_end());
    }
}

/// Whether findings forbid going on.
fn outcome_of(diagnostics: &[Diagnostic], deny_warnings: bool) -> Outcome {
    let limit = if deny_warnings { Severity::Warning } else { Severity::Error };
    if diagnostics.iter().any(|found| found.severity <= limit) { Outcome::Findings } else { Outcome::Done }
}

/// A file system path of the site, for messages.
fn shown(root: &Utf8Path, path: &str) -> String {
    if root == "." { path.to_owned() } else { root.join(path).into_string() }
}

/// Turns the end of a command into an exit status; a closed pipe is a clean end.
pub fn finish(globals: &Globals, outcome: Result<Outcome, Error>) -> ExitCode {
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Findings | Outcome::CutOff) => ExitCode::from(1),
        Ok(Outcome::Broken) => ExitCode::from(2),
        Err(error) if error.is_broken_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            let (red, plain) =
                if globals.has_colored_findings() { ("\x1b[1;31m", "\x1b[0m") } else { ("", "") };
            warn(&format!("{red}error{plain}: {error}"));
            if let Some(help) = error.help() {
                warn(&format!("  = help: {help}"));
            }
            ExitCode::from(error.exit_status())
        }
    }
}
