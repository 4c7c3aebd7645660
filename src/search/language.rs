//! What the index knows of a language: its stop words, its stems and its spellings. Build time only.

use std::borrow::Cow;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashSet;

/// Words that say nothing of a page's subject. They are indexed in titles, headings, names and questions only, and
/// looked for only where a query holds nothing else.
const ENGLISH: &str = "a about all also am an and any are arent as at be because been being both but by can cannot cant could couldnt did didnt do \
    does doesnt doing dont each for from further get gets had has hasnt have havent having he her here hers hes him his how i if im in into is isnt it \
    its itself ive just me more most my myself of on or other our ours out own same she should shouldnt so some such than \
    that thats the their theirs them then there theres these they theyre this those through to too until up upon us very was wasnt we \
    were werent what whats when where which while who whom whose why will with wont would wouldnt you youll your youre yours";

/// Common words: where they stand nowhere on a site, they are still no misspelt others, and nor are their inflected
/// forms. The first are those that mean most.
const COMMON: &str = include_str!("common.txt");

/// How many of the common words even the index of a small site holds, which is loaded whole.
pub(super) const WEIGHTIEST: usize = 30;

const SPANISH: &str = "a al algo alguna algunas alguno algunos ante asi aun aunque cada como con cual cuales cuando \
    cuanto de del desde donde dos e el ella ellas ellos en entre era eran es esa esas ese eso esos esta estan estar \
    estas este esto estos fue fueron ha han hasta hay la las le les lo los mas me mi mis mucho muy nada ni no nos o os \
    otra otras otro otros para pero poco por porque que quien quienes se sea ser si sido sin sobre son su sus tambien \
    tan te tiene tienen todo todos tu tus un una unas uno unos y ya yo";

/// One language's rules.
pub(super) struct Language {
    /// Sorted.
    stop: Vec<&'static str>,
    is_stop: FxHashSet<&'static str>,
    stemmer: Option<Stemmer>,
    english: bool,
}

impl Language {
    /// The rules for a language tag such as `en` or `es-MX`; a language without rules has whole words and no stop words.
    pub(super) fn new(tag: &str) -> Self {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        let (stop, stemmer) = match primary {
            "en" => (ENGLISH, Some(Algorithm::English)),
            "es" => (SPANISH, Some(Algorithm::Spanish)),
            _ => ("", None),
        };
        let mut stop: Vec<&str> = stop.split_ascii_whitespace().collect();
        stop.sort_unstable();
        let is_stop = stop.iter().copied().collect();
        Self { stop, is_stop, stemmer: stemmer.map(Stemmer::create), english: primary == "en" }
    }

    /// The stop words, sorted.
    pub(super) fn stop_words(&self) -> &[&'static str] {
        &self.stop
    }

    /// Whether the word is a stop word.
    pub(super) fn is_stop_word(&self, word: &str) -> bool {
        self.is_stop.contains(word)
    }

    /// Common words of the language, which are spelt right wherever a reader types them.
    pub(super) fn common_words(&self) -> impl Iterator<Item = &'static str> {
        let words = if self.english { COMMON } else { "" };
        words.split_ascii_whitespace()
    }

    /// The stem of a word; words of one stem share one list of documents.
    pub(super) fn stem<'w>(&self, word: &'w str) -> Cow<'w, str> {
        let Some(stemmer) = &self.stemmer else { return Cow::Borrowed(word) };
        if word.bytes().any(|byte| byte.is_ascii_digit()) {
            return Cow::Borrowed(word);
        }
        if self.english
            && let Some(american) = american_spelling(word)
        {
            return Cow::Owned(stemmer.stem(&american).into_owned());
        }
        let stem = stemmer.stem(word);
        match stem.strip_suffix("iz") {
            Some(head) if self.english && head.len() > 3 => Cow::Owned(format!("{head}is")),
            _ => stem,
        }
    }

    /// Endings of inflected words, longest first, as a regular expression without a `$`; empty for none. The client
    /// takes an unknown word for a form of one that differs in such an ending only.
    pub(super) fn endings(&self) -> &'static str {
        if self.english {
            "ations|ation|ings|ies|ied|ing|ers|ed|er|es|ly|e|s|y"
        } else if self.stemmer.is_some() {
            "iendo|ando|ados|adas|idos|idas|ado|ada|ido|ida|ar|er|ir|as|os|es|a|o|e|s"
        } else {
            ""
        }
    }

    /// Another spelling of the word, which readers may type in its place.
    pub(super) fn other_spelling(&self, word: &str) -> Option<String> {
        if !self.english {
            return None;
        }
        american_spelling(word).or_else(|| british_spelling(word))
    }
}

/// Spellings that differ between Britain and the United States: the British one, the American one. A pair stands
/// for all words that begin with it.
const SPELLINGS: [(&str, &str); 47] = [
    ("aetiolog", "etiolog"),
    ("aluminium", "aluminum"),
    ("anaem", "anem"),
    ("anaesth", "anesth"),
    ("analyse", "analyze"),
    ("analysing", "analyzing"),
    ("behaviour", "behavior"),
    ("caesarean", "cesarean"),
    ("catheteris", "catheteriz"),
    ("centre", "center"),
    ("colour", "color"),
    ("counsell", "counsel"),
    ("defence", "defense"),
    ("diarrhoea", "diarrhea"),
    ("dyspnoea", "dyspnea"),
    ("favour", "favor"),
    ("fibre", "fiber"),
    ("flavour", "flavor"),
    ("foetal", "fetal"),
    ("foetus", "fetus"),
    ("grey", "gray"),
    ("gynaecolog", "gynecolog"),
    ("haemat", "hemat"),
    ("haemo", "hemo"),
    ("humour", "humor"),
    ("hypoglycaem", "hypoglycem"),
    ("ischaem", "ischem"),
    ("labour", "labor"),
    ("leukaem", "leukem"),
    ("licence", "license"),
    ("litre", "liter"),
    ("metre", "meter"),
    ("millimetre", "millimeter"),
    ("centimetre", "centimeter"),
    ("neighbour", "neighbor"),
    ("odour", "odor"),
    ("oedema", "edema"),
    ("oesophag", "esophag"),
    ("oestrogen", "estrogen"),
    ("orthopaed", "orthoped"),
    ("paediatr", "pediatr"),
    ("paraesthe", "paresthe"),
    ("practis", "practic"),
    ("programme", "program"),
    ("sceptic", "skeptic"),
    ("tumour", "tumor"),
    ("vapour", "vapor"),
];

/// What may follow the `is` or `iz` of verbs such as "organise" and "organize".
const ENDINGS: [&str; 8] = ["e", "ed", "es", "er", "ers", "ing", "ation", "ations"];

/// Beginnings of words that are written with `is` in both countries.
const ALWAYS_S: [&str; 16] = [
    "advertis",
    "arous",
    "bruis",
    "compromis",
    "disguis",
    "enterpris",
    "exercis",
    "expertis",
    "franchis",
    "likewis",
    "otherwis",
    "premis",
    "promis",
    "supervis",
    "surpris",
    "treatis",
];

/// Spellings that stand for themselves alone, not for "discuss" and "diskette".
const WHOLE_SPELLINGS: [(&str, &str); 2] = [("disc", "disk"), ("discs", "disks")];

/// The second letters that follow each first letter in beginnings of words, as bits: most words are told from all
/// beginnings by their first two letters.
struct Heads([u32; 32]);

impl Heads {
    const BRITISH: Self = Self::new(false);
    const AMERICAN: Self = Self::new(true);

    const fn new(is_american: bool) -> Self {
        let mut heads = [0; 32];
        let mut at = 0;
        while at < SPELLINGS.len() {
            let (british, american) = SPELLINGS[at];
            let beginning = if is_american { american.as_bytes() } else { british.as_bytes() };
            heads[(beginning[0] & 31) as usize] |= 1 << (beginning[1] & 31);
            at += 1;
        }
        Self(heads)
    }

    /// Whether a word may have such a beginning.
    fn may_begin(&self, word: &str) -> bool {
        let [first, second, ..] = *word.as_bytes() else { return false };
        self.0[usize::from(first & 31)] >> (second & 31) & 1 == 1
    }
}

fn american_spelling(word: &str) -> Option<String> {
    if let Some((_, american)) = WHOLE_SPELLINGS.iter().find(|(british, _)| *british == word) {
        return Some((*american).to_owned());
    }
    begun_otherwise(word, &Heads::BRITISH, SPELLINGS.iter().copied())
}

/// The word with the other of two beginnings in place of its own; `heads` are those of the first ones.
fn begun_otherwise(
    word: &str,
    heads: &Heads,
    mut beginnings: impl Iterator<Item = (&'static str, &'static str)>,
) -> Option<String> {
    if !heads.may_begin(word) {
        return None;
    }
    let other = |(own, other): (&str, &str)| word.strip_prefix(own).map(|rest| format!("{other}{rest}"));
    beginnings.find_map(other)
}

fn british_spelling(word: &str) -> Option<String> {
    if let Some((british, _)) = WHOLE_SPELLINGS.iter().find(|(_, american)| *american == word) {
        return Some((*british).to_owned());
    }
    let begun = begun_otherwise(
        word,
        &Heads::AMERICAN,
        SPELLINGS.iter().map(|&(british, american)| (american, british)),
    );
    if begun.is_some() {
        return begun;
    }
    let swapped = |from: &str, to: &str| {
        let split = |ending: &&'static str| Some((word.strip_suffix(ending)?.strip_suffix(from)?, *ending));
        let (head, ending) = ENDINGS.iter().find_map(split).filter(|(head, _)| head.len() > 3)?;
        Some(format!("{head}{to}{ending}"))
    };
    swapped("iz", "is")
        .or_else(|| swapped("is", "iz").filter(|_| !ALWAYS_S.iter().any(|stem| word.starts_with(stem))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stop_words_and_stems_follow_the_language() {
        let english = Language::new("en-GB");
        assert!(english.is_stop_word("the") && !english.is_stop_word("needle"));
        assert_eq!(english.stem("needling"), english.stem("needles"));
        let spanish = Language::new("es");
        assert_eq!(spanish.stem("agujas"), spanish.stem("aguja"));
        assert_eq!(Language::new("xx").stem("needles"), "needles");
    }

    #[test]
    fn british_and_american_words_share_a_stem() {
        let english = Language::new("en");
        for (british, american) in
            [("oedema", "edema"), ("tumours", "tumor"), ("anaesthetics", "anesthetic"), ("discs", "disk")]
        {
            assert_eq!(english.stem(british), english.stem(american), "{british}");
        }
        assert_eq!(english.other_spelling("organized").as_deref(), Some("organised"));
        assert_eq!(english.other_spelling("exercise"), None);
        assert_eq!(english.other_spelling("discuss"), None);
    }
}
