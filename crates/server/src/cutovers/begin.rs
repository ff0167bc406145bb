//! `POST /cutovers`: the runbook begins, for real or as a rehearsal.

use super::may;
use super::view::{CutoverView, one};
use crate::App;
use crate::http::{ApiResult, Body, Caller, May, Problem, perm};
use crate::windows;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use futures_util::FutureExt;
use hypercare_core::cutover::{Begin, Cutover, CutoverCommand};
use hypercare_core::window::Phase;
use hypercare_core::{CutoverId, Refusal, Stamp, WindowId};
use hypercare_store::queries::cutovers;
use hypercare_store::{Tx, WriteError};
use serde::Deserialize;
use utoipa::ToSchema;

/// What begins.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCutover {
    /// Of this window.
    pub window: WindowId,
    /// As a rehearsal: the window stays as it is, and the record is kept for comparison.
    #[serde(default)]
    pub rehearsal: bool,
}

/// Begins a runbook.
///
/// # Errors
/// 403 that names who may, 409 where the plan has none, the window is live or another run goes on.
pub async fn begin(app: &App, new: NewCutover, caller: &Caller, stamp: Stamp) -> ApiResult<Cutover> {
    let by = caller.clone();
    let begun: Result<Cutover, WriteError> = app.store.write(move |tx| async move { insert(tx, new, &by, &stamp).await }.boxed()).await;
    app.wake.notify_one();
    Ok(begun?)
}

async fn insert(tx: &mut Tx, new: NewCutover, caller: &Caller, stamp: &Stamp) -> Result<Cutover, WriteError> {
    let window = windows::named(tx, new.window).await?;
    let Some(runbook) = window.plan.runbook.clone() else {
        return Err(Refusal::conflict("The plan has no runbook: add [runbook] with its steps, and apply the plan.").into());
    };
    may::lead(tx, &runbook, caller, "begin").await?;
    if window.phase != Phase::Preparing {
        return Err(Refusal::conflict(format!("The window is {}: what is live cannot be taken live again.", window.phase.word())).into());
    }
    if let Some(other) = cutovers::running_in(tx, window.id).await? {
        let what = if other.rehearsal { "A rehearsal" } else { "A cutover" };
        return Err(Refusal::conflict(format!("{what} of this window goes on, begun by {}. Finish or stop it first.", other.begun_by)).into());
    }
    let id: CutoverId = tx.new_id(stamp.at);
    let begin = Begin { id, window: window.id, rehearsal: new.rehearsal, runbook, plan_version: window.plan_version };
    tx.execute::<Cutover>(id, CutoverCommand::Begin { begin: Box::new(begin) }, stamp, &()).await
}

/// Begin a cutover, or a rehearsal
///
/// The plan's runbook as it is now; a plan that is applied meanwhile changes nothing in it. Whom the runbook lets go live, and leads, may begin it. One goes
/// on at a time in a window.
#[utoipa::path(post, path = "/cutovers", operation_id = "begin_cutover", tag = "cutovers", request_body = NewCutover,
    responses((status = 201, body = CutoverView), (status = 403, description = "Names those who may", body = Problem), (status = "4XX", body = Problem)))]
pub(super) async fn begin_cutover(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    Body(new): Body<NewCutover>,
) -> ApiResult<(StatusCode, Json<CutoverView>)> {
    let begun = begin(&app, new, &caller, caller.stamp(&app)).await?;
    Ok((StatusCode::CREATED, Json(one(&app, &caller, begun).await?)))
}
