//! What of two vocabularies differs, told in words that a text must hold to be read differently with the other.

use std::collections::{HashMap, HashSet};

use super::{Meaning, Vocabulary, flag, word};

/// A place of a few bits for the words of a text: tells of most words that they are not in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordFilter(Box<[u64; FILTER_WORDS]>);

/// Room for the words of an article: of those that are not in it one in fifty seems to be.
const FILTER_WORDS: usize = 64;

/// A word's hash, or the key of a mark.
type Step = Result<u64, u64>;

impl Default for WordFilter {
    fn default() -> Self {
        Self(Box::new([0; FILTER_WORDS]))
    }
}

impl WordFilter {
    /// Notes a word by the hash of its folded form.
    #[inline]
    pub(in crate::link) fn add(&mut self, word: u64) {
        let [first, second] = places(word);
        self.0[first.0] |= first.1;
        self.0[second.0] |= second.1;
    }

    fn may_hold(&self, word: u64) -> bool {
        places(word).into_iter().all(|(at, bit)| self.0[at] & bit != 0)
    }
}

/// The two bits of a word.
#[inline]
fn places(word: u64) -> [(usize, u64); 2] {
    let mixed = word.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let place = |bits: u64| ((bits >> 6) as usize & (FILTER_WORDS - 1), 1 << (bits & 63));
    [place(mixed >> 52), place(mixed >> 40)]
}

/// What differs between two vocabularies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Words, all of which a text must hold to be read differently because of one name.
    names: HashSet<Vec<u64>>,
}

impl Difference {
    /// Whether a text with these words may be read differently; so may be any whose words are not known.
    pub fn may_touch(&self, words: Option<&WordFilter>) -> bool {
        let may_hold = |word: &u64| words.is_none_or(|words| words.may_hold(*word));
        self.names.iter().any(|name| name.iter().all(may_hold))
    }
}

impl Vocabulary {
    /// What differs from the vocabulary before; `None` where that may be anything.
    pub fn difference(&self, before: &Self) -> Option<Difference> {
        if self == before {
            return Some(Difference::default());
        }
        let languages = |vocabulary: &Self| -> HashSet<_> {
            vocabulary.roots.iter().map(|(language, _)| language.clone()).collect()
        };
        let is_same_frame = languages(self) == languages(before)
            && (&self.terms, &self.citations, &self.facts)
                == (&before.terms, &before.citations, &before.facts);
        if !is_same_frame {
            return None;
        }
        let mut names = HashSet::new();
        let (new, old) = (self.words(), before.words());
        for word in different(&new, &old) {
            let is_mark = [&new, &old]
                .iter()
                .any(|flags| flags.get(&word).is_some_and(|flags| flags & flag::PUNCTUATION != 0));
            // Which marks a text holds is not noted.
            if is_mark {
                return None;
            }
            names.insert(vec![word]);
        }
        for (_, path) in different(&self.paths(), &before.paths()) {
            let words: Vec<u64> = path.into_iter().filter_map(|step| step.ok()).collect();
            if words.is_empty() {
                return None;
            }
            names.insert(words);
        }
        Some(Difference { names })
    }

    /// What each word is good for, by its hash; marks are among them.
    fn words(&self) -> HashMap<u64, u16> {
        self.words.entries().map(|(key, number)| (key, self.flags[number as usize])).collect()
    }

    /// What each path means, by its language and its steps.
    fn paths(&self) -> HashMap<(&str, Vec<Step>), Meaning> {
        let keys: HashMap<u32, u64> = self.words.entries().map(|(key, number)| (number, key)).collect();
        let step = |number: u32| match keys.get(&number) {
            Some(key) if number >= word::FIRST && self.flags[number as usize] & flag::PUNCTUATION == 0 => {
                Ok(*key)
            }
            Some(key) => Err(*key),
            None => Err(u64::from(number)),
        };
        let mut above: Vec<Option<(u32, u32)>> = vec![None; self.meanings.len()];
        for (key, next) in self.edges.entries() {
            above[next as usize] = Some(((key >> 32) as u32 - 1, key as u32));
        }
        let path = |node: usize| {
            let (mut at, mut steps) = (node as u32, Vec::new());
            while let Some((before, number)) = above[at as usize] {
                steps.push(step(number));
                at = before;
            }
            steps.reverse();
            let (language, _) = self.roots.iter().find(|(_, root)| *root == at)?;
            Some(((&**language, steps), self.meanings[node]))
        };
        (0..self.meanings.len()).filter_map(path).collect()
    }
}

/// The keys whose values differ, or that one map alone has.
fn different<K: std::hash::Hash + Eq + Clone, V: PartialEq>(
    one: &HashMap<K, V>,
    other: &HashMap<K, V>,
) -> Vec<K> {
    let changed = one.iter().filter(|(key, value)| other.get(key) != Some(value)).map(|(key, _)| key);
    changed.chain(other.keys().filter(|key| !one.contains_key(key))).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::site::{Site, condition, site};

    fn with(first: &str, second: &str) -> Site {
        site(&[
            ("conditions/a.md", condition(first, &["sore side"])),
            ("conditions/b.md", condition(second, &[])),
            ("neck.md", "Her neck hurts: it is a pain.".to_owned()),
            ("rib.md", "A rib and a sprain.".to_owned()),
            ("other.md", "Sides and jaws.".to_owned()),
        ])
    }

    /// The pages that may be read differently with the vocabulary of the second site.
    fn touched(before: &Site, after: &Site) -> Vec<String> {
        let difference = after.vocabulary.difference(&before.vocabulary).unwrap();
        let pages = before.pages.iter().filter(|page| difference.may_touch(page.words.as_ref()));
        pages.map(|page| page.page.path.stem().to_owned()).filter(|stem| stem.len() > 1).collect()
    }

    #[test]
    fn another_name_touches_the_pages_that_hold_its_words() {
        let before = with("Rib sprain", "Neck pain");
        assert_eq!(touched(&before, &with("Rib sprain", "Neck pain")), [""; 0]);
        assert_eq!(touched(&before, &with("Sprained rib", "Neck pain")), ["rib"]);
        assert_eq!(touched(&before, &with("Rib sprain", "Painful neck")), ["neck"]);
        assert_eq!(touched(&before, &with("Jaw", "Neck pain")), ["other", "rib"]);
    }
}
