//! Source files that commands write: whole or not at all, and new ones never over one that is there.

use std::fs;
use std::io::Write;

use camino::Utf8Path;

use crate::error::{Error, ErrorKind};
use crate::name::SitePath;

/// Writes a new file below the site's root and makes the folders on the way to it.
///
/// An `Error` of the kind `Refused` where something stands there already; nothing is changed then.
pub fn create_file(root: &Utf8Path, path: &SitePath, text: &str) -> Result<(), Error> {
    let place = root.join(path.as_str());
    if place.symlink_metadata().is_ok() {
        let message = format!("`{place}` is there already");
        return Err(
            Error::new(ErrorKind::Refused, message).with_help("choose another name, or remove the file")
        );
    }
    let folder = place.parent().unwrap_or(root);
    fs::create_dir_all(folder).map_err(|error| Error::disk("create the folder", folder, error))?;
    let failed = |error| Error::disk("write", &place, error);
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    let set_mode = std::os::unix::fs::PermissionsExt::from_mode(0o644);
    file.as_file().set_permissions(set_mode).map_err(failed)?;
    file.persist_noclobber(&place).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Replaces the text of a source file, or writes it where there is none, whole or not at all; its permissions stay.
pub fn replace_file(root: &Utf8Path, path: &SitePath, text: &str) -> Result<(), Error> {
    replace(&root.join(path.as_str()), text)
}

/// Writes files into a folder, which is made where there is none, each whole or not at all.
pub fn write_files(folder: &Utf8Path, files: &[(&str, &str)]) -> Result<(), Error> {
    fs::create_dir_all(folder).map_err(|error| Error::disk("create the folder", folder, error))?;
    files.iter().try_for_each(|(name, text)| replace(&folder.join(name), text))
}

fn replace(place: &Utf8Path, text: &str) -> Result<(), Error> {
    let failed = |error| Error::disk("write", place, error);
    let folder = place.parent().unwrap_or(place);
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    let new = || std::os::unix::fs::PermissionsExt::from_mode(0o644);
    let mode = fs::metadata(place).map_or_else(|_| new(), |found| found.permissions());
    file.as_file().set_permissions(mode).map_err(failed)?;
    file.persist(place).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Removes a source file.
pub fn remove_file(root: &Utf8Path, path: &SitePath) -> Result<(), Error> {
    let place = root.join(path.as_str());
    fs::remove_file(&place).map_err(|error| Error::disk("remove", &place, error))
}

/// Whether a folder holds nothing, or is not there.
pub fn is_empty_folder(path: &Utf8Path) -> Result<bool, Error> {
    match fs::read_dir(path) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(Error::disk("look into", path, error)),
    }
}
