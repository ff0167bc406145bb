//! Shares: a beta-binomial model, because conversations of one day are alike.

use super::score::{Found, History, Together};
use super::{Day, Figures, Sample, tails};
use jiff::ToSpan;

/// Under this many observations a day, days are judged together.
const SPARSE: f64 = 5.0;
/// Least and greatest likeness of conversations of one day.
const RHO: (f64, f64) = (0.002, 0.9);

fn part_of(sample: &Sample) -> (u64, u64) {
    match sample.figures {
        Figures::Share { part, whole } => (part, whole),
        _ => (0, 0),
    }
}

/// The mid-p normal score of the day's share, or of the trailing seven days' where there is little to take
/// a share of. The mean is the baseline's pooled share, `rho` comes from moments (at least 0.002), and the
/// variance grows by `1 + 2/B` for the `B` days it was estimated from. None if nothing was measured.
pub(super) fn compare(history: &History<'_>, day: Day, sample: &Sample) -> Option<Found> {
    let days: Vec<(f64, f64)> = history.baseline.iter().map(|(_, s)| part_of(s)).map(|(k, n)| (k as f64, n as f64)).collect();
    let b = days.len() as f64;
    let (k, n) = days.iter().fold((0.0, 0.0), |(k, n), day| (k + day.0, n + day.1));
    // Half an observation either way: a share of none or all leaves room for the unseen.
    let mean = (k + 0.5) / (n + 1.0);
    let binomial = mean * (1.0 - mean);
    let scatter: f64 = days.iter().map(|(k, n)| (k - n * mean).powi(2)).sum::<f64>() / binomial * b / (b - 1.0).max(1.0);
    let pairs: f64 = days.iter().map(|(_, n)| n * (n - 1.0)).sum();
    let rho = if pairs > 0.0 { ((scatter - n) / pairs).clamp(RHO.0, RHO.1) } else { RHO.0 };

    let (mut part, mut whole) = part_of(sample);
    let mut together: u32 = 1;
    if n / b < SPARSE || (whole as f64) < SPARSE {
        let from = day.checked_sub(6.days()).unwrap_or(day);
        for (k, n) in history.recent.iter().filter(|(d, _)| *d >= from).map(|(_, s)| part_of(s)) {
            (part, whole, together) = (part + k, whole + n, together + 1);
        }
    }
    if whole == 0 {
        return None;
    }
    let m = whole as f64;
    let z_of = |part: u64, whole: u64| {
        let m = whole as f64;
        let predictive = if whole > 1 { (((1.0 + (m - 1.0) * rho) * (1.0 + 2.0 / b) - 1.0) / (m - 1.0)).clamp(RHO.0, RHO.1) } else { rho };
        tails::beta_binomial(part, whole, mean, predictive)
    };
    let z = z_of(part, whole);
    let own = part_of(sample);
    let alone = (together > 1 && own.1 > 0).then(|| z_of(own.0, own.1));
    let together = (together > 1).then(|| Together { days: together, value: part as f64 / m, expected: mean });
    let own = (part_of(sample).1.max(1)) as f64;
    let spread = (binomial * (1.0 + (own - 1.0) * rho) / own).sqrt() / mean;
    Some(Found { expected: mean, z: Some(z), alone, state: None, together, spread: Some(spread), note: None })
}
