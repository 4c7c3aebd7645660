//! The policies that a site about health states, and the words by which a page that states one is known.

use crate::name::Anchor;
use crate::page::PageInterface;

/// A policy of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// How pages are written and reviewed.
    Editorial,
    /// That pages are no medical advice.
    Disclaimer,
    /// What becomes of readers' data.
    Privacy,
    /// How to reach the publisher.
    Contact,
    /// Who pays for the site.
    Funding,
    /// Advertising, or that there is none.
    Advertising,
    /// How mistakes are put right.
    Corrections,
}

impl Policy {
    /// Words in the address of a page, or the anchor of a heading, that states the policy; the first is for help texts.
    pub fn words(self) -> &'static [&'static str] {
        match self {
            Self::Editorial => &["editorial", "how-we-write", "review-process", "how-we-review"],
            Self::Disclaimer => &["disclaimer", "medical-advice"],
            Self::Privacy => &["privacy"],
            Self::Contact => &["contact", "feedback"],
            Self::Funding => &["funding", "who-pays", "pays-for", "funded", "money"],
            Self::Advertising => &["advertising", "advertisements", "ads"],
            Self::Corrections => &["correction"],
        }
    }

    /// Whether a page states the policy: `Some(None)` where its address says so, with the anchor where a heading does.
    pub fn stated_in(self, page: &PageInterface) -> Option<Option<&Anchor>> {
        let names = |text: &str| self.words().iter().any(|word| text.contains(word));
        if names(page.address.as_str()) {
            return Some(None);
        }
        page.anchors.iter().find(|anchor| names(anchor.as_str())).map(Some)
    }
}
