//! Ten thousand rapid changes in the ways in which programs save files: what the preview then serves, page by page and
//! asset by asset, is what a clean build writes.
//!
//! Another program than the one under test is tried, and held to the promised second, with
//! `NEEDLEPOINT_PROGRAM=target/release/needlepoint cargo test --test it storm -- --nocapture`.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use camino::{Utf8Path, Utf8PathBuf};

use crate::scratch::{Scratch, Tree, tree};

/// How many changes the storm has at least.
const EVENTS: usize = 10_000;

/// How long a release program may take to serve what is there after the last change.
const PROMISED: Duration = Duration::from_secs(1);

/// The same for the program under test, which is not optimised and shares the machine with other tests.
const PATIENCE: Duration = Duration::from_secs(60);

const CONFIG: &str = "title = \"Storm\"\nbase_url = \"https://storm.example\"\n[cards]\nenabled = false\n\
                      [folders]\nconditions = \"condition\"\n";

const ARTICLES: usize = 24;

fn program() -> (String, Duration) {
    match std::env::var("NEEDLEPOINT_PROGRAM") {
        Ok(program) => (program, PROMISED),
        Err(_) => (env!("CARGO_BIN_EXE_needlepoint").to_owned(), PATIENCE),
    }
}

fn command(arguments: &[&str], root: &Utf8Path) -> Command {
    let mut command = Command::new(program().0);
    command.args(arguments).args(["--root", root.as_str()]).env("SOURCE_DATE_EPOCH", "1790000000");
    command
}

/// The running program.
struct Preview {
    child: Child,
    address: String,
}

impl Preview {
    fn start(root: &Utf8Path) -> Self {
        let mut serve = command(&["serve", "--port", "0"], root);
        let mut child = serve.stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let said = lines.find(|line| line.contains("http://")).unwrap();
        // Its words are read to the end, so that it never waits for somebody to listen.
        std::thread::spawn(move || lines.for_each(drop));
        let address = said.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
        Self { child, address }
    }

    /// Status and body of what is at an address of the built site.
    fn get(&self, target: &str) -> (u16, Vec<u8>) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let request = format!("GET {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address);
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let head = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap();
        let status = String::from_utf8_lossy(&answer[9..12]).parse().unwrap();
        (status, answer.split_off(head + 4))
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The target that asks for a file of the built site as it is, without what the preview adds.
fn target(path: &str) -> String {
    match path.strip_suffix("index.html") {
        Some(folder) => format!("/{folder}?needlepoint=plain"),
        None if path.ends_with(".html") => format!("/{path}?needlepoint=plain"),
        None => format!("/{path}"),
    }
}

/// The files of a clean build, with the preview's address in the place of the site's.
fn clean_build(root: &Utf8Path, address: &str) -> BTreeMap<String, Vec<u8>> {
    let output = root.join("built");
    let base = format!("http://{}", address.replace("127.0.0.1", "localhost"));
    let flags = ["build", "--drafts", "--base-url", &base, "--output", output.as_str()];
    let built = command(&flags, root).output().unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let files = tree(&output);
    fs::remove_dir_all(&output).unwrap();
    let is_public = |path: &str| !path.starts_with('.');
    files
        .into_iter()
        .filter(|(path, _)| is_public(path))
        .filter_map(|(path, bytes)| Some((path, bytes?)))
        .collect()
}

/// A folder that is changed step by step; each step is a change that the system reports.
struct Disk {
    root: Utf8PathBuf,
    events: Cell<usize>,
}

impl Disk {
    fn count(&self) {
        self.events.set(self.events.get() + 1);
    }

    fn path(&self, path: &str) -> Utf8PathBuf {
        self.root.join(path)
    }

    /// Makes or empties the file, then fills it: two changes.
    fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        if let Some(folder) = path.parent().filter(|folder| !folder.exists()) {
            fs::create_dir_all(folder).unwrap();
            self.count();
        }
        let mut file = File::create(path).unwrap();
        self.count();
        file.write_all(text.as_ref()).unwrap();
        self.count();
    }

    fn rename(&self, old: &str, new: &str) {
        fs::rename(self.path(old), self.path(new)).unwrap();
        self.count();
    }

    fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
        self.count();
    }

    fn remove_folder(&self, path: &str) {
        let folder = self.path(path);
        self.events.set(self.events.get() + tree(&folder).len() + 1);
        fs::remove_dir_all(folder).unwrap();
    }

    fn set_time(&self, path: &str, seconds: u64) {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        File::options().write(true).open(self.path(path)).unwrap().set_modified(time).unwrap();
        self.count();
    }

    /// Replaces a file's text as one of the programs of the reliability paper's appendix B does.
    fn save(&self, program: usize, path: &str, text: &str) {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let beside = |name: String| if folder.is_empty() { name } else { format!("{folder}/{name}") };
        let over = |temporary: String| {
            let temporary = beside(temporary);
            self.write(&temporary, text);
            self.rename(&temporary, path);
        };
        match program % 9 {
            // vim
            0 => {
                let (probe, swap) = (beside("4913".to_owned()), beside(format!(".{name}.swp")));
                self.write(&probe, "");
                self.remove(&probe);
                self.write(&swap, "swap");
                self.rename(path, &format!("{path}~"));
                self.write(path, text);
                self.remove(&format!("{path}~"));
                self.remove(&swap);
            }
            // nano, VS Code: in place
            1 => self.write(path, text),
            // emacs
            2 => {
                let (lock, autosave) = (beside(format!(".#{name}")), beside(format!("#{name}#")));
                std::os::unix::fs::symlink("user@host.1", self.path(&lock)).unwrap();
                self.count();
                self.write(&autosave, text);
                self.rename(path, &format!("{path}~"));
                self.write(path, text);
                self.remove(&lock);
                self.remove(&autosave);
                self.remove(&format!("{path}~"));
            }
            // JetBrains
            3 => {
                let (new, old) = (format!("{path}___jb_tmp___"), format!("{path}___jb_old___"));
                self.write(&new, text);
                self.rename(path, &old);
                self.rename(&new, path);
                self.remove(&old);
            }
            // GNOME
            4 => over(".goutputstream-XK2L".to_owned()),
            // sed -i, Sublime
            5 => over(format!("sed{name}Ab")),
            // Kate, helix
            6 => over(format!("{name}.kate-swp")),
            // rsync with the time of the other side
            7 => {
                over(format!(".{name}.Xy12zw"));
                self.set_time(path, 1_000_000_000);
            }
            // git checkout, and what a backup program does to the stamp afterwards
            _ => {
                self.remove(path);
                self.write(path, text);
                self.set_time(path, 1_700_000_000);
            }
        }
    }
}

fn article(number: usize, round: usize) -> String {
    let others = [(number + 1) % ARTICLES, (number + round) % ARTICLES];
    let title = if round.is_multiple_of(3) {
        format!("Article {number}")
    } else {
        format!("Article {number}, round {round}")
    };
    format!(
        "+++\ntitle = \"{title}\"\ndescription = \"What is said in round {round}.\"\ntags = [\"tag {}\"]\n\
         aliases = [\"/old/{number}/{round}/\"]\n+++\n\nRound {round} speaks of neck pain and of the jaw ache, see \
         [another](a{}.md) and [[a{}]].\n\n## Part {}\n\n![A needle](needle.svg)\n\nWords of part {number}.\n",
        round % 4,
        others[0],
        others[1],
        round % 5,
    )
}

fn condition(name: &str, other_name: &str) -> String {
    format!("+++\ntitle = \"{name}\"\nalso_called = [\"{other_name}\"]\n+++\n\nIt hurts.\n")
}

fn drawing(round: usize) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} 20\"/>", 10 + round % 7)
}

fn first(disk: &Disk) {
    disk.write("needlepoint.toml", CONFIG);
    disk.write("content/_index.md", "+++\ntitle = \"Home\"\n+++\n\nWelcome, [start here](articles/a0.md).\n");
    disk.write("content/articles/needle.svg", drawing(0));
    disk.write("content/glossary.toml", "[fascia]\nterm = \"fascia\"\ndefinition = \"A sheet.\"\n");
    disk.write("content/conditions/neck-pain.md", condition("Neck pain", "stiff neck"));
    disk.write("content/conditions/jaw-ache.md", condition("Jaw ache", "sore jaw"));
    for number in 0..ARTICLES {
        disk.write(&format!("content/articles/a{number}.md"), article(number, 0));
    }
}

/// Everything that people and programs do to a site, without a pause. Ends with a site in order.
fn storm(disk: &Disk) {
    let mut round = 0;
    disk.events.set(0);
    while disk.events.get() < EVENTS {
        round += 1;
        for number in 0..ARTICLES {
            disk.save(number + round, &format!("content/articles/a{number}.md"), &article(number, round));
        }
        let name = if round.is_multiple_of(2) { "Jaw ache" } else { "Aching jaw" };
        disk.save(
            round,
            "content/conditions/jaw-ache.md",
            &condition(name, &format!("sore jaw {}", round % 3)),
        );
        disk.save(round + 1, "content/articles/needle.svg", &drawing(round));
        let definition = format!("[fascia]\nterm = \"fascia\"\ndefinition = \"A sheet, {round}.\"\n");
        disk.save(round + 2, "content/glossary.toml", &definition);
        whole_folders(disk, round);
        broken_and_mended(disk, round);
    }
}

/// What file managers and version control do.
fn whole_folders(disk: &Disk, round: usize) {
    let (here, there) = if round.is_multiple_of(2) { ("moved", "guides") } else { ("guides", "moved") };
    match round % 4 {
        // Made, then renamed as a whole, then moved out of the site and back in.
        0 => {
            disk.remove_folder("content/guides");
            disk.write("content/guides/deep/one.md", format!("+++\ntitle = \"One {round}\"\n+++\n\nOne.\n"));
            disk.write("content/guides/two.md", "+++\ntitle = \"Two\"\n+++\n\nTwo has a stiff neck.\n");
        }
        1 | 2 if disk.path(&format!("content/{here}")).exists() => {
            disk.rename(&format!("content/{here}"), &format!("content/{there}"));
        }
        1 | 2 => disk.write(&format!("content/{there}/two.md"), "+++\ntitle = \"Two\"\n+++\n\nNew.\n"),
        _ => {
            let _ = fs::create_dir(disk.path("outside"));
            disk.rename("content/articles", "outside/articles");
            disk.rename("outside/articles", "content/articles");
            for folder in ["content/moved", "content/guides"] {
                if disk.path(folder).exists() {
                    disk.remove_folder(folder);
                }
            }
            disk.write("content/guides/two.md", format!("+++\ntitle = \"Two {round}\"\n+++\n\nAgain.\n"));
        }
    }
}

/// Mistakes in each kind of file, and their repair.
fn broken_and_mended(disk: &Disk, round: usize) {
    let page = format!("content/articles/a{}.md", round % ARTICLES);
    let text = fs::read_to_string(disk.path(&page)).unwrap();
    disk.write("needlepoint.toml", "title = \n");
    disk.write(&page, "+++\ntitle = \"Broken\nkind = ");
    disk.write("templates/partials/footer.html", "{% if %}");
    disk.write("assets/css/base.css", format!("p {{ --round: {round} }}\n"));
    disk.save(round + 3, &page, &text);
    disk.save(round, "needlepoint.toml", &CONFIG.replace("Storm", &format!("Storm {}", round % 3)));
    let footer = "<p>The site's own footer: {{ site.title }}</p>";
    disk.save(round + 5, "templates/partials/footer.html", footer);
    if round.is_multiple_of(3) {
        disk.remove("assets/css/base.css");
    }
}

#[test]
fn what_is_served_after_a_storm_is_what_a_clean_build_writes() {
    let (scratch, twin) = (Scratch::new(), Scratch::new());
    let disk = |scratch: &Scratch| Disk { root: scratch.path(), events: Cell::new(0) };
    let (disk, twin) = (disk(&scratch), disk(&twin));
    first(&disk);
    first(&twin);
    let preview = Preview::start(&disk.root);
    let before = clean_build(&twin.root, &preview.address);
    storm(&twin);
    let wanted = clean_build(&twin.root, &preview.address);
    assert!(preview.get("/articles/a1/?needlepoint=plain").0 == 200);
    let start = Instant::now();
    storm(&disk);
    let (last, took) = (Instant::now(), start.elapsed());
    let is_file = |tree: Tree| tree.into_iter().filter(|(path, _)| !path.starts_with('.')).collect::<Tree>();
    let gone = before.keys().filter(|path| !wanted.contains_key(*path));
    let gone: Vec<&String> = gone.filter(|path| path.ends_with("index.html")).collect();
    assert!(!gone.is_empty(), "some page is not there any more");
    let differs = || {
        let is_other =
            |(path, bytes): &(&String, &Vec<u8>)| preview.get(&target(path)) != (200, bytes.to_vec());
        let other = wanted.iter().find(is_other).map(|(path, _)| path);
        other.or_else(|| gone.iter().find(|path| preview.get(&target(path)).0 != 404).copied())
    };
    let patience = program().1;
    while let Some(path) = differs() {
        if last.elapsed() > patience {
            let (status, served) = preview.get(&target(path));
            let wanted = wanted.get(path).map(|bytes| String::from_utf8_lossy(bytes));
            let served = String::from_utf8_lossy(&served);
            panic!("{path} after {:?}: {status}\n{served}\n\nclean build:\n{wanted:?}", last.elapsed());
        }
    }
    println!(
        "{} events in {took:?}; {} addresses as in a clean build {:?} after the last",
        disk.events.get(),
        wanted.len(),
        last.elapsed()
    );
    assert!(is_file(tree(&disk.root)) == is_file(tree(&twin.root)), "both folders hold the same");
}
