//! `reviews.toml`: what was signed, by whom, and the hash of the words that were read. Written by
//! `needlepoint review sign`.

use jiff::civil::Date;

use crate::diag::Diagnostic;
use crate::name::PersonId;
use crate::source::{Source, Span};
use crate::typed::{self, Field, Item, Reader, Shape, Spanned};

/// All signed reviews, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Reviews(Vec<Review>);

/// A signed review of one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// The page's file, relative to `content/`.
    pub page: String,
    /// The place of the page's name.
    pub span: Span,
    /// When.
    pub date: Date,
    /// Who.
    pub by: Spanned<PersonId>,
    /// The hash of the page's words at that time.
    pub text: String,
}

impl Reviews {
    /// The review of a page, named by its file relative to `content/`.
    pub fn get(&self, page: &str) -> Option<&Review> {
        self.0.iter().find(|review| review.page == page)
    }

    /// All reviews, in the order of the file.
    pub fn iter(&self) -> std::slice::Iter<'_, Review> {
        self.0.iter()
    }

    /// The file's text with one more review; an earlier one of the same page goes.
    pub fn with(&self, page: &str, date: Date, by: &PersonId, text: &str) -> String {
        let others = self.0.iter().filter(|review| review.page != page);
        let mut all: Vec<(&str, Date, &str, &str)> = others
            .map(|review| (&*review.page, review.date, review.by.value.as_str(), &*review.text))
            .chain([(page, date, by.as_str(), text)])
            .collect();
        all.sort();
        let mut out = String::from("# Written by `needlepoint review sign`.\n");
        for (page, date, by, text) in all {
            let (page, by, text) = (quoted(page), quoted(by), quoted(text));
            out.push_str(&format!("\n[{page}]\ndate = {date}\nby = {by}\ntext = {text}\n"));
        }
        out
    }
}

/// Text as a basic string of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

const FIELDS: &[Field] = &[
    Field::required("date", Shape::Date, "When the page was reviewed."),
    Field::required("by", Shape::Id, "Who reviewed it: an id of people.toml."),
    Field::required("text", Shape::Text, "The hash of the page's words at that time."),
];

pub(super) const SHAPE: Shape = Shape::Table(FIELDS);

/// Reads `reviews.toml`.
pub fn parse(source: &Source) -> (Reviews, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let tree = typed::read_toml_file(source, &mut found);
    let mut reader = Reader::new(source.path(), found);
    let mut all = Vec::new();
    for item in reader.map(Item::root(&tree.root)) {
        all.extend(review(&mut reader, item));
    }
    (Reviews(all), reader.finish())
}

fn review(reader: &mut Reader<'_>, item: Item<'_>) -> Option<Review> {
    let (mut date, mut by, mut text) = (None, None, None);
    for entry in reader.entries(item, FIELDS) {
        match entry.name {
            "date" => date = reader.date(entry),
            "by" => by = reader.id(entry, PersonId::new),
            "text" => text = reader.text(entry),
            _ => {}
        }
    }
    for (key, is_there) in [("date", date.is_some()), ("by", by.is_some()), ("text", text.is_some())] {
        if !is_there {
            reader.missing_key(key, item.name, item.name_span);
        }
    }
    Some(Review {
        page: item.name.to_owned(),
        span: item.name_span,
        date: date?.value,
        by: by?,
        text: text?.value,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::SitePath;

    #[test]
    fn what_is_written_is_read_again() {
        let path = SitePath::new("content/reviews.toml").unwrap();
        let lee = PersonId::new("lee").unwrap();
        let day = jiff::civil::date(2026, 10, 1);
        let text = Reviews::default().with("articles/a\"b.md", day, &lee, "00ff");
        let (read, found) = parse(&Source::new(path.clone(), text));
        assert!(found.is_empty(), "{found:?}");
        let text = read.with("articles/b.md", day, &lee, "11");
        let (read, _) = parse(&Source::new(path, text));
        assert_eq!(read.iter().count(), 2);
        assert_eq!(read.get("articles/a\"b.md").unwrap().text, "00ff");
    }
}
