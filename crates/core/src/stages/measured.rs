//! From measured days of a category to the scores that guards are judged by.
//!
//! Many categories have no time before the change: what customers ask about the change did not exist, and nobody sorted
//! their questions by it. Then, as in a canary release, the days just before stand in: before the step those before each
//! day, after it those before the step. Every verdict says so.

use super::{GuardDays, Ladder, Place};
use crate::signals::{BASELINE_DAYS_MIN, Basis, Day, Exposure, Sample, Score, Signal, Yardstick, score, score_by};

/// Days that stand in for a time before the change, at most: two whole weeks.
const STAND_IN: usize = 14;
/// Days since go-live that can be looked back at when days are judged together.
const RECENT: usize = 7;

/// One signal of one category as it was measured.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measured {
    /// Days before the change.
    pub before: Vec<(Day, Sample)>,
    /// Closed days since, in order.
    pub since: Vec<(Day, Sample)>,
}

/// The scores of a guard. `sorted_before` says that questions were sorted into this category before the change already,
/// so that those days mean something.
pub fn guard_days(ladder: &Ladder, signal: Signal, category: &str, measured: &Measured, sorted_before: bool) -> GuardDays {
    let step = ladder.standings.iter().find(|s| s.categories.iter().any(|c| c == category)).and_then(|s| match &s.place {
        Place::Normal { judged_from, .. } => Some(*judged_from),
        Place::Reverted { .. } => None,
    });
    let known = measured.before.iter().filter(|(_, s)| s.complete && s.value().is_some()).count();
    let one = |(i, (day, sample)): (usize, &(Day, Sample))| {
        let recent = &measured.since[i.saturating_sub(RECENT)..i];
        let scored = if sorted_before && known >= BASELINE_DAYS_MIN {
            score(signal, &measured.before, recent, *day, sample, None)
        } else {
            stood_in(signal, &measured.since, recent, *day, sample, step)
        };
        (*day, scored)
    };
    GuardDays { signal, category: category.to_owned(), days: measured.since.iter().enumerate().map(one).collect() }
}

fn stood_in(signal: Signal, since: &[(Day, Sample)], recent: &[(Day, Sample)], day: Day, sample: &Sample, step: Option<Day>) -> Score {
    let step = step.filter(|step| *step <= day);
    let until = since.partition_point(|(d, _)| *d < step.unwrap_or(day));
    let reference = &since[until.saturating_sub(STAND_IN)..until];
    let exposure = Exposure::default();
    let by = Yardstick { baseline: &[], settled: reference, why_not_settled: "", target: None, exposure: &exposure };
    let mut scored = score_by(signal, &by, recent, day, sample);
    let before = if step.is_some() { "the step" } else { "it" };
    // What the score says of its reference is about the level of a whole series; this one is about a step.
    let said = scored.why.split(" Compared with ").next().unwrap_or_default();
    scored.why = match scored.basis {
        Basis::Nothing if sample.value().is_none() => scored.why,
        Basis::Nothing => format!(
            "{} days before {before} to compare with; {BASELINE_DAYS_MIN} with data are needed, because this category has no time before the change.",
            reference.len()
        ),
        _ => format!("{said} Compared with {} days before {before}, because this category has no time before the change.", scored.against),
    };
    scored
}
