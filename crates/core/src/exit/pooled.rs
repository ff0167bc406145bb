//! Days taken together: a rise too small for any single day shows in five of them.

use crate::signals::{Better, Family, Score, Signal};
use serde::{Deserialize, Serialize};

/// Fewer expected events say nothing about a fifth more.
pub(super) const ENOUGH_EVENTS: f64 = 5.0;
/// Whole events are whole in ratios too, but for the last digits.
const ROUNDING: f64 = 1e-9;
/// Two-sided 90 % of a normal distribution.
const Z_90: f64 = 1.644_853_627;

/// How far several days together lie from what was expected.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Pooled {
    /// Observed over expected, in the direction of the signal.
    pub ratio: f64,
    /// Lower end of its 90 % interval; none where no noise model applies (levels).
    pub low: Option<f64>,
    /// Upper end of it.
    pub high: Option<f64>,
    /// The ratio that is still allowed: the most where less is better, the least where more is. Where few events are expected, it is
    /// that of the next whole event: 0.6 are expected, and one happened or none did.
    pub allowed: f64,
    /// Within what is allowed.
    pub within: bool,
    /// The whole interval is: back to normal is proven, not only consistent with the days.
    pub proven: bool,
    /// Days taken together.
    pub days: u32,
}

impl Pooled {
    /// The days together; none if nothing was expected of them.
    ///
    /// Observed over expected for counts, levels and shares (weighted by what they are a share of), the geometric mean
    /// of the ratios for durations. The interval has the noise of these days and of what is expected, the latter as of
    /// the mean of as many days as the baseline has.
    pub fn of(signal: Signal, scores: &[&Score], margin: f64) -> Option<Self> {
        // The ratio, where there is one, is at the usual mix of categories; the value is as it was.
        let observed = |s: &&Score| s.ratio.zip(s.expected).map(|(r, e)| r * e).or(s.value);
        let pairs: Vec<(f64, f64, f64)> = scores.iter().filter_map(|s| Some((observed(s)?, s.expected?, s.weight))).collect();
        let duration = signal.family() == Family::Duration;
        let sum = |f: fn(&(f64, f64, f64)) -> f64| pairs.iter().map(f).sum::<f64>();
        let (observed, expected) = (sum(|(v, _, w)| v * w), sum(|(_, e, w)| e * w));
        let ratio = if duration {
            let logs: Vec<f64> = pairs.iter().map(|(v, e, _)| (v.max(1.0) / e.max(1.0)).ln()).collect();
            (!logs.is_empty()).then(|| (logs.iter().sum::<f64>() / logs.len() as f64).exp())?
        } else {
            (expected > 0.0).then(|| observed / expected)?
        };
        let spread = spread(scores, duration);
        // On the logarithm, so that both ends are ratios; a ratio of none has none.
        let end = |sign: f64| spread.filter(|_| ratio > 0.0).map(|s| ratio * (sign * Z_90 * s).exp());
        let (low, high) = (end(-1.0), end(1.0));
        let margin = margin.max(0.0);
        let rare = matches!(signal.family(), Family::Count | Family::Share) && expected < ENOUGH_EVENTS;
        let whole = |allowed: f64, to: fn(f64) -> f64| if rare { to(allowed * expected) / expected } else { allowed };
        let (allowed, within, proven) = match signal.better() {
            Better::Lower => {
                let most = whole(1.0 + margin, f64::ceil);
                (most, ratio <= most + ROUNDING, high.is_some_and(|h| h <= 1.0 + margin))
            }
            Better::Higher => {
                let least = whole(1.0 / (1.0 + margin), f64::floor);
                (least, ratio >= least - ROUNDING, low.is_some_and(|l| l >= 1.0 / (1.0 + margin)))
            }
        };
        Some(Self { ratio, low, high, allowed, within, proven, days: u32::try_from(pairs.len()).unwrap_or(u32::MAX) })
    }
}

/// Standard deviation of the logarithm of the pooled ratio.
fn spread(scores: &[&Score], equal: bool) -> Option<f64> {
    let parts: Vec<(f64, f64)> = scores.iter().filter_map(|s| Some((if equal { 1.0 } else { s.expected? * s.weight }, s.spread?))).collect();
    if parts.is_empty() || parts.len() < scores.len() {
        return None;
    }
    let whole: f64 = parts.iter().map(|(w, _)| w).sum();
    let days: f64 = parts.iter().map(|(w, s)| (w * s).powi(2)).sum::<f64>() / whole.powi(2);
    let mean_square = parts.iter().map(|(_, s)| s * s).sum::<f64>() / parts.len() as f64;
    let against = f64::from(scores.iter().map(|s| s.against).min().unwrap_or(0)).max(1.0);
    (whole > 0.0).then(|| (days + mean_square / against).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratio_interval_and_label() {
        #[track_caller]
        fn check(signal: Signal, values: &[f64], spread: Option<f64>, within: bool, proven: bool) -> Pooled {
            let scores: Vec<Score> = values.iter().map(|v| Score { spread, against: 56, ..Score::of(Some(100.0 * v), Some(100.0)) }).collect();
            let pooled = Pooled::of(signal, &scores.iter().collect::<Vec<_>>(), 0.2).unwrap();
            assert_eq!((pooled.within, pooled.proven), (within, proven), "{pooled:?}");
            pooled
        }
        let even = check(Signal::Contacts, &[1.0; 5], Some(0.15), true, true);
        // √(0.15² / 5 + 0.15² / 56) = 0.0700, so exp(±1.645 · 0.0700).
        assert!((even.low.unwrap() - 0.891).abs() < 1e-3 && (even.high.unwrap() - 1.122).abs() < 1e-3, "{even:?}");
        check(Signal::Contacts, &[1.1; 5], Some(0.15), true, false);
        check(Signal::Contacts, &[1.0; 5], Some(0.4), true, false);
        check(Signal::Contacts, &[1.25; 5], Some(0.15), false, false);
        check(Signal::Csat, &[0.95; 5], Some(0.05), true, true);
        check(Signal::Csat, &[0.8; 5], Some(0.05), false, false);
        assert_eq!(check(Signal::Backlog, &[1.0; 5], None, true, false).high, None);
        assert_eq!(Pooled::of(Signal::Contacts, &[&Score::of(Some(1.0), Some(0.0))], 0.2), None);
    }

    #[test]
    fn of_rare_events_a_whole_one_more_is_allowed() {
        #[track_caller]
        fn check(signal: Signal, expected: f64, events: u32, within: bool) {
            let score = Score { weight: 20.0, ..Score::of(Some(f64::from(events) / 20.0), Some(expected / 20.0)) };
            assert_eq!(Pooled::of(signal, &[&score], 0.2).unwrap().within, within, "{events} where {expected} are expected");
        }
        check(Signal::ReassuranceShare, 0.25, 1, true);
        check(Signal::ReassuranceShare, 0.25, 2, false);
        check(Signal::ReassuranceShare, 1.3, 2, true);
        check(Signal::Escalations, 1.3, 3, false);
        check(Signal::Escalations, 4.0, 5, true);
        check(Signal::Escalations, 5.5, 7, false);
        check(Signal::Csat, 2.7, 2, true);
        check(Signal::Csat, 2.7, 1, false);
        // A median is of many.
        check(Signal::FirstResponse, 100.0, 130, false);
        check(Signal::Backlog, 1.3, 2, false);
    }
}
