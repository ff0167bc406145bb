//! `GET /windows/{id}/runbook`: how the change goes live, before it does.

use super::may;
use super::reading;
use super::view::{PersonView, TriggerView, person, triggers};
use crate::App;
use crate::http::{ApiResult, May, PathId, Problem, perm};
use crate::windows::owner;
use axum::Json;
use axum::extract::State;
use hypercare_core::cutover::schedule;
use hypercare_core::plan::StepKind;
use hypercare_core::window::Phase;
use hypercare_core::{Span, Timestamp, WindowId};
use hypercare_store::queries::cutovers;
use serde::Serialize;
use utoipa::ToSchema;

/// The plan's runbook.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Runbook {
    /// Its steps, in the order of the plan.
    steps: Vec<PlannedStep>,
    /// How long it is planned to take.
    length: Span,
    /// When to begin, to be live at the plan's go-live.
    begin_by: Timestamp,
    /// Its triggers, with what they read at this moment.
    triggers: Vec<TriggerView>,
    /// Who presses the button; none where the plan leaves it to leads.
    go_live_by: Option<PersonView>,
    /// Whom the plan lets roll back, as it names them.
    may_roll_back: Vec<String>,
    /// Whom it lets roll back past the point of no return.
    may_override: Vec<String>,
    /// Rehearsals that are over.
    rehearsals: i64,
    /// Whether you may begin it.
    you_may_begin: bool,
    /// Whether it can begin: the window is not live yet.
    open: bool,
}

/// A step as it is planned.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RunbookPlannedStep)]
pub struct PlannedStep {
    /// Key.
    key: String,
    /// What is done.
    title: String,
    /// Kind.
    kind: StepKind,
    /// Who does it or rules; none where nobody is named.
    owner: Option<PersonView>,
    /// How long it takes.
    takes: Span,
    /// Keys of the steps it waits for.
    after: Vec<String>,
    /// How one sees that it is done.
    validation: String,
    /// When it begins, counted from the beginning.
    starts_after: Span,
    /// It is on the chain that decides the end.
    critical: bool,
}

/// How the change goes live
///
/// The runbook of the plan as it would begin now; null where the plan has none.
#[utoipa::path(get, path = "/windows/{id}/runbook", operation_id = "get_runbook", tag = "cutovers", params(("id" = WindowId, Path)),
    responses((status = 200, body = Option<Runbook>), (status = "4XX", body = Problem)))]
pub(super) async fn get_runbook(caller: May<perm::Read>, State(app): State<App>, PathId(id): PathId<WindowId>) -> ApiResult<Json<Option<Runbook>>> {
    let window = crate::windows::load(&mut app.reader(), id).await?;
    let Some(runbook) = &window.plan.runbook else { return Ok(Json(None)) };
    let readings = reading::read(&app, &window, runbook).await?;
    let names = owner::names(&mut app.reader()).await?;
    let (times, chain, length) = (schedule::planned(runbook), schedule::planned_chain(runbook), schedule::length(runbook));
    let steps = runbook.steps.iter().zip(times).map(|(step, (from, _))| PlannedStep {
        key: step.key.clone(),
        title: step.title.clone(),
        kind: step.kind,
        owner: person(&step.owner, &names),
        takes: step.takes.map_or(Span::ZERO, |l| l.0),
        after: step.after.clone(),
        validation: step.validation.clone(),
        starts_after: from,
        critical: chain.contains(&step.key.as_str()),
    });
    Ok(Json(Some(Runbook {
        steps: steps.collect(),
        length,
        begin_by: window.go_live_at - length,
        triggers: triggers(runbook, None, &readings, app.now()),
        go_live_by: person(&runbook.go_live_by, &names),
        may_roll_back: runbook.may_roll_back.iter().map(|who| owner::name_of(&names, who)).collect(),
        may_override: runbook.may_override.iter().map(|who| owner::name_of(&names, who)).collect(),
        rehearsals: cutovers::rehearsed(&mut app.reader(), id).await?,
        you_may_begin: may::leads(runbook, &caller),
        open: window.phase == Phase::Preparing,
    })))
}
