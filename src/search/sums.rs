//! Sums of few of many numbered things, added up again and again.

use super::picked::Picked;

/// Sums by number, all of them 0 at first, and the numbers of those that are not.
pub(super) struct Sums {
    sums: Vec<f32>,
    touched: Picked<u32>,
}

impl Sums {
    /// Sums of the numbers below `numbers`.
    pub(super) fn new(numbers: usize) -> Self {
        Self { sums: vec![0.0; numbers], touched: Picked::default() }
    }

    /// Makes ready for at most `most` additions; what was summed before must have been taken.
    pub(super) fn start(&mut self, most: usize) {
        self.touched.clear();
        self.touched.make_room(most);
    }

    /// Adds a value, which must be more than 0.
    #[inline]
    pub(super) fn add(&mut self, number: u32, value: f32) {
        let sum = &mut self.sums[number as usize];
        // Naught has no bits, which is quicker to ask for.
        self.touched.push_if(sum.to_bits() == 0, number);
        *sum += value;
    }

    /// The sum of a number, which is 0 again.
    #[inline]
    pub(super) fn take(&mut self, number: u32) -> f32 {
        std::mem::take(&mut self.sums[number as usize])
    }

    /// Calls `found` with each number that has a sum, in the order of the first additions, and takes the sums.
    #[inline]
    pub(super) fn drain(&mut self, mut found: impl FnMut(u32, f32)) {
        for &number in self.touched.as_slice() {
            found(number, std::mem::take(&mut self.sums[number as usize]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_told_once_and_gone() {
        let mut sums = Sums::new(9);
        for _ in 0..2 {
            sums.start(4);
            for (number, value) in [(7, 1.0), (2, 0.5), (7, 2.0), (4, 1.0)] {
                sums.add(number, value);
            }
            assert_eq!(sums.take(2), 0.5);
            let mut found = Vec::new();
            sums.drain(|number, sum| found.push((number, sum)));
            assert_eq!(found, [(7, 3.0), (2, 0.0), (4, 1.0)]);
        }
    }
}
