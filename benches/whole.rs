//! Whole processes, timed as a user waits for them: `cargo bench --bench whole -- [ARTICLES] [--runs N]`.
//!
//! Measures, on a made-up site in a folder of its own (in memory where there is `/dev/shm`): a first build, a build with
//! nothing changed, a build after one edit, a check, the preview's first page, edits of a text and of a title in the
//! preview; and Hugo and Zola on the same articles in the same run, where they are installed.
//! Prints the medians as a Markdown table. CPU time and peak memory come from `/proc`; elsewhere than on Linux they are
//! not told.

mod peers;
mod support;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use peers::Peer;

const PROGRAM: &str = env!("CARGO_BIN_EXE_needlepoint");

/// Edits that are made in the preview.
const EDITS: usize = 20;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let number = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1)?.parse().ok()
    };
    let runs = number("--runs").unwrap_or(3);
    let articles = arguments.first().and_then(|argument| argument.parse().ok()).unwrap_or(1_000);
    let memory = Path::new("/dev/shm");
    let base = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let folder = tempfile::tempdir_in(base).expect("a folder for the site can be made");
    let bench = Bench { site: folder.path().join("site"), folder: folder.path().to_owned(), articles, runs };
    bench.write();
    println!("{articles} articles, medians of {runs} runs\n");
    println!("| | wall | CPU | peak memory |\n| --- | ---: | ---: | ---: |");
    bench.builds();
    bench.preview();
    for peer in peers::PEERS {
        bench.peer(peer);
    }
}

struct Bench {
    folder: PathBuf,
    site: PathBuf,
    articles: usize,
    runs: usize,
}

/// What one process took.
#[derive(Clone, Copy, Default)]
struct Taken {
    wall: Duration,
    cpu: Option<Duration>,
    /// In bytes.
    peak: Option<u64>,
}

impl Bench {
    fn write(&self) {
        put(&self.site, support::site(self.articles, 1));
    }

    fn builds(&self) {
        let build = || self.needlepoint(&["build", "--quiet"]);
        self.row("first build", || {
            for folder in ["public", ".needlepoint"] {
                let _ = fs::remove_dir_all(self.site.join(folder));
            }
            // Stamps of files written a moment ago are not trusted by the next build.
            std::thread::sleep(Duration::from_millis(50));
            build()
        });
        self.row("build, nothing changed", build);
        let mut edits = 0;
        self.row("build after one edit", || {
            edits += 1;
            self.edit(&format!("Edit {edits} of the bench."));
            build()
        });
        self.row("check", || self.needlepoint(&["check", "--quiet"]));
    }

    fn preview(&self) {
        let mut child = Command::new(PROGRAM)
            .args(["serve", "--port", "0"])
            .current_dir(&self.site)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let start = Instant::now();
        let mut lines =
            BufReader::new(child.stderr.take().expect("it is piped")).lines().map_while(Result::ok);
        let address = lines.find_map(|line| {
            let rest = line.split_once("http://")?.1;
            Some(rest.split('/').next().unwrap_or_default().to_owned())
        });
        let address = address.expect("the preview says where it is");
        std::thread::spawn(move || lines.for_each(drop));
        let path = "/articles/a000000/";
        while !get(&address, path).contains("</html>") {
            std::thread::sleep(Duration::from_millis(1));
        }
        let first = Taken { wall: start.elapsed(), ..Taken::default() };
        print_row("preview, start to first page", &[first]);
        let answered = |marker: &str| {
            let saved = Instant::now();
            while !get(&address, path).contains(marker) {
                assert!(saved.elapsed() < Duration::from_secs(30), "the preview does not show an edit");
                std::thread::sleep(Duration::from_millis(1));
            }
            Taken { wall: saved.elapsed(), peak: peak_memory(child.id()), cpu: None }
        };
        let measured = |word: &str, edit: &dyn Fn(&str)| -> Vec<Taken> {
            let one = |number: usize| {
                let marker = format!("{word} {number} in the preview.");
                std::thread::sleep(Duration::from_millis(200));
                edit(&marker);
                answered(&marker)
            };
            (0..EDITS).map(one).collect()
        };
        let texts = measured("Edit", &|marker| self.edit(marker));
        let titles = measured("Title", &|marker| self.retitle(marker));
        for (name, taken) in [("another text", &texts), ("another title", &titles)] {
            print_row(&format!("preview, save to new page: {name}"), taken);
            let worst = taken.iter().map(|taken| taken.wall).max().unwrap_or_default();
            print_row("worst of these", &[Taken { wall: worst, ..Taken::default() }]);
        }
        let _ = child.kill();
        let _ = child.wait();
    }

    /// Another generator on the same articles.
    fn peer(&self, peer: &Peer) {
        let Peer { name, command, arguments, .. } = peer;
        if Command::new(command).arg("--help").stdout(Stdio::null()).stderr(Stdio::null()).status().is_err() {
            println!("\n{name} is not installed, so nothing is compared with it: {}.", peer.install);
            return;
        }
        let folder = self.folder.join(command);
        let articles = support::site(self.articles, 1).into_iter().filter(|(path, _)| path.ends_with(".md"));
        put(&folder, articles.map(|(path, text)| (path, (peer.article)(&text))));
        put(&folder, peer.files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
        let build = || run(Command::new(command).args(*arguments).current_dir(&folder));
        self.row(&format!("{name}, first build"), || {
            let _ = fs::remove_dir_all(folder.join("public"));
            build()
        });
        self.row(&format!("{name}, second build"), build);
        let _ = fs::remove_dir_all(folder);
    }

    fn edit(&self, text: &str) {
        let path = self.site.join(support::article_path(0));
        let old = fs::read_to_string(&path).expect("the article is there");
        let kept = old.split("\nEdit ").next().unwrap_or_default().trim_end();
        fs::write(path, format!("{kept}\n\nEdit {}\n", text.trim_start_matches("Edit ")))
            .expect("it can be written");
    }

    /// Another title touches other pages too: lists, links that show it, backlinks.
    fn retitle(&self, title: &str) {
        let path = self.site.join(support::article_path(0));
        let old = fs::read_to_string(&path).expect("the article is there");
        let lines = old.lines().map(|line| match line.starts_with("title = ") {
            true => format!("title = \"{title}\"\n"),
            false => format!("{line}\n"),
        });
        fs::write(path, lines.collect::<String>()).expect("it can be written");
    }

    fn needlepoint(&self, arguments: &[&str]) -> Taken {
        run(Command::new(PROGRAM).args(arguments).current_dir(&self.site))
    }

    fn row(&self, name: &str, mut measure: impl FnMut() -> Taken) {
        let taken: Vec<Taken> = (0..self.runs).map(|_| measure()).collect();
        print_row(name, &taken);
    }
}

fn put(folder: &Path, files: impl IntoIterator<Item = (String, String)>) {
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("every path has a folder")).expect("folders can be made");
        fs::write(path, text).expect("files can be written");
    }
}

/// Runs a command to its end and measures it.
fn run(command: &mut Command) -> Taken {
    let before = children_cpu();
    let start = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the command starts");
    let peak = watch(&mut child);
    let wall = start.elapsed();
    let cpu = children_cpu().zip(before).map(|(after, before)| after.saturating_sub(before));
    Taken { wall, cpu, peak }
}

/// Waits for the end of a process and looks at its memory meanwhile.
fn watch(child: &mut Child) -> Option<u64> {
    let mut peak = None;
    loop {
        peak = peak.max(peak_memory(child.id()));
        if let Some(status) = child.try_wait().expect("the child is ours") {
            assert!(status.success(), "the command failed: {status}");
            return peak;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// The most memory that a living process had, in bytes.
fn peak_memory(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

/// The CPU time of all children that ended, in steps of a tick of 10 ms.
fn children_cpu() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The fields behind the name, which may hold spaces: the 12th and 13th are user and system time of children.
    let fields: Vec<&str> = stat.rsplit_once(") ")?.1.split(' ').collect();
    let ticks = |at: usize| fields.get(at)?.parse::<u64>().ok();
    Some(Duration::from_millis(10 * (ticks(13)? + ticks(14)?)))
}

/// The answer to a request, with its head; empty where there is none.
fn get(address: &str, path: &str) -> String {
    let answer = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect(address)?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    };
    answer().unwrap_or_default()
}

fn print_row(name: &str, taken: &[Taken]) {
    let median = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied()
    };
    let seconds = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:.3} s"));
    let wall = median(taken.iter().map(|taken| taken.wall.as_secs_f64()).collect());
    let cpu = median(taken.iter().filter_map(|taken| Some(taken.cpu?.as_secs_f64())).collect());
    let peak = median(taken.iter().filter_map(|taken| Some(taken.peak? as f64 / 1e6)).collect());
    let peak = peak.map_or_else(|| "–".to_owned(), |peak| format!("{peak:.0} MB"));
    println!("| {name} | {} | {} | {peak} |", seconds(wall), seconds(cpu));
}
