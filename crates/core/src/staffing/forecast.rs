//! From a forecast to what to staff for: a high percentile, because volume varies more than by chance.
//!
//! The rate of a day is Gamma distributed around the forecast with a coefficient of variation of about 0.15, and arrivals are Poisson
//! given the rate (Brown, Gans, Mandelbaum and others, JASA 2005). A live channel is staffed to a percentile of the *rate*, since
//! Erlang's formulas know the chance in arrivals already; a backlog to a percentile of the *count*, which has both.

use statrs::distribution::{ContinuousCDF, Gamma};
use statrs::function::gamma::ln_gamma;

/// How much a day's rate varies around its forecast: standard deviation divided by mean.
pub const USUAL_CV: f64 = 0.15;
/// The percentile that is staffed for where nothing else is said.
pub const USUAL_PERCENTILE: f64 = 0.85;
/// Counts that are looked at.
const COUNT_LIMIT: u32 = 10_000_000;

/// The rate that is not exceeded with this probability: the quantile of a Gamma distribution with this mean and coefficient of
/// variation. The mean itself where nothing varies.
pub fn rate_percentile(mean: f64, cv: f64, percentile: f64) -> f64 {
    if mean <= 0.0 || cv <= 0.0 || mean.is_nan() || cv.is_nan() {
        return mean.max(0.0);
    }
    let shape = 1.0 / (cv * cv);
    Gamma::new(shape, shape).map_or(mean, |unit| mean * unit.inverse_cdf(percentile.clamp(0.0, 1.0 - 1e-12)))
}

/// The least count that is not exceeded with this probability: the quantile of a Poisson count whose rate is Gamma distributed, which
/// is negative binomial.
pub fn count_percentile(mean: f64, cv: f64, percentile: f64) -> u32 {
    if mean <= 0.0 || mean.is_nan() {
        return 0;
    }
    // Where the rate hardly varies the count is Poisson.
    let r = 1.0 / (cv * cv).max(1e-9);
    let (ln_stay, ln_more) = ((r / (r + mean)).ln(), (mean / (r + mean)).ln());
    let wanted = percentile.clamp(0.0, 1.0 - 1e-12);
    let mut below = 0.0;
    for k in 0..COUNT_LIMIT {
        let n = f64::from(k);
        below += (ln_gamma(n + r) - ln_gamma(r) - ln_gamma(n + 1.0) + r * ln_stay + n * ln_more).exp();
        if below >= wanted {
            return k;
        }
    }
    COUNT_LIMIT
}
