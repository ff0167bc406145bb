//! Levels: states at the end of a day. Today's is yesterday's and a little more, so noise models do not
//! apply; plain limits from the time before the change do.

use super::baseline::{ByWeekday, quantile, sorted};
use super::score::{Found, History, NORMAL_Z, State};
use super::{Better, Day, Figures, Sample, Signal};

/// How far beyond the usual middle a level may go.
const ROOM: f64 = 1.2;

fn flow(sample: &Sample) -> Option<f64> {
    match sample.figures {
        Figures::Level { arrived: Some(arrived), settled: Some(settled), .. } => Some(arrived as f64 - settled as f64),
        _ => None,
    }
}

fn throughput(sample: &Sample) -> Option<f64> {
    match sample.figures {
        Figures::Level { settled, .. } => settled.map(|n| n as f64),
        _ => None,
    }
}

/// Normal up to the greater of the baseline's 90th percentile and 1.2 times its median (mirrored where more
/// is better). The backlog must also not be growing: the net flow of the last three days is at most what such
/// days have, or the backlog is at most the usual one.
///
/// A backlog follows the week: more comes in on Monday than is settled, and it shrinks by Friday. And days differ. So
/// level and flow are compared with what such a weekday has, and may differ from it by as much as any other signal may:
/// 2.5 standard deviations of ordinary days (`docs/decisions/0016-a-backlog-follows-the-week.md`).
pub(super) fn compare(signal: Signal, history: &History<'_>, day: Day, sample: &Sample) -> Option<Found> {
    let value = sample.value()?;
    let values: Vec<(Day, f64)> = history.baseline.iter().filter_map(|(d, s)| Some((*d, s.value()?))).collect();
    let all = sorted(values.iter().map(|(_, v)| *v));
    let week = (signal == Signal::Backlog).then(|| ByWeekday::new(&values));
    let usual = |d: Day| week.as_ref().map(|w| w.mean(d)).filter(|m| *m > 0.0);
    // Relative to such a weekday, where the signal follows the week.
    let relative = sorted(values.iter().map(|(d, v)| usual(*d).map_or(*v, |u| v / u)));
    let scale = usual(day).unwrap_or(1.0);
    let middle = quantile(&relative, 0.5)? * scale;
    // Multiplied, because a backlog twice as large scatters twice as much.
    let logs: Vec<f64> = values.iter().filter_map(|(d, v)| Some((v.max(1.0) / usual(*d)?).ln())).collect();
    let chance = (NORMAL_Z * deviation(&logs)).exp() * scale;
    let bad = match signal.better() {
        Better::Lower => value > (quantile(&relative, 0.9)? * scale).max(ROOM * middle).max(chance),
        Better::Higher => value < quantile(&all, 0.1)?.min(middle / ROOM),
    };
    if signal != Signal::Backlog {
        let state = if bad { State::Worse } else { State::Normal };
        return Some(Found { expected: middle, z: None, alone: None, state: Some(state), together: None, spread: None, note: None });
    }
    let (growing, mut note) = growth(history, day, sample);
    let settled: Vec<f64> = history.baseline.iter().filter_map(|(_, s)| throughput(s)).collect();
    let daily = settled.iter().sum::<f64>() / settled.len().max(1) as f64;
    if daily > 0.0 {
        let days = format!("{:.1} days of work at the pace before the change", value / daily);
        note = Some(note.map_or_else(|| days.clone(), |n| format!("{days}, {n}")));
    }
    let state = if bad || (growing && value > middle) { State::Worse } else { State::Normal };
    Some(Found { expected: middle, z: None, alone: None, state: Some(state), together: None, spread: None, note })
}

/// Standard deviation of residuals around zero; zero where there are too few to tell.
fn deviation(residuals: &[f64]) -> f64 {
    let n = residuals.len() as f64;
    if n < 2.0 { 0.0 } else { (residuals.iter().map(|r| r * r).sum::<f64>() / (n - 1.0)).sqrt() }
}

/// Whether clearly more than on such days came in than was settled over the last three days, where flows are known:
/// beyond 2.5 standard deviations of what three days of the baseline differ by from their weekdays.
fn growth(history: &History<'_>, day: Day, sample: &Sample) -> (bool, Option<String>) {
    let flows: Vec<(Day, f64)> = history.baseline.iter().filter_map(|(d, s)| Some((*d, flow(s)?))).collect();
    let week = ByWeekday::new(&flows);
    let latest: Option<Vec<(Day, f64)>> =
        history.recent.iter().rev().take(2).map(|(d, s)| (*d, s)).chain([(day, sample)]).map(|(d, s)| Some((d, flow(s)?))).collect();
    let Some(latest) = latest.filter(|l| l.len() == 3) else { return (false, None) };
    let beyond = |days: &[(Day, f64)]| days.iter().map(|(d, f)| f - week.mean(*d)).sum::<f64>();
    let in_a_row = |days: &&[(Day, f64)]| days.windows(2).all(|pair| pair[0].0.tomorrow().is_ok_and(|next| next == pair[1].0));
    let before: Vec<f64> = flows.windows(3).filter(in_a_row).map(beyond).collect();
    let net: f64 = latest.iter().map(|(_, f)| f).sum();
    let growing = net > 0.0 && beyond(&latest) > NORMAL_Z * deviation(&before);
    (growing, Some(format!("{net:+.0} in three days")))
}
