//! The time of each stage of a build.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::command::warn;

/// Measures stages as they follow each other.
pub(super) struct Timer {
    start: Instant,
    stages: Mutex<Vec<(&'static str, Instant)>>,
}

impl Timer {
    pub(super) fn new() -> Self {
        Self { start: Instant::now(), stages: Mutex::new(Vec::new()) }
    }

    /// The stage before ends and this one begins.
    pub(super) fn stage(&self, name: &'static str) {
        self.stages.lock().expect("nobody panics while holding it").push((name, Instant::now()));
    }

    /// The time since the start; printed stage by stage where asked for.
    pub(super) fn finish(&self, is_printed: bool) -> Duration {
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
