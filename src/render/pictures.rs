//! Pictures of the content: how large they are, and the smaller files that pages show in their place.
//!
//! The original of a picture that pages show stays out of the built site unless a page links to it: it is larger than
//! any reader needs, and may say where it was taken.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, RwLock};

use super::Inputs;
use crate::catalog::Place;
use crate::diag::{self, Diagnostic};
use crate::files::AssetFile;
use crate::link::Target;
use crate::name::UrlPath;
use crate::picture;
use crate::source::{Fingerprint, Span};

/// Enough of a file to find its size in, unless it carries a long preview of itself.
const FIRST_BYTES: u64 = 64 * 1024;

/// What is known of an image.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Picture {
    /// Width and height in pixels as it is seen; none where they are not known.
    pub(super) size: Option<(u32, u32)>,
    /// The files that pages show in its place, narrowest first; empty where it is shown as it is.
    pub(super) made: Vec<Made>,
    /// A drawing small and plain enough to stand in the page: attributes of its element, and its marks.
    pub(super) drawing: Option<(String, String)>,
    /// Whether it cannot be shown.
    pub(super) is_broken: bool,
}

/// A file that is made of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Made {
    pub(super) width: u32,
    /// Where it lies in the built site.
    pub(super) path: String,
}

/// What is known of the images of a site; each is looked at once, when the first page shows it.
#[derive(Default)]
pub(super) struct Pictures {
    known: RwLock<HashMap<UrlPath, Arc<Picture>>>,
}

impl Pictures {
    /// What is known of the image at an address.
    pub(super) fn of(&self, address: &UrlPath, inputs: &Inputs<'_>) -> Arc<Picture> {
        if let Some(picture) = self.known.read().ok().and_then(|known| known.get(address).cloned()) {
            return picture;
        }
        let file = asset_at(address, inputs).and_then(|at| file(inputs, at));
        let picture = Arc::new(file.map(looked_at).unwrap_or_default());
        if let Ok(mut known) = self.known.write() {
            known.insert(address.clone(), Arc::clone(&picture));
        }
        picture
    }

    /// The pictures that pages show by other files, by their number among the catalog's assets.
    pub(super) fn shown(&self, inputs: &Inputs<'_>) -> BTreeMap<u32, Arc<Picture>> {
        let images = inputs.pages.iter().flat_map(|page| &page.images);
        let addresses: BTreeSet<&UrlPath> = images.filter_map(asset_address).collect();
        let pictures = addresses.into_iter().filter_map(|address| {
            let at = asset_at(address, inputs)?;
            Some((at, self.of(address, inputs))).filter(|(_, picture)| !picture.made.is_empty())
        });
        pictures.collect()
    }
}

/// Those of the pictures shown whose originals do not belong into the built site: no page links to them, or names
/// them in HTML of its own.
pub(super) fn left_out(inputs: &Inputs<'_>, shown: &BTreeMap<u32, Arc<Picture>>) -> BTreeSet<u32> {
    let mut left_out: BTreeSet<u32> = shown.keys().copied().collect();
    if left_out.is_empty() {
        return left_out;
    }
    for page in inputs.pages {
        for address in page.links.iter().filter_map(asset_address) {
            asset_at(address, inputs).map(|at| left_out.remove(&at));
        }
        let text = page.page.document.source().text();
        if inputs.config.markdown.raw_html && (text.contains("src=") || text.contains("href=")) {
            left_out.retain(|at| file_name(inputs, *at).is_none_or(|name| !text.contains(name)));
        }
    }
    left_out
}

/// The bytes of a file that is made of a picture.
pub(super) fn smaller(inputs: &Inputs<'_>, at: u32, width: u32) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let Some(file) = file(inputs, at) else { return Ok(Vec::new()) };
    let bytes = file.bytes().map_err(|error| error.to_string());
    let made = bytes.and_then(|bytes| picture::smaller(&bytes, width).map_err(|trouble| trouble.to_string()));
    made.map_err(|why| {
        let message = format!("the image `{}` cannot be shown: {why}", file.path());
        vec![Diagnostic::new(diag::BROKEN_IMAGE, file.path(), Span::default(), message)]
    })
}

/// The hash of all that such a file is made from; none where the original cannot be read.
pub(super) fn key(inputs: &Inputs<'_>, at: u32, width: u32) -> Option<Fingerprint> {
    let original = file(inputs, at)?.fingerprint().ok()?;
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"picture\0").update(picture::VERSION.as_bytes()).update(b"\0");
    hasher.update(&original).update(&width.to_le_bytes());
    Some(*hasher.finalize().as_bytes())
}

fn asset_address(target: &Target) -> Option<&UrlPath> {
    match target {
        Target::Asset(address) => Some(address),
        _ => None,
    }
}

fn asset_at(address: &UrlPath, inputs: &Inputs<'_>) -> Option<u32> {
    match inputs.catalog.place(address)? {
        Place::Asset(at) => Some(at),
        _ => None,
    }
}

fn file<'a>(inputs: &Inputs<'a>, at: u32) -> Option<&'a AssetFile> {
    let (path, _) = inputs.catalog.assets().get(at as usize)?;
    inputs.files.asset(path.site_path().as_str())
}

fn file_name<'a>(inputs: &Inputs<'a>, at: u32) -> Option<&'a str> {
    let path = inputs.catalog.assets().get(at as usize)?.0.as_str();
    Some(path.rsplit_once('/').map_or(path, |(_, name)| name))
}

fn looked_at(file: &AssetFile) -> Picture {
    if !picture::is_picture(file.path().as_str()) {
        return Picture { size: measured(file), drawing: drawing(file), ..Picture::default() };
    }
    let facts = file.bytes().ok().and_then(|bytes| Some((picture::facts(&bytes).ok()?, bytes)));
    let Some((facts, bytes)) = facts else { return Picture { is_broken: true, ..Picture::default() } };
    let size = Some((facts.width, facts.height));
    let made = if facts.moves { Vec::new() } else { made(file, &bytes, facts.width) };
    Picture { size, made, ..Picture::default() }
}

fn made(file: &AssetFile, bytes: &[u8], width: u32) -> Vec<Made> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(picture::VERSION.as_bytes()).update(b"\0").update(bytes);
    let hash = hasher.finalize().to_hex();
    let (hash, stem) = (&hash[..10], stem(file.path().as_str()));
    let path = |width: u32| format!("assets/pictures/{stem}-{width}.{hash}.webp");
    picture::widths(width).into_iter().map(|width| Made { width, path: path(width) }).collect()
}

/// What a file is called, in letters that need no care in an address.
fn stem(path: &str) -> String {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' };
    let stem: String = stem.chars().take(40).map(plain).collect();
    let stem = stem.trim_matches('-');
    if stem.is_empty() { "picture".to_owned() } else { stem.to_owned() }
}

fn drawing(file: &AssetFile) -> Option<(String, String)> {
    let is_drawing = file.path().as_str().to_ascii_lowercase().ends_with(".svg");
    let bytes = file.bytes().ok().filter(|_| is_drawing)?;
    picture::plain_drawing(std::str::from_utf8(&bytes).ok()?)
}

/// The size of an image that is shown as it is.
fn measured(file: &AssetFile) -> Option<(u32, u32)> {
    let first = file.first_bytes(FIRST_BYTES).ok()?;
    if file.path().as_str().to_ascii_lowercase().ends_with(".svg") {
        return picture::drawing_size(&String::from_utf8_lossy(&first));
    }
    let size = imagesize::blob_size(&first).ok();
    let size = size.or_else(|| {
        let is_cut = file.length() > FIRST_BYTES;
        is_cut.then(|| file.bytes().ok().and_then(|bytes| imagesize::blob_size(&bytes).ok()))?
    })?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
        .filter(|size| size.0 > 0 && size.1 > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_need_no_care_in_an_address() {
        assert_eq!(stem("content/a/Two Needles (1).JPG"), "two-needles--1");
        assert_eq!(stem("content/éé.png"), "picture");
    }
}
