//! Lists of what is picked from many things one by one.

/// The picked things, in the order in which they came.
///
/// Where it cannot be foreseen what is picked, a branch costs more than a write: so each thing is written, and stays
/// only where it is picked.
#[derive(Default)]
pub(super) struct Picked<T> {
    /// What stands behind the first `count` is no matter.
    items: Vec<T>,
    count: usize,
}

impl<T: Copy + Default> Picked<T> {
    /// Leaves nothing picked.
    pub(super) fn clear(&mut self) {
        self.count = 0;
    }

    /// How many were picked.
    #[inline]
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// How many things there is room for, those that were picked among them.
    pub(super) fn room(&self) -> usize {
        self.items.len()
    }

    /// Makes room for so many things more.
    pub(super) fn make_room(&mut self, more: usize) {
        let wanted = self.count + more;
        if wanted > self.items.len() {
            self.items.resize(wanted.max(2 * self.items.len()), T::default());
        }
    }

    /// Adds a thing where it is picked. There must be room for it in either case.
    #[inline]
    pub(super) fn push_if(&mut self, is_picked: bool, item: T) {
        self.items[self.count] = item;
        self.count += usize::from(is_picked);
    }

    /// All that was picked.
    #[inline]
    pub(super) fn as_slice(&self) -> &[T] {
        &self.items[..self.count]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_picked_leaves_no_trace() {
        let mut picked = Picked::default();
        for _ in 0..2 {
            picked.clear();
            for number in 0..9 {
                picked.make_room(1);
                picked.push_if(number % 3 == 1, number);
            }
            assert_eq!(picked.as_slice(), [1, 4, 7]);
        }
    }
}
