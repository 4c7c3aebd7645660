//! Images with their sizes, so that the page does not jump while they load.

use std::collections::HashMap;
use std::sync::RwLock;

use super::escape;
use super::writer::Writer;
use crate::catalog::Place;
use crate::files::AssetFile;
use crate::link::Target;
use crate::markdown::Image;
use crate::name::{ContentPath, UrlPath};
use crate::render::Inputs;

/// Enough of a file to find its size in, unless it carries a long preview of itself.
const FIRST_BYTES: u64 = 64 * 1024;

/// Width and height in pixels.
type Size = Option<(u32, u32)>;

/// The sizes of images that were measured.
#[derive(Default)]
pub(super) struct Sizes {
    known: RwLock<HashMap<UrlPath, Size>>,
}

impl Sizes {
    /// The size of the image at an address; each is measured once.
    fn of(&self, address: &UrlPath, inputs: &Inputs<'_>) -> Size {
        if let Some(size) = self.known.read().ok().and_then(|known| known.get(address).copied()) {
            return size;
        }
        let size = file_of(address, inputs).and_then(|path| {
            let path = path.site_path();
            measured(inputs.files.asset(path.as_str())?)
        });
        if let Ok(mut known) = self.known.write() {
            known.insert(address.clone(), size);
        }
        size
    }
}

fn file_of<'a>(address: &UrlPath, inputs: &Inputs<'a>) -> Option<&'a ContentPath> {
    match inputs.catalog.place(address)? {
        Place::Asset(index) => inputs.catalog.assets().get(index as usize).map(|(path, _)| path),
        _ => None,
    }
}

fn measured(file: &AssetFile) -> Size {
    let first = file.first_bytes(FIRST_BYTES).ok()?;
    if file.path().as_str().to_ascii_lowercase().ends_with(".svg") {
        return drawing_size(&String::from_utf8_lossy(&first));
    }
    let size = imagesize::blob_size(&first).ok();
    let size = size.or_else(|| {
        let is_cut = file.length() > FIRST_BYTES;
        is_cut.then(|| file.bytes().ok().and_then(|bytes| imagesize::blob_size(&bytes).ok()))?
    })?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
        .filter(|size| size.0 > 0 && size.1 > 0)
}

/// The size of an SVG drawing: its width and height in pixels, else those of its view box.
fn drawing_size(svg: &str) -> Size {
    let start = svg.find("<svg")?;
    let root = &svg[start..];
    let root = &root[..root.find('>')?];
    let pixels = |name: &str| {
        let value = attribute(root, name)?.trim().trim_end_matches("px");
        value.parse::<f64>().ok().filter(|value| value.is_finite() && *value > 0.0)
    };
    let view_box = || {
        let numbers = attribute(root, "viewBox")?;
        let mut numbers = numbers.split([' ', ',']).filter(|word| !word.is_empty()).skip(2);
        let mut next =
            || numbers.next()?.parse::<f64>().ok().filter(|value| value.is_finite() && *value > 0.0);
        Some((next()?, next()?))
    };
    let (width, height) = match (pixels("width"), pixels("height")) {
        (Some(width), Some(height)) => (width, height),
        _ => view_box()?,
    };
    Some((width.round().max(1.0) as u32, height.round().max(1.0) as u32))
}

/// The value of an attribute in the text of a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag;
    while let Some(at) = rest.find(name) {
        let is_name = rest[..at].ends_with(char::is_whitespace);
        rest = &rest[at + name.len()..];
        let value = rest.trim_start().strip_prefix('=').map(str::trim_start);
        if let Some(value) = value.filter(|_| is_name) {
            let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
            return value[1..].split(quote).next();
        }
    }
    None
}

impl Writer<'_> {
    /// An image alone in its paragraph.
    pub(super) fn figure(&mut self, index: u32) {
        let image = &self.document.images()[index as usize];
        let is_decorative = image.is_decorative();
        self.out.push_str(if is_decorative { "<figure class=\"decorative\">" } else { "<figure>" });
        self.image_html(index, "");
        if !image.title.is_empty() && !is_decorative {
            self.out.push_str("<figcaption>");
            escape::text(&mut self.out, &image.title);
            self.out.push_str("</figcaption>");
        }
        self.out.push_str("</figure>\n");
    }

    /// An image in a line of text.
    pub(super) fn image(&mut self, index: u32) {
        self.image_html(index, " class=\"inline\"");
    }

    /// The element of an image; where it cannot be shown, its words.
    fn image_html(&mut self, index: u32, class: &str) {
        let image: &Image = &self.document.images()[index as usize];
        let start = self.out.len();
        self.out.push_str("<img");
        self.out.push_str(class);
        self.out.push_str(" src=\"");
        let target = self.linked.images.get(index as usize).unwrap_or(&Target::Broken);
        if !self.push_address(target) {
            self.out.truncate(start);
            escape::text(&mut self.out, &image.alt);
            return;
        }
        self.out.push_str("\" alt=\"");
        escape::attribute(&mut self.out, &image.alt);
        self.out.push('"');
        if let Target::Asset(address) = target
            && let Some((width, height)) = self.shared.sizes.of(address, self.inputs)
        {
            self.out.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
        }
        // The first image is likely in sight when the page opens.
        self.images += 1;
        let is_first = self.images == 1 && self.is_page();
        self.out.push_str(if is_first {
            " decoding=\"async\">"
        } else {
            " loading=\"lazy\" decoding=\"async\">"
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings_are_measured() {
        let size = |attributes: &str| {
            drawing_size(&format!("<?xml version=\"1.0\"?>\n<svg {attributes}><g/></svg>"))
        };
        assert_eq!(size("width=\"80\" height='60px'"), Some((80, 60)));
        assert_eq!(size("width=\"100%\" height=\"100%\" viewBox=\"0 0 24, 12.4\""), Some((24, 12)));
        assert_eq!(size("stroke-width=\"2\" viewBox=\"0 0 10 20\""), Some((10, 20)));
        for none in ["", "width=\"1em\"", "viewBox=\"0 0 -1 5\"", "viewBox=\"a b c d\"", "width=x height=y"] {
            assert_eq!(size(none), None, "{none}");
        }
    }
}
