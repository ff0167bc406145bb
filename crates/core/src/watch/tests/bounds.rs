//! What a number of runs proves: exact 95 % bounds, one-sided.

use statrs::distribution::{Beta, ContinuousCDF, Gamma};

/// The least share that is true with 95 % certainty where `hits` of `runs` did (Clopper and Pearson).
pub fn share_at_least(hits: usize, runs: usize) -> f64 {
    if hits == 0 {
        return 0.0;
    }
    Beta::new(hits as f64, (runs - hits) as f64 + 1.0).unwrap().inverse_cdf(0.05)
}

/// The most that can be expected, with 95 % certainty, where `seen` came (Garwood, for Poisson counts).
pub fn expected_at_most(seen: usize) -> f64 {
    Gamma::new(seen as f64 + 1.0, 1.0).unwrap().inverse_cdf(0.95)
}

#[test]
fn bounds_are_those_of_the_tables() {
    fn check(got: f64, expected: f64) {
        assert!((got - expected).abs() < 1e-3, "{got} is not {expected}");
    }
    check(share_at_least(8, 10), 0.4931);
    check(share_at_least(10, 10), 0.7411);
    check(share_at_least(0, 10), 0.0);
    check(expected_at_most(0), 2.9957);
    check(expected_at_most(3), 7.7537);
}
