//! Kinds of pages: what they are called, what they require, what their sections are.

use crate::aspect::Aspect;
use crate::name::KindId;
use crate::source::Span;
use crate::typed::Spanned;

/// A kind of page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// The id.
    pub id: KindId,
    /// The word that readers see.
    pub label: String,
    /// The name of an icon of the theme.
    pub icon: Option<Spanned<String>>,
    /// The name of a colour of the theme.
    pub color: Option<Spanned<String>>,
    /// Whether the checks of provenance, evidence and safety apply.
    pub health: bool,
    /// Whether the checks of balance and risks apply.
    pub treatment: bool,
    /// The keys that front matter must have.
    pub required: Vec<Spanned<String>>,
    /// The sections, in the order in which `new` writes them.
    pub sections: Vec<SectionRule>,
    /// Where the kind is declared; `None` for a built-in kind that the site leaves as it is.
    pub span: Option<Span>,
}

/// A section that pages of a kind may or must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionRule {
    /// What the section speaks of.
    pub aspect: Aspect,
    /// The headings that are known to speak of it; the first is what `new` writes.
    pub headings: Vec<String>,
    /// Whether a page must have it.
    pub required: bool,
}

impl Kind {
    /// The aspect of a second-level heading: case, white space and a mark at its end do not matter.
    pub fn aspect_of(&self, heading: &str) -> Option<Aspect> {
        let speaks_so = |rule: &&SectionRule| rule.headings.iter().any(|own| is_same_heading(own, heading));
        Some(self.sections.iter().find(speaks_so)?.aspect)
    }
}

/// Whether two headings say the same: case, spaces, forms of the apostrophe and the mark at the end are no difference.
fn is_same_heading(one: &str, other: &str) -> bool {
    letters(one).eq(letters(other))
}

fn letters(heading: &str) -> impl Iterator<Item = char> {
    let words = heading.trim().trim_end_matches(['?', '!', '.', ':']).split_whitespace();
    let letters = words.flat_map(|word| word.chars().chain([' '])).flat_map(char::to_lowercase);
    letters.map(|c| match c {
        '’' => '\'',
        'ς' => 'σ',
        c => c,
    })
}
