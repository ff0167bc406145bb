//! What a backtest says, as `result.json` has it. A figure that is not known is `null`, never a number that is none.

use super::warn::Warned;
use super::weeks::Week;
use hypercare_core::exit::{Reset, Stability};
use hypercare_core::signals::alarm::AlarmLevel;
use hypercare_core::signals::{Basis, Day, State};
use serde::Serialize;
use std::collections::BTreeMap;

/// The whole answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Backtest {
    /// Name of the source.
    pub source: String,
    /// The programme's zone.
    pub zone: String,
    /// The day of go-live.
    pub go_live: Day,
    /// First and last day of the log.
    pub log: Span,
    /// What days are compared with.
    pub baseline: Baseline,
    /// What the reader must know first.
    pub notes: Vec<String>,
    /// The first day at whose end exit was allowed.
    pub first_exit: Option<Day>,
    /// The days from go-live on.
    pub days: Vec<DayResult>,
    /// The days before go-live, measured the same way.
    pub before: Vec<DayBefore>,
    /// The weeks after the fact.
    pub weeks: Vec<Week>,
    /// All warnings in the order of their first sight.
    pub warnings: Vec<Warned>,
}

/// Some days.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Span {
    /// The first.
    pub from: Day,
    /// The last.
    pub to: Day,
    /// The last with a feed, where the log seems to end before its last row.
    pub seems_to_end: Option<Day>,
}

/// What days are compared with.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Baseline {
    /// `before` the change, `targets` of the plan, or the `settled` level.
    pub kind: &'static str,
    /// Days before the change that are compared with.
    pub days: usize,
    /// The first of them.
    pub from: Option<Day>,
    /// The last of them.
    pub to: Option<Day>,
    /// What stands in and why, in a sentence.
    pub says: String,
}

/// A day since go-live as it was known at its end.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DayResult {
    /// Which day.
    pub date: Day,
    /// Tickets that were opened on it, also those that the log shows only after midnight.
    pub opened: u64,
    /// Tickets that were settled on it.
    pub resolved: u64,
    /// Open when it began.
    pub open: u64,
    /// Open when it ended: `open` + `opened` − `resolved`, and what came back.
    pub open_at_end: u64,
    /// Times that tickets came back.
    pub reopened: u64,
    /// Times that tickets were handed to another team.
    pub handovers: u64,
    /// Whether the feed was there, so that the day could be judged.
    pub complete: bool,
    /// Every signal that the export measures.
    pub signals: BTreeMap<&'static str, SignalDay>,
    /// Warnings that were first seen on it.
    pub warnings: Vec<Warned>,
    /// Whether it counts.
    pub stable: Stability,
    /// Why, one sentence for each finding.
    pub why: Vec<String>,
    /// Stable days in a row at its end.
    pub streak: u32,
    /// What last set the count back.
    pub reset_by: Option<Reset>,
    /// Whether the window might have ended.
    pub exit_allowed: bool,
    /// Why or why not: each criterion with its evidence.
    pub reasons: Vec<String>,
    /// The answer in a sentence.
    pub sentence: String,
}

/// A signal on a day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SignalDay {
    /// The value in the signal's unit; none if nothing was measured.
    pub value: Option<f64>,
    /// Value divided by what is expected of such a day.
    pub ratio: Option<f64>,
    /// Distance from normal in standard deviations, more being worse.
    pub z: Option<f64>,
    /// The verdict.
    pub state: State,
    /// What is expected of such a day.
    pub expected: Option<f64>,
    /// From where a day is normal; none where no noise model applies.
    pub low: Option<f64>,
    /// Up to where.
    pub high: Option<f64>,
    /// What the verdict stands on.
    pub basis: Basis,
    /// The alarm that was open at the day's end.
    pub alarm: Option<AlarmLevel>,
    /// Whether exit waits for it.
    pub required: bool,
    /// Why, in a sentence.
    pub why: String,
}

/// A day before go-live.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DayBefore {
    /// Which day.
    pub date: Day,
    /// Tickets that were opened on it, also those that the log shows only after midnight.
    pub opened: u64,
    /// Tickets that were settled on it.
    pub resolved: u64,
    /// Open when it began.
    pub open: u64,
    /// The value of every signal that was measured.
    pub signals: BTreeMap<&'static str, Option<f64>>,
}

/// Infinite and undefined figures are not known.
pub(super) fn known(value: Option<f64>) -> Option<f64> {
    value.filter(|v| v.is_finite())
}
