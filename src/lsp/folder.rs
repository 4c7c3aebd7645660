//! The site's folder, and its files by the names that editors give them.

use std::str::FromStr;

use camino::{Utf8Path, Utf8PathBuf};
use lsp_types::Uri;

use crate::link::percent_decoded;
use crate::name::{SitePath, percent_encoded};

/// The folder of a site on this computer.
pub(super) struct Folder {
    /// As the editor names it, so that answers name files as the editor does.
    named: Utf8PathBuf,
    /// With all links resolved.
    real: Utf8PathBuf,
}

impl Folder {
    pub(super) fn new(named: &Utf8Path) -> Self {
        let real = named.canonicalize_utf8().unwrap_or_else(|_| named.to_owned());
        let named = if named.is_absolute() { named.to_owned() } else { real.clone() };
        Self { named, real }
    }

    /// The file of the site that is meant; `None` for files elsewhere, and what is no file.
    pub(super) fn path(&self, uri: &Uri) -> Option<SitePath> {
        let path = file_path(uri)?;
        let inner = path.strip_prefix(&self.named).or_else(|_| path.strip_prefix(&self.real));
        match inner {
            Ok(inner) => SitePath::new(inner.as_str()),
            // A folder above may be reached by another name.
            Err(_) => {
                let real = path.parent()?.canonicalize_utf8().ok()?.join(path.file_name()?);
                SitePath::new(real.strip_prefix(&self.real).ok()?.as_str())
            }
        }
    }

    /// The name that editors know a file of the site by.
    pub(super) fn uri(&self, path: &SitePath) -> Option<Uri> {
        let path = percent_encoded(self.named.join(path.as_str()).as_str(), b"-._~/");
        Uri::from_str(&format!("file://{path}")).ok()
    }
}

/// The path of a `file:` address on this computer.
pub(super) fn file_path(uri: &Uri) -> Option<Utf8PathBuf> {
    let rest = uri.as_str().strip_prefix("file://")?;
    let rest = rest.strip_prefix("localhost").unwrap_or(rest);
    let path = Utf8PathBuf::from(percent_decoded(rest.split(['?', '#']).next()?));
    path.is_absolute().then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_go_there_and_back() {
        let folder = Folder::new(Utf8Path::new("/home/a b/site"));
        let path = SitePath::new("content/Wärme (neu) #1.md").unwrap();
        let uri = folder.uri(&path).unwrap();
        assert_eq!(uri.as_str(), "file:///home/a%20b/site/content/W%C3%A4rme%20%28neu%29%20%231.md");
        assert_eq!(folder.path(&uri), Some(path));
    }

    #[test]
    fn what_is_no_file_of_the_site_has_no_path() {
        let folder = Folder::new(Utf8Path::new("/site"));
        for uri in [
            "file:///other/content/a.md",
            "file:///site",
            "file:///site/../etc/passwd",
            "file:///site/content/%00.md",
            "untitled:a.md",
            "https://example.org/site/content/a.md",
            "file:relative.md",
        ] {
            assert_eq!(folder.path(&Uri::from_str(uri).unwrap()), None, "{uri}");
        }
    }
}
