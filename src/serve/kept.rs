//! Files that take long to make, such as smaller pictures: kept in memory, for the preview writes nothing to the disk.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use camino::Utf8Path;

use crate::disk::Cache;
use crate::lock::locked;
use crate::source::Fingerprint;

/// How many bytes are kept at most; the pictures of a page are a few hundred kilobytes.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// What was made once, by the hash of all it was made from.
pub(super) struct Kept {
    /// What builds have stored.
    stored: Cache,
    made: Mutex<HashMap<Fingerprint, Arc<[u8]>>>,
}

impl Kept {
    /// Nothing yet, for the site in this folder.
    pub(super) fn of(folder: &Utf8Path) -> Self {
        Self { stored: Cache::of(folder), made: Mutex::default() }
    }

    /// The file of this key; made where neither a build nor the preview has made it, and each time without a key.
    pub(super) fn or_made<'a, E>(
        &self,
        key: Option<Fingerprint>,
        make: impl FnOnce() -> Result<Cow<'a, [u8]>, E>,
    ) -> Result<Arc<[u8]>, E> {
        let Some(key) = key else { return Ok((*make()?).into()) };
        if let Some(bytes) = locked(&self.made).get(&key) {
            return Ok(Arc::clone(bytes));
        }
        if let Some(bytes) = self.stored.derived(&key) {
            return Ok(bytes.into());
        }
        let bytes: Arc<[u8]> = (*make()?).into();
        let mut made = locked(&self.made);
        let held: usize = made.values().map(|bytes| bytes.len()).sum();
        if held + bytes.len() > MOST_BYTES {
            // An author looks at a few pages; what goes is made again when it is asked for.
            made.clear();
        }
        made.insert(key, Arc::clone(&bytes));
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_is_not_made_again_and_the_oldest_goes() {
        let kept = Kept::of(Utf8Path::new("/nowhere"));
        let make = |bytes: Vec<u8>| move || Ok::<_, ()>(Cow::Owned(bytes));
        let large = |fill: u8| vec![fill; MOST_BYTES / 2 + 1];
        assert_eq!(kept.or_made(Some([1; 32]), make(large(1))).unwrap()[0], 1);
        assert_eq!(kept.or_made(Some([1; 32]), make(large(9))).unwrap()[0], 1);
        assert_eq!(kept.or_made(None, make(large(9))).unwrap()[0], 9);
        assert_eq!(kept.or_made(Some([2; 32]), make(large(2))).unwrap()[0], 2);
        assert_eq!(kept.or_made(Some([1; 32]), make(large(3))).unwrap()[0], 3, "there was no room for both");
        assert_eq!(kept.or_made(Some([4; 32]), || Err(())), Err(()));
    }
}
