//! `POST /check-ins/{id}/ask`, `/approve` and `/start`. As with updates, the plan's rights decide who may approve.

use super::view::{CheckInView, one};
use crate::App;
use crate::http::{ApiResult, Body, Caller, May, PathId, Problem, perm};
use crate::windows::{self, owner, rights};
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::check_in::{CheckIn, CheckInCommand};
use hypercare_core::update::may_approve;
use hypercare_core::{CheckInId, Stamp};
use hypercare_store::queries::check_ins;
use hypercare_store::{Tx, WriteError};
use serde::Deserialize;
use utoipa::ToSchema;

/// Which revision was read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadCheckIn {
    /// Its number.
    revision: u32,
}

/// Lets it be asked.
///
/// # Errors
/// 403 with the names of those who may, 409 when it was changed since, 404.
pub async fn approve(app: &App, caller: &Caller, id: CheckInId, revision: u32) -> ApiResult<CheckIn> {
    let (caller, stamp) = (caller.clone(), caller.stamp(app));
    Ok(app.store.write(move |tx| allow(tx, caller, id, revision, stamp).boxed()).await?)
}

async fn allow(tx: &mut Tx, caller: Caller, id: CheckInId, revision: u32, stamp: Stamp) -> Result<CheckIn, WriteError> {
    let mut change = tx.change::<CheckIn>(id).await?;
    let it = change.existing()?;
    let window = windows::named(tx, it.window).await?;
    let on_duty = owner::email_at(tx, &window, stamp.at).await?;
    let approvers = may_approve(&window.plan, &it.content.topics, on_duty.as_deref());
    if !rights::allow(&approvers, &caller) {
        return Err(rights::only(&approvers, &owner::names(tx).await?, "approve", "Ask for approval; your draft is kept.").into());
    }
    change.run(CheckInCommand::Approve { revision }, &stamp, &())?;
    tx.save(change).await
}

/// Begins to ask customers.
///
/// # Errors
/// 409 when it is not approved, was changed since, or the window is closed; 422 when its list is gone; 404.
pub async fn start(app: &App, id: CheckInId, revision: u32, stamp: Stamp) -> ApiResult<CheckIn> {
    let started: Result<CheckIn, WriteError> = app.store.write(move |tx| go(tx, id, revision, stamp).boxed()).await;
    app.wake.notify_one();
    Ok(started?)
}

async fn go(tx: &mut Tx, id: CheckInId, revision: u32, stamp: Stamp) -> Result<CheckIn, WriteError> {
    let mut change = tx.change::<CheckIn>(id).await?;
    let it = change.existing()?.clone();
    let window = windows::named(tx, it.window).await?;
    if change.run(CheckInCommand::Start { revision }, &stamp, &())? {
        super::write::check(tx, &window, &it.content).await?;
        check_ins::step_at(tx, id, stamp.at).await?;
    }
    tx.save(change).await
}

/// Ask for approval
#[utoipa::path(post, path = "/check-ins/{id}/ask", operation_id = "ask_check_in_approval", tag = "check_ins", params(("id" = CheckInId, Path)),
    responses((status = 200, body = CheckInView), (status = "4XX", body = Problem)))]
pub(super) async fn ask_check_in_approval(
    caller: May<perm::AnswersDraft>,
    State(app): State<App>,
    PathId(id): PathId<CheckInId>,
) -> ApiResult<Json<CheckInView>> {
    let stamp = caller.stamp(&app);
    let asked: Result<CheckIn, WriteError> =
        app.store.write(move |tx| async move { tx.execute::<CheckIn>(id, CheckInCommand::Ask, &stamp, &()).await }.boxed()).await;
    one(&app, &caller, asked?).await.map(Json)
}

/// Approve a check-in
#[utoipa::path(post, path = "/check-ins/{id}/approve", operation_id = "approve_check_in", tag = "check_ins", params(("id" = CheckInId, Path)), request_body = ReadCheckIn,
    responses((status = 200, body = CheckInView), (status = 403, description = "Names those who may", body = Problem), (status = "4XX", body = Problem)))]
pub(super) async fn approve_check_in(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<CheckInId>,
    Body(read): Body<ReadCheckIn>,
) -> ApiResult<Json<CheckInView>> {
    let approved = approve(&app, &caller, id, read.revision).await?;
    one(&app, &caller, approved).await.map(Json)
}

/// Start a check-in
///
/// Customers are asked from now on, at its pace. Its words stay as they are.
#[utoipa::path(post, path = "/check-ins/{id}/start", operation_id = "start_check_in", tag = "check_ins", params(("id" = CheckInId, Path)), request_body = ReadCheckIn,
    responses((status = 200, body = CheckInView), (status = "4XX", body = Problem)))]
pub(super) async fn start_check_in(
    caller: May<perm::IssuesWrite>,
    State(app): State<App>,
    PathId(id): PathId<CheckInId>,
    Body(read): Body<ReadCheckIn>,
) -> ApiResult<Json<CheckInView>> {
    let started = start(&app, id, read.revision, caller.stamp(&app)).await?;
    one(&app, &caller, started).await.map(Json)
}
