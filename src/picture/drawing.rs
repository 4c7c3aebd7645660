//! Drawings in SVG: how large they are, and their marks as a page may hold them.

use resvg::usvg::roxmltree::{Document, Node};

use crate::markup::escape_into;

/// A larger drawing stays a file of its own: every reader of the page pays for what stands in it.
const MOST_BYTES: usize = 4 * 1024;

/// What may stand in a page: shapes, words and groups of these.
const ELEMENTS: [&str; 11] =
    ["g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "title"];

/// What such elements may say. Nothing that names another place, runs or reaches outside of the drawing.
const ATTRIBUTES: &str = " cx cy d dominant-baseline dx dy fill fill-opacity fill-rule font-family font-size \
    font-weight height opacity paint-order points r rx ry stroke stroke-dasharray stroke-linecap stroke-linejoin \
    stroke-opacity stroke-width text-anchor transform width x x1 x2 y y1 y2 ";

/// What the root says beside its size, which the page writes.
const OF_ROOT: [&str; 2] = ["width", "height"];

/// The marks of a small and plain drawing, for an `svg` element of a page: its further attributes and its content.
///
/// There a drawing follows the page's colours, as `var(--ink, #1b2b2f)`, and asks for no file. One that is large, or
/// holds anything but shapes and words, gives none.
pub fn plain_drawing(svg: &str) -> Option<(String, String)> {
    if svg.len() > MOST_BYTES {
        return None;
    }
    let document = Document::parse(svg).ok()?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" {
        return None;
    }
    let mut attributes = String::new();
    let mut has_view_box = false;
    for each in root.attributes().filter(|each| !OF_ROOT.contains(&each.name())) {
        has_view_box |= each.name() == "viewBox";
        if each.name() != "viewBox" && !is_plain(each.name(), each.value()) {
            return None;
        }
        write_attribute(&mut attributes, each.name(), each.value());
    }
    let mut content = String::new();
    for child in root.children() {
        write_node(&mut content, child, false)?;
    }
    has_view_box.then_some((attributes, content))
}

fn is_plain(name: &str, value: &str) -> bool {
    let leads_away = value.contains("url(") || value.contains('\\');
    ATTRIBUTES.contains(&format!(" {name} ")) && !leads_away
}

fn write_node(out: &mut String, node: Node<'_, '_>, in_text: bool) -> Option<()> {
    if let Some(text) = node.text().filter(|_| node.is_text()) {
        // Between shapes there are line breaks only.
        if in_text {
            escape_into(out, text);
        }
        return Some(());
    }
    if !node.is_element() {
        return Some(());
    }
    let name = node.tag_name().name();
    let is_known =
        ELEMENTS.contains(&name) && node.tag_name().namespace() == Some("http://www.w3.org/2000/svg");
    if !is_known || node.attributes().any(|each| each.namespace().is_some()) {
        return None;
    }
    // The page says in its own words what the drawing shows.
    if name == "title" {
        return Some(());
    }
    out.push('<');
    out.push_str(name);
    for each in node.attributes() {
        if !is_plain(each.name(), each.value()) {
            return None;
        }
        write_attribute(out, each.name(), each.value());
    }
    if !node.has_children() {
        out.push_str("/>");
        return Some(());
    }
    out.push('>');
    for child in node.children() {
        write_node(out, child, in_text || name == "text")?;
    }
    out.push_str("</");
    out.push_str(name);
    out.push('>');
    Some(())
}

fn write_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape_into(out, value);
    out.push('"');
}

/// The size of an SVG drawing in pixels, from its head: its width and height, else those of its view box.
pub fn drawing_size(svg: &str) -> Option<(u32, u32)> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(content: &str) -> Option<(String, String)> {
        let head = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:x=\"http://www.w3.org/1999/xlink\"";
        plain_drawing(&format!(
            "{head} width=\"9\" height=\"5\" viewBox=\"0 0 9 5\" fill=\"#123\">{content}</svg>"
        ))
    }

    #[test]
    fn a_plain_drawing_stands_in_a_page() {
        let (root, content) = plain(
            "\n <title>x</title><!-- y --><g fill='var(--ink, #000)'>\n<path d=\"M0 0h9\"/></g>\n\
             <text x=\"1\">a &lt;b&gt; <tspan>c</tspan></text>\n",
        )
        .unwrap();
        assert_eq!(root, " viewBox=\"0 0 9 5\" fill=\"#123\"");
        let shapes = "<g fill=\"var(--ink, #000)\"><path d=\"M0 0h9\"/></g>";
        assert_eq!(content, format!("{shapes}<text x=\"1\">a &lt;b&gt; <tspan>c</tspan></text>"));
    }

    #[test]
    fn what_runs_or_leads_away_does_not() {
        for content in [
            "<script>alert(1)</script>",
            "<path onclick=\"alert(1)\" d=\"M0 0\"/>",
            "<path style=\"fill:red\" d=\"M0 0\"/>",
            "<path id=\"a\" d=\"M0 0\"/>",
            "<path fill=\"url(#a)\" d=\"M0 0\"/>",
            "<a x:href=\"https://example.org\"><path d=\"M0 0\"/></a>",
            "<image width=\"1\" height=\"1\"/>",
            "<foreignObject><p>x</p></foreignObject>",
            "<p xmlns=\"http://www.w3.org/1999/xhtml\">x</p>",
            "<style>path{}</style>",
            "<g>",
        ] {
            assert_eq!(plain(content), None, "{content}");
        }
        assert_eq!(plain(&"<path d=\"M0 0\"/>".repeat(400)), None, "a large one stays a file");
        assert_eq!(plain_drawing("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg viewBox=\"0 0 1 1\"/>"), None);
    }

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
