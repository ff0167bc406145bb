//! Mid-p normal scores: how surprising a discrete value is, on the scale of standard deviations.

use statrs::distribution::{ContinuousCDF, Normal};
use statrs::function::beta::{beta_reg, ln_beta};
use statrs::function::gamma::ln_gamma;

/// Scores are cut here: beyond it only "far off" is known.
pub(super) const Z_LIMIT: f64 = 8.0;
/// Larger wholes use the normal approximation instead of an exact sum.
const EXACT_LIMIT: u64 = 20_000;

/// z of a value with these mid-p tails below and above it: Φ⁻¹(1 − above).
fn z(below: f64, above: f64) -> f64 {
    // The smaller tail keeps its precision; the larger would round to one.
    let z = if above < below { -Normal::standard().inverse_cdf(above.max(0.0)) } else { Normal::standard().inverse_cdf(below.max(0.0)) };
    if z.is_nan() { 0.0 } else { z.clamp(-Z_LIMIT, Z_LIMIT) }
}

/// z of `x` events under a negative binomial distribution with this mean and variance `mean + alpha · mean²`.
pub(super) fn negative_binomial(x: u64, mean: f64, alpha: f64) -> f64 {
    let (r, x) = (1.0 / alpha, x as f64);
    let p = r / (r + mean);
    let ln_mass = ln_gamma(x + r) - ln_gamma(r) - ln_gamma(x + 1.0) + r * p.ln() + x * (1.0 - p).ln();
    let half = ln_mass.exp() / 2.0;
    let above = beta_reg(x + 1.0, r, 1.0 - p);
    let below = if x > 0.0 { beta_reg(r, x, p) } else { 0.0 };
    z(below + half, above + half)
}

/// z of `k` of `n` under a beta-binomial distribution with this mean share and correlation `rho`.
pub(super) fn beta_binomial(k: u64, n: u64, mean: f64, rho: f64) -> f64 {
    if n > EXACT_LIMIT {
        let (k, n) = (k as f64, n as f64);
        let variance = n * mean * (1.0 - mean) * (1.0 + (n - 1.0) * rho);
        return ((k - n * mean) / variance.sqrt()).clamp(-Z_LIMIT, Z_LIMIT);
    }
    let size = (1.0 - rho) / rho;
    let (a, b) = (mean * size, (1.0 - mean) * size);
    let mass = |i: u64| {
        let (i, n) = (i as f64, n as f64);
        (ln_gamma(n + 1.0) - ln_gamma(i + 1.0) - ln_gamma(n - i + 1.0) + ln_beta(i + a, n - i + b) - ln_beta(a, b)).exp()
    };
    let half = mass(k) / 2.0;
    let below: f64 = (0..k).map(mass).sum();
    let above: f64 = (k + 1..=n).map(mass).sum();
    z(below + half, above + half)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mid_p_scores() {
        fn check(got: f64, expected: f64) {
            assert!((got - expected).abs() < 2e-3, "{got} is not {expected}");
        }
        // Reference: the masses summed term by term in Python (exact fractions for the beta-binomial), then NormalDist().inv_cdf.
        check(negative_binomial(30, 30.0, 0.02), 0.052_667);
        check(negative_binomial(60, 30.0, 0.02), 3.666_272);
        check(negative_binomial(0, 3.0, 0.05), -1.872_769);
        check(negative_binomial(100, 30.0, 0.02), 7.266_507);
        check(beta_binomial(20, 100, 0.1, 0.002), 2.696_801);
        check(beta_binomial(0, 10, 0.3, 0.01), -2.121_871);
        check(beta_binomial(5, 5, 0.5, 0.05), 1.977_897);
        assert_eq!(negative_binomial(1_000_000, 3.0, 0.01), Z_LIMIT);
    }
}
