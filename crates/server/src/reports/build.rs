//! A report from what is stored.

use super::model::{Exit, Headline, Report};
use super::{answers, decisions, next_time, outcome, promises, streak, volume};
use crate::App;
use crate::signals::exit::ObjectiveProgress;
use crate::signals::list::SignalView;
use crate::signals::{objectives_in, overview, verdict_of};
use hypercare_core::signals::Signal;
use hypercare_core::window::{Phase, Window};
use hypercare_core::{Refusal, Span, WindowId};
use hypercare_store::queries;
use hypercare_store::{WriteError, load};

/// The signals with a chart.
const CHARTS: [Signal; 5] = [Signal::Contacts, Signal::FirstResponse, Signal::Backlog, Signal::RepeatShare, Signal::ReassuranceShare];

/// The report of a window as it stands; of a closed one, as it ended.
///
/// # Errors
/// A refusal that there is no such window, or that the store failed.
pub async fn build(app: &App, id: WindowId) -> Result<Report, WriteError> {
    let mut reader = app.reader();
    let window = load::<Window>(&mut reader, id.0).await?.ok_or_else(|| Refusal::not_found("window"))?;
    let o = overview(app, &window).await?;
    let verdict = verdict_of(app, &window, &o).await?;
    let known = queries::answers::of_window(&mut reader, Some(id)).await?;
    let signals: Vec<SignalView> = CHARTS.into_iter().filter_map(|s| o.signal(s)).map(|(closed, today)| SignalView::of(&o, closed, today)).collect();
    let mut report = Report {
        written_at: app.now(),
        headline: headline(&window, &o),
        outcome: vec![],
        phases: window.transitions.clone(),
        objectives: objectives_in(&o).into_iter().map(ObjectiveProgress::from).collect(),
        volume: volume::volume(&mut reader, &window, &o).await?,
        decisions: decisions::decisions(&mut reader, id, o.at).await?,
        answers: answers::lines(&known, &queries::answers::performance(&mut reader, Some(id), o.at).await?),
        promises: promises::promises(&mut reader, o.closed.days.start(o.closed.days.go_live), o.at + Span(1)).await?,
        signals,
        streak: streak::history(&verdict),
        exit: Exit {
            ready: verdict.ready,
            sentence: verdict.sentence,
            streak: verdict.streak,
            needed: verdict.needed,
            signed: window.transitions.iter().find(|t| t.to == Phase::Closed).cloned(),
        },
        next_time: vec![],
    };
    report.outcome = outcome::sentences(&report);
    report.next_time = next_time::lessons(&window, &known, &report);
    Ok(report)
}

fn headline(w: &Window, o: &crate::signals::overview::Overview) -> Headline {
    let plan = &w.plan;
    Headline {
        key: w.key.clone(),
        name: plan.window.name.clone(),
        phase: w.phase,
        change_kind: plan.change.kind,
        summary: plan.change.summary.clone(),
        owners: plan.change.owners.clone(),
        zone: plan.window.zone.clone(),
        go_live_at: o.closed.days.go_live_at,
        closed_at: w.closed_at,
        until: o.at,
        day: w.day(o.at),
        planned: plan.window.planned.map(|length| length.0.to_string()),
    }
}
