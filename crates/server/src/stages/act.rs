//! `POST /windows/{id}/stages/normalise` and `…/revert`: what people do.

use super::view::{StagesView, view};
use super::{history, judge};
use crate::App;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use crate::windows::load;
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::window::{Window, WindowCommand};
use hypercare_core::{Stamp, WindowId};
use serde::Deserialize;
use utoipa::ToSchema;

/// Which stage returns to normal promises.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NormaliseStage {
    /// Its name.
    stage: String,
    /// Why; needed for going past what is missing.
    #[serde(default)]
    reason: Option<String>,
    /// Also where something is missing that can be gone past.
    #[serde(default, rename = "override")]
    over: bool,
}

/// Which stage goes back to the window's promises.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RevertStage {
    /// Its name; every stage after it goes back too.
    stage: String,
    /// Why; people see it beside the stage.
    #[serde(default)]
    reason: String,
}

/// Return a stage to normal promises
///
/// New conversations of its categories get the normal promises; what was promised before is kept. Refused with everything
/// that is missing and what would do. A second click changes nothing.
#[utoipa::path(post, path = "/windows/{id}/stages/normalise", operation_id = "normalise_stage", tag = "windows", params(("id" = WindowId, Path)), request_body = NormaliseStage,
    responses((status = 200, body = StagesView), (status = 409, description = "Something is missing", body = Problem), (status = "4XX", body = Problem)))]
pub(super) async fn normalise_stage(
    caller: May<perm::WindowsWrite>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Body(wanted): Body<NormaliseStage>,
) -> ApiResult<Json<StagesView>> {
    let window = load(&mut app.reader(), id).await?;
    let history = Box::new(history(&app, &window).await?);
    let stamp = caller.stamp(&app).because(wanted.reason.unwrap_or_default());
    let command = WindowCommand::NormaliseStage { stage: wanted.stage, history, over: wanted.over };
    done(&app, id, command, stamp).await
}

/// Take a stage back to the window's promises
///
/// Every stage after it goes back too. Open conversations of their categories get the window's promises again; none is
/// late at once. A second click changes nothing.
#[utoipa::path(post, path = "/windows/{id}/stages/revert", operation_id = "revert_stage", tag = "windows", params(("id" = WindowId, Path)), request_body = RevertStage,
    responses((status = 200, body = StagesView), (status = "4XX", body = Problem)))]
pub(super) async fn revert_stage(
    caller: May<perm::WindowsWrite>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Body(wanted): Body<RevertStage>,
) -> ApiResult<Json<StagesView>> {
    let stamp = caller.stamp(&app).because(wanted.reason);
    done(&app, id, WindowCommand::RevertStage { stage: wanted.stage }, stamp).await
}

async fn done(app: &App, id: WindowId, command: WindowCommand, stamp: Stamp) -> ApiResult<Json<StagesView>> {
    let window = app.store.write(move |tx| async move { tx.execute::<Window>(id, command, &stamp, &()).await }.boxed()).await?;
    app.knowledge.stale();
    app.wake.notify_one();
    // A guard may have been burning already: it does not wait for midnight.
    judge(app, id).await?;
    view(app, &load(&mut app.reader(), window.id).await?).await.map(Json)
}
