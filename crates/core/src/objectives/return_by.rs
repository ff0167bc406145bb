//! "Back to the baseline within 72 h, and stays there for a day."

use super::{Context, Progress, ProgressState, told, weekday};
use crate::plan::Length;
use crate::signals::{Basis, Better, Score, trend};
use crate::window::next_midnight;
use crate::{Span, Timestamp};
use jiff::civil::Time;

/// Met by the first whole day within the margin that ends before the deadline, once the next measured
/// day holds too. The trailing 24 hours are those of whole days: days are what is kept and compared, and a cohort that
/// ends in the middle of a day has no weekday to compare with; the earliest that can be said is therefore a midnight.
/// Hours are calendar hours. Before that, the Theil-Sen trend of the logarithm of the
/// ratios says whether it will be.
pub(super) fn progress(c: &Context<'_>, within: Length) -> Progress {
    let deadline = c.now.go_live + within.0;
    let limit = |s: &Score| if s.basis == Basis::Target { 1.0 } else { 1.0 + c.now.margin.max(0.0) };
    // Turned so that more than 1 is bad.
    let days: Vec<(Timestamp, f64, f64)> = c
        .since
        .iter()
        .filter_map(|(day, score)| {
            let ratio = score.ratio?.max(0.01);
            let ratio = if c.signal.better() == Better::Higher { 1.0 / ratio } else { ratio };
            Some((end_of(*day, c.now.zone)?, ratio, limit(score)))
        })
        .collect();
    let goal = days.last().map_or(1.0 + c.now.margin.max(0.0), |(.., limit)| *limit);
    let current = days.last().map(|(_, ratio, _)| *ratio);
    let told = |state, says| told(state, says).ratio(current, goal, None);
    let name = |i: usize| c.since.iter().filter(|(_, s)| s.ratio.is_some()).nth(i).map_or_else(String::new, |(d, _)| weekday(*d));
    for (i, (ends, ratio, limit)) in days.iter().enumerate() {
        if *ends > deadline || ratio > limit {
            continue;
        }
        match days.get(i + 1) {
            None => {
                let says = format!("Back within the margin on {} ({ratio:.2} × before); it must hold another day.", name(i));
                return told(ProgressState::MetProvisional, says);
            }
            Some((_, next, limit)) if next <= limit => {
                return told(ProgressState::Met, format!("Back on {} ({ratio:.2} × before) and held the day after.", name(i)));
            }
            Some(_) => {}
        }
    }
    let Some((last_end, last, limit)) = days.last() else {
        return told(ProgressState::InsufficientData, "No whole day has been measured yet.".into());
    };
    if c.now.now > deadline {
        return told(ProgressState::Missed, format!("Not back within {within} of going live; last measured {last:.2} × before."));
    }
    let points: Vec<(f64, f64)> = days.iter().map(|(t, r, ..)| ((*t - c.now.go_live).as_secs_f64() / 3600.0, r.ln())).collect();
    let Some(slope) = trend::theil_sen(&points) else {
        return told(ProgressState::InsufficientData, format!("{last:.2} × before; one day is too few to tell where it goes."));
    };
    let hours_left = (deadline - *last_end).0.max(Span::ZERO.0) as f64 / Span::hours(1).0 as f64;
    let projected = (last.ln() + slope * hours_left).exp();
    let state = if projected <= *limit { ProgressState::OnTrack } else { ProgressState::AtRisk };
    let says = format!("{last:.2} × before; at this pace {projected:.2} × when {within} are over, at most {limit:.2} is the goal.");
    told(state, says).ratio(current, goal, Some(projected))
}

/// The midnight that ends a day in a zone.
fn end_of(day: crate::signals::Day, zone: &str) -> Option<Timestamp> {
    let tz = crate::calendar::zone(zone).ok()?;
    let noon = tz.to_timestamp(day.to_datetime(Time::constant(12, 0, 0, 0))).ok()?;
    next_midnight(Timestamp::from_jiff(noon), zone)
}
