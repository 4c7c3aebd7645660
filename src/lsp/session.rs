//! One editor's site: the files on disk under the texts that are open, and the snapshot made of both.

use std::collections::BTreeMap;

use camino::Utf8Path;
use lsp_types::{ClientCapabilities, ResourceOperationKind, Uri};

use super::findings;
use super::folder::Folder;
use super::positions::{Encoding, Lines};
use crate::disk;
use crate::files::SiteFiles;
use crate::name::SitePath;
use crate::pipeline::{self, Settings, Site};
use crate::source::Source;

/// A text as it stands in the editor.
struct Open {
    uri: Uri,
    version: i32,
    source: Source,
}

/// What one editor sees.
pub(super) struct Session {
    folder: Folder,
    encoding: Encoding,
    /// Whether the editor renames files when a change of the whole site asks for it.
    pub(super) moves_files: bool,
    settings: Settings,
    disk: SiteFiles,
    open: BTreeMap<SitePath, Open>,
    site: Site,
    /// Whether files differ from those that the site was made of.
    is_stale: bool,
    /// What the editor was told of each file; files without findings are left out.
    told: BTreeMap<SitePath, Vec<lsp_types::Diagnostic>>,
}

impl Session {
    /// Makes the site of these files, for an editor that can do so much.
    pub(super) fn new(
        root: &Utf8Path,
        disk: SiteFiles,
        settings: Settings,
        client: &ClientCapabilities,
    ) -> Self {
        let changes = client.workspace.as_ref().and_then(|workspace| workspace.workspace_edit.as_ref());
        let operations = changes.and_then(|changes| changes.resource_operations.as_deref());
        Self {
            folder: Folder::new(root),
            encoding: Encoding::chosen(client.general.as_ref()),
            moves_files: operations.unwrap_or_default().contains(&ResourceOperationKind::Rename),
            site: pipeline::build(disk.clone(), settings.clone(), None, &|_| {}),
            settings,
            disk,
            open: BTreeMap::new(),
            is_stale: false,
            told: BTreeMap::new(),
        }
    }

    /// The snapshot at hand; may be older than the texts that are open.
    pub(super) fn site(&self) -> &Site {
        &self.site
    }

    /// Makes the site again where a file changed.
    pub(super) fn refresh(&mut self) {
        if !self.is_stale {
            return;
        }
        let files = self.disk.with_texts(self.open.values().map(|open| &open.source));
        self.site = pipeline::build(files, self.settings.clone(), Some(&self.site), &|_| {});
        self.is_stale = false;
    }

    /// Takes other files on disk.
    pub(super) fn read(&mut self, disk: SiteFiles) {
        self.disk = disk;
        self.is_stale = true;
    }

    /// Takes a text as it stands in the editor; files elsewhere are left alone.
    pub(super) fn edit(&mut self, uri: Uri, version: i32, text: String) {
        let Some(path) = self.folder.path(&uri).filter(disk::is_site_text) else { return };
        let source = Source::new(path.clone(), text);
        let is_new = self.open.get(&path).is_none_or(|open| open.source != source);
        self.open.insert(path, Open { uri, version, source });
        self.is_stale |= is_new;
    }

    /// Goes back to the text on disk.
    pub(super) fn close(&mut self, uri: &Uri) {
        let removed = self.folder.path(uri).and_then(|path| self.open.remove(&path));
        self.is_stale |= removed.is_some();
    }

    pub(super) fn is_open(&self, path: &SitePath) -> bool {
        self.open.contains_key(path)
    }

    /// The number of the text that is open.
    pub(super) fn version(&self, path: &SitePath) -> Option<i32> {
        self.open.get(path).map(|open| open.version)
    }

    /// A text as it stands in the editor, or on disk.
    pub(super) fn text(&self, path: &SitePath) -> Option<&Source> {
        let open = self.open.get(path).map(|open| &open.source);
        open.or_else(|| self.disk.text(path.as_str()))
    }

    /// The lines of a text that the site was made of; of the empty text where there is none.
    pub(super) fn lines(&self, path: &SitePath) -> Lines<'_> {
        Lines::new(self.site.files().text(path.as_str()).map_or("", Source::text), self.encoding)
    }

    pub(super) fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The file of the site that the editor means.
    pub(super) fn path(&self, uri: &Uri) -> Option<SitePath> {
        self.folder.path(uri)
    }

    /// A file by the name that the editor gave it.
    pub(super) fn uri(&self, path: &SitePath) -> Option<Uri> {
        self.open.get(path).map(|open| open.uri.clone()).or_else(|| self.folder.uri(path))
    }

    /// The files whose findings are others than the editor was told, each with all of its findings.
    pub(super) fn news(&mut self) -> Vec<(SitePath, Vec<lsp_types::Diagnostic>)> {
        let now = findings::to_tell(self);
        let gone = self.told.keys().filter(|file| !now.contains_key(*file));
        let mut news: Vec<_> = gone.map(|file| (file.clone(), Vec::new())).collect();
        let others = now.iter().filter(|(file, list)| self.told.get(*file) != Some(*list));
        news.extend(others.map(|(file, list)| (file.clone(), list.clone())));
        self.told = now;
        news
    }
}
