//! What the preview adds to a page: scripts and a style sheet of its own, never part of a built site.

/// What all addresses of the preview itself start with; a site's own address cannot, for nothing is built there.
pub(super) const PREFIX: &str = "/_needlepoint/";

/// The attribute by which the script in a page is known, and by which tests find it.
pub(super) const MARK: &str = "data-needlepoint-build";

/// A file of the client by its name, with its kind of content.
pub(super) fn file(name: &str) -> Option<(&'static str, &'static str)> {
    const SCRIPT: &str = "text/javascript; charset=utf-8";
    Some(match name {
        "live.js" => (include_str!("live.js"), SCRIPT),
        "morph.js" => (include_str!("morph.js"), SCRIPT),
        "bar.js" => (include_str!("bar.js"), SCRIPT),
        "bar.css" => (include_str!("bar.css"), "text/css; charset=utf-8"),
        _ => return None,
    })
}

/// The page with the client's script in its head, before all others: it must see the page as it was sent.
///
/// `state` tells the script what it is in: `fresh`, `stale` (the page as it last was in order) or `error`.
pub(super) fn inject(page: &[u8], build: &str, state: &str) -> Vec<u8> {
    let script = format!(
        "<script type=\"module\" src=\"{PREFIX}client/live.js\" {MARK}=\"{build}\" \
         data-needlepoint-state=\"{state}\"></script>"
    );
    let head = find(page, b"<head>").map_or_else(|| doctype_end(page), |at| at + b"<head>".len());
    let mut out = Vec::with_capacity(page.len() + script.len());
    out.extend_from_slice(&page[..head]);
    out.extend_from_slice(script.as_bytes());
    out.extend_from_slice(&page[head..]);
    out
}

fn find(page: &[u8], tag: &[u8]) -> Option<usize> {
    memchr::memmem::find(page, tag)
}

/// Where a page without a head may hold a script: behind its document type.
fn doctype_end(page: &[u8]) -> usize {
    let is_doctype = page.get(..9).is_some_and(|start| start.eq_ignore_ascii_case(b"<!doctype"));
    if is_doctype { find(page, b">").map_or(0, |at| at + 1) } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn script_comes_before_all_others() {
        let page = inject(b"<!doctype html><html><head><script src=a></script>", "x-1", "fresh");
        let page = String::from_utf8(page).unwrap();
        let expected =
            "<!doctype html><html><head><script type=\"module\" src=\"/_needlepoint/client/live.js\"";
        assert!(page.starts_with(expected) && page.ends_with("</script><script src=a></script>"), "{page}");
        assert!(inject(b"<!DOCTYPE html>words", "x-1", "fresh").starts_with(b"<!DOCTYPE html><script"));
        assert!(inject(b"words", "x-1", "fresh").ends_with(b"</script>words"));
    }
}
