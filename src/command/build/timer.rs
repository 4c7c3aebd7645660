//! What each stage of a build takes.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};

use crate::command::warn;

/// Measures stages as they follow each other.
pub(super) struct Timer {
    start: Instant,
    stages: Mutex<Vec<Begun>>,
}

/// A stage that began.
#[derive(Clone, Copy)]
struct Begun {
    name: &'static str,
    at: Instant,
    /// What all threads of the process had computed until then.
    cpu: Duration,
}

impl Begun {
    fn now(name: &'static str) -> Self {
        let cpu = clock_gettime(ClockId::ProcessCPUTime);
        let cpu = Duration::try_from(cpu).unwrap_or_default();
        Self { name, at: Instant::now(), cpu }
    }
}

impl Timer {
    pub(super) fn new() -> Self {
        Self { start: Instant::now(), stages: Mutex::new(Vec::new()) }
    }

    /// The stage before ends and this one begins.
    pub(super) fn stage(&self, name: &'static str) {
        self.stages.lock().expect("nobody panics while holding it").push(Begun::now(name));
    }

    /// The time since the start; printed stage by stage where asked for, with the CPU time of all threads.
    pub(super) fn finish(&self, is_printed: bool) -> Duration {
        let end = Begun::now("total");
        if is_printed {
            let mut stages = self.stages.lock().expect("nobody panics while holding it").clone();
            stages.push(end);
            warn("stage                    wall           CPU");
            for pair in stages.windows(2) {
                say(
                    pair[0].name,
                    pair[1].at.duration_since(pair[0].at),
                    pair[1].cpu.saturating_sub(pair[0].cpu),
                );
            }
            say(end.name, end.at.duration_since(self.start), end.cpu);
            if let Some(peak) = peak_memory() {
                warn(&format!("peak memory        {peak:>8.1} MB"));
            }
        }
        end.at.duration_since(self.start)
    }
}

fn say(name: &str, wall: Duration, cpu: Duration) {
    let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
    warn(&format!("{name:<18} {:>8.1} ms   {:>8.1} ms", milliseconds(wall), milliseconds(cpu)));
}

/// The most memory that the process had at once, in MB (of 1,000,000 bytes), where the system tells.
fn peak_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024.0 / 1e6)
}
