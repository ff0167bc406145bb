//! Two rates of events against each other, with what can be said of their ratio.

use statrs::distribution::{Beta, ContinuousCDF};

/// The ratio of a later rate to an earlier one, and the ends of its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateRatio {
    /// After divided by before.
    pub ratio: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end; infinite where nothing bounds it.
    pub high: f64,
}

/// Events and their exposure: what would have been usual, or the time that was looked at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Side {
    /// How many events.
    pub events: f64,
    /// Against what.
    pub exposure: f64,
}

/// The ratio of two rates with its two-sided interval at a `confidence` such as 0.95. None where nothing happened before, or an exposure is nothing.
///
/// Given the sum of both counts, the later one is binomial; the interval is that share's by Clopper and Pearson (1934, "The use of confidence or
/// fiducial limits illustrated in the case of the binomial"), carried over to the ratio as in Przyborowski and Wilenski (1940, "Homogeneity of
/// results in testing samples from Poisson series"). Where days differ by more than chance, the counts are divided by that `dispersion` (at
/// least 1), as a quasi-Poisson model does (McCullagh and Nelder, Generalized Linear Models, 1989, §6.2.3).
pub fn ratio(before: Side, after: Side, dispersion: f64, confidence: f64) -> Option<RateRatio> {
    if before.events < 1.0 || before.exposure <= 0.0 || after.exposure <= 0.0 {
        return None;
    }
    let dispersion = dispersion.max(1.0);
    let (d0, d1) = (before.events / dispersion, after.events / dispersion);
    let tail = (1.0 - confidence) / 2.0;
    let odds = |p: f64| if p >= 1.0 { f64::INFINITY } else { p / (1.0 - p) * before.exposure / after.exposure };
    let low = if d1 > 0.0 { odds(Beta::new(d1, d0 + 1.0).ok()?.inverse_cdf(tail)) } else { 0.0 };
    let high = odds(Beta::new(d1 + 1.0, d0).ok()?.inverse_cdf(1.0 - tail));
    Some(RateRatio { ratio: (after.events / after.exposure) / (before.events / before.exposure), low, high })
}

/// How much more days differ than chance alone lets them: Pearson's chi-squared of the days around the rate of their own side over its degrees
/// of freedom, and at least 1. Each day is its events and its exposure. 1 where there are too few days to say.
pub fn dispersion(sides: [&[Side]; 2]) -> f64 {
    let scatter = |days: &[Side]| -> f64 {
        let sum = |f: fn(&Side) -> f64| days.iter().map(f).sum::<f64>();
        let rate = sum(|d| d.events) / sum(|d| d.exposure);
        let expected = days.iter().map(|d| (d.events, rate * d.exposure)).filter(|(_, m)| *m > 0.0);
        expected.map(|(x, m)| (x - m).powi(2) / m).sum()
    };
    let freedom = sides.iter().map(|days| days.len()).sum::<usize>().saturating_sub(2);
    if freedom == 0 { 1.0 } else { (sides.into_iter().map(scatter).sum::<f64>() / freedom as f64).max(1.0) }
}

#[cfg(test)]
mod tests;
