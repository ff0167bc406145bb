//! "Nine of ten promises are kept": a share over the last whole week.

use super::{Context, Progress, ProgressState, told};
use crate::signals::{Better, Score};

/// Days that are taken together: a week, so that each weekday weighs as it does.
const DAYS: usize = 7;
/// Fewer days than this tell too little.
const DAYS_MIN: usize = 3;

/// Met while the last seven measured days together are at the share or better (at most, where less is better), weighted
/// by what each is a share of. It is settled once a whole week is, and unsettled again when a later week is not: what
/// is promised must go on being kept. The projection is the last day's share.
pub(super) fn progress(c: &Context<'_>, goal: f64) -> Progress {
    let last: Vec<&Score> = c.since.iter().rev().take(DAYS).map(|(_, s)| *s).collect();
    let say = |v| c.signal.say(v);
    let whole: f64 = last.iter().map(|s| s.weight).sum();
    if last.len() < DAYS_MIN || whole <= 0.0 {
        let says = format!("{} of {DAYS_MIN} days with data so far; {} is the goal.", last.len(), say(goal));
        return Progress::not_yet(says).value(last.first().and_then(|s| s.value), goal, None);
    }
    let share = last.iter().filter_map(|s| Some(s.value? * s.weight)).sum::<f64>() / whole;
    let latest = last.first().and_then(|s| s.value);
    let reached = |v: f64| if c.signal.better() == Better::Higher { v >= goal } else { v <= goal };
    let days = last.len();
    let state = match (reached(share), days == DAYS, latest.is_some_and(reached)) {
        (true, true, _) => ProgressState::Met,
        (true, false, _) => ProgressState::MetProvisional,
        (false, _, true) => ProgressState::OnTrack,
        (false, ..) => ProgressState::AtRisk,
    };
    let then = match state {
        ProgressState::MetProvisional => "; a whole week must be",
        ProgressState::OnTrack => "; the last day was there",
        _ => "",
    };
    let says = format!("{} over the last {days} days, {} is the goal{then}.", say(share), say(goal));
    told(state, says).value(Some(share), goal, latest)
}
