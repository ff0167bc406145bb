//! `POST /actions/{id}/state`: done, dropped, or open again.

use super::view::{ActionView, one};
use crate::App;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::ActionId;
use hypercare_core::action::{Action, ActionCommand, State as Stands};
use hypercare_core::review::NOTE_LIMIT;
use hypercare_store::WriteError;
use serde::Deserialize;
use utoipa::ToSchema;

/// Where it stands from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActionSettled {
    /// done, dropped or open.
    to: Stands,
    /// Why: needed to drop it and to open it again.
    #[serde(default)]
    reason: Option<String>,
}

/// Finish, drop or reopen an action
#[utoipa::path(post, path = "/actions/{id}/state", operation_id = "settle_action", tag = "reviews", params(("id" = ActionId, Path)), request_body = ActionSettled,
    responses((status = 200, body = ActionView), (status = "4XX", body = Problem)))]
pub(super) async fn settle_action(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<ActionId>,
    Body(new): Body<ActionSettled>,
) -> ApiResult<Json<ActionView>> {
    if new.reason.as_ref().is_some_and(|reason| reason.chars().count() > NOTE_LIMIT) {
        return Err(Problem::unprocessable("reason", format!("At most {NOTE_LIMIT} characters.")));
    }
    let command = match new.to {
        Stands::Open => ActionCommand::Reopen,
        Stands::Done => ActionCommand::Finish,
        Stands::Dropped => ActionCommand::Drop,
    };
    let stamp = caller.stamp(&app).because(new.reason.unwrap_or_default());
    let action: Result<Action, WriteError> =
        app.store.write(move |tx| async move { tx.execute::<Action>(id, command, &stamp, &()).await }.boxed()).await;
    app.wake.notify_one();
    one(&app, action?).await.map(Json)
}
