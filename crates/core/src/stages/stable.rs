//! Stable days of a stage's categories.

use super::guards::titled;
use super::{History, Stage};
use crate::exit::{Stability, UNKNOWN_DAYS_MAX};
use crate::signals::{Day, Score, Signal, State};
use std::collections::BTreeSet;

/// One day of a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageDay {
    /// Which day.
    pub day: Day,
    /// Whether it counts.
    pub stable: Stability,
    /// Why not; empty where it does.
    pub why: String,
}

/// The run of stable days that a stage ends with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// How many in a row.
    pub stable: u32,
    /// The last day that did not count, if any was looked at.
    pub broken_by: Option<StageDay>,
}

/// The stable days in a row up to the last closed day, from `from` on where it is given.
///
/// A day is stable if it is complete, no guard is worse than normal in any of the stage's categories, at least one can
/// be judged, and nothing critical of these categories is open. A guard with nothing to measure (no conversation, no
/// share of it) says nothing against a day; one that cannot be compared leaves the day unknown, which neither counts
/// nor resets, at most two days in a run.
pub fn run(history: &History, stage: &Stage, from: Option<Day>) -> Run {
    let guards = || stage.categories.iter().flat_map(|c| stage.guards.iter().map(move |s| (*s, c.as_str())));
    let days: BTreeSet<Day> = guards().flat_map(|(s, c)| history.days(s, c)).map(|(day, _)| *day).filter(|d| from.is_none_or(|f| *d >= f)).collect();
    let mut run = Run::default();
    let mut unknown = 0;
    for day in days {
        let (stable, why) = judge(history, stage, day);
        match stable {
            Stability::Stable => {
                run.stable += 1;
                continue;
            }
            Stability::Fluctuation => (run.stable, unknown) = (0, 0),
            Stability::Unknown if run.stable > 0 => {
                unknown += 1;
                if unknown > UNKNOWN_DAYS_MAX {
                    (run.stable, unknown) = (0, 0);
                }
            }
            Stability::Unknown => {}
        }
        run.broken_by = Some(StageDay { day, stable, why });
    }
    run
}

fn judge(history: &History, stage: &Stage, day: Day) -> (Stability, String) {
    let on = |signal: Signal, category: &str| history.days(signal, category).iter().find(|(d, _)| *d == day).map(|(_, s)| s);
    let (mut worse, mut unknown, mut normal) = (vec![], vec![], 0);
    for category in &stage.categories {
        for signal in &stage.guards {
            match on(*signal, category) {
                Some(Score { complete: false, .. }) | None => unknown.push((titled(*signal, category), "not measured.")),
                Some(s) => match s.state {
                    State::Worse => worse.push(format!("{}: {}", titled(*signal, category), s.why)),
                    State::Normal | State::Better => normal += 1,
                    // Nothing happened: nothing that could be worse either.
                    State::Unknown if s.value.is_none() => {}
                    State::Unknown => unknown.push((titled(*signal, category), s.why.as_str())),
                },
            }
        }
        let critical = on(Signal::CriticalOpen, category).and_then(|s| s.value).unwrap_or_default();
        if critical > 0.0 {
            worse.push(format!("{critical:.0} critical of {category} open at its end."));
        }
    }
    match (worse.is_empty(), unknown.is_empty(), normal) {
        (false, ..) => (Stability::Fluctuation, worse.join(" ")),
        (true, false, _) => (Stability::Unknown, together(&unknown)),
        (true, true, 0) => (Stability::Unknown, "No guard had anything to judge by.".into()),
        (true, true, _) => (Stability::Stable, String::new()),
    }
}

/// Guards with the same reason share it: "Promises kept (billing), Escalations (billing): too few days before."
fn together(said: &[(String, &str)]) -> String {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for (guard, why) in said {
        match groups.iter_mut().find(|(known, _)| known == why) {
            Some((_, guards)) => guards.push(guard),
            None => groups.push((why, vec![guard])),
        }
    }
    groups.into_iter().map(|(why, guards)| format!("{}: {why}", guards.join(", "))).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::together;

    #[test]
    fn one_reason_is_said_once() {
        let said = [("A (x)".to_owned(), "too few."), ("B (x)".to_owned(), "not measured."), ("C (x)".to_owned(), "too few.")];
        assert_eq!(together(&said), "A (x), C (x): too few. B (x): not measured.");
    }
}
