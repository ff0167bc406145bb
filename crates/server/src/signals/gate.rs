//! Objectives and exit, from the same days that screens show.

use super::overview::{DayScore, Overview, overview};
use super::series::Series;
use crate::App;
use hypercare_core::exit::{self, DayFacts, Input, Judged, ObjectiveFacts};
use hypercare_core::objectives::{Circumstances, Progress, ProgressState, progress};
use hypercare_core::plan::Objective;
use hypercare_core::signals::{Day, Score, Signal};
use hypercare_core::window::Window;
use hypercare_store::StoreError;
use std::collections::BTreeMap;

/// Where each objective of the plan stands, in its order.
///
/// # Errors
/// When the database fails.
pub async fn objectives(app: &App, w: &Window) -> Result<Vec<ObjectiveFacts>, StoreError> {
    Ok(objectives_in(w, &*overview(app, w).await?))
}

/// Whether the window may end, why, and what is missing.
///
/// # Errors
/// When the database fails.
pub async fn exit_verdict(app: &App, w: &Window) -> Result<exit::Verdict, StoreError> {
    Ok(verdict_in(w, &*overview(app, w).await?))
}

pub(crate) fn objectives_in(w: &Window, o: &Overview) -> Vec<ObjectiveFacts> {
    let days = &o.closed.days;
    let one = |objective: &Objective| {
        let progress = if o.at < days.go_live_at {
            let sentence = "Measured from go-live on.".to_owned();
            Progress { state: ProgressState::InsufficientData, settled: false, sentence }
        } else {
            let circumstances = Circumstances { go_live: days.go_live_at, now: o.at, zone: &w.plan.window.zone, margin: w.plan.exit.margin };
            progress(objective, &scores(o, objective), &circumstances)
        };
        ObjectiveFacts { key: objective.key.clone(), name: objective.name.clone(), progress }
    };
    w.plan.objectives.iter().map(one).collect()
}

fn scores(o: &Overview, objective: &Objective) -> Vec<(Day, Score)> {
    let Some(signal) = Signal::from_key(&objective.signal) else { return vec![] };
    let wanted = Series { signal, category: objective.category.clone() };
    let found = o.series().find(|(s, _)| s.series == wanted);
    found.into_iter().flat_map(|(closed, today)| closed.days.iter().chain([today])).map(|d| (d.day, d.score.clone())).collect()
}

pub(crate) fn verdict_in(w: &Window, o: &Overview) -> exit::Verdict {
    let objectives = objectives_in(w, o);
    let days = since_go_live(o);
    exit::verdict(&Input { exit: &w.plan.exit, days: &days, objectives: &objectives, missing_sign_offs: &[] })
}

fn since_go_live(o: &Overview) -> Vec<DayFacts> {
    let go_live = o.closed.days.go_live;
    let mut days: BTreeMap<Day, DayFacts> = BTreeMap::new();
    for (closed, today) in o.series().filter(|(s, _)| s.series.category.is_none()) {
        let signal = closed.series.signal;
        for d in closed.days.iter().chain([today]).filter(|d| d.day >= go_live) {
            let facts = days.entry(d.day).or_insert_with(|| DayFacts { date: d.day, complete: d.score.complete, signals: vec![], critical_open: 0 });
            if signal == Signal::CriticalOpen {
                facts.critical_open = whole(d);
            }
            if closed.planned {
                facts.signals.push(Judged { signal, required: closed.required, score: d.score.clone() });
            }
        }
    }
    days.into_values().collect()
}

/// A level of whole things; the cast saturates.
fn whole(d: &DayScore) -> u32 {
    d.score.value.unwrap_or_default().round() as u32
}
