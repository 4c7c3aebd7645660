//! Files that are copied as they are: images that no browser can show, drawings and pages that run script.

use crate::diag::{self, Diagnostic};
use crate::files::AssetFile;
use crate::markdown;
use crate::media_type::media_type;
use crate::picture;
use crate::source::Span;

/// Enough of an image to find its size in, unless it carries a long preview of itself.
const FIRST_BYTES: u64 = 64 * 1024;

/// What is wrong in a copied file, where anything is. Reads the beginning of images, and drawings and pages whole.
pub fn asset(file: &AssetFile) -> Option<Diagnostic> {
    let path = file.path().as_str();
    let kind = media_type(path);
    let is_markup = kind.starts_with("text/html") || kind == "image/svg+xml" || path.ends_with(".xhtml");
    if is_markup {
        return markup(file, kind);
    }
    let trouble = if kind.starts_with("image/") { trouble(file)? } else { return None };
    let found = Diagnostic::new(diag::BROKEN_IMAGE, file.path(), Span::default(), trouble);
    Some(found.with_help("save the image anew, or take the file out"))
}

/// Why the file cannot be shown as an image; one that cannot be read is told of where it is copied.
fn trouble(file: &AssetFile) -> Option<String> {
    if file.length() == 0 {
        return Some("the image cannot be shown: the file is empty".to_owned());
    }
    let trouble = |bytes: &[u8]| {
        if picture::is_picture(file.path().as_str()) {
            return picture::trouble(bytes).map(|why| format!("the image cannot be shown: {why}"));
        }
        let has_size = imagesize::blob_size(bytes).is_ok_and(|size| size.width > 0 && size.height > 0);
        (!has_size).then(|| "the file holds no image that a browser can show".to_owned())
    };
    let found = trouble(&file.first_bytes(FIRST_BYTES).ok()?)?;
    if file.length() > FIRST_BYTES { trouble(&file.bytes().ok()?) } else { Some(found) }
}

fn markup(file: &AssetFile, kind: &str) -> Option<Diagnostic> {
    let bytes = file.bytes().ok()?;
    let text = String::from_utf8_lossy(&bytes);
    if markdown::runs_script(&text) {
        let what = if kind == "image/svg+xml" { "drawing" } else { "page" };
        let message = format!("the {what} holds script, or loads another page");
        let found = Diagnostic::new(diag::SCRIPT_IN_CONTENT, file.path(), Span::default(), message);
        return Some(found.with_help("save it without scripts, event attributes and entities"));
    }
    (kind == "image/svg+xml" && !text.contains("<svg")).then(|| {
        let what = if bytes.is_empty() { "the file is empty" } else { "the file holds no drawing" };
        Diagnostic::new(diag::BROKEN_IMAGE, file.path(), Span::default(), what)
            .with_help("save the drawing anew, or take the file out")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::SitePath;

    fn code(name: &str, bytes: &[u8]) -> Option<String> {
        let path = SitePath::new(&format!("content/{name}")).unwrap();
        asset(&AssetFile::in_memory(path, bytes)).map(|found| found.code.to_string())
    }

    #[test]
    fn files_that_are_no_images_are_said() {
        const GIF: &[u8] =
            b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
        // A head that tells a size, and nothing behind it.
        const CUT_OFF: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x09\0\0\0\x09\x08\x02\0\0\0";
        for (name, bytes) in [
            ("a.png", &b"not an image"[..]),
            ("a.jpg", b""),
            ("a.png", CUT_OFF),
            ("a.svg", b"text"),
            ("a.svg", b""),
        ] {
            assert_eq!(code(name, bytes).as_deref(), Some("broken-image"), "{name}");
        }
        for (name, bytes) in [("a.gif", GIF), ("a.svg", b"<svg/>"), ("a.pdf", b""), ("a.txt", b"x")] {
            assert_eq!(code(name, bytes), None, "{name}");
        }
    }

    #[test]
    fn script_in_drawings_and_pages_is_said() {
        for text in [
            "<svg><script>x</script></svg>",
            "<svg><s:script xmlns:s=\"http://www.w3.org/2000/svg\">x</s:script></svg>",
            "<svg onload='x'/>",
            "<svg><a xlink:href=\"java&#115;cript:x\"/></svg>",
            "<svg><animate attributeName=\"href\" values=\"#;javascript:x\"/></svg>",
            "<svg><foreignObject><iframe src=\"x\"/></foreignObject></svg>",
            "<!DOCTYPE svg [<!ENTITY x \"<b/>\">]><svg>&x;</svg>",
            "<?xml-stylesheet href=\"x.xsl\" type=\"text/xsl\"?><svg/>",
        ] {
            assert_eq!(code("a.svg", text.as_bytes()).as_deref(), Some("script-in-content"), "{text}");
            assert_eq!(code("a.html", text.as_bytes()).as_deref(), Some("script-in-content"), "{text}");
        }
        for text in [
            "<svg><style>a{}</style><path on=\"1\" style=\"fill:red\" d=\"M0\"/></svg>",
            "<svg><a href=\"#on=x\"><image href=\"data:image/png;base64,AA\"/></a></svg>",
            "<?xml version=\"1.0\"?><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"x.dtd\"><svg/>",
        ] {
            assert_eq!(code("a.svg", text.as_bytes()), None, "{text}");
        }
    }
}
