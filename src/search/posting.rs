//! What one term says of one document, in four bytes: a site has millions of them, and most of the time that an index
//! takes goes into moving them.

/// A posting, as it stands among those of its document or among those of its term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Posting(u32);

impl Posting {
    /// The highest number that a posting holds. No site has as many documents; of more terms than that, the last ones
    /// share a number.
    pub(super) const LAST: u32 = (1 << 23) - 1;

    const IMPACT_BITS: u32 = 5;
    const PART_BITS: u32 = 4;

    /// `number` is the term's in a document's list, the document's in a term's list. What does not fit is cut.
    #[inline]
    pub(super) fn new(number: u32, impact: u8, part: u8) -> Self {
        let impact = u32::from(impact) & ((1 << Self::IMPACT_BITS) - 1);
        let part = u32::from(part) & ((1 << Self::PART_BITS) - 1);
        Self(
            number.min(Self::LAST) << (Self::IMPACT_BITS + Self::PART_BITS)
                | impact << Self::PART_BITS
                | part,
        )
    }

    /// The number of the term or of the document.
    #[inline]
    pub(super) fn number(self) -> u32 {
        self.0 >> (Self::IMPACT_BITS + Self::PART_BITS)
    }

    /// How much the document says of the term, in 32 steps.
    #[inline]
    pub(super) fn impact(self) -> u8 {
        (self.0 >> Self::PART_BITS) as u8 & ((1 << Self::IMPACT_BITS) - 1)
    }

    /// The part of the document that has most of the term; 0 also where the title or the description has it.
    #[inline]
    pub(super) fn part(self) -> u8 {
        self.0 as u8 & ((1 << Self::PART_BITS) - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::super::count::MOST_PARTS;
    use super::super::score;
    use super::*;

    #[test]
    fn all_that_is_put_in_comes_out() {
        for number in [0, 1, 4_711, Posting::LAST] {
            for impact in 0..=score::MOST {
                for part in 0..MOST_PARTS as u8 {
                    let posting = Posting::new(number, impact, part);
                    assert_eq!((posting.number(), posting.impact(), posting.part()), (number, impact, part));
                }
            }
        }
        assert_eq!(Posting::new(u32::MAX, 31, 15).number(), Posting::LAST);
    }
}
