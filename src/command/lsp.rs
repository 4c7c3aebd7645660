//! `needlepoint lsp`: what the build knows, in the author's editor.

use std::sync::mpsc::channel;

use camino::Utf8PathBuf;
use lsp_server::Connection;

use super::{Globals, Outcome, site_around, today};
use crate::disk;
use crate::error::Error;
use crate::lsp::{self, Greeting, Noticed};
use crate::pipeline::Settings;
use crate::watch::{self, Event, Mode};

/// Serves the editor at the other end of standard input and output.
pub fn run(globals: &Globals) -> Result<Outcome, Error> {
    let (connection, threads) = Connection::stdio();
    // Where the editor did not end it, it may keep the streams open, and the threads with them.
    if !serve(globals, &connection)? {
        return Ok(Outcome::CutOff);
    }
    drop(connection);
    threads.join().map_err(|error| Error::disk("talk to", "the editor", error))?;
    Ok(Outcome::Done)
}

/// Whether the editor ended the server as it should.
fn serve(globals: &Globals, connection: &Connection) -> Result<bool, Error> {
    let greeting = Greeting::receive(connection)?;
    let reading = find_root(globals, &greeting).and_then(|root| Ok((disk::read_site(&root)?, root)));
    let (reading, root) = match reading {
        Ok(found) => found,
        Err(error) => {
            let help = error.help().map(|help| format!("; {help}")).unwrap_or_default();
            return Ok(greeting.decline(connection, &format!("{error}{help}")));
        }
    };
    let settings = Settings { today: today()?, drafts: true, base_url: None, incremental: true };
    let files = reading.files().clone();
    let events = watch::start(reading, Mode::Reported)?;
    let (send, noticed) = channel();
    let follow = move || {
        for event in events {
            let notice = match event {
                Event::Changed { files, .. } => Noticed::Files(files),
                Event::Polling(_) => continue,
                Event::Failed(error) => Noticed::Trouble(error.to_string()),
            };
            if send.send(notice).is_err() {
                return;
            }
        }
    };
    let started = std::thread::Builder::new().name("follow".to_owned()).spawn(follow);
    started.map_err(|error| Error::disk("start", "the thread that follows the files", error))?;
    lsp::run(connection, &greeting, &root, files, settings, noticed)
}

/// The site named by `--root`, else the one in or around a folder that is open in the editor, else the one here.
fn find_root(globals: &Globals, greeting: &Greeting) -> Result<Utf8PathBuf, Error> {
    if globals.root.is_none()
        && let Some(root) = greeting.folders().iter().find_map(|folder| site_around(folder))
    {
        return Ok(root);
    }
    globals.find_root()
}
