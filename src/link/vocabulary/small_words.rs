//! What words are good for in lists such as "neck, shoulder or back pain", and the small words of English.

/// What a word is good for in a list.
pub(in crate::link) mod flag {
    /// The last word of a name that has several: `pain`.
    pub(crate) const HEAD: u16 = 1;
    /// A word of a name or a region that is not the last, or a part of the body: `neck`.
    pub(crate) const PART: u16 = 2;
    /// `and`, `or`.
    pub(crate) const CONJUNCTION: u16 = 4;
    /// `in`, `of`.
    pub(crate) const PREPOSITION: u16 = 8;
    /// `the`, `your`.
    pub(crate) const DETERMINER: u16 = 16;
    /// A small word that may stand behind a list.
    pub(crate) const FOLLOWER: u16 = 32;
    /// A number written as a word.
    pub(crate) const NUMBER: u16 = 64;
    /// `the`, `your`: what stands behind it may be the part of the body itself.
    pub(crate) const OWNER: u16 = 128;
    /// `is`, `may`: a statement about what stands before it.
    pub(crate) const VERB: u16 = 256;
    /// `because`, `that`: a new statement begins behind it.
    pub(crate) const CLAUSE: u16 = 512;
    /// `of`: "the back of the head" is no back.
    pub(crate) const OF: u16 = 1024;
    /// `a`: what stands behind it is one thing, "a stiff neck".
    pub(crate) const ARTICLE: u16 = 4096;
    /// A part of the body.
    pub(crate) const BODY: u16 = 8192;
    /// A mark that is in some name, such as a bracket.
    pub(crate) const PUNCTUATION: u16 = 2048;
}

/// The small words of English that lists are made with.
pub(super) const ENGLISH: [(u16, &[&str]); 12] = [
    (flag::CONJUNCTION | flag::FOLLOWER, &["and", "or", "nor"]),
    (flag::PREPOSITION | flag::FOLLOWER | flag::OF, &["of"]),
    (flag::PREPOSITION | flag::FOLLOWER, &["in", "at", "around", "near", "across"]),
    (flag::DETERMINER | flag::ARTICLE, &["a", "an"]),
    (flag::DETERMINER, &["both"]),
    (flag::DETERMINER | flag::OWNER, &["the", "your", "my", "his", "her", "their", "our", "one's"]),
    (
        flag::FOLLOWER | flag::VERB,
        &[
            "also", "are", "be", "been", "can", "could", "do", "does", "had", "has", "have", "is", "may",
            "might", "must", "not", "often", "should", "was", "were", "will", "would",
        ],
    ),
    (
        flag::FOLLOWER | flag::CLAUSE,
        &[
            "as", "because", "but", "how", "if", "than", "that", "what", "when", "where", "which", "while",
            "who", "why",
        ],
    ),
    (
        flag::FOLLOWER,
        &[
            "after", "before", "by", "during", "each", "every", "for", "from", "into", "it", "on", "there",
            "these", "they", "this", "those", "to", "we", "with", "without", "you",
        ],
    ),
    (
        flag::PART | flag::BODY,
        &[
            "head", "face", "jaw", "throat", "neck", "shoulder", "chest", "rib", "back", "spine", "arm",
            "elbow", "forearm", "wrist", "hand", "finger", "thumb",
        ],
    ),
    (flag::PART | flag::BODY, &["abdomen", "belly", "stomach", "pelvis", "hip", "buttock", "groin"]),
    (
        flag::PART | flag::BODY,
        &["leg", "thigh", "knee", "shin", "calf", "ankle", "foot", "heel", "toe", "joint", "muscle"],
    ),
];
