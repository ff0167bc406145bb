//! The difference of two shares, with how sure it is.

use super::{ENOUGH, Share};
use serde::{Deserialize, Serialize};

/// One share less another, and the ends of its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ShareDifference))]
pub struct Difference {
    /// After less before, -1 to 1.
    pub estimate: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Difference {
    /// Whether the interval leaves out that there is none.
    pub fn is_clear(self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }
}

/// `after` less `before`, with the 95 % interval that comes from the score intervals of both; none where one of them has fewer than
/// [`ENOUGH`] outcomes.
///
/// Newcombe, Interval estimation for the difference between independent proportions: comparison of eleven methods, Statistics in
/// Medicine 17 (1998), 873–890, method 10 (the hybrid score interval without continuity correction).
pub fn difference(after: Share, before: Share) -> Option<Difference> {
    if after.whole < ENOUGH || before.whole < ENOUGH {
        return None;
    }
    let (p, (low, high)) = (after.share(), after.interval());
    let (q, (floor, ceiling)) = (before.share(), before.interval());
    let estimate = p - q;
    let down = (p - low).hypot(ceiling - q);
    let up = (high - p).hypot(q - floor);
    Some(Difference { estimate, low: estimate - down, high: estimate + up })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_those_of_the_reference() {
        #[track_caller]
        fn check(a: (u64, u64), b: (u64, u64), low: f64, high: f64) {
            let share = |(part, whole)| Share { part, whole };
            let found = difference(share(a), share(b)).unwrap();
            assert!((found.low - low).abs() < 5e-4 && (found.high - high).abs() < 5e-4, "{a:?} less {b:?}: {found:?}");
        }
        // Reference: statsmodels, confint_proportions_2indep(compare="diff", method="newcomb"). The first is Newcombe's own example (a).
        check((56, 70), (48, 80), 0.0524, 0.3339);
        check((9, 10), (3, 10), 0.1705, 0.8090);
        check((0, 10), (0, 20), -0.1611, 0.2775);
        check((10, 10), (0, 10), 0.6075, 1.0);
        check((30, 100), (12, 100), 0.0674, 0.2881);
        check((5, 56), (0, 29), -0.0381, 0.1926);
        check((40, 120), (10, 90), 0.1094, 0.3236);
        check((18, 60), (3, 55), 0.1075, 0.3756);
    }

    #[test]
    fn few_outcomes_say_nothing() {
        let few = Share { part: 9, whole: 9 };
        let many = Share { part: 1, whole: 100 };
        assert_eq!((difference(few, many), difference(many, few)), (None, None));
        assert!(difference(Share { part: 10, whole: 10 }, many).is_some_and(Difference::is_clear));
    }

    #[test]
    fn the_other_way_around_it_is_mirrored() {
        let (a, b) = (Share { part: 7, whole: 40 }, Share { part: 19, whole: 33 });
        let (one, other) = (difference(a, b).unwrap(), difference(b, a).unwrap());
        assert!((one.low + other.high).abs() < 1e-12 && (one.high + other.low).abs() < 1e-12 && (one.estimate + other.estimate).abs() < 1e-12);
    }
}
