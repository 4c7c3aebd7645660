//! Where a name's first and last letters are those of a longer word.
//!
//! A hyphen to another word makes a longer one: a "headache-free" day is no headache. Chinese, Japanese, Thai, Lao,
//! Khmer and Burmese write without spaces, and only a dictionary knows where their words end. There a name counts where
//! its neighbours are of another script, as the kana around a Japanese word in Chinese characters, or are one of a few
//! small words. So 頭痛 is found in 頭痛がする and not in 偏頭痛. Missed names are fewer evil than wrong links.

/// Whether a hyphen without a space stands before a place; what it joins is the caller's to know.
pub(super) fn hyphen_before(text: &str, start: usize) -> bool {
    let before = text[..start].trim_end_matches(is_hyphen);
    before.len() < start && before.ends_with(|c: char| c.is_alphanumeric())
}

/// Whether a hyphen without a space stands behind a place.
pub(super) fn hyphen_behind(text: &str, end: usize) -> bool {
    let behind = text[end..].trim_start_matches(is_hyphen);
    behind.len() < text.len() - end && behind.starts_with(|c: char| c.is_alphanumeric())
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Whether a name in a script without spaces has a letter of the same script beside it that is no small word.
pub(super) fn is_inside_letters(text: &str, start: usize, end: usize) -> bool {
    let (before, name, behind) = (&text[..start], &text[start..end], &text[end..]);
    let script_of = |c: Option<char>| c.filter(|c| *c >= '\u{E00}').and_then(Script::of);
    let (Some(first), Some(last)) = (name.chars().next(), name.chars().next_back()) else { return false };
    let inside_before = script_of(Some(first)).is_some_and(|own| {
        // Kana behind a Chinese character are its ending: the name こり is not in 肩こり.
        let is_one = |other: Script| other == own || (own == Script::Kana && other == Script::Han);
        script_of(before.chars().next_back()).is_some_and(is_one)
            && !own.small_words().iter().any(|word| before.ends_with(word))
    });
    let inside_behind = || {
        script_of(Some(last)).is_some_and(|own| {
            script_of(behind.chars().next()) == Some(own)
                && !own.small_words().iter().any(|word| behind.starts_with(word))
        })
    };
    inside_before || inside_behind()
}

/// Scripts that write without spaces.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Han,
    Kana,
    Thai,
    Lao,
    Khmer,
    Burmese,
}

impl Script {
    fn of(c: char) -> Option<Self> {
        match c {
            '\u{E00}'..='\u{E7F}' => Some(Self::Thai),
            '\u{E80}'..='\u{EFF}' => Some(Self::Lao),
            '\u{1000}'..='\u{109F}' => Some(Self::Burmese),
            '\u{1780}'..='\u{17FF}' => Some(Self::Khmer),
            '\u{3041}'..='\u{309F}' => Some(Self::Kana),
            '々' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' => {
                Some(Self::Han)
            }
            '\u{20000}'..='\u{3FFFF}' => Some(Self::Han),
            _ => None,
        }
    }

    /// Small words that stand beside a name and are hardly ever a part of one.
    fn small_words(self) -> &'static [&'static str] {
        match self {
            Self::Han => &[
                "的", "是", "有", "和", "与", "與", "及", "或", "在", "了", "对", "對", "从", "從", "因",
                "为", "為", "被", "把", "但", "而", "也", "都", "很", "会", "會", "使", "让", "讓", "可",
                "能", "时", "時", "等", "将", "將", "并", "並", "治疗", "治療", "患者", "症状",
            ],
            Self::Kana => &["は", "が", "を", "に", "で", "と", "も", "の", "へ", "や", "な", "だ", "か"],
            Self::Thai => {
                &["และ", "หรือ", "ที่", "ของ", "เป็น", "มี", "คือ", "จาก", "อาการ", "โรค", "กับ", "ใน", "ได้", "ไม่"]
            }
            Self::Lao | Self::Khmer | Self::Burmese => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_a_script_without_spaces_ends_where_its_word_does() {
        for (text, name, is_inside) in [
            ("偏頭痛です", "頭痛", true),
            ("頭痛がする", "頭痛", false),
            ("頭痛薬", "頭痛", true),
            ("慢性の頭痛。", "頭痛", false),
            ("我有头痛的问题", "头痛", false),
            ("三叉神经痛", "神经痛", true),
            ("治疗头痛", "头痛", false),
            ("頭痛クリニック", "頭痛", false),
            ("肩こりは", "肩こり", false),
            ("肩こり", "こり", true),
            ("ปวดหัวและปวดคอ", "ปวดหัว", false),
            ("ปวดหัวใจ", "ปวดหัว", true),
            ("neck pain", "neck", false),
        ] {
            let at = text.find(name).unwrap();
            assert_eq!(is_inside_letters(text, at, at + name.len()), is_inside, "{text}");
        }
    }
}
