//! Counts: a negative binomial model, because days differ more than chance alone (Gamma-Poisson arrivals).

use super::baseline::ByWeekday;
use super::score::{Found, History, Together};
use super::{Day, Figures, Sample, tails};
use jiff::ToSpan;

/// Under this many expected events a day, days are judged together.
const SPARSE: f64 = 5.0;
/// Least extra variation between days.
const ALPHA_FLOOR: f64 = 0.01;

fn events(sample: &Sample) -> u64 {
    match sample.figures {
        Figures::Count { events } => events,
        _ => 0,
    }
}

/// The mid-p normal score of the day's events, or of the trailing seven days' where events are sparse.
///
/// `mu` is the baseline's level times a weekday factor shrunk with at most two pseudo-days, times how many more use the product. `alpha` comes from
/// moments with the degrees of freedom that estimating `mu` costs. The limits are predictive: the
/// variance `mu + alpha mu²` grows by `1 + 1/(n+k)` for the weekday's `n` weeks and `k` pseudo-days and by `1 + 2/B` for the
/// level's `B` days, without which ordinary days would raise twice as many findings as promised.
pub(super) fn compare(history: &History<'_>, day: Day, sample: &Sample) -> Option<Found> {
    let values: Vec<(Day, f64)> = history.baseline.iter().map(|(d, s)| (*d, events(s) as f64)).collect();
    // Weekday means are of events for as many users as before; what a day is expected to have is for its own.
    let exposed = |d: Day| history.exposure.of(d);
    let usual = ByWeekday::new(&values.iter().map(|(d, x)| (*d, x / exposed(*d))).collect::<Vec<_>>());
    let total: f64 = values.iter().map(|(_, x)| x).sum();
    // The weekday means scaled so that they add up to what was seen; half an event stands for none at all.
    let scale = if total > 0.0 { total / values.iter().map(|(d, _)| usual.mean(*d) * exposed(*d)).sum::<f64>() } else { 1.0 };
    let least = 0.5 / usual.days;
    let mu = |d: Day| (usual.mean(d) * exposed(d) * scale).max(least);

    let (mut squares, mut means, mut mean_squares) = (0.0, 0.0, 0.0);
    for (d, x) in &values {
        let m = mu(*d);
        squares += (x - m).powi(2);
        means += m;
        mean_squares += m * m;
    }
    let alpha = ((squares * usual.days / usual.degrees_of_freedom() - means) / mean_squares).max(ALPHA_FLOOR);

    let mut judged = vec![(day, events(sample))];
    let sparse = total / usual.days < SPARSE;
    if sparse {
        let from = day.checked_sub(6.days()).unwrap_or(day);
        judged.extend(history.recent.iter().filter(|(d, _)| *d >= from).map(|(d, s)| (*d, events(s))));
    }
    let seen: u64 = judged.iter().map(|(_, x)| x).sum();
    let expected: f64 = judged.iter().map(|(d, _)| mu(*d)).sum();
    let z_of = |judged: &[(Day, u64)]| {
        let k = judged.len() as f64;
        let seen: u64 = judged.iter().map(|(_, x)| x).sum();
        let expected: f64 = judged.iter().map(|(d, _)| mu(*d)).sum();
        let spread: f64 = judged.iter().map(|(d, _)| mu(*d) + alpha * mu(*d).powi(2)).sum();
        // The level's error is shared by all days judged together, so it weighs more the more days there are.
        let variance = spread * (1.0 + 1.0 / (usual.weeks() + usual.pseudo_days())) * (1.0 + (k + 1.0) / usual.days);
        tails::negative_binomial(seen, expected, (variance - expected) / (expected * expected))
    };
    let z = z_of(&judged);
    let alone = (judged.len() > 1).then(|| z_of(&judged[..1]));
    let together = (judged.len() > 1).then_some(Together { days: judged.len() as u32, value: seen as f64, expected });
    let m = mu(day);
    let note = history.exposure.note(day);
    Some(Found { expected: m, z: Some(z), alone, state: None, together, spread: Some((m + alpha * m * m).sqrt() / m), note })
}
