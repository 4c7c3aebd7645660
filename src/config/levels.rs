//! The levels that a site sets for findings: everywhere, for a kind of page, for a folder.

use std::collections::BTreeMap;

use crate::diag::Severity;
use crate::name::KindId;

/// What becomes of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// It is dropped.
    Off,
    /// It is worth knowing.
    Info,
    /// Someone should look.
    Warning,
    /// The page may not be published.
    Error,
}

impl Level {
    /// The severity, or `None` where the finding is dropped.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Info => Some(Severity::Info),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// Levels by code.
pub(super) type ByCode = BTreeMap<String, Level>;

/// All levels that a site sets.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Levels {
    pub(super) everywhere: ByCode,
    pub(super) kinds: BTreeMap<KindId, ByCode>,
    pub(super) folders: BTreeMap<String, ByCode>,
}

impl Levels {
    /// The level of a code in a page of that kind and folder (below `content/`), or `None` for the code's own level.
    ///
    /// The nearest folder wins over folders above it, any folder over the kind, the kind over the rest of the site.
    pub fn level(&self, code: &str, kind: Option<&KindId>, folder: &str) -> Option<Level> {
        self.folder_level(code, folder)
            .or_else(|| self.kinds.get(kind?)?.get(code).copied())
            .or_else(|| self.everywhere.get(code).copied())
    }

    fn folder_level(&self, code: &str, mut folder: &str) -> Option<Level> {
        if self.folders.is_empty() {
            return None;
        }
        loop {
            if let Some(level) = self.folders.get(folder).and_then(|codes| codes.get(code)) {
                return Some(*level);
            }
            folder = folder.rsplit_once('/')?.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_wins() {
        let codes = |level| ByCode::from([("long-sentence".to_owned(), level)]);
        let faq = KindId::new("faq").unwrap();
        let levels = Levels {
            everywhere: codes(Level::Info),
            kinds: BTreeMap::from([(faq.clone(), codes(Level::Off))]),
            folders: BTreeMap::from([
                ("articles".to_owned(), codes(Level::Warning)),
                ("articles/drafts".to_owned(), codes(Level::Error)),
            ]),
        };
        let level = |kind, folder| levels.level("long-sentence", kind, folder).unwrap();
        assert_eq!(level(None, ""), Level::Info);
        assert_eq!(level(Some(&faq), "other"), Level::Off);
        assert_eq!(level(Some(&faq), "articles"), Level::Warning);
        assert_eq!(level(None, "articles/drafts/old"), Level::Error);
        assert_eq!(level(None, "articles-too"), Level::Info);
        assert_eq!(levels.level("other", Some(&faq), "articles"), None);
    }
}
