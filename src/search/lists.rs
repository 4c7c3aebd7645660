//! The lists of all terms, one behind the other in one piece of memory: there are tens of thousands, most of them short.

use super::posting::Posting;

/// Lists of postings, numbered from 0.
pub(super) struct Lists {
    postings: Vec<Posting>,
    /// Where each list ends.
    ends: Vec<u32>,
}

impl Lists {
    /// The list of each term: `documents` are the postings of each document in the new order, `frequencies` the lengths
    /// of the lists.
    pub(super) fn new(documents: Vec<Vec<Posting>>, frequencies: &[u32]) -> Self {
        // Where the next posting of each list stands; in the end that is where the list ends.
        let mut ends: Vec<u32> = Vec::with_capacity(frequencies.len() + frequencies.len() / 2);
        ends.extend(frequencies.iter().scan(0, |next, length| Some(std::mem::replace(next, *next + length))));
        let all = documents.iter().map(Vec::len).sum();
        end(all);
        // Some room for the lists of questions: growing would take the memory twice.
        let mut postings = Vec::with_capacity(all + all / 8);
        postings.resize(all, Posting::new(0, 0, 0));
        for (number, document) in documents.into_iter().enumerate() {
            for posting in document {
                let next = &mut ends[posting.number() as usize];
                postings[*next as usize] = Posting::new(number as u32, posting.impact(), posting.part());
                *next += 1;
            }
        }
        Self { postings, ends }
    }

    /// Adds a list; its number.
    pub(super) fn push(&mut self, list: impl IntoIterator<Item = Posting>) -> u32 {
        self.postings.extend(list);
        self.ends.push(end(self.postings.len()));
        self.ends.len() as u32 - 1
    }

    /// The list of a number.
    #[inline]
    pub(super) fn get(&self, number: u32) -> &[Posting] {
        let number = number as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.postings[start as usize..self.ends[number] as usize]
    }

    /// How many lists there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }
}

fn end(postings: usize) -> u32 {
    u32::try_from(postings).expect("fewer than 4 thousand million postings")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_of_a_term_follow_each_other_in_their_new_order() {
        let of = |number: u32| Posting::new(number, number as u8, 1);
        let documents = vec![vec![of(0), of(1), of(3)], vec![of(3), of(0)], vec![]];
        let mut lists = Lists::new(documents, &[2, 1, 0, 2]);
        assert_eq!(lists.push([of(2)]), 4);
        assert_eq!(lists.push([]), 5);
        let told: Vec<Vec<(u32, u8)>> = (0..lists.len() as u32)
            .map(|list| lists.get(list).iter().map(|posting| (posting.number(), posting.impact())).collect())
            .collect();
        let expected =
            [vec![(0, 0), (1, 0)], vec![(0, 1)], vec![], vec![(0, 3), (1, 3)], vec![(2, 2)], vec![]];
        assert_eq!(told, expected);
    }
}
