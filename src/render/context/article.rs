//! Articles of every kind and conditions.

use serde::{Deserialize, Serialize};

use super::{DateText, Figure, Html, KindLabel, Link, PersonLink, Ready, RegionName};

/// `article.html`: explainer, comparison, guide, faq, page and kinds of the site's own.
///
/// A site may have `article-<kind>.html`, which then gets the same value.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleContext {
    /// Parts that conditions have too.
    pub text: TextContext,
    /// Questions of the page as links to their answers; empty unless the page has more than five.
    pub questions: Vec<Link>,
    /// Condition pages that the article is about or mentions.
    pub conditions: Vec<Ready<Link>>,
    /// Previous page where the section is ordered.
    pub previous: Option<Link>,
    /// Next page where the section is ordered.
    pub next: Option<Link>,
}

/// `condition.html`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConditionContext {
    /// Parts that articles have too.
    pub text: TextContext,
    /// Other names, for "Also called".
    pub also_called: Vec<String>,
    /// The condition's region as a link, or the regions of its group.
    pub regions: Vec<RegionName>,
    /// Small figure with the region filled; none where the region is not drawn.
    pub locator: Option<Figure>,
    /// The text behind the section on what studies say, where `text.body` ends with that; may be empty.
    pub rest: Html,
    /// What is known about needling for it, one line for each outcome; stands before `rest`.
    pub evidence: Vec<EvidenceLine>,
    /// The id of the heading above `evidence`, to which the list of contents leads.
    pub evidence_id: String,
    /// Related conditions, from both sides.
    pub related_conditions: Vec<Ready<Link>>,
    /// Codes for clinicians, each "ICD-10 M54.2".
    pub codes: Vec<ClinicalCode>,
}

/// The text of an article or condition and what stands around it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextContext {
    /// The body: see [its constructs](#what-textbody-is-made-of).
    pub body: Html,
    /// "4 minutes to read"; empty for pages of kind `page`.
    pub reading_time: String,
    /// Key message, one to three sentences; may hold links.
    pub key_message: Option<Html>,
    /// How many questions the body answers in disclosures.
    pub answers: usize,
    /// Care cards of the page or its region, rendered by `shortcodes/care.html`; at most one of each level.
    pub care: Vec<Html>,
    /// Key facts.
    pub glance: Vec<GlanceFact>,
    /// Day on which the newest price or law among the facts was checked; none where no such fact is shown.
    pub glance_as_of: Option<DateText>,
    /// Second-level headings; empty unless there are three or more and the page has not switched the list off.
    pub toc: Vec<TocEntry>,
    /// Who wrote the page.
    pub authors: Vec<PersonLink>,
    /// The review stamp; none where the page has not been reviewed.
    pub review: Option<Review>,
    /// Whether no clinician has reviewed the page yet; see `page.unreviewed`.
    pub unreviewed: bool,
    /// First published; none where the page does not say.
    pub date: Option<DateText>,
    /// Last changed; none where the page does not say.
    pub updated: Option<DateText>,
    /// How the text was made, in the author's words.
    pub how_made: Option<String>,
    /// Changes worth telling, newest first.
    pub history: Vec<HistoryEntry>,
    /// Sources in the order of their numbers.
    pub references: Vec<Reference>,
    /// Pages that link here with their sentences, grouped by kind.
    pub backlinks: Vec<BacklinkGroup>,
    /// Up to four further pages.
    pub related: Vec<Ready<Card>>,
    /// Tags as links to their pages.
    pub tags: Vec<Link>,
}

/// One fact of "At a glance".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GlanceFact {
    /// "Cost of one session without insurance".
    pub label: String,
    /// "about $50 to $150".
    pub value: String,
    /// "more in large cities"; may be empty.
    pub qualifier: String,
    /// Citation links as in the body, `<a class="cite" …>[1]</a>`; may be empty.
    pub citations: Html,
    /// The language of the words, where it is not that of the page.
    pub lang: Option<String>,
}

/// A heading in the contents list, word for word.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TocEntry {
    /// Words of the heading.
    pub text: String,
    /// `#anchor`.
    pub url: String,
}

/// The review stamp.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Last clinical review.
    pub last: DateText,
    /// When the next one is due.
    pub next: DateText,
    /// Whether it was due before the day of the build.
    pub overdue: bool,
    /// Who reviewed.
    pub reviewer: Option<PersonLink>,
}

/// An entry of a page's history.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryEntry {
    /// Day of the change.
    pub date: DateText,
    /// What changed.
    pub text: String,
}

/// A source of the page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// Its number on this page.
    pub number: usize,
    /// Its anchor on this page, `ref-1`.
    pub anchor: String,
    /// The formatted reference.
    pub html: Html,
    /// Whether the source was retracted; said in words.
    pub retracted: bool,
    /// Places in the text that cite it: text `a`, `b`, … and address `#cite-1-a`.
    pub cited_at: Vec<Link>,
}

/// Pages of one kind that link here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BacklinkGroup {
    /// Kind of these pages.
    pub kind: KindLabel,
    /// The pages, best first.
    pub items: Vec<Backlink>,
}

/// A page that links here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backlink {
    /// Title of the page.
    pub title: String,
    /// Address, with the anchor of the section where the mention stands if there is one.
    pub url: String,
    /// In which section the mention stands, in words: "in “Symptoms”"; empty before the first heading.
    pub section: String,
    /// The sentence with the mention in `<mark>`; empty where the link stands in no sentence.
    pub sentence: Html,
}

/// A card: only its title is a link.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Title of the page.
    pub title: String,
    /// Address.
    pub url: String,
    /// Description; may be empty.
    pub description: String,
    /// Kind of the page.
    pub kind: KindLabel,
}

/// What studies say about one outcome.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceLine {
    /// "Pain in the first four weeks, against no treatment": outcome, time and comparison in one phrase.
    pub outcome: String,
    /// What was found, in words: "May help a little".
    pub direction: String,
    /// `high`, `moderate`, `low` or `very-low`.
    pub certainty: String,
    /// "Low certainty: more studies may change this".
    pub certainty_text: String,
    /// Stitches filled of four: 4 for high, 1 for very low.
    pub stitches: usize,
    /// Citation links as in the body.
    pub citations: Html,
    /// What is known; may be empty.
    pub known: String,
    /// What is not known; may be empty.
    pub unknown: String,
}

/// A code for clinicians.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClinicalCode {
    /// "ICD-10" or "MeSH".
    pub system: String,
    /// "M54.2".
    pub code: String,
}
