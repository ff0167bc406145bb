//! Levels: states at the end of a day. Today's is yesterday's and a little more, so noise models do not
//! apply; plain limits from the time before the change do.

use super::baseline::{quantile, sorted};
use super::score::{Found, History, State};
use super::{Better, Figures, Sample, Signal};

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
/// is better). The backlog must also not be growing: the net flow of the last three days is at most zero,
/// or the backlog is at most the baseline's median.
pub(super) fn compare(signal: Signal, history: &History<'_>, sample: &Sample) -> Option<Found> {
    let value = sample.value()?;
    let usual = sorted(history.baseline.iter().filter_map(|(_, s)| s.value()));
    let median = quantile(&usual, 0.5)?;
    let bad = match signal.better() {
        Better::Lower => value > quantile(&usual, 0.9)?.max(ROOM * median),
        Better::Higher => value < quantile(&usual, 0.1)?.min(median / ROOM),
    };
    let (growing, mut note) = if signal == Signal::Backlog { growth(history, sample) } else { (false, None) };
    if signal == Signal::Backlog {
        let settled: Vec<f64> = history.baseline.iter().filter_map(|(_, s)| throughput(s)).collect();
        let daily = settled.iter().sum::<f64>() / settled.len().max(1) as f64;
        if daily > 0.0 {
            let days = format!("{:.1} days of work at the pace before the change", value / daily);
            note = Some(note.map_or_else(|| days.clone(), |n| format!("{days}, {n}")));
        }
    }
    let state = if bad || (growing && value > median) { State::Worse } else { State::Normal };
    let note = note.filter(|_| signal == Signal::Backlog);
    Some(Found { expected: median, z: None, alone: None, state: Some(state), together: None, spread: None, note })
}

/// Whether more came in than was settled over the last three days, where flows are known.
fn growth(history: &History<'_>, sample: &Sample) -> (bool, Option<String>) {
    let flows: Option<Vec<f64>> = history.recent.iter().rev().take(2).map(|(_, s)| s).chain([sample]).map(flow).collect();
    match flows {
        Some(flows) if flows.len() == 3 => {
            let net: f64 = flows.iter().sum();
            (net > 0.0, Some(format!("{net:+.0} in three days")))
        }
        _ => (false, None),
    }
}
