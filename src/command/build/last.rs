//! What the last build into the same folder left in the cache: where nothing changed since, nothing is built.

use camino::{Utf8Path, Utf8PathBuf};

use super::Options;
use crate::command::Globals;
use crate::disk::{self, BuildState, Cache, Output, Reading, Settled};
use crate::error::Error;
use crate::pipeline::Settings;
use crate::source::Fingerprint;

/// The memory of the last build into an output folder.
pub(super) struct LastBuild {
    cache: Cache,
    output: Utf8PathBuf,
    key: Fingerprint,
    /// `None` where there is none, or one that was asked for something else.
    state: Option<BuildState>,
    /// What is known of the folder, also where the build was asked for something else.
    settled: Option<Settled>,
}

/// The hash of all that shapes a build beside the files of the site.
pub(super) fn key(globals: &Globals, options: &Options, settings: &Settings) -> Fingerprint {
    let Settings { today, drafts, base_url, incremental: _ } = settings;
    let (quiet, color, deny) = (globals.quiet, globals.has_colored_findings(), options.deny_warnings);
    let program = disk::program_identity();
    *blake3::hash(format!("{program}\n{today} {drafts} {quiet} {color} {deny}\n{base_url:?}").as_bytes())
        .as_bytes()
}

impl LastBuild {
    /// Looks up what is known of the folder.
    pub(super) fn find(root: &Utf8Path, output: &Utf8Path, key: Fingerprint) -> Self {
        let cache = Cache::of(root);
        let state = cache.build_state(output);
        let settled = state.as_ref().map(|state| state.settled);
        let state = state.filter(|state| state.key == key);
        Self { cache, output: output.to_owned(), key, state, settled }
    }

    /// Whether the build was asked for the same, and the files of the site are, beyond doubt, what they were.
    pub(super) fn has_sources(&self, root: &Utf8Path) -> Result<bool, Error> {
        let Some(state) = &self.state else { return Ok(false) };
        Ok(state.has_sources(&disk::site_stamps(root)?))
    }

    /// Whether the output folder holds, file by file, what the build made.
    pub(super) fn made(&self, output: &Output) -> bool {
        output.is_settled() && output.is_intact()
    }

    /// What is known of the output folder.
    pub(super) fn settled(&self) -> Option<&Settled> {
        self.settled.as_ref()
    }

    /// What the build had to say.
    pub(super) fn report(&self) -> &str {
        self.state.as_ref().map_or("", |state| &state.report)
    }

    /// Remembers a build. Where nothing can be stored the next build is slower, and that is all.
    pub(super) fn store(self, reading: &Reading, settled: Settled, report: String) {
        let state = BuildState { key: self.key, sources: reading.stamps(), settled, report };
        let _ = self.cache.store_build_state(&self.output, &state);
    }
}
