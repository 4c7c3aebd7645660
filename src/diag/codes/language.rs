//! Codes for plain language, terms and numbers.

use super::{Code, CodeInfo, Severity};

codes! { "plain language":
    HARD_TO_READ = "hard-to-read", Warning;
    HARDER_SECTION = "harder-section", Info;
    LONG_SENTENCE = "long-sentence", Warning;
    LONGISH_SENTENCES = "longish-sentences", Info;
    WORDY_PHRASE = "wordy-phrase", Warning;
    DISTANT_READER = "distant-reader", Info;
    PASSIVE_VOICE = "passive-voice", Info;
    UNEXPLAINED_JARGON = "unexplained-jargon", Warning;
    UNFRIENDLY_WORD = "unfriendly-word", Info;
    NEGATIVE_CONTRACTION = "negative-contraction", Warning;
    DOUBLE_NEGATIVE = "double-negative", Warning;
    UNEXPANDED_ABBREVIATION = "unexpanded-abbreviation", Warning;
    TWICE_EXPANDED_ABBREVIATION = "twice-expanded-abbreviation", Info;
    TOO_MANY_ABBREVIATIONS = "too-many-abbreviations", Warning;
    HYPHENATED_RANGE = "hyphenated-range", Warning;
    BARE_PERCENTAGE = "bare-percentage", Warning;
    MIXED_DENOMINATORS = "mixed-denominators", Warning;
    RISK_WITHOUT_BASELINE = "risk-without-baseline", Info;
    VAGUE_RISK = "vague-risk", Info;
    DIRECTION_BY_SIGHT = "direction-by-sight", Warning;
}
