//! `needlepoint build`: the site into the output folder, whole or not at all.

use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

use super::{Globals, Outcome, outcome_of, report, shown, today, warn};
use crate::config::BaseUrl;
use crate::diag::{self, Diagnostic};
use crate::disk::{self, Cache, Facts, Guards, Output, Stage};
use crate::error::{Error, ErrorKind};
use crate::name::OutputPath;
use crate::pipeline::{self, Settings, Site};

/// What the command was asked for.
#[derive(Clone, Debug)]
pub struct Options {
    /// The output folder, from the site's root where relative.
    pub output: Utf8PathBuf,
    /// The address of the site, in place of the configuration's.
    pub base_url: Option<String>,
    /// Whether drafts are built.
    pub drafts: bool,
    /// Whether warnings fail the build.
    pub deny_warnings: bool,
    /// Whether the time of each stage is printed.
    pub timings: bool,
}

/// Runs the command.
pub fn run(globals: &Globals, options: &Options) -> Result<Outcome, Error> {
    let timer = Timer::new();
    let root = globals.find_root()?;
    timer.stage("read");
    let reading = disk::read_site(&root)?;
    if let Some(address) = &options.base_url
        && BaseUrl::new(address).is_none()
    {
        let message = format!("`{address}` is not an address that starts with https:// or http://");
        return Err(Error::new(ErrorKind::Usage, message));
    }
    let settings = Settings { today: today()?, drafts: options.drafts, base_url: options.base_url.clone() };
    let site = pipeline::build(reading.files().clone(), settings, None, &|stage| timer.stage(stage));
    let found = site.diagnostics();
    if outcome_of(found, options.deny_warnings) == Outcome::Findings {
        report(globals, found, &site);
        globals.say("nothing was written: the output folder is as it was");
        return Ok(if site.has_broken_configuration() { Outcome::Broken } else { Outcome::Findings });
    }
    let output = output_path(&root, &options.output);
    let guards = Guards { root: root.clone(), home: home() };
    timer.stage("open output");
    let stage = Output::open(&output, &guards, None, || {
        globals.say(&format!("waiting for another build into `{output}` to end"));
    })?
    .begin();
    let cache = Cache::of(&root);
    let (written, mistakes) = render(globals, &site, &stage, &cache, &timer)?;
    report(globals, &[found, &mistakes].concat(), &site);
    if outcome_of(&mistakes, options.deny_warnings) == Outcome::Findings {
        globals.say("nothing was written: the output folder is as it was");
        return Ok(Outcome::Findings);
    }
    timer.stage("commit");
    let facts = Facts {
        program: env!("CARGO_PKG_VERSION").to_owned(),
        source: source_fingerprint(&site),
        base_url: site.config().base_url.as_str().to_owned(),
        drafts: options.drafts,
    };
    stage.commit(&facts)?;
    let pages = site.catalog().pages().len();
    let took = timer.finish(options.timings);
    let shown = shown(&root, options.output.as_str());
    globals.say(&format!("built {pages} pages, {written} files in `{shown}` in {} ms", took.as_millis()));
    Ok(Outcome::Done)
}

/// Renders every address into the stage, in parallel; mistakes in templates come once each.
fn render(
    globals: &Globals,
    site: &Site,
    stage: &Stage,
    cache: &Cache,
    timer: &Timer,
) -> Result<(usize, Vec<Diagnostic>), Error> {
    timer.stage("prepare");
    let (rendering, found) = site.rendering();
    if diag::has_errors(found) {
        return Ok((0, found.to_vec()));
    }
    let mistakes = Mutex::new(found.to_vec());
    timer.stage("search index");
    let search = site.search_files();
    mistakes.lock().expect("nobody panics while holding it").extend(site.search_findings());
    timer.stage("render and write");
    let outputs = rendering.outputs();
    let progress = progress(globals, outputs.len());
    outputs.par_iter().with_min_len(4).try_for_each(|output| {
        progress.inc(1);
        let made = cache.derived_or_made(rendering.derived_key(output), || rendering.render(output));
        match made {
            Ok(bytes) => stage.put(&output.path, &bytes),
            Err(found) => {
                mistakes.lock().expect("nobody panics while holding it").extend(found);
                Ok(())
            }
        }
    })?;
    progress.finish_and_clear();
    search.par_iter().try_for_each(|(path, bytes)| match OutputPath::new(&format!("search/{path}")) {
        Some(path) => stage.put(&path, bytes),
        None => Err(Error::new(ErrorKind::Refused, format!("`search/{path}` is not a file name"))),
    })?;
    let mut mistakes = mistakes.into_inner().expect("nobody panics while holding it");
    diag::sort(&mut mistakes);
    Ok((outputs.len() + search.len(), mistakes))
}

/// A bar for who waits in front of a terminal; short work and other readers see none.
fn progress(globals: &Globals, length: usize) -> ProgressBar {
    const SHORT: usize = 1_000;
    if globals.quiet || length < SHORT || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style =
        ProgressStyle::with_template("{bar:40} {pos} of {len} files").expect("the template is well formed");
    ProgressBar::new(length as u64).with_style(style)
}

fn output_path(root: &Utf8Path, output: &Utf8Path) -> Utf8PathBuf {
    if output.is_absolute() { output.to_owned() } else { root.join(output) }
}

fn home() -> Option<Utf8PathBuf> {
    std::env::home_dir().and_then(|home| Utf8PathBuf::from_path_buf(home).ok())
}

/// One hash over all text files of the site.
fn source_fingerprint(site: &Site) -> crate::source::Fingerprint {
    let mut hasher = blake3::Hasher::new();
    for text in site.files().texts() {
        hasher.update(text.path().as_str().as_bytes());
        hasher.update(&[0]);
        hasher.update(text.fingerprint());
    }
    *hasher.finalize().as_bytes()
}

/// Measures stages as they follow each other.
struct Timer {
    start: Instant,
    stages: Mutex<Vec<(&'static str, Instant)>>,
}

impl Timer {
    fn new() -> Self {
        Self { start: Instant::now(), stages: Mutex::new(Vec::new()) }
    }

    /// The stage before ends and this one begins.
    fn stage(&self, name: &'static str) {
        self.stages.lock().expect("nobody panics while holding it").push((name, Instant::now()));
    }

    /// The time since the start; printed stage by stage where asked for.
    fn finish(&self, is_printed: bool) -> Duration {
        let end = Instant::now();
        if is_printed {
            let stages = self.stages.lock().expect("nobody panics while holding it");
            for (index, (name, begun)) in stages.iter().enumerate() {
                let ended = stages.get(index + 1).map_or(end, |(_, next)| *next);
                warn(&format!("{name:<18} {:>8.1} ms", ended.duration_since(*begun).as_secs_f64() * 1000.0));
            }
        }
        end.duration_since(self.start)
    }
}
