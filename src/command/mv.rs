//! `needlepoint mv`: moves an article, rewrites every link to it, and keeps its old address.

use std::collections::BTreeMap;

use super::{Globals, Outcome, built_site, usage_error};
use crate::disk;
use crate::error::{Error, ErrorKind};
use crate::link::{FileEdit, MoveError};
use crate::name::{ContentPath, SitePath};
use crate::pipeline::Site;

/// Moves `old` to `new`, both below `content/` (with or without that folder's name before them).
pub fn run(globals: &Globals, old: &str, new: &str) -> Result<Outcome, Error> {
    let root = globals.find_root()?;
    let site = built_site(&root, true)?;
    let (old, new) = (path(old)?, path(new)?);
    let plan = site.plan_move(&old, &new).map_err(|error| refused(&error, &old, &new))?;
    let mut texts: BTreeMap<SitePath, String> = BTreeMap::new();
    for edit in plan.edits.iter().rev() {
        apply(edit, &site, &mut texts);
    }
    let (from, to) = (old.site_path(), new.site_path());
    let own =
        texts.remove(&from).or_else(|| site.files().text(from.as_str()).map(|text| text.text().to_owned()));
    // The new file first and the old one last: whatever fails in between, no text is lost.
    disk::create_file(&root, &to, own.as_deref().unwrap_or_default())?;
    let others = texts.len();
    for (path, text) in &texts {
        disk::replace_file(&root, path, text)?;
    }
    disk::remove_file(&root, &from)?;
    globals.say(&format!("moved `{from}` to `{to}`; links in {others} other files were rewritten"));
    globals.say(&format!("the old address {} leads to {}", plan.from, plan.to));
    Ok(Outcome::Done)
}

fn path(name: &str) -> Result<ContentPath, Error> {
    let inner = name.trim_start_matches("./");
    let path = ContentPath::new(inner.strip_prefix("content/").unwrap_or(inner));
    path.ok_or_else(|| Error::new(ErrorKind::Usage, format!("`{name}` is not a file below content/")))
}

fn refused(error: &MoveError, old: &ContentPath, new: &ContentPath) -> Error {
    match error {
        MoveError::NoSuchPage(near) => {
            let help = near.as_ref().map(|near| format!("did you mean `{near}`?"));
            usage_error(format!("there is no page `{old}`"), help)
        }
        MoveError::Taken => Error::new(ErrorKind::Refused, format!("`{new}` is there already")),
        MoveError::NotMarkdown => Error::new(ErrorKind::Usage, format!("`{new}` does not end in .md")),
    }
}

/// Changes come last first, so that earlier places stay true.
fn apply(edit: &FileEdit, site: &Site, texts: &mut BTreeMap<SitePath, String>) {
    let text = texts.entry(edit.file.clone()).or_insert_with(|| {
        site.files().text(edit.file.as_str()).map(|source| source.text().to_owned()).unwrap_or_default()
    });
    if text.get(edit.span.range()).is_some() {
        text.replace_range(edit.span.range(), &edit.replacement);
    }
}
