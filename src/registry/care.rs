//! `care.toml`: care cards that several pages share.

use super::TEXTS;
use crate::diag::{self, Diagnostic};
use crate::source::{Source, Span};
use crate::typed::{self, Field, Item, Reader, Shape};

/// All care cards, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Care(Vec<CareCard>);

/// What to do, and how soon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CareCard {
    /// The id.
    pub id: String,
    /// The place of the id.
    pub span: Span,
    /// How soon.
    pub level: CareLevel,
    /// What to do: `Call 911 now if:`.
    pub heading: String,
    /// The signs.
    pub items: Vec<String>,
    /// Words for which search shows the card first.
    pub words: Vec<String>,
}

/// How soon help is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CareLevel {
    /// At once.
    Emergency,
    /// The same day.
    Urgent,
    /// Soon.
    NonUrgent,
}

impl CareLevel {
    /// The levels by the words that authors write.
    pub const WORDS: [(&'static str, Self); 3] =
        [(LEVELS[0], Self::Emergency), (LEVELS[1], Self::Urgent), (LEVELS[2], Self::NonUrgent)];

    /// The level of that name.
    pub fn new(name: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(word, _)| *word == name).map(|(_, level)| *level)
    }

    /// The word that authors write.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Emergency => LEVELS[0],
            Self::Urgent => LEVELS[1],
            Self::NonUrgent => LEVELS[2],
        }
    }
}

impl Care {
    /// The card of that id.
    pub fn get(&self, id: &str) -> Option<&CareCard> {
        self.0.iter().find(|card| card.id == id)
    }

    /// All cards, in the order of the file.
    pub fn iter(&self) -> std::slice::Iter<'_, CareCard> {
        self.0.iter()
    }
}

const LEVELS: [&str; 3] = ["emergency", "urgent", "non-urgent"];
const FIELDS: &[Field] = &[
    Field::required("level", Shape::OneOf(&LEVELS), "How soon help is needed."),
    Field::required("heading", Shape::Text, "What to do: \"Call 911 now if:\"."),
    Field::required("items", TEXTS, "The signs."),
    Field::new("words", TEXTS, "Words for which search shows the card first."),
];

pub(super) const SHAPE: Shape = Shape::Table(FIELDS);

/// Reads `care.toml`.
pub fn parse(source: &Source) -> (Care, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let tree = typed::read_toml_file(source, &mut found);
    let mut reader = Reader::new(source.path(), found);
    let mut cards = Vec::new();
    for item in reader.map(Item::root(&tree.root)) {
        cards.extend(card(&mut reader, item));
    }
    (Care(cards), reader.finish())
}

/// Reads the `care.toml` of a further language. Each card is known by the id of one of the site's own and as urgent.
pub(super) fn parse_words(source: &Source, own: &Care) -> (Care, Vec<Diagnostic>) {
    let (care, mut found) = parse(source);
    for card in care.iter() {
        let (message, help) = match own.get(&card.id) {
            Some(own) if own.level == card.level => continue,
            Some(own) => (
                format!("the care card `{}` is `{}` here", card.id, card.level.as_str()),
                Some(format!("write `{}`, as in content/care.toml", own.level.as_str())),
            ),
            None => {
                let near = diag::did_you_mean(&card.id, own.iter().map(|own| own.id.as_str()));
                (format!("content/care.toml has no care card `{}`", card.id), near)
            }
        };
        let mut wrong = Diagnostic::new(diag::UNKNOWN_CARE_CARD, source.path(), card.span, message);
        wrong.help = help;
        found.push(wrong);
    }
    (care, found)
}

fn card(reader: &mut Reader<'_>, item: Item<'_>) -> Option<CareCard> {
    let id = reader.key_text(item)?;
    let (mut level, mut heading) = (None, None);
    let (mut items, mut words) = (Vec::new(), Vec::new());
    for item in reader.entries(item, FIELDS) {
        match item.name {
            "level" => level = reader.one_of(item, &CareLevel::WORDS),
            "heading" => heading = reader.plain_words(item),
            "items" => items = reader.plain_texts(item),
            "words" => words = reader.plain_texts(item),
            _ => {}
        }
    }
    reader.required(item, FIELDS);
    Some(CareCard { id, span: item.name_span, level: level?.value, heading: heading?, items, words })
}
