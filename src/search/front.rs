//! Sorted words one after another, front-coded: a capital letter says how many letters a word shares with the one
//! before (A for none, Z for 25 and more), its other letters follow. No word has capital letters itself.

/// A text that words are added to.
#[derive(Debug, Default)]
pub(super) struct Front<'w> {
    pub(super) text: String,
    before: &'w str,
}

impl<'w> Front<'w> {
    /// Adds a word and what is to stand behind it.
    pub(super) fn push(&mut self, word: &'w str, behind: &str) {
        // Letters outside of ASCII count as one unit in JavaScript and as several bytes here: sharing ends before them.
        let is_same = |(left, right): &(u8, u8)| left == right && left.is_ascii();
        let shared = self.before.bytes().zip(word.bytes()).take(25).take_while(is_same).count();
        self.text.push(char::from(b'A' + shared as u8));
        self.text.push_str(&word[shared..]);
        self.text.push_str(behind);
        self.before = word;
    }
}

/// The words of a text, each with what stands behind it.
pub(super) fn read(text: &str) -> impl Iterator<Item = String> {
    let mut word = String::new();
    let mut rest = text;
    std::iter::from_fn(move || {
        let shared = rest.bytes().next().filter(u8::is_ascii_uppercase)?;
        let end = rest[1..].find(|c: char| c.is_ascii_uppercase()).map_or(rest.len(), |end| end + 1);
        word.truncate(word.floor_char_boundary(usize::from(shared - b'A')));
        word.push_str(&rest[1..end]);
        rest = &rest[end..];
        Some(word.clone())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_as_they_were_written() {
        let words = ["elbow", "elbows", "ñandú", "ñandúes", "ñu", "針", "針灸", "𠀀𠀁"];
        let long = ["a".repeat(30), "a".repeat(31)];
        let words: Vec<&str> = words.into_iter().chain(long.iter().map(String::as_str)).collect();
        let mut front = Front::default();
        words.iter().for_each(|word| front.push(word, "!"));
        assert!(front.text.starts_with("Aelbow!Fs!Añandú!"), "{}", front.text);
        let read: Vec<String> = read(&front.text).collect();
        assert_eq!(read, words.iter().map(|word| format!("{word}!")).collect::<Vec<_>>());
    }
}
