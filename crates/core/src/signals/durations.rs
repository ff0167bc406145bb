//! Durations: the daily median on a logarithmic scale, where heavy tails become even.

use super::baseline::{ByWeekday, quantile, sorted};
use super::score::{Found, History};
use super::{Day, Figures, Sample, tails};

/// Interquartile range of a standard normal distribution: turns an IQR into a standard deviation.
pub(super) const IQR_OF_NORMAL: f64 = 1.349;
/// Standard error of a median relative to that of a mean, √(π/2).
const MEDIAN_ERROR: f64 = 1.2533;
/// Smaller differences than 5 % are never remarkable, however even the baseline was.
const LEAST_SPREAD: f64 = 0.05;

fn parts(sample: &Sample) -> (f64, f64, f64) {
    match sample.figures {
        Figures::Duration { n, median_secs, ln_iqr } => (n as f64, median_secs.max(1.0).ln(), ln_iqr),
        _ => (0.0, 0.0, 0.0),
    }
}

/// `z = (ln m − ln m₀) / √(τ² + (1.2533 s)² / n) / √((1 + 1/(w+k)) (1 + 2/B))`: `m₀` the weekday's shrunk mean of log
/// medians, `s` the usual scatter within a day, `τ²` what days differ beyond that. The last
/// factor is that of counts: `m₀` is known from `w` weeks and `k` pseudo-days only, and without it ordinary days were
/// called worse twice as often as promised (decision 0013). None if nothing was measured.
pub(super) fn compare(history: &History<'_>, day: Day, sample: &Sample) -> Option<Found> {
    let values: Vec<(Day, f64)> = history.baseline.iter().map(|(d, s)| (*d, parts(s).1)).collect();
    let usual = ByWeekday::new(&values);
    let (n, log_median, own_iqr) = parts(sample);
    if n < 1.0 {
        return None;
    }
    // A day with one or two times has no scatter worth the name.
    let iqrs = sorted(history.baseline.iter().map(|(_, s)| parts(s)).filter(|(n, ..)| *n >= 4.0).map(|(.., iqr)| iqr));
    let s = quantile(&iqrs, 0.5).unwrap_or(own_iqr) / IQR_OF_NORMAL;
    let error_of_median = |n: f64| (MEDIAN_ERROR * s).powi(2) / n;
    let residuals: f64 = values.iter().map(|(d, v)| (v - usual.mean(*d)).powi(2)).sum::<f64>() / usual.degrees_of_freedom();
    let explained = history.baseline.iter().map(|(_, s)| error_of_median(parts(s).0)).sum::<f64>() / usual.days;
    let between_days = (residuals - explained).max(0.0);
    let spread = (between_days + error_of_median(n)).sqrt().max(LEAST_SPREAD);
    let predictive = (1.0 + 1.0 / (usual.weeks() + usual.pseudo_days())) * (1.0 + 2.0 / usual.days);
    let z = (log_median - usual.mean(day)) / spread / predictive.sqrt();
    let z = z.clamp(-tails::Z_LIMIT, tails::Z_LIMIT);
    Some(Found { expected: usual.mean(day).exp(), z: Some(z), alone: None, state: None, together: None, spread: Some(spread), note: None })
}
