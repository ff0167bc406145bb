//! The stages' rules: by example, as properties, and by simulation.

mod measured;
mod order;
mod promises;
mod properties;
mod reverts;
mod steps;

use super::{GuardDays, History, StageEvent};
use crate::plan::{Plan, PlannedStage, Scenario, SlaPolicy};
use crate::signals::{Basis, Day, NORMAL_Z, Score, Signal, State};
use crate::{Severity, Timestamp};
use jiff::ToSpan;
use jiff::civil::date;

/// Go-live is on day 0, a Monday.
pub(super) fn day(i: i64) -> Day {
    date(2026, 11, 16).checked_add(i.days()).unwrap()
}
/// The moment at which day `i` begins, in the plan's zone.
pub(super) fn midnight(i: i64) -> Timestamp {
    Timestamp::parse(&format!("{}T00:00:00Z", day(i))).unwrap()
}

pub(super) fn scenario(key: &str, category: &str, severity: Severity) -> Scenario {
    Scenario { key: key.into(), name: key.into(), category: category.into(), severity, ..Scenario::default() }
}
pub(super) fn stage(name: &str, categories: &[&str], automatic: bool) -> PlannedStage {
    let categories = categories.iter().map(|c| (*c).to_owned()).collect();
    PlannedStage { name: name.into(), categories, guards: vec!["contacts".into()], automatic }
}
/// A plan in UTC with these stages, each guarded by its contacts.
pub(super) fn plan(stages: Vec<PlannedStage>) -> Plan {
    let mut plan = Plan { stages, ..Plan::default() };
    plan.window.zone = "UTC".into();
    plan.sla.normal = Some(SlaPolicy::default());
    plan
}

/// A closed day with this distance from normal; NaN: cannot be compared.
pub(super) fn scored(z: f64) -> Score {
    let state = if z.is_nan() {
        State::Unknown
    } else if z > NORMAL_Z {
        State::Worse
    } else {
        State::Normal
    };
    Score { z: (!z.is_nan()).then_some(z), state, basis: Basis::Baseline, why: format!("z {z}"), ..Score::of(Some(10.0), Some(10.0)) }
}

/// The guards of `categories`, each with the same days from day 0 on.
pub(super) fn history(days: &[(&str, &[f64])]) -> History {
    let guard = |(category, zs): &(&str, &[f64])| GuardDays {
        signal: Signal::Contacts,
        category: (*category).to_owned(),
        days: zs.iter().enumerate().map(|(i, z)| (day(i as i64), scored(*z))).collect(),
    };
    History { guards: days.iter().map(guard).collect(), burning: vec![] }
}

/// An event in a few words: `+account` (`+account!` by itself), `-account,billing`, `?account`.
pub(super) fn word(event: &StageEvent) -> String {
    match event {
        StageEvent::Normalised { stage, automatic, .. } => format!("+{stage}{}", if *automatic { "!" } else { "" }),
        StageEvent::Reverted { stages, automatic, .. } => format!("-{}{}", stages.join(","), if *automatic { "!" } else { "" }),
        StageEvent::Offered { stage } => format!("?{stage}"),
        StageEvent::Tightened { category, .. } => format!("~{category}"),
    }
}
