//! `people.toml`: authors and reviewers with their credentials.

use super::identifier::{self, is_web_address};
use crate::diag::{self, Diagnostic};
use crate::name::PersonId;
use crate::source::{Source, Span};
use crate::typed::{self, Field, Item, Reader, Shape};

/// All people, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct People(Vec<Person>);

/// An author or reviewer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The id.
    pub id: PersonId,
    /// The place of the id.
    pub span: Span,
    /// The name.
    pub name: String,
    /// Degrees and licenses.
    pub credentials: Option<String>,
    /// The part in the site: editor, reviewer.
    pub role: Option<String>,
    /// A few sentences about the person.
    pub bio: Option<String>,
    /// Competing interests, in words; `None declared.` where there are none.
    pub interests: Option<String>,
    /// The person's own page.
    pub url: Option<String>,
    /// The ORCID identifier: four groups of four.
    pub orcid: Option<String>,
    /// Whether the entry only stands where a real person will.
    pub placeholder: bool,
}

impl People {
    /// The person of that id.
    pub fn get(&self, id: &str) -> Option<&Person> {
        self.0.iter().find(|person| person.id.as_str() == id)
    }

    /// All people, in the order of the file.
    pub fn iter(&self) -> std::slice::Iter<'_, Person> {
        self.0.iter()
    }
}

const FIELDS: &[Field] = &[
    Field::required("name", Shape::Text, "The name."),
    Field::new("credentials", Shape::Text, "Degrees and licenses."),
    Field::new("role", Shape::Text, "The part in the site: editor, reviewer."),
    Field::new("bio", Shape::Text, "A few sentences about the person."),
    Field::new("interests", Shape::Text, "Competing interests; \"None declared.\" where there are none."),
    Field::new("url", Shape::Text, "The person's own page."),
    Field::new("orcid", Shape::Text, "The ORCID identifier."),
    Field::new("placeholder", Shape::Bool, "Whether the entry only stands where a real person will."),
];

pub(super) const SHAPE: Shape = Shape::Table(FIELDS);

/// Reads `people.toml`.
pub fn parse(source: &Source) -> (People, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let tree = typed::read_toml_file(source, &mut found);
    let mut reader = Reader::new(source.path(), found);
    let mut people = Vec::new();
    for item in reader.map(Item::root(&tree.root)) {
        people.extend(person(&mut reader, item));
    }
    (People(people), reader.finish())
}

fn person(reader: &mut Reader<'_>, item: Item<'_>) -> Option<Person> {
    let id = reader.key_id(item, PersonId::new)?;
    let mut out = Person {
        id,
        span: item.name_span,
        name: String::new(),
        credentials: None,
        role: None,
        bio: None,
        interests: None,
        url: None,
        orcid: None,
        placeholder: false,
    };
    for item in reader.entries(item, FIELDS) {
        match item.name {
            "name" => out.name = reader.plain_words(item).unwrap_or_default(),
            "credentials" => out.credentials = reader.plain_words(item),
            "role" => out.role = reader.plain_words(item),
            "bio" => out.bio = reader.plain_words(item),
            "interests" => out.interests = reader.plain_words(item),
            "url" => out.url = url(reader, item),
            "orcid" => {
                let expected = "an ORCID identifier such as `0000-0002-1825-0097`; a digit may be wrong";
                let orcid = reader.parsed(item, diag::MALFORMED_IDENTIFIER, expected, identifier::orcid);
                out.orcid = orcid.map(|orcid| orcid.value);
            }
            "placeholder" => out.placeholder = reader.bool(item).unwrap_or(false),
            _ => {}
        }
    }
    reader.required(item, FIELDS).then_some(out)
}

fn url(reader: &mut Reader<'_>, item: Item<'_>) -> Option<String> {
    let keep = |text: &str| is_web_address(text).then(|| text.to_owned());
    let expected = "an address that starts with `https://` or `http://`";
    reader.parsed(item, diag::UNSAFE_ADDRESS, expected, keep).map(|url| url.value)
}
