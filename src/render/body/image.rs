//! Images with their sizes, so that the page does not jump while they load.

use super::escape;
use super::writer::Writer;
use crate::link::Target;
use crate::markdown::Image;
use crate::name::UrlPath;
use crate::render::pictures::{Made, Picture};

/// How wide a picture stands: as wide as the screen, and in the column from there on; one that is narrower than the
/// column is as wide as it is. The column is 30 times the letters' size, which grows up to 19 px.
const COLUMN: u32 = 570;

/// Of several files the one for browsers that cannot choose: wide enough for the column.
const PLAIN: u32 = 600;

impl Writer<'_> {
    /// An image alone in its paragraph.
    pub(super) fn figure(&mut self, index: u32) {
        let image = &self.document.images()[index as usize];
        let is_decorative = image.is_decorative();
        self.out.push_str(if is_decorative { "<figure class=\"decorative\">" } else { "<figure>" });
        if !self.drawing(index) {
            self.image_html(index, "");
        }
        if !image.title.is_empty() && !is_decorative {
            self.out.push_str("<figcaption>");
            escape::text(&mut self.out, &image.title);
            self.out.push_str("</figcaption>");
        }
        self.out.push_str("</figure>\n");
    }

    /// A small drawing, which stands in the page itself; `false` where the image is none.
    fn drawing(&mut self, index: u32) -> bool {
        let Some(Target::Asset(address)) = self.linked.images.get(index as usize) else { return false };
        let picture = self.shared.pictures.of(address, self.inputs);
        let (Some((root, marks)), Some((width, height)), true) =
            (&picture.drawing, picture.size, self.is_page())
        else {
            return false;
        };
        let image = &self.document.images()[index as usize];
        if image.is_decorative() {
            self.out.push_str("<svg aria-hidden=\"true\"");
        } else {
            self.out.push_str("<svg role=\"img\" aria-label=\"");
            escape::attribute(&mut self.out, &image.alt);
            self.out.push('"');
        }
        self.out.push_str(&format!(" width=\"{width}\" height=\"{height}\"{root}>{marks}</svg>"));
        true
    }

    /// An image in a line of text.
    pub(super) fn image(&mut self, index: u32) {
        self.image_html(index, " class=\"inline\"");
    }

    /// The element of an image; where it cannot be shown, its words.
    fn image_html(&mut self, index: u32, class: &str) {
        let image: &Image = &self.document.images()[index as usize];
        let target = self.linked.images.get(index as usize).unwrap_or(&Target::Broken);
        let start = self.out.len();
        self.out.push_str("<img");
        self.out.push_str(class);
        let is_shown = match target {
            Target::Asset(address) => self.sources(address),
            target => self.plain_source(target),
        };
        if !is_shown {
            self.out.truncate(start);
            escape::text(&mut self.out, &image.alt);
            return;
        }
        self.out.push_str(" alt=\"");
        escape::attribute(&mut self.out, &image.alt);
        // The first image is likely in sight when the page opens.
        self.images += 1;
        let is_first = self.images == 1 && self.is_page();
        self.out.push_str(if is_first {
            "\" decoding=\"async\">"
        } else {
            "\" loading=\"lazy\" decoding=\"async\">"
        });
    }

    fn plain_source(&mut self, target: &Target) -> bool {
        self.out.push_str(" src=\"");
        let is_shown = self.push_address(target);
        self.out.push('"');
        is_shown
    }

    /// Where a file of the site is shown from, and its size; `false` where it cannot be shown.
    fn sources(&mut self, address: &UrlPath) -> bool {
        let picture = self.shared.pictures.of(address, self.inputs);
        // The review says so of the file, once for all pages that show it.
        if picture.is_broken {
            return false;
        }
        if picture.made.is_empty() {
            self.plain_source(&Target::Asset(address.clone()));
        } else {
            self.made_sources(&picture);
        }
        if let Some((width, height)) = picture.size {
            self.out.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
        }
        true
    }

    /// The files that are made of a picture; the browser takes the one that fits screen and column.
    fn made_sources(&mut self, picture: &Picture) {
        let mut base = String::new();
        escape::attribute(&mut base, self.inputs.config.base_url.path());
        let address = |made: &Made| format!("{base}/{}", made.path);
        let plain = picture.made.iter().find(|made| made.width >= PLAIN).or(picture.made.last());
        let plain = plain.map(address).unwrap_or_default();
        self.out.push_str(&format!(" src=\"{plain}\""));
        if picture.made.len() > 1 {
            let all = picture.made.iter().map(|made| format!("{} {}w", address(made), made.width));
            let all: Vec<String> = all.collect();
            let column = picture.size.map_or(COLUMN, |(width, _)| width.min(COLUMN));
            let sizes = format!("(min-width: {}px) {column}px, 100vw", column + 32);
            self.out.push_str(&format!(" srcset=\"{}\" sizes=\"{sizes}\"", all.join(", ")));
        }
    }
}
