//! The index's files as the query asks for them: fetched once, checked, kept.

use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};

use rustc_hash::FxHashSet;
use serde::de::DeserializeOwned;

use super::Filters;
use crate::lock::locked;
use crate::search::manifest::{self, CHECK, Manifest};
use crate::search::shard::{self, Shard};
use crate::search::text::{self, Held, StoredDocument};
use crate::search::wordlist;

/// An index that is read through a function, file by file.
pub struct Index {
    fetch: Fetch,
    pub(super) manifest: Manifest,
    stop: FxHashSet<String>,
    shards: Mutex<BTreeMap<usize, Arc<Shard>>>,
    lists: Mutex<BTreeMap<usize, Arc<Words>>>,
    texts: Mutex<BTreeMap<String, Arc<Vec<StoredDocument>>>>,
    filters: Mutex<Option<Arc<FilterTable>>>,
}

/// Gives the bytes of one of the index's files, or says why not.
type Fetch = Box<dyn Fn(&str) -> Result<Vec<u8>, String> + Send + Sync>;

/// For each filter and value, the documents that have it, as gaps.
type FilterTable = BTreeMap<String, BTreeMap<String, Vec<u32>>>;

/// Words with the levels of how common they are.
pub(super) type Words = Vec<(String, u8)>;

/// Why an index could not answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    file: String,
    reason: String,
}

impl Error {
    fn new(file: &str, reason: impl Into<String>) -> Self {
        Self { file: file.to_owned(), reason: reason.into() }
    }

    fn damaged(file: &str) -> Self {
        Self::new(file, "is damaged or of another version")
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "search: {} {}", self.file, self.reason)
    }
}

impl std::error::Error for Error {}

impl Index {
    /// Opens the index whose files `fetch` gives by their paths below `search/`, for the site's own language.
    pub fn open(
        fetch: impl Fn(&str) -> Result<Vec<u8>, String> + Send + Sync + 'static,
    ) -> Result<Self, Error> {
        Self::open_language(fetch, "")
    }

    /// Opens the index of another language, which lies in a folder of that name.
    pub fn open_language(
        fetch: impl Fn(&str) -> Result<Vec<u8>, String> + Send + Sync + 'static,
        language: &str,
    ) -> Result<Self, Error> {
        let folder = if language.is_empty() { String::new() } else { format!("{language}/") };
        let file = format!("{folder}manifest.json");
        let bytes = fetch(&file).map_err(|reason| Error::new(&file, reason))?;
        let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|_| Error::damaged(&file))?;
        let index = Self {
            fetch: Box::new(fetch),
            stop: manifest.stop.split(' ').map(str::to_owned).collect(),
            manifest,
            shards: Mutex::default(),
            lists: Mutex::default(),
            texts: Mutex::default(),
            filters: Mutex::default(),
        };
        if !index.manifest.one.is_empty() {
            index.load_all()?;
        }
        Ok(index)
    }

    /// Whether all of the index is one file.
    pub(super) fn is_one(&self) -> bool {
        !self.manifest.one.is_empty()
    }

    pub(super) fn is_stop_word(&self, word: &str) -> bool {
        self.stop.contains(word)
    }

    /// The number of the shard in which a key would stand.
    pub(super) fn place(&self, key: &str) -> usize {
        let after = self.manifest.shards.partition_point(|(first, _)| shard::compare(first, key).is_le());
        after.saturating_sub(1)
    }

    /// A shard by its number.
    pub(super) fn shard(&self, number: usize) -> Result<Arc<Shard>, Error> {
        kept(&self.shards, &number, || {
            let hash = self.manifest.shards.get(number).map_or("", |(_, hash)| hash);
            let file = format!("{}{number}-{hash}.txt", self.manifest.folder);
            let bytes = self.fetch(&file, Some(hash))?;
            Shard::decode(&bytes, &Held::default()).ok_or_else(|| Error::damaged(&file))
        })
    }

    /// The words of one length; of an index that is one file they were read with it.
    pub(super) fn words(&self, length: usize) -> Result<Arc<Words>, Error> {
        kept(&self.lists, &length, || {
            let hash = self.manifest.words.get(length).map_or("", String::as_str);
            if hash.is_empty() {
                return Ok(Vec::new());
            }
            let file = format!("{}words-{length}-{hash}.txt", self.manifest.folder);
            let bytes = self.fetch(&file, Some(hash))?;
            let list = std::str::from_utf8(&bytes).map_err(|_| Error::damaged(&file))?;
            Ok(wordlist::decode(list))
        })
    }

    /// The text of a document's part, with the number that the part has in it.
    pub(super) fn text(&self, document: usize, part: usize) -> Result<(StoredDocument, usize), Error> {
        let manifest = &self.manifest;
        let (name, at) = if self.is_one() {
            (String::new(), document)
        } else if manifest.split {
            (format!("{document}-{part}"), 0)
        } else {
            let group = manifest.group.map_or(1, NonZeroUsize::get);
            (format!("{}", document / group), document % group)
        };
        let file = format!("{}{}/{name}.txt", manifest.folder, manifest.texts);
        let texts = kept(&self.texts, &name, || self.json(&file, None))?;
        let stored = texts.get(at).cloned().ok_or_else(|| Error::damaged(&file))?;
        Ok((stored, if manifest.split && !self.is_one() { 0 } else { part }))
    }

    /// Which documents the filters leave; `None` for all.
    pub(super) fn allowed(&self, filters: &Filters) -> Result<Option<Vec<bool>>, Error> {
        if filters.wanted.is_empty() {
            return Ok(None);
        }
        let mut table = locked(&self.filters);
        if table.is_none() {
            let hash = &self.manifest.filters;
            let file = format!("{}filters-{hash}.txt", self.manifest.folder);
            *table = Some(Arc::new(self.json(&file, Some(hash))?));
        }
        let table = Arc::clone(table.as_ref().expect("it was set right above"));
        let mut allowed = vec![true; self.manifest.count];
        for (filter, values) in &filters.wanted {
            let mut has = vec![false; self.manifest.count];
            for value in values {
                let mut document = 0;
                for gap in table.get(filter).and_then(|values| values.get(value)).into_iter().flatten() {
                    document += *gap as usize;
                    if let Some(has) = has.get_mut(document) {
                        *has = true;
                    }
                }
            }
            for (allowed, has) in allowed.iter_mut().zip(has) {
                *allowed &= has;
            }
        }
        Ok(Some(allowed))
    }

    fn load_all(&self) -> Result<(), Error> {
        let hash = &self.manifest.one;
        let file = format!("{}all-{hash}.txt", self.manifest.folder);
        let bytes = self.fetch(&file, Some(hash))?;
        let damaged = || Error::damaged(&file);
        let (texts, shard) = manifest::part_of(&bytes).ok_or_else(damaged)?;
        let (filters, texts): (FilterTable, Vec<StoredDocument>) =
            serde_json::from_slice(texts).map_err(|_| damaged())?;
        let held = text::held(&texts, |word| self.is_stop_word(word));
        let shard = Shard::decode(shard, &held).ok_or_else(damaged)?;
        *locked(&self.lists) = words_of(&shard).map(Arc::new).enumerate().collect();
        locked(&self.shards).insert(0, Arc::new(shard));
        locked(&self.texts).insert(String::new(), Arc::new(texts));
        *locked(&self.filters) = Some(Arc::new(filters));
        Ok(())
    }

    fn json<T: DeserializeOwned>(&self, file: &str, hash: Option<&str>) -> Result<T, Error> {
        let bytes = self.fetch(file, hash)?;
        serde_json::from_slice(&bytes).map_err(|_| Error::damaged(file))
    }

    /// A file's bytes, checked against its hash, or against the check at its head.
    fn fetch(&self, file: &str, hash: Option<&str>) -> Result<Vec<u8>, Error> {
        let mut bytes = (self.fetch)(file).map_err(|reason| Error::new(file, reason))?;
        let is_whole = match hash {
            Some(hash) => manifest::check(&bytes) == hash,
            None => {
                let rest = bytes.split_off(CHECK.min(bytes.len()));
                let head = std::mem::replace(&mut bytes, rest);
                manifest::check(&bytes).as_bytes() == head
            }
        };
        if is_whole { Ok(bytes) } else { Err(Error::damaged(file)) }
    }
}

/// What a table keeps for a key, made where it is missing.
fn kept<K: Ord + Clone, V>(
    table: &Mutex<BTreeMap<K, Arc<V>>>,
    key: &K,
    make: impl FnOnce() -> Result<V, Error>,
) -> Result<Arc<V>, Error> {
    if let Some(value) = locked(table).get(key) {
        return Ok(Arc::clone(value));
    }
    let value = Arc::new(make()?);
    locked(table).insert(key.clone(), Arc::clone(&value));
    Ok(value)
}

/// The words of a shard that holds all, by their lengths.
fn words_of(shard: &Shard) -> impl Iterator<Item = Words> {
    let keys = shard.keys.iter().map(|(key, list)| (key.as_str(), shard.postings(*list).len()));
    wordlist::encode(keys).into_iter().map(|list| wordlist::decode(&list))
}
