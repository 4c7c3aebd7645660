//! `needlepoint build`: the site into the output folder, whole or not at all.

mod last;
mod timer;

use std::io::IsTerminal;
use std::sync::Mutex;

use camino::{Utf8Path, Utf8PathBuf};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

use self::last::LastBuild;
use self::timer::Timer;
use super::{Globals, Outcome, drawn, outcome_of, show, shown, today};
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
    let settings = settings(options)?;
    let place = output_path(&root, &options.output);
    let guards = Guards { root: root.clone(), home: home() };
    timer.stage("compare");
    let last = LastBuild::find(&root, &place, last::key(globals, options, &settings));
    if last.has_sources(&root)? && last.made(&open(globals, &place, &guards, &last)?) {
        show(last.report());
        let took = timer.finish(options.timings);
        let shown = shown(&root, options.output.as_str());
        globals.say(&format!("nothing changed: `{shown}` is as it was, in {} ms", took.as_millis()));
        return Ok(Outcome::Done);
    }
    timer.stage("read");
    let reading = disk::read_site(&root)?;
    let site = pipeline::build(reading.files().clone(), settings, None, &|stage| timer.stage(stage));
    let found = site.diagnostics();
    if outcome_of(found, options.deny_warnings) == Outcome::Findings {
        show(&drawn(globals, found, &site));
        return Ok(refused(globals, &site));
    }
    timer.stage("open output");
    let stage = open(globals, &place, &guards, &last)?.begin();
    let (written, mistakes) = render(globals, &site, &stage, &Cache::of(&root), &timer)?;
    let report = drawn(globals, &[found, &mistakes].concat(), &site);
    show(&report);
    if outcome_of(&mistakes, options.deny_warnings) == Outcome::Findings {
        return Ok(refused(globals, &site));
    }
    timer.stage("commit");
    let facts = Facts {
        program: env!("CARGO_PKG_VERSION").to_owned(),
        source: site.files().fingerprint()?,
        base_url: site.config().base_url.as_str().to_owned(),
        drafts: options.drafts,
    };
    let committed = stage.commit(&facts)?;
    last.store(&reading, committed.settled, report);
    let pages = site.catalog().pages().len();
    let took = timer.finish(options.timings);
    let shown = shown(&root, options.output.as_str());
    globals.say(&format!("built {pages} pages, {written} files in `{shown}` in {} ms", took.as_millis()));
    // The program ends here: the system takes all memory back at once, where dropping would walk over every page.
    std::mem::forget((site, reading));
    Ok(Outcome::Done)
}

fn settings(options: &Options) -> Result<Settings, Error> {
    if let Some(address) = &options.base_url
        && BaseUrl::new(address).is_none()
    {
        let message = format!("`{address}` is not an address that starts with https:// or http://");
        return Err(Error::new(ErrorKind::Usage, message));
    }
    let base_url = options.base_url.clone();
    Ok(Settings { today: today()?, drafts: options.drafts, base_url, incremental: false })
}

/// How a build ends whose findings were shown: without a site.
fn refused(globals: &Globals, site: &Site) -> Outcome {
    globals.say("nothing was written: the output folder is as it was");
    if site.has_broken_configuration() {
        globals.say(super::UNJUDGED);
        return Outcome::Broken;
    }
    Outcome::Findings
}

/// Opens the output folder; says so where another build holds it.
fn open(globals: &Globals, place: &Utf8Path, guards: &Guards, last: &LastBuild) -> Result<Output, Error> {
    Output::open(place, guards, last.settled(), || {
        globals.say(&format!("waiting for another build into `{place}` to end"));
    })
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
    // One by one: some take a hundred times as long as others, and at the end no thread shall wait for those of another.
    outputs.par_iter().with_max_len(1).try_for_each(|output| {
        progress.inc(1);
        match cache.derived_or_made(rendering.derived_key(output), || rendering.render(output)) {
            Ok(bytes) => stage.put(&output.path, &bytes),
            Err(found) => {
                mistakes.lock().expect("nobody panics while holding it").extend(found);
                Ok(())
            }
        }
    })?;
    progress.finish_and_clear();
    cache.prune();
    timer.stage("write index");
    search.each(&site.search_documents(), |path, bytes| {
        let path = OutputPath::new(&format!("search/{path}"))
            .ok_or_else(|| Error::new(ErrorKind::Refused, format!("`search/{path}` is not a file name")))?;
        stage.put(&path, bytes)
    })?;
    let mut mistakes = mistakes.into_inner().expect("nobody panics while holding it");
    diag::sort(&mut mistakes);
    Ok((outputs.len() + search.paths().len(), mistakes))
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
