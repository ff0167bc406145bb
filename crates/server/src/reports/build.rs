//! A report from what is stored.

use super::model::{Exit, Headline, Report};
use super::next_time::Record;
use super::words::When;
use super::{answers, decisions, excess, knowledge, moments, next_time, outcome, people as load_of, promises, streak, told, volume};
use crate::App;
use crate::signals::exit::ObjectiveProgress;
use crate::signals::list::SignalView;
use crate::signals::overview::{ClosedSeries, DayScore, Overview};
use crate::signals::{objectives_in, overview, verdict_of};
use hypercare_core::answer::Answer;
use hypercare_core::signals::Signal;
use hypercare_core::window::{Phase, Window};
use hypercare_core::{Refusal, Span, WindowId};
use hypercare_store::queries::{self, lessons, people};
use hypercare_store::{WriteError, load};
use std::collections::HashMap;

/// A report with what it was made from.
pub struct Built {
    /// The window.
    pub window: Window,
    /// Its answers.
    pub answers: Vec<Answer>,
    /// The report.
    pub report: Report,
    /// How often each answer was said, by id.
    pub uses: HashMap<i64, i64>,
}

/// The report of a window as it stands; of a closed one, as it ended.
///
/// # Errors
/// A refusal that there is no such window, or that the store failed.
pub async fn build(app: &App, id: WindowId) -> Result<Report, WriteError> {
    built(app, id).await.map(|b| b.report)
}

/// The same with what it was made from.
///
/// # Errors
/// As [`build`].
pub async fn built(app: &App, id: WindowId) -> Result<Built, WriteError> {
    let mut reader = app.reader();
    let window = load::<Window>(&mut reader, id.0).await?.ok_or_else(|| Refusal::not_found("window"))?;
    let o = overview(app, &window).await?;
    let verdict = verdict_of(app, &window, &o).await?;
    let known = queries::answers::of_window(&mut reader, Some(id)).await?;
    let performance = queries::answers::performance(&mut reader, Some(id), o.at).await?;
    let replies = lessons::first_replies(&mut reader, id, o.at - Span::days(1)).await?;
    let since = o.closed.days.start(o.closed.days.go_live);
    let (promised, changes) = promises::promises(&mut reader, since, o.at + Span(1)).await?;
    let marked = crate::windows::markers(app, &window).await?;
    let volume = volume::volume(&mut reader, &window, &o).await?;
    let everybody = people::list(&mut reader).await?;
    let mut report = Report {
        written_at: app.now(),
        headline: headline(&window, &o, &everybody),
        outcome: vec![],
        phases: window.transitions.clone(),
        objectives: objectives_in(&o).into_iter().map(ObjectiveProgress::from).collect(),
        excess: excess::excess(&o, &volume),
        volume,
        decisions: decisions::decisions(&mut reader, &window, o.at).await?,
        answers: answers::lines(&window.plan, &known, &performance, &replies),
        promises: promised,
        people: load_of::people(&mut reader, &window, since, o.at).await?,
        knowledge: knowledge::knowledge(&mut reader, id, &window.plan, &known).await?,
        updates: told::effects(&mut reader, &window, o.at).await?,
        check_ins: told::check_ins(&mut reader, &window).await?,
        signals: signals(&o),
        moments: moments::moments(marked, &When::in_zone(&window.plan.window.zone)),
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
    let addresses = addresses(everybody);
    let escalated = lessons::escalated_by(&mut reader, id).await?;
    let record = Record { window: &window, answers: &known, addresses: &addresses, escalated: &escalated, promises: &changes };
    report.next_time = next_time::lessons(&record, &report);
    let uses = performance.iter().map(|p| (p.all.answer_id, p.all.uses)).collect();
    Ok(Built { window, answers: known, report, uses })
}

/// Every signal that the plan names or that was measured since go-live.
fn signals(o: &Overview) -> Vec<SignalView> {
    let is_told = |(closed, today): &(&ClosedSeries, &DayScore)| {
        closed.planned || closed.days.iter().chain([*today]).any(|d| d.day >= o.closed.days.go_live && d.score.value.is_some())
    };
    Signal::ALL.into_iter().filter_map(|s| o.signal(s)).filter(is_told).map(|(closed, today)| SignalView::of(o, closed, today)).collect()
}

/// Addresses by name; a name that two have says nobody.
fn addresses(all: Vec<people::Person>) -> HashMap<String, String> {
    let mut found: HashMap<String, Option<String>> = HashMap::new();
    for person in all {
        found.entry(person.name).and_modify(|one| *one = None).or_insert(Some(person.email));
    }
    found.into_iter().filter_map(|(name, email)| Some((name, email?))).collect()
}

fn headline(w: &Window, o: &Overview, everybody: &[people::Person]) -> Headline {
    let name = |email: &String| everybody.iter().find(|p| p.email.eq_ignore_ascii_case(email)).map_or_else(|| email.clone(), |p| p.name.clone());
    let plan = &w.plan;
    Headline {
        key: w.key.clone(),
        name: plan.window.name.clone(),
        phase: w.phase,
        change_kind: plan.change.kind,
        summary: plan.change.summary.clone(),
        owners: plan.change.owners.iter().map(name).collect(),
        zone: plan.window.zone.clone(),
        go_live_at: o.closed.days.go_live_at,
        closed_at: w.closed_at,
        until: o.at,
        day: w.day(o.at),
        planned: plan.window.planned.map(|length| length.0.to_string()),
    }
}
