//! How large a drawing in SVG is.

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
