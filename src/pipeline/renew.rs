//! What of a list is made again, and what is taken from the list before.

use std::cmp::Ordering;
use std::sync::Arc;

use rayon::prelude::*;

/// Each of the new items with the old one of the same name; both lists are sorted by name, without doubles.
pub(super) fn paired<'a, N, O, K: Ord + ?Sized + 'a>(
    new: &'a [N],
    name: impl Fn(&'a N) -> &'a K,
    old: &'a [O],
    old_name: impl Fn(&'a O) -> &'a K,
) -> Vec<(&'a N, Option<&'a O>)> {
    let mut rest = old;
    let pair = |item: &'a N| {
        while let Some((first, behind)) = rest.split_first() {
            match old_name(first).cmp(name(item)) {
                Ordering::Less => rest = behind,
                Ordering::Equal => {
                    rest = behind;
                    return (item, Some(first));
                }
                Ordering::Greater => break,
            }
        }
        (item, None)
    };
    new.iter().map(pair).collect()
}

/// What `unchanged` has of each item; where it has nothing, what `make` makes of it, in parallel.
pub(super) fn renewed<N: Sync, T: Send + Sync>(
    items: &[N],
    unchanged: impl Fn(&N) -> Option<Arc<T>>,
    make: impl Fn(&N) -> Arc<T> + Sync,
) -> Vec<Arc<T>> {
    let kept: Vec<Option<Arc<T>>> = items.iter().map(unchanged).collect();
    let missing: Vec<&N> =
        items.iter().zip(&kept).filter(|(_, kept)| kept.is_none()).map(|(item, _)| item).collect();
    let made: Vec<Arc<T>> =
        missing.par_iter().with_min_len(8).with_max_len(16).map(|item| make(item)).collect();
    let mut made = made.into_iter();
    let next = |kept: Option<Arc<T>>| kept.or_else(|| made.next()).expect("what was not kept was made");
    kept.into_iter().map(next).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_find_their_old_selves_by_name() {
        let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let (new, old) = (names(&["a", "c", "d", "f"]), names(&["b", "c", "e", "f", "g"]));
        let pairs = paired(&new, |name| name.as_str(), &old, |name| name.as_str());
        let found: Vec<_> =
            pairs.iter().map(|(new, old)| (new.as_str(), old.map(|old| old.as_str()))).collect();
        assert_eq!(found, [("a", None), ("c", Some("c")), ("d", None), ("f", Some("f"))]);
    }

    #[test]
    fn what_is_made_stands_at_its_place() {
        let numbers: Vec<usize> = (0..1000).collect();
        let kept = |number: &usize| (!number.is_multiple_of(3)).then(|| Arc::new(number * 2));
        let all = renewed(&numbers, kept, |number| Arc::new(number * 2));
        assert!(all.iter().enumerate().all(|(at, number)| **number == at * 2));
    }
}
