//! `POST /cutovers/{id}/figures`: what your own monitoring measures.

use super::view::{CutoverView, one};
use crate::App;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::CutoverId;
use hypercare_core::cutover::{Cutover, CutoverCommand};
use hypercare_store::WriteError;
use serde::Deserialize;
use utoipa::ToSchema;

/// One figure.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SentFigure {
    /// Key of the runbook's figure.
    figure: String,
    /// Its value now.
    value: f64,
}

/// Send a figure
///
/// Of those that the runbook names. The last one holds until the next: a trigger on it is judged at once, and again when its time is over.
#[utoipa::path(post, path = "/cutovers/{id}/figures", operation_id = "send_cutover_figure", tag = "cutovers", params(("id" = CutoverId, Path)), request_body = SentFigure,
    responses((status = 200, body = CutoverView), (status = "4XX", body = Problem)))]
pub(super) async fn send_cutover_figure(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<CutoverId>,
    Body(sent): Body<SentFigure>,
) -> ApiResult<Json<CutoverView>> {
    let stamp = caller.stamp(&app);
    let command = CutoverCommand::Report { figure: sent.figure, value: sent.value };
    let after: Result<Cutover, WriteError> =
        app.store.write(move |tx| async move { tx.execute::<Cutover>(id, command, &stamp, &()).await }.boxed()).await;
    app.wake.notify_one();
    one(&app, &caller, after?).await.map(Json)
}
