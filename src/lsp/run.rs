//! The loop: messages in, answers and findings out.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use camino::Utf8Path;
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use lsp_types::notification::{
    DidChangeTextDocument, DidCloseTextDocument, DidOpenTextDocument, Notification as Named,
    PublishDiagnostics, ShowMessage,
};
use lsp_types::{MessageType, PublishDiagnosticsParams, ShowMessageParams};

use super::answers;
use super::greeting::{Greeting, send};
use super::session::Session;
use crate::error::Error;
use crate::files::SiteFiles;
use crate::pipeline::Settings;

/// How long nobody must type before the site is made again.
const QUIET: Duration = Duration::from_millis(25);

/// How long findings are kept waiting by someone who types without a pause.
const LONGEST: Duration = Duration::from_millis(150);

/// What happened on the disk.
#[derive(Debug)]
pub enum Noticed {
    /// Files differ; all files as they are now.
    Files(SiteFiles),
    /// The files cannot be followed, for this reason.
    Trouble(String),
}

enum Event {
    Message(Message),
    Noticed(Noticed),
    /// The editor is gone.
    Gone,
}

/// Serves an editor until it ends the server. Whether it ended as it should: with `shutdown` and then `exit`.
///
/// `files` are those of the site in `root`; what happens to them later is told through `noticed`.
pub fn run(
    connection: &Connection,
    greeting: &Greeting,
    root: &Utf8Path,
    files: SiteFiles,
    settings: Settings,
    noticed: Receiver<Noticed>,
) -> Result<bool, Error> {
    greeting.accept(connection);
    let events = joined(connection, noticed)?;
    let session = Session::new(root, files, settings, &greeting.params.capabilities);
    let mut server = Server { connection, session, waiting: None, was_shut_down: false };
    server.tell();
    loop {
        match server.next(&events) {
            Some(Event::Message(Message::Notification(exit))) if exit.method == "exit" => break,
            Some(Event::Message(message)) => server.receive(message),
            Some(Event::Noticed(Noticed::Files(files))) => {
                server.session.read(files);
                server.changed();
            }
            Some(Event::Noticed(Noticed::Trouble(words))) => server.say(words),
            Some(Event::Gone) => break,
            None => server.tell(),
        }
    }
    Ok(server.was_shut_down)
}

/// Messages and what happens on the disk, in one queue.
fn joined(connection: &Connection, noticed: Receiver<Noticed>) -> Result<Receiver<Event>, Error> {
    let (send, receive) = channel();
    let messages = connection.receiver.clone();
    let to_loop = send.clone();
    spawn("messages", move || {
        for message in messages {
            pass(&to_loop, Event::Message(message));
        }
        pass(&to_loop, Event::Gone);
    })?;
    spawn("notices", move || {
        for notice in noticed {
            pass(&send, Event::Noticed(notice));
        }
    })?;
    Ok(receive)
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), Error> {
    let started = thread::Builder::new().name(name.to_owned()).spawn(work);
    started.map(drop).map_err(|error| Error::disk("start", "a thread", error))
}

/// Nobody receives while the program ends.
fn pass(to: &Sender<Event>, event: Event) {
    let _ = to.send(event);
}

/// When texts changed that the editor was not yet told the findings of.
struct Waiting {
    first: Instant,
    last: Instant,
}

struct Server<'a> {
    connection: &'a Connection,
    session: Session,
    waiting: Option<Waiting>,
    was_shut_down: bool,
}

impl Server<'_> {
    /// The next event; `None` where it is time to tell the findings.
    fn next(&self, events: &Receiver<Event>) -> Option<Event> {
        let Some(waiting) = &self.waiting else { return Some(events.recv().unwrap_or(Event::Gone)) };
        let until = (waiting.last + QUIET).min(waiting.first + LONGEST);
        match events.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(Event::Gone),
        }
    }

    fn receive(&mut self, message: Message) {
        match message {
            Message::Request(request) => {
                let response = self.answer(request);
                send(self.connection, response.into());
            }
            Message::Notification(notification) => self.hear(notification),
            Message::Response(_) => {}
        }
    }

    fn answer(&mut self, request: Request) -> Response {
        let Request { id, method, params } = request;
        if self.was_shut_down {
            let words = "the server was shut down".to_owned();
            return Response::new_err(id, ErrorCode::InvalidRequest as i32, words);
        }
        if method == "shutdown" {
            self.was_shut_down = true;
            return Response::new_ok(id, serde_json::Value::Null);
        }
        let result = answers::answer(&mut self.session, &method, params);
        Response { id, response_result: result }
    }

    /// Texts that were opened, changed and closed; what else an editor tells does not matter.
    fn hear(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        match &*method {
            DidOpenTextDocument::METHOD => {
                let Some(opened) = params_of::<DidOpenTextDocument>(params) else { return };
                let document = opened.text_document;
                self.session.edit(document.uri, document.version, document.text);
            }
            DidChangeTextDocument::METHOD => {
                let Some(mut changed) = params_of::<DidChangeTextDocument>(params) else { return };
                // Changes are whole texts, as was agreed on; the last one is what stands there now.
                let last = changed.content_changes.pop().filter(|change| change.range.is_none());
                let Some(last) = last else { return };
                self.session.edit(changed.text_document.uri, changed.text_document.version, last.text);
            }
            DidCloseTextDocument::METHOD => {
                let Some(closed) = params_of::<DidCloseTextDocument>(params) else { return };
                self.session.close(&closed.text_document.uri);
            }
            _ => return,
        }
        self.changed();
    }

    /// Puts the next telling off until it is quiet.
    fn changed(&mut self) {
        let now = Instant::now();
        self.waiting.get_or_insert(Waiting { first: now, last: now }).last = now;
    }

    /// Makes the site again where it is needed, and tells what differs from what was told.
    fn tell(&mut self) {
        self.waiting = None;
        self.session.refresh();
        for (path, diagnostics) in self.session.news() {
            let Some(uri) = self.session.uri(&path) else { continue };
            let params = PublishDiagnosticsParams { uri, diagnostics, version: self.session.version(&path) };
            self.notify::<PublishDiagnostics>(params);
        }
    }

    fn say(&self, message: String) {
        self.notify::<ShowMessage>(ShowMessageParams { typ: MessageType::WARNING, message });
    }

    fn notify<N: Named>(&self, params: N::Params) {
        send(self.connection, Notification::new(N::METHOD.to_owned(), params).into());
    }
}

/// What a notification says; `None` for what nobody can understand, which a notification cannot be told.
fn params_of<N: Named>(params: serde_json::Value) -> Option<N::Params> {
    serde_json::from_value(params).ok()
}
