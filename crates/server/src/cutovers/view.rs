//! A cutover as the API shows it.

mod triggers;

pub use triggers::TriggerView;
pub(super) use triggers::of as triggers;

use super::{may, reading};
use crate::App;
use crate::http::{ApiResult, Caller};
use crate::windows::{owner, rights};
use hypercare_core::cutover::{Cutover, State, Status, may_act, may_override, may_roll_back, schedule};
use hypercare_core::plan::StepKind;
use hypercare_core::{CutoverId, Span, Timestamp, WindowId};
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;

/// Somebody whom the plan names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = CutoverPerson)]
pub struct PersonView {
    /// Name, or the address of somebody who never signed in.
    name: String,
    /// E-mail address, or `shift-owner`.
    email: String,
}

/// A cutover in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CutoverSummary {
    /// Id.
    pub id: CutoverId,
    /// It is a rehearsal.
    pub rehearsal: bool,
    /// Where it stands.
    pub state: State,
    /// When it began.
    pub begun_at: Timestamp,
    /// Who began it.
    pub begun_by: String,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Who ended it.
    pub ended_by: Option<String>,
    /// Steps that are done.
    pub done: usize,
    /// Steps that were skipped.
    pub skipped: usize,
    /// All steps.
    pub total: usize,
    /// How long it was planned to take.
    pub planned: Span,
    /// How long it took, or is expected to take.
    pub took: Span,
    /// Triggers that fired.
    pub fired: usize,
}

/// A cutover.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Cutover)]
pub struct CutoverView {
    /// What a list shows of it.
    #[serde(flatten)]
    pub head: CutoverSummary,
    /// Of which window.
    pub window: WindowId,
    /// The version of the plan whose runbook it is.
    pub plan_version: u32,
    /// Counts what was done to it: name it at the point of no return and to go live.
    pub revision: u32,
    /// Its steps, in the order of the plan.
    pub steps: Vec<StepView>,
    /// Its triggers.
    pub triggers: Vec<TriggerView>,
    /// When it is planned to be done.
    pub planned_finish: Timestamp,
    /// When all is expected to be done; of one that is over: when it ended.
    pub finish: Timestamp,
    /// How much later than planned that is; negative: earlier.
    pub behind: Span,
    /// Keys of the chain of steps that decides the end, in their order.
    pub chain: Vec<String>,
    /// Who passed the point of no return.
    pub passed_by: Option<String>,
    /// When.
    pub passed_at: Option<Timestamp>,
    /// Why it ended.
    pub ended_because: Option<String>,
    /// It was rolled back past the point of no return.
    pub overridden: bool,
    /// Who presses the button; none where the plan leaves it to leads.
    pub go_live_by: Option<PersonView>,
    /// Who may roll back now: names, or addresses of people who never signed in. Leads may always.
    pub may_roll_back: Vec<String>,
    /// Who may roll back past the point of no return.
    pub may_override: Vec<String>,
    /// Whether you may finish or stop it.
    pub you_may_lead: bool,
    /// Whether you may roll back now.
    pub you_may_roll_back: bool,
}

/// A step.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = CutoverStep)]
pub struct StepView {
    /// Key.
    pub key: String,
    /// What is done.
    pub title: String,
    /// Kind.
    pub kind: StepKind,
    /// Who does it or rules; none where nobody is named.
    pub owner: Option<PersonView>,
    /// Planned duration.
    pub takes: Span,
    /// Keys of the steps it waits for.
    pub after: Vec<String>,
    /// Titles of those that are not done yet.
    pub waits_for: Vec<String>,
    /// How one sees that it is done.
    pub validation: String,
    /// Where it stands.
    pub status: Status,
    /// Name it when you change the step.
    pub revision: u32,
    /// Whether it can begin, or be ruled, now.
    pub can_begin: bool,
    /// Whether you may do it.
    pub you_may: bool,
    /// When it is planned to begin.
    pub planned_start: Timestamp,
    /// When it is planned to end.
    pub planned_finish: Timestamp,
    /// When it began, or is expected to.
    pub start: Timestamp,
    /// When it ended, or is expected to.
    pub finish: Timestamp,
    /// When it was begun; none before.
    pub started_at: Option<Timestamp>,
    /// By whom.
    pub started_by: Option<String>,
    /// When it was done, failed, skipped or ruled.
    pub ended_at: Option<Timestamp>,
    /// By whom.
    pub ended_by: Option<String>,
    /// Why it failed, was skipped or was ruled so.
    pub reason: Option<String>,
    /// What shows it.
    pub evidence: Option<String>,
    /// It takes longer than planned, and who owns it was told.
    pub late: bool,
    /// It is on the chain that decides the end.
    pub critical: bool,
}

/// Somebody by the word of the plan; none for an empty one.
pub(super) fn person(word: &str, names: &HashMap<String, String>) -> Option<PersonView> {
    match word.trim() {
        "" => None,
        "shift-owner" => Some(PersonView { name: "Whoever is on duty".into(), email: "shift-owner".into() }),
        email => Some(PersonView { name: owner::name_of(names, email), email: email.to_owned() }),
    }
}

/// A cutover as a list shows it.
pub(super) fn summary(c: &Cutover, now: Timestamp) -> CutoverSummary {
    let (done, skipped) = c.counts();
    CutoverSummary {
        id: c.id,
        rehearsal: c.rehearsal,
        state: c.state,
        begun_at: c.begun_at,
        begun_by: c.begun_by.clone(),
        ended_at: c.ended_at,
        ended_by: c.ended_by.clone(),
        done,
        skipped,
        total: c.steps.len(),
        planned: schedule::length(&c.runbook),
        took: schedule::project(c, now).finish - c.begun_at,
        fired: c.triggers.iter().filter(|own| own.fired_at.is_some()).count(),
    }
}

/// The view of one cutover, as this caller sees it.
///
/// # Errors
/// When the database fails.
pub(super) async fn one(app: &App, caller: &Caller, c: Cutover) -> ApiResult<CutoverView> {
    let (mut reader, now) = (app.reader(), app.now());
    let window = crate::windows::load(&mut reader, c.window).await?;
    let names = owner::names(&mut reader).await?;
    let on_duty = may::on_duty(&mut reader, &window, now).await?;
    // What is over keeps what it was; nothing is read for it any more.
    let readings = if c.state.is_over() { vec![] } else { reading::read(app, &window, &c.runbook).await? };
    let expected = schedule::project(&c, now);
    let back = may_roll_back(&c, on_duty.as_deref());
    let may_override = may_override(&c);
    let named = caller.user.as_ref().is_some_and(|p| may_override.emails.contains(&p.email.trim().to_lowercase()));
    let you_may_roll_back = !c.state.is_over() && if c.passed.is_some() { named } else { rights::allow(&back, caller) && caller.user.is_some() };
    Ok(CutoverView {
        steps: steps(&c, &expected, caller, on_duty.as_deref(), &names),
        triggers: triggers(&c.runbook, Some(&c), &readings, now),
        planned_finish: c.begun_at + schedule::length(&c.runbook),
        finish: expected.finish,
        behind: expected.behind,
        chain: expected.chain,
        head: summary(&c, now),
        window: c.window,
        plan_version: c.plan_version,
        revision: c.revision,
        passed_by: c.passed.as_ref().map(|p| p.by.clone()),
        passed_at: c.passed.as_ref().map(|p| p.at),
        overridden: c.overridden,
        go_live_by: person(&c.runbook.go_live_by, &names),
        may_roll_back: rights::names(&back, &names),
        may_override: rights::names(&may_override, &names),
        you_may_lead: may::leads(&c.runbook, caller) && caller.user.is_some(),
        you_may_roll_back,
        ended_because: c.ended_because,
    })
}

fn steps(c: &Cutover, expected: &schedule::Projection, caller: &Caller, on_duty: Option<&str>, names: &HashMap<String, String>) -> Vec<StepView> {
    let planned = schedule::planned(&c.runbook);
    let mut shown = vec![];
    for (place, (step, own)) in c.all().enumerate() {
        let (from, to) = planned.get(place).copied().unwrap_or_default();
        let (start, finish) = expected.steps.get(place).copied().unwrap_or((c.begun_at, c.begun_at));
        shown.push(StepView {
            key: step.key.clone(),
            title: step.title.clone(),
            kind: step.kind,
            owner: person(&step.owner, names),
            takes: step.takes.map_or(Span::ZERO, |l| l.0),
            after: step.after.clone(),
            waits_for: c.missing(step).into_iter().map(str::to_owned).collect(),
            validation: step.validation.clone(),
            status: own.status,
            revision: own.revision,
            can_begin: c.can_begin(step, own),
            you_may: rights::allow(&may_act(step, on_duty), caller),
            planned_start: c.begun_at + from,
            planned_finish: c.begun_at + to,
            start,
            finish,
            started_at: own.started_at,
            started_by: own.started_by.clone(),
            ended_at: own.ended_at,
            ended_by: own.ended_by.clone(),
            reason: own.reason.clone(),
            evidence: own.evidence.clone(),
            late: own.late_at.is_some(),
            critical: expected.chain.contains(&step.key),
        });
    }
    shown
}
