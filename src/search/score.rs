//! The arithmetic of scores, in operations that Rust and JavaScript round alike: + − × ÷ and square roots only.

/// The largest impact.
pub(super) const MOST: u8 = 31;

/// How many impacts there are, from 0 on.
pub(super) const STEPS: usize = MOST as usize + 1;

/// The BM25 sum that is written as the largest impact; larger ones are rare and cut.
const CEILING: f32 = 6.0;

/// A BM25 sum in 5 bits. Steps are finer for small sums: the value of impact q is q^1.5.
#[inline]
pub(super) fn impact(weight: f32) -> u8 {
    nearest_impact(weight * (value(MOST) as f32 / CEILING)).max(1)
}

/// The impact whose value is nearest, between 0 and the largest.
#[inline]
pub(super) fn nearest_impact(value: f32) -> u8 {
    // No two limits are as near as two entries of the table, so the impact is the table's or the next.
    // What is too much for a number is cut in any case, and the shorter number is made sooner.
    let impact = NEAR[((value * NEAR_STEPS) as u32 as usize).min(NEAR.len() - 1)];
    impact + u8::from(LIMITS.get(usize::from(impact)).is_some_and(|&limit| limit <= value))
}

/// How many entries of [`NEAR`] stand for one.
const NEAR_STEPS: f32 = 2.0;

/// The nearest impact of the least value of each stretch of values.
static NEAR: [u8; 340] = {
    let mut table = [0; 340];
    let mut at = 0;
    let mut impact = 0;
    while at < table.len() {
        let value = at as f32 / NEAR_STEPS;
        while impact < LIMITS.len() && LIMITS[impact] <= value {
            impact += 1;
        }
        table[at] = impact as u8;
        at += 1;
    }
    table
};

/// The least value whose nearest impact is at least this one, which is not 0.
pub(super) fn least_value(impact: u8) -> f32 {
    LIMITS[usize::from(impact) - 1]
}

/// The upper limits of all impacts but the largest: (q + ½)^1.5.
const LIMITS: [f32; MOST as usize] = [
    0.353553, 1.837117, 3.952847, 6.547900, 9.545942, 12.898643, 16.571813, 20.539596, 24.781546, 29.280967,
    34.023889, 38.998397, 44.194174, 49.602167, 55.214355, 61.023561, 67.023317, 73.207752, 79.571509,
    86.109668, 92.817698, 99.691399, 106.726871, 113.920477, 121.268813, 128.768688, 136.417099, 144.211217,
    152.148365, 160.226012, 168.441756,
];

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
    fn nearest_impact_is_the_number_of_limits_passed() {
        for step in 0..40_000 {
            let value = step as f32 / 200.0;
            let passed = LIMITS.iter().filter(|&&limit| limit <= value).count();
            assert_eq!(usize::from(nearest_impact(value)), passed, "{value}");
        }
        assert_eq!((nearest_impact(-1.0), nearest_impact(f32::NAN), nearest_impact(f32::MAX)), (0, 0, MOST));
        assert_eq!(nearest_impact(least_value(5)), 5);
    }

    #[test]
    fn impacts_keep_order_and_range() {
        assert_eq!((impact(0.0), impact(CEILING), impact(100.0)), (1, MOST, MOST));
        assert!(impact(1.0) < impact(2.0));
        assert!(rarity(100.0, 1.0) > rarity(100.0, 50.0) && rarity(100.0, 100.0) > 0.0);
    }
}
