//! `POST /updates/{id}/ask`, `/approve` and `/publish`. The plan can name anybody who works on conversations, so the route of an approval asks
//! for that much and the plan's rights for the rest.

use super::view::{UpdateView, one};
use crate::App;
use crate::http::{ApiResult, Body, Caller, May, PathId, Problem, perm};
use crate::windows::{owner, rights};
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::update::{Update, UpdateCommand, UpdateEvent, may_approve};
use hypercare_core::window::Window;
use hypercare_core::{Refusal, Stamp, UpdateId};
use hypercare_store::queries::updates::{self, Way};
use hypercare_store::{Tx, WriteError};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

/// Which revision of the draft was read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadRevision {
    /// Its number.
    revision: u32,
}

/// Lets a draft be said.
///
/// # Errors
/// 403 with the names of those who may, 409 when it was changed since, 422 naming what is missing, 404.
pub async fn approve(app: &App, caller: &Caller, id: UpdateId, revision: u32) -> ApiResult<Update> {
    let (caller, stamp) = (caller.clone(), caller.stamp(app));
    Ok(app.store.write(move |tx| allow(tx, caller, id, revision, stamp).boxed()).await?)
}

async fn allow(tx: &mut Tx, caller: Caller, id: UpdateId, revision: u32, stamp: Stamp) -> Result<Update, WriteError> {
    let mut change = tx.change::<Update>(id).await?;
    let matter = change.existing()?;
    let topics = matter.draft.as_ref().map(|d| d.content.topics.clone()).unwrap_or_default();
    let window = hypercare_store::load::<Window>(tx, matter.window.0).await?.ok_or_else(|| Refusal::not_found("window"))?;
    let on_duty = owner::email_at(tx, &window, stamp.at).await?;
    let approvers = may_approve(&window.plan, &topics, on_duty.as_deref());
    if !rights::allow(&approvers, &caller) {
        return Err(rights::only(&approvers, &owner::names(tx).await?, "approve", "Ask for approval; your draft is kept.").into());
    }
    change.run(UpdateCommand::Approve { revision }, &stamp, &())?;
    tx.save(change).await
}

/// Tells everybody: the entry, and with it what is to be sent, in one transaction.
///
/// # Errors
/// 409 when it is not approved or was changed since, 422 naming what is missing, 404.
pub async fn publish(app: &App, id: UpdateId, revision: u32, stamp: Stamp) -> ApiResult<Update> {
    let update: Result<Update, WriteError> = app.store.write(move |tx| tell(tx, id, revision, stamp).boxed()).await;
    app.wake.notify_one();
    Ok(update?)
}

async fn tell(tx: &mut Tx, id: UpdateId, revision: u32, stamp: Stamp) -> Result<Update, WriteError> {
    let mut change = tx.change::<Update>(id).await?;
    change.run(UpdateCommand::Publish { revision }, &stamp, &())?;
    let published = change.events().find_map(|event| match event {
        UpdateEvent::Published { entry, .. } => Some(entry.id),
        _ => None,
    });
    let update = tx.save(change).await?;
    if let Some(entry) = published {
        updates::mail_next(tx, id, stamp.at).await?;
        if updates::slack(tx, update.window).await?.is_some() {
            let body = json!({ "update": id, "entry": entry }).to_string();
            updates::queue(tx, Way::Slack, update.window.0, &body, stamp.at).await?;
        }
    }
    Ok(update)
}

/// Ask for approval
#[utoipa::path(post, path = "/updates/{id}/ask", operation_id = "ask_update_approval", tag = "updates", params(("id" = UpdateId, Path)),
    responses((status = 200, body = UpdateView), (status = "4XX", body = Problem)))]
pub(super) async fn ask_approval(
    caller: May<perm::AnswersDraft>,
    State(app): State<App>,
    PathId(id): PathId<UpdateId>,
) -> ApiResult<Json<UpdateView>> {
    let stamp = caller.stamp(&app);
    let update: Result<Update, WriteError> =
        app.store.write(move |tx| async move { tx.execute::<Update>(id, UpdateCommand::Ask, &stamp, &()).await }.boxed()).await;
    one(&app, &caller, update?).await.map(Json)
}

/// Approve the draft
#[utoipa::path(post, path = "/updates/{id}/approve", operation_id = "approve_update", tag = "updates", params(("id" = UpdateId, Path)), request_body = ReadRevision,
    responses((status = 200, body = UpdateView), (status = 403, description = "Names those who may", body = Problem), (status = "4XX", body = Problem)))]
pub(super) async fn approve_update(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<UpdateId>,
    Body(read): Body<ReadRevision>,
) -> ApiResult<Json<UpdateView>> {
    let update = approve(&app, &caller, id, read.revision).await?;
    one(&app, &caller, update).await.map(Json)
}

/// Publish the draft
///
/// Every place shows it from this moment. It cannot be changed afterwards: what is wrong is corrected by a new entry.
#[utoipa::path(post, path = "/updates/{id}/publish", operation_id = "publish_update", tag = "updates", params(("id" = UpdateId, Path)), request_body = ReadRevision,
    responses((status = 200, body = UpdateView), (status = "4XX", body = Problem)))]
pub(super) async fn publish_update(
    caller: May<perm::AnswersDraft>,
    State(app): State<App>,
    PathId(id): PathId<UpdateId>,
    Body(read): Body<ReadRevision>,
) -> ApiResult<Json<UpdateView>> {
    let update = publish(&app, id, read.revision, caller.stamp(&app)).await?;
    one(&app, &caller, update).await.map(Json)
}
