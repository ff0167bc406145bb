//! "Repeat questions drop after day two": the days after against the days before.

use super::{Context, Progress, ProgressState, told};
use crate::rates::{self, Side};
use crate::signals::{Family, Score};
use statrs::distribution::{ContinuousCDF, StudentsT};

/// At least a fifth less is a drop.
const CLEAR_DROP: f64 = 0.8;
/// One-sided confidence of the upper bound.
const CONFIDENCE: f64 = 0.95;

/// Met once the days after lie at most at 0.8 of those before and the one-sided 95 % upper bound of that
/// ratio is under 1. Counts and shares: exact conditional binomial test, with what a normal day would have
/// had (counts, weekday and usage included) or the whole (shares) as exposure; where days differ by more than chance the
/// counts are divided by that dispersion, or a few odd days would prove a drop. Durations and levels: difference of log means (Welch).
pub(super) fn progress(c: &Context<'_>, after: u32) -> Progress {
    let split = c.since.iter().partition::<Vec<(_, &Score)>, _>(|(d, _)| c.number(*d) <= after);
    let (early, late): (Vec<&Score>, Vec<&Score>) = (split.0.iter().map(|x| x.1).collect(), split.1.iter().map(|x| x.1).collect());
    if early.is_empty() {
        return told(ProgressState::InsufficientData, format!("No day up to day {after} was measured, so there is nothing to compare with."));
    }
    if late.len() < 2 {
        return told(ProgressState::InsufficientData, format!("Fewer than two whole days after day {after} so far."));
    }
    let found = match c.signal.family() {
        Family::Count => rate_ratio(&early, &late, |s| s.expected.filter(|e| *e > 0.0).unwrap_or(1.0), |s| s.value.unwrap_or(0.0)),
        Family::Share => rate_ratio(&early, &late, |s| s.weight, |s| s.value.unwrap_or(0.0) * s.weight),
        Family::Duration | Family::Level => mean_ratio(&early, &late),
    };
    let Some((ratio, upper)) = found else {
        return told(ProgressState::InsufficientData, "Too little was measured to compare.".into());
    };
    let told = |state, says| told(state, says).ratio(Some(ratio), CLEAR_DROP, None);
    let days = format!("{ratio:.2} × the first {after} days, on {} days since", late.len());
    if ratio <= CLEAR_DROP && upper < 1.0 {
        told(ProgressState::Met, format!("{days}: a clear drop (surely under {upper:.2} ×)."))
    } else if ratio < 1.0 {
        told(ProgressState::OnTrack, format!("{days}: less, but not clearly (it could be up to {upper:.2} ×; {CLEAR_DROP} × is asked for)."))
    } else {
        told(ProgressState::AtRisk, format!("{days}: no drop."))
    }
}

/// The ratio of two rates and its upper bound, adjusted for dispersion.
fn rate_ratio(early: &[&Score], late: &[&Score], exposure: fn(&Score) -> f64, events: fn(&Score) -> f64) -> Option<(f64, f64)> {
    let days = |scores: &[&Score]| -> Vec<Side> { scores.iter().map(|s| Side { events: events(s), exposure: exposure(s) }).collect() };
    let (early, late) = (days(early), days(late));
    let sum = |days: &[Side]| Side { events: days.iter().map(|d| d.events).sum::<f64>().round(), exposure: days.iter().map(|d| d.exposure).sum() };
    // Two-sided at 90 %, of which the upper end is the one-sided bound at 95 %.
    let found = rates::ratio(sum(&early), sum(&late), rates::dispersion([&early, &late]), 2.0 * CONFIDENCE - 1.0)?;
    Some((found.ratio, found.high))
}

/// The ratio of two geometric means and its upper bound.
fn mean_ratio(early: &[&Score], late: &[&Score]) -> Option<(f64, f64)> {
    let logs = |scores: &[&Score]| -> Vec<f64> { scores.iter().filter_map(|s| s.value).map(|v| v.max(0.01).ln()).collect() };
    let part = |values: &[f64]| {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        (n, mean, values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (n - 1.0) / n)
    };
    let (early, late) = (logs(early), logs(late));
    if early.len() < 2 || late.len() < 2 {
        return None;
    }
    let ((n0, m0, v0), (n1, m1, v1)) = (part(&early), part(&late));
    let difference = m1 - m0;
    let variance = v0 + v1;
    if variance <= 0.0 {
        return Some((difference.exp(), difference.exp()));
    }
    let freedom = variance.powi(2) / (v0.powi(2) / (n0 - 1.0) + v1.powi(2) / (n1 - 1.0));
    let t = StudentsT::new(0.0, 1.0, freedom).ok()?.inverse_cdf(CONFIDENCE);
    Some((difference.exp(), (difference + t * variance.sqrt()).exp()))
}
