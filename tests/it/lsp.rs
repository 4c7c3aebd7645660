//! The language server as an editor sees it: messages over a connection in memory.

use std::collections::BTreeMap;
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use camino::Utf8Path;
use lsp_server::{Connection, Message, Notification, Request, Response};
use needlepoint::files::SiteFiles;
use needlepoint::lsp::{self, Greeting, Noticed};
use serde_json::{Value, json};

use crate::inputs::{self, source};

/// The files of a site with a mistake in none.
const FILES: [(&str, &str); 8] = [
    ("needlepoint.toml", "title = \"T\"\nbase_url = \"https://example.org\"\n"),
    ("content/_index.md", "+++\ntitle = \"Home\"\n+++\nSee [cost](articles/cost.md#risks).\n"),
    (
        "content/articles/cost.md",
        "+++\ntitle = \"What it costs\"\nkind = \"page\"\nconditions = [\"neck-pain\"]\n+++\n\
         It is {{ fact(id=\"session-cost\") }} 🦴 for neck pain [@one].\n\n## Risks\n\nSee [[neck-pain#care]].\n",
    ),
    (
        "content/conditions/neck-pain.md",
        "+++\ntitle = \"Neck pain\"\nkind = \"condition\"\nalso_called = [\"sore neck\"]\n+++\nPain.\n\n## Care\n\nRest.\n",
    ),
    (
        "content/facts.toml",
        "[session-cost]\nlabel = \"One session\"\nrange = [50, 150]\nunit = \"USD\"\nsources = [\"one\"]\n",
    ),
    ("content/people.toml", "[jane]\nname = \"Jane Doe\"\ncredentials = \"DPT\"\n"),
    ("content/glossary.toml", "[fascia]\nterm = \"fascia\"\ndefinition = \"Thin tissue around muscles.\"\n"),
    ("content/references.yml", "one:\n  type: article\n  title: A trial\n  date: 2020\n"),
];

fn files(changed: &[(&str, &str)]) -> SiteFiles {
    let mut texts: BTreeMap<&str, &str> = FILES.into();
    texts.extend(changed.iter().copied());
    SiteFiles::new(texts.iter().map(|(path, text)| source(path, *text)).collect(), Vec::new(), Vec::new())
}

/// An editor with the server at its other end.
struct Editor {
    connection: Connection,
    server: JoinHandle<bool>,
    disk: Sender<Noticed>,
    texts: BTreeMap<String, (i32, String)>,
    /// Findings by file, as last told: code and start.
    findings: BTreeMap<String, Vec<Value>>,
    requests: i32,
}

fn uri(path: &str) -> String {
    format!("file:///site/{path}")
}

impl Editor {
    fn start(files: SiteFiles) -> Self {
        let capabilities = json!({ "workspace": { "workspaceEdit": { "resourceOperations": ["rename"] } } });
        Self::start_with(files, capabilities)
    }

    fn start_with(files: SiteFiles, capabilities: Value) -> Self {
        let (connection, other) = Connection::memory();
        let (disk, noticed) = channel();
        let settings = inputs::with_drafts();
        let server = std::thread::spawn(move || {
            let greeting = Greeting::receive(&other).unwrap();
            assert_eq!(greeting.folders(), [Utf8Path::new("/site")]);
            lsp::run(&other, &greeting, Utf8Path::new("/site"), files, settings, noticed).unwrap()
        });
        let (texts, findings) = (BTreeMap::new(), BTreeMap::new());
        let mut editor = Self { connection, server, disk, texts, findings, requests: 0 };
        let folders = json!([{ "uri": "file:///site", "name": "site" }]);
        let params = json!({ "capabilities": capabilities, "workspaceFolders": folders });
        editor.ask("initialize", params).unwrap();
        editor.tell("initialized", json!({}));
        editor
    }

    fn tell(&self, method: &str, params: Value) {
        self.connection.sender.send(Notification::new(method.to_owned(), params).into()).unwrap();
    }

    fn receive(&mut self, until: Instant) -> Option<Message> {
        let message = self.connection.receiver.recv_deadline(until).ok()?;
        if let Message::Notification(note) = &message
            && note.method == "textDocument/publishDiagnostics"
        {
            let file = note.params["uri"].as_str().unwrap().trim_start_matches("file:///site/").to_owned();
            self.findings.insert(file, note.params["diagnostics"].as_array().unwrap().clone());
        }
        Some(message)
    }

    fn ask(&mut self, method: &str, params: Value) -> Result<Value, String> {
        self.requests += 1;
        let id = self.requests.into();
        self.connection.sender.send(Request { id, method: method.to_owned(), params }.into()).unwrap();
        let until = Instant::now() + Duration::from_secs(20);
        loop {
            let message = self.receive(until).expect("an answer in time");
            if let Message::Response(Response { id, response_result }) = message {
                assert_eq!(id, self.requests.into());
                return response_result.map_err(|error| error.message);
            }
        }
    }

    fn open(&mut self, path: &str, text: &str) {
        let document = json!({ "uri": uri(path), "languageId": "markdown", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
        self.texts.insert(path.to_owned(), (1, text.to_owned()));
    }

    fn write(&mut self, path: &str, text: &str) {
        let (version, old) = self.texts.get_mut(path).unwrap();
        *version += 1;
        text.clone_into(old);
        let document = json!({ "uri": uri(path), "version": *version });
        self.tell(
            "textDocument/didChange",
            json!({ "textDocument": document, "contentChanges": [{ "text": text }] }),
        );
    }

    /// Opens a text whose cursor stands at `¦`, and gives what a request names a place with.
    fn place(&mut self, path: &str, text: &str) -> Value {
        let at = text.find('¦').expect("a cursor");
        let (before, after) = (&text[..at], &text[at + '¦'.len_utf8()..]);
        let text = format!("{before}{after}");
        match self.texts.contains_key(path) {
            true => self.write(path, &text),
            false => self.open(path, &text),
        }
        let line = before.matches('\n').count();
        let column = before.rsplit('\n').next().unwrap().encode_utf16().count();
        json!({ "textDocument": { "uri": uri(path) }, "position": { "line": line, "character": column } })
    }

    /// Waits until the codes that a file is told to have are these.
    fn expect_codes(&mut self, path: &str, codes: &[&str]) {
        let until = Instant::now() + Duration::from_secs(20);
        loop {
            let list = self.findings.get(path).cloned().unwrap_or_default();
            let found: Vec<&str> = list.iter().map(|finding| finding["code"].as_str().unwrap()).collect();
            if found == codes {
                return;
            }
            assert!(self.receive(until).is_some(), "{path}: {found:?}, not {codes:?}");
        }
    }

    /// What completion offers at the cursor, and the text after taking the one that is asked for.
    fn complete(&mut self, path: &str, text: &str, take: &str) -> (Vec<String>, String) {
        let place = self.place(path, text);
        let answer = self.ask("textDocument/completion", place).unwrap();
        let items = answer["items"].as_array().cloned().unwrap_or_default();
        let labels = items.iter().map(|item| item["label"].as_str().unwrap().to_owned()).collect();
        let edits: Vec<Value> =
            items.iter().filter(|item| item["label"] == take).map(|item| item["textEdit"].clone()).collect();
        (labels, applied(&text.replace('¦', ""), &edits))
    }

    fn hover(&mut self, path: &str, text: &str) -> String {
        let place = self.place(path, text);
        let answer = self.ask("textDocument/hover", place).unwrap();
        answer["contents"]["value"].as_str().unwrap_or_default().to_owned()
    }

    /// Where a definition stands: file and line.
    fn definition(&mut self, path: &str, text: &str) -> String {
        let place = self.place(path, text);
        shown(&self.ask("textDocument/definition", place).unwrap())
    }

    /// Ends the server; whether it ended as it should.
    fn end(mut self) -> bool {
        self.ask("shutdown", Value::Null).unwrap();
        assert!(self.ask("textDocument/hover", Value::Null).is_err(), "nothing is answered any more");
        self.tell("exit", Value::Null);
        self.server.join().unwrap()
    }
}

fn shown(location: &Value) -> String {
    let file = location["uri"].as_str().unwrap_or_default().trim_start_matches("file:///site/");
    format!("{file}:{}", location["range"]["start"]["line"])
}

/// The text after edits whose columns count UTF-16 units.
fn applied(text: &str, edits: &[Value]) -> String {
    let offset = |position: &Value| {
        let line = position["line"].as_u64().unwrap() as usize;
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let mut units = position["character"].as_u64().unwrap() as usize;
        let width = |c: char| {
            let fits = units > 0;
            units = units.saturating_sub(c.len_utf16());
            fits.then_some(c.len_utf8())
        };
        start + text[start..].chars().map_while(width).sum::<usize>()
    };
    let mut edits: Vec<(usize, usize, &str)> = edits
        .iter()
        .map(|edit| {
            let range = &edit["range"];
            (offset(&range["start"]), offset(&range["end"]), edit["newText"].as_str().unwrap())
        })
        .collect();
    edits.sort();
    let mut text = text.to_owned();
    for (start, end, new) in edits.iter().rev() {
        text.replace_range(*start..*end, new);
    }
    text
}

/// The site's files after a change of the whole site.
fn after(answer: &Value) -> BTreeMap<String, String> {
    let mut files: BTreeMap<String, String> =
        FILES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let path = |uri: &Value| uri.as_str().unwrap().trim_start_matches("file:///site/").to_owned();
    for change in answer["documentChanges"].as_array().unwrap() {
        if change["kind"] == "rename" {
            let text = files.remove(&path(&change["oldUri"])).unwrap();
            files.insert(path(&change["newUri"]), text);
        } else {
            let text = files.get_mut(&path(&change["textDocument"]["uri"])).unwrap();
            *text = applied(text, change["edits"].as_array().unwrap());
        }
    }
    files
}

const COST: &str = "content/articles/cost.md";

#[test]
fn findings_come_while_typing_and_go_when_mended() {
    let mut editor = Editor::start(files(&[]));
    editor.open(COST, "+++\ntitle = \"A\"\nkind = \"page\"\n+++\n🦴🦴 [x](nowhere.md).\n\n## Risks\n");
    editor.expect_codes(COST, &["dead-link"]);
    let finding = editor.findings[COST][0].clone();
    let range = json!({ "start": { "line": 4, "character": 9 }, "end": { "line": 4, "character": 19 } });
    assert_eq!((&finding["range"], &finding["severity"]), (&range, &json!(1)));
    assert_eq!(finding["source"], "needlepoint");
    // Mended before it is saved.
    editor.write(COST, "+++\ntitle = \"A\"\nkind = \"page\"\n+++\n[x](../_index.md)\n");
    editor.expect_codes(COST, &[]);
    // A page that is not open is told of what forbids publishing: the heading it links to is gone.
    editor.expect_codes("content/_index.md", &["dead-anchor"]);
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri(COST) } }));
    editor.expect_codes("content/_index.md", &[]);
    // The disk changes below what is open.
    editor.disk.send(Noticed::Files(files(&[("content/new.md", "no front matter")]))).unwrap();
    editor.expect_codes("content/new.md", &["missing-front-matter"]);
    assert!(editor.end());
}

#[test]
fn typing_is_answered_at_once_and_findings_after_a_short_pause() {
    let mut editor = Editor::start(files(&[]));
    editor.open(COST, "+++\ntitle = \"A\"\nkind = \"page\"\n+++\n## Risks\n");
    let until = Instant::now() + Duration::from_millis(300);
    while editor.receive(until).is_some() {}
    let start = Instant::now();
    editor.write(COST, "+++\ntitle = \"A\"\nkind = \"page\"\n+++\n## Risks\n\n[[nowhere]]\n");
    editor.expect_codes(COST, &["dead-link"]);
    // The pause is 25 ms; the rest is a slow machine's.
    assert!(start.elapsed() < Duration::from_millis(500), "{:?}", start.elapsed());
    editor.end();
}

#[test]
fn completion_knows_what_the_site_has() {
    let mut editor = Editor::start(files(&[]));
    let head = "+++\ntitle = \"A\"\n+++\n";
    for (text, take, line) in [
        ("🦴 [[ne¦", "neck-pain", "🦴 [[neck-pain"),
        ("[[neck-pain#¦", "care", "[[neck-pain#care"),
        ("Yes [@¦]", "one", "Yes [@one]"),
        ("{{ fact(id=\"se¦\") }}", "session-cost", "{{ fact(id=\"session-cost\") }}"),
        ("{{ fa¦", "fact(id=\"", "{{ fact(id=\""),
        ("[x](¦)", "../conditions/neck-pain.md", "[x](../conditions/neck-pain.md)"),
        ("[x](/co¦)", "/conditions/neck-pain/", "[x](/conditions/neck-pain/)"),
        ("[x](../conditions/neck-pain.md#¦)", "care", "[x](../conditions/neck-pain.md#care)"),
        ("The fas¦", "fascia", "The fascia"),
        ("A so¦", "sore neck", "A sore neck"),
        ("## Risks {#r aspect=ri¦}", "risks", "## Risks {#r aspect=risks}"),
    ] {
        let (offered, text) = editor.complete(COST, &format!("{head}{text}"), take);
        assert_eq!(text, format!("{head}{line}"), "{offered:?}");
    }
    for (text, take, wanted) in [
        ("+++\nconditions = [\"¦\"]\n+++\n", "neck-pain", "+++\nconditions = [\"neck-pain\"]\n+++\n"),
        ("---\nconditions:\n  - ne¦\n---\n", "neck-pain", "---\nconditions:\n  - neck-pain\n---\n"),
        ("+++\nreviewer = ¦\n+++\n", "\"jane\"", "+++\nreviewer = \"jane\"\n+++\n"),
        ("+++\nkind = \"con¦\"\n+++\n", "condition", "+++\nkind = \"condition\"\n+++\n"),
        ("+++\ndesc¦\n+++\n", "description =", "+++\ndescription = \n+++\n"),
        ("+++\nreviewed = ¦\n+++\n", "2026-11-21", "+++\nreviewed = 2026-11-21\n+++\n"),
        ("+++\n[waivers]\ndead-l¦\n+++\n", "dead-link", "+++\n[waivers]\ndead-link\n+++\n"),
        ("+++\nti¦", "title =", "+++\ntitle = "),
    ] {
        let (offered, text) = editor.complete("content/new.md", text, take);
        assert_eq!(text, wanted, "{offered:?}");
    }
    let (offered, _) = editor.complete("content/new.md", "+++\ntitle = \"A\"\n¦\n+++\n", "");
    assert!(!offered.iter().any(|label| label == "title ="), "a key that is there is not offered again");
    let (_, text) = editor.complete("content/facts.toml", "[a]\nsources = [\"¦", "one");
    assert_eq!(text, "[a]\nsources = [\"one");
    let (offered, _) = editor.complete("needlepoint.toml", "[markdown]\n¦", "");
    assert_eq!(offered, ["raw_html =", "smart_punctuation ="]);
    editor.end();
}

#[test]
fn hover_and_definition_know_what_stands_there() {
    let mut editor = Editor::start(files(&[]));
    let text = FILES[2].1;
    for (place, words, definition) in [
        ("session-cost", "**One session**: $50 to $150", "content/facts.toml:0"),
        ("neck pain [", "**Neck pain**, Condition", "content/conditions/neck-pain.md:1"),
        ("one]", "A trial", "content/references.yml:0"),
        ("neck-pain\"]", "Also called sore neck", "content/conditions/neck-pain.md:1"),
        ("neck-pain#", "**Neck pain**", "content/conditions/neck-pain.md:1"),
        ("care]]", "`#care` in `content/conditions/neck-pain.md`", "content/conditions/neck-pain.md:7"),
        ("kind", "The kind of page", ":null"),
    ] {
        let at = text.find(place).unwrap() + 1;
        let text = format!("{}¦{}", &text[..at], &text[at..]);
        let shown = editor.hover(COST, &text);
        assert!(shown.contains(words), "{place}: {shown}");
        assert_eq!(editor.definition(COST, &text), definition, "{place}");
    }
    let broken = editor.hover(COST, "+++\ntitle = \"A\"\nkind = \"page\"\n+++\n[x](now¦here.md)");
    assert!(broken.contains("`dead-link`") && broken.contains("Why it matters"), "{broken}");
    let skipped = editor.hover(COST, "+++\ntitle = \"A\"\nkind = \"page\"\n+++\n## Your neck p¦ain\n");
    assert!(skipped.contains("not linked: in a heading"), "{skipped}");
    editor.end();
}

#[test]
fn references_are_found_in_every_file() {
    let mut editor = Editor::start(files(&[]));
    for (path, place, wanted) in [
        (COST, "session-cost", &["content/articles/cost.md:5", "content/facts.toml:0"][..]),
        (
            "content/facts.toml",
            "one\"",
            &["content/articles/cost.md:5", "content/facts.toml:4", "content/references.yml:0"],
        ),
        (COST, "Risks", &["content/_index.md:3", "content/articles/cost.md:7"]),
        (
            "content/conditions/neck-pain.md",
            "Neck pain",
            // Named in front matter, linked by itself, linked by hand, and the page.
            &[
                "content/articles/cost.md:3",
                "content/articles/cost.md:5",
                "content/articles/cost.md:9",
                "content/conditions/neck-pain.md:1",
            ],
        ),
    ] {
        let text = FILES.iter().find(|(file, _)| *file == path).unwrap().1;
        let at = text.find(place).unwrap() + 1;
        let mut params = editor.place(path, &format!("{}¦{}", &text[..at], &text[at..]));
        params["context"] = json!({ "includeDeclaration": true });
        let answer = editor.ask("textDocument/references", params.clone()).unwrap();
        let mut found: Vec<String> = answer.as_array().unwrap().iter().map(shown).collect();
        found.sort();
        assert_eq!(found, wanted, "{place}");
        params["context"] = json!({ "includeDeclaration": false });
        let others = editor.ask("textDocument/references", params).unwrap();
        assert_eq!(others.as_array().unwrap().len(), wanted.len() - 1, "{place}");
    }
    editor.end();
}

#[test]
fn a_page_and_a_heading_are_renamed_with_all_links() {
    let mut editor = Editor::start(files(&[]));
    let (path, text) = FILES[3];
    let place = editor.place(path, &text.replacen("Neck", "Ne¦ck", 1));
    let prepared = editor.ask("textDocument/prepareRename", place.clone()).unwrap();
    assert_eq!(prepared["placeholder"], "neck-pain");
    let mut params = place;
    params["newName"] = json!("sore-neck");
    let answer = editor.ask("textDocument/rename", params.clone()).unwrap();
    let moved = after(&answer);
    let cost = &moved[COST];
    assert!(cost.contains("conditions = [\"sore-neck\"]") && cost.contains("[[sore-neck#care]]"), "{cost}");
    let page = &moved["content/conditions/sore-neck.md"];
    assert!(page.contains("aliases = [\"/conditions/neck-pain/\"]"), "{page}");
    params["newName"] = json!("../x");
    assert!(editor.ask("textDocument/rename", params.clone()).is_err());
    params["newName"] = json!("articles/cost");
    assert_eq!(editor.ask("textDocument/rename", params).unwrap_err(), "`articles/cost.md` is there already");

    let mut params = editor.place(COST, &FILES[2].1.replacen("## Risks", "## Ri¦sks", 1));
    params["newName"] = json!("harms");
    let renamed = after(&editor.ask("textDocument/rename", params.clone()).unwrap());
    assert!(renamed[COST].contains("## Risks {#harms}\n"), "{}", renamed[COST]);
    assert!(renamed["content/_index.md"].contains("(articles/cost.md#harms)"));
    params["newName"] = json!("two words");
    assert!(editor.ask("textDocument/rename", params).is_err());

    // The editor renames a file by itself, and asks what else is to be written.
    let old_and_new = json!({ "oldUri": uri(COST), "newUri": uri("content/money.md") });
    let answer = editor.ask("workspace/willRenameFiles", json!({ "files": [old_and_new] })).unwrap();
    assert!(after(&answer)["content/_index.md"].contains("(money.md#risks)"));
    editor.end();
}

#[test]
fn an_editor_that_cannot_rename_files_is_told_of_the_command() {
    let mut editor = Editor::start_with(files(&[]), json!({}));
    let mut params = editor.place(FILES[3].0, &FILES[3].1.replacen("Neck", "Ne¦ck", 1));
    params["newName"] = json!("sore-neck");
    assert!(editor.ask("textDocument/rename", params).unwrap_err().contains("needlepoint mv"));
    editor.end();
}

#[test]
fn a_finding_with_a_known_change_is_mended() {
    let config = format!("{}[kinds.explainer]\nhealth = true\n", FILES[0].1);
    let mut editor = Editor::start(files(&[("needlepoint.toml", &config)]));
    let text = "+++\ntitle = \"A\"\nkind = \"explainer\"\n+++\nIt takes 20-30 minutes.\n";
    editor.open(COST, text);
    let range = json!({ "start": { "line": 4, "character": 10 }, "end": { "line": 4, "character": 10 } });
    let params =
        json!({ "textDocument": { "uri": uri(COST) }, "range": range, "context": { "diagnostics": [] } });
    let answer = editor.ask("textDocument/codeAction", params).unwrap();
    let action = &answer.as_array().unwrap()[0];
    assert_eq!(action["title"], "Write `20 to 30` (hyphenated-range)");
    let edits = action["edit"]["changes"][uri(COST)].as_array().unwrap();
    assert!(applied(text, edits).ends_with("It takes 20 to 30 minutes.\n"));
    editor.end();
}

#[test]
fn lines_may_end_in_cr_and_lf() {
    let mut editor = Editor::start(files(&[]));
    let text = "+++\r\ntitle = \"A\"\r\nkind = \"page\"\r\n+++\r\n## Risks\r\n\r\n🦴é [[nowhere]]\r\n";
    editor.open(COST, text);
    editor.expect_codes(COST, &["dead-link"]);
    let range = json!({ "start": { "line": 6, "character": 6 }, "end": { "line": 6, "character": 13 } });
    assert_eq!(editor.findings[COST][0]["range"], range);
    let (_, completed) = editor.complete(COST, "+++\r\ntitle = \"A\"\r\n+++\r\n🦴 [[ne¦", "neck-pain");
    assert!(completed.ends_with("🦴 [[neck-pain"));
    editor.end();
}

#[test]
fn columns_are_bytes_where_both_sides_want_it() {
    let general = json!({ "general": { "positionEncodings": ["utf-8", "utf-16"] } });
    let mut editor = Editor::start_with(files(&[]), general);
    editor.open(COST, "+++\ntitle = \"A\"\nkind = \"page\"\n+++\n🦴 [[nowhere]]\n\n## Risks\n");
    editor.expect_codes(COST, &["dead-link"]);
    assert_eq!(editor.findings[COST][0]["range"]["start"]["character"], 7);
    editor.end();
}

#[test]
fn no_text_and_no_request_ends_the_server() {
    let mut editor = Editor::start(files(&[]));
    let texts = [
        "",
        "+++",
        "+++\n",
        "---\n- ",
        "+++\ntitle = \"",
        "\u{FEFF}+++\n[[",
        "🦴",
        "[[",
        "{{ fact(id=\"",
        "](",
        "[@",
        "+++\n+++\n[[#",
        "+++\n+++\n## {#",
        "+++\n+++\n{% care(",
        "\r\r\n\r",
        "\0",
        "+++\nx = {{{[[\n+++\n`",
        "---\n: :\n---\n[](",
        "+++\nextra = { at_a_glance = [\"e\"] }\n+++\n",
        "+++\r+++\r[[x",
        "---\nat_a_glance",
    ];
    for path in [COST, "content/facts.toml", "needlepoint.toml", "content/references.yml", "content/new.md"] {
        for text in texts {
            editor.place(path, &format!("{text}¦"));
            for method in [
                "completion",
                "hover",
                "definition",
                "references",
                "prepareRename",
                "rename",
                "documentSymbol",
                "codeAction",
            ] {
                for (line, character) in [(0, 0), (0, u32::MAX), (1, 3), (u32::MAX, 7)] {
                    let position = json!({ "line": line, "character": character });
                    let params = json!({
                        "textDocument": { "uri": uri(path) },
                        "position": position, "newName": "../\0{#", "context": { "includeDeclaration": true, "diagnostics": [] },
                        "range": { "start": position, "end": { "line": 0, "character": 0 } },
                    });
                    let _ = editor.ask(&format!("textDocument/{method}"), params);
                }
            }
        }
    }
    for (method, params) in [
        ("textDocument/hover", json!({ "textDocument": 7 })),
        ("textDocument/hover", json!({ "textDocument": { "uri": "not an address" }, "position": {} })),
        ("textDocument/rename", Value::Null),
        ("nobody/knows", json!([])),
        ("workspace/willRenameFiles", json!({ "files": [{ "oldUri": "", "newUri": "\0" }] })),
    ] {
        let _ = editor.ask(method, params);
    }
    for (method, params) in [
        ("textDocument/didChange", json!({})),
        (
            "textDocument/didChange",
            json!({ "textDocument": { "uri": uri(COST), "version": 1 }, "contentChanges": [] }),
        ),
        (
            "textDocument/didOpen",
            json!({ "textDocument": { "uri": "file:///etc/passwd", "languageId": "", "version": 1, "text": "" } }),
        ),
        ("$/whatever", Value::Null),
    ] {
        editor.tell(method, params);
    }
    assert!(editor.end());
}

#[test]
fn an_editor_that_leaves_without_a_word_is_noticed() {
    let editor = Editor::start(files(&[]));
    editor.tell("exit", Value::Null);
    assert!(!editor.server.join().unwrap());
    let Editor { connection, server, .. } = Editor::start(files(&[]));
    drop(connection);
    assert!(!server.join().unwrap());
}
