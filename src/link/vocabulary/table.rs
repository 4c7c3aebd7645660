//! A map from numbers to numbers that is looked up far more often than it is filled.

/// Open addressing over a power of two of places, at most a quarter of them taken; keys are already well mixed or are
/// mixed here. Key 0 is never stored. Most keys that are asked for are not there: a few bits, which stay in the fastest
/// memory, tell most of those.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    places: Vec<(u64, u32)>,
    taken: usize,
    filter: Box<[u64; FILTER_WORDS]>,
}

const FILTER_WORDS: usize = 1 << 10;

impl Default for Table {
    fn default() -> Self {
        Self { places: vec![(0, 0); 16], taken: 0, filter: Box::new([0; FILTER_WORDS]) }
    }
}

impl Table {
    /// The value of a key.
    #[inline]
    pub(super) fn get(&self, key: u64) -> Option<u32> {
        let (word, bit) = filter_place(key);
        if self.filter[word] & bit == 0 {
            return None;
        }
        self.find(key)
    }

    /// The same for a key that is there mostly.
    pub(super) fn find(&self, key: u64) -> Option<u32> {
        let mask = self.places.len() - 1;
        let mut at = mixed(key) & mask;
        loop {
            let (found, value) = self.places[at];
            if found == key {
                return (key != 0).then_some(value);
            }
            if found == 0 {
                return None;
            }
            at = (at + 1) & mask;
        }
    }

    /// The value of a key, which becomes `value` where it had none.
    pub(super) fn get_or_insert(&mut self, key: u64, value: u32) -> u32 {
        if let Some(value) = self.get(key) {
            return value;
        }
        if (self.taken + 1) * 4 > self.places.len() {
            let old = std::mem::take(&mut self.places);
            self.places = vec![(0, 0); old.len() * 2];
            for (key, value) in old.into_iter().filter(|(key, _)| *key != 0) {
                self.put(key, value);
            }
        }
        self.taken += 1;
        let (word, bit) = filter_place(key);
        self.filter[word] |= bit;
        self.put(key, value);
        value
    }

    /// All keys with their values, in no order that means anything.
    pub(super) fn entries(&self) -> impl Iterator<Item = (u64, u32)> {
        self.places.iter().copied().filter(|(key, _)| *key != 0)
    }

    fn put(&mut self, key: u64, value: u32) {
        let mask = self.places.len() - 1;
        let mut at = mixed(key) & mask;
        while self.places[at].0 != 0 {
            at = (at + 1) & mask;
        }
        self.places[at] = (key, value);
    }
}

fn filter_place(key: u64) -> (usize, u64) {
    let mixed = mixed(key);
    (mixed >> 6 & (FILTER_WORDS - 1), 1 << (mixed & 63))
}

fn mixed(key: u64) -> usize {
    let key = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (key >> 32) as usize
}
