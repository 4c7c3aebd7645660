//! A finished index: its files by their paths; those of the texts are made when they are asked for.

use std::borrow::{Borrow, Cow};

use rayon::prelude::*;

use super::document::Document;
use super::text::TextFiles;

/// How many files of texts are made at once: see [`super::manifest::checks`].
const SIDE_BY_SIDE: usize = 4;

/// The files of an index, sorted by path.
#[derive(Debug, Default)]
pub struct Built {
    files: Vec<(String, Content)>,
    /// One for each language whose texts are files of their own.
    texts: Vec<TextFiles>,
    /// For each language, the groups of synonyms that no document has a name of.
    unused: Vec<Vec<usize>>,
}

#[derive(Debug)]
enum Content {
    Bytes(Vec<u8>),
    /// A file of texts: the language, and its number there.
    Text(usize, usize),
}

impl Built {
    pub(super) fn put(&mut self, path: String, bytes: Vec<u8>) {
        self.files.push((path, Content::Bytes(bytes)));
    }

    pub(super) fn put_texts(&mut self, folder: &str, texts: TextFiles) {
        let language = self.texts.len();
        for (number, name) in texts.names().into_iter().enumerate() {
            self.files.push((format!("{folder}{name}.txt"), Content::Text(language, number)));
        }
        self.texts.push(texts);
    }

    pub(super) fn put_unused(&mut self, groups: Vec<usize>) {
        self.unused.push(groups);
    }

    /// The groups of [`super::Vocabulary::synonyms`], by their numbers, of which no document in any language holds a
    /// word or phrase; sorted.
    pub fn unused_synonyms(&self) -> impl Iterator<Item = usize> {
        let (first, others) =
            self.unused.split_first().map_or((&[][..], &[][..]), |(first, rest)| (first, rest));
        first.iter().copied().filter(|group| others.iter().all(|other| other.contains(group)))
    }

    pub(super) fn sorted(mut self) -> Self {
        self.files.sort_unstable_by(|(left, _), (right, _)| left.cmp(right));
        self
    }

    /// The paths below `search/`, sorted.
    pub fn paths(&self) -> impl ExactSizeIterator<Item = &str> {
        self.files.iter().map(|(path, _)| path.as_str())
    }

    /// The bytes of the file at a path; `documents` gives those that the index was made from, in the same order, and is
    /// asked for files of texts only.
    pub fn bytes<'d, D: Borrow<[Document<'d>]>>(
        &self,
        path: &str,
        documents: impl FnOnce() -> D,
    ) -> Option<Cow<'_, [u8]>> {
        let at = self.files.binary_search_by(|(other, _)| other.as_str().cmp(path)).ok()?;
        Some(match &self.files[at].1 {
            Content::Bytes(bytes) => Cow::Borrowed(bytes),
            Content::Text(language, number) => {
                Cow::Owned(self.text(*language, *number, documents().borrow()))
            }
        })
    }

    /// Calls `put` with the path and the bytes of each file, on several threads; `documents` are those that the index
    /// was made from, in the same order. Ends with the first error.
    pub fn each<E: Send>(
        &self,
        documents: &[Document],
        put: impl Fn(&str, &[u8]) -> Result<(), E> + Sync,
    ) -> Result<(), E> {
        self.files.par_chunks(SIDE_BY_SIDE).try_for_each(|files| {
            let texts = self.side_by_side(files, documents);
            for (at, (path, content)) in files.iter().enumerate() {
                match (content, &texts) {
                    (Content::Bytes(bytes), _) => put(path, bytes)?,
                    (_, Some(texts)) => put(path, &texts[at])?,
                    (Content::Text(language, number), None) => {
                        put(path, &self.text(*language, *number, documents))?;
                    }
                }
            }
            Ok(())
        })
    }

    /// The bytes of files where all of them are texts of one language, and as many as are made at once.
    fn side_by_side(
        &self,
        files: &[(String, Content)],
        documents: &[Document],
    ) -> Option<[Vec<u8>; SIDE_BY_SIDE]> {
        let (_, Content::Text(language, _)) = files.first()? else { return None };
        let number_of = |(_, content): &(String, Content)| match content {
            Content::Text(own, number) if own == language => Some(*number),
            _ => None,
        };
        let numbers: Vec<usize> = files.iter().map(number_of).collect::<Option<_>>()?;
        Some(self.texts[*language].files(numbers.try_into().ok()?, documents))
    }

    fn text(&self, language: usize, number: usize, documents: &[Document]) -> Vec<u8> {
        let [bytes] = self.texts[language].files([number], documents);
        bytes
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Mutex;

    use super::super::build::build;
    use super::super::document::{Section, Settings, Vocabulary};
    use super::*;

    #[test]
    fn all_files_together_are_what_each_is_alone() {
        let document = |number: usize| Document {
            url: format!("/{number}/").into(),
            title: format!("Number {number}").into(),
            language: if number > 8 { "es" } else { "en" }.into(),
            sections: vec![Section { text: "A neck. ".repeat(99 * number).into(), ..Section::default() }]
                .into(),
            ..Document::default()
        };
        let documents: Vec<Document> = (0..12).map(document).collect();
        let settings = Settings { one_file: 0, ..Settings::default() };
        let built = build(&documents, &Vocabulary::default(), &settings);
        let together = Mutex::new(BTreeMap::new());
        let put = |path: &str, bytes: &[u8]| {
            together.lock().unwrap().insert(path.to_owned(), bytes.to_vec());
            Ok::<(), ()>(())
        };
        built.each(&documents, put).unwrap();
        let alone = built
            .paths()
            .map(|path| (path.to_owned(), built.bytes(path, || &*documents).unwrap().into_owned()));
        assert_eq!(together.into_inner().unwrap(), alone.collect());
    }
}
