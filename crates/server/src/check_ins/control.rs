//! Stopping and going on. Stopped means stopped: the next step looks first.

use super::view::{CheckInView, one};
use crate::App;
use crate::http::{ApiResult, May, PathId, Problem, perm};
use crate::windows;
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::check_in::{CheckIn, CheckInCommand};
use hypercare_core::{CheckInId, Stamp};
use hypercare_store::queries::check_ins;
use hypercare_store::{Tx, WriteError};

async fn go_on(tx: &mut Tx, id: CheckInId, stamp: Stamp) -> Result<CheckIn, WriteError> {
    let mut change = tx.change::<CheckIn>(id).await?;
    windows::named(tx, change.existing()?.window).await?;
    if change.run(CheckInCommand::Resume, &stamp, &())? {
        check_ins::step_at(tx, id, stamp.at).await?;
    }
    tx.save(change).await
}

/// Stop a check-in
///
/// Nobody more is asked. Who was asked can still answer.
#[utoipa::path(post, path = "/check-ins/{id}/stop", operation_id = "stop_check_in", tag = "check_ins", params(("id" = CheckInId, Path)),
    responses((status = 200, body = CheckInView), (status = "4XX", body = Problem)))]
pub(super) async fn stop_check_in(
    caller: May<perm::IssuesWrite>,
    State(app): State<App>,
    PathId(id): PathId<CheckInId>,
) -> ApiResult<Json<CheckInView>> {
    let stamp = caller.stamp(&app);
    let done: Result<CheckIn, WriteError> =
        app.store.write(move |tx| async move { tx.execute::<CheckIn>(id, CheckInCommand::Stop, &stamp, &()).await }.boxed()).await;
    one(&app, &caller, done?).await.map(Json)
}

/// Go on with a check-in that was stopped
#[utoipa::path(post, path = "/check-ins/{id}/resume", operation_id = "resume_check_in", tag = "check_ins", params(("id" = CheckInId, Path)),
    responses((status = 200, body = CheckInView), (status = "4XX", body = Problem)))]
pub(super) async fn resume_check_in(
    caller: May<perm::IssuesWrite>,
    State(app): State<App>,
    PathId(id): PathId<CheckInId>,
) -> ApiResult<Json<CheckInView>> {
    let stamp = caller.stamp(&app);
    let done: Result<CheckIn, WriteError> = app.store.write(move |tx| go_on(tx, id, stamp).boxed()).await;
    app.wake.notify_one();
    one(&app, &caller, done?).await.map(Json)
}
