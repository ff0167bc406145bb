//! How a cutover ends: rolled back, stopped, or live.

use super::may;
use super::view::{CutoverView, one};
use crate::App;
use crate::http::{ApiResult, Body, Caller, May, PathId, Problem, perm};
use crate::windows;
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::cutover::{Cutover, CutoverCommand};
use hypercare_core::{CutoverId, Stamp};
use hypercare_store::{Tx, WriteError};
use serde::Deserialize;
use utoipa::ToSchema;

/// Why the change is taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RollBackBody {
    /// Why.
    #[serde(default)]
    reason: String,
    /// Past the point of no return all the same: only whom the plan names in `may_override`.
    #[serde(default)]
    over: bool,
}

/// Why it ends before it is done.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StopBody {
    /// Why.
    #[serde(default)]
    reason: String,
}

/// That all is done.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FinishBody {
    /// The cutover's revision that you have seen.
    revision: u32,
    /// Why you go on without what is missing, where the plan has gaps; kept with the window's step.
    #[serde(default)]
    reason: String,
}

async fn roll_back(tx: &mut Tx, id: CutoverId, over: bool, caller: &Caller, stamp: &Stamp) -> Result<Cutover, WriteError> {
    let mut change = tx.change::<Cutover>(id).await?;
    let c = change.existing()?;
    let window = windows::of(tx, c.window).await?;
    let email = may::person(caller)?;
    let over = (over && c.passed.is_some()).then_some(email);
    // Whom the plan lets override need not be among those who may roll back before.
    if over.is_none() {
        may::roll_back(tx, &window, c, caller, stamp.at).await?;
    }
    change.run(CutoverCommand::RollBack { over }, stamp, &())?;
    tx.save(change).await
}

async fn stop(tx: &mut Tx, id: CutoverId, caller: &Caller, stamp: &Stamp) -> Result<Cutover, WriteError> {
    let mut change = tx.change::<Cutover>(id).await?;
    may::lead(tx, &change.existing()?.runbook, caller, "stop").await?;
    change.run(CutoverCommand::Stop, stamp, &())?;
    tx.save(change).await
}

/// All is done: the window opens, unless it is a rehearsal.
///
/// # Errors
/// 403 that names who may, 409 where something is not done, or stands in the way of going live and the stamp has no reason.
pub async fn finish(app: &App, id: CutoverId, seen: u32, caller: &Caller, stamp: Stamp) -> ApiResult<Cutover> {
    let by = caller.clone();
    let after: Result<Cutover, WriteError> = app.store.write(move |tx| async move { open(tx, id, seen, &by, &stamp).await }.boxed()).await;
    app.knowledge.stale();
    app.wake.notify_one();
    Ok(after?)
}

async fn open(tx: &mut Tx, id: CutoverId, seen: u32, caller: &Caller, stamp: &Stamp) -> Result<Cutover, WriteError> {
    let mut change = tx.change::<Cutover>(id).await?;
    may::lead(tx, &change.existing()?.runbook, caller, "finish").await?;
    may::person(caller)?;
    let happened = change.run(CutoverCommand::Finish { seen: Some(seen) }, stamp, &())?;
    let after = tx.save(change).await?;
    if happened && !after.rehearsal {
        let record = format!("The cutover runbook is finished: {}.", after.summary());
        windows::open_by_runbook(tx, after.window, &record, stamp).await?;
    }
    Ok(after)
}

/// Roll back
///
/// The change is taken back: this run is over, and the window stays closed. Whom the runbook or a trigger that fired names, the decision owner where none is
/// named, and leads may. Past the point of no return it is refused, unless somebody whom the plan names in `may_override` says so with `over`.
#[utoipa::path(post, path = "/cutovers/{id}/roll-back", operation_id = "roll_back_cutover", tag = "cutovers", params(("id" = CutoverId, Path)), request_body = RollBackBody,
    responses((status = 200, body = CutoverView), (status = 403, description = "Names those who may", body = Problem), (status = "4XX", body = Problem)))]
pub(super) async fn roll_back_cutover(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<CutoverId>,
    Body(body): Body<RollBackBody>,
) -> ApiResult<Json<CutoverView>> {
    let (by, stamp) = (Caller::clone(&caller), caller.stamp(&app).because(body.reason));
    let over = body.over;
    let after: Result<Cutover, WriteError> = app.store.write(move |tx| async move { roll_back(tx, id, over, &by, &stamp).await }.boxed()).await;
    app.wake.notify_one();
    one(&app, &caller, after?).await.map(Json)
}

/// Stop
///
/// The run ends before it is done: another night, or a rehearsal that has shown enough. Whom the runbook lets go live, and leads, may.
#[utoipa::path(post, path = "/cutovers/{id}/stop", operation_id = "stop_cutover", tag = "cutovers", params(("id" = CutoverId, Path)), request_body = StopBody,
    responses((status = 200, body = CutoverView), (status = "4XX", body = Problem)))]
pub(super) async fn stop_cutover(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<CutoverId>,
    Body(body): Body<StopBody>,
) -> ApiResult<Json<CutoverView>> {
    let (by, stamp) = (Caller::clone(&caller), caller.stamp(&app).because(body.reason));
    let after: Result<Cutover, WriteError> = app.store.write(move |tx| async move { stop(tx, id, &by, &stamp).await }.boxed()).await;
    app.wake.notify_one();
    one(&app, &caller, after?).await.map(Json)
}

/// Go live
///
/// All steps are done: the window opens, in the same moment. What the plan lacks stands in the way as it does without a runbook: a reason goes past it. A
/// rehearsal ends here and leaves the window as it is.
#[utoipa::path(post, path = "/cutovers/{id}/finish", operation_id = "finish_cutover", tag = "cutovers", params(("id" = CutoverId, Path)), request_body = FinishBody,
    responses((status = 200, body = CutoverView), (status = 409, description = "Something stands in the way", body = Problem), (status = "4XX", body = Problem)))]
pub(super) async fn finish_cutover(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<CutoverId>,
    Body(body): Body<FinishBody>,
) -> ApiResult<Json<CutoverView>> {
    let stamp = caller.stamp(&app).because(body.reason);
    let after = finish(&app, id, body.revision, &caller, stamp).await?;
    one(&app, &caller, after).await.map(Json)
}
