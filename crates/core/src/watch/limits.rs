//! Tails of the negative binomial distribution: how rare so many, or so few, would be by chance.

use statrs::distribution::{ContinuousCDF, Normal};
use statrs::function::beta::beta_reg;

/// Chances are not stated below this: no model of a desk is good enough for more.
pub(super) const RAREST: f64 = 1e-15;

/// P(X ≥ x) for a negative binomial with this mean and variance `mean + alpha · mean²`. The whole mass at `x`
/// counts (no mid-p), so the chance of such a finding is never above what is stated, however sparse the series.
pub(super) fn at_least(x: u64, mean: f64, alpha: f64) -> f64 {
    if x == 0 {
        return 1.0;
    }
    if mean <= 0.0 {
        return 0.0;
    }
    let r = 1.0 / alpha.max(1e-6);
    // mean / (r + mean) is exact where 1 − r / (r + mean) would cancel.
    beta_reg(x as f64, r, mean / (r + mean)).max(0.0)
}

/// P(X ≤ x) for the same distribution.
pub(super) fn at_most(x: u64, mean: f64, alpha: f64) -> f64 {
    if mean <= 0.0 {
        return 1.0;
    }
    let r = 1.0 / alpha.max(1e-6);
    beta_reg(r, x as f64 + 1.0, r / (r + mean)).max(0.0)
}

/// The chance in standard deviations of the normal distribution, upper side.
pub(super) fn deviations(chance: f64) -> f64 {
    -Normal::standard().inverse_cdf(chance.clamp(RAREST, 1.0 - RAREST))
}
