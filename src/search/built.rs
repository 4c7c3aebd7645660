//! A finished index: its files by their paths; those of the texts are made when they are asked for.

use std::borrow::{Borrow, Cow};

use super::document::Document;
use super::text::TextFiles;

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
                Cow::Owned(self.texts[*language].file(*number, documents().borrow()))
            }
        })
    }
}
