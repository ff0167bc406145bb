//! `POST /cutovers/{id}/steps`: what is done to one step.

use super::may;
use super::view::{CutoverView, one};
use crate::App;
use crate::http::{ApiResult, Body, Caller, May, PathId, Problem, perm};
use crate::windows;
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::cutover::{Act, Cutover, CutoverCommand};
use hypercare_core::{CutoverId, Refusal, Stamp};
use hypercare_store::{Tx, WriteError};
use serde::Deserialize;
use utoipa::ToSchema;

/// What can be done to a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StepAct {
    /// Begin it, or try again.
    Start,
    /// It is done; a smoke check has passed.
    Done,
    /// It did not work; a smoke check has failed.
    Fail,
    /// Leave it out.
    Skip,
    /// A gate: go.
    Go,
    /// A gate: no-go.
    NoGo,
    /// Pass the point of no return.
    Pass,
}

/// What is done to which step.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StepChange {
    /// The step's key.
    step: String,
    /// What is done.
    act: StepAct,
    /// The step's revision that you have seen.
    revision: u32,
    /// Why; needed to fail, to skip and to rule.
    #[serde(default)]
    reason: String,
    /// What shows that it is done: a note, a number, an address.
    #[serde(default)]
    evidence: Option<String>,
    /// For the point of no return: you mean it.
    #[serde(default)]
    confirm: bool,
    /// For the point of no return: the cutover's revision that you have seen.
    #[serde(default)]
    cutover_revision: Option<u32>,
}

async fn change(tx: &mut Tx, id: CutoverId, wanted: &StepChange, caller: &Caller, stamp: &Stamp) -> Result<Cutover, WriteError> {
    let mut change = tx.change::<Cutover>(id).await?;
    let c = change.existing()?;
    let Some(step) = c.runbook.step(&wanted.step).cloned() else {
        return Err(Refusal::field("step", format!("This runbook has no step `{}`.", wanted.step)).into());
    };
    let window = windows::of(tx, c.window).await?;
    may::act(tx, &window, &step, caller, stamp.at).await?;
    let act = match wanted.act {
        StepAct::Start => Act::Start,
        StepAct::Done => Act::Done { evidence: wanted.evidence.clone() },
        StepAct::Fail => Act::Fail,
        StepAct::Skip => Act::Skip,
        StepAct::Go => Act::Rule { go: true },
        StepAct::NoGo => Act::Rule { go: false },
        StepAct::Pass => Act::Pass { confirmed: wanted.confirm },
    };
    if matches!(wanted.act, StepAct::Go | StepAct::NoGo | StepAct::Pass) {
        may::person(caller)?;
    }
    if wanted.evidence.is_some() && wanted.act != StepAct::Done {
        return Err(Refusal::field("evidence", "Evidence shows that something is done: send it with `done`, and say `reason` otherwise.").into());
    }
    change.run(CutoverCommand::Step { step: step.key, act, seen: Some(wanted.revision), whole: wanted.cutover_revision }, stamp, &())?;
    tx.save(change).await
}

/// Do something to a step
///
/// Its owner and leads may. A step begins when all that it waits for is done or skipped. A gate is ruled by a person, with a reason; the point of no return
/// is passed by a person who confirms it. The same again changes nothing.
#[utoipa::path(post, path = "/cutovers/{id}/steps", operation_id = "change_cutover_step", tag = "cutovers", params(("id" = CutoverId, Path)), request_body = StepChange,
    responses((status = 200, body = CutoverView), (status = 403, description = "Names those who may", body = Problem), (status = "4XX", body = Problem)))]
pub(super) async fn change_cutover_step(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<CutoverId>,
    Body(wanted): Body<StepChange>,
) -> ApiResult<Json<CutoverView>> {
    let (by, stamp) = (Caller::clone(&caller), caller.stamp(&app).because(wanted.reason.clone()));
    let after: Result<Cutover, WriteError> = app.store.write(move |tx| async move { change(tx, id, &wanted, &by, &stamp).await }.boxed()).await;
    app.wake.notify_one();
    one(&app, &caller, after?).await.map(Json)
}
