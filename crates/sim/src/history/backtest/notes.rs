//! What the reader of a backtest must know first: what days are compared with, and what the log does not say.

use super::Settings;
use super::result::{Baseline, DayResult};
use crate::history::History;
use hypercare_core::exit::STABLE_DAYS_MIN;
use hypercare_core::signals::{BASELINE_DAYS_FULL, BASELINE_DAYS_MIN, Basis, Day};

/// Days after go-live that a settled level takes at least.
pub(super) const SETTLING_DAYS: usize = 14;

/// Whether the plan has figures that can stand in for a baseline.
pub(super) fn has_targets(settings: &Settings) -> bool {
    settings.plan.as_ref().is_some_and(|plan| plan.signals.iter().any(|s| s.target.is_some()))
}

pub(super) fn baseline(settings: &Settings, days: &[Day], judged: &[DayResult]) -> Baseline {
    let (from, to) = (days.first().copied(), days.last().copied());
    let n = days.len();
    let why = match n {
        0 => "The log has no day before go-live".to_owned(),
        1 => "The log has one day before go-live, and a baseline needs a week".to_owned(),
        n => format!("The log has {n} days before go-live, and a baseline needs a week"),
    };
    let (kind, says) = if n >= BASELINE_DAYS_FULL {
        ("before", format!("Days are compared with the {n} days before go-live, each with such weekdays."))
    } else if n >= BASELINE_DAYS_MIN {
        ("before", format!("Days are compared with the {n} days before go-live. That is short: {BASELINE_DAYS_FULL} and more find less by chance."))
    } else if has_targets(settings) {
        ("targets", format!("{why}: the plan's targets stand in, and for signals without one the level at which each settles."))
    } else {
        let settled = judged.iter().find(|d| d.signals.values().any(|s| s.basis == Basis::Settled)).map(|d| d.date);
        let when = match settled {
            Some(day) => format!("The first is settled from {day} on."),
            None => "None has settled in this log.".to_owned(),
        };
        (
            "settled",
            format!(
                "{why}: the level at which each signal settles after go-live stands in, two whole weeks that agree. Until then nothing is called normal. {when}"
            ),
        )
    };
    Baseline { kind, days: n, from, to, says }
}

pub(super) fn notes(history: &History, settings: &Settings, baseline: &Baseline, days: &[DayResult], ends: Option<Day>) -> Vec<String> {
    let mut notes = vec![baseline.says.clone()];
    let complete = days.iter().filter(|d| d.complete).count();
    let needed = settings.plan.as_ref().map_or(STABLE_DAYS_MIN, |p| p.exit.stable_days.max(STABLE_DAYS_MIN)) as usize;
    if complete < needed {
        notes.push(format!(
            "The log has {complete} {} from go-live on, and {needed} stable days in a row are needed before exit can be allowed: take an export that goes on longer.",
            if complete == 1 { "day" } else { "days" }
        ));
    } else if baseline.kind == "settled" && complete < SETTLING_DAYS {
        notes.push(format!("With {complete} days from go-live on nothing can settle, which takes {SETTLING_DAYS}: add days before go-live, or give targets in a plan with --plan."));
    }
    if let Some(end) = ends {
        notes.push(format!(
            "The log seems to end on {end}: from the next day on less than a twentieth of the usual arrives. These days were not calm, they were not recorded, and are not judged."
        ));
    }
    let gaps = days.iter().filter(|d| !d.complete && ends.is_none_or(|end| d.date <= end)).count();
    if gaps > 0 {
        notes.push(format!("On {gaps} {} next to nothing arrived; they are taken as not recorded.", if gaps == 1 { "day" } else { "days" }));
    }
    let has = history.measured;
    let missing: Vec<&str> =
        [(has.first_response, "first responses"), (has.handed, "handovers"), (has.contacts, "who the customers are"), (has.ratings, "ratings")]
            .into_iter()
            .filter(|(there, _)| !there)
            .map(|(_, what)| what)
            .collect();
    if !missing.is_empty() {
        notes.push(format!("The export does not say: {}. Nothing is judged by them.", missing.join(", ")));
    }
    if has.first_response && has.first_response_by_status {
        let held = if settings.plan.is_none() { "; it is shown, and exit does not wait for it" } else { "" };
        notes.push(format!(
            "The export does not say when a person first answered. Leaving the statuses that nobody has touched stands in for it{held}."
        ));
    }
    if let Some(plan) = &settings.plan {
        let measured = days.first().map(|d| &d.signals);
        let lacking: Vec<&str> =
            plan.signals.iter().filter(|s| s.required && measured.is_some_and(|m| !m.contains_key(s.key.as_str()))).map(|s| s.key.as_str()).collect();
        if !lacking.is_empty() {
            notes.push(format!("The plan waits for {}, of which the export says nothing: they are left out here.", lacking.join(", ")));
        }
    }
    if history.counts.rejected > 0 {
        notes.push(format!("{} of {} rows could not be read.", history.counts.rejected, history.counts.rows));
    }
    notes
}
