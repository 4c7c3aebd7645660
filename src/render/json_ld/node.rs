//! JSON-LD written straight into a text, one property after another.
//!
//! Nothing that a text holds can end the script element around it: `<` is always written as `\u003c`.

use crate::bytes;

/// An object that is being written; properties without a value are left out.
pub(super) struct Node<'o> {
    out: &'o mut String,
}

/// The nodes of one property.
pub(super) struct List<'n, 'o> {
    node: &'n mut Node<'o>,
    property: &'static str,
    is_open: bool,
}

/// A whole graph: one object with the vocabulary's name before its properties.
pub(super) fn graph(kinds: &[&str], fill: impl FnOnce(&mut Node<'_>)) -> String {
    let mut out = String::with_capacity(2048);
    out.push_str("{\"@context\":\"https://schema.org\",");
    object(&mut out, kinds, fill);
    out
}

/// A node by itself, to be put into the graphs of several pages.
pub(super) fn alone(kind: &str, fill: impl FnOnce(&mut Node<'_>)) -> String {
    let mut out = String::from("{");
    object(&mut out, &[kind], fill);
    out
}

/// Writes the types and properties of an object and its closing brace; the opening one stands already.
fn object(out: &mut String, kinds: &[&str], fill: impl FnOnce(&mut Node<'_>)) {
    out.push_str("\"@type\":");
    match kinds {
        [kind] => quoted(out, kind),
        kinds => array(out, kinds.iter().copied()),
    }
    fill(&mut Node { out });
    out.push('}');
}

fn array<'t>(out: &mut String, texts: impl Iterator<Item = &'t str>) {
    for (at, text) in texts.enumerate() {
        out.push(if at == 0 { '[' } else { ',' });
        quoted(out, text);
    }
    out.push(']');
}

fn quoted(out: &mut String, text: &str) {
    let must_change = |byte: u8| byte < b' ' || matches!(byte, b'"' | b'\\' | b'<');
    if !bytes::any(text.as_bytes(), must_change) {
        out.push('"');
        out.push_str(text);
        out.push('"');
        return;
    }
    let json = serde_json::to_string(text).expect("a text can be written as JSON");
    for (at, part) in json.split('<').enumerate() {
        if at > 0 {
            out.push_str("\\u003c");
        }
        out.push_str(part);
    }
}

impl<'o> Node<'o> {
    fn key(&mut self, property: &str) {
        // Names of the vocabulary are plain letters.
        self.out.push_str(",\"");
        self.out.push_str(property);
        self.out.push_str("\":");
    }

    /// A text, where there is one.
    pub(super) fn text(&mut self, property: &str, text: &str) {
        if !text.is_empty() {
            self.key(property);
            quoted(self.out, text);
        }
    }

    /// Texts, where there are any.
    pub(super) fn texts<'t>(&mut self, property: &str, texts: impl IntoIterator<Item = &'t str>) {
        let mut texts = texts.into_iter().peekable();
        if texts.peek().is_some() {
            self.key(property);
            array(self.out, texts);
        }
    }

    /// A whole number.
    pub(super) fn number(&mut self, property: &str, number: usize) {
        self.key(property);
        self.out.push_str(&number.to_string());
    }

    /// A member of one of the vocabulary's enumerations, by its name.
    pub(super) fn member(&mut self, property: &str, name: &str) {
        self.text(property, &format!("https://schema.org/{name}"));
    }

    /// A node that is told elsewhere, by its id.
    pub(super) fn reference(&mut self, property: &str, id: &str) {
        self.key(property);
        self.out.push_str("{\"@id\":");
        quoted(self.out, id);
        self.out.push('}');
    }

    /// One node of that type.
    pub(super) fn node(&mut self, property: &str, kind: &str, fill: impl FnOnce(&mut Node<'_>)) {
        self.key(property);
        self.out.push('{');
        object(self.out, &[kind], fill);
    }

    /// Nodes; where none are written, neither is the property.
    pub(super) fn list(&mut self, property: &'static str, fill: impl FnOnce(&mut List<'_, 'o>)) {
        let mut list = List { node: self, property, is_open: false };
        fill(&mut list);
        if list.is_open {
            self.out.push(']');
        }
    }
}

impl List<'_, '_> {
    /// One more node.
    pub(super) fn node(&mut self, kind: &str, fill: impl FnOnce(&mut Node<'_>)) {
        self.next();
        self.node.out.push('{');
        object(self.node.out, &[kind], fill);
    }

    /// One more node, which is [`alone`] so far.
    pub(super) fn written(&mut self, node: &str) {
        self.next();
        self.node.out.push_str(node);
    }

    fn next(&mut self) {
        if self.is_open {
            self.node.out.push(',');
        } else {
            self.node.key(self.property);
            self.node.out.push('[');
            self.is_open = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_the_script_around_it() {
        let evil = "</script><!-- \"\\ \u{2028}\n";
        let json = graph(&["WebPage", "FAQPage"], |node| {
            node.text("name", evil);
            node.texts("keywords", [evil, "b"]);
            node.text("description", "");
            node.list("hasPart", |list| {
                list.node("Question", |node| node.number("position", 1));
                list.node("Question", |node| node.reference("about", evil));
            });
            node.list("citation", |_| {});
        });
        assert!(!json.contains('<') && !json.contains('\n'));
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(value["@type"], serde_json::json!(["WebPage", "FAQPage"]));
        assert_eq!(value["keywords"][0], evil);
        assert_eq!(value["hasPart"][1]["about"]["@id"], evil);
        assert!(value.get("description").is_none() && value.get("citation").is_none());
    }
}
