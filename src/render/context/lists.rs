//! Pages that list: conditions, body regions, glossary, references, questions, people, sections and tags.

use serde::{Deserialize, Serialize};

use super::{Backlink, Card, DateText, Figure, Html, Link};

/// A letter of an A to Z.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// "A".
    pub letter: String,
    /// `#a`; none where nothing begins with it.
    pub url: Option<String>,
}

/// `conditions.html`: conditions A to Z.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConditionsContext {
    /// Text of `content/conditions/_index.md`; may be empty.
    pub body: Html,
    /// All letters.
    pub letters: Vec<Letter>,
    /// Letters under which something stands.
    pub groups: Vec<ConditionGroup>,
    /// Number of condition pages.
    pub total: usize,
    /// Regions with pages; empty where these are in another language.
    pub regions: Vec<RegionLink>,
    /// Where the pages of regions are in another language: the conditions of this one by region, head to foot.
    pub by_region: Vec<RegionConditions>,
}

/// The names under a letter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConditionGroup {
    /// "A".
    pub letter: String,
    /// `a`.
    pub anchor: String,
    /// Whether it is long enough (more than 8 names) to end with a link to the letters.
    pub long: bool,
    /// Preferred names, sorted.
    pub entries: Vec<ConditionEntry>,
    /// Other names, sorted.
    pub others: Vec<ConditionEntry>,
}

/// A name in the A to Z.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConditionEntry {
    /// The name that begins with the letter.
    pub name: String,
    /// Address of the condition's page.
    pub url: String,
    /// Preferred name where `name` is another name: "Heel pain, see Plantar fasciitis"; else none.
    pub see: Option<String>,
    /// Region in words; empty for another name.
    pub region: String,
    /// The language of these words, where it is not that of the page.
    pub region_lang: Option<String>,
}

/// A region that has no page in the language at hand, with the conditions of that language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegionConditions {
    /// "Rodilla".
    pub label: String,
    /// The language of the label, where it is not that of the page.
    pub lang: Option<String>,
    /// Pages of its conditions, by title.
    pub conditions: Vec<Link>,
}

/// A region in a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegionLink {
    /// Id: `knee`.
    pub id: String,
    /// "Knee".
    pub label: String,
    /// Address of the region's page.
    pub url: String,
    /// "3 conditions"; for a region with a care card alone, "When to get help".
    pub count: String,
}

/// `body.html`: the body map.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BodyContext {
    /// Text of `content/body/_index.md`; may be empty.
    pub body: Html,
    /// Regions with pages, head to foot, the one for the whole body left out.
    pub regions: Vec<RegionLink>,
    /// Front and back.
    pub figures: Vec<Figure>,
    /// The region for the whole body; none where it has no page.
    pub whole_body: Option<RegionLink>,
}

/// `region.html`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegionContext {
    /// Text of the region's own file; may be empty.
    pub body: Html,
    /// The views in which the region is drawn, with the region filled; empty for the whole body.
    pub figures: Vec<Figure>,
    /// Care cards of the registry, rendered by `shortcodes/care.html`.
    pub care: Vec<Html>,
    /// Conditions of the region.
    pub conditions: Vec<Card>,
    /// Articles that mention them.
    pub articles: Vec<Backlink>,
    /// Where the region has no conditions: sections of articles that say when to get help.
    pub help: Vec<Link>,
    /// Regions beside it that have pages.
    pub nearby: Vec<Link>,
}

/// `glossary.html`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GlossaryContext {
    /// All letters.
    pub letters: Vec<Letter>,
    /// Terms under their letters.
    pub groups: Vec<GlossaryGroup>,
}

/// The terms under a letter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GlossaryGroup {
    /// "T".
    pub letter: String,
    /// `letter-t`, so that it meets no term.
    pub anchor: String,
    /// Terms, sorted.
    pub terms: Vec<GlossaryTerm>,
}

/// A term.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GlossaryTerm {
    /// The term.
    pub term: String,
    /// Its id, the anchor: `trigger-point`.
    pub anchor: String,
    /// Other forms that mean the same.
    pub forms: Vec<String>,
    /// Meaning in plain words.
    pub definition: String,
    /// Pages that use it.
    pub used_on: Vec<Link>,
    /// "34 pages" where these are too many to be shown at once; else empty.
    pub used_on_count: String,
}

/// `references.html`: all sources.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReferencesContext {
    /// Sources, by first author.
    pub entries: Vec<ReferenceEntry>,
}

/// A source and where it is used.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReferenceEntry {
    /// Anchor: the citation key.
    pub anchor: String,
    /// The formatted reference.
    pub html: Html,
    /// "Guideline", "Review", "Trial", "Book", "Web page".
    pub kind: String,
    /// Year; may be empty.
    pub year: String,
    /// Whether the source was retracted.
    pub retracted: bool,
    /// Pages that cite it.
    pub cited_on: Vec<Link>,
    /// "34 pages" where these are too many to be shown at once; else empty.
    pub cited_on_count: String,
}

/// `questions.html`: every question of the site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionsContext {
    /// Text of `content/questions/_index.md`; may be empty.
    pub body: Html,
    /// Groups: one for each topic.
    pub groups: Vec<QuestionGroup>,
}

/// Questions of one topic.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionGroup {
    /// Name of the topic.
    pub title: String,
    /// Anchor of its heading.
    pub anchor: String,
    /// Questions; the same one stands once.
    pub items: Vec<QuestionEntry>,
}

/// A question with its answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionEntry {
    /// The question.
    pub question: String,
    /// Anchor on this page.
    pub anchor: String,
    /// The answer, citations and anchors left out.
    pub answer: Html,
    /// The page it comes from; its address carries the anchor of the answer.
    pub from: Link,
}

/// `people.html`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleContext {
    /// Everyone, in the order of the registry.
    pub people: Vec<PersonCard>,
}

/// A person in the list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonCard {
    /// Name.
    pub name: String,
    /// Credentials; may be empty.
    pub credentials: String,
    /// Role; may be empty.
    pub role: String,
    /// Address.
    pub url: String,
    /// Whether the name only holds a place; said in words.
    pub placeholder: bool,
}

/// `person.html`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonContext {
    /// Credentials; may be empty.
    pub credentials: String,
    /// Role; may be empty.
    pub role: String,
    /// Short text about the person; may be empty.
    pub bio: Html,
    /// Statement of interests: "None declared."
    pub interests: String,
    /// The person's own page elsewhere.
    pub link: Option<String>,
    /// Whether the name only holds a place.
    pub placeholder: bool,
    /// Pages written, by title.
    pub written: Vec<Link>,
    /// Pages reviewed, latest first.
    pub reviewed: Vec<DatedLink>,
}

/// A link with a date.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatedLink {
    /// Words of the link.
    pub text: String,
    /// Address.
    pub url: String,
    /// The date; none where the page has none.
    pub date: Option<DateText>,
}

/// `list.html`: a section or the pages of a tag.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListContext {
    /// Text of `_index.md`, on the first of several pages only; may be empty.
    pub body: Html,
    /// Subsections.
    pub sections: Vec<Card>,
    /// Pages as cards; empty where they stand in `dated`.
    pub cards: Vec<Card>,
    /// Pages with their dates, latest first; empty where they stand in `cards`.
    pub dated: Vec<DatedLink>,
    /// Links to the other pages of a long list.
    pub pagination: Option<Pagination>,
}

/// Numbered pages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pagination {
    /// "Page 2 of 5".
    pub text: String,
    /// Address of the previous page.
    pub previous: Option<String>,
    /// Address of the next page.
    pub next: Option<String>,
    /// The pages that are named: first, last and those around this one.
    pub pages: Vec<PageNumber>,
}

/// One numbered page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageNumber {
    /// Its number, from 1.
    pub number: usize,
    /// Its address.
    pub url: String,
    /// Whether it is this page.
    pub current: bool,
    /// Whether numbers are left out before it.
    pub gap: bool,
}

/// `tags.html`: all tags.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagsContext {
    /// Tags by name.
    pub tags: Vec<TagLink>,
}

/// A tag.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagLink {
    /// Name.
    pub text: String,
    /// Address.
    pub url: String,
    /// "4 pages".
    pub count: String,
}
