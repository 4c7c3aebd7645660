//! The arithmetic of scores, in operations that Rust and JavaScript round alike: + − × ÷ and square roots only.

/// The largest impact.
pub(super) const MOST: u8 = 31;

/// The BM25 sum that is written as the largest impact; larger ones are rare and cut.
const CEILING: f32 = 6.0;

/// A BM25 sum in 5 bits. Steps are finer for small sums: the value of impact q is q^1.5.
pub(super) fn impact(weight: f32) -> u8 {
    let scale = CEILING / value(MOST) as f32;
    (1..MOST).find(|&impact| weight < value_between(impact) * scale).unwrap_or(MOST)
}

/// The middle between an impact and the next, on the scale of [`value`].
fn value_between(impact: u8) -> f32 {
    let middle = f32::from(impact) + 0.5;
    middle * middle.sqrt()
}

/// What an impact counts in a score.
pub(super) fn value(impact: u8) -> f64 {
    let impact = f64::from(impact);
    impact * impact.sqrt()
}

/// idf^1.25 for a term in `found` of `all` documents, with idf = ln(1 + (all − found + ½) / (found + ½)).
///
/// The power was found on Cranfield (1.0: the same; it lifts short queries elsewhere).
pub(super) fn rarity(all: f64, found: f64) -> f64 {
    let idf = logarithm(1.0 + (all - found + 0.5) / (found + 0.5));
    idf * idf.sqrt().sqrt()
}

/// The natural logarithm of a number from 1 on, by halving and the series of the inverse hyperbolic tangent; both
/// sides compute exactly this, where `ln` and `Math.log` may differ in the last bit.
fn logarithm(number: f64) -> f64 {
    let mut rest = number;
    let mut halvings = 0.0;
    while rest > 2.0 {
        rest /= 2.0;
        halvings += 1.0;
    }
    let ratio = (rest - 1.0) / (rest + 1.0);
    let square = ratio * ratio;
    let mut sum = 0.0;
    let mut odd = 15.0;
    while odd > 0.0 {
        sum = sum * square + 1.0 / odd;
        odd -= 2.0;
    }
    halvings * std::f64::consts::LN_2 + 2.0 * ratio * sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithm_is_close_to_the_library() {
        for number in [1.0, 1.5, 2.0, 3.0, 10.0, 1234.5, 1e6] {
            assert!((logarithm(number) - number.ln()).abs() < 1e-7, "{number}");
        }
    }

    #[test]
    fn impacts_keep_order_and_range() {
        assert_eq!((impact(0.0), impact(CEILING), impact(100.0)), (1, MOST, MOST));
        assert!(impact(1.0) < impact(2.0));
        assert!(rarity(100.0, 1.0) > rarity(100.0, 50.0) && rarity(100.0, 100.0) > 0.0);
    }
}
