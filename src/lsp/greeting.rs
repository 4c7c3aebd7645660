//! The first words with an editor: what it can do, and what it is told that we can.

use std::str::FromStr;

use camino::Utf8PathBuf;
use lsp_server::{Connection, Message, Notification, RequestId, Response};
use lsp_types::notification::{Notification as _, ShowMessage};
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CompletionOptions, FileOperationFilter,
    FileOperationPattern, FileOperationPatternKind, FileOperationRegistrationOptions,
    HoverProviderCapability, InitializeParams, InitializeResult, MessageType, OneOf, RenameOptions,
    ServerCapabilities, ServerInfo, ShowMessageParams, TextDocumentSyncCapability, TextDocumentSyncKind,
    TextDocumentSyncOptions, Uri, WorkspaceFileOperationsServerCapabilities, WorkspaceServerCapabilities,
};

use super::folder::file_path;
use super::positions::Encoding;
use crate::error::{Error, ErrorKind};

/// Characters behind which an editor asks for completion by itself.
const TRIGGERS: [&str; 8] = ["[", "@", "(", "#", "\"", "/", "{", "="];

/// An editor that asked for a server and waits for the answer.
pub struct Greeting {
    id: RequestId,
    pub(super) params: InitializeParams,
}

impl Greeting {
    /// Waits for an editor's first request; an `Error` where it ends before, or says what cannot be understood.
    pub fn receive(connection: &Connection) -> Result<Self, Error> {
        let failed =
            |error: String| Error::new(ErrorKind::Usage, format!("no editor can be served: {error}"));
        let (id, params) = connection.initialize_start().map_err(|error| failed(error.to_string()))?;
        let params = serde_json::from_value(params).map_err(|error| failed(error.to_string()))?;
        Ok(Self { id, params })
    }

    /// The folders that are open in the editor, the most telling first.
    pub fn folders(&self) -> Vec<Utf8PathBuf> {
        let folders = self.params.workspace_folders.iter().flatten().map(|folder| folder.uri.as_str());
        #[expect(deprecated, reason = "older editors name their folder so and not otherwise")]
        let root = self.params.root_uri.iter().map(|uri| uri.as_str());
        let uris = folders.chain(root).filter_map(|uri| Uri::from_str(uri).ok());
        uris.filter_map(|uri| file_path(&uri)).collect()
    }

    /// Tells the editor why it is not served, and waits until it ends the server. Whether it ended as it should.
    pub fn decline(self, connection: &Connection, reason: &str) -> bool {
        let words = ShowMessageParams { typ: MessageType::ERROR, message: reason.to_owned() };
        send(connection, Response::new_ok(self.id, InitializeResult::default()).into());
        send(connection, Notification::new(ShowMessage::METHOD.to_owned(), words).into());
        let mut was_shut_down = false;
        for message in &connection.receiver {
            match message {
                Message::Request(request) => {
                    was_shut_down |= request.method == "shutdown";
                    send(connection, Response::new_ok(request.id, serde_json::Value::Null).into());
                }
                Message::Notification(notification) if notification.method == "exit" => break,
                _ => {}
            }
        }
        was_shut_down
    }

    /// Tells the editor what it can ask for.
    pub(super) fn accept(&self, connection: &Connection) {
        let general = self.params.capabilities.general.as_ref();
        let result = InitializeResult {
            capabilities: capabilities(Encoding::chosen(general)),
            server_info: Some(ServerInfo {
                name: "needlepoint".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        };
        send(connection, Response::new_ok(self.id.clone(), result).into());
    }
}

/// Sends a message; that nobody reads it any more is noticed where messages are received.
pub(super) fn send(connection: &Connection, message: Message) {
    let _ = connection.sender.send(message);
}

fn capabilities(encoding: Encoding) -> ServerCapabilities {
    // Whole texts: an article is short, and no slip in counting can make the two sides differ for good.
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::FULL),
        ..TextDocumentSyncOptions::default()
    };
    let articles = FileOperationFilter {
        scheme: Some("file".to_owned()),
        pattern: FileOperationPattern {
            glob: "**/*.md".to_owned(),
            matches: Some(FileOperationPatternKind::File),
            options: None,
        },
    };
    ServerCapabilities {
        position_encoding: Some(encoding.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(TRIGGERS.map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: lsp_types::WorkDoneProgressOptions::default(),
        })),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX]),
            ..CodeActionOptions::default()
        })),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: None,
            file_operations: Some(WorkspaceFileOperationsServerCapabilities {
                will_rename: Some(FileOperationRegistrationOptions { filters: vec![articles] }),
                ..WorkspaceFileOperationsServerCapabilities::default()
            }),
        }),
        ..ServerCapabilities::default()
    }
}
